/* trail_record.c: the bytes under the hashes never change, or every chain ever written would break. */
#include "core/trail_record.h"
#include "tests/test.h"

static TrailStored record(void) {
	return (TrailStored){
		.seq = 1, .at = {INT64_C(1735689600000)}, .account = 7, .object_id = 300, .who = S("\x11\x11\x11\x11\x11\x11\x11\x11\x11\x11\x11"
		"\x11\x11\x11\x11\x11\x11\x11\x11\x11\x11\x11\x11\x11\x11\x11\x11\x11\x11\x11\x11\x11"), .role = S("NET"), .organisation = S("Kraj"),
		.action = S("change"), .object = S("fact"), .reason = S("č. 5"), .changes = S("[[\"name\",\"a\",\"b\"]]"),
	};
}

static Str hash_of(const Sha256 *prev, const TrailStored *r) {
	CLEANUP(buf_free) Buf scratch = {0};
	Sha256 h = trail_hash(&scratch, prev, r);
	return hex(t_arena, h.bytes, sizeof h.bytes);
}

TEST("trail record: known records have the hashes that another program computed for them") {
	Sha256 prev = {0};
	TrailStored r = record();
	EQ_TEXT(hash_of(&prev, &r), "a3cabc202df9a0b1e8479fd97b075e8bfe90950b7fffcbf6070c3bd986784d8b");
	char *x = arena_alloc(t_arena, 300);
	memset(x, 'x', 300);
	memset(prev.bytes, 0xFF, sizeof prev.bytes);
	r = (TrailStored){.object_id = INT64_MAX, .text = str_of(x, 300)};
	EQ_TEXT(hash_of(&prev, &r), "3d321b5d581c1604dfaa0ff938abebeaa09f103a4d760216e940debb4a312989");
}

TEST("trail record: a letter that moves from one field to the next changes the hash") {
	const Sha256 prev = {0};
	TrailStored r = record(), s = record();
	s.role = S("NETK");
	s.organisation = S("raj");
	EXPECT(!str_eq(hash_of(&prev, &r), hash_of(&prev, &s)));
	s = record();
	s.text = s.reason;
	s.reason = S("");
	EXPECT(!str_eq(hash_of(&prev, &r), hash_of(&prev, &s)));
	s = record();
	s.account = 300;
	s.object_id = 7;
	EXPECT(!str_eq(hash_of(&prev, &r), hash_of(&prev, &s)));
}

TEST("trail record: changes come back as they were written, personal ones as digests") {
	static const u8 salts[2][TRAIL_SALT] = {{0}, {1, 2, 3}};
	const TrailChange out[] = {{.field = "name", .before = S("a\"\\\n"), .after = S("Příliš")},
	                           {.field = "mail", .after = S("a@example.org"), .personal = true}};
	CLEANUP(buf_free) Buf b = {0};
	trail_changes_write(t_arena, &b, out, 2, salts);
	EXPECT(!str_has(buf_view(&b), S("example")));
	TrailChange *in;
	size_t       n;
	EXPECT(trail_changes_read(t_arena, buf_view(&b), &in, &n));
	EQ_INT(n, 2);
	EQ_TEXT(str_c(in[0].field), "name");
	EQ_STR(in[0].before, out[0].before);
	EQ_STR(in[0].after, out[0].after);
	EXPECT(!in[0].personal && in[1].personal && in[1].erased);
	EQ_TEXT(in[1].before, "");
	EQ_STR(in[1].after, trail_value_digest(t_arena, str_of((const char *)salts[1], TRAIL_SALT), true, S("a@example.org")));
	EXPECT(!str_eq(in[1].after, trail_value_digest(t_arena, str_of((const char *)salts[0], TRAIL_SALT), true, S("a@example.org"))));
}

TEST("trail record: a column that holds no changes of ours is refused") {
	static const char *const texts[] = {"", "{}", "[", "[[]]", "[[\"a\"]]", "[[\"a\",\"b\",3]]", "[[\"a\",\"b\",\"c\",1,1]]", "[[\"a\",\"b\",\"c\"]]x",
	                                    "[3]", "[[\"a\",\"b\",\"c\"],null]"};
	for (size_t i = 0; i < LEN(texts); i++) {
		TrailChange *in;
		size_t       n;
		if (trail_changes_read(t_arena, str_c(texts[i]), &in, &n))
			test_fail(__FILE__, __LINE__, "taken: %s", texts[i]);
	}
}
