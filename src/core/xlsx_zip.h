/* xlsx_zip.h: the zip around a workbook or document, from memory and never onto a disk. Limits of SECURITY § 6: the directory is judged before anything
 * is unpacked, and what is really unpacked is counted. */
#pragma once
#include "base/buf.h"

typedef struct Zip Zip;
typedef struct ZipPart ZipPart;

/* NULL with a Czech sentence in *why. `bytes` must live as long as the arena. */
Zip     *zip_open(Arena *a, Str bytes, const char **why);
/* Names are compared without regard to ASCII case, as spreadsheets do. */
bool     zip_has(const Zip *z, Str name);
/* NULL when it is not there or broken. Closed with the arena at the latest. */
ZipPart *zip_part_open(Zip *z, Str name);
/* How many bytes came, 0 at the end, -1 when the content is broken or too much: then zip_why says it. */
i64      zip_part_read(ZipPart *p, char *to, size_t size);
void     zip_part_close(ZipPart *p);
const char *zip_why(const Zip *z);
/* What a sentence of zip_open or zip_why is about, for readers of files that are no workbooks. */
typedef enum ZipTrouble { ZIP_BROKEN, ZIP_LOCKED, ZIP_LARGE, ZIP_MANY, ZIP_STRANGE } ZipTrouble;
ZipTrouble zip_trouble(const char *why);

/* ---- packing: the same parts give the same bytes on every machine and day ---- */

typedef struct ZipOut ZipOut;
/* Closed by zip_out_end, or with the arena. */
ZipOut *zip_out_begin(Arena *a, Buf *out);
void    zip_out_part(ZipOut *z, const char *name, Str bytes);
/* False when anything went wrong: memory, or 4 GB. */
bool    zip_out_end(ZipOut *z);
