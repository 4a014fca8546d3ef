/* trail.c: records go in, one after the other, in the transaction of the change; records about an object come out. */
#include "core/trail_record.h"

#include "core/access.h"

#include "core/trail.sql.h"
#include "core/trail_text.h"

/* ---- who ---- */

static Str roles(Arena *a, const Actor *actor) {
	if (actor->grant_count == 1)
		return actor->grants[0].role;
	Strs all = {0};
	for (size_t i = 0; i < actor->grant_count; i++) {
		bool known = false;
		for (size_t k = 0; k < all.len; k++)
			known |= str_eq(all.at[k], actor->grants[i].role);
		if (!known)
			strs_add(a, &all, actor->grants[i].role);
	}
	return str_join(a, S(","), all);
}

/* Text that both engines store as it is: no NUL, valid UTF-8. What cannot be stored is shown as U+FFFD. */
static Str storable(Arena *a, Str s) {
	if (utf8_valid(s))
		return s;
	char  *to = arena_alloc(a, size_mul(s.len, 3));
	size_t n = 0;
	for (size_t pos = 0; pos < s.len;) {
		u32 cp = utf8_next(s, &pos);
		n += utf8_put(to + n, cp ? cp : 0xFFFD);
	}
	return str_of(to, n);
}

static Err note_person(Ctx *c, Str month, Str name, Str address, u8 who[32]) {
	u8   salt[TRAIL_SALT];
	bool is_personal = c->actor->account || address.len;
	if (is_personal)                             /* the program and the public stay the same in every store */
		random_bytes(salt, sizeof salt);
	Str    s = str_of((const char *)salt, is_personal ? sizeof salt : 0);
	Sha256 digest = trail_person_digest(s, month, name, address);
	memcpy(who, digest.bytes, sizeof digest.bytes);
	return db_run(c->conn, &sql_trail_person_add,
	              P(db_value_bytes(str_of((const char *)who, 32)), V(c->actor->account), V(month), V(name), V(address), db_value_bytes(s)), NULL);
}

/* The digest that stands for the actor's name and address, by month, so that they can be erased when their time is over. */
static Err find_person(Ctx *c) {
	if (c->tx.who_of == c->actor)
		return OK;
	char iso[INSTANT_ISO_LEN];
	Str  month = str_first(instant_iso(c->now, iso), 7);
	Str  name = utf8_first(storable(c->arena, c->actor->name), 200), address = utf8_first(storable(c->arena, c->actor->address), 100);
	Rows rows = db_query(c->conn, &sql_trail_person_digest, P(V(c->actor->account), V(month), V(name), V(address)));
	bool found = rows_next(&rows) && col_bytes(&rows, 0).len == sizeof c->tx.who;
	if (found)
		memcpy(c->tx.who, col_bytes(&rows, 0).ptr, sizeof c->tx.who);
	TRY(rows_end(&rows));
	if (!found)
		TRY(note_person(c, month, name, address, c->tx.who));
	c->tx.who_of = c->actor;
	return OK;
}

/* ---- adding ---- */

/* Nobody else can write during this transaction: the head is read once. */
static Err find_head(Ctx *c) {
	if (c->tx.has_head)
		return OK;
	Rows rows = db_query(c->conn, &sql_trail_head, DB_NONE);
	if (rows_next(&rows)) {
		Str hash = col_bytes(&rows, 1);
		c->tx.trail_seq = col_int(&rows, 0);
		memset(c->tx.trail_hash, 0, sizeof c->tx.trail_hash);
		if (hash.len == sizeof c->tx.trail_hash)
			memcpy(c->tx.trail_hash, hash.ptr, hash.len);
		c->tx.has_head = true;
	}
	TRY(rows_end(&rows));
	return c->tx.has_head ? OK : fail_internal(c, "trail_head");
}

/* Personal values go beside the chain. */
static Err add_values(Ctx *c, i64 seq, TrailEntry e, const u8 (*salts)[TRAIL_SALT]) {
	for (size_t i = 0; i < e.change_count; i++) {
		const TrailChange *t = &e.changes[i];
		if (t->personal)
			TRY(db_run(c->conn, &sql_trail_value_add, P(V(seq), V((i64)i), V(t->before), V(t->after),
			                                              db_value_bytes(str_of((const char *)salts[i], TRAIL_SALT))), NULL));
	}
	return OK;
}

static Err append(Ctx *c, const TrailStored *r) {
	CLEANUP(buf_free) Buf scratch = {0};
	Sha256 prev;
	memcpy(prev.bytes, c->tx.trail_hash, sizeof prev.bytes);
	Sha256  hash = trail_hash(&scratch, &prev, r);
	DbValue before = db_value_bytes(str_of((const char *)prev.bytes, 32)), after = db_value_bytes(str_of((const char *)hash.bytes, 32));
	TRY(db_run(c->conn, &sql_trail_append,
	           P(V(r->seq), V(r->at), V(r->account), db_value_bytes(r->who), V(r->role), V(r->organisation), V(r->action), V(r->object),
	             V(r->object_id), V(r->text), V(r->reason), V(r->changes), V(TRAIL_FORMAT), before, after), NULL));
	c->tx.trail_seq = r->seq;
	c->tx.head_moved = true;
	memcpy(c->tx.trail_hash, hash.bytes, sizeof hash.bytes);
	return OK;
}

Err trail_write_head(Ctx *c) {
	if (!c->tx.head_moved)
		return OK;
	DbValue hash = db_value_bytes(str_of((const char *)c->tx.trail_hash, sizeof c->tx.trail_hash));
	TRY(db_run(c->conn, &sql_trail_head_set, P(V(c->tx.trail_seq), hash), NULL));
	c->tx.head_moved = false;
	return OK;
}

/* One salt for each personal change; NULL when there is none. */
static const u8 (*make_salts(Arena *a, TrailEntry e))[TRAIL_SALT] {
	bool any = false;
	for (size_t i = 0; i < e.change_count; i++)
		any |= e.changes[i].personal;
	if (!any)
		return NULL;
	u8 (*salts)[TRAIL_SALT] = arena_alloc(a, size_mul(e.change_count, TRAIL_SALT));
	random_bytes(salts, size_mul(e.change_count, TRAIL_SALT));
	return (const u8 (*)[TRAIL_SALT])salts;
}

/* What is digested must be what is stored, and what is stored must be what is read. */
static TrailEntry cleaned(Arena *a, TrailEntry e) {
	bool fine = true;
	for (size_t i = 0; i < e.change_count; i++)
		fine &= utf8_valid(e.changes[i].before) && utf8_valid(e.changes[i].after);
	if (fine)
		return e;
	TrailChange *changes = arena_copy(a, e.changes, size_mul(e.change_count, sizeof *changes));
	for (size_t i = 0; i < e.change_count; i++) {
		changes[i].before = storable(a, changes[i].before);
		changes[i].after = storable(a, changes[i].after);
	}
	e.changes = changes;
	return e;
}

static Err add_record(Ctx *c, TrailEntry e) {
	TRY(find_head(c));
	TRY(find_person(c));
	i64 seq = c->tx.trail_seq + 1;
	CLEANUP(buf_free) Buf changes = {0};
	if (e.change_count) {
		e = cleaned(c->arena, e);
		const u8 (*salts)[TRAIL_SALT] = make_salts(c->arena, e);
		trail_changes_write(c->arena, &changes, e.changes, e.change_count, salts);
		if (salts)
			TRY(add_values(c, seq, e, salts));
	}
	return append(c, &(TrailStored){
		.seq = seq,
		.at = c->now,
		.account = c->actor->account,
		.object_id = e.object_id,
		.who = str_of((const char *)c->tx.who, sizeof c->tx.who),
		.role = storable(c->arena, roles(c->arena, c->actor)),
		.organisation = storable(c->arena, c->actor->organisation_name),
		.action = str_c(e.action),
		.object = str_c(e.object),
		.text = storable(c->arena, e.text),
		.reason = storable(c->arena, c->reason),
		.changes = buf_view(&changes),
	});
}

Err trail_add(Ctx *c, TrailEntry e) {
	CHECK(c->tx_depth > 0);
	Err err = add_record(c, e);
	return err == OK ? OK : fail_store(c, err, "trail");
}

size_t trail_changes(Ctx *c, const Entity *e, const void *before, const void *after, TrailChange **ret) {
	TrailChange *changes = NEW_ARRAY(c->arena, TrailChange, e->field_count);
	size_t       n = 0;
	for (size_t i = 0; i < e->field_count; i++) {
		const Field *f = &e->fields[i];
		if (before && after ? field_equal(f, before, after) : field_is_blank(f, before ? before : after))
			continue;
		changes[n] = (TrailChange){
			.field = f->name,
			.before = before ? field_machine(c->arena, f, before) : S(""),
			.after = after ? field_machine(c->arena, f, after) : S(""),
			.personal = f->secret,
		};
		if (f->type == TYPE_LONGTEXT && before && after)
			trail_text_shorten(c->arena, &changes[n].before, &changes[n].after);
		n++;
	}
	*ret = changes;
	return n;
}

/* ---- reading ---- */

Err trail_read_values(Ctx *c, i64 seq, TrailChange *changes, size_t n) {
	bool any = false;
	for (size_t i = 0; i < n; i++)
		if (changes[i].personal) {
			any = true;
			changes[i].before = changes[i].after = S("");
		}
	if (!any)
		return OK;
	Rows rows = db_query(ctx_conn(c), &sql_trail_value_of, P(V(seq)));
	while (rows_next(&rows)) {
		i64 place = col_int(&rows, 0);
		if (place < 0 || (size_t)place >= n || !changes[place].personal)
			continue;
		changes[place].erased = false;
		changes[place].before = str_dup(c->arena, col_text(&rows, 1));
		changes[place].after = str_dup(c->arena, col_text(&rows, 2));
	}
	Err err = rows_end(&rows);
	return err == OK ? OK : fail_store(c, err, "trail");
}

static Str text_of(Ctx *c, Rows *rows, int column) {
	return str_dup(c->arena, col_text(rows, column));
}

TrailRecord trail_read_record(Ctx *c, Rows *rows, const char *object, Id object_id) {
	TrailRecord r = {
		.seq = col_int(rows, 0),
		.at = col_instant(rows, 1),
		.account = col_int(rows, 2),
		.actor = text_of(c, rows, 3),
		.role = text_of(c, rows, 4),
		.organisation = text_of(c, rows, 5),
		.address = text_of(c, rows, 6),
		.action = text_of(c, rows, 7),
		.object = str_c(object),
		.text = text_of(c, rows, 8),
		.reason = text_of(c, rows, 9),
		.object_id = object_id,
	};
	Str changes = col_text(rows, 10);
	if (changes.len && !trail_changes_read(c->arena, changes, &r.changes, &r.change_count))
		r.change_count = 0;                  /* a damaged record: trail_verify names it */
	return r;
}

Err trail_of(Ctx *c, const char *object, Id object_id, i64 before_seq, i64 limit, TrailRecords *ret) {
	*ret = (TrailRecords){0};
	Rows rows = db_query(ctx_conn(c), &sql_trail_of_object,
	                     P(V(str_c(object)), V(object_id), V(before_seq ? before_seq : INT64_MAX), V(limit)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = trail_read_record(c, &rows, object, object_id);
	Err err = rows_end(&rows);
	if (err != OK)
		return fail_store(c, err, "trail");
	for (size_t i = 0; i < ret->len; i++)
		TRY(trail_read_values(c, ret->at[i].seq, ret->at[i].changes, ret->at[i].change_count));
	return OK;
}
