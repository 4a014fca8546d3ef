#include "base/format.h"

/* ---- IČO ---- */

bool ico_valid(Str ico) {
	if (ico.len != 8)
		return false;
	int sum = 0;
	for (int i = 0; i < 8; i++) {
		if (ico.ptr[i] < '0' || ico.ptr[i] > '9')
			return false;
		if (i < 7)
			sum += (ico.ptr[i] - '0') * (8 - i);
	}
	return ico.ptr[7] - '0' == (11 - sum % 11) % 10;
}

Str ico_complete(Arena *a, Str typed) {
	char digits[8];
	size_t n = 0;
	for (size_t pos = 0; pos < typed.len;) {
		u32 c = utf8_next(typed, &pos);
		if (c == ' ' || c == '\t' || c == 0xA0 || c == 0x202F)
			continue;
		if (c < '0' || c > '9' || n == sizeof digits)
			return (Str){0};
		digits[n++] = (char)c;
	}
	if (n == 0)
		return (Str){0};
	char *ico = arena_alloc(a, 8);
	memset(ico, '0', 8);
	memcpy(ico + 8 - n, digits, n);
	return (Str){ico, 8};
}

/* ---- addresses ---- */

static bool is_letter(u32 c) {
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(u32 c) {
	return c >= '0' && c <= '9';
}

/* A domain name with at least two labels. With `czech`, letters such as č may stand in it. */
static bool host_plausible(Str host, bool czech) {
	size_t labels = 0;
	if (host.len > 253)
		return false;
	while (host.ptr) {
		Str label = str_cut(&host, '.');
		if (label.len == 0 || label.len > 63 || label.ptr[0] == '-' || label.ptr[label.len - 1] == '-')
			return false;
		for (size_t pos = 0; pos < label.len;) {
			u32 c = utf8_next(label, &pos);
			bool accented = czech && c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7;
			if (!is_letter(c) && !is_digit(c) && c != '-' && !accented)
				return false;
		}
		labels++;
		if (!host.ptr && !is_letter((u8)label.ptr[0]))           /* the last one is no number: not an IP address */
			return false;
	}
	return labels >= 2;
}

bool email_plausible(Str s) {
	if (s.len > 254)
		return false;
	i64 at = str_find_char(s, '@');
	if (at < 1 || at > 64)
		return false;
	for (i64 i = 0; i < at; i++) {
		char c = s.ptr[i];
		bool dot = c == '.' && i > 0 && i < at - 1 && s.ptr[i - 1] != '.';
		if (!is_letter((u8)c) && !is_digit((u8)c) && !dot && (c == '\0' || !strchr("!#$%&'*+/=?^_`{|}~-", c)))
			return false;
	}
	return host_plausible(str_from(s, (size_t)at + 1), false);
}

static bool cut_scheme(Str *s) {
	static const Str schemes[] = {{"https://", 8}, {"http://", 7}};
	for (size_t i = 0; i < LEN(schemes); i++)
		if (s->len > schemes[i].len && strncasecmp(s->ptr, schemes[i].ptr, schemes[i].len) == 0) {
			*s = str_from(*s, schemes[i].len);
			return true;
		}
	return false;
}

bool phone_plausible(Str s) {
	enum { DIGITS_MIN = 3, DIGITS_MAX = 30, LETTERS_MAX = 12 };
	size_t digits = 0, letters = 0;
	if (!utf8_valid(s))
		return false;
	for (size_t i = 0; i < s.len;) {
		u32 c = utf8_next(s, &i);
		if (c >= '0' && c <= '9')
			digits++;
		else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c < 0x180))
			letters++;
		else if (c != 0xA0 && (c >= 0x80 || !strchr("+()/-.,; ", (int)c) || !c))
			return false;
	}
	return digits >= DIGITS_MIN && digits <= DIGITS_MAX && letters <= LETTERS_MAX;
}

bool url_plausible(Str s) {
	if (s.len > 2048 || !utf8_valid(s) || !cut_scheme(&s))
		return false;
	for (size_t pos = 0; pos < s.len;) {
		u32 c = utf8_next(s, &pos);
		bool direction = (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
		if (c <= ' ' || (c >= 0x7F && c <= 0xA0) || direction || (c < 0x80 && strchr("\"<>\\^`{|}", (int)c)))
			return false;
	}
	size_t end = 0;
	while (end < s.len && !strchr("/?#", s.ptr[end]))
		end++;
	Str host = str_first(s, end);            /* a name before "@" would be refused here: such links deceive */
	i64 colon = str_find_char(host, ':');
	if (colon >= 0) {
		i64 port;
		Str digits = str_from(host, (size_t)colon + 1);
		if (digits.len == 0 || digits.len > 5 || !str_to_int(digits, &port) || port < 1 || port > 65535)
			return false;
		host = str_first(host, (size_t)colon);
	}
	return host_plausible(host, true);
}
