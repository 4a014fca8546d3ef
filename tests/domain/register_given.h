/* register_given.h: a store that knows code lists and the demo region, and files of the register made for a test. */
#pragma once
#include "domain/register/generate.h"
#include "domain/register/register_import.h"
#include "tests/support/store.h"
#include "tests/test.h"

/* The present is 2026-11-22, the actor the program. */
Ctx given_register_store(Db **db);
Ctx given_ctx(Db *db);

/* Of the demo region, as of the same day; `g` may be NULL. */
Str given_register_file(RegisterGenerateOptions o, RegisterGenerated *g);
/* An unlinked file with this text. */
int given_fd(Str text);

RegisterImport must_preview(Ctx *c, Str text);
RegisterImport must_import(Ctx *c, Str text);                  /* everything accepted */
/* ERR of a preview that must be refused; its sentence has `part`. */
void must_refuse(Ctx *c, Str text, Str accept_smaller, Err err, const char *part);
i64 count_of(Ctx *c, const char *sql);
/* One line per thing that is believed today: what it says, without ids. For comparing stores. */
Str register_state(Ctx *c);
