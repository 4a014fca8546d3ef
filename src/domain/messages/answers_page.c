/* answers_page.c: answers that everybody may read, and the feed of calls: what happened to them, what was answered about them. */
#include <stdlib.h>

#include "base/text.h"
#include "core/deadline.h"
#include "domain/messages/thread.html.h"
#include "domain/messages/thread_page.h"
#include "domain/network/call.h"
#include "web/atom.h"

enum { ENTRIES = 40, SHOWN = 500 };

Err page_answers(Req *r) {
	Record      record;
	AnswersPage v = {.title = S("Dotazy a odpovědi")};
	TRY(record_read(r->c, arg(r, 0), &record));
	TRY(questions_public(r->c, &record, SHOWN, &v.list));
	v.record = str_format(r->c->arena, "%.*s: %.*s", STR_ARG(record.kind), STR_ARG(record.title));
	v.record_href = record.link;
	v.until = record.questions_until.ms ? deadline_until(r->c->arena, record.questions_until) : (Str){0};
	v.takes = !record.questions_until.ms || r->c->now.ms < record.questions_until.ms;
	if (v.takes && may(r->c, CAP_QUESTION_CREATE))
		v.ask_href = str_format(r->c->arena, "/app/dotazy/novy?zaznam=%.*s", STR_ARG(record_address(r->c->arena, str_c(record.object), record.id)));
	crumb(r, record.title, record.link);
	view_answers(page(r, v.title), &v);
	return OK;
}

/* ---- the feed ---- */

typedef struct Entries { AtomEntry *at; size_t len, cap; } Entries;

static int newest_first(const void *x, const void *y) {
	const AtomEntry *a = x, *b = y;
	return a->updated.ms != b->updated.ms ? (a->updated.ms < b->updated.ms ? 1 : -1) : str_cmp(b->id, a->id);
}

/* Preparing is nobody's business; steps say by their own words what happened. */
static Err add_steps(Req *r, const Call *k, Entries *to) {
	WorkSteps steps;
	TRY(workflow_steps(r->c, &call_machine, k->head.id, &steps));
	for (size_t i = 0; i < steps.len; i++) {
		const WorkStep   *s = &steps.at[i];
		const Transition *t = machine_action(&call_machine, s->before, s->action);
		bool              says_why = str_eq(s->action, S("prolong")) || str_eq(s->action, S("cancel"));
		if (s->at.ms < k->announced_at.ms || str_eq(s->action, S("archive")) || !t)
			continue;
		*ARENA_PUSH(r->c->arena, to->at, to->len, to->cap) = (AtomEntry){
			.id = str_format(r->c->arena, "vyzva-%lld-%lld", (long long)k->head.id, (long long)s->id), .published = s->at, .updated = s->at,
			.title = str_format(r->c->arena, "%.*s: %s", STR_ARG(k->title), t->done), .href = str_format(r->c->arena, "/vyzvy/%lld", (long long)k->head.id),
			.summary = says_why ? s->reason : call_when(r->c->arena, k, s->at)};
	}
	return OK;
}

static Err add_answers(Req *r, const Call *k, Entries *to) {
	Record    record;
	Questions all;
	TRY(record_find(r->c, str_c(call_entity.name), k->head.id, &record));
	TRY(questions_public(r->c, &record, ENTRIES, &all));
	for (size_t i = 0; i < all.len; i++)
		*ARENA_PUSH(r->c->arena, to->at, to->len, to->cap) = (AtomEntry){
			.id = str_format(r->c->arena, "odpoved-%lld", (long long)all.at[i].id), .published = all.at[i].answered_at, .updated = all.at[i].answered_at,
			.title = str_format(r->c->arena, "%.*s: %.*s", STR_ARG(k->title), STR_ARG(utf8_first(all.at[i].text, 90))), .summary = all.at[i].answer,
			.href = str_format(r->c->arena, "/dotazy/call-%lld", (long long)k->head.id)};
	return OK;
}

Err page_calls_feed(Req *r) {
	Calls   all;
	Entries list = {0};
	TRY(call_list(r->c, &all));
	for (size_t i = 0; i < all.len; i++) {
		if (!call_is_public(all.at[i]) || call_is(all.at[i], CALL_ARCHIVED))
			continue;
		TRY(add_steps(r, all.at[i], &list));
		TRY(add_answers(r, all.at[i], &list));
	}
	if (list.len > 1)
		qsort(list.at, list.len, sizeof *list.at, newest_first);
	atom_open(r, S("/vyzvy.atom"), S("/vyzvy"), S("Výzvy k síti sociálních služeb"), list.len ? list.at[0].updated : (Instant){0});
	for (size_t i = 0; i < list.len && i < ENTRIES; i++)
		atom_entry(r, &list.at[i]);
	atom_close(r);
	return OK;
}
