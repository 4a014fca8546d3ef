/* draft_demo.c: the next version of the sample network in the making: a few changes, proposals of districts, two of them against each other. */
#include "domain/network/demo_inside.h"
#include "domain/network/draft_inside.h"
#include "domain/network/draft_price.h"
#include "domain/network/mandate_demo.h"
#include "domain/people/demo.h"

static Err change(Ctx *c, DraftLine *d, i64 more, const char *reason) {
	d->capacity = fte(d->capacity.hundredths + more);
	d->change_reason = str_c(reason);
	return draft_line_save(c, d);
}

static Err propose(Ctx *c, Id version, const DraftLine *d, const Unit *place, const char *title, i64 capacity, const char *text, Id *ret) {
	DraftProposal *p = entity_new(c->arena, &draft_proposal_entity);
	p->by_version = version;
	p->line = d ? d->head.id : BLANK;
	p->district = place->id;
	p->title = str_c(title);
	p->capacity = (Fte){capacity};
	p->text = str_c(text);
	TRY(draft_propose(c, p));
	*ret = p->head.id;
	return OK;
}

static Err answer(Ctx *c, const Actor *who, Id proposal, const char *action, const char *reason) {
	const Actor *before = c->actor;
	c->actor = who;
	Err err = workflow_do(c, &draft_proposal_machine, proposal, action, &(WorkInput){.reason = str_c(reason)});
	c->actor = before;
	return err;
}

/* Those whose time runs out before the new year end; others get their ceiling of it from the rules. */
static Err new_year(Ctx *c, const DraftLines *lines, int year) {
	for (size_t i = 0; i < lines->len; i++) {
		DraftLine *d = lines->at[i];
		if (date_is(d->until) && date_year(d->until) < year && !str_eq(d->status, S(LINE_EXPIRED))) {
			d->status = S(LINE_EXPIRED);
			d->change_reason = S("Zařazení na dobu určitou skončilo.");
			TRY(draft_line_save(c, d));
		}
	}
	return OK;
}

/* Kinds that the rules know no reference value of. */
static Err explain_rest(Ctx *c, const NetworkVersion *v) {
	DraftPrices all;
	TRY(draft_prices(c, v, &all));
	Id     *lines = NEW_ARRAY(c->arena, Id, all.len + 1);
	size_t  count = 0;
	for (size_t i = 0; i < all.len; i++)
		if (!all.at[i].stands && all.at[i].ceiling != BLANK)
			lines[count++] = all.at[i].line->head.id;
	return count ? draft_prices_explain(c, v, lines, count, S("Pro druh a jednotku není referenční hodnota; strop je podle plánovaných čistých nákladů. Ukázková data.")) : OK;
}

/* Lines counted in full-time workers, so that any half more is fine. */
static void pick(const DraftLines *lines, DraftLine *ret[6]) {
	size_t n = 0;
	for (size_t i = 0; i < lines->len && n < 6; i++)
		if (i % 7 == 2 && str_eq(lines->at[i]->unit, S("U")) && str_eq(lines->at[i]->status, S(LINE_IN_NETWORK)))
			ret[n++] = lines->at[i];
}

Err draft_demo(Ctx *c) {
	Actor           officer;
	Networks        all;
	DraftLines      lines;
	DraftLine      *d[6] = {0};
	Units           districts;
	Id              id;
	size_t          taken;
	int             year = date_year(c->today) + 1;
	const Unit     *region = territory_region(c);
	const Actor    *before = c->actor;
	NetworkVersion *v = entity_new(c->arena, &network_version_entity);
	TRY(people_demo_actor(c, "sit@demo.invalid", &officer));
	TRY(networks_all(c, &all));
	TRY(territory_below(c, region ? region->id : 0, LEVEL_DISTRICT, TODAY, &districts));
	v->network = all.at[0]->head.id;
	v->number = str_format(c->arena, "%d/1", year);
	v->title = str_format(c->arena, "Základní síť na rok %d", year);
	v->effective_from = date(year, 1, 1);
	v->note = S("Ukázková data.");
	c->actor = &officer;
	Err err = draft_open(c, v);
	if (err == OK)
		err = draft_lines(c, v->head.id, &lines);
	if (err == OK)
		err = new_year(c, &lines, year);
	if (err == OK)
		pick(&lines, d);
	if (err == OK && d[0])
		err = change(c, d[0], 50, "Potřeba obvodu, žádost o změnu kapacity.");
	if (err == OK && d[1])
		err = change(c, d[1], 100, "Karta rozvojové aktivity v plánu.");
	if (err == OK)
		err = draft_prices_take(c, v, &taken);
	if (err == OK)
		err = explain_rest(c, v);
	c->actor = before;
	TRY(err);
	if (!d[5] || districts.len < 2)
		return OK;
	TRY(propose(c, v->head.id, d[2], districts.at[0], "Posílit večerní služby", d[2]->capacity.hundredths + 50,
		"Obce obvodu potvrdily zájem, služba odmítá. Ukázková data.", &id));
	TRY(propose(c, v->head.id, d[2], districts.at[1], "Kapacitu ponechat a přesunout do obvodu", d[2]->capacity.hundredths - 50,
		"Část služby patří do sousedního obvodu. Ukázková data.", &id));
	TRY(propose(c, v->head.id, d[3], districts.at[0], "Navýšit o půl úvazku", d[3]->capacity.hundredths + 50, "Shoda územní řídicí skupiny. Ukázková data.", &id));
	TRY(answer(c, &officer, id, "accept", "Kraj s navýšením souhlasí."));
	TRY(propose(c, v->head.id, d[4], districts.at[1], "Zdvojnásobit kapacitu", d[4]->capacity.hundredths * 2, "Čekací doba přes rok. Ukázková data.", &id));
	TRY(answer(c, &officer, id, "refuse", "Na zdvojnásobení nejsou ve výhledu peníze; kraj se k návrhu vrátí příští rok."));
	const Unit *tanvald = territory_by_slug(c, LEVEL_DISTRICT, S("tanvald"));
	return propose(c, v->head.id, d[5], tanvald ? tanvald : districts.at[0], "Rozšířit do okolních obcí", d[5]->capacity.hundredths + 100,
		"Obce nabízejí prostory. Ukázková data.", &id);
}

/* The next plan is still written, so somebody says what the next year is reckoned with: what lines of the network may cost by now and a little more, so that the order of
 * applications shows where the money ends. */
Err means_demo(Ctx *c) {
	Networks   all;
	LineWholes lines;
	YearMeans  known;
	int        year = date_year(c->today) + 1;
	i64        promised = 0;
	TRY(network_means(c, year, &known));
	if (known.known)
		return OK;
	TRY(networks_all(c, &all));
	TRY(lines_of(c, all.at[0]->head.id, (AsOf){.valid = date(year, 1, 1)}, &lines));
	for (size_t i = 0; i < lines.len; i++) {
		i64 of = line_ceiling(&lines.at[i], year);
		promised += line_counts(lines.at[i].line) && of != BLANK ? of : 0;
	}
	i64           step = INT64_C(10000000);      /* 100 000 Kč */
	NetworkMeans *x = entity_new(c->arena, &network_means_entity);
	x->year = year;
	x->amount = (Money){(promised + promised / 250) / step * step};
	x->source = str_format(c->arena, "návrh rozpočtu kraje na rok %d, ukázková data", year);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(entity_insert(c, &network_means_entity, x));
	return tx_commit(&tx);
}
