/* review: yearly re-evaluation of lines: figures, proposal, the provider heard within working days, what the decision does to the line. */
#include "core/settings.h"
#include "domain/network/draft_inside.h"
#include "domain/network/reservation.h"
#include "domain/network/review.h"
#include "tests/domain/draft_given.h"

static Id given_round(Given *g) {
	ReviewRound *x = entity_new(t_arena, &review_round_entity);
	size_t       lines;
	x->title = S("Přehodnocení za rok 2026");
	x->year = 2026;
	x->scope = S("all");
	MUST(review_round_add(as_person(g, g->officer), x, &lines));
	return x->head.id;
}

static Review *the_review(Given *g, Id round) {
	Reviews all;
	MUST(reviews_of(as_person(g, g->officer), round, &all));
	EXPECT(all.len == 1);
	return all.at[0];
}

static Err step(Given *g, Id id, const Actor *who, const char *action, const char *reason) {
	return workflow_do(as_person(g, who), &review_machine, id, action, &(WorkInput){.reason = str_c(reason), .resolution = strcmp(action, "impose") ? (Str){0} : S("12/26/ZK")});
}

static Line *line_now(Given *g) {
	void *row;
	MUST(store_get(&g->c, &line_entity, TODAY, g->line, &row));
	return row;
}

/* Proposed with a reason and figures; heard by the provider. */
static Review *heard(Given *g, Review *x, const char *proposal) {
	x->proposal = str_c(proposal);
	x->why = S("Naplnění je dlouhodobě nízké.");
	x->filling = (Percent){7000};
	MUST(review_save(as_person(g, g->officer), x));
	MUST(step(g, x->head.id, g->officer, "hear", ""));
	MUST(step(g, x->head.id, g->statutory, "answer", "Chyběli lidé, od ledna máme nové."));
	MUST(review_stored(&g->c, x->head.id, &x));
	return x;
}

TEST("review: the machines of rounds and reviews pass the model check") {
	static const Machine *const machines[] = {&review_round_machine, &review_machine};
	for (size_t i = 0; i < LEN(machines); i++) {
		Strs faults = {0};
		workflow_check(t_arena, machines[i], &faults);
		if (faults.len)
			test_fail(__FILE__, __LINE__, "%zu faults, the first: %.*s", faults.len, STR_ARG(faults.at[0]));
	}
}

TEST("review 9.1: a cut rounds up, to a quarter of a worker or to a whole bed") {
	EQ_INT(review_round_up(fte(401), S("U")).hundredths, 425);
	EQ_INT(review_round_up(fte(425), S("U")).hundredths, 425);
	EQ_INT(review_round_up(fte(1), S("U")).hundredths, 25);
	EQ_INT(review_round_up(fte(3801), S("L")).hundredths, 3900);
	EQ_INT(review_round_up(fte(3800), S("L")).hundredths, 3800);
}

TEST("review 9.3: below 80 % two years running a cut is suggested, below 90 % or beds below 85 % a reservation, without figures nothing") {
	Given   g = given_network();
	Ctx    *c = as_person(&g, g.officer);
	Review *x = entity_new(t_arena, &review_entity);
	Str     why;
	EQ_INT(review_suggest(c, x, &why).len, 0);
	x->filling = (Percent){7999};
	EQ_TEXT(review_suggest(c, x, &why), RESULT_RESERVE);
	x->filling_before = (Percent){7999};
	EQ_TEXT(review_suggest(c, x, &why), RESULT_CUT);
	x->filling_before = (Percent){8000};
	EQ_TEXT(review_suggest(c, x, &why), RESULT_RESERVE);
	x->filling = (Percent){9000};
	EQ_TEXT(review_suggest(c, x, &why), RESULT_KEEP);
	x->occupancy = (Percent){8499};
	EQ_TEXT(review_suggest(c, x, &why), RESULT_RESERVE);
	EXPECT(str_has(why, S("85")));
}

TEST("review: a round takes the lines that stand in the network, each into one open review only; another kind finds nothing") {
	Given  g = given_network();
	Id     left = given_line(&g, "102"), round;
	size_t lines;
	change_line(&g, left, D(2026, 2, 1), 650, LINE_LEFT);
	round = given_round(&g);
	EQ_INT(the_review(&g, round)->line, g.line);
	ReviewRound *x = entity_new(t_arena, &review_round_entity);
	*x = (ReviewRound){.title = S("Druhé"), .year = 2026, .scope = S("all")};
	REFUSED_SAYING(&g, review_round_add(as_person(&g, g.officer), x, &lines), ERR_INVALID, "žádný řádek");
	*x = (ReviewRound){.title = S("Podle druhu"), .year = 2026, .scope = S("kind")};
	REFUSED_SAYING(&g, review_round_add(as_person(&g, g.officer), x, &lines), ERR_INVALID, "vyberte ho");
	REFUSED_SAYING(&g, review_round_add(as_person(&g, g.statutory), x, &lines), ERR_FORBIDDEN, "");
	REFUSED_SAYING(&g, workflow_do(as_person(&g, g.officer), &review_round_machine, round, "close", NULL), ERR_INVALID, "Nerozhodnutých přehodnocení je 1");
}

TEST("review: keeping wants figures, or why there are none, and a reason; it needs no hearing") {
	Given   g = given_network();
	Id      round = given_round(&g);
	Review *x = the_review(&g, round);
	x->proposal = S(RESULT_KEEP);
	MUST(review_save(&g.c, x));
	REFUSED_SAYING(&g, step(&g, x->head.id, g.officer, "confirm", ""), ERR_INVALID, "Chybí naplnění úvazků");
	x->figures_note = S("Služba začala v listopadu.");
	MUST(review_save(as_person(&g, g.officer), x));
	REFUSED_SAYING(&g, step(&g, x->head.id, g.officer, "confirm", ""), ERR_INVALID, "zdůvodnění");
	x->why = S("Nová služba.");
	MUST(review_save(as_person(&g, g.officer), x));
	REFUSED_SAYING(&g, step(&g, x->head.id, g.officer, "hear", ""), ERR_INVALID, "ponechává beze změny");
	MUST(step(&g, x->head.id, g.officer, "confirm", ""));
	REFUSED_SAYING(&g, review_save(as_person(&g, g.officer), x), ERR_CONFLICT, "se už nemění");
	EQ_TEXT(line_now(&g)->status, LINE_IN_NETWORK);
	MUST(workflow_do(as_person(&g, g.officer), &review_round_machine, round, "close", NULL));
}

TEST("review: the provider reads the proposal from the hearing on, answers it alone, and has 15 working days; silence lets the region decide") {
	Given   g = given_network();
	Review *x = the_review(&g, given_round(&g));
	void   *row;
	i64     moved;
	x->proposal = S(RESULT_EXIT);
	x->why = S("Služba neplní, k čemu se zavázala.");
	x->filling = (Percent){5000};
	MUST(review_save(&g.c, x));
	MUST(entity_get(as_person(&g, g.statutory), &review_entity, TODAY, x->head.id, &row));
	EQ_INT(((Review *)row)->why.len, 0);
	MUST(step(&g, x->head.id, g.officer, "hear", ""));
	MUST(entity_get(as_person(&g, g.statutory), &review_entity, TODAY, x->head.id, &row));
	EQ_TEXT(((Review *)row)->why, "Služba neplní, k čemu se zavázala.");
	REFUSED_SAYING(&g, step(&g, x->head.id, g.officer, "answer", "Za poskytovatele."), ERR_FORBIDDEN, "");
	REFUSED_SAYING(&g, step(&g, x->head.id, g.statutory, "answer", ""), ERR_INVALID, "Vyjádření");
	REFUSED_SAYING(&g, step(&g, x->head.id, g.officer, "decide", ""), ERR_CONFLICT, "vyjadřuje se poskytovatel");
	WorkObject o;
	MUST(workflow_object(&g.c, &review_machine, x->head.id, &o));
	EQ_INT(o.due.ms, prague_instant(D(2026, 12, 12), 0).ms);      /* from Sunday 22 November: 15 working days end on Friday 11 December */
	ctx_end(&g.c);
	g.c = ctx_make(t_arena, g.app->db, &actor_program, o.due);
	MUST(workflow_tick(&g.c, &moved));
	MUST(review_stored(&g.c, x->head.id, &x));
	EQ_TEXT(x->state, REVIEW_HEARD);
	MUST(step(&g, x->head.id, g.officer, "decide", ""));
	EQ_TEXT(line_now(&g)->status, LINE_EXIT_PROPOSED);
}

TEST("review: a cut goes to the draft, not below the average rounded up, and not over what somebody wrote there") {
	Given      g = given_network();
	Review    *x = the_review(&g, given_round(&g));
	DraftLines lines;
	x->proposal = S(RESULT_CUT);
	x->why = S("Naplnění je dlouhodobě nízké.");
	x->filling = (Percent){7000};
	x->average = fte(455);
	x->new_capacity = fte(700);
	MUST(review_save(&g.c, x));
	REFUSED_SAYING(&g, step(&g, x->head.id, g.officer, "hear", ""), ERR_INVALID, "není menší");
	change_line(&g, g.line, D(2026, 11, 1), 600, LINE_IN_NETWORK);
	x->new_capacity = fte(625);                     /* less than the round was opened with, more than the line has today */
	MUST(review_save(as_person(&g, g.officer), x));
	REFUSED_SAYING(&g, step(&g, x->head.id, g.officer, "hear", ""), ERR_INVALID, "není menší");
	change_line(&g, g.line, D(2026, 11, 1), 650, LINE_IN_NETWORK);
	x->new_capacity = fte(455);
	MUST(review_save(as_person(&g, g.officer), x));
	REFUSED_SAYING(&g, step(&g, x->head.id, g.officer, "hear", ""), ERR_INVALID, "na čtvrt úvazku");
	x->new_capacity = fte(450);
	MUST(review_save(as_person(&g, g.officer), x));
	REFUSED_SAYING(&g, step(&g, x->head.id, g.officer, "hear", ""), ERR_INVALID, "tedy 4,75");
	x->new_capacity = fte(475);
	heard(&g, x, RESULT_CUT);
	REFUSED_SAYING(&g, step(&g, x->head.id, g.officer, "decide", ""), ERR_CONFLICT, "Založte návrh");
	Id version = given_draft(&g);
	MUST(draft_lines(&g.c, version, &lines));
	lines.at[0]->capacity = fte(900);
	lines.at[0]->change_reason = S("Potřeba obvodu.");
	MUST(draft_line_save(as_person(&g, g.officer), lines.at[0]));
	REFUSED_SAYING(&g, step(&g, x->head.id, g.officer, "decide", ""), ERR_CONFLICT, "už jinou kapacitu");
	MUST(draft_line_reset(as_person(&g, g.officer), lines.at[0]));
	MUST(step(&g, x->head.id, g.officer, "decide", "Vyjádření nic nezměnilo."));
	MUST(draft_lines(&g.c, version, &lines));
	EQ_INT(lines.at[0]->capacity.hundredths, 475);
	EXPECT(str_starts(lines.at[0]->change_reason, S("Přehodnocení: ")));
	EQ_INT(line_now(&g)->capacity.hundredths, 650);
}

TEST("review: a reservation is imposed by a resolution only; the line stands with it, and an open draft that did not touch the line follows") {
	Given        g = given_network();
	Id           version = given_draft(&g);
	Review      *x = the_review(&g, given_round(&g));
	DraftChanges changes;
	NetworkVersion *v;
	x->proposal = S(RESULT_RESERVE);
	x->why = S("Naplnění pod hranicí.");
	x->filling = (Percent){8500};
	x->due = D(2027, 12, 1);
	MUST(review_save(&g.c, x));
	REFUSED_SAYING(&g, step(&g, x->head.id, g.officer, "hear", ""), ERR_INVALID, "opatření");
	x->measure = S("Doložit obsazení úvazků.");
	MUST(review_save(as_person(&g, g.officer), x));
	REFUSED_SAYING(&g, step(&g, x->head.id, g.officer, "hear", ""), ERR_INVALID, "dvanácti měsících");
	x->due = D(2027, 6, 30);
	heard(&g, x, RESULT_RESERVE);
	REFUSED_SAYING(&g, step(&g, x->head.id, g.officer, "decide", ""), ERR_INVALID, "ukládá zastupitelstvo");
	MUST(step(&g, x->head.id, g.officer, "impose", ""));
	EQ_TEXT(line_now(&g)->status, LINE_WITH_RESERVATION);
	EQ_TEXT(line_now(&g)->level, "Z1v");
	MUST(network_version_stored(&g.c, version, &v));
	MUST(draft_changes(&g.c, v, &changes));
	EQ_INT(changes.count[DRAFT_SAME], 1);
	EXPECT(!changes.at[0].moved);
	EQ_TEXT(changes.at[0].line->status, LINE_WITH_RESERVATION);
}

TEST("review: what the provider said can bring the proposal back to work") {
	Given   g = given_network();
	Review *x = heard(&g, the_review(&g, given_round(&g)), RESULT_EXIT);
	EQ_TEXT(x->answer, "Chyběli lidé, od ledna máme nové.");
	REFUSED_SAYING(&g, step(&g, x->head.id, g.officer, "rework", ""), ERR_INVALID, "");
	MUST(step(&g, x->head.id, g.officer, "rework", "Nové pracovníky doložil."));
	MUST(review_stored(&g.c, x->head.id, &x));
	x->proposal = S(RESULT_KEEP);
	MUST(review_save(as_person(&g, g.officer), x));
	MUST(step(&g, x->head.id, g.officer, "confirm", ""));
	EQ_TEXT(line_now(&g)->status, LINE_IN_NETWORK);
}

TEST("§ 12: a proposal of a review that was given up before the hearing was never the provider's to read, and is not afterwards") {
	Given   g = given_network();
	Review *x = the_review(&g, given_round(&g));
	WorkObject o;
	void   *row;
	x->proposal = S(RESULT_EXIT);
	x->why = S("Služba neplní, k čemu se zavázala.");
	x->filling = (Percent){5000};
	MUST(review_save(&g.c, x));
	MUST(step(&g, x->head.id, g.officer, "cancel", "Omylem zařazená."));
	MUST(entity_get(as_person(&g, g.statutory), &review_entity, TODAY, x->head.id, &row));
	EQ_INT(((Review *)row)->why.len, 0);
	EQ_INT(((Review *)row)->proposal.len, 0);
	EQ_INT(((Review *)row)->filling.basis_points, BLANK);
	MUST(workflow_object(&g.c, &review_machine, x->head.id, &o));
	EQ_INT(o.text.len, 0);
	MUST(entity_get(as_person(&g, g.officer), &review_entity, TODAY, x->head.id, &row));
	EQ_TEXT(((Review *)row)->why, "Služba neplní, k čemu se zavázala.");
}
