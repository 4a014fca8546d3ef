#include "core/seed_rows.h"

#include "base/csv.h"
#include "base/data_file.h"
#include "core/history.h"

Err seed_rows(Ctx *c, const char *file, SeedRow each) {
	Str text = data_file(c->arena, file);
	CHECK(text.len > 0);
	CsvReader *csv = csv_open(c->arena, text, (CsvLimits){0});
	Strs       header = {0}, cells, row;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	CHECK(csv_next(csv, &row));
	for (size_t i = 0; i < row.len; i++)
		strs_add(c->arena, &header, str_dup(c->arena, row.at[i]));
	for (int number = 1; csv_next(csv, &cells); number++)
		TRY(each(c, &header, &cells, number));
	CHECK(str_empty(csv_why(csv)));
	return tx_commit(&tx);
}

Err seed_row_read(Ctx *c, const Entity *e, const Strs *header, const Strs *cells, void *row, Str *other) {
	*other = (Str){0};
	for (size_t i = 0; i < header->len && i < cells->len; i++) {
		const Field *f = entity_field(e, header->at[i]);
		if (f)
			TRY(field_read(c, f, cells->at[i], row));
		else
			*other = cells->at[i];
	}
	return OK;
}
