/* reservation.c: imposing, fulfilling and failing a reservation, and what becomes of its line. */
#include "domain/network/reservation_letter.h"

#include "base/format.h"
#include "core/codelist.h"
#include "core/deadline_store.h"
#include "domain/network/move.h"
#include "domain/network/reservation.sql.h"

ENTITY(reservation_entity, Reservation, RESERVATION_FIELDS, .name = "reservation", .table = "reservation", .one = "výhrada", .many = "výhrady", .of_many = "výhrad",
       .article = "f", .title = "service_name", .order = "due", .read = CAP_NETWORK_READ, .write = CAP_NETWORK_UPDATE, .path = "/app/sit/vyhrady",
	.scope_provider = "provider")

/* ---- levels ---- */

Str level_with_reservation(Ctx *c, Str level) {
	Str other = str_cat(c->arena, level, S("v"));
	return codelist_find(c, "network_level", other) ? other : level;
}

Str level_without_reservation(Ctx *c, Str level) {
	Str other = str_ends(level, S("v")) ? str_first(level, level.len - 1) : level;
	return codelist_find(c, "network_level", other) ? other : level;
}

/* ---- guards ---- */

static Err due_within_year(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Reservation *x = o->row;
	if (date_before(x->due, c->today) || date_after(x->due, date_add_months(c->today, 12)))
		*ret = (Verdict){REFUSED, S("Splnit do: den není v příštích dvanácti měsících."), S("Zvolte den od dneška, nejdéle za dvanáct měsíců.")};
	return OK;
}
static const Guard within_year = {"within_year", "Výhrada se plní nejdéle do dvanácti měsíců.", due_within_year};

static Err line_is(Ctx *c, const WorkObject *o, const char *status, Verdict *ret) {
	const Reservation *x = o->row;
	Line *l;
	i64   open;
	TRY(line_today(c, x->line, &l));
	if (db_get_int(ctx_conn(c), &sql_reservation_open_of, P(V(x->line), V(o->id)), 0, &open) != OK)
		return fail_internal(c, "reservations");
	if (open)
		*ret = (Verdict){REFUSED, S("Řádek už jednu otevřenou výhradu má."), S("Nejdřív ji posuďte.")};
	else if (!str_eq(l->status, str_c(status)))
		*ret = (Verdict){REFUSED, str_format(c->arena, "Řádek je ve stavu „%.*s“.", STR_ARG(codelist_name(c, "line_status", l->status))),
			S("Výhrada se ukládá jen službě, která je v síti.")};
	return OK;
}

static Err line_is_in(Ctx *c, const WorkObject *o, Verdict *ret) {
	return line_is(c, o, LINE_IN_NETWORK, ret);
}
static Err line_is_reserved(Ctx *c, const WorkObject *o, Verdict *ret) {
	return line_is(c, o, LINE_WITH_RESERVATION, ret);
}
static const Guard in_network = {"in_network", "Služba je v síti bez výhrady.", line_is_in};
static const Guard reserved = {"reserved", "Služba už je v síti s výhradou a výhrada tu ještě není zapsaná.", line_is_reserved};

static Err due_passed(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Reservation *x = o->row;
	CLEANUP(buf_free) Buf b = {0};
	fmt_date(&b, x->due);
	if (!date_after(c->today, x->due))
		*ret = (Verdict){REFUSED, str_format(c->arena, "Poskytovatel má na splnění čas do %.*s.", STR_ARG(buf_view(&b))), S("Počkejte, až lhůta uplyne.")};
	return OK;
}
static const Guard passed = {"due_passed", "Lhůta ke splnění uplynula.", due_passed};

/* ---- steps ---- */

static Err run_impose(Ctx *c, WorkMove *m) {
	Reservation *x = m->object->row;
	Resolution   r;
	TRY(network_resolution(c, m->input->resolution, &r));
	x->resolution = r.head.id;
	return line_move(c, x->line, &(LineMove){.status = LINE_WITH_RESERVATION, .level = level_with_reservation, .resolution = r.head.id,
	                                         .reason = str_cat(c->arena, S("Výhrada: "), x->text)});
}

static Err settle(Ctx *c, WorkMove *m, const char *status) {
	Reservation *x = m->object->row;
	Line        *l;
	x->settled_on = c->today;
	x->evidence = m->input->reason;
	TRY(line_today(c, x->line, &l));
	if (!str_eq(l->status, S(LINE_WITH_RESERVATION)))
		return OK;                               /* it left the network, or was decided otherwise: the line stays as it is */
	bool done = strcmp(status, LINE_IN_NETWORK) == 0;
	return line_move(c, x->line, &(LineMove){.status = status, .level = done ? level_without_reservation : NULL,
	                                         .reason = str_cat(c->arena, done ? S("Výhrada splněna: ") : S("Výhrada nesplněna: "), m->input->reason)});
}

static Err run_fulfil(Ctx *c, WorkMove *m) {
	return settle(c, m, LINE_IN_NETWORK);
}
static Err run_fail(Ctx *c, WorkMove *m) {
	return settle(c, m, LINE_EXIT_PROPOSED);
}

static Err judged_by(Ctx *c, const WorkObject *o, Instant *ret, Str *why) {
	const Reservation *x = o->row;
	Deadline           d;
	TRY(deadline_from(c, "10 pd po lhůtě výhrady", prague_instant(x->due, 12 * 3600), &d));
	*ret = d.at;
	*why = d.why;
	return OK;
}

static Err describe(Ctx *c, WorkObject *o) {
	const Reservation *x = o->row;
	o->title = str_cat(c->arena, S("Výhrada: "), x->service_name);
	o->link = str_format(c->arena, "/app/sit/vyhrady/%lld", (long long)x->head.id);
	o->text = x->measure;
	o->provider = x->provider;
	return OK;
}

const Machine reservation_machine = {
	.name = "reservation", .title = "Výhrada", .entity = &reservation_entity, .topic = "network", .describe = describe,
	.help = "Službě v síti uloží zastupitelstvo výhradu s opatřením a lhůtou nejdéle dvanáct měsíců; řádek je do té doby v síti s výhradou. Splněná výhrada řádek vrátí mezi ostatní, "
	        "nesplněná ho navrhne k vyřazení.",
	MACHINE_STATES(
		{RESERVATION_OPEN, "čeká na splnění", .tone = TONE_WARN, .waits_for = "NET", .task = "Posuďte, zda je výhrada splněná", .button = "Otevřít výhradu",
		 .why = "Nesplněná výhrada znamená návrh na vyřazení ze sítě.", .term = {.at = judged_by}},
		{RESERVATION_FULFILLED, "splněná", .tone = TONE_OK, .is_final = true, .needs = "fulfil"},
		{RESERVATION_FAILED, "nesplněná", .tone = TONE_ERR, .is_final = true, .needs = "fail"}),
	MACHINE_ACTIONS(
		{START, "impose", "Uložit výhradu", "výhrada uložena", RESERVATION_OPEN, .capability = CAP_NETWORK_UPDATE, .guards = GUARDS(&in_network, &within_year),
		 .resolution = "usnesení zastupitelstva kraje", .notify = "PSG", .run = run_impose},
		{START, "record", "Zapsat dřívější výhradu", "dřívější výhrada zapsána", RESERVATION_OPEN, .capability = CAP_NETWORK_UPDATE, .guards = GUARDS(&reserved)},
		{RESERVATION_OPEN, "fulfil", "Výhrada je splněná", "výhrada splněna", RESERVATION_FULFILLED, .capability = CAP_NETWORK_UPDATE, .reason = REASON_REQUIRED,
		 .reason_label = "Čím je splnění doložené", .notify = "PSG", .run = run_fulfil},
		{RESERVATION_OPEN, "fail", "Výhrada splněná není", "výhrada nesplněna", RESERVATION_FAILED, .capability = CAP_NETWORK_UPDATE, .guards = GUARDS(&passed),
		 .reason = REASON_REQUIRED, .reason_label = "Co splněno není", .alarms = true, .notify = "PSG COO", .run = run_fail}),
};

/* ---- writing ---- */

Err reservation_add(Ctx *c, Str line_number, Reservation *x, Str resolution) {
	void  *row;
	size_t said = c->problems.len;
	TRY(require(c, CAP_NETWORK_UPDATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	Err e = line_number.len ? entity_find(c, &line_entity, TODAY, "number", line_number, &row) : ERR_NOT_FOUND;
	if (e == ERR_NOT_FOUND) {
		c->problems.len = said;
		return fail(c, ERR_INVALID, "radek", "Číslo řádku: řádek „%.*s“ dnes v síti není. Číslo najdete v seznamu řádků sítě.", STR_ARG(utf8_first(line_number, 40)));
	}
	TRY(e);
	const Line *l = row;
	x->line = l->head.id;
	x->service_name = l->name;
	x->provider = l->provider;
	x->imposed_on = str_eq(l->status, S(LINE_WITH_RESERVATION)) ? l->head.valid_from : c->today;      /* an earlier one holds since its line says so */
	bool earlier = str_eq(l->status, S(LINE_WITH_RESERVATION));
	TRY(workflow_start(c, &reservation_machine, earlier ? "record" : "impose", x, &(WorkInput){.resolution = earlier ? (Str){0} : resolution}));
	if (!earlier)
		TRY(reservation_letter_write(c, x, l));
	return tx_commit(&tx);
}

/* One that the sample assembly decided has its letter, too. */
static Err add_with_letter(Ctx *c, const Line *l, Reservation *x) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(reservation_add(c, l->number, x, (Str){0}));
	if (id_given(x->resolution))
		TRY(reservation_letter_write(c, x, l));
	return tx_commit(&tx);
}

/* Lines that stand with a reservation in the sample network get the words of it; some are due soon, one is past. */
Err reservations_demo(Ctx *c) {
	static const struct { const char *text, *measure; } words[] = {
		{"Nižší obložnost než 85 % dva roky po sobě.", "Doložit obložnost po měsících a plán, jak ji zvýšit."},
		{"Chybí kvalifikace části pracovníků v přímé péči.", "Doložit doplněnou kvalifikaci všech pracovníků."},
		{"Služba nepokrývá celé území, pro které je v síti.", "Zajistit dojezd do všech obcí obvodu a doložit počty klientů podle obcí."},
	};
	Networks   all;
	LineWholes lines;
	TRY(networks_all(c, &all));
	TRY(lines_of(c, all.at[0]->head.id, TODAY, &lines));
	for (size_t i = 0, n = 0; i < lines.len; i++) {
		const Line *l = lines.at[i].line;
		if (!str_eq(l->status, S(LINE_WITH_RESERVATION)))
			continue;
		Reservation *x = entity_new(c->arena, &reservation_entity);
		x->letter = str_format(c->arena, "OSV/%zu/%d", 1200 + n * 7, date_year(c->today));
		x->text = str_cat(c->arena, str_c(words[n % LEN(words)].text), S(" Ukázková data."));
		x->measure = str_c(words[n % LEN(words)].measure);
		x->due = date_add(c->today, n == 0 ? -5 : n == 1 ? 6 : (int)(n * 37 % 300) + 20);
		x->resolution = l->resolution;
		TRY(add_with_letter(c, l, x));
		n++;
	}
	return OK;
}
