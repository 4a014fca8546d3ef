/* The store's promises that everything else rests on; the same on both engines. */
#include "tests/domain/db.h"

TEST("db: a new store has no ids taken and an empty trail") {
	Db *db = test_store();
	Conn *c = db_reader(db);
	i64 n;
	MUST(db_read_begin(c));
	static const Sql next = {"test_next_id", "SELECT next_id FROM id_counter", NULL}, seq = {"test_seq", "SELECT seq FROM trail_head", NULL};
	MUST(db_get_int(c, &next, DB_NONE, -1, &n));
	EQ_INT(n, 1);
	MUST(db_get_int(c, &seq, DB_NONE, -1, &n));
	EQ_INT(n, 0);
	db_read_end(c);
}
