/* print_sample_page.c: /_ui/pdf, for developers and for the tests of "Stáhnout PDF". */
#include "domain/site/print_sample.html.h"
#include "domain/site/site_page.h"
#include "web/print.h"

Err page_print_sample(Req *r) {
	CLEANUP(buf_free) Buf body = {0};
	view_print_sample(&body);
	PrintDoc d = {.title = S("Vzorový dokument"), .body = buf_take(&body, r->c->arena), .file_name = S("vzorovy-dokument.pdf"), .contents = true,
	              .note = S("Pro vývojáře")};
	return print_answer(r, &d, S("/_ui"));
}
