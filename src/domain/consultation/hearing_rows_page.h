/* hearing_rows_page.h: what hearings bring into the module's row. */
#pragma once
#include "domain/consultation/hearing_page.h"
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

enum { MINUTES_BYTES = 21 << 20 };           /* two files and the text */

#define HEARING_ROUTES \
	{GET, "/projednani", page_hearings, ANYONE, .parameters = "", .title = "Veřejná projednání"}, \
	{GET, "/projednani/{id}", page_hearing, ANYONE, .parameters = "odeslano"}, \
	{POST, "/projednani/{id}", post_signup, ANYONE, .own_token = true}, \
	{GET, "/projednani/{id}/kalendar.ics", page_hearing_ics, ANYONE}, \
	{GET, "/projednani/{id}/zapis", page_hearing_minutes, ANYONE, .lane = LANE_EXPORT}, \
	{GET, "/projednani/{id}/prezentace", page_hearing_slides, ANYONE, .lane = LANE_EXPORT}, \
	{GET, "/projednani/potvrzeni/{token}", page_signup_confirm, ANYONE}, \
	{POST, "/projednani/potvrzeni/{token}", post_signup_confirm, ANYONE, .own_token = true}, \
	{GET, "/projednani/prihlaska/{token}", page_signup, ANYONE, .parameters = "potvrzeno,ulozeno,odhlaseno,odhlasit"}, \
	{POST, "/projednani/prihlaska/{token}/upravit", post_signup_edit, ANYONE, .own_token = true}, \
	{POST, "/projednani/prihlaska/{token}/odhlasit", post_signup_withdraw, ANYONE, .own_token = true}, \
	{GET, "/app/projednani", page_hearings_office, CAP_HEARING_READ, .formats = true, .parameters = "", .title = "Projednání"}, \
	{GET, "/app/projednani/novy", page_hearing_new, CAP_HEARING_CREATE}, \
	{POST, "/app/projednani/novy", post_hearing_new, CAP_HEARING_CREATE}, \
	{GET, "/app/projednani/{id}", page_hearing_office, CAP_HEARING_READ}, \
	{POST, "/app/projednani/{id}", post_hearing_office, CAP_HEARING_READ}, \
	{POST, "/app/projednani/{id}/patri-k", post_hearing_bind, CAP_HEARING_UPDATE, .fields = "consultation"}, \
	{GET, "/app/projednani/{id}/upravit", page_hearing_edit, CAP_HEARING_UPDATE}, \
	{POST, "/app/projednani/{id}/upravit", post_hearing_edit, CAP_HEARING_UPDATE}, \
	{GET, "/app/projednani/{id}/zapis", page_hearing_write, CAP_HEARING_UPDATE}, \
	{POST, "/app/projednani/{id}/zapis", post_hearing_write, CAP_HEARING_UPDATE, .uploads = true, .body_limit = MINUTES_BYTES, .seconds = 60}, \
	{GET, "/app/projednani/{id}/soubor-zapisu", page_hearing_office_minutes, CAP_HEARING_READ, .lane = LANE_EXPORT}, \
	{GET, "/app/projednani/{id}/soubor-prezentace", page_hearing_office_slides, CAP_HEARING_READ, .lane = LANE_EXPORT}, \
	{GET, "/app/projednani/{id}/tisk", page_hearing_print, CAP_HEARING_UPDATE}, \
	{GET, "/app/projednani/{id}/mista", page_hearing_seats, CAP_HEARING_UPDATE}, \
	{GET, "/app/projednani/{id}/historie", screen_history, CAP_HEARING_READ, .entity = &hearing_entity}, \
	{GET, "/app/projednani/{id}/prihlasky", page_signups, CAP_HEARING_UPDATE, .formats = true, .parameters = "stav"}, \
	{POST, "/app/projednani/{id}/prihlasky", post_signup_record, CAP_HEARING_UPDATE}, \
	{GET, "/app/projednani/{id}/prihlasky/{prihlaska}/zrusit", page_signup_cancel, CAP_HEARING_UPDATE}, \
	{POST, "/app/projednani/{id}/prihlasky/{prihlaska}/zrusit", post_signup_cancel, CAP_HEARING_UPDATE}, \
	{POST, "/app/projednani/{id}/pridelit", post_signup_admit, CAP_HEARING_UPDATE}, \
	{GET, "/app/projednani/{id}/prezence", page_check_in, CAP_HEARING_UPDATE, .parameters = "q"}, \
	{POST, "/app/projednani/{id}/prezence", post_check_in, CAP_HEARING_UPDATE}, \
	{POST, "/app/projednani/{id}/prezence/zpet", post_check_in_undo, CAP_HEARING_UPDATE}

#define HEARING_MENU \
	{"Projednání", "/app/projednani", CAP_HEARING_UPDATE, false, 45}
