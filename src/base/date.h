/* date.h: civil days, and instants on the UTC time line. Both are plain integers; text forms are ISO in the store and
 * in files for machines, Czech on screens (format.h). Zone Europe/Prague comes from the machine's tz database through
 * ICU-free code of ours: rules of the European Union since 1996, the only ones that instants of this program meet. */
#pragma once
#include "base/str.h"

/* A civil day without zone. n = 1 is 0001-01-01 (proleptic Gregorian), n = 0 means "none". */
typedef struct Date { i32 n; } Date;
/* Milliseconds since 1970-01-01T00:00Z; 0 means "none". */
typedef struct Instant { i64 ms; } Instant;

Date date(int year, int month, int day);                  /* {0} when there is no such day; years 1..9999 */
void date_parts(Date d, int *year, int *month, int *day);
int  date_year(Date d);
int  date_weekday(Date d);                                /* 1 Monday .. 7 Sunday */
static inline bool date_is(Date d) { return d.n != 0; }
static inline bool date_before(Date a, Date b) { return a.n < b.n; }
static inline bool date_after(Date a, Date b) { return a.n > b.n; }
static inline bool date_eq(Date a, Date b) { return a.n == b.n; }
static inline Date date_add(Date d, int days) { return (Date){d.n + days}; }
/* Same day number `months` later, else the last day of that month (DOMAIN D3). */
Date date_add_months(Date d, int months);

#define DATE_ISO_LEN 10
#define INSTANT_ISO_LEN 24
Str  date_iso(Date d, char to[DATE_ISO_LEN]);             /* 2025-01-31; empty for none */
bool date_read_iso(Str s, Date *ret);                     /* exactly YYYY-MM-DD */
Str  instant_iso(Instant t, char to[INSTANT_ISO_LEN]);    /* 2025-01-31T12:00:00.000Z */
bool instant_read_iso(Str s, Instant *ret);

Instant instant_now(void);                                /* only main, tests and Ctx makers call it */
/* Clock in Prague of an instant: the day and seconds since its midnight as read on the wall. */
void    prague_wall(Instant t, Date *day, int *seconds);
Date    prague_day(Instant t);
/* DOMAIN D8: a wall time that does not exist moves on by the gap; one that happens twice is the later. */
Instant prague_instant(Date day, int seconds);
