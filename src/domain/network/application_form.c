/* application_form.c: what an application takes from its form, what a call and the register ask of the form, and how steps of the one move the other. */
#include <stdlib.h>

#include "core/codelist.h"
#include "domain/network/application_inside.h"

typedef struct CodeShare { Str code; i64 share; } CodeShare;
static int by_code(const void *x, const void *y) { return str_cmp(((const CodeShare *)x)->code, ((const CodeShare *)y)->code); }

/* Rows of the form that name a district twice are one share. */
static Str areas_of_form(Ctx *c, const FormTree *t, const FormValues *v) {
	CodeShare list[GRID_LINES];
	size_t    n = 0;
	for (i64 line = 1; line <= form_lines(v, t, S("Územní působnost")) && n < GRID_LINES; line++) {
		const FormValue *district = form_value(v, S("obvod"), line), *share = form_value(v, S("podil"), line);
		size_t           at = 0;
		if (!district || !share || share->amount == BLANK)
			continue;
		while (at < n && !str_eq(list[at].code, district->typed))
			at++;
		list[at] = (CodeShare){district->typed, (at < n ? list[at].share : 0) + share->amount};
		n += at == n;
	}
	qsort(list, n, sizeof *list, by_code);
	CLEANUP(buf_free) Buf b = {0};
	for (size_t i = 0; i < n; i++)
		buf_format(&b, "%s%.*s=%lld", i ? "," : "", STR_ARG(list[i].code), (long long)list[i].share);
	return buf_take(&b, c->arena);
}

/* ---- what the form says ---- */

static void take_numbers(Ctx *c, const FormTree *t, const FormValues *v, Application *a) {
	AreaShares areas;
	i64        day = form_amount_of(t, v, "od");
	a->name = form_text_of(v, "nazev").len ? utf8_first(form_text_of(v, "nazev"), 300) : a->name;
	a->kind = form_text_of(v, "druh");
	a->form = form_text_of(v, "forma");
	a->target_group = form_text_of(v, "skupina");
	a->unit = form_text_of(v, "jednotka");
	a->capacity_now = fte(form_amount_of(t, v, "kapacita_nyni"));
	a->capacity = fte(form_amount_of(t, v, "kapacita_nova"));
	a->starts_on = day == BLANK ? (Date){0} : (Date){(i32)day};
	a->costs = (Money){form_amount_of(t, v, "naklady")};
	a->vp = (Money){form_amount_of(t, v, "vp")};
	a->co_funding = (Money){form_amount_of(t, v, "spolufinancovani")};
	a->areas = areas_of_form(c, t, v);
	application_areas(c, a, &areas);
	a->district = areas.len ? areas.at[0].district->id : BLANK;
}

/* Inside the step "submitted": a is the row that the engine stores next. */
Err application_take_form(Ctx *c, WorkMove *m) {
	Application *a = m->object->row;
	Submission  *s;
	FormTree     t;
	FormValues   v;
	TRY(submission_of(c, application_entity.name, m->object->id, &s));
	if (!s)
		return fail_internal(c, "an application without a form");
	TRY(form_tree(c, s->form_version, &t));
	TRY(submission_values(c, s->head.id, &v));
	take_numbers(c, &t, &v, a);
	return statements_request(c, a);
}

Err application_keep_inputs(Ctx *c, WorkMove *m) { return score_cells_keep(c, m->object->row); }

/* ---- guards ---- */

bool call_has_kind(const Call *k, Str kind) {
	for (size_t i = 0; i < k->kinds.len; i++)
		if (str_eq(k->kinds.at[i], kind))
			return true;
	return k->kinds.len == 0;
}

/* A year that stands twice among the later ones; BLANK = none. Which of the two amounts would count, nobody could say. */
static i64 doubled_year(const FormTree *form, const FormValues *v) {
	i64 count = form_lines(v, form, S("Vyrovnávací platba v dalších letech"));
	for (i64 i = 2; i <= count; i++)
		for (i64 k = 1; k < i; k++) {
			const FormValue *x = form_value(v, S("vp_rok"), k), *y = form_value(v, S("vp_rok"), i);
			if (x && y && x->amount != BLANK && x->amount == y->amount)
				return y->amount;
		}
	return BLANK;
}

/* What a call and the register ask of the form that is being submitted, or accepted. */
static Err fits_call(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Application *a = o->row;
	Submission        *s;
	Call              *k;
	CallTargets        t;
	FormTree           form;
	FormValues         v;
	TRY(call_stored(c, a->call, &k));
	TRY(submission_of(c, application_entity.name, o->id, &s));
	if (!s || call_is(k, CALL_CANCELLED) || call_is(k, CALL_ARCHIVED)) {
		*ret = (Verdict){REFUSED, S("Výzva byla zrušena."), S("Sledujte, zda kraj vyhlásí jinou.")};
		return OK;
	}
	TRY(call_targets(c, k->head.id, &t));
	TRY(form_tree(c, s->form_version, &form));
	TRY(submission_values(c, s->head.id, &v));
	if (!call_has_kind(k, form_text_of(&v, "druh")))
		*ret = (Verdict){REFUSED, str_format(c->arena, "Výzva je jen pro vyjmenované druhy služeb a %.*s mezi nimi není.",
		                                     STR_ARG(codelist_name(c, "service_kind", form_text_of(&v, "druh")))), S("Opravte ve formuláři druh služby.")};
	for (i64 line = 1; t.districts.len && line <= form_lines(&v, &form, S("Územní působnost")); line++) {
		const FormValue *x = form_value(&v, S("obvod"), line);
		bool             fits = !x || !x->typed.len;
		for (size_t i = 0; i < t.districts.len; i++)
			fits = fits || str_eq(t.districts.at[i]->code, x->typed);
		if (!fits)
			*ret = (Verdict){REFUSED, S("Výzva je jen pro vyjmenované obvody a žádost uvádí i jiný."), S("Upravte územní působnost.")};
	}
	i64 twice = doubled_year(&form, &v);
	if (twice != BLANK)
		*ret = (Verdict){REFUSED, str_format(c->arena, "V tabulce Vyrovnávací platba v dalších letech je rok %lld dvakrát.", (long long)twice),
		                 S("Nechte u něj jeden řádek s částkou, která platí.")};
	return OK;
}
const Guard application_fits = {"fits_call", "Žádost odpovídá podmínkám výzvy.", fits_call, NULL, NULL, NULL};

static Err is_registered(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Application *a = o->row;
	void              *row = NULL;
	if (a->service > 0)
		TRY(store_get(c, &service_entity, TODAY, a->service, &row));
	if (str_eq(a->type, S("C")) && !row)
		return OK;
	if (!row || (date_is(((Service *)row)->provided_to) && date_before(((Service *)row)->provided_to, c->today)))
		*ret = (Verdict){REFUSED, S("Služba nemá platnou registraci."), S("Podání vraťte k opravě, nebo ho odmítněte.")};
	return OK;
}
const Guard application_registered = {"is_registered", "Služba je registrovaná (typy A a B).", is_registered, NULL, NULL, NULL};

/* A step of the application that takes the step of its form with it: the reaction to the form's step sees the mark and leaves the application alone. */
static const char by_application[] = "by the application";

static Err take_step(Ctx *c, WorkMove *m, const char *action) {
	Submission *s;
	TRY(submission_of(c, application_entity.name, m->object->id, &s));
	WorkInput    in = {.reason = m->input ? m->input->reason : (Str){0}, .more = (void *)by_application};
	const Actor *who = c->actor;
	c->actor = &actor_program;                   /* whoever decides on the application need not decide on forms; the application's own step says who it was */
	Err e = s ? workflow_do(c, &submission_machine, s->head.id, action, &in) : OK;
	c->actor = who;
	return e;
}

Err application_accept_form(Ctx *c, WorkMove *m) { return take_step(c, m, "accept"); }

Err application_refuse_form(Ctx *c, WorkMove *m) {
	TRY(take_step(c, m, "refuse"));
	return application_stop_statements(c, m);
}

Err application_stop_statements(Ctx *c, WorkMove *m) {
	const char *to = m->transition->to;
	Str why = strcmp(to, APPLICATION_DRAFT) == 0 ? S("Žádost je zpátky u poskytovatele. Až ji znovu podá, vyjádření se obnoví a zbytek lhůty poběží dál.")
	          : strcmp(to, APPLICATION_FORMAL) == 0 ? S("Žádost byla formálně odmítnuta, vyjádření už není třeba.") : S("Poskytovatel vzal žádost zpět, vyjádření už není třeba.");
	return statements_pause(c, m->object->row, why);
}

Err application_give_up(Ctx *c, WorkMove *m) {
	Submission *s;
	TRY(submission_of(c, application_entity.name, m->object->id, &s));
	bool open = s && !submission_is(s, SUBMISSION_ACCEPTED) && !submission_is(s, SUBMISSION_REFUSED);
	TRY(application_stop_statements(c, m));
	return open ? workflow_system(c, &submission_machine, s->head.id, "abandon", m->input->reason) : OK;
}

/* ---- the form moves the application ---- */

static Err follow(Ctx *c, const WorkMove *m, const char *action, const char *why) {
	const Submission *s = m->object->row;
	Str reason = m->input && m->input->reason.len ? m->input->reason : str_c(why);
	if (m->input && m->input->more == by_application)
		return OK;
	return str_eq(s->object, str_c(application_entity.name)) ? workflow_system(c, &application_machine, s->object_id, action, reason) : OK;
}

/* Whoever may decide on forms in general does not make the formal check of an application by the way. */
static Err decided(Ctx *c, const WorkMove *m, const char *action, const char *why) {
	const Submission *s = m->object->row;
	if (str_eq(s->object, str_c(application_entity.name)) && !c->actor->is_program && !may(c, CAP_APPLICATION_APPROVE))
		return fail(c, ERR_FORBIDDEN, NULL, "Formální kontrolu žádosti o zařazení do sítě dělá správce sítě. Požádejte ho o ni.");
	Application *a = NULL;
	if (str_eq(s->object, str_c(application_entity.name)))
		TRY(application_stored(c, s->object_id, &a));
	if (a && application_is_own(c, a))
		return fail(c, ERR_FORBIDDEN, NULL, "Jednáte také za poskytovatele, který žádá. Ať o žádosti rozhodne jiný pracovník kraje.");
	return follow(c, m, action, why);
}

Err application_on_submit(Ctx *c, const WorkMove *m) { return follow(c, m, "submitted", "Podání bylo odesláno."); }
Err application_on_withdraw(Ctx *c, const WorkMove *m) { return follow(c, m, "taken_back", "Podání bylo vzato zpět."); }
Err application_on_return(Ctx *c, const WorkMove *m) { return decided(c, m, "taken_back", "Podání bylo vráceno k opravě."); }
Err application_on_accept(Ctx *c, const WorkMove *m) { return decided(c, m, "passed", "Podání bylo přijato."); }
Err application_on_refuse(Ctx *c, const WorkMove *m) { return decided(c, m, "failed", "Podání bylo odmítnuto."); }
Err application_on_cancel(Ctx *c, const WorkMove *m) { return follow(c, m, "cancelled", "Podání bylo zrušeno."); }
