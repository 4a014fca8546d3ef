/* print.h: "Stáhnout PDF": one address for everything. A subject writes one handler that renders its print view and gives it to print_answer, and two
 * route rows with it, GET and POST; the right to read is that of the rows. Its page shows `{% use pdf_link(address) %}`.
 *
 *     {GET,  "/plan/{obdobi}/pdf", page_plan_pdf, ANYONE, .lane = LANE_EXPORT, .seconds = 60},
 *     {POST, "/plan/{obdobi}/pdf", page_plan_pdf, ANYONE, .lane = LANE_EXPORT, .seconds = 60, .own_token = true},
 *
 * GET sends the PDF when it is there, else a page that offers to make it; POST has it made and leads to the page that waits, which refreshes itself
 * without script until the PDF is there. */
#pragma once
#include "core/print.h"
#include "web/parts.h"
#include "web/web.h"

typedef struct PrintPage {
	Str        title;                        /* of the document */
	Str        back, csrf;
	Str        here;                         /* address of the PDF, and of the form */
	Str        refresh;                      /* address of the waiting page */
	PrintState state;
	bool       is_running, is_awaited;       /* awaited: somebody has asked for it here */
	Str        why;
	i64        kb;
} PrintPage;

/* `back`: address of the page with the document. */
MUST_USE Err print_answer(Req *r, const PrintDoc *d, Str back);
/* Of a PDF that a row keeps (print_of_row): GET as above, POST leads to the page that waits, after the caller has asked for it. d: title and file name. */
MUST_USE Err print_kept_answer(Req *r, const PrintDoc *d, const Printout *p, Str back);
/* The same print view for Word and LibreOffice, made while one waits: of a GET in LANE_EXPORT. The file name is that of the PDF with its end changed. */
MUST_USE Err docx_answer(Req *r, const PrintDoc *d);
/* A stored file as a download, with the headers of files of users. */
MUST_USE Err send_stored(Req *r, Id file, Str file_name);
/* Bytes made here as a download. */
void send_bytes(Req *r, Str type, Str file_name, Str bytes);
