/* calculation_page.c: /app/vypocty/ID: a number opened down to its cells, and the same as an annex in PDF, made once by a job and then always the same file. */
#include "domain/rulebook/calculation_page.h"

#include "base/format.h"
#include "core/access.h"
#include "domain/rulebook/calculation.html.h"
#include "web/print.h"
#include "web/print.html.h"

enum { REFRESH_SECONDS = 4 };

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

/* What the page and the paper share. `label` of the owner and its link may be blank: the job knows the record only by what was kept. */
static Err fill(Ctx *c, const Calculation *k, const RuleCase *owner, CalculationPage *v) {
	Arena   *a = c->arena;
	RuleTree t;
	Str      why, rules = {0}, rules_href = {0};
	if (!rule_tree_read(a, k->tree, &t, &why))
		return fail(c, ERR_STORAGE, NULL, "%.*s", STR_ARG(why));
	*v = (CalculationPage){.title = str_format(a, "Výpočet: %.*s", STR_ARG(k->title)), .back = owner->link, .tree = rule_steps_of(a, t.root)};
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
	StoredFile      staged;
	Id              id;
	CLEANUP(buf_free) Buf body = {0};
	CHECK(str_to_int(job->input, &id));
	TRY(calculation_get(c, id, &k));
	if (k.file)
		return OK;
	TRY(rule_case_find(c, k.owner_kind, k.owner, &owner));
	TRY(fill(c, &k, &owner, &v));
	view_calculation_print(&body, &v);
	TRY(job_progress(c, job, 0, 1, "připravuje se"));
	PrintDoc doc = {.title = v.title, .body = buf_take(&body, c->arena), .file_name = str_format(c->arena, "vypocet-%lld.pdf", (long long)id),
		.note = str_format(c->arena, "Otisk výpočtu SHA-256: %.*s", STR_ARG(k.tree_sha256))};
	TRY(print_make(c, &doc, &staged));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(calculation_keep_pdf(c, id, &staged));
	TRY(tx_commit(&tx));
	job->done = job->total = 1;
	return OK;
}

static PrintState state_of(const Calculation *k) {
	if (k->file)
		return PRINT_READY;
	if (str_eq(k->job_state, S("queued")) || str_eq(k->job_state, S("running")))
		return PRINT_WAITING;
	return k->job ? PRINT_FAILED : PRINT_NONE;
}

static Err show_waiting(Req *r, const Calculation *k) {
	PrintPage  v = {.title = k->title, .back = calculation_link(r->c->arena, k->id), .here = url_with(r, "priprava", (Str){0}), .refresh = url_with(r, "priprava", S("1")),
		.state = state_of(k), .is_running = str_eq(k->job_state, S("running")), .is_awaited = query(r, "priprava").len > 0,
		.why = k->job_note.len ? k->job_note : S("Vytváření bylo zastaveno dřív, než doběhlo. Zkuste to znovu.")};
	StoredFile f;
	v.csrf = csrf_token(r, v.here);
	if (k->file) {
		TRY(files_get(r->c, k->file, &f));
		v.kb = (f.size + 1023) / 1024;
	}
	if (v.state == PRINT_WAITING)
		http_set_header(r->http, r->res, "Refresh", str_format(r->c->arena, "%d; url=%.*s", REFRESH_SECONDS, STR_ARG(v.refresh)));
	v.is_awaited = v.state == PRINT_FAILED || (v.is_awaited && v.state != PRINT_NONE);
	r->no_index = true;
	crumb(r, str_format(r->c->arena, "Výpočet: %.*s", STR_ARG(k->title)), v.back);
	view_print_page(page(r, str_format(r->c->arena, "PDF: %.*s", STR_ARG(k->title))), &v);
	return OK;
}

Err page_calculation_pdf(Req *r) {
	Calculation k;
	RuleCase    owner;
	TRY(open_calculation(r, &k, &owner));
	if (r->http->method == METHOD_POST) {
		TRY(calculation_ask_pdf(r->c, &k));
		return redirect(r, "/app/vypocty/%lld/pdf?priprava=1", (long long)k.id);
	}
	if (k.file && !query(r, "priprava").len)
		return send_stored(r, k.file, str_format(r->c->arena, "vypocet-%lld.pdf", (long long)k.id));
	return show_waiting(r, &k);
}
