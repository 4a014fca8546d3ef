/* move.h: what is decided of one line between two versions: a reservation, an exit, a merger. The status (and the level) moves from today on; what an approved
 * version decided of later days keeps its capacity, territory and ceilings. An open draft whose copy of the line is as it was follows, so that nobody has to take
 * the line over by hand. */
#pragma once
#include "domain/network/inside.h"

typedef struct LineMove {
	const char *status;
	Str       (*level)(Ctx *c, Str level);   /* the new level from the old one; NULL = it stays */
	Id          resolution;                  /* 0 = none */
	Id          merged_under;                /* 0 = none */
	Date        from;                        /* none = today; never earlier than the line's span of today begins */
	Str         reason;
} LineMove;

/* In a transaction. The line as it stands today; ERR_NOT_FOUND when it does not. */
MUST_USE Err line_move(Ctx *c, Id line, const LineMove *m);
MUST_USE Err line_today(Ctx *c, Id line, Line **ret);
