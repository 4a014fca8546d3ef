/* library_given.c: what the tests of the library begin with. */
#include "tests/domain/exchange.h"
#include "tests/domain/library.h"

static Id organisation(Ctx *c, const char *kind, const char *name) {
	Organisation o = {.kind = str_c(kind), .name = str_c(name), .ref = BLANK};
	MUST(entity_insert(c, &organisation_entity, &o));
	return o.head.id;
}

Library library_given(void) {
	Library l = {.app = test_app_empty()};
	given_files_folder();
	l.planner = edit_actor("Plánovačka Nová", "PLN", SCOPE_REGION, 1);
	l.reader = edit_actor("Analytik Nový", "ANA", SCOPE_REGION, 2);
	l.provider = edit_actor("Pavel Poskytovatel", "PRV", SCOPE_PROVIDER, 3);
	l.c = ctx_make(t_arena, l.app->db, &actor_program, prague_instant(D(2026, 11, 22), 9 * 3600));
	l.region = organisation(&l.c, "region", "Krajský úřad");
	l.board = organisation(&l.c, "body", "Rada kraje");
	l.assembly = organisation(&l.c, "body", "Zastupitelstvo kraje");
	MUST(document_add(pln(&l), &(DocumentNew){.title = S("Plán 2024–2026"), .kind = S("plan"), .owner = l.region, .is_public = true}, &l.document));
	return l;
}

Id library_draft(Library *l, Id document, const char *markdown) {
	Id id;
	MUST(version_add(pln(l), document, &(VersionNew){.text = str_c(markdown)}, &id));
	return id;
}

Id library_frozen(Library *l, Id document, const char *markdown, Date from) {
	Id id = library_draft(l, document, markdown);
	MUST(version_freeze(pln(l), id));
	if (date_is(from))
		MUST(version_put_in_force(pln(l), id, from));
	return id;
}

const StoredFile *library_staged(Library *l, Str bytes) {
	StoredFile *f = NEW_ZERO(t_arena, StoredFile);
	MUST(files_stage(&l->c, bytes, -1, f));
	return f;
}

Str library_text(Library *l, Id version) {
	DocumentVersion v;
	MUST(version_get(pln(l), version, &v));
	return v.text;
}
