/* register_import_page.c: the national register in the browser: upload, preview with ticks, what is to be repaired. Reading and applying run
 * as jobs. */
#include "domain/register/register_import_page.h"

#include <unistd.h>

#include "domain/register/register_import.h"
#include "domain/register/register_views_page.h"
#include "web/screen.h"

#include "domain/register/register_import.html.h"

enum { PAGE_ROWS = 60 };

/* ---- jobs ---- */

static Err tell_job(void *arg, i64 done, i64 total) {
	void **both = arg;
	return job_progress(both[0], both[1], done, total, "čtení souboru");
}

/* Input: the number of the stored file, then why a smaller one is right. */
static Err open_input(Ctx *c, Str file_id, StoredFile *file, int *fd) {
	Id id;
	if (!str_to_int(file_id, &id))
		return fail_internal(c, "register job input");
	TRY(files_get(c, id, file));
	return files_open(c, file, false, fd);
}

static Err run_preview(Ctx *c, Job *job) {
	StoredFile     file;
	RegisterImport made;
	int            fd;
	Str            reason = job->input, id = str_cut(&reason, '\n');
	TRY(open_input(c, id, &file, &fd));
	void         *both[] = {c, job};
	RegisterInput in = {.fd = fd, .name = file.name, .file = file.id, .accept_smaller = reason, .progress = tell_job, .progress_arg = both};
	Err           e = register_preview(c, &in, &made);
	close(fd);
	TRY(e);
	job->link = str_format(c->arena, "/app/sluzby/import/%lld", (long long)made.id);
	job->result = str_format(c->arena, "%lld", (long long)made.id);
	return OK;
}

/* Input: the number of the import, then "all" or "ticked". */
static Err run_apply(Ctx *c, Job *job) {
	StoredFile     file;
	RegisterImport import;
	Id             id;
	int            fd;
	Str            how = job->input;
	if (!str_to_int(str_cut(&how, '\n'), &id))
		return fail_internal(c, "register job input");
	TRY(register_import_get(c, id, &import));
	TRY(open_input(c, str_format(c->arena, "%lld", (long long)import.file), &file, &fd));
	void         *both[] = {c, job};
	RegisterInput in = {.fd = fd, .name = file.name, .file = file.id, .progress = tell_job, .progress_arg = both};
	Err           e = register_apply(c, &in, id, str_eq(how, S("all")), &import);
	close(fd);
	TRY(e);
	job->link = str_format(c->arena, "/app/sluzby/import/%lld", (long long)id);
	job->result = str_format(c->arena, "%lld", (long long)import.used);
	return OK;
}

const JobKind register_jobs[2] = {
	{"register.preview", "Porovnání registru", run_preview, true},
	{"register.apply", "Import registru", run_apply, false},
};

/* ---- upload ---- */

static Str state_word(Str state) {
	return str_eq(state, S("applied")) ? S("použit") : str_eq(state, S("dropped")) ? S("zrušen") : S("čeká na použití");
}

static Err show_upload(Req *r) {
	Arena           *a = r->c->arena;
	RegisterImports  imports;
	ImportUploadView v = {.csrf = csrf_token(r, S("/app/sluzby/import"))};
	TRY(register_imports(r->c, 20, &imports));
	v.imports = NEW_ARRAY(a, ImportListView, imports.len + 1);
	for (size_t i = 0; i < imports.len; i++)
		v.imports[v.import_count++] = (ImportListView){
			&imports.at[i], str_format(a, "/app/sluzby/import/%lld", (long long)imports.at[i].id), state_word(imports.at[i].state)};
	FieldView fields[] = {
		{.kind = FIELD_FILE, .name = S("soubor"), .label = S("Soubor registru"), .hint = S("JSON z otevřených dat MPSV (rpss.json), nejvýše 256 MB."),
		 .accept = S(".json"), .error = field_problem(r, "soubor")},
		{.kind = FIELD_CHECK, .name = S("mensi"), .label = S("Načíst i menší soubor"), .value = S("1"), .chosen = form_has(r, "mensi")},
		{.name = S("duvod"), .label = S("Proč je menší soubor správně"), .value = form(r, "duvod"), .optional = true, .error = field_problem(r, "duvod")},
	};
	v.file = fields[0];
	v.smaller = fields[1];
	v.reason = fields[2];
	v.errors = errors_view(r, fields, LEN(fields));
	r->is_error = v.errors != NULL;
	crumb(r, S("Služby"), S("/app/sluzby"));
	view_register_upload(page(r, S("Import registru poskytovatelů")), &v);
	return OK;
}

Err page_register_upload(Req *r) {
	return show_upload(r);
}

static Err queue_preview(Req *r, const Upload *file, Str reason, Id *job) {
	Ctx       *c = r->c;
	StoredFile staged, stored;
	TRY(files_stage(c, file->bytes, file->fd, &staged));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(files_put_staged(c, file->file_name, &staged, &stored));
	TRY(job_add(c, "register.preview", str_format(c->arena, "Porovnání registru, %.*s", STR_ARG(utf8_first(file->file_name, 80))),
	            str_format(c->arena, "%lld\n%.*s", (long long)stored.id, STR_ARG(reason)), (Str){0}, job));
	return tx_commit(&tx);
}

Err post_register_upload(Req *r) {
	const Upload *file = form_file(r, "soubor");
	Str           reason = form_has(r, "mensi") ? utf8_first(form(r, "duvod"), 500) : (Str){0};
	if (!file || file->size == 0)
		fail(r->c, ERR_INVALID, "soubor", "Vyberte soubor registru, který chcete načíst.");
	if (form_has(r, "mensi") && !reason.len)
		fail(r->c, ERR_INVALID, "duvod", "Napište, proč je menší soubor správně. Důvod zůstane ve stopě změn.");
	if (r->c->problems.len) {
		set_status(r, 422);
		return show_upload(r);
	}
	Id job;
	TRY(queue_preview(r, file, reason, &job));
	return redirect(r, "/app/ulohy/%lld", (long long)job);
}

/* ---- preview ---- */

static const struct { const char *kind; Str param; const char *label; RowState state; } kinds[] = {
	{"", {0}, "Vše", ROW_SAME},
	{"added", {"nove", 4}, "Nové", ROW_NEW},
	{"changed", {"zmenene", 7}, "Změněné", ROW_CHANGED},
	{"ended", {"ukoncene", 8}, "Ukončené", ROW_ENDED},
	{"missing", {"zmizele", 7}, "Zmizely z registru", ROW_ENDED},
	{"held", {"odlozene", 8}, "Odložené", ROW_WRONG},
};

static i64 count_of(const RegisterImport *import, size_t kind) {
	const i64 counts[LEN(kinds)] = {import->added + import->changed + import->ended + import->missing + import->held,
	                                import->added, import->changed, import->ended, import->missing, import->held};
	return counts[kind];
}

static size_t kind_of_param(Str param) {
	for (size_t i = 1; i < LEN(kinds); i++)
		if (str_eq(kinds[i].param, param))
			return i;
	return 0;
}

static Str number(Arena *a, i64 n) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_int(&b, n);
	return buf_take(&b, a);
}

static void add_counts(Arena *a, const RegisterImport *import, KpiViews *to) {
	for (size_t i = 1; i < LEN(kinds); i++)
		*ARENA_PUSH(a, to->at, to->len, to->cap) = (KpiView){.label = str_c(kinds[i].label), .value = number(a, count_of(import, i))};
	*ARENA_PUSH(a, to->at, to->len, to->cap) = (KpiView){.label = S("Beze změny"), .value = number(a, import->same)};
	*ARENA_PUSH(a, to->at, to->len, to->cap) = (KpiView){.label = S("Změněných údajů"), .value = number(a, import->fields)};
}

/* What a value means to people; a word that is no value of the field stays as it is. */
static Str people_value(Ctx *c, const RegisterChange *x, Str machine) {
	Id id;
	if (!x->field || !machine.len || machine.ptr[0] == '(')
		return machine;
	void  *row = entity_new(c->arena, x->entity);
	size_t said = c->problems.len;
	if (x->field->type == TYPE_REF) {
		if (!str_to_int(machine, &id))
			return machine;
		*(Id *)field_at(x->field, row) = id;
	} else if (field_read(c, x->field, machine, row) != OK) {
		c->problems.len = said;
		return machine;
	}
	return field_people(c, x->field, row);
}

static Str kind_note(Str kind) {
	return str_eq(kind, S("derived")) ? S("odvozeno") : str_eq(kind, S("kept")) ? S("ruční oprava zůstane") :
	       str_eq(kind, S("agreed")) ? S("registr uvádí totéž, ruční oprava skončí") : str_eq(kind, S("added")) ? S("přibude") :
	       str_eq(kind, S("ended")) ? S("skončí") : (Str){0};
}

static Err add_lines(Req *r, const RegisterImport *import, ImportRowView *v) {
	Ctx            *c = r->c;
	RegisterChanges changes;
	TRY(register_row_changes(c, import->id, v->row->position, &changes));
	v->lines = NEW_ARRAY(c->arena, ImportLineView, changes.len + 1);
	for (size_t i = 0; i < changes.len; i++) {
		const RegisterChange *x = &changes.at[i];
		bool is_self = x->entity == &service_entity || x->entity == &provider_entity;
		v->lines[v->count++] = (ImportLineView){
			.what = is_self || (x->field && x->entity == &contact_entity) ? (Str){0} : str_format(c->arena, "%s: %.*s", x->entity->one, STR_ARG(x->object_name)),
			.field = x->field ? str_c(x->field->label) : (Str){0}, .kind = kind_note(x->kind), .is_whole = !x->field,
			.before = people_value(c, x, x->before), .after = people_value(c, x, x->after),
		};
	}
	return OK;
}

static Err add_rows(Req *r, const RegisterImport *import, const RegisterRows *rows, ImportPreviewView *v) {
	Arena *a = r->c->arena;
	size_t n = rows->len > PAGE_ROWS ? PAGE_ROWS : rows->len;
	v->rows = NEW_ARRAY(a, ImportRowView, n + 1);
	for (size_t i = 0; i < n; i++) {
		const RegisterRow *row = &rows->at[i];
		ImportRowView     *to = &v->rows[v->row_count++];
		const Entity      *e = str_eq(row->entity, S("provider")) ? &provider_entity : &service_entity;
		*to = (ImportRowView){.row = row, .state = ROW_SAME, .id = row->code, .may_tick = !str_eq(row->kind, S("held"))};
		for (size_t k = 1; k < LEN(kinds); k++)
			if (str_eq(row->kind, str_c(kinds[k].kind)))
				to->state = kinds[k].state;
		if (row->object_id)
			to->href = str_format(a, "%s/%lld", e->path, (long long)row->object_id);
		if (row->number)
			to->place = str_format(a, "záznam %lld, řádek %lld", (long long)row->number, (long long)row->line);
		TRY(add_lines(r, import, to));
	}
	v->from = n ? rows->at[0].position : 0;
	v->to = n ? rows->at[n - 1].position : 0;
	return OK;
}

Err page_register_preview(Req *r) {
	Id             id;
	i64            after;
	RegisterImport import;
	RegisterRows   rows;
	Arena         *a = r->c->arena;
	TRY(arg_id(r, 0, &id));
	TRY(register_import_get(r->c, id, &import));
	TRY(query_int(r, "za", 0, 0, INT64_MAX - 1, &after));
	size_t            kind = kind_of_param(query(r, "druh"));
	ImportPreviewView v = {.import = &import, .kind = kinds[kind].param, .is_open = str_eq(import.state, S("previewed"))};
	TRY(register_rows(r->c, id, str_c(kinds[kind].kind), after, PAGE_ROWS, &rows));
	TRY(add_rows(r, &import, &rows, &v));
	v.has_rows = count_of(&import, 0) > 0 && (v.is_open || rows.len > 0);
	v.action = str_format(a, "/app/sluzby/import/%lld", (long long)id);
	v.csrf = csrf_token(r, v.action);
	v.use_all = str_format(a, "Použít všechny (%lld)", (long long)(count_of(&import, 0) - import.held));
	add_counts(a, &import, &v.counts);
	for (size_t i = 0; i < LEN(kinds); i++)
		if (i == 0 || count_of(&import, i))
			*ARENA_PUSH(a, v.kinds.at, v.kinds.len, v.kinds.cap) = (TabView){
				.label = str_c(kinds[i].label), .counted = true, .count = count_of(&import, i),
				.href = i ? str_format(a, "%.*s?druh=%.*s", STR_ARG(v.action), STR_ARG(kinds[i].param)) : v.action, .current = i == kind};
	if (rows.len > PAGE_ROWS)
		v.next = url_with(r, "za", str_format(a, "%lld", (long long)v.to));
	if (after)
		v.first = url_with(r, "za", (Str){0});
	crumb(r, S("Služby"), S("/app/sluzby"));
	crumb(r, S("Import registru"), S("/app/sluzby/import"));
	view_register_preview(page(r, S("Náhled importu registru")), &v);
	return OK;
}

/* The ticks of the page that was sent. */
static Err save_ticks(Req *r, Id import, i64 *to) {
	i64 from;
	if (!str_to_int(form(r, "od"), &from) || !str_to_int(form(r, "do"), to))
		return OK;                               /* nothing was listed */
	Strs typed = form_all(r, "radek");
	i64 *positions = NEW_ARRAY(r->c->arena, i64, typed.len + 1);
	for (size_t i = 0; i < typed.len; i++)
		if (!str_to_int(typed.at[i], &positions[i]))
			return fail(r->c, ERR_MALFORMED, NULL, "Výběr řádků není čitelný. Vraťte se na náhled a vyberte je znovu.");
	return register_accept(r->c, import, from, *to, positions, typed.len);
}

static Err queue_apply(Req *r, Id import, bool all, Id *job) {
	RegisterImport i;
	TRY(register_import_get(r->c, import, &i));
	return job_add(r->c, "register.apply", str_format(r->c->arena, "Import registru, %.*s", STR_ARG(utf8_first(i.file_name, 80))),
	               str_format(r->c->arena, "%lld\n%s", (long long)import, all ? "all" : "ticked"),
	               str_format(r->c->arena, "/app/sluzby/import/%lld", (long long)import), job);
}

Err post_register_preview(Req *r) {
	Id  id, job;
	i64 to = 0;
	Str what = form(r, "akce");
	TRY(arg_id(r, 0, &id));
	if (str_eq(what, S("zrusit"))) {
		TRY(register_import_drop(r->c, id));
		notice(r, "Náhled je zrušený, nic se nezměnilo.");
		return redirect(r, "/app/sluzby/import");
	}
	bool all = str_eq(what, S("vse"));
	if (!all)
		TRY(save_ticks(r, id, &to));
	if (str_eq(what, S("dal")))
		return redirect(r, "/app/sluzby/import/%lld?druh=%.*s&za=%lld", (long long)id, STR_ARG(kinds[kind_of_param(form(r, "druh"))].param), (long long)to);
	if (!all && !str_eq(what, S("pouzit")))
		return fail(r->c, ERR_MALFORMED, NULL, "Neznámé tlačítko. Vraťte se na náhled importu.");
	TRY(queue_apply(r, id, all, &job));
	return redirect(r, "/app/ulohy/%lld", (long long)job);
}

/* ---- repairs ---- */

Err page_register_repairs(Req *r) {
	i64             after;
	RegisterRepairs repairs;
	RepairCounts    counts;
	Arena          *a = r->c->arena;
	Str             kind = query(r, "druh");
	RepairsView     v = {0};
	i64             all = 0;
	TRY(query_int(r, "za", 0, 0, INT64_MAX - 1, &after));
	const RepairKind *chosen = register_repair_kind_of(kind);
	TRY(register_repair_counts(r->c, &counts));
	TRY(register_repairs(r->c, chosen ? kind : S(""), after, PAGE_ROWS + 1, &repairs));
	for (size_t i = 0; i < counts.len; i++)
		all += counts.at[i].count;
	*ARENA_PUSH(a, v.kinds.at, v.kinds.len, v.kinds.cap) =
		(TabView){.label = S("Vše"), .counted = true, .count = all, .href = S("/app/sluzby/opravy"), .current = !chosen};
	for (size_t k = 0; register_repair_kind(k); k++)
		for (size_t i = 0; i < counts.len; i++)
			if (str_eq(counts.at[i].kind, str_c(register_repair_kind(k)->kind)))
				*ARENA_PUSH(a, v.kinds.at, v.kinds.len, v.kinds.cap) = (TabView){
					.label = str_c(register_repair_kind(k)->title), .counted = true, .count = counts.at[i].count,
					.href = str_format(a, "/app/sluzby/opravy?druh=%s", register_repair_kind(k)->kind), .current = chosen == register_repair_kind(k)};
	size_t n = repairs.len > PAGE_ROWS ? PAGE_ROWS : repairs.len;
	v.rows = NEW_ARRAY(a, RepairView, n + 1);
	for (size_t i = 0; i < n; i++) {
		const RegisterRepair *x = &repairs.at[i];
		const Entity         *e = str_eq(x->entity, S("provider")) ? &provider_entity : &service_entity;
		v.rows[v.row_count++] = (RepairView){x, register_repair_kind_of(x->kind),
			x->object_id ? str_format(a, "%s/%lld", e->path, (long long)x->object_id) : (Str){0}};
	}
	if (chosen)
		v.todo = str_c(chosen->todo);
	if (repairs.len > PAGE_ROWS)
		v.next = url_with(r, "za", str_format(a, "%lld", (long long)repairs.at[PAGE_ROWS - 1].id));
	crumb(r, S("Služby"), S("/app/sluzby"));
	view_register_repairs(page(r, S("K opravě v registru")), &v);
	return OK;
}
