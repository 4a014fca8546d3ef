/* Any bytes are minified without reading beyond them; the result is never longer than what came, but for the comments that part words. */
#include "tools/assets/minify.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	Buf css = {0}, js = {0};
	minify_css((Str){(const char *)data, size}, &css);
	minify_js((Str){(const char *)data, size}, &js);
	CHECK(css.len <= size + 4 && js.len <= size);
	buf_free(&css);
	buf_free(&js);
	return 0;
}
