/* atom.h: feeds for readers (RFC 4287): open, entries the newest first, close. */
#pragma once
#include "web/web.h"

typedef struct AtomEntry {
	Str     id;                              /* stable for ever: "aktualita-12" */
	Str     title, summary, href;
	Instant published, updated;
	Str     category, category_label;
	Str     markup;                          /* HTML of the whole text */
} AtomEntry;

/* path: of the feed; page: what it belongs to. */
void atom_open(Req *r, Str path, Str page, Str title, Instant newest);
void atom_entry(Req *r, const AtomEntry *e);
void atom_close(Req *r);
