/* colleague_page.c: pages of a local administrator: who is in our organisation, inviting, roles, blocking. */
#include "base/format.h"
#include "core/codelist.h"
#include "domain/people/colleague.html.h"
#include "domain/people/grant.h"
#include "domain/people/people_page.h"
#include "web/screen.h"

enum { ROLES_OFFERED = 8 };

static Str role_titles(Ctx *c, const Colleague *who) {
	Strs titles = {0};
	for (size_t i = 0; i < who->role_count; i++) {
		const AccountRole *r = &who->roles[i];
		bool holds = !date_after(r->first_day, c->today) && (!date_is(r->last_day) || !date_before(r->last_day, c->today));
		const Role *role = access_role(r->role);
		if (holds && role)
			strs_add(c->arena, &titles, str_c(role->title));
	}
	return str_join(c->arena, S(", "), titles);
}

static ColleagueRow row_of(Ctx *c, const Colleague *who) {
	const Account *a = who->account;
	TagKind        kind = str_eq(a->state, S("active")) ? TAG_OK : str_eq(a->state, S("invited")) ? TAG_INFO : str_eq(a->state, S("blocked")) ? TAG_ERR : TAG_PLAIN;
	return (ColleagueRow){.href = str_format(c->arena, "/app/kolegove/%lld", (long long)a->head.id), .name = a->name, .login = a->login, .is_me = who->is_me,
	                      .state = codelist_name(c, "account_state", a->state), .state_kind = kind, .roles = role_titles(c, who), .last_sign_in = a->last_sign_in};
}

Err page_colleagues(Req *r) {
	Colleagues    all;
	Organisation *o;
	Id            provider;
	ColleagueList v = {0};
	TRY(colleague_organisation(r->c, &o, &provider));
	TRY(colleague_list(r->c, &all));
	v.organisation = o->name;
	for (size_t i = 0; i < all.len; i++)
		*ARENA_PUSH(r->c->arena, v.rows, v.count, v.cap) = row_of(r->c, &all.at[i]);
	view_colleague_list(page(r, S("Lidé naší organizace")), &v);
	return OK;
}

/* ---- the form of a role; of a new person too ---- */

static void add_field(ColleagueForm *f, Req *r, FieldView field) {
	field.error = field_problem(r, str_z(r->c->arena, field.name));
	field.value = form(r, str_z(r->c->arena, field.name));
	f->fields[f->count++] = field;
}

static FieldView role_field(Req *r, Id provider) {
	const Role *offered[ROLES_OFFERED];
	size_t      n = grants_offered(r->c, SCOPE_PROVIDER, provider, offered, LEN(offered));
	FieldView   v = {.kind = FIELD_RADIOS, .name = S("role"), .label = S("Role")};
	for (size_t i = 0; i < n; i++)
		*ARENA_PUSH(r->c->arena, v.options.at, v.options.len, v.options.cap) =
			(OptionView){.value = str_c(offered[i]->code), .label = str_c(offered[i]->title), .chosen = str_eq(form(r, "role"), str_c(offered[i]->code))};
	return v;
}

static void fill_role(ColleagueForm *f, Req *r, Id provider) {
	add_field(f, r, role_field(r, provider));
	add_field(f, r, (FieldView){.kind = FIELD_DATE, .name = S("first_day"), .label = S("Platí od"), .hint = S("Prázdné pole znamená dnes."), .optional = true});
	add_field(f, r, (FieldView){.kind = FIELD_DATE, .name = S("last_day"), .label = S("Platí do"), .hint = S("Prázdné pole znamená bez konce."), .optional = true});
}

static void fill_errors(ColleagueForm *f, Req *r) {
	f->errors = errors_view(r, f->fields, f->count);
	r->is_error = f->errors != NULL;
}

static Err form_days(Req *r, Date *first, Date *last) {
	struct { const char *name; Date *to; } days[] = {{"first_day", first}, {"last_day", last}};
	Err e = OK;
	for (size_t i = 0; i < LEN(days); i++) {
		const char *why = NULL;
		if (!read_date(form(r, days[i].name), days[i].to, &why))
			e = fail(r->c, ERR_INVALID, days[i].name, "%s", why);
	}
	return e;
}

/* What the person can mend in the form: a role that may not be given, an e-mail that somebody has. */
static bool is_of_a_field(const Req *r, Err e) {
	return e != OK && r->c->problems.len && r->c->problems.at[0].field;
}

static Err only(Req *r, const char *const *names) {
	for (size_t i = 0; i < r->http->form.len; i++) {
		bool known = str_eq(r->http->form.at[i].name, S("csrf"));
		for (size_t k = 0; names[k] && !known; k++)
			known = str_eq(r->http->form.at[i].name, str_c(names[k]));
		if (!known)
			return fail(r->c, ERR_MALFORMED, NULL, "Formulář obsahuje pole „%.*s“, které sem nepatří.", STR_ARG(utf8_first(r->http->form.at[i].name, 60)));
	}
	return OK;
}

/* ---- inviting ---- */

static Err show_new(Req *r) {
	Organisation *o;
	Id            provider;
	TRY(colleague_organisation(r->c, &o, &provider));
	ColleagueForm f = {.action = S("/app/kolegove/novy"), .csrf = csrf_token(r, S("/app/kolegove/novy")), .organisation = o->name};
	add_field(&f, r, (FieldView){.name = S("name"), .label = S("Jméno a příjmení"), .autocomplete = "off"});
	add_field(&f, r, (FieldView){.name = S("login"), .label = S("Pracovní e-mail"), .hint = S("Bude sloužit jako přihlašovací jméno."), .type = "email", .autocomplete = "off"});
	fill_role(&f, r, provider);
	fill_errors(&f, r);
	crumb(r, S("Lidé naší organizace"), S("/app/kolegove"));
	view_colleague_new(page(r, S("Pozvat kolegu")), &f);
	return OK;
}

Err page_colleague_new(Req *r) {
	return show_new(r);
}

Err post_colleague_new(Req *r) {
	static const char *const names[] = {"name", "login", "role", "first_day", "last_day", NULL};
	NewColleague n = {.name = form(r, "name"), .login = form(r, "login"), .role = form(r, "role")};
	Id           id;
	TRY(only(r, names));
	Err e = form_days(r, &n.first_day, &n.last_day);
	if (!n.role.len)
		e = fail(r->c, ERR_INVALID, "role", "Vyberte roli. Bez role by kolega po přihlášení nic neviděl.");
	if (e == OK)
		e = colleague_add(r->c, n, &id);
	if (is_of_a_field(r, e)) {
		set_status(r, 422);
		return show_new(r);
	}
	TRY(e);
	notice(r, "Účet je založený a pozvánka odeslaná.");
	return redirect(r, "/app/kolegove/%lld", (long long)id);
}

/* ---- one person ---- */

static void add_roles(Req *r, const Colleague *who, ColleaguePage *v) {
	for (size_t i = 0; i < who->role_count; i++) {
		const AccountRole *row = &who->roles[i];
		const Role        *role = access_role(row->role);
		bool               is_over = date_is(row->last_day) && date_before(row->last_day, r->c->today);
		*ARENA_PUSH(r->c->arena, v->roles, v->role_count, v->role_cap) =
			(ColleagueRole){.id = row->head.id, .title = role ? str_c(role->title) : row->role, .first_day = row->first_day, .last_day = row->last_day,
			                .is_over = is_over, .may_end = !is_over && !who->is_me};
	}
}

static void add_actions(Req *r, const Colleague *who, ColleaguePage *v) {
	static const struct { const char *state, *text, *meaning; } all[] = {
		{"blocked", "Zablokovat účet", "Zablokovaný se nepřihlásí a jeho dosavadní přihlášení hned skončí. Role zůstanou, účet jde později odblokovat."},
		{"active", "Odblokovat účet", "Kolega se bude moci znovu přihlásit svým heslem."},
		{"ended", "Ukončit účet", "Kolega už v organizaci nepracuje. Ukončený účet nejde obnovit, jeho stopa v záznamech zůstane."},
	};
	for (size_t i = 0; i < LEN(all) && !who->is_me && !who->has_foreign_role; i++)
		if (account_may_become(who->account->state, str_c(all[i].state)))
			*ARENA_PUSH(r->c->arena, v->actions, v->action_count, v->action_cap) =
				(ColleagueAction){str_c(all[i].state), str_c(all[i].text), str_c(all[i].meaning)};
}

static Err show_colleague(Req *r) {
	Id            id, provider;
	Colleague     who;
	Organisation *o;
	ColleaguePage v = {0};
	TRY(arg_id(r, 0, &id));
	TRY(colleague_organisation(r->c, &o, &provider));
	TRY(colleague_get(r->c, id, &who));
	v.head = row_of(r->c, &who);
	v.note = who.is_me ? S("Svůj vlastní účet a role si nikdo neupravuje. Heslo změníte na stránce Můj účet.")
	         : who.has_foreign_role ? S("Účet má i role mimo vaši organizaci. Zablokovat ho může jen správce aplikace; role ve vaší organizaci ukončíte zde.") : (Str){0};
	add_roles(r, &who, &v);
	add_actions(r, &who, &v);
	v.end_action = str_cat(r->c->arena, v.head.href, S("/ukoncit-roli"));
	v.end_csrf = csrf_token(r, v.end_action);
	v.state_action = str_cat(r->c->arena, v.head.href, S("/stav"));
	v.state_csrf = csrf_token(r, v.state_action);
	v.form.action = str_cat(r->c->arena, v.head.href, S("/role"));
	v.form.csrf = csrf_token(r, v.form.action);
	if (!who.is_me && !str_eq(who.account->state, S("ended"))) {
		fill_role(&v.form, r, provider);
		fill_errors(&v.form, r);
	}
	crumb(r, S("Lidé naší organizace"), S("/app/kolegove"));
	view_colleague_detail(page(r, who.account->name), &v);
	return OK;
}

Err page_colleague(Req *r) {
	return show_colleague(r);
}

static Err back(Req *r, Id id, const char *said) {
	notice(r, "%s", said);
	return redirect(r, "/app/kolegove/%lld", (long long)id);
}

Err post_colleague_role(Req *r) {
	static const char *const names[] = {"role", "first_day", "last_day", NULL};
	Id   id;
	Date first = {0}, last = {0};
	TRY(arg_id(r, 0, &id));
	TRY(only(r, names));
	Err e = form_days(r, &first, &last);
	if (!form(r, "role").len)
		e = fail(r->c, ERR_INVALID, "role", "Vyberte roli, kterou chcete přidělit.");
	if (e == OK)
		e = colleague_grant(r->c, id, form(r, "role"), first, last);
	if (is_of_a_field(r, e)) {
		set_status(r, 422);
		return show_colleague(r);
	}
	TRY(e);
	return back(r, id, "Role je přidělená.");
}

Err post_colleague_end_role(Req *r) {
	static const char *const names[] = {"role", NULL};
	Id  id;
	i64 role;
	TRY(arg_id(r, 0, &id));
	TRY(only(r, names));
	if (!str_to_int(form(r, "role"), &role) || role <= 0)
		return fail(r->c, ERR_MALFORMED, NULL, "Číslo role ve formuláři není v pořádku. Načtěte stránku znovu.");
	TRY(colleague_end_role(r->c, id, role));
	return back(r, id, "Role je ukončená, její práva skončila dnes.");
}

Err post_colleague_state(Req *r) {
	static const char *const names[] = {"state", NULL};
	Id id;
	TRY(arg_id(r, 0, &id));
	TRY(only(r, names));
	TRY(colleague_set_state(r->c, id, form(r, "state")));
	return back(r, id, "Stav účtu je změněný.");
}
