/* print.c: a plan of 150 pages with 120 tables as PDF and as DOCX: what the renderer takes under the limits of large documents: bench-print STORE FOLDER. */
#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/hash.h"
#include "core/docx.h"
#include "core/print.h"
#include "web/module.h"

extern const Module core_module;

enum { TABLES = 120, ROWS = 26, PARAGRAPHS = 2, SENTENCES = 9 };

static void put_prose(Buf *b, int n) {
	for (int i = 0; i < SENTENCES; i++)
		buf_format(b, "Opatření %d navazuje na cíl %d a počítá s tím, že se do konce období rozšíří kapacita služby v území o %d lůžek. ", n, n % 9 + 1, n * 7 % 13 + i);
}

static void put_table(Buf *b, int n) {
	buf_format(b, "<table><caption>Tabulka %d: Kapacity a náklady</caption><thead><tr><th scope=\"col\">Služba</th><th scope=\"col\">Území</th>", n);
	for (int year = 2027; year <= 2029; year++)
		buf_format(b, "<th scope=\"col\" class=\"num\">%d</th>", year);
	buf_lit(b, "</tr></thead><tbody>");
	for (int row = 0; row < ROWS; row++)
		buf_format(b, "<tr><th scope=\"row\">Služba č. %d</th><td>Území %d</td><td class=\"num\">%d 000</td><td class=\"num\">%d 500</td><td class=\"num\">%d 250</td></tr>",
		           n * 100 + row, row % 10, row * 17 + n, row * 19 + n, row * 23 + n);
	buf_lit(b, "</tbody></table>");
}

static void put_plan(Buf *b) {
	buf_lit(b, "<h1>Střednědobý plán rozvoje sociálních služeb 2027–2029</h1><p>Měření.</p>");
	for (int n = 1; n <= TABLES; n++) {
		if (n % 10 == 1)
			buf_format(b, "<h2 id=\"kapitola-%d\" class=\"page-break\">Kapitola %d</h2>", n, n / 10 + 1);
		buf_format(b, "<h3 id=\"cast-%d\">Opatření %d</h3>", n, n);
		for (int i = 0; i < PARAGRAPHS; i++) {
			buf_lit(b, "<p>");
			put_prose(b, n + i);
			buf_lit(b, "</p>");
		}
		put_table(b, n);
	}
}

static double seconds(clockid_t clock) {
	struct timespec t;
	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool keep(const char *folder, const char *name, Str bytes) {
	CLEANUP(arena_free) Arena a = {0};
	int  fd = open(str_z(&a, str_format(&a, "%s/%s", folder, name)), O_WRONLY | O_CREAT | O_TRUNC, 0600);
	bool fine = fd >= 0 && write(fd, bytes.ptr, bytes.len) == (ssize_t)bytes.len;
	if (fd >= 0)
		close(fd);
	return fine;
}

static int measure(Ctx *c, const char *folder) {
	CLEANUP(buf_free) Buf body = {0}, html = {0}, pdf = {0}, docx = {0};
	ChildUsage used = {0};
	Str        why = {0};
	put_plan(&body);
	PrintDoc d = {.title = S("Plán"), .body = buf_view(&body), .file_name = S("plan.pdf"), .contents = true, .is_large = true};
	if (print_html(c, &d, &html, &why) != OK)
		return 1;
	double   began = seconds(CLOCK_MONOTONIC);
	ChildEnd end = child_run(&print_tool, &(ChildInput){.bytes = buf_view(&html), .fd = -1, .limits = {300, 300, UINT64_C(1) << 30}, .usage = &used}, &pdf);
	printf("pdf %s %.1f %.1f %.0f\n", child_end_name(end), (double)used.cpu_ms / 1000, seconds(CLOCK_MONOTONIC) - began, (double)used.memory / 1e6);
	began = seconds(CLOCK_PROCESS_CPUTIME_ID);
	bool made = docx_of_print(c, &d, &docx, &why);
	printf("docx %s %.3f\n", made ? "done" : "failed", seconds(CLOCK_PROCESS_CPUTIME_ID) - began);
	return end == CHILD_DONE && made && keep(folder, "plan.pdf", buf_view(&pdf)) && keep(folder, "plan.docx", buf_view(&docx)) ? 0 : 1;
}

int main(int argc, char **argv) {
	CLEANUP(arena_free) Arena a = {0};
	const ChildKind *kinds[] = {&print_tool};
	Db *db;
	Str why;
	if (argc != 3)
		return 2;
	child_start(kinds, LEN(kinds), sandbox_standard());
	crypto_start();
	settings_setup((const Setting *const[]){core_module.settings}, (const size_t[]){core_module.setting_count}, 1);
	if (db_open(&a, argv[1], (DbOptions){0}, &db, &why) != OK)
		return 1;
	Ctx c = ctx_make(&a, db, &actor_program, instant_now());
	int code = measure(&c, argv[2]);
	ctx_end(&c);
	db_close(db);
	child_stop();
	return code;
}
