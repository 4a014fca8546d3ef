/* site.h: what the pages that belong to no single subject ask of the subjects below: numbers of the home page, what waits for a person. */
#pragma once
#include "core/jobs.h"
#include "core/trail.h"
#include "domain/territory/territory.h"

/* When anything dated was last written: the day that pages show as the day of the data; none in a new store. */
MUST_USE Err site_last_change(Ctx *c, Instant *ret);

/* ---- home ---- */

typedef struct HomeNumbers {
	i64  services, providers, municipalities;        /* of the public catalogue; municipalities: those with a place of a service */
	i64  inhabitants;                        /* BLANK when nobody counted */
	Date counted_on;
} HomeNumbers;
MUST_USE Err home_numbers(Ctx *c, HomeNumbers *ret);

typedef struct HomeDistrict {
	const Unit *unit;
	i64         services;
} HomeDistrict;
typedef struct HomeDistricts { HomeDistrict *at; size_t len, cap; } HomeDistricts;
/* Districts of the region with the number of catalogue services there, in Czech order; none in an empty store. */
MUST_USE Err home_districts(Ctx *c, HomeDistricts *ret);

typedef struct NamedService { Id id; Str name, kind; Date day; } NamedService;
typedef struct NamedServices { NamedService *at; size_t len, cap; } NamedServices;
/* Public services in operation that began last. */
MUST_USE Err home_newest(Ctx *c, i64 limit, NamedServices *ret);

/* The last reading of the national register; `at` none = never. */
typedef struct LastImport { Instant at; i64 added, changed, ended; } LastImport;
MUST_USE Err home_last_import(Ctx *c, LastImport *ret);

/* ---- the working overview ---- */

typedef struct AccountNumbers { i64 active, invited, blocked; } AccountNumbers;
MUST_USE Err overview_accounts(Ctx *c, AccountNumbers *ret);
/* Jobs that failed since an instant: of everybody for people with admin.jobs, else one's own. */
MUST_USE Err overview_failed_jobs(Ctx *c, Instant since, i64 *ret);

/* Where a person of a narrower scope works: their districts and municipalities, with the number of catalogue services. */
typedef struct OwnTerritory { const Unit *unit; i64 services; } OwnTerritory;
typedef struct OwnTerritories { OwnTerritory *at; size_t len, cap; } OwnTerritories;
MUST_USE Err overview_territories(Ctx *c, OwnTerritories *ret);

/* The last verification of the trail that was asked for on a page. */
typedef struct TrailState {
	Id      job;                             /* 0 = never */
	Str     state, text;                     /* of the job; what it found */
	Instant at;
} TrailState;
MUST_USE Err overview_trail_state(Ctx *c, TrailState *ret);
/* Queue a verification; its result is the job's and the overview's. */
MUST_USE Err trail_check_start(Ctx *c, Id *ret);
extern const JobKind site_jobs[1];
