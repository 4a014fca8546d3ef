/* table_parse.h: a table of somebody's file, parsed where nothing can be harmed, and the stream of cells that comes out of there.
 *
 * The parser runs in a child (core/child.h). What it writes is plain: a head, rows, an end; what reads it believes none of it. */
#pragma once
#include "base/err.h"
#include "core/child.h"
#include "core/xlsx_sheet.h"

enum { TABLE_MAX_FILE = 10 * 1024 * 1024, TABLE_MAX_STREAM = 128 * 1024 * 1024 };

typedef enum TableFormat { TABLE_CSV, TABLE_XLSX, TABLE_JSON } TableFormat;

/* Parse `bytes` and write the stream of it, refusals included. */
void table_parse(Str file_name, Str bytes, Buf *out);
/* The same in a child: its input is the length of the name (4 bytes), the name, the file. */
extern const ChildKind convert_table;

/* ---- the stream ---- */

typedef struct TableHead {
	TableFormat format;
	char        delimiter;                   /* of CSV */
	Str         encoding, sheet;             /* of CSV, of XLSX */
	Strs        columns;
} TableHead;

typedef enum StreamPart { STREAM_BROKEN, STREAM_HEAD, STREAM_ROW, STREAM_END } StreamPart;

/* Where the bytes come from: memory, or a file when they were many. */
typedef struct TableStream {
	Str   memory;
	int   fd;                                /* -1 = memory */
	u64   size, at;
	char *window;                            /* of the file */
	size_t window_len;
	u64   window_at;
	/* what was read last */
	TableHead head;
	i64   line, rows;
	Str   cells[TABLE_MAX_COLUMNS];
	u8    kinds[TABLE_MAX_COLUMNS];
	Err   err;                               /* of the end */
	Str   why;
} TableStream;

/* Texts of the head and the end lie in `kept`, those of a row in `row`. After STREAM_BROKEN or STREAM_END nothing more comes. */
StreamPart table_stream_next(TableStream *s, Arena *kept, Arena *row);
