/* trail_record.c: records of the trail as bytes: what is hashed, what is stored. */
#include "core/trail_record.h"

#include "base/json.h"

/* ---- hashed ---- */

enum { MAX_LENGTH = 5, MAX_NUMBER = 9 };     /* bytes that a length, and a number with its length, take at most */

static char *put_text(char *to, Str s) {
	CHECK(s.len <= UINT32_MAX);
	size_t n = s.len;
	for (; n >= 0x80; n >>= 7)
		*to++ = (char)(n | 0x80);
	*to++ = (char)n;
	if (s.len)
		memcpy(to, s.ptr, s.len);
	return to + s.len;
}

static char *put_number(char *to, i64 number) {
	u64    n = (u64)number;
	size_t size = n ? (size_t)(71 - __builtin_clzll(n)) / 8 : 0;
	*to++ = (char)size;
	for (size_t i = size; i-- > 0; n >>= 8)
		to[i] = (char)n;
	return to + size;
}

Sha256 trail_hash(Buf *scratch, const Sha256 *prev, const TrailStored *r) {
	const i64 numbers[] = {r->seq, r->at.ms, r->account, r->object_id};
	const Str texts[] = {r->who, r->role, r->organisation, r->action, r->object, r->text, r->reason, r->changes};
	size_t room = sizeof prev->bytes + 1 + MAX_NUMBER * LEN(numbers) + MAX_LENGTH * LEN(texts);
	for (size_t i = 0; i < LEN(texts); i++)
		room = size_add(room, texts[i].len);
	scratch->len = 0;
	if (scratch->cap < room)
		buf_more(scratch, room);

	char *to = scratch->ptr;
	memcpy(to, prev->bytes, sizeof prev->bytes);
	to += sizeof prev->bytes;
	*to++ = TRAIL_FORMAT;
	for (size_t i = 0; i < LEN(numbers); i++)
		to = put_number(to, numbers[i]);
	for (size_t i = 0; i < LEN(texts); i++)
		to = put_text(to, texts[i]);
	return sha256(str_of(scratch->ptr, (size_t)(to - scratch->ptr)));
}

static void add_text(Sha256State *st, Str s) {
	u8 length[4] = {(u8)(s.len >> 24), (u8)(s.len >> 16), (u8)(s.len >> 8), (u8)s.len};
	sha256_add(st, length, sizeof length);
	sha256_add(st, s.ptr, s.len);
}

Sha256 trail_person_digest(Str salt, Str month, Str name, Str address) {
	Sha256State st;
	sha256_start(&st);
	add_text(&st, salt);
	add_text(&st, month);
	add_text(&st, name);
	add_text(&st, address);
	return sha256_end(&st);
}

Str trail_value_digest(Arena *a, Str salt, bool is_after, Str value) {
	if (str_empty(value))
		return (Str){0};
	Sha256State st;
	sha256_start(&st);
	add_text(&st, salt);
	add_text(&st, is_after ? S("after") : S("before"));
	add_text(&st, value);
	Sha256 digest = sha256_end(&st);
	return hex(a, digest.bytes, sizeof digest.bytes);
}

/* ---- stored ---- */

void trail_changes_write(Arena *a, Buf *out, const TrailChange *changes, size_t n, const u8 (*salts)[TRAIL_SALT]) {
	JsonWriter w = {.out = out};
	jw_array(&w);
	for (size_t i = 0; i < n; i++) {
		TrailChange t = changes[i];
		jw_array(&w);
		jw_str(&w, str_c(t.field));
		if (t.personal) {
			Str salt = str_of((const char *)salts[i], TRAIL_SALT);
			t.before = trail_value_digest(a, salt, false, t.before);
			t.after = trail_value_digest(a, salt, true, t.after);
		}
		jw_str(&w, t.before);
		jw_str(&w, t.after);
		if (t.personal)
			jw_int(&w, 1);
		jw_array_end(&w);
	}
	jw_array_end(&w);
}

static bool read_change(Arena *a, JsonReader *r, TrailChange *t) {
	Str *texts[] = {NULL, &t->before, &t->after};
	for (size_t i = 0; i < LEN(texts); i++) {
		if (json_next(r) != JSON_STRING)
			return false;
		if (i == 0)
			t->field = str_z(a, json_text(r));
		else
			*texts[i] = str_dup(a, json_text(r));
	}
	JsonEvent next = json_next(r);
	if (next == JSON_NUMBER) {
		t->personal = t->erased = true;
		next = json_next(r);
	}
	return next == JSON_ARRAY_END;
}

bool trail_changes_read(Arena *a, Str stored, TrailChange **ret, size_t *n) {
	JsonReader *r = json_open_str(a, stored);
	size_t      cap = 0;
	*ret = NULL;
	*n = 0;
	json_set_max_token(r, stored.len + 1);
	if (json_next(r) != JSON_ARRAY)
		return false;
	JsonEvent next;
	while ((next = json_next(r)) == JSON_ARRAY)
		if (!read_change(a, r, ARENA_PUSH(a, *ret, *n, cap)))
			return false;
	return next == JSON_ARRAY_END && json_next(r) == JSON_END;
}
