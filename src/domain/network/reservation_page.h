/* reservation_page.h: handlers of reservations and their rows. */
#pragma once
#include "domain/network/reservation.h"
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
} ReservationPage;
typedef struct ReservationForm {
	Str         title, lead, action, csrf;
	FieldView   fields[6];
	ErrorsView *errors;
} ReservationForm;

#define RESERVATION_ROUTES \
	{GET, "/app/sit/vyhrady", screen_list, CAP_NETWORK_READ, .entity = &reservation_entity, .formats = true, .title = "Výhrady k řádkům sítě"}, \
	{GET, "/app/sit/vyhrady/novy", page_reservation_new, CAP_NETWORK_UPDATE}, \
	{POST, "/app/sit/vyhrady/novy", post_reservation_new, CAP_NETWORK_UPDATE}, \
	{GET, "/app/sit/vyhrady/{id}", page_reservation, CAP_NETWORK_READ, .parameters = ""}, \
	{POST, "/app/sit/vyhrady/{id}/krok", post_reservation_step, CAP_NETWORK_READ, .fields = "krok"}
