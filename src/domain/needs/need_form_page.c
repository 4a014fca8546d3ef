/* need_form_page.c: forms: a need, an offer, an answer that says no. */
#include "core/codelist.h"
#include "domain/needs/needs.html.h"
#include "domain/needs/needs_page.h"
#include "domain/needs/needs_parts_page.h"

static const char *const need_form_fields[] = {
	"title", "year", "territory", "target_group", "situation", "persons", "served_now", "refused", "kind", "form", "unit", "missing_capacity", "evidence",
	"evidence_text", "body", NULL,
};
static const char *const need_posted[] = {
	"title", "year", "territory", "target_group", "situation", "persons", "served_now", "refused", "kind", "form", "unit", "missing_capacity", "evidence",
	"evidence_text", "body", "podat", NULL,
};

/* ---- fields that are choices of records ---- */

static void add_option(Req *r, FieldView *v, Id id, Str label, Id chosen) {
	*ARENA_PUSH(r->c->arena, v->options.at, v->options.len, v->options.cap) =
		(OptionView){.value = id ? str_format(r->c->arena, "%lld", (long long)id) : (Str){0}, .label = label, .chosen = id == chosen};
}

static Id chosen_id(Req *r, const char *name, Id stored, bool as_typed) {
	i64 typed;
	return !as_typed ? stored : str_to_int(form(r, name), &typed) ? typed : 0;
}

static Str place_label(Req *r, const Unit *u) {
	if (str_eq(u->level, S(LEVEL_DISTRICT)))
		return str_format(r->c->arena, "Celé území ORP %.*s", STR_ARG(u->name));
	const Unit *district = territory_above(r->c, u->id, LEVEL_DISTRICT, TODAY);
	return district ? str_format(r->c->arena, "%.*s (ORP %.*s)", STR_ARG(u->name), STR_ARG(district->name)) : u->name;
}

static Err territory_field(Req *r, Id stored, bool as_typed, FieldView *ret) {
	NeedPlaces  places;
	const Unit *region = territory_region(r->c);
	Id          chosen = chosen_id(r, "territory", stored, as_typed);
	*ret = (FieldView){.kind = FIELD_SELECT, .name = S("territory"), .label = S("Území"), .error = field_problem(r, "territory"),
	                   .hint = S("Co nejmenší, které potřebu vystihuje.")};
	TRY(need_places(r->c, &places));
	if (places.units.len == 1 && !places.whole_region)
		chosen = chosen ? chosen : places.units.at[0]->id;
	else
		add_option(r, ret, 0, S("– vyberte –"), chosen);
	bool found = !chosen;
	for (size_t i = 0; i < places.units.len; i++) {
		found = found || places.units.at[i]->id == chosen;
		add_option(r, ret, places.units.at[i]->id, place_label(r, places.units.at[i]), chosen);
	}
	if (places.whole_region && region) {
		found = found || region->id == chosen;
		add_option(r, ret, region->id, S("Celý kraj"), chosen);
	}
	if (!found && territory_by_id(r->c, chosen))
		add_option(r, ret, chosen, place_label(r, territory_by_id(r->c, chosen)), chosen);
	return OK;
}

static Err body_field(Req *r, Id stored, bool as_typed, FieldView *ret) {
	EntityList bodies;
	Id         chosen = chosen_id(r, "body", stored, as_typed);
	ListFilter kind = {.field = entity_field(&organisation_entity, S("kind")), .value = S("body")};
	*ret = (FieldView){.kind = FIELD_SELECT, .name = S("body"), .label = S("Pracovní skupina"), .hint = S("Která potřebu projedná. Když to nevíte, nechte prázdné."),
	                   .optional = true, .error = field_problem(r, "body")};
	add_option(r, ret, 0, S("– neurčena –"), chosen);
	bool decided = r->c->scope_decided;
	r->c->scope_decided = true;                  /* names of groups are no secret */
	Err err = entity_list(r->c, &organisation_entity, &(ListQuery){.filters = &kind, .filter_count = 1, .limit = 200}, &bodies);
	r->c->scope_decided = decided;
	TRY(err);
	for (size_t i = 0; i < bodies.len; i++)
		add_option(r, ret, ((EntityHead *)bodies.at[i])->id, ((Organisation *)bodies.at[i])->name, chosen);
	return OK;
}

static bool chooses_body(Req *r) {
	RowScope s = access_scope(r->c, CAP_NEED_CREATE);
	return s.all || s.district_count || s.municipality_count;
}

static Err need_field(Req *r, const Need *n, const char *name, bool as_typed, FieldView *ret) {
	const Field *f = entity_field(&need_entity, str_c(name));
	if (strcmp(name, "territory") == 0)
		return territory_field(r, n->territory, as_typed, ret);
	if (strcmp(name, "body") == 0)
		return body_field(r, n->body, as_typed, ret);
	*ret = field_view(r, f, n, as_typed);
	if (strcmp(name, "year") == 0 && !as_typed)
		ret->value = year_text(r->c->arena, n->year);
	if (ret->is_number) {
		ret->width = WIDTH_10;
		ret->input_mode = f->type == TYPE_FTE || f->type == TYPE_MONEY ? "decimal" : "numeric";
	}
	if (f->type == TYPE_LONGTEXT)
		ret->rows = 5;
	return OK;
}

/* ---- the need ---- */

static Err show_need_form(Req *r, const Need *n, bool as_typed) {
	Arena   *a = r->c->arena;
	NeedForm v = {.title = S("Zapsat potřebu"), .lead = S("Co lidem chybí, pro koho a kolik. Rozepsanou kartu uvidíte jen vy a váš obvod."), .action = S("/app/potreby/nova"),
	              .back = S("/app/potreby"), .version = n->head.version, .is_new = n->head.id == 0, .may_submit = may(r->c, CAP_NEED_SUBMIT)};
	if (n->head.id) {
		v.title = S("Upravit potřebu");
		v.lead = n->title;
		v.back = need_href(r, n);
		v.action = str_cat(a, v.back, S("/upravit"));
	}
	v.csrf = csrf_token(r, v.action);
	for (const char *const *name = need_form_fields; *name; name++)
		if (strcmp(*name, "body") != 0 || chooses_body(r))
			TRY(need_field(r, n, *name, as_typed, ARENA_PUSH(a, v.fields, v.field_count, v.field_cap)));
	v.reason = (FieldView){.name = S("reason"), .label = S("Důvod změny"), .hint = S("Zapíše se do historie potřeby."), .optional = true,
	                       .value = as_typed ? form(r, "reason") : (Str){0}, .error = field_problem(r, "reason")};
	v.errors = as_typed ? errors_view(r, v.fields, v.field_count) : NULL;
	r->is_error = v.errors != NULL;
	crumb(r, S("Potřeby území"), S("/app/potreby"));
	if (n->head.id)
		crumb(r, n->title, v.back);
	view_need_form(page(r, v.title), &v);
	return OK;
}

Err page_need_new(Req *r) {
	Need *n = entity_new(r->c->arena, &need_entity);
	int   year, month, day;
	date_parts(r->c->today, &year, &month, &day);
	n->year = year + 1;
	return show_need_form(r, n, false);
}

Err post_need_new(Req *r) {
	Need *n = entity_new(r->c->arena, &need_entity);
	bool  submit = str_eq(form(r, "podat"), S("1")) && may(r->c, CAP_NEED_SUBMIT);
	Err   err = form_read(r, &need_entity, need_posted, n);
	if (err == OK)
		err = need_add(r->c, n, submit);
	if (err == ERR_NOT_FOUND && n->territory)    /* a territory of others, by a forged form or a right that has ended */
		err = fail(r->c, ERR_INVALID, "territory", "Území: potřeby můžete zapisovat jen ve své obci nebo obvodu. Vyberte jiné území.");
	if (err == ERR_INVALID) {
		n->head.id = 0;
		set_status(r, 422);
		return show_need_form(r, n, true);
	}
	TRY(err);
	if (submit)
		notice(r, "Potřeba je zapsaná a podaná. Projedná ji pracovní skupina.");
	else
		notice(r, "Potřeba je zapsaná jako rozepsaná. Až bude hotová, podejte ji níže na této stránce.");
	return redirect(r, "/app/potreby/%lld", (long long)n->head.id);
}

static Err need_to_edit(Req *r, Need **ret) {
	TRY(need_open(r, ret));
	if (need_may_edit(r->c, *ret))
		return OK;
	return fail(r->c, ERR_CONFLICT, NULL, "Potřebu ve stavu „%.*s“ už změnit nemůžete. Co je třeba doplnit, napište koordinátorce obvodu nebo kraji.",
	            STR_ARG(state_title(&need_machine, (*ret)->state)));
}

Err page_need_edit(Req *r) {
	Need *n;
	TRY(need_to_edit(r, &n));
	return show_need_form(r, n, false);
}

Err post_need_edit(Req *r) {
	Need *stored;
	TRY(need_to_edit(r, &stored));
	Need *n = entity_copy(r->c->arena, &need_entity, stored);
	Err   err = form_read_resolved(r, &need_entity, need_form_fields, n, stored);
	if (err == OK) {
		r->c->reason = form(r, "reason");
		err = need_save(r->c, n);
	}
	if (err == ERR_CONFLICT)
		return conflict_show(r, &need_entity, need_form_fields, n, str_cat(r->c->arena, need_href(r, n), S("/upravit")), need_href(r, n));
	if (err == ERR_INVALID) {
		set_status(r, 422);
		return show_need_form(r, n, true);
	}
	TRY(err);
	notice(r, "Potřeba je uložená.");
	return redirect(r, "/app/potreby/%lld", (long long)n->head.id);
}

/* ---- offers ---- */

static const char *const offer_fields[] = {"kind", "text", "year", "amount", "offered_to", NULL};

static Err show_offer_form(Req *r, const Need *n, const NeedOffer *o, bool as_typed) {
	Arena   *a = r->c->arena;
	NeedForm v = {.title = S("Nabídnout pomoc"), .lead = n->title, .back = need_href(r, n), .is_new = true};
	v.action = str_cat(a, v.back, S("/nabidka"));
	v.csrf = csrf_token(r, v.action);
	for (const char *const *name = offer_fields; *name; name++) {
		FieldView f = field_view(r, entity_field(&offer_entity, str_c(*name)), o, as_typed);
		if (strcmp(*name, "year") == 0 && !as_typed)
			f.value = year_text(a, o->year);
		*ARENA_PUSH(a, v.fields, v.field_count, v.field_cap) = f;
	}
	v.errors = as_typed ? errors_view(r, v.fields, v.field_count) : NULL;
	r->is_error = v.errors != NULL;
	crumb(r, S("Potřeby území"), S("/app/potreby"));
	crumb(r, n->title, v.back);
	view_offer_form(page(r, v.title), &v);
	return OK;
}

Err page_offer_new(Req *r) {
	Need *n;
	TRY(need_open(r, &n));
	return show_offer_form(r, n, entity_new(r->c->arena, &offer_entity), false);
}

Err post_offer_new(Req *r) {
	Need *n;
	TRY(need_open(r, &n));
	NeedOffer *o = entity_new(r->c->arena, &offer_entity);
	Err        err = form_read(r, &offer_entity, offer_fields, o);
	o->need = n->head.id;
	if (err == OK)
		err = need_offer_add(r->c, o);
	if (err == ERR_INVALID) {
		set_status(r, 422);
		return show_offer_form(r, n, o, true);
	}
	TRY(err);
	notice(r, "Nabídka je zapsaná.");
	return redirect(r, "/app/potreby/%lld", (long long)n->head.id);
}

/* ---- the region says no ---- */

static FieldView reason_field(Req *r, bool as_typed) {
	FieldView v = {.kind = FIELD_SELECT, .name = S("answer_reason"), .label = S("Důvod"), .error = field_problem(r, "answer_reason")};
	CodeItems items = {0};
	Str       chosen = as_typed ? form(r, "answer_reason") : (Str){0};
	*ARENA_PUSH(r->c->arena, v.options.at, v.options.len, v.options.cap) = (OptionView){.label = S("– vyberte –")};
	if (codelist_items(r->c, "no_answer_reason", r->c->today, &items) == OK)
		for (size_t i = 0; i < items.len; i++)
			*ARENA_PUSH(r->c->arena, v.options.at, v.options.len, v.options.cap) =
				(OptionView){.value = items.at[i]->code, .label = items.at[i]->name, .chosen = str_eq(chosen, items.at[i]->code)};
	return v;
}

/* Only in the two states from which the region says no. */
static Err answer_action(Req *r, const Need *n, const char **ret) {
	*ret = str_eq(n->state, S(NEED_ACCEPTED)) ? "leave" : str_eq(n->state, S(NEED_AGREED_STEERING)) ? "reject" : NULL;
	if (!*ret)
		return fail(r->c, ERR_CONFLICT, NULL, "Zamítavě lze odpovědět na potřebu projednanou územní řídicí skupinou nebo přijatou krajem. Tato je ve stavu „%.*s“.",
		            STR_ARG(state_title(&need_machine, n->state)));
	return need_may_rank(r->c, 0) ? OK : fail(r->c, ERR_FORBIDDEN, NULL, "O potřebách rozhoduje za kraj odbor sociálních věcí.");
}

static Err show_answer_form(Req *r, const Need *n, const char *action, bool as_typed) {
	Arena     *a = r->c->arena;
	AnswerForm v = {.lead = n->title, .back = need_href(r, n), .version = n->head.version, .is_public = strcmp(action, "leave") == 0};
	v.title = v.is_public ? S("Síť na potřebu neodpoví") : S("Nepřijmout potřebu");
	v.action = str_cat(a, v.back, S("/odpoved"));
	v.csrf = csrf_token(r, v.action);
	if (v.is_public)
		v.fields[v.field_count++] = (FieldView){.name = S("title"), .label = S("Název pro veřejnost"), .hint = S("Co síť nezajistí, bez údajů o konkrétních lidech."),
		                                        .value = as_typed ? form(r, "title") : n->title, .error = field_problem(r, "title")};
	v.fields[v.field_count++] = reason_field(r, as_typed);
	v.fields[v.field_count++] = (FieldView){.kind = FIELD_AREA, .name = S("reason"), .label = S("Vysvětlení"), .rows = 5, .error = field_problem(r, "reason"),
		.hint = v.is_public ? S("Zveřejní se. Napište větami, proč a co mohou lidé udělat teď.") : S("Uvidí je ten, kdo potřebu zapsal, a jeho obvod."),
		.value = as_typed ? form(r, "reason") : (Str){0}};
	if (v.is_public) {
		FieldView *f = &v.fields[v.field_count++];
		*f = (FieldView){.label = S("Rozhodnutí"), .hint = S("Usnesení orgánu kraje, například 616/23/ZK.")};
		TRY(work_resolution_field(r, f, as_typed));
	}
	v.fields[v.field_count++] = (FieldView){.kind = FIELD_DATE, .name = S("review_date"), .label = S("Přezkum nejpozději"), .hint = S("Kdy se kraj k potřebě vrátí, například 30. 6. 2028."),
	                                        .value = as_typed ? form(r, "review_date") : (Str){0}, .error = field_problem(r, "review_date")};
	v.errors = as_typed ? errors_view(r, v.fields, v.field_count) : NULL;
	r->is_error = v.errors != NULL;
	crumb(r, S("Potřeby území"), S("/app/potreby"));
	crumb(r, n->title, v.back);
	view_need_answer(page(r, v.title), &v);
	return OK;
}

Err page_need_answer(Req *r) {
	Need       *n;
	const char *action;
	TRY(need_open(r, &n));
	TRY(answer_action(r, n, &action));
	return show_answer_form(r, n, action, false);
}

static Err read_answer(Req *r, NeedAnswer *ret) {
	const char *why;
	*ret = (NeedAnswer){.reason = form(r, "answer_reason"), .title = form(r, "title"), .text = form(r, "reason"), .resolution = form(r, "resolution")};
	TRY(form_only(r, (const char *const[]){"version", "answer_reason", "title", "reason", "resolution", "review_date", NULL}));
	if (!str_to_int(form(r, "version"), &ret->version))
		return fail(r->c, ERR_MALFORMED, NULL, "Formulář je neúplný. Načtěte stránku znovu.");
	return read_date(form(r, "review_date"), &ret->review, &why) ? OK : fail(r->c, ERR_INVALID, "review_date", "Přezkum nejpozději: %s", why);
}

Err post_need_answer(Req *r) {
	Need       *n;
	const char *action;
	NeedAnswer  a;
	TRY(need_open(r, &n));
	TRY(answer_action(r, n, &action));
	Err err = read_answer(r, &a);
	if (err == OK)
		err = need_answer(r->c, n->head.id, action, &a);
	if (err == ERR_INVALID || err == ERR_CONFLICT) {
		set_status(r, err_status(err));
		return show_answer_form(r, n, action, true);
	}
	TRY(err);
	notice(r, strcmp(action, "leave") == 0 ? "Zápis je veřejný. Potřeba je v seznamu potřeb bez odpovědi." : "Odpověď je zapsaná. Autor i obvod ji uvidí.");
	return redirect(r, "/app/potreby/%lld", (long long)n->head.id);
}
