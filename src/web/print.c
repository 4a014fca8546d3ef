/* print.c: how a reader comes to a PDF. */
#include "web/print.h"

#include "base/log.h"
#include "core/docx.h"
#include "web/print.html.h"

#define AWAITED "priprava"
enum { REFRESH_SECONDS = 4 };

Err send_stored(Req *r, Id file, Str file_name) {
	StoredFile f;
	TRY(files_get(r->c, file, &f));
	f.name = file_name;
	return send_file(r, &f, true);
}

void send_bytes(Req *r, Str type, Str file_name, Str bytes) {
	send_as(r, type, file_name);
	http_set_header(r->http, r->res, "Content-Security-Policy", S("sandbox; default-src 'none'"));
	buf_str(r->out, bytes);
}

/* Of a PDF that is ready and was waited for: how large it is. */
static Err read_size(Req *r, Id file, i64 *kb) {
	StoredFile f;
	TRY(files_get(r->c, file, &f));
	*kb = (f.size + 1023) / 1024;
	return OK;
}

static bool is_awaited(Req *r) { return query(r, AWAITED).len > 0; }

static Err show(Req *r, const PrintDoc *d, const Printout *p, Str back, bool awaited) {
	PrintPage v = {.title = d->title, .back = back, .here = url_with(r, AWAITED, (Str){0}), .refresh = url_with(r, AWAITED, S("1")), .state = p->state,
	               .is_running = p->is_running, .is_awaited = awaited, .why = p->why};
	v.csrf = csrf_token(r, v.here);
	if (p->state == PRINT_READY)
		TRY(read_size(r, p->file, &v.kb));
	if (p->state == PRINT_WAITING)               /* with script or without: the browser itself asks again */
		http_set_header(r->http, r->res, "Refresh", str_format(r->c->arena, "%d; url=%.*s", REFRESH_SECONDS, STR_ARG(v.refresh)));
	r->no_index = true;
	view_print_page(page(r, str_format(r->c->arena, "PDF: %.*s", STR_ARG(d->title))), &v);
	return OK;
}

static Err ask(Req *r, const PrintDoc *d) {
	static const char *const fields[] = {"csrf", NULL};
	Printout p;
	TRY(form_only(r, fields));
	TRY(print_ask(r->c, d, url_with(r, AWAITED, S("1")), &p));
	return redirect(r, "%.*s", STR_ARG(url_with(r, AWAITED, p.state != PRINT_READY ? S("1") : (Str){0})));
}

Err print_answer(Req *r, const PrintDoc *d, Str back) {
	Printout p;
	if (r->http->method == METHOD_POST)
		return ask(r, d);
	TRY(print_find(r->c, d, &p));
	if (p.state == PRINT_READY && !is_awaited(r))
		return send_stored(r, p.file, d->file_name);
	return show(r, d, &p, back, is_awaited(r));
}

Err print_kept_answer(Req *r, const PrintDoc *d, const Printout *p, Str back) {
	if (r->http->method == METHOD_POST)
		return redirect(r, "%.*s", STR_ARG(url_with(r, AWAITED, S("1"))));
	if (p->state == PRINT_READY && !is_awaited(r))
		return send_stored(r, p->file, d->file_name);
	return show(r, d, p, back, p->state == PRINT_FAILED || (is_awaited(r) && p->state != PRINT_NONE));      /* its content never changes: there is only what failed */
}

Err docx_answer(Req *r, const PrintDoc *d) {
	Buf *out = NEW_ZERO(r->c->arena, Buf);
	Str  why = {0}, name = str_ends(d->file_name, S(".pdf")) ? str_first(d->file_name, d->file_name.len - 4) : d->file_name;
	TRY(download_start(r, S(DOCX_TYPE), str_cat(r->c->arena, name, S(".docx")), out));
	if (!docx_of_print(r->c, d, out, &why)) {
		log_line(LOGS_ERROR, "print", r->c->request, "no DOCX of \"%.*s\": %.*s", STR_ARG(d->title), STR_ARG(why));
		return fail(r->c, ERR_INTERNAL, NULL, "Dokument pro Word se nepodařilo vytvořit. Přečtěte si ho na stránce a ohlaste to prosím správci.");
	}
	http_set_header(r->http, r->res, "Content-Security-Policy", S("sandbox; default-src 'none'"));
	return download_end(r, out);
}
