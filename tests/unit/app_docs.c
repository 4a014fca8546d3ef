/* Pages of the manual that the program writes: they are the ones in docs/, and who may what is what somebody has read. */
#include "app/docs.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/people/people.h"
#include "tests/unit/golden.h"

/* The mechanisms know the modules' rows, as in the program. */
static void given_modules(void) {
	static Arena whole_program;
	static bool  done;
	if (!done)
		MUST(app_hand_over(&whole_program));
	done = true;
}

TEST("docs: the pages in docs are those that the program writes (sitovka docs docs)") {
	MUST(app_hand_over(t_arena));
	given_modules();
	EQ_INT(docs_page_count, 5);
	for (size_t i = 0; i < docs_page_count; i++)
		GOLDEN(str_z(t_arena, str_format(t_arena, "../../docs/%s", docs_pages[i].file)), docs_pages[i].text(t_arena));
}

TEST("docs: every machine has a drawing in docs/img, and it is the one of its table") {
	const Machine *m;
	MUST(app_hand_over(t_arena));
	for (size_t i = 0; (m = machine_at(i)); i++)
		GOLDEN(str_z(t_arena, str_format(t_arena, "../../docs/img/machine-%s.svg", m->name)), docs_machine_drawing(t_arena, m));
}

TEST("access: the matrix of roles, routes and entities is the one that was read (sitovka access)") {
	given_modules();
	GOLDEN("access.txt", access_matrix(t_arena));
}

TEST("access: every route is open to somebody, and what it needs is a capability of a module") {
	given_modules();
	RoutesAt all = docs_routes(t_arena);
	EXPECT(all.len > 10);
	for (size_t i = 0; i < all.len; i++) {
		Str who = docs_holders(t_arena, all.at[i].route->capability);
		if (str_eq(who, S("nobody")))
			test_fail(__FILE__, __LINE__, "%s: no role has %s", all.at[i].route->path, all.at[i].route->capability);
	}
}

TEST("access: a capability that no role has is held by nobody") {
	given_modules();
	EQ_TEXT(docs_holders(t_arena, "no.such"), "nobody");
	EQ_TEXT(docs_holders(t_arena, ANYONE), "everybody");
	EQ_TEXT(docs_holders(t_arena, SIGNED_IN), "everybody signed in");
	EXPECT(str_has(docs_holders(t_arena, "admin.accounts"), S("ADM")));
	EXPECT(!str_has(docs_holders(t_arena, "admin.accounts"), S("PRV")));
}

TEST("docs: a bar or a line end in a text does not break the table") {
	CLEANUP(buf_free) Buf b = {0};
	docs_cell(&b, S("a|b\nc"));
	EQ_STR(buf_view(&b), S("a\\|b c"));
}

TEST("docs: every field and every code list of the program is in the data dictionary") {
	given_modules();
	Str page = docs_data_dictionary(t_arena);
	for (size_t i = 0; i < module_count; i++)
		for (size_t k = 0; k < modules[i]->entity_count; k++) {
			const Entity *e = modules[i]->entities[k];
			EXPECT(str_has(page, str_format(t_arena, "<a id=\"%s\"></a>", e->name)));
			for (size_t f = 0; f < e->field_count; f++) {
				EXPECT(str_has(page, str_format(t_arena, "\n| `%s` | %s | ", e->fields[f].name, e->fields[f].label)));
				if (e->fields[f].codelist && !str_has(page, str_format(t_arena, "<a id=\"list-%s\"></a>", e->fields[f].codelist)))
					test_fail(__FILE__, __LINE__, "%s.%s: code list %s has no items in data/code_lists", e->name, e->fields[f].name, e->fields[f].codelist);
			}
		}
}

TEST("docs: the verb writes four files, wants one folder, and says when it cannot write") {
	given_modules();
	char  folder[] = "/tmp/sitovka-docs-XXXXXX";
	char *arguments[] = {mkdtemp(folder)};
	App   app = {.o = {.argc = 1, .argv = arguments}};
	EXPECT(arguments[0]);
	EQ_INT(app_docs(&app), 0);
	for (size_t i = 0; i < docs_page_count; i++) {
		char       *path = str_z(t_arena, str_format(t_arena, "%s/%s", folder, docs_pages[i].file));
		struct stat st;
		EQ_INT(stat(path, &st), 0);
		EXPECT(st.st_size > 200);
		unlink(path);
	}
	const Machine *m;
	for (size_t i = 0; (m = machine_at(i)); i++)
		EQ_INT(unlink(str_z(t_arena, str_format(t_arena, "%s/img/machine-%s.svg", folder, m->name))), 0);
	rmdir(str_z(t_arena, str_format(t_arena, "%s/img", folder)));
	rmdir(folder);
	EQ_INT(app_docs(&app), 1);
	app.o.argc = 0;
	EQ_INT(app_docs(&app), 2);
}
