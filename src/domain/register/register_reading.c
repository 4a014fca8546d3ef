/* register_reading.c: values of the register's JSON, as lenient as they should be. */
#include "domain/register/register_reading.h"

/* ---- failing ---- */

bool reading_broken(RegisterReader *r, const char *what, const char *should) {
	if (!r->why.len)
		r->why = str_format(r->arena, "%s: %s", what, should);
	return false;
}

/* The reader of JSON says line and byte itself. */
static bool broken_json(RegisterReader *r) {
	if (!r->why.len)
		r->why = str_dup(r->arena, json_why(r->json).len ? json_why(r->json) : S("Soubor není úplný."));
	return false;
}

JsonEvent reading_next(RegisterReader *r) {
	JsonEvent event = json_next(r->json);
	if (event == JSON_ERROR)
		broken_json(r);
	return event;
}

bool reading_skip(RegisterReader *r) {
	return json_skip(r->json) || broken_json(r);
}

/* ---- values ---- */

bool reading_key(RegisterReader *r, Str *key) {
	if (r->why.len || reading_next(r) != JSON_KEY)
		return false;
	*key = json_text(r->json);
	return true;
}

bool reading_object(RegisterReader *r, const char *what) {
	switch (reading_next(r)) {
	case JSON_OBJECT:
		return true;
	case JSON_NULL:
	case JSON_ERROR:
		return false;
	default:
		return reading_broken(r, what, "má být objekt nebo null.");
	}
}

bool reading_list(RegisterReader *r, const char *what) {
	switch (reading_next(r)) {
	case JSON_ARRAY:
		return true;
	case JSON_NULL:
	case JSON_ERROR:
		return false;
	default:
		return reading_broken(r, what, "má být seznam nebo null.");
	}
}

bool reading_item(RegisterReader *r, const char *what) {
	for (;;) {
		JsonEvent event = r->why.len ? JSON_ERROR : reading_next(r);
		if (event == JSON_OBJECT)
			return true;
		if (event == JSON_ARRAY_END || event == JSON_ERROR)
			return false;
		if (event != JSON_NULL)
			return reading_broken(r, what, "v seznamu mají být objekty.");
	}
}

Str reading_text(RegisterReader *r, const char *what) {
	switch (reading_next(r)) {
	case JSON_STRING:
	case JSON_NUMBER:
		return json_text(r->json);
	case JSON_NULL:
	case JSON_ERROR:
		return (Str){0};
	default:
		reading_broken(r, what, "má být text, číslo nebo null.");
		return (Str){0};
	}
}

Str reading_kept(RegisterReader *r, const char *what) {
	return str_dup(r->one, reading_text(r, what));
}

i64 reading_int(RegisterReader *r, const char *what) {
	i64 n = BLANK;
	switch (reading_next(r)) {
	case JSON_NUMBER:
		if (!json_int(r->json, &n))
			reading_broken(r, what, "má být celé číslo.");
		return n;
	case JSON_STRING:
		if (!str_to_int(str_trim(json_text(r->json)), &n))
			reading_broken(r, what, "má být celé číslo.");
		return n;
	case JSON_NULL:
	case JSON_ERROR:
		return BLANK;
	default:
		reading_broken(r, what, "má být celé číslo nebo null.");
		return BLANK;
	}
}

bool reading_truth(RegisterReader *r, const char *what) {
	i64 n = 0;
	switch (reading_next(r)) {
	case JSON_TRUE:
		return true;
	case JSON_NUMBER:
		if (!json_int(r->json, &n))
			reading_broken(r, what, "má být true, false, 0 nebo 1.");
		return n != 0;
	case JSON_FALSE:
	case JSON_NULL:
	case JSON_ERROR:
		return false;
	default:
		reading_broken(r, what, "má být true nebo false.");
		return false;
	}
}

Date reading_day(RegisterReader *r, const char *what) {
	Date d = {0};
	switch (reading_next(r)) {
	case JSON_STRING: {
		Str s = str_trim(json_text(r->json));
		if (s.len && (!date_read_iso(str_first(s, DATE_ISO_LEN), &d) || (s.len > DATE_ISO_LEN && s.ptr[DATE_ISO_LEN] != 'T')))
			reading_broken(r, what, str_z(r->arena, str_format(r->arena, "„%.*s“ není den. Den se zapisuje 2020-01-31.", STR_ARG(utf8_first(s, 40)))));
		return d;
	}
	case JSON_NULL:
	case JSON_ERROR:
		return d;
	default:
		reading_broken(r, what, "má být den jako text.");
		return d;
	}
}

Str reading_reference(RegisterReader *r, const char *what) {
	Str id = {0}, key;
	if (!reading_object(r, what))
		return id;
	while (reading_key(r, &key)) {
		if (IS(key, "id"))
			id = reading_kept(r, what);
		else
			reading_skip(r);
	}
	return id;
}
