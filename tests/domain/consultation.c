/* consultation*.c, comment*.c: comment periods by the clock, comments from arrival to the published answer. */
#include "core/task.h"
#include "core/notice.h"
#include "core/search.h"
#include "tests/domain/consultation.h"
#include "tests/support/web.h"

static Comment *sent(Ctx *c, Id period, const char *what, Err want, const char *words) {
	CommentNew n = comment_typed(what);
	Comment   *k = NULL;
	Str        link;
	Err        e = comment_submit(c, period, &n, S("192.0.2.7"), &k, &link);
	if (want == OK)
		MUST(e);
	else
		EXPECT(edit_refused(c, e, want, words));
	return k;
}

TEST("consultation: the second before midnight of the last day is in time, midnight is late") {
	Period p = period_given();
	EXPECT(!sent(at_moment(&p, p.visitor, D(2023, 11, 14), 23, 59, 59), p.id, "Přidejte lůžka ve Frýdlantu.", OK, "")->late);
	EXPECT(sent(at_moment(&p, p.visitor, D(2023, 11, 15), 0, 0, 0), p.id, "Přidejte lůžka v Tanvaldu.", OK, "")->late);
	sent(at_moment(&p, p.visitor, D(2023, 10, 31), 23, 59, 59), p.id, "Přidejte lůžka v Semilech.", ERR_CONFLICT, "začnou přijímat");
	EXPECT(!sent(at_moment(&p, p.visitor, D(2023, 11, 1), 0, 0, 0), p.id, "Přidejte lůžka v Turnově.", OK, "")->late);
	ctx_end(&p.c);
}

TEST("consultation: without late comments the end is the end, and the sentence says when it was") {
	Period        p = period_given();
	Consultation *n;
	MUST(consultation_get(at_noon(&p, p.planner), p.id, &n));
	n->accept_late = false;
	MUST(consultation_change(&p.c, n));
	sent(at_moment(&p, p.visitor, D(2023, 11, 15), 0, 0, 0), p.id, "Přidejte lůžka v Tanvaldu.", ERR_CONFLICT, "do konce dne 14.");
	ctx_end(&p.c);
}

TEST("consultation: a period prolonged in time takes comments until its new end; after its end it cannot be prolonged") {
	Period p = period_given();
	Ctx   *c = at_moment(&p, p.planner, D(2023, 11, 14), 20, 0, 0);
	EXPECT(edit_refused(c, consultation_prolong(c, p.id, 0, D(2023, 11, 10), S("Na žádost obcí.")), ERR_INVALID, "pozdější"));
	EXPECT(edit_refused(c, consultation_prolong(c, p.id, 0, D(2023, 11, 20), S("")), ERR_INVALID, "Proč se řízení prodlužuje"));
	MUST(consultation_prolong(c, p.id, 0, D(2023, 11, 20), S("Na žádost obcí.")));
	EXPECT(!sent(at_moment(&p, p.visitor, D(2023, 11, 20), 23, 59, 59), p.id, "Přidejte lůžka v Tanvaldu.", OK, "")->late);
	c = at_moment(&p, p.planner, D(2023, 11, 21), 0, 0, 0);
	EXPECT(edit_refused(c, consultation_prolong(c, p.id, 0, D(2023, 12, 1), S("Pozdě.")), ERR_INVALID, "Lhůta skončila"));
	ctx_end(&p.c);
}

TEST("consultation: days, document and channels are promised once it is announced; too short a period is refused") {
	Period        p = period_given();
	Consultation *n;
	Ctx          *c = at_noon(&p, p.planner);
	MUST(consultation_get(c, p.id, &n));
	n->last_day = D(2023, 11, 30);
	EXPECT(edit_refused(c, consultation_change(c, n), ERR_CONFLICT, "jde jen prodloužit"));
	Consultation other = {.title = S("Krátké"), .subject = p.version, .first_day = D(2023, 12, 1), .last_day = D(2023, 12, 7), .who = S("kdokoli"), .min_length = 10};
	strs_add(t_arena, &other.channels, S("web"));
	EXPECT(edit_refused(c, consultation_add(c, &other), ERR_INVALID, "nejméně 8"));
	other.last_day = D(2023, 12, 8);
	MUST(consultation_add(c, &other));
	ctx_end(&p.c);
}

TEST("consultation: a draft of a document cannot be commented on, nor a document that the public cannot read") {
	Period       p = period_given();
	Id           draft, hidden, version;
	Ctx         *c = at_noon(&p, p.planner);
	MUST(version_add(c, p.lib.document, &(VersionNew){.text = S("# Nový\n\nText.\n")}, &draft));
	Consultation n = {.title = S("K rozpracovanému"), .subject = draft, .first_day = D(2023, 12, 1), .last_day = D(2023, 12, 14), .who = S("kdokoli"), .min_length = 10};
	strs_add(t_arena, &n.channels, S("web"));
	EXPECT(edit_refused(c, consultation_add(c, &n), ERR_INVALID, "jen zmrazenou"));
	MUST(document_add(c, &(DocumentNew){.title = S("Neveřejný"), .kind = S("plan"), .owner = p.lib.region}, &hidden));
	MUST(version_add(c, hidden, &(VersionNew){.text = S("# Skrytý\n\nText.\n")}, &version));
	MUST(version_freeze(c, version));
	n.subject = version;
	EXPECT(edit_refused(c, consultation_add(c, &n), ERR_INVALID, "není zveřejněný"));
	ctx_end(&p.c);
}

TEST("consultation: a version that is commented on cannot be taken back before its answers are out") {
	Period p = period_given();
	Ctx   *c = at_noon(&p, p.planner);
	EXPECT(edit_refused(c, version_withdraw(c, p.version, S("Omyl.")), ERR_INVALID, "Verze se připomínkuje"));
	MUST(workflow_do(&p.c, &consultation_machine, p.id, "cancel", &(WorkInput){.reason = S("Text se přepracuje.")}));
	MUST(version_withdraw(&p.c, p.version, S("Text se přepracuje.")));
	ctx_end(&p.c);
}

TEST("consultation: of two officers who change it at once the second is told") {
	Period        p = period_given();
	Consultation *mine, *theirs;
	MUST(consultation_get(at_noon(&p, p.planner), p.id, &mine));
	MUST(consultation_get(&p.c, p.id, &theirs));
	theirs->who = S("obce a občané");
	MUST(consultation_change(&p.c, theirs));
	mine->about = S("Na lhůty.");
	EXPECT(edit_refused(&p.c, consultation_change(&p.c, mine), ERR_CONFLICT, "mezitím"));
	ctx_end(&p.c);
}

TEST("comment: from the web it waits for its author, then has a number, a receipt and a private link") {
	Period   p = period_given();
	Comment *k = sent(at_noon(&p, p.visitor), p.id, "Přidejte lůžka ve Frýdlantu.", OK, ""), *seen;
	EQ_TEXT(k->state, COMMENT_UNCONFIRMED);
	EQ_TEXT(k->number, "");
	Ctx *c = at_noon(&p, p.planner);
	EXPECT(edit_refused(c, comment_get(c, k->head.id, &seen), ERR_NOT_FOUND, "není"));
	Str token = token_of_letter(&p, "jana@example.org");
	MUST(comment_confirm(at_moment(&p, p.visitor, D(2023, 11, 5), 11, 59, 59), token, &seen));
	EQ_TEXT(seen->state, COMMENT_RECEIVED);
	EQ_TEXT(seen->number, "P-2023-0001");
	EQ_STR(seen->receipt, comment_receipt(t_arena, seen));
	EQ_INT(seen->delivered_at.ms, k->delivered_at.ms);
	MUST(comment_confirm(&p.c, token, &seen));
	EQ_TEXT(seen->number, "P-2023-0001");
	MUST(comment_by_link(&p.c, token, &seen));
	EXPECT(edit_refused(&p.c, comment_by_link(&p.c, S("nesmysl"), &seen), ERR_GONE, "Odkaz už neplatí"));
	ctx_end(&p.c);
}

TEST("comment: 48 hours are enough to confirm it, the second after is not; what was never confirmed goes with its words") {
	Period   p = period_given();
	Comment *k = sent(at_noon(&p, p.visitor), p.id, "Přidejte lůžka ve Frýdlantu.", OK, ""), *seen;
	Str      token = token_of_letter(&p, "jana@example.org");
	Ctx     *c = at_moment(&p, p.visitor, D(2023, 11, 5), 12, 0, 0);
	EXPECT(edit_refused(c, comment_confirm(c, token, &seen), ERR_GONE, "už uplynuly"));
	i64 removed;
	MUST(retention_run(at_moment(&p, &actor_program, D(2023, 11, 6), 3, 0, 0), &removed));
	k = stored_comment(&p, k->head.id);
	EQ_TEXT(k->state, COMMENT_EXPIRED);
	EQ_TEXT(k->email, "");
	EXPECT(!str_has(k->text, S("Frýdlant")) && !k->original_text.len);
	ctx_end(&p.c);
}

TEST("comment: too short, without an address, without an organisation and at a paragraph that is not there: each is said at its field") {
	Period     p = period_given();
	Ctx       *c = at_noon(&p, p.visitor);
	Comment   *k;
	Str        link;
	CommentNew n = comment_typed("Krátké.");
	EXPECT(edit_refused(c, comment_submit(c, p.id, &n, S("192.0.2.7"), &k, &link), ERR_INVALID, "aspoň 10 znaků"));
	n = comment_typed("Tohle už je dost dlouhé.");
	n.email = S("jana");
	EXPECT(edit_refused(c, comment_submit(c, p.id, &n, S("192.0.2.7"), &k, &link), ERR_INVALID, "jmeno@example.org"));
	n = comment_typed("Tohle už je dost dlouhé.");
	n.author_kind = S("municipality");
	EXPECT(edit_refused(c, comment_submit(c, p.id, &n, S("192.0.2.7"), &k, &link), ERR_INVALID, "název organizace"));
	n = comment_typed("Tohle už je dost dlouhé.");
	n.anchor = S("x9x9");
	EXPECT(edit_refused(c, comment_submit(c, p.id, &n, S("192.0.2.7"), &k, &link), ERR_INVALID, "v dokumentu není"));
	ctx_end(&p.c);
}

TEST("comment: pasted Word text becomes clean text; formulas, scripts and tricks of direction stay text") {
	Period   p = period_given();
	Comment *k = record_one(&p, "=SUM(A1:A9) <script>alert(1)</script> a\xE2\x80\xAE" "b\xE2\x80\x8B" "c", "");
	EXPECT(str_has(k->text, S("=SUM(A1:A9)")) && str_has(k->text, S("<script>")));
	EXPECT(!str_has(k->text, S("\xE2\x80\xAE")) && !str_has(k->text, S("\xE2\x80\x8B")));
	ctx_end(&p.c);
}

TEST("comment: parts of a split comment say all of it and nothing else; their answers are answers to the whole") {
	Period   p = period_given();
	Comment *k = record_one(&p, "Přidejte lůžka ve Frýdlantu.\n\nOpravte překlep v nadpisu.", "");
	Comments parts;
	Ctx     *c = at_noon(&p, p.planner);
	EXPECT(edit_refused(c, comment_split(c, k->head.id, 0, (Str[]){S("Přidejte lůžka ve Frýdlantu.")}, 1, &parts), ERR_INVALID, "aspoň na dvě"));
	EXPECT(edit_refused(c, comment_split(c, k->head.id, 0, (Str[]){S("Přidejte lůžka."), S("Opravte překlep v nadpisu.")}, 2, &parts), ERR_INVALID, "žádné slovo"));
	EXPECT(edit_refused(c, comment_split(c, k->head.id, 0, (Str[]){S("Přidejte lůžka ve Frýdlantu. Opravte"), S("  ")}, 2, &parts), ERR_INVALID, "je prázdná"));
	MUST(comment_split(c, k->head.id, 0, (Str[]){S("Přidejte lůžka ve Frýdlantu."), S("Opravte překlep  v nadpisu.")}, 2, &parts));
	EQ_INT(parts.len, 2);
	EQ_TEXT(parts.at[1]->number, "P-2023-0001/2");
	for (size_t i = 0; i < parts.len; i++) {     /* nobody goes around the body by splitting: the kind of each part is asked for */
		EQ_TEXT(parts.at[i]->kind, "");
		EXPECT(edit_refused(c, comment_assign(c, parts.at[i]->head.id, 0, p.editor->account), ERR_CONFLICT, "teď nejde"));
		MUST(comment_check(c, parts.at[i]->head.id, 0, S("content")));
	}
	EQ_TEXT(stored_comment(&p, k->head.id)->state, COMMENT_SPLIT);
	CommentCounts counts;
	MUST(comment_counts(c, p.id, &counts));
	EQ_INT(counts.all, 2);
	ctx_end(&p.c);
}

TEST("comment: what was joined has the answer of the other one, through several joins; not with itself, nor with one of another period") {
	Period   p = period_given();
	Comment *first = record_one(&p, "Přidejte lůžka ve Frýdlantu.", ""), *second = record_one(&p, "Víc lůžek do Frýdlantu.", ""),
	        *third = record_one(&p, "Frýdlant potřebuje lůžka.", "");
	Ctx     *c = at_noon(&p, p.planner);
	EXPECT(edit_refused(c, comment_merge(c, first->head.id, 0, first->head.id, S("")), ERR_INVALID, "samu se sebou"));
	MUST(comment_merge(c, third->head.id, 0, second->head.id, S("Totéž.")));
	EXPECT(edit_refused(c, comment_merge(c, first->head.id, 0, third->head.id, S("")), ERR_INVALID, "sama odpověď nedostane"));
	MUST(comment_merge(c, second->head.id, 0, first->head.id, S("Totéž.")));
	EQ_INT(stored_comment(&p, third->head.id)->merged_into, first->head.id);
	settle_it(&p, first->head.id, "content", "accepted");
	Settlement t;
	MUST(settlement_table(&p.c, p.id, &t));
	EQ_INT(t.len, 3);
	for (size_t i = 0; i < t.len; i++)
		EQ_TEXT(t.at[i].result, "akceptováno");
	ctx_end(&p.c);
}

TEST("comment: who proposed the answer does not decide on it; content is decided by a body with its meeting") {
	Period   p = period_given();
	Comment *k = record_one(&p, "Přidejte lůžka ve Frýdlantu.", "");
	Ctx     *c = at_noon(&p, p.planner);
	MUST(comment_check(c, k->head.id, 0, S("content")));
	MUST(comment_assign(c, k->head.id, 0, p.editor_account));
	CommentAnswer answer = {.result = S("accepted"), .reasoning = S("Lůžka doplníme do karty A02-09.")};
	EXPECT(edit_refused(c, comment_propose(c, k->head.id, 0, &(CommentAnswer){.result = S("accepted"), .reasoning = S("Ano.")}), ERR_INVALID, "odůvodnění"));
	MUST(comment_propose(c, k->head.id, 0, &answer));
	CommentDecision decision = {S("Koordinační skupina"), S("5. jednání"), c->today};
	Err             own = comment_decide(c, k->head.id, 0, &decision);
	EXPECT(own == ERR_FORBIDDEN || own == ERR_INVALID || own == ERR_CONFLICT);
	c->problems.len = 0;
	c = at_noon(&p, p.head);
	EXPECT(edit_refused(c, comment_decide(c, k->head.id, 0, &(CommentDecision){.decided_on = c->today}), ERR_INVALID, "rozhoduje orgán"));
	decision.decided_on = date_add(c->today, 1);
	EXPECT(edit_refused(c, comment_decide(c, k->head.id, 0, &decision), ERR_INVALID, "v budoucnu"));
	decision.decided_on = c->today;
	MUST(comment_decide(c, k->head.id, 0, &decision));
	EQ_TEXT(stored_comment(&p, k->head.id)->state, COMMENT_DECIDED);
	ctx_end(&p.c);
}

TEST("comment: of two people who change it at once the second is told") {
	Period   p = period_given();
	Comment *k = record_one(&p, "Přidejte lůžka ve Frýdlantu.", "");
	i64      seen = k->head.version;
	Ctx     *c = at_noon(&p, p.planner);
	MUST(comment_check(c, k->head.id, seen, S("content")));
	Comments parts;
	EXPECT(comment_split(c, k->head.id, seen, (Str[]){S("Přidejte lůžka"), S("ve Frýdlantu.")}, 2, &parts) == ERR_CONFLICT);
	ctx_end(&p.c);
}

TEST("consultation: answers are published all at once, by a second person, only when nothing waits and nobody can be recognised") {
	Period   p = period_given();
	Comment *one = record_one(&p, "Přidejte lůžka ve Frýdlantu, volejte 602 123 456.", ""), *two = record_one(&p, "Opravte překlep v nadpisu.", "");
	Settlement t;
	tick_at(&p, D(2023, 11, 15), 0);
	Ctx *c = at_moment(&p, p.planner, D(2023, 11, 20), 9, 0, 0);
	EXPECT(edit_refused(c, workflow_do(c, &consultation_machine, p.id, "submit_settlement", NULL), ERR_INVALID, "Bez rozhodnutí zbývá připomínek: 2"));
	settle_it(&p, one->head.id, "content", "partly");
	settle_it(&p, two->head.id, "formal", "accepted");
	EXPECT(edit_refused(c, workflow_do(c, &consultation_machine, p.id, "submit_settlement", NULL), ERR_INVALID, "P-2023-0001"));
	EXPECT(edit_refused(c, comment_redact(c, one->head.id, stored_comment(&p, one->head.id)->head.version, S("Přidejte lůžka ve Frýdlantu, volejte […]."), S("")), ERR_INVALID, "proč"));
	MUST(comment_redact(c, one->head.id, stored_comment(&p, one->head.id)->head.version, S("Přidejte lůžka ve Frýdlantu, volejte […]."), S("Telefon autora.")));
	MUST(workflow_do(c, &consultation_machine, p.id, "submit_settlement", NULL));
	EXPECT(workflow_do(c, &consultation_machine, p.id, "publish", NULL) != OK);
	c->problems.len = 0;
	c = at_moment(&p, p.visitor, D(2023, 11, 20), 10, 0, 0);
	EXPECT(edit_refused(c, settlement_table(c, p.id, &t), ERR_NOT_FOUND, "ještě nebylo zveřejněno"));
	MUST(workflow_do(at_moment(&p, p.head, D(2023, 11, 20), 11, 0, 0), &consultation_machine, p.id, "publish", NULL));
	MUST(settlement_table(at_moment(&p, p.visitor, D(2023, 11, 20), 12, 0, 0), p.id, &t));
	EQ_INT(t.len, 2);
	EXPECT(!str_has(t.at[0].text, S("602")));
	EQ_TEXT(t.at[0].hidden_why, "Telefon autora.");
	EQ_TEXT(t.at[0].author, "občan");
	EQ_TEXT(stored_comment(&p, two->head.id)->state, COMMENT_PUBLISHED);
	ctx_end(&p.c);
}

TEST("comment: a late one stays without an answer and is published so, unless somebody decides otherwise with a reason") {
	Period   p = period_given();
	tick_at(&p, D(2023, 11, 15), 0);
	at_moment(&p, p.planner, D(2023, 11, 16), 9, 0, 0);
	Comment *late = record_one(&p, "Přidejte lůžka ve Frýdlantu.", ""), *other = record_one(&p, "Přidejte lůžka v Semilech.", "");
	EXPECT(late->late);
	EQ_TEXT(late->state, COMMENT_LATE);
	EXPECT(edit_refused(&p.c, comment_admit(&p.c, other->head.id, 0, S("")), ERR_INVALID, "Proč se opožděná"));
	MUST(comment_admit(&p.c, other->head.id, 0, S("Zdržela ji pošta.")));
	settle_it(&p, other->head.id, "content", "accepted");
	MUST(workflow_do(&p.c, &consultation_machine, p.id, "submit_settlement", NULL));
	MUST(workflow_do(at_moment(&p, p.head, D(2023, 11, 20), 11, 0, 0), &consultation_machine, p.id, "publish", NULL));
	EQ_TEXT(stored_comment(&p, late->head.id)->state, COMMENT_LATE_CLOSED);
	Settlement t;
	MUST(settlement_table(at_moment(&p, p.visitor, D(2023, 11, 20), 12, 0, 0), p.id, &t));
	EQ_INT(t.len, 2);
	EXPECT(str_has(t.at[0].reasoning, S("bez vypořádání")));
	ctx_end(&p.c);
}

TEST("comment: it follows its paragraph into the next version; where that is not certain a person decides, once") {
	Period     p = period_given();
	Ctx       *c = at_noon(&p, p.planner);
	Paragraphs before;
	MUST(version_paragraphs(c, p.version, &before));
	Comment *same = record_one(&p, "Čtyři úvazky nestačí.", str_z(t_arena, before.at[3].anchor)), *gone = record_one(&p, "Dvě střediska jsou málo.", str_z(t_arena, before.at[4].anchor));
	EQ_TEXT(same->chapter, "Pečovatelská služba");
	Id next;
	MUST(version_add(c, p.lib.document, &(VersionNew){.text = S("# Plán\n\nÚvodní slovo o plánu kraje.\n\n## Pečovatelská služba\n\nKapacita pečovatelské služby v obvodu Tanvald vzroste o šest úvazků.\n\n"
	                                                            "## Odlehčovací služby\n\nOdlehčovací lůžka přibudou v obvodu Frýdlant do konce období.\n")}, &next));
	MUST(version_freeze(c, next));
	CommentPlaces places;
	MUST(places_of(c, same->head.id, &places));
	EQ_INT(places.len, 1);
	EQ_INT(places.at[0].how, PLACE_CHANGED);
	EQ_STR(places.at[0].anchor, same->anchor);
	MUST(places_of(c, gone->head.id, &places));
	EXPECT(places.at[0].how == PLACE_GONE || places.at[0].how == PLACE_UNSURE);
	if (places.at[0].how == PLACE_UNSURE) {
		EXPECT(edit_refused(c, place_decide(c, gone->head.id, next, S("x9x9")), ERR_INVALID, "v této verzi není"));
		MUST(place_decide(c, gone->head.id, next, S("")));
		EXPECT(edit_refused(c, place_decide(c, gone->head.id, next, S("")), ERR_CONFLICT, "už někdo rozhodl"));
	}
	ctx_end(&p.c);
}

TEST("comment: a year after the publication nobody can be reached through it; words and answers stay") {
	Period   p = period_given();
	Comment *k = record_one(&p, "Přidejte lůžka ve Frýdlantu.", "");
	settle_it(&p, k->head.id, "content", "accepted");
	tick_at(&p, D(2023, 11, 15), 0);
	MUST(workflow_do(at_moment(&p, p.planner, D(2023, 11, 20), 9, 0, 0), &consultation_machine, p.id, "submit_settlement", NULL));
	MUST(workflow_do(at_moment(&p, p.head, D(2023, 11, 20), 11, 0, 0), &consultation_machine, p.id, "publish", NULL));
	i64 removed;
	MUST(retention_run(at_moment(&p, &actor_program, D(2024, 11, 18), 3, 0, 0), &removed));
	EQ_TEXT(stored_comment(&p, k->head.id)->author_name, "Jana Ukázková");
	MUST(retention_run(at_moment(&p, &actor_program, D(2024, 11, 21), 3, 0, 0), &removed));
	EQ_TEXT(stored_comment(&p, k->head.id)->author_name, "");
	EQ_TEXT(stored_comment(&p, k->head.id)->text, "Přidejte lůžka ve Frýdlantu.");
	EQ_TEXT(stored_comment(&p, k->head.id)->result, "accepted");
	ctx_end(&p.c);
}

static size_t found_by_public(Period *p, const char *words) {
	SearchHits hits;
	MUST(search_find(at_moment(p, p->visitor, D(2023, 11, 21), 9, 0, 0), "comment", str_c(words), true, 0, &hits));
	return hits.len;
}

TEST("comment: it is found by everybody once its answer is published, and after it was covered by the new words only") {
	Period   p = period_given();
	Comment *k = record_one(&p, "Přidejte lůžka pana Vomáčky ve Frýdlantu.", "");
	EQ_INT(found_by_public(&p, "vomacky"), 0);
	settle_it(&p, k->head.id, "content", "accepted");
	tick_at(&p, D(2023, 11, 15), 0);
	MUST(workflow_do(at_moment(&p, p.planner, D(2023, 11, 20), 9, 0, 0), &consultation_machine, p.id, "submit_settlement", NULL));
	EQ_INT(found_by_public(&p, "vomacky"), 0);
	MUST(workflow_do(at_moment(&p, p.head, D(2023, 11, 20), 11, 0, 0), &consultation_machine, p.id, "publish", NULL));
	EQ_INT(found_by_public(&p, "vomacky"), 1);
	EQ_INT(found_by_public(&p, "jana ukazkova"), 0);
	MUST(comment_redact(at_moment(&p, p.planner, D(2023, 11, 21), 9, 0, 0), k->head.id, stored_comment(&p, k->head.id)->head.version, S("Přidejte lůžka ve Frýdlantu."), S("Jméno jiné osoby.")));
	EQ_INT(found_by_public(&p, "vomacky"), 0);
	EQ_INT(found_by_public(&p, "luzka frydlantu"), 1);
	ctx_end(&p.c);
}

static Str page_at(Period *p, Date day, const char *path) {
	Browser b = {.app = p->lib.app};
	at_moment(p, p->planner, day, 12, 0, 0);
	web_clock(p->c.now);
	Answer a = web_get(&b, path);
	EQ_INT(a.status, 200);
	return a.body;
}

TEST("consultation: from the announcement to its last day it is on the notice board, and in the calendar and its feeds; prolonged and cancelled too") {
	Period p = period_given();
	Str    uid = str_format(t_arena, "UID:consultation-%lld@", (long long)p.id), title = S("Připomínky k návrhu plánu");
	EXPECT(str_has(page_at(&p, D(2023, 10, 21), "/oznameni"), title));
	EXPECT(str_has(page_at(&p, D(2023, 10, 21), "/aktuality?rok=2023"), title));
	EXPECT(str_has(page_at(&p, D(2023, 10, 21), "/kalendar?rok=2023"), title));
	EXPECT(!str_has(page_at(&p, D(2023, 10, 21), "/kalendar?rok=2023&pro=provider"), title));
	Str ics = page_at(&p, D(2023, 11, 2), "/kalendar.ics");
	EXPECT(str_has(ics, uid) && str_has(ics, S("DTSTART:20231031T230000Z")) && str_has(ics, S("DTEND:20231114T230000Z")));
	MUST(consultation_prolong(at_moment(&p, p.planner, D(2023, 11, 10), 12, 0, 0), p.id, 0, D(2023, 11, 20), S("Na žádost obcí.")));
	EXPECT(str_has(page_at(&p, D(2023, 11, 20), "/kalendar.ics"), S("DTEND:20231120T230000Z")));
	EXPECT(str_has(page_at(&p, D(2023, 11, 20), "/oznameni"), title));
	EXPECT(!str_has(page_at(&p, D(2023, 11, 21), "/oznameni"), title));
	EXPECT(str_has(page_at(&p, D(2023, 11, 21), "/aktuality?rok=2023"), S("skončilo")));
	MUST(workflow_do(at_moment(&p, p.planner, D(2023, 11, 11), 12, 0, 0), &consultation_machine, p.id, "cancel", &(WorkInput){.reason = S("Text se přepracuje.")}));
	EXPECT(str_has(page_at(&p, D(2023, 11, 12), "/kalendar.ics"), S("STATUS:CANCELLED")));
	EXPECT(str_has(page_at(&p, D(2023, 11, 12), "/oznameni"), S("Zrušeno: Text se přepracuje.")));
	ctx_end(&p.c);
}

TEST("consultation: before it is announced nobody reads of it on the board, in the news, in the calendar or in its feeds") {
	Period       p = period_given();
	Consultation n = {.title = S("Tajný návrh"), .subject = p.version, .first_day = D(2023, 12, 1), .last_day = D(2023, 12, 14), .who = S("kdokoli"), .min_length = 10};
	strs_add(t_arena, &n.channels, S("web"));
	MUST(consultation_add(at_noon(&p, p.planner), &n));
	static const char *const pages[] = {"/oznameni", "/aktuality?rok=2023", "/kalendar?rok=2023", "/kalendar.ics", "/kalendar.atom", "/kalendar.json", "/", "/hledat?q=tajny"};
	for (size_t i = 0; i < LEN(pages); i++)
		EXPECT(!str_has(page_at(&p, D(2023, 12, 2), pages[i]), S("Tajný návrh")));
	ctx_end(&p.c);
}

TEST("comment: the paper that came is kept with it for those who record comments, for nobody else, and goes with the author's contact") {
	Period     p = period_given();
	Comment   *k;
	StoredFile f;
	CommentNew n = comment_typed("Přidejte lůžka ve Frýdlantu.");
	Ctx       *c = at_noon(&p, p.planner);
	n.channel = S("paper");
	n.delivered_at = c->now;
	n.file = library_staged(&p.lib, S("%PDF-1.4 podepsaný dopis"));
	n.file_name = S("dopis.pdf");
	c = at_noon(&p, p.planner);
	MUST(comment_record(c, p.id, &n, &k));
	MUST(comment_paper(c, k->head.id, &f));
	EQ_TEXT(f.name, "dopis.pdf");
	c = at_noon(&p, p.editor);
	EQ_INT(comment_paper(c, k->head.id, &f), ERR_FORBIDDEN);
	c = at_noon(&p, p.visitor);
	EXPECT(comment_paper(c, k->head.id, &f) != OK);
	c->problems.len = 0;
	at_noon(&p, p.planner);
	settle_it(&p, k->head.id, "content", "accepted");
	tick_at(&p, D(2023, 11, 15), 0);
	MUST(workflow_do(at_moment(&p, p.planner, D(2023, 11, 20), 9, 0, 0), &consultation_machine, p.id, "submit_settlement", NULL));
	MUST(workflow_do(at_moment(&p, p.head, D(2023, 11, 20), 11, 0, 0), &consultation_machine, p.id, "publish", NULL));
	i64 removed;
	MUST(retention_run(at_moment(&p, &actor_program, D(2024, 11, 21), 3, 0, 0), &removed));
	c = at_moment(&p, p.planner, D(2024, 11, 21), 4, 0, 0);
	EXPECT(edit_refused(c, comment_paper(c, k->head.id, &f), ERR_NOT_FOUND, "přiložené není"));
	ctx_end(&p.c);
}

static i64 letters_to(Period *p, const char *email, const char *kind) {
	static const Sql count = {.name = "test_letters", .text = "SELECT COUNT(*) FROM mail_letter WHERE address = $1 AND kind = $2"};
	i64 n;
	MUST(db_get_int(ctx_conn(&p->c), &count, P(V(str_c(email)), V(str_c(kind))), 0, &n));
	return n;
}

static Comment *recorded_for(Period *p, const char *text, const char *email) {
	CommentNew n = comment_typed(text);
	Comment   *k;
	n.channel = S("paper");
	n.email = str_c(email);
	n.delivered_at = p->c.now;
	MUST(comment_record(&p->c, p->id, &n, &k));
	return k;
}

TEST("comment: when the answers are out each author gets one letter or one notice, also for what was split, joined or late") {
	Period    p = period_given();
	Comments  parts;
	Comment  *mine;
	Str       link, body;
	at_noon(&p, p.planner);
	Comment *split = recorded_for(&p, "Přidejte lůžka ve Frýdlantu. Opravte nadpis.", "jana@example.org"), *other = recorded_for(&p, "Opravte překlep v úvodu.", "jana@example.org"),
	        *joined = recorded_for(&p, "Překlep v úvodu.", "petr@example.org");
	CommentNew n = comment_typed("Doplňte obce na Frýdlantsku.");
	n.email = (Str){0};
	MUST(comment_submit(at_noon(&p, p.planner), p.id, &n, S("192.0.2.7"), &mine, &link));
	at_noon(&p, p.planner);
	MUST(comment_split(&p.c, split->head.id, 0, (Str[]){S("Přidejte lůžka ve Frýdlantu."), S("Opravte nadpis.")}, 2, &parts));
	MUST(comment_merge(&p.c, joined->head.id, 0, other->head.id, S("")));
	Id all[] = {parts.at[0]->head.id, parts.at[1]->head.id, other->head.id, mine->head.id};
	for (size_t i = 0; i < LEN(all); i++)
		settle_it(&p, all[i], "formal", "accepted");
	tick_at(&p, D(2023, 11, 15), 0);
	MUST(workflow_do(at_moment(&p, p.planner, D(2023, 11, 20), 9, 0, 0), &consultation_machine, p.id, "submit_settlement", NULL));
	EQ_INT(letters_to(&p, "jana@example.org", "consultation.answered"), 0);
	MUST(workflow_do(at_moment(&p, p.head, D(2023, 11, 20), 11, 0, 0), &consultation_machine, p.id, "publish", NULL));
	EQ_INT(letters_to(&p, "jana@example.org", "consultation.answered"), 1);
	EQ_INT(letters_to(&p, "petr@example.org", "consultation.answered"), 1);
	static const Sql letter = {.name = "test_answered", .text = "SELECT body FROM mail_letter WHERE address = $1 ORDER BY id DESC LIMIT 1"};
	Rows r = db_query(ctx_conn(&p.c), &letter, P(V(S("petr@example.org"))));
	body = rows_next(&r) ? str_dup(t_arena, col_text(&r, 0)) : (Str){0};
	EXPECT(rows_end(&r) == OK);
	EXPECT(str_has(body, S("/vyporadani?q=P-2023-0003")) && str_has(body, S("(P-2023-0003)")));
	NoticeRows told;
	i64        about = 0;
	MUST(notice_list(at_moment(&p, p.planner, D(2023, 11, 20), 12, 0, 0), false, 0, 100, &told));
	for (size_t i = 0; i < told.len; i++)
		about += str_starts(told.at[i].title, S("Odpověď na vaši připomínku"));
	EQ_INT(about, 1);
	ctx_end(&p.c);
}

TEST("comment: the task of whoever checks it says once that it is a comment, and which") {
	Period   p = period_given();
	Comment *k = record_one(&p, "Doplňte odlehčovací službu v Tanvaldu.", "");
	Tasks    tasks;
	bool     more;
	Str      wanted = str_cat(t_arena, S("Zkontrolujte připomínku: "), k->number);
	size_t   found = 0;
	MUST(tasks_waiting(at_noon(&p, p.planner), 50, &tasks, &more));
	for (size_t i = 0; i < tasks.len; i++)
		if (str_starts(tasks.at[i].title, S("Zkontrolujte připomínku"))) {
			EXPECT(str_starts(tasks.at[i].title, wanted) && !str_has(tasks.at[i].title, S("Připomínka")));
			found++;
		}
	EQ_INT(found, 1);
}
