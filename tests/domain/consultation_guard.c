/* consultation_guard: what must not be possible with comments: traces that are missing, covers that come off, contacts that stay, letters to strangers. */
#include "core/person_data.h"
#include "core/retention.h"
#include "core/search.h"
#include "core/trail.h"
#include "tests/domain/consultation.h"
#include "tests/domain/register_edit.h"

static bool told_in_trail(Ctx *c, Id comment, const char *action, const char *words) {
	TrailRecords all;
	c->actor = &actor_program;
	MUST(trail_of(c, comment_entity.name, comment, 0, 100, &all));
	for (size_t i = 0; i < all.len; i++)
		if (str_eq(all.at[i].action, str_c(action)) && (str_has(all.at[i].text, str_c(words)) || str_has(all.at[i].reason, str_c(words))))
			return true;
	return false;
}

static void publish(Period *p) {
	MUST(workflow_do(at_moment(p, p->planner, D(2023, 11, 20), 9, 0, 0), &consultation_machine, p->id, "submit_settlement", NULL));
	MUST(workflow_do(at_moment(p, p->head, D(2023, 11, 20), 11, 0, 0), &consultation_machine, p->id, "publish", NULL));
}

TEST("comment: whoever covers words of a comment is in its history with the reason, and a cover does not come off once answers are out") {
	Period   p = period_given();
	Comment *k = record_one(&p, "Přidejte lůžka ve Frýdlantu, volejte 602 123 456.", ""), *same = record_one(&p, "Víc lůžek do Frýdlantu, pište na 603 123 456.", "");
	Ctx     *c = at_noon(&p, p.planner);
	MUST(comment_redact(c, k->head.id, stored_comment(&p, k->head.id)->head.version, S("Přidejte lůžka ve Frýdlantu, volejte […]."), S("Telefon autora.")));
	EXPECT(told_in_trail(c, k->head.id, "redact", "Telefon autora."));
	c = at_noon(&p, p.planner);
	MUST(comment_merge(c, same->head.id, 0, k->head.id, S("")));
	MUST(comment_redact(c, same->head.id, stored_comment(&p, same->head.id)->head.version, S("Víc lůžek do Frýdlantu."), S("Telefon autora.")));
	settle_it(&p, k->head.id, "content", "accepted");
	tick_at(&p, D(2023, 11, 15), 0);
	publish(&p);
	c = at_moment(&p, p.planner, D(2023, 11, 21), 9, 0, 0);
	EXPECT(edit_refused(c, comment_redact(c, k->head.id, stored_comment(&p, k->head.id)->head.version, S(""), S("")), ERR_CONFLICT, "nejde odkrýt"));
	EXPECT(edit_refused(c, comment_redact(c, same->head.id, stored_comment(&p, same->head.id)->head.version, S(""), S("")), ERR_CONFLICT, "nejde odkrýt"));
	MUST(comment_redact(c, same->head.id, stored_comment(&p, same->head.id)->head.version, S("[…]"), S("Osobní údaj.")));
	ctx_end(&p.c);
}

TEST("comment: contacts of authors of a cancelled period go as well, a year after it was cancelled") {
	Period   p = period_given();
	Comment *k = record_one(&p, "Přidejte lůžka ve Frýdlantu.", "");
	i64      removed;
	MUST(workflow_do(at_moment(&p, p.head, D(2023, 11, 8), 9, 0, 0), &consultation_machine, p.id, "cancel", &(WorkInput){.reason = S("Návrh se přepracuje.")}));
	MUST(retention_run(at_moment(&p, &actor_program, D(2024, 11, 6), 3, 0, 0), &removed));
	EQ_TEXT(stored_comment(&p, k->head.id)->author_name, "Jana Ukázková");
	MUST(retention_run(at_moment(&p, &actor_program, D(2024, 11, 10), 3, 0, 0), &removed));
	EQ_TEXT(stored_comment(&p, k->head.id)->author_name, "");
	EQ_TEXT(stored_comment(&p, k->head.id)->text, "Přidejte lůžka ve Frýdlantu.");
	ctx_end(&p.c);
}

TEST("comment: one address gets five letters an hour at most, whoever types it and from wherever") {
	Period   p = period_given();
	Comment *k;
	Str      link;
	Ctx     *c = at_noon(&p, p.visitor);
	CommentNew n = comment_typed("Přidejte lůžka ve Frýdlantu.");
	for (int i = 0; i < 5; i++)
		MUST(comment_submit(c, p.id, &n, str_format(t_arena, "192.0.%d.1", i), &k, &link));
	n.email = S("JANA@example.org");
	EXPECT(edit_refused(c, comment_submit(c, p.id, &n, S("198.51.100.7"), &k, &link), ERR_RATE, "Na tuto adresu"));
	n.email = S("petr@example.org");
	MUST(comment_submit(c, p.id, &n, S("198.51.100.7"), &k, &link));
	ctx_end(&p.c);
}

TEST("consultation: a period that is prolonged before it begins still waits for its first day") {
	Period p = period_given();
	Ctx   *c = at_moment(&p, p.planner, D(2023, 11, 2), 9, 0, 0);
	Consultation n = {.title = S("Druhé kolo"), .subject = p.version, .first_day = D(2023, 11, 10), .last_day = D(2023, 11, 24), .who = S("kdokoli"), .min_length = 10};
	strs_add(t_arena, &n.channels, S("web"));
	MUST(consultation_add(c, &n));
	MUST(workflow_do(c, &consultation_machine, n.head.id, "announce", NULL));
	MUST(consultation_prolong(c, n.head.id, 0, D(2023, 11, 26), S("Svátek.")));
	Consultation *now;
	MUST(consultation_get(c, n.head.id, &now));
	EQ_TEXT(now->state, CONSULTATION_ANNOUNCED);
	tick_at(&p, D(2023, 11, 10), 0);
	MUST(consultation_get(at_moment(&p, p.planner, D(2023, 11, 10), 9, 0, 0), n.head.id, &now));
	EQ_TEXT(now->state, CONSULTATION_OPEN);
	tick_at(&p, D(2023, 11, 27), 0);
	MUST(consultation_get(at_moment(&p, p.planner, D(2023, 11, 27), 9, 0, 0), n.head.id, &now));
	EQ_TEXT(now->state, CONSULTATION_CLOSED);
	ctx_end(&p.c);
}

TEST("comment: one that comes after a later version was frozen has its place in that version too") {
	Period     p = period_given();
	Ctx       *c = at_noon(&p, p.planner);
	Paragraphs before;
	Id         next;
	CommentPlaces places;
	MUST(version_paragraphs(c, p.version, &before));
	MUST(version_add(c, p.lib.document, &(VersionNew){.text = S("# Plán\n\nÚvodní slovo o plánu kraje.\n\n## Pečovatelská služba\n\nKapacita pečovatelské služby v obvodu Tanvald vzroste o šest úvazků.\n")}, &next));
	MUST(version_freeze(c, next));
	Comment *paper = record_one(&p, "Čtyři úvazky nestačí.", str_z(t_arena, before.at[3].anchor));
	MUST(places_of(&p.c, paper->head.id, &places));
	EQ_INT(places.len, 1);
	CommentNew n = comment_typed("Čtyři úvazky nestačí, přidejte.");
	Comment   *k;
	Str        link;
	n.anchor = before.at[3].anchor;
	MUST(comment_submit(at_noon(&p, p.visitor), p.id, &n, S("192.0.2.1"), &k, &link));
	MUST(comment_confirm(&p.c, token_of_letter(&p, "jana@example.org"), &k));
	MUST(places_of(&p.c, k->head.id, &places));
	EQ_INT(places.len, 1);
	ctx_end(&p.c);
}

TEST("comment: a name with consent is found with the published comment, and no more once the contact is gone") {
	Period     p = period_given();
	Comment   *k;
	SearchHits hits;
	i64        removed;
	CommentNew n = comment_typed("Přidejte lůžka ve Frýdlantu.");
	n.channel = S("paper");
	n.delivered_at = p.c.now;
	n.email = (Str){0};
	n.consent = true;
	p.c.actor = p.planner;
	MUST(comment_record(&p.c, p.id, &n, &k));
	MUST(search_find(&p.c, comment_entity.name, S("Ukázková"), true, 0, &hits));
	EQ_INT(hits.len, 0);
	settle_it(&p, k->head.id, "content", "accepted");
	tick_at(&p, D(2023, 11, 15), 0);
	publish(&p);
	MUST(search_find(&p.c, comment_entity.name, S("Ukázková"), true, 0, &hits));
	EQ_INT(hits.len, 1);
	MUST(retention_run(at_moment(&p, &actor_program, D(2024, 11, 21), 3, 0, 0), &removed));
	EQ_TEXT(stored_comment(&p, k->head.id)->author_name, "");
	MUST(search_find(&p.c, comment_entity.name, S("Ukázková"), true, 0, &hits));
	EQ_INT(hits.len, 0);
	MUST(search_find(&p.c, comment_entity.name, S("Frýdlantu"), true, 0, &hits));
	EQ_INT(hits.len, 1);
	ctx_end(&p.c);
}

TEST("comment: until its author confirms it nobody reads its words, not by its steps either") {
	Period     p = period_given();
	Comment   *k;
	Str        link;
	WorkObject o;
	CommentNew n = comment_typed("Přidejte lůžka ve Frýdlantu.");
	MUST(comment_submit(at_noon(&p, p.visitor), p.id, &n, S("192.0.2.1"), &k, &link));
	Ctx *c = at_noon(&p, p.planner);
	EXPECT(edit_refused(c, comment_get(c, k->head.id, &k), ERR_NOT_FOUND, "není"));
	MUST(workflow_object(c, &comment_machine, k->head.id, &o));
	EQ_TEXT(o.text, "");
	MUST(comment_confirm(at_noon(&p, p.visitor), token_of_letter(&p, "jana@example.org"), &k));
	MUST(workflow_object(at_noon(&p, p.planner), &comment_machine, k->head.id, &o));
	EQ_TEXT(o.text, "Přidejte lůžka ve Frýdlantu.");
	ctx_end(&p.c);
}

TEST("comment: what a person wrote, signed in or with the own e-mail, is among the data about the person and loses its author on request") {
	Period     p = period_given();
	Comment   *own, *by_mail, *waiting;
	Str        link;
	i64        erased = 0;
	CommentNew n = comment_typed("Přidejte lůžka ve Frýdlantu.");
	n.email = (Str){0};
	MUST(comment_submit(at_noon(&p, p.planner), p.id, &n, S("192.0.2.1"), &own, &link));
	n = comment_typed("Přidejte lůžka v Semilech.");
	n.email = S("Planovacka@example.org");
	MUST(comment_submit(at_noon(&p, p.visitor), p.id, &n, S("192.0.2.1"), &by_mail, &link));
	MUST(comment_confirm(&p.c, token_of_letter(&p, "planovacka@example.org"), &by_mail));
	MUST(comment_submit(at_noon(&p, p.visitor), p.id, &n, S("192.0.2.1"), &waiting, &link));
	Comment *other = record_one(&p, "Přidejte lůžka v Turnově.", "");
	Ctx     *c = at_noon(&p, &actor_program);
	CLEANUP(buf_free) Buf out = {0};
	JsonWriter w = {.out = &out};
	MUST(person_data_export(c, p.planner->account, &w));
	EXPECT(str_has(buf_view(&out), S("ve Frýdlantu")) && str_has(buf_view(&out), S("v Semilech")) && !str_has(buf_view(&out), S("v Turnově")));
	MUST(person_data_erase(c, p.planner->account, &erased));
	EXPECT(erased > 3);
	EQ_INT(stored_comment(&p, own->head.id)->account, BLANK);
	EQ_TEXT(stored_comment(&p, by_mail->head.id)->email, "");
	EQ_TEXT(stored_comment(&p, by_mail->head.id)->text, "Přidejte lůžka v Semilech.");
	EQ_TEXT(stored_comment(&p, waiting->head.id)->state, COMMENT_EXPIRED);
	EQ_TEXT(stored_comment(&p, waiting->head.id)->text, "–");
	EQ_TEXT(stored_comment(&p, other->head.id)->author_name, "Jana Ukázková");
	ctx_end(&p.c);
}
