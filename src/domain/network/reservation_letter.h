/* reservation_letter.h: the letter of a reservation: made of the region's template when the reservation is imposed, word for word and with its digest; the PDF follows
 * by a job and never changes. People of the provider are written to and read it on the page of the reservation. */
#pragma once
#include "core/print.h"
#include "domain/network/reservation.h"

typedef struct ReservationLetter {
	Id      id, reservation;
	Str     title, text, text_sha256;        /* text: Markdown */
	Instant made_at;
	Printout pdf;
	Str     sha256;                          /* of the PDF */
} ReservationLetter;

/* In the transaction that imposes it. `line` is as it stands today. */
MUST_USE Err reservation_letter_write(Ctx *c, const Reservation *x, const Line *line);
/* id 0 = there is none: the reservation is from before the program. Asks nobody's rights. */
MUST_USE Err reservation_letter_of(Ctx *c, Id reservation, ReservationLetter *ret);
MUST_USE Err reservation_letter_by_id(Ctx *c, Id letter, ReservationLetter *ret);
/* Have it printed unless it is, or a job is at it. */
MUST_USE Err reservation_letter_ask(Ctx *c, const ReservationLetter *p);
/* Once: what is there already is never replaced. In a transaction. */
MUST_USE Err reservation_letter_keep(Ctx *c, Id letter, const StoredFile *staged);
Str          reservation_letter_file_name(Arena *a, const ReservationLetter *p);

#define RESERVATION_PDF_JOB "network.reservation_pdf"
/* Row of doctor: every text and every file is what was written down. */
Err check_reservation_letters(Ctx *c, bool *fine, Str *detail);
/* reservation_letter_page.c: it makes HTML. */
Err job_reservation_pdf(Ctx *c, Job *job);
