/* mail_send.c: takes due letters one by one and writes down what became of each. */
#include "core/mail_send.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/log.h"
#include "core/mail.sql.h"
#include "core/mail_inside.h"
#include "core/mail_message.h"
#include "core/settings.h"

/* A letter takes a minute at most (mail_smtp.c); whoever holds one for five has died. */
enum { LOOK_SECONDS = 2, ROUND_MAX = 50, STALE_MINUTES = 5, RECORD_TRIES = 5, HOUR_MS = 3600 * 1000, MINUTE_MS = 60 * 1000 };

static Str  password_file, ca_file;
static bool stopping;

void mail_set_files(Str password, Str ca) {
	password_file = password;
	ca_file = ca;
}

static Instant later(Instant t, i64 ms) { return (Instant){t.ms + ms}; }

/* ---- the server ---- */

/* "sit.kraj.cz" of "https://sit.kraj.cz:8443". */
static Str origin_host(void) {
	Str s = mail_origin();
	i64 at = str_find(s, S("://"));
	s = str_from(s, at < 0 ? 0 : (size_t)at + 3);
	Str host = str_starts(s, S("[")) ? (Str){0} : str_cut(&s, ':');
	return smtp_host_fine(host) ? host : S("localhost");
}

Err mail_server(Ctx *c, SmtpServer *ret, Str *from, Str *from_name, bool *ready, Str *why) {
	Str tls = setting_text(c, "mail.tls");
	*ret = (SmtpServer){.host = setting_text(c, "mail.host"), .port = (int)setting_int(c, "mail.port"), .user = setting_text(c, "mail.user"),
	                    .tls = str_eq(tls, S("none")) ? SMTP_PLAIN : str_eq(tls, S("tls")) ? SMTP_TLS : SMTP_STARTTLS,
	                    .password_file = password_file, .ca_file = ca_file, .hello = origin_host()};
	*from = setting_text(c, "mail.from");
	*from_name = setting_text(c, "mail.from_name");
	*ready = false;
	if (str_empty(ret->host))
		*why = S("Poštovní server není nastaven, dopisy zatím čekají.");
	else if (!smtp_host_fine(ret->host))
		*why = S("Jméno poštovního serveru není platné. Opravte je v nastavení.");
	else if (!mail_address_fine(*from))
		*why = S("Chybí adresa odesílatele. Doplňte ji v nastavení, dopisy zatím čekají.");
	else if (ret->tls == SMTP_PLAIN && !smtp_host_is_loopback(ret->host))
		*why = S("Bez zabezpečení lze poštu předat jen serveru na tomtéž počítači. Zvolte v nastavení STARTTLS nebo TLS.");
	else if (setting_int(c, "site.demo") && !smtp_host_is_loopback(ret->host))
		*why = S("Ukázková data posílají poštu jen serveru na tomtéž počítači.");
	else if (ret->user.len && str_empty(password_file))
		*why = S("K přihlašovacímu jménu poštovního serveru chybí soubor s heslem (mail-password).");
	else
		*ready = true;
	return OK;
}

/* ---- taking ---- */

typedef struct Taken {
	Id      id;
	char    claim[33];
	Str     address, subject, body, leave;
	Instant created;
	i64     attempts;
} Taken;

static Err read_taken(Ctx *c, Taken *t) {
	Rows rows = db_query(c->conn, &sql_mail_taken, P(V(t->id)));
	if (rows_next(&rows)) {
		t->address = str_dup(c->arena, col_text(&rows, 0));
		t->subject = str_dup(c->arena, col_text(&rows, 1));
		t->body = str_dup(c->arena, col_text(&rows, 2));
		t->leave = str_dup(c->arena, col_text(&rows, 3));
		t->created = col_instant(&rows, 4);
		t->attempts = col_int(&rows, 5);
	}
	return rows_end(&rows);
}

/* When an address has had enough for this hour, the letter waits until the first of them is an hour old. */
static Err has_room(Ctx *c, Id id, bool *ret) {
	i64     count = 0;
	Instant first = {0};
	Rows    rows = db_query(c->conn, &sql_mail_lately, P(V(id), V(later(c->now, -HOUR_MS))));
	if (rows_next(&rows)) {
		count = col_int(&rows, 0);
		first = col_instant(&rows, 1);
	}
	TRY(rows_end(&rows));
	*ret = count < setting_int(c, "mail.per_hour");
	if (*ret)
		return OK;
	Instant until = later(first.ms ? first : c->now, first.ms ? HOUR_MS : MINUTE_MS);
	return db_run(c->conn, &sql_mail_postpone, P(V(id), V(until), V(S("Příjemce už za poslední hodinu dostal nejvyšší počet dopisů."))), NULL);
}

static void make_claim(char to[33]) {
	CLEANUP(arena_free) Arena a = {0};
	u8 bytes[16];
	random_bytes(bytes, sizeof bytes);
	Str s = hex(&a, bytes, sizeof bytes);
	memcpy(to, s.ptr, 32);
	to[32] = 0;
}

static Err take(Ctx *c, Taken *t, bool *taken, bool *postponed) {
	i64  changed = 0;
	bool room;
	CLEANUP(tx_end) Tx tx = {0};
	*taken = *postponed = false;
	TRY(tx_begin(c, &tx));
	TRY(has_room(c, t->id, &room));
	*postponed = !room;
	if (room) {
		make_claim(t->claim);
		TRY(db_run(c->conn, &sql_mail_claim, P(V(t->id), V(str_c(t->claim)), V(c->now)), &changed));
		*taken = changed == 1;
		if (*taken)
			TRY(read_taken(c, t));
	}
	return tx_commit(&tx);
}

/* ---- writing down ---- */

/* A minute, then longer and longer, eight hours at most: twelve attempts take two days. */
static i64 wait_after(i64 attempts) {
	static const i64 minutes[] = {1, 5, 15, 60, 120, 240, 480};
	return minutes[attempts < 1 ? 0 : attempts > (i64)LEN(minutes) ? LEN(minutes) - 1 : (size_t)attempts - 1] * MINUTE_MS;
}

static Err write_fate(Ctx *c, const Taken *t, const SmtpAnswer *answer) {
	Str claim = str_c(t->claim);
	switch (answer->end) {
	case SMTP_SENT:
		TRY(db_run(c->conn, &sql_mail_end, P(V(t->id), V(claim), V(S("sent")), V(c->now), V(answer->text)), NULL));
		TRY(db_run(c->conn, &sql_mail_bounce_arrived, P(V(t->address)), NULL));
		return db_run(c->conn, &sql_mail_state_fine, P(V(c->now)), NULL);
	case SMTP_UNKNOWN_ADDRESS:
		TRY(db_run(c->conn, &sql_mail_bounce_put, P(V(t->address), V(c->now), V(answer->text)), NULL));
		return db_run(c->conn, &sql_mail_end, P(V(t->id), V(claim), V(S("failed")), V(c->now), V(answer->text)), NULL);
	case SMTP_REFUSED:
		return db_run(c->conn, &sql_mail_end, P(V(t->id), V(claim), V(S("failed")), V(c->now), V(answer->text)), NULL);
	case SMTP_LATER:
		if (t->attempts >= setting_int(c, "mail.attempts"))
			return db_run(c->conn, &sql_mail_end, P(V(t->id), V(claim), V(S("given_up")), V(c->now), V(answer->text)), NULL);
		return db_run(c->conn, &sql_mail_again, P(V(t->id), V(claim), V(later(c->now, wait_after(t->attempts))), V(answer->text), V(0)), NULL);
	case SMTP_OUT_OF_ORDER:
		return db_run(c->conn, &sql_mail_again, P(V(t->id), V(claim), V(c->now), V(answer->text), V(1)), NULL);
	}
	return ERR_INTERNAL;
}

/* The server itself does not work: everybody leaves it alone, a minute at first, a quarter of an hour at most. */
static Err write_problem(Ctx *c, const SmtpAnswer *answer) {
	i64  failures = 0;
	Rows rows = db_query(c->conn, &sql_mail_state_get, DB_NONE);
	if (rows_next(&rows))
		failures = col_int(&rows, 3);
	TRY(rows_end(&rows));
	i64 minutes = failures >= 4 ? 15 : (i64)1 << failures;
	return db_run(c->conn, &sql_mail_state_problem, P(V(later(c->now, minutes * MINUTE_MS)), V(answer->text), V(c->now)), NULL);
}

static Err write_down_once(Ctx *c, const Taken *t, const SmtpAnswer *answer) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(write_fate(c, t, answer));
	if (answer->end == SMTP_OUT_OF_ORDER && !__atomic_load_n(&stopping, __ATOMIC_RELAXED))
		TRY(write_problem(c, answer));
	return tx_commit(&tx);
}

/* Should the store stay out of reach, the letter remains "sending" and waits again after five minutes: it may then go twice. */
static Err write_down(Ctx *c, const Taken *t, const SmtpAnswer *answer) {
	Err e = OK;
	for (int i = 0; i < RECORD_TRIES; i++) {
		e = write_down_once(c, t, answer);
		if (e == OK)
			return OK;
		sleep(1);
	}
	log_line(LOGS_ERROR, "mail", 0, "what became of letter %lld (%s) could not be written", (long long)t->id, err_name(e));
	return e;
}

/* ---- a round ---- */

typedef struct Round {
	Db        *db;
	Instant    began;
	i64        clock_ms;                     /* of the machine, when it began */
	SmtpServer server;
	SmtpLink  *link;                         /* made at the first letter */
	Arena      of_link;
	Str        from, from_name, return_to;   /* return_to: the envelope's sender */
	MailRound *counts;
} Round;

static i64 clock_ms(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (i64)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A round may take long; what it writes bears the time of its own. */
static Instant present(const Round *r) { return later(r->began, clock_ms() - r->clock_ms); }

static Str compose(Arena *a, const Round *r, const Taken *t) {
	Str leave = t->leave.len ? str_format(a, "%.*s/odhlaseni-posty/%.*s", STR_ARG(mail_origin()), STR_ARG(t->leave)) : (Str){0};
	return mail_message(a, &(MailMessage){
		.from = r->from, .from_name = r->from_name, .to = t->address, .subject = t->subject, .body = t->body, .leave = leave, .at = t->created,
		.id = str_format(a, "%lld.%lld@%.*s", (long long)t->id, (long long)t->created.ms, STR_ARG(r->server.hello))});
}

static void count(MailRound *m, SmtpEnd end) {
	m->sent += end == SMTP_SENT;
	m->later += end == SMTP_LATER;
	m->failed += end == SMTP_REFUSED || end == SMTP_UNKNOWN_ADDRESS;
	m->out_of_order |= end == SMTP_OUT_OF_ORDER;
}

static Err send_one(Round *r, Id id) {
	CLEANUP(arena_free) Arena a = {0};
	CLEANUP(ctx_end) Ctx c = ctx_make(&a, r->db, &actor_program, present(r));
	Taken t = {.id = id};
	bool  taken, postponed;
	TRY(take(&c, &t, &taken, &postponed));
	r->counts->postponed += postponed;
	if (!taken)
		return OK;
	ctx_end(&c);                                 /* nothing is held while we talk to the server */
	if (!r->link)
		r->link = smtp_open(&r->of_link, &r->server, &stopping);
	SmtpAnswer answer = smtp_send(&a, r->link, r->return_to, t.address, compose(&a, r, &t));
	count(r->counts, answer.end);
	c.now = present(r);
	return write_down(&c, &t, &answer);
}

static Err back_to_queue(Ctx *c) {
	Instant since = later(c->now, -STALE_MINUTES * MINUTE_MS);
	i64     n;
	TRY(db_get_int(ctx_conn(c), &sql_mail_stale_count, P(V(since)), 0, &n));
	if (n == 0)
		return OK;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(db_run(c->conn, &sql_mail_stale_back, P(V(since)), NULL));
	return tx_commit(&tx);
}

static Err read_due(Ctx *c, int most, Ids *ret) {
	Instant paused = {0};
	Rows    rows = db_query(ctx_conn(c), &sql_mail_state_get, DB_NONE);
	if (rows_next(&rows))
		paused = col_instant(&rows, 0);
	TRY(rows_end(&rows));
	if (paused.ms > c->now.ms)
		return OK;
	rows = db_query(ctx_conn(c), &sql_mail_due, P(V(c->now), V(most)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = col_int(&rows, 0);
	return rows_end(&rows);
}

static Err send_round(Round *r, Ctx *c, int most) {
	Ids  due = {0};
	Str  why;
	bool ready;
	TRY(mail_server(c, &r->server, &r->from, &r->from_name, &ready, &why));
	if (!ready)
		return OK;
	r->return_to = setting_text(c, "mail.return_to");
	if (str_empty(r->return_to))
		r->return_to = r->from;
	if (str_empty(r->from_name))
		r->from_name = setting_text(c, "region.name");
	TRY(back_to_queue(c));
	TRY(read_due(c, most, &due));
	ctx_end(c);
	for (size_t i = 0; i < due.len && !r->counts->out_of_order && !__atomic_load_n(&stopping, __ATOMIC_RELAXED); i++)
		TRY(send_one(r, due.at[i]));
	return OK;
}

Err mail_send_due(Db *db, Instant now, int most, MailRound *ret) {
	CLEANUP(arena_free) Arena a = {0};
	CLEANUP(ctx_end) Ctx c = ctx_make(&a, db, &actor_program, now);
	*ret = (MailRound){0};
	Round r = {.db = db, .began = now, .clock_ms = clock_ms(), .counts = ret};
	Err   e = send_round(&r, &c, most);
	if (r.link)
		smtp_close(r.link);
	arena_free(&r.of_link);
	return e;
}

/* ---- the thread ---- */

static struct {
	pthread_mutex_t lock;
	pthread_cond_t  news;
	pthread_t       thread;
	bool            runs, ends;
	Db             *db;
} sender = {.lock = PTHREAD_MUTEX_INITIALIZER};

static bool wait_a_little(void) {
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += LOOK_SECONDS;
	pthread_mutex_lock(&sender.lock);
	while (!sender.ends && pthread_cond_timedwait(&sender.news, &sender.lock, &until) == 0)
		;
	bool goes_on = !sender.ends;
	pthread_mutex_unlock(&sender.lock);
	return goes_on;
}

static void make_digests(Db *db) {
	CLEANUP(arena_free) Arena a = {0};
	CLEANUP(ctx_end) Ctx c = ctx_make(&a, db, &actor_program, instant_now());
	int made;
	if (mail_digest(&c, &made) != OK)
		log_line(LOGS_WARNING, "mail", 0, "letters of the day: %.*s", STR_ARG(first_problem(&c)));
}

static void *work(void *arg) {
	Db *db = arg;
	for (i64 looks = 0; wait_a_little(); looks++) {
		MailRound round;
		if (looks % 30 == 0)
			make_digests(db);
		do {
			if (mail_send_due(db, instant_now(), ROUND_MAX, &round) != OK)
				break;                               /* the store is busy or away: the next look is soon */
		} while (round.sent == ROUND_MAX);
	}
	db_thread_end(db);
	return NULL;
}

void mail_start(Db *db) {
	CHECK(!sender.runs);
	sender.db = db;
	sender.runs = true;
	sender.ends = false;
	__atomic_store_n(&stopping, false, __ATOMIC_RELAXED);
	pthread_cond_init(&sender.news, NULL);
	sigset_t all, before;                        /* signals are for the main thread */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	CHECK(pthread_create(&sender.thread, NULL, work, db) == 0);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void mail_stop(void) {
	if (!sender.runs)
		return;
	__atomic_store_n(&stopping, true, __ATOMIC_RELAXED);
	pthread_mutex_lock(&sender.lock);
	sender.ends = true;
	pthread_cond_signal(&sender.news);
	pthread_mutex_unlock(&sender.lock);
	pthread_join(sender.thread, NULL);
	pthread_cond_destroy(&sender.news);
	sender.runs = false;
	__atomic_store_n(&stopping, false, __ATOMIC_RELAXED);
}
