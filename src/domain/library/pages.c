/* pages.c: editable pages: reading them, and the way of a text from a draft to everybody. */
#include "domain/library/pages.h"

#include "base/text.h"
#include "core/access.h"
#include "core/data_version.h"
#include "core/search.h"
#include "core/trail.h"
#include "domain/library/pages.sql.h"
#include "domain/library/paragraphs.h"

enum { LIST_MAX = 500 };
#define OWN_FOLDER "/stranky/"

ENTITY(static_page_entity, StaticPage, STATIC_PAGE_FIELDS, .name = "static_page", .table = "static_page", .one = "stránka webu", .many = "stránky webu",
       .of_many = "stránek webu", .article = "f", .key = "address", .title = "title", .order = "position", .read = CAP_LIBRARY_TEXTS, .write = CAP_LIBRARY_TEXTS,
       .path = "/app/obsah/stranky", .raises_data_version = true)

ENTITY(page_version_entity, PageVersion, PAGE_VERSION_FIELDS, .name = "static_page_version", .table = "static_page_version", .one = "verze textu stránky",
       .many = "verze textů stránek", .of_many = "verzí textů stránek", .article = "f", .title = "title", .order = "no", .read = CAP_LIBRARY_TEXTS,
       .write = CAP_LIBRARY_TEXTS, .path = "/app/obsah/verze", .raises_data_version = true)

/* ---- for everybody ---- */

static PageText read_text(Arena *a, Rows *r) {
	return (PageText){.page = col_int(r, 0), .version = col_int(r, 1), .no = col_int(r, 2), .address = str_dup(a, col_text(r, 3)),
	                  .title = str_dup(a, col_text(r, 4)), .lead = str_dup(a, col_text(r, 5)), .body = str_dup(a, col_text(r, 6)),
	                  .holds_from = col_date(r, 7), .published_at = col_instant(r, 8), .reviewed = col_date(r, 9)};
}

static Err text_on(Ctx *c, Str address, Id page, Date on, PageText *ret) {
	*ret = (PageText){0};
	Rows rows = db_query(ctx_conn(c), &sql_page_on, P(V(address), V(page), V(on)));
	if (rows_next(&rows))
		*ret = read_text(c->arena, &rows);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "pages");
	Date published = ret->published_at.ms ? prague_day(ret->published_at) : (Date){0};
	if (date_before(ret->reviewed, published))
		ret->reviewed = published;
	return OK;
}

Err page_text_on(Ctx *c, Str address, Date on, PageText *ret) {
	TRY(text_on(c, address, 0, on, ret));
	return ret->version ? OK : fail(c, ERR_NOT_FOUND, NULL, "Taková stránka tu není, nebo k tomu dni ještě žádný text neměla.");
}

Err page_in_force(Ctx *c, Id page, Date on, PageText *ret) {
	return text_on(c, (Str){0}, page, on, ret);
}

Err pages_public(Ctx *c, PageTexts *ret) {
	*ret = (PageTexts){0};
	Rows rows = db_query(ctx_conn(c), &sql_pages_on, P(V(c->today)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = read_text(c->arena, &rows);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "pages");
}

/* A value is words, not markup: whatever Markdown could read into it is written with a backslash. */
static void put_plain(Buf *b, Str value) {
	for (size_t i = 0; i < value.len; i++) {
		char ch = value.ptr[i];
		if (strchr("\\`*_{}[]()#+-!<>&|~", ch))
			buf_char(b, '\\');
		buf_char(b, ch == '\n' ? ' ' : ch);
	}
}

static const PageHole *hole_at(Str rest, const PageHole *holes, size_t count, size_t *len) {
	for (size_t i = 0; i < count; i++) {
		Str name = str_c(holes[i].name);
		*len = name.len + 2;
		if (rest.len >= *len && rest.ptr[name.len + 1] == '}' && str_eq(str_of(rest.ptr + 1, name.len), name))
			return &holes[i];
	}
	return NULL;
}

Str page_fill(Arena *a, Str markdown, const PageHole *holes, size_t count) {
	CLEANUP(buf_free) Buf b = {0};
	for (size_t i = 0; i < markdown.len;) {
		size_t          len = 1;
		const PageHole *hole = markdown.ptr[i] == '{' ? hole_at(str_from(markdown, i), holes, count, &len) : NULL;
		if (hole)
			put_plain(&b, hole->value.len ? hole->value : S("(zatím neuvedeno)"));
		else
			buf_char(&b, markdown.ptr[i]);
		i += hole ? len : 1;
	}
	return buf_take(&b, a);
}

/* ---- for those who write ---- */

Err pages_list(Ctx *c, StaticPages *ret) {
	EntityList list;
	*ret = (StaticPages){0};
	TRY(entity_list(c, &static_page_entity, &(ListQuery){.limit = LIST_MAX}, &list));
	for (size_t i = 0; i < list.len; i++)
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = list.at[i];
	return OK;
}

Err page_get(Ctx *c, Id id, StaticPage **ret) {
	void *row;
	TRY(entity_get(c, &static_page_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

static PageVersion read_version(Arena *a, Id page, Rows *r) {
	return (PageVersion){.head = {.id = col_int(r, 0), .version = col_int(r, 1)}, .page = page, .no = col_int(r, 2), .state = str_dup(a, col_text(r, 3)),
	                     .title = str_dup(a, col_text(r, 4)), .lead = str_dup(a, col_text(r, 5)), .body = str_dup(a, col_text(r, 6)),
	                     .holds_from = col_date(r, 7), .note = str_dup(a, col_text(r, 8)), .account = col_int(r, 9), .author = str_dup(a, col_text(r, 10)),
	                     .made_at = col_instant(r, 11), .published_by = str_dup(a, col_text(r, 12)), .published_at = col_instant(r, 13), .indexed = col_bool(r, 14)};
}

Err page_versions(Ctx *c, Id page, PageVersions *ret) {
	*ret = (PageVersions){0};
	TRY(require(c, CAP_LIBRARY_TEXTS));
	Rows rows = db_query(ctx_conn(c), &sql_page_versions, P(V(page)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = read_version(c->arena, page, &rows);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "pages");
}

Err page_version_no(Ctx *c, Id page, i64 no, PageVersion *ret) {
	PageVersions all;
	TRY(page_versions(c, page, &all));
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i].no == no) {
			*ret = all.at[i];
			return OK;
		}
	return fail(c, ERR_NOT_FOUND, NULL, "Taková verze textu tu není.");
}

static Err stored_draft(Ctx *c, Id page, PageVersion **ret) {
	PageVersions all;
	*ret = NULL;
	TRY(page_versions(c, page, &all));
	for (size_t i = 0; i < all.len && !*ret; i++)
		if (str_eq(all.at[i].state, S(PAGE_DRAFT)))
			*ret = &all.at[i];
	return OK;
}

/* A draft begins as a copy of what holds. */
static Err new_draft(Ctx *c, Id page, const PageText *from, PageVersion **ret) {
	PageVersion *v = entity_new(c->arena, &page_version_entity);
	StaticPage  *p;
	TRY(page_get(c, page, &p));
	v->page = page;
	v->state = S(PAGE_DRAFT);
	v->title = from->version ? from->title : p->title;
	v->lead = from->lead;
	v->body = from->body;
	*ret = v;
	return OK;
}

Err page_draft(Ctx *c, Id page, PageVersion **ret) {
	PageText now;
	TRY(stored_draft(c, page, ret));
	if (*ret)
		return OK;
	TRY(page_in_force(c, page, c->today, &now));
	return new_draft(c, page, &now, ret);
}

static void clean(Ctx *c, PageVersion *v) {
	v->title = text_clean(c->arena, v->title);
	v->lead = text_clean(c->arena, v->lead);
	v->body = text_clean_lines(c->arena, v->body);
	v->note = text_clean(c->arena, v->note);
}

static Err put_draft(Ctx *c, PageVersion *v) {
	v->account = c->actor->account ? c->actor->account : BLANK;
	v->author = c->actor->name;
	v->made_at = c->now;
	if (v->head.id)
		return entity_update(c, &page_version_entity, v);
	if (db_get_int(c->conn, &sql_page_next_no, P(V(v->page)), 1, &v->no) != OK)
		return fail_internal(c, "pages");
	return entity_insert(c, &page_version_entity, v);
}

Err page_draft_save(Ctx *c, PageVersion *v) {
	PageVersion *stored;
	clean(c, v);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(stored_draft(c, v->page, &stored));
	if ((stored ? stored->head.id : 0) != v->head.id)
		return fail(c, ERR_CONFLICT, NULL, "Koncept této stránky mezitím uložil, zveřejnil nebo zahodil někdo jiný. Zkopírujte si svůj text a otevřete úpravu znovu.");
	TRY(put_draft(c, v));
	return tx_commit(&tx);
}

Err page_draft_drop(Ctx *c, Id page) {
	PageVersion *stored;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(stored_draft(c, page, &stored));
	if (!stored)
		return fail(c, ERR_CONFLICT, NULL, "Koncept už tu není: někdo jej zveřejnil nebo zahodil.");
	TRY(entity_delete(c, &page_version_entity, stored->head.id, stored->head.version));
	return tx_commit(&tx);
}

Err page_restore(Ctx *c, Id page, i64 no) {
	PageVersion  old, *draft;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(page_version_no(c, page, no, &old));
	TRY(stored_draft(c, page, &draft));
	if (draft)
		return fail(c, ERR_CONFLICT, NULL, "Stránka má rozpracovaný koncept. Nejdřív jej zveřejněte nebo zahoďte, pak obnovte starší verzi.");
	TRY(new_draft(c, page, &(PageText){.version = old.head.id, .title = old.title, .lead = old.lead, .body = old.body}, &draft));
	draft->note = str_format(c->arena, "Obnovená verze %lld", (long long)no);
	TRY(put_draft(c, draft));
	return tx_commit(&tx);
}

/* ---- letting out ---- */

static bool has_heading(Arena *a, const Paragraphs *text, Str wanted) {
	Str folded = text_fold(a, wanted);
	for (size_t i = 0; i < text->len; i++)
		if (text->at[i].kind == PARAGRAPH_HEADING && str_eq(text_fold(a, text->at[i].text), folded))
			return true;
	return false;
}

static Err read_text_of(Ctx *c, Str body, Paragraphs *ret) {
	Str why;
	return paragraphs_read(c->arena, body, ret, &why) == OK ? OK : fail(c, ERR_INVALID, "body", "%.*s", STR_ARG(why));
}

Err page_words(Ctx *c, Str body, Str *ret) {
	CLEANUP(buf_free) Buf b = {0};
	Paragraphs            text;
	TRY(read_text_of(c, body, &text));
	for (size_t i = 0; i < text.len; i++) {
		buf_str(&b, text.at[i].text);
		buf_char(&b, ' ');
	}
	*ret = buf_take(&b, c->arena);
	return OK;
}

static Err refuse_missing_parts(Ctx *c, const StaticPage *p, Str body) {
	Paragraphs text;
	Err        e = OK;
	Str        rest = p->required_parts;
	TRY(read_text_of(c, body, &text));
	while (rest.len) {
		Str part = str_trim(str_cut(&rest, '\n'));
		if (part.len && !has_heading(c->arena, &text, part))
			e = fail(c, ERR_INVALID, "body", "Text musí mít nadpis „%.*s“. Doplňte jej i s obsahem; bez něj stránka neplní svou povinnost.", STR_ARG(part));
	}
	return e;
}

static Err index_text(Ctx *c, Id page, Id version) {
	PageText now;
	Str      words;
	TRY(page_in_force(c, page, c->today, &now));
	if (now.version) {
		TRY(page_words(c, now.body, &words));
		TRY(search_put(c, static_page_entity.name, page, true, now.title, str_format(c->arena, "%.*s %.*s", STR_ARG(now.lead), STR_ARG(words))));
	}
	return db_run(c->conn, &sql_page_indexed, P(V(version)), NULL) == OK ? OK : fail_internal(c, "pages");
}

static Err let_out(Ctx *c, const StaticPage *p, PageVersion *v) {
	v->state = S(PAGE_PUBLISHED);
	v->published_by = c->actor->name;
	v->published_at = c->now;
	TRY(entity_update(c, &page_version_entity, v));
	TRY(trail_add(c, (TrailEntry){.action = "publish", .object = static_page_entity.name, .object_id = v->page,
	                              .text = str_format(c->arena, "Zveřejněna verze %lld textu stránky %.*s.", (long long)v->no, STR_ARG(p->title))}));
	return date_after(v->holds_from, c->today) ? OK : index_text(c, v->page, v->head.id);
}

Err page_publish(Ctx *c, PageVersion *v) {
	StaticPage *p;
	TRY(require(c, CAP_LIBRARY_PUBLISH));
	TRY(page_get(c, v->page, &p));
	if (!date_is(v->holds_from))
		v->holds_from = c->today;
	if (date_before(v->holds_from, c->today))
		return fail(c, ERR_INVALID, "holds_from", "Text může platit nejdříve od dneška: co bylo zveřejněno dříve, zůstává tak, jak to lidé četli.");
	TRY(refuse_missing_parts(c, p, v->body));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(page_draft_save(c, v));
	TRY(let_out(c, p, v));
	return tx_commit(&tx);
}

Err pages_index(Ctx *c) {
	struct { Id page, version; } found[64];
	size_t count = 0;
	Rows   rows = db_query(ctx_conn(c), &sql_pages_to_index, P(V(c->today)));
	while (rows_next(&rows))
		if (count < LEN(found)) {
			found[count].page = col_int(&rows, 0);
			found[count++].version = col_int(&rows, 1);
		}
	if (rows_end(&rows) != OK)
		return fail_internal(c, "pages");
	if (!count)
		return OK;
	ctx_end(c);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	for (size_t i = 0; i < count; i++)
		TRY(index_text(c, found[i].page, found[i].version));
	return tx_commit(&tx);
}

/* ---- reading through, and pages of the region's own ---- */

Err page_review(Ctx *c, Id page, Str note) {
	Id id;
	TRY(require(c, CAP_LIBRARY_PUBLISH));
	note = text_clean(c->arena, note);
	if (utf8_count(note) > 300 || !text_acceptable(note))
		return fail(c, ERR_INVALID, "note", "Poznámku zkraťte na 300 znaků.");
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_new_id(c->conn, &id) != OK ||
	    db_run(c->conn, &sql_page_review_add, P(V(id), V(page), V(c->today), V(c->actor->account), V(c->actor->name), V(note)), NULL) != OK)
		return fail_internal(c, "pages");
	TRY(trail_add(c, (TrailEntry){.action = "review", .object = static_page_entity.name, .object_id = page, .text = S("Text stránky prošel kontrolou a platí dál.")}));
	TRY(data_version_raise(c));
	return tx_commit(&tx);
}

Err page_reviews(Ctx *c, Id page, PageReviews *ret) {
	*ret = (PageReviews){0};
	Rows rows = db_query(ctx_conn(c), &sql_page_reviews, P(V(page)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) =
			(PageReview){col_date(&rows, 0), str_dup(c->arena, col_text(&rows, 1)), str_dup(c->arena, col_text(&rows, 2))};
	return rows_end(&rows) == OK ? OK : fail_internal(c, "pages");
}

Err page_review_due(Ctx *c, const StaticPage *p, Date *ret) {
	Date last = {0};
	*ret = (Date){0};
	if (p->review_months == BLANK || p->review_months == 0)
		return OK;
	Rows rows = db_query(ctx_conn(c), &sql_page_last_look, P(V(p->head.id)));
	if (rows_next(&rows))
		last = col_date(&rows, 0);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "pages");
	*ret = date_is(last) ? date_add_months(last, (int)p->review_months) : c->today;
	return OK;
}

Err page_add(Ctx *c, Str title, Id *ret) {
	i64         known;
	StaticPage *p = entity_new(c->arena, &static_page_entity);
	p->title = text_clean(c->arena, title);
	p->section = S("other");
	p->position = 100;
	Str slug = text_slug(c->arena, p->title);
	if (!slug.len)
		return fail(c, ERR_INVALID, "title", "Napište název stránky. Vznikne z něj i její adresa.");
	p->address = str_cat(c->arena, S(OWN_FOLDER), slug);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_get_int(c->conn, &sql_page_known, P(V(p->address)), 0, &known) != OK)
		return fail_internal(c, "pages");
	if (known)
		return fail(c, ERR_INVALID, "title", "Stránka s adresou %.*s už existuje. Upravte ji, nebo zvolte jiný název.", STR_ARG(p->address));
	TRY(entity_insert(c, &static_page_entity, p));
	*ret = p->head.id;
	return tx_commit(&tx);
}
