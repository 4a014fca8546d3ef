/* register_repair.c: what is wrong in the register, listed until it is put right. */
#include <stdio.h>

#include "core/access.h"
#include "domain/register/register_inside.h"

#include "domain/register/register_import.sql.h"

static const RepairKind kinds[] = {
	{"no_facility", "Služba bez zařízení", "Zjistěte u poskytovatele, kde službu poskytuje; změnu registrace musí ohlásit on.", false},
	{"elsewhere", "Zařízení v jiné obci, než uvádí část obce", "Ověřte adresu u poskytovatele a opravte obec zařízení, jinak se na mapě a v součtech objeví jinde.", false},
	{"shared", "Jeden identifikátor u více záznamů", "Zkontrolujte, že jde o jednu registraci. Zařízení se spojila, kapacita se počítá jednou.", false},
	{"ico", "Chybné nebo chybějící IČO", "Vyhledejte poskytovatele v registru ekonomických subjektů a opravte IČO u poskytovatele.", false},
	{"no_address", "Zařízení bez adresy", "Doplňte adresu zařízení; bez ní není na mapě ani v okrsku.", false},
	{"no_point", "Zařízení bez kódu adresního místa", "Doplňte kód adresního místa, podle něj se zařízení umístí na mapu.", false},
	{"town", "Obec, kterou číselník nezná", "Doplňte obec do číselníku území, nebo opravte obec zařízení.", false},
	{"code", "Položka, kterou číselník nezná", "Doplňte položku do číselníku s jejím vnějším identifikátorem a načtěte registr znovu.", false},
	{"identifier", "Chybný nebo chybějící identifikátor", "Ověřte číslo registrace u poskytovatele a opravte ho u služby.", false},
	{"facility_twice", "Zařízení uvedené dvakrát", "Vede se jednou. Poskytovatel by měl nadbytečný zápis v registru zrušit.", true},
	{"capacity_twice", "Kapacita uvedená dvakrát", "Počítá se první. Zkontrolujte, která platí.", false},
	{"form_twice", "Forma uvedená dvakrát", "Platí první. Zkontrolujte kapacity obou zápisů.", false},
	{"ico_short", "IČO bez úvodních nul", "Nuly se při načtení doplnily, není třeba nic dělat.", true},
	{"spaces", "Mezery navíc v názvu", "Mezery se při načtení odstranily, není třeba nic dělat.", true},
	{"long", "Příliš dlouhý text", "Text se zkrátil. Doplňte jeho úplné znění do popisu, je-li důležité.", false},
};

const RepairKind *register_repair_kind(size_t i) {
	return i < LEN(kinds) ? &kinds[i] : NULL;
}

const RepairKind *register_repair_kind_of(Str kind) {
	for (size_t i = 0; i < LEN(kinds); i++)
		if (str_eq(str_c(kinds[i].kind), kind))
			return &kinds[i];
	return NULL;
}

/* ---- what was found before against what is found now ---- */

static Str key_of(Arena *a, Str kind, Str code, Str text) {
	return str_format(a, "%.*s\n%.*s\n%.*s", STR_ARG(kind), STR_ARG(code), STR_ARG(text));
}

Err register_repairs_start(Ctx *c, Arena *a, RepairSync *s) {
	*s = (RepairSync){.arena = a};
	Rows rows = db_query(ctx_conn(c), &sql_register_repair_all, DB_NONE);
	while (rows_next(&rows)) {
		*ARENA_PUSH(a, s->known, s->len, s->cap) = (OpenRepair){.id = col_int(&rows, 0)};
		text_table_put(a, &s->open, key_of(a, col_text(&rows, 1), col_text(&rows, 2), col_text(&rows, 3)), (u32)(s->len - 1));
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "register_repair");
}

static void note(RepairSync *s, const char *kind, Str code, Str text, bool of_provider, i64 number, u64 line) {
	char       room[4096];                       /* most keys are known already: nothing is kept for them */
	int        n = snprintf(room, sizeof room, "%s\n%.*s\n%.*s", kind, STR_ARG(code), STR_ARG(text));
	Str        key = n > 0 && (size_t)n < sizeof room ? str_of(room, (size_t)n) : key_of(s->arena, str_c(kind), code, text);
	u32        at = text_table_get(&s->open, key);
	if (at != TEXT_NONE) {
		s->known[at].seen = true;
		return;
	}
	if (text_table_get(&s->fresh_of, key) != TEXT_NONE)
		return;
	text_table_put(s->arena, &s->fresh_of, str_dup(s->arena, key), (u32)s->fresh_count);
	*ARENA_PUSH(s->arena, s->fresh, s->fresh_count, s->fresh_cap) = (FoundRepair){
		kind, str_dup(s->arena, code), register_place(s->arena, number, line), str_dup(s->arena, text), of_provider};
}

void register_repairs_note(RepairSync *s, const RegisterRecord *r, Str code) {
	for (size_t i = 0; i < r->fault_count; i++) {
		const RegisterFault *f = &r->faults[i];
		note(s, f->kind, f->of_provider ? r->provider_code : code, f->text, f->of_provider, r->number, r->line);
	}
}

/* One identifier at several records is seen only when all of them are known. */
void register_repairs_note_shared(RepairSync *s, const RegisterIndex *index) {
	for (size_t i = 0; i < index->group_count; i++) {
		const IndexGroup  *g = &index->groups[i];
		const IndexRecord *r = &index->records[g->first];
		i64                slash = str_find_char(g->code, '/');
		if (slash >= 0)
			note(s, "shared", g->code, str_format(s->arena, "Identifikátor %.*s mají v registru i záznamy jiného druhu služby nebo jiného poskytovatele. "
			     "Vedou se jako dvě služby.", STR_ARG(str_first(g->code, (size_t)slash))), false, r->number, r->line);
		else if (g->count > 1)
			note(s, "shared", g->code, str_format(s->arena, "Identifikátor %.*s má v registru více záznamů. Vedou se jako jedna služba, kapacita se "
			     "počítá jednou.", STR_ARG(g->code)), false, r->number, r->line);
	}
}

static Err object_of(Ctx *c, bool of_provider, Str code, Id *ret) {
	return db_get_int(c->conn, &sql_register_source_of, P(V(of_provider ? S("provider") : S("service")), V(code)), 0, ret);
}

Err register_repairs_finish(Ctx *c, RepairSync *s, Id import, i64 *open) {
	*open = 0;
	for (size_t i = 0; i < s->len; i++) {
		if (!s->known[i].seen)
			TRY(db_run(c->conn, &sql_register_repair_fix, P(V(s->known[i].id), V(c->now)), NULL));
		*open += s->known[i].seen;
	}
	for (size_t i = 0; i < s->fresh_count; i++) {
		const FoundRepair *f = &s->fresh[i];
		Id                 id, object;
		TRY(object_of(c, f->of_provider, f->code, &object));
		TRY(db_new_id(c->conn, &id));
		TRY(db_run(c->conn, &sql_register_repair_add,
		           P(V(id), V(str_c(f->kind)), V(f->of_provider ? S("provider") : S("service")), V(object), V(f->code), V(f->place), V(f->text),
		             V(import), V(c->now)), NULL));
	}
	*open += (i64)s->fresh_count;
	return OK;
}

/* ---- the list ---- */

Err register_repairs(Ctx *c, Str kind, Id after, i64 limit, RegisterRepairs *ret) {
	*ret = (RegisterRepairs){0};
	TRY(require(c, CAP_REGISTER_EDIT));
	Rows rows = db_query(ctx_conn(c), &sql_register_repair_list, P(V(kind), V(after), V(limit)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (RegisterRepair){
			.id = col_int(&rows, 0), .object_id = col_int(&rows, 1), .kind = str_dup(c->arena, col_text(&rows, 2)),
			.entity = str_dup(c->arena, col_text(&rows, 3)), .code = str_dup(c->arena, col_text(&rows, 4)),
			.place = str_dup(c->arena, col_text(&rows, 5)), .text = str_dup(c->arena, col_text(&rows, 6)), .found_at = col_instant(&rows, 7),
		};
	return rows_end(&rows) == OK ? OK : fail_internal(c, "register_repair");
}

Err register_repair_counts(Ctx *c, RepairCounts *ret) {
	*ret = (RepairCounts){0};
	TRY(require(c, CAP_REGISTER_EDIT));
	Rows rows = db_query(ctx_conn(c), &sql_register_repair_count, DB_NONE);
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (RepairCount){str_dup(c->arena, col_text(&rows, 0)), col_int(&rows, 1)};
	return rows_end(&rows) == OK ? OK : fail_internal(c, "register_repair");
}
