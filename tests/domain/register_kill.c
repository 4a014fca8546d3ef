/* register_kill.c: a process that dies in the middle of an import leaves the store as it was. */
#include "tests/domain/register_given.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/codelist.h"

typedef struct Killer { i64 after; bool armed; } Killer;

static Err die_later(void *arg, i64 done, i64 total) {
	Killer *k = arg;
	(void)total;
	if (k->armed && done >= k->after)
		kill(getpid(), SIGKILL);
	return OK;
}

/* In a process of its own: import, and die when so many bytes of the second walk were read. */
static void import_and_die(const char *where, Str file, i64 after) {
	Db    *db;
	Str    why = {0};
	Killer k = {.after = after};
	if (db_open(t_arena, where, (DbOptions){0}, &db, &why) != OK)
		_exit(3);
	Ctx            c = given_ctx(db);
	RegisterInput  in = {.fd = given_fd(file), .name = S("rpss.json"), .progress = die_later, .progress_arg = &k};
	RegisterImport r;
	if (register_preview(&c, &in, &r) != OK)
		_exit(4);
	k.armed = true;
	_exit(register_apply(&c, &in, r.id, true, &r) == OK ? 5 : 6);
}

TEST("register import: killed in the middle, at its first step or at its last byte, it leaves the state before it") {
	Db         *db;
	const char *where = test_store_new(true);
	Str         file = given_register_file((RegisterGenerateOptions){.seed = 9}, NULL);
	{
		Str why = {0};
		MUST(db_open(t_arena, where, (DbOptions){0}, &db, &why));
		Ctx c = given_ctx(db);
		MUST(codelist_seed(&c, "code_lists/register.csv"));
		ctx_end(&c);
		db_close(db);
	}
	const i64 places[] = {0, (i64)file.len / 2, (i64)file.len};
	for (size_t i = 0; i < LEN(places); i++) {
		pid_t child = fork();
		EXPECT(child >= 0);
		if (child == 0)
			import_and_die(where, file, places[i]);
		int status;
		EXPECT(waitpid(child, &status, 0) == child);
		EXPECT(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
		Db *after = test_store_open(where, (DbOptions){0});
		Ctx c = given_ctx(after);
		Str report = {0};
		EQ_INT(count_of(&c, "SELECT COUNT(*) FROM service"), 0);
		EQ_INT(count_of(&c, "SELECT COUNT(*) FROM provider"), 0);
		EQ_INT(count_of(&c, "SELECT COUNT(*) FROM facility"), 0);
		EQ_INT(count_of(&c, "SELECT COUNT(*) FROM register_source"), 0);
		EQ_INT(count_of(&c, "SELECT COUNT(*) FROM register_repair"), 0);
		EQ_INT(count_of(&c, "SELECT COUNT(*) FROM trail WHERE action = 'import'"), 0);
		ctx_end(&c);
		MUST(db_check_integrity(t_arena, after, &report));
		EQ_INT(report.len, 0);
	}
	Db *whole = test_store_open(where, (DbOptions){0});
	Ctx c = given_ctx(whole);
	RegisterImport r = must_import(&c, file);
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM service"), r.services);
	ctx_end(&c);
}
