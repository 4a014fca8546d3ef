/* network_rules.c: published numbers of a network, counted by ours. */
#include "core/history.h"
#include "tests/domain/network_given.h"

enum { HOMES = 19 };

static Id home(NetGiven *n, int no) {
	Service *s = entity_new(t_arena, &service_entity);
	s->provider = n->g.provider;
	s->identifier = str_format(t_arena, "%07d", 5000000 + no);
	s->kind = S("49");
	s->name = str_format(t_arena, "Domov %d", no);
	s->provided_from = D(2007, 1, 1);
	s->is_public = true;
	MUST(history_create_judged(n->c, &service_entity, s, D(2007, 1, 1), (Date){0}));
	return s->head.id;
}

static Line *beds(NetGiven *n, int no, i64 count) {
	Line *l = network_line(n, str_z(t_arena, str_format(t_arena, "%d", no)));
	l->service = home(n, no);
	l->name = str_format(t_arena, "Domov %d", no);
	l->kind = S("49");
	l->forms = (Strs){0};
	strs_add(t_arena, &l->forms, S("pob"));
	l->unit = S("L");
	l->capacity = fte(100 * count);
	l->ceilings = (Str){0};
	l->since = D(2025, 1, 1);
	MUST(line_write(n->c, l, D(2025, 1, 1), (Date){0}));
	return l;
}

static void change(NetGiven *n, Line *l, Date from, i64 count) {
	l->capacity = fte(100 * count);
	l->change_reason = S("Změna kapacity.");
	MUST(line_write(n->c, l, from, (Date){0}));
}

static void has(NetGiven *n, Date day, i64 count) {
	LineWholes    all;
	NetworkTotals t;
	MUST(lines_of(n->c, n->network->head.id, (AsOf){.valid = day}, &all));
	MUST(network_totals(n->c, &all, date_year(day), &t));
	EQ_INT(t.lines, HOMES);
	EQ_INT(t.beds, count * 100);
}

/* The published row of years, moved by ten: 2015 890, 2016 926, 2017 894 beds in 19 homes. */
TEST("network: E14: nineteen homes for the elderly have 890, then 926, then 894 beds; each year is asked about as of its own day") {
	NetGiven n;
	Line    *first = NULL;
	network_given(&n);
	for (int i = 1; i <= HOMES; i++) {
		Line *l = beds(&n, i, i == HOMES ? 44 : 47);
		first = first ? first : l;
	}
	change(&n, first, D(2026, 1, 1), 47 + 36);
	change(&n, first, D(2027, 1, 1), 47 + 4);
	has(&n, D(2025, 6, 30), 890);
	has(&n, D(2025, 12, 31), 890);
	has(&n, D(2026, 1, 1), 926);
	has(&n, D(2027, 1, 1), 894);
}
