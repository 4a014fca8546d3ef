/* why_page.c: explains a decision of the access mechanism: the route's capability, the roles that give it, which of them the person holds, since
 * when and until when, and on which rows. */
#include "domain/admin/admin_page.h"
#include "domain/admin/why.html.h"
#include "domain/people/people.h"
#include "domain/register/register.h"
#include "domain/territory/territory.h"
#include "web/module.h"
#include "web/screen.h"

/* "https://sit.kraj.cz/app/sluzby?q=a" → "/app/sluzby" */
static Str path_of(Str typed) {
	Str origin = web_options()->origin;
	if (str_starts(typed, origin))
		typed = str_from(typed, origin.len);
	return str_cut(&typed, '?');
}

/* ---- in words ---- */

static Str scope_words(Ctx *c, const AccountRole *r) {
	void       *row;
	const Unit *unit;
	size_t      said = c->problems.len;
	Str         words = S("celý kraj");
	if (str_eq(r->scope_kind, S("provider"))) {
		words = entity_get(c, &provider_entity, TODAY, r->scope_ref, &row) == OK ? ((Provider *)row)->name : S("poskytovatel");
	} else if (str_eq(r->scope_kind, S("district")) || str_eq(r->scope_kind, S("municipality"))) {
		unit = territory_by_id(c, r->scope_ref);
		words = unit ? unit->name : S("území");
	} else if (str_eq(r->scope_kind, S("body"))) {
		words = str_format(c->arena, "orgán č. %lld", (long long)r->scope_ref);
	}
	c->problems.len = said;
	return words;
}

/* Which rows a person of a narrower scope gets from the pages of an entity. */
static Str row_words(Ctx *c, const Entity *e) {
	if (!e)
		return (Str){0};
	if (e->is_public)
		return S("Záznamy na této stránce vidí každý; omezené jsou jen neveřejné údaje.");
	struct { const char *column, *word; } all[] = {{e->scope_provider, "poskytovatele"}, {e->scope_municipality, "obce"}, {e->scope_district, "ORP"}, {e->scope_body, "orgánu"}};
	Strs words = {0};
	for (size_t i = 0; i < LEN(all); i++)
		if (all[i].column)
			strs_add(c->arena, &words, str_c(all[i].word));
	if (e->scope_parent)
		return S("Kdo nemá roli pro celý kraj, dostane jen to, co patří k záznamům jeho rozsahu. Ostatní pro něj neexistuje.");
	if (!words.len)
		return S("Záznamy této stránky vidí jen role s rozsahem celého kraje.");
	return str_format(c->arena, "Kdo nemá roli pro celý kraj, dostane jen záznamy svého rozsahu (%.*s). Ostatní pro něj neexistují.", STR_ARG(str_join(c->arena, S(", "), words)));
}

/* ---- the decision ---- */

static Err roles_of(Ctx *c, Id account, EntityList *ret) {
	ListFilter of = {.field = entity_field(&account_role_entity, S("account")), .value = str_format(c->arena, "%lld", (long long)account)};
	c->scope_decided = true;                     /* the own roles, or those of an account whose keeper asks */
	Err e = entity_list(c, &account_role_entity, &(ListQuery){.filters = &of, .filter_count = 1, .limit = -1}, ret);
	c->scope_decided = false;
	return e;
}

static bool add_role(Ctx *c, WhyView *v, const Role *role, const EntityList *own) {
	WhyRole w = {.title = str_c(role->title)};
	bool    any = false;
	for (size_t i = 0; i < own->len; i++) {
		const AccountRole *r = own->at[i];
		if (!str_eq(r->role, str_c(role->code)))
			continue;
		bool today = !date_after(r->first_day, c->today) && (!date_is(r->last_day) || !date_before(r->last_day, c->today));
		*ARENA_PUSH(c->arena, w.held, w.held_count, w.held_cap) =
			(WhyHeld){.scope = scope_words(c, r), .first_day = r->first_day, .last_day = r->last_day, .holds_today = today};
		any = any || today;
	}
	*ARENA_PUSH(c->arena, v->roles, v->role_count, v->role_cap) = w;
	return any;
}

static Err decide(Req *r, const char *capability, Id account, WhyView *v) {
	Ctx       *c = r->c;
	EntityList own;
	v->asked = true;
	v->is_open = strcmp(capability, ANYONE) == 0 || strcmp(capability, SIGNED_IN) == 0;
	if (v->is_open) {
		v->may = true;
		v->verdict = strcmp(capability, ANYONE) == 0 ? S("Stránka je veřejná, otevře ji každý.") : S("Stránku otevře každý přihlášený.");
		return OK;
	}
	TRY(roles_of(c, account, &own));
	size_t      count;
	const Role *roles = access_roles(&count);
	for (size_t i = 0; i < count; i++)
		if (access_role_has(&roles[i], capability))
			v->may = add_role(c, v, &roles[i], &own) || v->may;
	for (size_t i = 0; access_capability(i); i++)
		if (strcmp(access_capability(i)->name, capability) == 0)
			v->capability_title = str_c(access_capability(i)->title);
	v->verdict = str_format(c->arena, "%.*s: %s", STR_ARG(v->person), v->may ? "přístup má" : "přístup nemá");
	return OK;
}

/* ---- the page ---- */

static void fill_form(Req *r, WhyView *v) {
	Str chosen = query(r, "opravneni");
	v->capability = (FieldView){.kind = FIELD_SELECT, .name = S("opravneni"), .label = S("Nebo oprávnění"), .optional = true};
	*ARENA_PUSH(r->c->arena, v->capability.options.at, v->capability.options.len, v->capability.options.cap) = (OptionView){.label = S("podle adresy")};
	for (size_t i = 0; access_capability(i); i++) {
		Str name = str_c(access_capability(i)->name);
		*ARENA_PUSH(r->c->arena, v->capability.options.at, v->capability.options.len, v->capability.options.cap) =
			(OptionView){.value = name, .label = str_c(access_capability(i)->title), .chosen = str_eq(name, chosen)};
	}
	if (may(r->c, CAP_PEOPLE_READ))
		v->account = (FieldView){.name = S("ucet"), .label = S("Čí účet"), .hint = S("E-mail člověka nebo číslo účtu. Prázdné = můj účet."), .value = query(r, "ucet"), .optional = true};
}

static Err whose(Req *r, Id *account, Str *person) {
	Str   asked = query(r, "ucet");
	i64   number;
	void *row;
	*account = r->c->actor->account;
	*person = r->c->actor->name;
	bool is_number = str_to_int(asked, &number);
	if (!asked.len || (is_number && number == *account))
		return OK;
	TRY(require(r->c, CAP_PEOPLE_READ));
	TRY(is_number ? entity_get(r->c, &account_entity, TODAY, number, &row) : entity_find(r->c, &account_entity, TODAY, "login", str_lower_ascii(r->c->arena, asked), &row));
	*account = ((EntityHead *)row)->id;
	*person = ((Account *)row)->name;
	return OK;
}

Err page_why(Req *r) {
	Id          account;
	WhyView     v = {.address = query(r, "adresa")};
	Str         wanted = query(r, "opravneni");
	const char *capability = NULL;
	TRY(whose(r, &account, &v.person));
	fill_form(r, &v);
	if (wanted.len && access_known(str_z(r->c->arena, wanted))) {
		capability = str_z(r->c->arena, wanted);
	} else if (v.address.len) {
		const Route *route = web_route_of(r->c->arena, GET, path_of(v.address));
		capability = route ? route->capability : NULL;
		v.rows = row_words(r->c, route ? route->entity : NULL);
		if (!route)
			v.error = S("Na této adrese žádná stránka není. Zkontrolujte ji, nebo vyberte oprávnění.");
	}
	r->is_error = v.error.len > 0;
	if (capability)
		TRY(decide(r, capability, account, &v));
	view_why(page(r, S("Proč mohu, proč nemohu")), &v);
	return OK;
}
