/* value.c: parameters on their way in, and the two column types that need reading. */
#include "db/db.h"

DbValue db_value_null(void) {
	return (DbValue){.type = DB_NULL};
}

DbValue db_value_int(i64 n) {
	return n == BLANK ? db_value_null() : (DbValue){.type = DB_INT, .i = n};
}

DbValue db_value_text(Str s) {
	return (DbValue){.type = DB_TEXT, .s = s};
}

DbValue db_value_bytes(Str s) {
	return (DbValue){.type = DB_BYTES, .s = s};
}

DbValue db_value_date(Date d) {
	if (!date_is(d))
		return db_value_null();
	DbValue v = {.type = DB_TEXT};
	v.iso_len = (u8)date_iso(d, v.iso).len;
	return v;
}

DbValue db_value_instant(Instant t) {
	if (t.ms == 0)
		return db_value_null();
	DbValue v = {.type = DB_TEXT};
	v.iso_len = (u8)instant_iso(t, v.iso).len;
	return v;
}

bool col_bool(Rows *r, int column) {
	return !col_null(r, column) && col_int(r, column) != 0;
}

/* A day or an instant that cannot be read is damage: the loop ends with an error instead of a silent "none". */
Date col_date(Rows *r, int column) {
	Date d = {0};
	Str s = col_text(r, column);
	if (!str_empty(s) && !date_read_iso(s, &d))
		r->err = ERR_INTERNAL;
	return d;
}

Instant col_instant(Rows *r, int column) {
	Instant t = {0};
	Str s = col_text(r, column);
	if (!str_empty(s) && !instant_read_iso(s, &t))
		r->err = ERR_INTERNAL;
	return t;
}
