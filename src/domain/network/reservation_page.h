/* reservation_page.h: handlers of reservations and their rows. */
#pragma once
#include "domain/network/reservation_letter.h"
#include "web/screen.h"
#include "web/work.h"

Err page_reservation_new(Req *r);
Err post_reservation_new(Req *r);
Err page_reservation(Req *r);
Err post_reservation_step(Req *r);

typedef struct ReservationPage {
	Str       title, lead;
	PairViews what;
	WorkPanel work;
	Str       letter_title, letter_note, pdf_href;     /* without a letter all are {0} */
	Html      letter;
} ReservationPage;
typedef struct ReservationForm {
	Str         title, lead, action, csrf;
	FieldView   fields[6];
	ErrorsView *errors;
} ReservationForm;

MUST_USE Err reservation_of_address(Req *r, Reservation **ret);
/* reservation_letter_page.c */
Err          page_reservation_letter(Req *r);
MUST_USE Err reservation_letter_fill(Req *r, const Reservation *x, ReservationPage *v);

#define RESERVATION_JOBS {RESERVATION_PDF_JOB, "PDF dopisu o výhradě", job_reservation_pdf, .retry = true}
#define RESERVATION_CHECKS \
	{"network.reservation_letters", "Dopisy o výhradách a jejich PDF odpovídají svým otiskům", SEVERITY_CRITICAL, "Obnovte soubory dopisů ze zálohy a zjistěte, kdo je změnil.", \
	 check_reservation_letters}

#define RESERVATION_ROUTES \
	{GET, "/app/sit/vyhrady", screen_list, CAP_NETWORK_READ, .entity = &reservation_entity, .formats = true, .title = "Výhrady k řádkům sítě"}, \
	{GET, "/app/sit/vyhrady/novy", page_reservation_new, CAP_NETWORK_UPDATE}, \
	{POST, "/app/sit/vyhrady/novy", post_reservation_new, CAP_NETWORK_UPDATE}, \
	{GET, "/app/sit/vyhrady/{id}", page_reservation, CAP_NETWORK_READ, .parameters = ""}, \
	{GET, "/app/sit/vyhrady/{id}/dopis", page_reservation_letter, CAP_NETWORK_READ, .lane = LANE_EXPORT, .seconds = 60, .parameters = "priprava"}, \
	{POST, "/app/sit/vyhrady/{id}/dopis", page_reservation_letter, CAP_NETWORK_READ, .fields = ""}, \
	{POST, "/app/sit/vyhrady/{id}/krok", post_reservation_step, CAP_NETWORK_READ, .fields = "krok"}
