/* sqlite_functions.c: string_agg, greatest and least with PostgreSQL's meaning: NULLs are left out. */
#include "db/sqlite.h"

/* ---- string_agg(text, between) ---- */

static void agg_step(sqlite3_context *x, int count, sqlite3_value **v) {
	(void)count;
	sqlite3_str **text = sqlite3_aggregate_context(x, sizeof(sqlite3_str *));
	if (!text) {
		sqlite3_result_error_nomem(x);
		return;
	}
	if (sqlite3_value_type(v[0]) == SQLITE_NULL)
		return;
	if (!*text)
		*text = sqlite3_str_new(sqlite3_context_db_handle(x));
	else if (sqlite3_value_type(v[1]) != SQLITE_NULL)
		sqlite3_str_append(*text, (const char *)sqlite3_value_text(v[1]), sqlite3_value_bytes(v[1]));
	const char *s = (const char *)sqlite3_value_text(v[0]);
	sqlite3_str_append(*text, s ? s : "", sqlite3_value_bytes(v[0]));
}

static void agg_end(sqlite3_context *x) {
	sqlite3_str **text = sqlite3_aggregate_context(x, 0);
	if (!text || !*text) {
		sqlite3_result_null(x);
		return;
	}
	int error = sqlite3_str_errcode(*text), len = sqlite3_str_length(*text);
	char *s = sqlite3_str_finish(*text);       /* NULL for an empty text */
	*text = NULL;
	if (error != SQLITE_OK) {
		sqlite3_result_error_code(x, error);
		sqlite3_free(s);
	} else if (!s) {
		sqlite3_result_text(x, "", 0, SQLITE_STATIC);
	} else {
		sqlite3_result_text(x, s, len, sqlite3_free);
	}
}

/* ---- greatest(…), least(…) ---- */

static int compare(sqlite3_value *a, sqlite3_value *b) {
	if (sqlite3_value_type(a) == SQLITE_INTEGER) {
		i64 x = sqlite3_value_int64(a), y = sqlite3_value_int64(b);
		return x < y ? -1 : x > y ? 1 : 0;
	}
	const char *x = sqlite3_value_blob(a), *y = sqlite3_value_blob(b);
	return str_cmp(str_of(x, (size_t)sqlite3_value_bytes(a)), str_of(y, (size_t)sqlite3_value_bytes(b)));
}

static void pick(sqlite3_context *x, int count, sqlite3_value **v, int sign) {
	sqlite3_value *best = NULL;
	for (int i = 0; i < count; i++) {
		int type = sqlite3_value_type(v[i]);
		if (type == SQLITE_NULL)
			continue;
		if (type == SQLITE_FLOAT || (best && type != sqlite3_value_type(best))) {
			sqlite3_result_error(x, "greatest and least compare integers, or texts, or bytes", -1);
			return;
		}
		if (!best || compare(v[i], best) * sign > 0)
			best = v[i];
	}
	if (best)
		sqlite3_result_value(x, best);
}

static void greatest(sqlite3_context *x, int count, sqlite3_value **v) {
	pick(x, count, v, 1);
}

static void least(sqlite3_context *x, int count, sqlite3_value **v) {
	pick(x, count, v, -1);
}

int sqlite_functions(sqlite3 *s) {
	const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
	int rc = sqlite3_create_function_v2(s, "string_agg", 2, flags, NULL, NULL, agg_step, agg_end, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_create_function_v2(s, "greatest", -1, flags, NULL, greatest, NULL, NULL, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_create_function_v2(s, "least", -1, flags, NULL, least, NULL, NULL, NULL);
	return rc;
}
