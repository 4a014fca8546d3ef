/* consultation_demo.c: the comment period of the plan 2024–2026 by its real days, with invented comments and answers; and one that runs now. */
#include "domain/consultation/consultation_demo.h"

#include "domain/consultation/consultation_inside.h"
#include "domain/consultation/hearing.h"
#include "domain/consultation/settlement.h"
#include "domain/consultation/version_card.h"
#include "domain/people/demo.h"
#include "domain/plan/plan.h"

typedef struct People { Actor planner, head, editor; } People;

typedef struct Sample {
	const char *words;                       /* of the paragraph that it is about, or the code of a card; "" = the whole document */
	const char *author_kind, *organisation, *text, *proposal;
	int         day, hour;
	const char *kind, *result, *reasoning;
} Sample;

static const Sample samples[] = {
	{"Popisná část", "municipality", "Obec Příklad", "V popisné části chybí svazky obcí, které služby spolufinancují.", "Doplnit odstavec o svazcích obcí.", 2, 9, "content", "partly",
	 "Svazky obcí jsou nově v kapitole o financování; popisná část odkazuje na ni."},
	{"Nejvíc chybí", "organisation", "Charita Ukázka", "Mezi nejvíc chybějícími službami postrádáme pomoc lidem s duševním onemocněním.", "Doplnit služby pro lidi s duševním onemocněním.", 3, 14, "content", "accepted",
	 "Doplněno do analytické části a mezi priority (Priorita 3)."},
	{"pečovatelskou službu", "citizen", "", "Víkend nestačí, maminka potřebuje pomoc hlavně večer.", "… i večer a o víkendu", 5, 20, "content", "accepted", "Karta 1.1 nově počítá i s večery."},
	{"pečovatelskou službu", "citizen", "", "Pečovatelky by měly chodit i večer.", "", 6, 8, "content", "accepted", ""},
	{"Priorita 2", "organisation", "Poradna Ukázka, z. ú.", "Dluhové poradenství v každém obvodu je správně, chybí ale kapacita.", "Uvést počet úvazků.", 9, 11, "content", "explained",
	 "Počty úvazků jsou v kartách aktivit v příloze č. 1, ne v textu plánu."},
	{"Úvod", "citizen", "", "V úvodu je překlep v roce.", "", 10, 16, "formal", "accepted", "Překlep jsme opravili."},
	{"", "municipality", "Město Ukázkov", "Plán by měl řešit i výstavbu obecních bytů.", "", 13, 23, "content", "out_of_scope", "Bytová výstavba není sociální službou; podnět jsme předali odboru rozvoje."},
	{"A01-01", "municipality", "Obec Vzorná", "Karta počítá s večery jen ve třech obcích, naše v ní chybí.", "Doplnit obec mezi místa, kde služba pomáhá.", 14, 10, "content", "accepted",
	 "Karta nově počítá i s obcí Vzorná."},
	{"", "citizen", "", "Přidejte prosím linku důvěry pro seniory.", "", 15, 7, "", "", ""},
};

static void go_to(Ctx *c, Date day, int hour) {
	c->now = prague_instant(day, hour * 3600);
	c->today = prague_day(c->now);
}

/* The paragraph that begins with, or has, these words. */
static Str anchor_of(const Paragraphs *text, const char *words) {
	for (size_t i = 0; *words && i < text->len; i++)
		if (str_has(text->at[i].text, str_c(words)) && (text->at[i].kind != PARAGRAPH_HEADING || str_starts(text->at[i].text, str_c(words))))
			return text->at[i].anchor;
	return (Str){0};
}

static Str place_of(const Paragraphs *text, const VersionCards *cards, const char *words) {
	for (size_t i = 0; i < cards->len; i++)
		if (str_eq(cards->at[i].code, str_c(words)))
			return cards->at[i].anchor;
	return anchor_of(text, words);
}

static Err record(Ctx *c, Id period, const Sample *s, Str anchor, Comment **ret) {
	CommentNew n = {.anchor = anchor, .text = str_c(s->text), .proposal = str_c(s->proposal), .author_kind = str_c(s->author_kind),
	                .organisation = str_c(s->organisation),
	                .channel = S("web"), .delivered_at = c->now};
	if (str_eq(n.author_kind, S("citizen")))
		n.author_name = S("Jana Ukázková");
	return comment_record(c, period, &n, ret);
}

/* Said at the hearing, two days after the last day: it belongs to the period and is not late. */
static const Sample spoken = {"", "citizen", "", "Na projednání zazněla prosba, aby plán řešil i dopravu lidí k ambulantním službám.", "", 16, 10, "content", "partly",
	"Dopravu ke službám plán sám nezajistí; do opatření 1.1 jsme doplnili podporu terénní formy tam, kde se k ambulantní službě nedá dojet."};

static Err record_spoken(Ctx *c, Id period, Comment **ret) {
	CommentNew n = {.text = str_c(spoken.text), .author_kind = S("citizen"), .channel = S("oral"), .delivered_at = c->now};
	return comment_record(c, period, &n, ret);
}

static Err bind_hearing(Ctx *c, Id period) {
	Hearings all;
	TRY(hearing_coming(c, &all));                /* by the clock of those days it is still to come */
	for (size_t i = 0; i < all.len; i++)
		if (str_has(all.at[i]->title, S("2024–2026")))
			return hearing_bind(c, all.at[i]->head.id, consultation_entity.name, period);
	return OK;
}

static Err settle(Ctx *c, People *p, const Comment *k, const Sample *s) {
	Id  id = k->head.id;
	Str changed = strcmp(s->result, "accepted") == 0 ? k->anchor : (Str){0};
	c->actor = &p->planner;
	TRY(comment_check(c, id, 0, str_c(s->kind)));
	TRY(comment_assign(c, id, 0, p->editor.account));
	c->actor = &p->editor;
	TRY(comment_propose(c, id, 0, &(CommentAnswer){.result = str_c(s->result), .reasoning = str_c(s->reasoning), .changed_anchor = changed}));
	c->actor = &p->head;
	CommentDecision d = {.decided_on = c->today};
	if (strcmp(s->kind, "content") == 0)
		d = (CommentDecision){S("Koordinační skupina"), S("5. jednání, pro 9, proti 0, zdržel se 1"), c->today};
	return comment_decide(c, id, 0, &d);
}

static Err settle_all(Ctx *c, People *p, Comment *const *made) {
	for (size_t i = 0; i < LEN(samples); i++) {
		c->actor = &p->planner;
		if (samples[i].result[0] && !samples[i].reasoning[0])
			TRY(comment_merge(c, made[i]->head.id, 0, made[i - 1]->head.id, S("Říká totéž.")));
		else if (samples[i].result[0])
			TRY(settle(c, p, made[i], &samples[i]));
	}
	return OK;
}

static Consultation period(const char *title, Id version, Date first, Date last) {
	Consultation n = {.title = str_c(title), .subject = version, .first_day = first, .last_day = last, .who = S("kdokoli"),
	                  .accept_late = true, .accept_oral = true, .min_length = 10};
	n.how = S("Podatelna krajského úřadu, nebo koordinátor plánu, odbor sociálních věcí.");
	return n;
}

static Err announce(Ctx *c, Consultation *n) {
	static const char *const channels[] = {"web", "email", "data_box", "paper"};
	for (size_t i = 0; i < LEN(channels); i++)
		strs_add(c->arena, &n->channels, str_c(channels[i]));
	TRY(consultation_add(c, n));
	TRY(workflow_do(c, &consultation_machine, n->head.id, "announce", NULL));
	go_to(c, n->first_day, 1);
	return workflow_system(c, &consultation_machine, n->head.id, "begin", S("První den řízení."));
}

static Err past(Ctx *c, People *p, Id document) {
	DocumentVersion v, next;
	Paragraphs      text;
	VersionCards    cards;
	Plan           *plan;
	Comment        *made[LEN(samples) + 1];
	TRY(version_by_no(c, document, 1, &v));
	TRY(version_by_no(c, document, 2, &next));
	TRY(version_paragraphs(c, v.head.id, &text));
	TRY(plan_by_slug(c, S("2024-2026"), &plan));
	TRY(version_cards_keep(c, plan->head.id, v.head.id));
	TRY(version_cards_of(c, v.head.id, &cards));
	Consultation n = period("Připomínky k návrhu plánu 2024–2026", v.head.id, date(2023, 11, 1), date(2023, 11, 14));
	n.about = S("Návrh střednědobého plánu rozvoje sociálních služeb Libereckého kraje 2024–2026.\n\nDny odpovídají skutečnému řízení; připomínky a odpovědi jsou ukázková data.");
	go_to(c, date(2023, 10, 25), 10);
	c->actor = &p->planner;
	TRY(announce(c, &n));
	for (size_t i = 0; i < LEN(samples); i++) {
		go_to(c, date(2023, 11, samples[i].day), samples[i].hour);
		TRY(record(c, n.head.id, &samples[i], place_of(&text, &cards, samples[i].words), &made[i]));
	}
	TRY(bind_hearing(c, n.head.id));
	go_to(c, date(2023, 11, 15), 9);
	TRY(workflow_system(c, &consultation_machine, n.head.id, "close", S("Poslední den skončil.")));
	go_to(c, date(2023, 11, 16), 10);
	TRY(record_spoken(c, n.head.id, &made[LEN(samples)]));
	go_to(c, date(2023, 11, 24), 13);
	TRY(settle(c, p, made[LEN(samples)], &spoken));
	TRY(settle_all(c, p, made));
	c->actor = &p->planner;
	TRY(places_follow(c, next.head.id));
	TRY(version_cards_keep(c, plan->head.id, next.head.id));
	go_to(c, date(2023, 11, 30), 9);
	TRY(workflow_do(c, &consultation_machine, n.head.id, "submit_settlement", NULL));
	c->actor = &p->head;
	go_to(c, date(2023, 12, 1), 9);
	return workflow_do(c, &consultation_machine, n.head.id, "publish", NULL);
}

static const char draft[] =
	"## Úvod\n\nPravidla určují, jak kraj v letech 2027–2029 přehodnocuje Základní síť, jak se do ní vstupuje a jak se z ní odchází.\n\n*Ukázkový text, není to dokument kraje.*\n\n"
	"## Vstup do sítě\n\nO vstup žádá poskytovatel, obec k němu dává vyjádření. Žádost hodnotí dva hodnotitelé, každý zvlášť.\n\n"
	"## Přehodnocení\n\nKaždá služba se přehodnocuje nejméně jednou za tři roky. Poskytovatel se k výsledku vyjádří do 15 pracovních dnů.\n\n"
	"## Odchod ze sítě\n\nSlužba odchází, když to navrhne poskytovatel, nebo když nesplní výhradu v dohodnuté lhůtě.\n";

static const Sample fresh[] = {
	{"O vstup žádá", "municipality", "Obec Vzorná", "Vyjádření obce by mělo být povinné jen u služeb, které na jejím území opravdu působí.", "", 0, 9, "", "", ""},
	{"Poskytovatel se k výsledku", "organisation", "Domov U Lípy, p. o.", "Patnáct pracovních dnů je o prázdninách málo.", "20 pracovních dnů", 1, 11, "", "", ""},
	{"", "citizen", "", "Pravidla by měla být napsaná i ve snadném čtení.", "", 2, 18, "", "", ""},
};

static Err running(Ctx *c, People *p, Instant now, Id owner) {
	Id         document, version;
	Paragraphs text;
	Comment   *k;
	Date       first = date_add(prague_day(now), -6);
	go_to(c, date_add(first, -7), 9);
	c->actor = &p->planner;
	TRY(document_add(c, &(DocumentNew){.title = S("Pravidla přehodnocení Základní sítě 2027–2029 (návrh)"), .kind = S("methodology"), .owner = owner,
		.summary = S("Návrh metodiky k připomínkám. Ukázkový text."), .is_public = true}, &document));
	TRY(version_add(c, document, &(VersionNew){.text = str_c(draft), .note = S("Návrh k připomínkám.")}, &version));
	TRY(version_freeze(c, version));
	TRY(version_paragraphs(c, version, &text));
	Consultation n = period("Připomínky k pravidlům přehodnocení sítě", version, first, date_add(first, 13));
	n.about = S("Zajímá nás hlavně, zda jsou lhůty přiměřené a zda pravidlům rozumíte.");
	TRY(announce(c, &n));
	for (size_t i = 0; i < LEN(fresh); i++) {
		go_to(c, date_add(first, fresh[i].day), fresh[i].hour);
		TRY(record(c, n.head.id, &fresh[i], anchor_of(&text, fresh[i].words), &k));
	}
	return OK;
}

static Err plan_document(Ctx *c, Document **ret) {
	EntityList list;
	*ret = NULL;
	TRY(entity_list(c, &document_entity, &(ListQuery){.limit = 1000}, &list));
	for (size_t i = 0; i < list.len; i++) {
		Document *d = list.at[i];
		if (str_eq(d->kind, S("plan")) && str_has(d->title, S("2024–2026"))) {
			*ret = d;
			return OK;
		}
	}
	return fail_internal(c, "plan of the demo");
}

Err consultation_demo(Ctx *c) {
	People       p;
	Document    *plan;
	const Actor *before = c->actor;
	Instant      now = c->now;
	TRY(people_demo_actor(c, "planovac@demo.invalid", &p.planner));
	TRY(people_demo_actor(c, "vedouci@demo.invalid", &p.head));
	TRY(people_demo_actor(c, "ekonom@demo.invalid", &p.editor));
	TRY(plan_document(c, &plan));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	Err e = past(c, &p, plan->head.id);
	e = e == OK ? running(c, &p, now, plan->owner) : e;
	c->actor = before;
	c->now = now;
	c->today = prague_day(now);
	return e == OK ? tx_commit(&tx) : e;
}
