/* answer.c: how an answer leaves: the frame of a page, redirects, downloads, and the headers of everything. */
#include <stdarg.h>
#include <stdio.h>
#include <fcntl.h>
#include <unistd.h>

#include "web/inside.h"

void headers_of_every_answer(HttpRequest *r, HttpResponse *w) {
	http_set_header(r, w, "Content-Security-Policy",
	                S("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
	                  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; "
	                  "trusted-types 'none'"));
	http_set_header(r, w, "X-Content-Type-Options", S("nosniff"));
	http_set_header(r, w, "Referrer-Policy", S("same-origin"));
	http_set_header(r, w, "Cross-Origin-Opener-Policy", S("same-origin"));
	http_set_header(r, w, "Cross-Origin-Resource-Policy", S("same-origin"));
	http_set_header(r, w, "Permissions-Policy",
	                S("accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), "
	                  "payment=(), usb=()"));
	if (str_starts(web_options()->origin, S("https:")))
		http_set_header(r, w, "Strict-Transport-Security", S("max-age=63072000; includeSubDomains"));
}

void set_status(Req *r, int status) {
	r->res->status = status;
}

void send_as(Req *r, Str type, Str file_name) {
	http_set_header(r->http, r->res, "Content-Type", type);
	if (file_name.len)
		http_set_header(r->http, r->res, "Content-Disposition", http_attachment(r->c->arena, file_name));
}

void crumb(Req *r, Str label, Str href) {
	CHECK(r->crumb_count < (int)LEN(r->crumbs));
	r->crumbs[r->crumb_count++] = (Crumb){label, href};
}

Out *page(Req *r, Str title) {
	CHECK(!r->page_open);
	r->title = title;
	r->page_open = true;
	send_as(r, S("text/html; charset=utf-8"), (Str){0});
	frame_open(r);
	return r->out;
}

void page_close(Req *r) {
	if (r->page_open)
		frame_close(r);
	r->page_open = false;
}

/* Words of a visitor may be in it: of any length that a request has. */
PRINTF_LIKE(3, 0)
static char *formatted(Arena *a, size_t *len, const char *format, va_list ap) {
	va_list again;
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	CHECK(n >= 0);
	char *text = arena_alloc(a, (size_t)n + 1);
	*len = (size_t)n;
	vsnprintf(text, *len + 1, format, ap);
	return text;
}

Err redirect(Req *r, const char *format, ...) {
	va_list ap;
	size_t  n;
	va_start(ap, format);
	char *to = formatted(r->c->arena, &n, format, ap);
	va_end(ap);
	CHECK(to[0] == '/' && to[1] != '/');
	r->res->status = 303;
	http_set_header(r->http, r->res, "Location", str_of(to, n));
	return OK;
}

Err redirect_out(Req *r, Str address) {
	CHECK(str_starts(address, S("https://")) || str_starts(address, S("http://")));
	r->res->status = 303;
	http_set_header(r->http, r->res, "Location", address);
	return OK;
}

void notice(Req *r, const char *format, ...) {
	enum { LETTERS_MAX = 1000 };
	va_list ap;
	size_t  n;
	if (!r->session)
		return;
	va_start(ap, format);
	char *text = formatted(r->c->arena, &n, format, ap);
	va_end(ap);
	web_options()->auth->keep_notice(r->c, r->session, utf8_first(str_of(text, n), LETTERS_MAX));
}

JsonWriter json_page(Req *r) {
	send_as(r, S("application/json; charset=utf-8"), (Str){0});
	if (r->route->capability && strcmp(r->route->capability, ANYONE) == 0)
		http_set_header(r->http, r->res, "Access-Control-Allow-Origin", S("*"));
	return (JsonWriter){.out = r->out};
}

/* ---- downloads of any size ---- */

static bool spool(Buf *b, void *arg) {
	int    fd = *(int *)arg;
	size_t done = 0;
	while (done < b->len) {
		ssize_t n = write(fd, b->ptr + done, b->len - done);
		if (n < 0)
			return false;
		done += (size_t)n;
	}
	return true;
}

static void close_spool(void *arg) {
	int *fd = arg;
	if (*fd >= 0)
		close(*fd);
}

static void free_buf(void *arg) {
	buf_free(arg);
}

Err download_start(Req *r, Str type, Str file_name, Buf *out) {
	int *fd = NEW(r->c->arena, int, -1);
	*fd = open(P_tmpdir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (*fd < 0)
		return fail(r->c, ERR_STORAGE, NULL, "Soubor teď nelze připravit, na serveru chybí místo. Zkuste to později.");
	arena_defer(r->c->arena, close_spool, fd);
	*out = (Buf){.flush = spool, .flush_arg = fd, .flush_at = 64 * 1024};
	arena_defer(r->c->arena, free_buf, out);
	send_as(r, type, file_name);
	return OK;
}

Err download_end(Req *r, Buf *out) {
	int *fd = out->flush_arg;
	if (!buf_finish(out))
		return fail(r->c, ERR_STORAGE, NULL, "Soubor se nepodařilo připravit, na serveru došlo místo. Zkuste to později.");
	r->res->file = *fd;                          /* the server closes it now */
	r->res->file_size = out->flushed;
	*fd = -1;
	return OK;
}

Err send_file(Req *r, const StoredFile *f, bool checked) {
	int fd;
	TRY(files_open(r->c, f, checked, &fd));
	send_as(r, f->type, f->name);
	http_set_header(r->http, r->res, "Content-Security-Policy", S("sandbox; default-src 'none'"));
	r->res->file = fd;                           /* the server closes it */
	r->res->file_size = (u64)f->size;
	return OK;
}
