/* import.c: files of territory into the store: recognised, read in the order in which they refer to each other, judged, stored as a whole. */
#include "base/data_file.h"
#include "core/access.h"
#include "core/data_version.h"
#include "core/trail.h"
#include "domain/territory/import.h"

typedef struct Known {
	const ImportFile *file;
	const FileKind   *kind;
} Known;

static Err recognise(Ctx *c, const ImportFiles *files, Known *list) {
	Err first = OK;
	for (size_t i = 0; i < files->len; i++) {
		const FileKind *kind = import_kind_of(c->arena, &files->at[i]);
		if (!kind) {
			first = fail(c, ERR_INVALID, NULL, "Hlavička souboru neodpovídá žádnému ze známých druhů. Sloupce seznamu obcí, ORP, krajů, POÚ, vlastních území, "
			             "věkových skupin a částí obcí popisuje příručka, oddíl Načtení území.");
			c->problems.at[c->problems.len - 1].place = files->at[i].name;
			continue;
		}
		size_t at = i;                           /* few files: put in place by their order */
		for (; at && list[at - 1].kind && import_kind_order(list[at - 1].kind) > import_kind_order(kind); at--)
			list[at] = list[at - 1];
		list[at] = (Known){&files->at[i], kind};
	}
	return first;
}

static Err note(Ctx *c, const TerritoryImport *r) {
	if (r->added + r->changed == 0)
		return OK;
	TRY(data_version_raise(c));
	Str text = str_format(c->arena, "Import území: souborů %lld, nových záznamů %lld, změněných %lld", (long long)r->files, (long long)r->added,
	                      (long long)r->changed);
	return trail_add(c, (TrailEntry){.action = "import", .object = "territory", .text = text});
}

Err territory_import(Ctx *c, const ImportFiles *files, Str region, TerritoryImport *ret) {
	*ret = (TerritoryImport){.files = (i64)files->len};
	TRY(require(c, "territory.edit"));
	if (files->len == 0)
		return fail(c, ERR_INVALID, NULL, "Vyberte aspoň jeden soubor.");
	Known *list = NEW_ARRAY(c->arena, Known, files->len);
	TRY(recognise(c, files, list));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	db_write_ahead(c->conn);
	Plan *p = NEW(c->arena, Plan, .c = c, .region = region);
	const Unit *stored = territory_by_code(c, LEVEL_REGION, region);
	if (stored)
		p->region_nuts = stored->csu_code;
	for (size_t i = 0; i < files->len; i++)
		import_read(p, list[i].kind, list[i].file);
	for (size_t i = 0; i < p->unit_len; i++)
		if (!p->units[i].name.len && !p->units[i].stored)
			p->units[i].name = p->units[i].likely_name;
	if (p->errors > MOST_ERRORS)
		fail(c, ERR_INVALID, NULL, "A dalších %zu chyb. Opravte nejdřív ty uvedené a spusťte import znovu.", p->errors - MOST_ERRORS);
	if (p->errors)
		return ERR_INVALID;
	ret->skipped = p->skipped;
	TRY(import_store(p, ret));
	units_forget(c);
	TRY(note(c, ret));
	return tx_commit(&tx);
}

Err territory_import_builtin(Ctx *c, Str region, TerritoryImport *ret) {
	static const struct { const char *name; bool is_liberec; } builtin[] = {
		{"territory/kraje.csv", false}, {"territory/orp.csv", false}, {"territory/obce_cr.csv", false}, {"territory/orp_ukazatele_2019.csv", false},
		{"territory/obce_lbk.csv", true}, {"territory/obce_lbk_vek_2020.csv", true}, {"territory/casti_obci_psc_lbk.csv", true},
		{"geo/kraje_cr.geojson", false}, {"geo/orp_cr.topo.json", false}, {"geo/orp_lbk.geojson", true}, {"geo/obce_lbk.geojson", true},
	};
	ImportFiles files = {0};
	for (size_t i = 0; i < LEN(builtin); i++) {
		if (builtin[i].is_liberec && region.len && !str_eq(region, S("78")))
			continue;
		Str bytes = data_file(c->arena, builtin[i].name), name = str_c(builtin[i].name);
		CHECK(bytes.len > 0);
		*ARENA_PUSH(c->arena, files.at, files.len, files.cap) = (ImportFile){str_from(name, (size_t)str_find_char(name, '/') + 1), bytes};
	}
	return territory_import(c, &files, region, ret);
}
