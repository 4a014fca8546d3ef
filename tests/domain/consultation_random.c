/* Random arrivals, splits, joins and answers: each sentence that anybody wrote stands exactly once in the table of answers, whatever officers did on
 * the way, and nothing is published while one waits. COMMENT_OPERATIONS says how many steps. */
#include <stdlib.h>

#include "base/hash.h"
#include "tests/domain/consultation.h"

enum { OPERATIONS = 300, MOST = 2000, SENTENCES = 6, CHECK_EVERY = 60 };

typedef enum Fate { RECEIVED, LATE, CHECKED, SETTLED, SPLIT, MERGED } Fate;
/* A naive comment: sentences are whole numbers, in the order in which they were written. */
typedef struct Told {
	Id   id;
	int  first, count;
	Fate fate;
	int  into;                               /* of one that was joined */
} Told;
typedef struct Model {
	Told at[MOST];
	int  len, sentences;
} Model;

static Str sentence(int no) { return str_format(t_arena, "Věta číslo %d chce něco jiného.", no); }

static Str words_of(int first, int count) {
	Strs list = {0};
	for (int i = 0; i < count; i++)
		strs_add(t_arena, &list, sentence(first + i));
	return str_join(t_arena, S(" "), list);
}

static bool open_to_work(const Told *k) { return k->fate == RECEIVED || k->fate == CHECKED; }

static int joined_to(const Model *m, int whole) {
	int n = 0;
	for (int i = 0; i < m->len; i++)
		n += m->at[i].fate == MERGED && m->at[i].into == whole;
	return n;
}

static void arrive(Period *p, Model *m, Rand *r, bool late) {
	int      count = (int)rand_range(r, 1, SENTENCES);
	Comment *k = record_one(p, str_z(t_arena, words_of(m->sentences, count)), "");
	EXPECT(k->late == late);
	m->at[m->len++] = (Told){k->head.id, m->sentences, count, late ? LATE : RECEIVED, -1};
	m->sentences += count;
}

static void split(Period *p, Model *m, Rand *r, int i) {
	Told    *k = &m->at[i];
	int      cut = k->count > 1 ? (int)rand_range(r, 1, k->count - 1) : 1;
	bool     loses = rand_chance(r, 20), is_fine = open_to_work(k) && k->count > 1 && !loses && !joined_to(m, i);
	Str      parts[2] = {words_of(k->first, cut), k->count > 1 ? words_of(k->first + cut, k->count - cut - loses) : S("")};
	Comments made;
	EXPECT((comment_split(&p->c, k->id, 0, parts, 2, &made) == OK) == is_fine);
	p->c.problems.len = 0;
	if (!is_fine)
		return;
	k->fate = SPLIT;
	m->at[m->len++] = (Told){made.at[0]->head.id, k->first, cut, RECEIVED, -1};
	m->at[m->len++] = (Told){made.at[1]->head.id, k->first + cut, k->count - cut, RECEIVED, -1};
}

static void merge(Period *p, Model *m, int i, int into) {
	Told *k = &m->at[i], *other = &m->at[into];
	bool  is_fine = i != into && open_to_work(k) && (open_to_work(other) || other->fate == SETTLED);
	EXPECT((comment_merge(&p->c, k->id, 0, other->id, S("Totéž.")) == OK) == is_fine);
	p->c.problems.len = 0;
	if (!is_fine)
		return;
	for (int j = 0; j < m->len; j++)
		if (m->at[j].fate == MERGED && m->at[j].into == i)
			m->at[j].into = into;
	k->fate = MERGED;
	k->into = into;
}

static void unmerge(Period *p, Model *m, int i) {
	EXPECT((comment_unmerge(&p->c, m->at[i].id, 0, S("Říká něco jiného.")) == OK) == (m->at[i].fate == MERGED));
	p->c.problems.len = 0;
	if (m->at[i].fate == MERGED)
		m->at[i].fate = RECEIVED;
}

static void classify(Period *p, Model *m, int i) {
	EXPECT((comment_check(&p->c, m->at[i].id, 0, S("content")) == OK) == (m->at[i].fate == RECEIVED));
	p->c.problems.len = 0;
	if (m->at[i].fate == RECEIVED)
		m->at[i].fate = CHECKED;
}

static void admit(Period *p, Model *m, int i) {
	EXPECT((comment_admit(&p->c, m->at[i].id, 0, S("Zdržela ji pošta.")) == OK) == (m->at[i].fate == LATE));
	p->c.problems.len = 0;
	if (m->at[i].fate == LATE)
		m->at[i].fate = RECEIVED;
}

static void answer(Period *p, Model *m, int i) {
	if (!open_to_work(&m->at[i]))
		return;
	settle_it(p, m->at[i].id, "content", i % 2 ? "accepted" : "rejected");
	m->at[i].fate = SETTLED;
}

static void step(Period *p, Model *m, Rand *r, bool late) {
	int dice = (int)rand_range(r, 0, 99), i = m->len ? (int)rand_range(r, 0, m->len - 1) : 0;
	if (!m->len || (dice < 25 && m->len + 2 < MOST))
		arrive(p, m, r, late);
	else if (dice < 45)
		split(p, m, r, i);
	else if (dice < 65)
		merge(p, m, i, (int)rand_range(r, 0, m->len - 1));
	else if (dice < 72)
		unmerge(p, m, i);
	else if (dice < 80)
		classify(p, m, i);
	else if (dice < 85)
		admit(p, m, i);
	else
		answer(p, m, i);
}

/* Where in the table a sentence stands; it stands nowhere else. */
static const SettlementRow *row_of(const Settlement *t, int no) {
	const SettlementRow *found = NULL;
	for (size_t i = 0; i < t->len; i++)
		if (str_has(t->at[i].text, sentence(no))) {
			EXPECT(!found);
			found = &t->at[i];
		}
	EXPECT(found);
	return found;
}

static i64 of_fate(const Model *m, Fate fate) {
	i64 n = 0;
	for (int i = 0; i < m->len; i++)
		n += m->at[i].fate == fate;
	return n;
}

static void compare(Period *p, const Model *m) {
	Settlement    t;
	CommentCounts n;
	MUST(settlement_table(&p->c, p->id, &t));
	MUST(comment_counts(&p->c, p->id, &n));
	EQ_INT(t.len, m->len - of_fate(m, SPLIT));
	EQ_INT(n.all, t.len);
	EQ_INT(n.waiting, of_fate(m, RECEIVED) + of_fate(m, CHECKED));
	for (int i = 0; i < m->len; i++) {
		const Told *k = &m->at[i];
		EQ_STR(stored_comment(p, k->id)->text, words_of(k->first, k->count));
		for (int s = k->first; k->fate != SPLIT && s < k->first + k->count; s++) {
			const SettlementRow *row = row_of(&t, s);
			EQ_INT(row->comment->head.id, k->id);
			EQ_INT(row->answer->head.id, m->at[k->fate == MERGED ? k->into : i].id);
		}
	}
}

static bool may_submit(Period *p) {
	Err e = workflow_do(&p->c, &consultation_machine, p->id, "submit_settlement", NULL);
	p->c.problems.len = 0;
	return e == OK;
}

TEST("consultation: through random splits, joins and answers each sentence has exactly one row; nothing is published while one waits") {
	Period p = period_given();
	Model *m = NEW_ZERO(t_arena, Model);
	Rand   r = rand_seed(20231114);
	i64    total = OPERATIONS;
	EXPECT(!getenv("COMMENT_OPERATIONS") || str_to_int(str_c(getenv("COMMENT_OPERATIONS")), &total));
	for (i64 i = 0; i < total; i++) {
		bool late = i >= total / 2;
		if (i == total / 2) {
			tick_at(&p, D(2023, 11, 15), 0);
			at_moment(&p, p.planner, D(2023, 11, 16), 9, 0, 0);
		}
		step(&p, m, &r, late);
		if (i % CHECK_EVERY == CHECK_EVERY - 1)
			compare(&p, m);
		if (late && i % CHECK_EVERY == 0 && of_fate(m, RECEIVED) + of_fate(m, CHECKED))
			EXPECT(!may_submit(&p));
	}
	for (int i = 0; i < m->len; i++) {
		if (open_to_work(&m->at[i]))
			EXPECT(!may_submit(&p));
		answer(&p, m, i);
	}
	compare(&p, m);
	EXPECT(of_fate(m, SPLIT) > 5 && of_fate(m, MERGED) > 5 && of_fate(m, LATE) > 2);
	EXPECT(may_submit(&p));
	MUST(workflow_do(at_moment(&p, p.head, D(2023, 11, 20), 11, 0, 0), &consultation_machine, p.id, "publish", NULL));
	Settlement t;
	MUST(settlement_table(at_moment(&p, p.visitor, D(2023, 11, 20), 12, 0, 0), p.id, &t));
	for (size_t i = 0; i < t.len; i++)
		EXPECT(t.at[i].reasoning.len && (t.at[i].result.len || t.at[i].late));
	EQ_INT(t.len, m->len - of_fate(m, SPLIT));
	ctx_end(&p.c);
}

TEST("comment: one into which others were joined is split only after they are taken out of it; published answers stay joined") {
	Period   p = period_given();
	Comment *whole = record_one(&p, "Přidejte lůžka ve Frýdlantu. Opravte nadpis.", ""), *same = record_one(&p, "Nadpis má chybu.", "");
	Ctx     *c = at_noon(&p, p.planner);
	Comments parts;
	Str      texts[] = {S("Přidejte lůžka ve Frýdlantu."), S("Opravte nadpis.")};
	MUST(comment_merge(c, same->head.id, 0, whole->head.id, S("")));
	EXPECT(edit_refused(c, comment_split(c, whole->head.id, 0, texts, 2, &parts), ERR_INVALID, "P-2023-0002"));
	EXPECT(edit_refused(c, comment_unmerge(c, same->head.id, 0, S("")), ERR_INVALID, "Čím se připomínka liší"));
	MUST(comment_unmerge(c, same->head.id, 0, S("Týká se jen nadpisu.")));
	MUST(comment_split(c, whole->head.id, 0, texts, 2, &parts));
	MUST(comment_merge(c, same->head.id, 0, parts.at[1]->head.id, S("")));
	settle_it(&p, parts.at[0]->head.id, "content", "rejected");
	settle_it(&p, parts.at[1]->head.id, "formal", "accepted");
	tick_at(&p, D(2023, 11, 15), 0);
	MUST(workflow_do(at_moment(&p, p.planner, D(2023, 11, 20), 9, 0, 0), &consultation_machine, p.id, "submit_settlement", NULL));
	MUST(workflow_do(at_moment(&p, p.head, D(2023, 11, 20), 11, 0, 0), &consultation_machine, p.id, "publish", NULL));
	c = at_moment(&p, p.planner, D(2023, 11, 21), 9, 0, 0);
	EXPECT(edit_refused(c, comment_unmerge(c, same->head.id, 0, S("Přece jen jiná.")), ERR_CONFLICT, "teď nejde"));
	ctx_end(&p.c);
}

TEST("comment: the author of a split comment reads an answer to each part, and none before all are published") {
	Period     p = period_given();
	Comment   *whole = record_one(&p, "Přidejte lůžka ve Frýdlantu. Opravte nadpis.", "");
	Comments   parts;
	Settlement own;
	Ctx       *c = at_noon(&p, p.planner);
	MUST(comment_split(c, whole->head.id, 0, (Str[]){S("Přidejte lůžka ve Frýdlantu."), S("Opravte nadpis.")}, 2, &parts));
	settle_it(&p, parts.at[0]->head.id, "content", "rejected");
	settle_it(&p, parts.at[1]->head.id, "formal", "accepted");
	whole = stored_comment(&p, whole->head.id);
	MUST(settlement_of(at_noon(&p, p.visitor), whole, &own));
	EQ_INT(own.len, 2);
	EXPECT(!own.at[0].result.len && !own.at[0].reasoning.len);
	tick_at(&p, D(2023, 11, 15), 0);
	MUST(workflow_do(at_moment(&p, p.planner, D(2023, 11, 20), 9, 0, 0), &consultation_machine, p.id, "submit_settlement", NULL));
	MUST(workflow_do(at_moment(&p, p.head, D(2023, 11, 20), 11, 0, 0), &consultation_machine, p.id, "publish", NULL));
	MUST(settlement_of(at_moment(&p, p.visitor, D(2023, 11, 21), 9, 0, 0), whole, &own));
	EQ_TEXT(own.at[0].result, "neakceptováno");
	EQ_TEXT(own.at[1].result, "akceptováno");
	ctx_end(&p.c);
}

TEST("comment: parts of a covered comment stay covered, and what the whole says no longer stops the publication") {
	Period   p = period_given();
	Comment *k = record_one(&p, "Volejte 602 123 456. Opravte nadpis.", "");
	Comments parts;
	Ctx     *c = at_noon(&p, p.planner);
	MUST(comment_redact(c, k->head.id, k->head.version, S("Opravte nadpis."), S("Telefon autora.")));
	MUST(comment_split(c, k->head.id, 0, (Str[]){S("Volejte 602 123 456."), S("Opravte nadpis.")}, 2, &parts));
	EQ_TEXT(comment_public_text(stored_comment(&p, parts.at[0]->head.id)), "[…]");
	EQ_TEXT(comment_public_text(stored_comment(&p, parts.at[1]->head.id)), "[…]");
	settle_it(&p, parts.at[0]->head.id, "formal", "accepted");
	settle_it(&p, parts.at[1]->head.id, "formal", "accepted");
	tick_at(&p, D(2023, 11, 15), 0);
	MUST(workflow_do(at_moment(&p, p.planner, D(2023, 11, 20), 9, 0, 0), &consultation_machine, p.id, "submit_settlement", NULL));
	ctx_end(&p.c);
}
