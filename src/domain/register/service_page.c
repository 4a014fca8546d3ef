/* service_page.c: the record of one service or provider by tabs. */
#include "domain/register/service_page.h"

#include "base/format.h"
#include "core/journal.h"
#include "domain/register/confirm.h"
#include "domain/register/edit_page.h"
#include "domain/register/service_page.html.h"
#include "domain/register/suggest.h"

static Str fmt_of_date(Ctx *c, Date d) {
	CLEANUP(buf_free) Buf b = {0};
	if (date_is(d))
		fmt_date(&b, d);
	return buf_take(&b, c->arena);
}

static Str under(Req *r, Str base, const char *segment, Id id) {
	return base.len ? str_format(r->c->arena, "%.*s/%s/%lld", STR_ARG(base), segment, (long long)id) : (Str){0};
}

/* ---- what the tabs show ---- */

Err service_forms_view(Req *r, AsOf at, Id service, Str base, FormBlocks *ret) {
	Ctx         *c = r->c;
	ServiceWhole whole;
	*ret = (FormBlocks){0};
	TRY(service_whole(c, at, service, &whole));
	for (size_t i = 0; i < whole.form_count; i++) {
		const FormWithCapacities *f = &whole.forms[i];
		FormBlock b = {.name = codelist_name(c, "service_form", f->row->form), .hours = f->row->hours, .nonstop = f->row->nonstop,
		               .href = under(r, base, "formy", f->row->head.id), .count = f->capacity_count,
		               .id = str_format(c->arena, "forma-%lld", (long long)f->row->head.id)};
		if (base.len)
			b.add_href = str_format(c->arena, "%.*s/kapacity/novy?forma=%lld", STR_ARG(base), (long long)f->row->head.id);
		b.capacities = NEW_ARRAY(c->arena, CapacityRow, f->capacity_count + 1);
		for (size_t k = 0; k < f->capacity_count; k++) {
			const Capacity *cap = f->capacities[k];
			b.capacities[k] = (CapacityRow){.capacity = cap, .type = codelist_name(c, "capacity_type", cap->type),
				.count = field_people(c, entity_field(&capacity_entity, S("count")), cap), .effective = fmt_of_date(c, cap->effective_from),
				.href = under(r, base, "kapacity", cap->head.id)};
		}
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = b;
	}
	return OK;
}

static Str address_of(Ctx *c, const Facility *f) {
	CLEANUP(buf_free) Buf b = {0};
	const Unit *u = territory_by_id(c, f->municipality);
	bool has_street = f->street.len > 0;
	if (has_street || f->part.len || f->house_no.len) {
		buf_str(&b, has_street ? f->street : f->part.len ? f->part : S("č. p."));
		if (f->house_no.len)
			buf_format(&b, " %.*s", STR_ARG(f->house_no));
		buf_lit(&b, ", ");
	}
	if (f->postcode.len) {
		fmt_postcode(&b, f->postcode);
		buf_char(&b, ' ');
	}
	if (u)
		buf_str(&b, u->name);
	return str_trim(buf_take(&b, c->arena));
}

static Str place_state(Ctx *c, const Facility *f) {
	if (date_is(f->provided_to) && date_before(f->provided_to, c->today))
		return str_cat(c->arena, S("v provozu do "), fmt_of_date(c, f->provided_to));
	if (date_is(f->provided_from) && date_after(f->provided_from, c->today))
		return str_cat(c->arena, S("v provozu od "), fmt_of_date(c, f->provided_from));
	return (Str){0};
}

void service_place_seen(Ctx *c, Id service, const Facility *f) {
	if (f->secret_address && may(c, CAP_REGISTER_SECRET))
		journal_viewed(c, service_entity.name, service, 0);
}

Err service_places_view(Req *r, AsOf at, Id service, Str base, PlaceRows *ret) {
	Ctx       *c = r->c;
	EntityList rows;
	*ret = (PlaceRows){0};
	TRY(parts_list(c, &facility_entity, at, service, &rows));
	bool noted = false;                          /* once for the service, however many such places it has */
	for (size_t i = 0; i < rows.len; i++) {
		const Facility *f = rows.at[i];
		if (f->secret_address && !noted)
			service_place_seen(c, service, f);
		noted = noted || f->secret_address;
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (PlaceRow){.facility = f, .address = address_of(c, f), .state = place_state(c, f),
			.accessible = codelist_name(c, "accessibility", f->accessible), .href = under(r, base, "mista", f->head.id),
			.is_hidden = f->secret_address && !may(c, CAP_REGISTER_SECRET)};
	}
	return OK;
}

Err service_contacts_view(Req *r, AsOf at, Id service, Str base, ContactRows *ret) {
	Ctx         *c = r->c;
	ServiceWhole whole;
	*ret = (ContactRows){0};
	TRY(service_whole(c, at, service, &whole));
	for (size_t i = 0; i < whole.contact_count; i++) {
		const Contact *k = whole.contacts[i];
		ContactRow     row = {.contact = k, .kind = codelist_name(c, "contact_kind", k->kind), .href = under(r, base, "kontakty", k->head.id)};
		if (str_eq(k->kind, S("email")))
			row.value_href = str_cat(c->arena, S("mailto:"), k->value);
		else if (str_eq(k->kind, S("phone")))
			row.value_href = phone_link(c->arena, k->value).href;
		else if (str_eq(k->kind, S("web")) && url_plausible(k->value))
			row.value_href = k->value;
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = row;
	}
	return OK;
}

static void add_pairs(Req *r, const Entity *e, const void *row, const char *const *names, PairViews *ret) {
	for (; *names; names++) {
		const Field *f = entity_field(e, str_c(*names));
		if (!f || (f->read && !may(r->c, f->read)))
			continue;
		PairView p = pair_view(r, f, row);
		if (f->type == TYPE_REF && !may(r->c, f->target == &provider_entity ? "register.read" : f->target->write))
			p.href = (Str){0};
		*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = p;
	}
}

PairViews service_pairs(Req *r, const Service *s) {
	static const char *const names[] = {"provider", "kind", "identifier", "outside_act", "description", "target_groups", "age_groups", "target_note",
	                                    "provided_from", "provided_to", "end_reason", "is_public", NULL};
	PairViews pairs = {0};
	add_pairs(r, &service_entity, s, names, &pairs);
	return pairs;
}

/* ---- head ---- */

static NoteView as_of_words(Req *r, AsOf at) {
	NoteView n = {.kind = NOTE_INFO};
	CLEANUP(buf_free) Buf b = {0};
	if (!date_is(at.valid) && at.recorded.ms == 0)
		return n;
	buf_lit(&b, "Vidíte stav ke dni ");
	fmt_date(&b, date_is(at.valid) ? at.valid : r->c->today);
	if (at.recorded.ms) {
		buf_lit(&b, " podle údajů známých ");
		fmt_instant(&b, at.recorded);
	}
	buf_lit(&b, ". Upravovat lze jen současný stav.");
	n.text = buf_take(&b, r->c->arena);
	return n;
}

static void add_tab(Req *r, TabViews *tabs, const char *label, Str href, bool current) {
	*ARENA_PUSH(r->c->arena, tabs->at, tabs->len, tabs->cap) = (TabView){.label = str_c(label), .href = href, .current = current};
}

/* Which moment the address asks for goes along from tab to tab. */
static Str tab_href(Req *r, Str base, const char *segment) {
	Arena *a = r->c->arena;
	Str    href = *segment ? str_format(a, "%.*s/%s", STR_ARG(base), segment) : base;
	Str    day = query(r, "ke-dni"), known = query(r, "znalost");
	CLEANUP(buf_free) Buf b = {0};
	buf_str(&b, href);
	if (day.len) {
		buf_lit(&b, "?ke-dni=");
		html_url_str(&b, day);
	}
	if (known.len) {
		buf_str(&b, day.len ? S("&znalost=") : S("?znalost="));
		html_url_str(&b, known);
	}
	return buf_take(&b, a);
}

static RecordHead service_head(Req *r, const Service *s, AsOf at, ServiceTab tab) {
	Arena     *a = r->c->arena;
	RecordHead h = {.id = s->head.id, .title = s->name, .href = row_href(r, &service_entity, s->head.id), .is_now = !date_is(at.valid) && at.recorded.ms == 0};
	h.messages_href = may(r->c, "message.read") ? str_format(r->c->arena, "/app/zpravy?zaznam=service-%lld", (long long)s->head.id) : (Str){0};
	h.lead = str_format(a, "%.*s · %.*s", STR_ARG(codelist_name(r->c, "service_kind", s->kind)), STR_ARG(field_people(r->c, entity_field(&service_entity, S("provider")), s)));
	h.may_edit = h.is_now && !s->merged_into && may(r->c, CAP_REGISTER_EDIT);
	if (s->is_public && service_is_provided(s, r->c->today))
		h.public_href = str_format(a, "/katalog/sluzba/%lld", (long long)s->head.id);
	h.note = as_of_words(r, at);
	h.as_of = as_of_view(r, S("Stav služby"));
	static const struct { const char *label, *segment; ServiceTab tab; } all[] = {
		{"Údaje", "", TAB_DATA}, {"Kapacity", "kapacity", TAB_CAPACITIES}, {"Místa", "mista", TAB_PLACES}, {"Kontakty", "kontakty", TAB_CONTACTS},
	};
	for (size_t i = 0; i < LEN(all); i++)
		add_tab(r, &h.tabs, all[i].label, tab_href(r, h.href, all[i].segment), tab == all[i].tab);
	if (may(r->c, "history.read"))
		add_tab(r, &h.tabs, "Historie", str_cat(a, h.href, S("/historie")), tab == TAB_HISTORY);
	crumb(r, S("Služby"), S("/app/sluzby"));
	return h;
}

/* The service of a tab; answers with a redirect when it was merged (*ret is NULL then). */
static Err open_tab(Req *r, const char *segment, AsOf *at, Service **ret) {
	Id moved;
	TRY(query_as_of(r, at));
	TRY(service_open(r, *at, ret, &moved));
	if (!*ret)
		return redirect(r, "/app/sluzby/%lld%s%s", (long long)moved, *segment ? "/" : "", segment);
	return OK;
}

/* ---- services ---- */

Err page_service(Req *r) {
	Service *s;
	AsOf     at;
	Ctx     *c = r->c;
	TRY(open_tab(r, "", &at, &s));
	if (!s)
		return OK;
	ServiceData v = {.head = service_head(r, s, at, TAB_DATA), .pairs = service_pairs(r, s), .version = s->head.version, .state = service_state(c, s),
	                 .confirmed = confirmed_words(c, s), .is_stale = service_is_stale(c, s)};
	CLEANUP(buf_free) Buf b = {0};
	fmt_date_range(&b, s->head.valid_from, s->head.valid_to);
	*ARENA_PUSH(c->arena, v.pairs.at, v.pairs.len, v.pairs.cap) = (PairView){.label = S("Platnost těchto údajů"), .value = buf_take(&b, c->arena)};
	v.may_confirm = v.head.is_now && service_may_confirm(c, s);
	v.confirm_action = str_cat(c->arena, v.head.href, S("/potvrdit"));
	v.confirm_csrf = csrf_token(r, v.confirm_action);
	if (v.head.may_edit)
		TRY(suggestion_count(c, s->head.id, &v.open_suggestions));
	view_service_data(page(r, s->name), &v);
	return OK;
}

static Err parts_page(Req *r, ServiceTab tab, const char *segment, ServiceParts *v, AsOf *at, Service **s) {
	TRY(open_tab(r, segment, at, s));
	if (!*s)
		return OK;
	*v = (ServiceParts){.head = service_head(r, *s, *at, tab)};
	crumb(r, (*s)->name, v->head.href);
	if (v->head.may_edit) {
		v->new_form = str_cat(r->c->arena, v->head.href, S("/formy/novy"));
		v->new_place = str_cat(r->c->arena, v->head.href, S("/mista/novy"));
		v->new_contact = str_cat(r->c->arena, v->head.href, S("/kontakty/novy"));
	}
	return OK;
}

Err page_service_capacities(Req *r) {
	ServiceParts v;
	AsOf         at;
	Service     *s;
	TRY(parts_page(r, TAB_CAPACITIES, "kapacity", &v, &at, &s));
	if (!s)
		return OK;
	TRY(service_forms_view(r, at, s->head.id, v.head.may_edit ? v.head.href : (Str){0}, &v.forms));
	view_service_capacities(page(r, S("Kapacity")), &v);
	return OK;
}

Err page_service_places(Req *r) {
	ServiceParts v;
	AsOf         at;
	Service     *s;
	TRY(parts_page(r, TAB_PLACES, "mista", &v, &at, &s));
	if (!s)
		return OK;
	TRY(service_places_view(r, at, s->head.id, v.head.may_edit ? v.head.href : (Str){0}, &v.places));
	view_service_places(page(r, S("Místa")), &v);
	return OK;
}

Err page_service_contacts(Req *r) {
	ServiceParts v;
	AsOf         at;
	Service     *s;
	TRY(parts_page(r, TAB_CONTACTS, "kontakty", &v, &at, &s));
	if (!s)
		return OK;
	TRY(service_contacts_view(r, at, s->head.id, v.head.may_edit ? v.head.href : (Str){0}, &v.contacts));
	view_service_contacts(page(r, S("Kontakty")), &v);
	return OK;
}

Err page_service_history(Req *r) {
	Service *s;
	Id       id, moved;
	i64      before;
	TRY(arg_id(r, 0, &id));
	TRY(query_int(r, "pred", 0, 0, INT64_MAX - 1, &before));
	EntityList spans;
	TRY(service_open(r, TODAY, &s, &moved));
	if (!s) {                                    /* merged: its own history stays readable at its own address */
		if (store_all_rows(r->c, &service_entity, id, &spans) != OK || spans.len == 0)
			return fail_internal(r->c, "service");
		s = spans.at[spans.len - 1];
	}
	RecordHistory v = {0};
	v.head = service_head(r, s, TODAY, TAB_HISTORY);
	crumb(r, s->name, v.head.href);
	if (moved)
		v.head.note = (NoteView){.kind = NOTE_INFO, .text = S("Tento záznam byl sloučen do jiného; tady zůstává jeho historie.")};
	TRY(service_history_views(r, id, before, &v.list, &v.older));
	TRY(record_spans(r, &service_entity, id, &v.spans));
	view_record_history(page(r, S("Historie")), &v);
	return OK;
}

/* ---- providers ---- */

static RecordHead provider_head(Req *r, const Provider *p, int tab) {
	Arena     *a = r->c->arena;
	RecordHead h = {.id = p->head.id, .title = p->name, .href = row_href(r, &provider_entity, p->head.id), .is_now = true};
	h.messages_href = may(r->c, "message.read") ? str_format(r->c->arena, "/app/zpravy?zaznam=provider-%lld", (long long)p->head.id) : (Str){0};
	h.lead = p->ico.len ? str_cat(a, S("IČO "), p->ico) : S("Poskytovatel bez IČO");
	h.may_edit = may(r->c, CAP_REGISTER_EDIT) && !p->merged_into;
	if (p->ico.len)
		h.public_href = str_cat(a, S("/katalog/poskytovatel/"), p->ico);
	add_tab(r, &h.tabs, "Údaje", h.href, tab == 0);
	add_tab(r, &h.tabs, "Služby", str_cat(a, h.href, S("/sluzby")), tab == 1);
	if (may(r->c, "history.read"))
		add_tab(r, &h.tabs, "Historie", str_cat(a, h.href, S("/historie")), tab == 2);
	crumb(r, S("Poskytovatelé"), S("/app/poskytovatele"));
	return h;
}

static Err provider_open(Req *r, Provider **ret) {
	Id    id, moved;
	void *row;
	*ret = NULL;
	TRY(arg_id(r, 0, &id));
	size_t said = r->c->problems.len;
	Err    err = entity_get(r->c, &provider_entity, TODAY, id, &row);
	if (err == OK) {
		*ret = row;
		return OK;
	}
	if (err != ERR_NOT_FOUND)
		return err;
	r->c->problems.len = said;
	TRY(register_redirect(r->c, "provider", id, &moved));
	if (!moved)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Poskytovatel neexistuje, nebo k němu nemáte přístup.");
	return redirect(r, "/app/poskytovatele/%lld", (long long)moved);
}

Err page_provider(Req *r) {
	static const char *const names[] = {"ico", "legal_form", "kind", "municipality", "street", "house_no", "postcode", "data_box", "web", "email", "phone", "note", NULL};
	Provider *p;
	TRY(provider_open(r, &p));
	if (!p)
		return OK;
	RecordHead head = provider_head(r, p, 0);
	PairViews  pairs = {0};
	add_pairs(r, &provider_entity, p, names, &pairs);
	view_provider_data(page(r, p->name), &head, pairs);
	return OK;
}

Err page_provider_services(Req *r) {
	Provider  *p;
	EntityList rows;
	TRY(provider_open(r, &p));
	if (!p)
		return OK;
	RecordHead  head = provider_head(r, p, 1);
	ServiceRows list = {0};
	ListFilter  of = {.field = entity_field(&service_entity, S("provider")), .value = str_format(r->c->arena, "%lld", (long long)p->head.id)};
	TRY(entity_list(r->c, &service_entity, &(ListQuery){.filters = &of, .filter_count = 1, .limit = 500}, &rows));
	for (size_t i = 0; i < rows.len; i++) {
		ServiceRow *row = ARENA_PUSH(r->c->arena, list.at, list.len, list.cap);
		TRY(service_row(r, rows.at[i], TODAY, row));
	}
	crumb(r, p->name, head.href);
	view_provider_services(page(r, S("Služby")), &head, list);
	return OK;
}

Err page_provider_history(Req *r) {
	Provider    *p;
	TrailRecords records;
	i64          before;
	TRY(query_int(r, "pred", 0, 0, INT64_MAX - 1, &before));
	TRY(provider_open(r, &p));
	if (!p)
		return OK;
	TRY(trail_of(r->c, "provider", p->head.id, before, 50, &records));
	RecordHistory v = {.head = provider_head(r, p, 2), .list = history_views(r, &provider_entity, &records)};
	if (records.len == 50)
		v.older = str_format(r->c->arena, "%.*s/historie?pred=%lld", STR_ARG(v.head.href), (long long)records.at[records.len - 1].seq);
	TRY(record_spans(r, &provider_entity, p->head.id, &v.spans));
	crumb(r, p->name, v.head.href);
	view_record_history(page(r, S("Historie")), &v);
	return OK;
}
