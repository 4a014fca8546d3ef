/* query.c: pairs of a query or a form, and looking things up in them. */
#include "http/decode.h"
#include "http/http.h"

bool http_read_query(Arena *a, Str raw, size_t limit, Params *ret, const char **why) {
	for (Str rest = raw; rest.len;) {
		Str value = str_cut(&rest, '&');
		if (value.len == 0)
			continue;                        /* a&&b, and & at the end */
		if (ret->len >= limit) {
			*why = "Požadavek má příliš mnoho parametrů.";
			return false;
		}
		Str raw_name = str_cut(&value, '=');
		Param p;
		if (raw_name.len == 0 || !http_decode(a, raw_name, true, false, &p.name) || !http_decode(a, value, true, true, &p.value)) {
			*why = "Parametr obsahuje znaky, které v něm být nesmějí.";
			return false;
		}
		*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = p;
	}
	return true;
}

Str http_param(const Params *list, Str name, bool *found) {
	for (size_t i = 0; i < list->len; i++)
		if (str_eq(list->at[i].name, name)) {
			*found = true;
			return list->at[i].value;
		}
	*found = false;
	return (Str){0};
}

Str http_header(const HttpRequest *r, const char *lower_name) {
	bool found;
	return http_param(&r->headers, str_c(lower_name), &found);
}

Str http_cookie(const HttpRequest *r, const char *name) {
	bool found;
	return http_param(&r->cookies, str_c(name), &found);
}

static bool may_repeat(const Strs *lists, Str name) {
	for (size_t i = 0; lists && i < lists->len; i++)
		if (str_eq(lists->at[i], name))
			return true;
	return false;
}

/* A dozen pairs are compared with each other; the thousands of a grid go through a table on the stack. A list that is longer
 * than the table, or made to collide, only takes longer. */
Str http_find_double(const Params *list, const Strs *lists) {
	enum { FEW = 24, TABLE = 8192 };
	if (list->len <= FEW || list->len > TABLE / 2) {
		for (size_t i = 1; i < list->len; i++)
			for (size_t j = 0; j < i; j++)
				if (str_eq(list->at[i].name, list->at[j].name) && !may_repeat(lists, list->at[i].name))
					return list->at[i].name;
		return (Str){0};
	}
	u16 table[TABLE] = {0};                  /* index + 1 */
	for (size_t i = 0; i < list->len; i++) {
		Str name = list->at[i].name;
		size_t at = (size_t)str_hash(name) % TABLE;
		while (table[at] && !str_eq(list->at[table[at] - 1].name, name))
			at = (at + 1) % TABLE;
		if (table[at] && !may_repeat(lists, name))
			return name;
		table[at] = (u16)(i + 1);
	}
	return (Str){0};
}
