#include "tests/domain/web_everybody.h"

#include "domain/people/demo.h"
#include "domain/people/people.h"
#include "domain/territory/territory.h"

static Somebody everybody[] = {
	{"spravce@demo.invalid", "ADM", NULL, {0}}, {"sit@demo.invalid", "NET", NULL, {0}}, {"vedouci@demo.invalid", "VED", NULL, {0}},
	{"analytik@demo.invalid", "ANA", NULL, {0}}, {"audit@demo.invalid", "AUD", NULL, {0}}, {"planovac@demo.invalid", "PLN", NULL, {0}},
	{"kks@demo.invalid", "KKS", NULL, {0}}, {"metodik@demo.invalid", "MET", NULL, {0}}, {"hodnotitel@demo.invalid", "HOD", NULL, {0}},
	{"ekonom@demo.invalid", "ECO", NULL, {0}}, {"platby@demo.invalid", "PAY", NULL, {0}}, {"zastupitel@demo.invalid", "ELE", NULL, {0}},
	{"registrace@demo.invalid", "REG", NULL, {0}},
	{"poskytovatel@demo.invalid", "PRV", NULL, {0}}, {"vedle.prv@demo.invalid", "PRV", "poskytovatel@demo.invalid", {0}},
	{"statutar@demo.invalid", "PSG", NULL, {0}}, {"soused@demo.invalid", "PSG", "statutar@demo.invalid", {0}},
	{"spravce.poskytovatele@demo.invalid", "PAD", NULL, {0}}, {"vedle.pad@demo.invalid", "PAD", "spravce.poskytovatele@demo.invalid", {0}},
	{"obec.jablonec@demo.invalid", "MUN", NULL, {0}}, {"vedle.mun@demo.invalid", "MUN", "obec.jablonec@demo.invalid", {0}},
	{"starosta.turnov@demo.invalid", "MSG", NULL, {0}}, {"vedle.msg@demo.invalid", "MSG", "starosta.turnov@demo.invalid", {0}},
	{"koordinator.tanvald@demo.invalid", "COO", NULL, {0}}, {"vedle.coo@demo.invalid", "COO", "koordinator.tanvald@demo.invalid", {0}},
	{"clen@demo.invalid", "GRP", NULL, {0}}, {"vedle.grp@demo.invalid", "GRP", "clen@demo.invalid", {0}},
	{"predseda@demo.invalid", "CHA", NULL, {0}}, {"vedle.cha@demo.invalid", "CHA", "predseda@demo.invalid", {0}},
};

/* The program, its store and its time as it is now. */
static Ctx begin(void) {
	return app_ctx(test_app_demo(), t_arena);
}

/* ---- neighbours ---- */

typedef struct Place { ScopeKind scope; Id ref, organisation; } Place;

static Place place_of(Ctx *c, const char *login) {
	Actor a;
	MUST(people_demo_actor(c, login, &a));
	EXPECT(a.grant_count == 1);
	return (Place){a.grants[0].scope, a.grants[0].ref, a.organisation};
}

static Id organisation(Ctx *c, const char *kind, const char *name, Id ref) {
	Organisation o = {.kind = str_c(kind), .name = str_c(name), .ref = ref ? ref : BLANK};
	MUST(entity_insert(c, &organisation_entity, &o));
	return o.head.id;
}

static void neighbour(Ctx *c, const char *login, const char *role, Place p) {
	MUST(people_demo_account(c, login, "Ten Odvedle", role, p.scope, p.ref, p.organisation));
}

static void move_in(Ctx *c) {
	void *row;
	size_t said = c->problems.len;
	if (entity_find(c, &account_entity, TODAY, "login", S("vedle.prv@demo.invalid"), &row) == OK)
		return;
	c->problems.len = said;
	c->actor = &actor_program;
	neighbour(c, "vedle.prv@demo.invalid", "PRV", place_of(c, "soused@demo.invalid"));
	neighbour(c, "vedle.pad@demo.invalid", "PAD", place_of(c, "soused@demo.invalid"));
	neighbour(c, "vedle.mun@demo.invalid", "MUN", place_of(c, "starosta.turnov@demo.invalid"));
	neighbour(c, "vedle.msg@demo.invalid", "MSG", place_of(c, "obec.jablonec@demo.invalid"));
	const Unit *turnov = territory_by_code(c, LEVEL_MUNICIPALITY, S("577626")), *district = turnov ? territory_above(c, turnov->id, LEVEL_DISTRICT, TODAY) : NULL;
	EXPECT(turnov && district);
	neighbour(c, "vedle.coo@demo.invalid", "COO", (Place){SCOPE_DISTRICT, district->id, organisation(c, "municipality", "Město Turnov, koordinace", turnov->id)});
	Id body = organisation(c, "body", "Pracovní skupina pro rodiny", 0);
	neighbour(c, "vedle.grp@demo.invalid", "GRP", (Place){SCOPE_BODY, body, body});
	neighbour(c, "vedle.cha@demo.invalid", "CHA", (Place){SCOPE_BODY, body, body});
}

/* ---- who they are ---- */

/* Tests before this one may have ended sessions, or made the last question of the password old. */
static void wake(Somebody *s, size_t number) {
	s->b.app = test_app_demo();
	s->b.network = str_format(&s->b.app->arena, "10.77.%zu.1", number);
	if (s->b.cookie.len && web_get(&s->b, "/app").status == 200)
		return;
	s->b.cookie = (Str){0};
	web_sign_in(&s->b, s->login);
}

Somebody *web_everybody(size_t *count) {
	static const Sql fresh = {"test_proved", "UPDATE session SET proved_at = $1", NULL};
	Ctx c = begin();
	move_in(&c);
	ctx_end(&c);
	for (size_t i = 0; i < LEN(everybody); i++)
		wake(&everybody[i], i);
	c = begin();
	Tx tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(db_run(c.conn, &fresh, P(V(c.now)), NULL));
	MUST(tx_commit(&tx));
	ctx_end(&c);
	*count = LEN(everybody);
	return everybody;
}

Somebody *web_somebody(const char *login) {
	size_t n;
	if (!everybody[0].b.cookie.len)
		web_everybody(&n);
	for (size_t i = 0; i < LEN(everybody); i++)
		if (strcmp(everybody[i].login, login) == 0)
			return &everybody[i];
	test_fail(__FILE__, __LINE__, "there is no %s", login);
}

bool web_may(Somebody *s, const char *capability) {
	if (strcmp(capability, ANYONE) == 0 || strcmp(capability, SIGNED_IN) == 0)
		return true;
	const Role *role = access_role(str_c(s->role));
	EXPECT(role != NULL);
	return access_role_has(role, capability);
}

Somebody *web_who_may(const char *capability) {
	size_t n;
	if (!everybody[0].b.cookie.len)
		web_everybody(&n);
	for (size_t i = 0; i < LEN(everybody); i++)
		if (web_may(&everybody[i], capability))
			return &everybody[i];
	return NULL;
}

/* ---- requests ---- */

const char *web_filled(const Route *route, const char *with) {
	CLEANUP(buf_free) Buf b = {0};
	for (const char *p = route->path; *p; p++) {
		if (*p != '{') {
			buf_char(&b, *p);
			continue;
		}
		buf_str(&b, str_c(with));
		p = strchr(p, '}');
	}
	return str_z(t_arena, buf_view(&b));
}

Str web_token(const Browser *b, const char *action) {
	Ctx          c = app_ctx(b->app, t_arena);
	Actor        actor;
	SessionInfo *session = NULL;
	if (b->cookie.len)
		MUST(people_auth.session_of(&c, str_from(b->cookie, 4), S(""), &actor, &session));
	HttpRequest http = {.path = str_c(action)};
	Req         probe = {.c = &c, .http = &http, .session = session};
	Str         token = str_dup(t_arena, csrf_token(&probe, str_c(action)));
	ctx_end(&c);
	return token;
}

/* ---- where pages lead ---- */

static bool has(const Strs *list, Str s) {
	for (size_t i = 0; i < list->len; i++)
		if (str_eq(list->at[i], s))
			return true;
	return false;
}

/* Values of an attribute that begin in the part for signed-in people. */
static void collect(Str body, Str attribute, Strs *list) {
	for (Str rest = body; rest.len;) {
		i64 at = str_find(rest, attribute);
		if (at < 0)
			return;
		rest = str_from(rest, (size_t)at + attribute.len - 4);
		Str tail = rest, value = str_cut(&tail, '"');
		value = str_cut(&value, '#');
		value = str_cut(&value, '?');
		if (!has(list, value))
			strs_add(t_arena, list, str_dup(t_arena, value));
	}
}

void web_walk(Browser *b, size_t most, Walk *ret) {
	*ret = (Walk){0};
	strs_add(t_arena, &ret->pages, S("/app"));
	for (size_t i = 0; i < ret->pages.len && i < most; i++) {
		Str s = ret->pages.at[i];
		if (str_ends(s, S(".csv")) || str_ends(s, S(".xlsx")) || str_ends(s, S(".json")))
			continue;
		Answer a = web_get(b, str_z(t_arena, s));
		if (a.status >= 500)
			test_fail(__FILE__, __LINE__, "%.*s answers %d", STR_ARG(s), a.status);
		collect(a.body, S("href=\"/app"), &ret->pages);
		collect(a.body, S("action=\"/app"), &ret->forms);
	}
}
