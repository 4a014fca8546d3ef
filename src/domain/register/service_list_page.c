/* service_list_page.c: the working list of services, with its filters, views and export, and the list of those whose data are old. */
#include "domain/register/confirm.h"
#include "domain/register/service_page.h"
#include "domain/register/suggest.h"

#include "core/settings.h"
#include "domain/register/service_page.html.h"
#include "web/parts.html.h"

/* ---- one row ---- */

static void add_word(Arena *a, Strs *list, Str word) {
	for (size_t i = 0; i < list->len; i++)
		if (str_eq(list->at[i], word))
			return;
	if (word.len)
		strs_add(a, list, word);
}

static Str first_words(Arena *a, Strs words, size_t most) {
	Strs shown = words;
	shown.len = words.len > most ? most : words.len;
	Str s = str_join(a, S(", "), shown);
	return words.len > most ? str_format(a, "%.*s a další (%zu)", STR_ARG(s), words.len - most) : s;
}

Err service_row(Req *r, const Service *s, AsOf at, ServiceRow *ret) {
	Ctx       *c = r->c;
	EntityList forms, places;
	Strs       form_names = {0}, towns = {0};
	TRY(parts_list(c, &form_row_entity, at, s->head.id, &forms));
	TRY(parts_list(c, &facility_entity, at, s->head.id, &places));
	for (size_t i = 0; i < forms.len; i++)
		add_word(c->arena, &form_names, codelist_name(c, "service_form", ((FormRow *)forms.at[i])->form));
	for (size_t i = 0; i < places.len; i++) {
		const Unit *u = territory_by_id(c, ((Facility *)places.at[i])->municipality);
		add_word(c->arena, &towns, u ? u->name : (Str){0});
	}
	*ret = (ServiceRow){.service = s, .href = row_href(r, &service_entity, s->head.id), .kind = codelist_name(c, "service_kind", s->kind),
	                    .provider = field_people(c, entity_field(&service_entity, S("provider")), s),
	                    .provider_href = row_href(r, &provider_entity, s->provider), .forms = str_join(c->arena, S(", "), form_names),
	                    .places = first_words(c->arena, towns, 2), .state = service_state(c, s), .confirmed = confirmed_words(c, s),
	                    .is_stale = service_is_stale(c, s), .may_confirm = service_may_confirm(c, s)};
	ret->is_over = ret->state.len > 0;
	return OK;
}

/* ---- filters ---- */

static void add_filter(Ctx *c, ListQuery *q, ListFilter f) {
	ListFilter *all = NEW_ARRAY(c->arena, ListFilter, q->filter_count + 1);
	if (q->filter_count)
		memcpy(all, q->filters, q->filter_count * sizeof *all);
	all[q->filter_count++] = f;
	q->filters = all;
}

static Str iso_day(Ctx *c, Date d) {
	char to[DATE_ISO_LEN];
	return str_dup(c->arena, date_iso(d, to));
}

typedef struct StateChoice { const char *value, *label; } StateChoice;
static const StateChoice states[] = {{"", "nerozhoduje"}, {"poskytovane", "poskytované"}, {"skoncene", "skončené"}, {"neaktualni", "nepotvrzené"}};

/* The state is no field: it follows from days. */
static Err add_state(Req *r, ListState *s) {
	Ctx *c = r->c;
	Str  state = query(r, "stav");
	Date day = date_is(s->query.at.valid) ? s->query.at.valid : c->today;
	if (!state.len)
		return OK;
	if (str_eq(state, S("poskytovane"))) {
		add_filter(c, &s->query, (ListFilter){.field = entity_field(&service_entity, S("provided_from")), .value = iso_day(c, day), .is_to = true, .or_blank = true});
		add_filter(c, &s->query, (ListFilter){.field = entity_field(&service_entity, S("provided_to")), .value = iso_day(c, day), .is_from = true, .or_blank = true});
	} else if (str_eq(state, S("skoncene"))) {
		add_filter(c, &s->query, (ListFilter){.field = entity_field(&service_entity, S("provided_to")), .value = iso_day(c, date_add(day, -1)), .is_to = true});
	} else if (str_eq(state, S("neaktualni"))) {
		StaleFilters stale = confirm_stale_filters(c);
		for (size_t i = 0; i < LEN(stale.at); i++)
			add_filter(c, &s->query, stale.at[i]);
	} else {
		return fail(c, ERR_MALFORMED, NULL, "Parametr „stav“ v adrese má být poskytovane, skoncene nebo neaktualni.");
	}
	for (size_t i = 0; i < LEN(states); i++)
		if (str_eq(state, str_c(states[i].value)))
			*ARENA_PUSH(c->arena, s->chips.at, s->chips.len, s->chips.cap) =
				(LinkView){.label = str_format(c->arena, "Stav: %s", states[i].label), .href = url_with(r, "stav", (Str){0})};
	return OK;
}

static FieldView choice(Req *r, const char *name, const char *label, const StateChoice *all, size_t n) {
	FieldView v = {.kind = FIELD_SELECT, .name = str_c(name), .label = str_c(label)};
	Str       chosen = query(r, name);
	for (size_t i = 0; i < n; i++)
		*ARENA_PUSH(r->c->arena, v.options.at, v.options.len, v.options.cap) =
			(OptionView){.value = str_c(all[i].value), .label = str_c(all[i].label), .chosen = str_eq(chosen, str_c(all[i].value))};
	return v;
}

static FieldView code_choice(Req *r, const char *name) {
	const Field *f = entity_field(&service_entity, str_c(name));
	FieldView    v = {.kind = FIELD_SELECT, .name = str_c(name), .label = str_c(f->label)};
	Str          chosen = query(r, name);
	CodeItems    items = {0};
	*ARENA_PUSH(r->c->arena, v.options.at, v.options.len, v.options.cap) = (OptionView){.label = S("nerozhoduje")};
	if (codelist_items(r->c, f->codelist, r->c->today, &items) != OK)
		items.len = 0;
	for (size_t i = 0; i < items.len; i++)
		*ARENA_PUSH(r->c->arena, v.options.at, v.options.len, v.options.cap) =
			(OptionView){.value = items.at[i]->code, .label = items.at[i]->name, .chosen = str_eq(chosen, items.at[i]->code)};
	return v;
}

/* The parts of the list's address that its form does not offer go along with it. */
static void keep_others(Req *r, HiddenViews *keep) {
	static const char *const kept[] = {"provider", "radit", "smer"};
	for (size_t i = 0; i < LEN(kept); i++)
		if (query(r, kept[i]).len)
			*ARENA_PUSH(r->c->arena, keep->at, keep->len, keep->cap) = (HiddenView){str_c(kept[i]), query(r, kept[i])};
}

static void add_filters(Req *r, ServiceList *v) {
	static const StateChoice act[] = {{"", "nerozhoduje"}, {"0", "podle zákona"}, {"1", "mimo zákon"}};
	static const StateChoice shown[] = {{"", "nerozhoduje"}, {"1", "ano"}, {"0", "ne"}};
	v->filters[v->filter_count++] = (FieldView){.name = S("q"), .label = S("Hledat"), .hint = S("Název nebo identifikátor; na háčkách nezáleží."), .value = query(r, "q"), .type = "search"};
	v->filters[v->filter_count++] = choice(r, "stav", "Stav", states, LEN(states));
	v->filters[v->filter_count++] = code_choice(r, "kind");
	v->filters[v->filter_count++] = code_choice(r, "target_groups");
	v->filters[v->filter_count++] = choice(r, "outside_act", "Zákon č. 108/2006 Sb.", act, LEN(act));
	v->filters[v->filter_count++] = choice(r, "is_public", "Zobrazuje se v katalogu", shown, LEN(shown));
	keep_others(r, &v->keep);
}

static void add_views(Req *r, ServiceList *v) {
	static const struct { const char *label, *href; } known[] = {
		{"Všechny", "/app/sluzby"}, {"Poskytované", "/app/sluzby?stav=poskytovane"}, {"Skončené", "/app/sluzby?stav=skoncene"},
		{"Mimo zákon", "/app/sluzby?outside_act=1"}, {"Nezobrazované", "/app/sluzby?is_public=0"}, {"Nepotvrzené", "/app/sluzby/neaktualni"},
	};
	for (size_t i = 0; i < LEN(known); i++)
		*ARENA_PUSH(r->c->arena, v->views.at, v->views.len, v->views.cap) =
			(LinkView){.label = str_c(known[i].label), .href = str_c(known[i].href), .current = str_eq(r->http->target, str_c(known[i].href))};
}

/* ---- the page ---- */

static ColumnView name_column(Req *r, const ListState *s) {
	bool by_name = !s->query.order || strcmp(s->query.order->name, "name") == 0;
	ColumnView c = {.label = S("Služba"), .sorted = !by_name ? NOT_SORTED : s->query.descending ? SORTED_DOWN : SORTED_UP};
	c.href = by_name && !s->query.descending ? url_with(r, "smer", S("dolu")) : url_with(r, "smer", (Str){0});
	return c;
}

static void add_columns(Req *r, const ListState *s, ServiceList *v) {
	static const char *const labels[] = {"Poskytovatel", "Obec", "Formy", "Stav", "Potvrzeno"};
	Arena *a = r->c->arena;
	if (v->has_ticks)
		*ARENA_PUSH(a, v->columns.at, v->columns.len, v->columns.cap) = (ColumnView){.label = S("Vybrat"), .check_all = S("id")};
	*ARENA_PUSH(a, v->columns.at, v->columns.len, v->columns.cap) = name_column(r, s);
	for (size_t i = 0; i < LEN(labels); i++)
		*ARENA_PUSH(a, v->columns.at, v->columns.len, v->columns.cap) = (ColumnView){.label = str_c(labels[i])};
}

static Str found_words(Ctx *c, i64 n) {
	CLEANUP(buf_free) Buf b = {0};
	buf_str(&b, plural(n, "Nalezena ", "Nalezeny ", "Nalezeno "));
	fmt_count(&b, n, "služba", "služby", "služeb");
	return buf_take(&b, c->arena);
}

static void add_pager(Req *r, const ListState *s, i64 total, PagerView *p) {
	Str here = url_with(r, "strana", (Str){0});
	*p = (PagerView){.label = S("Stránkování seznamu"), .page = s->page, .pages = (total + s->page_size - 1) / s->page_size,
	                 .base = str_cat(r->c->arena, here, str_has(here, S("?")) ? S("&strana=") : S("?strana="))};
}

static void add_downloads(Req *r, Links *ret) {
	static const char *const suffixes[] = {"csv", "xlsx", "json"}, *const names[] = {"CSV", "XLSX", "JSON"};
	for (size_t i = 0; i < LEN(suffixes) && may_take_files(r); i++)
		*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = (LinkView){.label = str_c(names[i]), .href = url_with_format(r, suffixes[i])};
}

static Err fill(Req *r, const ListState *s, ServiceList *v) {
	EntityList rows;
	TRY(entity_list(r->c, &service_entity, &s->query, &rows));
	v->may_edit = may(r->c, CAP_REGISTER_EDIT);
	v->bulk_action = S("/app/sluzby/potvrdit");
	v->csrf = csrf_token(r, v->bulk_action);
	for (size_t i = 0; i < rows.len; i++) {
		ServiceRow *row = ARENA_PUSH(r->c->arena, v->rows.at, v->rows.len, v->rows.cap);
		TRY(service_row(r, rows.at[i], s->query.at, row));
	}
	v->has_ticks = v->may_edit && rows.len > 0;
	v->found = found_words(r->c, rows.total);
	v->chips = s->chips;
	add_columns(r, s, v);
	add_pager(r, s, rows.total, &v->pager);
	add_downloads(r, &v->downloads);
	return OK;
}

Err page_service_list(Req *r) {
	ListState   s;
	ServiceList v = {.title = S("Služby"), .action = S("/app/sluzby")};
	TRY(list_state_read(r, &service_entity, &s));
	TRY(add_state(r, &s));
	if (r->format != PAGE_HTML)
		return list_export(r, &service_entity, &s.query);
	TRY(fill(r, &s, &v));
	add_filters(r, &v);
	add_views(r, &v);
	v.is_filtered = s.chips.len > 0;
	if (v.may_edit)
		TRY(suggestion_count(r->c, 0, &v.open_suggestions));
	v.empty = s.chips.len ? (EmptyView){.title = S("Zadání žádná služba neodpovídá"), .text = S("Zkuste některý z filtrů zrušit nebo hledat kratší slovo.")}
	                      : (EmptyView){.title = S("Zatím tu nejsou žádné služby"), .text = S("Služby přijdou z registru poskytovatelů, nebo je založí správce sítě.")};
	view_service_list(page(r, v.title), &v);
	return OK;
}

Err page_service_stale(Req *r) {
	ListState    s;
	ServiceList  v = {.title = S("Nepotvrzené služby"), .action = S("/app/sluzby/neaktualni")};
	TRY(list_state_read(r, &service_entity, &s));
	StaleFilters stale = confirm_stale_filters(r->c);
	for (size_t i = 0; i < LEN(stale.at); i++)
		add_filter(r->c, &s.query, stale.at[i]);
	if (r->format != PAGE_HTML)
		return list_export(r, &service_entity, &s.query);
	TRY(fill(r, &s, &v));
	i64 months = setting_int(r->c, "register.confirm_months");
	v.lead = str_format(r->c->arena, "Poskytované služby, jejichž údaje nikdo nepotvrdil posledních %lld %.*s.", (long long)months,
	                    STR_ARG(plural(months, "měsíc", "měsíce", "měsíců")));
	v.filters[v.filter_count++] = (FieldView){.name = S("q"), .label = S("Hledat"), .value = query(r, "q"), .type = "search"};
	v.filters[v.filter_count++] = code_choice(r, "kind");
	v.is_filtered = s.chips.len > 0;
	add_views(r, &v);
	v.empty = s.chips.len ? (EmptyView){.title = S("Zadání žádná nepotvrzená služba neodpovídá"), .text = S("Zkuste některý z filtrů zrušit.")}
	                      : (EmptyView){.title = S("Všechno je potvrzené"), .text = S("Údaje každé poskytované služby někdo v posledním období potvrdil.")};
	crumb(r, S("Služby"), S("/app/sluzby"));
	view_service_list(page(r, v.title), &v);
	return OK;
}

/* ---- providers ---- */

static Err provider_row(Req *r, const Provider *p, ProviderRow *ret) {
	Ctx       *c = r->c;
	EntityList services;
	ListFilter of = {.field = entity_field(&service_entity, S("provider")), .value = str_format(c->arena, "%lld", (long long)p->head.id)};
	const Unit *u = territory_by_id(c, p->municipality);
	TRY(entity_list(c, &service_entity, &(ListQuery){.filters = &of, .filter_count = 1, .limit = 1, .want_total = true}, &services));
	*ret = (ProviderRow){.provider = p, .href = row_href(r, &provider_entity, p->head.id), .kind = codelist_name(c, "provider_kind", p->kind),
	                     .town = u ? u->name : (Str){0}, .services = services.total};
	return OK;
}

static FieldView provider_kind_choice(Req *r) {
	FieldView v = {.kind = FIELD_SELECT, .name = S("kind"), .label = S("Druh poskytovatele")};
	CodeItems items = {0};
	*ARENA_PUSH(r->c->arena, v.options.at, v.options.len, v.options.cap) = (OptionView){.label = S("nerozhoduje")};
	if (codelist_items(r->c, "provider_kind", r->c->today, &items) != OK)
		items.len = 0;
	for (size_t i = 0; i < items.len; i++)
		*ARENA_PUSH(r->c->arena, v.options.at, v.options.len, v.options.cap) =
			(OptionView){.value = items.at[i]->code, .label = items.at[i]->name, .chosen = str_eq(query(r, "kind"), items.at[i]->code)};
	return v;
}

Err page_provider_list(Req *r) {
	ListState    s;
	EntityList   rows;
	ProviderList v = {.may_edit = may(r->c, CAP_REGISTER_EDIT)};
	Arena       *a = r->c->arena;
	TRY(list_state_read(r, &provider_entity, &s));
	if (r->format != PAGE_HTML)
		return list_export(r, &provider_entity, &s.query);
	TRY(entity_list(r->c, &provider_entity, &s.query, &rows));
	for (size_t i = 0; i < rows.len; i++) {
		ProviderRow *row = ARENA_PUSH(a, v.rows.at, v.rows.len, v.rows.cap);
		TRY(provider_row(r, rows.at[i], row));
	}
	static const char *const labels[] = {"IČO", "Druh", "Obec sídla", "Služby"};
	*ARENA_PUSH(a, v.columns.at, v.columns.len, v.columns.cap) = name_column(r, &s);
	v.columns.at[0].label = S("Poskytovatel");
	for (size_t i = 0; i < LEN(labels); i++)
		*ARENA_PUSH(a, v.columns.at, v.columns.len, v.columns.cap) = (ColumnView){.label = str_c(labels[i]), .is_number = i == 3};
	CLEANUP(buf_free) Buf found = {0};
	buf_str(&found, plural(rows.total, "Nalezen ", "Nalezeni ", "Nalezeno "));
	fmt_count(&found, rows.total, "poskytovatel", "poskytovatelé", "poskytovatelů");
	v.found = buf_take(&found, a);
	buf_free(&found);
	v.filters[v.filter_count++] = (FieldView){.name = S("q"), .label = S("Hledat"), .hint = S("Název nebo IČO; na háčkách nezáleží."), .value = query(r, "q"), .type = "search"};
	v.filters[v.filter_count++] = provider_kind_choice(r);
	v.chips = s.chips;
	add_pager(r, &s, rows.total, &v.pager);
	add_downloads(r, &v.downloads);
	v.empty = s.chips.len ? (EmptyView){.title = S("Zadání žádný poskytovatel neodpovídá"), .text = S("Zkuste některý z filtrů zrušit nebo hledat kratší slovo.")}
	                      : (EmptyView){.title = S("Zatím tu nejsou žádní poskytovatelé"), .text = S("Poskytovatelé přijdou z registru, nebo je založí správce sítě.")};
	view_provider_list(page(r, S("Poskytovatelé")), &v);
	return OK;
}
