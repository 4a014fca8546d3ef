/* window_read.c: windows as a person sees them, and whose deadline is when. */
#include "core/access.h"
#include "domain/calendar/calendar.sql.h"
#include "domain/calendar/inside.h"

static bool is_hidden(const Window *w) {
	return str_empty(w->title);
}

static Str iso_of(Ctx *c, Instant t) {
	return instant_iso(t, arena_alloc(c->arena, INSTANT_ISO_LEN));
}

Err windows_read(Ctx *c, WindowQuery q, Windows *ret) {
	ListFilter filters[4];
	size_t     n = 0;
	EntityList rows;
	*ret = (Windows){0};
	if (q.year)
		filters[n++] = (ListFilter){.field = entity_field(&window_entity, S("year")), .value = str_format(c->arena, "%d", q.year)};
	if (!str_empty(q.audience))
		filters[n++] = (ListFilter){.field = entity_field(&window_entity, S("audience")), .value = q.audience};
	if (q.closes_from.ms)
		filters[n++] = (ListFilter){.field = entity_field(&window_entity, S("closes_at")), .value = iso_of(c, q.closes_from), .is_from = true};
	if (q.closes_to.ms)
		filters[n++] = (ListFilter){.field = entity_field(&window_entity, S("closes_at")), .value = iso_of(c, q.closes_to), .is_to = true};
	TRY(entity_list(c, &window_entity, &(ListQuery){.filters = filters, .filter_count = n, .limit = -1}, &rows));
	for (size_t i = 0; i < rows.len; i++) {
		Window *w = rows.at[i];
		if (!is_hidden(w) && (q.with_cancelled || !w->cancelled_at.ms) && (!q.mine || window_concerns(c, w)))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = w;
	}
	return OK;
}

Err window_get(Ctx *c, Id id, Window **ret) {
	void *row;
	TRY(entity_get(c, &window_entity, TODAY, id, &row));
	*ret = row;
	return is_hidden(*ret) ? fail(c, ERR_NOT_FOUND, NULL, "Okno kalendáře neexistuje, nebo k němu nemáte přístup.") : OK;
}

Err window_of(Ctx *c, Str template, int year, Window **ret) {
	EntityList rows;
	ListFilter by[] = {{.field = entity_field(&window_entity, S("template")), .value = template},
	                   {.field = entity_field(&window_entity, S("year")), .value = str_format(c->arena, "%d", year)}};
	TRY(entity_list(c, &window_entity, &(ListQuery){.filters = by, .filter_count = LEN(by), .limit = 1}, &rows));
	*ret = rows.len && !is_hidden(rows.at[0]) ? rows.at[0] : NULL;
	return OK;
}

Err window_years(Ctx *c, Years *ret) {
	*ret = (Years){0};
	Rows r = db_query(ctx_conn(c), &sql_calendar_years, DB_NONE);
	while (rows_next(&r))
		if (ret->len < LEN(ret->at))
			ret->at[ret->len++] = (int)col_int(&r, 0);
	return rows_end(&r) == OK ? OK : fail_internal(c, "calendar years");
}

/* ---- exceptions ---- */

static const char *const scope_words[] = {
	[SCOPE_NONE] = "none", [SCOPE_REGION] = "region", [SCOPE_DISTRICT] = "district", [SCOPE_MUNICIPALITY] = "municipality",
	[SCOPE_PROVIDER] = "provider", [SCOPE_BODY] = "body",
};

Str scope_word(ScopeKind scope) {
	return str_c(scope_words[scope]);
}

ScopeKind scope_of_word(Str word) {
	for (size_t i = 0; i < LEN(scope_words); i++)
		if (str_eq(word, str_c(scope_words[i])))
			return (ScopeKind)i;
	return SCOPE_NONE;
}

Err window_exceptions(Ctx *c, Id window, WindowExceptions *ret) {
	EntityList rows;
	ListFilter by = {.field = entity_field(&window_exception_entity, S("calendar_window")), .value = str_format(c->arena, "%lld", (long long)window)};
	*ret = (WindowExceptions){0};
	TRY(entity_list(c, &window_exception_entity, &(ListQuery){.filters = &by, .filter_count = 1, .limit = -1}, &rows));
	for (size_t i = rows.len; i > 0; i--)
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = rows.at[i - 1];
	return OK;
}

Err window_deadline(Ctx *c, const Window *w, ScopeKind scope, Id ref, Deadline *ret) {
	*ret = window_common(w);
	Rows r = db_query(ctx_conn(c), &sql_window_exception_newest, P(V(w->head.id), V(scope_word(scope)), V(ref)));
	if (rows_next(&r)) {
		Deadline d = deadline_at(c->arena, col_instant(&r, 0));
		d.rule = ret->rule;
		d.wording = str_dup(c->arena, col_text(&r, 1));
		d.why = str_dup(c->arena, col_text(&r, 2));
		*ret = d;
	}
	return rows_end(&r) == OK ? OK : fail_internal(c, "exceptions");
}

Err window_takes(Ctx *c, const Window *w, ScopeKind scope, Id ref, Instant at, bool *ret) {
	Deadline d;
	TRY(window_deadline(c, w, scope, ref, &d));
	*ret = !w->cancelled_at.ms && at.ms >= w->opens_at.ms && deadline_met(&d, at);
	return OK;
}

Err window_own_deadline(Ctx *c, const Window *w, Deadline *ret, bool *differs) {
	*ret = window_common(w);
	for (size_t i = 0; i < c->actor->grant_count; i++) {
		const Grant *g = &c->actor->grants[i];
		Deadline     d;
		if (g->scope != SCOPE_PROVIDER && g->scope != SCOPE_MUNICIPALITY && g->scope != SCOPE_DISTRICT)
			continue;
		TRY(window_deadline(c, w, g->scope, g->ref, &d));
		if (d.at.ms > ret->at.ms)
			*ret = d;
	}
	*differs = ret->at.ms != w->closes_at.ms;
	return OK;
}
