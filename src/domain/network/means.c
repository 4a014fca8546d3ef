/* means.c: money of the network in a year. */
#include "domain/network/means.h"

#include "domain/network/means.sql.h"
#include "domain/plan/outlook.h"

ENTITY(network_means_entity, NetworkMeans, NETWORK_MEANS_FIELDS, .name = "network_means", .table = "network_means", .one = "částka na síť v roce",
       .many = "částky na síť v letech", .of_many = "částek na síť v letech", .article = "f", .key = "year", .title = "source", .order = "year", .read = CAP_MEANS_READ,
       .write = CAP_MEANS_UPDATE, .path = "/app/sit/penize")

/* What is being entered for an update of the plan was approved by nobody: the valid version counts. */
static Err of_outlook(Ctx *c, int year, YearMeans *ret) {
	Plan    *p;
	Outlook *o = NEW_ZERO(c->arena, Outlook);
	TRY(plan_of_day(c, date(year, 1, 1), &p));
	if (!p) {
		ret->why = str_format(c->arena, "Na rok %d není plán v platnosti, a tedy ani výhled financování.", year);
		return OK;
	}
	TRY(outlook_of_version(c, p, p->valid_version, o));
	size_t y = (size_t)(year - p->year_from);
	for (size_t i = 0; o->head && y < PLAN_YEARS && i < o->parts.len; i++)
		if (str_eq(o->parts.at[i]->code, S("network")) && o->part[i].years[y].sources != BLANK)
			*ret = (YearMeans){.known = true, .amount = o->part[i].years[y].sources, .from = str_format(c->arena, "výhled plánu %.*s", STR_ARG(p->slug))};
	if (!ret->known)
		ret->why = str_format(c->arena, "Výhled plánu %.*s nemá zdroje sítě na rok %d.", STR_ARG(p->slug), year);
	return OK;
}

Err network_means(Ctx *c, int year, YearMeans *ret) {
	i64   id = 0;
	void *row;
	*ret = (YearMeans){0};
	TRY(of_outlook(c, year, ret));
	if (ret->known)
		return OK;
	if (db_get_int(ctx_conn(c), &sql_network_means_of_year, P(V((i64)year)), 0, &id) != OK)
		return fail_internal(c, "means of the network");
	if (!id) {
		ret->why = str_cat(c->arena, ret->why, S(" Částku, se kterou kraj na síť počítá, zapíše ekonom nebo vedoucí odboru na stránce Peníze na síť."));
		return OK;
	}
	TRY(store_get(c, &network_means_entity, TODAY, id, &row));
	const NetworkMeans *m = row;
	*ret = (YearMeans){.known = true, .amount = m->amount.halere, .from = m->source};
	return OK;
}
