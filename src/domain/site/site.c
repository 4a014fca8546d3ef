/* site.c: numbers of the home page and of the working overview. */
#include "domain/site/site.h"

#include "core/access.h"
#include "domain/register/catalogue.h"
#include "domain/site/site.sql.h"

Err site_last_change(Ctx *c, Instant *ret) {
	*ret = (Instant){0};
	Rows rows = db_query(ctx_conn(c), &sql_site_last_recorded, DB_NONE);
	if (rows_next(&rows) && !instant_read_iso(col_text(&rows, 0), ret))
		*ret = (Instant){0};
	return rows_end(&rows) == OK ? OK : fail_internal(c, "last recorded");
}

/* ---- home ---- */

Err home_numbers(Ctx *c, HomeNumbers *ret) {
	const Catalogue *k;
	TRY(catalogue_get(c, &k));
	*ret = (HomeNumbers){.services = (i64)k->count, .inhabitants = BLANK};
	for (size_t i = 0; i < k->provider_count; i++)
		ret->providers += k->providers[i].count > 0;
	for (size_t i = 0; i < k->facets[CAT_PLACE].len; i++)
		ret->municipalities += k->facets[CAT_PLACE].at[i].total > 0;
	const Unit *region = territory_region(c);
	if (!region)
		return OK;
	AgeGroups people;
	TRY(population_of(c, region->id, TODAY, &people));
	if (date_is(people.counted_on)) {
		ret->inhabitants = people.total;
		ret->counted_on = people.counted_on;
	}
	return OK;
}

static i64 services_in(const Catalogue *k, CatalogueFacet f, Id unit) {
	for (size_t i = 0; i < k->facets[f].len; i++)
		if (k->facets[f].at[i].id == unit)
			return k->facets[f].at[i].total;
	return 0;
}

Err home_districts(Ctx *c, HomeDistricts *ret) {
	*ret = (HomeDistricts){0};
	const Unit *region = territory_region(c);
	if (!region)
		return OK;
	Units            units;
	const Catalogue *k;
	TRY(territory_below(c, region->id, LEVEL_DISTRICT, TODAY, &units));
	TRY(catalogue_get(c, &k));
	for (size_t i = 0; i < units.len; i++)
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (HomeDistrict){units.at[i], services_in(k, CAT_DISTRICT, units.at[i]->id)};
	return OK;
}

/* Of the services that a statement finds, those that the catalogue shows: one whose places are all closed is not among them. */
static Err named_services(Ctx *c, const Sql *sql, i64 limit, NamedServices *ret) {
	const Catalogue *k;
	TRY(catalogue_get(c, &k));
	*ret = (NamedServices){0};
	Rows rows = db_query(ctx_conn(c), sql, P(V(c->today), V(c->now), V(limit + 20)));
	while (rows_next(&rows))
		if ((i64)ret->len < limit && catalogue_service(k, col_int(&rows, 0)))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (NamedService){
				.id = col_int(&rows, 0), .name = str_dup(c->arena, col_text(&rows, 1)), .kind = str_dup(c->arena, col_text(&rows, 2)),
				.day = col_date(&rows, 3)};
	return rows_end(&rows) == OK ? OK : fail_internal(c, sql->name);
}

Err home_newest(Ctx *c, i64 limit, NamedServices *ret) {
	return named_services(c, &sql_home_newest, limit, ret);
}

Err home_last_import(Ctx *c, LastImport *ret) {
	*ret = (LastImport){0};
	Rows rows = db_query(ctx_conn(c), &sql_home_last_import, DB_NONE);
	if (rows_next(&rows))
		*ret = (LastImport){col_instant(&rows, 0), col_int(&rows, 1), col_int(&rows, 2), col_int(&rows, 3)};
	return rows_end(&rows) == OK ? OK : fail_internal(c, "last import");
}

/* ---- the working overview ---- */

static Err number(Ctx *c, const Sql *sql, const DbValue *values, int count, i64 *ret) {
	return db_get_int(ctx_conn(c), sql, values, count, 0, ret) == OK ? OK : fail_internal(c, sql->name);
}

Err overview_accounts(Ctx *c, AccountNumbers *ret) {
	*ret = (AccountNumbers){0};
	TRY(require(c, "admin.accounts"));
	Rows rows = db_query(ctx_conn(c), &sql_overview_accounts, DB_NONE);
	while (rows_next(&rows)) {
		Str  state = col_text(&rows, 0);
		i64 *number = str_eq(state, S("active")) ? &ret->active : str_eq(state, S("invited")) ? &ret->invited
		            : str_eq(state, S("blocked")) ? &ret->blocked : NULL;
		if (number)
			*number = col_int(&rows, 1);
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "accounts by state");
}

Err overview_failed_jobs(Ctx *c, Instant since, i64 *ret) {
	return number(c, &sql_overview_failed_jobs, P(V(since), V(c->actor->account), V(may(c, JOBS_ALL))), ret);
}

Err overview_territories(Ctx *c, OwnTerritories *ret) {
	*ret = (OwnTerritories){0};
	const Catalogue *k;
	TRY(catalogue_get(c, &k));
	for (size_t i = 0; i < c->actor->grant_count; i++) {
		const Grant *g = &c->actor->grants[i];
		if (g->scope != SCOPE_DISTRICT && g->scope != SCOPE_MUNICIPALITY)
			continue;
		const Unit *unit = territory_by_id(c, g->ref);
		bool        twice = false;
		for (size_t n = 0; n < ret->len; n++)
			twice = twice || ret->at[n].unit == unit;
		if (unit && !twice)
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) =
				(OwnTerritory){unit, services_in(k, g->scope == SCOPE_DISTRICT ? CAT_DISTRICT : CAT_PLACE, unit->id)};
	}
	return OK;
}

/* ---- the trail, verified on demand ---- */

static Err run_trail_check(Ctx *c, Job *job) {
	TrailVerdict v;
	TRY(trail_verify(c, &v));
	if (v.broken_seq)
		return fail(c, ERR_CONFLICT, NULL, "Záznam č. %lld je porušený: %.*s Přivolejte správce a zazálohujte databázi.", (long long)v.broken_seq,
		            STR_ARG(v.why));
	job->result = str_format(c->arena, "V pořádku, ověřeno %lld záznamů.", (long long)v.records);
	job->link = S("/app");
	return OK;
}

const JobKind site_jobs[1] = {{"trail.check", "Ověření stopy změn", run_trail_check, .retry = true}};

Err trail_check_start(Ctx *c, Id *ret) {
	TRY(require(c, "trail.read"));
	return job_add(c, site_jobs[0].name, (Str){0}, (Str){0}, (Str){0}, ret);
}

Err overview_trail_state(Ctx *c, TrailState *ret) {
	*ret = (TrailState){0};
	TRY(require(c, "trail.read"));
	Rows rows = db_query(ctx_conn(c), &sql_overview_last_job, P(V(str_c(site_jobs[0].name))));
	if (rows_next(&rows)) {
		Str found = col_text(&rows, 2);
		*ret = (TrailState){.job = col_int(&rows, 0), .state = str_dup(c->arena, col_text(&rows, 1)), .at = col_instant(&rows, 4)};
		ret->text = str_dup(c->arena, found.len ? found : col_text(&rows, 3));
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "last trail check");
}
