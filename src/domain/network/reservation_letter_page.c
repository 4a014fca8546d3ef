/* reservation_letter_page.c: the PDF of the letter of a reservation: made once by a job, then always the same file. */
#include "domain/library/paragraphs_page.h"
#include "domain/network/reservation.html.h"
#include "domain/network/reservation_page.h"
#include "web/print.h"

Err job_reservation_pdf(Ctx *c, Job *job) {
	ReservationLetter p;
	Paragraphs        text;
	Id                id;
	Str               why;
	CLEANUP(buf_free) Buf body = {0};
	CHECK(str_to_int(job->input, &id));
	TRY(reservation_letter_by_id(c, id, &p));
	if (p.pdf.file)
		return OK;
	if (paragraphs_read(c->arena, p.text, &text, &why) != OK)
		return fail(c, ERR_INTERNAL, NULL, "Text dopisu nejde přečíst: %.*s", STR_ARG(why));
	view_reservation_letter_print(&body, p.title, paragraphs_html(c->arena, &text, &(ParagraphsView){.shift = 1}), p.made_at);
	PrintDoc doc = {.title = p.title, .body = buf_take(&body, c->arena), .file_name = reservation_letter_file_name(c->arena, &p),
	                .note = str_format(c->arena, "Otisk textu SHA-256: %.*s", STR_ARG(p.text_sha256))};
	return print_make(c, job, &doc, reservation_letter_keep, id);
}

/* The words of the letter as they were sent, for the page of the reservation; nothing when it is from before the program. */
Err reservation_letter_fill(Req *r, const Reservation *x, ReservationPage *v) {
	ReservationLetter p;
	Paragraphs        text;
	Str               why;
	TRY(reservation_letter_of(r->c, x->head.id, &p));
	if (!p.id || paragraphs_read(r->c->arena, p.text, &text, &why) != OK)
		return OK;
	v->letter_title = p.title;
	v->letter = paragraphs_html(r->c->arena, &text, &(ParagraphsView){.shift = 2});
	v->pdf_href = str_format(r->c->arena, "/app/sit/vyhrady/%lld/dopis", (long long)x->head.id);
	v->letter_note = p.pdf.file ? str_format(r->c->arena, "PDF má otisk SHA-256 %.*s.", STR_ARG(p.sha256)) : S("PDF se vytvoří jednou a pak se už nemění.");
	return OK;
}

Err page_reservation_letter(Req *r) {
	Reservation      *x;
	ReservationLetter p;
	TRY(reservation_of_address(r, &x));
	TRY(reservation_letter_of(r->c, x->head.id, &p));
	if (!p.id)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Výhrada je z doby před programem, její dopis tu není. Číslo jednací je na její stránce.");
	if (r->http->method == METHOD_POST)
		TRY(reservation_letter_ask(r->c, &p));
	Str back = str_format(r->c->arena, "/app/sit/vyhrady/%lld", (long long)x->head.id);
	crumb(r, S("Výhrady"), S("/app/sit/vyhrady"));
	crumb(r, x->service_name, back);
	return print_kept_answer(r, &(PrintDoc){.title = p.title, .file_name = reservation_letter_file_name(r->c->arena, &p)}, &p.pdf, back);
}
