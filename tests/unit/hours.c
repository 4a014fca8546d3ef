/* Office hours as people write them. */
#include "domain/library/hours.h"

#include "tests/test.h"

static HoursWeek read_fine(const char *text) {
	HoursWeek w;
	Str       why = {0};
	if (!hours_read(t_arena, str_c(text), &w, &why))
		test_fail(__FILE__, __LINE__, "%s: %.*s", text, STR_ARG(why));
	return w;
}

static void refused(const char *text, const char *part) {
	HoursWeek w;
	Str       why = {0};
	if (hours_read(t_arena, str_c(text), &w, &why) || !str_has(why, str_c(part)))
		test_fail(__FILE__, __LINE__, "%s: %.*s", text, STR_ARG(why));
}

#define OPEN(w, d, text) EQ_TEXT(hours_open_words(t_arena, &(w).day[d]), text)
#define BREAK(w, d, text) EQ_TEXT(hours_break_words(t_arena, &(w).day[d]), text)

TEST("hours: a line speaks of one day, of several, or of a row of them; what is between two times is a break") {
	HoursWeek w = read_fine("Po, St 8:00–11:30, 12:30–17:00\n\nÚt 8:00–14:00\nČt–Pá zavřeno");
	OPEN(w, 1, "8:00–11:30, 12:30–17:00");
	BREAK(w, 1, "11:30–12:30");
	OPEN(w, 3, "8:00–11:30, 12:30–17:00");
	OPEN(w, 2, "8:00–14:00");
	BREAK(w, 2, "");
	OPEN(w, 4, "zavřeno");
	OPEN(w, 5, "zavřeno");
	EXPECT(hours_any(&w) && w.day[5].said && !w.day[6].said && !w.day[7].said);
}

TEST("hours: dashes, dots, blanks and whole names of days are read as people write them") {
	HoursWeek w = read_fine("pondělí - středa: 8 - 12 , 13.00—17.30\nso 9-24");
	for (int d = 1; d <= 3; d++)
		OPEN(w, d, "8:00–12:00, 13:00–17:30");
	OPEN(w, 6, "9:00–24:00");
	EXPECT(!hours_any(&(HoursWeek){0}));
	w = read_fine("");
	EXPECT(!hours_any(&w));
}

TEST("hours: what is no day, no time, backwards, overlapping or said twice is refused with an example") {
	refused("každý den 8–12", "nezačíná dnem");
	refused("Pá–Po 8–12", "nezačíná dnem");
	refused("Po", "nejdou přečíst hodiny");
	refused("Po 8:00", "nejdou přečíst hodiny");
	refused("Po 12–8", "nejdou přečíst hodiny");
	refused("Po 8–12, 11–17", "nejdou přečíst hodiny");
	refused("Po 8:61–12", "nejdou přečíst hodiny");
	refused("Po 25–26", "nejdou přečíst hodiny");
	refused("Po 8-9, 10-11, 12-13, 14-15", "nejdou přečíst hodiny");
	refused("Po 8–12\nPo, Út 13–15", "pondělí je v úředních hodinách dvakrát");
	char *many = memset(arena_alloc(t_arena, 2001), 'x', 2000);
	refused(many, "zkraťte");
}
