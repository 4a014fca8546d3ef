/* register_apply.c: what was accepted is written, in one transaction: all of it or nothing. The file is walked once more; a record is
 * written while it is at hand. */
#include "core/access.h"
#include "core/codelist.h"
#include "core/history.h"
#include "core/trail.h"
#include "domain/register/register_inside.h"

#include "domain/register/register_import.sql.h"

typedef struct ApplyRow {
	i64  position;
	bool is_provider, accepted, done, fresh;  /* fresh: a provider that was made just now */
	char kind;                               /* first letter */
	Id   object;
	Str  code, places;
	Date first_day;
	RegisterDigest digest, judged;
} ApplyRow;

typedef struct Apply {
	Ctx                 *c;
	const RegisterInput *in;
	Arena               *arena;              /* until the end */
	Arena                one;                /* one row */
	Id                   import;
	RegisterMaps         maps;
	RegisterIndex        index;
	Corrections          corrections;
	RepairSync           repairs;
	ApplyRow            *rows;
	size_t               row_count, row_cap;
	TextTable            service_row, provider_row;
	i64                  used;
} Apply;

static Err write_source(Apply *p, const char *kind, Str code, i64 portal_id, Id object, Str digest) {
	return db_run(p->c->conn, &sql_register_source_put,
	              P(V(str_c(kind)), V(code), V(portal_id), V(object), db_value_bytes(digest), V(p->import)), NULL);
}

static Str digest_bytes(const RegisterDigest *d) {
	return str_of((const char *)d->bytes, REGISTER_DIGEST);
}

/* ---- rows of the preview ---- */

static RegisterDigest read_digest(Rows *rows, int column) {
	RegisterDigest d = {0};
	Str            s = col_bytes(rows, column);
	if (s.len == REGISTER_DIGEST)
		memcpy(d.bytes, s.ptr, s.len);
	return d;
}

static Err load_rows(Apply *p, bool all) {
	Rows rows = db_stream(p->c->conn, &sql_register_import_row_all, P(V(p->import)));
	while (rows_next(&rows)) {
		ApplyRow *r = ARENA_PUSH(p->arena, p->rows, p->row_count, p->row_cap);
		Str       kind = col_text(&rows, 2);
		*r = (ApplyRow){
			.position = col_int(&rows, 0), .is_provider = str_eq(col_text(&rows, 1), S("provider")), .kind = kind.len ? kind.ptr[0] : 0,
			.code = str_dup(p->arena, col_text(&rows, 3)), .object = col_int(&rows, 4), .places = str_dup(p->arena, col_text(&rows, 5)),
			.first_day = col_date(&rows, 6), .digest = read_digest(&rows, 7), .judged = read_digest(&rows, 8),
			.accepted = (all || col_bool(&rows, 9)) && kind.len && kind.ptr[0] != 'h',
		};
		text_table_put(p->arena, r->is_provider ? &p->provider_row : &p->service_row, r->code, (u32)(p->row_count - 1));
	}
	return rows_end(&rows);
}

static ApplyRow *row_of(const Apply *p, const TextTable *t, Str code) {
	u32 at = text_table_get(t, code);
	return at == TEXT_NONE ? NULL : &p->rows[at];
}

/* ---- writing ---- */

static Date day_or_today(const Apply *p, Date d) {
	return date_is(d) && date_before(d, p->c->today) ? d : p->c->today;
}

static Err changed_meanwhile(Apply *p, const ApplyRow *r) {
	return fail(p->c, ERR_CONFLICT, NULL, "Od náhledu se změnila data (%.*s). Nic se nepoužilo; načtěte soubor znovu, náhled se udělá nad dnešním stavem.",
	            STR_ARG(r->code));
}

static Err run_write(Apply *p, const RegisterComparison *k, size_t i) {
	const RegisterWrite *w = &k->writes[i];
	Ctx                 *c = p->c;
	switch (w->kind) {
	case WRITE_CREATE:
		if (w->parent)
			((Capacity *)w->row)->form_row = ((EntityHead *)k->writes[w->parent - 1].row)->id;
		return history_create_judged(c, w->entity, w->row, day_or_today(p, w->from), (Date){0});
	case WRITE_CHANGE:
		return history_change_judged(c, w->entity, w->row, c->today, (Date){0});
	case WRITE_END: {
		const EntityHead *h = w->row;
		return history_end(c, w->entity, h->id, h->version, c->today, (Date){0});
	}
	case WRITE_OVERRIDE_SAYS:
		return db_run(c->conn, &sql_register_override_register, P(V(w->override), V(w->says)), NULL);
	case WRITE_OVERRIDE_ENDS:
		return db_run(c->conn, &sql_register_override_end, P(V(w->override), V(c->now)), NULL);
	}
	return OK;
}

static Err run_writes(Apply *p, const RegisterComparison *k) {
	for (size_t i = 0; i < k->write_count; i++)
		TRY(run_write(p, k, i));
	return OK;
}

/* ---- providers ---- */

static Err fetch_row(Apply *p, const ApplyRow *r, RegisterRecord *ret) {
	RegisterDigest digest;
	return register_fetch(p->c, p->c->arena, p->in, &p->maps, r->places, ret, &digest);
}

static bool same_bytes(const RegisterDigest *x, const RegisterDigest *y) {
	return memcmp(x->bytes, y->bytes, REGISTER_DIGEST) == 0;
}

static Err file_moved(Apply *p) {
	return fail(p->c, ERR_CONFLICT, "soubor", "Soubor není ten, ze kterého vznikl náhled. Načtěte ho znovu.");
}

/* What counts is the provider's main record, which may be another one than that at hand. */
static Err create_provider(Apply *p, ApplyRow *row, const RegisterRecord *at_hand) {
	RegisterRecord        main;
	const RegisterRecord *r = at_hand;
	RegisterDigest        digest = register_provider_digest(at_hand);
	if (!same_bytes(&digest, &row->digest)) {
		TRY(fetch_row(p, row, &main));
		r = &main;
		digest = register_provider_digest(r);
		if (!same_bytes(&digest, &row->digest))
			return file_moved(p);
	}
	Provider provider = r->provider;
	TRY(history_create_judged(p->c, &provider_entity, &provider, day_or_today(p, row->first_day), (Date){0}));
	row->object = provider.head.id;
	row->done = row->fresh = true;
	return write_source(p, "provider", row->code, r->portal_id, row->object, digest_bytes(&row->digest));
}

/* A provider whose older service was found now begins earlier. */
static Err begin_earlier(Apply *p, Id id, Date from) {
	EntityList spans;
	TRY(store_spans(p->c, &provider_entity, id, (Instant){0}, &spans));
	if (spans.len == 0)
		return OK;
	Provider *first = spans.at[0];
	if (!date_after(first->head.valid_from, from))
		return OK;
	return history_change_judged(p->c, &provider_entity, entity_copy(p->c->arena, &provider_entity, first), from, date_add(first->head.valid_from, -1));
}

/* The id as the preview knew it: 0 for a provider that this import makes. */
static Err known_provider(Apply *p, Str code, Id *ret) {
	const ApplyRow *row = row_of(p, &p->provider_row, code);
	if (row && row->kind == 'a') {
		*ret = 0;
		return OK;
	}
	return db_get_int(p->c->conn, &sql_register_source_of, P(V(S("provider")), V(code)), 0, ret);
}

static Err provider_for(Apply *p, const RegisterRecord *r, Date from, Id *ret) {
	ApplyRow *row = row_of(p, &p->provider_row, r->provider_code);
	if (row && row->kind == 'a') {
		if (!row->fresh)
			TRY(create_provider(p, row, r));
		*ret = row->object;
		return OK;
	}
	TRY(db_get_int(p->c->conn, &sql_register_source_of, P(V(S("provider")), V(r->provider_code)), 0, ret));
	if (*ret == 0)
		return file_moved(p);
	return begin_earlier(p, *ret, from);
}

static Err apply_provider(Apply *p, ApplyRow *row) {
	RegisterRecord     r;
	RegisterComparison k;
	TRY(fetch_row(p, row, &r));
	RegisterDigest digest = register_provider_digest(&r);
	if (!same_bytes(&digest, &row->digest))
		return file_moved(p);
	TRY(register_compare_provider(p->c, &p->corrections, row->object, &r, &k));
	RegisterDigest judged = register_judged(&k);
	if (!same_bytes(&judged, &row->judged))
		return changed_meanwhile(p, row);
	TRY(run_writes(p, &k));
	p->used++;
	row->done = true;
	return write_source(p, "provider", row->code, r.portal_id, row->object, digest_bytes(&row->digest));
}

/* ---- services ---- */

static Err create_parts(Apply *p, RegisterRecord *r, Id service, Date from) {
	Ctx       *c = p->c;
	const Date open = {0};
	for (size_t i = 0; i < r->form_count; i++) {
		RegisterForm *f = &r->forms[i];
		f->row.service = service;
		TRY(history_create_judged(c, &form_row_entity, &f->row, from, open));
		for (size_t n = 0; n < f->count; n++) {
			f->capacities[n].form_row = f->row.head.id;
			TRY(history_create_judged(c, &capacity_entity, &f->capacities[n], from, open));
		}
	}
	for (size_t i = 0; i < r->facility_count; i++) {
		Facility *f = &r->facilities[i];
		f->service = service;
		Date own = date_is(f->provided_from) && date_after(f->provided_from, from) ? f->provided_from : from;
		TRY(history_create_judged(c, &facility_entity, f, day_or_today(p, own), open));
	}
	for (size_t i = 0; i < r->contact_count; i++) {
		r->contacts[i].service = service;
		TRY(history_create_judged(c, &contact_entity, &r->contacts[i], from, open));
	}
	return OK;
}

static Err create_service(Apply *p, ApplyRow *row, RegisterRecord *r) {
	Id known;
	TRY(db_get_int(p->c->conn, &sql_register_source_of, P(V(S("service")), V(row->code)), 0, &known));
	if (known)
		return changed_meanwhile(p, row);
	Date from = day_or_today(p, r->service.provided_from);
	TRY(provider_for(p, r, from, &r->service.provider));
	TRY(history_create_judged(p->c, &service_entity, &r->service, from, (Date){0}));
	row->object = r->service.head.id;
	return create_parts(p, r, row->object, from);
}

/* The owner that was not stored when the service was compared. */
static Err move_to_provider(Apply *p, RegisterComparison *k, Id service, Id provider) {
	for (size_t i = 0; i < k->write_count; i++)
		if (k->writes[i].kind == WRITE_CHANGE && k->writes[i].entity == &service_entity) {
			((Service *)k->writes[i].row)->provider = provider;
			return OK;
		}
	void *row;
	TRY(entity_get(p->c, &service_entity, TODAY, service, &row));
	((Service *)row)->provider = provider;
	return history_change_judged(p->c, &service_entity, row, p->c->today, (Date){0});
}

static Err change_service(Apply *p, ApplyRow *row, const RegisterRecord *r) {
	RegisterComparison k;
	Id                 provider, owner;
	TRY(known_provider(p, r->provider_code, &provider));
	TRY(register_compare(p->c, &p->corrections, row->object, r, provider, &k));
	RegisterDigest judged = register_judged(&k);
	if (!same_bytes(&judged, &row->judged))
		return changed_meanwhile(p, row);
	TRY(provider_for(p, r, day_or_today(p, r->service.provided_from), &owner));
	if (!provider)
		TRY(move_to_provider(p, &k, row->object, owner));
	return run_writes(p, &k);
}

static Err apply_service(Apply *p, ApplyRow *row, RegisterRecord *r) {
	RegisterDigest digest = register_digest(r);
	RegisterRecord whole;
	if (str_find_char(row->places, ';') >= 0) {
		TRY(register_fetch(p->c, p->c->arena, p->in, &p->maps, row->places, &whole, &digest));
		r = &whole;
	}
	if (!same_bytes(&digest, &row->digest))
		return file_moved(p);
	TRY(row->kind == 'a' ? create_service(p, row, r) : change_service(p, row, r));
	row->done = true;
	p->used++;
	return write_source(p, "service", row->code, r->portal_id, row->object, digest_bytes(&row->digest));
}

/* Not in the register any more: its last day was yesterday. */
static Err end_missing(Apply *p, ApplyRow *row) {
	void *stored;
	TRY(entity_get(p->c, &service_entity, TODAY, row->object, &stored));
	Service *s = stored;
	Date     last = date_add(p->c->today, -1);
	if (date_is(s->provided_from) && date_before(last, s->provided_from))
		last = s->provided_from;
	if (!date_is(s->provided_to) || date_before(last, s->provided_to)) {
		s->provided_to = last;
		TRY(history_change_judged(p->c, &service_entity, s, p->c->today, (Date){0}));
	}
	p->used++;
	row->done = true;
	return write_source(p, "service", row->code, s->portal_id, row->object, S(""));
}

/* ---- the walk ---- */

/* A record whose identifier belongs to another registration has a name of its own (register_index.c). */
static ApplyRow *row_of_record(const Apply *p, const RegisterRecord *r, Str *code) {
	Str       start = str_format(p->c->arena, "%llu+", (unsigned long long)r->offset), behind = str_format(p->c->arena, ";%llu+", (unsigned long long)r->offset);
	Str       own = str_format(p->c->arena, "%.*s/%lld", STR_ARG(r->code), (long long)r->portal_id);
	Str       names[] = {r->code, own};
	for (size_t i = 0; i < LEN(names); i++) {
		ApplyRow *row = row_of(p, &p->service_row, names[i]);
		*code = names[i];
		if (row && (str_starts(row->places, start) || str_has(row->places, behind)))
			return row;
	}
	*code = r->code;
	return NULL;
}

static Err each_record(void *arg, const RegisterRecord *record) {
	Apply *p = arg;
	Arena *kept = p->c->arena;
	Str    code;
	p->c->arena = &p->one;
	ApplyRow *row = row_of_record(p, record, &code);
	register_repairs_note(&p->repairs, record, code);
	Err err = OK;
	if (row && row->accepted && !row->done) {
		RegisterRecord r = *record;
		err = apply_service(p, row, &r);
	}
	p->c->arena = kept;
	if (err != OK)
		register_rescue(p->c, err);
	arena_reset(&p->one);
	return err;
}

static Err apply_rest(Apply *p) {
	for (size_t i = 0; i < p->row_count; i++) {
		ApplyRow *row = &p->rows[i];
		if (!row->accepted || row->done || (row->is_provider && row->kind == 'a'))
			continue;                        /* a provider that no accepted service needed */
		Arena *kept = p->c->arena;
		p->c->arena = &p->one;
		Err err = row->is_provider ? apply_provider(p, row) : row->kind == 'm' ? end_missing(p, row) : file_moved(p);
		p->c->arena = kept;
		if (err != OK)
			register_rescue(p->c, err);
		arena_reset(&p->one);
		TRY(err);
	}
	return OK;
}

static Err note_in_trail(Apply *p, const RegisterImport *r, i64 open) {
	Arena      *a = p->c->arena;
	const char *names[] = {"added", "changed", "ended", "missing", "held", "fields", "used", "repairs"};
	const i64   counts[] = {r->added, r->changed, r->ended, r->missing, r->held, r->fields, p->used, open};
	TrailChange changes[LEN(names) + 1];
	for (size_t i = 0; i < LEN(names); i++)
		changes[i] = (TrailChange){.field = names[i], .before = S(""), .after = str_format(a, "%lld", (long long)counts[i])};
	changes[LEN(names)] = (TrailChange){.field = "file_name", .before = S(""), .after = r->file_name};
	return trail_add(p->c, (TrailEntry){.action = "import", .object = "register_import", .object_id = r->id,
	                 .text = S("Načten registr poskytovatelů sociálních služeb."), .changes = changes, .change_count = LEN(changes)});
}

static Err apply_inside(Apply *p, RegisterImport *r, bool all) {
	Ctx *c = p->c;
	i64  open;
	TRY(register_import_get(c, p->import, r));
	if (!str_eq(r->state, S("previewed")))
		return fail(c, ERR_CONFLICT, NULL, "Tento import už byl použit nebo zrušen. Načtěte soubor znovu.");
	TRY(load_rows(p, all));
	TRY(register_corrections(c, p->arena, &p->corrections));
	TRY(register_repairs_start(c, p->arena, &p->repairs));
	c->reason = r->reason;
	CodeItems all_forms;                         /* the lists are read here: they belong to the transaction, not to one row */
	TRY(codelist_items(c, "service_form", c->today, &all_forms));
	TRY(register_index(c, p->arena, p->in, &p->maps, each_record, p, &p->index));
	TRY(apply_rest(p));
	register_repairs_note_shared(&p->repairs, &p->index);
	TRY(register_repairs_finish(c, &p->repairs, p->import, &open));
	TRY(db_run(c->conn, &sql_register_import_state, P(V(p->import), V(S("applied")), V(c->now), V(p->used)), NULL));
	return note_in_trail(p, r, open);
}

static Err apply_all(Apply *p, RegisterImport *r, bool all) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(p->c, &tx));
	db_write_ahead(p->c->conn);
	Err err = apply_inside(p, r, all);
	if (err != OK)
		return p->c->problems.len ? err : fail_internal(p->c, "register_import");
	TRY(tx_commit(&tx));
	r->state = S("applied");
	r->applied_at = p->c->now;
	r->used = p->used;
	return OK;
}

Err register_apply(Ctx *c, const RegisterInput *in, Id import, bool all, RegisterImport *ret) {
	TRY(require(c, CAP_REGISTER_IMPORT));
	CLEANUP(arena_free) Arena whole = {.on_full = c->arena->on_full};
	Apply p = {.c = c, .in = in, .arena = &whole, .one = {.on_full = c->arena->on_full}, .import = import};
	Str   reason = c->reason;
	TRY(register_maps(c, &whole, &p.maps));
	Err err = apply_all(&p, ret, all);
	c->reason = reason;
	arena_free(&p.one);
	return err;
}
