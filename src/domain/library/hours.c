#include "domain/library/hours.h"

#include "base/buf.h"
#include "base/text.h"

static const struct { const char *begins, *word; } days[8] = {
	{0}, {"po", "pondělí"}, {"ut", "úterý"}, {"st", "středa"}, {"ct", "čtvrtek"}, {"pa", "pátek"}, {"so", "sobota"}, {"ne", "neděle"},
};

Str weekday_word(int weekday) {
	return weekday >= 1 && weekday <= 7 ? str_c(days[weekday].word) : (Str){0};
}

/* "po", "Pondělí", "út." */
static int weekday_of(Arena *a, Str word) {
	Str folded = text_fold(a, word);
	if (str_ends(folded, S(".")))
		folded.len--;
	for (int d = 1; d <= 7; d++) {
		Str whole = text_fold(a, str_c(days[d].word));
		if (str_eq(folded, str_c(days[d].begins)) || str_eq(folded, whole))
			return d;
	}
	return 0;
}

static bool is_digit(char c) {
	return c >= '0' && c <= '9';
}

/* "8:00", "8.30", "8"; -1 when it is none. */
static int minutes_of(Str s) {
	int hour = 0, minute = 0, digits = 0;
	size_t i = 0;
	for (; i < s.len && is_digit(s.ptr[i]) && digits < 2; i++, digits++)
		hour = hour * 10 + (s.ptr[i] - '0');
	if (!digits)
		return -1;
	if (i < s.len) {
		if ((s.ptr[i] != ':' && s.ptr[i] != '.') || s.len - i != 3 || !is_digit(s.ptr[i + 1]) || !is_digit(s.ptr[i + 2]))
			return -1;
		minute = (s.ptr[i + 1] - '0') * 10 + (s.ptr[i + 2] - '0');
	}
	return hour > 24 || minute > 59 || (hour == 24 && minute) ? -1 : hour * 60 + minute;
}

/* Every dash is a hyphen, and no blanks beside dashes and commas: "Po – St 8 – 12 , 13-17" reads as "Po-St 8-12,13-17". */
static Str tidy(Arena *a, Str line) {
	Str s = str_replace(a, str_replace(a, text_clean(a, line), S("–"), S("-")), S("—"), S("-"));
	static const struct { const char *from, *to; } pairs[] = {{" -", "-"}, {"- ", "-"}, {" ,", ","}, {", ", ","}, {"; ", ","}, {";", ","}, {" a ", ","}};
	for (size_t i = 0; i < LEN(pairs); i++)
		s = str_replace(a, s, str_c(pairs[i].from), str_c(pairs[i].to));
	return s;
}

/* "Po-St,Pá" into marks; false when a word is no day. */
static bool read_days(Arena *a, Str list, bool chosen[8]) {
	while (list.len) {
		Str last = str_cut(&list, ','), first = str_cut(&last, '-');
		int from = weekday_of(a, first), to = last.len ? weekday_of(a, last) : from;
		if (!from || !to || to < from)
			return false;
		for (int d = from; d <= to; d++)
			chosen[d] = true;
	}
	return true;
}

static bool read_spans(Arena *a, Str list, HoursDay *d) {
	d->said = true;
	if (str_starts(text_fold(a, list), S("zavreno")))
		return true;
	while (list.len) {
		Str to = str_cut(&list, ','), from = str_cut(&to, '-');
		HoursSpan span = {minutes_of(from), minutes_of(to)};
		if (d->count == HOURS_SPANS || span.from < 0 || span.to <= span.from || (d->count && span.from < d->at[d->count - 1].to))
			return false;
		d->at[d->count++] = span;
	}
	return d->count > 0;
}

static bool read_line(Arena *a, Str line, HoursWeek *w, Str *why) {
	bool     chosen[8] = {0};
	HoursDay day = {0};
	Str      rest = tidy(a, line), which = str_cut(&rest, ' ');
	if (str_ends(which, S(":")))
		which.len--;
	if (!read_days(a, which, chosen)) {
		*why = str_format(a, "Řádek „%.*s“ nezačíná dnem. Napište například „Po, St 8:00–12:00, 13:00–17:00“.", STR_ARG(utf8_first(line, 60)));
		return false;
	}
	if (!read_spans(a, rest, &day)) {
		*why = str_format(a, "Na řádku „%.*s“ nejdou přečíst hodiny. Napište například „8:00–12:00, 13:00–17:00“, nebo „zavřeno“.", STR_ARG(utf8_first(line, 60)));
		return false;
	}
	for (int d = 1; d <= 7; d++) {
		if (chosen[d] && w->day[d].said) {
			*why = str_format(a, "%s je v úředních hodinách dvakrát. Nechte je na jednom řádku.", days[d].word);
			return false;
		}
		if (chosen[d])
			w->day[d] = day;
	}
	return true;
}

bool hours_read(Arena *a, Str text, HoursWeek *ret, Str *why) {
	*ret = (HoursWeek){0};
	if (text.len > HOURS_BYTES) {
		*why = S("Úřední hodiny zkraťte: stačí řádek na každý den.");
		return false;
	}
	while (text.len) {
		Str line = str_trim(str_cut(&text, '\n'));
		if (line.len && !read_line(a, line, ret, why))
			return false;
	}
	return true;
}

bool hours_any(const HoursWeek *w) {
	for (int d = 1; d <= 7; d++)
		if (w->day[d].said)
			return true;
	return false;
}

static void put_span(Buf *b, int from, int to) {
	buf_format(b, "%d:%02d–%d:%02d", from / 60, from % 60, to / 60, to % 60);
}

Str hours_open_words(Arena *a, const HoursDay *d) {
	CLEANUP(buf_free) Buf b = {0};
	if (!d->count)
		return S("zavřeno");
	for (int i = 0; i < d->count; i++) {
		if (i)
			buf_lit(&b, ", ");
		put_span(&b, d->at[i].from, d->at[i].to);
	}
	return buf_take(&b, a);
}

Str hours_break_words(Arena *a, const HoursDay *d) {
	CLEANUP(buf_free) Buf b = {0};
	for (int i = 1; i < d->count; i++) {
		if (i > 1)
			buf_lit(&b, ", ");
		put_span(&b, d->at[i - 1].to, d->at[i].from);
	}
	return buf_take(&b, a);
}
