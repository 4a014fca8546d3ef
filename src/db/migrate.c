/* migrate.c: a store moves to the schema of the program, step by step, and refuses what it does not know. */
#include "base/hash.h"
#include "db/engine.h"

#include "db/db.sql.h"
#include "db/schema.h"

static const char log_table[] =
	"CREATE TABLE IF NOT EXISTS schema_migration (\n"
	"	module     $TEXT NOT NULL,\n"
	"	number     $INT NOT NULL,\n"
	"	name       $TEXT NOT NULL,\n"
	"	digest     $BYTES NOT NULL,\n"
	"	applied_at $TEXT NOT NULL,\n"
	"	PRIMARY KEY (module, number)\n"
	");\n";

typedef struct Plan {
	const Migration **all;                     /* the store's own first, then those of the modules */
	bool             *applied;
	size_t            count;
} Plan;

static Plan plan_of(Arena *a, const Migration *list, size_t count) {
	Plan p = {.count = db_migrations_count + count};
	p.all = NEW_ARRAY(a, const Migration *, p.count);
	p.applied = NEW_ARRAY(a, bool, p.count);
	for (size_t i = 0; i < p.count; i++)
		p.all[i] = i < db_migrations_count ? &db_migrations[i] : &list[i - db_migrations_count];
	return p;
}

static Err make_log(Arena *a, Conn *c) {
	return db_script(c, str_z(a, db_ddl_for(a, db_conn_engine(c), str_c(log_table))));
}

static Err compare(Arena *a, Plan *p, Str module, i64 number, Str digest, Str *why) {
	for (size_t i = 0; i < p->count; i++) {
		if (!str_eq(str_c(p->all[i]->module), module) || p->all[i]->number != number)
			continue;
		p->applied[i] = true;
		Sha256 now = sha256(str_c(p->all[i]->text));
		if (str_eq(digest, str_of((const char *)now.bytes, sizeof now.bytes)))
			return OK;
		*why = str_format(a, "Úložiště vzniklo jinou podobou migrace %.*s %lld, než má tento program. "
			"Použijte program ve verzi, která úložiště založila, nebo obnovte zálohu.", STR_ARG(module), (long long)number);
		return ERR_CONFLICT;
	}
	*why = str_format(a, "Úložiště je novější než program: zná migraci %.*s %lld. Spusťte novější verzi programu.",
		STR_ARG(module), (long long)number);
	return ERR_CONFLICT;
}

static Err read_log(Arena *a, Conn *c, Plan *p, Str *why) {
	Err e = OK;
	Rows r = db_query(c, &sql_db_migration_list, DB_NONE);
	while (e == OK && rows_next(&r))
		e = compare(a, p, str_dup(a, col_text(&r, 0)), col_int(&r, 1), str_dup(a, col_bytes(&r, 2)), why);
	TRY(rows_end(&r));
	return e;
}

static Err apply(Arena *a, Conn *c, const Migration *m, int *applied) {
	i64 known;
	TRY(db_get_int(c, &sql_db_migration_find, P(V(str_c(m->module)), V(m->number)), 0, &known));
	if (known)                                 /* another program of this store was faster */
		return OK;
	TRY(db_script(c, str_z(a, db_ddl_for(a, db_conn_engine(c), str_c(m->text)))));
	Sha256 digest = sha256(str_c(m->text));
	TRY(db_run(c, &sql_db_migration_add, P(V(str_c(m->module)), V(m->number), V(str_c(m->name)),
		db_value_bytes(str_of((const char *)digest.bytes, sizeof digest.bytes)), V(instant_now())), NULL));
	(*applied)++;
	return OK;
}

static Err finish(Conn *c, Err e) {
	if (e == OK)
		return db_commit(c);
	db_rollback(c);
	return e;
}

static Err step(Arena *a, Db *db, const Migration *m, Str *why, int *applied) {
	Conn *c;
	int done = 0;
	Err e = db_migration_begin(db, &c);
	if (e == OK) {
		e = finish(c, apply(a, c, m, &done));
		if (e != OK)
			*why = str_format(a, "Migrace %s %d (%s) se nepovedla, úložiště zůstalo beze změny: %.*s", m->module, m->number, m->name,
				STR_ARG(db_last_error(c)));
	} else {
		*why = S("Do úložiště právě zapisuje jiný program. Počkejte, až skončí, a zkuste to znovu.");
	}
	if (e == OK)
		*applied += done;
	return e;
}

/* On SQLite a write like others: the end of a migration would check every reference of the store, at every start. On PostgreSQL it does not, and a write locks a table
 * that a new store does not have yet. */
static Err look(Arena *a, Db *db, Plan *p, Str *why) {
	Conn *c;
	Err e = db_engine(db) == ENGINE_POSTGRES ? db_migration_begin(db, &c) : db_write_begin(db, &c);
	if (e == OK) {
		e = make_log(a, c);
		if (e == OK)
			e = read_log(a, c, p, why);
		if (e != OK && why->len == 0)
			*why = str_format(a, "Přehled migrací v úložišti nelze přečíst: %.*s", STR_ARG(db_last_error(c)));
		return finish(c, e);
	}
	*why = S("Do úložiště právě zapisuje jiný program. Počkejte, až skončí, a zkuste to znovu.");
	return e;
}

Err db_migrate(Arena *a, Db *db, const Migration *list, size_t count, Str *why, int *applied) {
	Plan p = plan_of(a, list, count);
	int none = 0, *done = applied ? applied : &none;
	*why = (Str){0};
	*done = 0;
	TRY(look(a, db, &p, why));
	for (size_t i = 0; i < p.count; i++)
		if (!p.applied[i])
			TRY(step(a, db, p.all[i], why, done));
	return OK;
}

Err db_migrations_missing(Arena *a, Db *db, const Migration *list, size_t count, Str *why, int *missing) {
	Plan p = plan_of(a, list, count);
	*why = (Str){0};
	*missing = 0;
	TRY(look(a, db, &p, why));
	for (size_t i = 0; i < p.count; i++)
		*missing += p.applied[i] ? 0 : 1;
	return OK;
}
