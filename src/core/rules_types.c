/* rules_types.c: which name is meant, and whether the units agree. After one complaint about a piece its surroundings stay silent. */
#include "core/rules_inside.h"

static bool is_number(int t) {
	return t == TYPE_ZERO || (t >= RULE_NUMBER && t <= RULE_MONEY_PER_FTE);
}

/* A počet is a číslo as soon as something is done with it. */
static int plain(int t) {
	return t == RULE_COUNT ? RULE_NUMBER : t;
}

bool rule_type_fits(int from, RuleType to) {
	if (from == TYPE_BAD || from == RULE_ANY || to == RULE_ANY || from == (int)to)
		return true;
	if (from == TYPE_ZERO)
		return is_number((int)to);
	bool pure_from = from == RULE_NUMBER || from == RULE_COUNT || from == RULE_PERCENT;
	bool pure_to = to == RULE_NUMBER || to == RULE_COUNT || to == RULE_PERCENT;
	return pure_from && pure_to;
}

static Str type_name(int t) {
	return t == TYPE_ZERO ? S("číslo") : rule_type_name((RuleType)t);
}

/* The common type of two that should be the same; TYPE_BAD when there is none. */
static int common(int x, int y) {
	x = plain(x);
	y = plain(y);
	if (x == TYPE_BAD || y == TYPE_BAD)
		return TYPE_BAD;
	if (x == RULE_ANY || x == y)
		return y;
	if (y == RULE_ANY)
		return x;
	if (x == TYPE_ZERO && is_number(y))
		return y;
	return y == TYPE_ZERO && is_number(x) ? x : TYPE_BAD;
}

static int known(int t) {
	return t == TYPE_ZERO ? RULE_NUMBER : plain(t);
}

static int product(int x, int y) {
	x = known(x);
	y = known(y);
	if (x == RULE_ANY || y == RULE_ANY)
		return RULE_ANY;
	if (!is_number(x) || !is_number(y))
		return TYPE_BAD;
	if (x == RULE_NUMBER)
		return y == RULE_PERCENT ? RULE_NUMBER : y;
	if (y == RULE_NUMBER)
		return x == RULE_PERCENT ? RULE_NUMBER : x;
	if (x == RULE_PERCENT)
		return y;
	if (y == RULE_PERCENT)
		return x;
	bool staffed = (x == RULE_FTE && y == RULE_MONEY_PER_FTE) || (x == RULE_MONEY_PER_FTE && y == RULE_FTE);
	return staffed ? RULE_MONEY : TYPE_BAD;
}

static int quotient(int x, int y) {
	x = known(x);
	y = known(y);
	if (x == RULE_ANY || y == RULE_ANY)
		return RULE_ANY;
	if (!is_number(x) || !is_number(y))
		return TYPE_BAD;
	if (y == RULE_NUMBER)
		return x;
	if (x == y)
		return RULE_NUMBER;
	if (y == RULE_PERCENT)
		return x;
	if (x == RULE_MONEY && y == RULE_FTE)
		return RULE_MONEY_PER_FTE;
	return x == RULE_MONEY && y == RULE_MONEY_PER_FTE ? RULE_FTE : TYPE_BAD;
}

/* ---- operators ---- */

static int bad(Reading *r, Str at, int id, const char *what, const Expr *e, const char *remedy) {
	Str x = type_name(e->args[0]->type), y = type_name(e->args[e->count - 1]->type);
	rule_fault(r, at, id, "%s: vlevo je %.*s, vpravo %.*s. %s", what, STR_ARG(x), STR_ARG(y), remedy);
	return TYPE_BAD;
}

static int type_of_sum(Reading *r, const Expr *e) {
	int x = e->args[0]->type, y = e->args[1]->type, t = common(x, y);
	if (x == RULE_DATE && y == RULE_DATE && e->op == '-')
		return RULE_NUMBER;
	if (x == RULE_DATE && (known(y) == RULE_NUMBER || y == RULE_ANY))
		return RULE_DATE;
	if (e->op == '+' && y == RULE_DATE && known(x) == RULE_NUMBER)
		return RULE_DATE;
	if (is_number(t) || t == RULE_ANY)
		return t;
	bool percents = known(x) != known(y) && (x == RULE_PERCENT || y == RULE_PERCENT);
	return bad(r, e->name, RULE_FAULT_ADD, e->op == '+' ? "Tyto hodnoty sečíst nelze" : "Tyto hodnoty odečíst nelze", e,
		percents ? "Napište, z čeho se procenta počítají, například „x + 5 % * x“." : "Obě strany musí mít stejný typ; zkontrolujte jednotky.");
}

static bool is_zero(const Expr *e) {
	return e->kind == EXPR_LITERAL && e->literal.state == RULE_KNOWN && rule_type_is_number(e->literal.type) && exact_is_zero(e->literal.number);
}

static int type_of_product(Reading *r, const Expr *e) {
	bool divides = e->op == '/';
	int x = e->args[0]->type, y = e->args[1]->type, t = divides ? quotient(x, y) : product(x, y);
	if (divides && is_zero(e->args[1])) {
		rule_fault(r, e->args[1]->at, RULE_FAULT_FAILS_ALWAYS, "Nulou dělit nelze. Opravte dělitele.");
		return TYPE_BAD;
	}
	if (t != TYPE_BAD)
		return t;
	if (divides)
		return bad(r, e->name, RULE_FAULT_DIVIDE, "Tyto hodnoty dělit nelze", e, "Dělte číslem, procenty, nebo hodnotou ve stejných jednotkách.");
	return bad(r, e->name, RULE_FAULT_MULTIPLY, "Tyto hodnoty násobit nelze", e, "Jedna z nich musí být číslo nebo procenta, nebo úvazky s částkou na úvazek.");
}

static void check_choice(Reading *r, const Expr *name, const Expr *text) {
	if (name->kind != EXPR_NAME || !name->item || name->item->n.choices.len == 0 || text->kind != EXPR_LITERAL || text->literal.state != RULE_KNOWN)
		return;
	Strs choices = name->item->n.choices;
	for (size_t i = 0; i < choices.len; i++)
		if (rule_value_equal(rule_text(choices.at[i]), text->literal))
			return;
	Str all = str_join(r->a, S("“, „"), choices);
	rule_fault(r, text->at, RULE_FAULT_CHOICE, "„%.*s“ nemůže být %.*s. Vyberte jednu z hodnot „%.*s“.", STR_ARG(name->name), STR_ARG(text->at), STR_ARG(all));
}

static int type_of_comparison(Reading *r, const Expr *e) {
	int x = e->args[0]->type, y = e->args[1]->type, t = common(x, y);
	bool pure = (known(x) == RULE_NUMBER && y == RULE_PERCENT) || (x == RULE_PERCENT && known(y) == RULE_NUMBER);
	if (t == TYPE_BAD && !pure)
		return bad(r, e->name, RULE_FAULT_COMPARE, "Tyto hodnoty porovnat nelze", e, "Obě strany musí mít stejný typ; zkontrolujte jednotky.");
	if ((t == RULE_TEXT || t == RULE_YES_NO) && e->op != '=' && e->op != SIGN_NOT_EQUAL)
		return bad(r, e->name, RULE_FAULT_ORDER, "Texty a hodnoty ano/ne se dají porovnat jen na shodu", e, "Použijte = nebo <>.");
	check_choice(r, e->args[0], e->args[1]);
	check_choice(r, e->args[1], e->args[0]);
	return RULE_YES_NO;
}

static bool is_yes_no(int t) {
	return t == RULE_YES_NO || t == RULE_ANY || t == TYPE_BAD;
}

static bool wants_yes_no(Reading *r, const Expr *e, const char *where) {
	if (is_yes_no(e->type))
		return true;
	Str t = type_name(e->type);
	return rule_fault(r, e->at, RULE_FAULT_LOGIC, "%s má stát podmínka, tedy ano nebo ne, ale je tu %.*s. Napište porovnání, například „x > 0“.", where, STR_ARG(t));
}

static int type_of_binary(Reading *r, const Expr *e) {
	if (e->op == OP_AND || e->op == OP_OR) {
		bool left = wants_yes_no(r, e->args[0], e->op == OP_AND ? "Před slovem „a“" : "Před slovem „nebo“");
		bool right = wants_yes_no(r, e->args[1], e->op == OP_AND ? "Za slovem „a“" : "Za slovem „nebo“");
		return left && right ? RULE_YES_NO : TYPE_BAD;
	}
	if (e->args[0]->type == TYPE_BAD || e->args[1]->type == TYPE_BAD)
		return TYPE_BAD;
	if (e->op == '+' || e->op == '-')
		return type_of_sum(r, e);
	return e->op == '*' || e->op == '/' ? type_of_product(r, e) : type_of_comparison(r, e);
}

/* ---- names ---- */

static int type_of_name(Reading *r, Expr *e) {
	RuleItem *item = rule_item(r->set, e->key);
	if (!item) {
		FunctionId f = rule_function(e->key);
		if (f != FN_NONE) {
			rule_fault(r, e->at, RULE_FAULT_FUNCTION_BARE, "Za funkcí „%.*s“ chybí závorka. Napište ji takto: %s.", STR_ARG(e->name), rule_functions[f].how);
			return TYPE_BAD;
		}
		Str near = rule_near(r, e->key, false);
		rule_fault(r, e->name, RULE_FAULT_UNKNOWN, "Název „%.*s“ neznáme.%.*s Zkontrolujte ho v seznamu názvů.", STR_ARG(e->name), STR_ARG(near));
		return TYPE_BAD;
	}
	e->item = item;
	item->used = true;
	if (item->n.kind == RULE_TABLE) {
		rule_fault(r, e->name, RULE_FAULT_TABLE_ALONE, "„%.*s“ je tabulka. Hodnotu z ní vezměte funkcí vyhledej(hodnota; %.*s).", STR_ARG(e->name), STR_ARG(e->name));
		return TYPE_BAD;
	}
	if (item->n.is_list) {
		rule_fault(r, e->name, RULE_FAULT_LIST_ALONE, "„%.*s“ je seznam hodnot. Napište, co z něj: součet(%.*s), počet, min nebo max.", STR_ARG(e->name), STR_ARG(e->name));
		return TYPE_BAD;
	}
	return (int)plain((int)item->n.type);
}

/* ---- functions ---- */

/* Same type of the arguments from `first` on, every `step`th. */
static int common_of(Reading *r, const Expr *e, u32 first, int id, const char *sentence) {
	int t = e->args[first]->type;
	for (u32 i = first + 1; i < e->count && t != TYPE_BAD; i++) {
		int next = common(t, e->args[i]->type);
		if (next == TYPE_BAD && e->args[i]->type != TYPE_BAD) {
			Str x = type_name(t), y = type_name(e->args[i]->type);
			rule_fault(r, e->args[i]->at, id, "%s: před tím je %.*s, tady %.*s. Sjednoťte jednotky.", sentence, STR_ARG(x), STR_ARG(y));
		}
		t = next;
	}
	return t;
}

static int argument_is(Reading *r, const Expr *e, u32 i, const char *wanted) {
	Str t = type_name(e->args[i]->type);
	rule_fault(r, e->args[i]->at, RULE_FAULT_ARGUMENT, "Funkce „%.*s“ tu potřebuje %s, ale je tu %.*s. Píše se takto: %s.", STR_ARG(e->name), wanted, STR_ARG(t),
		rule_functions[e->function].how);
	return TYPE_BAD;
}

static int type_of_when(Reading *r, const Expr *e) {
	Expr values = {.args = NEW_ARRAY(r->a, Expr *, e->count)};
	bool fine = true;
	for (u32 i = 0; i + 1 < e->count; i += 2) {
		fine &= wants_yes_no(r, e->args[i], "Jako podmínka funkce když");
		values.args[values.count++] = e->args[i + 1];
	}
	values.args[values.count++] = e->args[e->count - 1];
	int t = common_of(r, &values, 0, RULE_FAULT_BRANCHES, "Hodnoty ve funkci když musí mít stejný typ");
	return fine ? t : TYPE_BAD;
}

static int type_of_numbers(Reading *r, const Expr *e) {
	for (u32 i = 0; i < e->count; i++) {
		int t = e->args[i]->type;
		if (!is_number(t) && t != RULE_ANY && t != TYPE_BAD && (t != RULE_DATE || e->function == FN_SUM))
			return argument_is(r, e, i, "číslo, částku nebo úvazky");
	}
	return common_of(r, e, 0, RULE_FAULT_BRANCHES, "Hodnoty v závorce musí mít stejný typ");
}

static int type_of_rounding(Reading *r, const Expr *e) {
	int t = e->args[0]->type;
	if (t == TYPE_BAD)
		return t;
	if (!is_number(t) && t != RULE_ANY)
		return argument_is(r, e, 0, "číslo, částku nebo úvazky");
	if (e->count == 1)
		return known(t);
	const Expr *step = e->args[1];
	if (step->type == TYPE_BAD)
		return TYPE_BAD;
	bool negative = step->kind == EXPR_NEGATE && step->args[0]->kind == EXPR_LITERAL;
	if (is_zero(step) || negative) {
		rule_fault(r, step->at, RULE_FAULT_STEP, "Krok zaokrouhlení musí být větší než nula, například 0,25 nebo 100.");
		return TYPE_BAD;
	}
	if (known(step->type) != RULE_NUMBER && common(t, step->type) == TYPE_BAD)
		return argument_is(r, e, 1, "krok ve stejných jednotkách nebo číslo");
	return known(t);
}

/* A text whose values are known must find each of them. */
static bool finds_each(Reading *r, const Expr *key, const RuleItem *table) {
	Strs choices = key->kind == EXPR_NAME && key->item && table->key_type == RULE_TEXT ? key->item->n.choices : (Strs){0};
	for (size_t i = 0; i < choices.len; i++)
		for (size_t j = 0; j < table->version_count; j++)
			if (!rule_table_find(r->a, &table->versions[j], RULE_TEXT, rule_text(choices.at[i])))
				return rule_fault(r, key->at, RULE_FAULT_GAP, "Tabulka „%.*s“ nemá řádek pro „%.*s“. Doplňte ho, nebo přidejte řádek „jinak“.", STR_ARG(table->n.name),
					STR_ARG(choices.at[i]));
	return true;
}

static int type_of_find(Reading *r, Expr *e) {
	Expr *table = e->args[1];
	RuleItem *item = table->kind == EXPR_NAME ? rule_item(r->set, table->key) : NULL;
	if (!item && table->kind == EXPR_NAME) {
		Str near = rule_near(r, table->key, false);
		rule_fault(r, table->at, RULE_FAULT_UNKNOWN, "Tabulku „%.*s“ neznáme.%.*s Zkontrolujte ji v seznamu názvů.", STR_ARG(table->at), STR_ARG(near));
		return TYPE_BAD;
	}
	if (!item || item->n.kind != RULE_TABLE) {
		rule_fault(r, table->at, RULE_FAULT_NEEDS_TABLE, "Druhá hodnota funkce vyhledej musí být název tabulky. Píše se takto: vyhledej(hodnota; tabulka).");
		return TYPE_BAD;
	}
	item->used = true;
	table->item = item;
	table->type = (int)item->n.type;
	if (!rule_type_fits(e->args[0]->type, item->key_type)) {
		Str t = type_name(e->args[0]->type), k = rule_type_name(item->key_type);
		rule_fault(r, e->args[0]->at, RULE_FAULT_KEY_TYPE, "V tabulce „%.*s“ se hledá podle typu %.*s, ale je tu %.*s. Opravte hodnotu, nebo klíč tabulky.",
			STR_ARG(table->at), STR_ARG(k), STR_ARG(t));
		return TYPE_BAD;
	}
	return finds_each(r, e->args[0], item) ? plain((int)item->n.type) : TYPE_BAD;
}

static int type_of_call(Reading *r, Expr *e) {
	switch (e->function) {
	case FN_WHEN:
		return type_of_when(r, e);
	case FN_MIN: case FN_MAX: case FN_SUM:
		return type_of_numbers(r, e);
	case FN_ROUND: case FN_DOWN: case FN_UP:
		return type_of_rounding(r, e);
	case FN_COUNT:
		return RULE_NUMBER;
	case FN_FIND:
		return type_of_find(r, e);
	case FN_IS_BLANK: case FN_IS_NOT_APPLICABLE:
		return RULE_YES_NO;
	case FN_FILL: case FN_WHEN_FAILED:
		return common_of(r, e, 0, RULE_FAULT_BRANCHES, "Hodnota a její náhrada musí mít stejný typ");
	case FN_NUMBER:
		return is_number(e->args[0]->type) || e->args[0]->type == RULE_ANY ? RULE_NUMBER :
			e->args[0]->type == TYPE_BAD ? TYPE_BAD : argument_is(r, e, 0, "číslo, částku nebo úvazky");
	case FN_YEAR: case FN_MONTH: case FN_DAY:
		return e->args[0]->type == RULE_DATE || e->args[0]->type == RULE_ANY ? RULE_NUMBER :
			e->args[0]->type == TYPE_BAD ? TYPE_BAD : argument_is(r, e, 0, "datum");
	case FN_NONE:
		break;
	}
	return TYPE_BAD;
}

static bool count_fits(const Expr *e) {
	const Function *f = &rule_functions[e->function];
	return e->count >= f->min && e->count <= f->max && (e->function != FN_WHEN || e->count % 2 == 1);
}

static bool is_function(Reading *r, const Expr *e) {
	if (e->function != FN_NONE && count_fits(e))
		return true;
	if (e->function != FN_NONE)
		return rule_fault(r, e->at, RULE_FAULT_COUNT_OF_ARGUMENTS, "Funkce „%.*s“ má jiný počet hodnot v závorce. Píše se takto: %s.", STR_ARG(e->name),
			rule_functions[e->function].how);
	if (rule_item(r->set, e->key))
		return rule_fault(r, e->name, RULE_FAULT_NOT_FUNCTION, "„%.*s“ není funkce. Chybí před závorkou znaménko, například *?", STR_ARG(e->name));
	Str near = rule_near(r, e->key, true);
	return rule_fault(r, e->name, RULE_FAULT_UNKNOWN_FUNCTION, "Funkci „%.*s“ neznáme.%.*s Jejich seznam je v nápovědě.", STR_ARG(e->name), STR_ARG(near));
}

/* Lists are allowed right inside of the functions that take many values. */
static bool takes_list(const Expr *call, const Expr *arg, const RuleSet *set) {
	bool many = call->function == FN_SUM || call->function == FN_COUNT || call->function == FN_MIN || call->function == FN_MAX;
	const RuleItem *item = many && arg->kind == EXPR_NAME ? rule_item(set, arg->key) : NULL;
	return item && item->n.is_list;
}

static void resolve(Reading *r, Expr *e);

static void resolve_call(Reading *r, Expr *e) {
	bool known_function = is_function(r, e), fine = known_function;
	for (u32 i = 0; i < e->count; i++) {
		Expr *arg = e->args[i];
		if (takes_list(e, arg, r->set)) {
			arg->item = rule_item(r->set, arg->key);
			arg->item->used = true;
			arg->type = plain((int)arg->item->n.type);
		} else if (e->function != FN_FIND || i != 1) {
			resolve(r, arg);
			fine &= arg->type != TYPE_BAD;
		}
	}
	e->type = !known_function ? TYPE_BAD : type_of_call(r, e);
	if (!fine && e->type != TYPE_BAD && e->function != FN_FIND)
		e->type = TYPE_BAD;
}

static int resolve_negation(Reading *r, const Expr *e) {
	int t = e->args[0]->type;
	if (t == TYPE_BAD || t == RULE_ANY || is_number(t))
		return t;
	Str name = type_name(t);
	rule_fault(r, e->at, RULE_FAULT_NEGATE, "Minus nelze dát před %.*s. Smažte ho, nebo opravte hodnotu za ním.", STR_ARG(name));
	return TYPE_BAD;
}

static void resolve(Reading *r, Expr *e) {
	if (e->kind == EXPR_CALL) {
		resolve_call(r, e);
	} else if (e->kind == EXPR_NAME) {
		e->type = type_of_name(r, e);
	} else if (e->kind != EXPR_LITERAL) {
		for (u32 i = 0; i < e->count; i++)
			resolve(r, e->args[i]);
		if (e->kind == EXPR_NEGATE)
			e->type = resolve_negation(r, e);
		else if (e->kind == EXPR_NOT)
			e->type = wants_yes_no(r, e->args[0], "Za slovem „ne“") ? RULE_YES_NO : TYPE_BAD;
		else
			e->type = type_of_binary(r, e);
	}
}

void rule_types(Reading *r, Expr *e, RuleType want) {
	resolve(r, e);
	if (!rule_type_fits(e->type, want)) {
		Str t = type_name(e->type), w = rule_type_name(want);
		rule_fault(r, e->at, RULE_FAULT_RESULT, "Vzorec dává %.*s, pravidlo má ale typ %.*s. Opravte vzorec, nebo typ pravidla.", STR_ARG(t), STR_ARG(w));
	}
}

bool rule_expr_is_constant(const Expr *e) {
	if (e->kind == EXPR_NAME)
		return false;
	for (u32 i = 0; i < e->count; i++)
		if (!rule_expr_is_constant(e->args[i]))
			return false;
	return true;
}
