/* library_resolution.c: numbers of resolutions, and what they must agree with. */
#include "tests/domain/library.h"

static Str number(const char *typed) {
	ResolutionNumber n;
	return resolution_number_read(t_arena, str_c(typed), &n) ? resolution_number_text(t_arena, &n) : S("-");
}

TEST("resolution: a number is read however it is typed, and what is none is refused") {
	EQ_TEXT(number("616/23/ZK"), "616/23/ZK");
	EQ_TEXT(number(" 616 / 2023/zk "), "616/23/ZK");
	EQ_TEXT(number("1/24/K10"), "1/24/K10");
	EQ_TEXT(number("007/05/RK"), "7/05/RK");
	static const char *const wrong[] = {"", "/", "616", "616/23", "616/23/", "0/23/ZK", "-1/23/ZK", "616/3/ZK", "616/00/ZK", "616/123/ZK", "616/1999/ZK", "6 6/23/ZK",
	                                    "616/23/10", "616/23/Z K", "616/23/ZK/1", "100000/23/ZK", "99999999999999999999/23/ZK", "616/23/ZÁKAZ", "616/23/ABCDEFGHIJKLM"};
	for (size_t i = 0; i < LEN(wrong); i++)
		if (!str_eq(number(wrong[i]), S("-")))
			test_fail(__FILE__, __LINE__, "taken: %s", wrong[i]);
}

static ResolutionNew approval(Library *l) {
	return (ResolutionNew){.number = S("616/2023/zk"), .body = l->assembly, .decided_on = D(2023, 12, 19), .title = S("Plán 2024–2026"), .result = S("approved")};
}

TEST("resolution: it is found by its number, has one, and the day and the body agree with it") {
	Library       l = library_given();
	Resolution    r;
	Id            id, second;
	ResolutionNew n = approval(&l);
	MUST(resolution_add(pln(&l), &n, &id));
	MUST(resolution_by_number(as(&l, &actor_public), S("616/23/ZK"), &r));
	EQ_INT(r.head.id, id);
	EQ_TEXT(r.number, "616/23/ZK");
	n.number = S("0616/23/ZK");
	EXPECT(edit_refused(pln(&l), resolution_add(pln(&l), &n, &second), ERR_CONFLICT, "616/23/ZK"));
	n.number = S("617/24/ZK");
	EXPECT(edit_refused(pln(&l), resolution_add(pln(&l), &n, &second), ERR_INVALID, "patří do roku 2024"));
	n.number = S("617/23/ZK");
	n.body = l.region;
	EXPECT(edit_refused(pln(&l), resolution_add(pln(&l), &n, &second), ERR_INVALID, "není orgán kraje"));
	n.number = S("usnesení 5");
	EXPECT(edit_refused(pln(&l), resolution_add(pln(&l), &n, &second), ERR_INVALID, "například 616/23/ZK"));
	EXPECT(edit_refused(&l.c, resolution_by_number(&l.c, S("1/23/ZK"), &r), ERR_NOT_FOUND, "není"));
	as(&l, l.provider);
	EXPECT(edit_refused(&l.c, resolution_add(&l.c, &n, &second), ERR_FORBIDDEN, "zakládat"));
	ctx_end(&l.c);
}
