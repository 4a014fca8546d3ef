/* pages_rows.c: what the module row of the subject needs about editable pages: checks, tasks, data of a person. */
#include "domain/library/pages_rows.h"

#include "base/format.h"
#include "core/access.h"
#include "domain/library/pages.sql.h"

#define STATEMENT "/pristupnost"

Err pages_check_statement(Ctx *c, bool *fine, Str *detail) {
	void *row;
	Date  due;
	*fine = false;
	if (entity_find(c, &static_page_entity, TODAY, "address", S(STATEMENT), &row) != OK) {
		c->problems.len = 0;
		*detail = S("Stránka v databázi chybí.");
		return OK;
	}
	TRY(page_review_due(c, row, &due));
	*fine = date_is(due) && date_after(due, c->today);
	CLEANUP(buf_free) Buf b = {0};
	buf_str(&b, *fine ? S("Znovu do ") : S("Čeká od "));
	fmt_date(&b, due);
	*detail = buf_take(&b, c->arena);
	return OK;
}

/* One line for all pages that wait: they are looked at in a row. */
Err pages_waiting(Ctx *c, WaitingList *list) {
	StaticPages all;
	i64         late = 0;
	if (!may(c, CAP_LIBRARY_PUBLISH))
		return OK;
	TRY(pages_list(c, &all));
	for (size_t i = 0; i < all.len; i++) {
		Date due;
		TRY(page_review_due(c, all.at[i], &due));
		late += date_is(due) && !date_after(due, c->today);
	}
	if (late)
		waiting_add(c, list, (Waiting){.title = str_format(c->arena, "Projděte texty webu (%lld)", (long long)late), .link = S("/app/obsah"), .button = S("Otevřít texty"),
			.why = S("Povinné stránky se mají jednou za čas přečíst a potvrdit, že platí."), .count = late, .is_calm = true});
	return OK;
}

Err pages_person_export(Ctx *c, Id account, JsonWriter *w) {
	Rows rows = db_query(ctx_conn(c), &sql_page_person, P(V(account)));
	jw_array(w);
	while (rows_next(&rows)) {
		jw_object(w);
		jw_member(w, "stranka", col_text(&rows, 0));
		jw_member_int(w, "verze", col_int(&rows, 1));
		jw_member(w, "stav", col_text(&rows, 2));
		jw_member(w, "kdy", col_text(&rows, 3));
		jw_object_end(w);
	}
	jw_array_end(w);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "data of a person");
}

Err pages_person_erase(Ctx *c, Id account, i64 *erased) {
	return db_run(c->conn, &sql_page_person_erase, P(V(account)), erased) == OK ? OK : fail_internal(c, "data of a person");
}
