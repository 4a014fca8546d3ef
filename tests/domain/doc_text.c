/* doc_text.c: words of files in children: real PDFs of the print program, real DOCX, and every reason why there are none. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/doc_text.h"
#include "core/docx.h"
#include "core/print_inside.h"
#include "core/settings.h"
#include "tests/support/store.h"
#include "tests/test.h"

#define WORD DOCX_TYPE
#define HAS(text, part) (str_has((text), S(part)) ? (void)0 : test_fail(__FILE__, __LINE__, "no \"%s\" in:\n%.*s", part, STR_ARG(text)))

static Ctx given(void) {
	return ctx_make(t_arena, test_store(), &actor_program, (Instant){INT64_C(1735689600000)});
}

static DocText read_as(Ctx *c, const char *type, Str bytes) {
	DocText t;
	doc_text_of(c, str_c(type), bytes, &t);
	EXPECT((t.text.len > 0) != (t.why.len > 0));
	return t;
}

static Str pdf_of(Ctx *c, const char *html) {
	CLEANUP(buf_free) Buf pdf = {0};
	MUST(print_run(c, str_c(html), false, &pdf));
	return buf_take(&pdf, t_arena);
}

/* What a command makes of a file: % is its name. */
static Str through(Str bytes, const char *command) {
	char *path = str_z(t_arena, S("/tmp/sitovka-text-XXXXXX"));
	int   fd = mkstemp(path);
	char *to = arena_alloc(t_arena, 1 << 20);
	EXPECT(fd >= 0 && write(fd, bytes.ptr, bytes.len) == (ssize_t)bytes.len);
	close(fd);
	FILE *p = popen(str_z(t_arena, str_replace(t_arena, str_c(command), S("%"), str_c(path))), "r");
	EXPECT(p);
	size_t n = fread(to, 1, 1 << 20, p);
	EXPECT(pclose(p) == 0);
	unlink(path);
	return str_of(to, n);
}

TEST("doc text: a PDF gives its words; without words it is said to be scanned") {
	Ctx c = given();
	DocText t = read_as(&c, "application/pdf", pdf_of(&c, "<html lang=cs><meta charset=utf-8><title>x</title><h1>Žluťoučký kůň</h1><p>úpěl ďábelské ódy</p>"));
	HAS(t.text, "Žluťoučký kůň");
	HAS(t.text, "úpěl ďábelské ódy");
	EXPECT(!t.is_cut);
	t = read_as(&c, "application/pdf", pdf_of(&c, "<html><title>x</title><svg width=9 height=9><rect width=9 height=9 /></svg>"));
	HAS(t.why, "naskenované stránky");
	EXPECT(!t.again);
}

TEST("doc text: a PDF behind a password, one that only forbids printing, and a broken one") {
	Ctx c = given();
	Str pdf = pdf_of(&c, "<html lang=cs><meta charset=utf-8><title>x</title><p>tajemství");
	HAS(read_as(&c, "application/pdf", through(pdf, "qpdf --encrypt heslo majitel 256 -- % -")).why, "chráněný heslem");
	HAS(read_as(&c, "application/pdf", through(pdf, "qpdf --encrypt '' majitel 256 --print=none -- % -")).text, "tajemství");
	HAS(read_as(&c, "application/pdf", S("%PDF-1.7\nnic")).why, "poškozený");
	HAS(read_as(&c, "application/pdf", S("")).why, "poškozený");
}

TEST("doc text: a DOCX of LibreOffice and one of ours give their words; broken ones and other files say so") {
	Ctx   c = given();
	CLEANUP(buf_free) Buf ours = {0};
	Str   theirs = through(S(""), "cat tests/data/docx/libreoffice.docx");
	Docx *d = docx_begin(t_arena, &(DocxHead){.title = S("x")});
	docx_text(d, (DocxPara){.kind = DOCX_HEADING, .level = 1}, S("Náš dokument"));
	docx_put(d, (DocxPara){.kind = DOCX_TEXT}, &(DocxRun){.text = S("s poznámkou"), .footnote = S("dole")}, 1);
	EXPECT(docx_end(d, &ours));
	HAS(read_as(&c, WORD, theirs).text, "Domov U Lípy\n12,50");
	DocText t = read_as(&c, WORD, buf_view(&ours));
	HAS(t.text, "Náš dokument\ns poznámkou");
	HAS(t.text, "dole");
	HAS(read_as(&c, WORD, str_first(theirs, theirs.len / 2)).why, "poškozený");
	HAS(read_as(&c, WORD, S("")).why, "poškozený");
	HAS(read_as(&c, "application/x-ole-storage", S("\xD0\xCF\x11\xE0")).why, "starém formátu");
	HAS(read_as(&c, "image/png", S("x")).why, "tohoto druhu souboru");
	HAS(read_as(&c, "text/plain", S(" řádek ")).text, "řádek");
	HAS(read_as(&c, "text/plain", S("\xFF")).why, "tohoto druhu souboru");
}

TEST("doc text: no more is read than the setting allows") {
	Ctx c = given();
	CLEANUP(buf_free) Buf out = {0};
	Docx *d = docx_begin(t_arena, &(DocxHead){.title = S("x")});
	for (int i = 0; i < 3000; i++)
		docx_text(d, (DocxPara){.kind = DOCX_TEXT}, str_format(t_arena, "řádek %d", i));
	EXPECT(docx_end(d, &out));
	EXPECT(!read_as(&c, WORD, buf_view(&out)).is_cut);
	MUST(setting_set(&c, S("files.text_kb"), S("10")));
	DocText t = read_as(&c, WORD, buf_view(&out));
	EXPECT(t.is_cut && t.text.len <= 10240 && t.text.len > 10200);
	HAS(t.text, "řádek 0\nřádek 1\n");
}
