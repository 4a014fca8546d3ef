/* register_import.c: the national register comes in, is compared, and comes in again. */
#include "tests/domain/register_given.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/history.h"
#include "core/trail.h"
#include "domain/register/register_import_page.h"

static const RegisterGenerateOptions plain = {.seed = 11};

static Service *service_of(Ctx *c, Str identifier) {
	void *row;
	MUST(entity_find(c, &service_entity, TODAY, "identifier", identifier, &row));
	return row;
}

TEST("register import: a first import brings every registration with its parts, and the trail holds") {
	Db               *db;
	Ctx               c = given_register_store(&db);
	RegisterGenerated g;
	Str               file = given_register_file(plain, &g);
	RegisterImport    r = must_preview(&c, file);
	EQ_INT(r.records, g.services);
	EQ_INT(r.services, g.services - g.traps[TRAP_IDENTIFIER_SHARED]);
	EQ_INT(r.added, r.services);
	EQ_INT(r.providers, g.providers);
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM service"), 0);   /* a preview writes nothing but itself */
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM provider"), 0);
	r = must_import(&c, file);
	EQ_INT(r.used, r.services);
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM service"), r.services);
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM provider"), g.providers);
	i64 facilities = count_of(&c, "SELECT COUNT(*) FROM facility");                 /* two records may list the same one */
	EXPECT(facilities <= r.facilities && facilities >= r.facilities - g.traps[TRAP_IDENTIFIER_SHARED]);
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM facility WHERE municipality IS NULL AND secret_address = 0"), 0);
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM service WHERE valid_from <> provided_from"), 0);
	TrailVerdict v;
	MUST(trail_verify(&c, &v));
	EQ_INT(v.broken_seq, 0);
}

TEST("register import: the same file again changes nothing, not even a row of history") {
	Db *db;
	Ctx c = given_register_store(&db);
	Str file = given_register_file(plain, NULL);
	must_import(&c, file);
	Str before = register_state(&c);
	i64 rows = count_of(&c, "SELECT COUNT(*) FROM facility"), trail = count_of(&c, "SELECT seq FROM trail_head");
	RegisterImport r = must_import(&c, file);
	EQ_INT(r.added + r.changed + r.ended + r.missing + r.held, 0);
	EQ_INT(r.same, r.services);
	EQ_INT(r.fields + r.derived + r.kept, 0);
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM facility"), rows);
	EQ_INT(count_of(&c, "SELECT seq FROM trail_head"), trail + 1);                 /* that somebody imported */
	EQ_STR(register_state(&c), before);
}

/* ---- edits: what the generator changed against what the preview says ---- */

static const struct { const char *generated, *entity, *field; } edit_fields[] = {
	{"provider.name", "provider", "name"}, {"service.emails", "contact", "value"}, {"service.phones", "contact", "value"},
	{"service.target_note", "service", "target_note"}, {"service.target_groups", "service", "target_groups"},
	{"facility.name", "facility", "name"}, {"facility.address.house_no", "facility", "house_no"},
	{"registered_capacity.count", "capacity", "count"}, {"registered_capacity.description", "capacity", "description"},
};

/* The generator gives ids of the register and bare house numbers; groups are compared by their number. */
static bool same_value(const char *field, Str said, Str ours) {
	if (strcmp(field, "target_groups") == 0) {
		i64 n = said.len > 0, m = ours.len > 0;
		for (size_t i = 0; i < said.len; i++)
			n += said.ptr[i] == ' ';
		for (size_t i = 0; i < ours.len; i++)
			m += ours.ptr[i] == ',';
		return n == m;
	}
	if (strcmp(field, "house_no") == 0)
		return str_eq(said, str_first(ours, said.len)) || str_has(ours, said);
	return str_eq(said, ours);
}

static bool is_edit(const RegisterEdit *e, const RegisterRow *row, const RegisterChange *x) {
	for (size_t i = 0; i < LEN(edit_fields); i++)
		if (str_eq(e->field, str_c(edit_fields[i].generated)))
			return str_eq(e->identifier, row->code) && x->field && strcmp(x->entity->name, edit_fields[i].entity) == 0 &&
			       strcmp(x->field->name, edit_fields[i].field) == 0 && same_value(edit_fields[i].field, e->old, x->before) &&
			       same_value(edit_fields[i].field, e->new, x->after);
	return false;
}

/* Takes each change off the list of edits; nothing may be left on either side. */
static void expect_edits(Ctx *c, Id import, RegisterGenerated *g) {
	bool        *seen = NEW_ARRAY(t_arena, bool, g->edit_count);
	i64          changes = 0;
	RegisterRows rows;
	for (i64 after = 0; register_rows(c, import, S(""), after, 50, &rows) == OK && rows.len; after = rows.at[(rows.len > 50 ? 50 : rows.len) - 1].position)
		for (size_t i = 0; i < rows.len && i < 50; i++) {
			RegisterChanges list;
			MUST(register_row_changes(c, import, rows.at[i].position, &list));
			for (size_t k = 0; k < list.len; k++) {
				if (str_eq(list.at[k].kind, S("derived")))
					continue;
				EQ_TEXT(list.at[k].kind, "field");
				size_t e = 0;
				while (e < g->edit_count && (seen[e] || !is_edit(&g->edits[e], &rows.at[i], &list.at[k])))
					e++;
				if (e == g->edit_count)
					test_fail(__FILE__, __LINE__, "%.*s: nobody edited %s.%s (%.*s to %.*s)", STR_ARG(rows.at[i].code), list.at[k].entity->name,
					          list.at[k].field->name, STR_ARG(list.at[k].before), STR_ARG(list.at[k].after));
				seen[e] = true;
				changes++;
			}
		}
	EQ_INT(changes, g->edit_count);
}

static void check_edits(i64 edits) {
	Db               *db;
	Ctx               c = given_register_store(&db);
	RegisterGenerated g;
	must_import(&c, given_register_file(plain, NULL));
	Str            edited = given_register_file((RegisterGenerateOptions){.seed = plain.seed, .edits = edits}, &g);
	RegisterImport r = must_preview(&c, edited);
	EQ_INT(r.fields, edits);
	EQ_INT(r.added + r.ended + r.missing + r.held, 0);
	expect_edits(&c, r.id, &g);
	r = must_import(&c, edited);
	EQ_INT(r.fields, edits);
	r = must_preview(&c, edited);
	EQ_INT(r.changed, 0);
	Str updated = register_state(&c);

	Db *other;                                   /* whoever begins with the edited file gets the same */
	Ctx direct = given_register_store(&other);
	must_import(&direct, edited);
	Str fresh = register_state(&direct);
	if (!str_eq(updated, fresh))
		for (Str x = updated, y = fresh; x.len || y.len;)
			EQ_STR(str_cut(&x, '\n'), str_cut(&y, '\n'));
}

TEST("register import: fifty edits are shown as exactly those fifty, field by field") {
	check_edits(50);
}

TEST("register import: after five hundred edits the store is as if the edited file had been the first") {
	check_edits(500);
}

TEST("register import: a change holds from the day of the import, the days before stay") {
	Db               *db;
	Ctx               c = given_register_store(&db);
	RegisterGenerated g;
	must_import(&c, given_register_file(plain, NULL));
	Str edited = given_register_file((RegisterGenerateOptions){.seed = plain.seed, .edits = 40}, &g);
	must_import(&c, edited);
	for (size_t i = 0; i < g.edit_count; i++) {
		if (!str_eq(g.edits[i].field, S("service.target_note")))
			continue;
		void *yesterday;
		MUST(entity_find(&c, &service_entity, (AsOf){.valid = date_add(c.today, -1)}, "identifier", g.edits[i].identifier, &yesterday));
		EQ_STR(((Service *)yesterday)->target_note, g.edits[i].old);
		EQ_STR(service_of(&c, g.edits[i].identifier)->target_note, g.edits[i].new);
		return;
	}
	test_fail(__FILE__, __LINE__, "no edit to look at");
}

/* ---- accepting ---- */

TEST("register import: only the rows that were ticked are applied, the others come back") {
	Db *db;
	Ctx c = given_register_store(&db);
	must_import(&c, given_register_file(plain, NULL));
	Str            edited = given_register_file((RegisterGenerateOptions){.seed = plain.seed, .edits = 40}, NULL);
	RegisterImport r = must_preview(&c, edited);
	RegisterRows   rows;
	MUST(register_rows(&c, r.id, S(""), 0, 100, &rows));
	EXPECT(rows.len > 10);
	i64 picked[] = {rows.at[1].position, rows.at[4].position, rows.at[7].position};
	MUST(register_accept(&c, r.id, rows.at[0].position, rows.at[rows.len - 1].position, picked, LEN(picked)));
	RegisterInput in = {.fd = given_fd(edited), .name = S("rpss.json")};
	MUST(register_apply(&c, &in, r.id, false, &r));
	EQ_INT(r.used, 3);
	RegisterImport again = must_preview(&c, edited);
	EQ_INT(again.changed, r.changed - 3);
	EXPECT(again.fields < 40);
}

TEST("register import: services that left the register are listed and end only when that is accepted") {
	Db *db;
	Ctx c = given_register_store(&db);
	must_import(&c, given_register_file(plain, NULL));
	i64            active = count_of(&c, "SELECT COUNT(*) FROM service WHERE provided_to IS NULL");
	Str            smaller = given_register_file((RegisterGenerateOptions){.seed = plain.seed, .drop_percent = 6}, NULL);
	RegisterImport r = must_preview(&c, smaller);
	EXPECT(r.missing > 5);
	EQ_INT(r.added + r.changed + r.ended, 0);
	MUST(register_import_drop(&c, r.id));
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM service WHERE provided_to IS NULL"), active);
	r = must_import(&c, smaller);
	EQ_INT(r.used, r.missing);
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM service WHERE provided_to = '2026-11-21' AND recorded_to IS NULL"), r.missing);
	i64 ended = r.missing;
	r = must_preview(&c, smaller);
	EQ_INT(r.missing + r.changed, 0);
	r = must_import(&c, given_register_file(plain, NULL));         /* they are back */
	EQ_INT(r.changed, ended);
	EQ_INT(must_preview(&c, given_register_file(plain, NULL)).changed, 0);
}

/* ---- refusals ---- */

static Str writes_of(Ctx *c) {
	return str_format(t_arena, "%lld %lld %lld", (long long)count_of(c, "SELECT COUNT(*) FROM register_import"), (long long)count_of(c, "SELECT COUNT(*) FROM service"),
	                  (long long)count_of(c, "SELECT seq FROM trail_head"));
}

TEST("register import: a truncated, broken or strange file is refused with its place, and nothing is written") {
	static const struct { RegisterBreak how; const char *says; } breaks[] = {
		{BREAK_SYNTAX, "záznam 200, řádek 200"}, {BREAK_UTF8, "záznam 200"}, {BREAK_DUPLICATE_KEY, "záznam 200"}, {BREAK_NO_ID, "portalId"},
		{BREAK_KIND, "druhSocialniSluzby"}, {BREAK_DATE, "2020-02-30"},
	};
	Db *db;
	Ctx c = given_register_store(&db);
	must_import(&c, given_register_file(plain, NULL));
	Str before = writes_of(&c);
	for (size_t i = 0; i < LEN(breaks); i++) {
		Str broken = given_register_file((RegisterGenerateOptions){.seed = plain.seed, .broken_record = 200, .broken_how = breaks[i].how}, NULL);
		must_refuse(&c, broken, (Str){0}, ERR_INVALID, breaks[i].says);
		must_refuse(&c, broken, (Str){0}, ERR_INVALID, "záznam 200, řádek 200");
	}
	Str whole = given_register_file(plain, NULL);
	must_refuse(&c, given_register_file((RegisterGenerateOptions){.seed = plain.seed, .truncate_at = 1000000}, NULL), (Str){0}, ERR_INVALID, "řádek");
	must_refuse(&c, str_first(whole, whole.len - 3), (Str){0}, ERR_INVALID, "JSON");        /* only the last bracket is missing */
	must_refuse(&c, S(""), (Str){0}, ERR_INVALID, "začátek souboru");
	must_refuse(&c, S("[]"), (Str){0}, ERR_INVALID, "polozky");
	must_refuse(&c, S("{\"services\": []}"), (Str){0}, ERR_INVALID, "polozky");
	must_refuse(&c, S("{\"polozky\": {}}"), (Str){0}, ERR_INVALID, "polozky");
	must_refuse(&c, S("{\"polozky\": [1]}"), (Str){0}, ERR_INVALID, "záznam 1");
	EQ_STR(writes_of(&c), before);
}

TEST("register import: a file of more than 256 MB is refused before it is read") {
	Db *db;
	Ctx c = given_register_store(&db);
	int fd = memfd_create("large", MFD_CLOEXEC);
	EXPECT(fd >= 0 && ftruncate(fd, (off_t)REGISTER_FILE_MAX + 1) == 0);
	RegisterImport r;
	EQ_INT(register_preview(&c, &(RegisterInput){.fd = fd, .name = S("rpss.json")}, &r), ERR_TOO_LARGE);
	close(fd);
}

TEST("register import: a file without a tenth of the services is refused unless somebody says why it is right") {
	Db *db;
	Ctx c = given_register_store(&db);
	must_import(&c, given_register_file(plain, NULL));
	Str before = writes_of(&c), small = given_register_file((RegisterGenerateOptions){.seed = plain.seed, .drop_percent = 20}, NULL);
	must_refuse(&c, small, (Str){0}, ERR_INVALID, "víc než desetina");
	EQ_STR(writes_of(&c), before);
	RegisterInput  in = {.fd = given_fd(small), .name = S("rpss.json"), .accept_smaller = S("Ministerstvo zrušilo zaniklé služby.")};
	RegisterImport r, stored;
	MUST(register_preview(&c, &in, &r));
	MUST(register_import_get(&c, r.id, &stored));
	EQ_TEXT(stored.reason, "Ministerstvo zrušilo zaniklé služby.");
	EXPECT(stored.missing > 30);
	must_import(&c, given_register_file(plain, NULL));
}

TEST("register import: when the store or the file moved since the preview, nothing is applied") {
	Db               *db;
	Ctx               c = given_register_store(&db);
	RegisterGenerated g;
	Str               first = given_register_file(plain, NULL);
	must_import(&c, first);
	Str            edited = given_register_file((RegisterGenerateOptions){.seed = plain.seed, .edits = 40}, &g);
	RegisterImport r = must_preview(&c, edited), none;
	EQ_INT(register_apply(&c, &(RegisterInput){.fd = given_fd(first), .name = S("rpss.json")}, r.id, true, &none), ERR_CONFLICT);
	Str identifier = {0};
	for (size_t i = 0; i < g.edit_count && !identifier.len; i++)
		if (str_eq(g.edits[i].field, S("service.target_note")))
			identifier = g.edits[i].identifier;
	EXPECT(identifier.len);
	Service *s = service_of(&c, identifier);
	s->target_note = S("Mezitím to někdo přepsal.");
	MUST(history_change(&c, &service_entity, s, c.today, (Date){0}));
	i64 trail = count_of(&c, "SELECT seq FROM trail_head");
	c.problems = (Problems){0};
	EQ_INT(register_apply(&c, &(RegisterInput){.fd = given_fd(edited), .name = S("rpss.json")}, r.id, true, &none), ERR_CONFLICT);
	EXPECT(str_has(first_problem(&c), S("Od náhledu se změnila data")));
	EQ_INT(count_of(&c, "SELECT seq FROM trail_head"), trail);
	r = must_import(&c, edited);
	EQ_INT(register_apply(&c, &(RegisterInput){.fd = given_fd(edited), .name = S("rpss.json")}, r.id, true, &none), ERR_CONFLICT);     /* once is enough */
}

/* What the pages queue: the file is stored, compared by one job and applied by another. */
TEST("register import: as jobs, a stored file is previewed and applied, and is not needed any more") {
	Db        *db;
	Ctx        c = given_register_store(&db);
	StoredFile file;
	Id         preview, apply;
	Job        job;
	char       folder[] = "/tmp/sitovka-register-XXXXXX";
	EXPECT(mkdtemp(folder) != NULL);
	files_set_folder(folder);
	const JobKind *lists[] = {register_jobs};
	jobs_setup(lists, &(size_t){LEN(register_jobs)}, 1);
	{
		CLEANUP(tx_end) Tx tx = {0};
		MUST(tx_begin(&c, &tx));
		MUST(files_put(&c, S("rpss.json"), given_register_file(plain, NULL), -1, &file));
		MUST(job_add(&c, "register.preview", S("Porovnání"), str_format(t_arena, "%lld\n", (long long)file.id), (Str){0}, &preview));
		MUST(tx_commit(&tx));
	}
	ctx_end(&c);
	MUST(jobs_run_all(t_arena, db, NULL));
	MUST(job_get(&c, preview, &job));
	EQ_TEXT(job.state, "done");
	EXPECT(str_starts(job.link, S("/app/sluzby/import/")));
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM service"), 0);
	MUST(job_add(&c, "register.apply", S("Import"), str_format(t_arena, "%.*s\nall", STR_ARG(job.result)), (Str){0}, &apply));
	ctx_end(&c);
	MUST(jobs_run_all(t_arena, db, NULL));
	MUST(job_get(&c, apply, &job));
	EQ_TEXT(job.state, "done");
	EXPECT(count_of(&c, "SELECT COUNT(*) FROM service") > 200);
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM register_import WHERE state = 'applied' AND file IS NULL"), 1);
	MUST(job_add(&c, "register.apply", S("Import"), str_format(t_arena, "%lld\nall", (long long)count_of(&c, "SELECT MAX(id) FROM register_import")), (Str){0}, &apply));
	ctx_end(&c);
	MUST(jobs_run_all(t_arena, db, NULL));
	MUST(job_get(&c, apply, &job));
	EQ_TEXT(job.state, "failed");                /* a second time there is nothing to apply */
}

TEST("register import: who has no right to import neither previews nor applies") {
	Db             *db;
	Ctx             c = given_register_store(&db);
	RegisterImport  r;
	Actor           citizen = {.name = S("veřejnost")};
	RegisterInput   in = {.fd = given_fd(S("{\"polozky\": []}")), .name = S("rpss.json")};
	c.actor = &citizen;
	EQ_INT(register_preview(&c, &in, &r), ERR_AUTH);
	EQ_INT(register_apply(&c, &in, 1, true, &r), ERR_AUTH);
}
