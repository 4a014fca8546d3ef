/* action_plan_text.c: the text of an action plan and the way of one. */
#include "base/format.h"
#include "domain/plan/action_plan.h"
#include "domain/plan/annex.h"
#include "domain/plan/card_inside.h"

/* ---- tables ---- */

static void open_table(Arena *a, Table *t, const char *const *heads, size_t columns, size_t rows, size_t texts) {
	*t = (Table){.columns = columns, .rows = 1, .at = NEW_ARRAY(a, Str, columns * (rows + 1)), .is_number = NEW_ARRAY(a, bool, columns)};
	for (size_t i = 0; i < columns; i++) {
		t->at[i] = str_c(heads[i]);
		t->is_number[i] = i >= texts;
	}
}

static void put_row(Table *t, const Str *cells) {
	memcpy(&t->at[t->columns * t->rows++], cells, sizeof(Str) * t->columns);
}

static void put_table(Arena *a, Buf *out, Table *t, Str caption) {
	t->caption = caption;
	buf_str(out, table_write(a, t));
	buf_lit(out, "\n\n");
}

static void write_cards(Ctx *c, const ActionPlan *a, const ActionCards *cards, const Strategy *strategy, Buf *out) {
	static const char *const heads[] = {"Kód", "Karta", "Opatření", "V roce", "Milník", "Náklady", "Zdroje", "Chybí"};
	Table  t;
	Arena *m = c->arena;
	open_table(m, &t, heads, LEN(heads), cards->len + 1, 5);
	for (size_t i = 0; i < cards->len; i++) {
		const ActionCard   *k = &cards->at[i];
		const StrategyItem *s = strategy_find(strategy, k->card->measure);
		put_row(&t, (Str[]){k->card->code, markdown_plain(m, k->card->title), s ? s->code : (Str){0}, action_kind_text(k->kind), markdown_plain(m, k->milestone),
			money_text(m, k->money.cost, "–"), money_text(m, k->money.sources, "–"), money_text(m, k->money.missing, "–")});
	}
	const YearMoney *y = &cards->money.years[cards->year];
	put_row(&t, (Str[]){S("**Celkem**"), (Str){0}, (Str){0}, (Str){0}, (Str){0}, money_text(m, y->cost, "–"), money_text(m, y->sources, "–"), money_text(m, y->missing, "–")});
	put_table(m, out, &t, str_format(m, "Karty aktivit v roce %lld", (long long)a->year));
}

static void write_money(Ctx *c, const ActionPlan *a, const ActionCards *cards, Buf *out) {
	static const char *const heads[] = {"Položka", "Částka"};
	const YearMoney *y = &cards->money.years[cards->year];
	Table  t;
	Arena *m = c->arena;
	open_table(m, &t, heads, LEN(heads), SOURCES_MAX + 6, 1);
	put_row(&t, (Str[]){S("Provozní náklady"), money_text(m, y->operating, "–")});
	put_row(&t, (Str[]){S("Investiční náklady"), money_text(m, y->investment, "–")});
	put_row(&t, (Str[]){S("**Náklady celkem**"), money_text(m, y->cost, "–")});
	for (size_t s = 0; s < cards->money.sources.len; s++)
		if (y->by_source[s] != BLANK)
			put_row(&t, (Str[]){cards->money.sources.at[s]->name, money_text(m, y->by_source[s], "–")});
	put_row(&t, (Str[]){S("**Zdroje celkem**"), money_text(m, y->sources, "–")});
	put_row(&t, (Str[]){S("**Chybí**"), money_text(m, y->missing, "–")});
	put_table(m, out, &t, str_format(m, "Náklady a zdroje karet v roce %lld", (long long)a->year));
}

static Err write_differences(Ctx *c, const Plan *p, const ActionPlan *a, const ActionCards *cards, Buf *out) {
	static const char *const heads[] = {"Kód", "Karta", "Rozdíl proti plánu"};
	ActionDifferences all;
	Table             t;
	TRY(action_differences(c, a, p->valid_version, cards, &all));
	buf_lit(out, "# Rozdíly proti schválenému plánu\n\n");
	if (!all.known || !all.len) {
		buf_str(out, all.known ? S("Karty tohoto roku jsou stejné jako ve schváleném plánu.\n\n")
		                       : S("Platné znění plánu nemá karty zmrazené v programu, proto se s ním karty neporovnávají.\n\n"));
		return OK;
	}
	open_table(c->arena, &t, heads, LEN(heads), all.len, 3);
	for (size_t i = 0; i < all.len; i++)
		put_row(&t, (Str[]){all.at[i].code, markdown_plain(c->arena, all.at[i].title), markdown_plain(c->arena, all.at[i].what)});
	put_table(c->arena, out, &t, S("Co přibylo, co se změnilo a co odpadlo"));
	return OK;
}

/* ---- the text ---- */

static Err settle(void *arg, Str name, Str caption, bool is_block, Str *ret) {
	return plan_live_markdown(arg, name, caption, is_block, ret);
}

Err action_plan_compose(Ctx *c, const ActionPlan *a, Str *ret) {
	Plan       *p;
	Strategy    strategy;
	ActionCards cards;
	Paragraphs  text;
	Str         why;
	CLEANUP(buf_free) Buf out = {0};
	TRY(plan_stored(c, a->plan, &p));
	TRY(strategy_of(c, p->head.id, &strategy));
	TRY(action_cards(c, a, &cards));
	if (paragraphs_read(c->arena, a->activities, &text, &why) != OK)
		return fail(c, ERR_INVALID, "activities", "%.*s", STR_ARG(why));
	TRY(paragraphs_settle_live(c->arena, &text, settle, c));
	buf_format(&out, "# Co kraj v roce %lld udělá\n\n%.*s\n\n", (long long)a->year, STR_ARG(paragraphs_write(c->arena, &text, false)));
	buf_format(&out, "# Karty aktivit v roce %lld\n\n", (long long)a->year);
	buf_lit(&out, "Karta *začíná*, když v tomto roce začíná její práce; *pokračuje*, když začala dřív; *přenesená* je ta, která měla začít nebo skončit dřív.\n\n");
	write_cards(c, a, &cards, &strategy, &out);
	write_money(c, a, &cards, &out);
	TRY(write_differences(c, p, a, &cards, &out));
	*ret = buf_take(&out, c->arena);
	return OK;
}

/* ---- steps ---- */

static Err document_for(Ctx *c, ActionPlan *a) {
	Plan     *p;
	Document *d;
	if (id_given(a->document))
		return OK;
	TRY(plan_stored(c, a->plan, &p));
	TRY(document_get(c, p->document, &d));
	return document_add(c, &(DocumentNew){.title = a->title, .kind = S("action_plan"), .owner = d->owner, .part_of = p->document,
		.summary = str_format(c->arena, "Co z plánu na roky %lld–%lld se udělá v roce %lld.", (long long)p->year_from, (long long)p->year_to, (long long)a->year)}, &a->document);
}

static Err freeze(Ctx *c, ActionPlan *a, Str note) {
	Plan       *p;
	Str         text;
	ActionCards chosen;
	Cards       cards = {0};
	TRY(document_for(c, a));
	TRY(plan_stored(c, a->plan, &p));
	TRY(action_plan_compose(c, a, &text));
	TRY(version_add(c, a->document, &(VersionNew){.text = text, .note = note}, &a->newest_version));
	TRY(version_freeze(c, a->newest_version));
	TRY(action_cards(c, a, &chosen));
	for (size_t i = 0; i < chosen.len; i++)
		*ARENA_PUSH(c->arena, cards.at, cards.len, cards.cap) = chosen.at[i].card;
	return cards_freeze(c, p, a->newest_version, &cards);
}

static Err step_publish(Ctx *c, WorkMove *m) {
	ActionPlan *a = m->object->row;
	Document   *d;
	TRY(freeze(c, a, S("Návrh k připomínkám")));
	TRY(document_get(c, a->document, &d));
	d->is_public = true;
	return document_change(c, d);
}

static Err step_finish(Ctx *c, WorkMove *m) {
	return freeze(c, m->object->row, S("Konečné znění po vypořádání připomínek"));
}

static Err step_approve(Ctx *c, WorkMove *m) {
	ActionPlan *a = m->object->row;
	Resolution  r;
	Date        first = date((int)a->year, 1, 1);
	TRY(plan_resolution(c, m->input->resolution, &r));
	TRY(version_put_in_force(c, a->newest_version, date_after(c->today, first) ? c->today : first));
	a->resolution = r.head.id;
	a->valid_version = a->newest_version;
	return OK;
}

/* ---- guards ---- */

static Err is_written(Ctx *c, const WorkObject *o, Verdict *ret) {
	const ActionPlan *a = o->row;
	(void)c;
	if (!a->activities.len)
		*ret = (Verdict){REFUSED, S("Chybí text o tom, co kraj v tomto roce udělá."), S("Napište ho na stránce akčního plánu.")};
	return OK;
}
static const Guard written = {"activities_written", "Akční plán říká, co kraj v tomto roce udělá.", is_written};

/* What the body approves is what the cards say. */
static Err same_totals(Ctx *c, const WorkObject *o, Verdict *ret) {
	const ActionPlan *a = o->row;
	ActionCards       cards;
	ActionDifferences all;
	TRY(action_cards(c, a, &cards));
	TRY(action_differences(c, a, a->newest_version, &cards, &all));
	if (all.len)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Karty se od zmrazení změnily; %.*s: %.*s.", STR_ARG(all.at[0].code), STR_ARG(all.at[0].what)),
		                 S("Vraťte akční plán k dopracování a zmrazte znovu, nebo opravte karty.")};
	return OK;
}
static const Guard totals = {"card_totals", "Karty a jejich součty v tomto roce souhlasí se zmrazeným zněním.", same_totals};
static const Guard standpoints = {"steering_standpoints", "Každá územní řídicí skupina dala stanovisko, nebo je u ní důvod, proč ne.",
                                  .waived = "Stanoviska skupin program zatím neeviduje; přiložte je k materiálu."};
static const Guard college = {"college", "K akčnímu plánu se vyjádřilo Kolegium obcí III. typu, nebo je důvod, proč ne.",
                              .waived = "Jednání kolegia program zatím neeviduje; zápis přiložte k materiálu."};

static Err year_over(Ctx *c, const WorkObject *o, Verdict *ret) {
	const ActionPlan *a = o->row;
	if (date_year(c->today) <= a->year)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Rok %lld ještě neskončil.", (long long)a->year), S("Vyhodnoťte akční plán po konci roku.")};
	return OK;
}
static const Guard over = {"year_over", "Rok akčního plánu skončil.", year_over};

static Err cards_measured(Ctx *c, const WorkObject *o, Verdict *ret) {
	const ActionPlan *a = o->row;
	ActionCards       cards;
	Strs              lacks = {0};
	TRY(action_cards(c, a, &cards));
	for (size_t i = 0; i < cards.len; i++) {
		Monitorings all;
		bool        found = str_eq(cards.at[i].card->state, S(CARD_APPROVED));
		TRY(card_monitorings(c, cards.at[i].card->head.id, &all));
		for (size_t k = 0; k < all.len; k++)
			found = found || date_year(all.at[k]->day) >= a->year || str_eq(cards.at[i].card->state, S(CARD_DONE));
		if (!found)
			strs_add(c->arena, &lacks, cards.at[i].card->code);
	}
	if (lacks.len)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Karty bez zápisu sledování za rok %lld: %.*s.", (long long)a->year, STR_ARG(str_join(c->arena, S(", "), lacks))),
		                 S("Zapište do sledování karet, jak v tomto roce dopadly.")};
	return OK;
}
static const Guard measured = {"cards_evaluated", "Karty roku mají zápis sledování.", cards_measured};

static Err describe(Ctx *c, WorkObject *o) {
	const ActionPlan *a = o->row;
	Plan *p;
	TRY(plan_stored(c, a->plan, &p));
	o->title = a->title;
	o->brief = str_format(c->arena, "rok %lld", (long long)a->year);
	o->link = str_format(c->arena, "/app/plan/%.*s/akcni-plan/%lld", STR_ARG(p->slug), (long long)a->year);
	o->owner_link = str_format(c->arena, "/plan/%.*s/akcni-plan/%lld", STR_ARG(p->slug), (long long)a->year);
	o->text = a->activities;
	return OK;
}

const Machine action_plan_machine = {
	.name = "action_plan", .title = "Akční plán", .entity = &action_plan_entity, .topic = "plan", .describe = describe,
	.help = "Akční plán říká, co se z platného plánu udělá v jednom roce. Karty a částky se do něj odvodí a zmrazí s jeho textem; veřejnost k návrhu dá připomínky a konečné "
	        "znění schválí orgán kraje.",
	MACHINE_STATES(
		{ACTION_DRAFTING, "zpracování", .tone = TONE_INFO, .waits_for = "PLN", .task = "Dopište akční plán a zveřejněte ho k připomínkám", .button = "Otevřít akční plán",
		 .why = "Akční plán má platit od začátku roku."},
		{ACTION_IN_CONSULTATION, "připomínky veřejnosti", .tone = TONE_WARN, .waits_for = "PLN", .needs = "publish"},
		{ACTION_FINAL, "konečné znění", .tone = TONE_INFO, .waits_for = "VED", .task = "Předložte akční plán orgánům kraje", .button = "Otevřít akční plán",
		 .why = "Akční plán schvaluje orgán kraje.", .needs = "publish finish"},
		{ACTION_IN_APPROVAL, "schvalování", .tone = TONE_WARN, .waits_for = "VED", .task = "Zapište, jak orgán kraje o akčním plánu rozhodl", .button = "Otevřít akční plán",
		 .why = "Schválený akční plán vejde v platnost.", .needs = "finish submit"},
		{ACTION_IN_FORCE, "v platnosti", .tone = TONE_OK, .waits_for = "PLN", .needs = "publish finish submit approve"},
		{ACTION_CLOSED, "vyhodnocený", .tone = TONE_OK, .is_final = true, .needs = "approve close"}),
	MACHINE_ACTIONS(
		{START, "open", "Založit akční plán", "akční plán založen", ACTION_DRAFTING, .capability = CAP_PLAN_UPDATE},
		{ACTION_DRAFTING, "publish", "Zmrazit a zveřejnit k připomínkám", "zveřejněno k připomínkám", ACTION_IN_CONSULTATION, .capability = CAP_PLAN_PUBLISH,
		 .guards = GUARDS(&written), .alarms = true, .notify = "COO PSG MSG", .run = step_publish},
		{ACTION_IN_CONSULTATION, "finish", "Zmrazit konečné znění", "konečné znění zmrazeno", ACTION_FINAL, .capability = CAP_PLAN_PUBLISH, .alarms = true,
		 .notify = "VED COO", .run = step_finish},
		{ACTION_IN_CONSULTATION " " ACTION_FINAL, "rework", "Vrátit k dopracování", "vráceno k dopracování", ACTION_DRAFTING, .capability = CAP_PLAN_PUBLISH,
		 .reason = REASON_REQUIRED, .restarts = true},
		{ACTION_FINAL, "submit", "Předložit orgánům kraje", "předloženo orgánům kraje", ACTION_IN_APPROVAL, .capability = CAP_PLAN_APPROVE,
		 .guards = GUARDS(&standpoints, &college, &totals), .notify = "ELE"},
		{ACTION_IN_APPROVAL, "approve", "Zapsat schválení", "schváleno", ACTION_IN_FORCE, .capability = CAP_PLAN_APPROVE, .resolution = "usnesení orgánu kraje",
		 .alarms = true, .notify = "COO PSG MSG PLN", .run = step_approve},
		{ACTION_IN_APPROVAL, "return", "Zapsat vrácení nebo zamítnutí", "vráceno zpracovateli", ACTION_DRAFTING, .capability = CAP_PLAN_APPROVE,
		 .reason = REASON_REQUIRED, .reason_label = "Důvod podle zápisu z jednání", .restarts = true, .notify = "PLN COO"},
		{ACTION_IN_FORCE, "close", "Zapsat vyhodnocení", "akční plán vyhodnocen", ACTION_CLOSED, .capability = CAP_PLAN_PUBLISH, .guards = GUARDS(&over, &measured),
		 .reason = REASON_REQUIRED, .reason_label = "Závěr vyhodnocení", .notify = "COO VED"}),
};
