#include "web/icons.h"

typedef struct Drawing {
	const char *name, *large, *small;
} Drawing;

#define DRAW(name, shapes) \
	{name, "<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\">" shapes "</svg>", \
	 "<svg class=\"icon s\" viewBox=\"0 0 24 24\" aria-hidden=\"true\">" shapes "</svg>"}

static const Drawing drawings[] = {
	/* signs */
	DRAW("info", "<circle cx=\"12\" cy=\"12\" r=\"8.5\"/><path d=\"M12 11v5M12 8h.01\"/>"),
	DRAW("ok", "<path d=\"m5 12.5 4.5 4.5L19 7.5\"/>"),
	DRAW("warning", "<path d=\"M12 4 2.5 20h19zM12 10v4.5M12 17.2h.01\"/>"),
	DRAW("no", "<path d=\"M6.5 6.5l11 11M17.5 6.5l-11 11\"/>"),
	DRAW("partly", "<path d=\"M4 13c2.5-4 5-4 8-1s5.5 3 8-1\"/>"),
	DRAW("none", "<path d=\"M6 12h12\"/>"),
	DRAW("waiting", "<path d=\"M6 12h.01M12 12h.01M18 12h.01\"/>"),
	DRAW("lock", "<rect x=\"5\" y=\"10.5\" width=\"14\" height=\"9.5\" rx=\"1.5\"/><path d=\"M8 10.5V8a4 4 0 0 1 8 0v2.5\"/>"),

	/* deeds */
	DRAW("search", "<circle cx=\"10.5\" cy=\"10.5\" r=\"6.5\"/><path d=\"M15.5 15.5 21 21\"/>"),
	DRAW("edit", "<path d=\"M4 20l1-4.5L16.5 4 20 7.5 8.5 19zM14.5 6 18 9.5\"/>"),
	DRAW("add", "<path d=\"M12 5v14M5 12h14\"/>"),
	DRAW("download", "<path d=\"M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4.5 20h15\"/>"),
	DRAW("upload", "<path d=\"M12 15.5v-11M7.5 9 12 4.5 16.5 9M4.5 20h15\"/>"),

	DRAW("comment", "<path d=\"M4 5h16v11.5h-9L6.5 20v-3.5H4zM8 9h8M8 12.5h5\"/>"),

	/* things */
	DRAW("phone", "<path d=\"M8.5 4 5 5c0 8 6 14 14 14l1-3.5-4.5-2L13.5 15C11.5 14 10 12.5 9 10.5L10.5 8.5z\"/>"),
	DRAW("mail", "<rect x=\"3.5\" y=\"5.5\" width=\"17\" height=\"13\" rx=\"1.5\"/><path d=\"m4 7 8 6 8-6\"/>"),
	DRAW("web", "<circle cx=\"12\" cy=\"12\" r=\"8.5\"/>"
		"<path d=\"M3.5 12h17M12 3.5c-5 5-5 12 0 17 5-5 5-12 0-17z\"/>"),
	DRAW("place", "<path d=\"M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11z\"/>"
		"<circle cx=\"12\" cy=\"10\" r=\"2.25\"/>"),
	DRAW("clock", "<circle cx=\"12\" cy=\"12\" r=\"8.5\"/><path d=\"M12 7v5l3.5 2\"/>"),
	DRAW("calendar", "<rect x=\"4\" y=\"5.5\" width=\"16\" height=\"14.5\" rx=\"1.5\"/><path d=\"M4 10h16M8.5 3.5v4M15.5 3.5v4\"/>"),
	DRAW("file", "<path d=\"M6 3.5h8l4.5 4.5v12.5H6zM13.5 3.5V8.5h5\"/>"),
	DRAW("person", "<circle cx=\"12\" cy=\"8\" r=\"3.5\"/><path d=\"M5 20v-1a7 7 0 0 1 14 0v1\"/>"),
	DRAW("empty", "<path d=\"M3.5 14 6 5.5h12l2.5 8.5v5h-17zM3.5 14h5l1 2.5h5l1-2.5h5\"/>"),

	/* life situations */
	DRAW("home-care", "<path d=\"M3.5 11 12 4l8.5 7M5.5 9.5V20h13V9.5\"/>"
		"<path d=\"M12 17.2s-3-1.8-3-3.9a1.6 1.6 0 0 1 3-.8 1.6 1.6 0 0 1 3 .8c0 2.1-3 3.9-3 3.9z\"/>"),
	DRAW("bed", "<path d=\"M3 19V6M3 16h18v3M21 16v-2.5a3 3 0 0 0-3-3h-7V16\"/><circle cx=\"7\" cy=\"12\" r=\"1.75\"/>"),
	DRAW("disability", "<circle cx=\"10.5\" cy=\"4.25\" r=\"1.5\"/><path d=\"M10.5 8v5.5h4.5l2.5 5H19M10.5 10.5h4\"/>"
		"<path d=\"M8 11.7a4.75 4.75 0 1 0 6.3 6.2\"/>"),
	DRAW("family", "<circle cx=\"8\" cy=\"6.5\" r=\"2.75\"/><circle cx=\"17\" cy=\"10\" r=\"2\"/>"
		"<path d=\"M2.75 20v-3a5.25 5.25 0 0 1 10.5 0v3M14.5 15.5A3.75 3.75 0 0 1 21 17.5V20\"/>"),
	DRAW("crisis", "<circle cx=\"12\" cy=\"12\" r=\"8.5\"/><circle cx=\"12\" cy=\"12\" r=\"3.5\"/>"
		"<path d=\"m6 6 3.5 3.5M18 6l-3.5 3.5M6 18l3.5-3.5M18 18l-3.5-3.5\"/>"),
	DRAW("recovery", "<path d=\"M12 20.5V12M12 12c0-4.5 3-7 7.5-7 0 4.5-3 7-7.5 7zM12 15.5c0-3.5-2.5-5.5-6.5-5.5 0 3.5 2.5 5.5 6.5 5.5z\"/>"),
};

static const Drawing *drawing(const char *name) {
	const Drawing *d = drawings;
	while (d < drawings + LEN(drawings) && strcmp(d->name, name) != 0)
		d++;
	CHECK(d < drawings + LEN(drawings));         /* a name that is not in the table */
	return d;
}

Html icon(const char *name) { return (Html){str_c(drawing(name)->large)}; }
Html icon_small(const char *name) { return (Html){str_c(drawing(name)->small)}; }
size_t icon_count(void) { return LEN(drawings); }
const char *icon_name(size_t i) { return drawings[i].name; }

const char *icon_known(Str name) {
	for (size_t i = 0; i < LEN(drawings); i++)
		if (str_eq(str_c(drawings[i].name), name))
			return drawings[i].name;
	return "info";
}
