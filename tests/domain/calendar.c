/* The calendar: a year from templates, whose deadline is when, who may change what, reminders once. */
#include "core/access.h"
#include "core/history.h"
#include "domain/calendar/window.h"
#include "domain/people/people.h"
#include "domain/register/register.h"
#include "tests/support/web.h"

static const Date forever;

static Instant at_noon(Date d) {
	return prague_instant(d, 12 * 3600);
}

/* An empty region on 22 November 2026, noon. */
static Ctx given_calendar(App **app) {
	*app = test_app_empty();
	return ctx_make(t_arena, (*app)->db, &actor_program, at_noon(D(2026, 11, 22)));
}

static Actor person(const char *role, ScopeKind scope, Id ref) {
	Actor a = {.account = 7, .name = S("Jana Ukázková"), .grants = NEW(t_arena, Grant, .role = str_c(role), .scope = scope, .ref = ref), .grant_count = 1};
	access_prepare(&a);
	return a;
}

/* The same moment for somebody else. */
static Ctx as_actor(const Ctx *c, const Actor *actor) {
	return ctx_make(t_arena, c->db, actor, c->now);
}

static Str said(Ctx *c) {
	Str s = c->problems.len ? c->problems.at[c->problems.len - 1].text : (Str){0};
	c->problems = (Problems){0};
	return s;
}

#define REFUSED(call, code, part) \
	do { \
		EQ_INT((call), (code)); \
		Str refused_ = said(c); \
		if (!str_has(refused_, S(part))) \
			test_fail(__FILE__, __LINE__, "said \"%.*s\", which has no \"%s\"", STR_ARG(refused_), part); \
	} while (0)

static void given_year(Ctx *c, int year) {
	i64 made;
	MUST(window_make_year(c, year, &made));
	EQ_INT(made, 20);
}

static Window *the_window(Ctx *c, const char *template, int year) {
	Window *w;
	MUST(window_of(c, str_c(template), year, &w));
	EXPECT(w != NULL);
	return w;
}

static Str soft(Str s) {
	return str_replace(t_arena, s, S("\xC2\xA0"), S(" "));
}

/* ---- the year ---- */

TEST("calendar: the standard year of 2024 has the dates of the real one") {
	static const struct { const char *code, *opens, *closes; } want[] = {
		{"term_3", "čtvrtek 4. 1. 2024, 8:00", "pondělí 5. 2. 2024, konec dne"},
		{"network_call", "čtvrtek 1. 2. 2024, 8:00", "pátek 15. 3. 2024, 16:00"},
		{"network_statements", "", "úterý 2. 4. 2024, 16:00"},                       /* 31 March was Easter Sunday */
		{"vp_increase", "sobota 16. 3. 2024, 8:00", "úterý 2. 4. 2024, 14:00"},
		{"term_1", "pátek 31. 5. 2024, 8:00", "pondělí 1. 7. 2024, konec dne"},      /* 30 June was a Sunday */
		{"half_year", "neděle 30. 6. 2024, 8:00", "pondělí 2. 9. 2024, konec dne"},
		{"cofunding", "pondělí 12. 8. 2024, 8:00", "pátek 23. 8. 2024, 16:00"},      /* 5 August was a Monday itself */
		{"network_update", "úterý 17. 9. 2024, 8:00", "pondělí 30. 9. 2024, konec dne"},
		{"intentions_statements", "středa 4. 12. 2024, 8:00", "pondělí 16. 12. 2024, 16:00"},
		{"needs", "pondělí 1. 1. 2024, 0:00", "úterý 31. 12. 2024, konec dne"},
	};
	App *app;
	Ctx  c = given_calendar(&app);
	given_year(&c, 2024);
	for (size_t i = 0; i < LEN(want); i++) {
		Window *w = the_window(&c, want[i].code, 2024);
		EQ_STR(soft(w->opens_wording), str_c(want[i].opens));
		EQ_STR(soft(w->closes_wording), str_c(want[i].closes));
	}
	EQ_TEXT(soft(the_window(&c, "term_1", 2024)->closes_shift), "30. 6. 2024 je neděle → 1. 7. 2024");
	EXPECT(str_has(the_window(&c, "term_1", 2024)->closes_why, S("Pravidlo: 30. 6. 24:00.")));
	ctx_end(&c);
}

TEST("calendar: the co-funding of 2023 is open from 7 to 18 August, twelve days") {
	App *app;
	Ctx  c = given_calendar(&app);
	given_year(&c, 2023);
	Window *w = the_window(&c, "cofunding", 2023);
	EQ_INT(w->opens_at.ms, prague_instant(D(2023, 8, 7), 8 * 3600).ms);
	EQ_INT(w->closes_at.ms, prague_instant(D(2023, 8, 18), 16 * 3600).ms);
	ctx_end(&c);
}

TEST("calendar: a year made again makes nothing, and a preview stores nothing") {
	App *app;
	Ctx  c = given_calendar(&app);
	YearPlan plan;
	Windows  windows;
	i64      made;
	MUST(window_plan_year(&c, 2027, &plan));
	EQ_INT(plan.to_make, 20);
	EQ_INT(plan.len, 28);
	MUST(windows_read(&c, (WindowQuery){.year = 2027}, &windows));
	EQ_INT(windows.len, 0);
	given_year(&c, 2027);
	MUST(window_make_year(&c, 2027, &made));
	EQ_INT(made, 0);
	MUST(window_plan_year(&c, 2027, &plan));
	EQ_INT(plan.to_make, 0);
	ctx_end(&c);
}

static WindowTemplate *the_template(Ctx *c, const char *code) {
	void *row;
	MUST(entity_find(c, &window_template_entity, TODAY, "code", str_c(code), &row));
	return row;
}

TEST("calendar: a template changed from 2028 gives other windows from 2028 on") {
	App *app;
	Ctx  c = given_calendar(&app);
	WindowTemplate *t = the_template(&c, "network_call");
	t->closes_rule = S("31. 3. 12:00");
	MUST(history_change(&c, &window_template_entity, t, D(2028, 1, 1), forever));
	given_year(&c, 2027);
	given_year(&c, 2028);
	EQ_TEXT(soft(the_window(&c, "network_call", 2027)->closes_wording), "pondělí 15. 3. 2027, 16:00");
	EQ_TEXT(soft(the_window(&c, "network_call", 2028)->closes_wording), "pátek 31. 3. 2028, 12:00");
	ctx_end(&c);
}

TEST("calendar: a template with a rule that nobody understands is refused at its field") {
	App *app;
	Ctx  c_ = given_calendar(&app), *c = &c_;
	WindowTemplate *t = the_template(c, "network_call");
	t->closes_rule = S("někdy v březnu");
	REFUSED(history_change(c, &window_template_entity, t, D(2027, 1, 1), forever), ERR_INVALID, "Pravidlu nerozumíme");
	t->closes_rule = S("15. 3. 16:00");
	t->opens_rule = S("14 dnů po přijetí");
	REFUSED(history_change(c, &window_template_entity, t, D(2027, 1, 1), forever), ERR_INVALID, "začátek musí být den v roce");
	t->opens_rule = S("");
	REFUSED(history_change(c, &window_template_entity, t, D(2027, 1, 1), forever), ERR_INVALID, "doplňte začátek okna");
	t->opens_rule = S("1. 2.");
	t->link = S("javascript:alert(1)");
	REFUSED(history_change(c, &window_template_entity, t, D(2027, 1, 1), forever), ERR_INVALID, "Odkaz");
	t->link = S("//jinde.example");
	REFUSED(history_change(c, &window_template_entity, t, D(2027, 1, 1), forever), ERR_INVALID, "Odkaz");
	t->link = S("/sit/zadost");
	t->reminders = S("často");
	REFUSED(history_change(c, &window_template_entity, t, D(2027, 1, 1), forever), ERR_INVALID, "Připomínkám nerozumíme");
	ctx_end(c);
}

/* ---- days off ---- */

static void given_free_day(Ctx *c, Date day, const char *name) {
	FreeDay d = {.day = day, .name = str_c(name)};
	MUST(entity_insert(c, &free_day_entity, &d));
}

TEST("calendar: a day off of the region shifts what is made later; what was said before stays until somebody saves it") {
	App *app;
	Ctx  c_ = given_calendar(&app), *c = &c_;
	given_year(c, 2026);
	given_free_day(c, D(2026, 12, 3), "ředitelské volno");
	Window *w = the_window(c, "intentions", 2026);
	EQ_TEXT(soft(w->closes_wording), "čtvrtek 3. 12. 2026, 16:00");
	w->note = S("Poznámka, která termín nemění.");
	MUST(entity_update(c, &window_entity, w));
	EQ_TEXT(soft(the_window(c, "intentions", 2026)->closes_wording), "čtvrtek 3. 12. 2026, 16:00");
	w = the_window(c, "intentions", 2026);
	c->reason = S("Přibyl den volna.");
	MUST(window_change(c, w));
	w = the_window(c, "intentions", 2026);
	EQ_TEXT(soft(w->closes_wording), "pátek 4. 12. 2026, 16:00");
	EQ_TEXT(soft(w->closes_shift), "3. 12. 2026 je den volna (ředitelské volno) → 4. 12. 2026");
	ctx_end(c);
}

TEST("calendar: a day off on a Saturday and a cancelled holiday that is none are refused") {
	App *app;
	Ctx  c_ = given_calendar(&app), *c = &c_;
	REFUSED(entity_insert(c, &free_day_entity, &(FreeDay){.day = D(2026, 12, 5)}), ERR_INVALID, "soboty a neděle");
	REFUSED(entity_insert(c, &free_day_entity, &(FreeDay){.day = D(2026, 12, 3), .works = true}), ERR_INVALID, "žádný svátek není");
	MUST(entity_insert(c, &free_day_entity, &(FreeDay){.day = D(2026, 11, 17), .works = true}));
	DayCalendar days;
	MUST(deadline_days(c, &days));
	EXPECT(day_is_working(&days, D(2026, 11, 17)));
	Deadline d;
	MUST(deadline_from(c, "3 pd po podání", at_noon(D(2026, 11, 13)), &d));
	EXPECT(date_eq(d.day, D(2026, 11, 18)));
	ctx_end(c);
}

/* ---- changing ---- */

static Window *call(Ctx *c, const char *opens, const char *closes) {
	Window *w = entity_new(t_arena, &window_entity);
	w->year = 2026;
	w->kind = S(WINDOW_KIND_WINDOW);
	w->title = S("Mimořádná výzva");
	strs_add(t_arena, &w->audience, S("provider"));
	w->opens_rule = str_c(opens);
	w->closes_rule = str_c(closes);
	w->is_public = true;
	(void)c;
	return w;
}

TEST("calendar: a window is open from its first instant to the one before its deadline") {
	App *app;
	Ctx  c = given_calendar(&app);
	Window *w = call(&c, "16. 11. 8:00", "14. den od otevření 16:00");
	MUST(window_add(&c, w));
	EQ_TEXT(soft(w->closes_wording), "pondělí 30. 11. 2026, 16:00");             /* the 14th day is Sunday 29 */
	Instant opens = prague_instant(D(2026, 11, 16), 8 * 3600), closes = prague_instant(D(2026, 11, 30), 16 * 3600);
	EQ_INT(window_state(w, (Instant){opens.ms - 1}), WINDOW_PLANNED);
	EQ_INT(window_state(w, opens), WINDOW_OPEN);
	EQ_INT(window_state(w, (Instant){closes.ms - 1}), WINDOW_OPEN);
	EQ_INT(window_state(w, closes), WINDOW_CLOSED);
	ctx_end(&c);
}

TEST("calendar: a window that ends before it begins, or has rules that nobody understands, is refused") {
	App *app;
	Ctx  c_ = given_calendar(&app), *c = &c_;
	REFUSED(window_add(c, call(c, "16. 11. 8:00", "15. 11. 16:00 bez posunu")), ERR_INVALID, "není po začátku");
	REFUSED(window_add(c, call(c, "16. 11. 8:00", "brzy")), ERR_INVALID, "Pravidlu nerozumíme");
	REFUSED(window_add(c, call(c, "", "30. 11.")), ERR_INVALID, "doplňte začátek okna");
	Window *w = call(c, "16. 11.", "30. 11.");
	w->audience = (Strs){0};
	EQ_INT(window_add(c, w), ERR_INVALID);
	w = call(c, "16. 11.", "30. 11.");
	w->kind = S(WINDOW_KIND_DEMAND);
	REFUSED(window_add(c, w), ERR_INVALID, "Na vyžádání je jen vzor");
	ctx_end(c);
}

TEST("calendar: a change needs a reason, a deadline that passed stays, and two people do not overwrite each other") {
	App *app;
	Ctx  c_ = given_calendar(&app), *c = &c_;
	Actor officer = person("ANA", SCOPE_REGION, 0);
	Ctx   his_ = as_actor(c, &officer);
	MUST(window_add(c, call(c, "16. 11. 8:00", "30. 11. 16:00")));
	Windows all;
	MUST(windows_read(c, (WindowQuery){.year = 2026}, &all));
	Id id = all.at[0]->head.id;
	ctx_end(c);
	c = &his_;
	Window *first, *second;
	MUST(window_get(c, id, &first));
	MUST(window_get(c, id, &second));
	first->closes_rule = S("4. 12. 16:00");
	REFUSED(window_change(c, first), ERR_INVALID, "napište důvod");
	c->reason = S("Prodlouženo pro velký zájem.");
	MUST(window_change(c, first));
	second->title = S("Jiný název");
	EQ_INT(window_change(c, second), ERR_CONFLICT);
	c->problems = (Problems){0};
	MUST(window_get(c, id, &first));
	EQ_TEXT(soft(first->closes_wording), "pátek 4. 12. 2026, 16:00");
	c->now = at_noon(D(2026, 12, 5));
	first->closes_rule = S("18. 12. 16:00");
	REFUSED(window_change(c, first), ERR_CONFLICT, "už uplynul");
	MUST(window_get(c, id, &first));
	first->note = S("Vyhlášení výsledků v lednu.");
	MUST(window_change(c, first));
	ctx_end(c);
}

TEST("calendar: only those who may change and decide, and a coordinator may neither") {
	App *app;
	Ctx  c0 = given_calendar(&app);
	given_year(&c0, 2026);
	Id id = the_window(&c0, "intentions", 2026)->head.id;
	ctx_end(&c0);
	Actor coordinator = person("COO", SCOPE_DISTRICT, 3), analyst = person("ANA", SCOPE_REGION, 0), head = person("VED", SCOPE_REGION, 0);
	Ctx     c_ = as_actor(&c0, &coordinator), *c = &c_;
	Window *w;
	i64     made;
	MUST(window_get(c, id, &w));
	c->reason = S("Chci to jinak.");
	REFUSED(window_change(c, w), ERR_FORBIDDEN, "");
	REFUSED(window_make_year(c, 2028, &made), ERR_FORBIDDEN, "");
	REFUSED(window_add(c, call(c, "16. 11.", "30. 11.")), ERR_FORBIDDEN, "");
	REFUSED(window_cancel(c, id, 1, S("Není třeba.")), ERR_FORBIDDEN, "");
	ctx_end(c);
	Ctx an_ = as_actor(&c0, &analyst);
	c = &an_;
	REFUSED(window_cancel(c, id, 1, S("Není třeba.")), ERR_FORBIDDEN, "");
	REFUSED(window_except(c, id, (Respondent){SCOPE_PROVIDER, 5, S("Jilm")}, S("15. 12. 2026"), S("Nemoc účetní.")), ERR_FORBIDDEN, "");
	ctx_end(c);
	Ctx head_ = as_actor(&c0, &head);
	c = &head_;
	REFUSED(window_cancel(c, id, 1, S("")), ERR_INVALID, "napište důvod");
	MUST(window_cancel(c, id, 1, S("Záměry se letos nesbírají.")));
	REFUSED(window_cancel(c, id, 2, S("Ještě jednou.")), ERR_CONFLICT, "už je zrušené");
	MUST(window_get(c, id, &w));
	EQ_INT(window_state(w, c->now), WINDOW_CANCELLED);
	Windows live;
	MUST(windows_read(c, (WindowQuery){.year = 2026}, &live));
	for (size_t i = 0; i < live.len; i++)
		EXPECT(live.at[i]->head.id != id);
	ctx_end(c);
}

TEST("calendar: what is not for the public is seen by officers and by those whom it concerns, and by nobody else") {
	App *app;
	Ctx  c = given_calendar(&app);
	Window *w = call(&c, "16. 11.", "30. 11.");
	w->is_public = false;
	MUST(window_add(&c, w));
	ctx_end(&c);
	static const struct { const char *role; ScopeKind scope; bool sees; } who[] = {
		{"PRV", SCOPE_PROVIDER, true}, {"NET", SCOPE_REGION, true}, {"AUD", SCOPE_REGION, true}, {"MUN", SCOPE_MUNICIPALITY, false}, {"COO", SCOPE_DISTRICT, false},
	};
	for (size_t i = 0; i < LEN(who); i++) {
		Actor   a = person(who[i].role, who[i].scope, 1);
		Ctx     his = as_actor(&c, &a);
		Window *seen;
		Windows list;
		MUST(windows_read(&his, (WindowQuery){.year = 2026}, &list));
		EQ_INT(list.len, who[i].sees);
		EQ_INT(window_get(&his, w->head.id, &seen), who[i].sees ? OK : ERR_NOT_FOUND);
		ctx_end(&his);
	}
	Ctx     public = as_actor(&c, &actor_public);
	Windows list;
	MUST(windows_read(&public, (WindowQuery){.year = 2026}, &list));
	EQ_INT(list.len, 0);
	ctx_end(&public);
}

TEST("calendar: a person finds what concerns them: a provider the reports, everybody the comments, nobody the decisions of others") {
	App *app;
	Ctx  c = given_calendar(&app);
	given_year(&c, 2026);
	ctx_end(&c);
	Actor   provider = person("PRV", SCOPE_PROVIDER, 1);
	Ctx     his = as_actor(&c, &provider);
	Windows mine;
	bool    reports = false, comments = false, statements = false;
	MUST(windows_read(&his, (WindowQuery){.year = 2026, .mine = true}, &mine));
	for (size_t i = 0; i < mine.len; i++) {
		reports |= str_eq(mine.at[i]->template, S("term_1"));
		comments |= str_eq(mine.at[i]->template, S("action_plan_comments"));
		statements |= str_eq(mine.at[i]->template, S("intentions_statements"));
	}
	EXPECT(reports && comments && !statements);
	for (size_t i = 1; i < mine.len; i++)
		EXPECT(mine.at[i - 1]->closes_at.ms <= mine.at[i]->closes_at.ms);
	ctx_end(&his);
}

/* ---- feeds ---- */

TEST("calendar: every line of the iCalendar ends with CR LF, has at most 75 octets and whole characters, and unfolds to the whole text") {
	App *app;
	Ctx  c = given_calendar(&app);
	Window *w = call(&c, "16. 11. 8:00", "14. den od otevření 16:00");
	w->title = S("Řádně žluťoučký kůň; příliš dlouhý název, který se do jednoho řádku s jistotou nevejde \\ ani náhodou");
	MUST(window_add(&c, w));
	ctx_end(&c);
	Answer a = web_get(&(Browser){.app = app}, "/kalendar.ics");
	EQ_INT(a.status, 200);
	EXPECT(str_starts(a.body, S("BEGIN:VCALENDAR\r\n")) && str_ends(a.body, S("END:VCALENDAR\r\n")));
	Str rest = a.body;
	int lines = 0;
	while (rest.len) {
		Str line = str_cut(&rest, '\n');
		EXPECT(str_ends(line, S("\r")));
		EXPECT(line.len <= 76);                                                      /* with its CR */
		EXPECT(utf8_valid(line));
		lines++;
	}
	EXPECT(lines > 20);
	Str whole = str_replace(t_arena, a.body, S("\r\n "), S(""));
	EXPECT(str_has(whole, S("SUMMARY:Řádně žluťoučký kůň\\; příliš dlouhý název\\, který se do jednoho řádku s jistotou nevejde \\\\ ani náhodou\r\n")));
	EXPECT(str_has(whole, S("DTSTART:20261116T070000Z\r\n")));
	EXPECT(str_has(whole, S("DTEND:20261130T150000Z\r\n")));
	EXPECT(str_has(whole, S("SEQUENCE:0\r\n")));
	Answer again = web_get(&(Browser){.app = app}, "/kalendar.ics");
	EQ_STR(again.body, a.body);                                                      /* the same bytes while nothing changed */
}

TEST("calendar: a window that is not for the public is in no feed, whoever asks") {
	App *app;
	Ctx  c = given_calendar(&app);
	Window *w = call(&c, "16. 11.", "30. 11.");
	w->is_public = false;
	MUST(window_add(&c, w));
	ctx_end(&c);
	static const char *const feeds[] = {"/kalendar.ics", "/kalendar.atom", "/kalendar.json", "/kalendar"};
	for (size_t i = 0; i < LEN(feeds); i++) {
		Answer a = web_get(&(Browser){.app = app}, feeds[i]);
		EQ_INT(a.status, 200);
		EXPECT(!str_has(a.body, S("Mimořádná výzva")));
	}
}

/* ---- exceptions ---- */

TEST("calendar: an exception moves the deadline of one respondent and of nobody else, with the reason and the name") {
	App *app;
	Ctx  c0 = given_calendar(&app);
	given_year(&c0, 2026);
	Id id = the_window(&c0, "intentions", 2026)->head.id;
	ctx_end(&c0);
	Actor    head = person("VED", SCOPE_REGION, 0);
	Ctx      c_ = as_actor(&c0, &head), *c = &c_;
	Window  *w;
	Deadline d;
	bool     takes;
	Respondent jilm = {SCOPE_PROVIDER, 5, S("Jilm, p. o.")};
	REFUSED(window_except(c, id, jilm, S("15. 12. 2026"), S("")), ERR_INVALID, "napište důvod");
	REFUSED(window_except(c, id, jilm, S("15. 12."), S("Nemoc účetní.")), ERR_INVALID, "den i s rokem");
	REFUSED(window_except(c, id, jilm, S("10 dnů po přijetí"), S("Nemoc účetní.")), ERR_INVALID, "den i s rokem");
	REFUSED(window_except(c, id, jilm, S("1. 12. 2026"), S("Nemoc účetní.")), ERR_INVALID, "musí být pozdější");
	REFUSED(window_except(c, id, jilm, S("1. 1. 2026"), S("Nemoc účetní.")), ERR_INVALID, "už uplynul");
	MUST(window_except(c, id, jilm, S("12. 12. 2026 12:00"), S("Nemoc účetní.")));
	MUST(window_get(c, id, &w));
	MUST(window_deadline(c, w, SCOPE_PROVIDER, 5, &d));
	EQ_TEXT(soft(d.wording), "sobota 12. 12. 2026, 12:00");                      /* decided by people: it does not shift */
	EXPECT(str_has(soft(d.why), S("Výjimka: nový termín sobota 12. 12. 2026, 12:00; povoleno 22. 11. 2026, Jana Ukázková. Důvod: Nemoc účetní.")));
	EXPECT(str_has(d.why, w->closes_why));
	MUST(window_deadline(c, w, SCOPE_PROVIDER, 6, &d));
	EQ_INT(d.at.ms, w->closes_at.ms);
	MUST(window_deadline(c, w, SCOPE_MUNICIPALITY, 5, &d));
	EQ_INT(d.at.ms, w->closes_at.ms);
	MUST(window_takes(c, w, SCOPE_PROVIDER, 5, w->closes_at, &takes));
	EXPECT(takes);
	MUST(window_takes(c, w, SCOPE_PROVIDER, 6, w->closes_at, &takes));
	EXPECT(!takes);
	MUST(window_takes(c, w, SCOPE_PROVIDER, 6, (Instant){w->closes_at.ms - 1}, &takes));
	EXPECT(takes);
	MUST(window_takes(c, w, SCOPE_PROVIDER, 6, (Instant){w->opens_at.ms - 1}, &takes));
	EXPECT(!takes);
	REFUSED(window_except(c, id, jilm, S("12. 12. 2026"), S("")), ERR_INVALID, "napište důvod");
	MUST(window_except(c, id, jilm, S("18. 12. 2026"), S("Ještě jednou nemoc.")));       /* after the common one has another */
	MUST(window_deadline(c, w, SCOPE_PROVIDER, 5, &d));
	EQ_TEXT(soft(d.wording), "pátek 18. 12. 2026, konec dne");
	WindowExceptions list;
	MUST(window_exceptions(c, id, &list));
	EQ_INT(list.len, 2);
	ctx_end(c);
}

TEST("calendar: an exception is for somebody whom the store knows") {
	App *app;
	Ctx  c_ = given_calendar(&app), *c = &c_;
	Respondent who;
	Provider  *p = entity_new(t_arena, &provider_entity);
	p->name = S("Jilm, p. o.");
	p->ico = S("27000001");
	MUST(history_create(c, &provider_entity, p, D(2020, 1, 1), forever));
	MUST(window_respondent(c, S("provider"), S("270 000 01"), &who));
	EQ_INT(who.ref, p->head.id);
	EQ_TEXT(who.name, "Jilm, p. o.");
	REFUSED(window_respondent(c, S("provider"), S("27000012"), &who), ERR_INVALID, "s tímto IČO");
	REFUSED(window_respondent(c, S("provider"), S("Jilm"), &who), ERR_INVALID, "s tímto IČO");
	REFUSED(window_respondent(c, S("municipality"), S("Nikde"), &who), ERR_INVALID, "neznáme");
	REFUSED(window_respondent(c, S("region"), S("x"), &who), ERR_INVALID, "Druh respondenta");
	ctx_end(c);
}

/* ---- reminders ---- */

static Id holder(Ctx *c, const char *login, const char *role, ScopeKind scope, Id ref) {
	Id id;
	MUST(account_add(c, str_c(login), S("Někdo"), 0, &id));
	MUST(account_grant(c, id, str_c(role), scope, ref, D(2026, 1, 1), (Date){0}));
	MUST(account_set_password(c, id, S("modry-kocour-leze-dolu"), 0));           /* active from now on */
	return id;
}

static i64 remind_day(Ctx *c, Date day) {
	i64 sent;
	c->now = prague_instant(day, 9 * 3600);
	MUST(window_remind(c, prague_instant(date_add(day, -1), 9 * 3600), c->now, &sent));
	return sent;
}

static const Sql notices_of = {"test_notices_of", "SELECT COUNT(*) FROM notice WHERE account = $1 AND topic = 'calendar'", NULL};

static i64 notices(Ctx *c, Id account) {
	i64 n;
	MUST(db_get_int(ctx_conn(c), &notices_of, P(V(account)), 0, &n));
	return n;
}

TEST("reminders: D9: seven and two days before and on the last day, each person once, however often it is asked") {
	App *app;
	Ctx  c = given_calendar(&app);
	Id   provider = holder(&c, "a@example.org", "PRV", SCOPE_PROVIDER, 5), officer = holder(&c, "b@example.org", "MUN", SCOPE_MUNICIPALITY, 5);
	MUST(window_add(&c, call(&c, "9. 11. 8:00", "30. 11. 16:00")));
	EQ_INT(remind_day(&c, D(2026, 11, 22)), 0);
	EQ_INT(remind_day(&c, D(2026, 11, 23)), 1);
	EQ_INT(remind_day(&c, D(2026, 11, 23)), 0);
	EQ_INT(remind_day(&c, D(2026, 11, 24)), 0);
	EQ_INT(remind_day(&c, D(2026, 11, 28)), 1);
	EQ_INT(remind_day(&c, D(2026, 11, 30)), 1);
	EQ_INT(remind_day(&c, D(2026, 12, 1)), 0);                                   /* nobody said who is late */
	EQ_INT(remind_day(&c, D(2026, 12, 7)), 0);
	EQ_INT(notices(&c, provider), 3);
	EQ_INT(notices(&c, officer), 0);
	ctx_end(&c);
}

TEST("reminders: those that were missed while nobody ran are not sent after the deadline, nor before the window was open") {
	App *app;
	Ctx  c = given_calendar(&app);
	i64  sent;
	holder(&c, "a@example.org", "PRV", SCOPE_PROVIDER, 5);
	MUST(window_add(&c, call(&c, "26. 11. 8:00", "30. 11. 16:00")));
	c.now = at_noon(D(2026, 12, 1));
	MUST(window_remind(&c, at_noon(D(2026, 11, 1)), c.now, &sent));
	EQ_INT(sent, 0);
	c.now = at_noon(D(2026, 11, 29));
	MUST(window_remind(&c, at_noon(D(2026, 11, 1)), c.now, &sent));
	EQ_INT(sent, 1);                                                             /* −2 d; −7 d was before it opened */
	ctx_end(&c);
}

TEST("reminders: who has an exception is reminded of their own deadline; a cancelled window reminds nobody") {
	App *app;
	Ctx  c = given_calendar(&app);
	Id   one = holder(&c, "a@example.org", "PRV", SCOPE_PROVIDER, 5), other = holder(&c, "b@example.org", "PRV", SCOPE_PROVIDER, 6);
	Window *w = call(&c, "9. 11. 8:00", "30. 11. 16:00");
	MUST(window_add(&c, w));
	MUST(window_except(&c, w->head.id, (Respondent){SCOPE_PROVIDER, 5, S("Jilm")}, S("10. 12. 2026"), S("Nemoc účetní.")));
	EQ_INT(remind_day(&c, D(2026, 11, 30)), 1);
	EQ_INT(notices(&c, one), 0);
	EQ_INT(notices(&c, other), 1);
	EQ_INT(remind_day(&c, D(2026, 12, 8)), 1);
	EQ_INT(notices(&c, one), 1);
	MUST(window_cancel(&c, w->head.id, w->head.version, S("Není třeba.")));
	EQ_INT(remind_day(&c, D(2026, 12, 10)), 0);
	ctx_end(&c);
}

static Err one_waits(Ctx *c, const Window *w, bool *known, Respondents *ret) {
	(void)w;
	*known = true;
	*ret = (Respondents){NEW(c->arena, Respondent, .scope = SCOPE_PROVIDER, .ref = 6, .name = S("Jilm")), 1, 1};
	return OK;
}

TEST("reminders: when it is known who is late, only they are reminded, also afterwards, and in the end the head of the department learns of it") {
	App *app;
	Ctx  c = given_calendar(&app);
	Id   done = holder(&c, "a@example.org", "PRV", SCOPE_PROVIDER, 5), late = holder(&c, "b@example.org", "PRV", SCOPE_PROVIDER, 6);
	Id   head = holder(&c, "c@example.org", "VED", SCOPE_REGION, 0);
	MUST(window_add(&c, call(&c, "9. 11. 8:00", "30. 11. 16:00")));
	window_ask_waiting(one_waits);
	i64 sent[] = {remind_day(&c, D(2026, 11, 28)), remind_day(&c, D(2026, 12, 1)), remind_day(&c, D(2026, 12, 7))};
	window_ask_nobody();
	EQ_INT(sent[0], 1);
	EQ_INT(sent[1], 1);
	EQ_INT(sent[2], 2);
	EQ_INT(notices(&c, done), 0);
	EQ_INT(notices(&c, late), 3);
	EQ_INT(notices(&c, head), 1);
	ctx_end(&c);
}

static Err one_without_account(Ctx *c, const Window *w, bool *known, Respondents *ret) {
	*known = str_eq(w->title, S("Výzva"));
	*ret = (Respondents){NEW(c->arena, Respondent, .scope = SCOPE_PROVIDER, .ref = 66, .name = S("Bez účtu")), 1, 1};
	return OK;
}

static const Sql last_text = {"test_last_text", "SELECT text FROM notice WHERE account = $1 ORDER BY id DESC LIMIT 1", NULL};

TEST("reminders: the head learns by name who is late, also of those for whom nobody has an account; subjects answer for their own windows") {
	App *app;
	Ctx  c = given_calendar(&app);
	Id   head = holder(&c, "c@example.org", "VED", SCOPE_REGION, 0);
	Window *w = call(&c, "9. 11. 8:00", "30. 11. 16:00"), *other = call(&c, "9. 11. 8:00", "30. 11. 16:00");
	w->title = S("Výzva");
	other->title = S("Jiná výzva, o které nikdo neví");
	MUST(window_add(&c, w));
	MUST(window_add(&c, other));
	window_ask_waiting(one_without_account);
	window_ask_waiting(one_without_account);
	i64 sent[] = {remind_day(&c, D(2026, 12, 1)), remind_day(&c, D(2026, 12, 7))};
	window_ask_nobody();
	EQ_INT(sent[0], 0);
	EQ_INT(sent[1], 1);
	Rows r = db_query(ctx_conn(&c), &last_text, P(V(head)));
	EXPECT(rows_next(&r));
	EXPECT(str_has(col_text(&r, 0), S("Nesplněno: Bez účtu.")));
	EQ_INT(rows_end(&r), OK);
	ctx_end(&c);
}

TEST("reminders: a prolonged window reminds again, of the new deadline") {
	App *app;
	Ctx  c = given_calendar(&app);
	Id   provider = holder(&c, "a@example.org", "PRV", SCOPE_PROVIDER, 5);
	Window *w = call(&c, "9. 11. 8:00", "30. 11. 16:00");
	MUST(window_add(&c, w));
	EQ_INT(remind_day(&c, D(2026, 11, 28)), 1);
	w->closes_rule = S("4. 12. 16:00");
	c.reason = S("Prodlouženo pro velký zájem.");
	MUST(window_change(&c, w));
	EQ_INT(remind_day(&c, D(2026, 11, 30)), 0);
	EQ_INT(remind_day(&c, D(2026, 12, 2)), 1);
	EQ_INT(notices(&c, provider), 2);
	ctx_end(&c);
}
