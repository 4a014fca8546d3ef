/* answer.c: the region says no: why, by whose decision, and when it will be looked at again. The public register of what stays without an answer. */
#include "domain/needs/answer.h"

#include "base/format.h"
#include "base/text.h"
#include "core/codelist.h"
#include "domain/needs/needs.sql.h"

enum { REVIEW_YEARS_MAX = 5 };

ENTITY(unanswered_entity, UnansweredNeed, UNANSWERED_FIELDS, .name = "unanswered_need", .table = "unanswered_need", .one = "nereagovaná potřeba",
       .many = "nereagované potřeby", .of_many = "nereagovaných potřeb", .article = "f", .title = "title", .order = "review_date", .read = ANYONE,
       .write = CAP_NEED_APPROVE, .path = "/potreby/bez-odpovedi", .is_public = true, .raises_data_version = true)

/* ---- what was filled in ---- */

static Err check_review(Ctx *c, Date review) {
	if (!date_is(review))
		return fail(c, ERR_INVALID, "review_date", "Přezkum nejpozději: doplňte den, kdy se kraj k potřebě vrátí, například 30. 6. 2028.");
	if (!date_after(review, c->today))
		return fail(c, ERR_INVALID, "review_date", "Přezkum nejpozději: zvolte den v budoucnosti.");
	if (date_after(review, date_add_months(c->today, 12 * REVIEW_YEARS_MAX)))
		return fail(c, ERR_INVALID, "review_date", "Přezkum nejpozději: vraťte se k potřebě nejpozději do pěti let.");
	return OK;
}

static Err check_reason(Ctx *c, Str code) {
	const CodeItem *item = code.len ? codelist_find(c, "no_answer_reason", code) : NULL;
	return item ? OK : fail(c, ERR_INVALID, "answer_reason", "Důvod: vyberte jeden ze seznamu.");
}

static Err check_text(Ctx *c, Str text) {
	if (!text.len)
		return fail(c, ERR_INVALID, "reason", "Vysvětlení: napište aspoň větu, které rozumí i ten, koho se potřeba týká.");
	if (utf8_count(text) > 2000 || !text_acceptable(text))
		return fail(c, ERR_INVALID, "reason", "Vysvětlení: text má víc než 2 000 znaků nebo obsahuje znaky, které se nedají uložit. Přepište jej.");
	return OK;
}

static Err check_public(Ctx *c, Str title, Str resolution) {
	Err err = OK;
	if (utf8_count(title) > 160 || !text_acceptable(title))
		err = fail(c, ERR_INVALID, "title", "Název pro veřejnost: zkraťte jej na nejvýš 160 znaků.");
	if (!resolution.len)
		err = fail(c, ERR_INVALID, "resolution", "Rozhodnutí: doplňte usnesení, kterým orgán kraje rozhodl, například 616/23/ZK.");
	return err;
}

Err need_answer(Ctx *c, Id need, const char *action, const NeedAnswer *a) {
	bool      leaves = strcmp(action, "leave") == 0;
	WorkInput in = {.reason = a->text, .resolution = leaves ? a->resolution : (Str){0}, .version = a->version, .more = (void *)a};
	Err       all[] = {check_reason(c, a->reason), check_text(c, text_clean_lines(c->arena, a->text)), leaves ? check_public(c, a->title, a->resolution) : OK,
	                   check_review(c, a->review)};
	for (size_t i = 0; i < LEN(all); i++)
		TRY(all[i]);
	return workflow_do(c, &need_machine, need, action, &in);
}

/* ---- the steps ---- */

/* The general form of steps has no field for the reason of the list and the day. */
static Err filled_in(Ctx *c, const WorkMove *m, const NeedAnswer **ret) {
	*ret = m->input->more;
	return *ret ? OK : fail(c, ERR_INVALID, NULL, "Zápornou odpověď zapište na stránce potřeby tlačítkem Odpovědět zamítavě: patří k ní důvod ze seznamu a datum přezkumu.");
}

static void note_answer(Need *n, const NeedAnswer *a) {
	n->answer_reason = a->reason;
	n->review_date = a->review;
}

Err answer_reject(Ctx *c, WorkMove *m) {
	const NeedAnswer *a;
	TRY(filled_in(c, m, &a));
	note_answer(m->object->row, a);
	return need_rank_leave(c, m->object->row);
}

Err answer_leave(Ctx *c, WorkMove *m) {
	Need             *n = m->object->row;
	const NeedAnswer *a;
	TRY(filled_in(c, m, &a));
	note_answer(n, a);
	UnansweredNeed u = {.need = n->head.id, .title = a->title.len ? text_clean(c->arena, a->title) : n->title, .district = n->district, .target_group = n->target_group,
	                    .kind = n->kind, .unit = n->unit, .missing_capacity = n->missing_capacity, .reason = a->reason, .text = m->input->reason,
	                    .resolution = m->input->resolution, .review_date = a->review, .object_id = BLANK};
	TRY(unanswered_add(c, &u));
	return need_rank_leave(c, n);
}

Err answer_ended(Ctx *c, WorkMove *m) {
	Need *n = m->object->row;
	n->answer_reason = S("");
	n->review_date = (Date){0};
	return unanswered_end(c, n->head.id, m->input->reason);
}

/* ---- the public register ---- */

Err unanswered_add(Ctx *c, UnansweredNeed *u) {
	CHECK(c->tx_depth > 0);
	u->published_at = c->now;
	return entity_insert(c, &unanswered_entity, u);
}

Err unanswered_end(Ctx *c, Id need, Str why) {
	Id  ids[8];
	int n = 0;
	CHECK(c->tx_depth > 0);
	Rows rows = db_query(ctx_conn(c), &sql_unanswered_open, P(V(need)));
	while (rows_next(&rows))
		if (n < (int)LEN(ids))
			ids[n++] = col_int(&rows, 0);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "unanswered needs");
	for (int i = 0; i < n; i++) {
		void *row;
		TRY(store_get(c, &unanswered_entity, TODAY, ids[i], &row));
		UnansweredNeed *u = row;
		u->ended_on = c->today;
		u->ended_why = utf8_first(text_clean(c->arena, why), 500);
		TRY(entity_update(c, &unanswered_entity, u));
	}
	return OK;
}
