/* suggest_decide_page.c: the officer decides about suggestions, value by value. */
#include "domain/register/suggest_page.h"

#include "domain/register/suggest.html.h"
#include "domain/register/suggest_views_page.h"

/* ---- which services wait ---- */

static WaitingService *waiting(Arena *a, WaitingServices *list, Str href) {
	for (size_t i = 0; i < list->len; i++)
		if (str_eq(list->at[i].href, href))
			return &list->at[i];
	WaitingService *w = ARENA_PUSH(a, list->at, list->len, list->cap);
	*w = (WaitingService){.href = href};
	return w;
}

Err page_suggestions(Req *r) {
	Suggestions     open;
	WaitingServices list = {0};
	TRY(suggestions_read(r->c, (SuggestionQuery){.open_only = true, .limit = 1000}, &open));
	for (size_t i = 0; i < open.len; i++) {
		const Suggestion *s = &open.at[i];
		WaitingService   *w = waiting(r->c->arena, &list, str_format(r->c->arena, "/app/sluzby/%lld/navrhy", (long long)s->service));
		if (w->count++ == 0) {
			w->newest = s->made_at;
			w->name = field_people(r->c, entity_field(&suggestion_entity, S("service")), s);
			w->provider = s->organisation.len ? s->organisation : s->author;
		}
	}
	crumb(r, S("Služby"), S("/app/sluzby"));
	view_suggestions(page(r, S("Návrhy změn")), list);
	return OK;
}

/* ---- deciding about one service ---- */

static const char *field_name(Req *r, const char *what, Id id) {
	return str_z(r->c->arena, str_format(r->c->arena, "%s-%lld", what, (long long)id));
}

static void add_choice(Req *r, SuggestionView *v, bool as_typed) {
	static const struct { const char *value, *label; } choices[] = {{"prijmout", "Přijmout"}, {"odmitnout", "Odmítnout"}, {"", "Rozhodnout později"}};
	const char *name = field_name(r, "rozhodnuti", v->s->head.id), *answer = field_name(r, "odpoved", v->s->head.id);
	Str         typed = as_typed ? form(r, name) : (Str){0};
	v->decision = (FieldView){.kind = FIELD_RADIOS, .name = str_c(name), .label = S("Rozhodnutí"), .error = field_problem(r, name)};
	for (size_t i = 0; i < LEN(choices); i++)
		if (!(v->is_gone && i == 0))
			*ARENA_PUSH(r->c->arena, v->decision.options.at, v->decision.options.len, v->decision.options.cap) =
				(OptionView){.value = str_c(choices[i].value), .label = str_c(choices[i].label), .chosen = str_eq(typed, str_c(choices[i].value))};
	v->answer = (FieldView){.kind = FIELD_AREA, .name = str_c(answer), .label = S("Odpověď navrhovateli"), .hint = S("Při odmítnutí napište proč."), .rows = 2,
	                        .optional = true, .value = as_typed ? form(r, answer) : (Str){0}, .error = field_problem(r, answer)};
}

static Err show_decide(Req *r, bool as_typed) {
	Ctx        *c = r->c;
	Id          id;
	void       *row;
	Suggestions all, open = {0}, decided = {0};
	TRY(arg_id(r, 0, &id));
	TRY(entity_get(c, &service_entity, TODAY, id, &row));
	DecidePage v = {.service = ((Service *)row)->name, .back = row_href(r, &service_entity, id)};
	v.action = str_cat(c->arena, v.back, S("/navrhy"));
	v.csrf = csrf_token(r, v.action);
	TRY(suggestions_read(c, (SuggestionQuery){.service = id, .limit = 300}, &all));
	for (size_t i = 0; i < all.len; i++) {
		Suggestions *to = str_eq(all.at[i].state, S(SUGGESTION_OPEN)) ? &open : &decided;
		*ARENA_PUSH(c->arena, to->at, to->len, to->cap) = all.at[i];
	}
	TRY(suggestion_views(r, &open, &v.open));
	TRY(suggestion_views(r, &decided, &v.decided));
	v.from = (FieldView){.kind = FIELD_DATE, .name = S("valid_from"), .label = S("Přijaté změny platí od"), .hint = S("Prázdné pole znamená ode dneška."), .optional = true,
	                     .value = as_typed ? form(r, "valid_from") : (Str){0}, .error = field_problem(r, "valid_from")};
	FieldView *fields = NEW_ARRAY(c->arena, FieldView, 2 * v.open.len + 1);
	for (size_t i = 0; i < v.open.len; i++) {
		add_choice(r, &v.open.at[i], as_typed);
		fields[2 * i] = v.open.at[i].decision;
		fields[2 * i + 1] = v.open.at[i].answer;
	}
	fields[2 * v.open.len] = v.from;
	v.errors = as_typed ? errors_view(r, fields, 2 * v.open.len + 1) : NULL;
	r->is_error = v.errors != NULL;
	crumb(r, S("Služby"), S("/app/sluzby"));
	crumb(r, S("Návrhy změn"), S("/app/sluzby/navrhy"));
	view_decide(page(r, S("Rozhodnout o návrzích")), &v);
	return OK;
}

Err page_decide(Req *r) {
	return show_decide(r, false);
}

/* All decisions of the page or none. */
static Err decide_all(Req *r, const Suggestions *open, i64 *accepted, i64 *rejected) {
	Date from;
	TRY(form_valid_from(r, r->c->today, &from));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(r->c, &tx));
	for (size_t i = 0; i < open->len; i++) {
		Id  id = open->at[i].head.id;
		Str choice = form(r, field_name(r, "rozhodnuti", id)), answer = form(r, field_name(r, "odpoved", id));
		if (!choice.len)
			continue;
		bool accept = str_eq(choice, S("prijmout"));
		if (!accept && !str_eq(choice, S("odmitnout")))
			return fail(r->c, ERR_MALFORMED, NULL, "Rozhodnutí má být přijmout nebo odmítnout. Načtěte stránku znovu.");
		TRY(suggestion_decide(r->c, id, accept, answer, from));
		accept ? ++*accepted : ++*rejected;
	}
	if (*accepted + *rejected == 0)
		return fail(r->c, ERR_INVALID, NULL, "U žádného návrhu jste nerozhodli. Vyberte aspoň u jednoho, zda se přijímá.");
	return tx_commit(&tx);
}

/* Somebody else decided about one of them since the page was shown. */
static Err refuse_decided(Req *r, const Suggestions *open) {
	for (size_t i = 0; i < r->http->form.len; i++) {
		Str  name = r->http->form.at[i].name;
		Id   id;
		bool found = false;
		if (!str_starts(name, S("rozhodnuti-")) || !r->http->form.at[i].value.len || !str_to_int(str_from(name, strlen("rozhodnuti-")), &id))
			continue;
		for (size_t k = 0; k < open->len; k++)
			found = found || open->at[k].head.id == id;
		if (!found)
			return fail(r->c, ERR_CONFLICT, NULL, "O některém z návrhů už rozhodl někdo jiný. Projděte zbývající a odešlete rozhodnutí znovu.");
	}
	return OK;
}

Err post_decide(Req *r) {
	Id          id;
	void       *row;
	Suggestions open;
	i64         accepted = 0, rejected = 0;
	TRY(arg_id(r, 0, &id));
	TRY(entity_get(r->c, &service_entity, TODAY, id, &row));
	TRY(suggestions_read(r->c, (SuggestionQuery){.service = id, .open_only = true, .limit = 300}, &open));
	Err err = refuse_decided(r, &open);
	if (err == OK)
		err = decide_all(r, &open, &accepted, &rejected);
	if (err == ERR_INVALID || err == ERR_CONFLICT) {
		set_status(r, err_status(err));
		return show_decide(r, true);
	}
	TRY(err);
	notice(r, "Rozhodnutí je uložené: přijato %lld, odmítnuto %lld. Navrhovatel uvidí odpověď.", (long long)accepted, (long long)rejected);
	return redirect(r, "/app/sluzby/%lld/navrhy", (long long)id);
}
