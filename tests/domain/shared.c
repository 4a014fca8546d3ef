/* Sets in memory: read once, the same for everybody until data change, one's own inside of a change. */
#include "core/shared.h"

#include <pthread.h>

#include "core/codelist.h"
#include "core/data_version.h"
#include "core/history.h"
#include "tests/support/store.h"

typedef struct Names { size_t count; } Names;
static _Atomic int read_times, ended;      /* several threads read at once */

static Err load_names(Ctx *c, Arena *a, void *set) {
	static const Sql all = {"test_shared_names", "SELECT name FROM code_item WHERE list = 'shared-test' ORDER BY code", NULL};
	Names *n = set;
	Rows   rows = db_query(ctx_conn(c), &all, DB_NONE);
	read_times++;
	while (rows_next(&rows)) {
		str_dup(a, col_text(&rows, 0));
		n->count++;
	}
	return rows_end(&rows);
}

static void end_names(void *set) {
	ended += (int)((Names *)set)->count;
}

static const SharedKind names = {"names", sizeof(Names), load_names, end_names};

static Ctx given(Db *db) {
	return ctx_make(t_arena, db, &actor_program, prague_instant(D(2026, 11, 22), 12 * 3600));
}

static Err put(Ctx *c, const char *code) {
	CodeItem *item = entity_new(t_arena, &code_item_entity);
	item->list = S("shared-test");
	item->code = item->name = str_c(code);
	return history_create(c, &code_item_entity, item, D(2020, 1, 1), (Date){0});
}

static void *set_of(Ctx *c) {
	void *set;
	MUST(shared_set(c, &names, &set));
	return set;
}

static size_t count(Ctx *c) {
	return ((Names *)set_of(c))->count;
}

TEST("shared: a set is read once for all readers, and anew after a change") {
	Db *db = test_store();
	Ctx a = given(db);
	read_times = 0;
	void *first = set_of(&a);
	ctx_end(&a);
	Ctx b = given(db);
	EXPECT(set_of(&b) == first && count(&b) == 0);
	EQ_INT(read_times, 1);
	ctx_end(&b);
	MUST(put(&a, "jedna"));
	EQ_INT(count(&a), 1);
	EQ_INT(read_times, 2);
	ctx_end(&a);
	EQ_INT(count(&b), 1);
	EQ_INT(read_times, 2);
	ctx_end(&a);
	ctx_end(&b);
}

TEST("shared: inside of a change one sees the own set and nobody else does, and what was taken back was never there") {
	Db *db = test_store();
	Ctx a = given(db), b = given(db);
	Tx  tx = {0};
	EQ_INT(count(&b), 0);
	ctx_end(&b);
	MUST(tx_begin(&a, &tx));
	MUST(put(&a, "jedna"));
	EQ_INT(count(&a), 1);
	MUST(put(&a, "dve"));
	shared_unsee(&a, &names);
	EQ_INT(count(&a), 2);
	EQ_INT(count(&b), 0);
	ctx_end(&b);
	tx_end(&tx);
	EQ_INT(count(&a), 0);
	ctx_end(&a);
	MUST(put(&b, "tri"));                        /* the same number of the data version as that of the change taken back */
	ctx_end(&b);
	EQ_INT(count(&a), 1);
	ctx_end(&a);
}

TEST("shared: a set lives while somebody reads it, though newer ones came and the store closed, and ends once") {
	ended = 0;
	{
		CLEANUP(arena_free) Arena late = {0};
		Str  why = {0};
		Db  *db;
		MUST(db_open(t_arena, test_store_new(true), (DbOptions){0}, &db, &why));
		Ctx  a = given(db), reader = ctx_make(&late, db, &actor_program, a.now);
		MUST(put(&a, "jedna"));
		Names *old = set_of(&reader);
		ctx_end(&reader);
		MUST(put(&a, "dve"));
		EQ_INT(count(&a), 2);
		EQ_INT(old->count, 1);
		ctx_end(&a);
		db_close(db);
		EQ_INT(old->count, 1);
		EQ_INT(ended, 0);
	}
	EQ_INT(ended, 1);                            /* the other one still belongs to this test */
}

TEST("shared: code lists are read anew when one of them changed, inside of the change too, and not because of anything else") {
	Db *db = test_store();
	Ctx a = given(db);
	Tx  tx = {0};
	MUST(put(&a, "jedna"));
	const CodeItem *first = codelist_find(&a, "shared-test", S("jedna"));
	EXPECT(first != NULL);
	ctx_end(&a);
	MUST(tx_begin(&a, &tx));
	MUST(data_version_raise(&a));
	EXPECT(codelist_find(&a, "shared-test", S("jedna")) == first);
	MUST(tx_commit(&tx));
	ctx_end(&a);
	EXPECT(codelist_find(&a, "shared-test", S("jedna")) == first);
	ctx_end(&a);
	MUST(tx_begin(&a, &tx));
	MUST(put(&a, "dve"));
	EXPECT(codelist_find(&a, "shared-test", S("dve")) != NULL);
	tx_end(&tx);
	ctx_end(&a);
	EXPECT(codelist_find(&a, "shared-test", S("dve")) == NULL);
	EXPECT(codelist_find(&a, "shared-test", S("jedna")) == first);
	ctx_end(&a);
	MUST(put(&a, "tri"));                        /* perhaps as the row that the change taken back had */
	EXPECT(codelist_find(&a, "shared-test", S("tri")) != NULL);
	Id id = codelist_find(&a, "shared-test", S("jedna"))->head.id;
	ctx_end(&a);
	MUST(history_end(&a, &code_item_entity, id, 1, D(2020, 1, 1), (Date){0}));
	EXPECT(codelist_find(&a, "shared-test", S("jedna")) == NULL);
	ctx_end(&a);
}

typedef struct Reader { Db *db; pthread_t thread; bool wrong; } Reader;

static void *read_on(void *arg) {
	Reader *r = arg;
	size_t  before = 0;
	for (int i = 0; i < 300; i++) {
		CLEANUP(arena_free) Arena arena = {0};
		Ctx   c = ctx_make(&arena, r->db, &actor_program, prague_instant(D(2026, 11, 22), 12 * 3600));
		void *set;
		if (shared_set(&c, &names, &set) != OK || ((Names *)set)->count < before)
			r->wrong = true;
		else
			before = ((Names *)set)->count;
		ctx_end(&c);
	}
	db_thread_end(r->db);
	return NULL;
}

TEST("shared: readers beside a writer never see less than they saw") {
	Db    *db = test_store();
	Ctx    c = given(db);
	Reader readers[4] = {0};
	for (size_t i = 0; i < LEN(readers); i++) {
		readers[i].db = db;
		EQ_INT(pthread_create(&readers[i].thread, NULL, read_on, &readers[i]), 0);
	}
	for (int i = 0; i < 20; i++)
		MUST(put(&c, str_z(t_arena, str_format(t_arena, "kod%d", i))));
	for (size_t i = 0; i < LEN(readers); i++) {
		EQ_INT(pthread_join(readers[i].thread, NULL), 0);
		EXPECT(!readers[i].wrong);
	}
	EQ_INT(count(&c), 20);
	ctx_end(&c);
}
