/* kill.c: is everything there that was acknowledged? Eight people keep changing organisations over HTTP while the server is killed by SIGKILL
 * at random moments and started again. After each start the list is read through the API: every change that was answered must be there, what
 * was under way may be there whole or not at all, and the trail holds exactly one record for each change that is there.
 *
 * Run: proof-kill PROGRAM KILLS [SEED]. Ends with figures and "N passed, N failed". */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "tests/scenes/file.h"
#include "tests/scenes/page.h"
#include "tests/scenes/program.h"
#include "tests/scenes/client.h"

enum { WRITERS = 8, MOST_MS = 900, PATIENCE = 3 };
#define LIST "/app/sprava/organizace"
#define MARK "Lhota "                        /* names are "Lhota WRITER-RECORD-CHANGE" */

typedef struct Record {
	i64 id;                                  /* 0: the answer with its number never came */
	int there, sent, seen;                   /* last change that must be there; one under way, 0 = none; what the list shows */
} Record;

typedef struct Writer {
	int     number, port;
	Jar     jar;
	Arena   kept, scratch;                   /* of the run, of one change */
	Record *at;
	size_t  len, cap;
	u64     luck;
	i64     acknowledged, refused;
	FILE   *notes;
	Str     trouble;
} Writer;

static Writer      writers[WRITERS];
static atomic_bool killed;                   /* a broken connection is no trouble any more */
static Arena       kept;
static char        folder[] = "/tmp/sitovka-kill-XXXXXX";
static char       *program, *store, *state, *serve_log, *tool_log;
static i64         passed, failed;

/* ---- small things ---- */

static void check(bool ok, Str sentence, Str why) {
	ok ? passed++ : failed++;
	if (!ok)
		printf("not ok %lld - %.*s\n# %.*s\n", (long long)(passed + failed), STR_ARG(sentence), STR_ARG(why));
}

NO_RETURN static void give_up(Str why) {
	printf("not ok %lld - the proof can go on\n# %.*s\n# kept: %s\n%lld passed, %lld failed\n", (long long)(passed + failed + 1), STR_ARG(why), folder,
	       (long long)passed, (long long)failed + 1);
	exit(1);
}

static i64 now_ms(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (i64)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* xorshift64*: the seed is printed, so that the order of changes can be had again; the moments of the kernel cannot. */
static u64 next_luck(u64 *luck) {
	*luck ^= *luck >> 12;
	*luck ^= *luck << 25;
	*luck ^= *luck >> 27;
	return *luck * UINT64_C(0x2545F4914F6CDD1D) >> 32;
}

static Str tool_output(void) {
	Str text = {0};
	file_read(&kept, tool_log, &text);
	return text;
}

/* ---- one change ---- */

static bool page_fields(Writer *w, Str path, Fields *ret) {
	Reply r;
	Str   why;
	if (!client_call(&w->scratch, w->port, &w->jar, (Call){.method = S("GET"), .target = path}, &r, &why)) {
		w->trouble = why;
		return false;
	}
	if (r.status != 200 || !page_form(&w->scratch, r.body, path, path, ret)) {
		w->trouble = str_format(&w->kept, "GET %.*s was answered %d", STR_ARG(path), r.status);
		return false;
	}
	return true;
}

/* False when no whole answer came. */
static bool send_form(Writer *w, Str path, Str name, Reply *ret) {
	Fields hidden = {0};
	if (!page_fields(w, path, &hidden))
		return false;
	CLEANUP(buf_free) Buf body = {0};
	for (size_t i = 0; i < hidden.len; i++)
		buf_format(&body, "%.*s=%.*s&", STR_ARG(hidden.at[i].name), STR_ARG(str_replace(&w->scratch, hidden.at[i].value, S("+"), S("%2B"))));
	buf_format(&body, "kind=region&name=%.*s", STR_ARG(str_replace(&w->scratch, name, S(" "), S("+"))));
	Call call = {S("POST"), path, S("application/x-www-form-urlencoded"), str_dup(&w->scratch, buf_view(&body)), true};
	return client_call(&w->scratch, w->port, &w->jar, call, ret, &w->trouble);
}

/* Only what was answered by 303 is acknowledged; a server that is busy may refuse (503) and be asked again. */
static bool change(Writer *w, size_t i) {
	Record *rec = &w->at[i];
	Reply   r;
	rec->sent = rec->there + 1;
	Str path = rec->id ? str_format(&w->scratch, LIST "/%lld/upravit", (long long)rec->id) : S(LIST "/novy");
	if (!send_form(w, path, str_format(&w->scratch, MARK "%d-%zu-%d", w->number, i, rec->sent), &r))
		return false;
	if (r.status == 503) {
		w->refused++;
		return true;
	}
	bool found;
	Str  where = reply_header(&r, S("location"), &found);
	if (r.status != 303 || !str_starts(where, S(LIST "/")) || !str_to_int(str_from(where, sizeof LIST), &rec->id)) {
		w->trouble = str_format(&w->kept, "POST %.*s was answered %d", STR_ARG(path), r.status);
		return false;
	}
	rec->there = rec->sent;
	rec->sent = 0;
	w->acknowledged++;
	fprintf(w->notes, "%d-%zu-%d\n", w->number, i, rec->there);
	return true;
}

/* A record that waits for its first answer is no longer touched: nobody knows its number. */
static size_t choose(Writer *w) {
	for (int attempts = 0; w->len && attempts < 8 && next_luck(&w->luck) % 3; attempts++) {
		size_t i = next_luck(&w->luck) % w->len;
		if (w->at[i].id)
			return i;
	}
	*ARENA_PUSH(&w->kept, w->at, w->len, w->cap) = (Record){0};
	return w->len - 1;
}

static void *write_on(void *arg) {
	Writer *w = arg;
	while (!killed && change(w, choose(w)))
		arena_reset(&w->scratch);
	if (killed)
		w->trouble = (Str){0};
	w->trouble = str_dup(&w->kept, w->trouble);
	arena_free(&w->scratch);
	return NULL;
}

/* ---- what the store holds ---- */

static bool read_number(Str *rest, char end, size_t *ret) {
	i64 n;
	if (!str_to_int(str_cut(rest, end), &n) || n < 0)
		return false;
	*ret = (size_t)n;
	return true;
}

/* Each name of ours in the list. */
static bool note_seen(Str list) {
	for (i64 at; (at = str_find(list, S("\"" MARK))) >= 0;) {
		list = str_from(list, (size_t)at + sizeof MARK);
		size_t who, which, version;
		if (!read_number(&list, '-', &who) || !read_number(&list, '-', &which) || !read_number(&list, '"', &version))
			return false;
		if (who >= WRITERS || which >= writers[who].len || writers[who].at[which].seen)
			return false;
		writers[who].at[which].seen = (int)version;
	}
	return true;
}

static i64 trail_records(void) {
	if (program_wait(program_start((char *[]){program, "verify", "--db", store, "--state", state, NULL}, tool_log)) != 0)
		return -1;
	Str text = tool_output();
	i64 at = str_find(text, S(": ")), n;
	Str number = at < 0 ? text : str_from(text, (size_t)at + 2);
	return str_to_int(str_cut(&number, ' '), &n) ? n : -1;
}

typedef struct Found { i64 lost, half, whole_unanswered, changes; } Found;

/* What was under way is settled now: from here on it must be there, or must stay away. */
static void settle(Found *f) {
	for (int w = 0; w < WRITERS; w++)
		for (size_t i = 0; i < writers[w].len; i++) {
			Record *rec = &writers[w].at[i];
			if (rec->seen < rec->there)
				f->lost++;
			else if (rec->seen > rec->there && rec->seen != rec->sent)
				f->half++;
			f->whole_unanswered += rec->sent && rec->seen == rec->sent;
			f->changes += rec->seen;
			rec->there = rec->seen;
			rec->sent = 0;
			rec->seen = 0;
		}
}

static void look(int port, int round, i64 before, i64 *unanswered) {
	Reply r;
	Str   why;
	CLEANUP(arena_free) Arena a = {0};
	if (!client_call(&a, port, &writers[0].jar, (Call){.method = S("GET"), .target = S(LIST ".json")}, &r, &why) || r.status != 200)
		give_up(str_format(&kept, "after kill %d the list cannot be read", round));
	check(note_seen(r.body), str_format(&kept, "kill %d: every record is there once, as somebody sent it", round), S("a name that nobody sent, or twice"));
	Found f = {0};
	settle(&f);
	*unanswered += f.whole_unanswered;
	check(f.lost == 0 && f.half == 0, str_format(&kept, "kill %d: everything acknowledged is there", round),
	      str_format(&kept, "%lld lost, %lld neither before nor after", (long long)f.lost, (long long)f.half));
	i64 records = trail_records();
	check(records == before + f.changes, str_format(&kept, "kill %d: the trail is whole and has one record for each change", round),
	      str_format(&kept, "%lld records, expected %lld + %lld\n%.*s", (long long)records, (long long)before, (long long)f.changes, STR_ARG(tool_output())));
}

/* ---- the server ---- */

static pid_t serve(int *port) {
	pid_t pid = program_start((char *[]){program, "serve", "--db", store, "--state", state, "--listen", "127.0.0.1:0", "--quiet", NULL}, serve_log);
	*port = program_port(pid, serve_log);
	Str text = {0};
	if (*port)
		return pid;
	file_read(&kept, serve_log, &text);
	give_up(str_format(&kept, "the server does not start:\n%.*s", STR_ARG(text)));
}

static void wait_for_answer(int port) {
	CLEANUP(arena_free) Arena a = {0};
	Jar   nobody = {0};
	Reply r;
	Str   why;
	if (!client_call(&a, port, &nobody, (Call){.method = S("GET"), .target = S("/")}, &r, &why) || r.status != 200)
		give_up(str_format(&kept, "the home page is not answered: %.*s", STR_ARG(why)));
}

static void sign_in(Writer *w, Str login, Str password) {
	Fields hidden = {0};
	Reply  r;
	if (!page_fields(w, S("/prihlaseni"), &hidden))
		give_up(w->trouble);
	CLEANUP(buf_free) Buf body = {0};
	for (size_t i = 0; i < hidden.len; i++)
		buf_format(&body, "%.*s=%.*s&", STR_ARG(hidden.at[i].name), STR_ARG(hidden.at[i].value));
	buf_format(&body, "login=%.*s&password=%.*s", STR_ARG(login), STR_ARG(password));
	Call call = {S("POST"), S("/prihlaseni"), S("application/x-www-form-urlencoded"), buf_view(&body), true};
	if (!client_call(&w->kept, w->port, &w->jar, call, &r, &w->trouble) || r.status != 303)
		give_up(S("a writer cannot sign in"));
}

static Str setting_of(Str text, Str name) {
	while (text.len) {
		Str value = str_cut(&text, '\n');
		if (str_eq(str_cut(&value, '='), name))
			return value;
	}
	give_up(S("tests/accounts.conf must name domain and password; run from the root of the project"));
}

static void begin(u64 seed) {
	if (!mkdtemp(folder))
		give_up(S("no temporary folder"));
	store = str_z(&kept, str_format(&kept, "%s/sitovka.db", folder));
	state = str_z(&kept, str_format(&kept, "%s/state", folder));
	serve_log = str_z(&kept, str_format(&kept, "%s/serve.log", folder));
	tool_log = str_z(&kept, str_format(&kept, "%s/tool.log", folder));
	if (program_wait(program_start((char *[]){program, "demo", "--db", store, "--state", state, "--size", "S", NULL}, tool_log)) != 0)
		give_up(str_format(&kept, "%s demo failed:\n%.*s", program, STR_ARG(tool_output())));
	int   port;
	pid_t pid = serve(&port);
	Str   accounts = {0};
	file_read(&kept, "tests/accounts.conf", &accounts);
	Str login = str_format(&kept, "spravce@%.*s", STR_ARG(setting_of(accounts, S("domain"))));
	for (int i = 0; i < WRITERS; i++) {
		char *notes = str_z(&kept, str_format(&kept, "%s/acknowledged-%d", folder, i));
		writers[i] = (Writer){.number = i, .port = port, .luck = seed * 8 + (u64)i + 1, .notes = fopen(notes, "w")};
		if (!writers[i].notes)
			give_up(S("notes cannot be written"));
		sign_in(&writers[i], login, setting_of(accounts, S("password")));
	}
	check(program_end(pid) == 0, S("the server ends cleanly when it is asked to"), S("it did not"));
}

/* ---- rounds ---- */

static void write_and_kill(pid_t server, int port, int round, u64 *luck) {
	pthread_t threads[WRITERS];
	killed = false;
	for (int i = 0; i < WRITERS; i++) {
		writers[i].port = port;
		if (pthread_create(&threads[i], NULL, write_on, &writers[i]) != 0)
			give_up(S("no thread"));
	}
	sleep_ms((long)(20 + next_luck(luck) % MOST_MS));
	killed = true;                           /* first, so that no answer lost by the kill counts as trouble */
	kill(server, SIGKILL);
	check(program_wait(server) == 128 + SIGKILL, str_format(&kept, "kill %d: the server was alive until then", round), S("it had ended by itself"));
	for (int i = 0; i < WRITERS; i++) {
		pthread_join(threads[i], NULL);
		check(writers[i].trouble.len == 0, str_format(&kept, "kill %d: writer %d was served until then", round, i), writers[i].trouble);
	}
}

static int by_size(const void *x, const void *y) {
	i64 a = *(const i64 *)x, b = *(const i64 *)y;
	return (a > b) - (a < b);
}

static i64 number_of(const char *text) {
	i64 n;
	return text && str_to_int(str_c(text), &n) ? n : -1;
}

int main(int argc, char **argv) {
	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGPIPE, SIG_IGN);
	i64 kills = number_of(argc > 2 ? argv[2] : NULL), seed = argc > 3 ? number_of(argv[3]) : (i64)time(NULL);
	if (kills < 1 || kills > 10000 || seed < 0) {
		fprintf(stderr, "proof-kill PROGRAM KILLS [SEED]\n");
		return 2;
	}
	program = argv[1];
	begin((u64)seed);
	i64  before = trail_records(), unanswered = 0, acknowledged = 0, refused = 0;
	i64 *restarts = NEW_ARRAY(&kept, i64, kills);
	u64  luck = (u64)seed + 1;
	if (before < 0)
		give_up(str_format(&kept, "the trail of the demo does not verify:\n%.*s", STR_ARG(tool_output())));
	int   port;
	pid_t server = serve(&port);
	for (int round = 1; round <= kills; round++) {
		write_and_kill(server, port, round, &luck);
		i64 began = now_ms();
		server = serve(&port);
		wait_for_answer(port);
		restarts[round - 1] = now_ms() - began;
		look(port, round, before, &unanswered);
	}
	check(program_end(server) == 0, S("the last server ends cleanly"), S("it did not"));
	for (int i = 0; i < WRITERS; i++) {
		acknowledged += writers[i].acknowledged;
		refused += writers[i].refused;
		fclose(writers[i].notes);
	}
	check(acknowledged >= kills, S("each server did some work before it was killed"), S("hardly anything was acknowledged"));
	qsort(restarts, (size_t)kills, sizeof *restarts, by_size);
	printf("# seed %lld: %lld kills, %d writers, %lld changes acknowledged, %lld unanswered ones found whole, %lld refused as busy\n", (long long)seed,
	       (long long)kills, WRITERS, (long long)acknowledged, (long long)unanswered, (long long)refused);
	printf("# from the start of the program to the first answer: median %lld ms, longest %lld ms\n", (long long)restarts[kills / 2],
	       (long long)restarts[kills - 1]);
	if (!failed)
		program_wait(program_start((char *[]){"rm", "-rf", folder, NULL}, "/dev/null"));
	printf("%lld passed, %lld failed\n", (long long)passed, (long long)failed);
	return failed ? 1 : 0;
}
