/* document_rows_page.c: documents and resolutions on pages of the whole program. */
#include "base/format.h"
#include "core/access.h"
#include "core/codelist.h"
#include "domain/library/document.sql.h"
#include "domain/library/document_list.h"
#include "domain/library/document_rows_page.h"
#include "domain/library/inside.h"
#include "domain/library/resolution.h"

static Str document_href(Ctx *c, Id id) {
	return str_format(c->arena, "/dokumenty/%lld", (long long)id);
}

typedef struct Latest { Id id; Str title, kind; Instant at; } Latest;
typedef struct LatestList { Latest *at; size_t len, cap; } LatestList;

Err documents_latest(Ctx *c, i64 limit, FrontLines *list) {
	LatestList all = {0};
	Rows       rows = db_query(ctx_conn(c), &sql_documents_latest, P(V(limit)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, all.at, all.len, all.cap) =
			(Latest){col_int(&rows, 0), str_dup(c->arena, col_text(&rows, 1)), str_dup(c->arena, col_text(&rows, 2)), col_instant(&rows, 3)};
	if (rows_end(&rows) != OK)
		return fail_internal(c, "latest documents");
	for (size_t i = 0; i < all.len; i++) {
		CLEANUP(buf_free) Buf b = {0};
		fmt_date(&b, prague_day(all.at[i].at));
		front_add(c, list, (FrontLine){.label = codelist_name(c, "document_kind", all.at[i].kind), .title = all.at[i].title,
		                               .href = document_href(c, all.at[i].id), .at = all.at[i].at, .when = buf_take(&b, c->arena)});
	}
	return OK;
}

static Err describe_document(Ctx *c, Id id, FoundLine *line) {
	Document *d;
	TRY(document_stored(c, id, &d));
	if (!d->is_public)
		return ERR_NOT_FOUND;
	line->text = codelist_name(c, "document_kind", d->kind);
	line->href = document_href(c, id);
	return OK;
}

static Err describe_resolution(Ctx *c, Id id, FoundLine *line) {
	Resolution r;
	TRY(resolution_get(c, id, &r));
	CLEANUP(buf_free) Buf b = {0};
	buf_str(&b, library_owner_name(c, r.body));
	buf_lit(&b, ", ");
	fmt_date(&b, r.decided_on);
	line->text = buf_take(&b, c->arena);
	line->href = resolution_href(c->arena, r.number);
	return OK;
}

Err documents_find(Ctx *c, Str query, i64 limit, FoundGroups *list) {
	TRY(found_by_index(c, list, "Dokumenty", "document", query, limit, describe_document));
	return found_by_index(c, list, "Usnesení", "resolution", query, limit, describe_resolution);
}

Err documents_addresses(Ctx *c, SiteAddresses *list) {
	DocumentRows   documents;
	ResolutionRows resolutions;
	TRY(documents_list(c, (DocumentQuery){.everything = true}, &documents));
	TRY(resolutions_list(c, (ResolutionQuery){0}, &resolutions));
	for (size_t i = 0; i < documents.len; i++)
		address_add(c, list, (SiteAddress){S("Dokumenty"), documents.at[i].d.title, document_href(c, documents.at[i].d.head.id)});
	for (size_t i = 0; i < resolutions.len; i++)
		address_add(c, list, (SiteAddress){S("Usnesení"), resolutions.at[i].r.number, resolution_href(c->arena, resolutions.at[i].r.number)});
	return OK;
}

/* ---- threads, questions and tasks bound to them ---- */

Err document_record(Ctx *c, Id id, Record *ret) {
	Document *d;
	TRY(document_get(c, id, &d));
	*ret = (Record){.object = "document", .id = id, .kind = S("Dokument"), .title = d->title,
	                .link = may(c, CAP_DOCUMENT_READ) ? str_cat(c->arena, S("/app"), document_href(c, id)) : document_href(c, id)};
	return OK;
}

Err resolution_record(Ctx *c, Id id, Record *ret) {
	Resolution r;
	TRY(resolution_get(c, id, &r));
	*ret = (Record){.object = "resolution", .id = id, .kind = S("Usnesení"), .title = r.number, .link = resolution_href(c->arena, r.number)};
	return OK;
}

/* ---- data of a person ---- */

Err documents_person_export(Ctx *c, Id account, JsonWriter *w) {
	Rows rows = db_query(ctx_conn(c), &sql_documents_of_person, P(V(account)));
	jw_array(w);
	while (rows_next(&rows)) {
		jw_object(w);
		jw_member(w, "dokument", col_text(&rows, 0));
		jw_member_int(w, "verze", col_int(&rows, 1));
		jw_member(w, "stav", col_text(&rows, 2));
		jw_member(w, "kdy", col_text(&rows, 3));
		jw_object_end(w);
	}
	jw_array_end(w);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "data of a person");
}
