/* kept_pdf_page.c: waiting for a PDF that is made once. */
#include "domain/network/kept_pdf_page.h"

#include "core/files.h"
#include "web/print.h"
#include "web/print.html.h"

enum { REFRESH_SECONDS = 4 };

static PrintState state_of(const KeptPdf *k) {
	if (k->file)
		return PRINT_READY;
	if (str_eq(k->job_state, S("queued")) || str_eq(k->job_state, S("running")))
		return PRINT_WAITING;
	return k->job ? PRINT_FAILED : PRINT_NONE;
}

Err kept_pdf_show(Req *r, const KeptPdf *k) {
	PrintPage v = {.title = k->title, .back = k->back, .here = url_with(r, "priprava", (Str){0}), .refresh = url_with(r, "priprava", S("1")), .state = state_of(k),
	               .is_running = str_eq(k->job_state, S("running")), .is_awaited = query(r, "priprava").len > 0,
	               .why = k->job_note.len ? k->job_note : S("Vytváření bylo zastaveno dřív, než doběhlo. Zkuste to znovu.")};
	StoredFile f;
	v.csrf = csrf_token(r, v.here);
	if (k->file) {
		TRY(files_get(r->c, k->file, &f));
		v.kb = (f.size + 1023) / 1024;
	}
	if (v.state == PRINT_WAITING)
		http_set_header(r->http, r->res, "Refresh", str_format(r->c->arena, "%d; url=%.*s", REFRESH_SECONDS, STR_ARG(v.refresh)));
	if (v.state == PRINT_FAILED)
		v.is_awaited = true;
	if (v.state == PRINT_NONE)
		v.is_awaited = false;
	r->no_index = true;
	view_print_page(page(r, str_format(r->c->arena, "PDF: %.*s", STR_ARG(k->title))), &v);
	return OK;
}
