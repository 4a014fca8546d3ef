/* mandate_rows_page.h: rows of the module about mandates. */
#pragma once
#include "domain/network/mandate_page.h"
#include "domain/network/mandate_territory_page.h"
#include "core/task.h"
#include "web/front.h"
#include "domain/network/mandate_template.h"
#include "domain/network/mandate_watch.h"

#define MANDATE_ENTITIES &mandate_entity, &mandate_amendment_entity, &mandate_template_entity
#define MANDATE_MACHINES &mandate_machine, &mandate_amendment_machine

#define MANDATE_LIST_PARAMETERS "q,druh,orp,stav,ke-dni,konci,strana"
#define MANDATE_ROUTES \
	{GET, "/povereni", page_mandates, ANYONE, .formats = true, .parameters = "q,druh,orp,stav,ke-dni,strana", .title = "Registr pověření"}, \
	{GET, "/povereni/{id}", page_mandate, ANYONE, .parameters = "", .title = "Pověření"}, \
	{GET, "/povereni/{id}/pdf/{no}", page_mandate_pdf, ANYONE, .lane = LANE_EXPORT, .seconds = 60, .parameters = "priprava"}, \
	{POST, "/povereni/{id}/pdf/{no}", page_mandate_pdf, ANYONE, .lane = LANE_EXPORT, .seconds = 60, .own_token = true, .fields = ""}, \
	{GET, "/app/povereni", page_office_mandates, CAP_MANDATE_READ, .formats = true, .parameters = "q,druh,stav,konci,radek,strana", .title = "Pověření"}, \
	{GET, "/app/povereni/bez-povereni", page_uncovered, CAP_MANDATE_READ, .parameters = "ke-dni", .title = "Řádky sítě bez pověření"}, \
	{GET, "/app/povereni/na-uzemi", page_mandates_here, CAP_MANDATE_READ, .formats = true, .parameters = "orp,obec", .title = "Pověření na území"}, \
	{GET, "/app/povereni/novy", page_mandate_new, CAP_MANDATE_CREATE, .parameters = "radek,od"}, \
	{POST, "/app/povereni/novy", post_mandate_new, CAP_MANDATE_CREATE, .fields = "radek,first_day,last_day,capacity,target_groups,territory,obligation,compensation," \
	 "ceiling,overcompensation,exclusive_rights,legal_reference,covers_investment"}, \
	{GET, "/app/povereni/{id}", page_office_mandate, CAP_MANDATE_READ, .parameters = ""}, \
	{POST, "/app/povereni/{id}/krok", post_mandate_step, CAP_MANDATE_READ, .fields = "krok,resolution"}, \
	{GET, "/app/povereni/{id}/upravit", page_mandate_edit, CAP_MANDATE_UPDATE}, \
	{POST, "/app/povereni/{id}/upravit", post_mandate_edit, CAP_MANDATE_UPDATE}, \
	{GET, "/app/povereni/{id}/ukoncit", page_mandate_end, CAP_MANDATE_APPROVE}, \
	{POST, "/app/povereni/{id}/ukoncit", post_mandate_end, CAP_MANDATE_APPROVE, .fields = "last,number"}, \
	{GET, "/app/povereni/{id}/historie", screen_history, CAP_MANDATE_READ, .entity = &mandate_entity}, \
	{GET, "/app/povereni/{id}/dodatek", page_amendment_new, CAP_MANDATE_CREATE}, \
	{POST, "/app/povereni/{id}/dodatek", post_amendment_new, CAP_MANDATE_CREATE}, \
	{GET, "/app/povereni/{id}/dodatky/{x}", page_amendment, CAP_MANDATE_READ, .parameters = ""}, \
	{POST, "/app/povereni/{id}/dodatky/{x}/krok", post_amendment_step, CAP_MANDATE_READ, .fields = "krok,resolution"}, \
	ENTITY_SCREENS("/app/sprava/vzory-povereni", &mandate_template_entity, CAP_MANDATE_APPROVE, CAP_MANDATE_APPROVE, NULL)

#define MANDATE_MENU \
	{"Pověření", "/app/povereni", CAP_MANDATE_READ, false, 43, "/app/sit"}

#define MANDATE_SETTINGS \
	{"mandate.series", "Číselná řada pověření", "Slova {rok} a {cislo} program nahradí; číslo se přidělí jednou při schválení.", "POV-{rok}-{cislo}", SETTING_TEXT, 5, 40, \
	 .group = "Pověření", .fits = mandate_series_fits}, \
	{"mandate.watch_days", "Na konec pověření upozornit předem", "Počty dnů od největšího, oddělené čárkou. Správce sítě dostane úkol, poskytovatel dopis.", "180, 90, 30", \
	 SETTING_TEXT, 1, 60, .unit = "dnů", .fits = mandate_watch_fits}, \
	{"mandate.final_check_months", "Závěrečná kontrola po konci pověření do", "Počítá se od konce pověření; pak je úkol po termínu.", "6", SETTING_INT, 1, 60, .unit = "měsíců"}

#define MANDATE_JOBS {MANDATE_PDF_JOB, "PDF pověření", job_mandate_pdf, .retry = true}
#define MANDATE_CHECKS \
	{"network.mandate_papers", "Vydaná pověření a jejich PDF odpovídají svým otiskům", SEVERITY_CRITICAL, "Obnovte soubory pověření ze zálohy a zjistěte, kdo je změnil.", check_mandate_papers}

MUST_USE Err mandates_waiting(Ctx *c, WaitingList *list);
MUST_USE Err mandates_regular(Ctx *c);
MUST_USE Err mandates_seed(Ctx *c);
MUST_USE Err mandates_find_lines(Ctx *c, Str query, i64 limit, FoundGroups *list);
