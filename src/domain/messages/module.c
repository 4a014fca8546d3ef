/* module.c: what the subject messages brings. */
#include "domain/messages/mail_command.h"
#include "web/module.h"

extern const Module messages_module;

static const MailKind mails[] = {
	{"mail.test", "Zkušební dopis", "Posílá se ze správy pošty, aby bylo vidět, že pošta odchází.", NULL, "kdo", "Síťovka: zkušební dopis",
	 "Dobrý den,\n\nzkušební dopis si vyžádal {kdo}. Dorazil-li vám, pošta z aplikace {adresa} odchází správně.\n\n{kraj}, {odbor}\n"},
};

static const Command commands[] = {
	{"mail-test", "ADDRESS", "put a test letter into the outbox; the running program sends it", command_mail_test},
};

const Module messages_module = {
	.name = "messages",
	MODULE_LIST(setting, mail_settings),
	MODULE_LIST(mail, mails), MODULE_LIST(command, commands),
};
