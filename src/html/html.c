#include "html/html.h"

#include "base/text.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* What a byte becomes in text and in quoted values; 0 = itself. */
static const Str escapes[256] = {
	['&'] = {"&amp;", 5}, ['<'] = {"&lt;", 4}, ['>'] = {"&gt;", 4}, ['"'] = {"&quot;", 6}, ['\''] = {"&#39;", 5},
};

#ifdef __SSE2__
/* A bit for each of sixteen bytes that must be escaped. */
static inline unsigned stops(const char *piece) {
	const __m128i amp = _mm_set1_epi8('&'), less = _mm_set1_epi8('<'), more = _mm_set1_epi8('>'), quote = _mm_set1_epi8('"'), single = _mm_set1_epi8('\'');
	__m128i x = _mm_loadu_si128((const __m128i *)(const void *)piece);
	__m128i stop = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(x, amp), _mm_cmpeq_epi8(x, quote)),
	                            _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(x, less), _mm_cmpeq_epi8(x, more)), _mm_cmpeq_epi8(x, single)));
	return (unsigned)_mm_movemask_epi8(stop);
}
#endif

/* Position of the next byte at or after `pos` that must be escaped, or the end. Sixteen at a time where the machine can, the last sixteen once more for the rest. */
static size_t plain_until(Str s, size_t pos) {
#ifdef __SSE2__
	for (; s.len - pos >= 16; pos += 16) {
		unsigned at = stops(s.ptr + pos);
		if (at)
			return pos + (size_t)__builtin_ctz(at);
	}
	if (s.len >= 16 && pos < s.len) {
		unsigned at = stops(s.ptr + s.len - 16) >> (16 - (s.len - pos));
		return at ? pos + (size_t)__builtin_ctz(at) : s.len;
	}
#endif
	while (pos < s.len && escapes[(u8)s.ptr[pos]].len == 0)
		pos++;
	return pos;
}

/* Most text holds nothing to escape: find the next byte that does and copy what is before it in one piece. */
void html_escape(Out *out, Str s) {
	size_t from = 0;
	for (size_t i; (i = plain_until(s, from)) < s.len; from = i + 1) {
		buf_put(out, s.ptr + from, i - from);
		buf_str(out, escapes[(u8)s.ptr[i]]);
	}
	if (s.len)
		buf_put(out, s.ptr + from, s.len - from);
}

/* Most text has no blank that must hold: then it is one piece. */
void html_put_str(Out *out, Str s) {
	size_t from = 0;
	for (size_t at; (at = text_next_hold(s, from)) < s.len; from = at + 1) {
		html_escape(out, (Str){s.ptr + from, at - from});
		buf_lit(out, "\u00a0");
	}
	if (s.len)
		html_escape(out, (Str){s.ptr + from, s.len - from});
}

void html_put_cstr(Out *out, const char *s) {
	html_put_str(out, str_c(s));
}

void html_escape_cstr(Out *out, const char *s) {
	html_escape(out, str_c(s));
}

void html_put_int(Out *out, i64 n) {
	if (n != BLANK)
		fmt_int(out, n);
}

void html_put_i32(Out *out, int n) {
	fmt_int(out, n);
}

void html_put_size(Out *out, size_t n) {
	CHECK(n <= INT64_MAX);
	fmt_int(out, (i64)n);
}

void html_put_money(Out *out, Money m) {
	if (m.halere != BLANK)
		fmt_money(out, m);
}

void html_put_fte(Out *out, Fte f) {
	if (f.hundredths != BLANK)
		fmt_fte(out, f);
}

void html_put_percent(Out *out, Percent p) {
	if (p.basis_points != BLANK)
		fmt_percent(out, p);
}

void html_put_date(Out *out, Date d) {
	if (!date_is(d))
		return;
	buf_lit(out, "<time datetime=\"");
	html_attr_date(out, d);
	buf_lit(out, "\">");
	fmt_date(out, d);
	buf_lit(out, "</time>");
}

void html_put_instant(Out *out, Instant t) {
	if (t.ms == 0)
		return;
	buf_lit(out, "<time datetime=\"");
	html_attr_instant(out, t);
	buf_lit(out, "\">");
	fmt_instant(out, t);
	buf_lit(out, "</time>");
}

void html_put_html(Out *out, Html h) {
	buf_str(out, h.markup);
}

/* ---- attributes: forms for machines ---- */

void html_attr_int(Out *out, i64 n) {
	if (n != BLANK)
		buf_int(out, n);
}

void html_attr_i32(Out *out, int n) {
	buf_int(out, n);
}

void html_attr_size(Out *out, size_t n) {
	CHECK(n <= INT64_MAX);
	buf_int(out, (i64)n);
}

void html_attr_date(Out *out, Date d) {
	char to[DATE_ISO_LEN];
	buf_str(out, date_iso(d, to));
}

void html_attr_instant(Out *out, Instant t) {
	char to[INSTANT_ISO_LEN];
	buf_str(out, instant_iso(t, to));
}

/* ---- addresses ---- */

static bool is_plain(u8 b) {
	return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '-' || b == '.' || b == '_' || b == '~';
}

static void put_percent(Out *out, u8 b) {
	static const char digits[] = "0123456789ABCDEF";
	buf_put(out, (const char[]){'%', digits[b >> 4], digits[b & 15]}, 3);
}

void html_url_str(Out *out, Str s) {
	for (size_t i = 0; i < s.len; i++) {
		u8 b = (u8)s.ptr[i];
		if (is_plain(b))
			buf_char(out, (char)b);
		else
			put_percent(out, b);
	}
}

void html_url_cstr(Out *out, const char *s) {
	html_url_str(out, str_c(s));
}

void html_url_int(Out *out, i64 n) {
	html_attr_int(out, n);
}

void html_url_i32(Out *out, int n) {
	buf_int(out, n);
}

void html_url_date(Out *out, Date d) {
	html_attr_date(out, d);
}

static bool starts_fold(Str s, Str with) {
	if (s.len < with.len)
		return false;
	for (size_t i = 0; i < with.len; i++)
		if ((s.ptr[i] >= 'A' && s.ptr[i] <= 'Z' ? s.ptr[i] + 32 : s.ptr[i]) != with.ptr[i])
			return false;
	return true;
}

/* A path of ours, or a scheme that only leads somewhere. Browsers drop control characters and read \ as /, so both are out. */
static bool is_address(Str s) {
	for (size_t i = 0; i < s.len; i++)
		if ((u8)s.ptr[i] < ' ' || s.ptr[i] == 0x7F || s.ptr[i] == '\\')
			return false;
	if (s.len && (s.ptr[0] == '?' || s.ptr[0] == '#'))
		return true;
	if (s.len && s.ptr[0] == '/')
		return s.len == 1 || s.ptr[1] != '/';
	return starts_fold(s, S("https://")) || starts_fold(s, S("http://")) || starts_fold(s, S("mailto:")) || starts_fold(s, S("tel:"));
}

void html_url_start_str(Out *out, Str s) {
	if (!is_address(s)) {
		buf_char(out, '#');
		return;
	}
	i64 blank;
	while ((blank = str_find_char(s, ' ')) >= 0) {           /* the only plain byte that an address cannot hold */
		html_escape(out, str_first(s, (size_t)blank));
		buf_lit(out, "%20");
		s = str_from(s, (size_t)blank + 1);
	}
	html_escape(out, s);
}

void html_url_start_cstr(Out *out, const char *s) {
	html_url_start_str(out, str_c(s));
}

/* ---- JSON island ---- */

/* Inside a JSON text < > & stand only in strings, where \u003c means the same and cannot end the script. */
void html_json_island(Out *out, Str json) {
	size_t from = 0;
	for (size_t i = 0; i < json.len; i++) {
		u8 b = (u8)json.ptr[i];
		size_t width = 1;
		const char *escape = b == '<' ? "\\u003c" : b == '>' ? "\\u003e" : b == '&' ? "\\u0026" : NULL;
		if (b == 0xE2 && json.len - i >= 3 && (u8)json.ptr[i + 1] == 0x80 && ((u8)json.ptr[i + 2] & 0xFE) == 0xA8) {
			escape = (u8)json.ptr[i + 2] == 0xA8 ? "\\u2028" : "\\u2029";
			width = 3;
		}
		if (!escape)
			continue;
		buf_put(out, json.ptr + from, i - from);
		buf_put(out, escape, 6);
		from = i + width;
		i += width - 1;
	}
	buf_str(out, str_from(json, from));
}
