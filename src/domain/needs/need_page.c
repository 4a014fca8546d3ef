/* need_page.c: one need: what it says, its steps, offers, what answers it, its history. */
#include "base/format.h"
#include "core/codelist.h"
#include "core/record.h"
#include "domain/needs/needs.html.h"
#include "domain/needs/needs_page.h"
#include "domain/needs/needs_parts_page.h"
#include "web/screen_views.h"
#include "web/screens.html.h"

enum { HISTORY_SHOWN = 50 };

Err need_open(Req *r, Need **ret) {
	Id    id;
	void *row;
	TRY(arg_id(r, 0, &id));
	TRY(entity_get(r->c, &need_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

Str need_href(Req *r, const Need *n) {
	return str_format(r->c->arena, "/app/potreby/%lld", (long long)n->head.id);
}

/* ---- what it says ---- */

static void add_pair(Req *r, PairViews *list, const char *label, Str value) {
	*ARENA_PUSH(r->c->arena, list->at, list->len, list->cap) = (PairView){.label = str_c(label), .value = value};
}

static Str people_form(Req *r, const Need *n, const char *field) {
	const Field *f = entity_field(&need_entity, str_c(field));
	return field_is_blank(f, n) ? (Str){0} : field_people(r->c, f, n);
}

static void add_fields(Req *r, const Need *n, PairViews *to, const char *const *names) {
	for (; *names; names++)
		add_pair(r, to, entity_field(&need_entity, str_c(*names))->label, people_form(r, n, *names));
}

static void describe(Req *r, const Need *n, NeedView *v) {
	static const char *const what[] = {"target_group", "kind", "form", "body", NULL}, *const many[] = {"persons", "served_now", "refused", NULL};
	const Unit *district = n->district && n->municipality ? territory_by_id(r->c, n->district) : NULL;
	add_pair(r, &v->what, "Území", district ? str_format(r->c->arena, "%.*s, ORP %.*s", STR_ARG(unit_name(r->c, n->territory)), STR_ARG(district->name)) : unit_name(r->c, n->territory));
	add_pair(r, &v->what, "Rok", year_text(r->c->arena, n->year));
	add_fields(r, n, &v->what, what);
	add_fields(r, n, &v->how_many, many);
	add_pair(r, &v->how_many, "Chybějící kapacita", n->missing_capacity.hundredths == BLANK ? (Str){0} : need_capacity_text(r->c->arena, n->missing_capacity.hundredths, n->unit));
	add_pair(r, &v->how_many, "Doloženo", people_form(r, n, "evidence"));
	add_pair(r, &v->how_many, "Pořadí v obvodu", n->rank_district == BLANK ? S("bez pořadí") : people_form(r, n, "rank_district"));
	if (n->rank_region != BLANK)
		add_pair(r, &v->how_many, "Pořadí v kraji", people_form(r, n, "rank_region"));
	if (!n->answer_reason.len)
		return;
	add_pair(r, &v->answer, "Důvod", people_form(r, n, "answer_reason"));
	add_pair(r, &v->answer, "Přezkum nejpozději", people_form(r, n, "review_date"));
}

/* ---- offers and links ---- */

static Err add_offers(Req *r, const Need *n, NeedView *v) {
	Arena     *a = r->c->arena;
	NeedOffers offers;
	TRY(need_offers(r->c, n->head.id, &offers));
	for (size_t i = 0; i < offers.len; i++) {
		const NeedOffer *o = offers.at[i];
		const Unit      *who = territory_by_id(r->c, o->municipality ? o->municipality : o->district);
		OfferView view = {.o = o, .kind = codelist_name(r->c, "need_offer_kind", o->kind), .who = who ? who->name : o->organisation.len ? o->organisation : o->author};
		CLEANUP(buf_free) Buf b = {0};
		if (o->amount.halere != BLANK) {
			fmt_money(&b, o->amount);
			buf_format(&b, " na rok %lld", (long long)o->year);
			view.amount = buf_take(&b, a);
		}
		if (date_is(o->offered_to)) {
			buf_lit(&b, "platí do ");
			fmt_date(&b, o->offered_to);
			view.until = buf_take(&b, a);
		}
		if (!date_is(o->withdrawn_on) && need_offer_is_mine(r->c, o)) {
			view.withdraw_action = str_format(a, "%.*s/nabidky/%lld/stahnout", STR_ARG(v->href), (long long)o->head.id);
			view.csrf = csrf_token(r, view.withdraw_action);
		}
		*ARENA_PUSH(a, v->offers.at, v->offers.len, v->offers.cap) = view;
	}
	return OK;
}

static Str kind_title(Str object) {
	for (size_t i = 0; i < LEN(need_answer_kinds); i++)
		if (str_eq(object, str_c(need_answer_kinds[i].object)))
			return str_c(need_answer_kinds[i].title);
	return object;
}

/* The name as it was when the link was made; the address as this person may follow it now. */
static Err add_links(Req *r, const Need *n, NeedView *v) {
	Arena    *a = r->c->arena;
	NeedLinks links;
	TRY(need_links(r->c, n->head.id, &links));
	for (size_t i = 0; i < links.len; i++) {
		const NeedLink *l = &links.at[i];
		Record  record = {0};
		LinkRow row = {.kind = kind_title(l->object), .name = l->object_name, .note = l->note};
		size_t  said = r->c->problems.len;
		if (record_find(r->c, l->object, l->object_id, &record) == OK)
			row.href = record.link;
		r->c->problems.len = said;
		if (v->may_link) {
			row.remove_action = str_format(a, "%.*s/vazby/%lld/zrusit", STR_ARG(v->href), (long long)l->head.id);
			row.csrf = csrf_token(r, row.remove_action);
		}
		*ARENA_PUSH(a, v->links.at, v->links.len, v->links.cap) = row;
	}
	return OK;
}

static void link_form(Req *r, NeedView *v, bool as_typed) {
	Arena    *a = r->c->arena;
	FieldView kind = {.kind = FIELD_SELECT, .name = S("object"), .label = S("Druh záznamu"), .error = field_problem(r, "object")};
	Str       chosen = as_typed ? form(r, "object") : (Str){0};
	for (size_t i = 0; i < LEN(need_answer_kinds); i++)
		if (record_is_known(need_answer_kinds[i].object))
			*ARENA_PUSH(a, kind.options.at, kind.options.len, kind.options.cap) = (OptionView){
				.value = str_c(need_answer_kinds[i].object), .label = str_c(need_answer_kinds[i].title), .chosen = str_eq(chosen, str_c(need_answer_kinds[i].object))};
	v->link_fields[0] = kind;
	v->link_fields[1] = (FieldView){.name = S("object_id"), .label = S("Číslo záznamu"), .hint = S("Číslo z adresy jeho stránky."), .width = WIDTH_10, .input_mode = "numeric",
	                                .value = as_typed ? form(r, "object_id") : (Str){0}, .error = field_problem(r, "object_id")};
	v->link_fields[2] = (FieldView){.name = S("note"), .label = S("Jak na potřebu odpovídá"), .optional = true, .value = as_typed ? form(r, "note") : (Str){0},
	                                .error = field_problem(r, "note")};
	v->link_action = str_cat(a, v->href, S("/vazby"));
	v->link_csrf = csrf_token(r, v->link_action);
	v->link_errors = as_typed ? errors_view(r, v->link_fields, 3) : NULL;
}

/* ---- the page ---- */

/* Answers that say no have a form of their own: reason of the list, day of review. */
static bool drop_answers(WorkPanel *w) {
	size_t kept = 0;
	bool   any = false;
	for (size_t i = 0; i < w->actions.len; i++) {
		const char *action = w->actions.at[i].transition->action;
		bool is_answer = strcmp(action, "reject") == 0 || strcmp(action, "leave") == 0;
		any = any || is_answer;
		if (!is_answer)
			w->actions.at[kept++] = w->actions.at[i];
	}
	w->actions.len = kept;
	return any;
}

Err need_show(Req *r, const Need *n, bool link_typed) {
	NeedView v = {.n = n, .title = n->title, .lead = unit_name(r->c, n->territory), .href = need_href(r, n)};
	const State *s = machine_state(&need_machine, n->state);
	v.number = str_format(r->c->arena, "%lld", (long long)n->head.id);       /* as in the address, without thousands */
	describe(r, n, &v);
	TRY(work_panel(r, &need_machine, n->head.id, str_cat(r->c->arena, v.href, S("/krok")), &v.work));
	v.may_answer = drop_answers(&v.work);
	v.may_edit = need_may_edit(r->c, n) && may(r->c, CAP_NEED_CREATE);
	v.may_offer = may(r->c, CAP_NEED_CREATE) && s && !s->is_final;
	v.may_link = need_may_rank(r->c, 0) && words_have(NEED_ACCEPTED " " NEED_COVERED, n->state);
	TRY(add_offers(r, n, &v));
	TRY(add_links(r, n, &v));
	if (v.may_link)
		link_form(r, &v, link_typed);
	Arena *a = r->c->arena;
	*ARENA_PUSH(a, v.rail.at, v.rail.len, v.rail.cap) = (LinkView){.label = S("Historie"), .href = str_cat(a, v.href, S("/historie"))};
	if (n->district)
		*ARENA_PUSH(a, v.rail.at, v.rail.len, v.rail.cap) =
			(LinkView){.label = S("Pořadí potřeb obvodu"), .href = str_format(a, "/app/potreby/poradi?obvod=%lld", (long long)n->district)};
	*ARENA_PUSH(a, v.rail.at, v.rail.len, v.rail.cap) = (LinkView){.label = S("Zpět na seznam"), .href = S("/app/potreby")};
	r->is_error = v.link_errors != NULL || v.work.problem.text.len;
	crumb(r, S("Potřeby území"), S("/app/potreby"));
	view_need(page(r, n->title), &v);
	return OK;
}

Err page_need(Req *r) {
	Need *n;
	TRY(need_open(r, &n));
	return need_show(r, n, false);
}

Err post_need_step(Req *r) {
	Need *n;
	TRY(need_open(r, &n));
	Err err = work_submit(r, &need_machine, n->head.id);
	if (err == ERR_INVALID || err == ERR_CONFLICT)
		return need_show(r, n, false);
	TRY(err);
	return redirect(r, "/app/potreby/%lld", (long long)n->head.id);
}

Err page_need_history(Req *r) {
	Need        *n;
	i64          before;
	TrailRecords records;
	TRY(need_open(r, &n));
	TRY(query_int(r, "pred", 0, 0, INT64_MAX - 1, &before));
	TRY(trail_of(r->c, need_entity.name, n->head.id, before, HISTORY_SHOWN, &records));
	ScreenHistory v = {.title = S("Historie potřeby"), .back = need_href(r, n), .list = history_views(r, &need_entity, &records)};
	if (records.len == HISTORY_SHOWN)
		v.older = str_format(r->c->arena, "%.*s/historie?pred=%lld", STR_ARG(v.back), (long long)records.at[records.len - 1].seq);
	crumb(r, S("Potřeby území"), S("/app/potreby"));
	crumb(r, n->title, v.back);
	view_screen_history(page(r, S("Historie")), &v);
	return OK;
}

/* ---- offers and links ---- */

Err post_offer_withdraw(Req *r) {
	Need *n;
	Id    offer;
	TRY(need_open(r, &n));
	TRY(arg_id(r, 1, &offer));
	TRY(form_only(r, (const char *const[]){NULL}));
	TRY(need_offer_withdraw(r->c, n->head.id, offer));
	notice(r, "Nabídka je stažená. Zůstává v historii.");
	return redirect(r, "/app/potreby/%lld", (long long)n->head.id);
}

Err post_link_add(Req *r) {
	Need *n;
	Id    object_id = 0;
	TRY(need_open(r, &n));
	TRY(form_only(r, (const char *const[]){"object", "object_id", "note", NULL}));
	Err err = str_to_int(form(r, "object_id"), &object_id) && object_id > 0 ? OK
	          : fail(r->c, ERR_INVALID, "object_id", "Číslo záznamu: zapište číslo z adresy stránky záznamu, například 152.");
	if (err == OK)
		err = need_link_add(r->c, n->head.id, str_z(r->c->arena, form(r, "object")), object_id, form(r, "note"));
	if (err == ERR_INVALID) {
		set_status(r, 422);
		return need_show(r, n, true);
	}
	TRY(err);
	notice(r, "Propojení je zapsané.");
	return redirect(r, "/app/potreby/%lld", (long long)n->head.id);
}

Err post_link_remove(Req *r) {
	Need *n;
	Id    link;
	TRY(need_open(r, &n));
	TRY(arg_id(r, 1, &link));
	TRY(form_only(r, (const char *const[]){NULL}));
	TRY(need_link_remove(r->c, n->head.id, link));
	notice(r, "Propojení je zrušené.");
	return redirect(r, "/app/potreby/%lld", (long long)n->head.id);
}
