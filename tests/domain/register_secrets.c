/* register_secrets.c: persons of the register are nowhere in the store; secret addresses are told to those who may know. */
#include "tests/domain/register_given.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/access.h"

static const char *const tables_sqlite = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%'";
static const char *const tables_postgres = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'";

static bool has_marker(Str s) {
	static const char marker[] = REGISTER_PERSON_MARKER;
	for (size_t i = 0; i + sizeof marker - 1 <= s.len; i++)
		if (strncasecmp(s.ptr + i, marker, sizeof marker - 1) == 0)
			return true;
	return false;
}

static Sql *made_sql(Str text) {
	static Arena forever;
	return NEW(&forever, Sql, .name = "register_secrets", .text = str_z(&forever, text));
}

/* Every column of every row as text. Returns how many values were looked at. */
static i64 scan(Ctx *c, Str table) {
	i64  seen = 0;
	Str  text = test_on_postgres() ? str_format(t_arena, "SELECT CAST(t AS TEXT) FROM \"%.*s\" t", STR_ARG(table)) : str_format(t_arena, "SELECT * FROM %.*s", STR_ARG(table));
	Rows rows = db_query(ctx_conn(c), made_sql(text), DB_NONE);
	while (rows_next(&rows))
		for (int i = 0; i < rows.columns; i++, seen++)
			if (!col_null(&rows, i) && (has_marker(col_bytes(&rows, i)) || has_marker(col_text(&rows, i))))
				test_fail(__FILE__, __LINE__, "a person is in table %.*s: %.*s", STR_ARG(table), STR_ARG(col_text(&rows, i)));
	MUST(rows_end(&rows));
	return seen;
}

TEST("register secrets: no person of the file is anywhere in the store, whatever happened with it") {
	Db  *db;
	Ctx  c = given_register_store(&db);
	Str  file = given_register_file((RegisterGenerateOptions){.seed = 3}, NULL);
	EXPECT(has_marker(file));
	must_import(&c, file);
	must_import(&c, given_register_file((RegisterGenerateOptions){.seed = 3, .edits = 100}, NULL));
	must_preview(&c, given_register_file((RegisterGenerateOptions){.seed = 3, .drop_percent = 5}, NULL));
	RegisterImport r;
	Str            broken = given_register_file((RegisterGenerateOptions){.seed = 3, .broken_record = 150, .broken_how = BREAK_UTF8}, NULL);
	EQ_INT(register_preview(&c, &(RegisterInput){.fd = given_fd(broken), .name = S("rpss.json")}, &r), ERR_INVALID);
	EXPECT(!has_marker(first_problem(&c)));
	Strs tables = {0};
	Rows rows = db_query(ctx_conn(&c), made_sql(str_c(test_on_postgres() ? tables_postgres : tables_sqlite)), DB_NONE);
	while (rows_next(&rows))
		strs_add(t_arena, &tables, str_dup(t_arena, col_text(&rows, 0)));
	MUST(rows_end(&rows));
	EXPECT(tables.len > 25);
	i64 seen = 0;
	for (size_t i = 0; i < tables.len; i++)
		seen += scan(&c, tables.at[i]);
	EXPECT(seen > 5000);
}

static Id secret_service(Ctx *c) {
	Id id = count_of(c, "SELECT MIN(service) FROM facility WHERE secret_address = 1 AND municipality IS NOT NULL AND provided_to IS NULL");
	EXPECT(id > 0);
	return id;
}

static int addresses_of(Ctx *c, Id service) {
	ServiceWhole whole;
	int          told = 0;
	MUST(service_whole(c, TODAY, service, &whole));
	EXPECT(whole.facility_count > 0);
	for (size_t i = 0; i < whole.facility_count; i++) {
		const Facility *f = whole.facilities[i];
		if (f->secret_address)
			told += f->municipality || f->part.len || f->street.len || f->house_no.len || f->postcode.len || f->address_point != BLANK || f->lon != BLANK;
	}
	return told;
}

TEST("register secrets: a secret address is told to people with the right only, not to the public and not to what the program renders") {
	Db *db;
	Ctx c = given_register_store(&db);
	must_import(&c, given_register_file((RegisterGenerateOptions){.seed = 3}, NULL));
	Id  service = secret_service(&c);
	EQ_INT(addresses_of(&c, service), 0);                            /* the program */
	c.actor = &actor_public;
	EQ_INT(addresses_of(&c, service), 0);
	static const char *const rights[] = {CAP_REGISTER_SECRET, NULL};
	static const Role        roles[] = {{"TEST", "zkušební role", SCOPE_REGION, (const char **)(uintptr_t)rights}};
	static const Capability  known[] = {{CAP_REGISTER_SECRET, "vidět utajené adresy"}};
	const Capability        *lists[] = {known};
	size_t                   counts[] = {LEN(known)};
	Str                      why;
	EXPECT(access_setup(t_arena, lists, counts, 1, roles, 1, &why));
	Grant grant = {S("TEST"), SCOPE_REGION, 0};
	Actor officer = {.account = 1, .name = S("Síťová"), .grants = &grant, .grant_count = 1};
	access_prepare(&officer);
	c.actor = &officer;
	EXPECT(addresses_of(&c, service) > 0);
}

TEST("register secrets: neither previews nor repairs tell a secret address") {
	Db *db;
	Ctx c = given_register_store(&db);
	Str file = given_register_file((RegisterGenerateOptions){.seed = 3}, NULL);
	must_import(&c, file);
	/* all addresses move */
	Str            moved = str_replace(t_arena, file, S("\"ulice\":{\"nazev\":\""), S("\"ulice\":{\"nazev\":\"Nová "));
	RegisterImport r = must_preview(&c, moved);
	EXPECT(r.fields > 100);
	i64 hidden = count_of(&c, "SELECT COUNT(*) FROM register_import_change WHERE field = 'street' AND value_after = '(utajeno)'");
	EXPECT(hidden > 0);
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM register_import_change x WHERE x.entity = 'facility' AND x.value_after <> '(utajeno)' AND x.field = 'street'"
	                    " AND EXISTS (SELECT 1 FROM facility f WHERE f.id = x.object_id AND f.secret_address = 1)"), 0);
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM register_repair r WHERE r.kind = 'elsewhere' AND r.text LIKE '%má v adrese obec%'"
	                    " AND EXISTS (SELECT 1 FROM facility f WHERE f.service = r.object_id AND f.secret_address = 1 AND r.text LIKE '%' || f.name || '%')"), 0);
	must_import(&c, moved);
	EQ_INT(must_preview(&c, moved).changed, 0);
}
