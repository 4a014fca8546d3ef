/* document_list_page.c: the lists of documents, for the public and for officers. */
#include "domain/library/document.html.h"
#include "domain/library/document_page.h"

enum { PAGE_SIZE = 25 };

static const char *const tab_words[][2] = {{"", "Platné a připravované"}, {"archiv", "Archiv"}};

static void add_tabs(Req *r, DocumentsPage *v, Str now) {
	for (size_t i = 0; i < LEN(tab_words); i++)
		*ARENA_PUSH(r->c->arena, v->tabs.at, v->tabs.len, v->tabs.cap) = (TabView){.label = str_c(tab_words[i][1]),
			.href = *tab_words[i][0] ? str_format(r->c->arena, "%.*s?stav=%s", STR_ARG(v->action), tab_words[i][0]) : v->action, .current = str_eq(now, str_c(tab_words[i][0]))};
}

static Err kind_field(Req *r, Str chosen, FieldView *ret) {
	CodeItems items;
	TRY(codelist_items(r->c, "document_kind", r->c->today, &items));
	*ret = (FieldView){.kind = FIELD_SELECT, .name = S("druh"), .label = S("Druh")};
	*ARENA_PUSH(r->c->arena, ret->options.at, ret->options.len, ret->options.cap) = (OptionView){.label = S("všechny druhy")};
	for (size_t i = 0; i < items.len; i++)
		*ARENA_PUSH(r->c->arena, ret->options.at, ret->options.len, ret->options.cap) =
			(OptionView){.value = items.at[i]->code, .label = items.at[i]->name, .chosen = str_eq(items.at[i]->code, chosen)};
	return OK;
}

DocumentLine document_line_of(Req *r, const DocumentRow *row, bool office) {
	Arena       *a = r->c->arena;
	DocumentLine l = {.title = row->d.title, .summary = row->d.summary, .kind = document_kind_name(r, row->d.kind), .owner = row->owner, .url = row->d.url};
	const DocumentVersion *v = row->shown;
	l.href = str_format(a, office ? "/app/dokumenty/%lld" : "/dokumenty/%lld", (long long)row->d.head.id);
	if (!v) {
		l.state = S("bez verze"), l.state_kind = TAG_PLAIN;
		return l;
	}
	l.version = str_format(a, "č. %lld", (long long)v->no);
	l.state_kind = version_tag(r, v, row->in_force ? v : NULL, &l.state);
	if (row->is_archived && !str_eq(v->state, S(VERSION_WITHDRAWN)))
		l.state = S("archiv"), l.state_kind = TAG_PLAIN;
	else if (row->in_force)
		l.state = (Str){0};                          /* what holds needs no word in every row */
	if (date_is(v->valid_from))
		l.since = str_format(a, "od %.*s", STR_ARG(format_text(a, fmt_date, v->valid_from)));
	if (row->file && row->file->id) {
		l.file = upload_words(a, row->file);
		l.file_href = str_cat(a, version_href(r, v), S("/soubor"));
	}
	return l;
}

static Err read_query(Req *r, DocumentQuery *q, DocumentsPage *v) {
	const CodeItem *kind;
	*q = (DocumentQuery){.kind = query(r, "druh"), .search = query(r, "q"), .office = v->office};
	v->tab = query(r, "stav");
	q->archived = str_eq(v->tab, S("archiv"));
	if (v->tab.len && !q->archived)
		return fail(r->c, ERR_MALFORMED, NULL, "Takový pohled na dokumenty není. Vyberte ho ze záložek.");
	if (utf8_count(q->search) > 200)
		return fail(r->c, ERR_MALFORMED, NULL, "Hledaný text má víc než 200 znaků. Zkraťte jej.");
	kind = q->kind.len ? codelist_find(r->c, "document_kind", q->kind) : NULL;
	if (q->kind.len && !kind)
		return fail(r->c, ERR_MALFORMED, NULL, "Takový druh dokumentu není. Vyberte ho ze seznamu.");
	TRY(query_date(r, "ke-dni", (Date){0}, &q->day));
	q->only_in_force = date_is(q->day);
	v->is_filtered = q->kind.len || q->search.len || date_is(q->day);
	v->search = (FieldView){.name = S("q"), .label = S("Hledat"), .value = q->search, .type = "search", .width = WIDTH_20};
	TRY(kind_field(r, q->kind, &v->kind));
	if (!q->archived)
		v->day = (FieldView){.kind = FIELD_DATE, .name = S("ke-dni"), .label = S("V platnosti ke dni"), .optional = false,
		                     .value = date_is(q->day) ? format_text(r->c->arena, fmt_date, q->day) : (Str){0}};
	return OK;
}

static Str caption_of(Req *r, const DocumentQuery *q, size_t n) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_count(&b, (i64)n, "dokument", "dokumenty", "dokumentů");
	if (date_is(q->day)) {
		buf_lit(&b, " v platnosti ke dni ");
		fmt_date(&b, q->day);
	} else if (q->archived) {
		buf_lit(&b, " v archivu");
	}
	return buf_take(&b, r->c->arena);
}

static Err show(Req *r, DocumentsPage *v) {
	DocumentQuery q;
	DocumentRows  rows;
	i64           page_no;
	TRY(read_query(r, &q, v));
	TRY(query_int(r, "strana", 1, 1, 100000, &page_no));
	TRY(documents_list(r->c, q, &rows));
	if (r->format != PAGE_HTML)
		return documents_export(r, &rows);
	add_tabs(r, v, v->tab);
	if (!v->office && rows.len)
		v->downloads = library_downloads(r);
	v->caption = caption_of(r, &q, rows.len);
	for (size_t i = (size_t)(page_no - 1) * PAGE_SIZE; i < rows.len && i < (size_t)page_no * PAGE_SIZE; i++)
		*ARENA_PUSH(r->c->arena, v->lines.at, v->lines.len, v->lines.cap) = document_line_of(r, &rows.at[i], v->office);
	Str base = url_with(r, "strana", S("0"));
	v->pager = (PagerView){.label = S("Stránkování dokumentů"), .base = str_first(base, base.len - 1), .page = page_no,
	                       .pages = (i64)((rows.len + PAGE_SIZE - 1) / PAGE_SIZE)};
	v->empty_title = v->is_filtered ? S("Nic takového tu není") : q.archived ? S("Archiv je prázdný") : S("Zatím tu není žádný dokument");
	v->empty_text = v->is_filtered ? S("Zkuste kratší slovo, jiný druh nebo jiný den, nebo se podívejte do archivu.") : S("Dokumenty sem přidává odbor kraje.");
	view_documents(page(r, S("Dokumenty")), v);
	return OK;
}

Err page_documents(Req *r) {
	DocumentsPage v = {.action = S("/dokumenty"), .links = LIST_OF(LinkView, LINK("Usnesení orgánů kraje", "/usneseni"))};
	r->description = S("Plány, metodiky, zápisy a vzory kraje s trvalými odkazy na každou verzi.");
	return show(r, &v);
}

Err page_office_documents(Req *r) {
	DocumentsPage v = {.action = S("/app/dokumenty"), .office = true, .links = LIST_OF(LinkView, LINK("Usnesení", "/app/usneseni"), LINK("Veřejná stránka", "/dokumenty"))};
	if (may(r->c, CAP_DOCUMENT_CREATE))
		v.new_href = S("/app/dokumenty/novy");
	return show(r, &v);
}
