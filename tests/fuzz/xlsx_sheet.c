/* Any XML of a sheet becomes rows or is refused; the same rows whether it comes in one piece or in many. */
#include "core/xlsx_sheet.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

typedef struct Seen {
	size_t rows, cells;
	u64    hash;
	bool   refused;
} Seen;

static void look(Sheet *s, Seen *seen) {
	for (size_t i = 0; i < s->len; i++) {
		const SheetRow *row = &s->at[i];
		CHECK(row->len > 0 && row->len <= TABLE_MAX_COLUMNS && row->number >= 1 && row->cells[row->len - 1].len > 0);
		seen->rows++;
		for (size_t k = 0; k < row->len; k++) {
			CHECK(row->cells[k].len <= TABLE_MAX_CELL && utf8_valid(row->cells[k]));
			seen->cells += row->cells[k].len > 0;
			seen->hash = seen->hash * 31 + str_hash(row->cells[k]) + row->kinds[k];
		}
	}
	s->len = s->cap = 0;
	s->at = NULL;
	arena_reset(s->arena);
}

static Seen parse(Str xml, size_t piece) {
	Arena         kept = {0}, rows = {0}, open = {0};
	bool          dates[] = {false, true};
	SharedStrings strings = {.arena = &kept};
	Styles        styles = {.arena = &kept, .is_date = dates, .len = 2};
	Sheet         s = {.arena = &rows, .open = &open, .kept = &kept, .strings = &strings, .styles = &styles};
	Seen          seen = {0};
	bool          more = true;
	buf_lit(&strings.bytes, "prvnídruhý");
	*ARENA_PUSH(&kept, strings.ends, strings.len, strings.cap) = 6;
	*ARENA_PUSH(&kept, strings.ends, strings.len, strings.cap) = 12;
	s.xml = xml_open(&kept, sheet_handler(&s));
	while (more && xml.len) {
		Str now = str_first(xml, piece);
		more = xml_feed(s.xml, now, false);
		xml = str_from(xml, now.len);
		if (s.why.len == 0 && !xml_why(s.xml))
			look(&s, &seen);
	}
	seen.refused = s.why.len > 0 || xml_why(s.xml);
	CHECK(utf8_valid(s.why));
	buf_free(&strings.bytes);
	arena_free(&kept);
	arena_free(&rows);
	arena_free(&open);
	return seen;
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	Str  xml = str_of((const char *)data, size);
	Seen whole = parse(xml, size + 1), pieces = parse(xml, 7);
	if (!whole.refused && !pieces.refused)
		CHECK(whole.rows == pieces.rows && whole.cells == pieces.cells && whole.hash == pieces.hash);
	return 0;
}
