/* confirm_page.c: one button, or a page that says what will be confirmed and what will not. */
#include "domain/register/confirm_page.h"

#include "domain/register/confirm.html.h"
#include "domain/register/confirm_views_page.h"

static Err confirm_one(Req *r, Id *id) {
	i64 version = 0;
	TRY(arg_id(r, 0, id));
	if (form(r, "version").len && !str_to_int(form(r, "version"), &version))
		return fail(r->c, ERR_MALFORMED, NULL, "Formulář je neúplný. Načtěte stránku znovu.");
	TRY(service_confirm(r->c, *id, version));
	notice(r, "Údaje služby jsou potvrzené k dnešnímu dni.");
	return OK;
}

Err post_service_confirm(Req *r) {
	Id id;
	TRY(confirm_one(r, &id));
	return redirect(r, "/app/sluzby/%lld", (long long)id);
}

Err post_own_confirm(Req *r) {
	Id id;
	TRY(confirm_one(r, &id));
	return redirect(r, "/app/moje-sluzby/%lld", (long long)id);
}

/* ---- several ---- */

static Err sort_ticked(Req *r, ConfirmPage *v) {
	Ctx *c = r->c;
	Strs ids = form_all(r, "id");
	if (ids.len > 100)
		return fail(c, ERR_MALFORMED, NULL, "Najednou lze potvrdit nejvýše 100 služeb.");
	for (size_t i = 0; i < ids.len; i++) {
		Id     id;
		void  *row;
		size_t said = c->problems.len;
		if (!str_to_int(ids.at[i], &id) || entity_get(c, &service_entity, TODAY, id, &row) != OK) {
			c->problems.len = said;
			continue;
		}
		const Service *s = row;
		ConfirmLine    line = {.id = id, .name = s->name};
		if (!service_is_provided(s, c->today))
			line.why = service_state(c, s);
		else if (date_eq(s->confirmed_on, c->today))
			line.why = S("dnes už je potvrzená");
		ConfirmLines *to = line.why.len ? &v->skipped : &v->affected;
		*ARENA_PUSH(c->arena, to->at, to->len, to->cap) = line;
	}
	return OK;
}

static Err confirm_all(Ctx *c, const ConfirmLines *lines) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	for (size_t i = 0; i < lines->len; i++)
		TRY(service_confirm(c, lines->at[i].id, 0));
	return tx_commit(&tx);
}

Err post_confirm_many(Req *r) {
	ConfirmPage v = {.csrf = csrf_token(r, S("/app/sluzby/potvrdit"))};
	TRY(sort_ticked(r, &v));
	if (v.affected.len + v.skipped.len == 0) {
		notice(r, "Nevybrali jste žádnou službu. Zaškrtněte ty, jejichž údaje potvrzujete.");
		return redirect(r, "/app/sluzby/neaktualni");
	}
	if (!str_eq(form(r, "action"), S("confirm"))) {
		crumb(r, S("Služby"), S("/app/sluzby"));
		view_confirm_many(page(r, S("Potvrdit údaje služeb")), &v);
		return OK;
	}
	TRY(confirm_all(r->c, &v.affected));
	notice(r, "Potvrzené služby: %zu. Vynechané: %zu.", v.affected.len, v.skipped.len);
	return redirect(r, "/app/sluzby/neaktualni");
}
