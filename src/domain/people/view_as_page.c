/* view_as_page.c: choosing whose view to see, and coming back. */
#include "domain/people/people_page.h"
#include "domain/people/view_as.html.h"
#include "web/parts.h"

static Err show(Req *r, Str error) {
	ViewAsPeople people;
	TRY(view_as_find(r->c, query(r, "q"), &people));
	r->is_error = error.len > 0;
	view_view_as(page(r, S("Prohlížet jako")), query(r, "q"), error, &people, csrf_token(r, S("/app/nahled")));
	return OK;
}

Err page_view_as(Req *r) {
	return show(r, (Str){0});
}

Err post_view_as(Req *r) {
	i64 account;
	if (!str_to_int(form(r, "account"), &account) || account <= 0)
		return fail(r->c, ERR_MALFORMED, NULL, "Číslo účtu ve formuláři není v pořádku. Načtěte stránku znovu.");
	Err e = view_as_begin(r->c, r->session->id, account);
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show(r, first_problem(r->c));
	}
	TRY(e);
	return redirect(r, "/app");
}

Err post_view_as_end(Req *r) {
	TRY(view_as_end(r->c, r->session->id));
	return redirect(r, "/app");
}
