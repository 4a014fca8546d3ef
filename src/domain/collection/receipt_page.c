/* receipt_page.c: the print view of what is signed. It is made once, when it is submitted, and kept; later changes of the template touch no receipt. */
#include "domain/collection/receipt.h"
#include "domain/collection/receipt.html.h"

Str receipt_body(Ctx *c, const ReceiptPrint *p) {
	CLEANUP(buf_free) Buf body = {0};
	view_receipt_print(&body, p);
	return buf_take(&body, c->arena);
}
