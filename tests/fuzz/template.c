/* Any bytes are compiled to C and a header, or refused with the template's file and line; never both, never neither. */
#include "tools/template/template.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

static bool is_digit(char c) {
	return c >= '0' && c <= '9';
}

static void check_error(Str error) {
	CHECK(str_starts(error, S("src/x.html:")));
	Str rest = str_from(error, 11);
	CHECK(rest.len && is_digit(rest.ptr[0]));
	while (rest.len && is_digit(rest.ptr[0]))
		rest = str_from(rest, 1);
	CHECK(str_starts(rest, S(": ")) && rest.len > 10);
}

/* The generated C as a compiler sees it: braces outside of literals match, literals end on their line. */
static void check_code(Str code) {
	int depth = 0;
	for (size_t i = 0; i < code.len; i++) {
		char c = code.ptr[i];
		depth += c == '{' ? 1 : c == '}' ? -1 : 0;
		if (c == '/' && i + 1 < code.len && code.ptr[i + 1] == '*') {
			i64 end = str_find(str_from(code, i), S("*/"));
			CHECK(end > 0);
			i += (size_t)end + 1;
		} else if (c == '"' || c == '\'') {
			for (i++; i < code.len && code.ptr[i] != c; i++) {
				CHECK(code.ptr[i] != '\n');
				i += code.ptr[i] == '\\';
			}
			CHECK(i < code.len);
		}
	}
	CHECK(depth == 0);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	Arena a = {0};
	Buf c = {0}, h = {0};
	Str error = {0};
	bool ok = template_compile(&a, S("src/x.html"), (Str){(const char *)data, size}, &c, &h, &error);
	CHECK(ok == str_empty(error));
	if (ok)
		check_code(buf_view(&c));
	else
		check_error(error);
	arena_free(&a);
	buf_free(&c);
	buf_free(&h);
	return 0;
}
