/* module.c: what the subject messages brings. */
#include "domain/messages/mail_command.h"
#include "domain/messages/mail_keep.h"
#include "domain/messages/mail_page.h"
#include "domain/messages/notice_page.h"
#include "web/module.h"

extern const Module messages_module;

static const MailKind mails[] = {
	{"mail.test", "Zkušební dopis", "Posílá se ze správy pošty, aby bylo vidět, že pošta odchází.", NULL, "kdo", "Síťovka: zkušební dopis",
	 "Dobrý den,\n\nzkušební dopis si vyžádal {kdo}. Dorazil-li vám, pošta z aplikace {adresa} odchází správně.\n\n{kraj}, {odbor}\n"},
};

static const Capability capabilities[] = {
	{"admin.mail", "spravovat poštu a texty dopisů"},
};

static const Route routes[] = {
	{GET, "/app/upozorneni", page_notices, SIGNED_IN, .parameters = "stav,pred"},
	{POST, "/app/upozorneni/precteno", post_notices_read, SIGNED_IN},
	{POST, "/app/upozorneni/{id}", post_notice_open, SIGNED_IN},
	{GET, "/app/ucet/upozorneni", page_choices, SIGNED_IN},
	{POST, "/app/ucet/upozorneni", post_choices, SIGNED_IN},
	{GET, "/odhlaseni-posty/{token}", page_leave, ANYONE},
	{POST, "/odhlaseni-posty/{token}", post_leave, ANYONE, .own_token = true},
	{GET, "/app/sprava/posta", page_mail, "admin.mail"},
	{POST, "/app/sprava/posta/zkouska", post_mail_test, "admin.mail"},
	{POST, "/app/sprava/posta/zeptat", post_mail_ask, "admin.mail"},
	{GET, "/app/sprava/posta/dopisy", page_letters, "admin.mail", .parameters = "stav,adresa,pred"},
	{GET, "/app/sprava/posta/dopisy/{id}", page_letter, "admin.mail"},
	{POST, "/app/sprava/posta/dopisy/{id}/znovu", post_letter_again, "admin.mail"},
	{POST, "/app/sprava/posta/dopisy/{id}/zastavit", post_letter_cancel, "admin.mail"},
	{GET, "/app/sprava/posta/adresy", page_bounces, "admin.mail"},
	{POST, "/app/sprava/posta/adresy", post_bounce_forget, "admin.mail"},
	{GET, "/app/sprava/posta/texty/{kind}", page_mail_text, "admin.mail"},
	{POST, "/app/sprava/posta/texty/{kind}", post_mail_text, "admin.mail"},
};

static const Command commands[] = {
	{"mail-test", "ADDRESS", "put a test letter into the outbox; the running program sends it", command_mail_test},
};

const Module messages_module = {
	.name = "messages",
	MODULE_LIST(route, routes), .capabilities = capabilities, .capability_count = LEN(capabilities),
	MODULE_LIST(check, mail_checks), MODULE_ROWS(retention, mail_retention), MODULE_ROWS(person_data, mail_person_data),
	MODULE_LIST(setting, mail_settings),
	MODULE_LIST(mail, mails), MODULE_LIST(command, commands),
};
