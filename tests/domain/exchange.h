/* exchange.h: helpers of the tests of files in and out. */
#pragma once
#include "core/exchange.h"
#include "tests/support/store.h"

/* Where previews keep their files; removed after the test. */
void given_files_folder(void);
Str  export_of(Ctx *c, const Entity *e, FileFormat f);
ImportPreview preview_of(Ctx *c, const Entity *e, const char *name, Str bytes);
/* A part of a workbook as it is written. */
Str  xlsx_part(Str xlsx, const char *name);
extern const FileFormat all_formats[4];
const char *format_name(FileFormat f);       /* a file name with the right suffix */
