/* comment_arrive.c: comments arrive: typed by visitors, by people who are signed in, by officers who got them otherwise. */
#include "base/format.h"
#include "base/hash.h"
#include "base/text.h"
#include "core/access.h"
#include "core/codelist.h"
#include "core/settings.h"
#include "core/trail.h"
#include "domain/consultation/consultation_inside.h"
#include "domain/consultation/version_card.h"
#include "domain/people/rate.h"

enum { HOUR_MS = 3600 * 1000, QUOTE_MAX = 600, NAME_MAX = 120, ORGANISATION_MAX = 200 };
static const Rate by_network = {"comment.network", 30, 60 * 60};

/* ---- what was typed ---- */

static Str lines(Ctx *c, Str s) {
	return text_clean_lines(c->arena, text_plain_paste(c->arena, text_clean_lines(c->arena, s)));
}

/* Names come from other programs too: without characters that nobody sees and without switches of direction. */
static Str one_line(Ctx *c, Str s) { return text_clean(c->arena, text_clean_source(c->arena, s)); }

static Comment as_typed(Ctx *c, Id consultation, const CommentNew *n) {
	Comment k = {.consultation = consultation, .anchor = n->anchor, .quote = utf8_first(one_line(c, n->quote), QUOTE_MAX), .text = lines(c, n->text),
	             .proposal = lines(c, n->proposal), .justification = lines(c, n->justification), .author_kind = n->author_kind,
	             .author_name = one_line(c, n->author_name), .organisation = one_line(c, n->organisation), .email = one_line(c, n->email),
	             .municipality = n->municipality ? n->municipality : BLANK, .attachment = BLANK, .consent = n->consent,
	             .year = BLANK, .serial = BLANK, .part = BLANK, .account = BLANK, .assigned = BLANK};
	k.original_text = k.text;
	return k;
}

static Err check_words(Ctx *c, const Consultation *n, const Comment *k) {
	Err e = OK;
	if ((i64)utf8_count(str_trim(k->text)) < n->min_length)
		e = fail(c, ERR_INVALID, "text", "Napište, co má být jinak. Připomínka musí mít aspoň %lld znaků.", (long long)n->min_length);
	if (utf8_count(k->text) > COMMENT_TEXT_MAX || utf8_count(k->proposal) > COMMENT_TEXT_MAX || utf8_count(k->justification) > COMMENT_TEXT_MAX)
		e = fail(c, ERR_INVALID, "text", "Připomínka je delší než 20 000 znaků. Rozdělte ji na víc připomínek.");
	if (utf8_count(k->author_name) > NAME_MAX)
		e = fail(c, ERR_INVALID, "author_name", "Jméno má nejvýše %d znaků. Zkraťte je.", NAME_MAX);
	if (utf8_count(k->organisation) > ORGANISATION_MAX)
		e = fail(c, ERR_INVALID, "organisation", "Název má nejvýše %d znaků. Zkraťte ho.", ORGANISATION_MAX);
	return e;
}

static Err check_author(Ctx *c, const Comment *k) {
	Err e = OK;
	if (!codelist_find(c, "comment_author", k->author_kind))
		e = fail(c, ERR_INVALID, "author_kind", "Vyberte, za koho připomínku podáváte.");
	else if (!str_eq(k->author_kind, S("citizen")) && !k->organisation.len)
		e = fail(c, ERR_INVALID, "organisation", "Doplňte název organizace, obce nebo orgánu, za který připomínku podáváte.");
	return e;
}

static Err check_email(Ctx *c, const Comment *k) {
	return email_plausible(k->email) ? OK
	     : fail(c, ERR_INVALID, "email", "Zapište e-mail ve tvaru jmeno@example.org. Pošleme na něj odkaz, kterým připomínku potvrdíte.");
}

static Err find_card(Ctx *c, const Consultation *n, Comment *k) {
	VersionCards cards;
	TRY(version_cards_of(c, n->subject, &cards));
	const VersionCard *card = version_card_find(&cards, k->anchor);
	if (!card)
		return fail(c, ERR_INVALID, "anchor", "Karta, ke které připomínka patří, v připomínkovaném návrhu není. Vraťte se k seznamu karet a vyberte ji znovu.");
	k->chapter = utf8_first(card->name, 300);
	return OK;
}

/* The chapter by which the settlement table is ordered: the nearest heading above, or the card. ERR_INVALID when the text has no such place. */
static Err find_place(Ctx *c, const Consultation *n, Comment *k) {
	Document       *d;
	DocumentVersion v;
	Paragraphs      text;
	if (!k->anchor.len)
		return OK;
	if (anchor_is_card(k->anchor))
		return find_card(c, n, k);
	TRY(consultation_text(c, n, &d, &v, &text));
	i64 at = paragraphs_find(&text, k->anchor);
	if (at < 0)
		return fail(c, ERR_INVALID, "anchor", "Odstavec, ke kterému připomínka patří, v dokumentu není. Vraťte se k textu a vyberte ho znovu.");
	k->anchor = text.at[at].anchor;
	while (at >= 0 && text.at[at].kind != PARAGRAPH_HEADING)
		at--;
	k->chapter = at < 0 ? S("") : utf8_first(text.at[at].text, 300);
	return OK;
}

/* ---- number, receipt, link ---- */

/* Inside the write transaction, which one person at a time holds: numbers have no gaps and no twins. */
static Err give_number(Ctx *c, Comment *k) {
	i64 last;
	k->year = date_year(prague_day(k->delivered_at));
	if (db_get_int(c->conn, &sql_comment_last_serial, P(V(k->year)), 0, &last) != OK)
		return fail_internal(c, "number of a comment");
	k->serial = last + 1;
	k->number = str_format(c->arena, "P-%lld-%04lld", (long long)k->year, (long long)k->serial);
	k->received_at = c->now;
	k->receipt = comment_receipt(c->arena, k);
	return OK;
}

Err comment_receive_run(Ctx *c, WorkMove *m) {
	return give_number(c, m->object->row);
}

static i64 hours_to_confirm(Ctx *c) { return setting_int(c, "consultation.confirm_hours"); }

static Str digest_of(Arena *a, Str token) {
	Sha256 d = sha256(token);
	return hex(a, d.bytes, sizeof d.bytes);
}

static Err make_link(Ctx *c, const Comment *k, Str *token, Instant *until) {
	*token = random_token(c->arena);
	*until = (Instant){k->delivered_at.ms + hours_to_confirm(c) * HOUR_MS};
	Err e = db_run(c->conn, &sql_comment_link_put, P(V(k->head.id), V(digest_of(c->arena, *token)), V(*until)), NULL);
	return e == OK ? OK : fail_internal(c, "link of a comment");
}

/* ---- by the web ---- */

static Err check_time(Ctx *c, const Consultation *n, Comment *k) {
	CLEANUP(buf_free) Buf at = {0};
	k->late = !consultation_takes(n, c->now);
	if (!k->late || consultation_takes_late(n, c->now))
		return OK;
	if (consultation_is(n, CONSULTATION_CANCELLED))
		return fail(c, ERR_CONFLICT, NULL, "Připomínkové řízení bylo zrušeno, připomínky se už nepřijímají.");
	if (c->now.ms < consultation_opens(n).ms) {
		fmt_date(&at, n->first_day);
		return fail(c, ERR_CONFLICT, NULL, "Připomínky se začnou přijímat %.*s v 0:00. Vraťte se prosím potom.", STR_ARG(buf_view(&at)));
	}
	fmt_date(&at, n->last_day);
	return fail(c, ERR_CONFLICT, NULL, "Připomínky se přijímaly do konce dne %.*s a opožděné se v tomto řízení nepřijímají. Obraťte se na kontakt uvedený u řízení.",
	            STR_ARG(buf_view(&at)));
}

static Err check_channel(Ctx *c, const Consultation *n) {
	for (size_t i = 0; i < n->channels.len; i++)
		if (str_eq(n->channels.at[i], S("web")))
			return OK;
	return fail(c, ERR_CONFLICT, NULL, "V tomto řízení se připomínky webovým formulářem nepřijímají. Způsoby podání jsou uvedené u řízení.");
}

/* Letters go to an address that anybody may have typed. */
static Err take_letter(Ctx *c, Str email) {
	Rate rate = {"comment.address", setting_int(c, "consultation.rate_address"), 60 * 60};
	bool fine;
	i64  wait;
	TRY(rate_take(c, &rate, text_fold(c->arena, email), &fine, &wait));
	return fine ? OK : fail(c, ERR_RATE, NULL, "Na tuto adresu už za hodinu odešlo mnoho dopisů s potvrzením. Zkuste to znovu za %lld min, nebo připomínky spojte do jedné; "
	                        "co jste napsali, si zatím uložte.", (long long)(wait + 59) / 60);
}

static Err take_one(Ctx *c, Str address) {
	bool fine;
	i64  wait;
	TRY(rate_take(c, &by_network, rate_network(c->arena, address), &fine, &wait));
	return fine ? OK : fail(c, ERR_RATE, NULL, "Z vaší sítě přišlo za hodinu už mnoho připomínek. Zkuste to znovu za %lld min; co jste napsali, si zatím uložte.",
	                        (long long)(wait + 59) / 60);
}

/* Who is signed in is known already: the number comes at once. */
static Err start_known(Ctx *c, Comment *k) {
	k->account = c->actor->account;
	TRY(give_number(c, k));
	return workflow_start(c, &comment_machine, k->late ? "enter_late" : "enter", k, NULL);
}

Err comment_submit(Ctx *c, Id consultation, const CommentNew *typed, Str address, Comment **ret, Str *link) {
	Consultation *n;
	Comment       k = as_typed(c, consultation, typed);
	bool          known = c->actor->account && may(c, CAP_COMMENT_CREATE);
	Instant       until;
	k.channel = S("web");
	k.delivered_at = c->now;
	TRY(consultation_public(c, consultation, &n));
	TRY(check_time(c, n, &k));
	TRY(check_channel(c, n));
	Err words = check_words(c, n, &k), author = check_author(c, &k), email = known ? OK : check_email(c, &k);
	TRY(words);
	TRY(author);
	TRY(email);
	TRY(find_place(c, n, &k));
	if (!known) {
		TRY(take_one(c, address));
		TRY(take_letter(c, k.email));
	}
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(known ? start_known(c, &k) : workflow_start(c, &comment_machine, "submit", &k, NULL));
	TRY(make_link(c, &k, link, &until));
	if (known)
		TRY(place_follow_on(c, &k));
	if (!known) {
		TRY(comment_tell_confirm(c, n, &k, *link, until));
		*link = (Str){0};
	}
	TRY(comment_load(c, k.head.id, ret));
	return tx_commit(&tx);
}

/* ---- the private link ---- */

static Err find_link(Ctx *c, Str token, Comment **ret, Instant *until) {
	Id   id = 0;
	Rows rows = db_query(ctx_conn(c), &sql_comment_link_find, P(V(digest_of(c->arena, token))));
	if (rows_next(&rows)) {
		id = col_int(&rows, 0);
		*until = col_instant(&rows, 1);
	}
	if (rows_end(&rows) != OK)
		return fail_internal(c, "link of a comment");
	if (!id)
		return fail(c, ERR_GONE, NULL, "Odkaz už neplatí, nebo není celý. Zkopírujte z dopisu celou adresu; nepotvrzené připomínky mažeme po %lld hodinách.",
		            (long long)hours_to_confirm(c));
	return comment_load(c, id, ret);
}

Err comment_by_link(Ctx *c, Str token, Comment **ret) {
	Instant until;
	return find_link(c, token, ret, &until);
}

/* In time is what was delivered in time, even when it is confirmed on the day after. */
Err comment_confirm(Ctx *c, Str token, Comment **ret) {
	Consultation *n;
	Instant       until;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(find_link(c, token, ret, &until));
	if (!comment_is(*ret, COMMENT_UNCONFIRMED))
		return comment_is(*ret, COMMENT_EXPIRED) ? fail(c, ERR_GONE, NULL, "Připomínka nebyla potvrzena včas. Napište ji prosím znovu.") : tx_commit(&tx);
	if (c->now.ms >= until.ms)
		return fail(c, ERR_GONE, NULL, "Na potvrzení bylo %lld hodin a ty už uplynuly. Napište prosím připomínku znovu.", (long long)hours_to_confirm(c));
	TRY(workflow_system(c, &comment_machine, (*ret)->head.id, (*ret)->late ? "confirm_late" : "confirm", S("Potvrdil autor odkazem z e-mailu.")));
	TRY(comment_load(c, (*ret)->head.id, ret));
	TRY(place_follow_on(c, *ret));
	TRY(consultation_load(c, (*ret)->consultation, &n));
	TRY(comment_tell_received(c, n, *ret, token));
	return tx_commit(&tx);
}

/* ---- by an officer ---- */

static Err check_recorded(Ctx *c, const Consultation *n, Comment *k) {
	if (!codelist_find(c, "comment_channel", k->channel))
		return fail(c, ERR_INVALID, "channel", "Vyberte, jak připomínka přišla.");
	if (str_eq(k->channel, S("oral")) && !n->accept_oral)
		return fail(c, ERR_INVALID, "channel", "V tomto řízení se ústní připomínky nezapisují. Změňte to v nastavení řízení, nebo zvolte jiný způsob.");
	if (!k->delivered_at.ms || k->delivered_at.ms > c->now.ms)
		return fail(c, ERR_INVALID, "delivered_at", "Zadejte, kdy byla připomínka doručena; nemůže to být v budoucnu.");
	if (k->delivered_at.ms < consultation_opens(n).ms)
		return fail(c, ERR_INVALID, "delivered_at", "Doručeno: v tu dobu se ještě nepřipomínkovalo. Opravte den a hodinu.");
	/* what was said at the hearing belongs to the period even when the hearing follows it */
	k->late = k->delivered_at.ms >= consultation_closes(n).ms && !str_eq(k->channel, S("oral"));
	return OK;
}

static Err check_collecting(Ctx *c, const Consultation *n) {
	bool over = consultation_is(n, CONSULTATION_SETTLED) || consultation_is(n, CONSULTATION_PUBLISHED) || consultation_is(n, CONSULTATION_CANCELLED);
	if (consultation_is_public(n) && !over)
		return OK;
	return fail(c, ERR_CONFLICT, NULL, "Do řízení, které není vyhlášené nebo už má vypořádání hotové, se připomínky nezapisují.");
}

static Err put_paper(Ctx *c, const CommentNew *n, i64 *ret) {
	StoredFile stored;
	if (!n->file)
		return OK;
	TRY(files_put_staged(c, n->file_name, n->file, &stored));
	*ret = stored.id;
	return OK;
}

Err comment_paper(Ctx *c, Id id, StoredFile *ret) {
	Comment *k;
	TRY(require(c, CAP_COMMENT_UPDATE));
	TRY(comment_get(c, id, &k));
	if (k->attachment == BLANK || !k->attachment)
		return fail(c, ERR_NOT_FOUND, NULL, "K připomínce č. %.*s podání přiložené není.", STR_ARG(k->number));
	return files_get(c, k->attachment, ret);
}

Err comment_record(Ctx *c, Id consultation, const CommentNew *typed, Comment **ret) {
	Consultation *n;
	Comment       k = as_typed(c, consultation, typed);
	Str           token;
	Instant       until;
	TRY(require(c, CAP_COMMENT_UPDATE));
	k.channel = typed->channel;
	k.delivered_at = typed->delivered_at;
	TRY(consultation_get(c, consultation, &n));
	TRY(check_collecting(c, n));
	Err recorded = check_recorded(c, n, &k), words = check_words(c, n, &k), author = check_author(c, &k);
	TRY(recorded);
	TRY(words);
	TRY(author);
	if (k.email.len)
		TRY(check_email(c, &k));
	TRY(find_place(c, n, &k));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(give_number(c, &k));
	TRY(put_paper(c, typed, &k.attachment));
	TRY(workflow_start(c, &comment_machine, k.late ? "record_late" : "record", &k, NULL));
	TRY(place_follow_on(c, &k));
	TRY(make_link(c, &k, &token, &until));
	if (k.email.len)
		TRY(comment_tell_received(c, n, &k, token));
	TRY(comment_load(c, k.head.id, ret));
	return tx_commit(&tx);
}
