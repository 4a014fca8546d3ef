/* module.c: what the subject messages brings. */
#include "domain/messages/demo.h"
#include "domain/messages/mail_command.h"
#include "domain/messages/mail_keep.h"
#include "domain/messages/mail_page.h"
#include "domain/messages/notice_page.h"
#include "domain/messages/schema.h"
#include "domain/messages/thread.h"
#include "domain/messages/thread_page.h"
#include "domain/messages/question.h"
#include "web/module.h"

extern const Module messages_module;

static const MailKind mails[] = {
	{"mail.test", "Zkušební dopis", "Posílá se ze správy pošty, aby bylo vidět, že pošta odchází.", NULL, "kdo", "Síťovka: zkušební dopis",
	 "Dobrý den,\n\nzkušební dopis si vyžádal {kdo}. Dorazil-li vám, pošta z aplikace {adresa} odchází správně.\n\n{kraj}, {odbor}\n"},
};

enum { WRITE_BYTES = MESSAGE_FILES_MAX * MESSAGE_FILE_BYTES + (1 << 20) };

static const Topic topics[] = {
	{"messages", "Zprávy", "Nová zpráva nebo odpověď od kraje či organizace.", MAIL_DIGEST},
	{"questions", "Dotazy a odpovědi", "Nový dotaz, nebo odpověď na váš dotaz.", MAIL_DIGEST},
};

static const MenuItem menu[] = {
	{"Zprávy", "/app/zpravy", CAP_MESSAGE_READ, false, 60},
	{"Dotazy", "/app/dotazy", CAP_QUESTION_READ, false, 61, "/app/zpravy"},
};

static const Capability capabilities[] = {
	{"admin.mail", "spravovat poštu a texty dopisů"},
};

static const Route routes[] = {
	{GET, "/app/upozorneni", page_notices, SIGNED_IN, .parameters = "stav,pred"},
	{POST, "/app/upozorneni/precteno", post_notices_read, SIGNED_IN, .fields = ""},
	{POST, "/app/upozorneni/{id}", post_notice_open, SIGNED_IN, .fields = ""},
	{GET, "/app/ucet/upozorneni", page_choices, SIGNED_IN},
	{POST, "/app/ucet/upozorneni", post_choices, SIGNED_IN},
	{GET, "/odhlaseni-posty/{token}", page_leave, ANYONE},
	{POST, "/odhlaseni-posty/{token}", post_leave, ANYONE, .own_token = true, .one_click = true, .fields = "List-Unsubscribe"},
	{GET, "/app/zpravy", page_threads, CAP_MESSAGE_READ, .parameters = "stav,zaznam,q,strana", .title = "Zprávy"},
	{GET, "/app/zpravy/nova", page_thread_new, CAP_MESSAGE_CREATE, .parameters = "komu,zaznam,q"},
	{POST, "/app/zpravy/nova", post_thread_new, CAP_MESSAGE_CREATE, .uploads = true, .body_limit = WRITE_BYTES, .seconds = 60},
	{GET, "/app/zpravy/{id}", page_thread, CAP_MESSAGE_READ},
	{POST, "/app/zpravy/{id}/odpovedet", post_thread_write, CAP_MESSAGE_CREATE, .uploads = true, .body_limit = WRITE_BYTES, .seconds = 60},
	{POST, "/app/zpravy/{id}/precteno", post_thread_seen, CAP_MESSAGE_READ, .fields = ""},
	{POST, "/app/zpravy/{id}/uzavrit", post_thread_close, CAP_MESSAGE_UPDATE, .fields = ""},
	{POST, "/app/zpravy/{id}/otevrit", post_thread_reopen, CAP_MESSAGE_UPDATE, .fields = ""},
	{GET, "/app/zpravy/{id}/prilohy/{file}", page_thread_file, CAP_MESSAGE_READ, .lane = LANE_EXPORT},
	{GET, "/vyzvy.atom", page_calls_feed, ANYONE, .parameters = ""},
	{GET, "/dotazy/{zaznam}", page_answers, ANYONE, .parameters = ""},
	{GET, "/app/dotazy", page_questions, CAP_QUESTION_READ, .parameters = "stav,zaznam,pred", .title = "Dotazy a odpovědi"},
	{GET, "/app/dotazy/novy", page_question_new, CAP_QUESTION_CREATE, .parameters = "zaznam"},
	{POST, "/app/dotazy/novy", post_question_new, CAP_QUESTION_CREATE},
	{GET, "/app/dotazy/{id}", page_question, CAP_QUESTION_READ},
	{POST, "/app/dotazy/{id}/odpoved", post_question_answer, CAP_QUESTION_ANSWER, .fields = "answer"},
	{POST, "/app/dotazy/{id}/odlozit", post_question_withdraw, CAP_QUESTION_ANSWER, .fields = ""},
	{GET, "/app/sprava/posta", page_mail, "admin.mail"},
	{POST, "/app/sprava/posta/zkouska", post_mail_test, "admin.mail", .fields = ""},
	{POST, "/app/sprava/posta/zeptat", post_mail_ask, "admin.mail", .fields = ""},
	{GET, "/app/sprava/posta/dopisy", page_letters, "admin.mail", .parameters = "stav,adresa,pred"},
	{GET, "/app/sprava/posta/dopisy/{id}", page_letter, "admin.mail"},
	{POST, "/app/sprava/posta/dopisy/{id}/znovu", post_letter_again, "admin.mail", .fields = ""},
	{POST, "/app/sprava/posta/dopisy/{id}/zastavit", post_letter_cancel, "admin.mail", .fields = ""},
	{GET, "/app/sprava/posta/adresy", page_bounces, "admin.mail"},
	{POST, "/app/sprava/posta/adresy", post_bounce_forget, "admin.mail", .fields = "address"},
	{GET, "/app/sprava/posta/texty/{kind}", page_mail_text, "admin.mail"},
	{POST, "/app/sprava/posta/texty/{kind}", post_mail_text, "admin.mail"},
};

static const Command commands[] = {
	{"mail-test", "ADDRESS", "put a test letter into the outbox; the running program sends it", command_mail_test},
	{"mail-return", "", "read a report of delivery from a mail server (RFC 3464) on standard input and note which letter came back", command_mail_return},
};

static Err waiting(Ctx *c, WaitingList *list) {
	i64 unread;
	if (!may(c, CAP_MESSAGE_READ))
		return OK;
	TRY(threads_unread(c, &unread));
	waiting_add(c, list, (Waiting){.count = unread, .title = str_format(c->arena, "Nepřečtené zprávy: %lld", (long long)unread),
	                               .why = S("Někdo vám napsal a možná čeká na odpověď."), .link = S("/app/zpravy?stav=neprectene"), .button = S("Přečíst")});
	return OK;
}

const Module messages_module = {
	.name = "messages", .migrations = messages_migrations, .migration_count = &messages_migrations_count,
	MODULE_LIST(topic, topics), .menu = menu, .menu_count = LEN(menu),
	MODULE_LIST(route, routes), .capabilities = capabilities, .capability_count = LEN(capabilities),
	MODULE_LIST(check, mail_checks), MODULE_ROWS(retention, mail_retention), MODULE_ROWS(person_data, mail_person_data),
	MODULE_LIST(setting, mail_settings),
	MODULE_LIST(mail, mails), MODULE_LIST(command, commands),
	.waiting = waiting, .demo = messages_demo,
};
