/* calculation_page.c: /app/vypocty/ID: a number opened down to its cells, and the same as an annex in PDF, made once by a job and then always the same file. */
#include "domain/rulebook/calculation_page.h"

#include "base/format.h"
#include "core/access.h"
#include "core/roomy.h"
#include "domain/rulebook/calculation.html.h"
#include "web/print.h"

CalculationLines calculation_lines(Arena *a, const Calculations *all) {
	CalculationLines ret = {0};
	for (size_t i = 0; i < all->len; i++)
		*ARENA_PUSH(a, ret.at, ret.len, ret.cap) = (CalculationLine){.href = calculation_link(a, all->at[i].id), .title = all->at[i].title, .result = all->at[i].result,
			.made_at = all->at[i].made_at};
	return ret;
}

static Str day_text(Arena *a, Date d) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_date(&b, d);
	return buf_take(&b, a);
}

static Str moment_text(Arena *a, Instant at) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_instant(&b, at);
	return buf_take(&b, a);
}

static void add_fact(Arena *a, CalculationPage *v, const char *label, Str value, Str href) {
	if (value.len)
		*ARENA_PUSH(a, v->facts.at, v->facts.len, v->facts.cap) = (PairView){.label = str_c(label), .value = value, .href = href};
}

static Str title_of(Arena *a, const Calculation *k) { return str_format(a, "Výpočet: %.*s", STR_ARG(k->title)); }

/* What the page and the paper share. `label` of the owner and its link may be blank: the job knows the record only by what was kept. */
static Err fill(Ctx *c, const Calculation *k, const RuleCase *owner, CalculationPage *v) {
	Arena   *a = c->arena;
	RuleTree t;
	Str      why, rules = {0}, rules_href = {0};
	if (!rule_tree_read(a, k->tree, &t, &why))
		return fail(c, ERR_STORAGE, NULL, "%.*s", STR_ARG(why));
	*v = (CalculationPage){.title = title_of(a, k), .back = owner->link, .tree = rule_steps_of(a, t.root)};
	v->lead = owner->label;
	if (k->version) {
		void *row;
		TRY(store_get(c, &rule_version_entity, TODAY, k->version, &row));
		const RuleVersion *rv = row;
		rules = str_format(a, "%.*s (%.*s), verze %lld", STR_ARG(rv->title), STR_ARG(rv->code), (long long)rv->no);
		if (rule_version_is_public(rv))
			rules_href = str_format(a, "/pravidla/%lld", (long long)rv->head.id);
		else if (may(c, CAP_RULES_UPDATE) || may(c, CAP_RULES_APPROVE))
			rules_href = str_format(a, "/app/pravidla/%lld", (long long)rv->head.id);
	}
	add_fact(a, v, "Výsledek", k->result, (Str){0});
	add_fact(a, v, "Pravidla", rules, rules_href);
	add_fact(a, v, "Podle čeho", t.root->legal, (Str){0});
	add_fact(a, v, "Parametry a tabulky ke dni", day_text(a, k->day), (Str){0});
	add_fact(a, v, "Spočteno", moment_text(a, k->made_at), (Str){0});
	add_fact(a, v, "Otisk pravidel (SHA-256)", k->set_digest, (Str){0});
	add_fact(a, v, "Otisk výpočtu (SHA-256)", k->tree_sha256, (Str){0});
	return OK;
}

static Err fill_others(Ctx *c, const Calculation *k, CalculationPage *v) {
	Calculations all, others = {0};
	TRY(calculations_of(c, str_z(c->arena, k->owner_kind), k->owner, (Str){0}, &all));
	for (size_t i = 0; i < all.len && others.len < 50; i++)
		if (all.at[i].id != k->id)
			*ARENA_PUSH(c->arena, others.at, others.len, others.cap) = all.at[i];
	v->others = calculation_lines(c->arena, &others);
	return OK;
}

static Err open_calculation(Req *r, Calculation *k, RuleCase *owner) {
	Id id;
	ctx_roomy(r->c);                             /* the tree as it was kept, and once more */
	TRY(arg_id(r, 0, &id));
	TRY(calculation_get(r->c, id, k));
	return rule_case_find(r->c, k->owner_kind, k->owner, owner);
}

Err page_calculation(Req *r) {
	Calculation     k;
	RuleCase        owner;
	CalculationPage v;
	bool            agrees;
	Str             why;
	TRY(open_calculation(r, &k, &owner));
	TRY(fill(r->c, &k, &owner, &v));
	TRY(fill_others(r->c, &k, &v));
	TRY(calculation_again(r->c, &k, &agrees, &why));
	v.again = agrees ? (NoteView){.kind = NOTE_OK, .title = S("Přepočteno znovu, souhlasí."), .text = S("Stejná verze pravidel dává z uložených hodnot stejný výsledek.")} :
		(NoteView){.kind = k.version ? NOTE_ERR : NOTE_INFO, .title = k.version ? S("Znovu to nevychází:") : S("Přepočet:"), .text = why};
	v.pdf_href = str_cat(r->c->arena, calculation_link(r->c->arena, k.id), S("/pdf"));
	if (owner.link.len)
		crumb(r, owner.label, owner.link);
	r->no_index = true;
	view_calculation(page(r, v.title), &v);
	return OK;
}

/* ---- the PDF ---- */

Err job_calculation_pdf(Ctx *c, Job *job) {
	Calculation     k;
	CalculationPage v;
	RuleCase        owner;
	Id              id;
	CLEANUP(buf_free) Buf body = {0};
	CHECK(str_to_int(job->input, &id));
	TRY(calculation_get(c, id, &k));
	if (k.pdf.file)
		return OK;
	TRY(rule_case_find(c, k.owner_kind, k.owner, &owner));
	TRY(fill(c, &k, &owner, &v));
	view_calculation_print(&body, &v);
	PrintDoc doc = {.title = v.title, .body = buf_take(&body, c->arena), .file_name = calculation_file_name(c->arena, id),
		.note = str_format(c->arena, "Otisk výpočtu SHA-256: %.*s", STR_ARG(k.tree_sha256))};
	return print_make(c, job, &doc, calculation_keep_pdf, id);
}

Err page_calculation_pdf(Req *r) {
	Calculation k;
	RuleCase    owner;
	TRY(open_calculation(r, &k, &owner));
	if (r->http->method == METHOD_POST)
		TRY(calculation_ask_pdf(r->c, &k));
	Str title = title_of(r->c->arena, &k), back = calculation_link(r->c->arena, k.id);
	crumb(r, title, back);
	return print_kept_answer(r, &(PrintDoc){.title = title, .file_name = calculation_file_name(r->c->arena, k.id)}, &k.pdf, back);
}
