#include "core/roomy.h"

enum { ROOMY = 128 << 20 };

static void free_room(void *arg) {
	arena_free(arg);
}

void ctx_roomy(Ctx *c) {
	if (!c->arena->limit || c->arena->limit >= ROOMY)
		return;
	Arena *room = NEW(c->arena, Arena, .limit = ROOMY, .on_full = c->arena->on_full);
	arena_defer(c->arena, free_room, room);
	c->arena = room;
}
