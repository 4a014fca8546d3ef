/* consultation.c: comment periods: what may be set when, and what time it is in one. */
#include "domain/consultation/consultation.h"

#include "base/format.h"
#include "base/text.h"
#include "core/access.h"
#include "core/settings.h"
#include "domain/consultation/consultation_inside.h"

/* Whatever writes a period comes by here: rules, imports, the generic store. */
static Err check_consultation(Ctx *c, const void *row) {
	const Consultation *n = row;
	int                 days = n->last_day.n - n->first_day.n + 1;
	i64                 least = setting_int(c, "consultation.days_min"), most = setting_int(c, "consultation.days_max");
	if (days < least || days > most)
		return fail(c, ERR_INVALID, "last_day", "Poslední den: připomínkovat se musí nejméně %lld a nejvýše %lld dnů včetně prvního a posledního; teď je jich %d.",
		            (long long)least, (long long)most, days < 0 ? 0 : days);
	return OK;
}

ENTITY(consultation_entity, Consultation, CONSULTATION_FIELDS, .name = "consultation", .table = "consultation", .one = "připomínkové řízení",
       .many = "připomínková řízení", .of_many = "připomínkových řízení", .article = "n", .title = "title", .order = "first_day",
       .read = CAP_CONSULTATION_READ, .write = CAP_CONSULTATION_UPDATE, .path = "/app/pripominky", .check = check_consultation,
       .raises_data_version = true)

/* ---- time ---- */

Instant consultation_opens(const Consultation *n) { return prague_instant(n->first_day, 0); }
Instant consultation_closes(const Consultation *n) { return prague_instant(date_add(n->last_day, 1), 0); }
bool    consultation_is(const Consultation *n, const char *state) { return str_eq(n->state, str_c(state)); }

bool consultation_is_public(const Consultation *n) {
	return n->announced_at.ms != 0;
}

/* The clock decides, not whether the program has come to move the state. */
static bool is_collecting(const Consultation *n) {
	return consultation_is(n, CONSULTATION_ANNOUNCED) || consultation_is(n, CONSULTATION_OPEN) || consultation_is(n, CONSULTATION_CLOSED);
}

bool consultation_takes(const Consultation *n, Instant at) {
	return is_collecting(n) && at.ms >= consultation_opens(n).ms && at.ms < consultation_closes(n).ms;
}

bool consultation_takes_late(const Consultation *n, Instant at) {
	return n->accept_late && is_collecting(n) && at.ms >= consultation_closes(n).ms;
}

Str consultation_when(Arena *a, const Consultation *n) {
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "od ");
	fmt_date(&b, n->first_day);
	buf_lit(&b, " do ");
	fmt_date(&b, n->last_day);
	buf_lit(&b, " včetně");
	return buf_take(&b, a);
}

/* ---- reading ---- */

Err consultation_load(Ctx *c, Id id, Consultation **ret) {
	void *row;
	TRY(store_get(c, &consultation_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

static Err no_such(Ctx *c) {
	return fail(c, ERR_NOT_FOUND, NULL, "Takové připomínkové řízení tu není, nebo ještě nebylo vyhlášeno.");
}

static Err load_quietly(Ctx *c, Id id, Consultation **ret) {
	size_t said = c->problems.len;
	Err    e = consultation_load(c, id, ret);
	if (e == OK)
		return OK;
	c->problems.len = said;
	return e == ERR_NOT_FOUND ? no_such(c) : e;
}

static bool sees_all(Ctx *c) {
	return access_scope(c, CAP_CONSULTATION_READ).all;
}

Err consultation_get(Ctx *c, Id id, Consultation **ret) {
	TRY(require(c, CAP_CONSULTATION_READ));
	TRY(load_quietly(c, id, ret));
	return sees_all(c) || consultation_is_public(*ret) ? OK : no_such(c);
}

Err consultation_public(Ctx *c, Id id, Consultation **ret) {
	TRY(load_quietly(c, id, ret));
	return consultation_is_public(*ret) ? OK : no_such(c);
}

static Err load_rows(Ctx *c, Rows rows, Consultations *ret) {
	struct { Id *at; size_t len, cap; } ids = {0};
	*ret = (Consultations){0};
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ids.at, ids.len, ids.cap) = col_int(&rows, 0);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "consultations");
	for (size_t i = 0; i < ids.len; i++) {
		Consultation *n;
		TRY(consultation_load(c, ids.at[i], &n));
		if (sees_all(c) || consultation_is_public(n))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = n;
	}
	return OK;
}

Err consultation_list(Ctx *c, Consultations *ret) {
	return load_rows(c, db_query(ctx_conn(c), &sql_consultation_all, DB_NONE), ret);
}

Err consultation_of(Ctx *c, Id document_version, Consultations *ret) {
	return load_rows(c, db_query(ctx_conn(c), &sql_consultation_of_version, P(V(document_version))), ret);
}

Err consultation_text(Ctx *c, const Consultation *n, Document **document, DocumentVersion *version, Paragraphs *text) {
	TRY(version_get(c, n->subject, version));
	TRY(document_get(c, version->document, document));
	return version_paragraphs(c, n->subject, text);
}

/* ---- setting up ---- */

static Err check_subject(Ctx *c, Id version) {
	DocumentVersion v;
	Document       *d;
	TRY(version_get(c, version, &v));
	TRY(document_get(c, v.document, &d));
	if (!str_eq(v.state, S(VERSION_FROZEN)))
		return fail(c, ERR_INVALID, "subject", "Připomínkovat jde jen zmrazenou verzi dokumentu. Verzi nejdřív zmrazte, aby se pod připomínkami neměnil text.");
	bool is_held;
	TRY(version_is_held(c, version, &is_held));
	if (is_held)
		return fail(c, ERR_INVALID, "subject", "Verzi č. %lld zatím čte jen úřad. Připomínkovat ji půjde, až ji zveřejníte k připomínkám.", (long long)v.no);
	if (!d->is_public)
		return fail(c, ERR_INVALID, "subject", "Dokument „%.*s“ není zveřejněný, veřejnost by ho nepřečetla. Nejdřív ho zveřejněte.", STR_ARG(d->title));
	return OK;
}

static void clean(Ctx *c, Consultation *n) {
	n->title = text_clean(c->arena, n->title);
	n->who = text_clean(c->arena, n->who);
	n->about = text_clean_lines(c->arena, n->about);
	n->how = text_clean_lines(c->arena, n->how);
}

Err consultation_add(Ctx *c, Consultation *n) {
	TRY(require(c, CAP_CONSULTATION_CREATE));
	clean(c, n);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(check_subject(c, n->subject));
	TRY(workflow_start(c, &consultation_machine, "prepare", n, NULL));
	return tx_commit(&tx);
}

/* Once it was announced people rely on its days, its document and its channels. */
static Err check_promised(Ctx *c, const Consultation *before, const Consultation *n) {
	static const char *const free_to_change[] = {"title", "who", "about", "how", "accept_late", "accept_oral"};
	if (consultation_is(before, CONSULTATION_PLANNED))
		return OK;
	for (size_t i = 0; i < consultation_entity.field_count; i++) {
		const Field *f = &consultation_entity.fields[i];
		bool         is_free = false;
		for (size_t k = 0; k < LEN(free_to_change); k++)
			is_free = is_free || strcmp(f->name, free_to_change[k]) == 0;
		if (!is_free && !field_equal(f, before, n))
			return fail(c, ERR_CONFLICT, f->name, "%s: řízení už je vyhlášené, tento údaj se nemění. Konec jde jen prodloužit, a to tlačítkem „Prodloužit“.", f->label);
	}
	return OK;
}

Err consultation_change(Ctx *c, Consultation *n) {
	Consultation *before;
	TRY(require(c, CAP_CONSULTATION_UPDATE));
	clean(c, n);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(consultation_load(c, n->head.id, &before));
	TRY(check_promised(c, before, n));
	if (consultation_is(before, CONSULTATION_PLANNED))
		TRY(check_subject(c, n->subject));
	TRY(entity_update(c, &consultation_entity, n));
	TRY(workflow_refresh(c, &consultation_machine, n->head.id));
	return tx_commit(&tx);
}

Err consultation_prolong(Ctx *c, Id id, i64 version, Date last_day, Str reason) {
	return workflow_do(c, &consultation_machine, id, "prolong", &(WorkInput){.version = version, .reason = reason, .more = &last_day});
}

Err consultation_prolong_run(Ctx *c, WorkMove *m) {
	Consultation *n = m->object->row;
	const Date   *last_day = m->input ? m->input->more : NULL;
	if (!last_day || !date_after(*last_day, n->last_day))
		return fail(c, ERR_INVALID, "last_day", "Nový poslední den: zadejte den pozdější, než je dosavadní.");
	if (c->now.ms >= consultation_closes(n).ms)
		return fail(c, ERR_CONFLICT, NULL, "Připomínkování už skončilo, prodloužit nejde. Vyhlaste nové řízení k téže verzi.");
	n->last_day = *last_day;
	return OK;
}
