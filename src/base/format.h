/* format.h: Czech forms of numbers, dates and money, out and in (UX § 11). The process locale is C for ever; this is the
 * only place that knows a decimal comma. fmt_* write to a buffer; read_* take what a person typed and say false with a
 * whole Czech sentence in *why when they cannot. NBSP is U+00A0, minus U+2212. */
#pragma once
#include "base/buf.h"
#include "base/date.h"
#include "base/money.h"

void fmt_int(Buf *b, i64 n);                              /* 1 797 */
void fmt_decimal(Buf *b, i64 n, int places);              /* n = 4250, places 2: 42,50 */
void fmt_plain(Buf *b, i64 n, int places, char point);    /* for files: 42.50, -1797; point is . or , */
void fmt_money(Buf *b, Money m);                          /* 9 729 456 Kč, haléře only when they exist */
Str  money_text(Arena *a, i64 halere, const char *blank); /* the same as a text; BLANK: what stands there instead */
void fmt_fte(Buf *b, Fte f);                              /* 7,50 */
void fmt_percent(Buf *b, Percent p);                      /* 4,9 % : one decimal unless more are needed */
void fmt_date(Buf *b, Date d);                            /* 16. 11. 2023 */
void fmt_date_long(Buf *b, Date d);                       /* 16. listopadu 2023 */
Str  fmt_month(Date d);                                    /* "listopadu", as it stands after a day; blank for none */
void fmt_weekday_date(Buf *b, Date d);                    /* úterý 24. 11. 2026 */
void fmt_date_range(Buf *b, Date from, Date to);          /* 9.–22. 11. 2026; open end: od 9. 11. 2026 */
void fmt_instant(Buf *b, Instant t);                      /* 30. 11. 2026, 14:00 in Prague */
void fmt_file_size(Buf *b, i64 bytes);                    /* 2,4 MB */
void fmt_phone(Buf *b, Str phone);                        /* +420 485 226 111 when it is a Czech number, else as given */
void fmt_ico(Buf *b, Str ico);
void fmt_postcode(Buf *b, Str psc);                       /* 460 01 */

/* 1 služba · 2–4 služby · 0, 5 and more služeb. */
Str  plural(i64 n, const char *one, const char *few, const char *many);
/* "12 služeb": number, NBSP, the right form. */
void fmt_count(Buf *b, i64 n, const char *one, const char *few, const char *many);

bool read_int(Str typed, i64 *ret, const char **why);     /* spaces, NBSP between thousands; blank input gives BLANK */
bool read_decimal(Str typed, int places, i64 *ret, const char **why);
bool read_money(Str typed, Money *ret, const char **why); /* comma or dot, Kč, tis., mil.; letter O is named */
bool read_percent(Str typed, Percent *ret, const char **why);     /* 12,5 or 12,5 %, as fmt_percent writes it */
bool read_date(Str typed, Date *ret, const char **why);   /* 16.11.2023, 16. 11. 2023, 2023-11-16; blank gives none */

bool ico_valid(Str ico);                                  /* eight digits with the mod-11 check digit */
/* Eight digits, leading zeros put back ("1234567" of a spreadsheet); {0} when it has other than 1 to 8 digits. */
Str  ico_complete(Arena *a, Str typed);
bool email_plausible(Str s);
bool phone_plausible(Str s);                              /* 3 to 30 digits; beside them + ( ) / - . , ; spaces and a word such as „linka“ */
bool url_plausible(Str s);                                /* http or https, a host, nothing that a page could not link */
