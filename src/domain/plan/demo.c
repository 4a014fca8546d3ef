/* demo.c: the valid plan 2024–2026 as the library has it, the next one while it is written. Texts are invented and say so. */
#include "domain/plan/demo.h"

#include "domain/plan/inside.h"

#define SAMPLE "\n\n*Ukázkový text, není to plán kraje.*\n"

static const struct { const char *part, *text; } chapters[] = {
	{"descriptive",
	 "Kraj má ![obcí](zivy-udaj:pocet-obci) obcí v ![správních obvodů](zivy-udaj:pocet-orp) správních obvodech obcí s rozšířenou působností a ![obyvatel](zivy-udaj:pocet-obyvatel) "
	 "obyvatel. Za plánování odpovídá kraj; obce zjišťují potřeby svých obyvatel a sdělují je kraji.[^1]" SAMPLE "\n## Kdo plán připravil\n\n"
	 "Plán vzniká ve třech stranách: zadavatelé, poskytovatelé a lidé, kteří služby potřebují. V každém obvodu pracuje územní řídicí skupina a několik pracovních skupin.\n\n"
	 "## Jak se plán připomínkuje\n\nNávrh se zveřejní nejméně na čtrnáct dní. Každá připomínka dostane odpověď a ta se zveřejní.\n\n"
	 "[^1]: § 94 a § 95 zákona č. 108/2006 Sb., o sociálních službách.\n"},
	{"analytical",
	 "V kraji působí ![služeb](zivy-udaj:pocet-sluzeb) sociálních služeb, které provozuje ![poskytovatelů](zivy-udaj:pocet-poskytovatelu) poskytovatelů." SAMPLE
	 "\n## Služby\n\n![Sociální služby podle druhu](zivy-udaj:sluzby-podle-druhu)\n\n![Sociální služby podle správních obvodů](zivy-udaj:sluzby-podle-orp)\n\n"
	 "## Obyvatelé\n\nPřibývá lidí starších osmdesáti let, nejrychleji v okrajových obvodech. Služby doma na to zatím nestačí.\n\n"
	 "![Obyvatelé správních obvodů podle věku](zivy-udaj:obyvatele-podle-orp)\n\n"
	 "## Co chybí\n\n- terénní pečovatelská služba večer a o víkendu,\n- odlehčovací služby pro rodiny, které pečují o blízké,\n- podpora bydlení lidí, kteří přišli o domov.\n"},
	{"evaluation",
	 "Plán 2024–2026 měl tři priority. Služby doma se rozšířily méně, než kraj chtěl, protože chyběli pracovníci." SAMPLE
	 "\n| Priorita | Splněno | Důvod |\n| --- | --- | --- |\n| Služby doma | částečně | chyběli pracovníci v sociálních službách |\n"
	 "| Dostupné poradenství | ano | dluhové poradenství je v každém obvodu |\n| Péče o duševní zdraví | částečně | čtvrtý tým začne až v roce 2027 |\n: Jak se splnily priority plánu 2024–2026\n"},
	{"strategic",
	 "## Vize\n\nKaždý, kdo potřebuje pomoc, ji najde včas a blízko domova." SAMPLE
	 "\n## Priorita 1: Doma co nejdéle\n\nKraj podpoří služby, díky kterým lidé zůstávají doma, i když potřebují péči.\n\n1. rozšířit pečovatelskou službu na večer a víkend\n"
	 "2. zdvojnásobit kapacitu odlehčovacích služeb\n3. propojit terénní služby se zdravotní péčí\n\n"
	 "## Priorita 2: Bydlení\n\nLidé, kteří přišli o domov, dostanou byt a podporu zároveň.\n"},
	{"securing", ""},
};

static const struct { int year, month, day; const char *title; bool done; } days[] = {
	{2026, 1, 20, "Rada kraje zahájila práce na plánu", true},
	{2026, 10, 31, "Konec sběru podnětů obcí, poskytovatelů a veřejnosti", true},
	{2027, 1, 31, "Návrh plánu dostanou územní řídicí skupiny", false},
	{2027, 3, 1, "Návrh se zveřejní k připomínkám", false},
	{2027, 3, 18, "Veřejné projednání", false},
	{2027, 6, 22, "Plán schvaluje zastupitelstvo", false},
};

static Err write_chapters(Ctx *c, Id plan) {
	PlanChapters all;
	TRY(plan_chapters(c, plan, &all));
	for (size_t i = 0; i < all.len; i++)
		for (size_t k = 0; k < LEN(chapters); k++)
			if (str_eq(all.at[i]->part, str_c(chapters[k].part)) && chapters[k].text[0]) {
				all.at[i]->text = str_c(chapters[k].text);
				TRY(plan_chapter_save(c, all.at[i]));
			}
	return OK;
}

static Err add_proposal(Ctx *c, Id plan) {
	PlanChapter *ch;
	Paragraphs   text;
	TRY(plan_chapter_by_no(c, plan, 4, &ch));
	TRY(plan_chapter_paragraphs(c, ch, &text));
	for (size_t i = 0; i < text.len; i++)
		if (str_starts(text.at[i].text, S("Kraj podpoří")))
			TRY(plan_note_add(c, &(PlanNote){.plan = plan, .chapter = ch->head.id, .kind = S(NOTE_PROPOSAL), .anchor = text.at[i].anchor, .text = S("Doplnit pečující rodiny."),
				.proposal = S("Kraj podpoří služby, díky kterým lidé zůstávají doma, i když potřebují péči, a rodiny, které o ně pečují.")}));
	return OK;
}

static Err resolution_of(Ctx *c, const char *number, Resolution *ret) {
	return resolution_by_number(c, str_c(number), ret);
}

static Err add_next(Ctx *c) {
	Resolution before;
	Plan      *p;
	Id         plan, id;
	TRY(resolution_of(c, "1824/22/RK", &before));
	TRY(resolution_add(c, &(ResolutionNew){.number = S("58/26/RK"), .body = before.body, .decided_on = date(2026, 1, 20), .result = S("approved"),
		.title = S("Zahájení prací na střednědobém plánu rozvoje sociálních služeb 2027–2029"), .text = S("(Ukázkové usnesení.)")}, &id));
	TRY(plan_open(c, &(PlanNew){.title = S("Střednědobý plán rozvoje sociálních služeb Libereckého kraje 2027–2029"), .author_unit = S("odbor sociálních věcí"),
		.resolution = S("58/26/RK"), .year_from = 2027, .inputs_until = c->today}, &plan));
	TRY(plan_note_add(c, &(PlanNote){.plan = plan, .kind = S(NOTE_CONTRIBUTION),
		.text = S("V našem obvodu chybí odlehčovací služba pro rodiny s dětmi s postižením. (ukázkový podnět)")}));
	for (size_t i = 0; i < LEN(days); i++)
		TRY(plan_milestone_add(c, plan, date(days[i].year, days[i].month, days[i].day), str_c(days[i].title)));
	TRY(plan_stored(c, plan, &p));
	p->inputs_until = date_add(c->today, -1);
	p->vision = S("Každý, kdo potřebuje pomoc, ji najde včas a blízko domova. (ukázková vize)");
	TRY(plan_change(c, p));
	TRY(workflow_do(c, &plan_machine, plan, "draft", &(WorkInput){0}));
	TRY(write_chapters(c, plan));
	return add_proposal(c, plan);
}

/* ---- plans from before the program ---- */

static Err find_document(Ctx *c, const char *period, DocumentVersion *ret) {
	EntityList all;
	TRY(entity_list(c, &document_entity, &(ListQuery){.limit = -1}, &all));
	for (size_t i = 0; i < all.len; i++) {
		const Document *d = all.at[i];
		if (str_eq(d->kind, S("plan")) && str_ends(d->title, str_c(period)))
			return document_newest(c, d->head.id, ret);
	}
	return fail(c, ERR_NOT_FOUND, NULL, "Plán %s v ukázkové knihovně není.", period);
}

static Err adopt(Ctx *c, int year, const char *state, const char *opened, const char *approved) {
	DocumentVersion v;
	Document       *d;
	Resolution      o = {0}, r;
	Str             period = str_format(c->arena, "%d–%d", year, year + 2);
	TRY(find_document(c, str_z(c->arena, period), &v));
	TRY(document_get(c, v.document, &d));
	if (opened)
		TRY(resolution_of(c, opened, &o));
	TRY(resolution_of(c, approved, &r));
	Plan *p = entity_new(c->arena, &plan_entity);
	p->title = d->title;
	p->slug = str_format(c->arena, "%d-%d", year, year + 2);
	p->year_from = year;
	p->year_to = year + 2;
	p->state = str_c(state);
	p->author_unit = S("odbor sociálních věcí");
	p->opening_resolution = o.head.id;
	p->approval_resolution = r.head.id;
	p->document = v.document;
	p->newest_version = p->valid_version = v.head.id;
	p->head.version = 1;
	if (db_new_id(c->conn, &p->head.id) != OK)
		return fail_internal(c, "plan from before the program");
	return store_put_row(c, &plan_entity, p);      /* its way was gone before the machine: workflow_adopt gives it a first step */
}

/* One that the program never led: a document with its days, in the archive. */
static Err add_oldest(Ctx *c) {
	Resolution r;
	Id         document, version;
	TRY(resolution_of(c, "259/17/ZK", &r));
	TRY(document_add(c, &(DocumentNew){.title = S("Střednědobý plán rozvoje sociálních služeb Libereckého kraje 2018–2020"), .kind = S("plan"), .owner = r.body,
		.valid_to = date(2020, 12, 31), .is_public = true, .summary = S("Plán z doby před programem. (Ukázkový dokument.)")}, &document));
	TRY(version_add(c, document, &(VersionNew){.text = S("# Střednědobý plán 2018–2020\n\n*Ukázkový text, není to plán kraje.*\n"), .note = S("Schválené znění")}, &version));
	TRY(version_freeze(c, version));
	return version_put_in_force(c, version, date(2018, 1, 1));
}

Err plan_demo(Ctx *c, DemoSize size) {
	(void)size;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(adopt(c, 2021, PLAN_ARCHIVED, NULL, "194/20/ZK"));
	TRY(adopt(c, 2024, PLAN_IN_FORCE, "1824/22/RK", "616/23/ZK"));
	TRY(workflow_adopt(c, &plan_machine));
	TRY(add_oldest(c));
	TRY(add_next(c));
	TRY(plan_cards_demo(c));
	return tx_commit(&tx);
}
