/* Lists that grew: more values of a facet than the index tells apart are no end of the program. */
#include "core/codelist.h"
#include "core/history.h"
#include "tests/domain/catalogue_given.h"
#include "tests/support/web.h"

static void add_codes(Ctx *c, const char *list, int count) {
	for (int i = 0; i < count; i++) {
		CodeItem *item = entity_new(t_arena, &code_item_entity);
		*item = (CodeItem){.list = str_c(list), .code = str_format(t_arena, "dalsi-%d", i), .name = str_format(t_arena, "Další %d", i), .position = 500 + i};
		MUST(history_create(c, &code_item_entity, item, D(2020, 1, 1), (Date){0}));
	}
}

TEST("catalogue: seventy age groups and forty forms of a service are shown, whatever the index can tell apart") {
	Browser b = {.app = test_app_empty()};
	Ctx     c = app_ctx(b.app, t_arena);
	add_codes(&c, "age_group", 70);
	add_codes(&c, "service_form", 40);
	ctx_end(&c);
	Answer a = web_get(&b, "/katalog?vek=dalsi-69&forma=dalsi-39");
	EQ_INT(a.status, 200);
	EXPECT(str_has(a.body, S("Další 69")) && str_has(a.body, S("Další 39")));
}
