/* rank_page.c: the order of needs of a district, or of the region, moved by buttons. */
#include "core/codelist.h"
#include "domain/needs/needs.html.h"
#include "domain/needs/needs_page.h"
#include "domain/needs/needs_parts_page.h"

/* Whose order: of ?obvod=, else the person's only district; 0 = the region's. */
static Err chosen_order(Req *r, Str typed, Id *ret) {
	RowScope s = access_scope(r->c, CAP_NEED_READ);
	*ret = 0;
	if (!typed.len) {
		*ret = !s.all && s.district_count ? s.districts[0] : 0;
		return OK;
	}
	if (str_eq(typed, S("kraj")))
		return OK;
	const Unit *u = str_to_int(typed, ret) ? territory_by_id(r->c, *ret) : NULL;
	return u && str_eq(u->level, S(LEVEL_DISTRICT)) ? OK : fail(r->c, ERR_NOT_FOUND, NULL, "Takový obvod tu není. Vyberte jej ze seznamu na stránce Pořadí potřeb.");
}

static Err add_districts(Req *r, Id chosen, RankView *v) {
	const Unit *region = territory_region(r->c);
	RowScope    s = access_scope(r->c, CAP_NEED_READ);
	Units       all = {0};
	if (!s.all)
		return OK;
	TRY(territory_below(r->c, region ? region->id : 0, LEVEL_DISTRICT, TODAY, &all));
	*ARENA_PUSH(r->c->arena, v->districts.at, v->districts.len, v->districts.cap) = (LinkView){.label = S("Celý kraj"), .href = S("/app/potreby/poradi?obvod=kraj"), .current = !chosen};
	for (size_t i = 0; i < all.len; i++)
		*ARENA_PUSH(r->c->arena, v->districts.at, v->districts.len, v->districts.cap) = (LinkView){
			.label = all.at[i]->name, .href = str_format(r->c->arena, "/app/potreby/poradi?obvod=%lld", (long long)all.at[i]->id), .current = all.at[i]->id == chosen};
	return OK;
}

static RankRow row_view(Req *r, const Need *n, Id district) {
	i64 place = district ? n->rank_district : n->rank_region;
	return (RankRow){.href = need_href(r, n), .title = n->title, .state = state_title(&need_machine, n->state), .tone = need_tone(n->state), .id = n->head.id,
	                 .place = place == BLANK ? 0 : place,
	                 .about = str_format(r->c->arena, "%.*s, %.*s, %.*s", STR_ARG(unit_name(r->c, n->territory)), STR_ARG(codelist_name(r->c, "target_group", n->target_group)),
	                                     STR_ARG(need_capacity_text(r->c->arena, n->missing_capacity.hundredths, n->unit)))};
}

static Err add_rows(Req *r, Id district, RankView *v) {
	EntityList rows;
	ListFilter in = {.field = entity_field(&need_entity, S("district")), .value = str_format(r->c->arena, "%lld", (long long)district)};
	ListQuery  q = {.filters = &in, .filter_count = district ? 1 : 0, .limit = 1000,
	                .order = entity_field(&need_entity, district ? S("rank_district") : S("rank_region"))};
	TRY(entity_list(r->c, &need_entity, &q, &rows));
	for (size_t i = 0; i < rows.len; i++) {
		const Need *n = rows.at[i];
		bool is_ranked = (district ? n->rank_district : n->rank_region) != BLANK;
		if (is_ranked)
			*ARENA_PUSH(r->c->arena, v->ranked.at, v->ranked.len, v->ranked.cap) = row_view(r, n, district);
		else if (need_is_ranked_state(n->state))
			*ARENA_PUSH(r->c->arena, v->others.at, v->others.len, v->others.cap) = row_view(r, n, district);
	}
	if (v->ranked.len) {
		v->ranked.at[0].is_first = true;
		v->ranked.at[v->ranked.len - 1].is_last = true;
	}
	return OK;
}

static Err show(Req *r, Id district) {
	const Unit *u = district ? territory_by_id(r->c, district) : NULL;
	RankView    v = {.title = u ? str_format(r->c->arena, "Pořadí potřeb: ORP %.*s", STR_ARG(u->name)) : S("Pořadí potřeb: celý kraj"), .action = S("/app/potreby/poradi"),
	                 .may_rank = may(r->c, CAP_NEED_APPROVE) && need_may_rank(r->c, district), .hidden_district = S("kraj")};
	v.lead = v.may_rank ? S("Co je nejdůležitější, je první. Potřebu posunete tlačítky; každé místo má jen jedna.")
	                    : district ? S("Co je pro obvod nejdůležitější, je první. Pořadí určuje koordinátor obvodu s územní řídicí skupinou.")
	                               : S("Co je pro kraj nejdůležitější, je první. Pořadí určuje odbor sociálních věcí.");
	if (district)
		v.hidden_district = str_format(r->c->arena, "%lld", (long long)district);
	v.csrf = csrf_token(r, v.action);
	if (r->c->problems.len)
		v.problem = (NoteView){.kind = NOTE_ERR, .title = S("Nic se neposunulo."), .text = r->c->problems.at[0].text, .is_result = true};
	r->c->problems.len = 0;
	r->is_error = v.problem.text.len;
	TRY(add_districts(r, district, &v));
	TRY(add_rows(r, district, &v));
	crumb(r, S("Potřeby území"), S("/app/potreby"));
	view_rank(page(r, v.title), &v);
	return OK;
}

Err page_rank(Req *r) {
	Id district;
	TRY(chosen_order(r, query(r, "obvod"), &district));
	return show(r, district);
}

static Err read_move(Req *r, RankMove *ret) {
	static const struct { const char *word; RankMove move; } moves[] = {{"vys", RANK_UP}, {"niz", RANK_DOWN}, {"zaradit", RANK_LAST}, {"ven", RANK_OUT}};
	*ret = (RankMove)0;
	for (size_t i = 0; i < LEN(moves); i++)
		if (str_eq(form(r, "kam"), str_c(moves[i].word))) {
			*ret = moves[i].move;
			return OK;
		}
	return fail(r->c, ERR_MALFORMED, NULL, "Formulář je neúplný. Načtěte stránku znovu.");
}

Err post_rank(Req *r) {
	Id       district, need;
	i64      seen;
	RankMove move;
	TRY(form_only(r, (const char *const[]){"obvod", "potreba", "misto", "kam", NULL}));
	TRY(chosen_order(r, form(r, "obvod"), &district));
	TRY(read_move(r, &move));
	if (!str_to_int(form(r, "potreba"), &need) || !str_to_int(form(r, "misto"), &seen))
		return fail(r->c, ERR_MALFORMED, NULL, "Formulář je neúplný. Načtěte stránku znovu.");
	Err err = need_rank(r->c, need, district == 0, move, seen);
	if (err == ERR_CONFLICT || err == ERR_INVALID) {
		set_status(r, err_status(err));
		return show(r, district);
	}
	TRY(err);
	notice(r, "Pořadí je uložené.");
	return district ? redirect(r, "/app/potreby/poradi?obvod=%lld", (long long)district) : redirect(r, "/app/potreby/poradi?obvod=kraj");
}
