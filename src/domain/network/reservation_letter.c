/* reservation_letter.c: the letter of a reservation, written once. */
#include "domain/network/reservation_letter.h"

#include <unistd.h>

#include "base/format.h"
#include "base/hash.h"
#include "core/codelist.h"
#include "core/mail.h"
#include "core/settings.h"
#include "domain/network/mandate_inside.h"
#include "domain/network/mandate_template.h"
#include "domain/network/reservation.sql.h"

static Str date_text(Arena *a, Date d) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_date(&b, d);
	return buf_take(&b, a);
}

static Str digest_of(Arena *a, Str text) {
	Sha256 d = sha256(text);
	return hex(a, d.bytes, sizeof d.bytes);
}

/* ---- writing ---- */

static Err ask_job(Ctx *c, Id letter, Id reservation, Str title) {
	Id job;
	TRY(job_add(c, RESERVATION_PDF_JOB, str_format(c->arena, "PDF: %.*s", STR_ARG(title)), str_format(c->arena, "%lld", (long long)letter),
	            str_format(c->arena, "/app/sit/vyhrady/%lld", (long long)reservation), &job));
	return db_run(c->conn, &sql_reservation_paper_job, P(V(letter), V(job)), NULL) == OK ? OK : fail_internal(c, "letters of reservations");
}

static Err tell_people(Ctx *c, const Reservation *x) {
	Ids people = {0};
	if (!id_given(x->provider))
		return OK;
	TRY(mail_holders(c, S("PSG"), SCOPE_PROVIDER, x->provider, &people));
	for (size_t i = 0; i < people.len; i++) {
		MailHole holes[] = {
			{"sluzba", x->service_name}, {"den", date_text(c->arena, x->due)}, {"dopis", x->letter},
			{"odkaz", str_format(c->arena, "%.*s/app/sit/vyhrady/%lld", STR_ARG(mail_origin()), (long long)x->head.id)},
		};
		TRY(mail_add(c, "network.reservation", people.at[i], (Str){0}, holes, LEN(holes)));
	}
	return OK;
}

Err reservation_letter_write(Ctx *c, const Reservation *x, const Line *line) {
	Arena           *a = c->arena;
	MandateTemplate *t;
	LineFacts        f;
	Resolution       by;
	Id               id;
	TRY(mandate_template_of(c, PAPER_RESERVATION, c->today, &t));
	TRY(line_facts(c, x->line, c->today, &f));
	TRY(resolution_get(c, x->resolution, &by));
	const Hole holes[] = {
		{"kraj", setting_text(c, "region.name"), false}, {"poskytovatel", f.provider_name, false}, {"ico", f.provider_ico, false},
		{"sidlo", f.provider_seat.len ? f.provider_seat : S("sídlo podle registru poskytovatelů"), false}, {"sluzba", x->service_name, false},
		{"druh", codelist_name(c, "service_kind", f.kind), false}, {"identifikator", f.identifier, false}, {"radek", line->number, false},
		{"cislo_dopisu", x->letter, false}, {"vyhrada", x->text, true}, {"opatreni", x->measure, true}, {"splnit_do", date_text(a, x->due), false},
		{"usneseni", by.number, false}, {"den_usneseni", date_text(a, by.decided_on), false},
	};
	Str title = str_format(a, "%.*s: %.*s", STR_ARG(t->title), STR_ARG(x->service_name)), text = template_fill(a, t->text, holes, LEN(holes));
	if (db_new_id(c->conn, &id) != OK ||
	    db_run(c->conn, &sql_reservation_paper_add, P(V(id), V(x->head.id), V(title), V(text), V(digest_of(a, text)), V(c->now)), NULL) != OK)
		return fail_internal(c, "letters of reservations");
	if (c->actor->is_program)                    /* sample data: printed when somebody asks, and nobody is written to */
		return OK;
	TRY(ask_job(c, id, x->head.id, title));
	return tell_people(c, x);
}

Err reservation_letter_ask(Ctx *c, const ReservationLetter *p) {
	if (print_is_coming(&p->pdf))
		return OK;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(ask_job(c, p->id, p->reservation, p->title));
	return tx_commit(&tx);
}

Err reservation_letter_keep(Ctx *c, Id letter, const StoredFile *staged) {
	ReservationLetter p;
	StoredFile        kept;
	TRY(reservation_letter_by_id(c, letter, &p));
	if (p.pdf.file)
		return OK;
	TRY(files_put_staged(c, reservation_letter_file_name(c->arena, &p), staged, &kept));
	return db_run(c->conn, &sql_reservation_paper_file, P(V(letter), V(kept.id), V(kept.sha256)), NULL) == OK ? OK : fail_internal(c, "letters of reservations");
}

/* ---- reading ---- */

typedef struct Letters { ReservationLetter *at; size_t len, cap; } Letters;

static Err letters(Ctx *c, Id reservation, Id letter, Letters *ret) {
	Arena *a = c->arena;
	Rows   r = db_query(ctx_conn(c), &sql_reservation_papers, P(V(reservation), V(letter)));
	*ret = (Letters){0};
	while (rows_next(&r))
		*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = (ReservationLetter){.id = col_int(&r, 0), .reservation = col_int(&r, 1), .title = str_dup(a, col_text(&r, 2)),
			.text = str_dup(a, col_text(&r, 3)), .text_sha256 = str_dup(a, col_text(&r, 4)), .made_at = col_instant(&r, 5), .pdf = print_of_row(a, &r, 6, 7, 9, 10),
			.sha256 = str_dup(a, col_text(&r, 8))};
	return rows_end(&r) == OK ? OK : fail_internal(c, "letters of reservations");
}

Err reservation_letter_of(Ctx *c, Id reservation, ReservationLetter *ret) {
	Letters all;
	TRY(letters(c, reservation, 0, &all));
	*ret = all.len ? all.at[0] : (ReservationLetter){0};
	return OK;
}

Err reservation_letter_by_id(Ctx *c, Id letter, ReservationLetter *ret) {
	Letters all;
	TRY(letters(c, 0, letter, &all));
	if (!letter || !all.len)
		return fail(c, ERR_NOT_FOUND, NULL, "Takový dopis o výhradě není.");
	*ret = all.at[0];
	return OK;
}

Str reservation_letter_file_name(Arena *a, const ReservationLetter *p) {
	return str_format(a, "vyhrada-%lld.pdf", (long long)p->reservation);
}

/* ---- the question of doctor ---- */

static bool is_sound(Ctx *c, const ReservationLetter *p) {
	StoredFile f;
	int        fd;
	size_t     said = c->problems.len;
	bool       sound = str_eq(digest_of(c->arena, p->text), p->text_sha256);
	if (sound && p->pdf.file) {
		sound = files_get(c, p->pdf.file, &f) == OK && str_eq(f.sha256, p->sha256) && files_open(c, &f, true, &fd) == OK;
		if (sound)
			close(fd);
		c->problems.len = said;
	}
	return sound;
}

Err check_reservation_letters(Ctx *c, bool *fine, Str *detail) {
	Letters all;
	Strs    wrong = {0};
	TRY(letters(c, 0, 0, &all));
	for (size_t i = 0; i < all.len; i++)
		if (!is_sound(c, &all.at[i]))
			strs_add(c->arena, &wrong, all.at[i].title);
	*fine = wrong.len == 0;
	*detail = *fine ? str_format(c->arena, "%zu dopisů odpovídá svým otiskům.", all.len)
	                : str_format(c->arena, "Neodpovídá otisku: %.*s. Obnovte soubory ze zálohy.", STR_ARG(str_join(c->arena, S(", "), wrong)));
	return OK;
}
