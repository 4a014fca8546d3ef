#include "domain/messages/demo.h"

#include "domain/messages/mail.sql.h"
#include "domain/messages/question.h"
#include "domain/messages/thread.h"
#include "domain/messages/thread_inside.h"
#include "domain/network/call.h"

/* The person, with the first role alone: enough for writing. */
static Err person(Ctx *c, const char *login, Actor *ret) {
	Grant *grant = NEW_ZERO(c->arena, Grant);
	*ret = (Actor){.grants = grant, .grant_count = 1};
	Rows r = db_query(ctx_conn(c), &sql_demo_person, P(V(str_c(login))));
	if (rows_next(&r)) {
		ret->account = col_int(&r, 0);
		ret->name = str_dup(c->arena, col_text(&r, 1));
		ret->organisation_name = str_dup(c->arena, col_text(&r, 2));
		ScopeKind kind = side_kind(col_text(&r, 4));
		*grant = (Grant){.role = str_dup(c->arena, col_text(&r, 3)), .scope = kind == SCOPE_NONE ? SCOPE_REGION : kind, .ref = col_null(&r, 5) ? 0 : col_int(&r, 5)};
	}
	TRY(rows_end(&r));
	access_prepare(ret);
	return ret->account ? OK : fail(c, ERR_NOT_FOUND, NULL, "Ukázkový účet %s chybí.", login);
}

/* As somebody, a moment later than whoever spoke before. */
static void speak(Ctx *c, const Actor *who) {
	c->actor = who;
	c->now.ms += 17 * 60 * 1000;
}

static Err side_of(Ctx *c, const Actor *a, Side *ret) {
	Side s = {.kind = a->grants[0].scope, .ref = a->grants[0].ref};
	return side_read(c, side_address(c->arena, &s), ret);
}

static Err about_service(Ctx *c, const Actor *officer, const Actor *provider, const Record *service) {
	Id   id;
	Side side;
	TRY(side_of(c, provider, &side));
	speak(c, officer);
	TRY(thread_open(c, &(NewThread){.side = side, .record = service, .subject = S("Doplnění okamžité kapacity"),
	                                .text = S("Dobrý den, u služby nám chybí okamžitá kapacita. Doplníte ji prosím, nebo napište, proč se neuvádí?")}, &id));
	speak(c, provider);
	TRY(thread_write(c, id, S("Dobrý den, kapacitu ověříme s vedoucí služby a doplníme do konce týdne."), NULL));
	speak(c, officer);
	return thread_write(c, id, S("Děkujeme, počkáme."), NULL);
}

static Err general(Ctx *c, const Actor *officer, const Actor *town) {
	Id   id;
	Side side;
	TRY(side_of(c, town, &side));
	speak(c, town);
	TRY(thread_open(c, &(NewThread){.side = side, .subject = S("Termín vyjádření k návrhu sítě"),
	                                .text = S("Dobrý den, do kdy je potřeba poslat vyjádření města? Rada jedná až ve druhém týdnu měsíce.")}, &id));
	speak(c, officer);
	TRY(thread_write(c, id, S("Dobrý den, stačí do konce měsíce. Usnesení rady přiložte k vyjádření."), NULL));
	speak(c, town);
	return thread_close(c, id, S("Termín je jasný, děkujeme."));
}

static Err questions(Ctx *c, const Actor *officer, const Actor *provider) {
	Id id;
	speak(c, provider);
	TRY(question_ask(c, NULL, S("Uvádí se do přepočtených úvazků i pracovníci na dohodu?"), &id));
	speak(c, officer);
	TRY(question_answer(c, id, S("Ano. Dohody se přepočítávají podle skutečně odpracovaných hodin; plný úvazek je 40 hodin týdně.")));
	speak(c, provider);
	return question_ask(c, NULL, S("Máme službu se dvěma místy poskytování v různých obcích. Uvádí se kapacita za každé místo zvlášť?"), &id);
}

/* About the open call: one answered for everybody, one that waits. */
static Err about_call(Ctx *c, const Actor *officer, const Actor *provider) {
	Calls  all;
	Record record;
	Id     id;
	speak(c, officer);
	TRY(call_list(c, &all));
	for (size_t i = 0; i < all.len; i++) {
		if (!call_takes(all.at[i], c->now) || c->now.ms >= call_questions_until(all.at[i]).ms)
			continue;
		TRY(record_find(c, str_c(call_entity.name), all.at[i]->head.id, &record));
		speak(c, provider);
		TRY(question_ask(c, &record, S("Stačí jako souhlas vlastníka prostor smlouva o smlouvě budoucí?"), &id));
		speak(c, officer);
		TRY(question_answer(c, id, S("Ano, když je z ní zřejmé, od kdy a které prostory služba bude mít. Nájemní smlouvu potom doložte do zahájení.")));
		speak(c, provider);
		return question_ask(c, &record, S("Počítají se do úvazků i pracovníci na dohodu?"), &id);
	}
	return OK;
}

static Err conversations(Ctx *c, const Actor *officer, const Actor *provider, const Actor *town) {
	Record service;
	i64    id;
	TRY(db_get_int(ctx_conn(c), &sql_demo_service, P(V(provider->grants[0].ref), V(c->today), V(c->now)), 0, &id));
	c->actor = officer;
	TRY(record_find(c, S("service"), id, &service));
	TRY(about_service(c, officer, provider, &service));
	TRY(general(c, officer, town));
	TRY(questions(c, officer, provider));
	return about_call(c, officer, provider);
}

Err messages_demo(Ctx *c, DemoSize size) {
	(void)size;
	Actor  officer, provider, town;
	const Actor *before = c->actor;
	Instant now = c->now;
	TRY(person(c, "sit@demo.invalid", &officer));
	TRY(person(c, "statutar@demo.invalid", &provider));
	TRY(person(c, "obec.jablonec@demo.invalid", &town));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	Err e = conversations(c, &officer, &provider, &town);
	c->actor = before;                       /* the officer stands on this stack */
	c->now = now;
	return e == OK ? tx_commit(&tx) : e;
}
