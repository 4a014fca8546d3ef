/* Addresses that an administrator writes: one way of spelling, nothing beyond the text, the same again. */
#include "base/hash.h"
#include "html/geo.h"
#include "http/guard.h"
#include "http/listen.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

static bool lies_in(Str part, Str whole) {
	return part.len == 0 || (part.ptr >= whole.ptr && part.ptr + part.len <= whole.ptr + whole.len);
}

static void check_host(Arena *a, Str text) {
	Str    name, again;
	char   normal[ADDRESS_TEXT], twice[ADDRESS_TEXT];
	size_t len, len_twice;
	if (guard_host_name(text, &name)) {
		CHECK(name.len > 0 && lies_in(name, text) && str_starts(text, name));
		CHECK(guard_host_name(name, &again) && str_eq(again, name));
	}
	if (address_normal(text, normal, &len)) {
		CHECK(len > 0 && len < ADDRESS_TEXT && address_normal(str_of(normal, len), twice, &len_twice));
		CHECK(str_eq(str_of(normal, len), str_of(twice, len_twice)));
	}
	HttpOptions o = {.listen = text};
	Strs hosts = listen_hosts(a, &o);
	CHECK(hosts.len >= 3 && hosts.len <= 4);
	o.hosts = text;
	hosts = listen_hosts(a, &o);
	CHECK(hosts.len > 0);
	for (size_t i = 0; i < hosts.len; i++)
		CHECK(hosts.at[i].len > 0);
}

/* Short forms that stand in files and addresses: read and written they are the same. */
static void check_forms(Arena *a, Str text) {
	u8  bytes[64];
	i32 n;
	if (text.len % 2 == 0 && text.len <= 2 * sizeof bytes && hex_read(text, bytes, text.len / 2))
		CHECK(str_eq(hex(a, bytes, text.len / 2), str_lower_ascii(a, text)));
	if (text.len == 43 && base64url_read(text, bytes, 32))
		CHECK(str_eq(base64url(a, bytes, 32), text));
	if (geo_degrees(text, &n))
		CHECK(n >= -1800000000 && n <= 1800000000);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	Arena a = {0};
	Str text = str_of((const char *)data, size);
	check_host(&a, text);
	check_forms(&a, text);
	arena_free(&a);
	return 0;
}
