/* signup_keep.c: what follows steps in other rows, and how long sign-ups tell who somebody was. */
#include "base/format.h"
#include "base/text.h"
#include "core/settings.h"
#include "core/trail.h"
#include "domain/consultation/inside.h"

#include "domain/consultation/signup.sql.h"

enum { BATCH = 200 };
#define HOUR_MS (INT64_C(3600) * 1000)

/* ---- reactions ---- */

/* A seat came free: the first in order gets it. */
static Err after_leaving(Ctx *c, const WorkMove *m) {
	Hearing *h;
	TRY(hearing_load(c, ((const Signup *)m->object->row)->hearing, &h));
	return signup_promote(c, h);
}

static Err after_cancel(Ctx *c, const WorkMove *m) {
	const Signup *s = m->object->row;
	Hearing      *h;
	TRY(hearing_load(c, s->hearing, &h));
	TRY(signup_tell(c, "hearing.withdrawn", h, s, str_format(c->arena, "\nDůvod: %.*s\n", STR_ARG(m->input->reason))));
	return signup_promote(c, h);
}

static Err after_promotion(Ctx *c, const WorkMove *m) {
	const Signup *s = m->object->row;
	Hearing      *h;
	TRY(hearing_load(c, s->hearing, &h));
	return signup_tell(c, "hearing.promoted", h, s, (Str){0});
}

static Err after_expiry(Ctx *c, const WorkMove *m) {
	return trail_erase_object(c, signup_entity.name, m->object->id, NULL);
}

static Err each_in_state(Ctx *c, Id hearing, const char *state, const char *action, Str reason, Signups *ret) {
	TRY(signup_load_all(c, db_query(ctx_conn(c), &sql_signup_ids, P(V(hearing), V(str_c(state)))), ret));
	for (size_t i = 0; i < ret->len; i++)
		TRY(workflow_system(c, &signup_machine, ret->at[i]->head.id, action, reason));
	return OK;
}

/* Everybody who signed up is told and their sign-ups end; nobody moves up. */
static Err after_hearing_cancelled(Ctx *c, const WorkMove *m) {
	static const char *const living[] = {SIGNUP_CONFIRMED, SIGNUP_WAITLISTED, SIGNUP_UNCONFIRMED};
	const Hearing *h = m->object->row;
	for (size_t i = 0; i < LEN(living); i++) {
		Signups list;
		TRY(each_in_state(c, h->head.id, living[i], "call_off", m->input->reason, &list));
		for (size_t k = 0; k < list.len && i < 2; k++)
			TRY(signup_tell(c, "hearing.cancelled", h, list.at[k], m->input->reason));
	}
	return OK;
}

/* Where attendance was noted, whoever was not noted did not come; where it was not, nothing is known. */
static Err after_held(Ctx *c, const WorkMove *m) {
	i64     present = 0;
	Signups list;
	Id      hearing = m->object->id;
	if (db_get_int(c->conn, &sql_signup_present_count, P(V(hearing)), 0, &present) != OK)
		return fail_internal(c, "attendance");
	return present ? each_in_state(c, hearing, SIGNUP_CONFIRMED, "absent", (Str){0}, &list) : OK;
}

static Err after_reopening(Ctx *c, const WorkMove *m) {
	Hearing *h;
	TRY(hearing_load(c, m->object->id, &h));
	return signup_promote(c, h);
}

const Reaction hearing_reactions[8] = {
	{"signup", "withdraw", after_leaving}, {"signup", "cancel", after_cancel}, {"signup", "promote", after_promotion}, {"signup", "admit", after_promotion},
	{"signup", "expire", after_expiry}, {"hearing", "cancel", after_hearing_cancelled}, {"hearing", "hold", after_held}, {"hearing", "reopen", after_reopening},
};

/* ---- forgetting ---- */

void signup_blank(Ctx *c, Signup *s) {
	s->name = s->organisation = s->email = s->phone = s->role = s->question = S("");
	s->shredded_at = c->now;
}

Err signup_forget_now(Ctx *c, WorkMove *m) {
	Signup *s = m->object->row;
	if (db_run(c->conn, &sql_signup_token_drop, P(V(s->head.id)), NULL) != OK)
		return fail_internal(c, "sign-up");
	signup_blank(c, s);
	return OK;
}

static Err shred(Ctx *c, Id id) {
	Str blank = text_sort_key(c->arena, S(""));
	if (db_run(c->conn, &sql_signup_token_drop, P(V(id)), NULL) != OK || db_run(c->conn, &sql_signup_shred, P(V(id), V(c->now), db_value_bytes(blank)), NULL) != OK)
		return fail_internal(c, "sign-up");
	return trail_erase_object(c, signup_entity.name, id, NULL);
}

static Err count_old(Ctx *c, const Sql *sql, const char *words, Instant before, i64 *count, RetentionSamples *samples) {
	*samples = (RetentionSamples){0};
	*count = 0;
	Rows rows = db_query(ctx_conn(c), sql, P(V(before)));
	if (rows_next(&rows) && (*count = col_int(&rows, 0)) > 0) {
		CLEANUP(buf_free) Buf b = {0};
		buf_format(&b, "%s ", words);
		fmt_instant(&b, col_instant(&rows, 1));
		*ARENA_PUSH(c->arena, samples->at, samples->len, samples->cap) = (RetentionSample){buf_take(&b, c->arena), col_instant(&rows, 1)};
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "retention");
}

static Err ids_of(Ctx *c, const Sql *sql, Instant before, Ids *ret) {
	*ret = (Ids){0};
	Rows rows = db_query(ctx_conn(c), sql, P(V(before), V((i64)BATCH)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = col_int(&rows, 0);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "retention");
}

static Err expire(Ctx *c, Id id) {
	return workflow_system(c, &signup_machine, id, "expire", (Str){0});
}

/* In batches, until nothing is left. */
static Err run(Ctx *c, const Sql *sql, Instant before, Err (*one)(Ctx *c, Id id), i64 *removed) {
	Ids ids;
	*removed = 0;
	do {
		CLEANUP(tx_end) Tx tx = {0};
		TRY(tx_begin(c, &tx));
		TRY(ids_of(c, sql, before, &ids));
		for (size_t i = 0; i < ids.len; i++)
			TRY(one(c, ids.at[i]));
		TRY(tx_commit(&tx));
		*removed += (i64)ids.len;
	} while (ids.len == BATCH);
	return OK;
}

static Err look_old(Ctx *c, Instant before, i64 *count, RetentionSamples *samples) {
	return count_old(c, &sql_signup_old, "projednání z", before, count, samples);
}

static Err run_old(Ctx *c, Instant before, i64 *removed) {
	return run(c, &sql_signup_old_ids, before, shred, removed);
}

static Err look_unconfirmed(Ctx *c, Instant before, i64 *count, RetentionSamples *samples) {
	return count_old(c, &sql_signup_unconfirmed, "přihláška z", before, count, samples);
}

static Err run_unconfirmed(Ctx *c, Instant before, i64 *removed) {
	return run(c, &sql_signup_unconfirmed_ids, before, expire, removed);
}

const RetentionRule hearing_retention[2] = {
	{"hearing_signups", "Přihlášky na projednání", "Organizace projednání a doložení, kdo se ho účastnil. Počty zůstávají.", "Oprávněný zájem na řádném průběhu projednání.",
	 "keep.hearing_days", false, look_old, run_old},
	{"hearing_unconfirmed", "Nepotvrzené přihlášky na projednání", "Aby mohl člověk přihlášku potvrdit.", "Krok před přihlášením na žádost člověka.", "hearing.confirm_hours", true,
	 look_unconfirmed, run_unconfirmed},
};

/* ---- one person ---- */

static Err address_of(Ctx *c, Id account, Str *ret) {
	*ret = (Str){0};
	Rows rows = db_query(ctx_conn(c), &sql_signup_account_email, P(V(account)));
	if (rows_next(&rows))
		*ret = text_fold(c->arena, col_text(&rows, 0));
	return rows_end(&rows) == OK ? OK : fail_internal(c, "data of a person");
}

static Err signups_of_person(Ctx *c, Id account, Signups *ret) {
	Str address;
	TRY(address_of(c, account, &address));
	return signup_load_all(c, db_query(ctx_conn(c), &sql_signup_of_person, P(V(address))), ret);
}

static Err export_person(Ctx *c, Id account, JsonWriter *w) {
	Signups list;
	TRY(signups_of_person(c, account, &list));
	jw_array(w);
	for (size_t i = 0; i < list.len; i++) {
		const Signup *s = list.at[i];
		Hearing      *h;
		TRY(hearing_load(c, s->hearing, &h));
		jw_object(w);
		jw_member(w, "projednani", h->title);
		jw_member(w, "stav", state_title(&signup_machine, s->state));
		jw_member_at(w, "prihlaseno", s->registered_at);
		jw_member(w, "jmeno", s->name);
		jw_member(w, "organizace", s->organisation);
		jw_member(w, "email", s->email);
		jw_member(w, "telefon", s->phone);
		jw_member(w, "za_koho", s->role);
		jw_member(w, "dotaz", s->question);
		jw_object_end(w);
	}
	jw_array_end(w);
	return OK;
}

/* A living sign-up ends first, so that its seat is free for somebody else. */
static Err erase_person(Ctx *c, Id account, i64 *erased) {
	Signups list;
	TRY(signups_of_person(c, account, &list));
	for (size_t i = 0; i < list.len; i++) {
		const Signup *s = list.at[i];
		bool living = str_eq(s->state, S(SIGNUP_CONFIRMED)) || str_eq(s->state, S(SIGNUP_WAITLISTED)) || str_eq(s->state, S(SIGNUP_UNCONFIRMED));
		Hearing *h;
		TRY(hearing_load(c, s->hearing, &h));
		if (living && c->now.ms < h->begins_at.ms) {
			TRY(workflow_system(c, &signup_machine, s->head.id, "call_off", S("Člověk požádal o výmaz svých údajů.")));
			TRY(signup_promote(c, h));
		}
		TRY(shred(c, s->head.id));
	}
	*erased = (i64)list.len;
	return OK;
}

const PersonData hearing_person_data[1] = {
	{"hearing_signups", "Přihlášky na projednání", "Aby člověk dostal místo a dozvěděl se o změnách.", export_person, erase_person, "Počet přihlášek zůstává, bez údajů o osobě."},
};
