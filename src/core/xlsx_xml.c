/* xlsx_xml.c: the only file with expat. */
#include "core/xlsx_xml.h"

#include <expat.h>

enum { MAX_DEPTH = 32, MAX_TOKEN = 1024 * 1024 };

static const char WHY_BROKEN[] = "Soubor je uvnitř poškozený. Otevřete jej v tabulkovém programu, uložte znovu jako .xlsx a nahrajte.";
static const char WHY_DOCTYPE[] = "Soubor obsahuje deklaraci DOCTYPE, která do sešitu nepatří. Zkopírujte data do nového sešitu a nahrajte ten.";
static const char WHY_DEEP[] = "Soubor je uvnitř uspořádaný jinak než sešit. Zkopírujte data do nového sešitu a nahrajte ten.";

struct Xml {
	XML_Parser  parser;
	XmlHandler  h;
	int         depth;
	u64         fed, seen;                   /* bytes given, and place of the last event */
	bool        stopped;
	const char *why;
};

static const char *local(const char *name) {
	const char *colon = strrchr(name, ':');
	return colon ? colon + 1 : name;
}

static void refuse(Xml *x, const char *why) {
	x->why = x->why ? x->why : why;
	xml_stop(x);
}

static void XMLCALL on_start(void *arg, const XML_Char *name, const XML_Char **attributes) {
	Xml *x = arg;
	if (x->stopped)
		return;
	x->seen = (u64)XML_GetCurrentByteIndex(x->parser);
	if (++x->depth > MAX_DEPTH)
		refuse(x, WHY_DEEP);
	else
		x->h.start(x->h.arg, local(name), attributes);
}

static void XMLCALL on_end(void *arg, const XML_Char *name) {
	Xml *x = arg;
	if (x->stopped)
		return;
	x->seen = (u64)XML_GetCurrentByteIndex(x->parser);
	x->depth--;
	x->h.end(x->h.arg, local(name));
}

static void XMLCALL on_text(void *arg, const XML_Char *s, int len) {
	Xml *x = arg;
	if (x->stopped)
		return;
	x->seen = (u64)XML_GetCurrentByteIndex(x->parser);
	x->h.text(x->h.arg, str_of(s, (size_t)len));
}

static void XMLCALL on_doctype(void *arg, const XML_Char *name, const XML_Char *system_id, const XML_Char *public_id, int has_subset) {
	(void)name, (void)system_id, (void)public_id, (void)has_subset;
	refuse(arg, WHY_DOCTYPE);
}

static void free_parser(void *arg) {
	XML_ParserFree(arg);
}

Xml *xml_open(Arena *a, XmlHandler h) {
	Xml *x = NEW(a, Xml, .parser = XML_ParserCreate(NULL), .h = h);
	CHECK(x->parser != NULL);
	arena_defer(a, free_parser, x->parser);
	XML_SetUserData(x->parser, x);
	XML_SetElementHandler(x->parser, on_start, on_end);
	XML_SetCharacterDataHandler(x->parser, on_text);
	XML_SetStartDoctypeDeclHandler(x->parser, on_doctype);
	return x;
}

bool xml_feed(Xml *x, Str bytes, bool is_last) {
	if (x->stopped)
		return false;
	x->fed += bytes.len;
	if (XML_Parse(x->parser, bytes.ptr, (int)bytes.len, is_last) != XML_STATUS_OK) {
		if (!x->stopped)
			refuse(x, WHY_BROKEN);
		return false;
	}
	if (x->fed - x->seen > MAX_TOKEN + bytes.len) {              /* a tag or comment without end would stay in memory */
		refuse(x, WHY_DEEP);
		return false;
	}
	return true;
}

void xml_stop(Xml *x) {
	if (x->stopped)
		return;
	x->stopped = true;
	XML_StopParser(x->parser, XML_FALSE);
}

const char *xml_why(const Xml *x) {
	return x->why;
}

const char *xml_attribute(const char **attributes, const char *name) {
	for (; *attributes; attributes += 2)
		if (strcmp(local(attributes[0]), name) == 0)
			return attributes[1];
	return NULL;
}
