/* link.c: what answers a need. Cards and lines of the network belong to subjects higher up: they are known by a word, a number and a name. */
#include "domain/needs/need.h"

#include "base/text.h"
#include "core/record.h"
#include "core/trail.h"
#include "domain/needs/needs.sql.h"

ENTITY(need_link_entity, NeedLink, NEED_LINK_FIELDS, .name = "need_link", .table = "need_link", .one = "propojení potřeby", .many = "propojení potřeb",
       .of_many = "propojení potřeb", .article = "n", .title = "object_name", .order = "made_at", .read = CAP_NEED_READ, .write = CAP_NEED_APPROVE)

const NeedAnswerKind need_answer_kinds[3] = {{"activity_card", "Karta aktivity"}, {"network_line", "Řádek sítě"}, {"service", "Služba"}};

static Err read_links(Ctx *c, Rows rows, NeedLinks *ret) {
	*ret = (NeedLinks){0};
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (NeedLink){
			.head = {.id = col_int(&rows, 0), .version = col_int(&rows, 1)}, .need = col_int(&rows, 2), .object = str_dup(c->arena, col_text(&rows, 3)),
			.object_id = col_int(&rows, 4), .object_name = str_dup(c->arena, col_text(&rows, 5)), .note = str_dup(c->arena, col_text(&rows, 6)),
			.account = col_int(&rows, 7), .author = str_dup(c->arena, col_text(&rows, 8)), .made_at = col_instant(&rows, 9)};
	return rows_end(&rows) == OK ? OK : fail_internal(c, "links of needs");
}

Err need_links(Ctx *c, Id need, NeedLinks *ret) {
	CHECK(need > 0);
	return read_links(c, db_query(ctx_conn(c), &sql_need_link_list, P(V(need), V(S("")), V((i64)0))), ret);
}

Err need_links_of(Ctx *c, const char *object, Id object_id, NeedLinks *ret) {
	return read_links(c, db_query(ctx_conn(c), &sql_need_link_list, P(V((i64)0), V(str_c(object)), V(object_id))), ret);
}

static Err linkable(Ctx *c, Id need) {
	void *row;
	TRY(entity_get(c, &need_entity, TODAY, need, &row));
	const Need *n = row;
	if (!c->scope_decided && !need_may_rank(c, 0))
		return fail(c, ERR_FORBIDDEN, NULL, "Co na potřebu odpovídá, zapisuje odbor sociálních věcí kraje.");
	return words_have(NEED_ACCEPTED " " NEED_COVERED, n->state) ? OK : fail(c, ERR_CONFLICT, NULL, "Propojit jde jen potřebu, kterou kraj přijal.");
}

static Err known_record(Ctx *c, const char *object, Id id, Record *ret) {
	bool is_known = false;
	for (size_t i = 0; i < LEN(need_answer_kinds); i++)
		is_known = is_known || strcmp(need_answer_kinds[i].object, object) == 0;
	size_t said = c->problems.len;
	Err    err = is_known ? record_find(c, str_c(object), id, ret) : ERR_NOT_FOUND;
	if (err != ERR_NOT_FOUND)
		return err;
	c->problems.len = said;
	return fail(c, ERR_INVALID, "object_id", "Číslo záznamu: takový záznam neexistuje. Opište číslo z adresy jeho stránky.");
}

static bool is_linked(const NeedLinks *all, const char *object, Id id) {
	for (size_t i = 0; i < all->len; i++)
		if (str_eq(all->at[i].object, str_c(object)) && all->at[i].object_id == id)
			return true;
	return false;
}

static Err add_inside(Ctx *c, Id need, const char *object, Id object_id, Str note) {
	NeedLinks all;
	Record    record;
	TRY(linkable(c, need));
	TRY(need_links(c, need, &all));
	if (is_linked(&all, object, object_id))
		return OK;
	TRY(known_record(c, object, object_id, &record));
	NeedLink link = {.need = need, .object = str_c(object), .object_id = object_id, .object_name = utf8_first(record.title, 200), .note = text_clean(c->arena, note),
	                 .account = c->actor->account, .author = c->actor->name, .made_at = c->now};
	TRY(entity_insert(c, &need_link_entity, &link));
	return trail_add(c, (TrailEntry){.action = "link", .object = need_entity.name, .object_id = need,
		.text = str_format(c->arena, "propojeno: %.*s, %.*s", STR_ARG(record.kind), STR_ARG(link.object_name))});
}

Err need_link_add(Ctx *c, Id need, const char *object, Id object_id, Str note) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(add_inside(c, need, object, object_id, note));
	return tx_commit(&tx);
}

static Err remove_inside(Ctx *c, Id need, Id link) {
	NeedLinks all;
	TRY(linkable(c, need));
	TRY(need_links(c, need, &all));
	for (size_t i = 0; i < all.len; i++) {
		const NeedLink *l = &all.at[i];
		if (l->head.id != link)
			continue;
		TRY(entity_delete(c, &need_link_entity, link, l->head.version));
		return trail_add(c, (TrailEntry){.action = "unlink", .object = need_entity.name, .object_id = need,
			.text = str_format(c->arena, "propojení zrušeno: %.*s", STR_ARG(l->object_name))});
	}
	return fail(c, ERR_NOT_FOUND, NULL, "Takové propojení u potřeby není. Načtěte stránku znovu.");
}

Err need_link_remove(Ctx *c, Id need, Id link) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(remove_inside(c, need, link));
	return tx_commit(&tx);
}
