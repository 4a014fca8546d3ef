/* receipt.c: the receipt of a submission: what was signed is kept as text with its digest, and as one PDF that never changes. */
#include "domain/collection/receipt.h"

#include "base/hash.h"
#include "core/codelist.h"
#include "domain/collection/collection.sql.h"
#include "domain/collection/correction.sql.h"

Str form_people(Ctx *c, const FormField *f, const FormValue *x) {
	if (!x || !x->typed.len)
		return S("nevyplněno");
	if (form_is(f, FORM_CHOICE) && str_eq(f->list, S("obvody"))) {
		const Unit *u = territory_by_code(c, LEVEL_DISTRICT, x->typed);
		return u ? u->name : x->typed;
	}
	if (form_is(f, FORM_CHOICE))
		return codelist_name(c, str_z(c->arena, f->list), x->typed);
	return x->amount != BLANK ? form_amount_text(c->arena, f, x->amount) : x->typed;
}

static void add_row(Ctx *c, const FormField *f, const FormValue *x, i64 line, ReceiptSection *to) {
	Str label = line ? str_format(c->arena, "%.*s %lld – %.*s", STR_ARG(f->grid), (long long)line, STR_ARG(f->label)) : f->label;
	Str unit = f->unit.len && !form_is(f, FORM_MONEY) && !form_is(f, FORM_PERCENT) && x && x->typed.len ? str_cat(c->arena, S(" "), f->unit) : (Str){0};
	*ARENA_PUSH(c->arena, to->rows.at, to->rows.len, to->rows.cap) =
		(ReceiptRow){.label = label, .value = str_cat(c->arena, form_people(c, f, x), unit), .note = x ? x->note : (Str){0}};
}

static bool first_of_grid(const FormTree *t, size_t i) {
	for (size_t k = 0; k < i; k++)
		if (str_eq(t->at[k]->grid, t->at[i]->grid))
			return false;
	return true;
}

static void add_grid(Ctx *c, const FormTree *t, const FormValues *v, Str grid, ReceiptSection *to) {
	for (i64 line = 1; line <= form_lines(v, t, grid); line++)
		for (size_t i = 0; i < t->len; i++)
			if (str_eq(t->at[i]->grid, grid))
				add_row(c, t->at[i], form_value(v, t->at[i]->stable, line), line, to);
}

Err receipt_sections(Ctx *c, const FormTree *t, const FormValues *v, ReceiptSections *ret) {
	*ret = (ReceiptSections){0};
	for (size_t s = 0; s < t->sections.len; s++) {
		ReceiptSection one = {.title = t->sections.at[s]};
		for (size_t i = 0; i < t->len; i++) {
			const FormField *f = t->at[i];
			if (!str_eq(f->section, one.title) || form_is(f, FORM_FILE))
				continue;
			if (f->grid.len) {
				if (first_of_grid(t, i))
					add_grid(c, t, v, f->grid, &one);
				continue;
			}
			FormValue sum = {.typed = S("–"), .amount = f->computed ? form_sum(t, v, f) : BLANK};
			add_row(c, f, f->computed ? &sum : form_value(v, f->stable, 0), 0, &one);
		}
		if (one.rows.len)
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = one;
	}
	return OK;
}

Err receipt_files(Ctx *c, const Submission *s, const FormTree *t, ReceiptSections *to) {
	Asks           asks;
	ReceiptSection one = {.title = S("Přílohy")};
	TRY(submission_asks(c, s, t, &asks));
	for (size_t i = 0; i < asks.len; i++) {
		const Ask *a = &asks.at[i];
		for (size_t k = 0; k < a->files.len; k++)
			*ARENA_PUSH(c->arena, one.rows.at, one.rows.len, one.rows.cap) =
				(ReceiptRow){.label = a->label, .value = submission_file_words(c->arena, a->files.at[k]), .note = str_cat(c->arena, S("SHA-256 "), a->files.at[k]->sha256)};
		if (a->required && !a->files.len)
			*ARENA_PUSH(c->arena, one.rows.at, one.rows.len, one.rows.cap) = (ReceiptRow){.label = a->label, .value = S("nepřiloženo")};
	}
	if (one.rows.len)
		*ARENA_PUSH(c->arena, to->at, to->len, to->cap) = one;
	return OK;
}

Err receipt_make(Ctx *c, Submission *s) {
	FormTree   t;
	FormValues v;
	i64        last, year = date_year(prague_day(c->now));
	TRY(form_tree(c, s->form_version, &t));
	TRY(submission_values(c, s->head.id, &v));
	if (db_get_int(c->conn, &sql_receipt_last_serial, P(V(year)), 0, &last) != OK)
		return fail_internal(c, "receipts");
	ReceiptPrint p = {.title = s->title, .author = c->actor->name, .organisation = s->organisation, .declaration = t.version->declaration, .at = c->now};
	p.form = str_format(c->arena, "%.*s, verze formuláře %lld", STR_ARG(t.version->title), (long long)t.version->no);
	p.number = str_format(c->arena, "POD-%lld-%04lld", (long long)year, (long long)last + 1);
	TRY(receipt_sections(c, &t, &v, &p.sections));
	TRY(receipt_files(c, s, &t, &p.sections));
	Str    body = receipt_body(c, &p);
	Sha256 digest = sha256(body);
	s->number = p.number;
	s->submitted_at = c->now;
	s->submitted_by = c->actor->name;
	s->sha256 = hex(c->arena, digest.bytes, sizeof digest.bytes);
	Err e = db_run(c->conn, &sql_receipt_put, P(V(s->head.id), V(last + 1), V(year), V(p.number), V(c->now), V(c->actor->name), V(p.declaration),
	               V(body), V(s->sha256)), NULL);
	if (e != OK || db_run(c->conn, &sql_receipt_values_keep, P(V(s->head.id), V(p.number)), NULL) != OK)
		return fail_internal(c, "receipts");
	return OK;
}

Err receipt_withdraw(Ctx *c, Submission *s) {
	s->submitted_at = (Instant){0};
	s->submitted_by = s->number = s->sha256 = (Str){0};
	return db_run(c->conn, &sql_receipt_withdraw, P(V(s->head.id), V(c->now)), NULL) == OK ? OK : fail_internal(c, "receipts");
}

static Receipt read_receipt(Ctx *c, Rows *r, int at, Id submission) {
	Arena *a = c->arena;
	return (Receipt){.submission = submission, .number = str_dup(a, col_text(r, at)), .at = col_instant(r, at + 1), .author = str_dup(a, col_text(r, at + 2)),
	                 .declaration = str_dup(a, col_text(r, at + 3)), .body = str_dup(a, col_text(r, at + 4)), .sha256 = str_dup(a, col_text(r, at + 5)),
	                 .pdf = col_null(r, at + 6) ? 0 : col_int(r, at + 6), .withdrawn_at = col_instant(r, at + 7)};
}

Err submission_receipts(Ctx *c, Id submission, Receipts *ret) {
	*ret = (Receipts){0};
	Rows r = db_query(ctx_conn(c), &sql_receipt_list, P(V(submission)));
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = read_receipt(c, &r, 0, submission);
	return rows_end(&r) == OK ? OK : fail_internal(c, "receipts");
}

PrintDoc receipt_doc(Ctx *c, const Receipt *r) {
	return (PrintDoc){.title = str_cat(c->arena, S("Podání č. "), r->number), .body = r->body, .file_name = str_format(c->arena, "%.*s.pdf", STR_ARG(r->number)),
	                  .note = str_format(c->arena, "Otisk SHA-256 %.*s", STR_ARG(r->sha256))};
}

/* Once the PDF is there it belongs to the receipt and is never made again. */
static Err keep_one(Ctx *c, const Receipt *r) {
	PrintDoc d = receipt_doc(c, r);
	Printout out;
	TRY(print_find(c, &d, &out));
	if (out.state == PRINT_NONE)
		return print_ask(c, &d, str_format(c->arena, "/app/vykaz/%lld", (long long)r->submission), &out);
	if (out.state != PRINT_READY)
		return OK;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_run(c->conn, &sql_receipt_pdf, P(V(r->number), V(out.file)), NULL) != OK)
		return fail_internal(c, "receipts");
	return tx_commit(&tx);
}

Err receipts_keep(Ctx *c) {
	Receipts all = {0};
	Rows     r = db_query(ctx_conn(c), &sql_receipt_without_pdf, DB_NONE);
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, all.at, all.len, all.cap) = read_receipt(c, &r, 1, col_int(&r, 0));
	if (rows_end(&r) != OK)
		return fail_internal(c, "receipts");
	for (size_t i = 0; i < all.len; i++)
		TRY(keep_one(c, &all.at[i]));
	return OK;
}
