/* library_document.c: documents and versions: drafts change, frozen ones never, and on each day one is in force. */
#include "domain/library/checks.h"
#include "domain/library/inside.h"
#include "tests/domain/exchange.h"
#include "tests/domain/library.h"

static i64 number_in_force(Library *l, Date day) {
	DocumentVersion v;
	size_t          said = l->c.problems.len;
	Err             err = document_in_force(as(l, &actor_public), l->document, day, &v);
	l->c.problems.len = said;
	return err == OK ? v.no : 0;
}

TEST("library: on each day the version in force is the last one that began; a proposal without a day is in force on none") {
	Library l = library_given();
	library_frozen(&l, l.document, "První.", D(2024, 1, 1));
	library_frozen(&l, l.document, "Druhá.", D(2025, 7, 1));
	Id proposal = library_frozen(&l, l.document, "Návrh.", (Date){0});
	EQ_INT(number_in_force(&l, D(2023, 12, 31)), 0);
	EQ_INT(number_in_force(&l, D(2024, 1, 1)), 1);
	EQ_INT(number_in_force(&l, D(2025, 6, 30)), 1);
	EQ_INT(number_in_force(&l, D(2025, 7, 1)), 2);
	EQ_INT(number_in_force(&l, D(2030, 1, 1)), 2);
	MUST(version_put_in_force(pln(&l), proposal, D(2027, 1, 1)));
	EQ_INT(number_in_force(&l, D(2027, 1, 1)), 3);
	MUST(version_withdraw(pln(&l), proposal, S("Zastupitelstvo rozhodnutí zrušilo.")));
	EQ_INT(number_in_force(&l, D(2027, 1, 1)), 2);
	Document *d;
	MUST(document_get(pln(&l), l.document, &d));
	d->valid_to = D(2026, 12, 31);
	MUST(document_change(pln(&l), d));
	EQ_INT(number_in_force(&l, D(2026, 12, 31)), 2);
	EQ_INT(number_in_force(&l, D(2027, 1, 1)), 0);
	ctx_end(&l.c);
}

TEST("library: a version without text and without a file is not frozen; a frozen one keeps its digest and its seal") {
	Library         l = library_given();
	DocumentVersion v;
	Id              id = library_draft(&l, l.document, "");
	EXPECT(edit_refused(pln(&l), version_freeze(pln(&l), id), ERR_INVALID, "nemá text ani soubor"));
	MUST(version_change(pln(&l), id, 0, &(VersionNew){.text = S("abc")}));
	MUST(version_freeze(pln(&l), id));
	MUST(version_get(pln(&l), id, &v));
	EQ_TEXT(v.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");      /* of FIPS 180-2 */
	EQ_TEXT(v.frozen_by, "Plánovačka Nová");
	EQ_INT(edit_count(&l.c, "SELECT COUNT(*) FROM document_seal"), 1);
	ctx_end(&l.c);
}

/* Everything of the version that is its content, as one text. */
static Str content(Library *l, Id version) {
	DocumentVersion v;
	MUST(version_get(pln(l), version, &v));
	return str_format(t_arena, "%lld %lld %.*s|%.*s|%.*s|%lld|%d", (long long)v.document, (long long)v.no, STR_ARG(v.text), STR_ARG(v.note), STR_ARG(v.sha256),
	                  (long long)v.file, v.valid_from.n);
}

static Err change_generic(Ctx *c, Id version, const char *field) {
	void *row;
	MUST(store_get(c, &document_version_entity, TODAY, version, &row));
	DocumentVersion *v = row;
	const Field     *f = entity_field(&document_version_entity, str_c(field));
	switch (f->type) {
	case TYPE_INT:
	case TYPE_REF:
		*(i64 *)field_at(f, v) += 1;
		break;
	case TYPE_DATE:
		*(Date *)field_at(f, v) = D(2020, 2, 2);
		break;
	case TYPE_INSTANT:
		*(Instant *)field_at(f, v) = (Instant){1};
		break;
	default:
		*(Str *)field_at(f, v) = S("draft");
	}
	return entity_update(c, &document_version_entity, v);
}

TEST("library: no way leads to another content of a frozen version: no rule, no step, no import, no generic write, no delete") {
	Library l = library_given();
	Id      id = library_frozen(&l, l.document, "Původní text.", D(2024, 1, 1));
	Str     before = content(&l, id);
	const VersionNew other = {.text = S("Jiný text."), .staged = library_staged(&l, S("%PDF-1.4 jiný")), .file_name = S("a.pdf")};
	EXPECT(edit_refused(pln(&l), version_change(pln(&l), id, 0, &other), ERR_CONFLICT, "zmrazená"));
	EXPECT(edit_refused(pln(&l), version_drop(pln(&l), id), ERR_CONFLICT, "zmrazená"));
	EXPECT(edit_refused(pln(&l), version_freeze(pln(&l), id), ERR_CONFLICT, "stav záznamu"));
	EXPECT(edit_refused(pln(&l), version_put_in_force(pln(&l), id, D(2020, 1, 1)), ERR_CONFLICT, "nemění"));
	l.c.actor = &actor_program;
	for (size_t i = 0; i < document_version_entity.field_count; i++) {
		const char *name = document_version_entity.fields[i].name;
		if (change_generic(&l.c, id, name) == OK)
			test_fail(__FILE__, __LINE__, "%s was changed", name);
		l.c.problems.len = 0;
	}
	EXPECT(entity_delete(&l.c, &document_version_entity, id, 2) != OK);
	l.c.problems.len = 0;
	Str file = str_format(t_arena, "id,text,note,no,state,sha256\r\n%lld,jiný,jiná,9,draft,00\r\n", (long long)id);
	ImportPreview p = preview_of(as(&l, l.planner), &document_version_entity, "verze.csv", file);
	EQ_INT(p.changed, 0);
	MUST(version_withdraw(pln(&l), id, S("Vyšla omylem.")));
	EXPECT(edit_refused(pln(&l), version_change(pln(&l), id, 0, &other), ERR_CONFLICT, "zmrazená"));
	EQ_STR(content(&l, id), before);
	ctx_end(&l.c);
}

TEST("library: a draft is one at a time, changes by its version, and is dropped without a trace in the numbers") {
	Library         l = library_given();
	DocumentVersion v;
	Id              id = library_draft(&l, l.document, "Jedna."), next;
	EXPECT(edit_refused(pln(&l), version_add(pln(&l), l.document, &(VersionNew){.text = S("Dvě.")}, &next), ERR_CONFLICT, "rozpracovanou verzi č. 1"));
	MUST(version_get(pln(&l), id, &v));
	MUST(version_change(pln(&l), id, v.head.version, &(VersionNew){.text = S("Jedna a půl.")}));
	EXPECT(edit_refused(pln(&l), version_change(pln(&l), id, v.head.version, &(VersionNew){.text = S("Pozdě.")}), ERR_CONFLICT, "mezitím"));
	EQ_STR(library_text(&l, id), S("Jedna a půl."));
	MUST(version_drop(pln(&l), id));
	id = library_draft(&l, l.document, "Znovu.");
	MUST(version_get(pln(&l), id, &v));
	EQ_INT(v.no, 1);
	ctx_end(&l.c);
}

TEST("library: the same file in another version of the document is told; the same file elsewhere is taken") {
	Library l = library_given();
	Id      id, other;
	const StoredFile *pdf = library_staged(&l, S("%PDF-1.4 obsah"));
	MUST(version_add(pln(&l), l.document, &(VersionNew){.staged = pdf, .file_name = S("plan.pdf")}, &id));
	MUST(version_freeze(pln(&l), id));
	DocumentVersion v;
	MUST(version_get(pln(&l), id, &v));
	EQ_STR(v.sha256, pdf->sha256);               /* of a file alone: its own digest */
	EXPECT(edit_refused(pln(&l), version_add(pln(&l), l.document, &(VersionNew){.staged = pdf, .file_name = S("jine.pdf")}, &id), ERR_INVALID, "ve verzi č. 1"));
	MUST(document_add(pln(&l), &(DocumentNew){.title = S("Jiný"), .kind = S("annex"), .owner = l.region}, &other));
	MUST(version_add(pln(&l), other, &(VersionNew){.staged = pdf, .file_name = S("plan.pdf")}, &id));
	ctx_end(&l.c);
}

TEST("library: the public knows public documents with a frozen version and no drafts; who prepares does not freeze") {
	Library          l = library_given();
	Document        *d;
	DocumentVersion  v;
	DocumentVersions all;
	Ctx             *c = as(&l, &actor_public);
	EXPECT(edit_refused(c, document_get(c, l.document, &d), ERR_NOT_FOUND, "není"));
	library_frozen(&l, l.document, "Platí.", D(2024, 1, 1));
	Id draft = library_draft(&l, l.document, "Tajný koncept.");
	c = as(&l, l.provider);
	MUST(document_get(c, l.document, &d));
	MUST(versions_of(c, l.document, &all));
	EQ_INT(all.len, 1);
	EXPECT(edit_refused(c, version_get(c, draft, &v), ERR_NOT_FOUND, "není"));
	EXPECT(edit_refused(c, version_by_no(c, l.document, 2, &v), ERR_NOT_FOUND, "verzi č. 2"));
	EXPECT(edit_refused(c, version_change(c, draft, 0, &(VersionNew){.text = S("x")}), ERR_FORBIDDEN, "upravovat"));
	c = as(&l, l.reader);
	MUST(version_change(c, draft, 0, &(VersionNew){.text = S("Lepší koncept.")}));
	EXPECT(edit_refused(c, version_freeze(c, draft), ERR_FORBIDDEN, "zveřejňovat"));
	MUST(document_get(pln(&l), l.document, &d));
	d->is_public = false;
	MUST(document_change(pln(&l), d));
	c = as(&l, &actor_public);
	EXPECT(edit_refused(c, document_get(c, l.document, &d), ERR_NOT_FOUND, "není"));
	ctx_end(&l.c);
}

TEST("library: a document is no annex of itself, also not by way of its own annex") {
	Library   l = library_given();
	Id        annex;
	Document *d;
	MUST(document_add(pln(&l), &(DocumentNew){.title = S("Příloha 1"), .kind = S("annex"), .owner = l.region, .part_of = l.document}, &annex));
	MUST(document_get(pln(&l), l.document, &d));
	d->part_of = annex;
	EXPECT(edit_refused(pln(&l), document_change(pln(&l), d), ERR_INVALID, "přílohou sebe sama"));
	ctx_end(&l.c);
}

static const Paragraph *paragraph(const Paragraphs *all, const char *words) {
	for (size_t i = 0; i < all->len; i++)
		if (str_has(all->at[i].text, str_c(words)))
			return &all->at[i];
	test_fail(__FILE__, __LINE__, "no paragraph says %s", words);
	return NULL;
}

TEST("library: frozen paragraphs have anchors that the next version keeps; one that was given up never means anything else") {
	Library    l = library_given();
	Paragraphs first, second, third, again;
	const char *text = "## Úvod\n\nKraj zajistí dostupnost sociálních služeb v celém území.\n\nDruhý odstavec mluví o dopravě a nikdo ho už nebude chtít.";
	Id one = library_frozen(&l, l.document, text, (Date){0});
	MUST(version_paragraphs(as(&l, &actor_public), one, &first));
	EQ_INT(first.len, 3);
	Id two = library_frozen(&l, l.document, "Nový odstavec na začátku, který tu nikdy nebyl.\n\n## Úvod\n\nKraj zajistí lepší dostupnost sociálních služeb v celém území.", (Date){0});
	MUST(version_paragraphs(pln(&l), two, &second));
	EQ_STR(paragraph(&second, "dostupnost")->anchor, paragraph(&first, "dostupnost")->anchor);
	EQ_STR(paragraph(&second, "Úvod")->anchor, paragraph(&first, "Úvod")->anchor);
	Id draft = library_draft(&l, l.document, "## Úvod\n\nKraj zajistí lepší dostupnost sociálních služeb v celém území.\n\nZcela jiné sdělení o účetnictví a výkazech.");
	MUST(version_paragraphs(pln(&l), draft, &third));
	Str given_up = paragraph(&first, "dopravě")->anchor;
	for (size_t i = 0; i < third.len; i++)
		EXPECT(!str_eq(third.at[i].anchor, given_up) && !str_eq(third.at[i].anchor, paragraph(&second, "Nový")->anchor));
	MUST(version_freeze(pln(&l), draft));
	MUST(version_paragraphs(pln(&l), draft, &again));
	EQ_STR(paragraph(&again, "účetnictví")->anchor, paragraph(&third, "účetnictví")->anchor);
	MUST(version_paragraphs(pln(&l), one, &again));
	EQ_INT(again.len, 3);
	EQ_STR(again.at[1].source, first.at[1].source);
	ctx_end(&l.c);
}

TEST("library: doctor finds a frozen version that somebody changed in the store behind the program's back") {
	Library l = library_given();
	bool    fine;
	Str     detail;
	library_frozen(&l, l.document, "Platí.", D(2024, 1, 1));
	Id id = library_frozen(&l, l.document, "Platí dál.", D(2025, 1, 1));
	MUST(library_checks[0].run(pln(&l), &fine, &detail));
	EXPECT(fine);
	Tx tx = {0};
	static const Sql forge = {.name = "test_forge", .text = "UPDATE document_version SET text = 'Neplatí.' WHERE id = $1"};
	MUST(tx_begin(&l.c, &tx));
	MUST(db_run(l.c.conn, &forge, P(V(id)), NULL));
	MUST(tx_commit(&tx));
	MUST(library_checks[0].run(pln(&l), &fine, &detail));
	EXPECT(!fine && str_has(detail, S("první je verze č. 2")));
	ctx_end(&l.c);
}

TEST("library: a text of 400 kB is written, frozen and read within what a request may use") {
	Library    l = library_given();
	Paragraphs p;
	Id         id;
	CLEANUP(buf_free) Buf text = {0};
	CLEANUP(arena_free) Arena request = {.limit = 8 << 20};
	for (int i = 0; i < 600; i++) {
		buf_format(&text, "Odstavec číslo %d:", i);
		for (int k = 0; k < 70; k++)
			buf_format(&text, " slovo%d", (i * 31 + k * 7) % 1000);
		buf_lit(&text, ".\n\n");
	}
	Arena *before = l.c.arena;
	l.c.arena = &request;
	MUST(version_add(pln(&l), l.document, &(VersionNew){.text = buf_view(&text)}, &id));
	MUST(version_freeze(pln(&l), id));
	MUST(version_paragraphs(pln(&l), id, &p));
	EQ_INT(p.len, 600);
	l.c.arena = before;
	ctx_end(&l.c);
}

TEST("library: the page with the whole of a long document is kept as browsers take it, and given whole to whoever takes it otherwise") {
	Library l = library_given();
	CLEANUP(buf_free) Buf text = {0};
	for (int i = 0; i < 4000; i++)
		buf_format(&text, "Odstavec číslo %d dlouhého dokumentu, který má přes čtvrt megabajtu i s odkazy.\n\n", i);
	library_frozen(&l, l.document, str_z(t_arena, buf_view(&text)), D(2024, 1, 1));
	ctx_end(&l.c);
	Browser     b = {.app = l.app};
	Param       zipped = {S("accept-encoding"), S("gzip")};
	Params      headers = {&zipped, 1, 1};
	const char *address = str_z(t_arena, str_format(t_arena, "/dokumenty/%lld/verze/1", (long long)l.document));
	Answer      a = {0};
	for (int i = 0; i < 3; i++)
		a = web_send(&b, "GET", address, "", &headers, false);
	EQ_TEXT(web_header(&a, "content-encoding"), "gzip");
	EXPECT(a.status == 200 && a.body.len < 256 * 1024);
	a = web_get(&b, address);
	EXPECT(a.status == 200 && !web_header(&a, "content-encoding").len && a.body.len > 256 * 1024 && str_has(a.body, S("Odstavec číslo 3999")));
}
