/* register_index.c: one walk through the file: is it whole and in order, what does it hold, and where. */
#include <fcntl.h>
#include <unistd.h>

#include "base/hash.h"
#include "domain/register/register_inside.h"

/* ---- texts to numbers ---- */

static size_t text_slot(const TextTable *t, Str key) {
	size_t i = (size_t)fast_hash(key) & (t->cap - 1);
	while (t->keys[i].ptr && !str_eq(t->keys[i], key))
		i = (i + 1) & (t->cap - 1);
	return i;
}

u32 text_table_get(const TextTable *t, Str key) {
	if (!t->cap)
		return TEXT_NONE;
	size_t i = text_slot(t, key);
	return t->keys[i].ptr ? t->values[i] : TEXT_NONE;
}

void text_table_put(Arena *a, TextTable *t, Str key, u32 value) {
	if (t->len * 2 >= t->cap) {
		TextTable bigger = {.cap = t->cap ? t->cap * 2 : 1024, .len = t->len};
		bigger.keys = NEW_ARRAY(a, Str, bigger.cap);
		bigger.values = NEW_ARRAY(a, u32, bigger.cap);
		for (size_t i = 0; i < t->cap; i++)
			if (t->keys[i].ptr) {
				size_t k = text_slot(&bigger, t->keys[i]);
				bigger.keys[k] = t->keys[i];
				bigger.values[k] = t->values[i];
			}
		*t = bigger;
	}
	if (!key.ptr)
		key = S("");
	size_t i = text_slot(t, key);
	t->len += !t->keys[i].ptr;
	t->keys[i] = key;
	t->values[i] = value;
}

/* ---- the file ---- */

typedef struct FileSource {
	const RegisterInput *in;
	i64 done, total, told;
	Err err;
} FileSource;

static i64 read_file(void *arg, char *to, size_t size) {
	FileSource *f = arg;
	ssize_t     n = pread(f->in->fd, to, size, f->done);
	if (n < 0)
		return -1;
	f->done += n;
	if (f->in->progress && (f->done - f->told > 1 << 20 || n == 0)) {
		f->told = f->done;
		f->err = f->in->progress(f->in->progress_arg, f->done, f->total);
		if (f->err != OK)
			return -1;
	}
	return n;
}

/* ---- groups ---- */

static u32 find_provider(Arena *a, RegisterIndex *index, const RegisterRecord *r, u32 record) {
	u32 at = text_table_get(&index->provider_of, r->provider_code);
	if (at == TEXT_NONE) {
		IndexProvider *p = ARENA_PUSH(a, index->providers, index->provider_count, index->provider_cap);
		*p = (IndexProvider){.code = str_dup(a, r->provider_code), .portal_id = INT64_MAX};
		at = (u32)(index->provider_count - 1);
		text_table_put(a, &index->provider_of, p->code, at);
	}
	IndexProvider *p = &index->providers[at];
	if (r->portal_id < p->portal_id) {
		p->portal_id = r->portal_id;
		p->main = record;
		p->digest = register_provider_digest(r);
		if (!str_eq(p->name, r->provider.name))
			p->name = str_dup(a, r->provider.name);
	}
	Date from = r->service.provided_from;
	if (date_is(from) && (!date_is(p->first_day) || date_before(from, p->first_day)))
		p->first_day = from;
	return at;
}

static void describe(Arena *a, IndexGroup *g, const RegisterRecord *r, u32 record) {
	g->main = record;
	g->name = str_dup(a, r->service.name);
	g->held = str_dup(a, r->held);
	g->provided_from = r->service.provided_from;
	g->provided_to = r->service.provided_to;
}

static u32 new_group(Arena *a, RegisterIndex *index, const RegisterRecord *r, Str code, u32 provider, u32 record) {
	IndexGroup *g = ARENA_PUSH(a, index->groups, index->group_count, index->group_cap);
	*g = (IndexGroup){.code = str_dup(a, code), .kind = str_dup(a, r->service.kind), .provider = provider, .first = TEXT_NONE};
	describe(a, g, r, record);
	text_table_put(a, &index->group_of, g->code, (u32)(index->group_count - 1));
	return (u32)(index->group_count - 1);
}

/* Records of one identifier, kind and provider are one registration; one with an identifier that is taken stands alone. */
static u32 find_group(Arena *a, RegisterIndex *index, const RegisterRecord *r, u32 provider, u32 record) {
	u32 at = text_table_get(&index->group_of, r->code);
	if (at == TEXT_NONE)
		return new_group(a, index, r, r->code, provider, record);
	IndexGroup *g = &index->groups[at];
	if (g->provider != provider || !str_eq(g->kind, r->service.kind)) {
		Str code = str_format(a, "%.*s/%lld", STR_ARG(r->code), (long long)r->portal_id);
		at = text_table_get(&index->group_of, code);
		if (at == TEXT_NONE)
			return new_group(a, index, r, code, provider, record);
		g = &index->groups[at];
	}
	if (r->portal_id < index->records[g->main].portal_id)
		describe(a, g, r, record);
	return at;
}

static void add_record(Arena *a, RegisterIndex *index, const RegisterRecord *r) {
	u32 record = (u32)index->record_count;
	*ARENA_PUSH(a, index->records, index->record_count, index->record_cap) = (IndexRecord){
		.offset = r->offset, .size = (u32)r->size, .line = r->line, .number = r->number, .portal_id = r->portal_id,
		.next = TEXT_NONE, .digest = register_digest(r),
	};
	u32         provider = find_provider(a, index, r, record);
	u32         group = find_group(a, index, r, provider, record);
	IndexGroup *g = &index->groups[group];
	u32        *at = &g->first;              /* in the order of numbers on the portal */
	while (*at != TEXT_NONE && index->records[*at].portal_id < r->portal_id)
		at = &index->records[*at].next;
	index->records[record].next = *at;
	index->records[record].group = group;
	*at = record;
	g->count++;
	index->facilities += (i64)r->facility_count;
	index->faults += (i64)r->fault_count + (g->count > 1);
}

/* ---- the walk ---- */

static Err refuse(Ctx *c, Str place, Str why) {
	Err e = fail(c, ERR_INVALID, "soubor", "Soubor nelze načíst (%.*s), nic se nezměnilo. %.*s", STR_ARG(place), STR_ARG(why));
	c->problems.at[c->problems.len - 1].place = str_dup(c->arena, place);
	return e;
}

Err register_index(Ctx *c, Arena *a, const RegisterInput *in, const RegisterMaps *m, RegisterEach each, void *arg, RegisterIndex *ret) {
	*ret = (RegisterIndex){0};
	CLEANUP(arena_free) Arena reading = {.on_full = c->arena->on_full}, one = {.on_full = c->arena->on_full};
	FileSource source = {.in = in, .total = lseek(in->fd, 0, SEEK_END)};
	if (source.total < 0)
		return fail(c, ERR_STORAGE, "soubor", "Soubor se nepodařilo přečíst. Nahrajte ho znovu.");
	i64 most = in->most_bytes ? in->most_bytes : REGISTER_FILE_MAX;
	if (source.total > most)
		return fail(c, ERR_TOO_LARGE, "soubor", "Soubor je větší než %lld MB, nic se nezměnilo. Zkontrolujte, že je to export registru poskytovatelů.",
		            (long long)(most >> 20));
	ret->bytes = source.total;
	RegisterReader *reader = register_read_open(&reading, m, read_file, &source);
	RegisterRecord  record;
	while (register_read_next(reader, &one, &record)) {
		if (ret->record_count == UINT32_MAX / 2)
			return fail(c, ERR_TOO_LARGE, "soubor", "Soubor má příliš mnoho záznamů.");
		add_record(a, ret, &record);
		if (each)
			TRY(each(arg, &record));
		arena_reset(&one);
	}
	if (source.err != OK)
		return source.err;
	if (register_read_why(reader).len)
		return refuse(c, register_read_place(reader), register_read_why(reader));
	return OK;
}

/* ---- one registration ---- */

RegisterDigest register_group_digest(const RegisterIndex *index, const IndexGroup *g) {
	if (g->count == 1)
		return index->records[g->first].digest;
	Sha256State st;
	sha256_start(&st);
	for (u32 i = g->first; i != TEXT_NONE; i = index->records[i].next)
		sha256_add(&st, index->records[i].digest.bytes, REGISTER_DIGEST);
	Sha256         whole = sha256_end(&st);
	RegisterDigest d;
	memcpy(d.bytes, whole.bytes, sizeof d.bytes);
	return d;
}

Str register_group_places(Arena *a, const RegisterIndex *index, const IndexGroup *g) {
	CLEANUP(buf_free) Buf b = {0};
	for (u32 i = g->first; i != TEXT_NONE; i = index->records[i].next) {
		const IndexRecord *r = &index->records[i];
		buf_format(&b, "%s%llu+%u:%lld:%llu", b.len ? ";" : "", (unsigned long long)r->offset, r->size, (long long)r->number,
		           (unsigned long long)r->line);
	}
	return buf_take(&b, a);
}

static Err moved(Ctx *c) {
	return fail(c, ERR_CONFLICT, "soubor", "Soubor není ten, ze kterého vznikl náhled. Načtěte ho znovu.");
}

static Err fetch_one(Ctx *c, Arena *a, const RegisterInput *in, const RegisterMaps *m, Str place, RegisterRecord *ret) {
	i64 offset, size, number, line;
	if (!str_to_int(str_cut(&place, '+'), &offset) || !str_to_int(str_cut(&place, ':'), &size) || !str_to_int(str_cut(&place, ':'), &number) ||
	    !str_to_int(place, &line) || size <= 0 || size > REGISTER_FILE_MAX)
		return fail_internal(c, "register_import_row.places");
	char *text = arena_alloc(a, (size_t)size);
	for (i64 have = 0; have < size;) {
		ssize_t n = pread(in->fd, text + have, (size_t)(size - have), offset + have);
		if (n <= 0)
			return moved(c);
		have += n;
	}
	RegisterReader *reader = register_read_open_record(a, m, str_of(text, (size_t)size), number, (u64)line);
	return register_read_next(reader, a, ret) ? OK : moved(c);
}

Err register_fetch(Ctx *c, Arena *a, const RegisterInput *in, const RegisterMaps *m, Str places, RegisterRecord *ret, RegisterDigest *digest) {
	int         count = 0;
	Sha256State st;
	sha256_start(&st);
	while (places.len) {
		RegisterRecord other;
		TRY(fetch_one(c, a, in, m, str_cut(&places, ';'), count ? &other : ret));
		*digest = register_digest(count ? &other : ret);
		sha256_add(&st, digest->bytes, REGISTER_DIGEST);
		if (count++)
			register_merge(a, m, ret, &other);
	}
	if (count > 1) {
		Sha256 whole = sha256_end(&st);
		memcpy(digest->bytes, whole.bytes, sizeof digest->bytes);
	}
	return count ? OK : fail_internal(c, "register_import_row.places");
}
