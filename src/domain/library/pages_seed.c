/* pages_seed.c: standard texts of a new store. They stand in data/pages; from then on they are the region's. */
#include "base/data_file.h"
#include "core/search.h"
#include "core/seed_rows.h"
#include "domain/library/pages.h"
#include "domain/library/pages.sql.h"

/* From before anybody asks: the text of the program holds until the region writes its own. Nobody has published or read it yet. */
static Err seed_text(Ctx *c, const StaticPage *p, Str body) {
	PageVersion *v = entity_new(c->arena, &page_version_entity);
	*v = (PageVersion){.page = p->head.id, .no = 1, .state = S(PAGE_PUBLISHED), .title = p->title, .body = body, .holds_from = date(2007, 1, 1),
	                   .note = S("Standardní text programu"), .account = BLANK, .author = S("program"), .made_at = c->now, .indexed = true};
	Str words;
	TRY(entity_insert(c, &page_version_entity, v));
	TRY(page_words(c, body, &words));
	return search_put(c, static_page_entity.name, p->head.id, true, p->title, words);
}

static Err seed_one(Ctx *c, const Strs *header, const Strs *cells, int number) {
	(void)number;
	StaticPage *p = entity_new(c->arena, &static_page_entity);
	Str         file;
	i64         known;
	TRY(seed_row_read(c, &static_page_entity, header, cells, p, &file));
	p->required_parts = str_replace(c->arena, p->required_parts, S("|"), S("\n"));
	if (db_get_int(c->conn, &sql_page_known, P(V(p->address)), 0, &known) != OK)
		return fail_internal(c, "pages");
	if (known)
		return OK;
	Str body = str_trim(data_file(c->arena, str_z(c->arena, str_cat(c->arena, S("pages/"), file))));
	CHECK(body.len);
	TRY(entity_insert(c, &static_page_entity, p));
	return seed_text(c, p, body);
}

Err pages_seed(Ctx *c) {
	return seed_rows(c, "pages/pages.csv", seed_one);
}
