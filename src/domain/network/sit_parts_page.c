/* sit_parts_page.c: numbers and words that the pages of the network share. */
#include "core/codelist.h"
#include "domain/network/sit_page.h"

Str sit_number(Arena *a, i64 hundredths, Str unit) {
	CLEANUP(buf_free) Buf b = {0};
	if (hundredths == BLANK)
		return S("–");
	if (str_eq(unit, S("L")))
		fmt_int(&b, hundredths / 100);
	else
		fmt_decimal(&b, hundredths, 2);
	return buf_take(&b, a);
}

Str sit_signed(Arena *a, i64 hundredths, Str unit) {
	if (hundredths == 0)
		return S("0");
	return str_cat(a, hundredths > 0 ? S("+") : S("−"), sit_number(a, hundredths > 0 ? hundredths : -hundredths, unit));
}

Str sit_day(Arena *a, Date d) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_date(&b, d);
	return buf_take(&b, a);
}

Str sit_resolution_href(Ctx *c, Id resolution, Str *number) {
	void  *row;
	size_t said = c->problems.len;
	*number = (Str){0};
	if (!resolution || store_get(c, &resolution_entity, TODAY, resolution, &row) != OK) {
		c->problems.len = said;
		return (Str){0};
	}
	*number = ((Resolution *)row)->number;
	return resolution_href(c->arena, *number);
}

Err sit_chosen(Req *r, Network **ret) {
	return network_of_tier(r->c, query(r, "sit"), ret);
}

Str sit_of_network(Req *r, const char *path) {
	Str tier = query(r, "sit");
	return tier.len ? str_format(r->c->arena, "%s?sit=%.*s", path, STR_ARG(tier)) : str_c(path);
}

Links sit_ways(Req *r, const char *here) {
	static const struct { const char *path, *label; } ways[] = {
		{"/sit", "Zpět na síť"}, {"/sit/zmeny", "Změny po verzích"}, {"/sit/rozdil", "Rozdíl dvou dnů"}, {"/sit/nezarazene", "Nezařazené služby a důvody"},
	};
	Links list = {0};
	for (size_t i = 0; i < LEN(ways); i++)
		if (strcmp(ways[i].path, here) != 0)
			*ARENA_PUSH(r->c->arena, list.at, list.len, list.cap) = (LinkView){.label = str_c(ways[i].label), .href = sit_of_network(r, ways[i].path)};
	return list;
}

void sit_crumb(Req *r, const Network *n) {
	crumb(r, query(r, "sit").len ? n->title : S("Základní síť"), sit_of_network(r, "/sit"));
}

Str sit_with_moment(Req *r, const char *path) {
	static const char *const kept[] = {"sit", "ke-dni", "znalost"};
	CLEANUP(buf_free) Buf b = {0};
	char sign = '?';
	buf_str(&b, str_c(path));
	for (size_t i = 0; i < LEN(kept); i++) {
		Str value = query(r, kept[i]);
		if (!value.len)
			continue;
		buf_format(&b, "%c%s=", sign, kept[i]);
		html_url_str(&b, value);
		sign = '&';
	}
	return buf_take(&b, r->c->arena);
}

TagKind sit_status_tag(Str status) {
	if (str_eq(status, S(LINE_IN_NETWORK)))
		return TAG_OK;
	if (str_eq(status, S(LINE_WITH_RESERVATION)) || str_eq(status, S(LINE_EXIT_PROPOSED)))
		return TAG_WARN;
	return str_eq(status, S(LINE_PREPARED)) ? TAG_INFO : TAG_PLAIN;
}

Links sit_formats(Req *r) {
	static const char *const suffixes[] = {"csv", "xlsx", "json"}, *const names[] = {"CSV", "XLSX", "JSON"};
	Links list = {0};
	for (size_t i = 0; i < LEN(suffixes); i++)
		*ARENA_PUSH(r->c->arena, list.at, list.len, list.cap) = (LinkView){.label = str_c(names[i]), .href = url_with_format(r, suffixes[i])};
	return list;
}
