/* rules_set.c: the text of a rule set, read line by line. What it looks like: docs/rules.md, data/rules/. */
#include "base/format.h"
#include "base/hash.h"
#include "base/text.h"
#include "core/rules_inside.h"

#define ITEMS_MAX 500
#define ROWS_MAX 2000
#define CHOICES_MAX 200                                    /* of a text input */

typedef struct SetReader {
	Reading  r;
	Str      rest;                                        /* lines to come */
	u64      seen;                                        /* keys of this block, as bits */
	size_t   rows;
	Str      row_lines[ROWS_MAX];
	RuleItem *row_tables[ROWS_MAX];
	size_t   row_versions[ROWS_MAX];
} SetReader;

typedef enum KeyId { KEY_CODE, KEY_TITLE, KEY_TYPE, KEY_CHOICES, KEY_LIST, KEY_LEGAL, KEY_READS, KEY_VALUE, KEY_KEY_TYPE, KEY_SINCE, KEY_FORMULA, KEY_MAX, KEY_NOTE,
	KEY_NONE } KeyId;
enum { AT_HEAD = 16 };
#define IN(kind) (1 << (kind))
static const struct { const char *key; int where; } keys[KEY_NONE] = {
	[KEY_CODE] = {"sada", AT_HEAD}, [KEY_TITLE] = {"nazev", AT_HEAD | 15}, [KEY_NOTE] = {"poznamka", AT_HEAD | 15},
	[KEY_TYPE] = {"typ", 15}, [KEY_LEGAL] = {"zdroj", 15}, [KEY_CHOICES] = {"hodnoty", IN(RULE_INPUT)}, [KEY_LIST] = {"seznam", IN(RULE_INPUT)},
	[KEY_READS] = {"cte", IN(RULE_PARAMETER)}, [KEY_VALUE] = {"hodnota", IN(RULE_PARAMETER)}, [KEY_KEY_TYPE] = {"klic", IN(RULE_TABLE)},
	[KEY_SINCE] = {"plati od", IN(RULE_TABLE)}, [KEY_FORMULA] = {"vzorec", IN(RULE_RULE)}, [KEY_MAX] = {"nejvyse", IN(RULE_RULE)},
};
static const char *const kind_names[] = {"vstup", "parametr", "tabulka", "pravidlo"};

/* One line with those that go on with it: they begin with a blank. */
static Str take_line(SetReader *s) {
	Str line = str_cut(&s->rest, '\n');
	while (s->rest.len && (s->rest.ptr[0] == ' ' || s->rest.ptr[0] == '\t')) {
		Str more = str_cut(&s->rest, '\n');
		line.len = (size_t)(more.ptr + more.len - line.ptr);
	}
	return str_trim(line);
}

/* ---- blocks ---- */

static bool name_is_fine(Str key) {
	bool fine = key.len > 0 && key.len <= 60 && key.ptr[0] >= 'a' && key.ptr[0] <= 'z';
	for (size_t i = 0; i < key.len && fine; i++) {
		char c = key.ptr[i];
		fine = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
	}
	return fine && key.ptr[key.len - 1] != '.';
}

static bool begin_block(SetReader *s, Str line) {
	Reading *r = &s->r;
	r->block = NULL;
	if (!str_ends(line, S("]")))
		return rule_fault(r, line, RULE_FAULT_BLOCK, "Hlavička bloku není ukončena. Napište například „[pravidlo vyrovnávací_platba]“.");
	Str name = str_trim(str_of(line.ptr + 1, line.len - 2)), word = str_cut(&name, ' '), fold = text_fold(r->a, word);
	name = str_trim(name);
	int kind = 0;
	while (kind < 4 && !str_eq(fold, str_c(kind_names[kind])))
		kind++;
	if (kind == 4)
		return rule_fault(r, word, RULE_FAULT_BLOCK, "Blok „%.*s“ neznáme. Napište vstup, parametr, tabulka nebo pravidlo, například „[pravidlo platba]“.", STR_ARG(word));
	Str key = rule_key(r->a, name);
	if (!name_is_fine(key))
		return rule_fault(r, str_empty(name) ? line : name, RULE_FAULT_NAME,
			"Název musí začínat písmenem a smí obsahovat písmena, číslice a podtržítka, nejvýše 60. Přejmenujte ho, například na „náklady_2026“.");
	if (rule_key_is_reserved(key))
		return rule_fault(r, name, RULE_FAULT_RESERVED, "„%.*s“ je slovo jazyka pravidel. Zvolte jiný název, například „%.*s_služby“.", STR_ARG(name), STR_ARG(name));
	RuleItem *twin = rule_item(r->set, key);
	if (twin)
		rule_fault(r, name, RULE_FAULT_DUPLICATE, "Název „%.*s“ už v sadě je. Jeden z nich přejmenujte; velikost písmen ani diakritika je nerozliší.", STR_ARG(name));
	if (r->set->len == ITEMS_MAX)
		return rule_fault(r, line, RULE_FAULT_MANY, "Sada má příliš mnoho bloků, smí jich mít nejvýše %d. Rozdělte ji.", ITEMS_MAX);
	r->block = NEW(r->a, RuleItem, .n = {.kind = (RuleKind)kind, .name = name, .key = key}, .at = name, .index = r->set->len);
	s->seen = 0;
	if (twin)
		r->block->n.key = str_cat(r->a, key, S("?"));     /* nobody finds it, its lines are still read */
	*ARENA_PUSH(r->a, r->set->items, r->set->len, r->set->cap) = r->block;
	return true;
}

static TableVersion *new_version(SetReader *s, Date since, Str at) {
	RuleItem *t = s->r.block;
	TableVersion *v = ARENA_PUSH(s->r.a, t->versions, t->version_count, t->version_cap);
	*v = (TableVersion){.since = since, .at = at};
	return v;
}

/* ---- lines of a block ---- */

static bool read_since(SetReader *s, Str typed, Str at, Date *ret) {
	const char *why = NULL;
	if (read_date(typed, ret, &why) && date_is(*ret))
		return true;
	return rule_fault(&s->r, at, RULE_FAULT_SINCE, "Den, od kterého hodnota platí, nejde přečíst. Napište ho jako „od 1. 1. 2026“.");
}

static bool read_value_line(SetReader *s, Str key, Str value) {
	RuleItem *p = s->r.block;
	Date since = {0};
	Str day = str_trim(str_from(key, strlen("hodnota")));
	if (!str_empty(day)) {
		if (!str_starts(day, S("od ")) || !read_since(s, str_trim(str_from(day, 3)), day, &since))
			return str_starts(day, S("od ")) ? false : rule_fault(&s->r, day, RULE_FAULT_SINCE, "Za slovem „hodnota“ smí být jen den, od kterého platí: „hodnota od 1. 1. 2026“.");
	}
	for (size_t i = 0; i < p->value_count; i++)
		if (date_eq(p->values[i].since, since))
			return rule_fault(&s->r, key, RULE_FAULT_SINCE_TWICE, "Pro stejný den jsou tu dvě hodnoty. Jednu z nich smažte.");
	*ARENA_PUSH(s->r.a, p->values, p->value_count, p->value_cap) = (ParameterValue){.since = since, .at = value};
	return true;
}

static bool read_choices(SetReader *s, Str value) {
	RuleItem *item = s->r.block;
	while (value.len) {
		Str typed = str_trim(str_cut(&value, ';')), one = text_clean(s->r.a, typed);
		if (item->n.choices.len == CHOICES_MAX)
			return rule_fault(&s->r, typed, RULE_FAULT_MANY, "Vstup má příliš mnoho možných hodnot, smí jich mít nejvýše %d. Vyjmenujte jen ty, na kterých výpočet záleží, "
				"nebo řádek smažte.", CHOICES_MAX);
		if (!str_empty(one))
			strs_add(s->r.a, &item->n.choices, one);
	}
	return true;
}

static bool read_yes(SetReader *s, Str value, bool *ret) {
	RuleValue v;
	Str why;
	if (!rule_value_read(s->r.a, RULE_YES_NO, value, &v, &why) || v.state != RULE_KNOWN)
		return rule_fault(&s->r, value, RULE_FAULT_VALUE, "Za dvojtečkou má být ano, nebo ne.");
	*ret = v.yes;
	return true;
}

static bool read_type(SetReader *s, Str value, RuleType *ret) {
	return rule_type_read(s->r.a, value, ret) || rule_fault(&s->r, value, RULE_FAULT_TYPE,
		"Typ „%.*s“ neznáme. Napište číslo, počet, procenta, Kč, úvazky, Kč na úvazek, datum, text nebo ano/ne.", STR_ARG(value));
}

static bool read_item_line(SetReader *s, KeyId id, Str key, Str value) {
	RuleItem *item = s->r.block;
	Date since;
	i64 most;
	switch (id) {
	case KEY_TITLE:    item->n.title = text_clean(s->r.a, value); return true;
	case KEY_LEGAL:    item->n.legal = text_clean(s->r.a, value); return true;
	case KEY_TYPE:     return read_type(s, value, &item->n.type);
	case KEY_KEY_TYPE:
		if (!read_type(s, value, &item->key_type))
			return false;
		return item->key_type != RULE_DATE || rule_fault(&s->r, value, RULE_FAULT_TYPE, "Podle data se v tabulce hledat nedá. Použijte například rok(datum) a klíč číslo.");
	case KEY_CHOICES:  return read_choices(s, value);
	case KEY_LIST:     return read_yes(s, value, &item->n.is_list);
	case KEY_READS:    item->n.is_for_program = true; return true;
	case KEY_VALUE:    return read_value_line(s, key, value);
	case KEY_FORMULA:  item->formula = value; return true;
	case KEY_SINCE:
		if (!read_since(s, value, value, &since))
			return false;
		for (size_t i = 0; i < item->version_count; i++)
			if (date_eq(item->versions[i].since, since))
				(void)!rule_fault(&s->r, value, RULE_FAULT_SINCE_TWICE, "Pro stejný den jsou tu dvě hodnoty. Jednu z nich smažte.");
		new_version(s, since, value);
		return true;
	case KEY_MAX:
		if (!str_to_int(value, &most) || most < 1 || most > 1000000)
			return rule_fault(&s->r, value, RULE_FAULT_VALUE, "Za dvojtečkou má být celé číslo od 1 do 1000000.");
		item->n.max = (i32)most;
		return true;
	case KEY_CODE: case KEY_NOTE: case KEY_NONE:
		break;
	}
	return true;
}

static bool read_head_line(SetReader *s, KeyId id, Str value) {
	if (id == KEY_CODE)
		s->r.set->code = text_clean(s->r.a, value);
	if (id == KEY_TITLE)
		s->r.set->title = text_clean(s->r.a, value);
	return true;
}

static KeyId find_key(Arena *a, Str key) {
	Str fold = text_fold(a, text_clean(a, key));
	for (int i = 0; i < KEY_NONE; i++)
		if (str_eq(fold, str_c(keys[i].key)))
			return (KeyId)i;
	return str_starts(fold, S("hodnota ")) ? KEY_VALUE : KEY_NONE;
}

static bool read_pair(SetReader *s, Str line) {
	Reading *r = &s->r;
	i64 colon = str_find_char(line, ':');
	if (colon < 0)
		return rule_fault(r, line, RULE_FAULT_LINE, "Řádku nerozumíme. Napište „klíč: hodnota“, hlavičku bloku v [ ], řádek tabulky za pomlčku, nebo poznámku za #.");
	Str key = str_trim(str_first(line, (size_t)colon)), value = str_trim(str_from(line, (size_t)colon + 1));
	KeyId id = find_key(r->a, key);
	int where = r->block ? IN(r->block->n.kind) : AT_HEAD;
	if (id == KEY_NONE || !(keys[id].where & where))
		return rule_fault(r, key, RULE_FAULT_KEY, "Klíč „%.*s“ sem nepatří. %s", STR_ARG(key), !r->block ? "Na začátku sady smí být sada, název a poznámka." :
			r->block->n.kind == RULE_INPUT ? "Vstup má název, typ, hodnoty, seznam, zdroj a poznámku." :
			r->block->n.kind == RULE_PARAMETER ? "Parametr má název, typ, hodnotu, zdroj, čte a poznámku." :
			r->block->n.kind == RULE_TABLE ? "Tabulka má název, klíč, typ, platí od, zdroj, poznámku a řádky." : "Pravidlo má název, typ, vzorec, nejvýše, zdroj a poznámku.");
	if (id != KEY_VALUE && id != KEY_SINCE && id != KEY_NOTE && (s->seen & (1ull << id)))
		return rule_fault(r, key, RULE_FAULT_KEY_TWICE, "„%.*s“ je v tomto bloku dvakrát. Jeden z řádků smažte.", STR_ARG(key));
	s->seen |= 1ull << id;
	if (str_empty(value) && id != KEY_NOTE && id != KEY_FORMULA)
		return rule_fault(r, key, RULE_FAULT_VALUE, "Za dvojtečkou chybí hodnota.");
	return r->block ? read_item_line(s, id, key, value) : read_head_line(s, id, value);
}

static bool read_row_line(SetReader *s, Str line) {
	RuleItem *t = s->r.block;
	if (!t || t->n.kind != RULE_TABLE)
		return rule_fault(&s->r, line, RULE_FAULT_LINE, "Řádek s pomlčkou patří jen do tabulky. Přesuňte ho, nebo pomlčku smažte.");
	if (s->rows == ROWS_MAX)
		return rule_fault(&s->r, line, RULE_FAULT_MANY, "Sada má příliš mnoho řádků tabulek, smí jich mít nejvýše %d.", ROWS_MAX);
	if (t->version_count == 0)
		new_version(s, (Date){0}, t->at);
	Str row = str_trim(str_from(line, str_starts(line, S("-")) ? 1 : 3));
	s->row_lines[s->rows] = row.ptr ? row : line;
	s->row_tables[s->rows] = t;
	s->row_versions[s->rows++] = t->version_count - 1;
	return true;
}

static void read_lines(SetReader *s) {
	bool skipping = false;                                /* a block whose head is wrong */
	while (s->rest.len) {
		Str line = take_line(s);
		if (str_empty(line) || line.ptr[0] == '#')
			continue;
		if (line.ptr[0] == '[')
			skipping = !begin_block(s, line);
		else if (skipping)
			continue;
		else if (line.ptr[0] == '-' || str_starts(line, S("•")) || str_starts(line, S("–")))
			(void)!read_row_line(s, line);
		else
			(void)!read_pair(s, line);
	}
}

/* ---- behind the last line ---- */

static void read_rows(SetReader *s) {
	for (size_t i = 0; i < s->rows; i++) {
		RuleItem *t = s->r.block = s->row_tables[i];
		if (t->n.type == RULE_ANY || t->key_type == RULE_ANY)
			continue;                                     /* said below */
		size_t all = t->version_count;
		t->version_count = s->row_versions[i] + 1;        /* the row goes into the last one */
		(void)!rule_read_row(&s->r, t, s->row_lines[i]);
		t->version_count = all;
	}
}

static bool has_what_it_needs(SetReader *s, RuleItem *item) {
	const char *missing = item->n.type == RULE_ANY ? "typ" : item->n.kind == RULE_TABLE && item->key_type == RULE_ANY ? "klíč" :
		item->n.kind == RULE_PARAMETER && item->value_count == 0 ? "hodnota" : item->n.kind == RULE_RULE && !item->formula.ptr ? "vzorec" : NULL;
	if (missing && item->has_fault)
		return false;                                     /* its line is there, and wrong */
	return !missing || rule_fault(&s->r, item->at, RULE_FAULT_MISSING, "V bloku „%.*s“ chybí řádek „%s: …“, nebo není správně. Doplňte ho.", STR_ARG(item->n.name), missing);
}

static void finish_parameter(SetReader *s, RuleItem *p) {
	for (size_t i = 0; i < p->value_count; i++) {
		Str why = {0};
		if (!rule_value_read(s->r.a, p->n.type, p->values[i].at, &p->values[i].value, &why) || p->values[i].value.state == RULE_BLANK) {
			Str type = rule_type_name(p->n.type);
			rule_fault(&s->r, p->values[i].at, RULE_FAULT_VALUE, "Hodnota parametru má být %.*s. %.*s", STR_ARG(type), STR_ARG(why));
		}
	}
}

static void finish_items(SetReader *s) {
	RuleSet *set = s->r.set;
	for (size_t i = 0; i < set->len; i++) {
		RuleItem *item = s->r.block = set->items[i];
		if (!has_what_it_needs(s, item))
			continue;
		if (item->n.choices.len && item->n.type != RULE_TEXT)
			rule_fault(&s->r, item->at, RULE_FAULT_TYPE, "Možné hodnoty se vyjmenovávají jen u textu. Napište „typ: text“, nebo řádek „hodnoty“ smažte.");
		if (item->n.kind == RULE_PARAMETER)
			finish_parameter(s, item);
		if (item->n.kind == RULE_TABLE && item->version_count == 0)
			new_version(s, (Date){0}, item->at);
		if (item->n.kind == RULE_TABLE && item->key_type != RULE_ANY && item->n.type != RULE_ANY)
			rule_check_table(&s->r, item);
		if (item->n.kind == RULE_RULE) {
			item->n.formula = item->formula;
			item->expr = rule_parse(&s->r, item->formula);
		}
	}
	for (size_t i = 0; i < set->len; i++) {
		RuleItem *item = s->r.block = set->items[i];
		if (item->expr)
			rule_types(&s->r, item->expr, item->n.type);
	}
	rule_check(&s->r);
	s->r.block = NULL;
}

/* In the order of the text; those of one place stay as they were said. */
static void sort_faults(RuleFaults *faults) {
	for (size_t i = 1; i < faults->len; i++) {
		RuleFault one = faults->at[i];
		size_t    k = i;
		for (; k && (faults->at[k - 1].line > one.line || (faults->at[k - 1].line == one.line && faults->at[k - 1].column > one.column)); k--)
			faults->at[k] = faults->at[k - 1];
		faults->at[k] = one;
	}
}

static bool begin(Reading *r, Arena *a, Str source, RuleFaults *faults) {
	*r = (Reading){.a = a, .source = source, .faults = faults};
	r->set = NEW(a, RuleSet, .arena = a, .source = source);
	Sha256 digest = sha256(source);
	r->set->digest = hex(a, digest.bytes, sizeof digest.bytes);
	if (source.len > RULE_SET_MAX)
		return rule_fault(r, str_of(source.ptr, 0), RULE_FAULT_SET_LONG, "Sada je příliš dlouhá, smí mít nejvýše %d kB. Rozdělte ji.", RULE_SET_MAX / 1024);
	if (!text_acceptable(source))
		return rule_fault(r, str_of(source.ptr, 0), RULE_FAULT_BYTES, "Text obsahuje znaky, které do něj nepatří. Uložte ho v kódování UTF-8 a vložte znovu.");
	return true;
}

RuleSet *rule_set_read(Arena *a, Str source, RuleFaults *faults) {
	SetReader *s = NEW_ZERO(a, SetReader);
	if (str_starts(source, S("\xEF\xBB\xBF")))
		source = str_from(source, 3);
	if (!begin(&s->r, a, source, faults))
		return NULL;
	s->rest = source;
	read_lines(s);
	s->r.block = NULL;
	if (str_empty(s->r.set->code))
		rule_fault(&s->r, str_of(source.ptr, 0), RULE_FAULT_NO_CODE, "Sada nemá označení. Na začátek napište řádek „sada: kód“, například „sada: pravidla-2026“.");
	read_rows(s);
	finish_items(s);
	sort_faults(faults);
	return faults->has_error ? NULL : s->r.set;
}

RuleSet *rule_formula_read(Arena *a, const RuleName *inputs, size_t count, Str formula, RuleType want, RuleFaults *faults) {
	Reading r;
	if (!begin(&r, a, formula, faults))
		return NULL;
	for (size_t i = 0; i < count; i++) {
		RuleItem *item = NEW(a, RuleItem, .n = inputs[i], .index = i);
		item->n.key = rule_key(a, item->n.name);
		item->used = true;
		*ARENA_PUSH(a, r.set->items, r.set->len, r.set->cap) = item;
	}
	RuleItem *rule = NEW(a, RuleItem, .n = {.kind = RULE_RULE, .name = S("vzorec"), .key = S("vzorec"), .type = want, .formula = formula}, .formula = formula);
	rule->expr = rule_parse(&r, formula);
	if (rule->expr)
		rule_types(&r, rule->expr, want);
	if (rule->expr && want == RULE_ANY)
		rule->n.type = rule->expr->type == TYPE_ZERO ? RULE_NUMBER : rule->expr->type < RULE_TYPES ? (RuleType)rule->expr->type : RULE_ANY;
	rule->index = r.set->len;
	*ARENA_PUSH(a, r.set->items, r.set->len, r.set->cap) = rule;
	rule_check(&r);
	return faults->has_error ? NULL : r.set;
}

/* ---- asking a set ---- */

Str             rule_set_code(const RuleSet *set) { return set->code; }
Str             rule_set_title(const RuleSet *set) { return set->title; }
Str             rule_set_digest(const RuleSet *set) { return set->digest; }
size_t          rule_set_count(const RuleSet *set) { return set->len; }
const RuleName *rule_set_at(const RuleSet *set, size_t i) { return i < set->len ? &set->items[i]->n : NULL; }

const RuleName *rule_set_find(const RuleSet *set, Str name) {
	CLEANUP(arena_free) Arena scratch = {0};
	RuleItem *item = rule_item(set, rule_key(&scratch, name));
	return item ? &item->n : NULL;
}

bool rule_parameter(const RuleSet *set, Str name, Date day, RuleValue *ret) {
	const RuleItem *item = (const RuleItem *)rule_set_find(set, name);
	const ParameterValue *v = item && item->n.kind == RULE_PARAMETER ? rule_parameter_value(item, day) : NULL;
	if (!v)
		return false;
	*ret = v->value;
	return true;
}
