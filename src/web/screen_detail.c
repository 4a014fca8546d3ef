/* screen_detail.c: one record, and its history. */
#include "core/history.h"
#include "core/journal.h"
#include "web/screen_views.h"
#include "web/screens.html.h"

enum { HISTORY_PAGE = 50 };

Str screen_capital(Arena *a, const char *words) {
	Str    s = str_c(words);
	size_t first = 0;
	u32    cp = utf8_next(s, &first);
	static const struct { u32 small, big; } letters[] = {{0x10D, 0x10C}, {0x159, 0x158}, {0x161, 0x160}, {0x17E, 0x17D}, {0xFA, 0xDA}};
	for (size_t i = 0; i < LEN(letters); i++)
		cp = cp == letters[i].small ? letters[i].big : cp;
	if (cp >= 'a' && cp <= 'z')
		cp -= 'a' - 'A';
	char   to[4];
	size_t n = utf8_put(to, cp);
	return str_cat(a, str_dup(a, str_of(to, n)), str_from(s, first));
}

/* A row without a name of its own (a year of a card) is called by what stands first in its list: "Pečovatelská služba v noci, 2027". */
static Str title_of(Req *r, const Entity *e, const void *row) {
	Strs words = {0};
	for (int place = 1; !e->title && place <= 2; place++)
		for (size_t i = 0; i < e->field_count; i++)
			if (e->fields[i].list == place && may_see_field(r, e, &e->fields[i]) && !field_is_blank(&e->fields[i], row))
				strs_add(r->c->arena, &words, field_people(r->c, &e->fields[i], row));
	Str title = e->title ? field_people(r->c, entity_field(e, str_c(e->title)), row) : str_join(r->c->arena, S(", "), words);
	return title.len ? title : str_format(r->c->arena, "%s č. %lld", e->one, (long long)((const EntityHead *)row)->id);
}

static NoteView as_of_note(Req *r, AsOf at) {
	NoteView n = {.kind = NOTE_INFO};
	if (!date_is(at.valid) && at.recorded.ms == 0)
		return n;
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "Vidíte stav ke dni ");
	fmt_date(&b, date_is(at.valid) ? at.valid : r->c->today);
	if (at.recorded.ms) {
		buf_lit(&b, " podle údajů známých ");
		fmt_instant(&b, at.recorded);
	}
	buf_lit(&b, ". Upravovat lze jen současný stav.");
	n.text = buf_take(&b, r->c->arena);
	buf_free(&b);
	return n;
}

Err screen_detail(Req *r) {
	const Entity *e = r->route->entity;
	Id            id;
	AsOf          at = TODAY;
	void         *row;
	TRY(arg_id(r, 0, &id));
	if (e->dated)
		TRY(query_as_of(r, &at));
	TRY(entity_get(r->c, e, at, id, &row));
	if (e->is_personal)
		journal_viewed(r->c, e->name, id, id);
	const EntityHead *head = row;
	bool is_now = !date_is(at.valid) && at.recorded.ms == 0;
	ScreenDetail v = {.entity = e, .title = title_of(r, e, row), .href = row_href(r, e, id), .id = id, .version = head->version,
	                  .may_write = may(r->c, e->write) && is_now};
	v.lead = screen_capital(r->c->arena, e->one);
	Str end = str_cat(r->c->arena, v.href, S("/ukoncit"));
	v.may_end = e->dated && web_route_of(r->c->arena, POST, end);
	v.csrf_end = csrf_token(r, end);
	v.sees_history = may(r->c, "history.read");
	v.as_of = as_of_view(r, S("Stav záznamu"));
	v.note = as_of_note(r, at);
	for (size_t i = 0; i < e->field_count; i++)
		if (may_see_field(r, e, &e->fields[i]))
			*ARENA_PUSH(r->c->arena, v.pairs.at, v.pairs.len, v.pairs.cap) = pair_view(r, &e->fields[i], row);
	if (e->dated) {
		CLEANUP(buf_free) Buf b = {0};
		fmt_date_range(&b, head->valid_from, head->valid_to);
		*ARENA_PUSH(r->c->arena, v.pairs.at, v.pairs.len, v.pairs.cap) = (PairView){.label = S("Platnost těchto údajů"), .value = buf_take(&b, r->c->arena)};
		buf_free(&b);
	}
	crumb(r, screen_capital(r->c->arena, e->many), str_c(e->path));
	view_screen_detail(page(r, v.title), &v);
	return OK;
}

/* ---- history ---- */

static Err add_spans(Req *r, const Entity *e, Id id, Links *ret) {
	EntityList spans;
	if (store_spans(r->c, e, id, (Instant){0}, &spans) != OK)
		return fail_internal(r->c, e->name);
	for (size_t i = 0; i < spans.len; i++) {
		const EntityHead *h = spans.at[i];
		char              iso[DATE_ISO_LEN];
		CLEANUP(buf_free) Buf b = {0};
		fmt_date_range(&b, h->valid_from, h->valid_to);
		buf_lit(&b, ": ");
		buf_str(&b, title_of(r, e, spans.at[i]));
		*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = (LinkView){
			.label = buf_take(&b, r->c->arena),
			.href = str_format(r->c->arena, "%s/%lld?ke-dni=%.*s", e->path, (long long)id, STR_ARG(date_iso(h->valid_from, iso)))};
		buf_free(&b);
	}
	return OK;
}

Err screen_history(Req *r) {
	const Entity *e = r->route->entity;
	Id            id;
	i64           before;
	TrailRecords  records;
	void         *row;
	TRY(arg_id(r, 0, &id));
	TRY(query_int(r, "pred", 0, 0, INT64_MAX - 1, &before));
	TRY(require(r->c, "history.read"));
	if (!e->is_public)
		TRY(entity_get(r->c, e, TODAY, id, &row));
	TRY(trail_of(r->c, e->name, id, before, HISTORY_PAGE, &records));
	if (records.len == 0 && before == 0)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Záznam (%s) neexistuje, nebo k němu nemáte přístup.", e->one);
	if (e->is_personal)
		journal_viewed(r->c, e->name, id, id);
	ScreenHistory v = {.title = str_format(r->c->arena, "Historie: %s č. %lld", e->one, (long long)id), .back = row_href(r, e, id),
	                   .list = history_views(r, e, &records)};
	if (records.len == HISTORY_PAGE)
		v.older = str_format(r->c->arena, "%.*s/historie?pred=%lld", STR_ARG(v.back), (long long)records.at[records.len - 1].seq);
	if (e->dated)
		TRY(add_spans(r, e, id, &v.spans));
	crumb(r, screen_capital(r->c->arena, e->many), str_c(e->path));
	crumb(r, S("Záznam"), v.back);
	view_screen_history(page(r, S("Historie")), &v);
	return OK;
}
