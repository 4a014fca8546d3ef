/* period_cards_page.c: cards of the commented version, as they were frozen, each with the way to comment on it. */
#include "domain/consultation/consultation.html.h"
#include "domain/consultation/consultation_page.h"
#include "domain/consultation/version_card.h"

static bool takes_any(Req *r, const Consultation *n) { return consultation_takes(n, r->c->now) || consultation_takes_late(n, r->c->now); }

Err page_period_cards(Req *r) {
	Arena        *a = r->c->arena;
	Id            id;
	Consultation *n;
	VersionCards  all;
	TRY(arg_id(r, 0, &id));
	TRY(consultation_public(r->c, id, &n));
	TRY(version_cards_of(r->c, n->subject, &all));
	if (!all.len)
		return fail(r->c, ERR_NOT_FOUND, NULL, "K připomínkovanému textu žádné karty aktivit nepatří.");
	Str         back = str_format(a, "/pripominky/%lld", (long long)id);
	PeriodCards v = {.lead = n->title, .back = back, .text_href = str_cat(a, back, S("/text"))};
	for (size_t i = 0; i < all.len; i++) {
		PeriodCard c = {.anchor = all.at[i].anchor, .name = str_format(a, "%.*s %.*s", STR_ARG(all.at[i].code), STR_ARG(all.at[i].title)), .text = all.at[i].text};
		if (takes_any(r, n))
			c.write_href = str_format(a, "%.*s/napsat?odstavec=%.*s", STR_ARG(back), STR_ARG(c.anchor));
		*ARENA_PUSH(a, v.cards.at, v.cards.len, v.cards.cap) = c;
	}
	crumb(r, S("Připomínky a projednání"), S("/pripominky"));
	crumb(r, n->title, back);
	view_period_cards(page(r, S("Karty aktivit k připomínkám")), &v);
	return OK;
}

void period_place_options(Req *r, const Paragraphs *text, const VersionCards *cards, Str chosen, FieldView *f) {
	OptionViews *to = &f->options;
	for (size_t i = 0; i < text->len; i++)
		*ARENA_PUSH(r->c->arena, to->at, to->len, to->cap) =
			(OptionView){.value = text->at[i].anchor, .label = utf8_first(text->at[i].text, 100), .chosen = str_eq(text->at[i].anchor, chosen)};
	for (size_t i = 0; i < cards->len; i++)
		*ARENA_PUSH(r->c->arena, to->at, to->len, to->cap) =
			(OptionView){.value = cards->at[i].anchor, .label = utf8_first(cards->at[i].name, 100), .chosen = str_eq(cards->at[i].anchor, chosen)};
}
