#include "tests/domain/register_given.h"

#include <sys/mman.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/data_file.h"
#include "core/codelist.h"
#include "domain/territory/territory.h"

Ctx given_ctx(Db *db) {
	return ctx_make(t_arena, db, &actor_program, prague_instant(D(2026, 11, 22), 12 * 3600));
}

static RegisterTerritory territory_files(void) {
	RegisterTerritory t;
	Str               why = {0};
	MUST(register_territory_read(t_arena, data_file(t_arena, "territory/obce_cr.csv"), data_file(t_arena, "territory/casti_obci_psc_lbk.csv"), &t, &why));
	return t;
}

static void add_towns(Ctx *c) {
	RegisterTerritory t = territory_files();
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(c, &tx));
	for (size_t i = 0; i < t.count; i++) {
		if (t.municipalities[i].region != 78)
			continue;
		Territory *town = entity_new(t_arena, &territory_entity);
		town->level = S(LEVEL_MUNICIPALITY);
		town->name = t.municipalities[i].name;
		town->code = town->slug = str_format(t_arena, "%u", t.municipalities[i].code);
		MUST(entity_insert(c, &territory_entity, town));
	}
	MUST(tx_commit(&tx));
}

Ctx given_register_store(Db **db) {
	*db = test_store();
	Ctx c = given_ctx(*db);
	MUST(codelist_seed(&c, "code_lists/register.csv"));
	MUST(codelist_seed(&c, "code_lists/territory.csv"));
	add_towns(&c);
	return c;
}

static void free_buf(void *b) {
	buf_free(b);
}

Str given_register_file(RegisterGenerateOptions o, RegisterGenerated *g) {
	Buf *out = NEW(t_arena, Buf, .len = 0);
	arena_defer(t_arena, free_buf, out);
	o.as_of = D(2026, 11, 22);
	RegisterGenerated made = register_generate(t_arena, o, territory_files(), out);
	if (g)
		*g = made;
	return buf_view(out);
}

static void close_fd(void *fd) {
	close((int)(intptr_t)fd);
}

int given_fd(Str text) {
	int fd = memfd_create("register", MFD_CLOEXEC);
	CHECK(fd >= 0);
	for (size_t done = 0; done < text.len;) {
		ssize_t n = write(fd, text.ptr + done, text.len - done);
		CHECK(n > 0);
		done += (size_t)n;
	}
	arena_defer(t_arena, close_fd, (void *)(intptr_t)fd);
	return fd;
}

static void fail_with(const Ctx *c, const char *what) {
	test_fail(__FILE__, __LINE__, "%s: %.*s", what, STR_ARG(first_problem(c)));
}

RegisterImport must_preview(Ctx *c, Str text) {
	RegisterImport r = {0};
	RegisterInput  in = {.fd = given_fd(text), .name = S("rpss.json")};
	if (register_preview(c, &in, &r) != OK)
		fail_with(c, "preview");
	return r;
}

RegisterImport must_import(Ctx *c, Str text) {
	RegisterImport r = must_preview(c, text);
	RegisterInput  in = {.fd = given_fd(text), .name = S("rpss.json")};
	if (register_apply(c, &in, r.id, true, &r) != OK)
		fail_with(c, "apply");
	return r;
}

void must_refuse(Ctx *c, Str text, Str accept_smaller, Err err, const char *part) {
	RegisterImport r;
	RegisterInput  in = {.fd = given_fd(text), .name = S("rpss.json"), .accept_smaller = accept_smaller};
	c->problems = (Problems){0};
	EQ_INT(register_preview(c, &in, &r), err);
	if (!str_has(first_problem(c), str_c(part)))
		test_fail(__FILE__, __LINE__, "\"%s\" is not in: %.*s", part, STR_ARG(first_problem(c)));
	c->problems = (Problems){0};
}

i64 count_of(Ctx *c, const char *text) {
	static Arena forever;                        /* connections keep statements by their place */
	static Sql  *known[64];
	size_t       i = 0;
	while (i < LEN(known) && known[i] && strcmp(known[i]->text, text) != 0)
		i++;
	CHECK(i < LEN(known));
	if (!known[i])
		known[i] = NEW(&forever, Sql, .name = "register_test", .text = str_z(&forever, str_c(text)));
	i64 n;
	MUST(db_get_int(ctx_conn(c), known[i], DB_NONE, 0, &n));
	return n;
}

/* ---- the state as text ---- */

typedef struct Lines { Str *at; size_t len, cap; } Lines;

static void add_fields(Buf *b, Ctx *c, const Entity *e, const void *row) {
	buf_str(b, str_c(e->name));
	for (size_t i = 0; i < e->field_count; i++) {
		const Field *f = &e->fields[i];
		if (f->type == TYPE_REF && f->target != &territory_entity)
			continue;
		buf_lit(b, " | ");
		buf_str(b, field_machine(c->arena, f, row));
	}
}

static void add_list(Ctx *c, Lines *to, Str owner, const Entity *e, void *const *rows, size_t n) {
	for (size_t i = 0; i < n; i++) {
		Buf b = {0};
		buf_str(&b, owner);
		buf_lit(&b, " ");
		add_fields(&b, c, e, rows[i]);
		*ARENA_PUSH(t_arena, to->at, to->len, to->cap) = buf_take(&b, t_arena);
		buf_free(&b);
	}
}

static int by_text(const void *x, const void *y) {
	return str_cmp(*(const Str *)x, *(const Str *)y);
}

static Err list_all(Ctx *c, const Entity *e, const char *field, Id owner, EntityList *ret) {
	ListFilter of = {.field = field ? entity_field(e, str_c(field)) : NULL, .value = str_format(t_arena, "%lld", (long long)owner)};
	return entity_list(c, e, &(ListQuery){.filters = &of, .filter_count = field ? 1 : 0, .limit = -1}, ret);
}

static void add_service(Ctx *c, Lines *to, Service *s) {
	EntityList list, capacities;
	void      *provider, *self = s;
	MUST(entity_get(c, &provider_entity, TODAY, s->provider, &provider));
	Str owner = str_format(t_arena, "%.*s %.*s", STR_ARG(s->identifier), STR_ARG(((Provider *)provider)->ico));
	add_list(c, to, owner, &service_entity, &self, 1);
	MUST(list_all(c, &form_row_entity, "service", s->head.id, &list));
	add_list(c, to, owner, &form_row_entity, list.at, list.len);
	for (size_t i = 0; i < list.len; i++) {
		FormRow *f = list.at[i];
		MUST(list_all(c, &capacity_entity, "form_row", f->head.id, &capacities));
		add_list(c, to, str_format(t_arena, "%.*s %.*s", STR_ARG(owner), STR_ARG(f->form)), &capacity_entity, capacities.at, capacities.len);
	}
	MUST(list_all(c, &facility_entity, "service", s->head.id, &list));
	add_list(c, to, owner, &facility_entity, list.at, list.len);
	MUST(list_all(c, &contact_entity, "service", s->head.id, &list));
	add_list(c, to, owner, &contact_entity, list.at, list.len);
}

Str register_state(Ctx *c) {
	Lines      lines = {0};
	EntityList list;
	MUST(list_all(c, &provider_entity, NULL, 0, &list));
	add_list(c, &lines, S(""), &provider_entity, list.at, list.len);
	MUST(list_all(c, &service_entity, NULL, 0, &list));
	for (size_t i = 0; i < list.len; i++)
		add_service(c, &lines, list.at[i]);
	qsort(lines.at, lines.len, sizeof *lines.at, by_text);
	return str_join(t_arena, S("\n"), (Strs){lines.at, lines.len, lines.len});
}
