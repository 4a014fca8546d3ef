#include "core/data_version.h"

#include "core/data_version.sql.h"

Err data_version(Ctx *c, i64 *ret) {
	return db_get_int(ctx_conn(c), &sql_data_version_get, DB_NONE, 0, ret);
}

Err data_version_raise(Ctx *c) {
	CHECK(c->tx_depth > 0);
	return db_run(c->conn, &sql_data_version_next, DB_NONE, NULL);
}
