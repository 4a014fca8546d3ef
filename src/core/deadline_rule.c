#include "core/deadline_inside.h"

static const char WHY_EMPTY[] = "Pravidlo chybí. Napište například „10 pracovních dnů po přijetí“ nebo „30. 6. 24:00“.";
static const char WHY_START[] = "Pravidlu nerozumíme. Začněte počtem („10 pracovních dnů po přijetí“), dnem („30. 6. 24:00“), pořadím "
	"(„14. den od otevření“, „první pondělí po 5. 8.“) nebo slovem „nejméně“.";
static const char WHY_UNIT[] = "Za počtem chybí jednotka. Napište dny, pracovní dny, týdny, měsíce, roky nebo hodiny, například „10 pracovních dnů“.";
static const char WHY_COUNT[] = "Počet ve lhůtě musí být od 1 do 3660.";
static const char WHY_EVENT[] = "Chybí událost, od které se počítá. Napište „po“ nebo „před“ a událost, například „10 dnů po přijetí“.";
static const char WHY_LONG_EVENT[] = "Událost je popsána příliš dlouze. Stačí několik slov, nejvýše 60 písmen.";
static const char WHY_DAY[] = "Takový den v kalendáři není. Napište den a měsíc, například „30. 6.“";
static const char WHY_WEEKDAY[] = "Za pořadím chybí den v týdnu nebo den v měsíci. Napište například „první pondělí po 5. 8.“ nebo „poslední den března“.";
static const char WHY_NEAR[] = "Za dnem v týdnu napište „po“, „od“ nebo „před“ a datum, nebo „v“ a měsíc, například „třetí středu v březnu“.";
static const char WHY_BEFORE[] = "Před datem umíme jen poslední takový den v týdnu. Napište například „poslední pátek před 20. 12.“";
static const char WHY_REST[] = "Konci pravidla nerozumíme. Za lhůtou smí být jen hodina („16:00“) a slova „bez posunu“.";
static const char WHY_HOURS[] = "Lhůta v hodinách končí přesně na minutu. Vynechte hodinu na konci pravidla.";
static const char WHY_PLUS[] = "Za znaménkem + napište počet a jednotku, například „+ 12 dnů 16:00“.";

/* ---- reading ---- */

static bool no(const char **why, const char *sentence) {
	*why = sentence;
	return false;
}

static bool take_count(Words *w, DeadlineRule *r, const char **why) {
	r->count = w->at[w->pos++].n;
	r->unit = words_take_unit(w);
	if (r->unit == UNIT_NONE)
		return no(why, WHY_UNIT);
	return r->count >= 1 && r->count <= RULE_COUNT_MAX ? true : no(why, WHY_COUNT);
}

/* The end of a rule behind which no words of the event are looked for. */
static bool at_suffix(Words *w) {
	size_t start = w->pos;
	int minute;
	bool found = w->pos >= w->len || (word_is(w, 0, "bez") && word_is(w, 1, "posunu")) || words_take_clock(w, &minute);
	w->pos = start;
	return found;
}

/* "po přijetí", "od otevření": the preposition decides the case of the other words, so it is kept. */
static bool take_event(Arena *a, Words *w, DeadlineRule *r, const char **why) {
	Strs parts = {0};
	strs_add(a, &parts, w->at[w->pos - 1].fold);
	if (r->way == WAY_BEFORE)
		parts.at[0] = S("před");
	for (; !at_suffix(w) && w->at[w->pos].kind == WORD_TEXT; w->pos++)
		strs_add(a, &parts, w->at[w->pos].text);
	if (parts.len == 1)
		return no(why, WHY_EVENT);
	r->event = str_join(a, S(" "), parts);
	return utf8_count(r->event) <= 60 ? true : no(why, WHY_LONG_EVENT);
}

/* "10 pd po přijetí", "nejméně 7 dní před jednáním" */
static bool read_counted(Arena *a, Words *w, DeadlineRule *r, const char **why) {
	if (!take_count(w, r, why))
		return false;
	if (word_take(w, "pred"))
		r->way = WAY_BEFORE;
	else if (!word_take(w, "po") && !word_take(w, "od") && !word_take(w, "ode"))
		return no(why, WHY_EVENT);
	return take_event(a, w, r, why);
}

/* Behind "14.": "den od otevření", "dne", "pracovní den". The event may be left out: the day is clear from where the rule stands. */
static bool read_nth(Arena *a, Words *w, DeadlineRule *r, const char **why) {
	r->way = WAY_NTH;
	r->count = w->at[w->pos++].n;
	bool working = word_take(w, "pracovni") || word_take(w, "pracovniho");
	if (!word_take(w, "den") && !word_take(w, "dne"))
		return no(why, WHY_DAY);
	r->unit = working ? UNIT_WORKING_DAYS : UNIT_DAYS;
	if (r->count < 1 || r->count > RULE_COUNT_MAX)
		return no(why, WHY_COUNT);
	if (at_suffix(w) || r->base != BASE_EVENT)
		return true;
	return word_take(w, "od") || word_take(w, "ode") || word_take(w, "po") ? take_event(a, w, r, why) : no(why, WHY_REST);
}

static void take_year_shift(Words *w, DeadlineRule *r) {
	static const struct { const char *word; int shift; } words[] = {{"pristiho", 1}, {"nasledujiciho", 1}, {"predchoziho", -1}, {"minuleho", -1}};
	for (size_t i = 0; i < LEN(words); i++)
		if (word_is(w, 0, words[i].word) && word_is(w, 1, "roku")) {
			w->pos += 2;
			r->year_shift = words[i].shift;
		}
}

/* "30. 6.", "30. 6. 2024", "30. června"; 29. 2. is a day of every year here, the last one of February where it is missing. */
static bool take_date(Words *w, DeadlineRule *r, const char **why) {
	if (w->at[w->pos].kind != WORD_ORDINAL)
		return no(why, WHY_NEAR);
	r->day = w->at[w->pos++].n;
	r->month = words_take_month(w);
	if (r->month == 0 && w->at[w->pos].kind == WORD_ORDINAL)
		r->month = w->at[w->pos++].n;
	if (w->at[w->pos].kind == WORD_NUMBER)
		r->year = w->at[w->pos++].n;
	else
		take_year_shift(w, r);
	if (!date_is(date(r->year ? r->year : 2000, r->month, r->day)))
		return no(why, WHY_DAY);
	return r->year == 0 || r->year >= 1900 ? true : no(why, WHY_DAY);
}

/* "první pondělí po 5. 8.", "třetí středu v březnu", "poslední den února" */
static bool read_ordered(Words *w, DeadlineRule *r, const char **why) {
	r->nth = words_take_order(w);
	size_t start = w->pos;
	bool working = word_take(w, "pracovni");
	if (r->nth == NTH_LAST && word_take(w, "den")) {
		r->base = working ? BASE_MONTH_END_WORKING : BASE_MONTH_END;
		r->nth = 0;
		r->month = words_take_month(w);
		take_year_shift(w, r);
		return r->month ? true : no(why, WHY_WEEKDAY);
	}
	w->pos = start;
	r->base = BASE_WEEKDAY;
	r->weekday = words_take_weekday(w);
	if (r->weekday == 0)
		return no(why, WHY_WEEKDAY);
	if (word_take(w, "v") || word_take(w, "ve")) {
		r->near = NEAR_IN_MONTH;
		r->month = words_take_month(w);
		take_year_shift(w, r);
		return r->month ? true : no(why, WHY_NEAR);
	}
	if (word_take(w, "pred"))
		r->near = NEAR_BEFORE;
	else if (word_take(w, "po"))
		r->near = NEAR_AFTER;
	else if (word_take(w, "od"))
		r->near = NEAR_FROM;
	else
		return no(why, WHY_NEAR);
	if ((r->near == NEAR_BEFORE) != (r->nth == NTH_LAST))
		return no(why, WHY_BEFORE);
	return take_date(w, r, why);
}

/* Behind a day of the calendar: "+ 12 dnů", ", 12. den". */
static bool read_plus(Arena *a, Words *w, DeadlineRule *r, const char **why) {
	size_t start = w->pos;
	int base_clock = CLOCK_UNSAID;
	words_take_clock(w, &base_clock);
	bool plus = word_take_sign(w, '+'), comma = !plus && word_take_sign(w, ',');
	WordKind next = w->at[w->pos].kind;
	if (!plus && !(comma && next == WORD_ORDINAL)) {
		w->pos = start;                          /* also the comma of "30. 6., 14:00" */
		return true;
	}
	r->base_clock = base_clock;
	if (comma)
		return read_nth(a, w, r, why);
	return next == WORD_NUMBER ? take_count(w, r, why) : no(why, WHY_PLUS);
}

/* "do konce 14. dne", "do 16:00 12. dne": the hour stands first. */
static bool read_until(Arena *a, Words *w, DeadlineRule *r, const char **why) {
	if (word_take(w, "konce")) {
		r->clock = CLOCK_END;
		int month = words_take_month(w);
		if (month) {
			r->base = BASE_MONTH_END;
			r->month = month;
			take_year_shift(w, r);
			return true;
		}
	} else if (w->at[w->pos].kind == WORD_CLOCK) {
		r->clock = w->at[w->pos++].n;
	}
	if (w->at[w->pos].kind != WORD_ORDINAL)
		return no(why, WHY_START);
	if (word_is(w, 1, "dne") || word_is(w, 1, "den") || word_is(w, 1, "pracovniho") || word_is(w, 1, "pracovni"))
		return read_nth(a, w, r, why);
	r->base = BASE_DATE;
	return take_date(w, r, why) && read_plus(a, w, r, why);
}

static bool read_core(Arena *a, Words *w, DeadlineRule *r, const char **why) {
	bool least = word_take(w, "nejmene") || word_take(w, "nejpozdeji") || word_take(w, "alespon");
	WordKind first = w->at[w->pos].kind;
	if (first == WORD_NUMBER)
		return read_counted(a, w, r, why);
	if (!least && word_take(w, "do"))
		return read_until(a, w, r, why);
	if (!least && first == WORD_ORDINAL) {
		if (word_is(w, 1, "den") || word_is(w, 1, "dne") || word_is(w, 1, "pracovni") || word_is(w, 1, "pracovniho"))
			return read_nth(a, w, r, why);
		r->base = BASE_DATE;
		return take_date(w, r, why) && read_plus(a, w, r, why);
	}
	size_t start = w->pos;
	if (least || words_take_order(w) == 0)
		return no(why, WHY_START);
	w->pos = start;
	return read_ordered(w, r, why) && read_plus(a, w, r, why);
}

bool deadline_rule_read(Arena *a, Str typed, DeadlineRule *ret, const char **why) {
	Words w;
	DeadlineRule r = {.clock = CLOCK_UNSAID, .base_clock = CLOCK_UNSAID};
	if (!words_read(a, typed, &w, why))
		return false;
	if (w.len == 0)
		return no(why, WHY_EMPTY);
	if (!read_core(a, &w, &r, why))
		return false;
	word_take_sign(&w, ',');                 /* "30. 6., 24:00" */
	if (r.clock == CLOCK_UNSAID)
		words_take_clock(&w, &r.clock);
	if (r.unit == UNIT_HOURS && r.clock != CLOCK_UNSAID)
		return no(why, WHY_HOURS);
	word_take_sign(&w, ',');
	if (word_is(&w, 0, "bez") && word_is(&w, 1, "posunu")) {
		w.pos += 2;
		r.stays = true;
	}
	if (w.pos < w.len)
		return no(why, WHY_REST);
	*ret = r;
	return true;
}

bool rule_needs_event(const DeadlineRule *rule) {
	return rule->base == BASE_EVENT;
}

bool rule_needs_year(const DeadlineRule *rule) {
	return rule->base != BASE_EVENT && rule->year == 0;
}

/* ---- writing ---- */

static void put_date(Buf *b, const DeadlineRule *r) {
	buf_format(b, "%d. %d.", r->day, r->month);
	if (r->year)
		buf_format(b, " %d", r->year);
}

static void put_base(Buf *b, const DeadlineRule *r) {
	static const char *const near[] = {[NEAR_AFTER] = "po", [NEAR_FROM] = "od", [NEAR_BEFORE] = "před", [NEAR_IN_MONTH] = ""};
	if (r->base == BASE_MONTH_END || r->base == BASE_MONTH_END_WORKING)
		buf_format(b, "poslední %sden %s", r->base == BASE_MONTH_END ? "" : "pracovní ", month_word(r->month, false));
	if (r->base == BASE_WEEKDAY) {
		buf_format(b, "%s %s ", order_word(r->nth, r->weekday), weekday_accusative(r->weekday));
		if (r->near == NEAR_IN_MONTH)
			buf_format(b, "v %s", month_word(r->month, true));
		else
			buf_format(b, "%s ", near[r->near]);
	}
	if (r->base == BASE_DATE || (r->base == BASE_WEEKDAY && r->near != NEAR_IN_MONTH))
		put_date(b, r);
	if (r->year_shift)
		buf_str(b, r->year_shift > 0 ? S(" příštího roku") : S(" předchozího roku"));
	if (r->base_clock != CLOCK_UNSAID) {
		buf_char(b, ' ');
		put_clock(b, r->base_clock);
	}
}

static void put_nth(Buf *b, const DeadlineRule *r) {
	buf_format(b, "%d. %sden", r->count, r->unit == UNIT_WORKING_DAYS ? "pracovní " : "");
	if (!str_empty(r->event))
		buf_format(b, " %.*s", STR_ARG(r->event));
}

static void put_counted(Buf *b, const DeadlineRule *r) {
	if (r->way == WAY_BEFORE)
		buf_lit(b, "nejméně ");
	put_unit(b, r->count, r->unit);
	if (r->base == BASE_EVENT)
		buf_format(b, " %.*s", STR_ARG(r->event));
}

Str deadline_rule_text(Arena *a, const DeadlineRule *r) {
	CLEANUP(buf_free) Buf b = {0};
	if (r->base != BASE_EVENT)
		put_base(&b, r);
	if (r->base != BASE_EVENT && r->unit != UNIT_NONE)
		buf_str(&b, r->way == WAY_NTH ? S(", ") : S(" + "));
	if (r->unit != UNIT_NONE && r->way == WAY_NTH)
		put_nth(&b, r);
	else if (r->unit != UNIT_NONE)
		put_counted(&b, r);
	if (r->clock != CLOCK_UNSAID) {
		buf_char(&b, ' ');
		put_clock(&b, r->clock);
	}
	if (r->stays)
		buf_lit(&b, " bez posunu");
	return buf_take(&b, a);
}
