/* person_data.h: what the program holds about one person with an account, as rows of modules (.person_data): export, erasure and where the
 * law says that something stays. Article 15, 17 and 20 of GDPR. */
#pragma once
#include "base/json.h"
#include "core/ctx.h"

typedef struct PersonData {
	const char *key;                         /* "sessions": member of the JSON */
	const char *title;                       /* "Přihlášení" */
	const char *purpose;                     /* Czech: why it is held */
	/* One JSON value: an array of objects or an object; keys are Czech words without diacritics, values texts and numbers. */
	Err       (*export)(Ctx *c, Id account, JsonWriter *w);
	/* Inside a write transaction. Removes or makes anonymous what may go; *erased = how many rows. NULL = nothing can go. */
	Err       (*erase)(Ctx *c, Id account, i64 *erased);
	const char *exception;                   /* Czech: what stays and by which law; NULL = nothing stays */
	bool        last;                        /* others find the person by it (the address, the name): erased when they are done */
} PersonData;

/* Most rows need no more than SQL with the account as $1: one object of a query's texts under these names, and statements that forget. */
MUST_USE Err person_rows_export(Ctx *c, const Sql *sql, Id account, const char *const *names, size_t count, JsonWriter *w);
MUST_USE Err person_rows_erase(Ctx *c, const Sql *const *statements, size_t count, Id account, i64 *erased);

void person_data_setup(const PersonData *const *lists, const size_t *counts, size_t list_count);
const PersonData *person_data_at(size_t i);  /* NULL past the end */
/* Everything about an account as one JSON object. */
MUST_USE Err person_data_export(Ctx *c, Id account, JsonWriter *w);
/* Asks every row to erase; the trail gets a record with the reason of the Ctx and what stays. */
MUST_USE Err person_data_erase(Ctx *c, Id account, i64 *erased);
