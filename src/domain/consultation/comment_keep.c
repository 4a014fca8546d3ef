/* comment_keep.c: what of comments goes and when: those never confirmed, and how to reach authors. */
#include "base/text.h"
#include "core/person_data.h"
#include "core/trail.h"
#include "domain/consultation/comment_keep.h"
#include "domain/consultation/consultation_inside.h"

enum { AT_ONCE = 200 };

static Str sample_of(Ctx *c, const Comment *k) {
	char at[INSTANT_ISO_LEN];
	return k->number.len ? str_format(c->arena, "spojení na autora připomínky %.*s", STR_ARG(k->number))
	                     : str_format(c->arena, "nepotvrzená připomínka z %.*s", STR_ARG(str_first(instant_iso(k->delivered_at, at), 10)));
}

static Err look(Ctx *c, const Sql *count, const Sql *which, Instant before, i64 *ret, RetentionSamples *samples) {
	Comments some;
	if (db_get_int(ctx_conn(c), count, P(V(before)), 0, ret) != OK)
		return fail_internal(c, "retention of comments");
	TRY(comment_load_rows(c, db_query(ctx_conn(c), which, P(V(before), V((i64)RETENTION_SAMPLES))), &some));
	for (size_t i = 0; i < some.len; i++)
		*ARENA_PUSH(c->arena, samples->at, samples->len, samples->cap) = (RetentionSample){sample_of(c, some.at[i]), some.at[i]->delivered_at};
	return OK;
}

/* Nothing in the row tells who wrote it; what was said and answered stays. */
static void forget_author(Comment *k) {
	k->author_name = k->email = (Str){0};
	k->account = k->attachment = BLANK;          /* a paper is signed */
}

/* The link, and values of the author in the trail. */
static Err forget_traces(Ctx *c, Id comment) {
	if (db_run(c->conn, &sql_comment_link_drop, P(V(comment)), NULL) != OK)
		return fail_internal(c, "link of a comment");
	return trail_erase_object(c, comment_entity.name, comment, NULL);
}

/* ---- never confirmed ---- */

static Err look_unconfirmed(Ctx *c, Instant before, i64 *count, RetentionSamples *samples) {
	return look(c, &sql_comment_unconfirmed_count, &sql_comment_unconfirmed_before, before, count, samples);
}

/* The words go too: nobody stood behind them. */
static Err expire(Ctx *c, Comment *k) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	forget_author(k);
	k->organisation = k->original_text = k->proposal = k->justification = k->quote = (Str){0};
	k->text = S("–");
	TRY(store_update(c, &comment_entity, k));
	TRY(forget_traces(c, k->head.id));
	TRY(workflow_system(c, &comment_machine, k->head.id, "expire", S("Autor připomínku nepotvrdil.")));
	return tx_commit(&tx);
}

static Err each(Ctx *c, const Sql *which, Instant before, Err (*run)(Ctx *, Comment *), i64 *removed) {
	Comments some;
	*removed = 0;
	do {
		TRY(comment_load_rows(c, db_query(ctx_conn(c), which, P(V(before), V((i64)AT_ONCE))), &some));
		for (size_t i = 0; i < some.len; i++)
			TRY(run(c, some.at[i]));
		*removed += (i64)some.len;
	} while (some.len == AT_ONCE);
	return OK;
}

static Err run_unconfirmed(Ctx *c, Instant before, i64 *removed) {
	return each(c, &sql_comment_unconfirmed_before, before, expire, removed);
}

/* ---- how to reach authors ---- */

static Err look_contacts(Ctx *c, Instant before, i64 *count, RetentionSamples *samples) {
	return look(c, &sql_comment_contact_count, &sql_comment_contact_before, before, count, samples);
}

static Err drop_contact(Ctx *c, Comment *k) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	forget_author(k);
	k->consent = false;
	TRY(store_update(c, &comment_entity, k));
	if (words_have(COMMENT_PUBLISHED " " COMMENT_JOINED " " COMMENT_LATE_CLOSED, k->state))
		TRY(comment_index(c, k));            /* the name was among its words */
	TRY(forget_traces(c, k->head.id));
	return tx_commit(&tx);
}

static Err run_contacts(Ctx *c, Instant before, i64 *removed) {
	return each(c, &sql_comment_contact_before, before, drop_contact, removed);
}

const RetentionRule comment_retention[2] = {
	{"comments_unconfirmed", "Nepotvrzené připomínky", "Autor má čas připomínku potvrdit.", "Předání k přijetí; bez potvrzení nikdo za obsahem nestojí.",
	 "consultation.confirm_hours", true, look_unconfirmed, run_unconfirmed},
	{"comments_contacts", "Spojení na autory připomínek", "Autor dostává zprávy o vypořádání a může se odvolat na doručenku.",
	 "Vyhláška č. 505/2006 Sb., § 39a; po zveřejnění vypořádání už spojení není potřeba.", "consultation.contacts_days", false, look_contacts, run_contacts},
};

/* ---- one person ---- */

/* Written by the account, or with its e-mail; the case of letters does not matter. */
static Err comments_of_person(Ctx *c, Id account, Comments *ret) {
	Comments some;
	Str      address = {0};
	*ret = (Comments){0};
	Rows rows = db_query(ctx_conn(c), &sql_comment_person_email, P(V(account)));
	if (rows_next(&rows))
		address = text_fold(c->arena, col_text(&rows, 0));
	if (rows_end(&rows) != OK)
		return fail_internal(c, "data of a person");
	TRY(comment_load_rows(c, db_query(ctx_conn(c), &sql_comment_of_person, P(V(account))), &some));
	for (size_t i = 0; i < some.len; i++)
		if (some.at[i]->account == account || (address.len && str_eq(text_fold(c->arena, some.at[i]->email), address)))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = some.at[i];
	return OK;
}

static Err export_person(Ctx *c, Id account, JsonWriter *w) {
	Comments all;
	TRY(comments_of_person(c, account, &all));
	jw_array(w);
	for (size_t i = 0; i < all.len; i++) {
		const Comment *k = all.at[i];
		jw_object(w);
		jw_member(w, "cislo", k->number);
		jw_member(w, "stav", state_title(&comment_machine, k->state));
		jw_member_at(w, "doruceno", k->delivered_at);
		jw_member(w, "jmeno", k->author_name);
		jw_member(w, "organizace", k->organisation);
		jw_member(w, "email", k->email);
		jw_member(w, "pripominka", k->text);
		jw_member(w, "navrhovana_zmena", k->proposal);
		jw_member(w, "oduvodneni", k->justification);
		jw_object_end(w);
	}
	jw_array_end(w);
	return OK;
}

static Err erase_person(Ctx *c, Id account, i64 *erased) {
	Comments all;
	TRY(comments_of_person(c, account, &all));
	for (size_t i = 0; i < all.len; i++)
		TRY(comment_is(all.at[i], COMMENT_UNCONFIRMED) ? expire(c, all.at[i]) : drop_contact(c, all.at[i]));
	*erased = (i64)all.len;
	return OK;
}

const PersonData comment_person_data[1] = {
	{"comments", "Připomínky k dokumentům", "Aby úřad mohl na připomínku odpovědět a autor ji našel.", export_person, erase_person,
	 "Text připomínky a odpověď zůstávají bez jména a spojení (vyhláška č. 505/2006 Sb., § 39a)."},
};
