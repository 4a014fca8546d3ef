/* rules_parse.c: words become an expression. Descent by precedence: nebo, a, ne, comparison, + -, * /, minus. */
#include "base/text.h"
#include "core/rules_inside.h"

const Function rule_functions[FN_NONE] = {
	[FN_WHEN] = {"kdyz", "když", "když(podmínka; hodnota; jinak)", 3, 41},
	[FN_MIN] = {"min", "min", "min(hodnota; hodnota; …)", 1, 40},
	[FN_MAX] = {"max", "max", "max(hodnota; hodnota; …)", 1, 40},
	[FN_ROUND] = {"zaokrouhli", "zaokrouhli", "zaokrouhli(hodnota; krok)", 1, 2},
	[FN_DOWN] = {"dolu", "dolů", "dolů(hodnota; krok)", 1, 2},
	[FN_UP] = {"nahoru", "nahoru", "nahoru(hodnota; krok)", 1, 2},
	[FN_SUM] = {"soucet", "součet", "součet(hodnota; hodnota; …)", 1, 40},
	[FN_COUNT] = {"pocet", "počet", "počet(hodnota; hodnota; …)", 1, 40},
	[FN_FIND] = {"vyhledej", "vyhledej", "vyhledej(hodnota; tabulka)", 2, 2},
	[FN_IS_BLANK] = {"prazdne", "prázdné", "prázdné(hodnota)", 1, 1},
	[FN_IS_NOT_APPLICABLE] = {"nevztahuje_se", "nevztahuje_se", "nevztahuje_se(hodnota)", 1, 1},
	[FN_FILL] = {"dopln", "doplň", "doplň(hodnota; náhrada)", 2, 2},
	[FN_WHEN_FAILED] = {"kdyz_chyba", "když_chyba", "když_chyba(hodnota; náhrada)", 2, 2},
	[FN_NUMBER] = {"cislo", "číslo", "číslo(hodnota)", 1, 1},
	[FN_YEAR] = {"rok", "rok", "rok(datum)", 1, 1},
	[FN_MONTH] = {"mesic", "měsíc", "měsíc(datum)", 1, 1},
	[FN_DAY] = {"den", "den", "den(datum)", 1, 1},
};

FunctionId rule_function(Str key) {
	for (int i = 0; i < FN_NONE; i++)
		if (str_eq(key, str_c(rule_functions[i].key)))
			return (FunctionId)i;
	return FN_NONE;
}

/* The little words of logic are words of the language, so nothing can be named so. Inside of a name they are free: platy_a_mzdy. */
bool rule_key_is_reserved(Str key) {
	static const char *const words[] = {"a", "nebo", "ne", "ano", "kc", "uvazek", "uvazky", "uvazku", "na", "jinak"};
	for (size_t i = 0; i < LEN(words); i++)
		if (str_eq(key, str_c(words[i])))
			return true;
	return rule_function(key) != FN_NONE;
}

typedef struct Parser {
	Reading *r;
	Word    *words;
	size_t   pos;
	int      depth;
} Parser;

static Expr *parse_or(Parser *p);

static const Word *now(const Parser *p) {
	return &p->words[p->pos];
}
static bool is_sign(const Parser *p, char sign) {
	return now(p)->kind == WORD_SIGN && now(p)->sign == sign;
}
static bool is_key(const Parser *p, const char *key) {
	return now(p)->kind == WORD_NAME && str_eq(now(p)->key, str_c(key));
}

static Str reach(Str from, Str to) {
	return str_of(from.ptr, (size_t)(to.ptr + to.len - from.ptr));
}

static Expr *make(Parser *p, ExprKind kind, char op, Str at, Expr *x, Expr *y) {
	Expr *e = NEW(p->r->a, Expr, .kind = kind, .op = op, .at = at);
	e->args = NEW_ARRAY(p->r->a, Expr *, 2);
	e->args[0] = x;
	e->args[1] = y;
	e->count = y ? 2 : 1;
	e->depth = 1 + (y && y->depth > x->depth ? y->depth : x->depth);
	return e;
}

static Expr *no(Parser *p, Str at, int id, const char *sentence) {
	rule_fault(p->r, at, id, "%s", sentence);
	return NULL;
}

/* A place where a value should stand. */
static Expr *missing(Parser *p) {
	const Word *w = now(p);
	if (w->kind == WORD_END)
		return no(p, w->at, RULE_FAULT_OPERAND, "Vzorec tu končí, ale chybí ještě hodnota. Doplňte číslo, název nebo závorku.");
	if (w->kind == WORD_SIGN && w->sign == ',')
		return no(p, w->at, RULE_FAULT_COMMA, "Čárka patří jen do desetinných čísel. Hodnoty v závorce oddělujte středníkem.");
	rule_fault(p->r, w->at, RULE_FAULT_OPERAND, "Před „%.*s“ chybí hodnota. Doplňte číslo, název nebo závorku.", STR_ARG(w->at));
	return NULL;
}

/* ---- primaries ---- */

static Expr *parse_call(Parser *p, const Word *name) {
	Reading *r = p->r;
	Expr *e = NEW(r->a, Expr, .kind = EXPR_CALL, .name = name->at, .key = name->key, .function = rule_function(name->key));
	size_t cap = 0, len = 0;
	p->pos++;                                             /* the parenthesis */
	if (!is_sign(p, ')'))
		for (;;) {
			Expr *arg = parse_or(p);
			if (!arg)
				return NULL;
			*ARENA_PUSH(r->a, e->args, len, cap) = arg;
			e->depth = arg->depth >= e->depth ? arg->depth + 1 : e->depth;
			if (!is_sign(p, ';'))
				break;
			p->pos++;
		}
	e->count = (u32)len;
	if (is_sign(p, ','))
		return no(p, now(p)->at, RULE_FAULT_COMMA, "Čárka patří jen do desetinných čísel. Hodnoty v závorce oddělujte středníkem.");
	if (!is_sign(p, ')')) {
		rule_fault(r, now(p)->at, RULE_FAULT_PAREN, "Chybí pravá závorka za hodnotami funkce „%.*s“. Doplňte „)“.", STR_ARG(name->at));
		return NULL;
	}
	e->at = reach(name->at, now(p)->at);
	p->pos++;
	return e;
}

static bool begins_value(const Word *w) {
	return w->kind == WORD_VALUE || (w->kind == WORD_NAME && !str_eq(w->key, S("a")) && !str_eq(w->key, S("nebo"))) || (w->kind == WORD_SIGN && w->sign == '(');
}

static Expr *yes_no(Parser *p, bool yes) {
	return NEW(p->r->a, Expr, .kind = EXPR_LITERAL, .at = p->words[p->pos++].at, .literal = rule_yes_no(yes), .type = RULE_YES_NO);
}

static Expr *parse_not(Parser *p);

static Expr *parse_name(Parser *p) {
	const Word *w = now(p);
	const Word *next = &p->words[p->pos + 1];
	if (str_eq(w->key, S("a")) || str_eq(w->key, S("nebo")))
		return missing(p);
	if (str_eq(w->key, S("ano")))
		return yes_no(p, true);
	if (str_eq(w->key, S("ne")))
		return begins_value(next) ? parse_not(p) : yes_no(p, false);
	p->pos++;
	if (is_sign(p, '('))
		return parse_call(p, w);
	if (str_eq(w->key, S("nevztahuje_se")))
		return NEW(p->r->a, Expr, .kind = EXPR_LITERAL, .at = w->at, .literal = rule_not_applicable(RULE_ANY));
	return NEW(p->r->a, Expr, .kind = EXPR_NAME, .at = w->at, .name = w->at, .key = w->key);
}

static Expr *parse_primary(Parser *p) {
	const Word *w = now(p);
	if (w->kind == WORD_NAME)
		return parse_name(p);
	if (w->kind == WORD_VALUE) {
		p->pos++;
		int type = w->is_bare && exact_is_zero(w->value.number) ? TYPE_ZERO : (int)w->value.type;
		return NEW(p->r->a, Expr, .kind = EXPR_LITERAL, .at = w->at, .literal = w->value, .type = type);
	}
	if (!is_sign(p, '('))
		return missing(p);
	p->pos++;
	Expr *e = parse_or(p);
	if (!e)
		return NULL;
	if (is_sign(p, ';'))
		return no(p, now(p)->at, RULE_FAULT_EXTRA, "Středník odděluje hodnoty funkce, tato závorka ale k žádné nepatří. Napište před ni název funkce, nebo středník smažte.");
	if (is_sign(p, ','))
		return missing(p);
	if (!is_sign(p, ')'))
		return no(p, now(p)->at, RULE_FAULT_PAREN, "Chybí pravá závorka. Doplňte „)“.");
	e->at = reach(w->at, now(p)->at);
	p->pos++;
	return e;
}

/* Behind a value stands another: what the author may have meant depends on both. */
static bool refuse_neighbours(Parser *p) {
	const Word *w = now(p), *before = p->pos ? &p->words[p->pos - 1] : NULL;
	bool value = w->kind == WORD_VALUE || (w->kind == WORD_NAME && !is_key(p, "a") && !is_key(p, "nebo")) || is_sign(p, '(');
	if (!value || !before)
		return true;
	Str both = reach(before->at, w->at);
	if (before->kind == WORD_VALUE && w->kind == WORD_VALUE && rule_type_is_number(before->value.type) && rule_type_is_number(w->value.type))
		return rule_fault(p->r, both, RULE_FAULT_THOUSANDS, "Čísla „%.*s“ stojí vedle sebe. Doplňte mezi ně znaménko, nebo oddělujte mezerou právě tři číslice: 1 234 567.",
			STR_ARG(both));
	if (before->kind == WORD_NAME && w->kind == WORD_NAME)
		return rule_fault(p->r, both, RULE_FAULT_NEIGHBOURS, "Mezi „%.*s“ a „%.*s“ chybí znaménko. Je-li to jeden název, spojte slova podtržítkem: %.*s_%.*s.",
			STR_ARG(before->at), STR_ARG(w->at), STR_ARG(before->at), STR_ARG(w->at));
	return rule_fault(p->r, both, RULE_FAULT_NEIGHBOURS, "Mezi „%.*s“ a „%.*s“ chybí znaménko. Doplňte například +, -, * nebo středník.",
		STR_ARG(before->at), STR_ARG(w->at));
}

static Expr *parse_unary(Parser *p) {
	if (!is_sign(p, '-')) {
		Expr *e = parse_primary(p);
		return e && refuse_neighbours(p) ? e : NULL;
	}
	Str at = now(p)->at;
	p->pos++;
	if (++p->depth > RULE_DEPTH_MAX)
		return no(p, at, RULE_FAULT_DEEP, "Vzorec je příliš zanořený. Rozdělte ho do několika pravidel.");
	Expr *x = parse_unary(p);
	p->depth--;
	return x ? make(p, EXPR_NEGATE, '-', reach(at, x->at), x, NULL) : NULL;
}

/* ---- operators ---- */

static Expr *parse_row(Parser *p, const char *signs, Expr *(*part)(Parser *)) {
	Expr *x = part(p);
	int terms = 0;
	while (x && now(p)->kind == WORD_SIGN && strchr(signs, now(p)->sign)) {
		const Word *w = now(p);
		p->pos++;
		if (++terms > 4 * RULE_DEPTH_MAX)
			return no(p, w->at, RULE_FAULT_DEEP, "Vzorec je příliš zanořený. Rozdělte ho do několika pravidel.");
		Expr *y = part(p);
		x = y ? make(p, EXPR_BINARY, w->sign, reach(x->at, y->at), x, y) : NULL;
		if (x)
			x->name = w->at;
	}
	return x;
}

static Expr *parse_product(Parser *p) {
	return parse_row(p, "*/", parse_unary);
}

static Expr *parse_sum(Parser *p) {
	return parse_row(p, "+-", parse_product);
}

static bool compares(const Parser *p) {
	return now(p)->kind == WORD_SIGN && strchr("=<>nmv", now(p)->sign);
}

static Expr *parse_comparison(Parser *p) {
	Expr *x = parse_sum(p);
	if (!x || !compares(p))
		return x;
	const Word *w = now(p);
	p->pos++;
	Expr *y = parse_sum(p);
	if (!y)
		return NULL;
	if (compares(p))
		return no(p, now(p)->at, RULE_FAULT_COMPARE_TWICE, "Porovnávat lze jen dvě hodnoty najednou. Napište například „x >= 1 a x <= 5“.");
	Expr *e = make(p, EXPR_BINARY, w->sign, reach(x->at, y->at), x, y);
	e->name = w->at;
	return e;
}

static Expr *parse_not(Parser *p) {
	if (!is_key(p, "ne") || !begins_value(&p->words[p->pos + 1]))
		return parse_comparison(p);
	Str at = now(p)->at;
	p->pos++;
	if (++p->depth > RULE_DEPTH_MAX)
		return no(p, at, RULE_FAULT_DEEP, "Vzorec je příliš zanořený. Rozdělte ho do několika pravidel.");
	Expr *x = parse_not(p);
	p->depth--;
	return x ? make(p, EXPR_NOT, '!', reach(at, x->at), x, NULL) : NULL;
}

static Expr *parse_words(Parser *p, const char *key, char op, Expr *(*part)(Parser *)) {
	Expr *x = part(p);
	for (int terms = 0; x && is_key(p, key);) {
		const Word *w = now(p);
		p->pos++;
		if (++terms > 4 * RULE_DEPTH_MAX)
			return no(p, w->at, RULE_FAULT_DEEP, "Vzorec je příliš zanořený. Rozdělte ho do několika pravidel.");
		Expr *y = part(p);
		x = y ? make(p, EXPR_BINARY, op, reach(x->at, y->at), x, y) : NULL;
		if (x)
			x->name = w->at;
	}
	return x;
}

static Expr *parse_and(Parser *p) {
	return parse_words(p, "a", OP_AND, parse_not);
}

static Expr *parse_or(Parser *p) {
	if (++p->depth > RULE_DEPTH_MAX)
		return no(p, now(p)->at, RULE_FAULT_DEEP, "Vzorec je příliš zanořený. Rozdělte ho do několika pravidel.");
	Expr *e = parse_words(p, "nebo", OP_OR, parse_and);
	p->depth--;
	return e;
}

Expr *rule_parse(Reading *r, Str formula) {
	CLEANUP(arena_free) Arena scratch = {0};
	Parser p = {.r = r};
	size_t count;
	if (formula.len > RULE_FORMULA_MAX) {
		rule_fault(r, formula, RULE_FAULT_LONG, "Vzorec je příliš dlouhý, smí mít nejvýše %d znaků. Rozdělte ho do několika pravidel.", RULE_FORMULA_MAX);
		return NULL;
	}
	p.words = rule_words(r, &scratch, formula, &count);
	if (!p.words)
		return NULL;
	if (count == 1)
		return no(&p, formula, RULE_FAULT_EMPTY, "Vzorec chybí. Napište například „náklady - výnosy“.");
	Expr *e = parse_or(&p);
	if (e && e->depth > 2 * RULE_DEPTH_MAX)
		return no(&p, e->at, RULE_FAULT_DEEP, "Vzorec je příliš zanořený. Rozdělte ho do několika pravidel.");
	if (!e || now(&p)->kind == WORD_END)
		return e;
	if (is_sign(&p, ','))
		return missing(&p);
	Str at = now(&p)->at;
	rule_fault(r, at, RULE_FAULT_EXTRA, "Znak „%.*s“ je tu navíc. Smažte ho, nebo doplňte, co před ním chybí.", STR_ARG(at));
	return NULL;
}
