/* The line of a service as its public page shows it: from memory, and never older than the data. */
#include "domain/network/line_today.h"

#include "tests/domain/network_given.h"

static const LineToday *on(NetGiven *n, Date day, Id service) {
	const LineToday *l;
	ctx_end(n->c);
	n->c->today = day;
	MUST(line_of_service_today(n->c, service, &l));
	return l;
}

TEST("network: a service shows its line of today from memory: from its first day to its last, changed at once, and also for a reader of an earlier day") {
	NetGiven n;
	network_given(&n);
	Line *l = network_line_put(&n, "1");
	Id    service = l->service, line = l->head.id;
	EXPECT(on(&n, D(2024, 12, 31), service) == NULL);
	EQ_INT(on(&n, D(2025, 1, 1), service)->line, line);
	EQ_STR(on(&n, D(2025, 1, 1), service)->status, l->status);
	EXPECT(on(&n, D(2025, 1, 1), service + 1000) == NULL);

	/* out of the network from 1 July 2026 */
	Line *after = entity_new(t_arena, &line_entity);
	*after = *l;
	after->status = S(LINE_LEFT);
	after->change_reason = S("poskytovatel se vzdal");
	MUST(line_write(n.c, after, D(2026, 7, 1), (Date){0}));
	EXPECT(on(&n, D(2026, 7, 1), service) == NULL);
	EQ_INT(on(&n, D(2026, 6, 30), service)->line, line);
	EXPECT(on(&n, D(2026, 7, 1), service) == NULL);
}
