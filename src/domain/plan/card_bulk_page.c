/* card_bulk_page.c: one change to many cards of a plan: step, who is responsible, days, measure. */
#include "domain/plan/card_page.h"
#include "web/bulk.h"

static const char *const bulk_fields[] = {"measure", "responsible", "starts_on", "ends_on", "partners", NULL};

static Str name_of(Ctx *c, const void *row) {
	const ActivityCard *k = row;
	return str_format(c->arena, "%.*s %.*s", STR_ARG(k->code), STR_ARG(k->title));
}

static bool belongs(const void *row, void *arg) {
	return ((const ActivityCard *)row)->plan == ((const Plan *)arg)->head.id;
}

static Err options(Req *r, const Field *f, FieldView *v, void *arg) {
	return strcmp(f->name, "measure") == 0 ? card_measure_field(r, arg, v) : OK;
}

static Err bulk_of(Req *r, Bulk *ret) {
	Plan *p;
	TRY(plan_of_address(r, true, &p));
	Str back = str_format(r->c->arena, "/app/plan/%.*s/karty", STR_ARG(p->slug));
	crumb(r, S("Karty aktivit"), back);
	*ret = (Bulk){.entity = &card_entity, .machine = &card_machine, .fields = bulk_fields, .title = S("Hromadná úprava karet"), .back = back,
		.action = str_cat(r->c->arena, back, S("/hromadne")), .name = name_of, .options = options, .belongs = belongs, .arg = p};
	return OK;
}

Err page_cards_bulk(Req *r) {
	Bulk b;
	TRY(bulk_of(r, &b));
	return bulk_page(r, &b);
}

Err post_cards_bulk(Req *r) {
	Bulk b;
	TRY(bulk_of(r, &b));
	return bulk_post(r, &b);
}
