/* mandate: four eyes, numbers, the rules of G3, obligatory contents, papers that never change, amendments, early end, the watch over ends, who sees what. */
#include <unistd.h>

#include "core/jobs.h"
#include "core/print_inside.h"
#include "core/settings.h"
#include "domain/network/mandate_inside.h"
#include "domain/network/mandate_watch.h"
#include "tests/domain/mandate_given.h"

static Err approve(Given *g, Id id, const Actor *who, const char *resolution) {
	return workflow_do(as_person(g, who), &mandate_machine, id, "approve", &(WorkInput){.resolution = str_c(resolution)});
}

/* ---- pure ---- */

TEST("mandate G3, D2: a shared day is an overlap, a day between is a gap, the day after is neither") {
	MandateSpan  one = {S("A"), D(2026, 1, 1), D(2026, 6, 30)};
	MandateSpans all = {&one, 1, 1};
	EXPECT(mandate_overlap(&all, D(2026, 6, 30), D(2026, 12, 31)) == &one);
	EXPECT(mandate_overlap(&all, D(2025, 1, 1), D(2026, 1, 1)) == &one);
	EXPECT(!mandate_overlap(&all, D(2026, 7, 1), D(2026, 12, 31)));
	EXPECT(!mandate_overlap(&all, D(2025, 1, 1), D(2025, 12, 31)));
	EQ_INT(mandate_gap_before(&all, D(2026, 7, 1)), 0);
	EQ_INT(mandate_gap_before(&all, D(2026, 7, 2)), 1);
	EQ_INT(mandate_gap_after(&all, D(2025, 12, 31)), 0);
	EQ_INT(mandate_gap_after(&all, D(2025, 12, 30)), 1);
}

TEST("mandate G3: ten years are the last day before the tenth anniversary, also from a leap day") {
	EQ_INT(mandate_last_allowed(D(2026, 1, 1)).n, D(2035, 12, 31).n);
	EQ_INT(mandate_last_allowed(D(2024, 2, 29)).n, D(2034, 2, 27).n);
}

TEST("mandate: days before the end are read from the greatest, anything else is refused") {
	WatchSteps  s;
	const char *why;
	EXPECT(watch_steps_read(S("180, 90,30"), &s, &why));
	EQ_INT(watch_step_of(&s, 181), 0);
	EQ_INT(watch_step_of(&s, 180), 180);
	EQ_INT(watch_step_of(&s, 89), 90);
	EQ_INT(watch_step_of(&s, -3), 30);
	static const char *const wrong[] = {"", "30, 90", "a", "90,,30", "0", "7, 7", "90 30", "7,6,5,4,3,2,1"};
	for (size_t i = 0; i < LEN(wrong); i++)
		EXPECT(!watch_steps_read(str_c(wrong[i]), &s, &why));
}

TEST("mandate: a value with signs of Markdown stays words, a hole that is not known stays out") {
	const Hole holes[] = {{"poskytovatel", S("Dům *U lva* | <b>s. r. o.</b>"), false}, {"povinnost", S("- bod\n- bod"), true}};
	EQ_TEXT(template_fill(t_arena, S("{poskytovatel}: {povinnost}{nic} { a"), holes, 2), "Dům \\*U lva\\* \\| \\<b\\>s. r. o.\\</b\\>: - bod\n- bod { a");
}

/* ---- the way ---- */

TEST("mandate: it is prepared from the line and the template, approved by somebody else, and its number stays when it is corrected") {
	Given g = given_network();
	Id    id = given_mandate(&g, g.line, D(2026, 1, 1), D(2028, 12, 31), false);
	Mandate *m = mandate_of(&g, id);
	EQ_TEXT(m->provider_ico, "26404567");
	EQ_INT(m->capacity.hundredths, 650);
	EXPECT(str_has(m->territory, S("Tanvald")) && str_has(m->ceiling, S("2027")) && m->obligation.len && !m->number.len);
	REFUSED_SAYING(&g, approve(&g, id, g.officer, "11/26/ZK"), ERR_INVALID, "Čtyři oči");
	REFUSED_SAYING(&g, approve(&g, id, g.head, "99/26/ZK"), ERR_INVALID, "není v evidenci");
	MUST(approve(&g, id, g.head, "11/26/ZK"));
	EQ_TEXT(mandate_of(&g, id)->number, "POV-2026-0001");
	MUST(workflow_do(as_person(&g, g.head), &mandate_machine, id, "return", &(WorkInput){.reason = S("Překlep.")}));
	m = mandate_of(&g, id);
	m->obligation = S("Opravený závazek.");
	MUST(mandate_save(as_person(&g, g.officer), m));
	MUST(approve(&g, id, g.head, "12/26/ZK"));
	EQ_TEXT(mandate_of(&g, id)->number, "POV-2026-0001");
	m = mandate_of(&g, id);
	REFUSED_SAYING(&g, mandate_save(as_person(&g, g.officer), m), ERR_CONFLICT, "dodatek");
	EQ_INT(m->is_public, false);
	MUST(workflow_do(as_person(&g, g.officer), &mandate_machine, id, "issue", NULL));
	EQ_INT(mandate_of(&g, id)->is_public, true);
	Id next = given_mandate(&g, given_line(&g, "102"), D(2026, 1, 1), D(2026, 12, 31), true);
	EQ_TEXT(mandate_of(&g, next)->number, "POV-2026-0002");
}

TEST("mandate: whoever mended the draft last does not approve it, though somebody else prepared it; after another hand on it they may") {
	Given  g = given_network();
	Id     id = given_mandate(&g, g.line, D(2026, 1, 1), D(2028, 12, 31), false);
	Grant *rights = NEW(t_arena, Grant, .role = S("NET"), .scope = SCOPE_REGION);
	Actor *second = NEW(t_arena, Actor, .account = 905, .name = S("druhý správce sítě"), .grants = rights, .grant_count = 1);
	access_prepare(second);
	Mandate *m = mandate_of(&g, id);
	m->obligation = S("Závazek podle druhého správce.");
	MUST(mandate_save(as_person(&g, second), m));
	REFUSED_SAYING(&g, approve(&g, id, second, "11/26/ZK"), ERR_INVALID, "naposledy upravili");
	m = mandate_of(&g, id);
	m->obligation = S("Závazek podle správce sítě.");
	MUST(mandate_save(as_person(&g, g.officer), m));
	MUST(approve(&g, id, second, "11/26/ZK"));
}

TEST("mandate: each line of the network has the number of the mandate that holds on the day and was issued by then") {
	Given g = given_network();
	Id    first = given_mandate(&g, g.line, D(2026, 1, 1), D(2026, 6, 30), true);
	Id    second = given_mandate(&g, g.line, D(2026, 7, 1), D(2027, 12, 31), true), other = given_line(&g, "102");
	given_mandate(&g, other, D(2026, 1, 1), D(2026, 12, 31), false);
	Ctx *c = as_program(&g);
	const struct { Date day; Id want; } asked[] = {{D(2025, 12, 31), 0}, {D(2026, 1, 1), first}, {D(2026, 6, 30), first}, {D(2026, 7, 1), second}, {D(2028, 1, 1), 0}};
	for (size_t i = 0; i < LEN(asked); i++) {
		LineWholes all;
		MUST(lines_of(c, g.network, (AsOf){.valid = asked[i].day}, &all));
		MUST(mandates_name(c, (AsOf){.valid = asked[i].day}, &all));
		for (size_t k = 0; k < all.len; k++)
			EQ_INT(all.at[k].mandate, all.at[k].line->head.id == g.line ? asked[i].want : 0);
	}
	LineWholes all;
	AsOf       before = {D(2026, 8, 1), prague_instant(D(2026, 1, 1), 0)};
	MUST(lines_of(c, g.network, (AsOf){.valid = D(2026, 8, 1)}, &all));
	MUST(mandates_name(c, before, &all));
	for (size_t k = 0; k < all.len; k++)
		EQ_INT(all.at[k].mandate, 0);
}

TEST("mandate G3: two mandates of one line cannot share a day; the day after is fine and an early end makes room") {
	Given g = given_network();
	Id    first = given_mandate(&g, g.line, D(2026, 1, 1), D(2026, 12, 31), true);
	Id    second = given_mandate(&g, g.line, D(2026, 12, 31), D(2027, 12, 31), false);
	REFUSED_SAYING(&g, approve(&g, second, g.head, "12/26/ZK"), ERR_INVALID, "Překrývá se s pověřením POV-2026-0001");
	Mandate *m = mandate_of(&g, second);
	m->first_day = D(2027, 1, 1);
	MUST(mandate_save(as_person(&g, g.officer), m));
	MUST(approve(&g, second, g.head, "12/26/ZK"));
	MUST(mandate_end_early(as_person(&g, g.head), first, &(MandateEnd){D(2026, 11, 30), S("Dohoda."), mandate_of(&g, first)->head.version}));
	Id third = given_mandate(&g, g.line, D(2026, 12, 1), D(2026, 12, 31), true);
	EQ_TEXT(mandate_of(&g, third)->state, MANDATE_ACTIVE);
}

TEST("mandate G3: a gap is a warning and hinders nothing") {
	Given g = given_network();
	given_mandate(&g, g.line, D(2026, 1, 1), D(2026, 6, 30), true);
	Id   id = given_mandate(&g, g.line, D(2026, 7, 3), D(2026, 12, 31), true);
	Strs warnings;
	MUST(mandate_warnings(&g.c, mandate_of(&g, id), &warnings));
	EXPECT(str_has(str_join(t_arena, S(" "), warnings), S("2\u00a0dny bez pověření")));
}

TEST("mandate G3: days outside of the line are refused; days outside of the plan are a warning") {
	Given g = given_network();
	Id    early = given_mandate(&g, g.line, D(2026, 1, 1), D(2026, 12, 31), false);
	Mandate *m = mandate_of(&g, early);
	m->first_day = D(2024, 12, 31);
	REFUSED_SAYING(&g, mandate_save(as_person(&g, g.officer), m), ERR_INVALID, "řádek v síti na tento den není");
	Ctx  *c = as_program(&g);
	void *row;
	MUST(store_get(c, &line_entity, TODAY, g.line, &row));
	Line *l = row;
	l->until = D(2027, 6, 30);
	l->change_reason = S("Na dobu určitou.");
	MUST(line_write(c, l, D(2025, 1, 1), (Date){0}));
	m = mandate_of(&g, early);
	m->last_day = D(2027, 7, 1);
	MUST(mandate_save(as_person(&g, g.officer), m));
	REFUSED_SAYING(&g, approve(&g, early, g.head, "11/26/ZK"), ERR_INVALID, "pověření tu dobu přesahuje");
	Strs warnings;
	MUST(mandate_warnings(&g.c, mandate_of(&g, early), &warnings));
	EXPECT(str_has(str_join(t_arena, S(" "), warnings), S("platný plán")));
}

TEST("mandate G3: more than ten years are refused, ten are not") {
	Given g = given_network();
	Id    id = given_mandate(&g, g.line, D(2026, 1, 1), D(2036, 1, 1), false);
	REFUSED_SAYING(&g, approve(&g, id, g.head, "11/26/ZK"), ERR_INVALID, "delší než deset let");
	Mandate *m = mandate_of(&g, id);
	m->last_day = D(2035, 12, 31);
	MUST(mandate_save(as_person(&g, g.officer), m));
	MUST(approve(&g, id, g.head, "11/26/ZK"));
}

TEST("mandate G3: unit and capacity are those of the line on the first day") {
	Given g = given_network();
	Id    id = given_mandate(&g, g.line, D(2026, 1, 1), D(2026, 12, 31), false);
	Mandate *m = mandate_of(&g, id);
	m->capacity = fte(651);
	MUST(mandate_save(as_person(&g, g.officer), m));
	REFUSED_SAYING(&g, approve(&g, id, g.head, "11/26/ZK"), ERR_INVALID, "6,51");
	change_line(&g, g.line, D(2025, 1, 1), 651, LINE_IN_NETWORK);
	MUST(approve(&g, id, g.head, "11/26/ZK"));
}

TEST("mandate: a service outside of the network gets none") {
	Given g = given_network();
	Id    id = given_mandate(&g, g.line, D(2026, 6, 1), D(2026, 12, 31), false);
	change_line(&g, g.line, D(2026, 3, 1), 650, LINE_LEFT);
	REFUSED_SAYING(&g, approve(&g, id, g.head, "11/26/ZK"), ERR_INVALID, "vyřazená");
}

TEST("mandate 2012/21/EU: a missing part of the contents hinders approval and is named, in the mandate and in the template") {
	Given g = given_network();
	Id    id = given_mandate(&g, g.line, D(2026, 1, 1), D(2026, 12, 31), false);
	static const char *const fields[] = {"obligation", "compensation", "overcompensation", "exclusive_rights", "legal_reference"};
	for (size_t i = 0; i < LEN(fields); i++) {
		Mandate     *m = mandate_of(&g, id);
		const Field *f = entity_field(&mandate_entity, str_c(fields[i]));
		Str          kept = *(Str *)field_at(f, m);
		*(Str *)field_at(f, m) = (Str){0};
		MUST(mandate_save(as_person(&g, g.officer), m));
		REFUSED_SAYING(&g, approve(&g, id, g.head, "11/26/ZK"), ERR_INVALID, f->label);
		m = mandate_of(&g, id);
		*(Str *)field_at(f, m) = kept;
		MUST(mandate_save(as_person(&g, g.officer), m));
	}
	MandateTemplate *t;
	MUST(mandate_template_of(&g.c, PAPER_MANDATE, g.c.today, &t));
	t->text = str_replace(t_arena, t->text, S("{nadmerne}"), S("viz příloha"));
	MUST(history_change(as_person(&g, g.officer), &mandate_template_entity, t, D(2026, 11, 1), (Date){0}));
	REFUSED_SAYING(&g, approve(&g, id, g.head, "11/26/ZK"), ERR_INVALID, "{nadmerne}");
	MUST(mandate_template_of(&g.c, PAPER_MANDATE, g.c.today, &t));
	t->text = S("Text s {neznamym} slovem.");
	REFUSED_SAYING(&g, history_change(as_person(&g, g.officer), &mandate_template_entity, t, D(2026, 11, 1), (Date){0}), ERR_INVALID, "{neznamym}");
}

/* ---- papers ---- */

static Str bytes_of(Ctx *c, Id file) {
	StoredFile f;
	int        fd;
	MUST(files_get(c, file, &f));
	MUST(files_open(c, &f, true, &fd));
	char *to = arena_alloc(t_arena, (size_t)f.size + 1);
	EQ_INT(pread(fd, to, (size_t)f.size, 0), f.size);
	close(fd);
	return str_of(to, (size_t)f.size);
}

TEST("mandate: what is issued is written down with its digest; the PDF is kept once and nothing replaces it") {
	Given        g = given_network();
	Id           id = given_mandate(&g, g.line, D(2026, 1, 1), D(2028, 12, 31), true);
	MandatePaper p;
	StoredFile   one, two;
	MUST(mandate_paper(&g.c, id, 0, &p));
	EXPECT(str_has(p.title, S("POV-2026-0001")));
	EXPECT(str_has(p.text, S("11/26/ZK")) && str_has(p.text, S("2012/21/EU")) && !str_has(p.text, S("{")));
	EXPECT(p.pdf.job != 0 && !p.pdf.file);
	Ctx *c = as_program(&g);
	MUST(files_stage(c, S("%PDF-1 první"), -1, &one));
	MUST(files_stage(c, S("%PDF-1 druhé"), -1, &two));
	for (int i = 0; i < 2; i++) {
		CLEANUP(tx_end) Tx tx = {0};
		MUST(tx_begin(c, &tx));
		MUST(mandate_paper_keep(c, p.id, i ? &two : &one));
		MUST(tx_commit(&tx));
	}
	MUST(mandate_paper(c, id, 0, &p));
	EQ_TEXT(bytes_of(c, p.pdf.file), "%PDF-1 první");
	EQ_STR(p.sha256, one.sha256);
	bool fine;
	Str  detail;
	MUST(check_mandate_papers(c, &fine, &detail));
	EXPECT(fine);
	MandateTemplate *t;
	MUST(mandate_template_of(c, PAPER_MANDATE, c->today, &t));
	t->title = S("Jiný nadpis");
	MUST(history_change(c, &mandate_template_entity, t, c->today, (Date){0}));
	MandatePaper again;
	MUST(mandate_paper(c, id, 0, &again));
	EQ_STR(again.text, p.text);
	EQ_STR(again.title, p.title);
}

/* ---- amendments ---- */

static Id given_amendment(Given *g, Id mandate, Date from, i64 capacity) {
	MandateAmendment *x = entity_new(t_arena, &mandate_amendment_entity);
	x->mandate = mandate;
	x->effective_from = from;
	x->capacity = (Fte){capacity};
	x->ceiling = S("2027: 5 000 000 Kč");
	x->reason = S("Síť se mění.");
	MUST(mandate_amendment_add(as_person(g, g->officer), x));
	return x->head.id;
}

static Err issue(Given *g, Id amendment, const Actor *who) {
	return workflow_do(as_person(g, who), &mandate_amendment_machine, amendment, "issue", &(WorkInput){.resolution = S("13/26/ZK")});
}

TEST("mandate: an amendment is issued by somebody else, gets the next number and a paper of its own, and holds from its day") {
	Given        g = given_network();
	Id           id = given_mandate(&g, g.line, D(2026, 1, 1), D(2028, 12, 31), true);
	Id           x = given_amendment(&g, id, D(2027, 1, 1), 700);
	MandateTerms t;
	REFUSED_SAYING(&g, issue(&g, x, g.officer), ERR_INVALID, "Čtyři oči");
	REFUSED_SAYING(&g, issue(&g, x, g.head), ERR_INVALID, "Kapacita po dodatku je 7,00, řádku sítě 6,50");
	change_line(&g, g.line, D(2027, 1, 1), 700, LINE_IN_NETWORK);
	MUST(issue(&g, x, g.head));
	MUST(mandate_terms(&g.c, mandate_of(&g, id), D(2026, 12, 31), &t));
	EQ_INT(t.capacity.hundredths, 650);
	MUST(mandate_terms(&g.c, mandate_of(&g, id), D(2027, 1, 1), &t));
	EQ_INT(t.capacity.hundredths, 700);
	EQ_TEXT(t.ceiling, "2027: 5 000 000 Kč");
	EXPECT(str_has(t.territory, S("Tanvald")));
	EQ_INT(mandate_of(&g, id)->amendments, 1);
	EQ_INT(mandate_of(&g, id)->capacity.hundredths, 650);
	MandatePaper p;
	MUST(mandate_paper(&g.c, id, 1, &p));
	EXPECT(str_has(p.title, S("Dodatek č. 1")) && str_has(p.text, S("dosud 6,50, nově 7,00")));
}

TEST("mandate: the register and its files say capacity and ceiling as amended by the day that is asked") {
	Given   g = given_network();
	Id      id = given_mandate(&g, g.line, D(2026, 1, 1), D(2028, 12, 31), true);
	Browser b = {.app = g.app};
	change_line(&g, g.line, D(2027, 1, 1), 700, LINE_IN_NETWORK);
	MUST(issue(&g, given_amendment(&g, id, D(2027, 1, 1), 700), g.head));
	ctx_end(&g.c);
	static const struct { const char *day, *csv, *json, *page; bool later; } asked[] = {
		{"2026-11-22", ";6,50;6,50;1;", "\"kapacita_po_dodatcich\":\"6.50\"", "6,50", false},
		{"2026-12-31", ";6,50;6,50;1;", "\"kapacita_po_dodatcich\":\"6.50\"", "6,50", false},
		{"2027-01-01", ";6,50;7,00;1;", "\"kapacita_po_dodatcich\":\"7.00\"", "7,00", true},
		{"2029-06-01", ";6,50;7,00;1;", "\"kapacita_po_dodatcich\":\"7.00\"", "7,00", true},
	};
	for (size_t i = 0; i < LEN(asked); i++) {
		Answer csv = web_get(&b, str_z(t_arena, str_format(t_arena, "/povereni.csv?stav=vse&ke-dni=%s", asked[i].day)));
		Answer json = web_get(&b, str_z(t_arena, str_format(t_arena, "/povereni.json?stav=vse&ke-dni=%s", asked[i].day)));
		Answer page = web_get(&b, str_z(t_arena, str_format(t_arena, "/povereni?stav=vse&ke-dni=%s", asked[i].day)));
		EXPECT(str_has(csv.body, str_c(asked[i].csv)));
		EXPECT(str_has(json.body, str_c(asked[i].json)));
		EXPECT(str_has(page.body, str_c(asked[i].page)));
		EQ_INT(str_has(csv.body, S("2027: 5 000 000 Kč")), asked[i].later);
		EQ_INT(str_has(json.body, S("2027: 5 000 000 Kč")), asked[i].later);
	}
}

TEST("mandate: an amendment that changes nothing, or holds outside of the mandate, is refused") {
	Given g = given_network();
	Id    id = given_mandate(&g, g.line, D(2026, 1, 1), D(2027, 12, 31), true);
	MandateAmendment *x = entity_new(t_arena, &mandate_amendment_entity);
	x->mandate = id;
	x->effective_from = D(2028, 1, 1);
	x->reason = S("Nic.");
	REFUSED_SAYING(&g, mandate_amendment_add(as_person(&g, g.officer), x), ERR_INVALID, "musí něco měnit");
	x->ceiling = S("2028: 1 Kč");
	REFUSED_SAYING(&g, mandate_amendment_add(as_person(&g, g.officer), x), ERR_INVALID, "kdy pověření platí");
	Id draft = given_mandate(&g, given_line(&g, "102"), D(2026, 1, 1), D(2027, 12, 31), false);
	x->mandate = draft;
	x->effective_from = D(2027, 1, 1);
	REFUSED_SAYING(&g, mandate_amendment_add(as_person(&g, g.officer), x), ERR_CONFLICT, "vydanému");
}

/* ---- ends ---- */

TEST("mandate: an early end wants a day inside and a reason; a coming day shortens it, a past one ends it at once") {
	Given      g = given_network();
	Id         id = given_mandate(&g, g.line, D(2026, 1, 1), D(2027, 12, 31), true);
	MandateEnd e = {D(2027, 12, 31), S("Dohoda."), mandate_of(&g, id)->head.version};
	REFUSED_SAYING(&g, mandate_end_early(as_person(&g, g.head), id, &e), ERR_INVALID, "dřív, než pověření končí");
	e = (MandateEnd){D(2027, 6, 30), {0}, e.version};
	REFUSED_SAYING(&g, mandate_end_early(as_person(&g, g.head), id, &e), ERR_INVALID, "");
	e.reason = S("Dohoda s poskytovatelem.");
	MUST(mandate_end_early(as_person(&g, g.head), id, &e));
	EQ_TEXT(mandate_of(&g, id)->state, MANDATE_ACTIVE);
	EQ_INT(mandate_of(&g, id)->ends_on.n, D(2027, 6, 30).n);
	e = (MandateEnd){D(2026, 11, 20), S("Služba skončila."), mandate_of(&g, id)->head.version};
	MUST(mandate_end_early(as_person(&g, g.head), id, &e));
	EQ_TEXT(mandate_of(&g, id)->state, MANDATE_ENDED);
	EXPECT(mandate_holds(mandate_of(&g, id), D(2026, 11, 20)) && !mandate_holds(mandate_of(&g, id), D(2026, 11, 21)));
}

TEST("mandate: it ends by itself the day after its last day, and goes to the archive") {
	Given g = given_network();
	Id    id = given_mandate(&g, g.line, D(2026, 1, 1), D(2026, 11, 30), true);
	i64   moved;
	as_program(&g);
	ctx_end(&g.c);
	g.c = ctx_make(t_arena, g.app->db, &actor_program, prague_instant(D(2026, 11, 30), 23 * 3600));
	MUST(workflow_tick(&g.c, &moved));
	EQ_TEXT(mandate_of(&g, id)->state, MANDATE_ACTIVE);
	ctx_end(&g.c);
	g.c = ctx_make(t_arena, g.app->db, &actor_program, prague_instant(D(2026, 12, 1), 60));
	MUST(workflow_tick(&g.c, &moved));
	EQ_TEXT(mandate_of(&g, id)->state, MANDATE_ENDED);
	MUST(workflow_do(as_person(&g, g.officer), &mandate_machine, id, "archive", NULL));
	EQ_TEXT(mandate_of(&g, id)->state, MANDATE_ARCHIVED);
}

TEST("mandate: when the service leaves the network, its mandate ends with the last day in it") {
	Given g = given_network();
	Id    id = given_mandate(&g, g.line, D(2026, 1, 1), D(2027, 12, 31), true);
	i64   ended;
	change_line(&g, g.line, D(2026, 11, 1), 650, LINE_LEFT);
	MUST(mandates_follow_lines(as_program(&g), &ended));
	EQ_INT(ended, 1);
	EQ_TEXT(mandate_of(&g, id)->state, MANDATE_ENDED);
	EQ_INT(mandate_of(&g, id)->ends_on.n, D(2026, 10, 31).n);
	MUST(mandates_follow_lines(as_program(&g), &ended));
	EQ_INT(ended, 0);
}

static i64 count(Given *g, const char *select) {
	Sql *sql = NEW(t_arena, Sql, .name = str_z(t_arena, str_format(t_arena, "test_%s", select)), .text = select);
	i64  n;
	MUST(db_get_int(ctx_conn(&g->c), sql, DB_NONE, 0, &n));
	return n;
}

static i64 watch_on(Given *g, Date day) {
	i64 told;
	ctx_end(&g->c);
	g->c = ctx_make(t_arena, g->app->db, &actor_program, prague_instant(day, 8 * 3600));
	MUST(mandates_watch(&g->c, &told));
	return told;
}

TEST("mandate: its end is told 180, 90 and 30 days before, each once, to the officer as a task and to the provider as a letter") {
	Given g = given_network();
	given_mandate(&g, g.line, D(2026, 1, 1), D(2027, 12, 31), true);
	EQ_INT(watch_on(&g, D(2027, 7, 3)), 0);
	EQ_INT(watch_on(&g, D(2027, 7, 4)), 1);
	EQ_INT(watch_on(&g, D(2027, 7, 5)), 0);
	EQ_INT(count(&g, "SELECT COUNT(*) FROM task WHERE kind = 'mandate.ends' AND closed_at IS NULL AND role = 'NET'"), 1);
	EQ_INT(watch_on(&g, D(2027, 10, 2)), 1);
	EQ_INT(watch_on(&g, D(2027, 12, 1)), 1);
	EQ_INT(watch_on(&g, D(2027, 12, 30)), 0);
	EQ_INT(count(&g, "SELECT COUNT(*) FROM mail_letter WHERE kind = 'network.mandate_ends'"), 3);
	EQ_INT(count(&g, "SELECT COUNT(*) FROM task WHERE kind = 'mandate.ends' AND closed_at IS NULL"), 1);
	given_mandate(&g, g.line, D(2028, 1, 1), D(2028, 12, 31), true);
	EQ_INT(count(&g, "SELECT COUNT(*) FROM task WHERE kind = 'mandate.ends' AND closed_at IS NULL"), 0);
}

/* ---- who sees what ---- */

TEST("mandate: the register shows what was issued and nothing else; a provider sees its own drafts, not those of others") {
	Given        g = given_network();
	Mandates     rows;
	i64          total;
	MandateQuery all = {.limit = -1}, everybody = {.public_only = true, .limit = -1, .when = MANDATE_HOLDING, .day = D(2026, 6, 1)};
	Id           id = given_mandate(&g, g.line, D(2026, 1, 1), D(2026, 12, 31), true);
	given_mandate(&g, given_line(&g, "102"), D(2026, 1, 1), D(2026, 12, 31), false);
	MUST(mandates_find(as_person(&g, &actor_public), &everybody, &rows, &total));
	EQ_INT(total, 1);
	EQ_INT(rows.at[0]->head.id, id);
	everybody.day = D(2025, 12, 31);
	MUST(mandates_find(&g.c, &everybody, &rows, &total));
	EQ_INT(total, 0);
	MUST(mandates_find(as_person(&g, g.statutory), &all, &rows, &total));
	EQ_INT(total, 2);
	MandateQuery issued = {.issued = true, .limit = -1};
	MUST(mandates_find(as_person(&g, g.officer), &issued, &rows, &total));
	EQ_INT(total, 1);
	EQ_INT(rows.at[0]->head.id, id);
	Actor *other = NEW(t_arena, Actor, .account = 900, .name = S("cizí"), .grant_count = 1);
	other->grants = NEW(t_arena, Grant, .role = S("PSG"), .scope = SCOPE_PROVIDER, .ref = g.provider + 1000);
	access_prepare(other);
	MUST(mandates_find(as_person(&g, other), &all, &rows, &total));
	EQ_INT(total, 0);
	Mandate *m;
	REFUSED_SAYING(&g, mandate_public(&g.c, id + 5000, &m), ERR_NOT_FOUND, "registru");
	REFUSED_SAYING(&g, mandate_end_early(as_person(&g, g.statutory), id, &(MandateEnd){D(2026, 6, 1), S("x"), 1}), ERR_FORBIDDEN, "");
}

TEST("mandate: the quarter of a day is whole") {
	Date from, to;
	mandate_quarter(D(2026, 11, 22), &from, &to);
	EQ_INT(from.n, D(2026, 10, 1).n);
	EQ_INT(to.n, D(2026, 12, 31).n);
	mandate_quarter(D(2028, 2, 29), &from, &to);
	EQ_INT(to.n, D(2028, 3, 31).n);
}
