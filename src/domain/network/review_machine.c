/* review_machine.c: the ways of a round and of one review, as tables (DOMAIN § 8), and what a decision does to the line. */
#include "base/format.h"
#include "core/codelist.h"
#include "core/settings.h"
#include "domain/network/draft_inside.h"
#include "domain/network/move.h"
#include "domain/network/reservation.h"
#include "domain/network/review.sql.h"
#include "domain/network/review_inside.h"

/* ---- the round ---- */

static Err describe_round(Ctx *c, WorkObject *o) {
	const ReviewRound *x = o->row;
	o->title = x->title;
	o->link = str_format(c->arena, "/app/sit/prehodnoceni/%lld", (long long)o->id);
	return OK;
}

static Err all_decided(Ctx *c, const WorkObject *o, Verdict *ret) {
	i64 open;
	if (db_get_int(ctx_conn(c), &sql_reviews_open_of_round, P(V(o->id)), 0, &open) != OK)
		return fail_internal(c, "reviews of a round");
	if (open)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Nerozhodnutých přehodnocení je %lld.", (long long)open), S("Dokončete je, nebo je zrušte s důvodem.")};
	return OK;
}
static const Guard decided_guard = {"all_decided", "O všech službách kola je rozhodnuto.", all_decided, NULL, NULL, NULL};

const Machine review_round_machine = {
	.name = "review_round", .title = "Kolo přehodnocení", .entity = &review_round_entity, .topic = "network", .describe = describe_round,
	.help = "Správce sítě otevře jednou za rok kolo přehodnocení pro všechny služby, pro druh, nebo pro služby s výhradou. Uzavře ho, až je o všech rozhodnuto.",
	MACHINE_STATES(
		{ROUND_OPEN, "probíhá", .tone = TONE_INFO, .waits_for = "NET"},
		{ROUND_CLOSED, "uzavřené", .tone = TONE_OK, .is_final = true}),
	MACHINE_ACTIONS(
		{START, "open", "Otevřít kolo", "kolo otevřeno", ROUND_OPEN, .capability = CAP_REVIEW_CREATE},
		{ROUND_OPEN, "close", "Uzavřít kolo", "kolo uzavřeno", ROUND_CLOSED, .capability = CAP_REVIEW_CREATE, .guards = GUARDS(&decided_guard)}),
};

/* ---- one review ---- */

static Err describe(Ctx *c, WorkObject *o) {
	const Review *x = o->row;
	o->title = str_cat(c->arena, S("Přehodnocení: "), x->service_name);
	o->link = str_format(c->arena, "/app/prehodnoceni/%lld", (long long)o->id);
	o->text = str_eq(x->state, S(REVIEW_OPEN)) || str_eq(x->state, S(REVIEW_CANCELLED)) ? (Str){0} : x->why;
	o->provider = id_given(x->provider) ? x->provider : 0;
	o->district = id_given(x->district) ? x->district : 0;
	return OK;
}

static bool proposes(const Review *x, const char *result) { return str_eq(x->proposal, str_c(result)); }

/* ---- guards ---- */

static Err figures_there(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Review *x = o->row;
	bool beds = str_eq(x->unit, S("L")), known = beds ? x->occupancy.basis_points != BLANK : x->filling.basis_points != BLANK;
	(void)c;
	if (!known && !x->figures_note.len)
		*ret = (Verdict){REFUSED, beds ? S("Chybí obložnost za hodnocený rok.") : S("Chybí naplnění úvazků za hodnocený rok."), S("Doplňte ji, nebo napište, proč není známa.")};
	return OK;
}
static const Guard figures = {"review_figures", "Návrh vychází z čísel za hodnocený rok, nebo říká, proč nejsou.", figures_there, NULL, NULL, NULL};

/* What the line has today: since the round was opened it may have been changed. */
static i64 capacity_today(Ctx *c, const Review *x) {
	Line  *l;
	size_t said = c->problems.len;
	bool   stands = line_today(c, x->line, &l) == OK;
	c->problems.len = said;
	return stands && str_eq(l->unit, x->unit) ? l->capacity.hundredths : x->capacity.hundredths;
}

static Str cut_fault(Ctx *c, const Review *x) {
	i64 h = x->new_capacity.hundredths;
	if (h == BLANK || h >= capacity_today(c, x))
		return S("U krácení chybí nová kapacita, nebo není menší než nynější.");
	Fte up = review_round_up(x->new_capacity, x->unit);
	if (up.hundredths != h)
		return S("Nová kapacita není na čtvrt úvazku nebo na celé lůžko.");
	if (x->average.hundredths != BLANK && h < review_round_up(x->average, x->unit).hundredths) {
		CLEANUP(buf_free) Buf b = {0};
		fmt_fte(&b, review_round_up(x->average, x->unit));
		return str_format(c->arena, "Nová kapacita je pod skutečným průměrem; krátí se na průměr zaokrouhlený nahoru, tedy %.*s.", STR_ARG(buf_view(&b)));
	}
	return (Str){0};
}

static Str reserve_fault(Ctx *c, const Review *x) {
	if (!x->measure.len || !date_is(x->due))
		return S("U výhrady chybí opatření, nebo den, do kterého ho má poskytovatel splnit.");
	if (date_before(x->due, c->today) || date_after(x->due, date_add_months(c->today, 12)))
		return S("Den splnění výhrady není v příštích dvanácti měsících.");
	return (Str){0};
}

static Err proposal_whole(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Review *x = o->row;
	Str           fault = {0};
	if (!x->proposal.len || !x->why.len)
		fault = S("Chybí návrh, nebo jeho zdůvodnění.");
	else if (proposes(x, RESULT_CUT))
		fault = cut_fault(c, x);
	else if (proposes(x, RESULT_RESERVE))
		fault = reserve_fault(c, x);
	if (fault.len)
		*ret = (Verdict){REFUSED, fault, str_eq(x->state, S(REVIEW_OPEN)) ? S("Doplňte návrh ve formuláři Čísla a návrh.")
		                                                                   : S("Vraťte návrh k přepracování a předejte ho poskytovateli znovu.")};
	return OK;
}
static const Guard whole = {"review_whole", "Návrh je úplný: co, proč a na kolik nebo do kdy.", proposal_whole, NULL, NULL, NULL};

static Err is_keep(Ctx *c, const WorkObject *o, Verdict *ret) {
	(void)c;
	if (!proposes(o->row, RESULT_KEEP))
		*ret = (Verdict){REFUSED, S("Bez slyšení jde potvrdit jen návrh „beze změny“."), S("Jiný návrh předejte poskytovateli k vyjádření.")};
	return OK;
}
static const Guard keep_guard = {"review_keep", "Bez slyšení se služba jen ponechává.", is_keep, NULL, NULL, NULL};

static Err is_change(Ctx *c, const WorkObject *o, Verdict *ret) {
	(void)c;
	if (proposes(o->row, RESULT_KEEP))
		*ret = (Verdict){REFUSED, S("Návrh službu ponechává beze změny."), S("Potvrďte ho rovnou, poskytovatel se vyjadřovat nemusí.")};
	return OK;
}
static const Guard change_guard = {"review_change", "K vyjádření jde návrh, který službu mění.", is_change, NULL, NULL, NULL};

static Err not_reserve(Ctx *c, const WorkObject *o, Verdict *ret) {
	(void)c;
	if (proposes(o->row, RESULT_RESERVE))
		*ret = (Verdict){REFUSED, S("Výhradu ukládá zastupitelstvo."), S("Zvolte Uložit výhradu a uveďte usnesení.")};
	return OK;
}
static const Guard not_reserve_guard = {"review_not_reserve", "Krácení a vyřazení; výhrada má vlastní krok.", not_reserve, NULL, NULL, NULL};

static Err is_reserve(Ctx *c, const WorkObject *o, Verdict *ret) {
	(void)c;
	if (!proposes(o->row, RESULT_RESERVE))
		*ret = (Verdict){REFUSED, S("Návrh není výhrada."), S("Zvolte Rozhodnout podle návrhu.")};
	return OK;
}
static const Guard reserve_guard = {"review_reserve", "Ukládá se navržená výhrada.", is_reserve, NULL, NULL, NULL};

static Err line_stands(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Review *x = o->row;
	Line         *l;
	size_t        said = c->problems.len;
	Err           e = line_today(c, x->line, &l);
	c->problems.len = said;
	if (e == ERR_NOT_FOUND || (e == OK && !line_counts(l)))
		*ret = (Verdict){REFUSED, S("Služba už v síti není."), S("Přehodnocení zrušte s důvodem.")};
	return e == ERR_NOT_FOUND ? OK : e;
}
static const Guard stands = {"review_line", "Služba je v síti.", line_stands, NULL, NULL, NULL};

/* ---- steps ---- */

static Str capacity_words(Ctx *c, Fte f, Str unit) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_fte(&b, f);
	return str_format(c->arena, "%.*s (%.*s)", STR_ARG(buf_view(&b)), STR_ARG(codelist_name(c, "network_unit", unit)));
}

static Err run_confirm(Ctx *c, WorkMove *m) {
	(void)c;
	((Review *)m->object->row)->outcome = S("Služba zůstává v síti beze změny.");
	return OK;
}

static Err run_hear(Ctx *c, WorkMove *m) {
	return review_write_letters(c, m->object->row);
}

static Err run_answer(Ctx *c, WorkMove *m) {
	Review *x = m->object->row;
	x->answer = m->input->reason;
	x->answered_by = c->actor->name;
	x->answered_at = c->now;
	return OK;
}

/* The copy of the line in the draft of its network gets the lower capacity; what somebody else wrote there is not written over. */
static Err cut(Ctx *c, Review *x) {
	Line           *l;
	NetworkVersion *v;
	DraftLine      *d;
	TRY(line_today(c, x->line, &l));
	TRY(draft_of_network(c, l->network, &v));
	if (!v)
		return fail(c, ERR_CONFLICT, NULL, "Krácení jde do návrhu příští verze a žádná se teď nepřipravuje. Založte návrh na stránce Návrhy verzí sítě a rozhodněte potom.");
	TRY(draft_line_of_origin(c, v->head.id, x->line, &d));
	if (!d)
		return fail(c, ERR_CONFLICT, NULL, "Návrh verze %.*s tento řádek nemá. Zkontrolujte ho na stránce návrhu.", STR_ARG(v->number));
	if (d->capacity.hundredths != l->capacity.hundredths && d->capacity.hundredths != x->new_capacity.hundredths)
		return fail(c, ERR_CONFLICT, NULL, "Řádek %.*s má v návrhu verze %.*s už jinou kapacitu než v síti: %.*s. Upravte ho tam, nebo u něj převezměte stav z platné sítě, a rozhodněte potom.",
		            STR_ARG(d->number), STR_ARG(v->number), STR_ARG(capacity_words(c, d->capacity, d->unit)));
	d->capacity = x->new_capacity;
	d->change_reason = utf8_first(str_cat(c->arena, S("Přehodnocení: "), x->why), 500);
	TRY(draft_line_save(c, d));
	x->outcome = str_format(c->arena, "Kapacita %.*s je v návrhu verze %.*s, rozhodne o ní zastupitelstvo.", STR_ARG(capacity_words(c, x->new_capacity, x->unit)), STR_ARG(v->number));
	return OK;
}

static Err run_decide(Ctx *c, WorkMove *m) {
	Review *x = m->object->row;
	if (proposes(x, RESULT_CUT))
		return cut(c, x);
	if (proposes(x, RESULT_KEEP)) {
		x->outcome = S("Služba zůstává v síti beze změny.");
		return OK;
	}
	x->outcome = S("Služba je navržená k vyřazení, rozhodne o ní zastupitelstvo.");
	return line_move(c, x->line, &(LineMove){.status = LINE_EXIT_PROPOSED, .reason = str_cat(c->arena, S("Přehodnocení: "), x->why)});
}

static Err run_impose(Ctx *c, WorkMove *m) {
	Review      *x = m->object->row;
	Line        *l;
	Reservation *r = entity_new(c->arena, &reservation_entity);
	TRY(line_today(c, x->line, &l));
	r->letter = str_format(c->arena, "přehodnocení č. %lld", (long long)m->object->id);
	r->text = x->why;
	r->measure = x->measure;
	r->due = x->due;
	TRY(reservation_add(c, l->number, r, m->input->resolution));
	x->outcome = S("Zastupitelstvo uložilo výhradu.");
	return OK;
}

const Machine review_machine = {
	.name = "network_review", .title = "Přehodnocení služby v síti", .entity = &review_entity, .topic = "network", .describe = describe,
	.help = "Správce sítě zapíše čísla za rok a navrhne službu ponechat, zkrátit, uložit jí výhradu, nebo ji vyřadit. Ke změně se do lhůty vyjádří poskytovatel; pak správce rozhodne "
	        "podle návrhu. Krácení jde do návrhu příští verze, výhradu ukládá a o vyřazení rozhoduje zastupitelstvo.",
	MACHINE_STATES(
		{REVIEW_OPEN, "posuzuje se", .tone = TONE_INFO, .waits_for = "NET"},
		{REVIEW_HEARING, "vyjadřuje se poskytovatel", .tone = TONE_WARN, .waits_for = "PSG", .task = "Vyjádřete se k návrhu na přehodnocení služby", .button = "Vyjádřit se",
		 .why = "Kraj o změně služby v síti rozhodne až po vašem vyjádření, nebo po marném uplynutí lhůty.", .term = {.setting = "network.review_days", .unit = TERM_WORKING_DAYS}},
		{REVIEW_HEARD, "čeká na rozhodnutí", .tone = TONE_WARN, .waits_for = "NET"},
		{REVIEW_DECIDED, "rozhodnuté", .tone = TONE_OK, .is_final = true},
		{REVIEW_CANCELLED, "zrušené", .is_final = true}),
	MACHINE_ACTIONS(
		{START, "begin", "Zařadit do kola", "zařazena do kola", REVIEW_OPEN, .capability = CAP_REVIEW_CREATE},
		{REVIEW_OPEN, "confirm", "Potvrdit beze změny", "ponechána beze změny", REVIEW_DECIDED, .capability = CAP_REVIEW_UPDATE,
		 .guards = GUARDS(&figures, &whole, &keep_guard), .notify = "PSG", .run = run_confirm},
		{REVIEW_OPEN, "hear", "Předat poskytovateli k vyjádření", "předáno k vyjádření", REVIEW_HEARING, .capability = CAP_REVIEW_UPDATE,
		 .guards = GUARDS(&figures, &whole, &change_guard, &stands), .alarms = true, .notify = "PSG", .run = run_hear},
		{REVIEW_HEARING, "answer", "Odeslat vyjádření", "poskytovatel se vyjádřil", REVIEW_HEARD, .capability = CAP_REVIEW_SUBMIT, .reason = REASON_REQUIRED,
		 .reason_label = "Vyjádření", .notify = "NET", .run = run_answer},
		{REVIEW_HEARING, "silence", "Uplynula lhůta", "poskytovatel se ve lhůtě nevyjádřil", REVIEW_HEARD, .by_system = true, .on_due = true, .notify = "NET"},
		{REVIEW_HEARD, "rework", "Přepracovat návrh", "vráceno k přepracování", REVIEW_OPEN, .capability = CAP_REVIEW_UPDATE, .reason = REASON_REQUIRED,
		 .reason_label = "Čemu z vyjádření kraj vyhověl", .restarts = true, .notify = "PSG"},
		{REVIEW_HEARD, "decide", "Rozhodnout podle návrhu", "rozhodnuto podle návrhu", REVIEW_DECIDED, .capability = CAP_REVIEW_UPDATE,
		 .guards = GUARDS(&not_reserve_guard, &whole, &stands), .reason = REASON_OPTIONAL, .reason_label = "Jak kraj naložil s vyjádřením", .alarms = true, .notify = "PSG COO",
		 .run = run_decide},
		{REVIEW_HEARD, "impose", "Uložit výhradu", "výhrada uložena", REVIEW_DECIDED, .capability = CAP_REVIEW_UPDATE, .guards = GUARDS(&reserve_guard, &whole, &stands),
		 .resolution = "usnesení zastupitelstva kraje", .reason = REASON_OPTIONAL, .reason_label = "Jak kraj naložil s vyjádřením", .alarms = true, .notify = "PSG COO",
		 .run = run_impose},
		{REVIEW_OPEN " " REVIEW_HEARING " " REVIEW_HEARD, "cancel", "Zrušit přehodnocení", "přehodnocení zrušeno", REVIEW_CANCELLED, .capability = CAP_REVIEW_UPDATE,
		 .reason = REASON_REQUIRED, .alarms = true, .notify = "PSG"}),
};
