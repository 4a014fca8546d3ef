/* Any markup becomes a document whose XML is well-formed; print_walk judges it without harm. */
#include "core/doc_text.h"
#include "core/docx.h"
#include "core/print_inside.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

static void heading(void *arg, int level, Str id, Str words) {
	CHECK(arg && (level == 2 || level == 3) && id.len > 0 && words.len < 1000000);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	CLEANUP(arena_free) Arena a = {0};
	CLEANUP(buf_free) Buf docx = {0}, text = {0};
	Str   markup = str_of((const char *)data, size), why = {0};
	Docx *d = docx_begin(&a, &(DocxHead){.title = S("x"), .contents = true, .origin = S("https://x")});
	if (!print_walk(&a, markup, heading, &a, &why))
		CHECK(why.len > 0);
	docx_html(d, markup);
	CHECK(docx_end(d, &docx));
	docx_read(&a, buf_view(&docx), 1 << 20, &text);
	CHECK(text.ptr[0] == DOCX_FINE || text.ptr[0] == DOCX_CUT);
	return 0;
}
