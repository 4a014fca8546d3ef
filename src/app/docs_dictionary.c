/* docs_dictionary.c: the data dictionary: every entity with its fields, every code list with its items. */
#include <string.h>

#include "app/docs.h"
#include "base/csv.h"
#include "base/data_file.h"

static const char *type_word(FieldType t) {
	static const char *const words[TYPE_COUNT] = {
		[TYPE_TEXT] = "text", [TYPE_LONGTEXT] = "text, lines", [TYPE_EMAIL] = "e-mail", [TYPE_PHONE] = "phone", [TYPE_URL] = "web address",
		[TYPE_ICO] = "IČO", [TYPE_POSTCODE] = "PSČ", [TYPE_INT] = "whole number", [TYPE_BOOL] = "yes or no", [TYPE_DATE] = "day",
		[TYPE_INSTANT] = "instant", [TYPE_MONEY] = "money, haléře", [TYPE_FTE] = "full-time equivalent, hundredths",
		[TYPE_PERCENT] = "percent, hundredths", [TYPE_CODE] = "code", [TYPE_CODES] = "codes", [TYPE_PAIRS] = "numbers by code", [TYPE_REF] = "reference",
	};
	CHECK(t < TYPE_COUNT && words[t]);
	return words[t];
}

/* "code of `service_kind`", "reference to `provider`", "whole number, 0 to 120" */
static void put_type(Buf *b, const Field *f) {
	buf_str(b, str_c(type_word(f->type)));
	if (f->codelist)
		buf_format(b, " of [`%s`](#list-%s)", f->codelist, f->codelist);
	if (f->target)
		buf_format(b, " to [`%s`](#%s)", f->target->name, f->target->name);
	bool is_number = f->type == TYPE_INT || f->type == TYPE_MONEY || f->type == TYPE_FTE || f->type == TYPE_PERCENT;
	if (is_number && (f->min || f->max))
		buf_format(b, ", %lld to %lld", (long long)f->min, (long long)f->max);
	else if (!is_number && f->max)
		buf_format(b, ", at most %lld characters", (long long)f->max);
}

static void put_properties(Buf *b, const Field *f) {
	struct { bool is; const char *word; } all[] = {
		{f->required, "required"}, {f->unique, "unique"}, {f->search, "search"}, {f->sort, "order"}, {f->filter, "filter"},
		{f->readonly, "set by the program"}, {f->secret, "secret"},
	};
	bool first = true;
	for (size_t i = 0; i < LEN(all); i++)
		if (all[i].is) {
			buf_format(b, "%s%s", first ? "" : ", ", all[i].word);
			first = false;
		}
}

static void put_entity(Buf *b, const Entity *e) {
	buf_format(b, "\n<a id=\"%s\"></a>\n### %s – %s\n\n", e->name, e->name, e->one);
	buf_format(b, "Table `%s`, ", e->table);
	if (e->key)
		buf_format(b, "named in files by `%s`, ", e->key);
	buf_str(b, e->dated ? S("dated (days and knowledge, see [history](history.md))") : S("not dated"));
	buf_format(b, ", %s.\n\n| field | label | type | | meaning |\n|---|---|---|---|---|\n", e->is_public ? "public" : "for people with the right only");
	for (size_t i = 0; i < e->field_count; i++) {
		const Field *f = &e->fields[i];
		buf_format(b, "| `%s` | ", f->name);
		docs_cell(b, str_c(f->label));
		buf_lit(b, " | ");
		put_type(b, f);
		buf_lit(b, " | ");
		put_properties(b, f);
		buf_lit(b, " | ");
		docs_cell(b, str_c(f->help ? f->help : f->hint ? f->hint : f->needed ? f->needed : ""));
		buf_lit(b, " |\n");
	}
}

/* ---- code lists: the standing items, file code_lists/<module>.csv ---- */

static size_t column(const Strs *head, const char *name) {
	for (size_t i = 0; i < head->len; i++)
		if (str_eq(head->at[i], str_c(name)))
			return i;
	return head->len;
}

static void put_item_cell(Buf *b, const Strs *row, size_t i) {
	docs_cell(b, i < row->len ? row->at[i] : (Str){0});
	buf_lit(b, " | ");
}

static void put_lists(Buf *b, Arena *a, Str file) {
	CsvReader *csv = csv_open(a, file, (CsvLimits){0});
	Strs       head = {0}, row;
	Str        list = {0};
	CHECK(csv_next(csv, &row));
	for (size_t i = 0; i < row.len; i++)
		strs_add(a, &head, str_dup(a, row.at[i]));
	size_t at_list = column(&head, "list"), shown[] = {column(&head, "code"), column(&head, "name"), column(&head, "law"), column(&head, "external_id")};
	CHECK(at_list < head.len && shown[0] < head.len && shown[1] < head.len);
	while (csv_next(csv, &row)) {
		if (!str_eq(row.at[at_list], list)) {
			list = str_dup(a, row.at[at_list]);
			buf_format(b, "\n<a id=\"list-%.*s\"></a>\n### %.*s\n\n| code | name | law | outside |\n|---|---|---|---|\n", STR_ARG(list), STR_ARG(list));
		}
		buf_lit(b, "| `");
		docs_cell(b, row.at[shown[0]]);
		buf_lit(b, "` | ");
		for (size_t i = 1; i < LEN(shown); i++)
			put_item_cell(b, &row, shown[i]);
		b->len--;                                    /* no blank at the end of a line */
		buf_lit(b, "\n");
	}
	CHECK(str_empty(csv_why(csv)));
}

Str docs_data_dictionary(Arena *a) {
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "# Data dictionary\n\n"
	            "Written by `sitovka docs docs`; do not edit. Names are those of files, of the API and of the columns in the store. Every row also has an\n"
	            "`id` that never changes and a `version`; dated ones have `valid_from`, `valid_to`, `recorded_from`, `recorded_to`.\n\n"
	            "Search: part of the search box of lists. Order: lists can be ordered by it. Filter: lists can be filtered by it. Secret: never on a page,\n"
	            "export, map or search of people without the right.\n");
	for (size_t i = 0; i < module_count; i++) {
		if (modules[i]->entity_count)
			buf_format(&b, "\n## %s\n", modules[i]->name);
		for (size_t k = 0; k < modules[i]->entity_count; k++)
			put_entity(&b, modules[i]->entities[k]);
	}
	buf_lit(&b, "\n## Code lists\n\nWhat a new store begins with; each installation keeps its own dated items (`/app/sprava/ciselniky`).\n");
	for (size_t i = 0; i < module_count; i++) {
		Str file = data_file(a, str_z(a, str_format(a, "code_lists/%s.csv", modules[i]->name)));
		if (file.len)
			put_lists(&b, a, file);
	}
	return buf_take(&b, a);
}
