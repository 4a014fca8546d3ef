/* The only file that sees ICU; what needs no ICU is in text_plain.c. */
#include "base/text.h"
#include "base/text_plain.h"

#include <pthread.h>
#include <unicode/ucol.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* ---- between UTF-8 and ICU ---- */

typedef struct Wide {
	UChar  *ptr;
	int32_t len;
} Wide;

enum { TEXT_MAX = 256 * 1024 * 1024 };       /* what ICU can count, with room for growth */

static Wide widen(Arena *a, Str s) {
	CHECK(s.len <= TEXT_MAX);
	Wide w = {NEW_ARRAY(a, UChar, s.len + 1), 0};
	UErrorCode e = U_ZERO_ERROR;
	if (s.len)
		u_strFromUTF8WithSub(w.ptr, (int32_t)s.len + 1, &w.len, s.ptr, (int32_t)s.len, 0xFFFD, NULL, &e);
	CHECK(U_SUCCESS(e));
	return w;
}

static Str narrow(Arena *a, Wide w) {
	size_t room = (size_t)w.len * 3 + 1;
	char *to = arena_alloc(a, room);
	int32_t len = 0;
	UErrorCode e = U_ZERO_ERROR;
	u_strToUTF8WithSub(to, (int32_t)room, &len, w.ptr, w.len, 0xFFFD, NULL, &e);
	CHECK(U_SUCCESS(e));
	return (Str){to, (size_t)len};
}

static Wide normalise(Arena *a, const UNormalizer2 *form, Wide w) {
	UErrorCode e = U_ZERO_ERROR;
	int32_t room = w.len + 16;
	Wide to = {NEW_ARRAY(a, UChar, room), 0};
	to.len = unorm2_normalize(form, w.ptr, w.len, to.ptr, room, &e);
	if (e == U_BUFFER_OVERFLOW_ERROR) {      /* now we know how much */
		e = U_ZERO_ERROR;
		room = to.len;
		to.ptr = NEW_ARRAY(a, UChar, room);
		to.len = unorm2_normalize(form, w.ptr, w.len, to.ptr, room, &e);
	}
	CHECK(U_SUCCESS(e));
	return to;
}

/* ---- order ---- */

static pthread_key_t  collator_key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void close_collator(void *c) {
	ucol_close(c);
}

static void make_key(void) {
	CHECK(pthread_key_create(&collator_key, close_collator) == 0);
}

/* One per thread: opening takes half a millisecond, and a collator must not be shared while it works. */
static UCollator *collator(void) {
	pthread_once(&once, make_key);
	UCollator *c = pthread_getspecific(collator_key);
	if (c)
		return c;
	UErrorCode e = U_ZERO_ERROR;
	c = ucol_open("cs_CZ", &e);
	CHECK(U_SUCCESS(e));
	ucol_setAttribute(c, UCOL_NORMALIZATION_MODE, UCOL_ON, &e);
	CHECK(U_SUCCESS(e));
	CHECK(pthread_setspecific(collator_key, c) == 0);
	return c;
}

Str text_sort_key(Arena *a, Str s) {
	Wide w = widen(a, s);
	u8 small[512];
	int32_t n = ucol_getSortKey(collator(), w.ptr, w.len, small, sizeof small);
	CHECK(n > 0);
	if ((size_t)n <= sizeof small)
		return str_dup(a, str_of((char *)small, (size_t)n - 1));     /* without the zero at the end */
	u8 *key = arena_alloc(a, (size_t)n);
	CHECK(ucol_getSortKey(collator(), w.ptr, w.len, key, n) == n);
	return (Str){(char *)key, (size_t)n - 1};
}

Str text_sort_version(Arena *a) {
	UVersionInfo v;
	char text[U_MAX_VERSION_STRING_LENGTH];
	ucol_getVersion(collator(), v);
	u_versionToString(v, text);
	return str_dup(a, str_c(text));
}

/* ---- folding ---- */

/* Nearly all of our text is of the letters that the table knows. */
static bool fold_by_table(Str s, char *to, size_t *len) {
	char *start = to;
	for (size_t pos = 0; pos < s.len;) {
		int n = text_fold_one(utf8_next(s, &pos), to);
		if (n < 0)
			return false;
		to += n;
	}
	*len = (size_t)(to - start);
	return true;
}

Str text_fold(Arena *a, Str s) {
	char *start = arena_alloc(a, s.len);
	size_t len;
	if (fold_by_table(s, start, &len))
		return (Str){start, len};
	UErrorCode e = U_ZERO_ERROR;
	const UNormalizer2 *case_fold = unorm2_getNFKCCasefoldInstance(&e), *apart = unorm2_getNFKDInstance(&e);
	CHECK(U_SUCCESS(e));
	Str marked = narrow(a, normalise(a, apart, normalise(a, case_fold, widen(a, s))));
	char *to = start = arena_alloc(a, marked.len);
	for (size_t pos = 0; pos < marked.len;) {
		u32 c = utf8_next(marked, &pos);
		if (u_charType((UChar32)c) == U_NON_SPACING_MARK)        /* on the letter before */
			continue;
		int n = text_fold_one(c, to);
		to += n >= 0 ? (size_t)n : utf8_put(to, c);
	}
	return (Str){start, (size_t)(to - start)};
}

/* ---- cleaning ---- */

static bool is_line_end(u32 c) {
	return c == '\n' || c == '\r' || c == '\v' || c == '\f' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static bool is_blank(u32 c) {
	return c == ' ' || c == '\t' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
}

static bool is_nothing(u32 c) {              /* arrives by copying, cannot be seen, breaks searching */
	return c == 0x200B || c == 0xFEFF;
}

static Str clean(Arena *a, Str s, bool lines) {
	char *start = arena_alloc(a, s.len * 3), *to = start;        /* a broken byte becomes three */
	bool blank = false, plain = true;
	size_t ends = 0;                         /* line ends that wait for the next visible character */
	for (size_t pos = 0; pos < s.len;) {
		u32 c = utf8_next(s, &pos);
		if (is_line_end(c)) {
			if (c == '\r' && pos < s.len && s.ptr[pos] == '\n')
				pos++;
			ends += lines;
			blank = true;
			continue;
		}
		if (is_blank(c)) {
			blank = true;
			continue;
		}
		if (is_nothing(c))
			continue;
		if (to > start && ends)
			to = (char *)memset(to, '\n', ends) + ends;
		else if (to > start && blank)
			*to++ = ' ';
		blank = false;
		ends = 0;
		plain &= c < 0x300;                  /* smaller ones are NFC as they stand */
		to += utf8_put(to, c);
	}
	Str cleaned = {start, (size_t)(to - start)};
	if (plain)
		return cleaned;
	UErrorCode e = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&e);
	CHECK(U_SUCCESS(e));
	return narrow(a, normalise(a, nfc, widen(a, cleaned)));
}

Str text_clean(Arena *a, Str s) {
	return clean(a, s, false);
}

Str text_clean_lines(Arena *a, Str s) {
	return clean(a, s, true);
}
