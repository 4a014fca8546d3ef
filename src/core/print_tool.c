/* print_tool.c: the program that makes a PDF, and what its ends mean for people. */
#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/jobs.h"
#include "core/print_inside.h"
#include "core/settings.h"

enum { WORDS_MAX = 16, COMMAND_MAX = 1000, MOST_SECONDS = 900 };
#define MOST_MEMORY (UINT64_C(4) << 30)
#define MOST_PDF    (UINT64_C(64) << 20)

static char  text[COMMAND_MAX] = "/usr/bin/weasyprint\0--quiet\0--pdf-variant\0pdf/ua-1\0-\0-";
static char *words[WORDS_MAX + 1] = {text, text + 20, text + 28, text + 42, text + 51, text + 53};
static char *version_words[] = {text, (char *)(uintptr_t)"--version", NULL};

const ChildKind print_tool = {.name = "print", .role = SANDBOX_TOOL, .cpu_seconds = MOST_SECONDS, .wall_seconds = MOST_SECONDS, .memory = MOST_MEMORY,
                              .most_out = MOST_PDF, .command = words};
const ChildKind print_version_tool = {.name = "print-version", .role = SANDBOX_TOOL, .cpu_seconds = 10, .wall_seconds = 20, .memory = 512u << 20,
                                      .most_out = 4096, .command = version_words};

static const ChildKind *in_use = &print_tool;

void print_use(const ChildKind *k) {
	in_use = k ? k : &print_tool;
}

bool print_set_command(Str command) {
	size_t count = 0;
	if (!command.ptr || !str_starts(command, S("/")) || command.len >= sizeof text || memchr(command.ptr, 0, command.len))
		return false;
	memset(text, 0, sizeof text);
	memcpy(text, command.ptr, command.len);
	memset(words, 0, sizeof words);
	for (size_t i = 0; i < command.len; i++) {
		bool is_first = text[i] != ' ' && (i == 0 || command.ptr[i - 1] == ' ');
		if (is_first && count == WORDS_MAX)
			return false;
		if (is_first)
			words[count++] = text + i;
		if (text[i] == ' ')
			text[i] = '\0';
	}
	return true;
}

bool print_tool_is_there(void) {
	return access(in_use->command[0], X_OK) == 0;
}

Str print_tool_mark(Arena *a) {
	CLEANUP(buf_free) Buf mark = {0};
	struct stat st = {0};
	for (char *const *w = in_use->command; *w; w++)
		buf_format(&mark, "%s ", *w);
	if (stat(in_use->command[0], &st) == 0)
		buf_format(&mark, "%lld %lld", (long long)st.st_size, (long long)st.st_mtim.tv_sec);
	return buf_take(&mark, a);
}

/* ---- one PDF ---- */

static ChildLimits limits(Ctx *c, bool is_large) {
	int seconds = (int)setting_int(c, is_large ? "print.large_seconds" : "print.seconds");
	return (ChildLimits){seconds, seconds, (u64)setting_int(c, is_large ? "print.large_mb" : "print.mb") << 20};
}

static Err say(Ctx *c, ChildEnd end) {
	switch (end) {
	case CHILD_TOO_LONG:
		return fail(c, ERR_TOO_LARGE, NULL, "Vytvoření PDF trvalo příliš dlouho, a tak bylo zastaveno. Zkuste menší část dokumentu; "
		                                    "když to nepomůže, správce může v nastavení povolit delší čas.");
	case CHILD_NO_MEMORY:
		return fail(c, ERR_TOO_LARGE, NULL, "Dokument je na PDF příliš velký: tisku nestačila paměť. Zkuste menší část dokumentu; "
		                                    "když to nepomůže, správce může v nastavení povolit víc paměti.");
	case CHILD_TOO_MUCH:
		return fail(c, ERR_TOO_LARGE, NULL, "Hotové PDF by bylo větší než 64 MB. Zkuste menší část dokumentu.");
	case CHILD_BUSY:
		return fail(c, ERR_BUSY, NULL, "Server teď dělá příliš mnoho věcí najednou. Zkuste to za chvíli znovu.");
	case CHILD_GONE:
		return fail(c, ERR_INTERNAL, NULL, "PDF se nepodařilo vytvořit, protože pomocný proces serveru neběží. Ohlaste to správci.");
	case CHILD_DONE:
	case CHILD_FAILED:
	case CHILD_CRASHED:
		break;
	}
	return fail(c, ERR_INTERNAL, NULL, "PDF se nepodařilo vytvořit, protože program pro tisk skončil chybou. Dokument si zatím přečtěte na stránce a ohlaste to správci.");
}

Err print_run(Ctx *c, Str html, bool is_large, Buf *pdf) {
	if (!print_tool_is_there())
		return fail(c, ERR_INTERNAL, NULL, "PDF teď nejde vytvořit, protože na serveru chybí program pro tisk. Dokument si přečtěte na stránce a ohlaste to správci.");
	ChildInput in = {.bytes = html, .fd = -1, .limits = limits(c, is_large), .cancelled = c->cancelled};
	ChildEnd   end = child_run(in_use, &in, pdf);
	if (end == CHILD_GONE && job_is_cancelled(c))
		return fail(c, ERR_CANCELLED, NULL, "Tisk byl zastaven.");
	if (end == CHILD_DONE && !str_starts(buf_view(pdf), S("%PDF-")))
		end = CHILD_FAILED;
	return end == CHILD_DONE ? OK : say(c, end);
}

/* ---- the question of doctor ---- */

/* Starting the program takes half a second of work, and the page of checks is opened often: what it said holds for ten minutes, while its file is the same. */
enum { HOLDS_SECONDS = 600 };
static struct {
	pthread_mutex_t lock;
	char            mark[COMMAND_MAX + 64], version[200];
	time_t          until;
} said = {.lock = PTHREAD_MUTEX_INITIALIZER};

static time_t monotonic_seconds(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

static bool said_lately(Arena *a, Str mark, Str *version) {
	pthread_mutex_lock(&said.lock);
	bool is_it = monotonic_seconds() < said.until && str_eq(mark, str_c(said.mark));
	if (is_it)
		*version = str_dup(a, str_c(said.version));
	pthread_mutex_unlock(&said.lock);
	return is_it;
}

static void remember(Str mark, Str version) {
	pthread_mutex_lock(&said.lock);
	snprintf(said.mark, sizeof said.mark, "%.*s", STR_ARG(mark));
	snprintf(said.version, sizeof said.version, "%.*s", STR_ARG(version));
	said.until = monotonic_seconds() + HOLDS_SECONDS;
	pthread_mutex_unlock(&said.lock);
}

Err check_print_tool(Ctx *c, bool *fine, Str *detail) {
	CLEANUP(buf_free) Buf version = {0};
	*fine = false;
	if (!print_tool_is_there()) {
		*detail = str_format(c->arena, "Program %s na serveru není.", print_tool.command[0]);
		return OK;
	}
	Str mark = print_tool_mark(c->arena);
	*fine = said_lately(c->arena, mark, detail);
	if (*fine)
		return OK;
	ChildEnd end = child_is_started() ? child_run(&print_version_tool, &(ChildInput){.fd = -1}, &version) : CHILD_GONE;
	*fine = end == CHILD_DONE;
	*detail = *fine ? str_trim(buf_take(&version, c->arena)) : str_format(c->arena, "Program %s nejde spustit (%s).", print_tool.command[0], child_end_name(end));
	if (*fine)
		remember(mark, *detail);
	return OK;
}
