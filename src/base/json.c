#include "base/json.h"
#include "base/json_keys.h"
#include "base/json_scan.h"

enum { WINDOW = 64 * 1024, DEPTH = 32, MAX_TOKEN = 1024 * 1024 };

typedef enum State {
	AT_START,                                /* before the one value of the document */
	AT_OPEN,                                 /* just after { or [ */
	AT_KEY,                                  /* after a key: the colon and a value come */
	AT_VALUE,                                /* after a value: a comma or an end comes */
	AT_END, AT_ERROR,
} State;

typedef struct Level {
	char   end;                              /* } or ] */
	u32    keys;
	size_t known;                            /* keys of outer objects */
} Level;

struct JsonReader {
	Arena     *arena;
	JsonSource source;
	void      *source_arg;
	const char *at;                          /* the window: bytes [0, end) are there, pos is the next one */
	char      *own;                          /* the same when it is ours; NULL for a text that is whole */
	size_t     size, pos, end, keep;         /* what lies from keep on survives a refill */
	u64        before, line;                 /* bytes before the window; lines before pos + 1 */
	bool       is_last;                      /* the source has no more */
	State      state;
	int        depth;
	Level      levels[DEPTH + 1];
	JsonKeys   keys;
	size_t     max_token;
	Str        text, why;
	char      *plain;                        /* the last text without its escapes */
	size_t     plain_size;
};

static JsonReader *open_reader(Arena *a) {
	JsonReader *r = NEW(a, JsonReader, .arena = a, .line = 1, .max_token = MAX_TOKEN);
	json_keys_start(&r->keys, a);
	return r;
}

JsonReader *json_open(Arena *a, JsonSource source, void *arg) {
	JsonReader *r = open_reader(a);
	r->source = source;
	r->source_arg = arg;
	r->size = WINDOW;
	r->at = r->own = arena_alloc(a, r->size);
	return r;
}

JsonReader *json_open_str(Arena *a, Str text) {
	JsonReader *r = open_reader(a);
	r->at = text.ptr;
	r->end = text.len;
	r->is_last = true;
	return r;
}

void json_set_max_token(JsonReader *r, size_t bytes) {
	r->max_token = bytes;
}

static bool fail(JsonReader *r, const char *sentence) {
	if (r->state != AT_ERROR)                /* the first reason is the one */
		r->why = str_format(r->arena, "Řádek %llu, bajt %llu souboru JSON: %s", (unsigned long long)r->line,
		                    (unsigned long long)(r->before + r->pos + 1), sentence);
	r->state = AT_ERROR;
	return false;
}

/* ---- bytes ---- */

static bool fail_long(JsonReader *r) {
	return fail(r, "text nebo číslo je delší, než smí být. Zkraťte je.");
}

static void grow_window(JsonReader *r) {
	char *bigger = arena_alloc(r->arena, r->size * 2);
	memcpy(bigger, r->own, r->end);
	r->at = r->own = bigger;
	r->size *= 2;
}

/* More bytes behind the window, when pos is at its end. False at the end of the source and after an error. */
static bool refill(JsonReader *r) {
	if (r->is_last)
		return false;
	size_t kept = r->end - r->keep;
	if (kept > size_add(r->max_token, 2))
		return fail_long(r);
	if (r->keep) {
		memmove(r->own, r->own + r->keep, kept);
		r->before += r->keep;
		r->pos -= r->keep;
		r->end = kept;
		r->keep = 0;
	}
	if (r->end == r->size)
		grow_window(r);
	i64 n = r->source(r->source_arg, r->own + r->end, r->size - r->end);
	if (n < 0)
		return fail(r, "dál se soubor nepodařilo přečíst. Nahrajte ho znovu.");
	CHECK((size_t)n <= r->size - r->end);
	r->end += (size_t)n;
	r->is_last = n == 0;
	return n > 0;
}

/* The next byte without taking it, -1 at the end. */
static inline int peek(JsonReader *r) {
	return r->pos < r->end || refill(r) ? (u8)r->at[r->pos] : -1;
}

/* The next byte that is not white space. */
static inline int peek_visible(JsonReader *r) {
	for (;;) {
		for (; r->pos < r->end; r->pos++) {
			u8 c = (u8)r->at[r->pos];
			if (c > ' ')
				return c;
			if (c == '\n')
				r->line++;
			else if (c != ' ' && c != '\t' && c != '\r')
				return c;
		}
		r->keep = r->pos;
		if (!refill(r))
			return -1;
	}
}

/* ---- tokens ---- */

static bool read_hex4(JsonReader *r, u32 *ret) {
	*ret = 0;
	for (int i = 0; i < 4; i++, r->pos++) {
		int c = peek(r);
		u32 digit;
		if (c >= '0' && c <= '9')
			digit = (u32)(c - '0');
		else if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
			digit = (u32)((c | 32) - 'a') + 10;
		else
			return fail(r, "za \\u patří čtyři šestnáctkové číslice.");
		*ret = *ret << 4 | digit;
	}
	return true;
}

/* What follows a backslash; UTF-16 halves must come in pairs, or the text would not be UTF-8. */
static bool check_escape(JsonReader *r) {
	static const char pair[] = "za první polovinou znaku (\\ud800 až \\udbff) musí stát druhá (\\udc00 až \\udfff).";
	int c = peek(r);
	r->pos += c >= 0;
	if (c > 0 && strchr("\"\\/bfnrt", c))
		return true;
	if (c != 'u')
		return fail(r, "za zpětným lomítkem je neznámý znak. Samotné lomítko se píše \\\\.");
	u32 unit, second;
	if (!read_hex4(r, &unit))
		return false;
	if (unit == 0)
		return fail(r, "text obsahuje znak \\u0000. Odstraňte ho.");
	if (unit < 0xD800 || unit > 0xDFFF)
		return true;
	if (unit > 0xDBFF || peek(r) != '\\')
		return fail(r, pair);
	r->pos++;
	if (peek(r) != 'u')
		return fail(r, pair);
	r->pos++;
	if (!read_hex4(r, &second))
		return false;
	return second >= 0xDC00 && second <= 0xDFFF ? true : fail(r, pair);
}

static u32 hex4(const char *p) {
	u32 n = 0;
	for (int i = 0; i < 4; i++)
		n = n << 4 | (u32)(p[i] <= '9' ? p[i] - '0' : (p[i] | 32) - 'a' + 10);
	return n;
}

/* The text meant by a raw one whose escapes were checked. It is never longer. */
static Str unescape(JsonReader *r, Str raw) {
	if (r->plain_size < raw.len) {
		r->plain_size = raw.len * 2;
		r->plain = arena_alloc(r->arena, r->plain_size);
	}
	char *to = r->plain;
	for (const char *p = raw.ptr, *end = p + raw.len; p < end;) {
		const char *back = memchr(p, '\\', (size_t)(end - p));
		to = mempcpy(to, p, (size_t)((back ? back : end) - p));
		if (!back)
			break;
		p = back + 2;
		switch (back[1]) {
		case 'b': *to++ = '\b'; break;
		case 'f': *to++ = '\f'; break;
		case 'n': *to++ = '\n'; break;
		case 'r': *to++ = '\r'; break;
		case 't': *to++ = '\t'; break;
		case 'u': {
			u32 cp = hex4(p);
			p += 4;
			if (cp >= 0xD800 && cp <= 0xDBFF) {
				cp = 0x10000 + ((cp - 0xD800) << 10) + (hex4(p + 2) - 0xDC00);
				p += 6;
			}
			to += utf8_put(to, cp);
			break;
		}
		default: *to++ = back[1];
		}
	}
	return (Str){r->plain, (size_t)(to - r->plain)};
}

/* A string whose quote is next: its text, without escapes when `keep`. */
static bool read_string(JsonReader *r, bool keep, Str *ret) {
	bool high = false, escapes = false;
	r->keep = r->pos++;
	for (;;) {
		r->pos = json_plain(r->at, r->pos, r->end, &high);
		if (r->pos == r->end) {
			if (!refill(r))
				return fail(r, "text není ukončen uvozovkou. Soubor je nejspíš useknutý, nahrajte ho celý.");
		} else if (r->at[r->pos] == '"') {
			break;
		} else if (r->at[r->pos] == '\\') {
			escapes = true;
			r->pos++;
			if (!check_escape(r))
				return false;
		} else {
			return fail(r, "v textu je řídicí znak. Konec řádku se v JSON píše \\n, tabulátor \\t.");
		}
	}
	Str raw = {r->at + r->keep + 1, r->pos - r->keep - 1};
	if (raw.len > r->max_token)
		return fail_long(r);
	i64 bad = high ? json_utf8_bad(raw) : -1;
	if (bad >= 0) {
		r->pos = r->keep + 1 + (size_t)bad;
		return fail(r, "text není v kódování UTF-8. Uložte soubor znovu jako UTF-8.");
	}
	r->pos++;
	*ret = keep && escapes ? unescape(r, raw) : raw;
	return true;
}

static bool read_digits(JsonReader *r) {
	int c = peek(r);
	if (c < '0' || c > '9')
		return fail(r, "v čísle chybí číslice.");
	do
		r->pos++;
	while ((c = peek(r)) >= '0' && c <= '9');
	return true;
}

static bool read_number(JsonReader *r, Str *ret) {
	r->keep = r->pos;
	if (r->at[r->pos] == '-')
		r->pos++;
	if (peek(r) == '0') {
		r->pos++;
		int c = peek(r);
		if (c >= '0' && c <= '9')
			return fail(r, "číslo nesmí začínat zbytečnou nulou. Je-li to kód, napište ho v uvozovkách.");
	} else if (!read_digits(r)) {
		return false;
	}
	if (peek(r) == '.') {
		r->pos++;
		if (!read_digits(r))
			return false;
	}
	if ((peek(r) | 32) == 'e') {
		r->pos++;
		int sign = peek(r);
		r->pos += sign == '+' || sign == '-';
		if (!read_digits(r))
			return false;
	}
	if (r->state == AT_ERROR)                /* the source broke */
		return false;
	*ret = (Str){r->at + r->keep, r->pos - r->keep};
	return ret->len <= r->max_token ? true : fail_long(r);
}

static bool read_word(JsonReader *r, const char *word) {
	r->keep = r->pos;
	for (; *word; word++, r->pos++)
		if (peek(r) != (u8)*word)
			return fail(r, "neznámé slovo. Bez uvozovek smí stát jen číslo, true, false a null.");
	return true;
}

/* ---- events ---- */

static JsonEvent open_level(JsonReader *r, char end) {
	if (r->depth == DEPTH)
		return fail(r, "objekty a pole jsou do sebe vnořeny víc než 32krát."), JSON_ERROR;
	r->pos++;
	r->levels[++r->depth] = (Level){.end = end, .known = r->keys.len};
	r->state = AT_OPEN;
	return end == '}' ? JSON_OBJECT : JSON_ARRAY;
}

static JsonEvent close_level(JsonReader *r) {
	r->pos++;
	char end = r->levels[r->depth].end;
	json_keys_drop(&r->keys, r->levels[r->depth].known);
	r->depth--;
	r->state = AT_VALUE;
	return end == '}' ? JSON_OBJECT_END : JSON_ARRAY_END;
}

static JsonEvent read_value(JsonReader *r, int c, bool keep) {
	JsonEvent event;
	bool ok;
	switch (c) {
	case '{': return open_level(r, '}');
	case '[': return open_level(r, ']');
	case '"': event = JSON_STRING, ok = read_string(r, keep, &r->text); break;
	case 't': event = JSON_TRUE, ok = read_word(r, "true"); break;
	case 'f': event = JSON_FALSE, ok = read_word(r, "false"); break;
	case 'n': event = JSON_NULL, ok = read_word(r, "null"); break;
	case '-': case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7': case '8': case '9':
		event = JSON_NUMBER, ok = read_number(r, &r->text);
		break;
	default:
		return fail(r, "tady má stát hodnota: text v uvozovkách, číslo, objekt, pole, true, false nebo null."), JSON_ERROR;
	}
	if (!ok)
		return JSON_ERROR;
	r->state = AT_VALUE;
	return event;
}

static JsonEvent read_key(JsonReader *r, int c) {
	Level *level = &r->levels[r->depth];
	Str key;
	if (c != '"')
		return fail(r, "tady má stát název vlastnosti v uvozovkách."), JSON_ERROR;
	if (!read_string(r, true, &key))
		return JSON_ERROR;
	if (++level->keys > JSON_KEYS_OBJECT)
		return fail(r, "objekt má víc než 4 096 vlastností."), JSON_ERROR;
	switch (json_keys_add(&r->keys, key, r->depth)) {
	case KEY_DOUBLE: return fail(r, "objekt má dvě vlastnosti téhož názvu. Jednu z nich odstraňte."), JSON_ERROR;
	case KEY_TOO_MANY: return fail(r, "názvy vlastností jsou dohromady příliš dlouhé."), JSON_ERROR;
	case KEY_NEW: break;
	}
	r->text = key;
	r->state = AT_KEY;
	return JSON_KEY;
}

static JsonEvent next_item(JsonReader *r, int c, bool keep) {
	return r->levels[r->depth].end == '}' ? read_key(r, c) : read_value(r, c, keep);
}

static JsonEvent after_value(JsonReader *r, int c, bool keep) {
	if (r->depth == 0) {
		if (c >= 0)
			return fail(r, "za koncem dokumentu ještě něco stojí. Odstraňte to."), JSON_ERROR;
		r->state = AT_END;
		return JSON_END;
	}
	if (c == r->levels[r->depth].end)
		return close_level(r);
	if (c == ',') {
		r->pos++;
		return next_item(r, peek_visible(r), keep);
	}
	if (c < 0)
		return fail(r, "soubor končí dřív, než má. Nahrajte ho celý."), JSON_ERROR;
	return fail(r, r->levels[r->depth].end == '}' ? "chybí čárka, nebo konec objektu }." : "chybí čárka, nebo konec pole ]."), JSON_ERROR;
}

static JsonEvent step(JsonReader *r, bool keep) {
	if (r->state == AT_START && peek(r) == 0xEF && read_word(r, "\xEF\xBB\xBF"))   /* the mark that Windows puts in front */
		r->keep = r->pos;
	int c = r->state == AT_ERROR ? -1 : peek_visible(r);
	switch (r->state) {
	case AT_ERROR: return JSON_ERROR;
	case AT_END: return JSON_END;
	case AT_START: return read_value(r, c, keep);
	case AT_OPEN: return c == r->levels[r->depth].end ? close_level(r) : next_item(r, c, keep);
	case AT_VALUE: return after_value(r, c, keep);
	case AT_KEY: break;
	}
	if (c != ':')
		return fail(r, "za názvem vlastnosti chybí dvojtečka."), JSON_ERROR;
	r->pos++;
	return read_value(r, peek_visible(r), keep);
}

JsonEvent json_next(JsonReader *r) {
	r->text = (Str){0};
	return step(r, true);
}

bool json_skip(JsonReader *r) {
	int depth = r->depth;
	r->text = (Str){0};
	if (r->state == AT_ERROR || r->state == AT_END)
		return false;
	bool in_array = depth > 0 && r->levels[depth].end == ']';
	CHECK(in_array || r->state == AT_KEY || r->state == AT_START);
	if (in_array && peek_visible(r) == ']')
		return false;
	do
		if (step(r, false) == JSON_ERROR)
			return false;
	while (r->depth > depth);
	r->text = (Str){0};
	return true;
}

Str json_text(const JsonReader *r) {
	return r->text;
}

bool json_int(const JsonReader *r, i64 *ret) {
	i64 n;
	if (!str_to_int(r->text, &n) || n == BLANK)
		return false;
	*ret = n;
	return true;
}

int json_depth(const JsonReader *r) {
	return r->depth;
}

Str json_why(const JsonReader *r) {
	return r->why;
}

u64 json_offset(const JsonReader *r) {
	return r->before + r->pos;
}

u64 json_line(const JsonReader *r) {
	return r->line;
}
