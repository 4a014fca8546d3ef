/* settings_cli.c: `sitovka config`: settings from the command line. */
#include "domain/admin/settings_cli.h"

#include <stdio.h>

#include "core/settings.h"

static int say(const Ctx *c) {
	for (size_t i = 0; i < c->problems.len; i++)
		fprintf(stderr, "%.*s\n", STR_ARG(c->problems.at[i].text));
	return 1;
}

static int unknown(Str key) {
	fprintf(stderr, "There is no setting \"%.*s\"; \"sitovka config list\" names them.\n", STR_ARG(key));
	return 2;
}

int cli_config_list(Ctx *c, int argc, char **argv) {
	(void)argv;
	if (argc > 0)
		return 2;
	for (size_t i = 0; setting_at(i); i++) {
		const Setting *s = setting_at(i);
		Str            value = setting_text(c, s->key);
		printf("%s\t%.*s%s\n", s->key, STR_ARG(value), setting_is_changed(c, s) ? "\t*" : "");
	}
	return 0;
}

int cli_config_get(Ctx *c, int argc, char **argv) {
	if (argc != 1) {
		fprintf(stderr, "config get KEY\n");
		return 2;
	}
	if (!setting_find(str_c(argv[0])))
		return unknown(str_c(argv[0]));
	Str value = setting_text(c, argv[0]);
	printf("%.*s\n", STR_ARG(value));
	return 0;
}

int cli_config_set(Ctx *c, int argc, char **argv) {
	if (argc != 2) {
		fprintf(stderr, "config set KEY VALUE\n");
		return 2;
	}
	const Setting *s = setting_find(str_c(argv[0]));
	if (!s)
		return unknown(str_c(argv[0]));
	if (s->by_program) {
		fprintf(stderr, "%s is set by the program itself.\n", s->key);
		return 2;
	}
	c->reason = S("příkaz config na serveru");
	return setting_set(c, str_c(argv[0]), str_c(argv[1])) == OK ? 0 : say(c);
}

int cli_config_reset(Ctx *c, int argc, char **argv) {
	if (argc != 1) {
		fprintf(stderr, "config reset KEY\n");
		return 2;
	}
	c->reason = S("příkaz config na serveru");
	return !setting_find(str_c(argv[0])) ? unknown(str_c(argv[0])) : setting_reset(c, str_c(argv[0])) == OK ? 0 : say(c);
}
