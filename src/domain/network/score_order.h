/* score_order.h: the order of applications of a call (F27) and the money that it meets (F18, F19): points, then the rules shoda_1, shoda_2, … of the set, then
 * the number.
 *
 * The room of a year is what the region has for the network (means.h), less the ceilings of lines that stand in it on the first day of the year and
 * what was decided since. In the order it is handed out until somebody does not fit; by a parameter of the set the next ones are tried. What nobody has entered
 * is not guessed: without it the room is not known, and says why. */
#pragma once
#include "domain/network/score.h"

typedef struct ScoreRoom {
	int    year;
	bool   known;
	Str    from, why;                        /* from what the means are known; not known: a sentence */
	i64    means, promised, left;            /* haléře */
	size_t without;                          /* lines that have no ceiling for the year: their money is not counted */
} ScoreRoom;

#define PROPOSE_IN    "in"
#define PROPOSE_OUT   "out"
#define PROPOSE_LATER "later"

typedef struct Placed {
	Application *a;
	size_t       place;
	i64          needs;                      /* of the room: what it asks for above what its line has already */
	i64          left;                       /* of the room behind it; BLANK = not known */
	const char  *suggested;                  /* in, out, later */
	Str          why;                        /* of the suggestion, and of the place where points are the same; sentences */
	bool         money_ends;                 /* the first one for which it did not last */
} Placed;
typedef struct Ranking {
	Placed   *at;
	size_t    len, cap;
	ScoreRoom room;
	size_t    waiting;                       /* applications that will get points yet: the order is not whole */
} Ranking;
/* Those that have points, by row scope. */
MUST_USE Err score_ranking(Ctx *c, const Call *k, Ranking *ret);

/* The two halves of it, of applications with their needs and a room: the order, and who gets in. */
void         score_order(Arena *a, Ranking *r);
void         score_hand_out(Ranking *r, bool skips);

/* When scores close: what decides where points are the same, and the money that it takes. */
void         score_order_note(Ctx *c, ScoreRun *run, Application *a);
/* Refuses to propose entry where the points are not enough or the money does not last; the head of the department may, with a reason. *place: in the order. */
MUST_USE Err score_allows(Ctx *c, const Application *a, Str proposal, i64 *place);
extern const Guard application_funding;
