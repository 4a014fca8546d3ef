/* reservation.h: reservations ("výhrady"): a service stays in the network on condition that it does something by a day, at most twelve months away. The letter that
 * said so, the measure, how it ended. While one is open its line stands „s výhradou“ and on the level with v; a step of the reservation moves the line with it. */
#pragma once
#include "domain/network/inside.h"

#define RESERVATION_OPEN      "open"
#define RESERVATION_FULFILLED "fulfilled"
#define RESERVATION_FAILED    "not_fulfilled"

#define RESERVATION_FIELDS(F, T) \
	F(T, line, ref, "Řádek sítě", .target = &line_entity, .required = true, .readonly = true, .filter = true, .list = 1) \
	F(T, service_name, text, "Služba", .readonly = true, .search = true, .sort = true, .list = 2, .max = 300) \
	F(T, letter, text, "Dopis", .required = true, .max = 120, .list = 4, .hint = "Číslo jednací dopisu, kterým kraj výhradu sdělil.") \
	F(T, text, longtext, "Výhrada", .required = true, .max = 4000, .hint = "Co kraj službě vytýká.") \
	F(T, measure, longtext, "Opatření", .required = true, .max = 4000, .hint = "Co má poskytovatel udělat a čím to doloží.") \
	F(T, due, date, "Splnit do", .required = true, .filter = true, .sort = true, .list = 3, .hint = "Včetně tohoto dne, nejdéle dvanáct měsíců od dneška.") \
	F(T, state, code, "Stav", .codelist = "reservation_state", .readonly = true, .by_workflow = true, .filter = true, .list = 5) \
	F(T, imposed_on, date, "Uložena dne", .readonly = true) \
	F(T, resolution, ref, "Usnesení", .target = &resolution_entity, .readonly = true) \
	F(T, settled_on, date, "Posouzena dne", .readonly = true) \
	F(T, evidence, longtext, "Čím byla doložena", .readonly = true, .max = 2000) \
	F(T, provider, ref, "Poskytovatel", .target = &provider_entity, .readonly = true)
ENTITY_STRUCT(Reservation, RESERVATION_FIELDS)
extern const Entity  reservation_entity;
extern const Machine reservation_machine;

/* By the number of a line. Needs network.update. Of a line that has one already from before, the reservation is only recorded. */
MUST_USE Err reservation_add(Ctx *c, Str line_number, Reservation *x, Str resolution);
/* "Z1" → "Z1v" and back, when the list of levels has the other; else the same. */
Str          level_with_reservation(Ctx *c, Str level);
Str          level_without_reservation(Ctx *c, Str level);
MUST_USE Err reservations_demo(Ctx *c);
