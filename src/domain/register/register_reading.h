/* register_reading.h: what the files that read the register's JSON share: the reader, and values of the types that it should have. Each takes what
 * comes next; null is a blank, another type breaks the record, and after that nothing is read any more. */
#pragma once
#include "domain/register/register_record.h"

struct RegisterReader {
	Arena              *arena, *one;
	JsonReader         *json;
	const RegisterMaps *maps;
	RegisterRecord     *record;
	i64                 number;
	u64                 line, line_before;   /* line_before: lines of the document before a record that was cut out */
	bool                opened, is_alone, ended;
	Str                 why;
};

/* False; the first reason stays. */
bool      reading_broken(RegisterReader *r, const char *what, const char *should);
JsonEvent reading_next(RegisterReader *r);
/* Passes over the value that comes. */
bool      reading_skip(RegisterReader *r);
/* The next key of the open object; false at its end and after an error. */
bool      reading_key(RegisterReader *r, Str *key);
/* Opens the object that comes; false for null and after an error. */
bool      reading_object(RegisterReader *r, const char *what);
/* Opens the list that comes. */
bool      reading_list(RegisterReader *r, const char *what);
/* The next object of the open list; false at its end. A null among them is passed over. */
bool      reading_item(RegisterReader *r, const char *what);
/* As written, living until the next event; numbers too. */
Str       reading_text(RegisterReader *r, const char *what);
/* The same for the life of the record. */
Str       reading_kept(RegisterReader *r, const char *what);
i64       reading_int(RegisterReader *r, const char *what);
bool      reading_truth(RegisterReader *r, const char *what);
/* "2020-01-31", also with a time behind it. */
Date      reading_day(RegisterReader *r, const char *what);
/* {"id": "Obec/554499"}: the id; empty for null. */
Str       reading_reference(RegisterReader *r, const char *what);

static inline bool reading_is(Str s, const char *literal, size_t n) {
	return s.len == n && memcmp(s.ptr, literal, n) == 0;
}
#define IS(s, literal) reading_is((s), literal, sizeof(literal) - 1)

/* register_forms.c: the list of forms with their hours and capacities, into r->record. */
void      reading_forms(RegisterReader *r);
