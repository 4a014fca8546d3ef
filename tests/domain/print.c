/* print.c: PDFs of print views: rendered once by the real program, tagged, with nothing from outside, and every failure in words. */
#include <fcntl.h>
#include <ftw.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/print_inside.h"
#include "tests/domain/children.h"
#include "tests/domain/jobs_given.h"

static char *folder;

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at) {
	(void)st, (void)type, (void)at;
	return remove(path);
}

static void remove_all(void *path) {
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	print_use(NULL);
}

static Ctx given_prints(void) {
	const JobKind kinds[] = {{PRINT_JOB, "Tisk do PDF", job_print, .retry = true}};
	static JobKind kept[1];
	memcpy(kept, kinds, sizeof kept);
	jobs_setup((const JobKind *const[]){kept}, (const size_t[]){1}, 1);
	folder = str_z(t_arena, S("/tmp/sitovka-print-XXXXXX"));
	EXPECT(mkdtemp(folder));
	arena_defer(t_arena, remove_all, folder);
	files_set_folder(str_z(t_arena, str_format(t_arena, "%s/files", folder)));
	return ctx_make(t_arena, test_store(), &actor_program, (Instant){INT64_C(1735689600000)});
}

static const char plain[] =
	"<h1>Střednědobý plán</h1><p>Úvod se <a href=\"/plan\">stránkou plánu</a>.</p>"
	"<h2 id=\"cile\">Cíle a <em>opatření</em></h2><p>Žluťoučký kůň.</p><h3 id=\"cil-1\">Cíl 1</h3>"
	"<table><caption>Kapacity</caption><thead><tr><th scope=\"col\">Okres</th><th scope=\"col\">Lůžka</th></tr></thead>"
	"<tbody><tr><th scope=\"row\">Liberec</th><td class=\"num\">1 797</td></tr></tbody></table>";

static PrintDoc given_doc(void) {
	return (PrintDoc){.title = S("Střednědobý plán"), .file_name = S("plan.pdf"), .note = S("Verze 3")};
}

static PrintDoc plain_doc(void) {
	PrintDoc d = given_doc();
	d.body = str_c(plain);
	return d;
}

static Printout asked(Ctx *c, const PrintDoc *d) {
	Printout p;
	MUST(print_ask(c, d, S("/plan"), &p));
	return p;
}

static Printout found(Ctx *c, const PrintDoc *d) {
	Printout p;
	MUST(print_find(c, d, &p));
	return p;
}

static int run_jobs(Ctx *c) {
	int ran = 0;
	ctx_end(c);
	MUST(jobs_run_all(t_arena, c->db, &ran));
	return ran;
}

/* Path of the PDF's content. */
static char *pdf_path(Ctx *c, Id id) {
	StoredFile f;
	MUST(files_get(c, id, &f));
	EQ_TEXT(f.type, "application/pdf");
	return str_z(t_arena, str_format(t_arena, "%s/files/%.2s/%.*s", folder, f.sha256.ptr, STR_ARG(f.sha256)));
}

static Str said(const char *format, const char *path) {
	CLEANUP(buf_free) Buf b = {0};
	char  piece[4096];
	FILE *p = popen(str_z(t_arena, str_replace(t_arena, str_c(format), S("%"), str_c(path))), "r");
	EXPECT(p);
	for (size_t n; (n = fread(piece, 1, sizeof piece, p)) > 0;)
		buf_put(&b, piece, n);
	pclose(p);
	return buf_take(&b, t_arena);
}

#define HAS(text, part) (str_has((text), S(part)) ? (void)0 : test_fail(__FILE__, __LINE__, "no \"%s\" in:\n%.*s", part, STR_ARG(text)))

TEST("print: a page becomes a PDF with title, language, tags for headings and cells, running head, and page numbers; contents lead to pages") {
	Ctx      c = given_prints();
	PrintDoc d = plain_doc();
	d.contents = true;
	EQ_INT(found(&c, &d).state, PRINT_NONE);
	EQ_INT(asked(&c, &d).state, PRINT_WAITING);
	EQ_INT(run_jobs(&c), 1);
	Printout p = found(&c, &d);
	EQ_INT(p.state, PRINT_READY);
	char *path = pdf_path(&c, p.file);
	Str   info = said("pdfinfo %", path), structure = said("pdfinfo -struct-text % 2>/dev/null", path), text = said("pdftotext -layout % -", path);
	HAS(info, "Title:           Střednědobý plán");
	HAS(info, "Author:          Ukázkový kraj");
	HAS(info, "Tagged:          yes");
	HAS(info, "Pages:           2");
	HAS(said("qpdf --qdf --object-streams=disable % -", path), "/Lang (cs)");
	HAS(structure, "H1 (block)");
	HAS(structure, "H2 (block)");
	HAS(structure, "H3 (block)");
	HAS(structure, "Table (block)");
	HAS(structure, "            TH\n");
	HAS(structure, "            TD\n");
	HAS(structure, "\"1 797\"");
	HAS(text, "strana 2 z 2");
	HAS(text, "Verze 3");
	HAS(text, "Cíle a opatření ..");
	HAS(text, "Obsah");
	EXPECT(!str_has(text, S("ukázková data")));
}

TEST("print: the same content is made once, whoever asks; another content is another PDF") {
	Ctx      c = given_prints();
	PrintDoc d = plain_doc(), other = plain_doc();
	other.note = S("Verze 4");
	Printout first = asked(&c, &d), second = asked(&c, &d);
	EQ_INT(first.job, second.job);
	EQ_INT(second.state, PRINT_WAITING);
	EXPECT(!second.is_running);
	EQ_INT(run_jobs(&c), 1);
	EQ_INT(asked(&c, &d).state, PRINT_READY);
	EQ_INT(run_jobs(&c), 0);
	EQ_INT(found(&c, &other).state, PRINT_NONE);
	EQ_INT(asked(&c, &other).state, PRINT_WAITING);
	EQ_INT(run_jobs(&c), 1);
	EXPECT(found(&c, &other).file != found(&c, &d).file);
}

/* ---- what comes from outside ---- */

TEST("print: markup that would fetch, read or run something is refused before the program sees it") {
	static const char *const hostile[] = {
		"<img src=\"file:///etc/passwd\">", "<img src=\"http://127.0.0.1/x.png\">", "<img src=\"data:image/svg+xml;base64,AAAA\">", "<link rel=\"attachment\" href=\"/etc/passwd\">",
		"<a rel=\"attachment\" href=\"https://x/\">x</a>", "<a href=\"file:///etc/passwd\">x</a>", "<a href=\"javascript:x\">x</a>", "<p style=\"background:url(http://127.0.0.1/)\">x</p>",
		"<svg><rect fill=\"url(http://127.0.0.1/)\"/></svg>", "<svg><rect fill=\"u\\72l(x)\"/></svg>", "<svg><use href=\"file:///x#a\"/></svg>", "<svg><use xlink:href=\"#a\"/></svg>",
		"<svg><image href=\"#a\"/></svg>", "<svg><title><img src=\"x\"></title></svg>", "<svg><p>x</p></svg>", "<script>x</script>", "<style>p{}</style>", "<iframe></iframe>", "<object></object>",
		"<embed>", "<base href=\"http://127.0.0.1/\">", "<meta>", "<!-- x -->", "<![CDATA[x]]>", "<?xml?>", "<p onclick=\"x\">", "<IMG SRC=\"x\">", "<p id=x>", "<p id='x'>", "<p", "<p id=\"x", "<", "<input>",
		"<title>x</title>", "<p/style=\"x\">", "<textarea>", "<td background=\"x\">", "\xff",
	};
	Ctx c = given_prints();
	for (size_t i = 0; i < LEN(hostile); i++) {
		Printout p;
		PrintDoc d = given_doc();
		d.body = str_format(t_arena, "<h1>x</h1>%s", hostile[i]);
		if (print_ask(&c, &d, S(""), &p) != ERR_INTERNAL)
			test_fail(__FILE__, __LINE__, "let through: %s", hostile[i]);
	}
	static const char *const harmless[] = {
		"<p>a &lt;script&gt; b</p>", "<svg viewBox=\"0 0 1 1\" role=\"img\" aria-label=\"a url(x)\"><title>x</title><rect fill=\"url(#p)\" width=\"1\"/></svg>", "<a href=\"mailto:a@b.cz\">x</a>",
		"<img alt=\"\" src=\"data:image/png;base64,iVBOR\">", "<br/>", "<td colspan=\"2\" hidden>",
	};
	for (size_t i = 0; i < LEN(harmless); i++) {
		CLEANUP(buf_free) Buf html = {0};
		Str      why = {0};
		PrintDoc d = given_doc();
		d.body = str_c(harmless[i]);
		if (print_html(&c, &d, &html, &why) != OK)
			test_fail(__FILE__, __LINE__, "refused: %s: %.*s", harmless[i], STR_ARG(why));
	}
}

TEST("print: charts, maps and drawings of workflows may stand in a print view") {
	static const char *const drawings[] = {"chart_bars", "chart_grouped", "chart_lines", "chart_pyramid", "chart_stacked", "flow", "map", "map_orp"};
	for (size_t i = 0; i < LEN(drawings); i++) {
		Str why = {0}, html = said("cat tests/golden/%.html", drawings[i]);
		EXPECT(html.len > 100);
		if (!print_walk(t_arena, html, NULL, NULL, &why))
			test_fail(__FILE__, __LINE__, "%s is refused: %.*s", drawings[i], STR_ARG(why));
	}
}

TEST("print: a chart keeps its colours on paper, and its form for narrow screens stays away") {
	Ctx      c = given_prints();
	PrintDoc d = given_doc();
	CLEANUP(buf_free) Buf html = {0};
	Str      why = {0};
	d.body = str_cat(t_arena, S("<h1>Graf</h1>"), said("cat tests/golden/%.html", "chart_bars"));
	MUST(print_html(&c, &d, &html, &why));
	HAS(buf_view(&html), "aria-labelledby=\"orp-wide-t orp-wide-d\"><style>\ntext {");
	asked(&c, &d);
	run_jobs(&c);
	Printout p = found(&c, &d);
	EQ_INT(p.state, PRINT_READY);
	char *path = pdf_path(&c, p.file);
	Str   inside = said("qpdf --qdf --object-streams=disable % -", path), text = said("pdftotext % -", path);
	HAS(inside, "0.211765 0.352941 rg");         /* #17365a */
	i64 first = str_find(text, S("Jablonec")), second = str_find(str_from(text, (size_t)first + 1), S("Jablonec"));
	EXPECT(first >= 0 && second >= 0);           /* the chart and its table, not a third time */
	EXPECT(str_find(str_from(text, (size_t)(first + second) + 2), S("Jablonec")) < 0);
}

static int listen_here(int *port) {
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t          size = sizeof at;
	int                fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	EXPECT(fd >= 0 && bind(fd, (struct sockaddr *)&at, size) == 0 && listen(fd, 16) == 0 && getsockname(fd, (struct sockaddr *)&at, &size) == 0);
	*port = ntohs(at.sin_port);
	return fd;
}

static int visitors(int fd) {
	int n = 0;
	for (int one; (one = accept(fd, NULL, NULL)) >= 0; n++)
		close(one);
	return n;
}

TEST("print: should hostile markup reach the program all the same, it reaches nobody and reads nothing of this machine") {
	CLEANUP(buf_free) Buf pdf = {0};
	int   port, fd = listen_here(&port);
	char *in = str_z(t_arena, S("/tmp/sitovka-hostile-XXXXXX"));
	int   file = mkstemp(in);
	Str   html = str_format(t_arena, "<html lang=\"cs\"><head><title>x</title><link rel=\"attachment\" href=\"file:///etc/passwd\"><link rel=\"stylesheet\" href=\"http://127.0.0.1:%d/a.css\">"
	                                 "</head><body><p>x<img src=\"http://127.0.0.1:%d/b.png\"><a rel=\"attachment\" href=\"file:///etc/passwd\">y</a>"
	                                 "<object data=\"file:///etc/passwd\"></object></body></html>", port, port);
	EXPECT(file >= 0 && write(file, html.ptr, html.len) == (ssize_t)html.len);
	close(file);
	/* what the program does when nothing holds it; the listener breaks every connection off at once */
	pid_t answering = fork();
	if (answering == 0)
		for (;;) {
			int one = accept(fd, NULL, NULL);
			if (one >= 0) {
				if (write(open(in, O_WRONLY | O_APPEND), "<!-- visited -->", 16) != 16)
					_exit(1);
				close(one);
			}
			usleep(1000);
		}
	Str free_pdf = said("timeout 60 weasyprint -q % %.pdf 2>/dev/null; pdfdetach -list %.pdf; pdfdetach -save 1 -o %.out %.pdf; head -c 5 %.out; tail -c 20 %; rm -f %.pdf %.out", in);
	kill(answering, SIGKILL);
	unlink(in);
	HAS(free_pdf, "2 embedded files");
	HAS(free_pdf, "root:");
	HAS(free_pdf, "<!-- visited -->");
	visitors(fd);

	EQ_INT(child_run(&print_tool, &(ChildInput){.bytes = html, .fd = -1}, &pdf), CHILD_DONE);
	EQ_INT(visitors(fd), 0);
	EXPECT(str_starts(buf_view(&pdf), S("%PDF-")));
	in = str_z(t_arena, S("/tmp/sitovka-hostile-XXXXXX"));
	file = mkstemp(in);
	EXPECT(file >= 0 && write(file, pdf.ptr, pdf.len) == (ssize_t)pdf.len);
	close(file);
	close(fd);
	HAS(said("pdfdetach -list %", in), "0 embedded files");
	EXPECT(!str_has(said("qpdf --qdf % -; pdftotext % -", in), S("root:")));
	unlink(in);
}

/* ---- failures ---- */

static Str why_with(Ctx *c, const ChildKind *kind) {
	PrintDoc d = plain_doc();
	print_use(kind);
	EQ_INT(asked(c, &d).state, PRINT_WAITING);
	EQ_INT(run_jobs(c), 1);
	Printout p = found(c, &d);
	EQ_INT(p.state, PRINT_FAILED);
	return p.why;
}

TEST("print: a program that is slow, greedy, talkative, broken or missing leaves a sentence that says what to do, and the next try is made") {
	Ctx c = given_prints();
	HAS(why_with(&c, &child_sleep_tool), "trvalo příliš dlouho");
	HAS(why_with(&c, &child_eat_tool), "nestačila paměť");
	HAS(why_with(&c, &child_flood_tool), "větší než 64 MB");
	HAS(why_with(&c, &child_fail_tool), "skončil chybou");
	HAS(why_with(&c, &child_copy_tool), "skončil chybou");
	HAS(why_with(&c, &child_missing_tool), "chybí program pro tisk");
	print_use(&child_fail_tool);
	PrintDoc d = plain_doc();
	EQ_INT(found(&c, &d).state, PRINT_FAILED);
	Printout again = asked(&c, &d);
	EQ_INT(again.state, PRINT_WAITING);
	EQ_INT(run_jobs(&c), 1);
	print_use(NULL);
	EQ_INT(found(&c, &d).state, PRINT_NONE);
	asked(&c, &d);
	run_jobs(&c);
	EQ_INT(found(&c, &d).state, PRINT_READY);
}

TEST("print: a PDF that the end of the program interrupts was not refused by the printing program: the job is given up, and waits again") {
	Ctx  c = given_prints();
	bool stopped = true;
	CLEANUP(buf_free) Buf pdf = {0};
	ctx_end(&c);
	c.cancelled = &stopped;
	print_use(&child_sleep_tool);
	EQ_INT(print_run(&c, S("<!doctype html><title>x</title><p>x"), false, &pdf), ERR_CANCELLED);
	print_use(NULL);
	c.cancelled = NULL;
}

TEST("print: what was made is forgotten by its term, and can be made again") {
	Ctx      c = given_prints();
	PrintDoc d = plain_doc();
	i64      removed = 0;
	asked(&c, &d);
	run_jobs(&c);
	MUST(prints_sweep(&c, c.now, &removed));
	EQ_INT(removed, 0);
	MUST(prints_sweep(&c, (Instant){c.now.ms + 1}, &removed));
	EQ_INT(removed, 1);
	EQ_INT(found(&c, &d).state, PRINT_NONE);
	EQ_INT(asked(&c, &d).state, PRINT_WAITING);
}

TEST("print: the command is a whole path with words; what is not is refused") {
	EXPECT(!print_set_command(S("weasyprint - -")));
	EXPECT(!print_set_command(S("")));
	EXPECT(!print_set_command(S("/a 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16")));
	EXPECT(print_set_command(S("/opt/tisk  --tichy -")));
	EXPECT(strcmp(print_tool.command[0], "/opt/tisk") == 0 && strcmp(print_tool.command[1], "--tichy") == 0 && strcmp(print_tool.command[2], "-") == 0 && !print_tool.command[3]);
	EXPECT(print_set_command(S("/usr/bin/weasyprint --quiet --pdf-variant pdf/ua-1 - -")));
}
