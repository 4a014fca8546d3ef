/* trail.c: writes records into the trail of a store as changes of the register leave them: bench-trail STORE COUNT. By the same function as the program. */
#include <stdio.h>

#include "base/hash.h"
#include "core/trail.h"

enum { BATCH = 5000, PEOPLE = 20 };

static Err add(Ctx *c, i64 n) {
	Arena *a = c->arena;
	Str    was = str_format(a, "Ulice Na Svahu %lld, 460 01 Liberec", (long long)(n % 997)), is = str_format(a, "Ulice Pod Strání %lld, 460 01 Liberec", (long long)(n % 991));
	const TrailChange changes[] = {
		{.field = "street", .before = was, .after = is},
		{.field = "capacity", .before = str_format(a, "%lld", (long long)(n % 40)), .after = str_format(a, "%lld", (long long)(n % 41))},
	};
	return trail_add(c, (TrailEntry){.action = n % 7 ? "change" : "create", .object = n % 3 ? "facility" : "service", .object_id = n / 5 + 1,
	                                 .text = str_format(a, "změna č. %lld.", (long long)n), .changes = changes, .change_count = LEN(changes)});
}

static Err add_batch(Db *db, i64 from, i64 count) {
	CLEANUP(arena_free) Arena a = {0};
	Grant  grant = {.role = S("NET")};
	Actor  who = {.account = from / BATCH % PEOPLE + 1, .name = str_format(&a, "Úředník %lld", (long long)(from / BATCH % PEOPLE)), .grants = &grant,
	              .grant_count = 1, .organisation_name = S("Krajský úřad Ukázkového kraje"), .address = S("192.0.2.7")};
	Ctx    c = ctx_make(&a, db, &who, (Instant){INT64_C(1750000000000) + from * 1000});
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(&c, &tx));
	for (i64 i = 0; i < count; i++)
		TRY(add(&c, from + i));
	TRY(tx_commit(&tx));
	ctx_end(&c);
	return OK;
}

int main(int argc, char **argv) {
	CLEANUP(arena_free) Arena a = {0};
	Db *db;
	Str why = {0};
	i64 count;
	crypto_start();
	if (argc != 3 || !str_to_int(str_c(argv[2]), &count) || db_open(&a, argv[1], (DbOptions){0}, &db, &why) != OK) {
		fprintf(stderr, "bench-trail STORE COUNT\n%.*s\n", STR_ARG(why));
		return 2;
	}
	Err e = OK;
	for (i64 n = 0; e == OK && n < count; n += BATCH)
		e = add_batch(db, n, count - n < BATCH ? count - n : BATCH);
	db_close(db);
	return e == OK ? 0 : 1;
}
