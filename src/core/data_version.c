#include "core/data_version.h"

#include "core/data_version.sql.h"

/* A page reads in one moment: what it saw once stays. */
Err data_version(Ctx *c, i64 *ret) {
	if (c->reading && c->version_seen) {
		*ret = c->version_seen - 1;
		return OK;
	}
	Err err = db_get_int(ctx_conn(c), &sql_data_version_get, DB_NONE, 0, ret);
	if (err != OK)
		return fail_store(c, err, "data version");
	c->version_seen = c->reading ? *ret + 1 : 0;
	return OK;
}

Err data_version_raise(Ctx *c) {
	CHECK(c->tx_depth > 0);
	if (c->tx.version_raised)                    /* PostgreSQL keeps every version of a row until the end: thousands would be slow */
		return OK;
	Err err = db_run(c->conn, &sql_data_version_next, DB_NONE, NULL);
	if (err != OK)
		return fail_store(c, err, "data version");
	c->tx.version_raised = true;
	return OK;
}
