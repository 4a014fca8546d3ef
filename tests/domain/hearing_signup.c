/* Sign-ups: from the form to the door. */
#include "base/hash.h"
#include "base/text.h"
#include "core/person_data.h"
#include "core/trail.h"
#include "domain/people/people.h"
#include "tests/domain/hearing_given.h"

#define NOBODY "192.0.2.1"

static SignupNew person(const char *name, const char *email) {
	return (SignupNew){.name = str_c(name), .email = str_c(email), .consent = true};
}

static Str link_of(Hall *h, const Signup *s) {
	return signup_link(h->c.arena, s);
}

static i64 tick(Hall *h) {
	i64 moved;
	MUST(workflow_tick(hall_as(h, NULL), &moved));
	return moved;
}

/* ---- from the web ---- */

TEST("signup: a letter with a link confirms a seat; the link works once, clicked twice at once it leads to the same, and the store knows only its digest") {
	Hall hall = given_hall();
	Id   id = given_hearing(&hall, 2, 0);
	Str  token = asked(&hall, id, "Jana Nová", "Obec Ukázkov");
	Signup  *s;
	Hearing *h;
	static const Sql plain = {"test_plain_token", "SELECT COUNT(*) FROM signup_token WHERE digest = $1", NULL};
	i64 known;
	EQ_INT(token.len, 43);
	MUST(db_get_int(ctx_conn(&hall.c), &plain, P(db_value_bytes(token)), 0, &known));
	EQ_INT(known, 0);
	EQ_INT(seats_of(&hall, id).taken, 0);
	MUST(signup_by_token(&hall.c, token, &s, &h));
	EQ_TEXT(s->state, SIGNUP_UNCONFIRMED);
	MUST(signup_confirm(&hall.c, token, &s));
	EQ_TEXT(s->state, SIGNUP_CONFIRMED);
	EQ_INT(s->position, 1);
	EQ_INT(seats_of(&hall, id).taken, 1);
	Str code = signup_code_shown(t_arena, s->code);
	MUST(signup_confirm(&hall.c, token, &s));                  /* the same click again */
	EQ_TEXT(s->state, SIGNUP_CONFIRMED);
	EQ_INT(letters_of(&hall, "hearing.confirmed"), 1);
	EQ_INT(signup_by_token(&hall.c, S("nesmysl"), &s, &h), ERR_GONE);
	hall_at(&hall, D(2026, 11, 22), 9, 10, 0);
	EQ_INT(signup_confirm(&hall.c, token, &s), ERR_GONE);
	EQ_INT(seats_of(&hall, id).taken, 1);
	Str letter = letter_to(&hall, "Jana Nová");
	EXPECT(str_has(letter, code));
	EXPECT(str_has(letter, S("/projednani/prihlaska/")) && str_has(letter, S("kalendar.ics")));
	ctx_end(&hall.c);
}

TEST("signup: two people confirm for the last seat: one has it, the other waits, and the place in the order never changes") {
	Hall hall = given_hall();
	Id   id = given_hearing(&hall, 1, 0);
	Str  first = asked(&hall, id, "Jana Nová", ""), second = asked(&hall, id, "Petr Starý", ""), third = asked(&hall, id, "Ivan Malý", "");
	Signup *s;
	i64     place;
	MUST(signup_confirm(&hall.c, second, &s));                /* who confirms first sits, whoever signed up first */
	EQ_TEXT(s->state, SIGNUP_CONFIRMED);
	MUST(signup_confirm(&hall.c, third, &s));
	EQ_TEXT(s->state, SIGNUP_WAITLISTED);
	MUST(signup_place(&hall.c, s, &place));
	EQ_INT(place, 1);
	MUST(signup_confirm(&hall.c, first, &s));
	MUST(signup_place(&hall.c, s, &place));
	EQ_INT(place, 2);
	EQ_INT(s->position, 3);
	EXPECT(str_has(letter_to(&hall, "Jana Nová"), S("Vaše pořadí: 2.")));
	ctx_end(&hall.c);
}

TEST("signup: a second before the last hour is in time, at the hour it is not; what came in time may be confirmed later") {
	Hall hall = given_hall();
	Id   id = given_hearing(&hall, 5, 0);
	hall_at(&hall, D(2026, 12, 14), 11, 59, 59);
	Str token = asked(&hall, id, "Jana Nová", "");
	hall_at(&hall, D(2026, 12, 14), 12, 0, 0);
	SignupNew n = person("Petr Starý", "petr@example.org");
	REFUSED_WITH(signup_ask(hall_as(&hall, NULL), id, &n, S(NOBODY)), ERR_CONFLICT, "Přihlašování skončilo");
	Signup *s;
	EQ_INT(tick(&hall), 1);
	hall_at(&hall, D(2026, 12, 15), 9, 0, 0);
	MUST(signup_confirm(&hall.c, token, &s));
	EQ_TEXT(s->state, SIGNUP_CONFIRMED);
	ctx_end(&hall.c);
}

TEST("signup: after 48 hours the link is over and nothing tells any more who it was") {
	Hall hall = given_hall();
	Id   id = given_hearing(&hall, 5, 0);
	Str  token = asked(&hall, id, "Jana Nová", "Obec Ukázkov");
	Signup  *s;
	Hearing *h;
	MUST(signup_by_token(&hall.c, token, &s, &h));
	Id signup = s->head.id;
	hall_at(&hall, D(2026, 11, 24), 8, 59, 59);
	MUST(signup_by_token(&hall.c, token, &s, &h));
	EQ_INT(tick(&hall), 0);
	hall_at(&hall, D(2026, 11, 24), 9, 0, 0);
	EQ_INT(signup_confirm(&hall.c, token, &s), ERR_GONE);
	EQ_INT(tick(&hall), 1);
	s = signup_now(&hall, signup);
	EQ_TEXT(s->state, SIGNUP_EXPIRED);
	EQ_INT(s->name.len + s->organisation.len + s->email.len, 0);
	EXPECT(s->shredded_at.ms);
	ctx_end(&hall.c);
}

TEST("signup: a link in the last two days holds until the hearing begins") {
	Hall hall = given_hall();
	Id   id = given_hearing(&hall, 5, 0);
	hall_at(&hall, D(2026, 12, 14), 11, 0, 0);
	Str token = asked(&hall, id, "Jana Nová", "");
	Signup *s;
	hall_at(&hall, D(2026, 12, 16), 9, 0, 0);
	EQ_INT(signup_confirm(&hall.c, token, &s), ERR_GONE);
	ctx_end(&hall.c);
}

TEST("signup: the page says the same whether somebody has signed up already; the letter says what is true") {
	Hall hall = given_hall();
	Id   id = given_hearing(&hall, 5, 0);
	(void)signed_up(&hall, id, "Jana Nová", "");
	SignupNew again = person("JANA nova", "jana-nova@example.org");
	MUST(signup_ask(hall_as(&hall, NULL), id, &again, S(NOBODY)));
	EQ_INT(letters_of(&hall, "hearing.already"), 1);
	EQ_INT(letters_of(&hall, "hearing.confirm"), 1);
	SignupNew partner = person("Karel Nový", "jana-nova@example.org");              /* one address, two people */
	MUST(signup_ask(&hall.c, id, &partner, S(NOBODY)));
	EQ_INT(letters_of(&hall, "hearing.confirm"), 2);
	MUST(signup_ask(&hall.c, id, &partner, S(NOBODY)));                             /* not confirmed yet: another link, no other sign-up */
	EQ_INT(letters_of(&hall, "hearing.confirm"), 3);
	Signups list;
	MUST(signup_list(hall_as(&hall, hall.planner), id, (Str){0}, &list));
	EQ_INT(list.len, 2);
	ctx_end(&hall.c);
}

TEST("signup: more of one address than the region allows sends nothing and says nothing; too many an hour is refused") {
	Hall hall = given_hall();
	Id   id = given_hearing(&hall, 50, 0);
	hall_as(&hall, NULL);
	for (int i = 0; i < 7; i++) {
		SignupNew n = person(str_z(t_arena, str_format(t_arena, "Člověk %d", i)), "urad@example.org");
		MUST(signup_ask(&hall.c, id, &n, S(NOBODY)));
	}
	EQ_INT(letters_of(&hall, "hearing.confirm"), 5);
	for (int i = 0; i < 3; i++) {
		SignupNew n = person("Někdo Další", "urad@example.org");
		MUST(signup_ask(&hall.c, id, &n, S(NOBODY)));
	}
	SignupNew n = person("Někdo Další", "urad@example.org");
	REFUSED_WITH(signup_ask(&hall.c, id, &n, S("198.51.100.1")), ERR_RATE, "příliš mnoho");
	ctx_end(&hall.c);
}

TEST("signup: what is missing or cannot be is refused at its field, in whole sentences") {
	Hall hall = given_hall();
	Id   id = given_hearing(&hall, 5, 0);
	hall_as(&hall, NULL);
	SignupNew n = {.name = S("X"), .email = S("kdesi")};
	EQ_INT(signup_ask(&hall.c, id, &n, S(NOBODY)), ERR_INVALID);
	EQ_INT(hall.c.problems.len, 3);
	EQ_STR(str_c(hall.c.problems.at[0].field), S("name"));
	EQ_STR(str_c(hall.c.problems.at[1].field), S("email"));
	EQ_STR(str_c(hall.c.problems.at[2].field), S("consent"));
	EQ_INT(letters_of(&hall, "hearing.confirm"), 0);
	ctx_end(&hall.c);
}

/* ---- the signed link ---- */

TEST("signup: by the signed link one changes the data and gives up the seat, which goes to the first who waits, and on and on") {
	Hall hall = given_hall();
	Id   id = given_hearing(&hall, 1, 0);
	Signup *all[4];
	static const char *const names[] = {"Jana Nová", "Petr Starý", "Ivan Malý", "Eva Velká"};
	for (int i = 0; i < 4; i++)
		all[i] = signed_up(&hall, id, names[i], "");
	for (int i = 0; i < 3; i++) {
		MUST(signup_withdraw(hall_as(&hall, NULL), link_of(&hall, all[i])));
		EQ_TEXT(signup_now(&hall, all[i]->head.id)->state, SIGNUP_CANCELLED);
		EQ_TEXT(signup_now(&hall, all[i + 1]->head.id)->state, SIGNUP_CONFIRMED);
		EXPECT(str_has(letter_to(&hall, names[i + 1]), S("uvolnilo se místo")));
		EQ_INT(seats_of(&hall, id).taken, 1);
	}
	SignupNew n = {.name = S("Eva Malá"), .phone = S("485 226 111"), .question = S("Potřebuji tlumočení.")};
	MUST(signup_edit(&hall.c, link_of(&hall, all[3]), &n));
	Signup *eva = signup_now(&hall, all[3]->head.id);
	EQ_TEXT(eva->name, "Eva Malá");
	EQ_TEXT(eva->email, "eva-velka@example.org");
	MUST(signup_withdraw(&hall.c, link_of(&hall, all[3])));
	EQ_INT(seats_of(&hall, id).free, 1);
	EQ_INT(signup_withdraw(&hall.c, link_of(&hall, all[3])), ERR_CONFLICT);
	ctx_end(&hall.c);
}

TEST("signup: a link that was changed in one letter, or is of another sign-up, opens nothing") {
	Hall hall = given_hall();
	Id   id = given_hearing(&hall, 5, 0);
	Signup  *a = signed_up(&hall, id, "Jana Nová", ""), *b = signed_up(&hall, id, "Petr Starý", ""), *s;
	Hearing *h;
	char    *text = str_z(t_arena, link_of(&hall, a));
	MUST(signup_by_link(&hall.c, str_c(text), &s, &h));
	char *last = text + strlen(text) - 2;
	*last = *last == 'A' ? 'B' : 'A';
	EQ_INT(signup_by_link(&hall.c, str_c(text), &s, &h), ERR_GONE);
	Str other = link_of(&hall, a), rest = other;
	(void)str_cut(&rest, '-');
	EQ_INT(signup_by_link(&hall.c, str_format(t_arena, "%lld-%.*s", (long long)b->head.id, STR_ARG(rest)), &s, &h), ERR_GONE);
	EQ_INT(signup_by_link(&hall.c, S("99999-x"), &s, &h), ERR_GONE);
	EQ_INT(signup_by_link(&hall.c, S(""), &s, &h), ERR_GONE);
	ctx_end(&hall.c);
}

TEST("signup: seats are given up until the hearing begins; the program promotes until sign-up closes, later an officer does, in order") {
	Hall hall = given_hall();
	Id   id = given_hearing(&hall, 1, 0);
	Signup *a = signed_up(&hall, id, "Jana Nová", ""), *b = signed_up(&hall, id, "Petr Starý", ""), *third = signed_up(&hall, id, "Ivan Malý", ""), *s;
	hall_at(&hall, D(2026, 12, 14), 12, 0, 0);
	(void)tick(&hall);
	MUST(signup_withdraw(&hall.c, link_of(&hall, a)));
	EQ_TEXT(signup_now(&hall, b->head.id)->state, SIGNUP_WAITLISTED);
	EQ_INT(workflow_do(hall_as(&hall, hall.planner), &signup_machine, third->head.id, "admit", NULL), ERR_INVALID);
	EXPECT(str_has(first_problem(&hall.c), S("Před ním čeká někdo jiný")));
	MUST(signup_admit(hall_as(&hall, hall.planner), id, &s));
	EQ_INT(s->head.id, b->head.id);
	EQ_INT(signup_admit(hall_as(&hall, hall.planner), id, &s), ERR_CONFLICT);
	EQ_INT(signup_admit(hall_as(&hall, hall.coordinator), id, &s), ERR_NOT_FOUND);
	hall_at(&hall, D(2026, 12, 16), 9, 0, 0);
	EQ_INT(signup_withdraw(hall_as(&hall, NULL), link_of(&hall, b)), ERR_INVALID);
	ctx_end(&hall.c);
}

/* ---- quotas ---- */

static Id given_quota(Hall *hall, i64 seats, i64 quota) {
	hall_as(hall, hall->planner);
	Hearing *x = hearing_like(hall, seats, 0);
	x->policy = S("per_organisation");
	x->quota = quota;
	MUST(hearing_add(&hall->c, x));
	MUST(workflow_do(&hall->c, &hearing_machine, x->head.id, "publish", NULL));
	return x->head.id;
}

TEST("signup: whoever is over the quota of the organisation waits, holds up nobody else, and moves up when the organisation has room") {
	Hall hall = given_hall();
	Id   id = given_quota(&hall, 4, 2);
	Signup *a = signed_up(&hall, id, "Člověk Jedna", "Město Ukázkov"), *b = signed_up(&hall, id, "Člověk Dva", "MĚSTO  UKÁZKOV"),
	       *over = signed_up(&hall, id, "Člověk Tři", "mesto ukazkov"), *other = signed_up(&hall, id, "Jiný Člověk", "Obec Jinde");
	EQ_TEXT(a->state, SIGNUP_CONFIRMED);
	EQ_TEXT(b->state, SIGNUP_CONFIRMED);
	EQ_TEXT(over->state, SIGNUP_WAITLISTED);
	EQ_TEXT(other->state, SIGNUP_CONFIRMED);
	EQ_INT(seats_of(&hall, id).free, 1);
	SignupNew moved = {.name = S("Člověk Tři"), .organisation = S("Obec Jinde")};
	REFUSED_WITH(signup_edit(&hall.c, link_of(&hall, over), &moved), ERR_INVALID, "Organizaci tady změnit nejde");
	MUST(signup_withdraw(&hall.c, link_of(&hall, a)));
	EQ_TEXT(signup_now(&hall, over->head.id)->state, SIGNUP_CONFIRMED);
	ctx_end(&hall.c);
}

TEST("signup: people without an organisation share no quota; an officer gives the rest of the seats without regard to it") {
	Hall hall = given_hall();
	Id   id = given_quota(&hall, 5, 1);
	Signup *s;
	for (int i = 0; i < 3; i++)
		EQ_TEXT(signed_up(&hall, id, str_z(t_arena, str_format(t_arena, "Občan %d", i)), "")->state, SIGNUP_CONFIRMED);
	(void)signed_up(&hall, id, "Člověk Jedna", "Město");
	Signup *over = signed_up(&hall, id, "Člověk Dva", "Město");
	EQ_TEXT(over->state, SIGNUP_WAITLISTED);
	MUST(signup_admit(hall_as(&hall, hall.planner), id, &s));
	EQ_INT(s->head.id, over->head.id);
	ctx_end(&hall.c);
}

/* ---- the office ---- */

TEST("signup: the clerk's entry by phone has a seat or waits at once, may take a reserved seat, and a reserved seat comes back as one") {
	Hall hall = given_hall();
	Id   id = given_hearing(&hall, 2, 1), by_phone, guest, late;
	SignupNew n = {.name = S("Marie Telefonická"), .phone = S("485226111"), .consent = true}, g = {.name = S("Host Vzácný"), .email = S("host@example.org"), .consent = true};
	MUST(signup_record(hall_as(&hall, hall.planner), id, &n, S("phone"), false, &by_phone));
	EQ_TEXT(signup_now(&hall, by_phone)->state, SIGNUP_CONFIRMED);
	MUST(signup_record(&hall.c, id, &g, S("email"), true, &guest));
	EQ_INT(seats_of(&hall, id).reserved, 0);
	EQ_INT(letters_of(&hall, "hearing.confirmed"), 1);
	REFUSED_WITH(signup_record(&hall.c, id, &g, S("email"), true, &late), ERR_INVALID, "Vyhrazené místo už žádné");
	MUST(signup_record(&hall.c, id, &n, S("phone"), false, &late));
	EQ_TEXT(signup_now(&hall, late)->state, SIGNUP_WAITLISTED);
	MUST(signup_cancel(&hall.c, guest, S("Host se omluvil.")));
	EXPECT(str_has(letter_to(&hall, "host"), S("Host se omluvil.")));
	EQ_INT(seats_of(&hall, id).reserved, 1);
	EQ_TEXT(signup_now(&hall, late)->state, SIGNUP_WAITLISTED);
	EQ_INT(signup_record(hall_as(&hall, hall.reader), id, &n, S("phone"), false, &late), ERR_FORBIDDEN);
	EQ_INT(signup_record(hall_as(&hall, hall.coordinator), id, &n, S("phone"), false, &late), ERR_NOT_FOUND);
	ctx_end(&hall.c);
}

TEST("signup: codes have no letter that looks like another, and are read however they are typed") {
	Hall hall = given_hall();
	Id   id = given_hearing(&hall, 50, 0);
	for (int i = 0; i < 20; i++) {
		Id signup;
		SignupNew n = {.name = str_format(t_arena, "Člověk %d", i), .consent = true};
		MUST(signup_record(hall_as(&hall, hall.planner), id, &n, S("phone"), false, &signup));
		Str code = signup_now(&hall, signup)->code, shown = signup_code_shown(t_arena, code);
		EQ_INT(code.len, 6);
		EQ_INT(shown.len, 7);
		for (size_t k = 0; k < code.len; k++)
			EXPECT(!strchr("BGIOQSVLUZ012568", code.ptr[k]) || code.ptr[k] == 'U');
		EQ_STR(signup_code_read(t_arena, str_lower_ascii(t_arena, shown)), code);
		EQ_STR(signup_code_read(t_arena, str_format(t_arena, " %.2s %.4s ", code.ptr, code.ptr + 2)), code);
	}
	static const char *const bad[] = {"", "ACD", "ACD34799", "ACD-30O", "ACD 34 7 9", "ŽŽŽŽŽŽ"};
	for (size_t i = 0; i < LEN(bad); i++)
		EQ_INT(signup_code_read(t_arena, str_c(bad[i])).len, 0);
	ctx_end(&hall.c);
}

TEST("signup: at the door a code is noted once, on the day; who was not noted did not come") {
	Hall hall = given_hall();
	Id   id = given_hearing(&hall, 2, 0);
	Signup *a = signed_up(&hall, id, "Jana Nová", ""), *b = signed_up(&hall, id, "Petr Starý", ""), *w = signed_up(&hall, id, "Ivan Malý", ""), *s;
	hall_at(&hall, D(2026, 12, 15), 23, 0, 0);
	(void)tick(&hall);
	EQ_INT(signup_check_in(hall_as(&hall, hall.planner), id, a->code, &s), ERR_INVALID);
	hall_at(&hall, D(2026, 12, 16), 8, 30, 0);
	MUST(signup_check_in(hall_as(&hall, hall.planner), id, signup_code_shown(t_arena, a->code), &s));
	REFUSED_WITH(signup_check_in(&hall.c, id, a->code, &s), ERR_INVALID, "už je zapsaná");
	REFUSED_WITH(signup_check_in(&hall.c, id, w->code, &s), ERR_INVALID, "čeká na místo");
	REFUSED_WITH(signup_check_in(&hall.c, id, S("xyz"), &s), ERR_INVALID, "Kód má šest znaků");
	MUST(signup_check_in(&hall.c, id, b->code, &s));
	MUST(signup_undo_check_in(&hall.c, b->head.id));
	EQ_TEXT(signup_now(&hall, b->head.id)->state, SIGNUP_CONFIRMED);
	EQ_INT(signup_check_in(hall_as(&hall, hall.reader), id, b->code, &s), ERR_FORBIDDEN);
	hall_at(&hall, D(2026, 12, 16), 11, 0, 0);
	MUST(workflow_do(hall_as(&hall, hall.planner), &hearing_machine, id, "hold", NULL));
	EQ_TEXT(signup_now(&hall, a->head.id)->state, SIGNUP_ATTENDED);
	EQ_TEXT(signup_now(&hall, b->head.id)->state, SIGNUP_NO_SHOW);
	EQ_TEXT(signup_now(&hall, w->head.id)->state, SIGNUP_WAITLISTED);
	ctx_end(&hall.c);
}

TEST("signup: reminders go once, to those with a seat and an address, within the days that the region chose") {
	Hall hall = given_hall();
	Id   id = given_hearing(&hall, 1, 0);
	i64  sent;
	(void)signed_up(&hall, id, "Jana Nová", "");
	(void)signed_up(&hall, id, "Petr Starý", "");
	hall_at(&hall, D(2026, 12, 14), 8, 59, 59);
	MUST(signup_remind(hall_as(&hall, NULL), &sent));
	EQ_INT(sent, 0);
	hall_at(&hall, D(2026, 12, 14), 9, 0, 0);
	MUST(signup_remind(&hall.c, &sent));
	EQ_INT(sent, 1);
	MUST(signup_remind(&hall.c, &sent));
	EQ_INT(sent, 0);
	EXPECT(str_has(letter_to(&hall, "Jana Nová"), S("připomínáme")));
	ctx_end(&hall.c);
}

/* ---- forgetting ---- */

static i64 personal_values(Hall *h) {
	static const Sql count = {"test_trail_values", "SELECT COUNT(*) FROM trail_value", NULL};
	i64 n;
	MUST(db_get_int(ctx_conn(&h->c), &count, NULL, 0, 0, &n));
	return n;
}

TEST("signup: sixty days after the hearing names are gone from rows and trail, counts and seats stay") {
	Hall hall = given_hall();
	Id   id = given_hearing(&hall, 1, 0);
	Signup *a = signed_up(&hall, id, "Jana Nová", "Obec"), *b = signed_up(&hall, id, "Petr Starý", "");
	Str     link = link_of(&hall, a);
	i64     removed, count;
	RetentionSamples samples;
	Signup  *s;
	Hearing *h;
	Instant ended = prague_instant(D(2026, 12, 16), 11 * 3600);
	hall_as(&hall, NULL);
	hall.c.actor = &actor_program;
	MUST(hearing_retention[0].look(&hall.c, ended, &count, &samples));
	EQ_INT(count, 0);
	MUST(hearing_retention[0].look(&hall.c, (Instant){ended.ms + 1}, &count, &samples));
	EQ_INT(count, 2);
	EXPECT(samples.len == 1 && personal_values(&hall) > 0);
	MUST(hearing_retention[0].run(&hall.c, (Instant){ended.ms + 1}, &removed));
	EQ_INT(removed, 2);
	EQ_INT(personal_values(&hall), 0);
	a = signup_now(&hall, a->head.id);
	EQ_INT(a->name.len + a->email.len + a->organisation.len, 0);
	EQ_TEXT(a->state, SIGNUP_CONFIRMED);
	EQ_TEXT(signup_now(&hall, b->head.id)->state, SIGNUP_WAITLISTED);
	EQ_INT(seats_of(&hall, id).taken, 1);
	EQ_INT(signup_by_link(&hall.c, link, &s, &h), ERR_GONE);
	MUST(hearing_retention[0].run(&hall.c, (Instant){ended.ms + 1}, &removed));
	EQ_INT(removed, 0);
	TrailVerdict v;
	MUST(trail_verify(&hall.c, &v));
	EQ_INT(v.broken_seq, 0);
	ctx_end(&hall.c);
}

TEST("signup: a person with an account gets their sign-ups out, and their erasure frees the seat for the next") {
	Hall hall = given_hall();
	Id   id = given_hearing(&hall, 1, 0), account;
	i64  erased;
	hall.c.actor = &actor_program;
	MUST(account_add(&hall.c, S("jana-nova@example.org"), S("Jana Nová"), 0, &account));
	Signup *a = signed_up(&hall, id, "Jana Nová", ""), *b = signed_up(&hall, id, "Petr Starý", "");
	hall.c.actor = &actor_program;
	CLEANUP(buf_free) Buf out = {0};
	JsonWriter w = {.out = &out};
	MUST(hearing_person_data[0].export(&hall.c, account, &w));
	EXPECT(str_has(buf_view(&out), S("Projednání plánu")) && !str_has(buf_view(&out), S("Petr")));
	Tx tx = {0};
	MUST(tx_begin(&hall.c, &tx));
	MUST(person_data_erase(&hall.c, account, &erased));
	MUST(tx_commit(&tx));
	EXPECT(erased > 1);
	EQ_INT(signup_now(&hall, a->head.id)->name.len, 0);
	EQ_TEXT(signup_now(&hall, b->head.id)->state, SIGNUP_CONFIRMED);
	ctx_end(&hall.c);
}
