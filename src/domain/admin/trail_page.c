/* trail_page.c: the auditor's view of the trail. */
#include "core/trail.h"
#include "domain/admin/admin.html.h"
#include "domain/admin/admin_page.h"
#include "web/module.h"
#include "web/screen.h"

enum { TRAIL_PAGE = 100 };

static const Entity *entity_named(Str name) {
	const WebOptions *o = web_options();
	for (size_t i = 0; i < o->module_count; i++)
		for (size_t k = 0; k < o->modules[i]->entity_count; k++)
			if (str_eq(str_c(o->modules[i]->entities[k]->name), name))
				return o->modules[i]->entities[k];
	return NULL;
}

static TrailRow row_of(Req *r, const TrailRecord *t) {
	const Entity *e = entity_named(t->object);
	TrailRow      row = {.seq = t->seq, .at = t->at, .who = t->actor, .why = t->reason};
	HistoryViews  words = history_views(r, e ? e : &code_item_entity, &(TrailRecords){.at = (TrailRecord *)t, .len = 1});
	row.what = words.at[0].what;
	row.record = str_format(r->c->arena, "%s č. %lld", e ? e->one : str_z(r->c->arena, t->object), (long long)t->object_id);
	if (e && e->path && t->object_id)
		row.href = str_format(r->c->arena, "%s/%lld/historie", e->path, (long long)t->object_id);
	return row;
}

Err page_trail(Req *r) {
	i64          before, object_id;
	TrailRecords records;
	TrailView    v = {.who = query(r, "kdo"), .object = query(r, "co"), .object_id = query(r, "cislo")};
	TRY(query_int(r, "pred", 0, 0, INT64_MAX - 1, &before));
	TRY(query_int(r, "cislo", 0, 1, INT64_MAX - 1, &object_id));
	TRY(trail_search(r->c, (TrailSearch){.who = v.who, .object = v.object, .object_id = object_id, .before_seq = before, .limit = TRAIL_PAGE}, &records));
	for (size_t i = 0; i < records.len; i++)
		*ARENA_PUSH(r->c->arena, v.rows, v.count, v.cap) = row_of(r, &records.at[i]);
	if (records.len == TRAIL_PAGE)
		v.older = url_with(r, "pred", str_format(r->c->arena, "%lld", (long long)records.at[records.len - 1].seq));
	crumb(r, S("Správa"), S("/app/sprava"));
	view_trail(page(r, S("Stopa změn")), &v);
	return OK;
}
