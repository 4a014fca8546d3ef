/* days.c: days off and worked holidays that the region added. */
#include "domain/calendar/calendar.sql.h"
#include "domain/calendar/inside.h"

/* A cancelled holiday that is no holiday is a mistake of the day. */
static Err check_day(Ctx *c, const void *row) {
	const FreeDay *d = row;
	if (d->works && str_empty(holiday_of_law(d->day)))
		return fail(c, ERR_INVALID, "day", "Den: %s", "v tento den žádný svátek není, takže se nedá zrušit. Zkontrolujte datum, nebo zrušte zaškrtnutí.");
	if (!d->works && date_weekday(d->day) >= 6)
		return fail(c, ERR_INVALID, "day", "Den: %s", "soboty a neděle jsou volné vždy, není třeba je zapisovat.");
	return OK;
}

ENTITY(free_day_entity, FreeDay, FREE_DAY_FIELDS, .name = "free_day", .table = "free_day", .one = "výjimka z pracovních dnů", .many = "výjimky z pracovních dnů",
       .of_many = "výjimek z pracovních dnů", .article = "f", .key = "day", .title = "day", .order = "day", .read = CAP_CALENDAR_READ,
       .write = CAP_CALENDAR_EDIT, .path = "/app/sprava/pracovni-dny", .check = check_day, .raises_data_version = true)

Err free_days_load(Ctx *c, DayCalendar *ret) {
	struct { ChangedDay *at; size_t len, cap; } days = {0};
	Rows r = db_query(ctx_conn(c), &sql_free_days, DB_NONE);
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, days.at, days.len, days.cap) =
			(ChangedDay){.day = col_date(&r, 0), .works = col_bool(&r, 1), .name = str_dup(c->arena, col_text(&r, 2))};
	*ret = (DayCalendar){days.at, days.len};
	return rows_end(&r) == OK ? OK : fail_internal(c, "free days");
}
