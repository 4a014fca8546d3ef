/* json_token.c: bytes of the source into a window, tokens out of it. */
#include "base/json_token.h"

#include "base/json_scan.h"

bool json_fail(JsonReader *r, const char *sentence) {
	if (r->state != AT_ERROR)                /* the first reason is the one */
		r->why = str_format(r->arena, "Řádek %llu, bajt %llu souboru JSON: %s", (unsigned long long)r->line,
		                    (unsigned long long)(r->before + r->pos + 1), sentence);
	r->state = AT_ERROR;
	return false;
}

/* ---- bytes ---- */

static bool json_fail_long(JsonReader *r) {
	return json_fail(r, "text nebo číslo je delší, než smí být. Zkraťte je.");
}

static void grow_window(JsonReader *r) {
	char *bigger = arena_alloc(r->arena, r->size * 2);
	memcpy(bigger, r->own, r->end);
	r->at = r->own = bigger;
	r->size *= 2;
}

bool json_refill(JsonReader *r) {
	if (r->is_last)
		return false;
	size_t kept = r->end - r->keep;
	if (kept > size_add(r->max_token, 2))
		return json_fail_long(r);
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
		return json_fail(r, "dál se soubor nepodařilo přečíst. Nahrajte ho znovu.");
	CHECK((size_t)n <= r->size - r->end);
	r->end += (size_t)n;
	r->is_last = n == 0;
	return n > 0;
}

/* ---- tokens ---- */

static bool read_hex4(JsonReader *r, u32 *ret) {
	*ret = 0;
	for (int i = 0; i < 4; i++, r->pos++) {
		int c = json_peek(r);
		u32 digit;
		if (c >= '0' && c <= '9')
			digit = (u32)(c - '0');
		else if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
			digit = (u32)((c | 32) - 'a') + 10;
		else
			return json_fail(r, "za \\u patří čtyři šestnáctkové číslice.");
		*ret = *ret << 4 | digit;
	}
	return true;
}

/* What follows a backslash; UTF-16 halves must come in pairs, or the text would not be UTF-8. */
static bool check_escape(JsonReader *r) {
	static const char pair[] = "za první polovinou znaku (\\ud800 až \\udbff) musí stát druhá (\\udc00 až \\udfff).";
	int c = json_peek(r);
	r->pos += c >= 0;
	if (c > 0 && strchr("\"\\/bfnrt", c))
		return true;
	if (c != 'u')
		return json_fail(r, "za zpětným lomítkem je neznámý znak. Samotné lomítko se píše \\\\.");
	u32 unit, second;
	if (!read_hex4(r, &unit))
		return false;
	if (unit == 0)
		return json_fail(r, "text obsahuje znak \\u0000. Odstraňte ho.");
	if (unit < 0xD800 || unit > 0xDFFF)
		return true;
	if (unit > 0xDBFF || json_peek(r) != '\\')
		return json_fail(r, pair);
	r->pos++;
	if (json_peek(r) != 'u')
		return json_fail(r, pair);
	r->pos++;
	if (!read_hex4(r, &second))
		return false;
	return second >= 0xDC00 && second <= 0xDFFF ? true : json_fail(r, pair);
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

bool json_read_string(JsonReader *r, bool keep, Str *ret) {
	bool high = false, escapes = false;
	r->keep = r->pos++;
	for (;;) {
		r->pos = json_plain(r->at, r->pos, r->end, &high);
		if (r->pos == r->end) {
			if (!json_refill(r))
				return json_fail(r, "text není ukončen uvozovkou. Soubor je nejspíš useknutý, nahrajte ho celý.");
		} else if (r->at[r->pos] == '"') {
			break;
		} else if (r->at[r->pos] == '\\') {
			escapes = true;
			r->pos++;
			if (!check_escape(r))
				return false;
		} else {
			return json_fail(r, "v textu je řídicí znak. Konec řádku se v JSON píše \\n, tabulátor \\t.");
		}
	}
	Str raw = {r->at + r->keep + 1, r->pos - r->keep - 1};
	if (raw.len > r->max_token)
		return json_fail_long(r);
	i64 bad = high ? json_utf8_bad(raw) : -1;
	if (bad >= 0) {
		r->pos = r->keep + 1 + (size_t)bad;
		return json_fail(r, "text není v kódování UTF-8. Uložte soubor znovu jako UTF-8.");
	}
	r->pos++;
	*ret = keep && escapes ? unescape(r, raw) : raw;
	return true;
}

static bool read_digits(JsonReader *r) {
	int c = json_peek(r);
	if (c < '0' || c > '9')
		return json_fail(r, "v čísle chybí číslice.");
	do
		r->pos++;
	while ((c = json_peek(r)) >= '0' && c <= '9');
	return true;
}

bool json_read_number(JsonReader *r, Str *ret) {
	r->keep = r->pos;
	if (r->at[r->pos] == '-')
		r->pos++;
	if (json_peek(r) == '0') {
		r->pos++;
		int c = json_peek(r);
		if (c >= '0' && c <= '9')
			return json_fail(r, "číslo nesmí začínat zbytečnou nulou. Je-li to kód, napište ho v uvozovkách.");
	} else if (!read_digits(r)) {
		return false;
	}
	if (json_peek(r) == '.') {
		r->pos++;
		if (!read_digits(r))
			return false;
	}
	if ((json_peek(r) | 32) == 'e') {
		r->pos++;
		int sign = json_peek(r);
		r->pos += sign == '+' || sign == '-';
		if (!read_digits(r))
			return false;
	}
	if (r->state == AT_ERROR)                /* the source broke */
		return false;
	*ret = (Str){r->at + r->keep, r->pos - r->keep};
	return ret->len <= r->max_token ? true : json_fail_long(r);
}

bool json_read_word(JsonReader *r, const char *word) {
	r->keep = r->pos;
	for (; *word; word++, r->pos++)
		if (json_peek(r) != (u8)*word)
			return json_fail(r, "neznámé slovo. Bez uvozovek smí stát jen číslo, true, false a null.");
	return true;
}
