/* resolution.h: what bodies of the region decided, under the numbers that they give: "616/23/ZK" is the 616th of 2023 of the assembly.
 *
 * A number is unique and agrees with the day of the decision. Whoever needs "by which resolution" stores the id. */
#pragma once
#include "core/files.h"
#include "domain/people/people.h"

#define RESOLUTION_FIELDS(F, T) \
	F(T, number, text, "Číslo", .required = true, .search = true, .unique = true, .list = 1, .max = 40, .hint = "Například 616/23/ZK.") \
	F(T, body, ref, "Orgán", .target = &organisation_entity, .required = true, .filter = true, .list = 2) \
	F(T, decided_on, date, "Den rozhodnutí", .required = true, .filter = true, .sort = true, .list = 3) \
	F(T, title, text, "Věc", .required = true, .search = true, .sort = true, .list = 4, .max = 300) \
	F(T, result, code, "Výsledek", .codelist = "resolution_result", .required = true, .filter = true, .list = 5) \
	F(T, text, longtext, "Znění", .search = true, .max = 20000) \
	F(T, file, int, "Soubor", .readonly = true, .help = "Číslo uloženého souboru.")
ENTITY_STRUCT(Resolution, RESOLUTION_FIELDS)
extern const Entity resolution_entity;

typedef struct ResolutionNumber { i64 no; int year; Str body; } ResolutionNumber;
/* " 616 / 23/zk" → 616, 2023, "ZK"; years of two digits belong to this century. False when it is no such number. */
bool resolution_number_read(Arena *a, Str typed, ResolutionNumber *ret);
/* "616/23/ZK" */
Str  resolution_number_text(Arena *a, const ResolutionNumber *n);

typedef struct ResolutionNew {
	Str  number, title, result, text;        /* result: code of resolution_result */
	Id   body;                               /* organisation of the kind body */
	Date decided_on;
	Str  file_name;
	const StoredFile *staged;                /* NULL = none */
} ResolutionNew;
/* Needs resolution.create. */
MUST_USE Err resolution_add(Ctx *c, const ResolutionNew *n, Id *ret);
/* Everybody may read resolutions. */
MUST_USE Err resolution_get(Ctx *c, Id id, Resolution *ret);
/* ERR_NOT_FOUND also when it is no number of a resolution. */
MUST_USE Err resolution_by_number(Ctx *c, Str number, Resolution *ret);
/* Needs resolution.update; the file stays unless a new one is given. */
MUST_USE Err resolution_change(Ctx *c, Resolution *r, Str file_name, const StoredFile *staged);

typedef struct ResolutionQuery {
	Id   body;                               /* 0 = any */
	int  year;                               /* 0 = any */
	Str  result, search;                     /* blank = any */
} ResolutionQuery;
typedef struct ResolutionRow { Resolution r; Str body; } ResolutionRow;      /* without the text */
typedef struct ResolutionRows { ResolutionRow *at; size_t len, cap; } ResolutionRows;
/* Newest first. */
MUST_USE Err resolutions_list(Ctx *c, ResolutionQuery q, ResolutionRows *ret);
/* Years in which anything was decided, newest first. */
typedef struct Years { int *at; size_t len, cap; } Years;
MUST_USE Err resolution_years(Ctx *c, Years *ret);
/* "/usneseni/616-23-ZK": the address by number; {0} when the text is no number of a resolution that is known. */
Str resolution_href(Arena *a, Str number);
Str resolution_link(Ctx *c, Str number);
