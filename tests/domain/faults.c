/* Whatever statement of an operation the store refuses: the operation is refused as a whole, with a sentence, and nothing was written. */
#include "tests/support/faults.h"

#include "core/exchange.h"
#include "core/files.h"
#include "core/jobs.h"
#include "core/search.h"
#include "tests/domain/entity.h"
#include "tests/domain/exchange.h"

/* ---- rows ---- */

static Id  known;                                /* what the operations are about */
static i64 round_number;

static Err make_house(Ctx *c) {
	House *h = house(c, "Nový dům");
	strs_add(c->arena, &h->groups, S("x"));
	return entity_insert(c, &house_entity, h);
}

static Err change_house(Ctx *c) {
	void *row;
	TRY(entity_get(c, &house_entity, TODAY, known, &row));
	((House *)row)->beds = round_number;
	strs_add(c->arena, &((House *)row)->groups, S("y"));
	return entity_update(c, &house_entity, row);
}

static Err find_house(Ctx *c) {
	void *row;
	return entity_find(c, &house_entity, TODAY, "name", S("Dům"), &row);
}

static Err list_houses(Ctx *c) {
	ListQuery  q = {.search = S("dum"), .want_total = true};
	EntityList list;
	return entity_list(c, &house_entity, &q, &list);
}

static Err one_more(void *arg, void *row) {
	(void)row;
	++*(i64 *)arg;
	return OK;
}

static Err each_house(Ctx *c) {
	ListQuery q = {0};
	i64       n = 0;
	return entity_each(c, &house_entity, &q, one_more, &n);
}

static Err drop_house(Ctx *c) {
	void *row;
	TRY(entity_get(c, &house_entity, TODAY, known, &row));
	return entity_delete(c, &house_entity, known, ((House *)row)->head.version);
}

TEST("faults: rows are written whole or not at all, and reading them says that it failed") {
	Ctx c = given_houses();
	known = given_house(&c, "Dům")->head.id;
	SURVIVES(make_house);
	round_number = 7;
	SURVIVES(change_house);
	SURVIVES(find_house);
	SURVIVES(list_houses);
	SURVIVES(each_house);
	SURVIVES(drop_house);
}

/* ---- history ---- */

static CodeItem *item(Ctx *c, const char *code) {
	CodeItem *i = entity_new(c->arena, &code_item_entity);
	i->list = S("house_kind");
	i->code = i->name = str_c(code);
	return i;
}

static Err create_item(Ctx *c) { return history_create(c, &code_item_entity, item(c, "novy"), D(2024, 1, 1), (Date){0}); }

static Err change_item(Ctx *c) {
	void *row;
	TRY(entity_get(c, &code_item_entity, TODAY, known, &row));
	((CodeItem *)row)->name = S("Jinak");
	return history_change(c, &code_item_entity, row, D(2025, 1, 1), D(2027, 12, 31));
}

static Err end_item(Ctx *c) {
	void *row;
	TRY(entity_get(c, &code_item_entity, TODAY, known, &row));
	return history_end(c, &code_item_entity, known, ((CodeItem *)row)->head.version, D(2026, 1, 1), (Date){0});
}

static Err compare_items(Ctx *c) {
	Diff diff;
	return history_diff(c, &code_item_entity, (AsOf){.valid = D(2020, 1, 1)}, TODAY, &diff);
}

static Err read_items(Ctx *c) {
	CodeItems items;
	return codelist_items(c, "house_kind", c->today, &items);
}

static Err seed_items(Ctx *c) { return codelist_seed(c, "code_lists/people.csv"); }

TEST("faults: history and code lists are changed whole or not at all") {
	Ctx c = given_houses();
	CodeItem *i = item(&c, "stary");
	MUST(history_create(&c, &code_item_entity, i, D(2020, 1, 1), (Date){0}));
	known = i->head.id;
	ctx_end(&c);
	SURVIVES(create_item);
	SURVIVES(change_item);
	SURVIVES(compare_items);
	SURVIVES(end_item);
	SURVIVES(read_items);
	SURVIVES(seed_items);
}

/* ---- trail, settings, search ---- */

static Err read_trail(Ctx *c) {
	TrailRecords list;
	return trail_of(c, "house", known, 0, 10, &list);
}

static Err search_trail(Ctx *c) {
	TrailRecords list;
	return trail_search(c, (TrailSearch){.who = S("prog"), .limit = 10}, &list);
}

static Err verify_trail(Ctx *c) {
	TrailVerdict v;
	return trail_verify(c, &v);
}

static Err erase_in_trail(Ctx *c) {
	i64 n;
	return trail_erase_object(c, "house", known, &n);
}

static const Setting settings[] = {{"test.days", "Dny", "", "30", SETTING_INT, 1, 60}};

static Err set_setting(Ctx *c) { return setting_set(c, S("test.days"), S("31")); }
static Err reset_setting(Ctx *c) { return setting_reset(c, S("test.days")); }
static Err read_changes(Ctx *c) {
	SettingChanges list;
	return setting_changes(c, S("test.days"), 10, &list);
}

static Err put_into_search(Ctx *c) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(search_put(c, "house", known, true, S("Dům U Lípy"), S("zahrada")));
	return tx_commit(&tx);
}

static Err search_houses(Ctx *c) {
	SearchHits hits;
	return search_find(c, "house", S("lipy"), false, 10, &hits);
}

TEST("faults: trail, settings and search say when the store fails, and keep nothing by halves") {
	static const Setting *const lists[] = {settings};
	static const size_t         counts[] = {LEN(settings)};
	Ctx c = given_houses();
	settings_setup(lists, counts, 1);
	known = given_house(&c, "Dům")->head.id;
	ctx_end(&c);
	SURVIVES(read_trail);
	SURVIVES(search_trail);
	SURVIVES(verify_trail);
	SURVIVES(set_setting);
	SURVIVES(read_changes);
	SURVIVES(reset_setting);
	SURVIVES(put_into_search);
	SURVIVES(search_houses);
	SURVIVES(erase_in_trail);
}

/* ---- jobs ---- */

static Err run_nothing(Ctx *c, Job *job) { return job_progress(c, job, 1, 1, ""); }
static const JobKind kinds[] = {{"test.nothing", "Nic", run_nothing, false}};

static Err add_job(Ctx *c) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(job_add(c, "test.nothing", S(""), S(""), S(""), &known));
	return tx_commit(&tx);
}

static Err read_job(Ctx *c) {
	Job job;
	return job_get(c, known, &job);
}

static Err list_jobs(Ctx *c) {
	JobList list;
	return job_list(c, true, 10, &list);
}

static Err cancel_job(Ctx *c) { return job_cancel(c, known); }

static Err sweep_jobs(Ctx *c) {
	i64 n;
	return jobs_sweep(c, (Instant){c->now.ms + 1000}, &n);
}

TEST("faults: jobs are queued, stopped and swept whole or not at all") {
	static const JobKind *const lists[] = {kinds};
	static const size_t         counts[] = {LEN(kinds)};
	Ctx c = given_houses();
	ctx_end(&c);
	jobs_setup(lists, counts, 1);
	SURVIVES(add_job);
	SURVIVES(read_job);
	SURVIVES(list_jobs);
	SURVIVES(cancel_job);
	SURVIVES(sweep_jobs);
}

/* ---- files in and out ---- */

static Err put_file(Ctx *c) {
	StoredFile f;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(files_put(c, S("list.csv"), S("a;b"), -1, &f));
	known = f.id;
	return tx_commit(&tx);
}

static Err get_file(Ctx *c) {
	StoredFile f;
	return files_get(c, known, &f);
}

static Err sweep_files(Ctx *c) {
	i64 n;
	return files_sweep(c, (Instant){c->now.ms + 1000}, &n);
}

static Str file_for_import;
static Id  preview;

static Err export_houses(Ctx *c) {
	CLEANUP(buf_free) Buf out = {0};
	ListQuery q = {0};
	return exchange_export(c, &house_entity, &q, FORMAT_CSV, &out);
}

static Err preview_houses(Ctx *c) {
	ImportPreview p;
	TRY(exchange_preview(c, &house_entity, S("domy.csv"), file_for_import, -1, &p));
	preview = p.id;
	return OK;
}

static Err read_preview(Ctx *c) {
	ImportPreview p;
	return exchange_preview_get(c, preview, &p);
}

static Err annotate_preview(Ctx *c) {
	CLEANUP(buf_free) Buf out = {0};
	return exchange_annotated(c, preview, &out);
}

static Err apply_preview(Ctx *c) {
	ImportPreview p;
	return exchange_apply(c, preview, c->today, &p);
}

static Err sweep_previews(Ctx *c) {
	i64 n;
	return exchange_sweep(c, (Instant){c->now.ms + 1000}, &n);
}

TEST("faults: an import is judged, applied and forgotten whole or not at all") {
	static const Entity *const        entities[] = {&house_entity};
	static const Entity *const *const lists[] = {entities};
	static const size_t               counts[] = {LEN(entities)};
	Ctx c = given_houses();
	given_files_folder();
	exchange_setup(lists, counts, 1);
	for (int i = 0; i < 3; i++)
		given_house(&c, "Dům");
	Str file = export_of(&c, &house_entity, FORMAT_CSV);
	file_for_import = str_replace(t_arena, file, S("Dům"), S("Domek"));
	ctx_end(&c);
	SURVIVES(put_file);
	SURVIVES(get_file);
	SURVIVES(export_houses);
	SURVIVES(preview_houses);
	SURVIVES(read_preview);
	SURVIVES(annotate_preview);
	SURVIVES(apply_preview);
	SURVIVES_IN_STEPS(sweep_previews);
	SURVIVES_IN_STEPS(sweep_files);
}
