/* Lines of common pages: their order. */
#include "web/front.h"

#include "tests/test.h"

static FrontLine line(const char *title, i64 ms, bool urgent) {
	return (FrontLine){.title = str_c(title), .at = {ms}, .urgent = urgent};
}

static Str titles(const FrontLines *list) {
	Strs all = {0};
	for (size_t i = 0; i < list->len; i++)
		strs_add(t_arena, &all, list->at[i].title);
	return str_join(t_arena, S(" "), all);
}

TEST("front: what is happening stands by its end, urgent first, endless last; equal ones stay as they came") {
	Ctx        c = {.arena = t_arena};
	FrontLines list = {0};
	front_add(&c, &list, line("bez-konce", 0, false));
	front_add(&c, &list, line("zitra", 20, false));
	front_add(&c, &list, line("dnes", 10, false));
	front_add(&c, &list, line("zitra-druhy", 20, false));
	front_add(&c, &list, line("nalehave-bez-konce", 0, true));
	front_add(&c, &list, line("nalehave", 30, true));
	front_sort_happening(&list);
	EQ_TEXT(titles(&list), "nalehave nalehave-bez-konce dnes zitra zitra-druhy bez-konce");
}

TEST("front: the latest stand newest first") {
	Ctx        c = {.arena = t_arena};
	FrontLines list = {0};
	front_add(&c, &list, line("b", 20, false));
	front_add(&c, &list, line("a", 30, false));
	front_add(&c, &list, line("c", 20, false));
	front_sort_latest(&list);
	EQ_TEXT(titles(&list), "a b c");
	front_sort_latest(&(FrontLines){0});
}
