/* The walls of the web: forged requests, redirects, headers, sessions; bad input of any kind. Every route as every role: web_matrix.c. */
#include "core/print.h"
#include "domain/people/people.h"
#include "tests/domain/web_everybody.h"

static Browser signed_in(const char *who) {
	static int offices;                          /* each has a network of its own: attempts are counted per network */
	Browser b = {.app = test_app_demo()};
	b.network = str_format(&b.app->arena, "10.200.%d.1", ++offices % 250);
	web_sign_in(&b, str_z(t_arena, str_format(t_arena, "%s@demo.invalid", who)));
	return b;
}

static Params header(const char *name, const char *value) {
	Params p = {0};
	*ARENA_PUSH(t_arena, p.at, p.len, p.cap) = (Param){str_c(name), str_c(value)};
	return p;
}

TEST("web: every answer has the headers of security, errors and redirects too") {
	Browser b = {.app = test_app_demo()};
	static const char *const targets[] = {"/", "/nic", "/app", "/prihlaseni", "/katalog?strana=x"};
	for (size_t i = 0; i < LEN(targets); i++) {
		Answer a = web_get(&b, targets[i]);
		EXPECT(str_starts(web_header(&a, "content-security-policy"), S("default-src 'none'")));
		EQ_TEXT(web_header(&a, "x-content-type-options"), "nosniff");
		EQ_TEXT(web_header(&a, "referrer-policy"), "same-origin");
		EQ_TEXT(web_header(&a, "cross-origin-opener-policy"), "same-origin");
		EQ_TEXT(web_header(&a, "cross-origin-resource-policy"), "same-origin");
		EXPECT(web_header(&a, "permissions-policy").len > 0 && web_header(&a, "cache-control").len > 0);
	}
}

TEST("web: visitors get no cookie, and a session's cookie is out of reach of scripts") {
	Browser b = {.app = test_app_demo()};
	EQ_INT(web_header(&(Answer[]){web_get(&b, "/")}[0], "set-cookie").len, 0);
	Answer a = web_post(&b, "/prihlaseni", "login=sit@demo.invalid&password=" DEMO_PASSWORD "&next=/app");
	Str cookie = web_header(&a, "set-cookie");
	EXPECT(str_has(cookie, S("HttpOnly")) && str_has(cookie, S("SameSite=Lax")) && str_has(cookie, S("Path=/")));
}

TEST("web: a cookie that was planted before signing in is not taken over, and one that has signed out opens nothing again") {
	static const char *const planted[] = {"sid=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "sid=", "sid=x"};
	for (size_t i = 0; i < LEN(planted); i++) {
		Browser b = {.app = test_app_demo(), .network = str_format(t_arena, "10.210.%zu.1", i), .cookie = str_c(planted[i])};
		web_sign_in(&b, "analytik@demo.invalid");
		EXPECT(b.cookie.len > 40 && !str_eq(b.cookie, str_c(planted[i])));
		Browser attacker = {.app = b.app, .cookie = str_c(planted[i])};
		EQ_INT(web_get(&attacker, "/app").status, 303);
	}
	Browser first = signed_in("analytik"), again = first;
	web_sign_in(&again, "metodik@demo.invalid");     /* somebody else at the same browser */
	EXPECT(!str_eq(again.cookie, first.cookie));
	Browser old = again;
	EQ_INT(web_get(&old, "/app").status, 200);
	EQ_INT(web_post(&again, "/odhlaseni", "").status, 303);
	EQ_INT(web_get(&old, "/app").status, 303);
}

TEST("web: eleven forged variants of a form are refused and the right one passes") {
	Browser b = signed_in("spravce");
	const char *target = "/app/sprava/nastaveni", *form = "region.phone=485111222";
	Params none = {0}, foreign = header("sec-fetch-site", "cross-site"), near = header("sec-fetch-site", "same-site");
	Params origin = header("origin", "https://evil.example"), null = header("origin", "null"), ours = header("origin", "http://127.0.0.1:8080");
	Params other_port = header("origin", "http://127.0.0.1:8081"), site = header("sec-fetch-site", "same-origin");
	const Params *walls[] = {&none, &foreign, &near, &origin, &null, &other_port};
	for (size_t i = 0; i < LEN(walls); i++)
		EQ_INT(web_send(&b, "POST", target, form, walls[i], false).status, 403);
	static const char *const tokens[] = {"csrf=", "csrf=abc", "csrf=1763800000.AAAA", "x=1", "csrf=0.0"};
	for (size_t i = 0; i < LEN(tokens); i++)
		EQ_INT(web_send(&b, "POST", target, str_z(t_arena, str_format(t_arena, "%s&%s", form, tokens[i])), i % 2 ? &site : &ours, false).status, 403);
	EQ_INT(web_post(&b, target, form).status, 303);
	EQ_INT(web_send(&b, "PUT", target, form, &site, false).status, 405);
}

TEST("web: a token of one form, or of another session, does not open another") {
	Browser b = signed_in("spravce"), other = signed_in("spravce");
	Ctx c = app_ctx(b.app, t_arena);
	Actor actor;
	SessionInfo *session;
	MUST(people_auth.session_of(&c, str_from(other.cookie, 4), S(""), &actor, &session));
	ctx_end(&c);
	HttpRequest http = {.path = S("/app/sprava/nastaveni")};
	Req probe = {.c = &c, .http = &http, .session = session};
	Params site = header("sec-fetch-site", "same-origin");
	const char *theirs = str_z(t_arena, str_format(t_arena, "region.phone=1&csrf=%.*s", STR_ARG(csrf_token(&probe, S("/app/sprava/nastaveni")))));
	EQ_INT(web_send(&b, "POST", "/app/sprava/nastaveni", theirs, &site, false).status, 403);
	const char *wrong_form = str_z(t_arena, str_format(t_arena, "csrf=%.*s", STR_ARG(csrf_token(&probe, S("/odhlaseni")))));
	EQ_INT(web_send(&other, "POST", "/app/sprava/nastaveni", wrong_form, &site, false).status, 403);
}

TEST("web: after signing in one lands on a page of ours, wherever the address wanted to lead") {
	static const char *const bad[] = {"//evil.example", "https://evil.example", "/\\evil.example", "/\tevil", "javascript:alert(1)", "/a b", "", "/x<y"};
	for (size_t i = 0; i < LEN(bad); i++) {
		Browser b = {.app = test_app_demo(), .network = str_format(t_arena, "198.51.%zu.1", i)};
		Buf f = {0};
		buf_lit(&f, "login=audit@demo.invalid&password=" DEMO_PASSWORD "&next=");
		html_url_str(&f, str_c(bad[i]));
		Answer a = web_post(&b, "/prihlaseni", str_z(t_arena, buf_view(&f)));
		buf_free(&f);
		if (a.status == 303)
			EQ_TEXT(web_header(&a, "location"), "/app");
		else
			EQ_INT(a.status, 400);
	}
}

TEST("web: a field that does not belong to a form is refused, not ignored") {
	Browser b = signed_in("spravce");
	Answer a = web_post(&b, "/app/sprava/organizace/novy", "kind=region&name=Kraj&ref=&id=1&is_admin=1");
	EQ_INT(a.status, 400);
	EXPECT(str_has(a.body, S("které sem nepatří")));
}

TEST("web: a parameter that stands twice, or that a page does not know, is refused with its name") {
	Browser b = signed_in("audit");
	Answer a = web_get(&b, "/app/sprava/stopa?kdo=a&kdo=b");
	EXPECT(a.status == 400 && str_has(a.body, S("„kdo“")));
	a = web_get(&b, "/app/sprava/stopa?neco=1");
	EXPECT(a.status == 400 && str_has(a.body, S("„neco“")));
}

/* ---- dangerous steps ---- */

static void long_ago(Browser *b) {
	static const Sql age = {"test_age", "UPDATE session SET proved_at = $1", NULL};
	Ctx c = app_ctx(b->app, t_arena);
	Tx  tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(db_run(c.conn, &age, P(V((Instant){c.now.ms - 11 * 60 * 1000})), NULL));
	MUST(tx_commit(&tx));
	ctx_end(&c);
}

static i64 organisations_named(Browser *b, const char *name) {
	static const Sql count = {"test_organisations", "SELECT COUNT(*) FROM account WHERE name = $1", NULL};
	Ctx c = app_ctx(b->app, t_arena);
	i64 n;
	MUST(db_get_int(ctx_conn(&c), &count, P(V(str_c(name))), 0, &n));
	ctx_end(&c);
	return n;
}

TEST("web: before a dangerous step the password is asked, what was typed is kept, and the right answer lets the request through") {
	Browser b = signed_in("spravce");
	const char *target = "/app/sprava/uzivatele/novy", *form = "login=nova.osoba@example.org&name=Nov%C3%A1%20%3COsoba%3E&kind=person&organisation=";
	long_ago(&b);
	Answer a = web_post(&b, target, form);
	EXPECT(a.status == 422 && str_has(a.body, S("Potvrďte, že jste to vy")) && str_has(a.body, S("value=\"Nová &lt;Osoba&gt;\"")));
	EQ_INT(organisations_named(&b, "Nová <Osoba>"), 0);
	const char *answered = "/app/sprava/uzivatele/novy?potvrzeni=1";
	a = web_post(&b, answered, str_z(t_arena, str_format(t_arena, "%s&potvrzeni-heslo=spatne", form)));
	EXPECT(a.status == 422 && str_has(a.body, S("Heslo nesouhlasí")));
	a = web_post(&b, answered, form);
	EXPECT(a.status == 422 && organisations_named(&b, "Nová <Osoba>") == 0);
	a = web_post(&b, answered, str_z(t_arena, str_format(t_arena, "%s&potvrzeni-heslo=%s", form, DEMO_PASSWORD)));
	if (a.status != 303)
		test_fail(__FILE__, __LINE__, "answers %d: %.*s", a.status, STR_ARG(str_from(a.body, 2500)));
	EQ_INT(organisations_named(&b, "Nová <Osoba>"), 1);
	Str cookie = web_header(&a, "set-cookie"), token = str_cut(&cookie, ';');
	EXPECT(token.len > 40 && !str_eq(token, b.cookie));
	EQ_INT(web_get(&b, "/app").status, 303);     /* the old token is worth nothing */
	b.cookie = token;
	EQ_INT(web_get(&b, "/app").status, 200);
	a = web_post(&b, "/app/sprava/organizace/novy", "kind=region&name=Kraj&ref=");
	EXPECT(a.status == 303 || a.status == 422);
}

TEST("web: the answer to the question is no way around forms: without the token of the form it is refused") {
	Browser b = signed_in("spravce");
	long_ago(&b);
	Params site = header("sec-fetch-site", "same-origin");
	Answer a = web_send(&b, "POST", "/app/sprava/uzivatele/novy?potvrzeni=1", "potvrzeni-heslo=" DEMO_PASSWORD "&name=x", &site, false);
	EQ_INT(a.status, 403);
}

/* ---- every route ---- */

TEST("web: pages that need a right lead visitors to sign in, and refuse people without it") {
	Browser guest = {.app = test_app_demo()};
	int n = 0;
	for (size_t i = 0; web_route(i, NULL); i++) {
		const Route *route = web_route(i, NULL);
		if (strcmp(route->capability, ANYONE) == 0)
			continue;
		Answer a = route->method == GET ? web_get(&guest, web_filled(route, "1")) : web_post(&guest, web_filled(route, "1"), "");
		n++;
		bool stopped = route->method == GET ? a.status == 303 && str_starts(web_header(&a, "location"), S("/prihlaseni?next=")) : a.status == 401;
		if (!stopped)
			test_fail(__FILE__, __LINE__, "%s %s answers %d to a visitor", route->method == GET ? "GET" : "POST", route->path, a.status);
	}
	EXPECT(n > 20);
}

TEST("web: a crawl of every page by the officer of the network changes neither data nor trail") {
	Browser b = signed_in("sit");
	Ctx c = app_ctx(b.app, t_arena);
	static const Sql state = {"test_state", "SELECT (SELECT MAX(seq) FROM trail), (SELECT value FROM meta WHERE key = 'data_version')", NULL};
	Str before[2], after[2];
	for (int round = 0; round < 2; round++) {
		Rows rows = db_query(ctx_conn(&c), &state, DB_NONE);
		EXPECT(rows_next(&rows));
		for (int i = 0; i < 2; i++)
			(round ? after : before)[i] = str_dup(t_arena, col_text(&rows, i));
		MUST(rows_end(&rows));
		ctx_end(&c);
		for (size_t i = 0; web_route(i, NULL) && !round; i++)
			if (web_route(i, NULL)->method == GET)
				web_get(&b, web_filled(web_route(i, NULL), "1"));
	}
	EQ_STR(after[0], before[0]);
	EQ_STR(after[1], before[1]);
}

/* ---- bad input of any kind ---- */

static const char *const hostile[] = {
	"'", "\"", "<script>alert(1)</script>", "' OR 1=1 --", "; DROP TABLE service", "../../etc/passwd", "-1", "0", "99999999999999999999", "1e9", "0x10", "NaN",
	"2024-02-30", "31. 2. 2025", "9999-12-31", "0001-01-01", "%", "_", "\\", "ěščřžýáíé", "\xF0\x9F\x98\x80", "a\nb", "{{7*7}}", "${7*7}", "NULL", "true", "*", "\"*\" NEAR",
	"AND OR NOT", "(((((", "[[[[", "' UNION SELECT 1", "\xE2\x80\xAE", "=1+1", "@SUM(1)", "-",
};

static const char *const names[] = {"q", "strana", "na-stranku", "radit", "smer", "ke-dni", "znalost", "od", "pred", "orp", "obec", "forma", "druh", "pro", "vek", "zobrazit",
	"ukazatel", "kdo", "cislo", "kind", "provider", "list", "next"};

static void try_parameter(Browser *b, const Route *route, Str name, const char *value) {
	CLEANUP(buf_free) Buf t = {0};
	buf_format(&t, "%s?%.*s=", web_filled(route, "1"), STR_ARG(name));
	html_url_str(&t, str_c(value));
	Answer a = web_get(b, str_z(t_arena, buf_view(&t)));
	if (a.status >= 500)
		test_fail(__FILE__, __LINE__, "%.*s answers %d", STR_ARG(buf_view(&t)), a.status);
	if (str_has(a.body, S("<script>alert(1)")))
		test_fail(__FILE__, __LINE__, "%.*s prints a script", STR_ARG(buf_view(&t)));
}

/* Parameters that a page says it understands, with the general ones; where it says nothing, all that pages have. That it refuses others: the test above. */
static Strs parameters_of(const Route *route) {
	Strs list = {0};
	Str  own = str_c(route->parameters ? route->parameters : "");
	while (own.len)
		strs_add(t_arena, &list, str_cut(&own, ','));
	for (size_t i = 0; i < LEN(names); i++)
		if (!route->parameters || str_has(S("strana,ke-dni,znalost"), str_c(names[i])))
			strs_add(t_arena, &list, str_c(names[i]));
	return list;
}

TEST("web: hostile parameters of every page get an answer or a refusal that says which") {
	Browser b = signed_in("sit");
	for (size_t i = 0; web_route(i, NULL); i++) {
		const Route *route = web_route(i, NULL);
		if (route->method != GET)
			continue;
		Strs   list = parameters_of(route);
		/* Over so many names each page meets every value, twice or more; on PostgreSQL a quarter of them, other pages other ones. */
		size_t every = route->parameters && !test_on_postgres() ? 3 : 12;
		for (size_t n = 0; n < list.len; n++)
			for (size_t h = (i + n) % every; h < LEN(hostile); h += every)
				try_parameter(&b, route, list.at[n], hostile[h]);
		arena_free(t_arena);
	}
}

static void field(Buf *f, Str name, const char *value) {
	buf_format(f, "%s%.*s=", f->len ? "&" : "", STR_ARG(name));
	html_url_str(f, str_c(value));
}

/* The form of a route: each of its fields with what `value` gives for its number; a name that may end freely gets an end. */
static void fill_form(Buf *f, const Route *route, const char *(*value)(size_t n), size_t first) {
	for (size_t n = 0; route->entity && n < route->entity->field_count; n++)
		field(f, str_c(route->entity->fields[n].name), value(first + n));
	Str names_left = str_c(route->fields ? route->fields : "");
	for (size_t n = 0; names_left.len; n++) {
		Str name = str_cut(&names_left, ',');
		field(f, str_ends(name, S("*")) ? str_cat(t_arena, str_first(name, name.len - 1), S("1")) : name, value(first + n));
	}
	field(f, S("version"), "1");
	field(f, S("reason"), value(first));
}

static const char *hostile_value(size_t n) { return hostile[n % LEN(hostile)]; }

/* Forms that end the session of who tries them are left to tests of their own. */
static bool is_tried(const Route *route) {
	return route->method == POST && strcmp(route->path, "/odhlaseni") != 0 && !strstr(route->path, "ucet");
}

/* One network for each form, so that attempts are not counted together; signed in again where a form has ended the session. */
static void stay_signed_in(Browser *b, const char *who, size_t number, size_t form) {
	b->network = str_format(&b->app->arena, "10.%zu.%zu.1", number, form);
	if (b->cookie.len && web_get(b, "/app").status == 200)
		return;
	b->cookie = (Str){0};
	web_sign_in(b, str_z(t_arena, str_format(t_arena, "%s@demo.invalid", who)));
	b->cookie = str_dup(&b->app->arena, b->cookie);
}

TEST("web: hostile values in every field of every form get a 4xx or are stored as text") {
	static const char *const who[] = {"sit", "spravce", "planovac"};
	for (size_t k = 0; k < LEN(who); k++) {
		Browser b = {.app = test_app_demo()};
		for (size_t i = 0; web_route(i, NULL); i++) {
			const Route *route = web_route(i, NULL);
			if (!is_tried(route))
				continue;
			stay_signed_in(&b, who[k], k, i);
			for (size_t h = i % 5; h < LEN(hostile); h += 5) {
				Buf f = {0};
				fill_form(&f, route, hostile_value, h);
				Answer a = web_post(&b, web_filled(route, h % 2 ? "1" : "nic"), str_z(t_arena, buf_view(&f)));
				if (a.status >= 500)
					test_fail(__FILE__, __LINE__, "POST %s as %s answers %d to %.*s", route->path, who[k], a.status, STR_ARG(buf_view(&f)));
				buf_free(&f);
			}
			arena_free(t_arena);
		}
	}
}

/* ---- values longer than anybody would type: an answer or a refusal, never the end of the server ---- */

static const char *longest(void) {
	static char value[2601];
	memset(value, 'a', sizeof value - 1);
	return value;
}

static void try_long(Browser *b, const Route *route, const Strs *names_of, size_t which) {
	Buf t = {0};
	buf_format(&t, "%s?", web_filled(route, "1"));
	for (size_t i = 0; i < names_of->len; i++)
		if (i == which || i < 3)
			buf_format(&t, "%s%.*s=%.*s", buf_view(&t).ptr[t.len - 1] == '?' ? "" : "&", STR_ARG(names_of->at[i]), STR_ARG(i == which ? str_c(longest()) : S("1")));
	Answer a = web_get(b, str_z(t_arena, buf_view(&t)));
	if (a.status >= 500)
		test_fail(__FILE__, __LINE__, "%s answers %d to a long %.*s", route->path, a.status, STR_ARG(names_of->at[which]));
	buf_free(&t);
}

TEST("web: a parameter of thousands of letters gets an answer on every page, also where it leads to another page") {
	Browser b = signed_in("sit"), visitor = {.app = test_app_demo(), .network = S("10.9.9.9")};
	EQ_INT(web_get(&visitor, str_z(t_arena, str_format(t_arena, "/hledat?orp=1&q=%s", longest()))).status, 400);
	for (size_t i = 0; web_route(i, NULL); i++) {
		const Route *route = web_route(i, NULL);
		if (route->method != GET)
			continue;
		Strs list = parameters_of(route);
		for (size_t n = 0; n < list.len; n++)
			try_long(&b, route, &list, n);
		arena_free(t_arena);
	}
}

static const char *long_value(size_t n) {
	(void)n;
	return longest();
}

TEST("web: fields of thousands of letters get an answer from every form, also where it comes back with a word about them") {
	static const char *const who[] = {"sit", "planovac"};
	for (size_t k = 0; k < LEN(who); k++) {
		Browser b = {.app = test_app_demo()};
		for (size_t i = 0; web_route(i, NULL); i++) {
			const Route *route = web_route(i, NULL);
			if (!is_tried(route))
				continue;
			stay_signed_in(&b, who[k], k + 100, i);
			Buf f = {0};
			fill_form(&f, route, long_value, 0);
			field(&f, S("next"), longest());
			Answer a = web_post(&b, web_filled(route, "1"), str_z(t_arena, buf_view(&f)));
			if (a.status >= 500)
				test_fail(__FILE__, __LINE__, "POST %s as %s answers %d to long fields", route->path, who[k], a.status);
			buf_free(&f);
			arena_free(t_arena);
		}
	}
}

/* The log tells such an address by its pattern (web/dispatch.c); under another name it would tell the secret. */
TEST("web: what stands in the address of a public form is a number, or it is called a token and stays out of the log") {
	static const char *const numbers[] = {"{id}", "{no}"};
	size_t seen = 0;
	EXPECT(test_app_empty() != NULL);
	for (size_t i = 0; web_route(i, NULL); i++) {
		const Route *route = web_route(i, NULL);
		if (route->method != POST || strcmp(route->capability, ANYONE) != 0 || !strchr(route->path, '{') || strstr(route->path, "{token}"))
			continue;
		Str path = str_c(route->path);
		for (size_t k = 0; k < LEN(numbers); k++)
			path = str_replace(t_arena, path, str_c(numbers[k]), S("1"));
		if (str_find_char(path, '{') >= 0)
			test_fail(__FILE__, __LINE__, "POST %s", route->path);
		seen++;
	}
	EXPECT(seen > 3);
}

TEST("web: a link to a record leads to a page that the reader may open: a town reads a line of the network without links to lists of the office") {
	App    *app = test_app_demo();
	Browser town = {.app = app}, office = {.app = app};
	i64     id = 0;
	web_sign_in(&town, "obec.jablonec@demo.invalid");
	web_sign_in(&office, "sit@demo.invalid");
	Str list = web_get(&office, "/app/sit/radky").body;
	i64 at = str_find(list, S("href=\"/app/sit/radky/"));
	while (at >= 0 && !id) {
		list = str_from(list, (size_t)at + 21);
		Str one = str_first(list, (size_t)(str_find(list, S("\"")) < 0 ? 0 : str_find(list, S("\""))));
		if (!str_to_int(one, &id))
			id = 0;
		at = str_find(list, S("href=\"/app/sit/radky/"));
	}
	EXPECT(id > 0);
	const char *page = str_z(t_arena, str_format(t_arena, "/app/sit/radky/%lld", (long long)id));
	EXPECT(str_has(web_get(&office, page).body, S("href=\"/app/sluzby/")));
	Answer a = web_get(&town, page);
	EQ_INT(a.status, 200);
	EXPECT(!str_has(a.body, S("href=\"/app/sluzby/")) && !str_has(a.body, S("href=\"/app/poskytovatele/")));
}

TEST("web: the page of checks may take longer than the slowest program that it asks for its version") {
	bool seen = false;
	EXPECT(test_app_empty() != NULL);
	for (size_t i = 0; web_route(i, NULL); i++) {
		const Route *route = web_route(i, NULL);
		if (strcmp(route->path, "/app/sprava/kontrola") != 0)
			continue;
		EXPECT(route->seconds > (int)print_version_tool.wall_seconds);
		seen = true;
	}
	EXPECT(seen);
}
