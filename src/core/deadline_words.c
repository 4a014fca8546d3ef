#include "base/text.h"
#include "core/deadline_inside.h"

static const char WHY_LONG[] = "Pravidlo je příliš dlouhé. Napište jednu lhůtu, například „10 pracovních dnů po přijetí“.";
static const char WHY_SIGN[] = "Pravidlo obsahuje znak, který do lhůty nepatří. Napište například „30. 6. 24:00“ nebo „nejméně 7 dnů před jednáním“.";
static const char WHY_NUMBER[] = "Číslo v pravidle je příliš velké. Lhůta smí mít nejvýše 3660 dnů a rok čtyři číslice.";
static const char WHY_CLOCK[] = "Čas v pravidle neexistuje. Napište hodiny od 0:00 do 24:00, například 16:00.";

/* ---- splitting ---- */

static bool is_digit(u32 c) {
	return c >= '0' && c <= '9';
}

static bool is_letter(u32 c) {
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7);
}

static bool is_blank(u32 c) {
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || c == 0x2007 || c == 0x2009 || c == 0x202F;
}

static size_t take_number(Str s, size_t pos, int *n) {
	*n = 0;
	for (; pos < s.len && is_digit((u8)s.ptr[pos]); pos++)
		if (*n <= 9999)                          /* more is refused anyway */
			*n = *n * 10 + (s.ptr[pos] - '0');
	return pos;
}

/* A number, "30." or "14:00"; returns where it ends, 0 with *why. */
static size_t read_digits(Str s, size_t pos, Word *w, const char **why) {
	pos = take_number(s, pos, &w->n);
	w->kind = WORD_NUMBER;
	if (w->n > 9999) {
		*why = WHY_NUMBER;
		return 0;
	}
	if (pos < s.len && s.ptr[pos] == '.') {
		w->kind = WORD_ORDINAL;
		return pos + 1;
	}
	if (pos + 1 >= s.len || s.ptr[pos] != ':' || !is_digit((u8)s.ptr[pos + 1]))
		return pos;
	int minutes;
	size_t end = take_number(s, pos + 1, &minutes);
	if (end != pos + 3 || w->n > 24 || minutes > 59 || (w->n == 24 && minutes)) {
		*why = WHY_CLOCK;
		return 0;
	}
	w->kind = WORD_CLOCK;
	w->n = w->n * 60 + minutes;
	if (w->n == CLOCK_END - 1)               /* D1: "23:59" means the end of the day */
		w->n = CLOCK_END;
	return end;
}

static bool read_word(Arena *a, Str s, size_t *pos, Word *w, const char **why) {
	size_t start = *pos, next = *pos;
	u32 c = utf8_next(s, &next);
	if (is_digit(c)) {
		*pos = read_digits(s, start, w, why);
		return *pos != 0;
	}
	if (c == '+' || c == ',' || c == ';') {
		*w = (Word){.kind = WORD_SIGN, .n = (int)c};
		*pos = next;
		return true;
	}
	if (!is_letter(c)) {
		*why = WHY_SIGN;
		return false;
	}
	while (is_letter(c)) {
		*pos = next;
		if (next >= s.len)
			break;
		c = utf8_next(s, &next);
	}
	Str text = str_of(s.ptr + start, *pos - start);
	*w = (Word){.kind = WORD_TEXT, .text = str_dup(a, text), .fold = text_fold(a, text)};
	return true;
}

bool words_read(Arena *a, Str typed, Words *ret, const char **why) {
	*ret = (Words){0};
	if (!utf8_valid(typed)) {
		*why = WHY_SIGN;
		return false;
	}
	for (size_t pos = 0; pos < typed.len;) {
		size_t next = pos;
		if (is_blank(utf8_next(typed, &next))) {
			pos = next;
			continue;
		}
		if (ret->len == WORDS_MAX || typed.len > 400) {
			*why = WHY_LONG;
			return false;
		}
		if (!read_word(a, typed, &pos, &ret->at[ret->len], why))
			return false;
		ret->len++;
	}
	return true;
}

bool word_is(const Words *w, size_t ahead, const char *fold) {
	if (w->pos + ahead >= w->len)
		return false;
	const Word *at = &w->at[w->pos + ahead];
	return at->kind == WORD_TEXT && str_eq(at->fold, str_c(fold));
}

bool word_take(Words *w, const char *fold) {
	bool found = word_is(w, 0, fold);
	w->pos += found;
	return found;
}

bool word_take_sign(Words *w, char sign) {
	bool found = w->at[w->pos].kind == WORD_SIGN && w->at[w->pos].n == sign;
	w->pos += found;
	return found;
}

/* ---- declined words ---- */

typedef struct Form { const char *fold; int value; } Form;

static int take_form(Words *w, const Form *forms, size_t count) {
	for (size_t i = 0; i < count; i++)
		if (word_take(w, forms[i].fold))
			return forms[i].value;
	return 0;
}

int words_take_weekday(Words *w) {
	static const Form forms[] = {{"pondeli", 1}, {"utery", 2}, {"streda", 3}, {"stredu", 3}, {"ctvrtek", 4}, {"patek", 5},
		{"sobota", 6}, {"sobotu", 6}, {"nedele", 7}, {"nedeli", 7}};
	return take_form(w, forms, LEN(forms));
}

int words_take_order(Words *w) {
	static const Form forms[] = {{"prvni", 1}, {"druhe", 2}, {"druhy", 2}, {"druha", 2}, {"druhou", 2}, {"treti", 3}, {"ctvrte", 4},
		{"ctvrty", 4}, {"ctvrta", 4}, {"ctvrtou", 4}, {"posledni", NTH_LAST}};
	return take_form(w, forms, LEN(forms));
}

int words_take_month(Words *w) {
	static const Form forms[] = {{"ledna", 1}, {"lednu", 1}, {"unora", 2}, {"unoru", 2}, {"brezna", 3}, {"breznu", 3}, {"dubna", 4},
		{"dubnu", 4}, {"kvetna", 5}, {"kvetnu", 5}, {"cervna", 6}, {"cervnu", 6}, {"cervence", 7}, {"cervenci", 7}, {"srpna", 8},
		{"srpnu", 8}, {"zari", 9}, {"rijna", 10}, {"rijnu", 10}, {"listopadu", 11}, {"prosince", 12}, {"prosinci", 12}};
	return take_form(w, forms, LEN(forms));
}

RuleUnit words_take_unit(Words *w) {
	static const Form forms[] = {{"d", UNIT_DAYS}, {"den", UNIT_DAYS}, {"dny", UNIT_DAYS}, {"dnu", UNIT_DAYS}, {"dni", UNIT_DAYS},
		{"pd", UNIT_WORKING_DAYS}, {"tyden", UNIT_WEEKS}, {"tydny", UNIT_WEEKS}, {"tydnu", UNIT_WEEKS},
		{"mesic", UNIT_MONTHS}, {"mesice", UNIT_MONTHS}, {"mesicu", UNIT_MONTHS}, {"rok", UNIT_YEARS}, {"roky", UNIT_YEARS},
		{"roku", UNIT_YEARS}, {"let", UNIT_YEARS}, {"h", UNIT_HOURS}, {"hodina", UNIT_HOURS}, {"hodinu", UNIT_HOURS},
		{"hodiny", UNIT_HOURS}, {"hodin", UNIT_HOURS}};
	size_t start = w->pos;
	if (word_take(w, "pracovni") || word_take(w, "pracovnich")) {
		if (take_form(w, forms, LEN(forms)) == UNIT_DAYS)
			return UNIT_WORKING_DAYS;
		w->pos = start;
		return UNIT_NONE;
	}
	return (RuleUnit)take_form(w, forms, LEN(forms));
}

bool words_take_clock(Words *w, int *minute) {
	size_t start = w->pos;
	bool to = word_take(w, "do");
	if ((word_take(w, "konce") || word_take(w, "konec")) && word_take(w, "dne")) {
		*minute = CLOCK_END;
		return true;
	}
	w->pos = start + to;
	if (!to && (word_is(w, 0, "v") || word_is(w, 0, "ve") || word_is(w, 0, "od")))
		w->pos++;
	if (w->at[w->pos].kind == WORD_CLOCK) {
		*minute = w->at[w->pos++].n;
		return true;
	}
	w->pos = start;
	return false;
}

/* ---- the same words written ---- */

void put_unit(Buf *b, int count, RuleUnit unit) {
	static const char *const forms[][3] = {
		[UNIT_NONE] = {"", "", ""},
		[UNIT_DAYS] = {"den", "dny", "dnů"},
		[UNIT_WORKING_DAYS] = {"pracovní den", "pracovní dny", "pracovních dnů"},
		[UNIT_WEEKS] = {"týden", "týdny", "týdnů"},
		[UNIT_MONTHS] = {"měsíc", "měsíce", "měsíců"},
		[UNIT_YEARS] = {"rok", "roky", "let"},
		[UNIT_HOURS] = {"hodina", "hodiny", "hodin"},
	};
	buf_format(b, "%d ", count);             /* plain: a rule is typed on a keyboard */
	buf_str(b, plural(count, forms[unit][0], forms[unit][1], forms[unit][2]));
}

void put_clock(Buf *b, int minute) {
	buf_format(b, "%d:%02d", minute / 60, minute % 60);
}

const char *weekday_accusative(int weekday) {
	static const char *const names[] = {"", "pondělí", "úterý", "středu", "čtvrtek", "pátek", "sobotu", "neděli"};
	return names[weekday];
}

const char *order_word(int nth, int weekday) {
	static const char *const words[][3] = {{"", "", ""}, {"první", "první", "první"}, {"druhé", "druhý", "druhou"},
		{"třetí", "třetí", "třetí"}, {"čtvrté", "čtvrtý", "čtvrtou"}, {"poslední", "poslední", "poslední"}};
	int gender = weekday <= 2 ? 0 : weekday == 4 || weekday == 5 ? 1 : 2;
	return words[nth][gender];
}

const char *month_word(int month, bool locative) {
	static const char *const genitive[] = {"", "ledna", "února", "března", "dubna", "května", "června", "července", "srpna", "září",
		"října", "listopadu", "prosince"};
	static const char *const place[] = {"", "lednu", "únoru", "březnu", "dubnu", "květnu", "červnu", "červenci", "srpnu", "září",
		"říjnu", "listopadu", "prosinci"};
	return locative ? place[month] : genitive[month];
}
