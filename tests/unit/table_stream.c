/* table_stream.c, and the child's side of it: what a locked child says about a table is believed as little as the file; what it reads comes by pipes. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/table_parse.h"
#include "tests/test.h"

typedef struct Said { Buf b; } Said;

static void number(Said *s, u64 n, size_t bytes) { buf_put(&s->b, (const char *)&n, bytes); }
static void text(Said *s, const char *t) {
	number(s, strlen(t), 4);
	buf_put(&s->b, t, strlen(t));
}
static void head(Said *s, int format, char delimiter, size_t columns) {
	buf_char(&s->b, 'H');
	number(s, (u64)format, 1);
	buf_char(&s->b, delimiter);
	text(s, "UTF-8");
	text(s, "");
	number(s, columns, 2);
	for (size_t i = 0; i < columns; i++)
		text(s, "a");
}
static void row(Said *s, u64 line, u64 kind, const char *cell) {
	buf_char(&s->b, 'R');
	number(s, line, 8);
	number(s, kind, 1);
	text(s, cell);
}
static void end(Said *s, Err err, const char *why) {
	buf_char(&s->b, 'E');
	number(s, (u64)err, 1);
	text(s, why);
}

/* The last part that was read, of a stream in memory or, the same, in a file. */
static StreamPart last_part(Said *s, bool in_file) {
	Arena       row = {0};
	int         fd = -1;
	TableStream stream = {.fd = -1, .memory = buf_view(&s->b), .size = s->b.len};
	if (in_file) {
		fd = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
		EXPECT(fd >= 0 && write(fd, s->b.ptr, s->b.len) == (ssize_t)s->b.len);
		stream = (TableStream){.fd = fd, .size = s->b.len};
	}
	StreamPart part;
	do
		part = table_stream_next(&stream, t_arena, &row);
	while (part == STREAM_HEAD || part == STREAM_ROW);
	arena_free(&row);
	if (fd >= 0)
		close(fd);
	return part;
}

static void is_broken(Said *s) {
	EQ_INT(last_part(s, false), STREAM_BROKEN);
	EQ_INT(last_part(s, true), STREAM_BROKEN);
	buf_free(&s->b);
	*s = (Said){0};
}

TEST("table stream: a head, rows and an end are read from memory and from a file alike; any cut of them is broken") {
	Said s = {0};
	head(&s, TABLE_CSV, ';', 1);
	row(&s, 2, CELL_IS_TEXT, "žluť");
	row(&s, 7, CELL_IS_NUMBER, "1.5");
	end(&s, OK, "");
	EQ_INT(last_part(&s, false), STREAM_END);
	EQ_INT(last_part(&s, true), STREAM_END);
	for (size_t whole = s.b.len; s.b.len > 0;) {
		s.b.len--;
		EQ_INT(last_part(&s, whole % 2 == 0), STREAM_BROKEN);
	}
	buf_free(&s.b);
}

TEST("table stream: a table of another form than tables have is broken") {
	Said s = {0};
	head(&s, 9, 0, 1), is_broken(&s);                        /* no such format */
	head(&s, TABLE_CSV, 'x', 1), is_broken(&s);              /* no such delimiter */
	head(&s, TABLE_JSON, ';', 1), is_broken(&s);
	head(&s, TABLE_XLSX, 0, 0), is_broken(&s);               /* no columns */
	head(&s, TABLE_XLSX, 0, TABLE_MAX_COLUMNS + 1), is_broken(&s);
	head(&s, TABLE_JSON, 0, 1), head(&s, TABLE_JSON, 0, 1), is_broken(&s);
	row(&s, 2, 0, "x"), is_broken(&s);                       /* before any head */
	end(&s, OK, ""), is_broken(&s);
	buf_char(&s.b, 'X'), is_broken(&s);
}

TEST("table stream: rows that go back, kinds that do not exist, texts that are none and refusals without a reason are broken") {
	Said s = {0};
	head(&s, TABLE_JSON, 0, 1), row(&s, 5, 0, "x"), row(&s, 5, 0, "y"), is_broken(&s);
	head(&s, TABLE_JSON, 0, 1), row(&s, (u64)1 << 40, 0, "x"), is_broken(&s);
	head(&s, TABLE_JSON, 0, 1), row(&s, 1, CELL_HAS_NO_VALUE + 1, "x"), is_broken(&s);
	head(&s, TABLE_JSON, 0, 1), row(&s, 1, 0, "\xC3("), is_broken(&s);
	head(&s, TABLE_JSON, 0, 1), buf_char(&s.b, 'R'), number(&s, 1, 8), number(&s, 0, 1), number(&s, UINT32_MAX, 4), is_broken(&s);
	head(&s, TABLE_JSON, 0, 1), end(&s, ERR_INVALID, ""), is_broken(&s);
	head(&s, TABLE_JSON, 0, 1), end(&s, ERR_AUTH, "proč"), is_broken(&s);
	end(&s, ERR_TYPE, "Tohle není tabulka.");
	EQ_INT(last_part(&s, false), STREAM_END);
	buf_free(&s.b);
}

/* Runs the child's work, from one file to another, in a process that ends with it as the child does. */
static int converted(Str input, Said *out) {
	int from = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600), to = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	EXPECT(from >= 0 && to >= 0 && write(from, input.ptr, input.len) == (ssize_t)input.len);
	lseek(from, 0, SEEK_SET);
	fflush(NULL);
	int   status;
	pid_t child = fork();
	if (child == 0)
		_exit(convert_table.run(from, to));
	EXPECT(child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status));
	char piece[4096];
	lseek(to, 0, SEEK_SET);
	for (ssize_t n; (n = read(to, piece, sizeof piece)) > 0;)
		buf_put(&out->b, piece, (size_t)n);
	close(from);
	close(to);
	return WEXITSTATUS(status);
}

TEST("table child: a name and a file come in, a stream goes out; input that is cut or too long ends it") {
	Said in = {0}, out = {0};
	text(&in, "x.csv");
	buf_lit(&in.b, "a;b\r\n1;2\r\n");
	EQ_INT(converted(buf_view(&in.b), &out), 0);
	EQ_INT(last_part(&out, false), STREAM_END);
	EXPECT(converted(S("abc"), &out) != 0);
	EXPECT(converted(S("\xFF\xFF\xFF\xFFx"), &out) != 0);        /* a name longer than all */
	for (int i = 0; i < TABLE_MAX_FILE / 4096 + 3; i++) {
		char block[4096] = {0};
		buf_put(&in.b, block, sizeof block);
	}
	EXPECT(converted(buf_view(&in.b), &out) != 0);
	int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
	Buf writer = child_writer(&full);
	buf_lit(&writer, "x");
	EXPECT(!buf_finish(&writer));
	buf_free(&writer);
	close(full);
	buf_free(&in.b);
	buf_free(&out.b);
}
