#include "tests/domain/hearing_given.h"

#include "base/text.h"
#include "core/access.h"

static Arena people;

static const Actor *person(const char *name, Id account, const char *role, ScopeKind scope, Id ref) {
	Actor *a = NEW(&people, Actor, .account = account, .name = str_c(name), .grant_count = 1);
	a->grants = NEW(&people, Grant, .role = str_c(role), .scope = scope, .ref = ref);
	access_prepare(a);
	return a;
}

Hall given_hall(void) {
	Hall h = {.app = test_app_empty()};
	h.planner = person("Plánovačka", 1, "PLN", SCOPE_REGION, 0);
	h.head = person("Vedoucí", 2, "VED", SCOPE_REGION, 0);
	h.coordinator = person("Koordinátorka", 3, "COO", SCOPE_DISTRICT, 1);
	h.reader = person("Síťová", 4, "NET", SCOPE_REGION, 0);
	h.c = ctx_make(t_arena, h.app->db, &actor_program, prague_instant(D(2026, 11, 22), 9 * 3600));
	return h;
}

Ctx *hall_as(Hall *h, const Actor *who) {
	h->c.actor = who ? who : &actor_public;
	h->c.problems.len = 0;
	return &h->c;
}

Ctx *hall_at(Hall *h, Date day, int hour, int minute, int second) {
	const Actor *who = h->c.actor;
	ctx_end(&h->c);
	h->c = ctx_make(t_arena, h->app->db, who, prague_instant(day, hour * 3600 + minute * 60 + second));
	return &h->c;
}

Hearing *hearing_like(Hall *h, i64 capacity, i64 reserved) {
	Hearing *x = entity_new(h->c.arena, &hearing_entity);
	x->title = S("Projednání plánu");
	x->day = D(2026, 12, 16);
	x->starts = S("9:00");
	x->ends = S("11.00");
	x->building = S("Krajský úřad");
	x->room = S("3. patro, místnost 326a");
	x->capacity = capacity;
	x->reserved = reserved;
	x->policy = S("first_come");
	x->signup_day = D(2026, 12, 14);
	x->signup_time = S("12:00");
	x->contact = S("Koordinátor plánu");
	return x;
}

Id given_hearing(Hall *h, i64 capacity, i64 reserved) {
	Hearing *x = hearing_like(h, capacity, reserved);
	const Actor *before = h->c.actor;
	hall_as(h, h->planner);
	MUST(hearing_add(&h->c, x));
	MUST(workflow_do(&h->c, &hearing_machine, x->head.id, "publish", NULL));
	hall_as(h, before);
	return x->head.id;
}

static Str address_of(const char *name) {
	return str_cat(t_arena, str_lower_ascii(t_arena, text_slug(t_arena, str_c(name))), S("@example.org"));
}

Str asked(Hall *h, Id hearing, const char *name, const char *organisation) {
	SignupNew n = {.name = str_c(name), .organisation = str_c(organisation), .email = address_of(name), .consent = true};
	hall_as(h, NULL);
	Err e = signup_ask(&h->c, hearing, &n, S("192.0.2.1"));
	if (e != OK)
		test_fail(__FILE__, __LINE__, "%s: %.*s", name, STR_ARG(first_problem(&h->c)));
	return behind(letter_to(h, name), "/projednani/potvrzeni/");
}

Signup *signed_up(Hall *h, Id hearing, const char *name, const char *organisation) {
	Signup *s;
	MUST(signup_confirm(&h->c, asked(h, hearing, name, organisation), &s));
	return s;
}

Signup *signup_now(Hall *h, Id signup) {
	void *row;
	MUST(store_get(&h->c, &signup_entity, TODAY, signup, &row));
	return row;
}

Seats seats_of(Hall *h, Id hearing) {
	Seats s;
	MUST(hearing_seats(&h->c, hearing, &s));
	EQ_INT(s.capacity, s.free + s.reserved + s.taken);
	return s;
}

Str letter_to(Hall *h, const char *to) {
	static const Sql newest = {"test_letter_to", "SELECT body FROM mail_letter WHERE address LIKE $1 ORDER BY id DESC LIMIT 1", NULL};
	Str  pattern = str_cat(t_arena, text_slug(t_arena, str_c(to)), S("%"));
	Rows rows = db_query(ctx_conn(&h->c), &newest, P(V(pattern)));
	Str  s = rows_next(&rows) ? str_dup(t_arena, col_text(&rows, 0)) : (Str){0};
	MUST(rows_end(&rows));
	return s;
}

i64 letters_of(Hall *h, const char *kind) {
	static const Sql count = {"test_letters_of", "SELECT COUNT(*) FROM mail_letter WHERE kind = $1", NULL};
	i64 n;
	MUST(db_get_int(ctx_conn(&h->c), &count, P(V(str_c(kind))), 0, &n));
	return n;
}

Str behind(Str text, const char *word) {
	i64 at_word = str_find(text, str_c(word));
	if (at_word < 0)
		return (Str){0};
	Str rest = str_from(text, (size_t)at_word + strlen(word));
	return str_trim(str_cut(&rest, '\n'));
}
