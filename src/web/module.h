/* module.h: one row per subject: what it brings into the program. Site map, permission matrix, API description, data dictionary, CLI help
 * and the sweep tests are read from these rows; nothing is listed twice. */
#pragma once
#include "core/check.h"
#include "core/codelist.h"
#include "core/jobs.h"
#include "core/notice.h"
#include "core/person_data.h"
#include "core/record.h"
#include "core/retention.h"
#include "core/rule_case.h"
#include "core/settings.h"
#include "core/task.h"
#include "core/workflow.h"
#include "web/front.h"
#include "web/web.h"

typedef struct Command {
	const char *name;                        /* "import register" */
	const char *usage;                       /* "FILE [--accept-all]" */
	const char *help;                        /* English: developers and administrators read it */
	int       (*run)(Ctx *c, int argc, char **argv);   /* exit code; the store is open and migrated */
	bool        as_is;                       /* a store that is behind the program is told of, not migrated */
} Command;

/* One entry of a menu; shown to those who may. */
typedef struct MenuItem {
	const char *label, *href;
	const char *capability;
	bool        is_public;                   /* in the white header; else in the dark one */
	int         position;
	const char *under;                       /* href of the item that it belongs to, when a person's menu is long */
	const char *also;                        /* other addresses, by blanks, whose pages belong to it unless they have an item of their own */
} MenuItem;

struct Module {
	const char          *name;
	const Migration     *migrations;
	const size_t        *migration_count;
	const Entity *const *entities;
	size_t               entity_count;
	const Route         *routes;
	size_t               route_count;
	const Capability    *capabilities;
	size_t               capability_count;
	const JobKind       *jobs;
	size_t               job_count;
	const Command       *commands;
	size_t               command_count;
	const Setting       *settings;
	size_t               setting_count;
	const MailKind      *mails;              /* letters that it sends, with their standard texts */
	size_t               mail_count;
	const Topic         *topics;             /* that people choose how to be told about */
	size_t               topic_count;
	const Check         *checks;
	size_t               check_count;
	const RecordKind    *records;            /* that threads, questions and tasks may be bound to */
	size_t               record_count;
	const RuleCaseKind  *rule_cases;         /* that rule sets are computed over */
	size_t               rule_case_count;
	const RetentionRule *retention;
	size_t               retention_count;
	const PersonData    *person_data;
	size_t               person_data_count;
	const MenuItem      *menu;
	size_t               menu_count;
	/* State machines, guards on machines of subjects below, and what follows their steps here (core/workflow.h). */
	const Machine *const *machines;
	size_t               machine_count;
	const Guard         *guards;
	size_t               guard_count;
	const Reaction      *reactions;
	size_t               reaction_count;
	/* What waits for whoever asks, and what changed for them since an instant: lines of their start page (core/task.h). */
	Err (*waiting)(Ctx *c, WaitingList *list);
	Err (*changes)(Ctx *c, Instant since, Changes *list);
	/* Lines on pages that belong to all subjects (web/front.h), for everybody alike. */
	Err (*announce)(Ctx *c, Announcements *list);
	Err (*happening)(Ctx *c, FrontLines *list);
	Err (*latest)(Ctx *c, i64 limit, FrontLines *list);
	Err (*figures)(Ctx *c, KeyFigures *list);
	Err (*find)(Ctx *c, Str query, i64 limit, FoundGroups *list);
	/* A query that would find something here, when nothing was found anywhere; {0} = none. */
	Err (*suggest)(Ctx *c, Str query, Str *ret);
	Err (*addresses)(Ctx *c, SiteAddresses *list);
	/* What ends after `from` and begins before `to`. */
	Err (*events)(Ctx *c, Instant from, Instant to, SiteEvents *list);
	/* Every ten minutes while the program serves, by each process that does: what is done must be done once by its own means. */
	Err (*regular)(Ctx *c);
	/* Once at start, after the store is migrated: build what is kept in memory, hand hooks over. */
	Err (*start)(Ctx *c);
	/* A store closes: drop what is kept in memory for it. */
	void (*forget)(Db *db);
	/* Code lists and texts that every new store gets (also `sitovka init`). */
	Err (*seed)(Ctx *c);
	/* Sample data, deterministic; called in the order of modules. */
	Err (*demo)(Ctx *c, DemoSize size);
};

/* MODULE_LIST(route, my_routes) sets .routes and .route_count; MODULE_ROWS(retention, my_rules) .retention and .retention_count. */
#define MODULE_LIST(field, array) .field##s = array, .field##_count = LEN(array)
#define MODULE_ROWS(field, array) .field = array, .field##_count = LEN(array)

/* Events of all modules of the program that is served. */
MUST_USE Err all_events(Ctx *c, Instant from, Instant to, SiteEvents *ret);

/* All of them, lowest first; app/modules.c. */
extern const Module *const modules[];
extern const size_t        module_count;
