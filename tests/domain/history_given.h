/* history_given.h: a dated entity with a field of each kind, for tests of history. */
#pragma once
#include "core/history.h"
#include "tests/support/store.h"
#include "tests/test.h"

#define PROBE_FIELDS(F, T) \
	F(T, name, text, "Název", .required = true, .sort = true, .search = true) \
	F(T, mark, text, "Značka", .unique = true) \
	F(T, amount, money, "Částka") \
	F(T, since, date, "Působí od") \
	F(T, open, bool, "Otevřeno") \
	F(T, kinds, codes, "Druhy", .codelist = "probe_kind")
ENTITY_STRUCT(Probe, PROBE_FIELDS)
extern const Entity probe_entity;

/* An empty store with the table of the entity, on 1 January 2024. */
Ctx    given_history_store(void);
/* One of five contents that differ in all kinds of fields. */
enum { CONTENTS = 5 };
Probe *history_content(Arena *a, int content);
Str    history_content_name(int content);
/* Which one a row has; it fails when it is none of them. */
int    history_content_of(const Probe *p);
