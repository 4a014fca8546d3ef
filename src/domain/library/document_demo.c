/* document_demo.c: numbers and days of resolutions are those of the region's pages; texts of documents are invented and say so. */
#include "domain/library/document_demo.h"

#include "core/search.h"
#include "domain/library/document.h"
#include "domain/library/resolution.h"

#define SAMPLE "\n\n*Ukázkový text, není to dokument kraje.*\n"

static Err organisation(Ctx *c, const char *kind, const char *name, Id *ret) {
	Organisation o = {.kind = str_c(kind), .name = str_c(name), .ref = BLANK};
	TRY(entity_insert(c, &organisation_entity, &o));
	*ret = o.head.id;
	return OK;
}

/* ---- resolutions ---- */

static const struct { const char *number; bool by_board; int year, month, day; const char *title; } decisions[] = {
	{"258/17/ZK", false, 2017, 6, 27, "Základní síť sociálních služeb Libereckého kraje na období 2018–2020"},
	{"259/17/ZK", false, 2017, 6, 27, "Střednědobý plán rozvoje sociálních služeb Libereckého kraje 2018–2020"},
	{"194/20/ZK", false, 2020, 6, 23, "Střednědobý plán rozvoje sociálních služeb Libereckého kraje 2021–2023"},
	{"1824/22/RK", true, 2022, 11, 1, "Zahájení prací na střednědobém plánu rozvoje sociálních služeb 2024–2026"},
	{"616/23/ZK", false, 2023, 12, 19, "Střednědobý plán rozvoje sociálních služeb Libereckého kraje 2024–2026"},
};

static Err add_resolutions(Ctx *c) {
	Id board, assembly, committee, id;
	TRY(organisation(c, "body", "Rada Libereckého kraje", &board));
	TRY(organisation(c, "body", "Zastupitelstvo Libereckého kraje", &assembly));
	TRY(organisation(c, "body", "Výbor sociálních věcí", &committee));
	for (size_t i = 0; i < LEN(decisions); i++) {
		Str text = str_format(c->arena, "%s po projednání %s %s.\n\n(Ukázkové znění; číslo a den odpovídají zveřejněnému usnesení.)",
		                      decisions[i].by_board ? "Rada kraje" : "Zastupitelstvo kraje", decisions[i].by_board ? "schvaluje" : "schvaluje dokument", decisions[i].title);
		TRY(resolution_add(c, &(ResolutionNew){.number = str_c(decisions[i].number), .body = decisions[i].by_board ? board : assembly, .result = S("approved"),
			.decided_on = date(decisions[i].year, decisions[i].month, decisions[i].day), .title = str_c(decisions[i].title), .text = text}, &id));
	}
	return OK;
}

/* ---- documents ---- */

static const char draft_plan[] =
	"## Úvod\n\nStřednědobý plán popisuje, jak kraj v letech 2024–2026 zajistí dostupnost sociálních služeb. Vznikal s obcemi, poskytovateli a uživateli služeb." SAMPLE
	"\n## Popisná část\n\nKraj má deset správních obvodů obcí s rozšířenou působností. Sociální služby v nich poskytují kraj, obce, církve a neziskové organizace.\n\n"
	"| Správní obvod | Obyvatel | Obcí |\n| --- | ---: | ---: |\n| Liberec | 143 000 | 28 |\n| Jablonec nad Nisou | 55 000 | 11 |\n| Česká Lípa | 77 000 | 41 |\n\n"
	"## Analytická část\n\nNejvíc chybí terénní služby pro seniory a odlehčovací služby pro pečující. Čekací doby se proti minulému období prodloužily.\n\n"
	"## Strategická část\n\n### Priorita 1: Služby doma\n\nKraj podpoří služby, díky kterým lidé zůstávají doma:\n\n- pečovatelskou službu i o víkendu,\n- osobní asistenci,\n- odlehčovací služby.\n\n"
	"### Priorita 2: Dostupné poradenství\n\nV každém správním obvodu bude dostupné dluhové poradenství.\n\n"
	"## Zajištění sítě\n\nDo Základní sítě se zařazují služby, na které jsou peníze ve výhledu financování.\n";

static const char final_plan[] =
	"## Úvod\n\nStřednědobý plán popisuje, jak kraj v letech 2024–2026 zajistí dostupnost sociálních služeb. Vznikal s obcemi, poskytovateli, uživateli služeb a jejich blízkými." SAMPLE
	"\n## Popisná část\n\nKraj má deset správních obvodů obcí s rozšířenou působností. Sociální služby v nich poskytují kraj, obce, církve a neziskové organizace.\n\n"
	"| Správní obvod | Obyvatel | Obcí |\n| --- | ---: | ---: |\n| Liberec | 143 000 | 28 |\n| Jablonec nad Nisou | 55 000 | 11 |\n| Česká Lípa | 77 000 | 41 |\n\n"
	"## Analytická část\n\nNejvíc chybí terénní služby pro seniory, odlehčovací služby pro pečující a služby pro lidi s duševním onemocněním. Čekací doby se proti minulému období prodloužily.\n\n"
	"## Strategická část\n\n### Priorita 1: Služby doma\n\nKraj podpoří služby, díky kterým lidé zůstávají doma:\n\n- pečovatelskou službu i večer a o víkendu,\n- osobní asistenci,\n- odlehčovací služby.\n\n"
	"### Priorita 2: Dostupné poradenství\n\nV každém správním obvodu bude dostupné dluhové poradenství.\n\n"
	"### Priorita 3: Péče o duševní zdraví\n\nTerénní tým bude působit ve všech okresech.\n\n"
	"## Zajištění sítě\n\nDo Základní sítě se zařazují služby, na které jsou peníze ve výhledu financování.\n";

static Err freeze(Ctx *c, Id document, const char *text, const char *note, Date from) {
	Id version;
	TRY(version_add(c, document, &(VersionNew){.text = str_c(text), .note = str_c(note), .valid_from = from}, &version));
	return version_freeze(c, version);
}

static Err add_plan(Ctx *c, Id region, Id *ret) {
	TRY(document_add(c, &(DocumentNew){.title = S("Střednědobý plán rozvoje sociálních služeb Libereckého kraje 2024–2026"), .kind = S("plan"), .owner = region,
		.file_number = S("OSV-1824/2022"), .summary = S("Hlavní dokument kraje o sociálních službách na tři roky. Ukázkový text."), .valid_to = date(2026, 12, 31), .is_public = true}, ret));
	TRY(freeze(c, *ret, draft_plan, "Návrh k připomínkám od 1. do 14. listopadu 2023.", (Date){0}));
	return freeze(c, *ret, final_plan, "Konečné znění po vypořádání připomínek, schválené usnesením 616/23/ZK.", date(2024, 1, 1));
}

/* The second annex is also a table to be saved. */
static Err add_table(Ctx *c, Id document) {
	StoredFile staged;
	Id         version;
	TRY(files_stage(c, S("rok;potřeba v mil. Kč;zajištěno v mil. Kč\r\n2024;1450;1210\r\n2025;1540;1260\r\n2026;1630;1300\r\n;ukázková data;\r\n"), -1, &staged));
	TRY(version_add(c, document, &(VersionNew){.staged = &staged, .file_name = S("vyhled-financovani-ukazka.csv"), .note = S("Doplněna tabulka ke stažení."), .valid_from = date(2024, 6, 1),
		.text = S("## Výhled financování\n\n| Rok | Potřeba v mil. Kč | Zajištěno v mil. Kč |\n| --- | ---: | ---: |\n| 2024 | 1 450 | 1 210 |\n| 2025 | 1 540 | 1 260 |\n| 2026 | 1 630 | 1 300 |" SAMPLE)}, &version));
	return version_freeze(c, version);
}

typedef struct Other { const char *title, *kind, *summary, *text, *note; bool is_part; Date from, to; } Other;

static Err add_others(Ctx *c, Id region, Id plan) {
	const Other others[] = {
		{"Příloha č. 1: Karty rozvojových aktivit", "annex", "Co kraj a jeho partneři udělají, kdy a za kolik.", "## Karty aktivit\n\nKarta 1.1: Pečovatelská služba večer a o víkendu." SAMPLE,
		 "", true, date(2024, 1, 1), date(2026, 12, 31)},
		{"Příloha č. 2: Výhled financování", "annex", "Potřeba a zdroje peněz podle let.", "## Výhled financování\n\n| Rok | Potřeba v mil. Kč | Zajištěno v mil. Kč |\n| --- | ---: | ---: |\n| 2024 | 1 450 | 1 210 |\n| 2025 | 1 540 | 1 260 |\n| 2026 | 1 630 | 1 300 |" SAMPLE,
		 "", true, date(2024, 1, 1), date(2026, 12, 31)},
		{"Střednědobý plán rozvoje sociálních služeb Libereckého kraje 2021–2023", "plan", "Předchozí plán.", "## Úvod\n\nPlán na léta 2021–2023." SAMPLE, "Schváleno usnesením 194/20/ZK.", false,
		 date(2021, 1, 1), date(2023, 12, 31)},
		{"Metodika zařazování služeb do Základní sítě", "methodology", "Pravidla vstupu, přehodnocení a výstupu ze sítě.", "## Kdo může žádat\n\nO zařazení žádá poskytovatel registrované služby.\n\n## Jak se hodnotí\n\nŽádost hodnotí dva hodnotitelé nezávisle." SAMPLE,
		 "", false, date(2024, 3, 1), (Date){0}},
		{"Zápis z veřejného slyšení 16. listopadu 2023", "minutes", "Představení návrhu plánu 2024–2026, sál 326a krajského úřadu, 9–11 hodin.", "## Program\n\n1. Představení návrhu plánu\n2. Diskuse" SAMPLE, "", false,
		 date(2023, 11, 30), (Date){0}},
		{"Formulář připomínky k návrhu plánu", "template", "K vytištění a podání na podatelně nebo poštou.", "## Připomínka\n\nKdo připomínku podává, ke které části a co navrhuje změnit." SAMPLE, "", false, date(2023, 10, 20), (Date){0}},
	};
	for (size_t i = 0; i < LEN(others); i++) {
		Id id;
		TRY(document_add(c, &(DocumentNew){.title = str_c(others[i].title), .kind = str_c(others[i].kind), .owner = region, .summary = str_c(others[i].summary),
			.part_of = others[i].is_part ? plan : 0, .valid_to = others[i].to, .is_public = true}, &id));
		TRY(freeze(c, id, others[i].text, others[i].note, others[i].from));
		if (i == 1)
			TRY(add_table(c, id));
	}
	return OK;
}

/* One that others issue, and one that nobody outside sees yet. */
static Err add_rest(Ctx *c, Id region) {
	Id ministry, id, version;
	TRY(organisation(c, "state", "Ministerstvo práce a sociálních věcí", &ministry));
	TRY(document_add(c, &(DocumentNew){.title = S("Metodika plánování sociálních služeb"), .kind = S("ministry_methodology"), .owner = ministry,
		.summary = S("Odkaz na metodiky ministerstva k plánování."), .url = S("https://www.mpsv.cz/socialni-sluzby-1"), .is_public = true}, &id));
	TRY(freeze(c, id, "Metodiky zveřejňuje ministerstvo na svém webu." SAMPLE, "", date(2024, 1, 1)));
	TRY(document_add(c, &(DocumentNew){.title = S("Zadání střednědobého plánu 2027–2029 (koncept)"), .kind = S("report"), .owner = region,
		.summary = S("Podklad pro Radu kraje.")}, &id));
	return version_add(c, id, &(VersionNew){.text = S("## Východiska\n\nZhodnocení plánu 2024–2026." SAMPLE)}, &version);
}

static Err region_office(Ctx *c, Id *ret) {
	EntityList list;
	const ListFilter filter = {.field = entity_field(&organisation_entity, S("kind")), .value = S("region")};
	TRY(entity_list(c, &organisation_entity, &(ListQuery){.filters = (ListFilter *)&filter, .filter_count = 1, .limit = 1}, &list));
	if (!list.len)
		return organisation(c, "region", "Krajský úřad, odbor sociálních věcí", ret);
	*ret = ((EntityHead *)list.at[0])->id;
	return OK;
}

Err documents_demo(Ctx *c, DemoSize size) {
	Id region, plan;
	(void)size;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(region_office(c, &region));
	TRY(add_resolutions(c));
	TRY(add_plan(c, region, &plan));
	TRY(add_others(c, region, plan));
	TRY(add_rest(c, region));
	return tx_commit(&tx);
}
