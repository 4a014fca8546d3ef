/* reservation_page.c: /app/sit/vyhrady: imposing a reservation, and judging it. */
#include "domain/network/reservation_page.h"

#include "domain/network/reservation.html.h"

static const char *const posted[] = {"radek", "letter", "text", "measure", "due", "resolution", NULL};

static Err show_form(Req *r, const Reservation *x, bool as_typed) {
	static const char *const names[] = {"letter", "text", "measure", "due"};
	ReservationForm v = {.title = S("Uložit výhradu"), .action = S("/app/sit/vyhrady/novy"),
	                     .lead = S("Řádek přejde do stavu „v síti s výhradou“. Má-li ho už z dřívějška, výhrada se k němu jen zapíše.")};
	v.csrf = csrf_token(r, v.action);
	v.fields[0] = (FieldView){.name = S("radek"), .label = S("Číslo řádku sítě"), .width = WIDTH_10, .value = as_typed ? form(r, "radek") : query(r,
		"radek"), .error = field_problem(r, "radek")};
	for (size_t i = 0; i < LEN(names); i++)
		v.fields[i + 1] = field_view(r, entity_field(&reservation_entity, str_c(names[i])), x, as_typed);
	v.fields[5] = (FieldView){.name = S("resolution"), .label = S("Usnesení zastupitelstva"),
		.hint = S("Například 616/23/ZK. U dřívější výhrady nechte prázdné."), .width = WIDTH_20, .optional = true,
	                          .value = as_typed ? form(r, "resolution") : (Str){0}, .error = field_problem(r, "resolution")};
	v.errors = as_typed ? errors_view(r, v.fields, LEN(v.fields)) : NULL;
	r->is_error = v.errors != NULL;
	crumb(r, S("Výhrady"), S("/app/sit/vyhrady"));
	view_reservation_form(page(r, v.title), &v);
	return OK;
}

Err page_reservation_new(Req *r) {
	return show_form(r, entity_new(r->c->arena, &reservation_entity), false);
}

Err post_reservation_new(Req *r) {
	Reservation *x = entity_new(r->c->arena, &reservation_entity);
	Err          err = form_read(r, &reservation_entity, posted, x);
	if (err == OK)
		err = reservation_add(r->c, form(r, "radek"), x, form(r, "resolution"));
	if (err == ERR_INVALID || err == ERR_CONFLICT) {
		x->head.id = 0;
		set_status(r, err_status(err));
		return show_form(r, x, true);
	}
	TRY(err);
	notice(r, "Výhrada je uložená a poskytovatel o ní ví.");
	return redirect(r, "/app/sit/vyhrady/%lld", (long long)x->head.id);
}

static Err show(Req *r, const Reservation *x) {
	static const char *const names[] = {"line", "letter", "text", "measure", "due", "imposed_on", "resolution", "settled_on", "evidence"};
	ReservationPage v = {.title = x->service_name, .lead = S("Výhrada k řádku sítě")};
	for (size_t i = 0; i < LEN(names); i++) {
		const Field *f = entity_field(&reservation_entity, str_c(names[i]));
		if (!field_is_blank(f, x))
			*ARENA_PUSH(r->c->arena, v.what.at, v.what.len, v.what.cap) = pair_view(r, f, x);
	}
	TRY(reservation_letter_fill(r, x, &v));
	TRY(work_panel(r, &reservation_machine, x->head.id, str_format(r->c->arena, "/app/sit/vyhrady/%lld/krok", (long long)x->head.id), &v.work));
	r->is_error = v.work.problem.text.len > 0;
	crumb(r, S("Výhrady"), S("/app/sit/vyhrady"));
	view_reservation(page(r, v.title), &v);
	return OK;
}

Err reservation_of_address(Req *r, Reservation **ret) {
	Id    id;
	void *row;
	TRY(arg_id(r, 0, &id));
	TRY(entity_get(r->c, &reservation_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

Err page_reservation(Req *r) {
	Reservation *x;
	TRY(reservation_of_address(r, &x));
	return show(r, x);
}

Err post_reservation_step(Req *r) {
	Reservation *x;
	TRY(reservation_of_address(r, &x));
	Err err = work_submit(r, &reservation_machine, x->head.id);
	if (err == ERR_INVALID || err == ERR_CONFLICT)
		return show(r, x);
	TRY(err);
	return redirect(r, "/app/sit/vyhrady/%lld", (long long)x->head.id);
}
