/* docs_access.c: who may what: roles × capabilities × routes × entities, as text for the golden file and as a page. */
#include <stdio.h>
#include <string.h>

#include "app/docs.h"
#include "domain/people/rights.h"

static const char *scope_word(ScopeKind s) {
	static const char *const words[] = {"none", "region", "district", "municipality", "provider", "body"};
	CHECK((size_t)s < LEN(words));
	return words[s];
}

/* Which columns limit the rows that a holder of a narrower scope gets; without one such a person gets no rows. */
static Str scopes_of(Arena *a, const Entity *e) {
	struct { const char *column, *word; } all[] = {
		{e->scope_provider, "provider"}, {e->scope_municipality, "municipality"}, {e->scope_district, "district"}, {e->scope_body, "body"},
	};
	Strs words = {0};
	for (size_t i = 0; i < LEN(all); i++)
		if (all[i].column)
			strs_add(a, &words, str_format(a, "%s=%s", all[i].word, all[i].column));
	for (size_t i = 0; i < e->scope_row_count; i++) {
		const ScopeRows *rows = &e->scope_rows[i];
		bool             is_table = *rows->rows != '(';
		strs_add(a, &words, str_format(a, "%s%s~%s%s%s", scope_word(rows->kind), rows->within ? "(with what lies in it)" : "", is_table ? rows->rows : "select", ".", rows->owner));
	}
	if (e->scope_parent)
		strs_add(a, &words, str_format(a, "as %s", e->scope_parent));
	return words.len ? str_join(a, S(" "), words) : S("region");
}

static const char *method_word(const Route *r) {
	return r->method == POST ? "POST" : "GET";
}

/* ---- text ---- */

static void text_roles(Buf *b, Arena *a) {
	size_t      count;
	const Role *roles = access_roles(&count);
	for (size_t i = 0; i < count; i++) {
		Strs names = {0};
		for (const char **p = roles[i].capabilities; *p; p++)
			strs_add(a, &names, str_c(*p));
		buf_format(b, "role %s (%s): %.*s\n", roles[i].code, scope_word(roles[i].scope), STR_ARG(str_join(a, S(" "), names)));
	}
}

static void text_capabilities(Buf *b, Arena *a) {
	for (size_t i = 0; access_capability(i); i++)
		buf_format(b, "capability %s: %.*s\n", access_capability(i)->name, STR_ARG(docs_holders(a, access_capability(i)->name)));
}

static void text_routes(Buf *b, Arena *a) {
	RoutesAt all = docs_routes(a);
	for (size_t i = 0; i < all.len; i++) {
		const Route *r = all.at[i].route;
		buf_format(b, "%s %s [%s]: %.*s\n", method_word(r), r->path, r->capability, STR_ARG(docs_holders(a, r->capability)));
	}
}

static void text_entities(Buf *b, Arena *a) {
	for (size_t i = 0; i < module_count; i++)
		for (size_t k = 0; k < modules[i]->entity_count; k++) {
			const Entity *e = modules[i]->entities[k];
			buf_format(b, "entity %s: read %.*s; write %.*s; rows by %.*s\n", e->name, STR_ARG(e->is_public ? S("everybody") : docs_holders(a, e->read)),
			           STR_ARG(docs_holders(a, e->write)), STR_ARG(scopes_of(a, e)));
			for (size_t f = 0; f < e->field_count; f++) {
				const Field *field = &e->fields[f];
				if (field->read || field->write || field->secret)
					buf_format(b, "entity %s.%s: read %.*s; write %.*s%s\n", e->name, field->name,
					           STR_ARG(docs_holders(a, field->read ? field->read : e->read)),
					           STR_ARG(docs_holders(a, field->write ? field->write : e->write)), field->secret ? "; secret" : "");
			}
		}
}

Str access_matrix(Arena *a) {
	CLEANUP(buf_free) Buf b = {0};
	text_roles(&b, a);
	text_capabilities(&b, a);
	text_routes(&b, a);
	text_entities(&b, a);
	return buf_take(&b, a);
}

int app_access(App *app) {
	CLEANUP(arena_free) Arena a = {0};
	(void)app;
	Str text = access_matrix(&a);
	return fwrite(text.ptr, 1, text.len, stdout) == text.len ? 0 : 1;
}

/* ---- docs/access.md ---- */

static void page_roles(Buf *b) {
	size_t      count;
	const Role *roles = access_roles(&count);
	buf_lit(b, "## Roles\n\n| role | title | scope |\n|---|---|---|\n");
	for (size_t i = 0; i < count; i++)
		buf_format(b, "| %s | %s | %s |\n", roles[i].code, roles[i].title, scope_word(roles[i].scope));
}

static void page_capabilities(Buf *b, Arena *a) {
	buf_lit(b, "\n## Capabilities\n\n| capability | meaning | roles |\n|---|---|---|\n");
	for (size_t i = 0; access_capability(i); i++) {
		const Capability *c = access_capability(i);
		buf_format(b, "| `%s` | %s | %.*s |\n", c->name, c->title, STR_ARG(docs_holders(a, c->name)));
	}
}

/* Objects × roles with the first letters of the verbs, as people know the table. */
static void page_rights(Buf *b) {
	size_t              count, objects;
	const Role         *roles = access_roles(&count);
	const ObjectRights *all = rights_objects(&objects);
	buf_lit(b, "\n## Objects and roles\n\nR read, C create, U update, S submit, A approve or evaluate, P publish, N propose. Which rows: by the scope of the role.\n\n| object |");
	for (size_t i = 0; i < count; i++)
		buf_format(b, " %s |", roles[i].code);
	buf_lit(b, "\n|---|");
	for (size_t i = 0; i < count; i++)
		buf_lit(b, "---|");
	for (size_t k = 0; k < objects; k++) {
		buf_format(b, "\n| `%s` |", all[k].object);
		for (size_t i = 0; i < count; i++) {
			unsigned bits = rights_verbs(&all[k], roles[i].code);
			for (unsigned v = 0; v < VERB_COUNT; v++)
				if (bits >> v & 1)
					buf_char(b, "RCUSAPN"[v]);
			buf_lit(b, " |");
		}
	}
	buf_lit(b, "\n");
}

static void page_routes(Buf *b, Arena *a) {
	RoutesAt      all = docs_routes(a);
	const Module *module = NULL;
	buf_lit(b, "\n## Routes\n");
	for (size_t i = 0; i < all.len; i++) {
		const Route *r = all.at[i].route;
		if (all.at[i].module != module)
			buf_format(b, "\n### %s\n\n| | address | capability | roles |\n|---|---|---|---|\n", all.at[i].module->name);
		module = all.at[i].module;
		buf_format(b, "| %s | `%s` | `%s` | %.*s |\n", method_word(r), r->path, r->capability, STR_ARG(docs_holders(a, r->capability)));
	}
}

static void page_entities(Buf *b, Arena *a) {
	buf_lit(b, "\n## Entities\n\n| entity | read | write | rows by scope |\n|---|---|---|---|\n");
	for (size_t i = 0; i < module_count; i++)
		for (size_t k = 0; k < modules[i]->entity_count; k++) {
			const Entity *e = modules[i]->entities[k];
			buf_format(b, "| `%s` | %.*s | %.*s | %.*s |\n", e->name, STR_ARG(e->is_public ? S("everybody") : docs_holders(a, e->read)),
			           STR_ARG(docs_holders(a, e->write)), STR_ARG(scopes_of(a, e)));
		}
}

Str docs_access(Arena *a) {
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "# Access\n\n"
	            "Written by `sitovka docs docs`; do not edit. `sitovka access` prints the same as text, tests/golden/access.txt guards it.\n\n"
	            "A route needs a capability, a role gives capabilities within a scope. Which rows a person of a narrower scope gets is said by columns of\n"
	            "the entity; an entity without such a column has no rows for them, unless everybody may read it. A row outside one's scope does not\n"
	            "exist: it is answered as not found. In the table of entities `provider=implementer` is such a column; `provider~card_implementer.provider`\n"
	            "are readers whom rows of another table name (`.scope_rows`), `as card` are those of the row that the field `card` refers to\n"
	            "(`.scope_parent`). These two are for reading only: what one reads through them is written by whom the entity's check lets.\n\n");
	page_roles(&b);
	page_rights(&b);
	page_capabilities(&b, a);
	page_routes(&b, a);
	page_entities(&b, a);
	return buf_take(&b, a);
}
