/* req.c: reading what came: parameters, form fields, dates. Strict: what is not understood is said, not guessed. */
#include "base/format.h"
#include "web/inside.h"

Str arg(const Req *r, int i) {
	return r->args[i];
}

Err arg_id(Req *r, int i, Id *ret) {
	Str rest = r->args[i], number = str_cut(&rest, '-');
	if (number.len && number.len < 19 && number.ptr[0] != '-' && str_to_int(number, ret) && *ret > 0)
		return OK;
	return fail(r->c, ERR_NOT_FOUND, NULL, "Stránka s touto adresou neexistuje.");
}

static Strs all_of(Arena *a, const Params *list, const char *name) {
	Strs values = {0};
	for (size_t i = 0; i < list->len; i++)
		if (str_eq(list->at[i].name, str_c(name)))
			strs_add(a, &values, str_trim(list->at[i].value));
	return values;
}

Str query(const Req *r, const char *name) {
	bool found;
	return str_trim(http_param(&r->http->query, str_c(name), &found));
}

Strs query_all(Req *r, const char *name) {
	return all_of(r->c->arena, &r->http->query, name);
}

Str form(const Req *r, const char *name) {
	bool found;
	return str_trim(http_param(&r->http->form, str_c(name), &found));
}

Strs form_all(Req *r, const char *name) {
	return all_of(r->c->arena, &r->http->form, name);
}

bool form_has(const Req *r, const char *name) {
	bool found;
	http_param(&r->http->form, str_c(name), &found);
	return found;
}

const Upload *form_file(const Req *r, const char *name) {
	for (size_t i = 0; i < r->http->uploads.len; i++) {
		const Upload *u = &r->http->uploads.at[i];
		if (str_eq(u->field, str_c(name)) && (u->file_name.len || u->size))
			return u;
	}
	return NULL;
}

Err query_int(Req *r, const char *name, i64 standard, i64 least, i64 most, i64 *ret) {
	Str typed = query(r, name);
	*ret = standard;
	if (str_empty(typed))
		return OK;
	if (str_to_int(typed, ret) && *ret >= least && *ret <= most)
		return OK;
	return fail(r->c, ERR_MALFORMED, NULL, "Parametr „%s“ v adrese má být celé číslo od %lld do %lld.", name, (long long)least, (long long)most);
}

Err query_date(Req *r, const char *name, Date standard, Date *ret) {
	Str         typed = query(r, name);
	const char *why;
	*ret = standard;
	if (str_empty(typed))
		return OK;
	if (read_date(typed, ret, &why))
		return OK;
	return fail(r->c, ERR_MALFORMED, NULL, "Parametr „%s“ v adrese: %s", name, why);
}

/* „znalost“ is an instant, or a day, which means its end: all that was known when that day was over. */
Err query_as_of(Req *r, AsOf *ret) {
	*ret = (AsOf){0};
	TRY(query_date(r, "ke-dni", (Date){0}, &ret->valid));
	Str known = query(r, "znalost");
	if (str_empty(known) || instant_read_iso(known, &ret->recorded))
		return OK;
	Date day;
	TRY(query_date(r, "znalost", (Date){0}, &day));
	ret->recorded = prague_instant(date_add(day, 1), 0);
	return OK;
}

bool has_own_reason(const Entity *e) {
	return entity_field(e, S("reason")) != NULL;
}

bool form_field_of_all(Str name) {
	static const char *const always[] = {"csrf", "version", "reason", "action", "next"};
	for (size_t i = 0; i < LEN(always); i++)
		if (str_eq(name, str_c(always[i])))
			return true;
	return false;
}

Err fail_unknown_field(Req *r, Str name) {
	return fail(r->c, ERR_MALFORMED, NULL, "Formulář obsahuje pole „%.*s“, které sem nepatří. Načtěte stránku znovu a vyplňte jej ještě jednou.",
	            STR_ARG(utf8_first(name, 60)));
}

static bool is_allowed(const char *const *allowed, Str name) {
	if (form_field_of_all(name))
		return true;
	for (; *allowed; allowed++)
		if (str_eq(name, str_c(*allowed)))
			return true;
	return false;
}

static Str typed_value(Req *r, const Field *f) {
	return f->type == TYPE_CODES ? str_join(r->c->arena, S(","), form_all(r, f->name)) : form(r, f->name);
}

Err form_only(Req *r, const char *const *allowed) {
	for (size_t i = 0; i < r->http->form.len; i++)
		if (!is_allowed(allowed, r->http->form.at[i].name))
			return fail_unknown_field(r, r->http->form.at[i].name);
	return OK;
}

Err form_read(Req *r, const Entity *e, const char *const *allowed, void *row) {
	TRY(form_only(r, allowed));
	Err first = OK;
	for (const char *const *name = allowed; *name; name++) {
		const Field *f = entity_field(e, str_c(*name));
		if (!f || f->readonly)
			continue;
		Err err = field_read(r->c, f, typed_value(r, f), row);
		first = first == OK ? err : first;
	}
	i64 version;
	if (str_to_int(form(r, "version"), &version))
		((EntityHead *)row)->version = version;
	if (!has_own_reason(e))
		r->c->reason = form(r, "reason");
	return first;
}

Str field_problem(const Req *r, const char *field) {
	for (size_t i = 0; i < r->c->problems.len; i++)
		if (r->c->problems.at[i].field && strcmp(r->c->problems.at[i].field, field) == 0)
			return r->c->problems.at[i].text;
	return (Str){0};
}

bool is_signed_in(const Req *r) {
	return r->session != NULL;
}

/* A browser takes a cookie with this prefix from this host over TLS only, so no neighbour can plant one. Plain HTTP on loopback (the demo)
 * cannot have it; nothing else differs. */
static const char *full_name(Arena *a, const char *name) {
	return str_starts(web_options()->origin, S("https:")) ? str_z(a, str_format(a, "__Host-%s", name)) : name;
}

Str cookie_get(const Req *r, const char *name) {
	return http_cookie(r->http, full_name(r->c->arena, name));
}

/* seconds 0 = as long as the browser runs. */
void cookie_set(Req *r, const char *name, Str value, int seconds) {
	const char *full = full_name(r->c->arena, name);
	Str         age = !value.len ? S("; Max-Age=0") : seconds ? str_format(r->c->arena, "; Max-Age=%d", seconds) : (Str){0};
	http_set_header(r->http, r->res, "Set-Cookie",
	                str_format(r->c->arena, "%s=%.*s; Path=/;%s HttpOnly; SameSite=Lax%.*s", full, STR_ARG(value), full[0] == '_' ? " Secure;" : "", STR_ARG(age)));
}

Str session_cookie(const Req *r) {
	return cookie_get(r, "sid");
}

void session_cookie_set(Req *r, Str token) {
	cookie_set(r, "sid", token, 0);
}
