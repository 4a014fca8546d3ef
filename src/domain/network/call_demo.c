/* call_demo.c: a call in each state, and applications on every step of their way; all of it invented. */
#include "core/access.h"
#include "domain/needs/optimal.h"
#include "domain/network/call_demo_inside.h"
#include "domain/network/score_order.h"
#include "domain/people/demo.h"

static void go(CallTale *s, const Actor *who, int days, int hour) {
	s->c->actor = who;
	s->c->today = date_add(prague_day(s->now), days);
	s->c->now = prague_instant(s->c->today, hour * 3600);
	if (s->c->now.ms > s->now.ms) {
		s->c->now = s->now;
		s->c->today = prague_day(s->now);
	}
}

static Str rule_of(CallTale *s, int days, const char *hour) {
	int year, month, day;
	date_parts(date_add(prague_day(s->now), days), &year, &month, &day);
	return str_format(s->c->arena, "%d. %d. %d %s", day, month, year, hour);
}

/* One that must be there, one with a file to fill in. */
static Err ask_files(CallTale *s, Id call) {
	AskedFile *owner = entity_new(s->c->arena, &asked_file_entity), *plan = entity_new(s->c->arena, &asked_file_entity);
	StoredFile form;
	owner->label = S("Souhlas vlastníka prostor");
	owner->hint = S("Nájemní smlouva, nebo prohlášení vlastníka.");
	owner->required = true;
	TRY(call_ask_file(s->c, call, owner, NULL));
	plan->label = S("Přehled plánovaných pracovníků");
	plan->hint = S("Vyplňte podle vzoru; jména neuvádějte.");
	TRY(files_stage(s->c, S("pozice;úvazek;od kdy\r\n;;\r\n"), -1, &form));
	form.name = S("prehled-pracovniku.csv");
	return call_ask_file(s->c, call, plan, &form);
}

static Err attach_files(CallTale *s, Id submission) {
	StoredFile  f;
	Submission *row;
	AskedFiles  asked;
	TRY(submission_get(s->c, submission, &row));
	TRY(asked_files(s->c, call_entity.name, row->asked_by_id, &asked));
	CHECK(asked.len > 0);
	TRY(files_stage(s->c, S("ukázková data;souhlas vlastníka prostor\r\nadresa;Ukázková 1\r\n"), -1, &f));
	f.name = S("souhlas-vlastnika.csv");
	return submission_attach(s->c, submission, str_format(s->c->arena, "zadani-%lld", (long long)asked.at[0]->head.id), &f);
}

/* Days from today. */
Err call_tale_call(CallTale *s, const CallSample *x, bool announced, Id *ret) {
	Call *k = entity_new(s->c->arena, &call_entity);
	go(s, &s->officer, x->opens < -20 ? x->opens - 20 : announced ? -15 : -2, 9);
	k->title = str_c(x->title);
	k->about = str_c(x->about);
	k->target_year = date_year(prague_day(s->now)) + x->year;
	k->extraordinary = x->extraordinary;
	strs_add(s->c->arena, &k->types, S("A"));
	strs_add(s->c->arena, &k->types, S("C"));
	k->opens_rule = rule_of(s, x->opens, "8:00");
	k->closes_rule = rule_of(s, x->closes, "16:00");
	k->statements_rule = rule_of(s, x->statements, "16:00");
	k->attachments = S("Rozpočet a údaje o registraci jsou součástí formuláře, nepřikládají se.");
	k->form_a = s->form_a;
	k->form_c = s->form_c;
	TRY(call_add(s->c, k, &(CallTargets){0}));
	*ret = k->head.id;
	TRY(ask_files(s, *ret));
	return announced ? workflow_do(s->c, &call_machine, *ret, "announce", NULL) : OK;
}

Err call_tale_open(CallTale *s, Id call, int day) {
	go(s, &actor_program, day, 8);
	return workflow_system(s->c, &call_machine, call, "open", S("Nastal čas otevření."));
}

Err call_tale_close(CallTale *s, Id call) {
	Call *k;
	TRY(call_stored(s->c, call, &k));
	s->c->actor = &actor_program;
	s->c->now = k->closes_at;
	s->c->today = prague_day(s->c->now);
	return workflow_system(s->c, &call_machine, call, "close", S("Nastal čas uzavření."));
}

Err call_tale_finish(CallTale *s, Id call, int day) {
	go(s, &s->officer, day, 9);
	return workflow_do(s->c, &call_machine, call, "finish", NULL);
}

/* ---- filling in ---- */

static Str sample_of(CallTale *s, const FormField *f, i64 line) {
	if (str_eq(f->list, S("obvody")))
		return s->districts.at[(size_t)line % s->districts.len]->code;
	if (str_eq(f->stable, S("podil")))
		return line == 1 ? S("70") : S("30");
	if (str_eq(f->stable, S("pozice")))
		return line == 1 ? S("pečovatelka") : S("sociální pracovnice");
	if (str_eq(f->stable, S("uvazek")))
		return line == 1 ? S("3,00") : S("0,75");
	if (form_is(f, FORM_INT))
		return str_format(s->c->arena, "%lld", (long long)(date_year(prague_day(s->now)) + 2 + line));
	if (str_eq(f->stable, S("vp_dalsi")))
		return line == 1 ? S("1 750 000") : S("1 820 000");
	if (str_eq(f->stable, S("spf_kdo")))
		return line == 1 ? S("Město (ukázka)") : S("Obec (ukázka)");
	if (str_eq(f->stable, S("spf_castka")))
		return line == 1 ? S("250 000") : S("50 000");
	if (str_eq(f->stable, S("spf_doklad")))
		return line == 1 ? S("usnesení zastupitelstva č. 12/2026") : S("příslib starostky");
	if (form_is(f, FORM_CHOICE))
		return str_eq(f->list, S("service_kind")) ? S("40") : str_eq(f->list, S("service_form")) ? S("ter") : str_eq(f->list, S("network_unit")) ? S("U") : S("seniori");
	if (form_is(f, FORM_DAY))
		return str_format(s->c->arena, "1. 1. %d", date_year(prague_day(s->now)) + 2);
	return form_is(f, FORM_MONEY) ? S("0") : form_is(f, FORM_FTE) ? S("3,50") : form_is(f, FORM_YES) ? S("ano") : S("Ukázkový údaj pro předvedení formuláře.");
}

static void put(CallTale *s, TypedList *to, Str field, i64 line, Str value) {
	*ARENA_PUSH(s->c->arena, to->at, to->len, to->cap) = (Typed){.field = field, .line = line, .value = value};
}

/* Where such a service is needed: the first district with a need that the region has accepted; {0} = nowhere. */
static Err needed_in(CallTale *s, Str kind, Str *ret) {
	EntityList list;
	ListFilter of[] = {{.field = entity_field(&need_entity, S("kind")), .value = kind}, {.field = entity_field(&need_entity, S("state")), .value = S(NEED_ACCEPTED)}};
	const Actor *who = s->c->actor;
	*ret = (Str){0};
	s->c->actor = &actor_program;
	Err e = entity_list(s->c, &need_entity, &(ListQuery){.filters = of, .filter_count = LEN(of), .limit = 1}, &list);
	s->c->actor = who;
	TRY(e);
	const Need *n = list.len ? list.at[0] : NULL;
	const Unit *u = n && n->district > 0 ? territory_by_id(s->c, n->district) : NULL;
	*ret = u ? u->code : (Str){0};
	return OK;
}

static Err fill(CallTale *s, Id submission, int turn) {
	static const struct { const char *field, *value; } money[] = {
		{"n1.1", "1 850 000"}, {"n1.3", "120 000"}, {"n2.2", "35 000"}, {"n2.6.1", "140 000"}, {"n2.6.3", "210 000"}, {"n2.7", "45 000"},
		{"s1", "1 500 000"}, {"s2", "200 000"}, {"s4", "300 000"}, {"s5", "400 000"}, {"spolufinancovani", "300 000"}, {"vp", "1 700 000"},
	};
	Submission *row;
	FormTree    t;
	FormValues  known;
	TypedList   list = {0};
	i64         version;
	TRY(submission_get(s->c, submission, &row));
	TRY(form_tree(s->c, row->form_version, &t));
	TRY(submission_values(s->c, submission, &known));
	Str needed, kind = form_text_of(&known, "druh");
	TRY(needed_in(s, kind.len ? kind : S("40"), &needed));
	for (size_t i = 0; i < t.len; i++) {
		const FormField *f = t.at[i];
		const FormValue *there = form_value(&known, f->stable, f->grid.len ? 1 : 0);
		if (f->computed || (there && there->typed.len))
			continue;
		bool is_place = str_eq(f->list, S("obvody"));
		for (i64 line = f->grid.len ? 1 : 0; line <= (f->grid.len ? 2 : 0); line++) {
			Str value = sample_of(s, f, line + turn * (is_place ? 1 : 0));
			if (is_place && needed.len)
				value = line == 1 ? needed : str_eq(value, needed) ? sample_of(s, f, line + turn + 1) : value;
			put(s, &list, f->stable, line, str_eq(f->stable, S("inspekce")) && turn % 2 == 0 ? S("nebyla") : value);
		}
	}
	for (size_t i = 0; i < LEN(money); i++)
		put(s, &list, str_c(money[i].field), 0, str_c(money[i].value));
	return submission_save(s->c, submission, row->head.version, &list, &version);
}

static Err state_all(CallTale *s, const Application *a, bool positive) {
	Statements all;
	TRY(statements_of(s->c, a->head.id, &all));
	for (size_t i = 0; i < all.len; i++) {
		Statement *x = entity_copy(s->c->arena, &statement_entity, all.at[i]);
		x->verdict = positive ? S("potrebna") : S("castecne");
		x->persons = 25 + (i64)i * 8;
		x->reason = S("Lidé v obvodu pomoc potřebují hlavně večer a o víkendu. Ukázkové vyjádření.");
		x->accord = S("ano");
		x->co_funding = czk(i ? 0 : 120000);
		x->body = S("Rada města");
		x->decided_on = s->c->today;
		x->number = str_format(s->c->arena, "%zu/RM", 40 + i);
		TRY(entity_update(s->c, &statement_entity, x));
		TRY(workflow_do(s->c, &statement_machine, x->head.id, "sign", NULL));
		TRY(workflow_do(s->c, &statement_machine, x->head.id, "deliver", NULL));
	}
	return OK;
}

/* `agreed`: the need was talked over, though the evidence of needs does not have it. */
static Err score_one(CallTale *s, Id application, size_t who, int day, i64 less, bool agreed) {
	ScoreItems items;
	Sheet     *sheet;
	Id         id;
	go(s, &s->officer, day, 9);
	TRY(sheet_assign(s->c, application, s->reviewers[who].account, (Str){0}, &id));
	go(s, &s->reviewers[who], day, 11);
	TRY(workflow_do(s->c, &sheet_machine, id, "begin", NULL));
	TRY(sheet_get(s->c, id, &sheet));
	TRY(sheet_items(s->c, sheet, &items));
	for (size_t i = 0; i < items.len; i++) {
		ScoreItem *x = &items.at[i];
		if (agreed && str_eq(x->criterion, S("A1")) && x->points == 0) {
			x->points = x->max;
			x->reason = S("Územní řídicí skupina potřebu projednala a souhlasí s ní, zápis je v příloze žádosti. Ukázkové zdůvodnění.");
		}
		if (x->points != BLANK)
			continue;
		x->points = (i64)(i % 3) == less % 3 && x->max > 2 ? x->max / 2 : x->max;
		x->reason = x->points < x->max ? S("Doloženo jen zčásti. Ukázkové zdůvodnění.") : (Str){0};
	}
	TRY(sheet_save(s->c, id, sheet->head.version, &items));
	return workflow_do(s->c, &sheet_machine, id, "finish", NULL);
}

/* One reviewer stopped half way, the other one has not opened it yet. */
static Err score_halfway(CallTale *s, Id application, int day) {
	ScoreItems items;
	Sheet     *sheet;
	Id         first, second;
	go(s, &s->officer, day, 9);
	TRY(sheet_assign(s->c, application, s->reviewers[0].account, (Str){0}, &first));
	TRY(sheet_assign(s->c, application, s->reviewers[1].account, (Str){0}, &second));
	go(s, &s->reviewers[0], day, 11);
	TRY(workflow_do(s->c, &sheet_machine, first, "begin", NULL));
	TRY(sheet_get(s->c, first, &sheet));
	TRY(sheet_items(s->c, sheet, &items));
	items.len /= 2;
	for (size_t i = 0; i < items.len; i++)
		if (items.at[i].points == BLANK)
			items.at[i].points = items.at[i].max;
	return sheet_save(s->c, first, sheet->head.version, &items);
}

static Err decide(CallTale *s, Id application, Far far, int day) {
	const char *action = far == TO_INCLUDED ? "include" : far == TO_REFUSED ? "refuse" : "defer";
	go(s, &s->officer, day, 15);
	return workflow_do(s->c, &application_machine, application, action, &(WorkInput){
		.reason = far == TO_INCLUDED ? S("Služba vstupuje do sítě.") : S("Na službu zatím nejsou ve výhledu peníze. Ukázkové odůvodnění."),
		.resolution = str_format(s->c->arena, "%lld/%d/ZK", (long long)(100 + application % 100), date_year(s->c->today) % 100)});
}

/* Where the money of the sample's year does not reach, the head of the department makes the exception. */
static Err propose(CallTale *s, Id application, Far far) {
	Str          what = far == TO_INCLUDED ? S("in") : far == TO_DEFERRED ? S("later") : S("out"), why = S("Podle pořadí bodů a potřeb území.");
	Application *a;
	i64          place;
	size_t       said = s->c->problems.len;
	TRY(application_stored(s->c, application, &a));
	if (score_allows(s->c, a, what, &place) != OK) {
		s->c->problems.len = said;
		s->c->actor = &s->head;
		why = S("Výjimka: služba je v území jediná, peníze se hledají ve výhledu. Ukázkové zdůvodnění.");
	}
	Err e = application_propose(s->c, application, 0, what, why);
	s->c->actor = &s->officer;
	return e;
}

Err call_tale_apply(CallTale *s, Id call, const Applicant *who, size_t turn, Far far, int day, int later) {
	Application *a;
	go(s, who->worker, day - 1, 10);
	TRY(application_start(s->c, call, who->service ? S("A") : S("C"), who->service, S("Denní stacionář (záměr)"), &a));
	Id application = a->head.id, submission = a->submission;
	if (far == TO_DRAFT)
		return OK;
	TRY(fill(s, submission, (int)turn));
	TRY(attach_files(s, submission));
	TRY(workflow_do(s->c, &submission_machine, submission, "lock", NULL));
	go(s, who->signs, day, 11);
	TRY(submission_submit(s->c, submission, 0, true));
	if (far == TO_SUBMITTED)
		return OK;
	TRY(application_stored(s->c, application, &a));
	go(s, &s->officer, later, 9);
	if (far == TO_RETURNED) {
		TRY(submission_note_add(s->c, submission, S("podil"), 2, S("Doložte, podle čeho je podíl druhého obvodu.")));
		return workflow_do(s->c, &submission_machine, submission, "return", &(WorkInput){.reason = S("Doplňte prosím podíl území, viz poznámka.")});
	}
	if (far == TO_REFUSED_FORMALLY)
		return workflow_do(s->c, &application_machine, application, "fail", &(WorkInput){.reason = S("Chybí doklad o registraci.")});
	TRY(workflow_do(s->c, &application_machine, application, "pass", NULL));
	if (far == TO_CHECKED)
		return OK;
	go(s, &actor_program, later + 1, 10);
	TRY(state_all(s, a, turn % 2 == 0));
	go(s, &s->officer, later + 2, 9);
	TRY(workflow_do(s->c, &application_machine, application, "close_statements", NULL));
	if (far == TO_STATED)
		return OK;
	if (far == TO_SCORING)
		return score_halfway(s, application, later + 3);
	bool agreed = far == TO_INCLUDED || far == TO_PROPOSED || far == TO_DEFERRED;
	TRY(score_one(s, application, 0, later + 3, (i64)turn, agreed));
	TRY(score_one(s, application, 1, later + 3, (i64)turn + 1, agreed));
	go(s, &s->officer, later + 4, 9);
	TRY(workflow_do(s->c, &application_machine, application, "score", NULL));
	if (far == TO_SCORED)
		return OK;
	TRY(propose(s, application, far));
	return far == TO_PROPOSED ? OK : decide(s, application, far, later + 5);
}

/* ---- all of them ---- */

/* Of the provider whose people have accounts under their own names. */
static Err apply(CallTale *s, Id call, size_t turn, Far far, int day, int later) {
	return call_tale_apply(s, call, &(Applicant){&s->worker, &s->statutory, turn < s->service_count ? s->services[turn] : 0}, turn, far, day, later);
}

static Err past_calls(CallTale *s) {
	static const CallSample old = {"Výzva k aktualizaci sítě, předloňská", "Řádná výzva pro vstup do sítě. Ukázková data.", -600, -560, -545, 0, false},
	                    done = {"Výzva ke vstupu do sítě, letošní", "Řádná výzva pro nové služby a projektové záměry. Ukázková data.", -295, -252, -236, 1, false},
	                    wrong = {"Mimořádná výzva: dluhové poradenství", "Zrušená výzva zůstává dohledatelná, mezi živými není.", -100, -90, -85, 0, true};
	Id id;
	TRY(call_tale_call(s, &old, true, &id));
	TRY(call_tale_open(s, id, old.opens));
	TRY(call_tale_close(s, id));
	TRY(call_tale_finish(s, id, -520));
	TRY(workflow_do(s->c, &call_machine, id, "archive", NULL));
	TRY(call_tale_call(s, &done, true, &id));
	TRY(call_tale_open(s, id, done.opens));
	TRY(apply(s, id, 0, TO_INCLUDED, -280, -250));
	TRY(apply(s, id, 1, TO_REFUSED, -279, -250));
	TRY(call_tale_close(s, id));
	TRY(call_tale_finish(s, id, -200));
	TRY(call_tale_call(s, &wrong, true, &id));
	go(s, &s->officer, -101, 9);
	return workflow_do(s->c, &call_machine, id, "cancel", &(WorkInput){.reason = S("Potřebu pokryla jiná služba.")});
}

static Err live_calls(CallTale *s) {
	static const CallSample closed = {"Mimořádná výzva: terénní služby pro seniory", "Hledáme terénní služby s večerním a víkendovým provozem. Ukázková data.", -45, -30, -12, 1, true},
	                    open = {"Mimořádná výzva: odlehčovací služby", "Hledáme odlehčovací služby pro rodiny, které pečují doma. Ukázková data.", -5, 9, 24, 1, true},
	                    soon = {"Výzva ke vstupu do sítě, příští rok", "Řádná výzva pro nové služby a projektové záměry. Ukázková data.", 70, 112, 128, 2, false},
	                    idea = {"Výzva k navýšení kapacit (návrh)", "Text se teprve připravuje.", 120, 150, 160, 2, false};
	static const Far ways[] = {TO_SUBMITTED, TO_REFUSED_FORMALLY, TO_CHECKED, TO_STATED, TO_SCORED, TO_PROPOSED, TO_DEFERRED, TO_REFUSED, TO_SCORING};
	Id id;
	TRY(call_tale_call(s, &closed, true, &id));
	TRY(call_tale_open(s, id, closed.opens));
	for (size_t i = 0; i < LEN(ways); i++)
		TRY(apply(s, id, i, ways[i], -36, -24));
	TRY(call_tale_close(s, id));
	TRY(call_tale_call(s, &open, true, &id));
	TRY(call_tale_open(s, id, open.opens));
	TRY(apply(s, id, 0, TO_DRAFT, -2, 0));
	TRY(apply(s, id, 1, TO_SUBMITTED, -1, 0));
	TRY(apply(s, id, 2, TO_RETURNED, -3, -1));
	TRY(call_tale_call(s, &soon, true, &id));
	return call_tale_call(s, &idea, false, &id);
}

static Err has_line(Ctx *c, Id service, bool *ret) {
	EntityList lines;
	ListFilter of = {.field = entity_field(&line_entity, S("service")), .value = str_format(c->arena, "%lld", (long long)service)};
	TRY(entity_list(c, &line_entity, &(ListQuery){.filters = &of, .filter_count = 1, .limit = 1}, &lines));
	*ret = lines.len > 0;
	return OK;
}

static Err own_services(CallTale *s) {
	RowScope   mine;
	EntityList list;
	s->c->actor = &s->worker;
	mine = access_scope(s->c, CAP_APPLICATION_CREATE);
	ListFilter of = {.field = entity_field(&service_entity, S("provider")), .value = str_format(s->c->arena, "%lld", (long long)mine.providers[0])};
	s->c->actor = &actor_program;
	TRY(entity_list(s->c, &service_entity, &(ListQuery){.filters = &of, .filter_count = 1, .limit = LEN(s->services)}, &list));
	for (int turn = 0; turn < 2; turn++)         /* whoever asks to enter is mostly not in the network yet, and the sample forms count in workers: those come first */
		for (size_t i = 0; i < list.len; i++) {
			const Service *x = list.at[i];
			bool           inside;
			TRY(has_line(s->c, x->head.id, &inside));
			Strs units = optimal_units(s->c, x->kind);
			inside = inside || !units.len || !str_eq(units.at[0], S("U"));
			if (inside == (turn == 1) && !date_is(x->provided_to) && date_year(x->provided_from) < date_year(s->c->today) - 2)
				s->services[s->service_count++] = x->head.id;
		}
	return OK;
}

/* The application that waits now asks a district whose coordinator has an account in the demo. */
static void put_first(Units *all, const char *slug, size_t at) {
	for (size_t i = 0; i < all->len; i++)
		if (str_eq(all->at[i]->slug, str_c(slug))) {
			const Unit *moved = all->at[i];
			all->at[i] = all->at[at];
			all->at[at] = moved;
			return;
		}
}

static Err tell(CallTale *s) {
	FormVersion *v;
	const Unit  *region = territory_region(s->c);
	TRY(form_published(s->c, S("zadost-a"), &v));
	s->form_a = v->head.id;
	TRY(form_published(s->c, S("zadost-c"), &v));
	s->form_c = v->head.id;
	TRY(territory_below(s->c, region ? region->id : 0, LEVEL_DISTRICT, TODAY, &s->districts));
	CHECK(s->districts.len > 3);
	put_first(&s->districts, "tanvald", 2);
	TRY(own_services(s));
	TRY(past_calls(s));
	return live_calls(s);
}

static Err tell_all(CallTale *s, DemoSize size) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(s->c, &tx));
	TRY(tell(s));
	TRY(tx_commit(&tx));
	return call_demo_many(s, size);
}

Err call_demo(Ctx *c, DemoSize size) {
	const Actor *before = c->actor;
	CallTale     s = {.c = c, .now = c->now};
	Date         today = c->today;
	void        *org;
	TRY(entity_find(c, &account_entity, TODAY, "login", S("hodnotitel@demo.invalid"), &org));
	TRY(people_demo_account(c, "hodnotitel2@demo.invalid", "Hodnotitel Druhý", "HOD", SCOPE_REGION, 0, ((Account *)org)->organisation));
	TRY(people_demo_actor(c, "sit@demo.invalid", &s.officer));
	TRY(people_demo_actor(c, "vedouci@demo.invalid", &s.head));
	TRY(people_demo_actor(c, "poskytovatel@demo.invalid", &s.worker));
	TRY(people_demo_actor(c, "statutar@demo.invalid", &s.statutory));
	TRY(people_demo_actor(c, "hodnotitel@demo.invalid", &s.reviewers[0]));
	TRY(people_demo_actor(c, "hodnotitel2@demo.invalid", &s.reviewers[1]));
	Err e = tell_all(&s, size);
	c->actor = before;
	c->now = s.now;
	c->today = today;
	return e;
}
