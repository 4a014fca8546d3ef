/* comment_person.c: does a text that is to be published tell who somebody is? A careful guess that asks a person to look. */
#include "base/format.h"
#include "base/text.h"
#include "domain/consultation/consultation_inside.h"

static bool is_digit(char ch) { return ch >= '0' && ch <= '9'; }

static bool has_email(Arena *a, Str s) {
	Str word;
	for (Str rest = text_clean(a, s); rest.len;) {
		word = str_cut(&rest, ' ');
		while (word.len && strchr(".,;:()<>\"", word.ptr[word.len - 1]))
			word.len--;
		while (word.len && strchr("(<\"", word.ptr[0]))
			word = str_from(word, 1);
		if (email_plausible(word))
			return true;
	}
	return false;
}

static bool is_amount(Str after) {
	after = str_trim(after);
	return str_starts(after, S("Kč")) || str_starts(after, S("korun")) || str_starts(after, S("mil"));
}

/* Nine digits in a row, blanks and dashes between them: a telephone, unless it is money; six, a slash and three or four: a birth number. */
static bool has_number(Str s) {
	enum { PHONE = 9 };
	for (size_t i = 0; i < s.len; i++) {
		size_t digits = 0, at = i, slash = 0;
		if (!is_digit(s.ptr[i]) || (i && is_digit(s.ptr[i - 1])))
			continue;
		for (; at < s.len; at++) {
			if (is_digit(s.ptr[at]))
				digits++;
			else if (s.ptr[at] == '/' && digits == 6)
				slash = digits;
			else if (!(s.ptr[at] == ' ' || s.ptr[at] == '-') || at + 1 >= s.len || !is_digit(s.ptr[at + 1]))
				break;
		}
		bool is_phone = !slash && (digits == PHONE || (digits == PHONE + 3 && str_starts(str_from(s, i), S("420"))));
		if ((slash && (digits == 9 || digits == 10)) || (is_phone && !is_amount(str_from(s, at))))
			return true;
	}
	return false;
}

static bool has_name(Arena *a, const Comment *k, Str s) {
	Str name = text_fold(a, k->author_name);
	return !k->consent && str_eq(k->author_kind, S("citizen")) && name.len >= 5 && str_has(text_fold(a, text_clean(a, s)), name);
}

bool comment_tells_person(Arena *a, const Comment *k) {
	bool covered = k->redacted_text.len > 0;
	Str  shown[] = {comment_public_text(k), covered ? (Str){0} : k->proposal, covered ? (Str){0} : k->justification, k->reasoning};
	for (size_t i = 0; i < LEN(shown); i++)
		if (has_email(a, shown[i]) || has_number(shown[i]) || has_name(a, k, shown[i]))
			return true;
	return false;
}
