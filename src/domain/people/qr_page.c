/* qr_page.c: the only file that sees libqrencode. */
#include "domain/people/qr_page.h"

#include <qrencode.h>

enum { QUIET = 4 };                          /* empty modules around, as the standard wants */

/* One path of squares; runs of a row are one rectangle. */
static void draw(Out *out, const QRcode *code) {
	int width = code->width;
	for (int y = 0; y < width; y++)
		for (int x = 0; x < width; x++) {
			int from = x;
			while (x < width && (code->data[y * width + x] & 1))
				x++;
			if (x > from)
				buf_format(out, "M%d %dh%dv1h-%dz", from + QUIET, y + QUIET, x - from, x - from);
		}
}

void view_qr(Out *out, Str text) {
	CLEANUP(arena_free) Arena a = {0};
	QRcode *code = QRcode_encodeString8bit(str_z(&a, text), 0, QR_ECLEVEL_M);
	if (!code)
		return;
	int size = code->width + 2 * QUIET;
	buf_format(out, "<svg class=\"qr\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"qr-popis\"><title id=\"qr-popis\">", size, size);
	html_lit(out, "Obrázek pro ověřovací aplikaci; totéž písmeny stojí pod ním</title>");
	buf_format(out, "<rect class=\"plate\" width=\"%d\" height=\"%d\"/><path d=\"", size, size);
	draw(out, code);
	html_lit(out, "\"/></svg>");
	QRcode_free(code);
}
