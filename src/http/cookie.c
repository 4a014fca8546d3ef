/* cookie.c: the Cookie header. Cookies of neighbouring sites on the same domain come along and may look odd: a pair that is
 * no pair is left out, it must not lock anybody out. */
#include "http/decode.h"
#include "http/http.h"

enum { COOKIES = 100 };

bool http_read_cookies(Arena *a, Str header, Params *ret) {
	if (!http_is_clean(header, false))
		return false;
	for (Str rest = header; rest.len;) {
		Str value = str_trim(str_cut(&rest, ';'));
		if (str_find_char(value, '=') < 1)
			continue;
		if (ret->len >= COOKIES)
			return false;
		Str name = str_cut(&value, '=');
		if (value.len >= 2 && value.ptr[0] == '"' && value.ptr[value.len - 1] == '"')
			value = str_of(value.ptr + 1, value.len - 2);
		*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = (Param){str_trim(name), value};
	}
	return true;
}
