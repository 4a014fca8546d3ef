/* mandate_paper_page.c: the PDF of a mandate or amendment: made once by a job, then always the same file. */
#include "domain/library/paragraphs_page.h"
#include "domain/network/mandate_inside.h"
#include "domain/network/mandate_page.h"
#include "domain/network/mandate_print.html.h"
#include "web/print.h"

/* ---- making ---- */

static Err print_view(Ctx *c, const Mandate *m, const MandatePaper *p, PrintDoc *ret) {
	Paragraphs text;
	Str        why;
	CLEANUP(buf_free) Buf body = {0};
	if (paragraphs_read(c->arena, p->text, &text, &why) != OK)
		return fail(c, ERR_INTERNAL, NULL, "Text listiny nejde přečíst: %.*s", STR_ARG(why));
	view_mandate_print(&body, p->title, paragraphs_html(c->arena, &text, &(ParagraphsView){.shift = 1}), p->made_at);
	*ret = (PrintDoc){.title = p->title, .body = buf_take(&body, c->arena), .file_name = mandate_paper_file_name(c->arena, m, p->no),
	                  .note = str_format(c->arena, "Otisk textu SHA-256: %.*s", STR_ARG(p->text_sha256))};
	return OK;
}

Err job_mandate_pdf(Ctx *c, Job *job) {
	MandatePaper p;
	Mandate     *m;
	PrintDoc     doc;
	Id           id;
	CHECK(str_to_int(job->input, &id));
	TRY(mandate_paper_by_id(c, id, &p));
	if (p.pdf.file)
		return OK;
	TRY(mandate_stored(c, p.mandate, &m));
	TRY(print_view(c, m, &p, &doc));
	return print_make(c, job, &doc, mandate_paper_keep, id);
}

/* ---- the page ---- */

static Err answer(Req *r, const Mandate *m, const MandatePaper *p) {
	Str back = str_format(r->c->arena, "/povereni/%lld", (long long)m->head.id);
	crumb(r, S("Registr pověření"), S("/povereni"));
	crumb(r, m->service_name, back);
	return print_kept_answer(r, &(PrintDoc){.title = p->title, .file_name = mandate_paper_file_name(r->c->arena, m, p->no)}, &p->pdf, back);
}

Err page_mandate_pdf(Req *r) {
	Mandate     *m;
	MandatePaper p;
	Id           id;
	i64          no;
	TRY(arg_id(r, 0, &id));
	if (!str_to_int(arg(r, 1), &no) || no < 0)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Takovou listinu pověření nemá. Vyberte ji na stránce pověření.");
	TRY(mandate_public(r->c, id, &m));
	TRY(mandate_paper(r->c, id, no, &p));
	if (r->http->method == METHOD_POST)
		TRY(mandate_paper_ask(r->c, &p));
	return answer(r, m, &p);
}
