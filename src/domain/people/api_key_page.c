/* api_key_page.c: a person's keys for other programs. */
#include "domain/people/api_key.h"
#include "domain/people/api_key.html.h"
#include "domain/people/people_page.h"

#define HERE "/app/ucet/klice"

/* Rights by which some address gives data: others would be of no use to a key. */
static bool gives_data(const char *capability) {
	for (size_t i = 0; web_route(i, NULL); i++) {
		const Route *route = web_route(i, NULL);
		if ((route->formats || route->api) && strcmp(route->capability, capability) == 0)
			return true;
	}
	return false;
}

static bool is_chosen(const Strs *chosen, const char *name) {
	for (size_t i = 0; i < chosen->len; i++)
		if (str_eq(chosen->at[i], str_c(name)))
			return true;
	return false;
}

static FieldView capabilities_field(Req *r) {
	FieldView f = {.kind = FIELD_CHECKS, .name = S("capability"), .label = S("Co smí klíč číst"), .hint = S("Nikdy víc než vy sami. Skončí-li vaše role, skončí i tady."),
	               .error = field_problem(r, "capability")};
	Strs chosen = form_all(r, "capability");
	for (size_t i = 0; access_capability(i); i++) {
		const Capability *cap = access_capability(i);
		if (may(r->c, cap->name) && gives_data(cap->name))
			*ARENA_PUSH(r->c->arena, f.options.at, f.options.len, f.options.cap) =
				(OptionView){.value = str_c(cap->name), .label = str_c(cap->title), .chosen = is_chosen(&chosen, cap->name)};
	}
	return f;
}

static Str titles_of(Req *r, Str capabilities) {
	Strs titles = {0};
	while (capabilities.len) {
		Str name = str_cut(&capabilities, ','), title = name;
		for (size_t i = 0; access_capability(i); i++)
			if (str_eq(str_c(access_capability(i)->name), name))
				title = str_c(access_capability(i)->title);
		strs_add(r->c->arena, &titles, title);
	}
	return str_join(r->c->arena, S("; "), titles);
}

static Err show_keys(Req *r) {
	ApiKeys  keys;
	KeysPage v = {.csrf = csrf_token(r, S(HERE)), .csrf_end = csrf_token(r, S(HERE "/zrusit"))};
	TRY(api_keys_of(r->c, r->c->actor->account, &keys));
	for (size_t i = 0; i < keys.len; i++) {
		const ApiKey *k = &keys.at[i];
		*ARENA_PUSH(r->c->arena, v.rows, v.row_count, v.row_cap) =
			(KeyRow){.id = k->id, .name = k->name, .may = titles_of(r, k->capabilities), .last_day = k->last_day, .last_used = k->last_used,
			         .holds = k->holds, .state = k->ended_at.ms ? S("zrušený") : k->holds ? S("platí") : S("skončil")};
	}
	FieldView fields[] = {
		{.name = S("name"), .label = S("Název"), .hint = S("Program, který bude klíč používat."), .value = form(r, "name"), .error = field_problem(r, "name"), .autocomplete = "off"},
		capabilities_field(r),
		{.kind = FIELD_DATE, .name = S("last_day"), .label = S("Platí do"), .value = form(r, "last_day"), .error = field_problem(r, "last_day")},
	};
	v.fields = fields;
	v.field_count = LEN(fields);
	v.errors = people_errors(r, fields, LEN(fields));
	r->is_error = v.errors != NULL;
	crumb(r, S("Můj účet"), S("/app/ucet"));
	view_keys_page(page(r, S("Klíče API")), &v);
	return OK;
}

Err page_keys(Req *r) {
	return show_keys(r);
}

Err post_key(Req *r) {
	static const char *const names[] = {"name", "capability", "last_day", NULL};
	Str         key;
	Date        last_day = {0};
	const char *why = NULL;
	Strs        chosen = form_all(r, "capability");
	TRY(form_only(r, names));
	Err e = read_date(form(r, "last_day"), &last_day, &why) ? api_key_add(r->c, form(r, "name"), &chosen, last_day, &key)
	                                                        : fail(r->c, ERR_INVALID, "last_day", "Platí do: %s", why);
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_keys(r);
	}
	TRY(e);
	crumb(r, S("Můj účet"), S("/app/ucet"));
	crumb(r, S("Klíče API"), S(HERE));
	view_key_made(page(r, S("Nový klíč")), key, web_options()->origin);
	return OK;
}

Err post_key_end(Req *r) {
	static const char *const names[] = {"key", NULL};
	i64 key;
	TRY(form_only(r, names));
	if (!str_to_int(form(r, "key"), &key))
		return fail(r->c, ERR_MALFORMED, NULL, "Číslo klíče ve formuláři není v pořádku. Načtěte stránku znovu.");
	TRY(api_key_end(r->c, r->c->actor->account, key));
	notice(r, "Klíč je zrušený.");
	return redirect(r, HERE);
}
