/* seed_rows.h: what a new store gets from a CSV of the program (data/…), row by row in one transaction. */
#pragma once
#include "core/entity.h"

typedef Err (*SeedRow)(Ctx *c, const Strs *header, const Strs *cells, int number);
/* Every row of the file, numbered from 1. A file of the program that cannot be read is a fault of the program: it ends here. */
MUST_USE Err seed_rows(Ctx *c, const char *file, SeedRow each);
/* The cells whose column is a field of the entity, into a row of it; *other: the cell of the last column that is none, {0} without. */
MUST_USE Err seed_row_read(Ctx *c, const Entity *e, const Strs *header, const Strs *cells, void *row, Str *other);
