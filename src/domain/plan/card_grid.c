/* card_grid.c: money of a card for all years of its plan at once, as it stands in one form. */
#include "base/hash.h"
#include "core/access.h"
#include "domain/plan/card_inside.h"

static void put_amount(Buf *b, Money m) {
	buf_format(b, "%lld ", (long long)m.halere);
}

static Str digest_of(Arena *a, const CardGrid *g) {
	CLEANUP(buf_free) Buf b = {0};
	for (size_t y = 0; y < PLAN_YEARS; y++) {
		put_amount(&b, g->years[y].operating);
		put_amount(&b, g->years[y].investment);
		for (size_t s = 0; s < SOURCES_MAX; s++)
			put_amount(&b, g->years[y].by_source[s]);
	}
	Sha256 d = sha256(buf_view(&b));
	return hex(a, d.bytes, sizeof d.bytes);
}

Err card_grid_read(Ctx *c, const ActivityCard *k, CardGrid *ret) {
	Plan       *p;
	CardYears   years;
	CardSources sources;
	TRY(plan_stored(c, k->plan, &p));
	TRY(card_years(c, k->head.id, &years));
	TRY(card_sources(c, k->head.id, &sources));
	*ret = (CardGrid){.first_year = p->year_from};
	TRY(plan_sources(c, p, &ret->sources));
	for (i64 y = 0; y < PLAN_YEARS; y++) {
		CardGridYear *g = &ret->years[y];
		*g = (CardGridYear){.operating = {BLANK}, .investment = {BLANK}};
		for (size_t s = 0; s < SOURCES_MAX; s++)
			g->by_source[s] = (Money){BLANK};
		for (size_t i = 0; i < years.len; i++)
			if (years.at[i]->year == p->year_from + y) {
				g->operating = years.at[i]->operating_cost;
				g->investment = years.at[i]->investment_cost;
			}
		for (size_t s = 0; s < ret->sources.len; s++)
			for (size_t i = 0; i < sources.len; i++)
				if (sources.at[i]->year == p->year_from + y && str_eq(sources.at[i]->source, ret->sources.at[s]->code))
					g->by_source[s] = sources.at[i]->amount;
	}
	ret->seen = digest_of(c->arena, ret);
	return OK;
}

static Err save_year(Ctx *c, Id card, i64 year, const CardGridYear *g, const CardYears *stored) {
	for (size_t i = 0; i < stored->len; i++) {
		CardYear *y = stored->at[i];
		if (y->year != year)
			continue;
		if (y->operating_cost.halere == g->operating.halere && y->investment_cost.halere == g->investment.halere)
			return OK;
		y->operating_cost = g->operating;
		y->investment_cost = g->investment;
		return entity_update(c, &card_year_entity, y);
	}
	if (g->operating.halere == BLANK && g->investment.halere == BLANK)
		return OK;
	return entity_insert(c, &card_year_entity, &(CardYear){.card = card, .year = year, .operating_cost = g->operating, .investment_cost = g->investment});
}

/* An amount that was emptied is taken away: nobody says anything about it any more. */
static Err save_source(Ctx *c, Id card, i64 year, Str source, Money amount, const CardSources *stored) {
	for (size_t i = 0; i < stored->len; i++) {
		CardSource *s = stored->at[i];
		if (s->year != year || !str_eq(s->source, source))
			continue;
		if (amount.halere == BLANK)
			return entity_delete(c, &card_source_entity, s->head.id, s->head.version);
		if (amount.halere == s->amount.halere)
			return OK;
		s->amount = amount;
		return entity_update(c, &card_source_entity, s);
	}
	return amount.halere == BLANK ? OK : entity_insert(c, &card_source_entity, &(CardSource){.card = card, .year = year, .source = source, .amount = amount});
}

static Err refuse_overtaken(Ctx *c, Id card, const CardGrid *g) {
	ActivityCard *k;
	CardGrid      now;
	TRY(card_stored(c, card, &k));
	TRY(card_grid_read(c, k, &now));
	return str_eq(now.seen, g->seen) ? OK : fail(c, ERR_CONFLICT, NULL, "Částky karty mezitím uložil někdo jiný, proto se neuložilo nic. Porovnejte označené částky a uložte znovu.");
}

static Err save_all(Ctx *c, Id card, const CardGrid *g) {
	CardYears   years;
	CardSources sources;
	TRY(card_years(c, card, &years));
	TRY(card_sources(c, card, &sources));
	for (i64 y = 0; y < PLAN_YEARS; y++) {
		TRY(save_year(c, card, g->first_year + y, &g->years[y], &years));
		for (size_t s = 0; s < g->sources.len; s++)
			TRY(save_source(c, card, g->first_year + y, g->sources.at[s]->code, g->years[y].by_source[s], &sources));
	}
	return OK;
}

Err card_grid_save(Ctx *c, Id card, const CardGrid *g) {
	TRY(require(c, CAP_CARD_UPDATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(card_check_right(c, card));
	TRY(refuse_overtaken(c, card, g));
	bool decided = c->scope_decided;
	c->scope_decided = true;                 /* years and sources have no columns of scope: the card was asked */
	Err e = save_all(c, card, g);
	c->scope_decided = decided;
	TRY(e);
	return tx_commit(&tx);
}
