/* threads and questions: who may know, who may write, who is told. */
#include "core/history.h"
#include "domain/messages/question.h"
#include "domain/messages/thread.h"
#include "domain/people/people.h"
#include "domain/register/register.h"
#include "domain/territory/import.h"
#include "domain/territory/territory.h"
#include "tests/domain/mail_given.h"

static Grant one_grant[8];
static size_t grants_made;

/* An account with one role, and the Ctx in which it acts. */
static Actor *given_actor(Ctx *c, const char *login, const char *role, ScopeKind kind, Id ref) {
	Id     id;
	Actor *a = NEW_ZERO(t_arena, Actor);
	MUST(account_add(c, str_c(login), str_c(login), 0, &id));
	MUST(account_grant(c, id, str_c(role), kind, ref, D(2026, 1, 1), (Date){0}));
	Grant *g = &one_grant[grants_made++ % LEN(one_grant)];
	*g = (Grant){.role = str_c(role), .scope = kind, .ref = ref};
	*a = (Actor){.account = id, .name = str_c(login), .grants = g, .grant_count = 1};
	access_prepare(a);
	return a;
}

static Ctx as(Ctx *c, const Actor *a) {
	ctx_end(c);
	c->now.ms += 60000;
	return ctx_make(t_arena, c->db, a, c->now);
}

static Id given_provider(Ctx *c, const char *name) {
	Provider p = {.name = str_c(name), .kind = S("nno")};
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(c, &tx));
	MUST(history_create_judged(c, &provider_entity, &p, D(2026, 1, 1), (Date){0}));
	MUST(tx_commit(&tx));
	return p.head.id;
}

typedef struct Given {
	Ctx    c;
	Id     mine, other;
	Actor *officer, *head, *provider, *neighbour;
} Given;

static Given given(void) {
	Given g = {.c = given_mail()};
	test_before_each();                          /* the topics of the program, not those of the tests of mail */
	g.mine = given_provider(&g.c, "Jilm, p. o.");
	g.other = given_provider(&g.c, "Lípa, z. s.");
	g.officer = given_actor(&g.c, "sit@example.org", "NET", SCOPE_REGION, 0);
	g.head = given_actor(&g.c, "vedouci@example.org", "VED", SCOPE_REGION, 0);
	g.provider = given_actor(&g.c, "jilm@example.org", "PRV", SCOPE_PROVIDER, g.mine);
	g.neighbour = given_actor(&g.c, "lipa@example.org", "PRV", SCOPE_PROVIDER, g.other);
	return g;
}

static Id given_thread(Given *g, const Actor *who, Id provider) {
	Id   id;
	Ctx  c = as(&g->c, who);
	Side side = {.kind = SCOPE_PROVIDER, .ref = provider, .name = S("Jilm, p. o.")};
	MUST(thread_open(&c, &(NewThread){.side = side, .subject = S("Kapacita"), .text = S("Kolik máte lůžek?")}, &id));
	ctx_end(&c);
	return id;
}

static i64 notices_of(Given *g, const Actor *a) {
	ctx_end(&g->c);
	return mail_number_of(&g->c, str_z(t_arena, str_format(t_arena, "SELECT COUNT(*) FROM notice WHERE account = %lld", (long long)a->account)));
}

TEST("threads: people of the organisation and officers read a thread; for the neighbour it does not exist, in lists, by number and for writing") {
	Given   g = given();
	Id      id = given_thread(&g, g.officer, g.mine);
	Thread  t;
	Threads list;
	Ctx     c = as(&g.c, g.provider);
	MUST(thread_get(&c, id, &t));
	EXPECT(t.unread && t.may_write && t.may_close);
	MUST(thread_write(&c, id, S("Dvacet."), NULL));
	ctx_end(&c);
	c = as(&g.c, g.neighbour);
	EQ_INT(thread_get(&c, id, &t), ERR_NOT_FOUND);
	EQ_INT(thread_write(&c, id, S("Já také."), NULL), ERR_NOT_FOUND);
	EQ_INT(thread_close(&c, id, S("Proto.")), ERR_NOT_FOUND);
	EQ_INT(thread_seen(&c, id), ERR_NOT_FOUND);
	MUST(threads_list(&c, (ThreadQuery){.limit = 10}, &list));
	EQ_INT(list.len, 0);
	ctx_end(&c);
	c = as(&g.c, g.head);
	MUST(threads_list(&c, (ThreadQuery){.limit = 10}, &list));
	EQ_INT(list.len, 1);
	EQ_INT(list.at[0].message_count, 2);
}

TEST("threads: nobody opens one for an organisation of others; an unknown organisation is refused") {
	Given g = given();
	Id    id;
	Ctx   c = as(&g.c, g.neighbour);
	Side  foreign = {.kind = SCOPE_PROVIDER, .ref = g.mine, .name = S("Jilm, p. o.")};
	EQ_INT(thread_open(&c, &(NewThread){.side = foreign, .subject = S("x"), .text = S("y")}, &id), ERR_NOT_FOUND);
	ctx_end(&c);
	c = as(&g.c, g.officer);
	EQ_INT(side_read(&c, S("provider-999999"), &foreign), ERR_NOT_FOUND);
	EQ_INT(side_read(&c, S("region-1"), &foreign), ERR_NOT_FOUND);
	MUST(side_read(&c, str_format(t_arena, "provider-%lld", (long long)g.mine), &foreign));
	EQ_TEXT(foreign.name, "Jilm, p. o.");
}

TEST("threads: the other side is told, never oneself; the region's answerer is told next time, at first the role of the setting") {
	Given g = given();
	Id    id = given_thread(&g, g.provider, g.mine);
	EQ_INT(notices_of(&g, g.officer), 1);
	EQ_INT(notices_of(&g, g.head), 0);
	EQ_INT(notices_of(&g, g.provider), 0);
	Ctx c = as(&g.c, g.head);
	MUST(thread_write(&c, id, S("Odpovídám já."), NULL));
	ctx_end(&c);
	EQ_INT(notices_of(&g, g.provider), 1);
	EQ_INT(notices_of(&g, g.neighbour), 0);
	c = as(&g.c, g.provider);
	MUST(thread_write(&c, id, S("Děkuji."), NULL));
	ctx_end(&c);
	EQ_INT(notices_of(&g, g.head), 1);
	EQ_INT(notices_of(&g, g.officer), 1);
}

TEST("threads: unread is counted for each person; reading, and answering, ends it, together with the notices of the thread") {
	Given g = given();
	Id    id = given_thread(&g, g.officer, g.mine);
	i64   unread;
	Ctx   c = as(&g.c, g.officer);
	MUST(threads_unread(&c, &unread));
	EQ_INT(unread, 0);
	ctx_end(&c);
	c = as(&g.c, g.provider);
	MUST(threads_unread(&c, &unread));
	EQ_INT(unread, 1);
	MUST(notice_unread(&c, &unread));
	EQ_INT(unread, 1);
	MUST(thread_seen(&c, id));
	MUST(threads_unread(&c, &unread));
	EQ_INT(unread, 0);
	MUST(notice_unread(&c, &unread));
	EQ_INT(unread, 0);
}

TEST("threads: closing and opening again want a reason, stand among the messages, and a closed one takes no answer") {
	Given    g = given();
	Id       id = given_thread(&g, g.officer, g.mine);
	Thread   t;
	Messages m;
	Ctx      c = as(&g.c, g.provider);
	EQ_INT(thread_close(&c, id, S("")), ERR_INVALID);
	MUST(thread_close(&c, id, S("Vyřešeno.")));
	EQ_INT(thread_close(&c, id, S("Znovu.")), ERR_CONFLICT);
	EQ_INT(thread_write(&c, id, S("Ještě."), NULL), ERR_CONFLICT);
	MUST(thread_reopen(&c, id, S("Není vyřešeno.")));
	EQ_INT(thread_reopen(&c, id, S("Znovu.")), ERR_CONFLICT);
	MUST(thread_get(&c, id, &t));
	MUST(thread_messages(&c, &t, &m));
	EQ_INT(m.len, 3);
	EQ_TEXT(m.at[1].kind, "closed");
	EQ_TEXT(m.at[2].text, "Není vyřešeno.");
}

TEST("threads: a file goes with a message and is found in its thread only; bytes must be what the name says") {
	Given       g = given();
	Attachments files = {0};
	Messages    m;
	Thread      t;
	StoredFile  f;
	Id          id = given_thread(&g, g.officer, g.mine), elsewhere = given_thread(&g, g.officer, g.other);
	Ctx         c = as(&g.c, g.provider);
	EQ_INT(attachment_stage(&c, "priloha1", S("a.pdf"), S("není PDF"), -1, 9, &files), ERR_INVALID);
	EQ_INT(attachment_stage(&c, "priloha1", S("a.exe"), S("MZ"), -1, 2, &files), ERR_INVALID);
	EQ_INT(attachment_stage(&c, "priloha1", S("a.csv"), S(""), -1, 0, &files), ERR_INVALID);
	EQ_INT(attachment_stage(&c, "priloha1", S("a.csv"), S("x"), -1, MESSAGE_FILE_BYTES + 1, &files), ERR_INVALID);
	EQ_INT(files.len, 0);
	MUST(attachment_stage(&c, "priloha1", S("Kapacity.CSV"), S("služba;lůžka\n"), -1, 15, &files));
	MUST(thread_write(&c, id, S("Posílám."), &files));
	MUST(thread_get(&c, id, &t));
	MUST(thread_messages(&c, &t, &m));
	EQ_INT(m.at[1].file_count, 1);
	EQ_TEXT(m.at[1].files[0].name, "Kapacity.CSV");
	MUST(thread_file(&c, id, m.at[1].files[0].id, &f));
	ctx_end(&c);
	c = as(&g.c, g.neighbour);
	EQ_INT(thread_file(&c, id, f.id, &f), ERR_NOT_FOUND);
	EQ_INT(thread_file(&c, elsewhere, m.at[1].files[0].id, &f), ERR_NOT_FOUND);
}

TEST("threads: coordinators read threads of the municipalities of their district, not of others, and do not write in them") {
	Given g = given();
	TerritoryImport done;
	MUST(territory_import_builtin(&g.c, S("78"), &done));
	const Unit *tanvald = territory_by_code(&g.c, LEVEL_DISTRICT, S("787")), *jablonec = territory_by_code(&g.c, LEVEL_MUNICIPALITY, S("563510"));
	const Unit *town = territory_by_code(&g.c, LEVEL_MUNICIPALITY, S("563820"));
	EXPECT(tanvald && jablonec && town);
	Id     here, there, district = tanvald->id, town_id = town->id, jablonec_id = jablonec->id;
	Actor *coordinator = given_actor(&g.c, "koordinator@example.org", "COO", SCOPE_DISTRICT, district);
	Ctx    c = as(&g.c, g.officer);
	Thread t;
	MUST(thread_open(&c, &(NewThread){.side = {SCOPE_MUNICIPALITY, town_id, S("Tanvald")}, .subject = S("a"), .text = S("b")}, &here));
	MUST(thread_open(&c, &(NewThread){.side = {SCOPE_MUNICIPALITY, jablonec_id, S("Jablonec")}, .subject = S("a"), .text = S("b")}, &there));
	ctx_end(&c);
	c = as(&g.c, coordinator);
	MUST(thread_get(&c, here, &t));
	EXPECT(!t.may_write && !t.may_close);
	EQ_INT(thread_write(&c, here, S("Za obec."), NULL), ERR_FORBIDDEN);
	EQ_INT(thread_get(&c, there, &t), ERR_NOT_FOUND);
	MUST(thread_open(&c, &(NewThread){.side = {SCOPE_DISTRICT, district, S("Tanvald (ORP)")}, .subject = S("Za ORP"), .text = S("b")}, &here));
}

TEST("threads: found by a part of the subject or of the organisation without diacritics, by record, by those with a message of one's own") {
	Given   g = given();
	Threads list;
	given_thread(&g, g.officer, g.mine);
	Ctx c = as(&g.c, g.officer);
	MUST(threads_list(&c, (ThreadQuery){.text = S("KAPAC"), .limit = 10}, &list));
	EQ_INT(list.len, 1);
	MUST(threads_list(&c, (ThreadQuery){.text = S("jilm"), .limit = 10}, &list));
	EQ_INT(list.len, 1);
	MUST(threads_list(&c, (ThreadQuery){.text = S("%"), .limit = 10}, &list));
	EQ_INT(list.len, 0);
	MUST(threads_list(&c, (ThreadQuery){.object = S("service"), .object_id = 1, .limit = 10}, &list));
	EQ_INT(list.len, 0);
	MUST(threads_list(&c, (ThreadQuery){.mine = true, .limit = 10}, &list));
	EQ_INT(list.len, 1);
	ctx_end(&c);
	c = as(&g.c, g.head);
	MUST(threads_list(&c, (ThreadQuery){.mine = true, .limit = 10}, &list));
	EQ_INT(list.len, 0);
}

TEST("questions: until it is answered only who asked and the region know it; then everybody reads it without the name of who asked") {
	Given    g = given();
	Question q;
	Questions list;
	Id       id;
	Ctx      c = as(&g.c, g.provider);
	EQ_INT(question_ask(&c, NULL, S(" "), &id), ERR_INVALID);
	MUST(question_ask(&c, NULL, S("Do kdy?"), &id));
	EQ_INT(question_answer(&c, id, S("Sám sobě.")), ERR_FORBIDDEN);
	ctx_end(&c);
	c = as(&g.c, g.neighbour);
	EQ_INT(question_get(&c, id, &q), ERR_NOT_FOUND);
	MUST(questions_list(&c, (QuestionQuery){.limit = 10}, &list));
	EQ_INT(list.len, 0);
	ctx_end(&c);
	c = as(&g.c, g.officer);
	MUST(question_get(&c, id, &q));
	EQ_TEXT(q.author, "jilm@example.org");
	MUST(question_answer(&c, id, S("Do pátku.")));
	ctx_end(&c);
	c = as(&g.c, g.neighbour);
	MUST(question_get(&c, id, &q));
	EQ_TEXT(q.answer, "Do pátku.");
	EXPECT(q.author.len == 0 && q.organisation.len == 0 && !q.may_answer);
	ctx_end(&c);
	EQ_INT(notices_of(&g, g.provider), 1);
}

TEST("questions: what is put aside stays hidden from others and says why to who asked") {
	Given    g = given();
	Question q;
	Id       id;
	Ctx      c = as(&g.c, g.provider);
	MUST(question_ask(&c, NULL, S("Kdy dostanu peníze já?"), &id));
	ctx_end(&c);
	c = as(&g.c, g.officer);
	EQ_INT(question_withdraw(&c, id, S("")), ERR_INVALID);
	MUST(question_withdraw(&c, id, S("Týká se jen vás, odpověděli jsme zprávou.")));
	EQ_INT(question_withdraw(&c, id, S("Znovu.")), ERR_CONFLICT);
	ctx_end(&c);
	c = as(&g.c, g.neighbour);
	EQ_INT(question_get(&c, id, &q), ERR_NOT_FOUND);
	ctx_end(&c);
	c = as(&g.c, g.provider);
	MUST(question_get(&c, id, &q));
	EQ_TEXT(q.reason, "Týká se jen vás, odpověděli jsme zprávou.");
}
