/* catalogue_inside.h: what the files of the catalogue's index share. */
#pragma once
#include "domain/register/catalogue.h"

/* ---- catalogue_build.c ---- */

MUST_USE Err catalogue_build(Ctx *c, Arena *a, Catalogue *ret);

/* ---- catalogue_index.c ---- */

/* How long a build may take for a reader to wait for the next one; tests choose 0. */
void catalogue_build_aside_after(int ms);

/* ---- catalogue_words.c: the dictionary while it is being made ---- */

typedef struct WordsDraft WordsDraft;
WordsDraft *words_start(void);
/* The folded words of a text belong to service `n`; services come in rising order. */
void        words_add(WordsDraft *d, u32 n, Str text);
/* Moves the dictionary into the index; the draft is gone. */
void        words_end(WordsDraft *d, Arena *a, Catalogue *k);
void        words_drop(WordsDraft *d);

/* Where an id is looked for first in k->by_id. */
size_t catalogue_id_slot(const Catalogue *k, Id id);
u64 *set_new(Arena *a, const Catalogue *k);
static inline void set_add(u64 *set, size_t n) { set[n / 64] |= (u64)1 << (n % 64); }
