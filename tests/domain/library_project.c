/* Projects and messages about obstacles. */
#include "core/trail.h"
#include "domain/library/feedback.h"
#include "domain/library/project.h"
#include "tests/domain/register_edit.h"

static Ctx given_project(Id *ret) {
	App     *app = test_app_empty();
	Ctx      c = ctx_make(t_arena, app->db, &actor_program, prague_instant(D(2026, 11, 22), 9 * 3600));
	Projects all;
	MUST(projects_demo(&c));
	MUST(projects_list(&c, &all));
	EQ_INT(all.len, 1);
	*ret = all.at[0]->head.id;
	return c;
}

TEST("project: months are whole ones between the first and the last day, both included") {
	const struct { Date from, to; int months; } rows[] = {
		{D(2017, 1, 1), D(2019, 12, 31), 36}, {D(2017, 1, 1), D(2017, 1, 31), 1}, {D(2017, 1, 1), D(2017, 1, 30), 0}, {D(2024, 1, 31), D(2024, 2, 27), 0},
		{D(2024, 2, 15), D(2024, 3, 14), 1}, {D(2024, 2, 15), D(2024, 4, 13), 1},
	};
	for (size_t i = 0; i < LEN(rows); i++)
		EQ_INT(project_months(&(Project){.first_day = rows[i].from, .last_day = rows[i].to}), rows[i].months);
}

TEST("project: its cost is the sum of its sources to the heller") {
	Id             id;
	ProjectSources sources;
	Ctx            c = given_project(&id);
	MUST(project_sources(&c, id, &sources));
	EQ_INT(sources.len, 3);
	EQ_INT(sources.total.halere, 972945624);
	ctx_end(&c);
}

TEST("project: one that is not public is known to officers alone, and no two have one number") {
	Id       id;
	Project *p;
	Projects all;
	Ctx      c = given_project(&id);
	MUST(project_get(&c, id, &p));
	Project *other = entity_copy(t_arena, &project_entity, p);
	other->head = (EntityHead){0};
	EQ_INT(entity_insert(&c, &project_entity, other), ERR_CONFLICT);
	c.problems = (Problems){0};
	p->is_public = false;
	MUST(entity_update(&c, &project_entity, p));
	c.actor = &actor_public;
	EQ_INT(project_get(&c, id, &p), ERR_NOT_FOUND);
	c.problems = (Problems){0};
	MUST(projects_list(&c, &all));
	EQ_INT(all.len, 0);
	c.actor = edit_actor("Plánovačka Nová", "PLN", SCOPE_REGION, 1);
	MUST(project_get(&c, id, &p));
	p->last_day = D(2016, 1, 1);
	EQ_INT(entity_update(&c, &project_entity, p), ERR_INVALID);
	ctx_end(&c);
}

static i64 count_by(Ctx *c, const Sql *sql) {
	i64 n = -1;
	MUST(db_get_int(ctx_conn(c), sql, DB_NONE, 0, &n));
	return n;
}
static const Sql messages = {"test_messages", "SELECT COUNT(*) FROM feedback", NULL}, with_email = {"test_with_email", "SELECT COUNT(*) FROM feedback WHERE email <> ''", NULL},
                 letters = {"test_letters", "SELECT COUNT(*) FROM mail_letter WHERE address = 'jan@x.invalid'", NULL},
                 tasks = {"test_tasks", "SELECT COUNT(*) FROM task WHERE kind = 'feedback.received' AND closed_at IS NULL", NULL};

TEST("feedback: a message needs words, an e-mail that is one, and nobody floods us") {
	App *app = test_app_empty();
	Ctx  c = ctx_make(t_arena, app->db, &actor_public, prague_instant(D(2026, 11, 22), 9 * 3600));
	EQ_INT(feedback_add(&c, S(""), S(" a "), S(""), S("192.0.2.9")), ERR_INVALID);
	EQ_INT(feedback_add(&c, S(""), S("Nejde přečíst mapa"), S("kdo@"), S("192.0.2.9")), ERR_INVALID);
	EQ_INT(feedback_add(&c, S("a\x01"), S("Nejde přečíst mapa"), S(""), S("192.0.2.9")), ERR_INVALID);
	for (int i = 0; i < 5; i++)
		MUST(feedback_add(&c, S("/uzemi"), S("Nejde přečíst mapa"), S("jan@x.invalid"), S("192.0.2.9")));
	EQ_INT(feedback_add(&c, S("/uzemi"), S("Nejde přečíst mapa"), S(""), S("192.0.2.77")), ERR_RATE);
	MUST(feedback_add(&c, S("/uzemi"), S("Nejde přečíst mapa"), S(""), S("198.51.100.1")));
	EQ_INT(count_by(&c, &messages), 6);
	EQ_INT(count_by(&c, &tasks), 6);
	ctx_end(&c);
}

TEST("feedback: the answer goes to who left an e-mail, which then is nowhere, not even in the trail") {
	App      *app = test_app_empty();
	Ctx       c = ctx_make(t_arena, app->db, &actor_public, prague_instant(D(2026, 11, 22), 9 * 3600));
	Feedbacks list;
	MUST(feedback_add(&c, S("/uzemi"), S("Nejde přečíst mapa"), S("jan@x.invalid"), S("192.0.2.9")));
	c.actor = edit_actor("Správce Nový", "ADM", SCOPE_REGION, 5);
	MUST(feedback_list(&c, false, &list));
	EQ_INT(list.len, 1);
	Id id = list.at[0]->head.id;
	EQ_INT(workflow_do(&c, &feedback_machine, id, "answer", NULL), ERR_INVALID);
	c.problems = (Problems){0};
	MUST(workflow_do(&c, &feedback_machine, id, "answer", &(WorkInput){.reason = S("Opravili jsme to.")}));
	EQ_INT(count_by(&c, &letters), 1);
	EQ_INT(count_by(&c, &with_email), 0);
	EQ_INT(count_by(&c, &tasks), 0);
	TrailRecords trail;
	MUST(trail_of(&c, "feedback", id, 0, 10, &trail));
	EXPECT(trail.len > 0);
	for (size_t i = 0; i < trail.len; i++)
		for (size_t k = 0; k < trail.at[i].change_count; k++)
			EXPECT(!str_has(trail.at[i].changes[k].before, S("jan@")) && !str_has(trail.at[i].changes[k].after, S("jan@")));
	c.actor = edit_actor("Síť", "NET", SCOPE_REGION, 6);
	EQ_INT(workflow_do(&c, &feedback_machine, id, "answer", &(WorkInput){.reason = S("x")}), ERR_FORBIDDEN);
	ctx_end(&c);
}
