/* review_demo.c: a round of re-evaluation of one kind of service, with reviews in every state, and the letters of hearings. */
#include "base/format.h"
#include "core/codelist.h"
#include "domain/network/review_inside.h"
#include "domain/people/demo.h"

Err review_write_letters(Ctx *c, const Review *x) {
	Ids people = {0};
	if (!id_given(x->provider))
		return OK;
	TRY(mail_holders(c, S("PSG"), SCOPE_PROVIDER, x->provider, &people));
	for (size_t i = 0; i < people.len; i++) {
		MailHole holes[] = {
			{"sluzba", x->service_name}, {"navrh", codelist_name(c, "review_result", x->proposal)},
			{"odkaz", str_format(c->arena, "%.*s/app/prehodnoceni/%lld", STR_ARG(mail_origin()), (long long)x->head.id)},
		};
		TRY(mail_add(c, "network.review_hearing", people.at[i], (Str){0}, holes, LEN(holes)));
	}
	return OK;
}

/* A kind that the sample provider has in the network, so that its people see a hearing; else that of the first line. */
static Err kind_of(Ctx *c, Id provider, Str *ret) {
	Networks   all;
	LineWholes lines;
	TRY(networks_all(c, &all));
	TRY(lines_of(c, all.at[0]->head.id, TODAY, &lines));
	*ret = (Str){0};
	for (size_t i = 0; i < lines.len; i++) {
		const Line *l = lines.at[i].line;
		bool        fits = str_eq(l->unit, S("U")) && str_eq(l->status, S(LINE_IN_NETWORK));
		if (fits && (!ret->len || l->provider == provider))
			*ret = l->kind;
		if (fits && l->provider == provider)
			break;
	}
	return OK;
}

static Err fill(Ctx *c, Review *x, size_t turn) {
	static const i64 filling[] = {9640, 7410, 8620, 9880, 9150, 9320}, before[] = {9510, 7890, 9200, 9700, 9080, 9400};
	x->filling = (Percent){filling[turn % LEN(filling)]};
	x->filling_before = (Percent){before[turn % LEN(before)]};
	x->average = fte((x->capacity.hundredths * x->filling.basis_points + 5000) / 10000);
	x->figures_note = S("Měsíční výkazy úvazků. Ukázková data.");
	x->unit_cost = czk(690000 + (i64)turn * 17500);
	x->proposal = S(RESULT_KEEP);
	x->why = S("Služba plní kapacitu, ke které se zavázala. Ukázková data.");
	if (turn % 6 == 1) {
		x->proposal = S(RESULT_CUT);
		x->new_capacity = review_round_up(x->average, x->unit);
		x->why = S("Služba dva roky po sobě nenaplnila ani čtyři pětiny úvazků. Ukázková data.");
	}
	if (turn % 6 == 2) {
		x->proposal = S(RESULT_RESERVE);
		x->measure = S("Doložit obsazení úvazků po měsících.");
		x->due = date_add(c->today, 180);
		x->why = S("Naplnění je pod hranicí pro zařazení bez výhrady. Ukázková data.");
	}
	return review_save(c, x);
}

static void go(Ctx *c, Instant now, int days) {
	c->now = (Instant){now.ms + (i64)days * 24 * 3600 * 1000};
	c->today = prague_day(c->now);
}

/* Kept, heard lately, heard so long ago that the time for an answer is over, or only looked at. */
static Err one(Ctx *c, Instant now, Review *x, size_t turn) {
	go(c, now, turn % 6 == 2 ? -30 : -4);
	TRY(fill(c, x, turn));
	if (turn % 6 == 3 || turn % 6 == 5)
		return OK;
	TRY(workflow_do(c, &review_machine, x->head.id, turn % 6 == 1 || turn % 6 == 2 ? "hear" : "confirm", NULL));
	go(c, now, 0);
	return turn % 6 == 2 ? workflow_system(c, &review_machine, x->head.id, "silence", (Str){0}) : OK;
}

static Err tell(Ctx *c, Instant now, Id provider, ReviewRound *round) {
	Reviews all;
	size_t  lines, turn = 0;
	go(c, now, -31);
	TRY(review_round_add(c, round, &lines));
	TRY(reviews_of(c, round->head.id, &all));
	for (size_t i = 0; i < all.len && i < 12; i++)
		if (all.at[i]->provider == provider)
			TRY(one(c, now, all.at[i], 1));
	for (size_t i = 0; i < all.len && turn < 12; i++)
		if (all.at[i]->provider != provider)
			TRY(one(c, now, all.at[i], turn++));
	return OK;
}

Err reviews_demo(Ctx *c) {
	Actor        officer, statutory;
	Instant      now = c->now;
	const Actor *before = c->actor;
	ReviewRound *round = entity_new(c->arena, &review_round_entity);
	round->year = date_year(c->today) - 1;
	round->title = str_format(c->arena, "Přehodnocení sítě za rok %lld", (long long)round->year);
	round->scope = S("kind");
	TRY(people_demo_actor(c, "sit@demo.invalid", &officer));
	TRY(people_demo_actor(c, "statutar@demo.invalid", &statutory));
	Id provider = statutory.grant_count ? statutory.grants[0].ref : 0;
	TRY(kind_of(c, provider, &round->kind));
	if (!round->kind.len)
		return OK;
	c->actor = &officer;
	Err e = tell(c, now, provider, round);
	c->actor = before;
	go(c, now, 0);
	return e;
}
