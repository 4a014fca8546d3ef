/* document.c: documents, who may know of them, what they are found by. Their versions: version.c. */
#include "domain/library/document.h"

#include "base/text.h"
#include "core/roomy.h"
#include "core/access.h"
#include "core/data_version.h"
#include "core/search.h"
#include "core/trail.h"
#include "domain/library/document.sql.h"
#include "domain/library/file_text.h"
#include "domain/library/inside.h"

/* A document is no part of itself, also not by way of others. */
static Err check_part(Ctx *c, const Document *d) {
	Id above = d->part_of;
	for (int i = 0; above; i++) {
		Document *other;
		if (above == d->head.id || i > 5)
			return fail(c, ERR_INVALID, "part_of", "Příloha k dokumentu: dokument nemůže být přílohou sebe sama. Vyberte jiný.");
		TRY(document_stored(c, above, &other));
		above = other->part_of;
	}
	return OK;
}

static Err check_document(Ctx *c, const void *row) {
	const Document *d = row;
	if (d->head.id)
		TRY(check_part(c, d));
	return OK;
}

ENTITY(document_entity, Document, DOCUMENT_FIELDS, .name = "document", .table = "document", .one = "dokument", .many = "dokumenty",
       .of_many = "dokumentů", .article = "m", .title = "title", .read = CAP_DOCUMENT_READ, .write = CAP_DOCUMENT_UPDATE, .path = "/app/dokumenty",
       .check = check_document, .raises_data_version = true)

Err document_stored(Ctx *c, Id id, Document **ret) {
	void *row;
	TRY(store_get(c, &document_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

/* ---- who may know of it ---- */

static Err no_such(Ctx *c) {
	return fail(c, ERR_NOT_FOUND, NULL, "Takový dokument tu není, nebo k němu nemáte přístup.");
}

/* Of those that the person may know of, beside drafts. */
static Err versions_for(Ctx *c, Id document, DocumentVersions *ret) {
	return versions_stored(c, document, may(c, CAP_DOCUMENT_READ), ret);
}

static bool has_frozen(const DocumentVersions *all) {
	for (size_t i = 0; i < all->len; i++)
		if (!str_eq(all->at[i].state, S(VERSION_DRAFT)))
			return true;
	return false;
}

Err document_get(Ctx *c, Id id, Document **ret) {
	size_t           said = c->problems.len;
	DocumentVersions all;
	if (document_stored(c, id, ret) != OK) {
		c->problems.len = said;
		return no_such(c);
	}
	if (may(c, CAP_DOCUMENT_READ))
		return OK;
	TRY(versions_for(c, id, &all));
	return (*ret)->is_public && has_frozen(&all) ? OK : no_such(c);
}

Err version_get(Ctx *c, Id version, DocumentVersion *ret) {
	ctx_roomy(c);
	Document        *d;
	DocumentVersion *v;
	size_t           said = c->problems.len;
	if (version_stored(c, version, &v) != OK) {
		c->problems.len = said;
		return no_such(c);
	}
	TRY(document_get(c, v->document, &d));
	if (!may(c, CAP_DOCUMENT_READ)) {
		bool is_held;
		TRY(version_is_held(c, version, &is_held));
		if (is_held || str_eq(v->state, S(VERSION_DRAFT)))
			return no_such(c);
	}
	*ret = *v;
	return OK;
}

Err version_by_no(Ctx *c, Id document, i64 no, DocumentVersion *ret) {
	DocumentVersions all;
	TRY(versions_of(c, document, &all));
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i].no == no)
			return version_get(c, all.at[i].head.id, ret);
	return fail(c, ERR_NOT_FOUND, NULL, "Dokument verzi č. %lld nemá. Vyberte verzi ze seznamu u dokumentu.", (long long)no);
}

Err versions_of(Ctx *c, Id document, DocumentVersions *ret) {
	Document        *d;
	DocumentVersions all;
	TRY(document_get(c, document, &d));
	TRY(versions_for(c, document, &all));
	if (may(c, CAP_DOCUMENT_READ)) {
		*ret = all;
		return OK;
	}
	*ret = (DocumentVersions){0};
	for (size_t i = 0; i < all.len; i++)
		if (!str_eq(all.at[i].state, S(VERSION_DRAFT)))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = all.at[i];
	return OK;
}

/* ---- which version holds ---- */

const DocumentVersion *version_of_day(const Document *d, const DocumentVersions *all, Date day) {
	const DocumentVersion *best = NULL;
	if (date_is(d->valid_to) && date_before(d->valid_to, day))
		return NULL;
	for (size_t i = 0; i < all->len; i++) {
		const DocumentVersion *v = &all->at[i];
		if (!str_eq(v->state, S(VERSION_FROZEN)) || !date_is(v->valid_from) || date_after(v->valid_from, day))
			continue;
		if (!best || date_after(v->valid_from, best->valid_from) || (date_eq(v->valid_from, best->valid_from) && v->no > best->no))
			best = v;
	}
	return best;
}

Err document_in_force(Ctx *c, Id document, Date day, DocumentVersion *ret) {
	Document        *d;
	DocumentVersions all;
	TRY(document_get(c, document, &d));
	TRY(versions_for(c, document, &all));
	const DocumentVersion *v = version_of_day(d, &all, day);
	return v ? version_get(c, v->head.id, ret) : fail(c, ERR_NOT_FOUND, NULL, "Dokument k tomuto dni žádnou platnou verzi nemá. Zvolte jiný den.");
}

static const DocumentVersion *newest_frozen(const DocumentVersions *all) {
	for (size_t i = 0; i < all->len; i++)
		if (str_eq(all->at[i].state, S(VERSION_FROZEN)))
			return &all->at[i];
	return NULL;
}

Err document_newest(Ctx *c, Id document, DocumentVersion *ret) {
	Document        *d;
	DocumentVersions all;
	TRY(document_get(c, document, &d));
	TRY(versions_for(c, document, &all));
	const DocumentVersion *v = newest_frozen(&all);
	return v ? version_get(c, v->head.id, ret) : fail(c, ERR_NOT_FOUND, NULL, "Dokument zatím žádnou zmrazenou verzi nemá.");
}

/* ---- writing ---- */

static Err (*keeper)(Ctx *c, Id document, Id version, DocumentDeed deed);

void document_set_keeper(Err (*k)(Ctx *c, Id document, Id version, DocumentDeed deed)) {
	keeper = k;
}

Err document_may(Ctx *c, Id document, Id version, DocumentDeed deed) {
	return keeper && !c->actor->is_program ? keeper(c, document, version, deed) : OK;
}

static Err check_publishing(Ctx *c, bool before, bool now) {
	return before == now ? OK : require(c, CAP_DOCUMENT_PUBLISH);
}

Err document_add(Ctx *c, const DocumentNew *n, Id *ret) {
	TRY(require(c, CAP_DOCUMENT_CREATE));
	TRY(check_publishing(c, false, n->is_public));
	Document d = {.title = text_clean(c->arena, n->title), .kind = n->kind, .owner = n->owner, .file_number = text_clean(c->arena, n->file_number),
	              .summary = text_clean_lines(c->arena, n->summary), .url = n->url, .part_of = n->part_of, .valid_to = n->valid_to, .is_public = n->is_public};
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(entity_insert(c, &document_entity, &d));
	TRY(document_index(c, d.head.id));
	*ret = d.head.id;
	return tx_commit(&tx);
}

Err document_change(Ctx *c, Document *d) {
	Document *before;
	TRY(require(c, CAP_DOCUMENT_UPDATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(document_stored(c, d->head.id, &before));
	TRY(check_publishing(c, before->is_public, d->is_public));
	if (before->is_public != d->is_public)
		TRY(document_may(c, d->head.id, 0, DEED_SHOW));
	TRY(entity_update(c, &document_entity, d));
	TRY(document_index(c, d->head.id));
	return tx_commit(&tx);
}

/* ---- what it is found by ---- */

Err document_index(Ctx *c, Id document) {
	Document        *d;
	DocumentVersions all;
	DocumentVersion *v = NULL;
	TRY(document_stored(c, document, &d));
	TRY(versions_stored(c, document, !d->is_public, &all));
	const DocumentVersion *frozen = newest_frozen(&all), *shown = frozen || d->is_public || !all.len ? frozen : &all.at[0];
	if (shown)
		TRY(version_stored(c, shown->head.id, &v));
	Str words = {0};
	if (v)
		TRY(file_text_words(c, v->file, &words));
	Str body = str_format(c->arena, "%.*s %.*s %.*s %.*s", STR_ARG(d->file_number), STR_ARG(d->summary), STR_ARG(v ? v->text : (Str){0}), STR_ARG(words));
	return search_put(c, "document", document, d->is_public && frozen, d->title, body);
}
