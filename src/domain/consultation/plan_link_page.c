/* plan_link_page.c: while comments on a version of the plan are taken, each paragraph of its chapters and each of its cards leads to the form. */
#include "domain/consultation/consultation.h"
#include "domain/consultation/plan_link_page.h"
#include "domain/consultation/version_card.h"
#include "domain/plan/plan_page.h"

static Err comment_address(Ctx *c, Id version, Id card, Str *ret) {
	VersionCards  cards;
	Consultations all;
	*ret = (Str){0};
	TRY(consultation_of(c, version, &all));
	Str anchor = card ? card_anchor(c->arena, card) : (Str){0};
	if (card)
		TRY(version_cards_of(c, version, &cards));
	if (card && !version_card_find(&cards, anchor))
		return OK;
	for (size_t i = 0; i < all.len; i++)
		if (consultation_takes(all.at[i], c->now))
			*ret = str_format(c->arena, "/pripominky/%lld/napsat?odstavec=%.*s", (long long)all.at[i]->head.id, STR_ARG(anchor));
	return OK;
}

Err consultation_start(Ctx *c) {
	(void)c;
	plan_set_comment_address(comment_address);
	return OK;
}
