/* main.c: sitovka VERB … : finds the verb and runs it. */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "app/docs.h"
#include "base/hash.h"
#include "core/doc_text.h"
#include "core/print.h"
#include "core/table_parse.h"

typedef struct Verb {
	const char *name, *usage, *help;
	bool        create, migrate;             /* the store, before the verb runs */
	int       (*run)(App *app);
	bool        storeless;                   /* needs no store; reads its own words in app->o.argv */
} Verb;

static int verb_init(App *app) {
	(void)app;
	return 0;                                /* opening did it all */
}

static int verb_migrate(App *app) {
	(void)app;
	printf("The schema is up to date.\n");
	return 0;
}

static bool read_size(Str s, DemoSize *ret) {
	*ret = str_eq(s, S("S")) ? DEMO_S : str_eq(s, S("L")) ? DEMO_L : DEMO_XL;
	return str_eq(s, S("S")) || str_eq(s, S("L")) || str_eq(s, S("XL"));
}

static bool is_left_out(Str without, const Module *m) {
	for (Str rest = without; rest.len;)
		if (str_eq(str_cut(&rest, ','), str_c(m->name)))
			return true;
	return false;
}

/* A subject that has no samples, or none at all, is a slip of the fingers. */
static Err check_left_out(Ctx *c, Str without) {
	for (Str rest = without; rest.len;) {
		Str  name = str_cut(&rest, ',');
		bool known = false;
		for (size_t i = 0; i < module_count; i++)
			known = known || (modules[i]->demo && str_eq(name, str_c(modules[i]->name)));
		if (!known)
			return fail(c, ERR_INVALID, NULL, "There are no samples of \"%.*s\" that could be left out.", STR_ARG(name));
	}
	return OK;
}

static int verb_demo(App *app) {
	CLEANUP(arena_free) Arena a = {0};
	Ctx      c = app_ctx(app, &a);
	DemoSize size;
	Err      e = read_size(app->o.size, &size) ? OK : fail(&c, ERR_INVALID, NULL, "The size of the demo is S, L or XL.");
	e = e == OK ? check_left_out(&c, app->o.without) : e;
	for (size_t i = 0; i < module_count && e == OK; i++)
		if (modules[i]->demo && !is_left_out(app->o.without, modules[i]))
			e = modules[i]->demo(&c, size);
	int code = app_say(&c, e);
	ctx_end(&c);
	return code;
}

static const Verb verbs[] = {
	{"init", "", "make an empty store", true, true, verb_init},
	{"serve", "[--listen ADDRESS:PORT|unix:PATH|fd:N] [--behind-proxy --proxy ADDRESS] [--origin URL] [--backups FOLDER --backup-key FILE] "
	          "[--mail-password FILE] [--mail-ca FILE] [--log FILE] [--pdf-command \"PATH WORDS\"] [--scanner SOCKET] [--sandbox kill|log|off]",
	 "answer requests", true, true, app_serve},
	{"demo", "[--size S|L|XL] [--without SUBJECT,…]", "fill an empty store with sample data of an invented region's services", true, true, verb_demo},
	{"migrate", "", "bring the schema up to date", false, true, verb_migrate},
	{"backup-key", "PUBLIC-FILE PRIVATE-FILE", "make a pair of keys for backups; the private one belongs to another place than this machine", false, false,
	 app_backup_key, .storeless = true},
	{"restore", "FILE --key PRIVATE-FILE [--overwrite]", "restore a backup into the store of --db, which is new, or set aside after a question", false, false,
	 app_restore, .storeless = true},
	{"access", "", "print who may what: roles, capabilities, routes, entities", false, false, app_access, .storeless = true},
	{"docs", "FOLDER", "write the pages of the manual that the program's own tables say", false, false, app_docs, .storeless = true},
};

static const Command *find_command(int argc, char **argv, int *words) {
	const Command *best = NULL;
	for (size_t i = 0; i < module_count; i++)
		for (size_t k = 0; k < modules[i]->command_count; k++) {
			const Command *cmd = &modules[i]->commands[k];
			Str            rest = str_c(cmd->name);
			int            n = 0;
			while (rest.len && n < argc && str_eq(str_first(rest, strcspn(rest.ptr, " ")), str_c(argv[n]))) {
				str_cut(&rest, ' ');
				n++;
			}
			if (!rest.len && n > 0 && (!best || n > *words)) {
				best = cmd;
				*words = n;
			}
		}
	return best;
}

static int usage(void) {
	printf("sitovka VERB [--db FILE|postgresql://…] [--state FOLDER] …\n\n");
	for (size_t i = 0; i < LEN(verbs); i++)
		printf("  %s %s\n        %s\n", verbs[i].name, verbs[i].usage, verbs[i].help);
	for (size_t i = 0; i < module_count; i++)
		for (size_t k = 0; k < modules[i]->command_count; k++)
			printf("  %s %s\n        %s\n", modules[i]->commands[k].name, modules[i]->commands[k].usage, modules[i]->commands[k].help);
	return 0;
}

static int run_command(App *app, const Command *cmd) {
	CLEANUP(arena_free) Arena a = {0};
	Ctx c = app_ctx(app, &a);
	int code = cmd->run(&c, app->o.argc, app->o.argv);
	ctx_end(&c);
	return code;
}

/* What may ever run in a process of its own. The helper that starts them is made before there is a store, a secret or a thread. */
static void start_children(App *app) {
	const ChildKind *kinds[] = {&convert_table, &print_tool, &print_version_tool, &doc_pdf_tool, &convert_docx};
	child_start(kinds, LEN(kinds), app->o.sandbox);
}

int main(int argc, char **argv) {
	signal(SIGPIPE, SIG_IGN);                /* a closed socket is an error of a write, never the end of the program */
	signal(SIGXFSZ, SIG_IGN);                /* the same for a file that may not grow */
	setlocale(LC_ALL, "C");
	umask(077);
	crypto_start();
	if (argc < 2 || strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0)
		return usage();
	const Verb *verb = NULL;
	for (size_t i = 0; i < LEN(verbs); i++)
		if (strcmp(verbs[i].name, argv[1]) == 0)
			verb = &verbs[i];
	int            words = 1;
	const Command *cmd = verb ? NULL : find_command(argc - 1, argv + 1, &words);
	if (!verb && !cmd) {
		fprintf(stderr, "sitovka: there is no verb \"%s\"; \"sitovka help\" lists them.\n", argv[1]);
		return 2;
	}
	App app = {0};
	Str why;
	if (!app_read_options(&app.arena, argc - 1 - words, argv + 1 + words, &app.o, &why)) {
		fprintf(stderr, "sitovka: %.*s\n", STR_ARG(why));
		return 2;
	}
	int given = app_given_socket(&app.o);
	sandbox_close_inherited(given, given);
	bool rehearses = cmd && app_wants_rehearsal(&app, cmd->name);
	if (rehearses || (verb && verb->storeless)) {
		int code = app_hand_over(&app.arena) != OK ? 1 : rehearses ? app_rehearse(&app) : verb->run(&app);
		app_close(&app);
		return code;
	}
	if (verb && app.o.argc > 0) {
		fprintf(stderr, "sitovka: %s does not know \"%s\".\n", verb->name, app.o.argv[0]);
		return 2;
	}
	start_children(&app);
	bool opened = app_open(&app, verb && verb->create, verb ? verb->migrate : !cmd->as_is) == OK;
	int  code = !opened ? (cmd && cmd->as_is ? 2 : 1) : verb ? verb->run(&app) : run_command(&app, cmd);
	app_close(&app);
	child_stop();
	return code;
}
