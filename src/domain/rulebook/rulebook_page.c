/* rulebook_page.c: rule sets: public and office lists, one version, its editor. */
#include "domain/rulebook/rulebook_page.h"

#include "base/format.h"
#include "core/access.h"
#include "core/roomy.h"
#include "domain/rulebook/rehearsal.h"

#include "domain/rulebook/rulebook.html.h"

static Str day_text(Arena *a, Date d, Str otherwise) {
	CLEANUP(buf_free) Buf b = {0};
	if (!date_is(d))
		return otherwise;
	fmt_date(&b, d);
	return buf_take(&b, a);
}

static Str title_of(Req *r, const RuleVersion *v) {
	return str_format(r->c->arena, "%.*s, verze %lld", STR_ARG(v->title), (long long)v->no);
}

/* ---- lists ---- */

static RuleSetLine line_of(Req *r, const RuleVersion *v, const char *path) {
	const State *s = machine_state(&rule_set_machine, v->state);
	return (RuleSetLine){.href = str_format(r->c->arena, "%s/%lld", path, (long long)v->head.id), .title = v->title, .code = v->code,
		.no = str_format(r->c->arena, "%lld", (long long)v->no), .state = s ? str_c(s->title) : v->state, .tone = s ? work_tone(s->tone) : TAG_PLAIN,
		.since = day_text(r->c->arena, v->valid_from, v->published_at.ms ? day_text(r->c->arena, prague_day(v->published_at), S("–")) : S("–"))};
}

Err page_rules_public(Req *r) {
	RuleVersions all;
	RuleSetLines lines = {0};
	TRY(rule_versions(r->c, true, &all));
	for (size_t i = 0; i < all.len; i++)
		*ARENA_PUSH(r->c->arena, lines.at, lines.len, lines.cap) = line_of(r, all.at[i], "/pravidla");
	view_rule_set_list(page(r, S("Pravidla výpočtů")), S("Pravidla výpočtů"), S("Podle těchto pravidel kraj boduje žádosti a počítá vyrovnávací platby. Každá verze zůstává, jak byla zveřejněna."),
		lines, false, false);
	return OK;
}

Err page_rules(Req *r) {
	RuleVersions all;
	RuleSetLines lines = {0};
	bool         drafts = may(r->c, CAP_RULES_UPDATE) || may(r->c, CAP_RULES_APPROVE);
	TRY(rule_versions(r->c, !drafts, &all));
	for (size_t i = 0; i < all.len; i++)
		*ARENA_PUSH(r->c->arena, lines.at, lines.len, lines.cap) = line_of(r, all.at[i], "/app/pravidla");
	view_rule_set_list(page(r, S("Sady pravidel")), S("Sady pravidel"), S("Vzorce, parametry a bodovací tabulky. Zveřejněná verze se nemění; změna je nová verze, kterou schvaluje druhý člověk."),
		lines, may(r->c, CAP_RULES_CREATE), true);
	return OK;
}

/* ---- one version ---- */

static void add_name(Req *r, const RuleSet *set, const RuleName *n, RuleSetPage *v) {
	static const char *const kinds[] = {"vstup", "parametr", "tabulka", "pravidlo"};
	Arena        *a = r->c->arena;
	RuleNameLine  line = {.name = n->name, .title = n->title, .type = rule_type_name(n->type), .legal = n->legal, .max = n->max, .value = str_c(kinds[n->kind])};
	RuleNameLines *to = n->kind == RULE_RULE ? &v->rules : n->kind == RULE_PARAMETER ? &v->parameters : &v->others;
	RuleValue     value;
	if (n->kind == RULE_RULE)
		line.value = n->formula;
	else if (n->kind == RULE_PARAMETER)
		line.value = rule_parameter(set, n->name, r->c->today, &value) ? rule_value_show(a, value) : S("dnes žádná");
	else if (n->choices.len)
		line.value = str_format(a, "vstup: %.*s", STR_ARG(str_join(a, S("; "), n->choices)));
	*ARENA_PUSH(a, to->at, to->len, to->cap) = line;
}

/* The line of the text with the faulty piece marked. */
static FaultLine fault_line(Str source, const RuleFault *f) {
	Str line = {0};
	for (int i = 0; i < f->line; i++)
		line = str_cut(&source, '\n');
	Str before = utf8_first(line, (size_t)f->column - 1), mark = utf8_first(str_from(line, before.len), (size_t)f->length);
	return (FaultLine){.block = f->block, .line = before, .mark = mark, .after = str_from(line, before.len + mark.len), .text = f->text, .row = f->line,
		.column = f->column, .is_warning = f->is_warning};
}

static void fault_lines(Arena *a, Str source, const RuleFaults *faults, FaultLines *ret) {
	for (size_t i = 0; i < faults->len && i < 50; i++)
		*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = fault_line(source, &faults->at[i]);
}

static void add_fact(Req *r, RuleSetPage *v, const char *label, Str value) {
	if (value.len)
		*ARENA_PUSH(r->c->arena, v->facts.at, v->facts.len, v->facts.cap) = (PairView){.label = str_c(label), .value = value};
}

static Err fill_page(Req *r, const RuleVersion *v, RuleSetPage *p) {
	RuleSet   *set;
	RuleFaults faults;
	*p = (RuleSetPage){.v = v, .title = title_of(r, v)};
	TRY(rule_version_open(r->c, v, &set, &faults));
	for (size_t i = 0; set && i < rule_set_count(set); i++)
		add_name(r, set, rule_set_at(set, i), p);
	fault_lines(r->c->arena, v->source, &faults, &p->faults);
	add_fact(r, p, "Označení", v->code);
	Date since = date_is(v->valid_from) || !v->published_at.ms ? v->valid_from : prague_day(v->published_at);
	add_fact(r, p, "Platí od", day_text(r->c->arena, since, (Str){0}));
	add_fact(r, p, "Co se změnilo", v->note);
	add_fact(r, p, "Otisk textu (SHA-256)", v->digest);
	return OK;
}

static Err open_version(Req *r, RuleVersion **ret) {
	Id id;
	TRY(arg_id(r, 0, &id));
	return rule_version_get(r->c, id, ret);
}

Err page_rule_set_public(Req *r) {
	RuleVersion *v;
	RuleSetPage  p;
	TRY(open_version(r, &v));
	if (!rule_version_is_public(v))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Taková zveřejněná sada pravidel tu není.");
	TRY(fill_page(r, v, &p));
	if (str_eq(v->state, S(RULES_RETIRED)))
		p.lead = S("Tato verze už je stažená. Zůstává tu kvůli výpočtům, které se podle ní udělaly.");
	crumb(r, S("Pravidla výpočtů"), S("/pravidla"));
	view_rule_set_public(page(r, p.title), &p);
	return OK;
}

/* Whoever approves sees beside the text on what it was tried. */
static Err add_rehearsal(Req *r, const RuleVersion *v, Str href, RuleSetPage *p) {
	Arena        *a = r->c->arena;
	KeptRehearsal k;
	bool          needed;
	if (!may(r->c, CAP_RULES_UPDATE) && !may(r->c, CAP_RULES_APPROVE))
		return OK;
	p->rehearse_href = str_cat(a, href, S("/prehrani"));
	TRY(rehearsal_of_text(r->c, v, &k, &needed));
	if (k.id)
		*ARENA_PUSH(a, p->facts.at, p->facts.len, p->facts.cap) = (PairView){.label = S("Přehráno"), .href = str_format(a, "%.*s/prehrani/%lld", STR_ARG(href), (long long)k.id),
			.value = str_format(a, "na letech %lld až %lld: záznamů %lld, jinak vychází u %lld", (long long)k.year_from, (long long)k.year_to, (long long)k.cases,
				(long long)k.changed_cases)};
	else if (needed)
		add_fact(r, p, "Přehráno", S("zatím ne proti dnešní platné verzi"));
	return OK;
}

static Err show_version(Req *r, const RuleVersion *v) {
	RuleSetPage p;
	Arena      *a = r->c->arena;
	Str         href = str_format(a, "/app/pravidla/%lld", (long long)v->head.id);
	TRY(fill_page(r, v, &p));
	p.try_href = str_cat(a, href, S("/zkouska"));
	p.record_href = str_cat(a, href, S("/zaznam"));
	p.sheet_href = str_cat(a, href, S("/parametry"));
	TRY(add_rehearsal(r, v, href, &p));
	if (may(r->c, CAP_RULES_UPDATE))
		p.history_href = str_cat(a, href, S("/historie"));
	if (str_eq(v->state, S(RULES_DRAFT)) && may(r->c, CAP_RULES_UPDATE))
		p.edit_href = str_cat(a, href, S("/upravit"));
	if (may(r->c, CAP_RULES_CREATE)) {
		p.copy_action = str_cat(a, href, S("/kopie"));
		p.copy_csrf = csrf_token(r, p.copy_action);
	}
	if (rule_version_is_public(v))
		p.public_href = str_format(a, "/pravidla/%lld", (long long)v->head.id);
	TRY(work_panel(r, &rule_set_machine, v->head.id, href, &p.panel));
	crumb(r, S("Sady pravidel"), S("/app/pravidla"));
	view_rule_set(page(r, p.title), &p);
	return OK;
}

Err page_rule_set(Req *r) {
	RuleVersion *v;
	TRY(open_version(r, &v));
	return show_version(r, v);
}

Err post_rule_set(Req *r) {
	RuleVersion *v;
	TRY(open_version(r, &v));
	Err e = work_submit(r, &rule_set_machine, v->head.id);
	if (e == ERR_INVALID || e == ERR_CONFLICT)
		return show_version(r, v);
	TRY(e);
	return redirect(r, "/app/pravidla/%lld", (long long)v->head.id);
}

Err post_rule_set_copy(Req *r) {
	RuleVersion *v, *made;
	TRY(open_version(r, &v));
	TRY(rule_version_copy(r->c, v->head.id, &made));
	notice(r, "Kopie je založená jako verze %lld. Upravte její text; dokud ji někdo neschválí, počítá se podle dosavadní.", (long long)made->no);
	return redirect(r, "/app/pravidla/%lld/upravit", (long long)made->head.id);
}

/* ---- the editor ---- */

/* A form that comes back stays that of the version it was made from, or it would be saved over what somebody else wrote meanwhile. */
static i64 form_version(Req *r, const RuleVersion *v) {
	i64 typed;
	return str_to_int(form(r, "version"), &typed) ? typed : v->head.version;
}

/* The text is taken as it was typed: blanks at the beginning of a line mean that it goes on. */
static Str typed_source(Req *r) {
	return str_replace(r->c->arena, form(r, "source"), S("\r"), (Str){0});
}

static void trial_fields(Req *r, RuleSetForm *p) {
	Arena       *a = r->c->arena;
	OptionViews *list = &p->record.options;
	p->find = (FieldView){.kind = FIELD_TEXT, .name = S("find"), .label = S("Hledat záznam"), .value = form(r, "find"), .hint = S("Část názvu nebo číslo."), .optional = true};
	p->record = (FieldView){.kind = FIELD_SELECT, .name = S("record"), .label = S("Záznam"), .optional = true};
	*ARENA_PUSH(a, list->at, list->len, list->cap) = (OptionView){.label = S("žádný")};
	if (p->trial.is_chosen)
		*ARENA_PUSH(a, list->at, list->len, list->cap) = (OptionView){.value = p->trial.address, .label = p->trial.label, .chosen = true};
	for (size_t i = 0; i < p->trial.found.len; i++)
		if (!p->trial.is_chosen || !str_eq(p->trial.found.at[i].value, p->trial.address))
			*ARENA_PUSH(a, list->at, list->len, list->cap) = p->trial.found.at[i];
}

/* What the typed text would give for the chosen record, and where it is wrong. */
static Err try_text(Req *r, const RuleVersion *v, Str source, RuleSetForm *p) {
	RuleFaults faults = {0};
	ctx_roomy(r->c);                             /* every step of every rule leaves a node, twice */
	RuleSet   *set = rule_text_open(r->c, source, &faults), *against;
	fault_lines(r->c->arena, source, &faults, &p->faults);
	TRY(set_in_force(r, v, &against));
	TRY(record_trial(r, set, against, form(r, "find"), form(r, "record"), &p->trial));
	if (!set && p->trial.is_chosen)
		p->trial.summary = S("Dokud jsou v textu chyby, nejde podle něj počítat. Co opravit, je vypsané výš.");
	trial_fields(r, p);
	return OK;
}

static Err show_form(Req *r, const RuleVersion *v, bool as_typed) {
	Arena      *a = r->c->arena;
	RuleSetForm p = {.title = str_format(a, "Upravit: %.*s", STR_ARG(title_of(r, v))), .version = as_typed ? form_version(r, v) : v->head.version,
		.was_saved = query(r, "ulozeno").len > 0, .back = str_format(a, "/app/pravidla/%lld", (long long)v->head.id)};
	static const char *const names[] = {"title", "valid_from", "note"};
	p.action = str_cat(a, p.back, S("/upravit"));
	p.csrf = csrf_token(r, p.action);
	p.was_tried = as_typed && str_eq(form(r, "action"), S("try"));
	TRY(try_text(r, v, as_typed ? typed_source(r) : v->source, &p));
	for (size_t i = 0; i < LEN(names); i++)
		p.fields[i] = field_view(r, entity_field(&rule_version_entity, str_c(names[i])), v, as_typed);
	p.fields[2].rows = 2;
	p.fields[3] = (FieldView){.kind = FIELD_AREA, .name = S("source"), .label = S("Text pravidel"), .rows = 34, .value = as_typed ? form(r, "source") : v->source,
		.error = field_problem(r, "source")};
	p.errors = as_typed ? errors_view(r, p.fields, LEN(p.fields)) : NULL;
	r->is_error = p.errors != NULL;
	crumb(r, S("Sady pravidel"), S("/app/pravidla"));
	crumb(r, title_of(r, v), p.back);
	view_rule_set_form(page(r, p.title), &p);
	return OK;
}

/* ---- the same for the script, while the text is being written ---- */

static void write_step(JsonWriter *w, const RuleStep *s) {
	jw_object(w);
	jw_member(w, "what", s->what);
	jw_member(w, "name", s->name);
	jw_member(w, "value", s->value);
	jw_member(w, "source", s->source);
	jw_member(w, "link", s->link);
	jw_member(w, "legal", s->legal);
	jw_key(w, "failed");
	jw_bool(w, s->failed);
	jw_key(w, "again");
	jw_bool(w, s->again);
	jw_key(w, "open");
	jw_bool(w, s->is_open);
	jw_key(w, "steps");
	jw_array(w);
	for (size_t i = 0; i < s->steps.len; i++)
		write_step(w, &s->steps.at[i]);
	jw_array_end(w);
	jw_object_end(w);
}

static void write_fault(JsonWriter *w, const FaultLine *f) {
	jw_object(w);
	jw_member_int(w, "row", f->row);
	jw_member_int(w, "column", f->column);
	jw_member(w, "block", f->block);
	jw_member(w, "before", f->line);
	jw_member(w, "mark", f->mark);
	jw_member(w, "after", f->after);
	jw_member(w, "text", f->text);
	jw_key(w, "warning");
	jw_bool(w, f->is_warning);
	jw_object_end(w);
}

static Err answer_script(Req *r, const RuleVersion *v) {
	RuleSetForm p = {0};
	TRY(try_text(r, v, typed_source(r), &p));
	JsonWriter w = json_page(r);
	jw_object(&w);
	jw_key(&w, "faults");
	jw_array(&w);
	for (size_t i = 0; i < p.faults.len; i++)
		write_fault(&w, &p.faults.at[i]);
	jw_array_end(&w);
	jw_member(&w, "problem", p.trial.problem);
	jw_member(&w, "record", p.trial.is_chosen ? p.trial.address : (Str){0});
	jw_member(&w, "label", p.trial.label);
	jw_member(&w, "link", p.trial.link);
	jw_member(&w, "summary", p.trial.summary);
	jw_key(&w, "found");
	jw_array(&w);
	for (size_t i = 0; i < p.record.options.len; i++) {
		jw_object(&w);
		jw_member(&w, "value", p.record.options.at[i].value);
		jw_member(&w, "label", p.record.options.at[i].label);
		jw_object_end(&w);
	}
	jw_array_end(&w);
	jw_key(&w, "outcomes");
	jw_array(&w);
	for (size_t i = 0; i < p.trial.outcomes.len; i++) {
		jw_object(&w);
		jw_key(&w, "tree");
		write_step(&w, p.trial.outcomes.at[i].tree);
		jw_member(&w, "title", p.trial.outcomes.at[i].title);
		jw_member(&w, "before", p.trial.outcomes.at[i].changed ? p.trial.outcomes.at[i].before : (Str){0});
		jw_object_end(&w);
	}
	jw_array_end(&w);
	jw_object_end(&w);
	return OK;
}

static Err open_draft(Req *r, RuleVersion **ret) {
	TRY(open_version(r, ret));
	if (!str_eq((*ret)->state, S(RULES_DRAFT)))
		return fail(r->c, ERR_CONFLICT, NULL, "Tato verze už byla předána ke schválení a její text se nemění. Založte její kopii a upravte tu.");
	return OK;
}

Err page_rule_set_edit(Req *r) {
	RuleVersion *v;
	TRY(open_draft(r, &v));
	return show_form(r, v, false);
}

static Err read_form(Req *r, RuleVersion *v) {
	static const char *const names[] = {"title", "valid_from", "note"};
	Err err = OK;
	for (size_t i = 0; i < LEN(names); i++) {
		Err one = field_read(r->c, entity_field(&rule_version_entity, str_c(names[i])), form(r, names[i]), v);
		err = err == OK ? one : err;
	}
	v->source = typed_source(r);
	i64 version;
	if (!str_to_int(form(r, "version"), &version))
		return fail(r->c, ERR_MALFORMED, NULL, "Formulář není úplný. Načtěte stránku znovu.");
	v->head.version = version;
	return err;
}

Err post_rule_set_edit(Req *r) {
	RuleVersion *stored;
	TRY(open_draft(r, &stored));
	if (str_eq(form(r, "action"), S("try")))
		return show_form(r, stored, true);
	if (str_eq(form(r, "action"), S("live")))
		return answer_script(r, stored);
	RuleVersion *v = entity_copy(r->c->arena, &rule_version_entity, stored);
	Err          err = read_form(r, v);
	if (err == OK)
		err = rule_version_save(r->c, v);
	if (err == ERR_INVALID || err == ERR_CONFLICT) {
		set_status(r, err == ERR_INVALID ? 422 : 409);
		return show_form(r, stored, true);
	}
	TRY(err);
	notice(r, "Text je uložený. Co kontrola našla, je vypsané níže.");
	return redirect(r, "/app/pravidla/%lld/upravit?ulozeno=ano", (long long)v->head.id);
}
