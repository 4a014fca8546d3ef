/* register_preview.c: what a file would change. Reading and comparing happen outside of any write; the rows of the preview are written at
 * the end, in one short transaction. */
#include "core/access.h"
#include "domain/register/register_inside.h"

#include "domain/register/register_import.sql.h"

typedef struct PreviewLine {
	const char    *entity, *kind;
	Str            code, title, subtitle, places;
	Id             object;
	Date           first_day;
	RegisterDigest digest, judged;
	i64            fields, derived, kept;
	RegisterChange *changes;
	size_t         change_count;
} PreviewLine;

typedef struct Preview {
	Ctx                 *c;
	const RegisterInput *in;
	Arena               *arena;              /* until the preview is written */
	Arena                one;                /* one comparison */
	RegisterMaps         maps;
	RegisterIndex        index;
	Corrections          corrections;
	PreviewLine         *lines;
	size_t               line_count, line_cap;
	RegisterImport       sum;
	size_t               steps;
} Preview;

/* ---- what is stored ---- */

static bool same_digest(Str stored, RegisterDigest d) {
	if (str_eq(stored, S(REGISTER_PASSED_OVER)))
		return true;
	return stored.len == REGISTER_DIGEST && memcmp(stored.ptr, d.bytes, REGISTER_DIGEST) == 0;
}

static Err attach_providers(Preview *p) {
	Rows rows = db_stream(ctx_conn(p->c), &sql_register_sources, P(V(S("provider"))));
	while (rows_next(&rows)) {
		u32 at = text_table_get(&p->index.provider_of, col_text(&rows, 0));
		if (at == TEXT_NONE)
			continue;
		IndexProvider *provider = &p->index.providers[at];
		provider->known = true;
		provider->object = col_int(&rows, 1);
		provider->same = same_digest(col_bytes(&rows, 2), provider->digest);
	}
	return rows_end(&rows) == OK ? OK : fail_internal(p->c, "register_source");
}

static Err attach_services(Preview *p) {
	Rows rows = db_stream(ctx_conn(p->c), &sql_register_sources, P(V(S("service"))));
	while (rows_next(&rows)) {
		u32 at = text_table_get(&p->index.group_of, col_text(&rows, 0));
		if (at == TEXT_NONE)
			continue;
		IndexGroup *g = &p->index.groups[at];
		g->known = true;
		g->object = col_int(&rows, 1);
		g->same = same_digest(col_bytes(&rows, 2), register_group_digest(&p->index, g));
	}
	return rows_end(&rows) == OK ? OK : fail_internal(p->c, "register_source");
}

static PreviewLine *add_line(Preview *p, const char *entity, const char *kind) {
	PreviewLine *line = ARENA_PUSH(p->arena, p->lines, p->line_count, p->line_cap);
	*line = (PreviewLine){.entity = entity, .kind = kind};
	i64 *count = strcmp(kind, "added") == 0 ? &p->sum.added : strcmp(kind, "changed") == 0 ? &p->sum.changed
	             : strcmp(kind, "ended") == 0 ? &p->sum.ended : strcmp(kind, "missing") == 0 ? &p->sum.missing : &p->sum.held;
	if (!(strcmp(entity, "provider") == 0 && strcmp(kind, "added") == 0))
		++*count;                            /* new providers come with their services */
	return line;
}

/* Services that came from the register, are provided today, and are not in the file. */
static Err find_missing(Preview *p, i64 *active) {
	*active = 0;
	Rows rows = db_stream(ctx_conn(p->c), &sql_register_sources_active, P(V(p->c->today)));
	while (rows_next(&rows)) {
		++*active;
		if (text_table_get(&p->index.group_of, col_text(&rows, 0)) != TEXT_NONE)
			continue;
		PreviewLine *line = add_line(p, "service", "missing");
		line->code = str_dup(p->arena, col_text(&rows, 0));
		line->object = col_int(&rows, 1);
		line->title = str_dup(p->arena, col_text(&rows, 2));
	}
	return rows_end(&rows) == OK ? OK : fail_internal(p->c, "register_source");
}

/* What is there today is the measure, not what ended long ago. */
static i64 active_in_file(const Preview *p) {
	i64 n = 0;
	for (size_t i = 0; i < p->index.group_count; i++) {
		Date to = p->index.groups[i].provided_to;
		n += !date_is(to) || !date_before(to, p->c->today);
	}
	return n;
}

static Err refuse_smaller(Preview *p, i64 active) {
	i64 now = active_in_file(p);
	if (p->in->accept_smaller.len || now * 100 >= active * REGISTER_LEAST_PERCENT)
		return OK;
	return fail(p->c, ERR_INVALID, "soubor",
	            "Soubor má %lld poskytovaných služeb, v evidenci jich je %lld: chybí víc než desetina. Nejspíš není úplný, proto se nenačetl a nic se "
	            "nezměnilo. Je-li správný, povolte menší soubor a napište důvod.", (long long)now, (long long)active);
}

/* ---- comparing ---- */

static Err step(Preview *p) {
	if (++p->steps % 256 || !p->in->progress)
		return OK;
	return p->in->progress(p->in->progress_arg, p->index.bytes, p->index.bytes);
}

/* Comparisons live in `one`: what the line shows is copied. */
static void keep_changes(Preview *p, PreviewLine *line, const RegisterComparison *k) {
	line->changes = NEW_ARRAY(p->arena, RegisterChange, k->change_count + 1);
	line->change_count = k->change_count;
	for (size_t i = 0; i < k->change_count; i++) {
		RegisterChange *to = &line->changes[i];
		*to = k->changes[i];
		to->object_name = str_dup(p->arena, to->object_name);
		to->before = str_dup(p->arena, to->before);
		to->after = str_dup(p->arena, to->after);
	}
	line->judged = register_judged(k);
	line->fields = k->fields;
	line->derived = k->derived;
	line->kept = k->kept;
	p->sum.fields += k->fields;
	p->sum.derived += k->derived;
	p->sum.kept += k->kept;
}

static Err compare_group(Preview *p, IndexGroup *g, PreviewLine *line) {
	RegisterRecord       record;
	RegisterDigest       digest;
	RegisterComparison   k;
	const IndexProvider *provider = &p->index.providers[g->provider];
	TRY(register_fetch(p->c, &p->one, p->in, &p->maps, line->places, &record, &digest));
	Arena *kept = p->c->arena;
	p->c->arena = &p->one;
	Err err = register_compare(p->c, &p->corrections, g->object, &record, provider->object, &k);
	p->c->arena = kept;
	if (err != OK)
		return register_rescue(p->c, err);
	keep_changes(p, line, &k);
	if (k.ends) {
		line->kind = "ended";
		p->sum.ended++;
		p->sum.changed--;
	}
	return OK;
}

static Err preview_group(Preview *p, IndexGroup *g) {
	if (g->same && !g->held.len) {
		p->sum.same++;
		return OK;
	}
	const char  *kind = g->held.len ? "held" : g->known ? "changed" : "added";
	PreviewLine *line = add_line(p, "service", kind);
	line->code = g->code;
	line->title = g->name;
	line->subtitle = g->held.len ? g->held : p->index.providers[g->provider].name;
	line->object = g->object;
	line->first_day = g->provided_from;
	line->digest = register_group_digest(&p->index, g);
	line->places = register_group_places(p->arena, &p->index, g);
	if (!g->known || g->held.len)
		return OK;
	Err err = compare_group(p, g, line);
	arena_reset(&p->one);
	return err;
}

static Err preview_provider(Preview *p, IndexProvider *provider) {
	if (provider->same)
		return OK;
	PreviewLine       *line = add_line(p, "provider", provider->known ? "changed" : "added");
	const IndexRecord *main = &p->index.records[provider->main];
	line->code = provider->code;
	line->title = provider->name;
	line->object = provider->object;
	line->first_day = provider->first_day;
	line->digest = provider->digest;
	line->places = str_format(p->arena, "%llu+%u:%lld:%llu", (unsigned long long)main->offset, main->size, (long long)main->number,
	                          (unsigned long long)main->line);
	if (!provider->known)
		return OK;
	RegisterRecord     record;
	RegisterDigest     digest;
	RegisterComparison k;
	TRY(register_fetch(p->c, &p->one, p->in, &p->maps, line->places, &record, &digest));
	Arena *kept = p->c->arena;
	p->c->arena = &p->one;
	Err err = register_compare_provider(p->c, &p->corrections, provider->object, &record, &k);
	p->c->arena = kept;
	if (err == OK)
		keep_changes(p, line, &k);
	else
		register_rescue(p->c, err);
	arena_reset(&p->one);
	return err;
}

static Err compare_all(Preview *p) {
	for (size_t i = 0; i < p->index.provider_count; i++) {
		TRY(preview_provider(p, &p->index.providers[i]));
		TRY(step(p));
	}
	for (size_t i = 0; i < p->index.group_count; i++) {
		TRY(preview_group(p, &p->index.groups[i]));
		TRY(step(p));
	}
	return OK;
}

/* ---- writing it down ---- */

static DbValue bytes_of(const RegisterDigest *d) {
	return db_value_bytes(str_of((const char *)d->bytes, REGISTER_DIGEST));
}

static Err put_line(Preview *p, Id import, i64 position, const PreviewLine *line) {
	Conn *conn = p->c->conn;
	TRY(db_run(conn, &sql_register_import_row_add,
	           P(V(import), V(position), V(str_c(line->entity)), V(str_c(line->kind)), V(line->code), V(line->object), V(line->title), V(line->subtitle),
	             V(line->places), V(line->first_day), bytes_of(&line->digest), bytes_of(&line->judged), V(line->fields), V(line->derived), V(line->kept)), NULL));
	for (size_t i = 0; i < line->change_count; i++) {
		const RegisterChange *x = &line->changes[i];
		TRY(db_run(conn, &sql_register_import_change_add,
		           P(V(import), V(position), V((i64)i), V(str_c(x->entity->name)), V(x->object_id), V(x->object_name),
		             V(x->field ? str_c(x->field->name) : S("")), V(x->kind), V(x->before), V(x->after)), NULL));
	}
	return OK;
}

static Err put_all(Preview *p) {
	RegisterImport *s = &p->sum;
	TRY(db_new_id(p->c->conn, &s->id));
	TRY(db_run(p->c->conn, &sql_register_import_add,
	           P(V(s->id), V(p->c->now), V(s->file_name), s->file ? V(s->file) : db_value_null(), V(s->size), V(s->reason), V(s->account),
	             V(s->account_name), V(s->records), V(s->services), V(s->providers), V(s->facilities), V(s->added), V(s->changed), V(s->ended),
	             V(s->missing), V(s->held), V(s->same), V(s->fields), V(s->derived), V(s->kept), V(s->faults)), NULL));
	for (size_t i = 0; i < p->line_count; i++)
		TRY(put_line(p, s->id, (i64)i + 1, &p->lines[i]));
	return OK;
}

static Err write_down(Preview *p) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(p->c, &tx));
	db_write_ahead(p->c->conn);
	TRY(register_imports_clear(p->c));
	Err err = put_all(p);
	if (err != OK)
		return p->c->problems.len ? err : fail_internal(p->c, "register_import");
	return tx_commit(&tx);
}

static Err make(Preview *p, RegisterImport *ret) {
	Ctx *c = p->c;
	TRY(register_maps(c, p->arena, &p->maps));
	TRY(register_index(c, p->arena, p->in, &p->maps, NULL, NULL, &p->index));
	TRY(attach_providers(p));
	TRY(attach_services(p));
	i64 active;
	TRY(find_missing(p, &active));
	TRY(refuse_smaller(p, active));
	TRY(register_corrections(c, p->arena, &p->corrections));
	TRY(compare_all(p));
	RegisterImport *s = &p->sum;
	s->state = S("previewed");
	s->made_at = c->now;
	s->file = p->in->file;
	s->file_name = utf8_first(p->in->name, 200);
	s->reason = p->in->accept_smaller;
	s->account = c->actor->account;
	s->account_name = c->actor->name;
	s->size = p->index.bytes;
	s->records = (i64)p->index.record_count;
	s->services = (i64)p->index.group_count;
	s->providers = (i64)p->index.provider_count;
	s->facilities = p->index.facilities;
	s->faults = p->index.faults;
	TRY(write_down(p));
	*ret = *s;
	return OK;
}

Err register_preview(Ctx *c, const RegisterInput *in, RegisterImport *ret) {
	TRY(require(c, CAP_REGISTER_IMPORT));
	CLEANUP(arena_free) Arena whole = {.on_full = c->arena->on_full};
	Preview p = {.c = c, .in = in, .arena = &whole, .one = {.on_full = c->arena->on_full}};
	Err err = make(&p, ret);
	arena_free(&p.one);
	return err;
}
