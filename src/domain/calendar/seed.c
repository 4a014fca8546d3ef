/* seed.c: the standard year of a new store, and the years of the sample data. */
#include "core/codelist.h"
#include "core/history.h"
#include "core/seed_rows.h"
#include "domain/calendar/calendar.sql.h"
#include "domain/calendar/inside.h"

static Err seed_one(Ctx *c, const Strs *header, const Strs *cells, int number) {
	WindowTemplate *t = entity_new(c->arena, &window_template_entity);
	i64             known;
	Str unknown;
	TRY(seed_row_read(c, &window_template_entity, header, cells, t, &unknown));
	CHECK(!unknown.len);
	t->position = 10 * number;
	if (db_get_int(c->conn, &sql_window_template_known, P(V(t->code)), 0, &known) != OK)
		return fail_internal(c, "window templates");
	return known ? OK : history_create(c, &window_template_entity, t, date(2007, 1, 1), (Date){0});
}

Err window_templates_seed(Ctx *c) {
	return seed_rows(c, "calendar/windows.csv", seed_one);
}

/* ---- sample data: last year, this one and the next; one call on demand, one cancelled ---- */

static Err demo_call(Ctx *c, int year, bool cancelled) {
	Window *w = entity_new(c->arena, &window_entity);
	w->year = year;
	w->kind = S(WINDOW_KIND_WINDOW);
	w->template = (Str){0};
	w->title = cancelled ? S("Mimořádná výzva: terénní odborné poradenství (ukázka)") : S("Mimořádná výzva: odlehčovací služby na Frýdlantsku (ukázka)");
	strs_add(c->arena, &w->audience, S("provider"));
	w->opens_rule = cancelled ? S("2. 9. 8:00") : S("16. 11. 8:00");
	w->closes_rule = S("14. den od otevření 16:00");
	w->is_public = true;
	TRY(window_add(c, w));
	return cancelled ? window_cancel(c, w->head.id, w->head.version, S("Potřebu pokryla jiná služba.")) : OK;
}

Err calendar_demo(Ctx *c, DemoSize size) {
	i64 made;
	int year = date_year(c->today);
	(void)size;
	for (int y = year - 1; y <= year + 1; y++)
		TRY(window_make_year(c, y, &made));
	TRY(demo_call(c, year, false));
	return demo_call(c, year, true);
}
