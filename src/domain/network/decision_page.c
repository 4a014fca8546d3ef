/* decision_page.c: /app/sit/rozhodnuti: what is decided of single lines between versions. */
#include "domain/network/decision_page.h"

#include "core/codelist.h"
#include "domain/network/decision.html.h"
#include "domain/network/mandate_page.h"
#include "domain/network/review.html.h"
#include "web/screen_views.h"

static const char *const posted[] = {"kind", "radek", "from_day", "end_reason", "successor", "service", "unit", "capacity", "areas", "level", "since", "until", "why", "resolution", NULL};

/* What each kind asks for, in the order of the form. */
static const struct { const char *kind, *fields[9], *lead; } forms[] = {
	{DECISION_LEAVE, {"from_day", "end_reason", "why"}, "Poskytovatel se služby v síti vzdává, nebo registrace zanikla. Účinné pověření skončí posledním dnem v síti. Minulý den, který registr "
	 "nedokládá, potvrdí vedoucí odboru."},
	{DECISION_MERGE, {"successor", "from_day", "capacity", "why"}, "Službu dál vede jiný řádek. Kapacitu vyplňte, když se tím mění kapacita řádku, který přebírá."},
	{DECISION_EXIT, {"from_day", "why"}, "Zastupitelstvo rozhodlo, že služba navržená k vyřazení ze sítě odchází."},
	{DECISION_STAY, {"from_day", "why"}, "Zastupitelstvo rozhodlo, že služba navržená k vyřazení v síti zůstává."},
	{DECISION_CORRECTION, {"capacity", "areas", "level", "since", "until", "why"}, "Řádek byl přepsán chybně. Vyplňte jen to, co má být jinak; opravu potvrdí vedoucí odboru."},
	{DECISION_URGENT, {"service", "unit", "capacity", "areas", "level", "until", "why"},
	 "Služba vstoupí do sítě mimo kalendář na dobu nejdéle dvanácti měsíců. Zařazení zapíše vedoucí odboru podle usnesení a dozvědí se o něm všechny obvody."},
};

static int form_of(Str kind) {
	for (int i = 0; i < (int)LEN(forms); i++)
		if (str_eq(kind, str_c(forms[i].kind)))
			return i;
	return -1;
}

static Str title_of(Req *r, Str kind) {
	return screen_capital(r->c->arena, str_z(r->c->arena, codelist_name(r->c, "line_decision_kind", kind)));
}

/* Which of the fields the kind does not do without. */
static bool is_needed(int n, const char *field) {
	return strcmp(forms[n].kind, DECISION_URGENT) == 0 || words_have("end_reason successor", str_c(field));
}

static void add(Req *r, ReviewForm *v, FieldView f) {
	*ARENA_PUSH(r->c->arena, v->fields, v->count, v->cap) = f;
}

static Err show_choice(Req *r) {
	Links kinds = {0};
	for (size_t i = 0; i < LEN(forms); i++)
		*ARENA_PUSH(r->c->arena, kinds.at, kinds.len, kinds.cap) = (LinkView){.label = title_of(r, str_c(forms[i].kind)),
			.href = str_format(r->c->arena, "/app/sit/rozhodnuti/nove?druh=%s", forms[i].kind)};
	crumb(r, S("Rozhodnutí o řádcích"), S("/app/sit/rozhodnuti"));
	view_decision_choice(page(r, S("Rozhodnout o řádku sítě")), kinds);
	return OK;
}

static Err show_form(Req *r, int n, const Decision *x, Str number, bool as_typed) {
	ReviewForm v = {.title = title_of(r, str_c(forms[n].kind)), .lead = str_c(forms[n].lead), .action = S("/app/sit/rozhodnuti/nove"),
	                .back = S("/app/sit/rozhodnuti")};
	bool urgent = strcmp(forms[n].kind, DECISION_URGENT) == 0;
	v.button = decision_wants_resolution(str_c(forms[n].kind)) || strcmp(forms[n].kind, DECISION_LEAVE) == 0 ? S("Zapsat rozhodnutí") : S("Předat vedoucímu odboru");
	v.csrf = csrf_token(r, v.action);
	v.hidden_name = S("kind");
	v.hidden_value = str_c(forms[n].kind);
	if (!urgent)
		add(r, &v, (FieldView){.name = S("radek"), .label = S("Číslo řádku sítě"), .width = WIDTH_10, .value = number, .error = field_problem(r, "radek")});
	for (size_t i = 0; forms[n].fields[i]; i++) {
		FieldView f = field_view(r, entity_field(&line_decision_entity, str_c(forms[n].fields[i])), x, as_typed);
		f.optional = f.optional && !is_needed(n, forms[n].fields[i]);
		add(r, &v, f);
	}
	if (decision_wants_resolution(str_c(forms[n].kind))) {
		FieldView f = {.label = S("Usnesení")};
		TRY(work_resolution_field(r, &f, as_typed));
		add(r, &v, f);
	}
	v.errors = as_typed ? errors_view(r, v.fields, v.count) : NULL;
	r->is_error = v.errors != NULL;
	crumb(r, S("Rozhodnutí o řádcích"), S("/app/sit/rozhodnuti"));
	view_review_form(page(r, v.title), &v);
	return OK;
}

Err page_decision_new(Req *r) {
	Str druh = query(r, "druh");
	int n = form_of(druh);
	if (!druh.len)
		return show_choice(r);
	if (n < 0)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Takové rozhodnutí o řádku není. Vyberte ho na stránce Rozhodnutí o řádcích.");
	return show_form(r, n, entity_new(r->c->arena, &line_decision_entity), query(r, "radek"), false);
}

Err post_decision_new(Req *r) {
	Decision *x = entity_new(r->c->arena, &line_decision_entity);
	int       n = form_of(form(r, "kind"));
	if (n < 0)
		return fail(r->c, ERR_MALFORMED, NULL, "Formulář je neúplný. Načtěte stránku znovu.");
	Err err = form_read(r, &line_decision_entity, posted, x);
	x->kind = str_c(forms[n].kind);
	if (err == OK)
		err = decision_add(r->c, x, form(r, "radek"), form(r, "resolution"));
	if (err == ERR_INVALID || err == ERR_CONFLICT) {
		x->head.id = 0;
		set_status(r, err_status(err));
		return show_form(r, n, x, form(r, "radek"), true);
	}
	TRY(err);
	notice(r, "%s", str_eq(x->state, S(DECISION_WAITING)) ? "Zapsáno. Vedoucí odboru dostal úkol." : "Rozhodnutí je zapsané a řádek sítě se podle něj změnil.");
	return redirect(r, "/app/sit/rozhodnuti/%lld", (long long)x->head.id);
}

/* With its unit; what waits for a confirmation, beside what the line has now. A line of another day has none to compare with. */
static Str capacity_words(Req *r, const Decision *x) {
	Id    of = str_eq(x->kind, S(DECISION_MERGE)) ? x->successor : x->line;
	void *row;
	if (!id_given(of) || entity_get(r->c, &line_entity, TODAY, of, &row) != OK)
		return mandate_capacity_text(r->c, x->capacity, x->unit);
	const Line *l = row;
	Str         words = mandate_capacity_text(r->c, x->capacity, l->unit);
	if (!str_eq(x->state, S(DECISION_WAITING)))
		return words;
	return str_format(r->c->arena, "%.*s, dnes %.*s", STR_ARG(words), STR_ARG(mandate_capacity_text(r->c, l->capacity, l->unit)));
}

static Err show(Req *r, const Decision *x) {
	static const char *const names[] = {"kind", "line", "provider", "from_day", "end_reason", "successor", "service", "capacity", "areas", "level", "since", "until", "why", "resolution"};
	DecisionPage v = {.title = x->service_name, .lead = title_of(r, x->kind)};
	for (size_t i = 0; i < LEN(names); i++) {
		const Field *f = entity_field(&line_decision_entity, str_c(names[i]));
		if (field_is_blank(f, x))
			continue;
		PairView *p = ARENA_PUSH(r->c->arena, v.what.at, v.what.len, v.what.cap);
		*p = pair_view(r, f, x);
		if (f->type == TYPE_FTE)
			p->value = capacity_words(r, x);
	}
	TRY(work_panel(r, &line_decision_machine, x->head.id, str_format(r->c->arena, "/app/sit/rozhodnuti/%lld/krok", (long long)x->head.id), &v.work));
	work_without(&v.work, str_eq(x->kind, S(DECISION_URGENT)) ? "confirm" : "admit");
	r->is_error = v.work.problem.text.len > 0;
	crumb(r, S("Rozhodnutí o řádcích"), S("/app/sit/rozhodnuti"));
	view_decision(page(r, v.title), &v);
	return OK;
}

static Err decision_of_address(Req *r, Decision **ret) {
	Id    id;
	void *row;
	TRY(arg_id(r, 0, &id));
	TRY(entity_get(r->c, &line_decision_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

Err page_decision(Req *r) {
	Decision *x;
	TRY(decision_of_address(r, &x));
	return show(r, x);
}

Err post_decision_step(Req *r) {
	Decision *x;
	TRY(decision_of_address(r, &x));
	Err err = work_submit(r, &line_decision_machine, x->head.id);
	if (err == ERR_INVALID || err == ERR_CONFLICT)
		return show(r, x);
	TRY(err);
	return redirect(r, "/app/sit/rozhodnuti/%lld", (long long)x->head.id);
}
