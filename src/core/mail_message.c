#include "core/mail_message.h"

#include <string.h>

enum { LINE_MAX_LEN = 76, WORD_BYTES = 45 };     /* 45 bytes are 60 characters of base64; with =?UTF-8?B?…?= the word has 72 of 75 */

/* What RFC 5321 allows without quotes, ASCII only: nothing that would mean something in a header or to a server. */
bool mail_address_fine(Str s) {
	i64 at = str_find_char(s, '@');
	if (at < 1 || at > 64 || s.len > 254 || str_find_char(str_from(s, (size_t)at + 1), '@') >= 0)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char ch = s.ptr[i];
		bool letter = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '-';
		bool dot = ch == '.' && i > 0 && i + 1 < s.len && s.ptr[i - 1] != '.' && s.ptr[i - 1] != '@' && s.ptr[i + 1] != '@';
		bool local = ch != 0 && i < (size_t)at && strchr("!#$%&'*+/=?^_`{|}~", ch) != NULL;
		if (!letter && !dot && !local && i != (size_t)at)
			return false;
	}
	return s.len > (size_t)at + 1;
}

/* ---- header values ---- */

static void put_base64(Buf *out, Str s) {
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < s.len; i += 3) {
		size_t n = s.len - i < 3 ? s.len - i : 3;
		u32    v = (u32)(u8)s.ptr[i] << 16 | (n > 1 ? (u32)(u8)s.ptr[i + 1] << 8 : 0) | (n > 2 ? (u32)(u8)s.ptr[i + 2] : 0);
		buf_char(out, letters[v >> 18]);
		buf_char(out, letters[v >> 12 & 63]);
		buf_char(out, n > 1 ? letters[v >> 6 & 63] : '=');
		buf_char(out, n > 2 ? letters[v & 63] : '=');
	}
}

/* Stands as it is: short, printable ASCII, and nobody takes it for an encoded word. */
static bool is_plain(Str s, size_t column) {
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < ' ' || s.ptr[i] > '~')
			return false;
	return column + s.len <= LINE_MAX_LEN && !str_has(s, S("=?"));
}

/* At most `most` bytes from the beginning of s, never half of a letter; where there are no letters, bytes. */
static size_t letters_of(Str s, size_t most) {
	if (s.len <= most)
		return s.len;
	for (size_t n = most; n + 4 > most; n--)
		if (((u8)s.ptr[n] & 0xC0) != 0x80)
			return n;
	return most;
}

/* The header's name, `column` characters, stands before the first word. */
static void put_words(Buf *out, Str s, size_t column) {
	size_t room = (LINE_MAX_LEN - 12 - column) / 4 * 3;
	while (s.len) {
		size_t n = letters_of(s, room);
		buf_lit(out, "=?UTF-8?B?");
		put_base64(out, str_first(s, n));
		buf_lit(out, "?=");
		s = str_from(s, n);
		if (s.len)
			buf_lit(out, "\r\n ");
		room = WORD_BYTES;
	}
}

void mail_put_header_text(Buf *out, Str s, size_t column) {
	if (is_plain(s, column))
		buf_str(out, s);
	else
		put_words(out, s, column);
}

/* ---- the text ---- */

static void put_soft(Buf *out, size_t *column, size_t n) {
	if (*column + n > LINE_MAX_LEN - 1) {            /* one is kept for the "=" */
		buf_lit(out, "=\r\n");
		*column = 0;
	}
	*column += n;
}

static bool ends_line(Str s, size_t i) {
	return i == s.len || s.ptr[i] == '\n' || (s.ptr[i] == '\r' && i + 1 < s.len && s.ptr[i + 1] == '\n');
}

void mail_put_quoted_printable(Buf *out, Str s) {
	size_t column = 0;
	for (size_t i = 0; i < s.len; i++) {
		u8   ch = (u8)s.ptr[i];
		bool blank = ch == ' ' || ch == '\t';
		if (i < s.len && ends_line(s, i)) {
			i += ch == '\r';
			buf_lit(out, "\r\n");
			column = 0;
		} else if ((ch > ' ' && ch <= '~' && ch != '=') || (blank && !ends_line(s, i + 1))) {
			put_soft(out, &column, 1);
			buf_char(out, (char)ch);
		} else {
			put_soft(out, &column, 3);
			buf_char(out, '=');
			buf_char(out, "0123456789ABCDEF"[ch >> 4]);
			buf_char(out, "0123456789ABCDEF"[ch & 15]);
		}
	}
	if (column)
		buf_lit(out, "\r\n");
}

/* ---- the whole ---- */

static void put_date(Buf *out, Instant t) {
	static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	i64  s = t.ms / 1000;
	int  year, month, day;
	Date d = date_add(date(1970, 1, 1), (int)(s / 86400));
	date_parts(d, &year, &month, &day);
	buf_format(out, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n", days[date_weekday(d) - 1], day, months[month - 1], year, (int)(s / 3600 % 24),
	           (int)(s / 60 % 60), (int)(s % 60));
}

/* A name in front of an address: atoms as they are, everything else as encoded words. */
static void put_name(Buf *out, Str name) {
	bool atoms = name.len <= 50;
	for (size_t i = 0; i < name.len && atoms; i++) {
		char ch = name.ptr[i];
		atoms = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || (ch == ' ' && i > 0 && i + 1 < name.len);
	}
	if (atoms)
		buf_str(out, name);
	else
		put_words(out, name, 6);
	if (name.len)
		buf_lit(out, "\r\n ");
}

Str mail_message(Arena *a, const MailMessage *m) {
	CLEANUP(buf_free) Buf out = {0};
	CHECK(mail_address_fine(m->from) && mail_address_fine(m->to));
	put_date(&out, m->at);
	buf_lit(&out, "From: ");
	put_name(&out, m->from_name);
	buf_format(&out, "<%.*s>\r\nTo: <%.*s>\r\nSubject: ", STR_ARG(m->from), STR_ARG(m->to));
	mail_put_header_text(&out, m->subject, 9);
	buf_format(&out, "\r\nMessage-ID: <%.*s>\r\n", STR_ARG(m->id));
	if (m->leave.len)
		buf_format(&out, "List-Unsubscribe: <%.*s>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", STR_ARG(m->leave));
	buf_lit(&out, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Language: cs\r\n"
	              "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
	mail_put_quoted_printable(&out, m->body);
	Str s = buf_take(&out, a);
	buf_free(&out);
	return s;
}
