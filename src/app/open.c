/* open.c: from a path or address to a store that is ready: opened, migrated, known to core and web. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/app.h"
#include "base/hash.h"
#include "core/codelist_use.h"
#include "core/exchange.h"
#include "core/mail_send.h"
#include "core/seal.h"
#include "core/trail.h"
#include "core/trail_heads.h"
#include "domain/people/oidc.h"
#include "domain/people/people.h"
#include "domain/people/rights.h"

enum { MAX_MODULES = 32 };

static Err complain(Str why) {
	fprintf(stderr, "%.*s\n", STR_ARG(why));
	return ERR_INVALID;
}

/* ---- the secret: 32 random bytes in a file that only we can read; never in the store ---- */

static bool read_whole(int fd, u8 *to, size_t n) {
	size_t have = 0;
	while (have < n) {
		ssize_t got = read(fd, to + have, n - have);
		if (got <= 0)
			return false;
		have += (size_t)got;
	}
	return true;
}

static Err load_secret(App *app, const char *file) {
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT) {
		fd = open(file, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		random_bytes(app->secret, sizeof app->secret);
		if (fd < 0 || write(fd, app->secret, sizeof app->secret) != sizeof app->secret || fsync(fd) != 0) {
			if (fd >= 0)
				close(fd);
			return complain(str_format(&app->arena, "Cannot write the secret file %s.", file));
		}
		close(fd);
		return OK;
	}
	struct stat st;
	bool fine = fd >= 0 && fstat(fd, &st) == 0 && (st.st_mode & 077) == 0 && read_whole(fd, app->secret, sizeof app->secret);
	if (fd >= 0)
		close(fd);
	return fine ? OK : complain(str_format(&app->arena, "The secret file %s cannot be read, is too short, or others may read it (chmod 600).", file));
}

/* A file that the administrator keeps beside the program: named by an option, a credential of systemd, or in the folder of the secret. */
static Str kept_file(App *app, Str option, Str state, const char *name) {
	Arena      *a = &app->arena;
	const char *credentials = getenv("CREDENTIALS_DIRECTORY");
	if (option.len)
		return option;
	Str file = credentials ? str_format(a, "%s/%s", credentials, name) : (Str){0};
	if (file.len && access(str_z(a, file), F_OK) == 0)
		return file;
	file = str_format(a, "%.*s/%s", STR_ARG(state), name);
	return access(str_z(a, file), F_OK) == 0 ? file : (Str){0};
}

/* Keys of seals, from where the administrator put them; else our own, made when there are none. */
static Err load_keys(App *app, Str state) {
	Str  why, file = kept_file(app, app->o.keys, state, "sitovka-keys");
	bool own = !file.len;
	if (own)
		file = str_cat(&app->arena, state, S("/sitovka-keys"));
	return seal_load(&app->arena, str_z(&app->arena, file), own, &why) ? OK : complain(why);
}

Str app_state_folder(Arena *a, const AppOptions *o) {
	bool is_postgres = str_starts(o->db, S("postgres://")) || str_starts(o->db, S("postgresql://"));
	return o->state.len ? o->state : is_postgres ? S("var/postgres") : str_cat(a, o->db, S(".state"));
}

static Err open_state(App *app) {
	Arena *a = &app->arena;
	Str    base = app_state_folder(a, &app->o);
	char  *folder = str_z(a, base);
	app->state_folder = base;
	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		return complain(str_format(a, "Cannot make the folder %s for the secret and files: give another one by --state.", folder));
	mail_set_files(kept_file(app, app->o.mail_password, base, "mail-password"), kept_file(app, app->o.mail_ca, base, "mail-ca.pem"));
	oidc_set_secret_file(kept_file(app, app->o.oidc_secret, base, "oidc-secret"));
	files_set_folder(str_z(a, str_cat(a, base, S("/files"))));
	TRY(load_secret(app, str_z(a, str_cat(a, base, S("/secret")))));
	Str why = {0};
	if (trail_heads_setup(a, base, &why) != OK)
		return complain(why);
	return load_keys(app, base);
}

/* ---- modules' rows to the mechanisms ---- */

Err app_hand_over(Arena *a) {
	const Capability *capabilities[MAX_MODULES + 1];
	const JobKind    *jobs[MAX_MODULES];
	const Setting    *settings[MAX_MODULES];
	const Entity *const *entities[MAX_MODULES];
	const MailKind   *mails[MAX_MODULES];
	const Topic      *topics[MAX_MODULES];
	size_t            mail_counts[MAX_MODULES], topic_counts[MAX_MODULES];
	size_t            capability_counts[MAX_MODULES + 1], job_counts[MAX_MODULES], setting_counts[MAX_MODULES], entity_counts[MAX_MODULES];
	const Check         *checks[MAX_MODULES];
	const RetentionRule *retention[MAX_MODULES];
	const PersonData    *person_data[MAX_MODULES];
	size_t            check_counts[MAX_MODULES], retention_counts[MAX_MODULES], person_data_counts[MAX_MODULES];
	WorkTables        work[MAX_MODULES];
	const RecordKind *records[MAX_MODULES];
	size_t            record_counts[MAX_MODULES];
	const RuleCaseKind *rule_cases[MAX_MODULES];
	size_t              rule_case_counts[MAX_MODULES];
	CHECK(module_count <= MAX_MODULES);
	for (size_t i = 0; i < module_count; i++) {
		if (modules[i]->forget)
			db_at_close(modules[i]->forget);
		capabilities[i] = modules[i]->capabilities;
		capability_counts[i] = modules[i]->capability_count;
		jobs[i] = modules[i]->jobs;
		job_counts[i] = modules[i]->job_count;
		settings[i] = modules[i]->settings;
		setting_counts[i] = modules[i]->setting_count;
		mails[i] = modules[i]->mails;
		mail_counts[i] = modules[i]->mail_count;
		topics[i] = modules[i]->topics;
		topic_counts[i] = modules[i]->topic_count;
		entities[i] = modules[i]->entities;
		entity_counts[i] = modules[i]->entity_count;
		checks[i] = modules[i]->checks;
		check_counts[i] = modules[i]->check_count;
		records[i] = modules[i]->records;
		record_counts[i] = modules[i]->record_count;
		rule_cases[i] = modules[i]->rule_cases;
		rule_case_counts[i] = modules[i]->rule_case_count;
		retention[i] = modules[i]->retention;
		retention_counts[i] = modules[i]->retention_count;
		person_data[i] = modules[i]->person_data;
		person_data_counts[i] = modules[i]->person_data_count;
		work[i] = (WorkTables){modules[i]->machines, modules[i]->machine_count, modules[i]->guards, modules[i]->guard_count, modules[i]->reactions,
		                       modules[i]->reaction_count};
	}
	Str         why;
	size_t      role_count;
	const Role *roles = people_roles(&role_count);
	capabilities[module_count] = rights_capabilities(&capability_counts[module_count]);
	if (!access_setup(a, capabilities, capability_counts, module_count + 1, roles, role_count, &why))
		return complain(why);
	if (!mail_setup(a, mails, mail_counts, topics, topic_counts, module_count, &why))
		return complain(why);
	jobs_setup(jobs, job_counts, module_count);
	settings_setup(settings, setting_counts, module_count);
	exchange_setup(entities, entity_counts, module_count);
	codelist_use_setup(entities, entity_counts, module_count);
	records_setup(records, record_counts, module_count);
	rule_cases_setup(rule_cases, rule_case_counts, module_count);
	checks_setup(checks, check_counts, module_count);
	retention_setup(retention, retention_counts, module_count);
	person_data_setup(person_data, person_data_counts, module_count);
	return workflow_setup(a, work, module_count, &why) ? OK : complain(why);
}

static void tell_installation(App *app) {
	installation_set(&(Installation){
		.db = app->o.db, .state = app_state_folder(&app->arena, &app->o), .listen = app->o.listen, .origin = web_options()->origin, .proxy = app->o.proxy,
		.behind_proxy = app->o.behind_proxy, .backup_folder = app->o.backups, .backup_key = app->o.backup_key,
		.backup_private_key = app->o.backup_private_key, .scanner = app->o.scanner,
	});
}

static Str origin_of(App *app) {
	return app->o.origin.len ? app->o.origin : str_cat(&app->arena, S("http://"), app->o.listen);
}

static Err start_modules(App *app) {
	CLEANUP(arena_free) Arena a = {0};
	Ctx c = app_ctx(app, &a);
	app->demo = setting_int(&c, "site.demo") == 1;
	WebOptions web = {.db = app->db, .modules = modules, .module_count = module_count, .origin = origin_of(app), .log = !app->o.quiet,
	                  .demo = app->demo, .auth = &people_auth, .now = instant_now};
	mail_set_origin(web.origin);
	memcpy(web.secret, app->secret, sizeof web.secret);
	Str why;
	if (web_setup(&app->arena, &web, &why) != OK) {
		ctx_end(&c);
		return complain(why);
	}
	tell_installation(app);
	for (size_t i = 0; i < module_count; i++)
		if (modules[i]->start) {
			Err e = modules[i]->start(&c);
			if (e != OK) {
				app_say(&c, e);
				ctx_end(&c);
				return e;
			}
		}
	ctx_end(&c);
	return OK;
}

/* A store that moves to a newer schema is copied first, beside itself; the copy of the last step replaces the one before. With PostgreSQL it
 * is the server's own backup that counts: we only say what is going to happen. */
static Err copy_before(App *app, const Migration *list, size_t count) {
	Arena *a = &app->arena;
	Str    why = {0};
	int    missing = 0;
	if (db_migrations_missing(a, app->db, list, count, &why, &missing) != OK)
		return complain(why);
	if (missing == 0 || missing >= (int)count)   /* a new store has nothing to lose */
		return OK;
	if (db_engine(app->db) == ENGINE_POSTGRES) {
		fprintf(stderr, "The schema moves by %d steps; a backup from before is the way back.\n", missing);
		return OK;
	}
	char *copy = str_z(a, str_cat(a, app->o.db, S(".pred-migraci"))), *draft = str_z(a, str_cat(a, app->o.db, S(".pred-migraci.tmp")));
	unlink(draft);
	if (db_backup_to(app->db, draft) != OK || rename(draft, copy) != 0)
		return complain(str_format(a, "The copy %s before the schema changes cannot be made: there is no room for it. Nothing was changed.", copy));
	return OK;
}

static Err refuse_behind(App *app, const Migration *list, size_t count) {
	Str why = {0};
	int missing = 0;
	if (db_migrations_missing(&app->arena, app->db, list, count, &why, &missing) != OK)
		return complain(why);
	return missing == 0 ? OK : complain(str_format(&app->arena, "kritické: databáze je o %d kroků pozadu za programem.\n    Náprava: zálohujte a spusťte sitovka migrate.",
	                                               missing));
}

Err app_open(App *app, bool create, bool migrate) {
	Str why = {0};
	int applied = 0;
	TRY(app_hand_over(&app->arena));
	if (db_open(&app->arena, str_z(&app->arena, app->o.db), (DbOptions){.create = create, .maintenance = true}, &app->db, &why) != OK)
		return complain(why);
	size_t           count;
	const Migration *list = all_migrations(&count);
	if (!migrate)
		TRY(refuse_behind(app, list, count));
	if (migrate)
		TRY(copy_before(app, list, count));
	if (migrate && db_migrate(&app->arena, app->db, list, count, &why, &applied) != OK)
		return complain(why);
	TRY(open_state(app));
	if (applied > 0) {
		CLEANUP(arena_free) Arena a = {0};
		Ctx c = app_ctx(app, &a);
		for (size_t i = 0; i < module_count; i++) {
			Err e = modules[i]->seed ? modules[i]->seed(&c) : OK;
			if (e != OK) {
				app_say(&c, e);
				ctx_end(&c);
				return e;
			}
		}
		ctx_end(&c);
	}
	return start_modules(app);
}

void app_close(App *app) {
	if (app->db) {
		journal_flush(app->db);
		db_close(app->db);
	}
	wipe(app->secret, sizeof app->secret);
	seal_forget();
	arena_free(&app->arena);
}

Ctx app_ctx(App *app, Arena *a) {
	return ctx_make(a, app->db, &actor_program, instant_now());
}

int app_say(const Ctx *c, Err e) {
	for (size_t i = 0; i < c->problems.len; i++) {
		const Problem *p = &c->problems.at[i];
		fprintf(stderr, "%.*s%s%.*s\n", STR_ARG(p->place), p->place.len ? ": " : "", STR_ARG(p->text));
	}
	if (e != OK && c->problems.len == 0)
		fprintf(stderr, "%s\n", err_name(e));
	return e == OK ? 0 : 1;
}
