/* Any bytes are a document with words or are refused; and any XML inside of a sound package. */
#include "core/doc_text.h"
#include "core/xlsx_zip.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

enum { MOST = 4096 };

static void look(Arena *a, Str bytes, size_t most) {
	CLEANUP(buf_free) Buf out = {0};
	bool cut;
	docx_read(a, bytes, most, &out);
	CHECK(out.len >= 1 && out.len <= most + 1 && strchr("FCBLGX", out.ptr[0]) && out.ptr[0]);
	CHECK(out.len == 1 || out.ptr[0] == DOCX_FINE || out.ptr[0] == DOCX_CUT);
	Str clean = doc_text_clean(a, str_from(buf_view(&out), 1), 100, &cut);
	CHECK(utf8_valid(clean) && clean.len <= 100);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	static const char rels[] = "<R><Relationship Type=\"/officeDocument\" Target=\"d\"/></R>";
	CLEANUP(arena_free) Arena a = {0};
	CLEANUP(buf_free) Buf zip = {0};
	Str bytes = str_of((const char *)data, size);
	look(&a, bytes, MOST);
	ZipOut *z = zip_out_begin(&a, &zip);
	zip_out_part(z, "_rels/.rels", str_c(rels));
	zip_out_part(z, "d", bytes);
	CHECK(zip_out_end(z));
	look(&a, buf_view(&zip), MOST);
	return 0;
}
