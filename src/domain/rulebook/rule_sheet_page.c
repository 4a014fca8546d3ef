/* rule_sheet_page.c: /app/pravidla/ID/parametry. What a file would change is shown first; the text is then saved by the form of the
 * editor, with its version and its check. */
#include "domain/rulebook/rule_sheet_page.h"

#include "core/access.h"
#include "domain/rulebook/rule_sheet.html.h"
#include "domain/rulebook/rulebook_page.h"
#include "web/screen.h"

static Err send(Req *r, const RuleVersion *v, const ParameterRows *rows) {
	FileFormat format = r->format == PAGE_CSV ? FORMAT_CSV : r->format == PAGE_XLSX ? FORMAT_XLSX : FORMAT_JSON;
	Buf       *out = NEW_ZERO(r->c->arena, Buf);
	Str        name = str_format(r->c->arena, "parametry-%.*s-verze-%lld.%s", STR_ARG(v->code), (long long)v->no, format_suffix(format));
	TRY(download_start(r, format_type(format), format == FORMAT_JSON ? (Str){0} : name, out));
	TRY(rule_sheet_write(r->c, rows, format, S("Parametry a tabulky"), out));
	return download_end(r, out);
}

static Err show(Req *r, const RuleVersion *v, const RuleSet *set) {
	static const char *const suffixes[] = {"xlsx", "csv", "json"}, *const names[] = {"XLSX", "CSV", "JSON"};
	Arena        *a = r->c->arena;
	ParameterRows rows;
	RuleSheetPage p = {.title = str_format(a, "Parametry a tabulky: %.*s, verze %lld", STR_ARG(v->title), (long long)v->no),
		.lead = S("Stáhněte hodnoty, upravte je v tabulkovém programu a načtěte zpět; před zápisem uvidíte, co se v textu změní. Vzorce a poznámky zůstanou."),
		.back = str_format(a, "/app/pravidla/%lld", (long long)v->head.id), .is_draft = str_eq(v->state, S(RULES_DRAFT)) && may(r->c, CAP_RULES_UPDATE)};
	rule_sheet_rows(a, set, &rows);
	if (r->format != PAGE_HTML)
		return send(r, v, &rows);
	p.rows = rows.len;
	p.action = str_cat(a, p.back, S("/parametry"));
	p.csrf = csrf_token(r, p.action);
	p.file = (FieldView){.kind = FIELD_FILE, .name = S("soubor"), .label = S("Upravený soubor"), .hint = S("XLSX, CSV nebo JSON, nejvýše 10 MB."), .accept = S(".xlsx,.csv,.json"),
		.error = field_problem(r, "soubor")};
	p.errors = errors_view(r, &p.file, 1);
	r->is_error = p.errors != NULL;
	for (size_t i = 0; i < LEN(suffixes); i++)
		*ARENA_PUSH(a, p.downloads.at, p.downloads.len, p.downloads.cap) = (LinkView){.label = str_c(names[i]),
			.href = str_format(a, "%.*s.%s", STR_ARG(p.action), suffixes[i])};
	crumb(r, S("Sady pravidel"), S("/app/pravidla"));
	crumb(r, str_format(a, "%.*s, verze %lld", STR_ARG(v->title), (long long)v->no), p.back);
	view_rule_sheet(page(r, p.title), &p);
	return OK;
}

Err page_rule_sheet(Req *r) {
	RuleVersion *v;
	RuleSet     *set;
	TRY(rule_set_of_page(r, &v, &set));
	return show(r, v, set);
}

static Err preview(Req *r, const RuleVersion *v, const SheetPreview *p) {
	Arena *a = r->c->arena;
	Str    back = str_format(a, "/app/pravidla/%lld", (long long)v->head.id);
	RuleSheetPreview x = {.title = S("Co soubor změní"), .lead = str_format(a, "%.*s, verze %lld", STR_ARG(v->title), (long long)v->no), .v = v, .p = p,
		.action = str_cat(a, back, S("/upravit")), .again = str_cat(a, back, S("/parametry"))};
	x.csrf = csrf_token(r, x.action);
	x.summary = p->error_count ? str_format(a, "Chyb je %zu. Opravte je v souboru a načtěte ho znovu; do textu se nic nezapsalo.", p->error_count) :
		p->change_count ? str_format(a, "Změn je %zu, stejných hodnot %zu. Do textu se zatím nic nezapsalo.", p->change_count, p->same) :
		str_format(a, "Soubor nic nemění, všech %zu hodnot je stejných.", p->same);
	if (p->error_count)
		set_status(r, 422);
	crumb(r, S("Sady pravidel"), S("/app/pravidla"));
	crumb(r, x.lead, back);
	crumb(r, S("Parametry a tabulky"), x.again);
	view_rule_sheet_preview(page(r, x.title), &x);
	return OK;
}

Err post_rule_sheet(Req *r) {
	RuleVersion  *v;
	RuleSet      *set;
	SheetPreview  p;
	const Upload *file = form_file(r, "soubor");
	TRY(rule_set_of_page(r, &v, &set));
	if (!str_eq(v->state, S(RULES_DRAFT)))
		return fail(r->c, ERR_CONFLICT, NULL, "Tato verze už byla předána ke schválení a její text se nemění. Založte její kopii a načtěte soubor do ní.");
	Err e = file ? rule_sheet_read(r->c, set, v->source, file->file_name, file->bytes, file->fd, &p) :
		fail(r->c, ERR_INVALID, "soubor", "Vyberte soubor, který chcete načíst.");
	if (e == ERR_INVALID || e == ERR_TYPE || e == ERR_TOO_LARGE) {
		set_status(r, err_status(e));
		return show(r, v, set);
	}
	TRY(e);
	return preview(r, v, &p);
}
