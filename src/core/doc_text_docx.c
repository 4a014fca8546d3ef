/* doc_text_docx.c: the words of a DOCX: the main document and its notes, as they stand. Pure: bytes in, text out. */
#include "core/doc_text.h"
#include "core/xlsx_xml.h"
#include "core/xlsx_zip.h"

enum { PIECE = 64 * 1024, MAIN_NAME = 300 };

typedef struct Words {
	Buf   *out;
	size_t most;
	Xml   *xml;
	bool   in_text, is_cut;
	int    depth, hidden_at;                 /* hidden_at: depth of what is not shown, 0 = nothing */
} Words;

static void put(Words *w, Str s) {
	size_t room = w->most > w->out->len ? w->most - w->out->len : 0;
	buf_str(w->out, str_first(s, room));
	if (s.len > room) {
		w->is_cut = true;
		xml_stop(w->xml);
	}
}

/* Two forms of the same drawing stand side by side for older and newer programs; what was deleted with tracked changes is not in the text. */
static bool is_hidden(const char *name) {
	return strcmp(name, "Fallback") == 0 || strcmp(name, "del") == 0 || strcmp(name, "moveFrom") == 0;
}

static void on_start(void *arg, const char *name, const char **attributes) {
	Words *w = arg;
	(void)attributes;
	w->depth++;
	if (!w->hidden_at && is_hidden(name))
		w->hidden_at = w->depth;
	if (w->hidden_at)
		return;
	w->in_text = strcmp(name, "t") == 0;
	if (strcmp(name, "tab") == 0)
		put(w, S(" "));
	if (strcmp(name, "br") == 0 || strcmp(name, "cr") == 0)
		put(w, S("\n"));
}

static void on_end(void *arg, const char *name) {
	Words *w = arg;
	if (w->hidden_at == w->depth)
		w->hidden_at = 0;
	w->depth--;
	w->in_text = false;
	if (!w->hidden_at && strcmp(name, "p") == 0)
		put(w, S("\n"));
}

static void on_text(void *arg, Str piece) {
	Words *w = arg;
	if (w->in_text && !w->hidden_at)
		put(w, piece);
}

/* ---- where the main document is ---- */

typedef struct Relations { Str main; Arena *arena; } Relations;

static void on_relation(void *arg, const char *name, const char **attributes) {
	Relations  *r = arg;
	const char *type = xml_attribute(attributes, "Type"), *target = xml_attribute(attributes, "Target");
	if (strcmp(name, "Relationship") == 0 && type && target && str_ends(str_c(type), S("/officeDocument")) && strlen(target) < MAIN_NAME)
		r->main = str_dup(r->arena, str_c(target[0] == '/' ? target + 1 : target));
}

static void no_end(void *arg, const char *name) {
	(void)arg, (void)name;
}

static void no_text(void *arg, Str piece) {
	(void)arg, (void)piece;
}

/* ---- parts ---- */

static DocxTrouble trouble_of(const char *why) {
	switch (zip_trouble(why)) {
	case ZIP_LOCKED:
		return DOCX_LOCKED;
	case ZIP_LARGE:
	case ZIP_MANY:
		return DOCX_LARGE;
	case ZIP_BROKEN:
	case ZIP_STRANGE:
		break;
	}
	return DOCX_BROKEN;
}

static DocxTrouble feed(Zip *z, Str name, Xml *x, char *piece) {
	ZipPart *p = zip_part_open(z, name);
	bool     more = p != NULL;
	while (more) {
		i64 n = zip_part_read(p, piece, PIECE);
		if (n < 0) {
			zip_part_close(p);
			return trouble_of(zip_why(z));
		}
		more = xml_feed(x, str_of(piece, (size_t)n), n == 0) && n > 0;
	}
	if (p)
		zip_part_close(p);
	return p && !xml_why(x) ? DOCX_FINE : DOCX_BROKEN;
}

static DocxTrouble read_words(Arena *a, Zip *z, Str name, size_t most, Buf *out, char *piece) {
	Words w = {.out = out, .most = most};
	w.xml = xml_open(a, (XmlHandler){&w, on_start, on_end, on_text});
	DocxTrouble t = feed(z, name, w.xml, piece);
	return w.is_cut ? DOCX_CUT : t;
}

/* word/document.xml → word/footnotes.xml */
static Str beside(Arena *a, Str main, Str name) {
	size_t n = main.len;
	while (n && main.ptr[n - 1] != '/')
		n--;
	return str_cat(a, str_first(main, n), name);
}

static DocxTrouble read_all(Arena *a, Str bytes, size_t most, Buf *out) {
	const char *why;
	Zip        *z = zip_open(a, bytes, &why);
	char       *piece = arena_alloc(a, PIECE);
	Relations   r = {.arena = a};
	if (!z)
		return trouble_of(why);
	DocxTrouble t = feed(z, S("_rels/.rels"), xml_open(a, (XmlHandler){&r, on_relation, no_end, no_text}), piece);
	if (t != DOCX_FINE)
		return t;
	if (!r.main.len || !zip_has(z, r.main))
		return DOCX_FOREIGN;
	t = read_words(a, z, r.main, most, out, piece);
	const Str notes[] = {beside(a, r.main, S("footnotes.xml")), beside(a, r.main, S("endnotes.xml"))};
	for (size_t i = 0; i < LEN(notes) && t == DOCX_FINE; i++)
		if (zip_has(z, notes[i]))
			t = read_words(a, z, notes[i], most, out, piece);
	return t;
}

void docx_read(Arena *a, Str bytes, size_t most, Buf *out) {
	buf_char(out, DOCX_FINE);
	DocxTrouble t = read_all(a, bytes, most, out);
	out->ptr[0] = (char)t;
	if (t != DOCX_FINE && t != DOCX_CUT)
		out->len = 1;
}
