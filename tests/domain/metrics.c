/* Metrics and health: who may read them, what they say. */
#include "tests/support/web.h"

static Answer asked(Browser *b, const char *from, const char *header, const char *value) {
	Params headers = {0};
	b->network = str_c(from);
	if (header)
		*ARENA_PUSH(t_arena, headers.at, headers.len, headers.cap) = (Param){str_c(header), str_c(value)};
	return web_send(b, "GET", "/metriky", NULL, &headers, false);
}

TEST("metrics: read from this computer and refused to everybody else, also through somebody in front") {
	Browser b = {.app = test_app_demo()};
	EQ_INT(asked(&b, "127.0.0.1", NULL, NULL).status, 200);
	EQ_INT(asked(&b, "192.0.2.1", NULL, NULL).status, 403);
	EQ_INT(asked(&b, "127.0.0.1", "x-forwarded-for", "127.0.0.1").status, 403);
	EQ_INT(asked(&b, "127.0.0.1", "via", "1.1 nginx").status, 403);
	Browser admin = {.app = b.app};
	web_sign_in(&admin, "spravce@demo.invalid");
	EQ_INT(asked(&admin, "192.0.2.1", NULL, NULL).status, 200);
	Browser other = {.app = b.app};
	web_sign_in(&other, "analytik@demo.invalid");
	EQ_INT(asked(&other, "192.0.2.1", NULL, NULL).status, 403);
}

TEST("metrics: every line has the form that Prometheus reads, and nobody's name") {
	Browser b = {.app = test_app_demo()};
	Str     text = asked(&b, "127.0.0.1", NULL, NULL).body;
	static const char *const wanted[] = {"sitovka_requests_total{class=\"public\",status=\"2xx\"} ", "sitovka_request_seconds_bucket{class=\"work\",le=\"+Inf\"} ",
		"sitovka_trail_records ", "sitovka_backup_age_seconds ", "sitovka_resident_bytes ", "sitovka_sessions "};
	for (size_t i = 0; i < LEN(wanted); i++)
		EXPECT(str_has(text, str_c(wanted[i])));
	EXPECT(!str_has(text, S("demo.invalid")) && !str_has(text, S("@")));
	while (text.len) {
		Str line = str_cut(&text, '\n');
		if (str_starts(line, S("#")))
			continue;
		EXPECT(str_starts(line, S("sitovka_")));
		size_t blank = line.len;
		while (blank && line.ptr[blank - 1] != ' ')
			blank--;
		Str number = str_from(line, blank);
		EXPECT(number.len > 0 && strspn(str_z(t_arena, number), "0123456789.-") == number.len);
	}
}

TEST("health: says only whether it goes") {
	Browser b = {.app = test_app_demo()};
	Answer  a = web_get(&b, "/zdravi");
	EQ_INT(a.status, 200);
	EQ_TEXT(a.body, "{\"stav\":\"ok\"}");
}
