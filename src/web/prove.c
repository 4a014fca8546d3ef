/* prove.c: before a dangerous step a person who has not given the password for a while is asked for it. The page carries what was typed and
 * goes back to the same address; the right answer lets the very same request through. */
#include "web/frame.h"
#include "web/inside.h"
#include "web/prove.html.h"

enum { PROVED_FOR_MS = 10 * 60 * 1000 };

#define ANSWER_FIELD "potvrzeni-heslo"

bool prove_is_answer(const HttpRequest *http, const Route *route) {
	bool found;
	http_param(&http->query, S(PROVE_ANSWER), &found);
	return found && route->dangerous;
}

static bool is_answer_field(Str name) {
	return str_eq(name, S(ANSWER_FIELD));
}

/* Handlers refuse fields that they don't know: this one is ours. */
static Str take_answer(Req *r) {
	Params *form = &r->http->form;
	Str     answer = {0};
	size_t  kept = 0;
	for (size_t i = 0; i < form->len; i++) {
		if (is_answer_field(form->at[i].name))
			answer = form->at[i].value;
		else
			form->at[kept++] = form->at[i];
	}
	form->len = kept;
	return answer;
}

static Err ask(Req *r) {
	Arena      *a = r->c->arena;
	ProveView   v = {.action = url_with(r, PROVE_ANSWER, S("1")), .has_password = r->session->has_password, .has_codes = r->session->has_codes};
	const Params *form = &r->http->form;
	*ARENA_PUSH(a, v.keep.at, v.keep.len, v.keep.cap) = (HiddenView){S("csrf"), csrf_token(r, r->http->path)};
	for (size_t i = 0; i < form->len; i++)
		if (!str_eq(form->at[i].name, S("csrf")))
			*ARENA_PUSH(a, v.keep.at, v.keep.len, v.keep.cap) = (HiddenView){form->at[i].name, form->at[i].value};
	v.error = first_problem(r->c);
	r->is_error = v.error.len > 0;
	set_status(r, 422);
	view_prove(page(r, S("Potvrďte, že jste to vy")), &v);
	return OK;
}

Err prove_check(Req *r, bool *asked) {
	if (!r->route->dangerous || !r->session)
		return OK;
	Str  answer = take_answer(r);
	bool answered = prove_is_answer(r->http, r->route);
	if (!answered && r->c->now.ms - r->session->proved_at.ms < PROVED_FOR_MS)
		return OK;
	Str token;
	Err e = answered ? web_options()->auth->prove(r->c, r->session, answer, &token) : ERR_INVALID;
	if (e == OK) {
		session_cookie_set(r, token);
		r->session->proved_at = r->c->now;
		return OK;
	}
	if (e != ERR_INVALID)
		return e;
	*asked = true;
	return ask(r);
}
