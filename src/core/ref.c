/* ref.c: which record a person means by a name or code that was typed, and how records of one name are told apart. */
#include "base/text.h"
#include "core/access.h"
#include "core/entity.h"
#include "core/store_sql.h"

enum { LOOKED_AT = 400, LABEL_MAX = 120 };

static const Field *title_of(const Entity *e) {
	return e->title ? entity_field(e, str_c(e->title)) : NULL;
}

/* People are not found by their names beside a form, nor is anything that the person may not read. */
static bool is_found_by_name(Ctx *c, const Entity *e) {
	const Field *title = title_of(e);
	return title && field_is_text(title) && !e->is_personal && (e->is_public || may(c, e->read));
}

/* The rest of a key of several fields: „Kapacita v síti“ may stand at every card. */
static Str rest_of_key(Ctx *c, const Entity *e, const void *row) {
	Strs others = {0};
	Str  rest = str_c(e->key ? e->key : "");
	while (rest.len) {
		const Field *f = entity_field(e, str_cut(&rest, ','));
		if (f && f != title_of(e) && !field_is_blank(f, row))
			strs_add(c->arena, &others, field_people(c, f, row));
	}
	return str_join(c->arena, S(", "), others);
}

Str ref_label(Ctx *c, const Entity *e, const void *row) {
	const Field *title = title_of(e);
	Str          name = title ? field_people(c, title, row) : (Str){0}, apart;
	if (!name.len)
		return str_format(c->arena, "č. %lld", (long long)((const EntityHead *)row)->id);
	apart = e->told_apart ? e->told_apart(c, row) : rest_of_key(c, e, row);
	if (!apart.len || utf8_count(apart) > LABEL_MAX || (e->key && !strchr(e->key, ',') && apart.len >= 30))
		return name;
	return str_format(c->arena, "%.*s (%.*s)", STR_ARG(name), STR_ARG(apart));
}

/* A code that is one field of the key: 563510 is Jablonec nad Nisou, whatever its level. */
static bool has_code(const Entity *e, const void *row, Str typed) {
	const Field *code = entity_field(e, S("code"));
	return code && field_is_text(code) && strchr(e->key ? e->key : "", ',') && str_eq(*(const Str *)field_in(code, row), typed);
}

Err ref_matches(Ctx *c, const Entity *e, Str typed, EntityList *ret) {
	Arena     *a = c->arena;
	EntityList all, exact = {0};
	Str        folded = text_fold(a, typed), name = typed;
	i64        bracket = str_find(typed, S(" ("));
	*ret = (EntityList){0};
	if (!is_found_by_name(c, e) || !folded.len || utf8_count(typed) > 300)
		return OK;
	if (bracket > 0)                             /* „Pěnčín (obec, …)“ as it is told apart */
		name = str_first(typed, (size_t)bracket);
	TRY(entity_list(c, e, &(ListQuery){.search = name, .limit = LOOKED_AT}, &all));
	for (size_t i = 0; i < all.len; i++) {
		Str title = *(const Str *)field_in(title_of(e), all.at[i]);
		if (str_eq(text_fold(a, title), folded) || has_code(e, all.at[i], typed))
			*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = all.at[i];
		else if (bracket > 0 && str_eq(text_fold(a, title), text_fold(a, name)) && str_eq(text_fold(a, ref_label(c, e, all.at[i])), folded))
			*ARENA_PUSH(a, exact.at, exact.len, exact.cap) = all.at[i];
	}
	if (!ret->len)
		*ret = exact;
	return OK;
}

Err ref_read_name(Ctx *c, const Field *f, Str typed, Id *ret) {
	enum { NAMED = 5 };
	EntityList found;
	Strs       labels = {0};
	TRY(ref_matches(c, f->target, typed, &found));
	if (found.len == 1) {
		*ret = ((const EntityHead *)found.at[0])->id;
		return OK;
	}
	if (!found.len)
		return fail(c, ERR_INVALID, f->name, "%s: „%.*s“ v evidenci není. Zkontrolujte zápis.", f->label, STR_ARG(utf8_first(typed, 60)));
	for (size_t i = 0; i < found.len && i < NAMED; i++)
		strs_add(c->arena, &labels, ref_label(c, f->target, found.at[i]));
	return fail(c, ERR_INVALID, f->name, "%s: „%.*s“ je v evidenci vícekrát: %.*s%s. Upřesněte, které myslíte.", f->label, STR_ARG(utf8_first(typed, 60)),
	            STR_ARG(str_join(c->arena, S("; "), labels)), found.len > NAMED ? " a další" : "");
}
