/* mail_message.c: what goes to the mail server, read back by a decoder of the test's own. */
#include "core/mail_message.h"
#include "tests/test.h"

/* ---- a reader written apart from the writer ---- */

static int digit(char ch) {
	return ch >= '0' && ch <= '9' ? ch - '0' : ch >= 'A' && ch <= 'F' ? ch - 'A' + 10 : -1;
}

static Str unquoted(Str s) {
	Buf out = {0};
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] != '=') {
			buf_char(&out, s.ptr[i]);
			continue;
		}
		EXPECT(i + 2 < s.len);
		if (s.ptr[i + 1] != '\r')
			buf_char(&out, (char)(digit(s.ptr[i + 1]) * 16 + digit(s.ptr[i + 2])));
		i += 2;
	}
	Str back = buf_take(&out, t_arena);
	buf_free(&out);
	return back;
}

static Str unbase64(Str s) {
	Buf out = {0};
	u32 v = 0;
	int bits = 0;
	for (size_t i = 0; i < s.len && s.ptr[i] != '='; i++) {
		char ch = s.ptr[i];
		int  n = ch >= 'A' && ch <= 'Z' ? ch - 'A' : ch >= 'a' && ch <= 'z' ? ch - 'a' + 26 : ch >= '0' && ch <= '9' ? ch - '0' + 52 : ch == '+' ? 62 : 63;
		v = v << 6 | (u32)n;
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			buf_char(&out, (char)(v >> bits & 255));
		}
	}
	Str back = buf_take(&out, t_arena);
	buf_free(&out);
	return back;
}

/* Encoded words side by side, folded or not, become one text; each of them is whole letters. */
static Str unworded(Str s) {
	Str back = {0};
	while (str_starts(s, S("=?UTF-8?B?"))) {
		i64 end = str_find(s, S("?="));
		EXPECT(end > 0 && end + 2 <= 75);
		Str word = unbase64(str_of(s.ptr + 10, (size_t)end - 10));
		EXPECT(utf8_valid(word));
		back = str_cat(t_arena, back, word);
		s = str_from(s, (size_t)end + 2);
		if (str_starts(s, S("\r\n =?")))
			s = str_from(s, 3);
	}
	EXPECT(s.len == 0 || back.len == 0);
	return s.len ? s : back;
}

static Str header_of(Str message, const char *name) {
	Str key = str_format(t_arena, "\r\n%s: ", name);
	i64 at = str_find(message, key);
	EXPECT(at >= 0);
	Str rest = str_from(message, (size_t)at + key.len);
	size_t end = 0;
	while (!(str_starts(str_from(rest, end), S("\r\n")) && !str_starts(str_from(rest, end), S("\r\n "))))
		end++;
	return str_first(rest, end);
}

static size_t longest_line(Str s) {
	size_t longest = 0;
	while (s.len) {
		i64 end = str_find(s, S("\r\n"));
		size_t n = end < 0 ? s.len : (size_t)end;
		longest = n > longest ? n : longest;
		s = str_from(s, n + 2);
	}
	return longest;
}

static Str letter(Str subject, Str body) {
	MailMessage m = {.from = S("sit@kraj.example.org"), .from_name = S("Síťovka – Ukázkový kraj, odbor sociálních věcí a zdravotnictví"), .to = S("jana@example.org"),
	                 .subject = subject, .body = body, .id = S("12.34@sit.example.org"), .leave = S("https://sit.example.org/odhlaseni-posty/abc"),
	                 .at = prague_instant(D(2026, 11, 22), 9 * 3600)};
	return mail_message(t_arena, &m);
}

/* ---- tests ---- */

TEST("mail message: Czech in headers and text comes back letter for letter, and no line is longer than 76") {
	Str subject = S("Žádost o vyjádření: příliš žluťoučký kůň úpěl ďábelské ódy, a to celé odpoledne ve Frýdlantě i v Novém Městě pod Smrkem 😀");
	Str body = S("Dobrý den,\n\nvěta se znaménkem = a s odkazem https://sit.example.org/app/zpravy/12?a=b&c=%C5%A1 na konci \n.tečka na začátku\n"
	             "jedno_dlouhé_slovo_bez_mezer_které_se_na_řádek_nevejde_a_musí_se_rozdělit_měkkým_koncem_řádku\n");
	Str m = letter(subject, body);
	EQ_STR(unworded(header_of(m, "Subject")), subject);
	i64 at = str_find(m, S("\r\n\r\n"));
	EQ_STR(str_replace(t_arena, unquoted(str_from(m, (size_t)at + 4)), S("\r\n"), S("\n")), body);
	EXPECT(longest_line(m) <= 76);
	for (size_t i = 0; i < m.len; i++)
		EXPECT((u8)m.ptr[i] < 127);
	EQ_TEXT(str_first(m, 37), "Date: Sun, 22 Nov 2026 08:00:00 +0000");
	EQ_TEXT(header_of(m, "To"), "<jana@example.org>");
	EQ_TEXT(header_of(m, "Message-ID"), "<12.34@sit.example.org>");
	EQ_TEXT(header_of(m, "Auto-Submitted"), "auto-generated");
	EQ_TEXT(header_of(m, "List-Unsubscribe"), "<https://sit.example.org/odhlaseni-posty/abc>");
	EQ_TEXT(header_of(m, "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
	Str from = header_of(m, "From");
	at = str_find(from, S("\r\n <sit@kraj.example.org>"));
	EXPECT(at > 0);
	EQ_TEXT(unworded(str_first(from, (size_t)at)), "Síťovka – Ukázkový kraj, odbor sociálních věcí a zdravotnictví");
}

TEST("mail message: letters of any length are parted between words of the header, never inside a letter") {
	for (size_t n = 1; n < 130; n++) {
		Buf b = {0};
		for (size_t i = 0; i < n; i++)
			buf_str(&b, i % 3 ? S("ž") : i % 2 ? S("😀") : S("a"));
		Str subject = buf_take(&b, t_arena);
		buf_free(&b);
		Str m = letter(subject, S("x"));
		EQ_STR(unworded(header_of(m, "Subject")), subject);
		EXPECT(longest_line(m) <= 76);
	}
}

TEST("mail message: nothing in a subject or a name begins a header of its own") {
	Str m = letter(S("Ahoj\r\nBcc: vsem@example.org\r\n\r\nTělo"), S("Bcc: x\r\n.\r\nQUIT\r\n"));
	EXPECT(!str_has(str_first(m, (size_t)str_find(m, S("\r\n\r\n"))), S("Bcc")));
	EXPECT(str_has(unworded(header_of(m, "Subject")), S("Bcc: vsem@example.org")));
	m = letter(S("=?UTF-8?B?QmNj?="), S("x"));
	EQ_TEXT(unworded(header_of(m, "Subject")), "=?UTF-8?B?QmNj?=");
	m = letter(S("Plain subject"), S("x"));
	EQ_TEXT(header_of(m, "Subject"), "Plain subject");
}

TEST("mail message: an address is one plain address") {
	static const char *const fine[] = {"a@b.cz", "jana.nova+sit@krajsky-urad.example.org", "o'neil@x.y"};
	static const char *const wrong[] = {"", "a", "@b.cz", "a@", "a@@b.cz", "a b@c.cz", "a@b.cz, c@d.cz", "<a@b.cz>", "\"a\"@b.cz", ".a@b.cz", "a.@b.cz",
	                                    "a..b@c.cz", "a@.cz", "a@b.", "č@b.cz", "a@b.cz\r\nRCPT TO:<x@y.cz>", "a@b_c.cz"};
	for (size_t i = 0; i < LEN(fine); i++)
		if (!mail_address_fine(str_c(fine[i])))
			test_fail(__FILE__, __LINE__, "refused: %s", fine[i]);
	for (size_t i = 0; i < LEN(wrong); i++)
		if (mail_address_fine(str_c(wrong[i])))
			test_fail(__FILE__, __LINE__, "taken: %s", wrong[i]);
}

