/* rules_table.c: rows of tables ("od 90 %, méně než 100 %: 6", "„ÚŘS“: 10", "jinak: 0"), and whether every value has exactly one of them. */
#include "base/text.h"
#include "core/rules_inside.h"

#define ROW_HOW "Napište například „1 až 3: 10“, „od 90 %%, méně než 100 %%: 6“, „více než 5: 0“, „ÚŘS: 10“ nebo „jinak: 0“."

#define SPANS_MAX 200

typedef struct RowReader {
	Reading  *r;
	RuleItem *table;
	Word     *words;
	size_t    pos;
} RowReader;

static bool take_key(RowReader *p, const char *key) {
	const Word *w = &p->words[p->pos];
	if (w->kind != WORD_NAME || !str_eq(w->key, str_c(key)))
		return false;
	p->pos++;
	return true;
}

static bool take_sign(RowReader *p, char sign) {
	const Word *w = &p->words[p->pos];
	if (w->kind != WORD_SIGN || w->sign != sign)
		return false;
	p->pos++;
	return true;
}

/* A number in the units of the key; a bare one stands for any unit except percents, where it would hide a factor of a hundred. */
static bool take_bound(RowReader *p, Exact *ret) {
	bool negative = take_sign(p, '-');
	const Word *w = &p->words[p->pos];
	if (w->kind != WORD_VALUE || !rule_type_is_number(w->value.type))
		return false;
	bool bare = w->is_bare && (p->table->key_type != RULE_PERCENT || exact_is_zero(w->value.number));
	if (!bare && !rule_type_fits((int)w->value.type, p->table->key_type))
		return false;
	if (w->is_bare && !bare)
		return false;
	*ret = negative ? exact_neg(w->value.number) : w->value.number;
	p->pos++;
	return true;
}

static bool take_low(RowReader *p, Span *s) {
	size_t start = p->pos;
	if (take_key(p, "od"))
		s->has_low = true;
	else if (take_key(p, "vice") && take_key(p, "nez"))
		s->has_low = s->low_open = true;
	else
		p->pos = start;
	return s->has_low && take_bound(p, &s->low);
}

static bool take_high(RowReader *p, Span *s) {
	if (!take_sign(p, ','))
		take_key(p, "a");
	if (take_key(p, "nejvyse"))
		s->has_high = true;
	else if (take_key(p, "mene") && take_key(p, "nez"))
		s->has_high = s->high_open = true;
	return s->has_high && take_bound(p, &s->high);
}

static bool take_span(RowReader *p, Span *s) {
	if (p->words[p->pos].kind == WORD_END)
		return false;
	if (p->words[p->pos].kind != WORD_NAME) {             /* 1 až 3; 5 */
		if (!take_bound(p, &s->low))
			return false;
		s->has_low = s->has_high = true;
		s->high = s->low;
		return !take_key(p, "az") || take_bound(p, &s->high);
	}
	bool low = take_low(p, s);
	if (!low && s->has_low)
		return false;
	return p->words[p->pos].kind == WORD_END ? low : take_high(p, s);
}

/* Without the quotes, which may be left out. */
static Str bare_text(Str s) {
	static const char *const opens[] = {"\"", "„", "“"}, *const closes[] = {"\"", "“", "”"};
	for (size_t i = 0; i < LEN(opens); i++)
		if (str_starts(s, str_c(opens[i]))) {
			s = str_from(s, strlen(opens[i]));
			break;
		}
	for (size_t i = 0; i < LEN(closes); i++)
		if (str_ends(s, str_c(closes[i])))
			return str_first(s, s.len - strlen(closes[i]));
	return s;
}

static bool read_number_key(Reading *r, RuleItem *table, Str key, TableRow *row) {
	CLEANUP(arena_free) Arena scratch = {0};
	size_t count;
	RowReader p = {.r = r, .table = table};
	p.words = rule_words(r, &scratch, key, &count);
	if (!p.words)
		return false;
	if (!take_span(&p, &row->span) || p.words[p.pos].kind != WORD_END) {
		Str unit = rule_type_name(table->key_type);
		return rule_fault(r, key, RULE_FAULT_ROW, "Řádku tabulky nerozumíme; hledá se v ní podle typu %.*s. " ROW_HOW, STR_ARG(unit));
	}
	Span whole = row->span;
	if (table->key_type == RULE_COUNT)
		span_whole(r->a, &whole);
	if (span_empty(whole))
		return rule_fault(r, key, RULE_FAULT_ROW_ORDER, "Takovému řádku nic neodpovídá: dolní mez je vyšší než horní. Prohoďte je.");
	row->span = whole;
	return true;
}

static bool read_key(Reading *r, RuleItem *table, Str key, TableRow *row) {
	row->choice = text_clean(r->a, bare_text(key));
	row->choice_key = text_fold(r->a, row->choice);
	if (str_eq(text_fold(r->a, key), S("jinak"))) {
		row->is_else = true;
		return true;
	}
	if (table->key_type == RULE_YES_NO) {
		row->choice_yes = str_eq(row->choice_key, S("ano"));
		return row->choice_yes || str_eq(row->choice_key, S("ne")) ||
			rule_fault(r, key, RULE_FAULT_ROW, "Tabulka hledá podle ano/ne, řádek má tedy začínat „ano“, „ne“ nebo „jinak“.");
	}
	if (table->key_type == RULE_TEXT)
		return !str_empty(row->choice) || rule_fault(r, key, RULE_FAULT_ROW, "Řádek tabulky nemá klíč. " ROW_HOW);
	return read_number_key(r, table, key, row);
}

bool rule_read_row(Reading *r, RuleItem *table, Str line) {
	i64 colon = -1;
	for (size_t i = 0; i < line.len; i++)
		if (line.ptr[i] == ':')
			colon = (i64)i;
	if (colon < 0)
		return rule_fault(r, line, RULE_FAULT_ROW, "V řádku tabulky chybí dvojtečka s hodnotou. " ROW_HOW);
	Str key = str_trim(str_first(line, (size_t)colon)), value = str_trim(str_from(line, (size_t)colon + 1)), why = {0};
	TableRow row = {.at = line};
	if (!read_key(r, table, key, &row))
		return false;
	if (!rule_value_read(r->a, table->n.type, value, &row.value, &why) || row.value.state == RULE_BLANK) {
		Str unit = rule_type_name(table->n.type);
		return rule_fault(r, str_empty(value) ? line : value, RULE_FAULT_ROW_VALUE, "Hodnota řádku má být %.*s. %.*s", STR_ARG(unit), STR_ARG(why));
	}
	TableVersion *v = &table->versions[table->version_count - 1];
	if (v->len == SPANS_MAX && rule_type_is_number(table->key_type))
		return rule_fault(r, line, RULE_FAULT_MANY, "Tabulka podle čísel má příliš mnoho řádků, smí jich mít nejvýše %d. Rozdělte ji.", SPANS_MAX);
	*ARENA_PUSH(r->a, v->rows, v->len, v->cap) = row;
	return true;
}

/* ---- does every value have one row ---- */

static Spans domain(Arena *a, const RuleItem *table) {
	if (table->key_type != RULE_COUNT)
		return spans_all(a);
	return spans_of(a, (Span){.has_low = true});
}

static bool overlaps(Reading *r, Arena *a, const RuleItem *table, const TableRow *x, const TableRow *y) {
	if (x->is_else || y->is_else)
		return false;
	if (table->key_type == RULE_TEXT)
		return str_eq(x->choice_key, y->choice_key) && !rule_fault(r, y->at, RULE_FAULT_CHOICE_TWICE, "Hodnota „%.*s“ je v tabulce dvakrát. Jeden z řádků smažte.",
			STR_ARG(y->choice));
	if (table->key_type == RULE_YES_NO)
		return x->choice_yes == y->choice_yes && !rule_fault(r, y->at, RULE_FAULT_CHOICE_TWICE, "Hodnota „%.*s“ je v tabulce dvakrát. Jeden z řádků smažte.",
			STR_ARG(y->choice));
	Spans both = spans_meet(a, spans_of(a, x->span), spans_of(a, y->span));
	if (both.len == 0)
		return false;
	Str words = span_words(a, both.at[0], table->key_type), other = span_words(a, x->span, table->key_type);
	rule_fault(r, y->at, RULE_FAULT_OVERLAP, "Řádek se kryje s řádkem „%.*s“: obojí platí pro %.*s. Upravte meze, aby každá hodnota měla jediný řádek.", STR_ARG(other),
		STR_ARG(words));
	return true;
}

static void check_covering(Reading *r, Arena *a, const RuleItem *table, const TableVersion *v, const TableRow *otherwise) {
	bool whole = table->key_type == RULE_COUNT, numbers = rule_type_is_number(table->key_type);
	Spans left = numbers ? domain(a, table) : (Spans){0};
	size_t choices = 0;
	for (size_t i = 0; i < v->len; i++) {
		choices += !v->rows[i].is_else;
		if (numbers && !v->rows[i].is_else)
			left = spans_meet(a, left, spans_rest(a, spans_of(a, v->rows[i].span), whole));
	}
	bool is_full = numbers ? left.len == 0 : table->key_type == RULE_YES_NO && choices == 2;
	if (otherwise && is_full)
		rule_fault(r, otherwise->at, RULE_FAULT_ELSE_NEVER, "Na řádek „jinak“ nikdy nedojde, ostatní řádky pokryjí všechny hodnoty. Smažte ho.");
	if (otherwise || is_full || table->key_type == RULE_TEXT)
		return;
	Str words = numbers ? span_words(a, left.at[0], table->key_type) : S("ano i ne");
	rule_fault(r, v->at, RULE_FAULT_GAP, "Tabulka nemá řádek pro hodnoty: %.*s. Doplňte ho, nebo přidejte řádek „jinak“.", STR_ARG(words));
}

static void check_version(Reading *r, const RuleItem *table, const TableVersion *v) {
	CLEANUP(arena_free) Arena scratch = {0};
	const TableRow *otherwise = NULL;
	bool clean = true;
	if (v->len == 0) {
		rule_fault(r, v->at, RULE_FAULT_TABLE_EMPTY, "Tabulka nemá žádný řádek. " ROW_HOW);
		return;
	}
	for (size_t i = 0; i < v->len; i++) {
		const TableRow *row = &v->rows[i];
		if (row->is_else && otherwise)
			clean = rule_fault(r, row->at, RULE_FAULT_ELSE_TWICE, "Řádek „jinak“ je v tabulce dvakrát. Jeden z nich smažte.");
		if (row->is_else)
			otherwise = row;
		for (size_t j = 0; j < i; j++)
			if (overlaps(r, &scratch, table, &v->rows[j], row)) {
				clean = false;
				break;
			}
	}
	if (clean)
		check_covering(r, &scratch, table, v, otherwise);
}

void rule_check_table(Reading *r, RuleItem *table) {
	for (size_t i = 0; i < table->version_count; i++)
		check_version(r, table, &table->versions[i]);
}

/* ---- looking up ---- */

const TableVersion *rule_table_version(const RuleItem *table, Date day) {
	const TableVersion *best = NULL;
	for (size_t i = 0; i < table->version_count; i++) {
		const TableVersion *v = &table->versions[i];
		if (!date_after(v->since, day) && (!best || date_after(v->since, best->since)))
			best = v;
	}
	return best;
}

const TableRow *rule_table_find(Arena *a, const TableVersion *v, RuleType key_type, RuleValue key) {
	const TableRow *otherwise = NULL;
	Str fold = key_type == RULE_TEXT ? text_fold(a, text_clean(a, key.text)) : (Str){0};
	for (size_t i = 0; i < v->len; i++) {
		const TableRow *row = &v->rows[i];
		if (row->is_else)
			otherwise = row;
		else if (key_type == RULE_TEXT ? str_eq(fold, row->choice_key) : key_type == RULE_YES_NO ? key.yes == row->choice_yes : span_has(row->span, key.number))
			return row;
	}
	return otherwise;
}
