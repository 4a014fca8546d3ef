/* comments.c: fills the comment period of the sample data that runs now, answers everything and publishes it: bench-comments STORE COUNT. By the same
 * functions as the program; every fourth comment stands at one paragraph. */
#include "bench/fill.h"
#include "domain/consultation/settlement.h"
#include "domain/people/demo.h"

typedef struct People { Actor planner, head, editor; } People;

static Err running_period(Ctx *c, Consultation **ret, Paragraphs *text) {
	Consultations   all;
	Document       *d;
	DocumentVersion v;
	TRY(consultation_list(c, &all));
	for (size_t i = 0; i < all.len; i++)
		if (consultation_takes(all.at[i], c->now)) {
			*ret = all.at[i];
			return consultation_text(c, *ret, &d, &v, text);
		}
	return ERR_NOT_FOUND;
}

static Err add(Ctx *c, People *p, Id period, const Paragraphs *text, i64 n) {
	Comment   *k;
	CommentNew typed = {.channel = S("paper"), .delivered_at = {c->now.ms - 1000}, .author_kind = S("municipality"), .organisation = S("Obec Ukázková"),
	                    .text = str_format(c->arena, "Připomínka číslo %lld: v tomto místě chybí údaj o dostupnosti služby večer a o víkendu v menších obcích obvodu.", (long long)n),
	                    .anchor = n % 4 == 0 ? text->at[1].anchor : text->at[(size_t)n % text->len].anchor};
	c->actor = &p->planner;
	TRY(comment_record(c, period, &typed, &k));
	TRY(comment_check(c, k->head.id, 0, S("formal")));
	TRY(comment_assign(c, k->head.id, 0, p->editor.account));
	c->actor = &p->editor;
	TRY(comment_propose(c, k->head.id, 0, &(CommentAnswer){.result = n % 3 ? S("accepted") : S("explained"), .reasoning = S("Text v tomto místě doplníme podle připomínky.")}));
	c->actor = &p->head;
	return comment_decide(c, k->head.id, 0, &(CommentDecision){.decided_on = c->today});
}

static Err publish(Ctx *c, People *p, Id period, Instant after) {
	c->now = after;
	c->today = prague_day(after);
	c->actor = &p->planner;
	TRY(workflow_system(c, &consultation_machine, period, "close", S("Poslední den skončil.")));
	TRY(workflow_do(c, &consultation_machine, period, "submit_settlement", NULL));
	c->actor = &p->head;
	return workflow_do(c, &consultation_machine, period, "publish", NULL);
}

/* What the sample left unanswered would stop the publication: it is joined to the first one that has an answer. */
static Err join_rest(Ctx *c, Id period) {
	static const char *const waiting[] = {COMMENT_RECEIVED, COMMENT_CHECKED, COMMENT_ASSIGNED};
	Comments done, open;
	i64      total;
	TRY(comment_list(c, period, &(CommentFilter){.state = S(COMMENT_DECIDED), .limit = 1}, &done, &total));
	for (size_t i = 0; i < LEN(waiting); i++) {
		TRY(comment_list(c, period, &(CommentFilter){.state = str_c(waiting[i]), .limit = 100}, &open, &total));
		for (size_t k = 0; k < open.len; k++)
			TRY(comment_merge(c, open.at[k]->head.id, 0, done.at[0]->head.id, (Str){0}));
	}
	return OK;
}

static Err fill(Ctx *c, i64 count) {
	People        p;
	Consultation *n = NULL;
	Paragraphs    text;
	TRY(people_demo_actor(c, "planovac@demo.invalid", &p.planner));
	TRY(people_demo_actor(c, "vedouci@demo.invalid", &p.head));
	TRY(people_demo_actor(c, "ekonom@demo.invalid", &p.editor));
	c->actor = &p.planner;
	TRY(running_period(c, &n, &text));
	for (i64 i = 0; i < count; i++)
		TRY(add(c, &p, n->head.id, &text, i));
	c->actor = &p.planner;
	TRY(join_rest(c, n->head.id));
	TRY(publish(c, &p, n->head.id, (Instant){consultation_closes(n).ms + 60 * 1000}));
	printf("%lld\n", (long long)n->head.id);
	return OK;
}

int main(int argc, char **argv) {
	return bench_fill("bench-comments", argc, argv, fill);
}
