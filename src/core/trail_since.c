/* trail_since.c: the newest part of the trail, without values, for "what changed since my last visit". */
#include "core/trail.h"
#include "core/trail_since.sql.h"

Err trail_since(Ctx *c, Instant since, i64 look, TrailRecords *ret) {
	Arena *a = c->arena;
	*ret = (TrailRecords){0};
	Rows rows = db_query(ctx_conn(c), &sql_trail_since, P(V(since), V(c->actor->account ? c->actor->account : (Id)-1), V(look)));
	while (rows_next(&rows)) {
		TrailRecord r = {.seq = col_int(&rows, 0), .at = col_instant(&rows, 1), .account = col_int(&rows, 2), .object_id = col_int(&rows, 6)};
		struct { Str *to; int column; } texts[] = {{&r.actor, 3}, {&r.action, 4}, {&r.object, 5}, {&r.text, 7}};
		for (size_t i = 0; i < LEN(texts); i++)
			*texts[i].to = str_dup(a, col_text(&rows, texts[i].column));
		*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = r;
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "trail since");
}
