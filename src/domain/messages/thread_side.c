/* thread_side.c: who is on the other side of the region, who reads and writes for it, and who is told. */
#include "base/text.h"
#include "core/access.h"
#include "domain/messages/thread.sql.h"
#include "domain/messages/thread_inside.h"
#include "domain/register/register.h"
#include "domain/territory/territory.h"

static const struct { ScopeKind kind; const char *word; } words[] = {
	{SCOPE_PROVIDER, "provider"}, {SCOPE_MUNICIPALITY, "municipality"}, {SCOPE_DISTRICT, "district"},
};

const char *side_word(ScopeKind k) {
	for (size_t i = 0; i < LEN(words); i++)
		if (words[i].kind == k)
			return words[i].word;
	return "";
}

ScopeKind side_kind(Str word) {
	for (size_t i = 0; i < LEN(words); i++)
		if (str_eq(str_c(words[i].word), word))
			return words[i].kind;
	return SCOPE_NONE;
}

Str side_address(Arena *a, const Side *s) {
	return str_format(a, "%s-%lld", side_word(s->kind), (long long)s->ref);
}

/* ---- names ---- */

static Str name_of_provider(Ctx *c, Id id) {
	void  *row;
	size_t said = c->problems.len;
	Err    e = entity_get(c, &provider_entity, TODAY, id, &row);
	c->problems.len = said;
	return e == OK ? ((Provider *)row)->name : (Str){0};
}

static Str name_of(Ctx *c, ScopeKind kind, Id ref) {
	if (kind == SCOPE_PROVIDER)
		return name_of_provider(c, ref);
	const Unit *u = territory_by_id(c, ref);
	if (!u)
		return (Str){0};
	return str_format(c->arena, kind == SCOPE_DISTRICT ? "%.*s (ORP)" : "%.*s (obec)", STR_ARG(u->name));
}

Err side_read(Ctx *c, Str address, Side *ret) {
	Str rest = address, word = str_cut(&rest, '-');
	*ret = (Side){.kind = side_kind(word)};
	if (ret->kind == SCOPE_NONE || !str_to_int(rest, &ret->ref))
		return fail(c, ERR_NOT_FOUND, NULL, "Taková organizace v evidenci není.");
	ret->name = name_of(c, ret->kind, ret->ref);
	return ret->name.len ? OK : fail(c, ERR_NOT_FOUND, NULL, "Taková organizace v evidenci není.");
}

static Err add_units(Ctx *c, const char *level, ScopeKind kind, Str part, i64 limit, Sides *ret) {
	Units units;
	TRY(territory_below(c, territory_region(c) ? territory_region(c)->id : 0, level, TODAY, &units));
	for (size_t i = 0; i < units.len && (i64)ret->len < limit; i++)
		if (str_has(text_fold(c->arena, units.at[i]->name), part))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (Side){kind, units.at[i]->id, name_of(c, kind, units.at[i]->id)};
	return OK;
}

Err sides_find(Ctx *c, Str part, i64 limit, Sides *ret) {
	EntityList rows;
	*ret = (Sides){0};
	TRY(entity_list(c, &provider_entity, &(ListQuery){.search = part, .limit = limit}, &rows));
	for (size_t i = 0; i < rows.len; i++) {
		const Provider *p = rows.at[i];
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (Side){SCOPE_PROVIDER, p->head.id, p->name};
	}
	Str folded = text_fold(c->arena, part);
	TRY(add_units(c, LEVEL_DISTRICT, SCOPE_DISTRICT, folded, limit * 2, ret));
	return add_units(c, LEVEL_MUNICIPALITY, SCOPE_MUNICIPALITY, folded, limit * 2, ret);
}

/* ---- who ---- */

bool sides_of_region(const Ctx *c) {
	return access_scope(c, CAP_MESSAGE_CREATE).all;
}

static void add_sides(Ctx *c, ScopeKind kind, const Id *ids, size_t count, Sides *ret) {
	for (size_t i = 0; i < count; i++) {
		Str name = name_of(c, kind, ids[i]);
		if (name.len)
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (Side){kind, ids[i], name};
	}
}

Err sides_of_actor(Ctx *c, Sides *ret) {
	RowScope s = access_scope(c, CAP_MESSAGE_CREATE);
	*ret = (Sides){0};
	if (s.all)
		return OK;
	add_sides(c, SCOPE_PROVIDER, s.providers, s.provider_count, ret);
	add_sides(c, SCOPE_MUNICIPALITY, s.municipalities, s.municipality_count, ret);
	add_sides(c, SCOPE_DISTRICT, s.districts, s.district_count, ret);
	return OK;
}

bool may_act_for(const Ctx *c, const char *capability, const Side *s) {
	RowScope scope = access_scope(c, capability);
	return scope.all || (s->kind == SCOPE_PROVIDER && scope_has_provider(&scope, s->ref)) ||
	       (s->kind == SCOPE_MUNICIPALITY && scope_has_municipality(&scope, s->ref)) || (s->kind == SCOPE_DISTRICT && scope_has_district(&scope, s->ref));
}

static void put_ids(Buf *b, const Id *ids, size_t count) {
	for (size_t i = 0; i < count; i++)
		buf_format(b, "%lld,", (long long)ids[i]);
}

static Str list_of(Arena *a, const Id *ids, size_t count) {
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, ",");
	put_ids(&b, ids, count);
	return buf_take(&b, a);
}

/* Coordinators read the threads of the municipalities of their district too. */
Err thread_reach(Ctx *c, Reach *ret) {
	RowScope s = access_scope(c, CAP_MESSAGE_READ);
	*ret = (Reach){.all = s.all, .providers = list_of(c->arena, s.providers, s.provider_count), .districts = list_of(c->arena, s.districts, s.district_count)};
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, ",");
	put_ids(&b, s.municipalities, s.municipality_count);
	for (size_t i = 0; i < s.district_count; i++) {
		Units units;
		TRY(territory_below(c, s.districts[i], LEVEL_MUNICIPALITY, TODAY, &units));
		for (size_t k = 0; k < units.len; k++)
			put_ids(&b, &units.at[k]->id, 1);
	}
	ret->municipalities = buf_take(&b, c->arena);
	return OK;
}

bool reach_has(Ctx *c, const Reach *r, const Side *s) {
	Str one = str_format(c->arena, ",%lld,", (long long)s->ref);
	Str list = s->kind == SCOPE_PROVIDER ? r->providers : s->kind == SCOPE_MUNICIPALITY ? r->municipalities : r->districts;
	return r->all || str_has(list, one);
}

/* ---- telling ---- */

static Err officers(Ctx *c, Id thread, Ids *ret) {
	Rows rows = db_query(c->conn, &sql_thread_officers, P(V(thread), V(c->actor->account)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = col_int(&rows, 0);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "officers");
	return ret->len ? OK : mail_holders(c, setting_text(c, "messages.role"), SCOPE_REGION, 0, ret);
}

Err thread_tell(Ctx *c, Id thread, const Side *s, Str subject, const char *what) {
	Ids  to = {0};
	bool from_region = sides_of_region(c);
	Str  who = c->actor->organisation_name.len ? str_format(c->arena, "%.*s, %.*s", STR_ARG(c->actor->name), STR_ARG(c->actor->organisation_name)) : c->actor->name;
	TRY(from_region ? mail_holders(c, (Str){0}, s->kind, s->ref, &to) : officers(c, thread, &to));
	Notice n = {.topic = "messages", .title = str_format(c->arena, "%s: %.*s", what, STR_ARG(subject)), .text = str_format(c->arena, "Píše %.*s.", STR_ARG(who)),
	            .link = str_format(c->arena, "/app/zpravy/%lld", (long long)thread), .object = "message_thread", .object_id = thread};
	for (size_t i = 0; i < to.len; i++)
		if (to.at[i] != c->actor->account)
			TRY(notice_add(c, to.at[i], n));
	return OK;
}
