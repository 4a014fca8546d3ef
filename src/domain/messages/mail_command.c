/* mail_command.c: `sitovka mail-test ADDRESS`, `sitovka mail-return`. */
#include <stdio.h>
#include <unistd.h>

#include "core/mail_return.h"
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

/* Exit statuses for mail servers: 0 = done with it; 75 = not now, pass it again (sysexits.h, EX_TEMPFAIL). */
enum { NOT_NOW = 75 };

int command_mail_return(Ctx *c, int argc, char **argv) {
	static const char *const words[] = {
		[MAIL_RETURN_TAKEN] = "the letter is marked as one that came back", [MAIL_RETURN_LATER] = "only a delay, nothing to do",
		[MAIL_RETURN_KNOWN] = "known already", [MAIL_RETURN_NOT_OURS] = "no report about a letter of ours",
	};
	CLEANUP(buf_free) Buf message = {0};
	MailReturn end;
	char       piece[8192];
	(void)argv;
	if (argc != 0) {
		fprintf(stderr, "mail-return takes a message on its standard input.\n");
		return 2;
	}
	for (ssize_t n; (n = read(STDIN_FILENO, piece, sizeof piece)) > 0;)      /* read to its end, or the mail server would see a broken pipe */
		if (message.len < MAIL_RETURN_MAX)
			buf_put(&message, piece, (size_t)n);
	if (mail_returned(c, buf_view(&message), &end) != OK) {
		fprintf(stderr, "%.*s\n", STR_ARG(first_problem(c)));
		return NOT_NOW;
	}
	printf("%s\n", words[end]);
	return 0;
}
