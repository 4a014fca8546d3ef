/* deadline_inside.h: what the files of the deadline engine share. */
#pragma once
#include "base/format.h"
#include "core/deadline.h"

/* ---- words of a rule (deadline_words.c) ---- */

typedef enum WordKind { WORD_END, WORD_TEXT, WORD_NUMBER, WORD_ORDINAL, WORD_CLOCK, WORD_SIGN } WordKind;
typedef struct Word {
	WordKind kind;
	Str      text, fold;                     /* as typed, and folded */
	int      n;                              /* number, ordinal, minutes of a clock; the character of a sign */
} Word;
enum { WORDS_MAX = 40 };
typedef struct Words {
	Word   at[WORDS_MAX + 1];                /* ends with WORD_END */
	size_t len, pos;
} Words;

/* False with a sentence when the text is too long or holds something that no rule has. */
bool words_read(Arena *a, Str typed, Words *ret, const char **why);
bool word_is(const Words *w, size_t ahead, const char *fold);
bool word_take(Words *w, const char *fold);              /* moves on when it is that word */
bool word_take_sign(Words *w, char sign);
/* Declined words: pondělí and středu; den, dny, dnů, dní, d; březen, března, březnu. 0 = none of them; nothing is taken then. */
int      words_take_weekday(Words *w);
int      words_take_month(Words *w);
RuleUnit words_take_unit(Words *w);
int      words_take_order(Words *w);                     /* první … čtvrté, poslední */
bool     words_take_clock(Words *w, int *minute);        /* also "konec dne", "do konce dne" */

void put_unit(Buf *b, int count, RuleUnit unit);         /* "10 pracovních dnů" */
void put_clock(Buf *b, int minute);
const char *weekday_accusative(int weekday);
const char *order_word(int nth, int weekday);            /* "první středu" */
const char *month_word(int month, bool locative);

/* ---- explanation (deadline_text.c) ---- */

/* What the computation went through, for the lines. */
typedef struct Stop { Date after, until; } Stop;             /* the clock stood after the one day, up to the other; none = it still stands */
typedef struct Steps {
	const DeadlineInput *in;
	Stop   *stops;                           /* of in->pauses, found once: years are counted day by day */
	Date    from;                            /* day of the event, or from which a weekday is looked for */
	Instant event;
	bool    no_such_day;                     /* 29. 2. or 31. 9.: the last day of the month */
	Date   *skipped;
	size_t  skipped_len, skipped_cap;
	int     stood;                           /* days on which the clock stood */
	int     asked_minute;                    /* before the change of the clock moved it */
	bool    gap, doubled;
} Steps;
void deadline_explain(Arena *a, const Steps *s, Deadline *d);
