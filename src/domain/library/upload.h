/* upload.h: files that people put into the library: which kinds, how large, and that the bytes are what the name says. */
#pragma once
#include "core/files.h"
#include "core/settings.h"

#define UPLOAD_ACCEPT ".pdf,.docx,.xlsx,.csv,.png,.jpg,.jpeg"
enum { UPLOAD_MB_MOST = 50 };                    /* the route's bound; the setting may be lower */
#define UPLOAD_BODY ((u64)(UPLOAD_MB_MOST + 4) << 20)

#define UPLOAD_SETTINGS \
	{"library.upload_mb", "Největší soubor dokumentu", "Větší soubor se odmítne dřív, než se celý načte.", "20", SETTING_INT, 1, UPLOAD_MB_MOST, .unit = "MB", .group = "Dokumenty"}

/* The content becomes durable and *ret says what it is; no row yet. ERR_INVALID at `field`: empty, too large, of another kind. */
MUST_USE Err upload_stage(Ctx *c, const char *field, Str name, Str bytes, int fd, u64 size, StoredFile *ret);
/* "PDF, 2,4 MB" */
Str upload_words(Arena *a, const StoredFile *f);
