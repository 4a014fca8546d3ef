/* mandate_form_page.c: forms: a draft, its early end, an amendment. */
#include "base/format.h"
#include "core/codelist.h"
#include "domain/network/mandate.html.h"
#include "domain/network/mandate_page.h"

static const char *const form_fields[] = {
	"first_day", "last_day", "capacity", "target_groups", "territory", "obligation", "compensation", "ceiling", "overcompensation", "exclusive_rights", "legal_reference",
	"covers_investment", NULL,
};
static const char *const posted[] = {
	"radek", "first_day", "last_day", "capacity", "target_groups", "territory", "obligation", "compensation", "ceiling", "overcompensation",
		"exclusive_rights", "legal_reference",
	"covers_investment", NULL,
};

static void add_fields(Req *r, MandateForm *v, const Entity *e, const char *const *names, const void *row, bool as_typed) {
	for (; *names; names++) {
		const Field *f = entity_field(e, str_c(*names));
		FieldView    view = field_view(r, f, row, as_typed);
		if (f->type == TYPE_LONGTEXT)
			view.rows = f->max > 2000 ? 6 : 3;
		if (f->type == TYPE_FTE)
			view.width = WIDTH_10;
		*ARENA_PUSH(r->c->arena, v->fields, v->field_count, v->field_cap) = view;
	}
	v->errors = as_typed ? errors_view(r, v->fields, v->field_count) : NULL;
	r->is_error = v->errors != NULL;
}

static Err show_form(Req *r, const Mandate *m, bool as_typed) {
	Arena      *a = r->c->arena;
	MandateForm v = {.title = S("Připravit pověření"), .action = S("/app/povereni/novy"), .back = S("/app/povereni/bez-povereni"),
		.version = m->head.version, .is_new = m->head.id == 0,
	                 .submit = S("Uložit návrh")};
	v.lead = str_format(a, "%.*s, poskytovatel %.*s, kapacita v jednotce %.*s.", STR_ARG(m->service_name), STR_ARG(m->provider_name), STR_ARG(codelist_name(r->c,
		"network_unit", m->unit)));
	if (v.is_new) {
		v.line = str_format(a, "%lld", (long long)m->line);
	} else {
		v.title = S("Upravit návrh pověření");
		v.back = str_format(a, "/app/povereni/%lld", (long long)m->head.id);
		v.action = str_cat(a, v.back, S("/upravit"));
	}
	v.csrf = csrf_token(r, v.action);
	add_fields(r, &v, &mandate_entity, form_fields, m, as_typed);
	v.reason = (FieldView){.name = S("reason"), .label = S("Důvod změny"), .hint = S("Zapíše se do historie pověření."), .optional = true,
		.value = as_typed ? form(r, "reason") : (Str){0}};
	crumb(r, S("Pověření"), S("/app/povereni"));
	view_mandate_form(page(r, v.title), &v);
	return OK;
}

static Err fill(Req *r, Str line, Date first, Mandate **ret) {
	i64 id;
	if (!str_to_int(line, &id) || id <= 0)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Pověření se připravuje z řádku sítě. Vyberte ho na stránce Řádky sítě bez pověření.");
	return mandate_fill(r->c, id, first, ret);
}

Err page_mandate_new(Req *r) {
	Mandate *m;
	Date     first;
	TRY(query_date(r, "od", r->c->today, &first));
	TRY(fill(r, query(r, "radek"), first, &m));
	return show_form(r, m, false);
}

Err post_mandate_new(Req *r) {
	Mandate    *m;
	Date        first;
	const char *why;
	if (!read_date(form(r, "first_day"), &first, &why) || !date_is(first))
		first = r->c->today;
	TRY(fill(r, form(r, "radek"), first, &m));
	Err err = form_read(r, &mandate_entity, posted, m);
	if (err == OK)
		err = mandate_add(r->c, m);
	if (err == ERR_INVALID) {
		m->head.id = 0;
		set_status(r, 422);
		return show_form(r, m, true);
	}
	TRY(err);
	notice(r, "Návrh pověření je uložený. Schválit ho musí někdo jiný.");
	return redirect(r, "/app/povereni/%lld", (long long)m->head.id);
}

static Err draft_of(Req *r, Mandate **ret) {
	TRY(mandate_open(r, ret));
	return str_eq((*ret)->state, S(MANDATE_DRAFT)) ? OK
	       : fail(r->c, ERR_CONFLICT, NULL, "Schválené pověření se už neupravuje. Co se má změnit, připravte jako dodatek.");
}

Err page_mandate_edit(Req *r) {
	Mandate *m;
	TRY(draft_of(r, &m));
	return show_form(r, m, false);
}

Err post_mandate_edit(Req *r) {
	Mandate *stored;
	TRY(draft_of(r, &stored));
	Mandate *m = entity_copy(r->c->arena, &mandate_entity, stored);
	Err      err = form_read_resolved(r, &mandate_entity, form_fields, m, stored);
	if (err == OK) {
		r->c->reason = form(r, "reason");
		err = mandate_save(r->c, m);
	}
	Str href = str_format(r->c->arena, "/app/povereni/%lld", (long long)m->head.id);
	if (err == ERR_CONFLICT)
		return conflict_show(r, &mandate_entity, form_fields, m, str_cat(r->c->arena, href, S("/upravit")), href);
	if (err == ERR_INVALID) {
		set_status(r, 422);
		return show_form(r, m, true);
	}
	TRY(err);
	notice(r, "Návrh pověření je uložený.");
	return redirect(r, "%.*s", STR_ARG(href));
}

/* ---- early end ---- */

static Err show_end(Req *r, const Mandate *m, bool as_typed) {
	Arena  *a = r->c->arena;
	EndForm v = {.title = S("Předčasně ukončit pověření"), .lead = str_format(a, "%.*s, %.*s", STR_ARG(m->number), STR_ARG(m->service_name)),
		.number = m->number, .version = m->head.version};
	v.back = str_format(a, "/app/povereni/%lld", (long long)m->head.id);
	v.action = str_cat(a, v.back, S("/ukoncit"));
	v.csrf = csrf_token(r, v.action);
	v.fields[0] = (FieldView){.kind = FIELD_DATE, .name = S("last"), .label = S("Poslední den pověření"), .hint = S("Včetně tohoto dne, například 30. 6. 2027."),
	                          .value = as_typed ? form(r, "last") : (Str){0}, .error = field_problem(r, "last")};
	v.fields[1] = (FieldView){.kind = FIELD_AREA, .name = S("reason"), .label = S("Důvod"), .hint = S("Zveřejní se v registru pověření."), .rows = 3,
		.value = as_typed ? form(r, "reason") : (Str){0},
	                          .error = field_problem(r, "reason")};
	v.fields[2] = (FieldView){.name = S("number"), .label = S("Opište číslo pověření"), .hint = str_format(a, "Pro jistotu: %.*s", STR_ARG(m->number)), .width = WIDTH_20,
	                          .value = as_typed ? form(r, "number") : (Str){0}, .error = field_problem(r, "number")};
	v.errors = as_typed ? errors_view(r, v.fields, 3) : NULL;
	r->is_error = v.errors != NULL;
	crumb(r, S("Pověření"), S("/app/povereni"));
	crumb(r, m->number, v.back);
	view_mandate_end(page(r, v.title), &v);
	return OK;
}

static Err active_of(Req *r, Mandate **ret) {
	TRY(mandate_open(r, ret));
	return str_eq((*ret)->state, S(MANDATE_ACTIVE)) ? OK : fail(r->c, ERR_CONFLICT, NULL, "Předčasně ukončit jde jen vydané pověření, které ještě neskončilo.");
}

Err page_mandate_end(Req *r) {
	Mandate *m;
	TRY(active_of(r, &m));
	return show_end(r, m, false);
}

Err post_mandate_end(Req *r) {
	Mandate    *m;
	MandateEnd  e = {.reason = form(r, "reason")};
	const char *why;
	Err         err = OK;
	TRY(active_of(r, &m));
	if (!str_to_int(form(r, "version"), &e.version))
		return fail(r->c, ERR_MALFORMED, NULL, "Formulář je neúplný. Načtěte stránku znovu.");
	if (!read_date(form(r, "last"), &e.last, &why))
		err = fail(r->c, ERR_INVALID, "last", "Poslední den pověření: %s", why);
	if (!str_eq(form(r, "number"), m->number))
		err = fail(r->c, ERR_INVALID, "number", "Opište číslo pověření: má být %.*s.", STR_ARG(m->number));
	if (err == OK)
		err = mandate_end_early(r->c, m->head.id, &e);
	if (err == ERR_INVALID || err == ERR_CONFLICT) {
		set_status(r, err_status(err));
		return show_end(r, m, true);
	}
	TRY(err);
	notice(r, "Konec pověření je zapsaný a zveřejněný v registru.");
	return redirect(r, "/app/povereni/%lld", (long long)m->head.id);
}

/* ---- amendments ---- */

static const char *const amendment_fields[] = {"effective_from", "capacity", "ceiling", "territory", "reason", NULL};

static Err show_amendment_form(Req *r, const Mandate *m, const MandateAmendment *x, bool as_typed) {
	Arena      *a = r->c->arena;
	MandateForm v = {.title = S("Připravit dodatek"), .is_new = true, .submit = S("Uložit dodatek")};
	v.lead = str_format(a, "K pověření %.*s, %.*s. Vyplňte jen to, co se mění; vydá ho jiný člověk podle usnesení.", STR_ARG(m->number), STR_ARG(m->service_name));
	v.back = str_format(a, "/app/povereni/%lld", (long long)m->head.id);
	v.action = str_cat(a, v.back, S("/dodatek"));
	v.csrf = csrf_token(r, v.action);
	add_fields(r, &v, &mandate_amendment_entity, amendment_fields, x, as_typed);
	crumb(r, S("Pověření"), S("/app/povereni"));
	crumb(r, m->number, v.back);
	view_mandate_form(page(r, v.title), &v);
	return OK;
}

Err page_amendment_new(Req *r) {
	Mandate *m;
	TRY(active_of(r, &m));
	return show_amendment_form(r, m, entity_new(r->c->arena, &mandate_amendment_entity), false);
}

Err post_amendment_new(Req *r) {
	Mandate          *m;
	MandateAmendment *x = entity_new(r->c->arena, &mandate_amendment_entity);
	TRY(active_of(r, &m));
	x->mandate = m->head.id;
	Err err = form_read(r, &mandate_amendment_entity, amendment_fields, x);
	if (err == OK)
		err = mandate_amendment_add(r->c, x);
	if (err == ERR_INVALID) {
		x->head.id = 0;
		set_status(r, 422);
		return show_amendment_form(r, m, x, true);
	}
	TRY(err);
	notice(r, "Dodatek je připravený. Vydat ho musí někdo jiný.");
	return redirect(r, "/app/povereni/%lld/dodatky/%lld", (long long)m->head.id, (long long)x->head.id);
}

static Err amendment_of(Req *r, Mandate **m, MandateAmendment **x) {
	Id id;
	TRY(mandate_open(r, m));
	TRY(arg_id(r, 1, &id));
	TRY(mandate_amendment_stored(r->c, id, x));
	return (*x)->mandate == (*m)->head.id ? OK : fail(r->c, ERR_NOT_FOUND, NULL, "Takový dodatek pověření nemá.");
}

static Err show_amendment(Req *r, const Mandate *m, const MandateAmendment *x) {
	Arena        *a = r->c->arena;
	MandateTerms  before;
	bool          issued = str_eq(x->state, S(AMENDMENT_ISSUED));
	AmendmentPage v = {.title = issued ? str_format(a, "Dodatek č. %lld", (long long)x->no) : S("Návrh dodatku"),
	                   .lead = str_format(a, "K pověření %.*s, %.*s", STR_ARG(m->number), STR_ARG(m->service_name)), .back = str_format(a,
		"/app/povereni/%lld", (long long)m->head.id)};
	TRY(mandate_terms(r->c, m, date_add(x->effective_from, -1), &before));
	CLEANUP(buf_free) Buf b = {0};
	fmt_date(&b, x->effective_from);
	mandate_pair(r, &v.what, "Platí od", buf_take(&b, a));
	if (x->capacity.hundredths != BLANK)
		mandate_pair(r, &v.what, "Minimální kapacita", str_format(a, "%.*s → %.*s", STR_ARG(mandate_capacity_text(r->c, before.capacity, m->unit)),
			STR_ARG(mandate_capacity_text(r->c, x->capacity, m->unit))));
	if (x->ceiling.len)
		mandate_pair(r, &v.what, "Strop podle let", str_format(a, "%.*s → %.*s", STR_ARG(before.ceiling.len ? before.ceiling : S("neurčen")), STR_ARG(x->ceiling)));
	if (x->territory.len)
		mandate_pair(r, &v.what, "Území", str_format(a, "%.*s → %.*s", STR_ARG(before.territory), STR_ARG(x->territory)));
	mandate_pair(r, &v.what, "Důvod", x->reason);
	if (issued)
		TRY(mandate_paper_rows(r, m, x->no, &v.papers));
	TRY(work_panel(r, &mandate_amendment_machine, x->head.id, str_format(a, "%.*s/dodatky/%lld/krok", STR_ARG(v.back), (long long)x->head.id), &v.work));
	r->is_error = v.work.problem.text.len > 0;
	crumb(r, S("Pověření"), S("/app/povereni"));
	crumb(r, m->number, v.back);
	view_amendment(page(r, v.title), &v);
	return OK;
}

Err page_amendment(Req *r) {
	Mandate          *m;
	MandateAmendment *x;
	TRY(amendment_of(r, &m, &x));
	return show_amendment(r, m, x);
}

Err post_amendment_step(Req *r) {
	Mandate          *m;
	MandateAmendment *x;
	TRY(amendment_of(r, &m, &x));
	Err err = work_submit(r, &mandate_amendment_machine, x->head.id);
	if (err == ERR_INVALID || err == ERR_CONFLICT)
		return show_amendment(r, m, x);
	TRY(err);
	return redirect(r, "/app/povereni/%lld/dodatky/%lld", (long long)m->head.id, (long long)x->head.id);
}
