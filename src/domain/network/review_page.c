/* review_page.c: /app/sit/prehodnoceni (rounds, for the officer) and /app/prehodnoceni (single reviews, for the officer, the provider and readers of the region). */
#include "domain/network/review_page.h"

#include "base/format.h"
#include "core/codelist.h"
#include "domain/network/mandate_page.h"
#include "domain/network/review.html.h"
#include "domain/network/review.sql.h"
#include "domain/network/review_inside.h"

static Str state_word(const Machine *m, Str state, TagKind *tone) {
	const State *s = machine_state(m, state);
	*tone = s ? work_tone(s->tone) : TAG_PLAIN;
	return s ? str_c(s->title) : state;
}

static Str words_of(Req *r, const Review *x, const char *name) {
	const Field *f = entity_field(&review_entity, str_c(name));
	return field_is_blank(f, x) ? (Str){0} : field_people(r->c, f, x);
}

/* ---- rounds ---- */

static Str scope_words(Req *r, const ReviewRound *x) {
	Str scope = codelist_name(r->c, "review_scope", x->scope);
	return x->kind.len ? str_format(r->c->arena, "%.*s: %.*s", STR_ARG(scope), STR_ARG(codelist_name(r->c, "service_kind", x->kind))) : scope;
}

Err page_review_rounds(Req *r) {
	EntityList       all;
	ReviewRoundsPage v = {.title = S("Přehodnocení služeb v síti"), .lead = S("Jednou za rok se u služeb v síti posoudí, zda zůstanou beze změny."), .may_open = true,
	                      .empty = {.title = S("Žádné kolo ještě nebylo"), .text = S("Otevřete první: pro všechny služby, pro jeden druh, nebo pro služby s výhradou.")}};
	TRY(entity_list(r->c, &review_round_entity, &(ListQuery){.limit = -1, .descending = true}, &all));
	for (size_t i = 0; i < all.len; i++) {
		const ReviewRound *x = all.at[i];
		ReviewRoundRow     row = {.href = str_format(r->c->arena, "/app/sit/prehodnoceni/%lld", (long long)x->head.id), .title = x->title,
		                          .meta = str_format(r->c->arena, "Za rok %lld, %.*s", (long long)x->year, STR_ARG(scope_words(r, x)))};
		row.state = state_word(&review_round_machine, x->state, &row.tone);
		*ARENA_PUSH(r->c->arena, v.rows.at, v.rows.len, v.rows.cap) = row;
	}
	crumb(r, S("Síť služeb"), S("/app/sit"));
	view_review_rounds(page(r, v.title), &v);
	return OK;
}

static void add_field(Req *r, ReviewForm *v, FieldView f) {
	*ARENA_PUSH(r->c->arena, v->fields, v->count, v->cap) = f;
}

static const char *const round_posted[] = {"title", "year", "scope", "kind", NULL};

static Err show_round_form(Req *r, const ReviewRound *x, bool as_typed) {
	ReviewForm v = {.title = S("Otevřít kolo přehodnocení"), .lead = S("Kolo vezme řádky, které jsou v síti dnes. Řádek, který se už přehodnocuje jinde, vynechá."),
	                .action = S("/app/sit/prehodnoceni/nove"), .back = S("/app/sit/prehodnoceni"), .button = S("Otevřít kolo")};
	v.csrf = csrf_token(r, v.action);
	for (size_t i = 0; round_posted[i]; i++)
		add_field(r, &v, field_view(r, entity_field(&review_round_entity, str_c(round_posted[i])), x, as_typed));
	v.errors = as_typed ? errors_view(r, v.fields, v.count) : NULL;
	r->is_error = v.errors != NULL;
	crumb(r, S("Přehodnocení"), S("/app/sit/prehodnoceni"));
	view_review_form(page(r, v.title), &v);
	return OK;
}

Err page_review_round_new(Req *r) {
	ReviewRound *x = entity_new(r->c->arena, &review_round_entity);
	x->year = date_year(r->c->today);
	x->title = str_format(r->c->arena, "Přehodnocení sítě za rok %lld", (long long)x->year);
	x->scope = S("all");
	return show_round_form(r, x, false);
}

Err post_review_round_new(Req *r) {
	ReviewRound *x = entity_new(r->c->arena, &review_round_entity);
	size_t       lines;
	Err          err = form_read(r, &review_round_entity, round_posted, x);
	if (err == OK)
		err = review_round_add(r->c, x, &lines);
	if (err == ERR_INVALID || err == ERR_CONFLICT) {
		x->head.id = 0;
		set_status(r, err_status(err));
		return show_round_form(r, x, true);
	}
	TRY(err);
	notice(r, "Kolo je otevřené. Služeb k přehodnocení: %zu.", lines);
	return redirect(r, "/app/sit/prehodnoceni/%lld", (long long)x->head.id);
}

static Str figures_words(Req *r, const Review *x) {
	Strs all = {0};
	Str  filling = words_of(r, x, "filling"), occupancy = words_of(r, x, "occupancy");
	if (filling.len)
		strs_add(r->c->arena, &all, str_cat(r->c->arena, S("naplnění "), filling));
	if (occupancy.len)
		strs_add(r->c->arena, &all, str_cat(r->c->arena, S("obložnost "), occupancy));
	return all.len ? str_join(r->c->arena, S(", "), all) : S("nejsou");
}

static Err show_round(Req *r, const ReviewRound *x) {
	Reviews         all;
	i64             counts[5] = {0};
	static const char *const states[] = {REVIEW_OPEN, REVIEW_HEARING, REVIEW_HEARD, REVIEW_DECIDED, REVIEW_CANCELLED};
	static const char *const labels[] = {"Posuzuje se", "U poskytovatele", "Čeká na rozhodnutí", "Rozhodnuto"};
	ReviewRoundPage v = {.title = x->title, .lead = str_format(r->c->arena, "Za rok %lld, %.*s.", (long long)x->year, STR_ARG(scope_words(r, x)))};
	TRY(reviews_of(r->c, x->head.id, &all));
	for (size_t i = 0; i < all.len; i++) {
		const Review *one = all.at[i];
		ReviewRow     row = {.href = str_format(r->c->arena, "/app/prehodnoceni/%lld", (long long)one->head.id), .name = one->service_name,
		                     .provider = words_of(r, one, "provider"), .capacity = mandate_capacity_text(r->c, one->capacity, one->unit), .figures = figures_words(r, one),
		                     .proposal = one->proposal.len ? codelist_name(r->c, "review_result", one->proposal) : S("není")};
		row.state = state_word(&review_machine, one->state, &row.tone);
		for (size_t k = 0; k < LEN(states); k++)
			counts[k] += str_eq(one->state, str_c(states[k]));
		*ARENA_PUSH(r->c->arena, v.rows.at, v.rows.len, v.rows.cap) = row;
	}
	for (size_t k = 0; k < LEN(labels); k++)
		*ARENA_PUSH(r->c->arena, v.kpis.at, v.kpis.len, v.kpis.cap) = (KpiView){.label = str_c(labels[k]), .value = str_format(r->c->arena, "%lld", (long long)counts[k])};
	TRY(work_panel(r, &review_round_machine, x->head.id, str_format(r->c->arena, "/app/sit/prehodnoceni/%lld/krok", (long long)x->head.id), &v.work));
	r->is_error = v.work.problem.text.len > 0;
	crumb(r, S("Přehodnocení"), S("/app/sit/prehodnoceni"));
	view_review_round(page(r, v.title), &v);
	return OK;
}

static Err round_of_address(Req *r, ReviewRound **ret) {
	Id    id;
	void *row;
	TRY(arg_id(r, 0, &id));
	TRY(entity_get(r->c, &review_round_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

Err page_review_round(Req *r) {
	ReviewRound *x;
	TRY(round_of_address(r, &x));
	return show_round(r, x);
}

Err post_review_round_step(Req *r) {
	ReviewRound *x;
	TRY(round_of_address(r, &x));
	Err err = work_submit(r, &review_round_machine, x->head.id);
	if (err == ERR_INVALID || err == ERR_CONFLICT)
		return show_round(r, x);
	TRY(err);
	return redirect(r, "/app/sit/prehodnoceni/%lld", (long long)x->head.id);
}

/* ---- one review ---- */

void work_without(WorkPanel *p, const char *actions) {
	size_t kept = 0;
	for (size_t i = 0; i < p->actions.len; i++)
		if (!words_have(actions, str_c(p->actions.at[i].transition->action)))
			p->actions.at[kept++] = p->actions.at[i];
	p->actions.len = kept;
}

static void add_pairs(Req *r, const Review *x, const char *const *names, PairViews *to) {
	for (; *names; names++) {
		const Field *f = entity_field(&review_entity, str_c(*names));
		if (field_is_blank(f, x))
			continue;
		PairView *p = ARENA_PUSH(r->c->arena, to->at, to->len, to->cap);
		*p = pair_view(r, f, x);
		if (f->type == TYPE_FTE)
			p->value = mandate_capacity_text(r->c, *(const Fte *)field_in(f, x), x->unit);
	}
}

static Err show_review(Req *r, const Review *x) {
	static const char *const figures[] = {"capacity", "filling", "filling_before", "average", "occupancy", "unit_cost", "figures_note", NULL};
	static const char *const proposal[] = {"proposal", "why", "new_capacity", "measure", "due", NULL};
	static const char *const heard[] = {"answer", "answered_by", "answered_at", "outcome", NULL};
	Arena     *a = r->c->arena;
	Str        why, href = str_format(a, "/app/prehodnoceni/%lld", (long long)x->head.id);
	NetworkReviewPage v = {.title = str_cat(a, S("Přehodnocení: "), x->service_name), .lead = words_of(r, x, "provider")};
	if (may(r->c, CAP_REVIEW_CREATE)) {
		v.round = words_of(r, x, "round");
		v.round_href = str_format(a, "/app/sit/prehodnoceni/%lld", (long long)x->round);
	}
	add_pairs(r, x, figures, &v.figures);
	add_pairs(r, x, proposal, &v.proposal);
	add_pairs(r, x, heard, &v.heard);
	Str cost = review_cost_words(r->c, x);
	if (cost.len)
		mandate_pair(r, &v.figures, "Náklady proti referenční hodnotě", cost);
	if (may(r->c, CAP_REVIEW_UPDATE) && str_eq(x->state, S(REVIEW_OPEN))) {
		Str what = review_suggest(r->c, x, &why);
		v.edit_href = str_cat(a, href, S("/upravit"));
		if (what.len)
			v.suggestion = (NoteView){.kind = NOTE_INFO, .title = S("Podle čísel:"),
				.text = str_format(a, "%.*s. %.*s Rozhodnutí je na vás.", STR_ARG(codelist_name(r->c, "review_result", what)), STR_ARG(why))};
	}
	TRY(work_panel(r, &review_machine, x->head.id, str_cat(a, href, S("/krok")), &v.work));
	bool reserves = str_eq(x->proposal, S(RESULT_RESERVE)), keeps = str_eq(x->proposal, S(RESULT_KEEP));
	work_without(&v.work, reserves ? "decide confirm" : keeps ? "impose hear" : x->proposal.len ? "impose confirm" : "impose");
	r->is_error = v.work.problem.text.len > 0;
	crumb(r, S("Přehodnocení služeb"), S("/app/prehodnoceni"));
	view_review(page(r, v.title), &v);
	return OK;
}

static Err review_of_address(Req *r, Review **ret) {
	Id    id;
	void *row;
	TRY(arg_id(r, 0, &id));
	TRY(entity_get(r->c, &review_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

Err page_network_review(Req *r) {
	Review *x;
	TRY(review_of_address(r, &x));
	return show_review(r, x);
}

Err post_network_review_step(Req *r) {
	Review *x;
	TRY(review_of_address(r, &x));
	Err err = work_submit(r, &review_machine, x->head.id);
	if (err == ERR_INVALID || err == ERR_CONFLICT)
		return show_review(r, x);
	TRY(err);
	return redirect(r, "/app/prehodnoceni/%lld", (long long)x->head.id);
}

static const char *const edited[] = {"filling", "filling_before", "average", "occupancy", "unit_cost", "figures_note", "proposal", "why", "new_capacity", "measure", "due", NULL};

static Err show_edit(Req *r, const Review *x, bool as_typed) {
	Str        href = str_format(r->c->arena, "/app/prehodnoceni/%lld", (long long)x->head.id);
	ReviewForm v = {.title = S("Čísla a návrh"), .lead = x->service_name, .action = str_cat(r->c->arena, href, S("/upravit")), .back = href, .button = S("Uložit"),
	                .version = x->head.version};
	v.csrf = csrf_token(r, v.action);
	for (size_t i = 0; edited[i]; i++)
		add_field(r, &v, field_view(r, entity_field(&review_entity, str_c(edited[i])), x, as_typed));
	v.errors = as_typed ? errors_view(r, v.fields, v.count) : NULL;
	r->is_error = v.errors != NULL;
	crumb(r, S("Přehodnocení služeb"), S("/app/prehodnoceni"));
	crumb(r, x->service_name, href);
	view_review_form(page(r, v.title), &v);
	return OK;
}

Err page_network_review_edit(Req *r) {
	Review *x;
	TRY(review_of_address(r, &x));
	return show_edit(r, x, false);
}

Err post_network_review_edit(Req *r) {
	Review *stored;
	TRY(review_of_address(r, &stored));
	Review *x = entity_copy(r->c->arena, &review_entity, stored);
	Err     err = form_read_resolved(r, &review_entity, edited, x, stored);
	if (err == OK)
		err = review_save(r->c, x);
	if (err == ERR_CONFLICT && x->head.version != stored->head.version)
		return conflict_show(r, &review_entity, edited, x, str_format(r->c->arena, "/app/prehodnoceni/%lld/upravit", (long long)x->head.id),
		                     str_format(r->c->arena, "/app/prehodnoceni/%lld", (long long)x->head.id));
	if (err == ERR_INVALID || err == ERR_CONFLICT) {
		set_status(r, err_status(err));
		return show_edit(r, x, true);
	}
	TRY(err);
	notice(r, "Čísla a návrh jsou uložené.");
	return redirect(r, "/app/prehodnoceni/%lld", (long long)x->head.id);
}

/* ---- the start page ---- */

Err reviews_waiting(Ctx *c, WaitingList *list) {
	i64 open, heard;
	if (!may(c, CAP_REVIEW_UPDATE))
		return OK;
	if (db_get_int(ctx_conn(c), &sql_reviews_in_state, P(V(S(REVIEW_OPEN))), 0, &open) != OK ||
	    db_get_int(ctx_conn(c), &sql_reviews_in_state, P(V(S(REVIEW_HEARD))), 0, &heard) != OK)
		return fail_internal(c, "reviews that wait");
	waiting_add(c, list, (Waiting){.count = heard, .title = str_format(c->arena, "Přehodnocení, o kterých jde rozhodnout: %lld", (long long)heard),
		.why = S("Poskytovatel se vyjádřil, nebo mu uplynula lhůta."), .link = S("/app/prehodnoceni?state=" REVIEW_HEARD), .button = S("Rozhodnout")});
	waiting_add(c, list, (Waiting){.count = open, .title = str_format(c->arena, "Služby k posouzení v kole přehodnocení: %lld", (long long)open),
		.why = S("Doplňte čísla za rok a návrh."), .link = S("/app/prehodnoceni?state=" REVIEW_OPEN), .button = S("Zobrazit"), .is_calm = true});
	return OK;
}
