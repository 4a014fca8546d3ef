/* fill.h: the frame of programs that fill a store by the functions of the program: NAME STORE COUNT. */
#pragma once
#include <stdio.h>

#include "app/app.h"
#include "base/hash.h"

static int bench_fill(const char *name, int argc, char **argv, Err (*fill)(Ctx *c, i64 count)) {
	static App app;
	i64        count;
	crypto_start();
	if (argc != 3 || !str_to_int(str_c(argv[2]), &count)) {
		fprintf(stderr, "%s STORE COUNT\n", name);
		return 2;
	}
	app.o = (AppOptions){.db = str_c(argv[1]), .state = str_format(&app.arena, "%s.state", argv[1]), .listen = S("127.0.0.1:8080"), .quiet = true};
	if (app_open(&app, true, true) != OK)
		return 1;
	CLEANUP(arena_free) Arena a = {0};
	Ctx c = app_ctx(&app, &a);
	c.actor = &actor_program;
	Err e = fill(&c, count);
	if (e != OK)
		fprintf(stderr, "%s: %.*s\n", err_name(e), STR_ARG(first_problem(&c)));
	ctx_end(&c);
	app_close(&app);
	return e == OK ? 0 : 1;
}
