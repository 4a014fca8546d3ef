#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/date.h"
#include "base/json.h"

enum { TEXT_MAX = 2000 };

static char file[4096];

static void write_all(const char *from, size_t n) {
	while (n) {
		ssize_t done = write(STDERR_FILENO, from, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return;                              /* nowhere to say so */
		from += done;
		n -= (size_t)done;
	}
}

void log_object(Str json) {
	CLEANUP(buf_free) Buf b = {0};
	buf_str(&b, json);
	buf_char(&b, '\n');
	write_all(b.ptr, b.len);
}

/* A text that was cut in the middle of a letter, or never was one, is shown without what cannot be read. */
static Str readable(char *text, size_t n) {
	if (n == TEXT_MAX - 1) {
		while (n && ((u8)text[n - 1] & 0xC0) == 0x80)
			n--;
		n -= n && (u8)text[n - 1] >= 0xC0;
	}
	for (size_t i = 0; !utf8_valid(str_of(text, n)) && i < n; i++)
		text[i] = (u8)text[i] < 0x80 ? text[i] : '?';
	return str_trim(str_of(text, n));
}

void log_line(LogLevel level, const char *where, u64 request, const char *format, ...) {
	static const char *const words[] = {"info", "warning", "error"};
	char    text[TEXT_MAX], iso[INSTANT_ISO_LEN];
	va_list ap;
	va_start(ap, format);
	int n = vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	CLEANUP(buf_free) Buf b = {0};
	JsonWriter w = {.out = &b};
	jw_object(&w);
	jw_key(&w, "at");
	jw_str(&w, instant_iso(instant_now(), iso));
	jw_key(&w, "level");
	jw_str(&w, str_c(words[level]));
	jw_key(&w, "where");
	jw_str(&w, str_c(where));
	if (request) {
		jw_key(&w, "request");
		jw_int(&w, (i64)request);
	}
	jw_key(&w, "text");
	jw_str(&w, readable(text, n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1));
	jw_object_end(&w);
	log_object(buf_view(&b));
}

bool log_open(const char *path) {
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd < 0)
		return false;
	bool fine = dup2(fd, STDERR_FILENO) >= 0 && strlen(path) < sizeof file;
	close(fd);
	if (fine && path != file)
		memcpy(file, path, strlen(path) + 1);
	return fine;
}

void log_reopen(void) {
	if (file[0] && !log_open(file))
		log_line(LOGS_ERROR, "log", 0, "the log file cannot be opened again: %s", strerror(errno));
}
