/* rehearsal_page.c: /app/pravidla/ID/prehrani: a version on records of past years, and what would change as page and file. */
#include "domain/rulebook/rehearsal_page.h"

#include "base/format.h"
#include "core/access.h"
#include "domain/rulebook/rehearsal.html.h"
#include "web/screen.h"

enum { SHOWN_CHANGES = 200, SPAN_YEARS = 3 };

static Err open_version(Req *r, RuleVersion **ret) {
	Id id;
	TRY(arg_id(r, 0, &id));
	return rule_version_get(r->c, id, ret);
}

static void crumbs_of(Req *r, const RuleVersion *v) {
	crumb(r, S("Sady pravidel"), S("/app/pravidla"));
	crumb(r, str_format(r->c->arena, "%.*s, verze %lld", STR_ARG(v->title), (long long)v->no), str_format(r->c->arena, "/app/pravidla/%lld", (long long)v->head.id));
}

static Str years_of(Arena *a, const KeptRehearsal *k) {
	return k->year_from == k->year_to ? str_format(a, "rok %lld", (long long)k->year_from) : str_format(a, "roky %lld až %lld", (long long)k->year_from, (long long)k->year_to);
}

/* ---- the form and what was done ---- */

static void kind_field(Req *r, FieldView *f) {
	Arena              *a = r->c->arena;
	const RuleCaseKind *k;
	*f = (FieldView){.kind = FIELD_SELECT, .name = S("kind"), .label = S("Záznamy"), .optional = true, .error = field_problem(r, "kind")};
	*ARENA_PUSH(a, f->options.at, f->options.len, f->options.cap) = (OptionView){.label = S("všechny druhy")};
	for (size_t i = 0; (k = rule_case_kind_at(i)); i++)
		if (k->list)
			*ARENA_PUSH(a, f->options.at, f->options.len, f->options.cap) = (OptionView){.value = str_c(k->code), .label = str_c(k->title),
				.chosen = str_eq(form(r, "kind"), str_c(k->code))};
}

/* Of the same set; the one in force unless the form says another. */
static Err against_field(Req *r, const RuleVersion *v, FieldView *f) {
	Arena       *a = r->c->arena;
	RuleVersions all;
	RuleVersion *held = NULL;
	size_t       said = r->c->problems.len;
	if (rule_version_in_force(r->c, v->code, r->c->today, &held) != OK)
		held = NULL;
	r->c->problems.len = said;
	*f = (FieldView){.kind = FIELD_SELECT, .name = S("against"), .label = S("Porovnat s verzí"), .error = field_problem(r, "against")};
	TRY(rule_versions(r->c, false, &all));
	for (size_t i = 0; i < all.len; i++) {
		const RuleVersion *x = all.at[i];
		Str id = str_format(a, "%lld", (long long)x->head.id);
		if (x->head.id != v->head.id && str_eq(x->code, v->code) && (rule_version_is_public(x) || str_eq(x->state, S(RULES_DRAFT)) || str_eq(x->state, S(RULES_CHECKED))))
			*ARENA_PUSH(a, f->options.at, f->options.len, f->options.cap) = (OptionView){.value = id,
				.label = str_format(a, "%.*s, verze %lld%s", STR_ARG(x->title), (long long)x->no, held && held->head.id == x->head.id ? " (platná dnes)" : ""),
				.chosen = form_has(r, "against") ? str_eq(id, form(r, "against")) : held && held->head.id == x->head.id};
	}
	return OK;
}

static FieldView year_field(Req *r, const char *name, const char *label, i64 standard) {
	return (FieldView){.kind = FIELD_TEXT, .name = str_c(name), .label = str_c(label), .width = WIDTH_5, .is_number = true, .input_mode = "numeric",
		.error = field_problem(r, name), .value = form_has(r, name) ? form(r, name) : str_format(r->c->arena, "%lld", (long long)standard)};
}

static NoteView state_note(Arena *a, const RuleVersion *v, const KeptRehearsal *k, bool needed) {
	if (!needed)
		return (NoteView){.kind = NOTE_INFO, .title = S("Přehrání:"),
			.text = S("Tato verze je ta platná, nebo není s čím ji porovnat; ke zveřejnění přehrání nepotřebuje.")};
	if (k->id)
		return (NoteView){.kind = NOTE_OK, .title = S("Tento text je přehraný."), .text = str_format(a, "Záznamů: %lld, jinak vychází u %lld. Proti platné verzi %lld.",
			(long long)k->cases, (long long)k->changed_cases, (long long)k->against_no)};
	return (NoteView){.kind = NOTE_WARN, .title = S("Tento text přehraný není."), .text = str_eq(v->state, S(RULES_DRAFT)) || str_eq(v->state, S(RULES_CHECKED)) ?
		S("Přehrajte ho proti platné verzi; zveřejnit ho bez toho jde jen s důvodem.") : S("Byl zveřejněn bez přehrání proti dnešní platné verzi.")};
}

static Err add_lines(Req *r, const RuleVersion *v, RehearsalsPage *p) {
	KeptRehearsals all;
	Arena         *a = r->c->arena;
	TRY(rehearsals_of(r->c, v->head.id, &all));
	for (size_t i = 0; i < all.len; i++) {
		const KeptRehearsal *k = &all.at[i];
		*ARENA_PUSH(a, p->lines.at, p->lines.len, p->lines.cap) = (RehearsalLine){.href = str_format(a, "/app/pravidla/%lld/prehrani/%lld", (long long)v->head.id, (long long)k->id),
			.label = str_format(a, "Proti verzi %lld, %.*s", (long long)k->against_no, STR_ARG(years_of(a, k))), .made_at = k->made_at,
			.note = str_format(a, "záznamů %lld, jinak u %lld", (long long)k->cases, (long long)k->changed_cases), .is_current = str_eq(k->digest_after, v->digest)};
	}
	return OK;
}

static Err show(Req *r, const RuleVersion *v, bool came_back) {
	Arena         *a = r->c->arena;
	RehearsalsPage p = {.title = str_format(a, "Přehrání na minulých letech: %.*s, verze %lld", STR_ARG(v->title), (long long)v->no),
		.lead = S("Obě verze se spočítají na uložených záznamech a uvidíte, co by podle této verze vyšlo jinak. Na záznamech se nic nemění."),
		.back = str_format(a, "/app/pravidla/%lld", (long long)v->head.id), .may_begin = may(r->c, CAP_RULES_UPDATE)};
	KeptRehearsal k;
	bool          needed;
	i64           year = date_year(r->c->today);
	TRY(add_lines(r, v, &p));
	TRY(rehearsal_of_text(r->c, v, &k, &needed));
	p.state = state_note(a, v, &k, needed);
	p.action = str_cat(a, p.back, S("/prehrani"));
	p.csrf = csrf_token(r, p.action);
	kind_field(r, &p.kind);
	TRY(against_field(r, v, &p.against));
	p.may_begin = p.may_begin && p.against.options.len;
	p.from = year_field(r, "year_from", "Od roku", year - SPAN_YEARS);
	p.to = year_field(r, "year_to", "Do roku", year);
	FieldView fields[] = {p.kind, p.from, p.to, p.against};
	p.errors = came_back ? errors_view(r, fields, LEN(fields)) : NULL;
	r->is_error = p.errors != NULL;
	crumbs_of(r, v);
	view_rehearsals(page(r, p.title), &p);
	return OK;
}

Err page_rehearsals(Req *r) {
	RuleVersion *v;
	TRY(open_version(r, &v));
	return show(r, v, false);
}

Err post_rehearsal(Req *r) {
	RuleVersion   *v;
	Id             job;
	TRY(open_version(r, &v));
	RehearsalOrder o = {.version = v->head.id, .kind = form(r, "kind")};
	if (!str_to_int(form(r, "year_from"), &o.year_from))
		o.year_from = 0;
	if (!str_to_int(form(r, "year_to"), &o.year_to))
		o.year_to = 0;
	if (!str_to_int(form(r, "against"), &o.against))
		o.against = 0;
	Err e = rehearsal_ask(r->c, &o, &job);
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show(r, v, true);
	}
	TRY(e);
	return redirect(r, "/app/ulohy/%lld", (long long)job);
}

/* ---- one rehearsal ---- */

static Err find_rehearsal(Req *r, const RuleVersion *v, KeptRehearsal *ret) {
	KeptRehearsals all;
	Id             id;
	TRY(arg_id(r, 1, &id));
	TRY(rehearsals_of(r->c, v->head.id, &all));
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i].id == id) {
			*ret = all.at[i];
			return OK;
		}
	return fail(r->c, ERR_NOT_FOUND, NULL, "Takové přehrání u této verze není. Vyberte ho na stránce Přehrání.");
}

static void add_fact(Arena *a, RehearsalPage *p, const char *label, Str value) {
	if (value.len)
		*ARENA_PUSH(a, p->facts.at, p->facts.len, p->facts.cap) = (PairView){.label = str_c(label), .value = value};
}

static void fill(Req *r, const RuleVersion *v, const KeptRehearsal *k, RehearsalPage *p) {
	Arena *a = r->c->arena;
	CLEANUP(buf_free) Buf at = {0};
	const RuleCaseKind *kind = rule_case_kind(k->kinds);
	fmt_instant(&at, k->made_at);
	p->title = str_format(a, "Přehrání verze %lld proti verzi %lld", (long long)v->no, (long long)k->against_no);
	p->lead = v->title;
	p->back = str_format(a, "/app/pravidla/%lld/prehrani", (long long)v->head.id);
	add_fact(a, p, "Záznamy", str_format(a, "%s, %.*s", kind ? kind->title : "všechny druhy", STR_ARG(years_of(a, k))));
	add_fact(a, p, "Přehráno záznamů", str_format(a, "%lld, jinak vychází u %lld", (long long)k->cases, (long long)k->changed_cases));
	add_fact(a, p, "Výsledků jinak", str_format(a, "%lld", (long long)k->changed));
	add_fact(a, p, "Pravidla jen v dřívější", str_join(a, S(", "), k->only_before));
	add_fact(a, p, "Pravidla jen v nové", str_join(a, S(", "), k->only_after));
	add_fact(a, p, "Kdy", buf_take(&at, a));
	add_fact(a, p, "Otisk dřívějšího textu", k->digest_before);
	add_fact(a, p, "Otisk nového textu", k->digest_after);
}

static Err send(Req *r, const KeptChanges *all) {
	static const TableColumn columns[] = {
		{"zaznam", "Záznam", CELL_TEXT, 0, 44}, {"pravidlo", "Pravidlo", CELL_TEXT, 0, 26}, {"nazev", "Název pravidla", CELL_TEXT, 0, 40}, {"predtim", "Předtím", CELL_TEXT, 0, 18},
		{"potom", "Potom", CELL_TEXT, 0, 18}, {"rozdil", "Rozdíl", CELL_TEXT, 0, 16},
	};
	FileFormat format = r->format == PAGE_CSV ? FORMAT_CSV : r->format == PAGE_XLSX ? FORMAT_XLSX : FORMAT_JSON;
	Buf       *out = NEW_ZERO(r->c->arena, Buf);
	TRY(download_start(r, format_type(format), format == FORMAT_JSON ? (Str){0} : str_format(r->c->arena, "prehrani.%s", format_suffix(format)), out));
	TableWriter *w = table_open(r->c->arena, out, format, S("Přehrání pravidel"), columns, LEN(columns), export_note(r->c));
	for (size_t i = 0; i < all->len; i++) {
		const KeptChange *x = &all->at[i];
		const Str cells[] = {x->label, x->rule, x->title, x->before, x->after, x->difference};
		for (size_t k = 0; k < LEN(cells); k++)
			table_text(w, cells[k]);
		table_row_end(w);
	}
	TRY(table_close(w));
	return download_end(r, out);
}

Err page_rehearsal(Req *r) {
	static const char *const suffixes[] = {"xlsx", "csv", "json"}, *const names[] = {"XLSX", "CSV", "JSON"};
	RuleVersion  *v;
	KeptRehearsal k;
	RehearsalPage p = {0};
	size_t        hidden;
	Arena        *a = r->c->arena;
	TRY(open_version(r, &v));
	TRY(find_rehearsal(r, v, &k));
	TRY(rehearsal_changes(r->c, &k, &p.changes, &hidden));
	if (r->format != PAGE_HTML)
		return send(r, &p.changes);
	TRY(rehearsal_totals(r->c, &k, &p.totals));
	fill(r, v, &k, &p);
	if (hidden)
		p.hidden = str_format(a, "Výsledků záznamů, které vám vaše role neukazuje: %zu.", hidden);
	if (p.changes.len > SHOWN_CHANGES) {
		p.more = str_format(a, "Zobrazeno je prvních %d výsledků z %zu. Všechny jsou v souboru ke stažení.", SHOWN_CHANGES, p.changes.len);
		p.changes.len = SHOWN_CHANGES;
	}
	for (size_t i = 0; i < LEN(suffixes); i++)
		*ARENA_PUSH(a, p.downloads.at, p.downloads.len, p.downloads.cap) = (LinkView){.label = str_c(names[i]), .href = url_with_format(r, suffixes[i])};
	crumbs_of(r, v);
	crumb(r, S("Přehrání"), p.back);
	view_rehearsal(page(r, p.title), &p);
	return OK;
}
