#include "tests/domain/history_given.h"

#include "core/codelist.h"
#include "core/schema.h"

ENTITY(probe_entity, Probe, PROBE_FIELDS, .name = "probe", .table = "probe", .one = "vzorek", .many = "vzorky", .of_many = "vzorků",
       .article = "m", .dated = true, .key = "name", .title = "name", .read = "public", .write = "public", .is_public = true)

static const char probe_table[] =
	"CREATE TABLE probe (\n"
	"	row_id $ID, id $INT NOT NULL, version $INT NOT NULL,\n"
	"	valid_from $TEXT NOT NULL, valid_to $TEXT, recorded_from $TEXT NOT NULL, recorded_to $TEXT,\n"
	"	name $TEXT NOT NULL, name_sort $BYTES NOT NULL, name_fold $TEXT NOT NULL, mark $TEXT NOT NULL,\n"
	"	amount $INT, since $TEXT, open $INT NOT NULL\n"
	");\n"
	"CREATE UNIQUE INDEX probe_believed ON probe (id, valid_from) WHERE recorded_to IS NULL;\n"
	"CREATE INDEX probe_id ON probe (id, recorded_from);\n"
	"CREATE TABLE probe_kinds (owner $INT NOT NULL, code $TEXT NOT NULL, PRIMARY KEY (owner, code));\n";

static void given_kind(Ctx *c, const char *code) {
	CodeItem *item = entity_new(c->arena, &code_item_entity);
	item->list = S("probe_kind");
	item->code = item->name = str_c(code);
	MUST(history_create(c, &code_item_entity, item, D(2000, 1, 1), (Date){0}));
}

Ctx given_history_store(void) {
	Db *db = test_store();
	Ctx c = ctx_make(t_arena, db, &actor_program, (Instant){INT64_C(1704067200000)});     /* 2024-01-01 */
	Tx  tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(db_script(c.conn, str_z(t_arena, db_ddl_for(t_arena, db_engine(db), str_c(probe_table)))));
	MUST(tx_commit(&tx));
	given_kind(&c, "ambulantni");
	given_kind(&c, "terenni");
	return c;
}

Str history_content_name(int content) { return str_format(t_arena, "Služba č. %d žluť", content); }

Probe *history_content(Arena *a, int content) {
	Probe *p = entity_new(a, &probe_entity);
	p->name = history_content_name(content);
	p->amount = content ? czk(content * 1000) : (Money){BLANK};
	p->since = content > 2 ? D(2024, 2, 29) : (Date){0};
	p->open = content % 2 == 1;
	if (content == 2 || content == 4)
		strs_add(a, &p->kinds, S("terenni"));
	if (content == 4)
		strs_add(a, &p->kinds, S("ambulantni"));
	return p;
}

int history_content_of(const Probe *p) {
	for (int k = 0; k < CONTENTS; k++) {
		const Probe *want = history_content(t_arena, k);
		bool same = true;
		for (size_t i = 0; i < probe_entity.field_count; i++)
			same &= field_equal(&probe_entity.fields[i], p, want);
		if (same)
			return k;
	}
	test_fail(__FILE__, __LINE__, "a row has the content of no step: %.*s", STR_ARG(p->name));
}
