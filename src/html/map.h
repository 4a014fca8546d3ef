/* map.h: a map of areas coloured by number, each of them a link (UX § 9). Shapes come from geo.h.
 *
 * A map is an ornament of a table: the page has the same numbers in a table beside it. */
#pragma once
#include "html/html.h"

enum { MAP_CLASSES = 5 };

typedef struct MapArea {
	Str  id;                                 /* of the area in the page: letters, digits, "-" */
	Str  label;                              /* "Jablonec nad Nisou" */
	Str  short_label;                        /* what is printed on the map, lines parted by \n; {0} = the label */
	Str  href;                               /* {0} = no link */
	Str  value_text;                         /* "23 služeb": what is read out after the label */
	i64  value;                              /* BLANK = not known */
	Str  path_data;
	int  label_x, label_y;
	bool current;                            /* the area that the page is about */
} MapArea;

typedef struct Map {
	Str            id, title, desc;
	int            width, height;
	const MapArea *areas;
	size_t         count;
	int            places;                   /* digits of the values behind the decimal comma */
	bool           labels;                   /* print names and values on the map; not for hundreds of areas */
	i64            bounds[MAP_CLASSES - 1];  /* lowest value of the 2nd, 3rd … class, rising */
	size_t         bound_count;
} Map;

/* Choose bounds so that the classes hold about equally many areas; fewer classes when there are few different values. */
void map_choose_bounds(Map *m);
/* 1..5, 0 for BLANK */
int  map_class(const Map *m, i64 value);

void view_map(Out *out, const Map *m);
void view_map_legend(Out *out, const Map *m);
