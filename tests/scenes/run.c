/* run.c: plays the *.scene files of this folder against the built program and a fresh demo store. Run: scenes [part of a title or file …].
 *
 * SITOVKA          the program; default: "sitovka" beside this one
 * SITOVKA_TEST_DB  where the demo store is made; default: a file in a temporary folder */
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/scenes/file.h"
#include "tests/scenes/program.h"
#include "tests/scenes/scene.h"

#define FOLDER "tests/scenes"

static Arena kept;                           /* of the whole run */

NO_RETURN static void stop(Str why) {
	printf("not ok 1 - the scenes can begin\n# %.*s\n0 passed, 1 failed\n", STR_ARG(why));
	exit(1);
}

/* Empty when there is no such file. */
static Str read_whole(const char *name) {
	Str text = {0};
	file_read(&kept, name, &text);
	return text;
}

static void read_accounts(Stage *s) {
	Str text = read_whole("tests/accounts.conf");
	while (text.len) {
		Str value = str_cut(&text, '\n');
		Str name = str_cut(&value, '=');
		if (str_eq(name, S("domain")))
			s->domain = str_trim(value);
		if (str_eq(name, S("password")))
			s->password = str_trim(value);
	}
	if (str_empty(s->domain) || str_empty(s->password))
		stop(S("tests/accounts.conf must name domain and password; run from the root of the project"));
}

static int is_scene(const struct dirent *e) { return str_ends(str_c(e->d_name), S(".scene")); }

static Scenes read_scenes(void) {
	struct dirent **list;
	Scenes          ret = {0};
	int             n = scandir(FOLDER, &list, is_scene, alphasort);
	for (int i = 0; i < n; i++) {
		Str file = str_format(&kept, FOLDER "/%s", list[i]->d_name);
		Str why;
		if (!scenes_read(&kept, file, read_whole(str_z(&kept, file)), &ret, &why))
			stop(why);
		free(list[i]);
	}
	if (n >= 0)
		free(list);
	return ret;
}

static bool is_wanted(const Scene *s, int argc, char **argv) {
	for (int i = 1; i < argc; i++)
		if (str_has(s->title, str_c(argv[i])) || str_has(s->file, str_c(argv[i])))
			return true;
	return argc < 2;
}

static Str beside(const char *self, const char *name) {
	const char *slash = strrchr(self, '/');
	return slash ? str_format(&kept, "%.*s/%s", (int)(slash - self), self, name) : str_c(name);
}

static void print_result(int n, bool ok, Str title, Str why) {
	printf("%sok %d - %.*s\n", ok ? "" : "not ", n, STR_ARG(title));
	if (!ok)
		printf("# %.*s\n", STR_ARG(why));
}

int main(int argc, char **argv) {
	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGPIPE, SIG_IGN);
	char folder[] = "/tmp/sitovka-scenes-XXXXXX";
	if (!mkdtemp(folder))
		stop(S("no temporary folder"));

	const char *program = getenv("SITOVKA"), *where = getenv("SITOVKA_TEST_DB");
	Stage stage = {.arena = &kept, .program = program ? str_c(program) : beside(argv[0], "sitovka")};
	stage.store = where && *where ? str_c(where) : str_format(&kept, "%s/sitovka.db", folder);
	stage.state = str_format(&kept, "%s/state", folder);
	read_accounts(&stage);
	Scenes scenes = read_scenes();

	char *self = str_z(&kept, stage.program), *store = str_z(&kept, stage.store), *state = str_z(&kept, stage.state);
	char *demo_log = str_z(&kept, str_format(&kept, "%s/demo.log", folder));
	char *serve_log = str_z(&kept, str_format(&kept, "%s/serve.log", folder));
	if (program_wait(program_start((char *[]){self, "demo", "--db", store, "--state", state, "--size", "S", NULL}, demo_log)) != 0)
		stop(str_format(&kept, "%s demo failed:\n%.*s", self, STR_ARG(read_whole(demo_log))));
	pid_t server = program_start((char *[]){self, "serve", "--db", store, "--state", state, "--listen", "127.0.0.1:0", NULL}, serve_log);
	stage.port = program_port(server, serve_log);
	if (!stage.port)
		stop(str_format(&kept, "%s serve does not listen:\n%.*s", self, STR_ARG(read_whole(serve_log))));

	int passed = 0, failed = 0;
	for (size_t i = 0; i < scenes.len; i++) {
		if (!is_wanted(&scenes.at[i], argc, argv))
			continue;
		Arena scratch = {0};
		Str   why = {0};
		bool  ok = scene_play(&stage, &scenes.at[i], &scratch, &why);
		ok ? passed++ : failed++;
		print_result(passed + failed, ok, scenes.at[i].title, why);
		arena_free(&scratch);
	}
	if (passed + failed > 0) {               /* the sanitizers speak at the end */
		int status = program_end(server);
		status == 0 ? passed++ : failed++;
		print_result(passed + failed, status == 0, S("the server ends cleanly after all scenes"),
		             str_format(&kept, "status %d\n%.*s", status, STR_ARG(read_whole(serve_log))));
	} else {
		program_end(server);
	}
	program_wait(program_start((char *[]){"rm", "-rf", folder, NULL}, "/dev/null"));
	printf("1..%d\n%d passed, %d failed\n", passed + failed, passed, failed);
	arena_free(&kept);
	return failed ? 1 : passed ? 0 : 2;
}
