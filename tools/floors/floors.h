/* floors.h: the check of the house rules that a compiler cannot see, as a library. docs: the tables in floors.c are the rules. */
#pragma once
#include "base/buf.h"

typedef struct Floors {
	Arena *arena;
	Str    root;                             /* put before each path that is printed: "src/" */
	Buf    out;                              /* "file:line: what is wrong; what to do", one per line */
	int    errors, warnings, files;
	Strs   seen_headers, seen_files;         /* libraries that one module may see, and which one did */
} Floors;

/* `path` is relative to the source folder: "domain/network/mandate.c". */
void floors_check(Floors *f, Str path, Str text);
