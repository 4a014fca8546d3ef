/* plan_link_page.c: while comments on a version of the plan are taken, each paragraph of its chapters leads to the form. */
#include "domain/consultation/consultation.h"
#include "domain/consultation/plan_link_page.h"
#include "domain/plan/plan_page.h"

static Err comment_address(Ctx *c, Id version, Str *ret) {
	Consultations all;
	*ret = (Str){0};
	TRY(consultation_of(c, version, &all));
	for (size_t i = 0; i < all.len; i++)
		if (consultation_takes(all.at[i], c->now))
			*ret = str_format(c->arena, "/pripominky/%lld/napsat?odstavec=", (long long)all.at[i]->head.id);
	return OK;
}

Err consultation_start(Ctx *c) {
	(void)c;
	plan_set_comment_address(comment_address);
	return OK;
}
