/* overview_page.c: /app, put together from what the person may do. */
#include "base/format.h"
#include "core/settings.h"
#include "domain/register/overview.h"
#include "domain/site/overview.html.h"
#include "domain/site/overview_page.h"
#include "web/module.h"

enum { TASKS_SHOWN = 8, JOBS_SHOWN = 5, CHANGES_SHOWN = 8, DAY_MS = 24 * 3600 * 1000 };

/* The route of an address, NULL when the program does not have it. */
static const Route *route_of(Str path) {
	const Route *route;
	path = str_cut(&path, '?');
	for (size_t i = 0; (route = web_route(i, NULL)); i++)
		if (route->method == GET && str_eq(str_c(route->path), path))
			return route;
	return NULL;
}

bool overview_is_open(Req *r, const char *path) {
	const Route *route = route_of(str_c(path));
	return route && may(r->c, route->capability);
}

/* ---- numbers ---- */

static Str whole(Arena *a, i64 n) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_int(&b, n);
	return buf_take(&b, a);
}

static void add_kpi(Req *r, OverviewView *v, KpiView k) {
	*ARENA_PUSH(r->c->arena, v->numbers.at, v->numbers.len, v->numbers.cap) = k;
}

static void add_freshness(Req *r, OverviewView *v, const char *label, const char *note, Freshness f) {
	Arena *a = r->c->arena;
	i64    fresh = f.services - f.stale;
	add_kpi(r, v, (KpiView){.label = str_c(label), .value = whole(a, fresh), .unit = str_format(a, "z %.*s", STR_ARG(whole(a, f.services))),
	                        .done = fresh, .total = f.services, .note = str_c(note)});
}

static Err numbers(Req *r, OverviewView *v) {
	Ctx        *c = r->c;
	HomeNumbers n;
	if (may(c, "register.read")) {
		Freshness f;
		TRY(home_numbers(c, &n));
		TRY(register_freshness(c, 0, &f));
		add_kpi(r, v, (KpiView){.label = S("Služby v katalogu"), .value = whole(c->arena, n.services)});
		add_kpi(r, v, (KpiView){.label = S("Poskytovatelé"), .value = whole(c->arena, n.providers)});
		add_freshness(r, v, "Potvrzené údaje", "v době, po kterou potvrzení platí", f);
	} else if (may(c, "register.own")) {
		Freshness own;
		TRY(register_own_freshness(c, &own));
		add_kpi(r, v, (KpiView){.label = S("Vaše služby"), .value = whole(c->arena, own.services)});
		add_freshness(r, v, "Potvrzené údaje vašich služeb", "v době, po kterou potvrzení platí", own);
	}
	if (may(c, "admin.accounts")) {
		AccountNumbers accounts;
		TRY(overview_accounts(c, &accounts));
		add_kpi(r, v, (KpiView){.label = S("Aktivní účty"), .value = whole(c->arena, accounts.active)});
	}
	return OK;
}

/* The profile of a unit, and its services in the catalogue. */
static void add_territory(Req *r, OverviewView *v, const OwnTerritory *t) {
	Arena *a = r->c->arena;
	bool   is_district = str_eq(t->unit->level, S(LEVEL_DISTRICT));
	CLEANUP(buf_free) Buf b = {0};
	fmt_count(&b, t->services, "služba", "služby", "služeb");
	*ARENA_PUSH(a, v->territories.at, v->territories.len, v->territories.cap) = (ItemView){
		.href = str_format(a, "%s%.*s", is_district ? "/uzemi/" : "/uzemi/obec/", STR_ARG(t->unit->slug)), .text = t->unit->name,
		.meta = is_district ? S("správní obvod") : S("obec")};
	*ARENA_PUSH(a, v->territories.at, v->territories.len, v->territories.cap) = (ItemView){
		.href = str_format(a, "/katalog?%s=%.*s", is_district ? "orp" : "obec", STR_ARG(t->unit->slug)),
		.text = str_format(a, "Katalog služeb: %.*s", STR_ARG(t->unit->name)), .meta = buf_take(&b, a)};
}

static Err territories(Req *r, OverviewView *v) {
	OwnTerritories own;
	TRY(overview_territories(r->c, &own));
	for (size_t i = 0; i < own.len; i++)
		add_territory(r, v, &own.at[i]);
	return OK;
}

/* ---- jobs ---- */

static Err jobs(Req *r, OverviewView *v) {
	Arena  *a = r->c->arena;
	JobList list;
	TRY(job_list(r->c, may(r->c, JOBS_ALL), 50, &list));
	for (size_t i = 0; i < list.len; i++) {
		const Job *j = &list.at[i];
		if (!j->ended.ms && v->jobs.len < JOBS_SHOWN)
			*ARENA_PUSH(a, v->jobs.at, v->jobs.len, v->jobs.cap) = *j;
		else if (j->ended.ms > r->c->now.ms - DAY_MS && v->ended.len < JOBS_SHOWN)
			*ARENA_PUSH(a, v->ended.at, v->ended.len, v->ended.cap) =
				(ItemView){.href = str_format(a, "/app/ulohy/%lld", (long long)j->id), .text = j->title,
				           .tag = str_eq(j->state, S("done")) ? S("hotovo") : str_eq(j->state, S("failed")) ? S("nepovedlo se") : S("zastaveno"),
				           .tag_kind = str_eq(j->state, S("failed")) ? TAG_ERR : TAG_PLAIN};
	}
	return OK;
}

/* ---- the trail ---- */

/* "služba" of "service". */
static Str object_word(Ctx *c, Str name) {
	const WebOptions *o = web_options();
	for (size_t i = 0; i < o->module_count; i++)
		for (size_t k = 0; k < o->modules[i]->entity_count; k++)
			if (str_eq(str_c(o->modules[i]->entities[k]->name), name))
				return str_c(o->modules[i]->entities[k]->one);
	return codelist_name(c, "trail_object", name);
}

static Err trail(Req *r, OverviewView *v) {
	Arena       *a = r->c->arena;
	TrailRecords found;
	if (!may(r->c, "trail.read"))
		return OK;
	v->sees_trail = true;
	v->csrf_trail = csrf_token(r, S("/app/overit-stopu"));
	TRY(overview_trail_state(r->c, &v->trail));
	TRY(trail_search(r->c, (TrailSearch){.limit = CHANGES_SHOWN}, &found));
	for (size_t i = 0; i < found.len; i++) {
		const TrailRecord *t = &found.at[i];
		Str                what = t->text.len ? t->text : str_format(a, "%.*s: %.*s č. %lld", STR_ARG(codelist_name(r->c, "trail_action", t->action)),
		                                                            STR_ARG(object_word(r->c, t->object)), (long long)t->object_id);
		*ARENA_PUSH(a, v->last.at, v->last.len, v->last.cap) =
			(TrailLine){t->at, t->actor.len ? t->actor : S("jméno bylo vymazáno"), what,
			            str_format(a, "/app/sprava/stopa?co=%.*s&cislo=%lld", STR_ARG(t->object), (long long)t->object_id)};
	}
	return OK;
}

Err post_trail_check(Req *r) {
	Id job;
	TRY(trail_check_start(r->c, &job));
	return redirect(r, "/app/ulohy/%lld", (long long)job);
}

/* ---- the page ---- */

/* What the program has and the person may open. */
static void quick(Req *r, OverviewView *v) {
	static const struct { const char *label, *href; } all[] = {
		{"Moje služby", "/app/moje-sluzby"}, {"Potřeby", "/app/potreby"}, {"Kalendář", "/app/kalendar"}, {"Seznam služeb", "/app/sluzby"}, {"Poskytovatelé", "/app/poskytovatele"},
		{"Veřejný katalog", "/katalog"}, {"Území a obyvatelé", "/uzemi"}, {"Uživatelé", "/app/sprava/uzivatele"},
		{"Číselníky", "/app/sprava/ciselniky"}, {"Nastavení", "/app/sprava/nastaveni"}, {"Otevřená data", "/data"}, {"Nápověda", "/napoveda"},
	};
	for (size_t i = 0; i < LEN(all); i++)
		if (overview_is_open(r, all[i].href))
			*ARENA_PUSH(r->c->arena, v->quick.at, v->quick.len, v->quick.cap) = (LinkView){.label = str_c(all[i].label), .href = str_c(all[i].href)};
}

Err page_tasks(Req *r) {
	OverviewView v = {0};
	TRY(overview_waits(r, 1000, &v));
	overview_roles(r, &v);
	crumb(r, S("Přehled"), S("/app"));
	view_tasks(page(r, S("Úkoly")), &v);
	return OK;
}

Err page_overview(Req *r) {
	OverviewView v = {0};
	CLEANUP(buf_free) Buf day = {0};
	fmt_weekday_date(&day, r->c->today);
	v.day = str_format(r->c->arena, "%.*s, %.*s", STR_ARG(r->c->actor->name), STR_ARG(buf_view(&day)));
	TRY(overview_waits(r, TASKS_SHOWN, &v));
	TRY(overview_changes(r, &v));
	overview_roles(r, &v);
	TRY(numbers(r, &v));
	TRY(territories(r, &v));
	TRY(jobs(r, &v));
	TRY(trail(r, &v));
	quick(r, &v);
	view_overview(page(r, S("Přehled")), &v);
	return OK;
}
