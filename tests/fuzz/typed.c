/* What people type into fields. Whatever is read, shown to them and typed again is the same value. */
#include "base/format.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	Arena a = {0};
	Buf b = {0};
	Str typed = {(const char *)data, size};
	const char *why = NULL;
	i64 n, m;
	Money money, money_again;
	Date day, day_again;
	Instant t, t_again;

	for (int places = 0; places <= 6; places++) {
		if (!read_decimal(typed, places, &n, &why)) {
			CHECK(why != NULL);
			continue;
		}
		fmt_decimal(&b, n, places);
		CHECK(read_decimal(buf_take(&b, &a), places, &m, &why) && n == m);
		fmt_plain(&b, n, places, '.');
		CHECK(read_decimal(buf_take(&b, &a), places, &m, &why) && n == m);
	}
	if (read_money(typed, &money, &why)) {
		fmt_money(&b, money);
		CHECK(read_money(buf_take(&b, &a), &money_again, &why) && money.halere == money_again.halere);
	}
	if (read_date(typed, &day, &why)) {
		char iso[DATE_ISO_LEN];
		fmt_date(&b, day);
		CHECK(read_date(buf_take(&b, &a), &day_again, &why) && date_eq(day, day_again));
		CHECK(date_is(day) == date_read_iso(date_iso(day, iso), &day_again) && (!date_is(day) || date_eq(day, day_again)));
		fmt_weekday_date(&b, day);
		fmt_date_range(&b, day, date_add_months(day, (int)size));
	}
	if (instant_read_iso(typed, &t)) {
		char iso[INSTANT_ISO_LEN];
		int seconds;
		CHECK(instant_read_iso(instant_iso(t, iso), &t_again) && t.ms == t_again.ms);
		prague_wall(t, &day, &seconds);
		i64 there = t.ms - t.ms % 1000, back = prague_instant(day, seconds).ms;
		CHECK(!date_is(day) || t.ms < 0 || back == there || back == there + 3600000);   /* the doubled hour is the later one */
	}
	if (size >= 8) {
		memcpy(&n, data, 8);
		prague_day((Instant){n});
		fmt_instant(&b, (Instant){n});
		fmt_file_size(&b, n);
		fmt_percent(&b, (Percent){n});
		fmt_date_long(&b, (Date){(i32)n});
		CHECK(n <= 0 || date_add_months((Date){(i32)n}, (int)(n >> 32)).n >= 0);
	}
	Str ico = ico_complete(&a, typed);
	CHECK(ico.len == 0 || ico.len == 8);
	CHECK(!ico_valid(typed) || str_eq(ico, typed));
	email_plausible(typed);
	url_plausible(typed);
	fmt_phone(&b, typed);
	fmt_ico(&b, typed);
	fmt_postcode(&b, typed);
	buf_free(&b);
	arena_free(&a);
	return 0;
}
