/* line.h: lines of a network in two times (core/history.h). One line is one service in the network with its capacity, territory, level and period; who believed
 * what when stays readable for ever. Territory shares and ceilings by year belong to each row of the line, so "as of" is exact for them too.
 *
 * Everything that changes a line goes through line_write: it wants a reason, the version (and its resolution), and asks the rules of the line. */
#pragma once
#include "core/history.h"
#include "domain/network/network.h"

#define LINE_PREPARED         "prepared"
#define LINE_IN_NETWORK       "in_network"
#define LINE_WITH_RESERVATION "with_reservation"
#define LINE_EXIT_PROPOSED    "exit_proposed"
#define LINE_MERGED           "merged"
#define LINE_LEFT             "left"
#define LINE_EXPIRED          "expired"

/* "724=6000,563889=4000": districts and municipalities by RÚIAN code, hundredths of a percent; people write „Tanvald 60 %; obec Liberec 40 %“. */
extern const PairKind line_areas;
/* "2026=125000000": haléře by year; people write „2026: 1 250 000“, parted by semicolons. */
extern const PairKind line_ceilings;

/* What a line says; a working copy of a draft has the same. */
#define LINE_CONTENT_FIELDS(F, T) \
	F(T, number, text, "Číslo řádku", .required = true, .unique = true, .search = true, .sort = true, .list = 1, .max = 20, .help = "Trvalé číslo řádku v síti.") \
	F(T, service, ref, "Služba", .target = &service_entity, .filter = true, .hint = "Identifikátor služby; u připravované služby nechte prázdné.") \
	F(T, provider, ref, "Poskytovatel", .target = &provider_entity, .required = true, .filter = true, .list = 3) \
	F(T, name, text, "Název služby", .required = true, .search = true, .sort = true, .list = 2, .max = 300) \
	F(T, kind, code, "Druh služby", .codelist = "service_kind", .required = true, .filter = true, .list = 4) \
	F(T, forms, codes, "Formy", .codelist = "service_form", .required = true, .filter = true) \
	F(T, target_groups, codes, "Cílové skupiny", .codelist = "target_group", .filter = true) \
	F(T, areas, pairs, "Územní působnost", .required = true, .pairs = &line_areas, .max = 2000, .hint = "Obvody nebo obce a podíly, dohromady 100 %: Liberec 60 %; obec Desná 40 %.") \
	F(T, unit, code, "Jednotka", .codelist = "network_unit", .required = true, .filter = true, .list = 5) \
	F(T, capacity, fte, "Kapacita v síti", .required = true, .list = 6, .max = 100000000) \
	F(T, level, code, "Úroveň", .codelist = "network_level", .required = true, .filter = true, .list = 7) \
	F(T, status, code, "Stav", .codelist = "line_status", .required = true, .filter = true, .list = 8) \
	F(T, regionality, percent, "Regionalita", .min = 0, .max = 10000, .hint = "Jaká část služby slouží lidem z kraje, v procentech.") \
	F(T, since, date, "V síti od", .required = true) \
	F(T, until, date, "Zařazena do", .hint = "Jen u služby na dobu určitou.") \
	F(T, project_financed, bool, "Financována z projektu", .filter = true) \
	F(T, ceilings, pairs, "Strop vyrovnávací platby", .pairs = &line_ceilings, .max = 2000, .hint = "Po letech v korunách: 2026: 1 250 000; 2027: 1 300 000.") \
	F(T, points, int, "Body hodnocení", .max = 1000) \
	F(T, merged_under, ref, "Sloučena pod řádek", .target = &line_entity, .hint = "Číslo řádku, který kapacitu převzal.") \
	F(T, note, longtext, "Poznámka", .max = 2000, .hint = "Na stránce sítě ji čte i veřejnost.")
#define LINE_FIELDS(F, T) \
	F(T, network, ref, "Síť", .target = &network_entity, .required = true, .filter = true) \
	LINE_CONTENT_FIELDS(F, T) \
	F(T, by_version, ref, "Verze sítě", .target = &network_version_entity, .required = true, .help = "Verze, která řádek takto určila.") \
	F(T, resolution, ref, "Usnesení", .target = &resolution_entity) \
	F(T, change_reason, text, "Důvod změny", .required = true, .max = 500, .hint = "V přehledu změn ho čte i veřejnost.")
ENTITY_STRUCT(Line, LINE_FIELDS)
extern const Entity line_entity;

/* Does it stand in the network, so that its capacity counts? Prepared, merged and ended ones do not. */
bool line_status_counts(Str status);
bool line_counts(const Line *l);

/* As decided: a district or a municipality; and what that makes of each district, a municipality counting in the one to which it belongs on the day. */
typedef struct LinePart { const Unit *unit; Percent share; const Unit *district; } LinePart;
typedef struct LineArea { const Unit *district; Percent share; } LineArea;
typedef struct LineCeiling { int year; Money amount; } LineCeiling;

/* A line with the things it speaks of. Names are those of the register on the day, as we know them now. */
typedef struct LineWhole {
	Line        *line;
	Str          identifier;                 /* of the service; {0} when it is only prepared */
	Str          provider, ico, legal_form;
	Id           seat;                       /* municipality of the provider */
	i64          registered_beds;            /* by registration; BLANK when not counted in beds */
	LinePart    *parts;                      /* as the line says */
	LineArea    *areas;                      /* districts, for sums (F17), by their codes */
	size_t       part_count, area_count;
	LineCeiling *ceilings;
	size_t       ceiling_count;
	Id           mandate;                    /* that holds on the day, and its number; only after mandates_name (mandate.h) */
	Str          mandate_number;
} LineWhole;
typedef struct LineWholes { LineWhole *at; size_t len, cap; } LineWholes;

/* A district or municipality by its RÚIAN code; NULL. How people are told about it: „Liberec“, „obec Desná (ORP Tanvald)“. */
const Unit *line_territory(Ctx *c, Str code);
Str         line_territory_name(Ctx *c, const Unit *u);

/* All lines of a network as of two times, in order of their numbers; also merged and ended ones that are still shown. */
MUST_USE Err lines_of(Ctx *c, Id network, AsOf at, LineWholes *ret);
/* The same without what the register says of them (names of providers, identifiers, registered beds): for sums, and for pages that show some of thousands; those are
 * named then. Of two moments: what is one and the same row at both is read once. */
MUST_USE Err lines_bare(Ctx *c, Id network, AsOf at, LineWholes *ret);
MUST_USE Err lines_bare_two(Ctx *c, Id network, AsOf first, AsOf second, LineWholes *before, LineWholes *after);
MUST_USE Err lines_name(Ctx *c, AsOf at, LineWhole *const *lines, size_t count);
MUST_USE Err lines_name_all(Ctx *c, AsOf at, const LineWholes *lines);
/* What differs between two moments, for counts and sums: lines that are one and the same row at both are in neither list. Nothing is asked of the register: names and
 * registered beds are not there. `only_ceiling`: how many of those that are left out count in the network and have another ceiling in the second year. */
MUST_USE Err lines_changed(Ctx *c, Id network, AsOf first, AsOf second, LineWholes *before, LineWholes *after, i64 *only_ceiling);
MUST_USE Err line_whole(Ctx *c, Id line, AsOf at, LineWhole *ret);
/* The ceiling of a year; BLANK when there is none. */
i64          line_ceiling(const LineWhole *l, int year);

/* Write what holds from `from` (to `to`, none = open): a new line when row->head.id is 0, else a change of the version that was read (head.version). The reason,
 * version and resolution stand in the row. ERR_INVALID with a sentence per fault, ERR_CONFLICT when somebody was faster. Needs network.update, or the program. */
MUST_USE Err line_write(Ctx *c, Line *row, Date from, Date to);
/* By the clock: lines taken in for a time that ran out are expired from the day after. The program's own step; whoever prolongs one changes „Zařazena do“. */
MUST_USE Err lines_expire(Ctx *c);
/* From one status to another, by DOMAIN § 8; a line that is new may begin with any that is in the network or prepared. */
bool         line_may_become(Str from, Str to);
