/* print_sample_page.c: /_ui/pdf, for developers and for the tests of "Stáhnout PDF". */
#include "domain/site/print_sample.html.h"
#include "domain/site/site_page.h"
#include "web/print.h"

static PrintDoc sample(Req *r) {
	CLEANUP(buf_free) Buf body = {0};
	view_print_sample(&body);
	return (PrintDoc){.title = S("Vzorový dokument"), .body = buf_take(&body, r->c->arena), .file_name = S("vzorovy-dokument.pdf"), .contents = true,
	                  .note = S("Pro vývojáře")};
}

Err page_print_sample(Req *r) {
	PrintDoc d = sample(r);
	return print_answer(r, &d, S("/_ui"));
}

Err page_print_sample_docx(Req *r) {
	PrintDoc d = sample(r);
	return docx_answer(r, &d);
}
