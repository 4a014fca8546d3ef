/* catalogue_service_page.c: one service: what it is asked for, who may see it, and its parts as the page shows them. */
#include "base/text.h"
#include "core/codelist.h"
#include "core/history.h"
#include "domain/register/catalogue.sql.h"
#include "domain/register/catalogue_detail.html.h"
#include "domain/register/catalogue_page.h"
#include "domain/register/catalogue_parts_page.h"
#include "web/screen.h"

/* ---- which one ---- */

static Err moved_to(Req *r, Id id, bool *moved) {
	Id    to;
	void *row;
	*moved = false;
	TRY(register_redirect(r->c, "service", id, &to));
	if (to == 0)
		return OK;
	TRY(entity_get(r->c, &service_entity, TODAY, to, &row));
	TRY(redirect(r, "%.*s", STR_ARG(catalogue_service_href(r->c->arena, to, ((Service *)row)->name))));
	set_status(r, 301);
	*moved = true;
	return OK;
}

/* An address with an old name leads to the one with the new name, so that a service has one page. */
static Err canonical(Req *r, const Service *s, bool *moved) {
	Arena *a = r->c->arena;
	Str    href = catalogue_service_href(a, s->head.id, s->name), path = r->http->path;
	*moved = r->format == PAGE_HTML && !str_eq(path, href);
	if (!*moved)
		return OK;
	TRY(redirect(r, "%.*s%s%.*s", STR_ARG(href), r->http->query_raw.len ? "?" : "", STR_ARG(r->http->query_raw)));
	set_status(r, 301);
	return OK;
}

static Err not_then(Req *r, AsOf at) {
	CLEANUP(buf_free) Buf day = {0};
	fmt_date(&day, as_of_full(r->c, at).valid);
	return fail(r->c, ERR_NOT_FOUND, NULL, "Ke dni %.*s o této službě nic nevíme. Zkuste jiný den, nebo službu vyhledejte v katalogu.", STR_ARG(buf_view(&day)));
}

/* What the region has taken out of the catalogue is out of its past, too. */
static bool is_hidden(Req *r, AsOf at, const Service *s) {
	void  *row;
	size_t said = r->c->problems.len;
	if (may(r->c, "register.read"))
		return false;
	if (!s->is_public || (!date_is(at.valid) && !at.recorded.ms))
		return !s->is_public;
	Err e = entity_get(r->c, &service_entity, TODAY, s->head.id, &row);
	r->c->problems.len = said;
	return e == OK && !((Service *)row)->is_public;
}

static Err find(Req *r, AsOf at, Id id, ServiceWhole *ret) {
	size_t said = r->c->problems.len;
	Err    e = service_whole(r->c, at, id, ret);
	if (e == ERR_NOT_FOUND) {
		r->c->problems.len = said;
		return not_then(r, at);
	}
	TRY(e);
	if (is_hidden(r, at, ret->service))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Tuto službu katalog nezobrazuje. Obraťte se na poskytovatele nebo na krajský úřad.");
	return OK;
}

/* ---- forms ---- */

static const struct { const char *code, *name; } week[] = {
	{"po", "Pondělí"}, {"út", "Úterý"}, {"st", "Středa"}, {"čt", "Čtvrtek"}, {"pá", "Pátek"}, {"so", "Sobota"}, {"ne", "Neděle"},
};

/* "po 8:00–16:00" into its day; other lines are told as they are. Days without a line are closed. */
static void add_hours(Req *r, const FormRow *row, CatalogueFormView *v) {
	Arena *a = r->c->arena;
	Str    rest = row->hours, by_day[LEN(week)] = {0};
	bool   any = false;
	while (rest.len) {
		Str line = str_trim(str_cut(&rest, '\n')), hours = line, day = str_cut(&hours, ' ');
		bool is_day = false;
		for (size_t i = 0; i < LEN(week) && !is_day; i++)
			if (str_eq(day, str_c(week[i].code)) && hours.len) {
				by_day[i] = by_day[i].len ? str_format(a, "%.*s, %.*s", STR_ARG(by_day[i]), STR_ARG(hours)) : hours;
				is_day = any = true;
			}
		if (!is_day && line.len)
			strs_add(a, &v->notes, line);
	}
	for (size_t i = 0; any && i < LEN(week); i++)
		*ARENA_PUSH(a, v->hours.at, v->hours.len, v->hours.cap) =
			(HoursView){.day = str_c(week[i].name), .hours = by_day[i], .is_today = (int)i + 1 == date_weekday(r->c->today)};
}

static void add_forms(Req *r, const ServiceWhole *w, CatalogueServiceView *v) {
	Arena       *a = r->c->arena;
	CapacitySums sums;
	service_capacity_sums(a, w, &sums);
	for (size_t i = 0; i < w->form_count; i++) {
		const FormRow  *row = w->forms[i].row;
		const CodeItem *item = codelist_find(r->c, "service_form", row->form);
		CatalogueFormView *f = ARENA_PUSH(a, v->forms.at, v->forms.len, v->forms.cap);
		*f = (CatalogueFormView){.plain = item ? item->name : row->form, .explain = item ? item->description : (Str){0}, .nonstop = row->nonstop};
		f->name = catalogue_capital(a, f->plain);
		add_hours(r, row, f);
		for (size_t n = 0; n < sums.len; n++) {
			CatalogueValue type = {.code = sums.at[n].type, .plain = codelist_name(r->c, "capacity_type", sums.at[n].type)};
			if (str_eq(sums.at[n].form, row->form))
				strs_add(a, &f->capacities, catalogue_capacity_text(a, &type, sums.at[n].count));
		}
	}
}

/* ---- places ---- */

static Str street_line(Arena *a, const Facility *f, const Unit *town) {
	if (f->street.len)
		return str_format(a, "%.*s %.*s", STR_ARG(f->street), STR_ARG(f->house_no));
	Str name = f->part.len ? f->part : town ? town->name : (Str){0};
	return f->house_no.len ? str_format(a, "%.*s %.*s", STR_ARG(name), STR_ARG(f->house_no)) : (Str){0};
}

static Str town_line(Arena *a, const Facility *f, const Unit *town) {
	CLEANUP(buf_free) Buf b = {0};
	if (f->postcode.len) {
		fmt_postcode(&b, f->postcode);
		buf_char(&b, ' ');
	}
	if (town)
		buf_str(&b, town->name);
	if (f->street.len && f->part.len && town && !str_eq(f->part, town->name)) {
		buf_lit(&b, " – ");
		buf_str(&b, f->part);
	}
	return buf_take(&b, a);
}

/* Degrees with six places: 15.058123; without them the address is searched for. */
static Str map_href(Arena *a, const Facility *f, Str street, Str town) {
	CLEANUP(buf_free) Buf b = {0};
	if (f->lon == BLANK || f->lat == BLANK) {
		if (!street.len || !town.len)
			return (Str){0};
		buf_lit(&b, "https://mapy.com/zakladni?q=");
		html_url_str(&b, str_format(a, "%.*s, %.*s", STR_ARG(street), STR_ARG(town)));
		return buf_take(&b, a);
	}
	buf_lit(&b, "https://mapy.com/zakladni?source=coor&id=");
	fmt_plain(&b, f->lon, 6, '.');
	buf_char(&b, ',');
	fmt_plain(&b, f->lat, 6, '.');
	return buf_take(&b, a);
}

/* Districts of secret places: of them nothing else is told. */
typedef struct SecretDistrict { Id facility; const Unit *district; } SecretDistrict;
typedef struct SecretDistricts { SecretDistrict *at; size_t len, cap; } SecretDistricts;

static Err secret_districts(Req *r, AsOf at, const ServiceWhole *w, SecretDistricts *ret) {
	Ctx *c = r->c;
	bool any = false;
	for (size_t i = 0; i < w->facility_count; i++)
		any |= w->facilities[i]->secret_address;
	if (!any)
		return OK;
	AsOf full = as_of_full(c, at);
	typedef struct Pair { Id facility, town; } Pair;
	Pair  *pairs = NULL;
	size_t len = 0, cap = 0;
	Rows   rows = db_query(ctx_conn(c), &sql_catalogue_secret_places, P(V(full.valid), V(full.recorded), V(w->service->head.id)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, pairs, len, cap) = (Pair){col_int(&rows, 0), col_null(&rows, 1) ? 0 : col_int(&rows, 1)};
	if (rows_end(&rows) != OK)
		return fail_internal(c, "secret places");
	for (size_t i = 0; i < len; i++)
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) =
			(SecretDistrict){pairs[i].facility, pairs[i].town ? territory_above(c, pairs[i].town, LEVEL_DISTRICT, at) : NULL};
	return OK;
}

static Err add_places(Req *r, AsOf at, const ServiceWhole *w, CatalogueServiceView *v) {
	Arena          *a = r->c->arena;
	SecretDistricts districts = {0};
	TRY(secret_districts(r, at, w, &districts));
	for (size_t i = 0; i < w->facility_count; i++) {
		const Facility     *f = w->facilities[i];
		const Unit         *town = f->municipality ? territory_by_id(r->c, f->municipality) : NULL, *district = NULL;
		CataloguePlaceView *p = ARENA_PUSH(a, v->places.at, v->places.len, v->places.cap);
		*p = (CataloguePlaceView){.is_secret = f->secret_address, .is_contact = f->is_contact, .is_shown = !f->secret_address || town != NULL};
		for (size_t n = 0; n < districts.len; n++)
			if (districts.at[n].facility == f->head.id)
				district = districts.at[n].district;
		if (district)
			p->district = (LinkView){.label = district->name, .href = str_cat(a, S("/uzemi/"), district->slug)};
		if (!p->is_shown)
			continue;
		Str lines[] = {street_line(a, f, town), town_line(a, f, town)};
		for (size_t n = 0; n < LEN(lines); n++)
			if (lines[n].len)
				strs_add(a, &p->address, lines[n]);
		p->name = f->name;
		if (f->accessible.len && !str_eq(f->accessible, S("neznama")))
			p->accessible = codelist_name(r->c, "accessibility", f->accessible);
		p->map = (LinkView){.label = str_format(a, "Mapa: %.*s (mapy.com)", STR_ARG(f->name)), .href = f->secret_address ? (Str){0} : map_href(a, f, lines[0], lines[1])};
	}
	return OK;
}

/* ---- contacts ---- */

static LinkView contact_link(Arena *a, Str kind, Str value) {
	LinkView l = {.label = value};
	if (str_eq(kind, S("phone")) || str_eq(kind, S("fax"))) {
		LinkView phone = phone_link(a, value);
		l.label = phone.label;
		if (str_eq(kind, S("phone")))
			l.href = phone.href;
	} else if (str_eq(kind, S("email")) && email_plausible(value)) {
		l.href = str_cat(a, S("mailto:"), value);
	} else if (str_eq(kind, S("web"))) {
		l.href = url_plausible(value) ? value : str_cat(a, S("https://"), value);
		if (!url_plausible(l.href))
			l.href = (Str){0};
		i64 scheme = str_find(value, S("://"));
		l.label = scheme >= 0 ? str_from(value, (size_t)scheme + 3) : value;
	}
	return l;
}

CatalogueContactView catalogue_contact(Ctx *c, Str kind, Str value, Str note) {
	static const struct { const char *kind, *icon; } icons[] = {{"phone", "phone"}, {"email", "mail"}, {"web", "web"}, {"fax", "file"}};
	CatalogueContactView v = {.icon = "info", .kind = catalogue_capital(c->arena, codelist_name(c, "contact_kind", kind)), .note = note,
	                          .link = contact_link(c->arena, kind, value)};
	for (size_t i = 0; i < LEN(icons); i++)
		if (str_eq(kind, str_c(icons[i].kind)))
			v.icon = icons[i].icon;
	return v;
}

/* ---- history ---- */

/* What differs, by the labels of fields that anybody may see: "název, cílové skupiny". */
static Str difference(Arena *a, const Service *before, const Service *after) {
	CLEANUP(buf_free) Buf b = {0};
	for (size_t i = 0; i < service_entity.field_count; i++) {
		const Field *f = &service_entity.fields[i];
		bool is_inner = f->secret || f->read || f->readonly || strcmp(f->name, "is_public") == 0 || strcmp(f->name, "portal_id") == 0;
		if (is_inner || field_equal(f, before, after))
			continue;
		if (b.len)
			buf_lit(&b, ", ");
		buf_str(&b, str_lower_ascii(a, str_first(str_c(f->label), 1)));
		buf_str(&b, str_from(str_c(f->label), 1));
	}
	return buf_take(&b, a);
}

static Err add_history(Req *r, AsOf at, const ServiceWhole *w, CatalogueServiceView *v) {
	Arena     *a = r->c->arena;
	EntityList spans = {0};
	if (w->service->head.version == 1)           /* never changed: the row at hand is all of its history */
		*ARENA_PUSH(a, spans.at, spans.len, spans.cap) = w->service;
	else
		TRY(store_spans(r->c, &service_entity, w->service->head.id, at.recorded, &spans));
	for (size_t i = spans.len; i-- > 0;) {
		const Service *s = spans.at[i], *before = i ? spans.at[i - 1] : NULL;
		if (!s->is_public && !may(r->c, "register.read"))
			continue;
		Str what = before ? difference(a, before, s) : S("Začátek údajů v katalogu");
		if (before && !what.len)
			continue;
		char iso[DATE_ISO_LEN];
		CLEANUP(buf_free) Buf day = {0};
		fmt_date(&day, s->head.valid_from);
		Str when = buf_take(&day, a), datetime = str_dup(a, date_iso(s->head.valid_from, iso));
		*ARENA_PUSH(a, v->history.at, v->history.len, v->history.cap) =
			(MomentView){.datetime = datetime, .when = when, .text = before ? str_cat(a, S("Změna: "), what) : what,
			             .href = url_with(r, "ke-dni", datetime), .done = true, .current = s->head.row == w->service->head.row};
	}
	return OK;
}

/* ---- the page ---- */

static void add_codes(Ctx *c, const char *list, const Strs *codes, Strs *to) {
	for (size_t i = 0; i < codes->len; i++)
		strs_add(c->arena, to, codelist_name(c, list, codes->at[i]));
}

static void add_pair(Arena *a, PairViews *to, const char *label, Str value, Str href) {
	if (value.len)
		*ARENA_PUSH(a, to->at, to->len, to->cap) = (PairView){.label = str_c(label), .value = value, .href = href};
}

static Str day_text(Arena *a, Date d) {
	CLEANUP(buf_free) Buf b = {0};
	if (date_is(d))
		fmt_date(&b, d);
	return buf_take(&b, a);
}

static CatalogueNetworkHook network_hook;    /* set once at start */

void catalogue_set_network(CatalogueNetworkHook hook) {
	network_hook = hook;
}

static Err add_network(Req *r, const Service *s, CatalogueServiceView *v) {
	Str text = {0}, href = {0};
	if (network_hook)
		TRY(network_hook(r->c, s->head.id, &text, &href));
	add_pair(r->c->arena, &v->pairs, "V Základní síti", text, href);
	return OK;
}

static void add_pairs(Req *r, const ServiceWhole *w, CatalogueServiceView *v) {
	Arena          *a = r->c->arena;
	const Service  *s = w->service;
	const CodeItem *kind = codelist_find(r->c, "service_kind", s->kind);
	add_pair(a, &v->pairs, "Identifikátor", s->identifier, (Str){0});
	add_pair(a, &v->pairs, "Paragraf zákona", kind ? text_nbsp(a, kind->law) : S(""), (Str){0});
	add_pair(a, &v->pairs, "IČO poskytovatele", w->provider->ico, (Str){0});
	add_pair(a, &v->pairs, "Poskytována od", day_text(a, s->provided_from), (Str){0});
	add_pair(a, &v->pairs, "Poskytována do", day_text(a, s->provided_to), (Str){0});
	add_pair(a, &v->pairs, "Údaje potvrzeny", day_text(a, s->confirmed_on), (Str){0});
}

static const NoteView *note_of(Req *r, AsOf at, const Service *s, bool ended) {
	Arena *a = r->c->arena;
	Date   day = as_of_full(r->c, at).valid;
	if (ended) {
		Str reason = s->end_reason.len ? str_format(a, " (%.*s)", STR_ARG(codelist_name(r->c, "end_reason", s->end_reason))) : S("");
		return NEW(a, NoteView, .kind = NOTE_WARN, .title = S("Služba byla ukončena."),
		           .text = str_format(a, "Poskytovala se do %.*s%.*s. Podobné služby najdete v katalogu.", STR_ARG(day_text(a, s->provided_to)), STR_ARG(reason)),
		           .links = LIST_OF(LinkView, {.label = S("Hledat podobné služby"), .href = S("/katalog")}));
	}
	if (date_is(s->provided_from) && date_after(s->provided_from, day))
		return NEW(a, NoteView, .kind = NOTE_INFO, .title = S("Služba teprve začne."), .text = str_format(a, "Bude se poskytovat od %.*s.", STR_ARG(day_text(a, s->provided_from))));
	if (date_is(at.valid) || at.recorded.ms)
		return NEW(a, NoteView, .kind = NOTE_INFO, .title = S("Stav k jinému dni."), .text = str_format(a, "Údaje platné ke dni %.*s.", STR_ARG(day_text(a, day))));
	return NULL;
}

static void add_texts(Req *r, const Service *s, CatalogueServiceView *v) {
	for (Str rest = s->description; rest.len;) {
		Str line = str_trim(str_cut(&rest, '\n'));
		if (line.len)
			strs_add(r->c->arena, &v->description, line);
	}
	add_codes(r->c, "target_group", &s->target_groups, &v->groups);
	add_codes(r->c, "age_group", &s->age_groups, &v->ages);
	v->target_note = s->target_note;
}

static Err show(Req *r, AsOf at, const ServiceWhole *w) {
	Arena         *a = r->c->arena;
	const Service *s = w->service;
	bool           ended = date_is(s->provided_to) && date_before(s->provided_to, as_of_full(r->c, at).valid);
	CatalogueServiceView v = {
		.name = s->name, .outside_act = s->outside_act, .note = note_of(r, at, s, ended),
		.kind = {.label = catalogue_capital(a, codelist_name(r->c, "service_kind", s->kind)), .href = str_cat(a, S("/katalog/druhy/"), s->kind)},
		.provider = {.label = w->provider->name, .href = catalogue_provider_href(a, w->provider->head.id, w->provider->ico)},
		.as_of = as_of_view(r, S("Stav údajů o službě")),
		.report_href = ended ? (Str){0} : str_format(a, "/katalog/sluzba/%lld/chyba", (long long)s->head.id),
		.files = LIST_OF(LinkView, {.label = S("JSON"), .href = url_with_format(r, "json")}),
	};
	if (may(r->c, CAP_REGISTER_EDIT))
		v.edit = (LinkView){.label = S("Upravit službu"), .href = str_format(a, "/app/sluzby/%lld", (long long)s->head.id)};
	add_texts(r, s, &v);
	add_forms(r, w, &v);
	TRY(add_places(r, at, w, &v));
	for (size_t i = 0; i < w->contact_count; i++)
		*ARENA_PUSH(a, v.contacts.at, v.contacts.len, v.contacts.cap) = catalogue_contact(r->c, w->contacts[i]->kind, w->contacts[i]->value, w->contacts[i]->note);
	add_pairs(r, w, &v);
	TRY(add_network(r, s, &v));
	TRY(add_history(r, at, w, &v));
	r->no_index = ended || date_is(at.valid) || at.recorded.ms;
	r->changed_on = s->head.valid_from;
	r->description = str_format(a, "%.*s: %.*s, %.*s.", STR_ARG(s->name), STR_ARG(codelist_name(r->c, "service_kind", s->kind)), STR_ARG(w->provider->name));
	crumb(r, S("Katalog služeb"), S("/katalog"));
	if (ended)
		set_status(r, 410);
	v.name = text_nbsp(a, s->name);
	v.provider.label = text_nbsp(a, w->provider->name);
	view_catalogue_service(page(r, s->name), &v);
	return OK;
}

Err page_catalogue_service(Req *r) {
	Id           id;
	AsOf         at;
	ServiceWhole w;
	bool         moved = false;
	const Catalogue *k;
	TRY(arg_id(r, 0, &id));
	TRY(query_as_of(r, &at));
	TRY(catalogue_get(r->c, &k));
	if (r->format != PAGE_HTML && r->format != PAGE_JSON)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Službu nabízíme jako stránku a jako JSON; v CSV a XLSX je seznam na adrese /katalog.csv.");
	if (!catalogue_service(k, id))               /* what is in the catalogue was not merged */
		TRY(moved_to(r, id, &moved));
	if (moved)
		return OK;
	TRY(find(r, at, id, &w));
	TRY(canonical(r, w.service, &moved));
	if (moved)
		return OK;
	return r->format == PAGE_JSON ? catalogue_service_json(r, at, &w) : show(r, at, &w);
}
