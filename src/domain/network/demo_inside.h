/* demo_inside.h: the sample network while it is made. */
#pragma once
#include "domain/network/inside.h"

typedef struct DemoService {
	Id         id, provider;
	Str        name, kind;
	Date       from, to;
	const Unit *district, *place;            /* place: its municipality */
	Strs       forms, groups;
	i64        beds;                         /* BLANK when it has none */
	Line      *line;                         /* once it stands in the network */
	int        reserved_in;                  /* number of the version that added a reservation, 0 = none */
} DemoService;

typedef struct NetworkTale {
	Ctx         *c;
	Network     *network;
	Id           assembly;
	DemoService *services;
	size_t       count, cap;
	Units        districts;
	int          version_no, line_no;        /* written so far */
	NetworkVersion *version;                 /* that is being written */
	Date         from;                       /* from which day */
	Instant      known;
	Str          resolution;
	Id           resolution_id;
} NetworkTale;

/* The same number for the same things, always. */
u64 demo_dice(u64 a, u64 b, u64 c);
MUST_USE Err demo_services(NetworkTale *t, i64 most);
/* A line of a service as it begins: capacity, areas, ceilings of a year. */
Line *demo_line(NetworkTale *t, DemoService *s, const char *level);
/* Write it from the version's day on, with a reason. */
MUST_USE Err demo_put(NetworkTale *t, Line *l, const char *reason);
/* `now` and the ceiling of one more year. */
Str   demo_ceilings(Ctx *c, Str now, const Line *l, int year);
/* What a version changes, by its number: 0 is the first one. */
MUST_USE Err demo_changes(NetworkTale *t, bool yearly);
