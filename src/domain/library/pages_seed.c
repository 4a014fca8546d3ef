/* pages_seed.c: standard texts of a new store. They stand in data/pages; from then on they are the region's. */
#include "base/csv.h"
#include "base/data_file.h"
#include "core/search.h"
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

static Err seed_one(Ctx *c, const Strs *header, const Strs *cells) {
	StaticPage *p = entity_new(c->arena, &static_page_entity);
	Str         file = {0};
	i64         known;
	for (size_t i = 0; i < header->len && i < cells->len; i++) {
		const Field *f = entity_field(&static_page_entity, header->at[i]);
		if (f)
			TRY(field_read(c, f, cells->at[i], p));
		else
			file = cells->at[i];
	}
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
	CsvReader *csv = csv_open(c->arena, data_file(c->arena, "pages/pages.csv"), (CsvLimits){0});
	Strs       header = {0}, cells, row;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	CHECK(csv_next(csv, &row));
	for (size_t i = 0; i < row.len; i++)
		strs_add(c->arena, &header, str_dup(c->arena, row.at[i]));
	while (csv_next(csv, &cells))
		TRY(seed_one(c, &header, &cells));
	CHECK(str_empty(csv_why(csv)));
	return tx_commit(&tx);
}
