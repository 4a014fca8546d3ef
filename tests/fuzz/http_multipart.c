/* Names and fields are clean text, content is a part of the body, and it does not matter how the body is cut into pieces. The
 * first byte says where to cut. */
#include "http/decode.h"
#include "http/multipart.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

#define TYPE "multipart/form-data; boundary=b"

static bool read_pieces(Arena *a, Str body, size_t piece, Multipart *m) {
	*m = (Multipart){.arena = a, .limit = 20, .files = true};
	CHECK(multipart_start(m, S(TYPE)));
	for (; body.len; body = str_from(body, piece))
		if (multipart_add(m, str_first(body, piece)) != OK)
			return false;
	return multipart_end(m) == OK;
}

static void check_form(const Multipart *m, Str body) {
	CHECK(m->fields.len + m->uploads.len <= 20);
	for (size_t i = 0; i < m->fields.len; i++)
		CHECK(http_is_clean(m->fields.at[i].name, false) && http_is_clean(m->fields.at[i].value, true) && str_has(body, m->fields.at[i].value));
	for (size_t i = 0; i < m->uploads.len; i++) {
		const Upload *u = &m->uploads.at[i];
		CHECK(http_is_clean(u->file_name, false) && http_is_clean(u->field, false) && http_is_clean(u->type, false));
		CHECK(u->fd == -1 && u->bytes.len == u->size && str_has(body, u->bytes));
	}
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	Arena a = {0};
	Multipart whole, cut, odd;
	if (size == 0)
		return 0;
	Str body = str_of((const char *)data + 1, size - 1);
	if (multipart_start(&(Multipart){.arena = &a}, body))
		CHECK(body.len >= 30);
	bool ok = read_pieces(&a, body, body.len + 1, &whole);
	CHECK(ok == read_pieces(&a, body, (size_t)data[0] + 1, &cut));
	if (ok) {
		check_form(&whole, body);
		CHECK(whole.fields.len == cut.fields.len && whole.uploads.len == cut.uploads.len);
		for (size_t i = 0; i < whole.fields.len; i++)
			CHECK(str_eq(whole.fields.at[i].value, cut.fields.at[i].value));
		for (size_t i = 0; i < whole.uploads.len; i++)
			CHECK(str_eq(whole.uploads.at[i].bytes, cut.uploads.at[i].bytes));
	} else {
		CHECK(!read_pieces(&a, body, 1, &odd));
	}
	arena_free(&a);
	return 0;
}
