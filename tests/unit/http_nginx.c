/* deploy/nginx.conf.sample in front of a real server: nginx is started on loopback ports with the sample, TLS lines replaced. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/support/bad_requests.h"
#include "tests/support/raw_http.h"

#define NGINX "/usr/sbin/nginx"
#define GET(target) "GET " target " HTTP/1.1\r\nHost: sitovka.example\r\n\r\n"

typedef struct Proxy {
	pid_t pid;
	int   port, plain_port;                  /* of the https server and of the one that redirects */
	char  folder[64];
} Proxy;

static Site site;

static void sleep_ms(int ms) {
	nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000}, NULL);
}

/* A port that was free a moment ago. */
static int free_port(void) {
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof at;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	EXPECT(fd >= 0 && bind(fd, (struct sockaddr *)&at, len) == 0 && getsockname(fd, (struct sockaddr *)&at, &len) == 0);
	close(fd);
	return ntohs(at.sin_port);
}

static Str read_file(const char *path) {
	Buf b = {0};
	FILE *f = fopen(path, "r");
	if (!f)
		test_fail(__FILE__, __LINE__, "%s: %s", path, strerror(errno));
	char piece[4096];
	for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;)
		buf_put(&b, piece, n);
	fclose(f);
	Str s = buf_take(&b, t_arena);
	buf_free(&b);
	return s;
}

static Str replace(Str s, const char *what, Str with) {
	if (!str_has(s, str_c(what)))
		test_fail(__FILE__, __LINE__, "the sample no longer says \"%s\"", what);
	return str_replace(t_arena, s, str_c(what), with);
}

/* Lines that begin with a word are left out. */
static Str without(Str s, const char *word) {
	Buf b = {0};
	for (Str rest = s; rest.len;) {
		Str line = str_cut(&rest, '\n');
		if (!str_starts(str_trim(line), str_c(word)))
			buf_format(&b, "%.*s\n", STR_ARG(line));
	}
	Str left = buf_take(&b, t_arena);
	buf_free(&b);
	return left;
}

static Str plain_sample(Proxy *p) {
	Str s = read_file("deploy/nginx.conf.sample");
	Str port = str_format(t_arena, "listen 127.0.0.1:%d", p->port), plain = str_format(t_arena, "listen 127.0.0.1:%d", p->plain_port);
	s = without(without(s, "listen [::]"), "ssl_");
	s = replace(s, "listen 443 ssl http2", port);
	s = replace(s, "listen 80", plain);
	return replace(s, "server 127.0.0.1:8080", str_format(t_arena, "server 127.0.0.1:%d", site.port));
}

static void proxy_start(Proxy *p) {
	snprintf(p->folder, sizeof p->folder, "/tmp/sitovka-nginx-XXXXXX");
	EXPECT(mkdtemp(p->folder) != NULL);
	EXPECT(chmod(p->folder, 0755) == 0);
	p->port = free_port();
	p->plain_port = free_port();
	char path[128];
	snprintf(path, sizeof path, "%s/nginx.conf", p->folder);
	FILE *f = fopen(path, "w");
	EXPECT(f != NULL);
	Str sample = plain_sample(p);
	fprintf(f, "daemon off;\nworker_processes 1;\npid pid;\nerror_log error.log;\nevents { worker_connections 256; }\n"
		"http {\naccess_log off;\nclient_body_temp_path body;\nproxy_temp_path proxy;\nfastcgi_temp_path a;\nuwsgi_temp_path b;\n"
		"scgi_temp_path c;\n%.*s\n}\n", STR_ARG(sample));
	fclose(f);
	p->pid = fork();
	EXPECT(p->pid >= 0);
	if (p->pid == 0) {
		execl(NGINX, "nginx", "-c", path, "-p", p->folder, "-e", "stderr", (char *)NULL);
		_exit(127);
	}
	for (int i = 0; i < 200; i++) {
		struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((u16)p->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
		int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
		bool up = connect(fd, (struct sockaddr *)&to, sizeof to) == 0;
		close(fd);
		if (up)
			return;
		if (waitpid(p->pid, NULL, WNOHANG) == p->pid)
			test_fail(__FILE__, __LINE__, "nginx did not start; see %s", p->folder);
		sleep_ms(25);
	}
	test_fail(__FILE__, __LINE__, "nginx does not listen; see %s", p->folder);
}

static void proxy_stop(Proxy *p) {
	kill(p->pid, SIGTERM);
	waitpid(p->pid, NULL, 0);
	static const char *const left[] = {"nginx.conf", "error.log", "pid"};
	static const char *const folders[] = {"body", "proxy", "a", "b", "c"};
	char path[128];
	for (size_t i = 0; i < LEN(left); i++) {
		snprintf(path, sizeof path, "%s/%s", p->folder, left[i]);
		unlink(path);
	}
	for (size_t i = 0; i < LEN(folders); i++) {
		snprintf(path, sizeof path, "%s/%s", p->folder, folders[i]);
		rmdir(path);
	}
	rmdir(p->folder);
}

static void start(Proxy *p) {
	site_start(&site, (HttpOptions){.hosts = S("sitovka.example"), .behind_proxy = true, .proxy = S("127.0.0.1")});
	proxy_start(p);
}

static void stop(Proxy *p) {
	proxy_stop(p);
	site_stop(&site, 5);
}

static Str for_our_name(Str request) {
	return str_replace(t_arena, request, S("localhost"), S("sitovka.example"));
}

TEST("http nginx: the sample proxy passes pages, forms and the client's address") {
	Proxy p;
	start(&p);
	EQ_TEXT(ask(p.port, S(GET("/light"))).body, "/light");
	EQ_TEXT(ask(p.port, S(GET("/work"))).body, "/work");
	EQ_TEXT(ask(p.port, S("GET /who HTTP/1.1\r\nHost: sitovka.example\r\nX-Forwarded-For: 192.0.2.66\r\n\r\n")).body, "127.0.0.1 127.0.0.1");
	EQ_TEXT(ask(p.port, S("POST /form HTTP/1.1\r\nHost: sitovka.example\r\nContent-Type: application/x-www-form-urlencoded\r\n"
		"Content-Length: 3\r\n\r\na=1")).body, "a=1\n");
	Answer a = ask(p.port, S("GET /page HTTP/1.1\r\nHost: sitovka.example\r\nAccept-Encoding: gzip\r\n\r\n"));
	EQ_STR(answer_header(&a, "Content-Encoding"), S("gzip"));
	a = ask(p.plain_port, S(GET("/light?a=b")));
	EQ_INT(a.status, 301);
	EQ_STR(answer_header(&a, "Location"), S("https://sitovka.example/light?a=b"));
	Wire w = wire_open(p.port);
	wire_lit(&w, "GET / HTTP/1.1\r\nHost: jinde.example\r\n\r\n");
	EXPECT(wire_ends(&w, 3000));
	wire_close(&w);
	stop(&p);
}

TEST("http nginx: through the proxy every violation is a 4xx or was mended, and nothing behind it is taken for an answer to it") {
	Proxy p;
	start(&p);
	for (size_t i = 0; i < LEN(bad_requests); i++) {
		const BadRequest *bad = &bad_requests[i];
		int handled = site.handled;
		Wire w = wire_open(p.port);
		wire_say(&w, for_our_name(bad->bytes));
		Answer a = wire_hear(&w);
		bool refused = a.status >= 400 && a.status < 500, closed = a.status == 0;
		bool fine = refused || closed || (bad->may_pass && a.status == 200);
		if (!fine || (refused && site.handled != handled))
			test_fail(__FILE__, __LINE__, "%s: %d", bad->what, a.status);
		wire_close(&w);
		EQ_INT(ask(p.port, S(GET("/light"))).status, 200);
	}
	stop(&p);
}

TEST("http nginx: a refusal for size comes through while the client is still sending") {
	Proxy p;
	start(&p);
	char *much = arena_alloc(t_arena, 12 << 20);
	for (int i = 0; i < 5; i++) {
		size_t size = i == 4 ? (size_t)12 << 20 : 300000;      /* beyond our limit, and at last beyond the proxy's */
		Wire w = wire_open(p.port);
		wire_say(&w, str_format(t_arena, "POST /form HTTP/1.1\r\nHost: sitovka.example\r\nContent-Type: text/plain\r\nContent-Length: %zu\r\n\r\n", size));
		wire_say(&w, str_of(much, size));
		EQ_INT(wire_hear(&w).status, 413);
		wire_close(&w);
	}
	stop(&p);
}
