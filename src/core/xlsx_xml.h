/* xlsx_xml.h: XML of office files as events, in bounded memory: no DOCTYPE, depth 32, no single tag above 1 MB. */
#pragma once
#include "base/str.h"

typedef struct XmlHandler {
	void *arg;
	/* Names come without their prefix; attributes are pairs up to a NULL. */
	void (*start)(void *arg, const char *name, const char **attributes);
	void (*end)(void *arg, const char *name);
	void (*text)(void *arg, Str piece);
} XmlHandler;

typedef struct Xml Xml;

Xml *xml_open(Arena *a, XmlHandler h);       /* freed with the arena */
/* False when the XML is broken or refused (xml_why), or after xml_stop. */
bool xml_feed(Xml *x, Str bytes, bool is_last);
void xml_stop(Xml *x);                       /* from a handler: no more events */
const char *xml_why(const Xml *x);
/* Value of an attribute, NULL when it is not there. */
const char *xml_attribute(const char **attributes, const char *name);
