/* Statements that are made from tables of fields, of every entity of every module: both engines take them. */
#include "core/store_sql.h"
#include "tests/support/store.h"
#include "web/module.h"

TEST("entity: every statement that is made from a table of fields can be prepared") {
	Db    *db = test_store();
	Conn  *c = db_reader(db);
	Sqls   list = {0};
	MUST(db_read_begin(c));
	for (size_t m = 0; m < module_count; m++)
		for (size_t i = 0; i < modules[m]->entity_count; i++)
			store_statements(t_arena, modules[m]->entities[i], &list);
	for (size_t i = 0; i < list.len; i++)
		if (db_prepare(c, list.at[i]) != OK)
			test_fail(__FILE__, __LINE__, "%s: %.*s", list.at[i]->name, STR_ARG(db_last_error(c)));
	EXPECT(list.len > 100);
	db_read_end(c);
}
