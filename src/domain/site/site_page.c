/* site_page.c: home, overview, component page. */
#include "domain/site/site_page.h"

#include "core/codelist.h"
#include "core/settings.h"
#include "domain/site/site.html.h"
#include "web/ui_page.html.h"

static Err situations(Req *r, TileViews *ret) {
	CodeItems items;
	TRY(codelist_items(r->c, "life_situation", r->c->today, &items));
	for (size_t i = 0; i < items.len; i++)
		*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = (TileView){
			.icon = icon_known(code_attribute(items.at[i], S("icon"))), .title = items.at[i]->name, .text = items.at[i]->description,
			.href = str_cat(r->c->arena, S("/zivotni-situace/"), items.at[i]->code)};
	return OK;
}

Err page_home(Req *r) {
	TileViews tiles = {0};
	TRY(situations(r, &tiles));
	r->is_home = true;
	r->description = S("Katalog sociálních služeb: vyhledávání podle situace, druhu a místa.");
	view_home(page(r, S("Úvod")), setting_text(r->c, "region.name"), tiles);
	return OK;
}

Err page_overview(Req *r) {
	view_overview(page(r, S("Přehled")), r->c->actor->name);
	return OK;
}

Err page_components(Req *r) {
	r->no_index = true;
	view_ui_page(page(r, S("Součásti stránek")));
	return OK;
}
