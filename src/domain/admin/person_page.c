/* person_page.c: what is held about one person: for them (/app/ucet/udaje) and for whoever deals with their request. */
#include "base/format.h"
#include "core/codelist.h"
#include "core/journal.h"
#include "domain/admin/admin_page.h"
#include "domain/admin/person.html.h"
#include "web/screen.h"

enum { SHOWN = 20 };

/* ---- the readable form, from the same JSON that is downloaded ---- */

/* Keys of the file have no diacritics; people read words. A key that is not here is shown with blanks for its underscores. */
static Str label_of(Arena *a, Str key) {
	static const struct { const char *key, *label; } words[] = {
		{"email", "E-mail"}, {"jmeno", "Jméno"}, {"naposledy_prihlasen", "Naposledy přihlášen"}, {"prihlaseno", "Přihlášeno"}, {"konci", "Končí"},
		{"naposledy_pouzito", "Naposledy použito"}, {"sitova_adresa", "Síťová adresa"}, {"zarizeni", "Zařízení"}, {"zname_zarizeni_od", "Známé zařízení od"},
		{"cislo", "Číslo"}, {"zaznam", "Záznam"}, {"cislo_zaznamu", "Číslo záznamu"}, {"duvod", "Důvod"}, {"zaznam_rozsahu", "Záznam rozsahu"},
		{"nazev", "Název"}, {"zadana", "Zadána"}, {"skoncila", "Skončila"}, {"predmet", "Předmět"}, {"ceho_se_tyka", "Čeho se týká"}, {"udaj", "Údaj"},
		{"navrh", "Návrh"}, {"poznamka", "Poznámka"},
	};
	for (size_t i = 0; i < LEN(words); i++)
		if (str_eq(key, str_c(words[i].key)))
			return str_c(words[i].label);
	Str s = str_replace(a, key, S("_"), S(" "));
	if (s.len && s.ptr[0] >= 'a' && s.ptr[0] <= 'z') {
		char *capital = str_z(a, s);
		capital[0] = (char)(capital[0] - 32);
		s = str_of(capital, s.len);
	}
	return s;
}

/* What the file says for machines, in words: instants, days, actions of the trail and kinds of records. */
static Str value_of(Ctx *c, Str key, Str value) {
	Instant       t;
	Date          day;
	const Entity *kind;
	CLEANUP(buf_free) Buf b = {0};
	if (instant_read_iso(value, &t))
		fmt_instant(&b, t);
	else if (date_read_iso(value, &day))
		fmt_date(&b, day);
	else if (str_eq(key, S("role")))
		return codelist_name(c, "role", value);
	else if (str_eq(key, S("rozsah")))
		return codelist_name(c, "scope_kind", value);
	else if (str_eq(key, S("co")))
		return codelist_name(c, "trail_action", value);
	else if (str_eq(key, S("zaznam")))
		return (kind = admin_entity_named(value)) != NULL ? str_c(kind->one) : codelist_name(c, "trail_object", value);
	else
		return value;
	return buf_take(&b, c->arena);
}

static void add_pair(Ctx *c, PairViews *pairs, Str key, Str value) {
	Arena *a = c->arena;
	if (!value.len)
		return;
	value = value_of(c, key, value);
	*ARENA_PUSH(a, pairs->at, pairs->len, pairs->cap) = (PairView){.label = label_of(a, key), .value = value};
}

/* One object; the reader stands behind its brace. */
static bool read_item(Ctx *c, JsonReader *j, PersonItem *item) {
	Arena *a = c->arena;
	Str key = {0};
	*item = (PersonItem){0};
	for (;;) {
		switch (json_next(j)) {
		case JSON_KEY:
			key = str_dup(a, json_text(j));
			break;
		case JSON_STRING:
		case JSON_NUMBER:
			add_pair(c, &item->pairs, key, str_dup(a, json_text(j)));
			break;
		case JSON_NULL: case JSON_TRUE: case JSON_FALSE:
			break;
		case JSON_OBJECT_END:
			return true;
		default:
			return false;
		}
	}
}

static Err read_section(Ctx *c, Str json, PersonSection *s) {
	JsonReader *j = json_open_str(c->arena, json);
	for (JsonEvent e; (e = json_next(j)) != JSON_END;) {
		PersonItem item;
		if (e == JSON_ERROR || (e == JSON_OBJECT && !read_item(c, j, &item)))
			return fail_internal(c, "data of a person");
		if (e != JSON_OBJECT)
			continue;
		s->count++;
		if (s->items.len < SHOWN)
			*ARENA_PUSH(c->arena, s->items.at, s->items.len, s->items.cap) = item;
	}
	s->more = s->count - (i64)s->items.len;
	return OK;
}

static Err read_sections(Ctx *c, Id account, PersonSections *ret) {
	*ret = (PersonSections){0};
	for (size_t i = 0; person_data_at(i); i++) {
		const PersonData *row = person_data_at(i);
		CLEANUP(buf_free) Buf b = {0};
		JsonWriter    w = {.out = &b};
		PersonSection s = {.title = str_c(row->title), .purpose = str_c(row->purpose), .exception = str_c(row->exception ? row->exception : "")};
		TRY(row->export(c, account, &w));
		TRY(read_section(c, buf_view(&b), &s));
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = s;
	}
	return OK;
}

static Err send_json(Req *r, Id account) {
	if (r->format != PAGE_JSON)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Údaje jsou ke stažení ve formátu JSON.");
	http_set_header(r->http, r->res, "Content-Disposition", http_attachment(r->c->arena, str_format(r->c->arena, "udaje-uctu-%lld.json", (long long)account)));
	JsonWriter w = json_page(r);
	return person_data_export(r->c, account, &w);
}

/* ---- pages ---- */

Err page_own_data(Req *r) {
	PersonState p;
	Id          account = r->c->actor->account;
	if (r->format != PAGE_HTML)
		return send_json(r, account);
	TRY(person_get(r->c, account, &p));
	PersonPage v = {.p = &p, .own = true, .json = S("/app/ucet/udaje.json")};
	TRY(read_sections(r->c, account, &v.sections));
	crumb(r, S("Můj účet"), S("/app/ucet"));
	view_person(page(r, S("Moje údaje")), &v);
	return OK;
}

static Err show(Req *r, Id account) {
	PersonState p;
	TRY(person_get(r->c, account, &p));
	Arena     *a = r->c->arena;
	FieldView  probe = {.name = S("reason"), .id = p.restricted ? S("uvolnit") : S("vymazat"), .error = field_problem(r, "reason")};
	PersonPage v = {.p = &p, .may_change = true, .errors = errors_view(r, &probe, 1)};
	v.base = str_format(a, "/app/sprava/osoba/%lld", (long long)account);
	v.json = str_cat(a, v.base, S(".json"));
	v.csrf_restrict = csrf_token(r, str_cat(a, v.base, S("/omezit")));
	v.csrf_release = csrf_token(r, str_cat(a, v.base, S("/uvolnit")));
	v.csrf_erase = csrf_token(r, str_cat(a, v.base, S("/vymazat")));
	v.reason_error = probe.error;
	TRY(read_sections(r->c, account, &v.sections));
	r->is_error = v.errors != NULL;
	crumb(r, S("Správa"), S("/app/sprava"));
	crumb(r, S("Uživatelé"), S("/app/sprava/uzivatele"));
	view_person(page(r, p.name), &v);
	return OK;
}

Err page_person(Req *r) {
	Id account;
	TRY(arg_id(r, 0, &account));
	journal_viewed(r->c, "account", account, account);
	if (r->format == PAGE_HTML)
		return show(r, account);
	PersonState p;
	TRY(person_get(r->c, account, &p));
	return send_json(r, account);
}

static Err answer(Req *r, Id account, Err e, const char *done) {
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show(r, account);
	}
	TRY(e);
	notice(r, "%s", done);
	return redirect(r, "/app/sprava/osoba/%lld", (long long)account);
}

Err post_person_restrict(Req *r) {
	Id account;
	TRY(arg_id(r, 0, &account));
	r->c->reason = form(r, "reason");
	return answer(r, account, person_restrict(r->c, account), "Zpracování údajů je omezené.");
}

Err post_person_release(Req *r) {
	Id account;
	TRY(arg_id(r, 0, &account));
	r->c->reason = form(r, "reason");
	return answer(r, account, person_release(r->c, account), "Omezení zpracování skončilo.");
}

Err post_person_erase(Req *r) {
	Id  account;
	i64 erased;
	TRY(arg_id(r, 0, &account));
	r->c->reason = form(r, "reason");
	return answer(r, account, person_erase(r->c, account, form_has(r, "stopa"), &erased), "Osobní údaje jsou vymazané. Co zůstává, je zapsané ve stopě.");
}
