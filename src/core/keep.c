#include "core/keep.h"

#include "base/format.h"
#include "core/exchange.h"
#include "core/jobs.h"
#include "core/keep.sql.h"
#include "core/print.h"
#include "core/trail.h"

/* ---- terms ---- */

/* Count and the oldest, from a statement that gives both; `what` stands before the day. */
static Err look(Ctx *c, const Sql *sql, DbValue before, const char *what, i64 *count, RetentionSamples *samples) {
	*samples = (RetentionSamples){0};
	*count = 0;
	Rows rows = db_query(ctx_conn(c), sql, &before, 1);
	if (rows_next(&rows)) {
		Date day = {0};
		CLEANUP(buf_free) Buf words = {0};
		*count = col_int(&rows, 0);
		Str oldest = col_text(&rows, 1);
		if (*count > 0 && oldest.len >= DATE_ISO_LEN && date_read_iso(str_first(oldest, DATE_ISO_LEN), &day)) {
			buf_format(&words, "%s ", what);
			fmt_date(&words, day);
			*ARENA_PUSH(c->arena, samples->at, samples->len, samples->cap) = (RetentionSample){.what = buf_take(&words, c->arena)};
		}
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "retention");
}

static Err look_journal(Ctx *c, Instant before, i64 *count, RetentionSamples *samples) {
	return look(c, &sql_keep_journal_count, V(before), "nejstarší ze dne", count, samples);
}

static Err run_journal(Ctx *c, Instant before, i64 *removed) {
	for (i64 n = 1; n > 0; *removed += n) {
		CLEANUP(tx_end) Tx tx = {0};
		TRY(tx_begin(c, &tx));
		if (db_run(c->conn, &sql_keep_journal_remove, P(V(before)), &n) != OK)
			return fail_internal(c, "retention");
		TRY(tx_commit(&tx));
	}
	return OK;
}

static Str month_of(Ctx *c, Instant t) {
	char iso[DATE_ISO_LEN];
	return str_dup(c->arena, str_first(date_iso(prague_day(t), iso), 7));
}

static Err look_names(Ctx *c, Instant before, i64 *count, RetentionSamples *samples) {
	return look(c, &sql_keep_names_count, V(month_of(c, before)), "nejstarší z měsíce", count, samples);
}

static Err run_names(Ctx *c, Instant before, i64 *removed) {
	return trail_erase_people(c, 0, prague_day(before), removed);
}

static Err look_jobs(Ctx *c, Instant before, i64 *count, RetentionSamples *samples) {
	return look(c, &sql_keep_jobs_count, V(before), "nejstarší skončila", count, samples);
}

static Err look_previews(Ctx *c, Instant before, i64 *count, RetentionSamples *samples) {
	return look(c, &sql_keep_previews_count, V(before), "nejstarší ze dne", count, samples);
}

static Err look_prints(Ctx *c, Instant before, i64 *count, RetentionSamples *samples) {
	return look(c, &sql_keep_prints_count, V(before), "nejstarší ze dne", count, samples);
}

const RetentionRule core_retention[5] = {
	{"journal", "Deník bezpečnostních událostí", "Obrana proti hádání hesel a dohledání, kdo otevřel osobní záznamy: neúspěšná přihlášení, odmítnuté přístupy.",
	 "Oprávněný zájem na bezpečnosti; zákon o kybernetické bezpečnosti.", "keep.journal_days", false, look_journal, run_journal},
	{"trail_names", "Jména a adresy ve stopě změn", "Průkaznost rozhodování kraje. Záznam sám zůstává, mizí jen jméno a síťová adresa.",
	 "Úkol ve veřejném zájmu; spisový a skartační řád.", "keep.trail_days", false, look_names, run_names},
	{"jobs", "Dokončené úlohy", "Aby ten, kdo úlohu zadal, viděl její výsledek.", "Oprávněný zájem správce.", "keep.jobs_days", false, look_jobs, jobs_sweep},
	{"imports", "Soubory nahrané k importu", "Náhled, oprava chyb a potvrzení importu.", "Úkol ve veřejném zájmu.", "keep.imports_days", false, look_previews,
	 exchange_sweep},
	{"prints", "Hotová PDF", "Aby se stejný dokument netiskl dvakrát. PDF jde kdykoli vytvořit znovu.", "Oprávněný zájem správce.", "keep.prints_days", false,
	 look_prints, prints_sweep},
};

/* ---- one person ---- */

static void trail_record(Rows *rows, JsonWriter *w) {
	jw_object(w);
	jw_member_int(w, "cislo", col_int(rows, 0));
	jw_member_at(w, "kdy", col_instant(rows, 1));
	jw_member(w, "co", col_text(rows, 2));
	jw_member(w, "zaznam", col_text(rows, 3));
	jw_member_int(w, "cislo_zaznamu", col_int(rows, 4));
	jw_member(w, "text", col_text(rows, 5));
	jw_member(w, "duvod", col_text(rows, 6));
	jw_object_end(w);
}

static Err export_trail(Ctx *c, Id account, JsonWriter *w) {
	jw_array(w);
	for (i64 after = 0, found = 1; found > 0;) {
		found = 0;
		Rows rows = db_query(ctx_conn(c), &sql_keep_person_trail, P(V(account), V(after)));
		while (rows_next(&rows)) {
			after = col_int(&rows, 0);
			found++;
			trail_record(&rows, w);
		}
		if (rows_end(&rows) != OK)
			return fail_internal(c, "data of a person");
	}
	jw_array_end(w);
	return OK;
}

static Err export_journal(Ctx *c, Id account, JsonWriter *w) {
	jw_array(w);
	Rows rows = db_query(ctx_conn(c), &sql_keep_person_journal, P(V(account)));
	while (rows_next(&rows)) {
		jw_object(w);
		jw_member_at(w, "kdy", col_instant(&rows, 0));
		jw_member(w, "co", col_text(&rows, 1));
		jw_member(w, "sitova_adresa", col_text(&rows, 2));
		jw_member(w, "podrobnost", col_text(&rows, 3));
		jw_object_end(w);
	}
	jw_array_end(w);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "data of a person");
}

static Err export_jobs(Ctx *c, Id account, JsonWriter *w) {
	jw_array(w);
	Rows rows = db_query(ctx_conn(c), &sql_keep_person_jobs, P(V(account)));
	while (rows_next(&rows)) {
		jw_object(w);
		jw_member(w, "nazev", col_text(&rows, 0));
		jw_member(w, "stav", col_text(&rows, 1));
		jw_member_at(w, "zadana", col_instant(&rows, 2));
		jw_member_at(w, "skoncila", col_instant(&rows, 3));
		jw_object_end(w);
	}
	jw_array_end(w);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "data of a person");
}

static Err erase_jobs(Ctx *c, Id account, i64 *erased) {
	return db_run(c->conn, &sql_keep_person_jobs_erase, P(V(account)), erased) == OK ? OK : fail_internal(c, "data of a person");
}

const PersonData core_person_data[3] = {
	{"ulohy", "Zadané úlohy", "Práce na pozadí, které člověk spustil.", export_jobs, erase_jobs, NULL},
	{"denik", "Bezpečnostní události", "Neúspěšná přihlášení a odmítnuté přístupy.", export_journal, NULL,
	 "Deník bezpečnostních událostí po svou lhůtu (čl. 17 odst. 3 písm. b GDPR, zákon o kybernetické bezpečnosti)."},
	{"stopa", "Záznamy ve stopě změn", "Kdo o čem rozhodl a kdy.", export_trail, NULL,
	 "Záznamy stopy o úředních rozhodnutích po svou lhůtu (čl. 17 odst. 3 písm. b, d GDPR, zákon č. 499/2004 Sb.)."},
};
