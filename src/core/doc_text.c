#include "core/doc_text.h"

#include <unistd.h>

#include "core/settings.h"

enum { MOST_FILE = 32 * 1024 * 1024, MOST_TEXT = 8 * 1024 * 1024 };

static char *pdf_words[] = {(char *)(uintptr_t)"/usr/bin/pdftotext", (char *)(uintptr_t)"-q", (char *)(uintptr_t)"-enc", (char *)(uintptr_t)"UTF-8",
                            (char *)(uintptr_t)"-nopgbrk", (char *)(uintptr_t)"-", (char *)(uintptr_t)"-", NULL};
const ChildKind doc_pdf_tool = {.name = "pdf-text", .role = SANDBOX_TOOL, .cpu_seconds = 30, .wall_seconds = 60, .memory = 512u << 20,
                                .most_out = MOST_TEXT, .command = pdf_words};

static const char BROKEN[] = "Soubor je poškozený nebo neúplný, a tak v jeho textu nejde hledat. Otevřete ho v programu, ve kterém vznikl, uložte znovu a nahrajte.";
static const char LOCKED[] = "Soubor je chráněný heslem, a tak v jeho textu nejde hledat. Uložte ho bez hesla a nahrajte znovu.";
static const char LARGE[] = "Soubor je na čtení textu příliš velký nebo složitý. Rozdělte ho na menší části, aby v něm šlo hledat.";
static const char SCANNED[] = "V souboru není žádný text, nejspíš jsou to naskenované stránky. Nahrajte verzi s rozpoznaným textem, aby v ní šlo hledat a aby ji přečetly i odečítače.";
static const char EMPTY[] = "V souboru není žádný text.";
static const char OLD[] = "Soubor je ve starém formátu Wordu nebo je chráněný heslem, a tak v jeho textu nejde hledat. Uložte ho jako .docx bez hesla a nahrajte znovu.";
static const char FOREIGN[] = "Z tohoto druhu souboru text nečteme, hledat půjde jen podle názvu. Chcete-li hledat i v textu, nahrajte PDF nebo DOCX.";
static const char MISSING[] = "Text z PDF teď nejde přečíst, protože na serveru chybí program pdftotext. Ohlaste to správci.";
static const char LATER[] = "Text souboru se teď nepodařilo přečíst, server má příliš mnoho práce. Zkusí to znovu později.";

/* ---- text ---- */

static bool is_blank(u32 c) {
	return c == ' ' || c == '\t' || c == 0xA0 || c == '\r' || c == '\f' || c == 0x0B || c == 0xFEFF || (c >= 0x2000 && c <= 0x200A) || c == 0x202F;
}

Str doc_text_clean(Arena *a, Str s, size_t most, bool *is_cut) {
	char  *to = arena_alloc(a, s.len * 3 + 1);   /* a broken byte is left out, so this is more than enough */
	size_t n = 0;
	int    lines = 0;
	bool   blank = false;
	*is_cut = false;
	for (size_t pos = 0; pos < s.len;) {
		char   utf8[4];
		u32    c = utf8_next(s, &pos);
		if (c == '\n' || c == 0x2028 || c == 0x2029) {
			lines++;
			continue;
		}
		blank = blank || is_blank(c);
		if (is_blank(c) || c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFFFD || c == 0xAD)
			continue;
		size_t width = utf8_put(utf8, c), before = n == 0 ? 0 : lines ? (lines > 1 ? 2 : 1) : blank;
		if (n + before + width > most) {
			*is_cut = true;
			break;
		}
		for (size_t i = 0; i < before; i++)
			to[n++] = lines ? '\n' : ' ';
		memcpy(to + n, utf8, width);
		n += width;
		lines = 0;
		blank = false;
	}
	return str_of(to, n);
}

static size_t most_of(Ctx *c) {
	return (size_t)setting_int(c, "files.text_kb") * 1024;
}

static DocText because(const char *why) {
	return (DocText){.why = str_c(why)};
}

static DocText later(const char *why) {
	return (DocText){.why = str_c(why), .again = true};
}

/* The end of a child that gave no words. */
static DocText because_of(ChildEnd end) {
	switch (end) {
	case CHILD_BUSY:
	case CHILD_GONE:
		return later(LATER);
	case CHILD_TOO_LONG:
	case CHILD_TOO_MUCH:
	case CHILD_NO_MEMORY:
		return because(LARGE);
	case CHILD_DONE:
	case CHILD_FAILED:
	case CHILD_CRASHED:
		break;
	}
	return because(BROKEN);
}

static DocText words(Ctx *c, Str text, bool was_cut, const char *when_empty) {
	DocText t = {0};
	t.text = doc_text_clean(c->arena, text, most_of(c), &t.is_cut);
	t.is_cut = t.is_cut || was_cut;
	return t.text.len ? t : because(when_empty);
}

/* ---- PDF ---- */

/* The dictionary that says so is never compressed itself. */
static bool is_locked(Str pdf) {
	return str_has(pdf, S("/Encrypt"));
}

static DocText of_pdf(Ctx *c, Str bytes) {
	CLEANUP(buf_free) Buf out = {0};
	if (access(doc_pdf_tool.command[0], X_OK) != 0)
		return later(MISSING);
	ChildEnd end = child_run(&doc_pdf_tool, &(ChildInput){.bytes = bytes, .fd = -1}, &out);
	if (end == CHILD_DONE || end == CHILD_TOO_MUCH)
		return words(c, buf_view(&out), end == CHILD_TOO_MUCH, SCANNED);
	return end == CHILD_FAILED && is_locked(bytes) ? because(LOCKED) : because_of(end);
}

/* ---- DOCX ---- */

static int convert(int in, int out) {
	static Arena  a;
	static OnFull full;
	static Buf    file, text;
	if (ON_FULL(&full))
		return CHILD_EXIT_NO_MEMORY;
	a.on_full = memory_owner_set(&full);
	if (!child_read(in, MOST_FILE + 1, &file))
		return 1;
	docx_read(&a, buf_view(&file), MOST_TEXT - 1024, &text);
	Buf w = child_writer(&out);
	buf_str(&w, buf_view(&text));
	return buf_finish(&w) ? 0 : 1;
}

const ChildKind convert_docx = {.name = "convert-docx", .role = SANDBOX_CONVERT, .cpu_seconds = 10, .wall_seconds = 20, .memory = 256u << 20, .most_out = MOST_TEXT, .run = convert};

/* What a child says is believed as little as the file that it read. */
static DocText of_docx(Ctx *c, Str bytes) {
	CLEANUP(buf_free) Buf out = {0};
	ChildEnd end = child_run(&convert_docx, &(ChildInput){.bytes = bytes, .fd = -1}, &out);
	if (end != CHILD_DONE || out.len == 0)
		return because_of(end);
	Str text = str_from(buf_view(&out), 1);
	switch (out.ptr[0]) {
	case DOCX_FINE:
	case DOCX_CUT:
		return words(c, text, out.ptr[0] == DOCX_CUT, EMPTY);
	case DOCX_LOCKED:
		return because(LOCKED);
	case DOCX_LARGE:
		return because(LARGE);
	case DOCX_FOREIGN:
		return because(FOREIGN);
	default:
		return because(BROKEN);
	}
}

/* ---- any file ---- */

void doc_text_of(Ctx *c, Str type, Str bytes, DocText *ret) {
	if (bytes.len > MOST_FILE)
		*ret = because(LARGE);
	else if (str_eq(type, S("application/pdf")))
		*ret = of_pdf(c, bytes);
	else if (str_eq(type, S("application/vnd.openxmlformats-officedocument.wordprocessingml.document")))
		*ret = of_docx(c, bytes);
	else if (str_eq(type, S("text/plain")) && utf8_valid(bytes))
		*ret = words(c, bytes, false, EMPTY);
	else
		*ret = because(str_eq(type, S("application/x-ole-storage")) ? OLD : FOREIGN);
}

static bool read_whole(int fd, char *to, size_t size) {
	size_t have = 0;
	for (ssize_t n = 1; n > 0 && have < size; have += n > 0 ? (size_t)n : 0)
		n = pread(fd, to + have, size - have, (off_t)have);
	return have == size;
}

Err doc_text(Ctx *c, const StoredFile *f, DocText *ret) {
	int fd;
	CHECK(c->tx_depth == 0);
	if (f->size > MOST_FILE) {
		*ret = because(LARGE);
		return OK;
	}
	TRY(files_open(c, f, true, &fd));
	char *bytes = arena_alloc(c->arena, (size_t)f->size + 1);
	bool  fine = read_whole(fd, bytes, (size_t)f->size);
	close(fd);
	if (!fine)
		return fail(c, ERR_STORAGE, NULL, "Soubor se nepodařilo přečíst. Zkuste to znovu; trvá-li to, ohlaste to správci.");
	doc_text_of(c, f->type, str_of(bytes, (size_t)f->size), ret);
	return OK;
}

Err check_doc_text(Ctx *c, bool *fine, Str *detail) {
	*fine = access(doc_pdf_tool.command[0], X_OK) == 0;
	*detail = !*fine ? str_format(c->arena, "Program %s na serveru není.", doc_pdf_tool.command[0]) : (Str){0};
	return OK;
}
