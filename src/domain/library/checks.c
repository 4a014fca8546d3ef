/* checks.c: frozen versions are what they were when they were frozen. */
#include "domain/library/checks.h"

#include "domain/library/document.sql.h"
#include "domain/library/inside.h"

enum { PIECE = 200 };

typedef struct Sealed { Id id, document; i64 no; Str sha256; } Sealed;
typedef struct SealedList { Sealed *at; size_t len, cap; } SealedList;

static Err read_piece(Ctx *c, Id after, SealedList *ret) {
	*ret = (SealedList){0};
	Rows rows = db_query(ctx_conn(c), &sql_version_seals, P(V(after), V((i64)PIECE)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (Sealed){col_int(&rows, 0), col_int(&rows, 1), col_int(&rows, 2), str_dup(c->arena, col_text(&rows, 3))};
	return rows_end(&rows) == OK ? OK : fail_internal(c, "seals");
}

/* The text of one version is long; it is given back before the next. */
static Err holds(Ctx *c, const Sealed *s, bool *ret) {
	DocumentVersion *v;
	Str              now;
	Arena           *before = c->arena;
	CLEANUP(arena_free) Arena scratch = {0};
	c->arena = &scratch;
	Err err = version_stored(c, s->id, &v);
	if (err == OK)
		err = version_digest(c, v, &now);
	*ret = err == OK && str_eq(now, s->sha256) && str_eq(v->sha256, s->sha256);
	c->arena = before;
	return err == OK || err == ERR_NOT_FOUND ? OK : err;
}

static Err seals_hold(Ctx *c, bool *fine, Str *detail) {
	i64        all = 0, broken = 0;
	Sealed     first = {0};
	SealedList piece = {0};
	do {
		TRY(read_piece(c, piece.len ? piece.at[piece.len - 1].id : 0, &piece));
		for (size_t i = 0; i < piece.len; i++) {
			bool sound;
			TRY(holds(c, &piece.at[i], &sound));
			first = !sound && !broken ? piece.at[i] : first;
			broken += !sound;
			all++;
		}
	} while (piece.len == PIECE);
	*fine = broken == 0;
	*detail = broken ? str_format(c->arena, "%lld z %lld verzí se od zmrazení změnilo, první je verze č. %lld dokumentu %lld", (long long)broken, (long long)all,
	                              (long long)first.no, (long long)first.document)
	                 : str_format(c->arena, "verzí: %lld", (long long)all);
	return OK;
}

const Check library_checks[1] = {
	{"library.seals", "Zmrazené verze dokumentů mají obsah, se kterým byly zmrazeny", SEVERITY_CRITICAL,
	 "Někdo zasáhl přímo do databáze. Obnovte verzi ze zálohy a zjistěte, kdo měl k databázi přístup.", seals_hold},
};
