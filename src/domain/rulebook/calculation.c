/* calculation.c: trees of numbers are kept, read, and reckoned again from their own cells. */
#include "domain/rulebook/calculation.h"

#include "base/hash.h"
#include "core/jobs.h"
#include "core/rules_inside.h"
#include "core/trail.h"
#include "domain/rulebook/calculation.sql.h"

static Str digest_of(Arena *a, Str text) {
	Sha256 d = sha256(text);
	return hex(a, d.bytes, sizeof d.bytes);
}

Str calculation_link(Arena *a, Id id) {
	return str_format(a, "/app/vypocty/%lld", (long long)id);
}

/* ---- keeping ---- */

/* The same computation by the same version needs no second row: pages compute again when nothing has changed. */
static Err find_same(Ctx *c, const NewCalculation *n, Str rule, Str title, Str digest, Id *ret) {
	Rows r = db_query(c->conn, &sql_calculation_newest, P(V(str_c(n->owner_kind)), V(n->owner), V(rule)));
	*ret = 0;
	if (rows_next(&r) && str_eq(col_text(&r, 1), digest) && col_int(&r, 2) == (n->version ? n->version->head.id : 0) && str_eq(col_text(&r, 3), title))
		*ret = col_int(&r, 0);
	return rows_end(&r) == OK ? OK : fail_internal(c, "computations");
}

static Err put(Ctx *c, const NewCalculation *n, const RuleTree *t, Str title, Str tree, Str digest, Id *ret) {
	Str result = rule_value_show(c->arena, t->root->value);
	if (db_new_id(c->conn, ret) != OK)
		return fail_internal(c, "computations");
	Id  version = n->version ? n->version->head.id : 0;
	if (db_run(c->conn, &sql_calculation_add, P(V(*ret), V(str_c(n->owner_kind)), V(n->owner), V(t->root->name), V(title), V(result), V(version), V(t->set), V(t->digest),
	           V(t->day), V(tree), V(digest), V(c->now)), NULL) != OK)
		return fail_internal(c, "computations");
	return trail_add(c, (TrailEntry){.action = "create", .object = "calculation", .object_id = *ret,
		.text = str_format(c->arena, "Uložený výpočet: %.*s, %.*s. Otisk %.*s.", STR_ARG(title), STR_ARG(result), STR_ARG(digest))});
}

Err calculation_keep(Ctx *c, const NewCalculation *n, const RuleRun *run, const RuleNode *root, Id *ret) {
	CLEANUP(buf_free) Buf json = {0};
	RuleTree t = rule_tree(run, root);
	Str      title = n->title.len ? n->title : root->title.len ? root->title : root->name;
	CHECK(rule_case_kind(str_c(n->owner_kind)) && n->owner > 0 && root->kind == RULE_NODE_RULE);
	CHECK(!n->version || str_eq(n->version->digest, t.digest));
	rule_tree_write(&json, &t);
	Str tree = buf_take(&json, c->arena), digest = digest_of(c->arena, tree);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(find_same(c, n, root->name, title, digest, ret));
	if (!*ret)
		TRY(put(c, n, &t, title, tree, digest, ret));
	return tx_commit(&tx);
}

/* ---- reading ---- */

static Calculation of_row(Arena *a, Rows *r) {
	return (Calculation){.id = col_int(r, 0), .owner_kind = str_dup(a, col_text(r, 1)), .owner = col_int(r, 2), .rule = str_dup(a, col_text(r, 3)),
		.title = str_dup(a, col_text(r, 4)), .result = str_dup(a, col_text(r, 5)), .version = col_int(r, 6), .set_code = str_dup(a, col_text(r, 7)),
		.set_digest = str_dup(a, col_text(r, 8)), .day = col_date(r, 9), .tree = str_dup(a, col_text(r, 10)), .tree_sha256 = str_dup(a, col_text(r, 11)),
		.made_at = col_instant(r, 12), .pdf = print_of_row(a, r, 14, 13, 15, 16), .file_sha256 = str_dup(a, col_text(r, 17))};
}

Err calculation_stored(Ctx *c, Id id, Calculation *ret) {
	Rows r = db_query(ctx_conn(c), &sql_calculation_get, P(V(id)));
	bool found = rows_next(&r);
	*ret = found ? of_row(c->arena, &r) : (Calculation){0};
	if (rows_end(&r) != OK)
		return fail_internal(c, "computations");
	return found ? OK : fail(c, ERR_NOT_FOUND, NULL, "Takový výpočet tu není, nebo k němu nemáte přístup.");
}

Err calculation_get(Ctx *c, Id id, Calculation *ret) {
	RuleCase owner;
	TRY(calculation_stored(c, id, ret));
	return rule_case_find(c, ret->owner_kind, ret->owner, &owner);
}

Err calculations_of(Ctx *c, const char *owner_kind, Id owner, Str rule, Calculations *ret) {
	Rows r = db_query(ctx_conn(c), &sql_calculations_of_owner, P(V(str_c(owner_kind)), V(owner), V(rule)));
	*ret = (Calculations){0};
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = of_row(c->arena, &r);
	return rows_end(&r) == OK ? OK : fail_internal(c, "computations");
}

/* ---- once more ---- */

typedef struct Kept { const RuleNode **cells; size_t len, cap; } Kept;

typedef struct Gather { Arena *a; Kept kept, given; } Gather;         /* given: rules whose value people gave instead of the formula */

static void gather(void *arg, const RuleNode *n, int depth, bool again) {
	Gather *g = arg;
	(void)depth;
	if (!again && (n->kind == RULE_NODE_CELL || n->kind == RULE_NODE_LIST))
		*ARENA_PUSH(g->a, g->kept.cells, g->kept.len, g->kept.cap) = n;
	if (!again && rule_node_is_given(n))
		*ARENA_PUSH(g->a, g->given.cells, g->given.len, g->given.cap) = n;
}

/* Cells of a list stand below it under the same name; the list itself comes first. */
static bool kept_cell(void *arg, Arena *a, const RuleName *input, RuleCell *ret) {
	const Kept *k = arg;
	for (size_t i = 0; i < k->len; i++) {
		const RuleNode *n = k->cells[i];
		if (!str_eq(rule_key(a, n->name), input->key))
			continue;
		*ret = (RuleCell){.value = n->value, .source = n->source, .link = n->link, .item_count = n->count};
		ret->items = NEW_ARRAY(a, RuleValue, n->count + 1);
		for (size_t x = 0; x < n->count; x++)
			ret->items[x] = n->children[x]->value;
		return n->value.fault != RULE_FAULT_NO_CELL;
	}
	return false;
}

Err calculation_again(Ctx *c, const Calculation *k, bool *agrees, Str *why) {
	RuleTree     t;
	RuleVersion *v;
	RuleFaults   faults;
	RuleSet     *set;
	void        *row;
	*agrees = false;
	*why = (Str){0};
	if (!str_eq(digest_of(c->arena, k->tree), k->tree_sha256)) {
		*why = S("Uložený výpočet neodpovídá svému otisku. Obnovte ho ze zálohy.");
		return OK;
	}
	if (!rule_tree_read(c->arena, k->tree, &t, why))
		return OK;
	if (!k->version) {
		*why = S("Vzorec nepatří do žádné uložené sady pravidel, znovu se tedy nepočítá.");
		return OK;
	}
	TRY(store_get(c, &rule_version_entity, TODAY, k->version, &row));
	v = row;
	TRY(rule_version_open(c, v, &set, &faults));
	if (!set || !str_eq(rule_set_digest(set), t.digest)) {
		*why = S("Text pravidel neodpovídá otisku, podle kterého se počítalo. Obnovte ho ze zálohy.");
		return OK;
	}
	Gather g = {.a = c->arena};
	rule_tree_walk(t.root, gather, &g);
	RuleRun *run = rule_run(c->arena, set, t.day, kept_cell, &g.kept);
	for (size_t i = 0; i < g.given.len; i++)
		if (rule_set_find(set, g.given.cells[i]->name))
			rule_give_again(run, g.given.cells[i]);
	RuleValue now = rule_eval(run, k->rule)->value;
	*agrees = now.state == t.root->value.state && rule_value_equal(now, t.root->value);
	if (!*agrees)
		*why = str_format(c->arena, "Z uložených hodnot vychází %.*s, uloženo je %.*s.", STR_ARG(rule_value_show(c->arena, now)), STR_ARG(k->result));
	return OK;
}

/* ---- the PDF ---- */

Str calculation_file_name(Arena *a, Id id) { return str_format(a, "vypocet-%lld.pdf", (long long)id); }

Err calculation_ask_pdf(Ctx *c, const Calculation *k) {
	Id job;
	if (print_is_coming(&k->pdf))
		return OK;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(job_add(c, CALCULATION_PDF_JOB, str_format(c->arena, "PDF: výpočet %.*s", STR_ARG(k->title)), str_format(c->arena, "%lld", (long long)k->id),
	            calculation_link(c->arena, k->id), &job));
	if (db_run(c->conn, &sql_calculation_job, P(V(k->id), V(job)), NULL) != OK)
		return fail_internal(c, "computations");
	return tx_commit(&tx);
}

Err calculation_keep_pdf(Ctx *c, Id id, const StoredFile *staged) {
	Calculation k;
	StoredFile  kept;
	TRY(calculation_stored(c, id, &k));
	if (k.pdf.file)
		return OK;
	TRY(files_put_staged(c, calculation_file_name(c->arena, id), staged, &kept));
	return db_run(c->conn, &sql_calculation_file, P(V(id), V(kept.id), V(kept.sha256)), NULL) == OK ? OK : fail_internal(c, "computations");
}

/* ---- the question of doctor ---- */

static Err read_ids(Ctx *c, Id **ret, size_t *len) {
	size_t cap = 0;
	Rows   r = db_query(ctx_conn(c), &sql_calculation_ids, DB_NONE);
	*ret = NULL;
	*len = 0;
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, *ret, *len, cap) = col_int(&r, 0);
	return rows_end(&r) == OK ? OK : fail_internal(c, "computations");
}

Err check_calculations(Ctx *c, bool *fine, Str *detail) {
	Arena *lasting = c->arena;
	Id    *ids;
	size_t count;
	Strs   wrong = {0};
	TRY(read_ids(c, &ids, &count));
	for (size_t i = 0; i < count; i++) {
		CLEANUP(arena_free) Arena scratch = {0};
		Calculation k;
		bool        agrees;
		Str         why = {0};
		c->arena = &scratch;
		Err e = calculation_stored(c, ids[i], &k);
		e = e == OK ? calculation_again(c, &k, &agrees, &why) : e;
		if (e == OK && !agrees && k.version)
			strs_add(lasting, &wrong, str_format(lasting, "č. %lld (%.*s)", (long long)k.id, STR_ARG(why)));
		c->arena = lasting;
		TRY(e);
	}
	*fine = wrong.len == 0;
	*detail = *fine ? str_format(lasting, "Uložené výpočty: %zu. Všechny vycházejí ze svých hodnot znovu stejně.", count)
	                : str_format(lasting, "Nevychází: %.*s.", STR_ARG(str_join(lasting, S(", "), wrong)));
	return OK;
}
