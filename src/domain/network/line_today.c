/* line_today.c: lines that hold today or later, by their services, read once per data version (core/shared.h). */
#include "domain/network/line_today.h"

#include "core/shared.h"
#include "domain/network/inside.h"
#include "domain/network/line_today.sql.h"

/* Read on one day; that a span ends or begins later is seen from its days. */
typedef struct TodaySet {
	Date       read_on;
	LineToday *at;                           /* by service, line, days */
	size_t     len, cap;
} TodaySet;

static Err load(Ctx *c, Arena *a, void *set) {
	TodaySet *s = set;
	Rows      rows = db_query(ctx_conn(c), &sql_lines_from_today, P(V(c->today)));
	s->read_on = c->today;
	while (rows_next(&rows))
		*ARENA_PUSH(a, s->at, s->len, s->cap) = (LineToday){.service = col_int(&rows, 0), .line = col_int(&rows, 1), .from = col_date(&rows, 2),
			.to = col_date(&rows, 3), .level = str_dup(a, col_text(&rows, 4)), .status = str_dup(a, col_text(&rows, 5))};
	return rows_end(&rows);
}

static const SharedKind today_sets = {"lines of today", sizeof(TodaySet), load, NULL};

static size_t first_of(const TodaySet *s, Id service) {
	size_t low = 0, high = s->len;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (s->at[mid].service < service)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool is_public(const LineToday *l) {
	return line_status_counts(l->status) || str_eq(l->status, S(LINE_PREPARED));
}

Err line_of_service_today(Ctx *c, Id service, const LineToday **ret) {
	void *set;
	*ret = NULL;
	TRY(shared_set(c, &today_sets, &set));
	const TodaySet *s = set;
	if (date_before(c->today, s->read_on)) {     /* a context of an earlier day: what ended meanwhile was not read */
		TodaySet *own = NEW_ZERO(c->arena, TodaySet);
		Err       err = load(c, c->arena, own);
		if (err != OK)
			return fail_store(c, err, today_sets.name);
		s = own;
	}
	for (size_t i = first_of(s, service); i < s->len && s->at[i].service == service && !*ret; i++)
		if (!date_after(s->at[i].from, c->today) && (!date_is(s->at[i].to) || !date_before(s->at[i].to, c->today)) && is_public(&s->at[i]))
			*ret = &s->at[i];
	return OK;
}
