/* decision.h: what is decided of one line between versions ("rozhodnutí o řádku"): the service leaves, is merged under another line, is excluded or stays after it
 * was proposed for leaving; a clerical error is put right (the head of the department confirms it); an urgent situation takes a service in for a time, outside the
 * calendar.
 *
 * That a provider gives up or its registration has ended is nobody's decision but a fact: the officer alone writes it down, with day and reason, for today or a coming
 * day, and for a past one that the register proves. Any other past day would take away what was believed and paid: the head of the department confirms it. */
#pragma once
#include "domain/network/inside.h"

#define DECISION_LEAVE      "leave"
#define DECISION_MERGE      "merge"
#define DECISION_EXIT       "exit"
#define DECISION_STAY       "stay"
#define DECISION_CORRECTION "correction"
#define DECISION_URGENT     "urgent"

#define DECISION_WAITING "waiting"
#define DECISION_WATCHED "watched"
#define DECISION_DONE    "done"
#define DECISION_REFUSED "refused"

#define DECISION_FIELDS(F, T) \
	F(T, kind, code, "Druh", .codelist = "line_decision_kind", .required = true, .readonly = true, .filter = true, .list = 2) \
	F(T, line, ref, "Řádek sítě", .target = &line_entity, .readonly = true, .filter = true) \
	F(T, line_version, int, "Verze řádku, ke které oprava je", .readonly = true) \
	F(T, service_name, text, "Služba", .readonly = true, .search = true, .sort = true, .list = 1, .max = 300) \
	F(T, provider, ref, "Poskytovatel", .target = &provider_entity, .readonly = true, .filter = true) \
	F(T, from_day, date, "Od kterého dne", .list = 3, .hint = "První den nového stavu; prázdné znamená dnes.") \
	F(T, end_reason, code, "Proč končí", .codelist = "line_end_reason") \
	F(T, successor, ref, "Přebírá řádek", .target = &line_entity, .hint = "Číslo řádku, který kapacitu přebírá.") \
	F(T, service, ref, "Služba v registru", .target = &service_entity, .hint = "Identifikátor služby, sedm číslic.") \
	F(T, unit, code, "Jednotka", .codelist = "network_unit") \
	F(T, capacity, fte, "Kapacita", .min = 1, .max = 100000000) \
	F(T, areas, pairs, "Územní působnost", .pairs = &line_areas, .max = 2000, .hint = "Obvody a podíly, dohromady 100 %: Liberec 60 %; Tanvald 40 %.") \
	F(T, level, code, "Úroveň", .codelist = "network_level") \
	F(T, since, date, "V síti od") \
	F(T, until, date, "Zařazena do") \
	F(T, why, longtext, "Zdůvodnění", .required = true, .max = 400, .hint = "V přehledu změn ho čte i veřejnost.") \
	F(T, resolution, ref, "Usnesení", .target = &resolution_entity, .readonly = true, .list = 4) \
	F(T, state, code, "Stav", .codelist = "line_decision_state", .readonly = true, .by_workflow = true, .filter = true, .list = 5)
ENTITY_STRUCT(Decision, DECISION_FIELDS)
extern const Entity  line_decision_entity;
extern const Machine line_decision_machine;

/* By its kind: taken at once, or handed to the head of the department. `line_number` names the line, but for an urgent one; `resolution` is a number, where the
 * kind wants one. Needs network.update. */
MUST_USE Err decision_add(Ctx *c, Decision *x, Str line_number, Str resolution);
bool         decision_wants_resolution(Str kind);
MUST_USE Err decision_stored(Ctx *c, Id id, Decision **ret);
/* Registrations that end while their service stands in the network: a task for the officer, once; closed when the line has left. */
MUST_USE Err decisions_watch_register(Ctx *c);
MUST_USE Err decisions_demo(Ctx *c);
