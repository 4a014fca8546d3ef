/* table_json.c: an array of flat objects, alone or as "data" of an object, as rows. The keys of the first object are the header. */
#include "base/json.h"
#include "core/table_inside.h"
#include "core/xlsx_value.h"

struct JsonTable {
	Arena      *arena;
	JsonReader *json;
	Strs        header;
	i64         row;                         /* objects begun */
	bool        has_first, wrapped, ended;
	Str        *first;                       /* cells of the first object, which were read for its keys */
	u8         *first_kinds;
	Str         why;
};

static bool refuse(JsonTable *t, const char *sentence) {
	if (t->why.len == 0)
		t->why = json_why(t->json).len ? str_format(t->arena, "JSON, řádek %llu: %.*s", (unsigned long long)json_line(t->json), STR_ARG(json_why(t->json)))
		       : t->row ? str_format(t->arena, "Záznam %lld: %s", (long long)t->row, sentence)
		                : str_c(sentence);
	t->ended = true;
	return false;
}

/* The value after a key. */
static bool read_value(JsonTable *t, Arena *a, Str *cell, u8 *kind) {
	*kind = CELL_IS_TEXT;
	*cell = (Str){0};
	switch (json_next(t->json)) {
	case JSON_STRING:
		*cell = str_dup(a, json_text(t->json));
		break;
	case JSON_NUMBER:
		*kind = CELL_IS_NUMBER;
		if (!xlsx_number(a, json_text(t->json), cell))
			return refuse(t, "číslo je příliš velké.");
		break;
	case JSON_TRUE:
		*kind = CELL_IS_BOOL;
		*cell = S("ano");
		break;
	case JSON_FALSE:
		*kind = CELL_IS_BOOL;
		*cell = S("ne");
		break;
	case JSON_NULL:
		break;
	default:
		return refuse(t, "hodnoty mají být texty, čísla, true, false nebo null. Vnořené objekty a pole načíst neumíme.");
	}
	return cell->len <= TABLE_MAX_CELL ? true : refuse(t, "text je příliš dlouhý. Zkraťte ho.");
}

static bool open_array(JsonTable *t) {
	JsonEvent e = json_next(t->json);
	if (e == JSON_ARRAY)
		return true;
	t->wrapped = e == JSON_OBJECT;
	while (t->wrapped && (e = json_next(t->json)) == JSON_KEY) {
		bool is_data = str_eq(json_text(t->json), S("data"));
		if (!is_data && !json_skip(t->json))
			break;
		if (is_data && json_next(t->json) == JSON_ARRAY)
			return true;
		if (is_data)
			break;
	}
	return refuse(t, "JSON má být pole objektů, nebo objekt s polem „data“. Stáhněte si seznam jako JSON, ukáže podobu.");
}

static bool read_first(JsonTable *t) {
	JsonEvent e = json_next(t->json);
	if (e == JSON_ARRAY_END)
		return refuse(t, "V souboru není žádný záznam.");
	t->row = 1;
	if (e != JSON_OBJECT)
		return refuse(t, "v poli mají být objekty.");
	t->first = NEW_ARRAY(t->arena, Str, TABLE_MAX_COLUMNS);
	t->first_kinds = NEW_ARRAY(t->arena, u8, TABLE_MAX_COLUMNS);
	while ((e = json_next(t->json)) == JSON_KEY) {
		if (t->header.len == TABLE_MAX_COLUMNS)
			return refuse(t, "má víc než 256 údajů. Nechte jen ty, které se mají načíst.");
		size_t at = t->header.len;
		strs_add(t->arena, &t->header, str_dup(t->arena, json_text(t->json)));
		if (!read_value(t, t->arena, &t->first[at], &t->first_kinds[at]))
			return false;
	}
	t->has_first = true;
	return e == JSON_OBJECT_END ? true : refuse(t, "objekt není úplný.");
}

JsonTable *json_table_open(Arena *a, Str bytes, Strs *header, Str *why) {
	JsonTable *t = NEW(a, JsonTable, .arena = a, .json = json_open_str(a, bytes));
	if (!open_array(t) || !read_first(t)) {
		*why = t->why;
		return NULL;
	}
	*header = t->header;
	return t;
}

static bool at_end(JsonTable *t) {
	JsonEvent e;
	t->ended = true;
	while (t->wrapped && (e = json_next(t->json)) == JSON_KEY)
		if (!json_skip(t->json))
			return refuse(t, "soubor není úplný.");
	if (json_next(t->json) != JSON_END)
		return refuse(t, "soubor není úplný.");
	return false;
}

static i64 column_of(const JsonTable *t, size_t expected) {
	Str key = json_text(t->json);
	if (expected < t->header.len && str_eq(t->header.at[expected], key))
		return (i64)expected;
	for (size_t i = 0; i < t->header.len; i++)
		if (str_eq(t->header.at[i], key))
			return (i64)i;
	return -1;
}

/* Every object says all that the first one said: a value that is left out would look like one that was deleted. */
bool json_table_next(JsonTable *t, Arena *a, Str *cells, u8 *kinds) {
	if (t->has_first) {
		memcpy(cells, t->first, t->header.len * sizeof *cells);
		memcpy(kinds, t->first_kinds, t->header.len);
		t->has_first = false;
		return true;
	}
	if (t->ended)
		return false;
	JsonEvent e = json_next(t->json);
	if (e == JSON_ARRAY_END)
		return at_end(t);
	t->row++;
	if (e != JSON_OBJECT)
		return refuse(t, "v poli mají být objekty.");
	if (t->row > TABLE_MAX_ROWS)
		return refuse(t, "soubor má víc než 100 000 záznamů. Rozdělte ho na menší.");
	size_t n = 0;
	for (; (e = json_next(t->json)) == JSON_KEY; n++) {
		i64 column = column_of(t, n);
		if (column < 0)
			return refuse(t, "má údaj, který první záznam nemá. Všechny záznamy musí mít stejné údaje.");
		if (!read_value(t, a, &cells[column], &kinds[column]))
			return false;
	}
	if (e != JSON_OBJECT_END)
		return refuse(t, "objekt není úplný.");
	return n == t->header.len ? true : refuse(t, "chybí údaj, který první záznam má. Údaj bez hodnoty zapište jako null.");
}

Str json_table_why(const JsonTable *t) {
	return t->why;
}
