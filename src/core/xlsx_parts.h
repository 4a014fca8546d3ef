/* xlsx_parts.h: what a workbook says outside of its sheets: relations, sheet names, which styles are dates, shared strings. Each is read by
 * XML events into a struct, so that it can be fed from anywhere. Pure. */
#pragma once
#include "base/buf.h"
#include "core/xlsx_xml.h"

enum { XLSX_MAX_STYLES = 65536, XLSX_MAX_STRINGS = 4 * 1024 * 1024, XLSX_MAX_STRING_BYTES = 64 * 1024 * 1024 };

/* ---- relations of a part ---- */

typedef struct Relation {
	Str id, type, target;                    /* type: the last word of its address, "worksheet" */
} Relation;
typedef struct Relations {
	Arena    *arena;
	Relation *at;
	size_t    len, cap;
} Relations;
XmlHandler  relations_handler(Relations *r);
const Relation *relation_by_id(const Relations *r, Str id);
const Relation *relation_by_type(const Relations *r, Str type);
/* Name of the part that `target` means when part `from` refers to it: "xl/workbook.xml" and "worksheets/sheet1.xml" give
 * "xl/worksheets/sheet1.xml". */
Str         relation_part(Arena *a, Str from, Str target);

/* ---- the workbook ---- */

typedef struct WorkbookSheet { Str name, relation; } WorkbookSheet;
typedef struct Workbook {
	Arena         *arena;
	WorkbookSheet *at;
	size_t         len, cap;
	bool           is_1904;
} Workbook;
XmlHandler workbook_handler(Workbook *w);

/* ---- styles ---- */

typedef struct DateFormat { i64 id; bool is_date; } DateFormat;
typedef struct Styles {
	Arena      *arena;
	DateFormat *formats;
	size_t      format_len, format_cap;
	bool       *is_date;                     /* by the number that cells carry */
	size_t      len, cap;
	bool        in_cells;
} Styles;
XmlHandler styles_handler(Styles *s);

/* ---- text of a string: runs joined, phonetic readings left out, escapes resolved ---- */

typedef struct RichText {
	Buf  text;
	int  skip;                               /* inside phonetic readings */
	bool in_text;
} RichText;
void rich_start(RichText *t, const char *name);
void rich_end(RichText *t, const char *name);
void rich_text(RichText *t, Str piece);

typedef struct SharedStrings {
	Arena   *arena;
	Buf      bytes;                          /* all texts, one after the other */
	u32     *ends;
	size_t   len, cap;
	RichText now;
	bool     too_much;
	Xml     *xml;                            /* to stop it */
} SharedStrings;
XmlHandler strings_handler(SharedStrings *s);
Str        shared_string(const SharedStrings *s, size_t i);
