#include "tests/domain/consultation.h"

#include "domain/people/people.h"

static const Actor *account_actor(Ctx *c, const char *login, const char *name, const char *role, Id *account) {
	Id organisation = 0;
	Organisation o = {.kind = S("region"), .name = str_format(t_arena, "Úřad %s", role), .ref = BLANK};
	MUST(entity_insert(c, &organisation_entity, &o));
	organisation = o.head.id;
	MUST(account_add(c, str_c(login), str_c(name), organisation, account));
	MUST(account_grant(c, *account, str_c(role), SCOPE_REGION, 0, D(2020, 1, 1), (Date){0}));
	Actor *a = NEW(t_arena, Actor, .account = *account, .name = str_c(name), .grant_count = 1);
	a->grants = NEW(t_arena, Grant, .role = str_c(role), .scope = SCOPE_REGION);
	access_prepare(a);
	return a;
}

static const char text[] =
	"# Plán\n\nÚvodní slovo o plánu kraje.\n\n## Pečovatelská služba\n\nKapacita pečovatelské služby v obvodu Tanvald vzroste o čtyři úvazky.\n\n"
	"Noční dostupnost zajistí dvě střediska.\n\n## Odlehčovací služby\n\nOdlehčovací lůžka přibudou v obvodu Frýdlant do konce období.\n";

Period period_given(void) {
	Period p = {.lib = library_given(), .visitor = &actor_public};
	Id     unused;
	p.c = ctx_make(t_arena, p.lib.app->db, &actor_program, prague_instant(D(2023, 10, 20), 12 * 3600));
	p.planner = account_actor(&p.c, "planovacka@example.org", "Plánovačka", "PLN", &unused);
	p.head = account_actor(&p.c, "vedouci@example.org", "Vedoucí", "VED", &unused);
	p.editor = account_actor(&p.c, "ekonomka@example.org", "Ekonomka", "ECO", &p.editor_account);
	Ctx *c = at_moment(&p, p.planner, D(2023, 10, 20), 12, 0, 0);
	MUST(version_add(c, p.lib.document, &(VersionNew){.text = str_c(text)}, &p.version));
	MUST(version_freeze(c, p.version));
	Consultation n = {.title = S("Připomínky k návrhu plánu"), .subject = p.version, .first_day = D(2023, 11, 1), .last_day = D(2023, 11, 14), .who = S("kdokoli"),
	                  .accept_late = true, .accept_oral = true, .min_length = 10};
	strs_add(t_arena, &n.channels, S("web"));
	strs_add(t_arena, &n.channels, S("paper"));
	MUST(consultation_add(c, &n));
	p.id = n.head.id;
	MUST(workflow_do(c, &consultation_machine, p.id, "announce", NULL));
	tick_at(&p, D(2023, 11, 1), 0);
	at_noon(&p, p.planner);
	return p;
}

Ctx *at_moment(Period *p, const Actor *who, Date day, int hour, int minute, int second) {
	Ctx *c = &p->c;
	ctx_end(c);
	*c = ctx_make(t_arena, p->lib.app->db, who, prague_instant(day, hour * 3600 + minute * 60 + second));
	return c;
}

CommentNew comment_typed(const char *what) {
	return (CommentNew){.text = str_c(what), .author_kind = S("citizen"), .author_name = S("Jana Ukázková"), .email = S("jana@example.org")};
}

Comment *record_one(Period *p, const char *what, const char *anchor) {
	CommentNew n = comment_typed(what);
	Comment   *k;
	n.channel = S("paper");
	n.anchor = str_c(anchor);
	n.delivered_at = p->c.now;
	n.email = (Str){0};
	p->c.actor = p->planner;
	MUST(comment_record(&p->c, p->id, &n, &k));
	return k;
}

Comment *stored_comment(Period *p, Id id) {
	void *row;
	MUST(store_get(&p->c, &comment_entity, TODAY, id, &row));
	return row;
}

void settle_it(Period *p, Id id, const char *kind, const char *result) {
	p->c.actor = p->planner;
	if (str_eq(stored_comment(p, id)->state, S(COMMENT_RECEIVED)))
		MUST(comment_check(&p->c, id, 0, str_c(kind)));
	MUST(comment_assign(&p->c, id, 0, p->editor_account));
	p->c.actor = p->editor;
	MUST(comment_propose(&p->c, id, 0, &(CommentAnswer){.result = str_c(result), .reasoning = S("Text se v tomto místě upraví podle připomínky.")}));
	p->c.actor = p->head;
	MUST(comment_decide(&p->c, id, 0, &(CommentDecision){S("Koordinační skupina"), S("5. jednání, pro 9, proti 0"), p->c.today}));
	p->c.actor = p->planner;
}

void tick_at(Period *p, Date day, int hour) {
	i64 moved;
	MUST(workflow_tick(at_moment(p, &actor_program, day, hour, 0, 30), &moved));
}

Str token_of_letter(Period *p, const char *email) {
	static const Sql last = {.name = "test_last_letter", .text = "SELECT body FROM mail_letter WHERE address = $1 ORDER BY id DESC LIMIT 1"};
	Rows r = db_query(ctx_conn(&p->c), &last, P(V(str_c(email))));
	Str  body = rows_next(&r) ? str_dup(t_arena, col_text(&r, 0)) : (Str){0};
	EXPECT(rows_end(&r) == OK);
	i64 where = str_find(body, S("/pripominka/"));
	EXPECT(where >= 0);
	return str_first(str_from(body, (size_t)where + strlen("/pripominka/")), 43);
}
