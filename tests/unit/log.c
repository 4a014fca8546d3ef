/* The log: one line for one event, whatever the text is, and a file that is opened again. */
#include "base/log.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/json.h"
#include "tests/test.h"

static const char *given_file(int *stderr_before) {
	static char name[] = "/tmp/sitovka-log-XXXXXX";
	snprintf(name, sizeof name, "/tmp/sitovka-log-XXXXXX");
	int fd = mkstemp(name);
	EXPECT(fd >= 0);
	close(fd);
	*stderr_before = dup(STDERR_FILENO);
	EXPECT(log_open(name));
	return name;
}

static Str taken(const char *name) {
	static char text[65536];
	int     fd = open(name, O_RDONLY);
	ssize_t n = fd >= 0 ? read(fd, text, sizeof text) : 0;
	if (fd >= 0)
		close(fd);
	return str_of(text, n > 0 ? (size_t)n : 0);
}

static void back(int before) {
	EXPECT(dup2(before, STDERR_FILENO) >= 0);
	close(before);
}

static size_t lines_that_are_json(Str s) {
	size_t n = 0;
	while (s.len) {
		Str         line = str_cut(&s, '\n');
		JsonReader *j = json_open_str(t_arena, line);
		JsonEvent   e = json_next(j);
		EXPECT(e == JSON_OBJECT);
		while ((e = json_next(j)) != JSON_END)
			EXPECT(e != JSON_ERROR);
		n++;
	}
	return n;
}

TEST("log: no text can begin a line of its own or close its object") {
	static const char *const hostile[] = {"dvě\nřádky", "{\"level\":\"error\"}\n{\"at\":\"x\"}", "\"},{\"a\":\"", "\r\n\r\n", "\x1b[31m", "zpětné \\ lomítko", "\x7f\x01\x02", "",
		"%s%n%d"};
	int         before;
	const char *name = given_file(&before);
	for (size_t i = 0; i < LEN(hostile); i++)
		log_line(LOGS_WARNING, "zkouška", i, "%s", hostile[i]);
	char *longest = memset(arena_alloc(t_arena, 5001), '"', 5000);
	log_line(LOGS_ERROR, longest, 1, "%s", longest);
	for (size_t cut = 1995; cut < 2000; cut++) {
		memset(longest, 'a', cut);
		memcpy(longest + cut, "žžžž", 9);
		log_line(LOGS_ERROR, "x", 1, "%s", longest);
	}
	log_line(LOGS_ERROR, "x", 1, "\xff\xfe latin \xe9");
	back(before);
	EQ_INT(lines_that_are_json(taken(name)), LEN(hostile) + 7);
	unlink(name);
}

TEST("log: after the file was moved away the next line goes into a new one") {
	int         before;
	const char *name = given_file(&before);
	char       *moved = str_z(t_arena, str_cat(t_arena, str_c(name), S(".1")));
	log_line(LOGS_INFO, "a", 0, "první");
	EXPECT(rename(name, moved) == 0);
	log_line(LOGS_INFO, "a", 0, "ještě sem");
	log_reopen();
	log_line(LOGS_INFO, "a", 0, "do nového");
	back(before);
	EQ_INT(lines_that_are_json(taken(moved)), 2);
	EQ_INT(lines_that_are_json(taken(name)), 1);
	EXPECT(str_has(taken(name), S("do nového")));
	unlink(name);
	unlink(moved);
}
