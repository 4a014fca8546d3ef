/* json.h: reading JSON as a stream of events, writing it by hand.
 *
 * The reader is a pull parser over a source of bytes of any length: memory is one window (default 64 kB) plus the longest single
 * token (max_token, default 1 MB) and the keys of open objects (1 MB at most). It is strict: RFC 8259, UTF-8 without \u0000, depth 32,
 * no duplicate keys in an object and 4 096 of them at most, nothing after the end; only a byte order mark in front is passed over.
 * After JSON_ERROR, `why` holds a Czech sentence and `offset`, `line` the place; every further call gives JSON_ERROR. */
#pragma once
#include "base/buf.h"
#include "base/date.h"

typedef enum JsonEvent {
	JSON_ERROR, JSON_END,                    /* the document is complete */
	JSON_OBJECT, JSON_OBJECT_END, JSON_ARRAY, JSON_ARRAY_END,
	JSON_KEY, JSON_STRING, JSON_NUMBER, JSON_TRUE, JSON_FALSE, JSON_NULL,
} JsonEvent;

typedef struct JsonReader JsonReader;

/* Source of bytes: fills at most `size` bytes, returns how many, 0 at the end, -1 on a read error. */
typedef i64 (*JsonSource)(void *arg, char *to, size_t size);

JsonReader *json_open(Arena *a, JsonSource source, void *arg);
JsonReader *json_open_str(Arena *a, Str text);
void        json_set_max_token(JsonReader *r, size_t bytes);
JsonEvent   json_next(JsonReader *r);
/* Text of the last key, string (unescaped) or number (as written). Valid until the next call of json_next. */
Str         json_text(const JsonReader *r);
/* The last number as an integer; false for a fraction, an exponent or overflow. */
bool        json_int(const JsonReader *r, i64 *ret);
/* Pass over the value that comes next (after a key or in an array): checked as strictly, nothing kept.
 * False after an error, and at the end of an array: then nothing is taken and json_why is empty. */
bool        json_skip(JsonReader *r);
int         json_depth(const JsonReader *r);
Str         json_why(const JsonReader *r);
u64         json_offset(const JsonReader *r);             /* bytes read up to and including the last event */
u64         json_line(const JsonReader *r);

/* Writing. Commas and colons are put by the writer; integers above 2^53 become text. */
typedef struct JsonWriter {
	Buf *out;
	bool comma;
} JsonWriter;
void jw_object(JsonWriter *w);
void jw_object_end(JsonWriter *w);
void jw_array(JsonWriter *w);
void jw_array_end(JsonWriter *w);
void jw_key(JsonWriter *w, const char *key);
void jw_str(JsonWriter *w, Str s);
void jw_int(JsonWriter *w, i64 n);                        /* BLANK gives null */
void jw_bool(JsonWriter *w, bool b);
void jw_null(JsonWriter *w);
void jw_raw(JsonWriter *w, Str number);                   /* a number written elsewhere: 12.50 */
/* A key with its value. */
void jw_member(JsonWriter *w, const char *key, Str value);
void jw_member_int(JsonWriter *w, const char *key, i64 n);
void jw_member_at(JsonWriter *w, const char *key, Instant t);
void json_escape(Buf *out, Str s);                        /* with quotes */
