/* kept_pdf_page.h: the page of a PDF that is made once by a job and kept in a row of its own: asked for, waited for, ready. */
#pragma once
#include "web/screen.h"

typedef struct KeptPdf {
	Str title, back;
	Id  file, job;                           /* 0 = none */
	Str job_state, job_note;
} KeptPdf;
/* For the address of the request, which takes „priprava“ and the POST that asks. The caller has put the crumbs. */
Err kept_pdf_show(Req *r, const KeptPdf *k);
