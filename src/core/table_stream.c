/* table_stream.c: what a child says about a table. Nothing is believed: every length, every kind, every text is looked at. */
#include "core/table_inside.h"
#include "core/table_parse.h"

#include <errno.h>
#include <unistd.h>

enum { WINDOW = 256 * 1024, MAX_TEXT = TABLE_MAX_CELL, MAX_WHY = 2000 };

/* Fills the window from `at`. False when the file ends before or cannot be read. */
static bool load(TableStream *s, size_t n) {
	size_t have = 0;
	s->window_at = s->at;
	s->window_len = 0;
	while (have < n) {
		ssize_t got = pread(s->fd, s->window + have, WINDOW - have, (off_t)(s->at + have));
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		have += (size_t)got;
	}
	s->window_len = have;
	return true;
}

/* The next n bytes, valid until the next call. */
static const char *take(TableStream *s, Arena *kept, size_t n) {
	if (n > s->size - s->at)
		return NULL;
	if (s->fd < 0) {
		s->at += n;
		return s->memory.ptr + s->at - n;
	}
	if (!s->window)
		s->window = arena_alloc(kept, WINDOW);
	if (n > WINDOW)
		return NULL;
	if ((s->at < s->window_at || s->at + n > s->window_at + s->window_len) && !load(s, n))
		return NULL;
	const char *p = s->window + (s->at - s->window_at);
	s->at += n;
	return p;
}

static bool take_number(TableStream *s, Arena *kept, size_t bytes, u64 *ret) {
	const char *p = take(s, kept, bytes);
	*ret = 0;
	if (p)
		memcpy(ret, p, bytes);
	return p != NULL;
}

static bool take_text(TableStream *s, Arena *kept, Arena *to, size_t most, Str *ret) {
	u64 len;
	if (!take_number(s, kept, 4, &len) || len > most)
		return false;
	const char *p = take(s, kept, len);
	if (!p || !utf8_valid(str_of(p, len)))
		return false;
	*ret = str_dup(to, str_of(p, len));
	return true;
}

static bool read_head(TableStream *s, Arena *kept) {
	u64 format, delimiter, columns;
	if (s->head.columns.len || !take_number(s, kept, 1, &format) || format > TABLE_JSON || !take_number(s, kept, 1, &delimiter))
		return false;
	if (format == TABLE_CSV ? delimiter != ';' && delimiter != ',' && delimiter != '\t' : delimiter != 0)
		return false;
	s->head.format = (TableFormat)format;
	s->head.delimiter = (char)delimiter;
	if (!take_text(s, kept, kept, 40, &s->head.encoding) || !take_text(s, kept, kept, MAX_TEXT, &s->head.sheet) || !take_number(s, kept, 2, &columns) || columns == 0 ||
	    columns > TABLE_MAX_COLUMNS)
		return false;
	for (size_t i = 0; i < columns; i++) {
		Str name;
		if (!take_text(s, kept, kept, MAX_TEXT, &name))
			return false;
		strs_add(kept, &s->head.columns, name);
	}
	return true;
}

static bool read_row(TableStream *s, Arena *kept, Arena *row) {
	u64 line, kind;
	if (!s->head.columns.len || !take_number(s, kept, 8, &line) || line > INT32_MAX || (i64)line <= s->line || ++s->rows > TABLE_MAX_ROWS + 1)
		return false;
	s->line = (i64)line;
	for (size_t i = 0; i < s->head.columns.len; i++) {
		if (!take_number(s, kept, 1, &kind) || kind > CELL_HAS_NO_VALUE || !take_text(s, kept, row, MAX_TEXT, &s->cells[i]))
			return false;
		s->kinds[i] = (u8)kind;
	}
	return true;
}

/* A refusal has a reason; only these are refusals of a file. */
static bool read_end(TableStream *s, Arena *kept) {
	u64 err;
	if (!take_number(s, kept, 1, &err) || !take_text(s, kept, kept, MAX_WHY, &s->why))
		return false;
	s->err = (Err)err;
	if (s->err == OK)
		return s->head.columns.len > 0;
	return (s->err == ERR_INVALID || s->err == ERR_TYPE || s->err == ERR_TOO_LARGE) && s->why.len > 0;
}

StreamPart table_stream_next(TableStream *s, Arena *kept, Arena *row) {
	u64 what;
	if (!take_number(s, kept, 1, &what))
		return STREAM_BROKEN;
	if (what == 'H')
		return read_head(s, kept) ? STREAM_HEAD : STREAM_BROKEN;
	if (what == 'R')
		return read_row(s, kept, row) ? STREAM_ROW : STREAM_BROKEN;
	return what == 'E' && read_end(s, kept) ? STREAM_END : STREAM_BROKEN;
}
