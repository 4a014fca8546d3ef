#include "http/multipart.h"

#include "http/decode.h"
#include "base/spool.h"

enum {
	PART_HEAD = 8 * 1024,                    /* headers of one part */
	FIELD = 1024 * 1024,                     /* value of one field that is no file */
	FIELDS = 4 * 1024 * 1024,                /* all that is kept in memory */
	SMALL_FILE = 256 * 1024,
	SMALL_FILES = 1024 * 1024,               /* together; further ones are spooled however small */
	FILES = 20,
};

enum { FIRST, AFTER_DELIMITER, HEAD, CONTENT, END };

static Err fail(Multipart *m, Err e, const char *why) {
	m->why = why;
	return e;
}

static Err malformed(Multipart *m) {
	return fail(m, ERR_MALFORMED, "Odeslaný formulář je poškozený. Odešlete jej prosím znovu.");
}

/* ------------------------------------------------------------------ parameters */

/* One `name=value` or `name="value"` after a semicolon; leaves the rest. A quote ends at the next quote: browsers write %22
 * for one inside, and a backslash in a file name is only a backslash. */
static bool next_parameter(Str *rest, Str *name, Str *value) {
	Str s = str_trim(*rest);
	if (!str_starts(s, S(";")))
		return false;
	s = str_trim(str_from(s, 1));
	i64 equals = str_find_char(s, '=');
	if (equals < 1)
		return false;
	*name = str_first(s, (size_t)equals);
	s = str_from(s, (size_t)equals + 1);
	if (str_starts(s, S("\""))) {
		s = str_from(s, 1);
		i64 end = str_find_char(s, '"');
		if (end < 0)
			return false;
		*value = str_first(s, (size_t)end);
		*rest = str_trim(str_from(s, (size_t)end + 1));
		return rest->len == 0 || rest->ptr[0] == ';';
	}
	i64 end = str_find_char(s, ';');
	*value = str_trim(end < 0 ? s : str_first(s, (size_t)end));
	*rest = end < 0 ? (Str){0} : str_from(s, (size_t)end);
	return value->len > 0;
}

static bool is_boundary(Str s) {
	for (size_t i = 0; i < s.len; i++) {
		char c = http_lower(s.ptr[i]);
		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && (c == 0 || !strchr("'()+_,-./:=?", c)))
			return false;
	}
	return s.len >= 1 && s.len <= 70;
}

bool multipart_start(Multipart *m, Str content_type) {
	i64 semicolon = str_find_char(content_type, ';');
	if (semicolon < 0 || !http_same(str_trim(str_first(content_type, (size_t)semicolon)), S("multipart/form-data")))
		return false;
	Str rest = str_from(content_type, (size_t)semicolon), boundary = {0};
	while (rest.len) {
		Str name, value;
		if (!next_parameter(&rest, &name, &value))
			return false;
		if (!http_same(name, S("boundary")))
			continue;
		if (boundary.len)
			return false;
		boundary = value;
	}
	if (!is_boundary(boundary))
		return false;
	m->delimiter = str_cat(m->arena, S("\r\n--"), boundary);
	m->state = FIRST;
	return true;
}

/* --------------------------------------------------------------- head of a part */

/* name="…"; filename="…": text, with %22 read back as a quote. */
static bool read_name(Multipart *m, Str raw, Str *ret) {
	*ret = str_dup(m->arena, str_has(raw, S("%22")) ? str_replace(m->arena, raw, S("%22"), S("\"")) : raw);
	return http_is_clean(*ret, false);
}

static bool read_disposition(Multipart *m, Str value, bool *named) {
	if (*named || !http_same(str_first(value, 9), S("form-data")))
		return false;
	for (Str rest = str_from(value, 9); rest.len;) {
		Str name, raw;
		if (!next_parameter(&rest, &name, &raw))
			return false;
		if (http_same(name, S("name")) && !*named) {
			*named = true;
			if (!read_name(m, raw, &m->name))
				return false;
		} else if (http_same(name, S("filename")) && !m->is_file) {
			m->is_file = true;
			if (!read_name(m, raw, &m->file.file_name))
				return false;
		} else {
			return false;                    /* filename* among them: forms must not use it (RFC 7578 § 4.2) */
		}
	}
	return *named && m->name.len > 0;
}

static Err read_part_head(Multipart *m, Str head) {
	m->is_file = false;
	m->file = (Upload){.fd = -1};
	m->part_len = 0;
	bool named = false;
	while (head.len) {
		i64 end = str_find(head, S("\r\n"));
		Str value = end < 0 ? head : str_first(head, (size_t)end);
		head = end < 0 ? (Str){0} : str_from(head, (size_t)end + 2);
		if (!http_is_clean(value, false) || str_find_char(value, ':') < 1)
			return malformed(m);
		Str name = str_cut(&value, ':');
		value = str_trim(value);
		if (http_same(name, S("Content-Disposition"))) {
			if (!read_disposition(m, value, &named))
				return malformed(m);
		} else if (http_same(name, S("Content-Type"))) {
			m->file.type = str_dup(m->arena, value);
		} else if (http_same(name, S("Content-Transfer-Encoding"))) {
			return malformed(m);             /* forbidden in forms: we would store something else than was meant */
		}
	}
	if (!named)
		return malformed(m);
	if (++m->parts > m->limit)
		return fail(m, ERR_MALFORMED, "Formulář má příliš mnoho polí.");
	if (m->is_file && !m->files)
		return fail(m, ERR_MALFORMED, "Tento formulář nepřijímá soubory.");
	m->file.field = m->name;
	return OK;
}

/* -------------------------------------------------------------- content of a part */

static void keep(Multipart *m, Str bytes) {
	size_t need = size_add(m->part_len, bytes.len);
	if (need > m->part_cap) {
		size_t cap = m->part_cap ? m->part_cap : 1024;
		while (cap < need)
			cap = size_mul(cap, 2);
		char *bigger = arena_alloc(m->arena, cap);
		if (m->part_len)
			memcpy(bigger, m->part, m->part_len);
		m->part = bigger;
		m->part_cap = cap;
	}
	if (bytes.len)
		memcpy(m->part + m->part_len, bytes.ptr, bytes.len);
	m->part_len = need;
}

static Err spool(Multipart *m, Str bytes) {
	if (m->file.fd < 0)
		m->file.fd = spool_open(m->arena, m->folder);
	if (m->file.fd < 0 || !spool_write(m->file.fd, str_of(m->part, m->part_len)) || !spool_write(m->file.fd, bytes))
		return fail(m, ERR_STORAGE, "Soubor teď není kam uložit. Zkuste to prosím později.");
	m->part_len = 0;
	return OK;
}

static Err take_content(Multipart *m, Str bytes) {
	if (bytes.len == 0)
		return OK;
	size_t whole = size_add(m->part_len, bytes.len);
	if (!m->is_file) {
		if (whole > FIELD || m->in_memory + whole > FIELDS)
			return fail(m, ERR_TOO_LARGE, "Text ve formuláři je příliš dlouhý. Zkraťte jej nebo jej přiložte jako soubor.");
		keep(m, bytes);
		return OK;
	}
	m->file.size += bytes.len;
	if (m->folder.len && (m->file.fd >= 0 || whole > SMALL_FILE || m->in_memory + whole > SMALL_FILES))
		return spool(m, bytes);
	keep(m, bytes);
	return OK;
}

static Err end_part(Multipart *m) {
	Str content = str_dup(m->arena, str_of(m->part, m->part_len));
	m->in_memory += content.len;
	if (!m->is_file) {
		if (!http_is_clean(content, true))
			return fail(m, ERR_MALFORMED, "Text ve formuláři obsahuje znaky, které v něm být nesmějí.");
		*ARENA_PUSH(m->arena, m->fields.at, m->fields.len, m->fields.cap) = (Param){m->name, content};
		return OK;
	}
	if (m->file.size == 0 && m->file.file_name.len == 0)
		return OK;                           /* nobody chose a file */
	if (m->uploads.len >= FILES)
		return fail(m, ERR_MALFORMED, "Najednou lze poslat nejvýše 20 souborů.");
	if (m->file.fd < 0)
		m->file.bytes = content;
	else if (!spool_rewind(m->file.fd))
		return fail(m, ERR_STORAGE, "Soubor teď není kam uložit. Zkuste to prosím později.");
	*ARENA_PUSH(m->arena, m->uploads.at, m->uploads.len, m->uploads.cap) = m->file;
	return OK;
}

/* ------------------------------------------------------------------- the stream */

/* Each step understands something at the start of `s` and says in *used how much; 0 = needs more. */

static Err step_first(Multipart *m, Str s, size_t *used) {
	Str opening = str_from(m->delimiter, 2);     /* nothing stands before the first one, not even its line break */
	if (s.len < opening.len)
		return OK;
	if (!str_starts(s, opening))
		return malformed(m);
	*used = opening.len;
	m->state = AFTER_DELIMITER;
	return OK;
}

static Err step_after_delimiter(Multipart *m, Str s, size_t *used) {
	if (s.len < 2)
		return OK;
	if (str_starts(s, S("\r\n")))
		m->state = HEAD;
	else if (str_starts(s, S("--")))
		m->state = END;
	else
		return malformed(m);
	*used = 2;
	return OK;
}

static Err step_head(Multipart *m, Str s, size_t *used) {
	i64 end = str_find(s, S("\r\n\r\n"));
	if ((end < 0 ? s.len : (size_t)end) > PART_HEAD)
		return malformed(m);
	if (end < 0)
		return OK;
	*used = (size_t)end + 4;
	m->state = CONTENT;
	return read_part_head(m, str_first(s, (size_t)end));
}

static Err step_content(Multipart *m, Str s, size_t *used) {
	i64 end = str_find(s, m->delimiter);
	if (end >= 0) {
		*used = (size_t)end + m->delimiter.len;
		m->state = AFTER_DELIMITER;
		TRY(take_content(m, str_first(s, (size_t)end)));
		return end_part(m);
	}
	if (s.len >= m->delimiter.len)           /* the rest may be the beginning of a delimiter */
		*used = s.len - (m->delimiter.len - 1);
	return take_content(m, str_first(s, *used));
}

static Err step(Multipart *m, Str s, size_t *used) {
	switch (m->state) {
	case FIRST:
		return step_first(m, s, used);
	case AFTER_DELIMITER:
		return step_after_delimiter(m, s, used);
	case HEAD:
		return step_head(m, s, used);
	case CONTENT:
		return step_content(m, s, used);
	default:
		return str_starts(S("\r\n"), s) ? OK : malformed(m);      /* an end of line may follow, nothing else */
	}
}

static Err understand(Multipart *m) {
	size_t pos = 0;
	for (;;) {
		size_t used = 0;
		TRY(step(m, str_of(m->work + pos, m->len - pos), &used));
		if (used == 0)
			break;
		pos += used;
	}
	m->len -= pos;
	if (m->len && pos)
		memmove(m->work, m->work + pos, m->len);
	return OK;
}

Err multipart_add(Multipart *m, Str bytes) {
	enum { PIECE = 32 * 1024 };
	if (!m->work) {
		m->cap = PIECE + PART_HEAD + 128;    /* a head or the beginning of a delimiter is what can stay behind */
		m->work = arena_alloc(m->arena, m->cap);
	}
	while (bytes.len) {
		Str piece = str_first(bytes, PIECE);
		CHECK(m->len + piece.len <= m->cap);
		memcpy(m->work + m->len, piece.ptr, piece.len);
		m->len += piece.len;
		bytes = str_from(bytes, piece.len);
		TRY(understand(m));
	}
	return OK;
}

Err multipart_end(Multipart *m) {
	return m->state == END ? OK : malformed(m);
}

bool http_read_multipart(Arena *a, Str content_type, Str body, size_t limit, Params *fields, Uploads *files, const char **why) {
	Multipart m = {.arena = a, .limit = limit, .files = files != NULL};
	if (!multipart_start(&m, content_type)) {
		*why = "Odeslaný formulář je poškozený. Odešlete jej prosím znovu.";
		return false;
	}
	if (multipart_add(&m, body) != OK || multipart_end(&m) != OK) {
		*why = m.why;
		return false;
	}
	*fields = m.fields;
	if (files)
		*files = m.uploads;
	return true;
}
