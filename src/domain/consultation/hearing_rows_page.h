/* hearing_rows_page.h: what hearings bring into the module's row. */
#pragma once
#include "domain/consultation/signup.h"
#include "web/module.h"

#define HEARING_ENTITIES &hearing_entity, &signup_entity
#define HEARING_MACHINES &hearing_machine, &signup_machine

#define HEARING_SETTINGS \
	{"hearing.notice_days", "Projednání se oznamuje předem aspoň", "Kratší lhůta chce důvod.", "14", SETTING_INT, 0, 365, .unit = "dnů", .group = "Veřejná projednání"}, \
	{"hearing.confirm_hours", "Na potvrzení přihlášky e-mailem je", "Potom se nepotvrzená přihláška a údaje v ní smažou.", "48", SETTING_INT, 1, 168, .unit = "hodin"}, \
	{"hearing.reminder_days", "Připomínka přihlášeným předem", "0 = neposílá se.", "2", SETTING_INT, 0, 30, .unit = "dnů"}, \
	{"hearing.minutes_days", "Zápis z projednání se zveřejní do", "", "10", SETTING_INT, 1, 250, .unit = "pracovních dnů"}, \
	{"hearing.per_address", "Nejvíc přihlášek z jedné e-mailové adresy", "Rodina nebo malý úřad mívá adresu společnou.", "5", SETTING_INT, 1, 100}, \
	{"hearing.rate_address", "Přihlášek z jedné adresy za hodinu", "", "10", SETTING_INT, 1, 100000}, \
	{"hearing.rate_network", "Přihlášek z jedné sítě za hodinu", "Celý úřad může mít síť společnou.", "100", SETTING_INT, 1, 1000000}, \
	{"keep.hearing_days", "Přihlášky na projednání po něm", "Potom zůstanou jen počty.", "60", SETTING_INT, 1, 3650, .unit = "dnů"}

#define HEARING_TOPICS {"hearing", "Veřejná projednání", "Zveřejnění, konec přihlašování a zápis projednání.", MAIL_DIGEST}

/* hearing_demo.c */
MUST_USE Err hearing_demo(Ctx *c);
