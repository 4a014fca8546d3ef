/* mail_command.c: `sitovka mail-test ADDRESS`. */
#include <stdio.h>

#include "domain/messages/mail_command.h"

Err mail_test(Ctx *c, Id account, Str address) {
	const MailHole holes[] = {{"kdo", c->actor->name}};
	return mail_add(c, "mail.test", account, address, holes, LEN(holes));
}

int command_mail_test(Ctx *c, int argc, char **argv) {
	if (argc != 1) {
		fprintf(stderr, "mail-test takes one address.\n");
		return 2;
	}
	if (mail_test(c, 0, str_c(argv[0])) != OK) {
		fprintf(stderr, "%.*s\n", STR_ARG(first_problem(c)));
		return 1;
	}
	printf("Zkušební dopis čeká na odeslání; odešle jej běžící program.\n");
	return 0;
}
