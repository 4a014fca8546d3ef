/* Letters, notices and tasks in a store that fails: refused as a whole, with a sentence. */
#include "core/mail_admin.h"
#include "core/person_data.h"
#include "core/settings.h"
#include "core/task.h"
#include "tests/domain/mail_given.h"
#include "tests/support/faults.h"

static Id    person, letter;
static Actor jana;

static Err in_one(Ctx *c, Err (*act)(Ctx *c)) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(act(c));
	return tx_commit(&tx);
}

static Err write_letter(Ctx *c) { return mail_add(c, "test.news", 0, S("jana@example.org"), (MailHole[]){{"co", S("x")}}, 1); }
static Err add_letter(Ctx *c) { return in_one(c, write_letter); }
static Err list_letters(Ctx *c) {
	LetterRows rows;
	TRY(letters_list(c, (LetterQuery){.limit = 10}, &rows));
	letter = rows.len ? rows.at[0].id : 0;
	return OK;
}
static Err cancel_letter(Ctx *c) { return letter_cancel(c, letter); }
static Err send_letter_again(Ctx *c) { return letter_again(c, letter); }
static Err look_at_mail(Ctx *c) {
	MailHealth h;
	setting_text(c, "region.name");
	return c->problems.len ? ERR_BUSY : mail_health(c, &h);      /* settings that cannot be read are the standard ones, and that is said */
}
static Err list_bounces(Ctx *c) {
	BounceRows rows;
	return bounces_list(c, 10, &rows);
}
static Err set_text(Ctx *c) { return mail_text_set(c, mail_kind_find(S("test.news")), S("Nové: {co}"), S("Jinak: {co}")); }
static Err reset_text(Ctx *c) { return mail_text_reset(c, mail_kind_find(S("test.news"))); }
static Err keep_log(Ctx *c) {
	i64 n;
	return mail_keep_log(c, (Instant){c->now.ms + 1000}, &n);
}

TEST("faults: letters are written, stopped, sent again and forgotten whole or not at all") {
	Ctx c = given_mail();
	SURVIVES(add_letter);
	SURVIVES(list_letters);
	EXPECT(letter > 0);
	SURVIVES(cancel_letter);
	SURVIVES(send_letter_again);
	SURVIVES(look_at_mail);
	SURVIVES(list_bounces);
	SURVIVES(set_text);
	SURVIVES(reset_text);
	SURVIVES(keep_log);
}

static Err tell(Ctx *c) { return notice_add(c, person, (Notice){.topic = "test.quiet", .title = S("Stalo se"), .object = "house", .object_id = 5}); }
static Err list_notices(Ctx *c) {
	NoticeRows rows;
	return notice_list(c, true, 0, 10, &rows);
}
static Err count_unread(Ctx *c) {
	i64 n;
	return notice_unread(c, &n);
}
static Err read_of_object(Ctx *c) { return notice_read_object(c, "house", 5); }
static Err read_all_notices(Ctx *c) { return notice_read_all(c); }
static Err choose_topic(Ctx *c) { return notice_choice_set(c, person, mail_topic_find(S("test.news")), CHOICE_DIGEST); }

static Err open_the_task(Ctx *c) {
	return task_open(c, &(Task){.kind = S("house.open"), .title = S("Rozhodněte"), .why = S("Čeká to na vás."), .object = S("house"), .object_id = 5, .account = person});
}
static Err open_task(Ctx *c) { return in_one(c, open_the_task); }
static Err list_tasks(Ctx *c) {
	Tasks list;
	bool  more;
	return tasks_waiting(c, 10, &list, &more);
}
static Err close_the_task(Ctx *c) { return task_close(c, (Str){0}, "house", 5); }
static Err close_task(Ctx *c) { return in_one(c, close_the_task); }
static Err note_visit(Ctx *c) { return visit_note(c, person); }

TEST("faults: notices are told and read, tasks opened and closed, whole or not at all") {
	Ctx c = given_mail();
	person = given_person(&c, "jana@example.org", "Jana Nová", "NET");
	jana = (Actor){.account = person, .name = S("Jana Nová")};
	SURVIVES(tell);
	SURVIVES(open_task);
	SURVIVES(choose_topic);
	SURVIVES(note_visit);
	c.actor = &jana;
	SURVIVES(list_notices);
	SURVIVES(count_unread);
	SURVIVES(read_of_object);
	SURVIVES(read_all_notices);
	SURVIVES(list_tasks);
	c.actor = &actor_program;
	SURVIVES(close_task);
}

/* ---- what is held about a person ---- */

static Err export_person(Ctx *c) {
	CLEANUP(buf_free) Buf out = {0};
	JsonWriter w = {.out = &out};
	return person_data_export(c, person, &w);
}
static Err erase_person(Ctx *c) {
	i64 n;
	return person_data_erase(c, person, &n);
}

static Str exported(Ctx *c) {
	CLEANUP(buf_free) Buf out = {0};
	JsonWriter w = {.out = &out};
	MUST(person_data_export(c, person, &w));
	JsonReader *r = json_open_str(t_arena, buf_view(&out));
	EXPECT(json_skip(r) && json_next(r) == JSON_END);
	return buf_take(&out, t_arena);
}

TEST("person data: everything about an account is one JSON with a member for each subject; erasing it is whole or not at all and stands in the trail") {
	Ctx c = given_mail();
	person = given_person(&c, "jana@example.org", "Jana Nová", "NET");
	Str before = exported(&c);
	EXPECT(person_data_at(0) && str_has(before, S("\"porizeno\":\"2026-11-22T08:00:00")));
	for (size_t i = 0; person_data_at(i); i++)
		EXPECT(str_has(before, str_format(t_arena, "\"%s\":", person_data_at(i)->key)));
	SURVIVES(export_person);
	SURVIVES(erase_person);
	EQ_INT(mail_number_of(&c, "SELECT COUNT(*) FROM trail WHERE action = 'erase' AND object = 'account'"), 1);
	exported(&c);
	ctx_end(&c);
}
