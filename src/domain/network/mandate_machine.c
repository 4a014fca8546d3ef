/* mandate_machine.c: the ways of a mandate and of its amendments, as tables (DOMAIN § 8), with the guards of G3 and of Decision 2012/21/EU. */
#include "base/format.h"
#include "core/codelist.h"
#include "core/settings.h"
#include "core/task.h"
#include "domain/network/mandate.sql.h"
#include "domain/network/mandate_inside.h"
#include "domain/network/mandate_paper.h"

static Str day_text(Arena *a, Date d) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_date(&b, d);
	return buf_take(&b, a);
}

static Str capacity_words(Ctx *c, Fte f, Str unit) {
	CLEANUP(buf_free) Buf b = {0};
	if (f.hundredths == BLANK)
		return S("neurčená");
	fmt_fte(&b, f);
	buf_format(&b, " (%.*s)", STR_ARG(codelist_name(c, "network_unit", unit)));
	return buf_take(&b, c->arena);
}

static Err describe(Ctx *c, WorkObject *o) {
	const Mandate *m = o->row;
	o->title = m->number.len ? str_format(c->arena, "%.*s, %.*s", STR_ARG(m->number), STR_ARG(m->service_name)) : m->service_name;
	o->link = str_format(c->arena, "/app/povereni/%lld", (long long)m->head.id);
	o->text = m->obligation;
	o->provider = id_given(m->provider) ? m->provider : 0;
	o->district = id_given(m->district) ? m->district : 0;
	return OK;
}

/* ---- guards ---- */

static Err contents_there(Ctx *c, const WorkObject *o, Verdict *ret) {
	ContentItems items;
	Strs         missing = {0};
	TRY(mandate_contents(c, o->row, &items));
	for (size_t i = 0; i < items.len; i++)
		if (!items.at[i].is_there)
			strs_add(c->arena, &missing, str_format(c->arena, "%.*s (%.*s)", STR_ARG(items.at[i].title), STR_ARG(items.at[i].missing)));
	if (missing.len)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Chybí povinné náležitosti: %.*s.", STR_ARG(str_join(c->arena, S("; "), missing))),
		                 S("Doplňte je v návrhu pověření, nebo ve vzoru listiny ve Správě.")};
	return OK;
}
static const Guard contents = {"contents", "Pověření má všechny náležitosti rozhodnutí Komise 2012/21/EU.", contents_there};

static Err line_in_network(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Mandate *m = o->row;
	LineFacts      f;
	TRY(line_facts(c, m->line, m->first_day, &f));
	if (!f.is_in_network)
		*ret = (Verdict){REFUSED, f.is_there ? str_format(c->arena, "Řádek je na první den pověření ve stavu „%.*s“.", STR_ARG(codelist_name(c, "line_status", f.state)))
		                                     : S("Na první den pověření řádek v síti není."),
		                 S("Pověření se vydává jen službě zařazené v síti; zvolte jiný den, nebo nejdřív upravte síť.")};
	return OK;
}
static const Guard in_network = {"line_in_network", "Služba je na první den pověření zařazená v síti.", line_in_network};

static Err no_overlap(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Mandate *m = o->row;
	MandateSpans   others;
	TRY(mandate_neighbours(c, m, &others));
	const MandateSpan *other = mandate_overlap(&others, m->first_day, m->ends_on);
	if (other)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Překrývá se s pověřením %.*s, které platí od %.*s do %.*s.", STR_ARG(other->name),
			STR_ARG(day_text(c->arena, other->first)),
		                                     STR_ARG(day_text(c->arena, other->last))),
		                 S("Změňte dny, nebo dřívější pověření předčasně ukončete.")};
	return OK;
}
static const Guard overlap = {"g3_overlap", "G3: pověření jednoho řádku sítě se nepřekrývají ani o den.", no_overlap};

static Err within_line(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Mandate *m = o->row;
	LineFacts      f;
	TRY(line_facts(c, m->line, m->first_day, &f));
	if (f.is_there && !mandate_is_within(m->first_day, m->ends_on, f.from, f.to))
		*ret = (Verdict){REFUSED, date_is(f.to) ? str_format(c->arena, "Řádek je v síti od %.*s do %.*s, pověření tu dobu přesahuje.",
			STR_ARG(day_text(c->arena, f.from)), STR_ARG(day_text(c->arena, f.to)))
		                                        : str_format(c->arena, "Řádek je v síti až od %.*s, pověření začíná dřív.", STR_ARG(day_text(c->arena, f.from))),
		                 S("Zkraťte dobu pověření.")};
	return OK;
}
static const Guard within = {"g3_within_line", "G3: doba pověření leží v době zařazení řádku.", within_line};

static Err ten_years(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Mandate *m = o->row;
	Date           most = mandate_last_allowed(m->first_day);
	if (date_after(m->last_day, most))
		*ret = (Verdict){REFUSED, str_format(c->arena, "Pověření je delší než deset let; může končit nejpozději %.*s.", STR_ARG(day_text(c->arena, most))),
			S("Zkraťte dobu pověření.")};
	return OK;
}
static const Guard decade = {"g3_ten_years", "G3: pověření trvá nejvýš deset let.", ten_years};

static Err same_capacity(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Mandate *m = o->row;
	LineFacts      f;
	TRY(line_facts(c, m->line, m->first_day, &f));
	if (f.is_there && (!str_eq(m->unit, f.unit) || m->capacity.hundredths != f.capacity.hundredths))
		*ret = (Verdict){REFUSED, str_format(c->arena, "Kapacita pověření je %.*s, řádku sítě %.*s.", STR_ARG(capacity_words(c, m->capacity, m->unit)),
			STR_ARG(capacity_words(c, f.capacity, f.unit))),
		                 S("Upravte kapacitu v návrhu pověření, nebo změňte síť.")};
	return OK;
}
static const Guard capacity = {"g3_capacity", "G3: jednotka a kapacita pověření jsou stejné jako v řádku sítě.", same_capacity};

/* Who handed it over is minded by the engine (not_by); whoever mended the draft afterwards wrote it, too. */
static Err other_author(Ctx *c, const WorkObject *o, Verdict *ret) {
	i64 author;
	if (db_get_int(ctx_conn(c), &sql_mandate_last_author, P(V(o->id)), 0, &author) != OK)
		return fail_internal(c, "author of a mandate");
	if (author && author == c->actor->account)
		*ret = (Verdict){REFUSED, S("Čtyři oči: návrh pověření jste naposledy upravili vy."), S("Schválí ho jiný člověk, který může pověření schvalovat.")};
	return OK;
}
static const Guard other_eyes = {"other_author", "Pověření schvaluje jiný člověk, než kdo jeho návrh naposledy upravil.", other_author};

static const Guard final_check = {"final_check", "Závěrečná kontrola nadměrného vyrovnání je hotová.",
                                  .waived = "Vyúčtování program zatím neeviduje; výsledek kontroly přiložte ke spisu."};

/* ---- deadlines ---- */

static Err until_first_day(Ctx *c, const WorkObject *o, Instant *ret, Str *why) {
	const Mandate *m = o->row;
	*ret = prague_instant(m->first_day, 0);
	*why = str_format(c->arena, "Pověření se vydává před svým prvním dnem %.*s.", STR_ARG(day_text(c->arena, m->first_day)));
	return OK;
}

static Err until_end(Ctx *c, const WorkObject *o, Instant *ret, Str *why) {
	const Mandate *m = o->row;
	*ret = prague_instant(date_add(m->ends_on, 1), 0);
	*why = str_format(c->arena, "Poslední den pověření je %.*s.", STR_ARG(day_text(c->arena, m->ends_on)));
	return OK;
}

/* ---- steps ---- */

Err mandate_resolution(Ctx *c, Str number, Resolution *ret) {
	size_t said = c->problems.len;
	Err    e = resolution_by_number(c, number, ret);
	if (e != ERR_NOT_FOUND)
		return e;
	c->problems.len = said;
	return fail(c, ERR_INVALID, "resolution", "Usnesení %.*s není v evidenci usnesení. Zapište ho tam nejdřív.", STR_ARG(number));
}

/* The number is given at the first approval and stays, also when the mandate goes back to be corrected. */
static Err give_number(Ctx *c, Mandate *m) {
	if (m->number.len)
		return OK;
	m->serial_year = date_year(c->today);
	if (db_get_int(c->conn, &sql_mandate_serial_last, P(V(m->serial_year)), 0, &m->serial_no) != OK)
		return fail_internal(c, "numbers of mandates");
	m->serial_no++;
	m->number = mandate_number_text(c->arena, setting_text(c, "mandate.series"), (int)m->serial_year, m->serial_no);
	return OK;
}

Err mandate_step_approve(Ctx *c, WorkMove *mv) {
	Mandate   *m = mv->object->row;
	Resolution r;
	TRY(mandate_resolution(c, mv->input->resolution, &r));
	TRY(mandate_take_line(c, m));
	m->resolution = r.head.id;
	return give_number(c, m);
}

/* Whose end is watched no more, because this one follows. */
static Err quiet_before(Ctx *c, const Mandate *m) {
	Mandates all;
	TRY(mandates_of_line(c, m->line, &all));
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i]->head.id != m->head.id && date_before(all.at[i]->ends_on, m->first_day))
			TRY(mandate_quiet(c, all.at[i]->head.id));
	return OK;
}

Err mandate_step_issue(Ctx *c, WorkMove *mv) {
	Mandate   *m = mv->object->row;
	Resolution r;
	TRY(resolution_get(c, m->resolution, &r));
	m->issued_at = c->now;
	m->is_public = true;
	TRY(quiet_before(c, m));
	return mandate_paper_write(c, m, NULL, &r);
}

Err mandate_quiet(Ctx *c, Id mandate) {
	return task_close(c, S(MANDATE_TASK_ENDS), mandate_entity.name, mandate);
}

Err mandate_step_end(Ctx *c, WorkMove *mv) {
	Mandate          *m = mv->object->row;
	const MandateEnd *e = mv->input->more;
	if (!e)
		return fail(c, ERR_INVALID, NULL, "Předčasný konec se zapisuje na stránce Ukončit pověření, kde se uvede poslední den.");
	m->ends_on = e->last;
	m->end_reason = mv->input->reason;
	return mandate_quiet(c, m->head.id);
}

Err mandate_step_expire(Ctx *c, WorkMove *mv) {
	return mandate_quiet(c, mv->object->id);
}

/* The last of the days before today on which its line stood in the network. */
static Err mandate_step_left(Ctx *c, WorkMove *mv) {
	Mandate   *m = mv->object->row;
	EntityList spans;
	Date       last = m->first_day;
	TRY(store_spans(c, &line_entity, m->line, (Instant){0}, &spans));
	for (size_t i = 0; i < spans.len; i++) {
		const Line *l = spans.at[i];
		bool        stands = line_counts(l) || str_eq(l->status, S(LINE_EXIT_PROPOSED));
		if (stands && date_before(l->head.valid_from, c->today) && date_is(l->head.valid_to) && date_after(l->head.valid_to, last))
			last = l->head.valid_to;
	}
	if (date_before(last, m->ends_on))
		m->ends_on = last;
	m->end_reason = mv->input->reason;
	return mandate_quiet(c, m->head.id);
}

Err mandate_step_amend(Ctx *c, WorkMove *mv) {
	Mandate *m = mv->object->row;
	(void)c;
	m->amendments = (m->amendments == BLANK ? 0 : m->amendments) + 1;
	return OK;
}

const Machine mandate_machine = {
	.name = "mandate", .title = "Pověření", .entity = &mandate_entity, .topic = "network", .describe = describe,
	.help = "Pověření připraví správce sítě z řádku sítě, schválí ho jiný člověk podle usnesení zastupitelstva a tím dostane číslo, které se nemění. Vydáním vznikne listina s otiskem; "
	        "od té doby se mění jen dodatky. Skončí uplynutím doby, nebo předčasně s důvodem, a po závěrečné kontrole jde do archivu.",
	MACHINE_STATES(
		{MANDATE_DRAFT, "návrh", .tone = TONE_INFO, .waits_for = "VED NET", .task = "Schvalte pověření", .button = "Otevřít pověření",
		 .why = "Schvaluje ho jiný člověk, než kdo ho připravil."},
		{MANDATE_APPROVED, "schválené", .tone = TONE_INFO, .waits_for = "NET", .task = "Vydejte pověření", .button = "Otevřít pověření",
		 .why = "Poskytovatel ho potřebuje před prvním dnem.", .term = {.at = until_first_day}, .needs = "approve"},
		{MANDATE_ACTIVE, "vydané", .tone = TONE_OK, .waits_for = "NET", .term = {.at = until_end}, .needs = "approve issue"},
		{MANDATE_ENDED, "skončilo", .waits_for = "NET", .task = "Proveďte závěrečnou kontrolu nadměrného vyrovnání", .button = "Otevřít pověření",
		 .why = "Po konci pověření se vrací každé nadměrné vyrovnání.", .term = {"mandate.final_check_months", .unit = TERM_MONTHS}, .needs = "approve issue"},
		{MANDATE_ARCHIVED, "v archivu", .is_final = true, .needs = "approve issue archive"},
		{MANDATE_CANCELLED, "zrušený návrh", .is_final = true}),
	MACHINE_ACTIONS(
		{START, "prepare", "Připravit pověření", "pověření připraveno", MANDATE_DRAFT, .capability = CAP_MANDATE_CREATE},
		{MANDATE_DRAFT, "approve", "Schválit pověření", "pověření schváleno", MANDATE_APPROVED, .capability = CAP_MANDATE_APPROVE, .not_by = "prepare",
		 .guards = GUARDS(&other_eyes, &contents, &in_network, &overlap, &within, &decade, &capacity), .resolution = "usnesení zastupitelstva kraje", .notify = "NET",
			.run = mandate_step_approve},
		{MANDATE_APPROVED, "return", "Vrátit k opravě", "vráceno k opravě", MANDATE_DRAFT, .capability = CAP_MANDATE_APPROVE, .reason = REASON_REQUIRED,
			.restarts = true, .notify = "NET"},
		{MANDATE_APPROVED, "issue", "Vydat pověření", "pověření vydáno", MANDATE_ACTIVE, .capability = CAP_MANDATE_APPROVE,
		 .guards = GUARDS(&contents, &in_network, &overlap, &within, &decade, &capacity), .alarms = true, .notify = "PSG ECO", .document = "mandate",
			.run = mandate_step_issue},
		{MANDATE_ACTIVE, "amend", "Zapsat dodatek", "vydán dodatek", MANDATE_ACTIVE, .by_system = true, .run = mandate_step_amend},
		{MANDATE_ACTIVE, "shorten", "Zkrátit pověření", "pověření zkráceno", MANDATE_ACTIVE, .capability = CAP_MANDATE_APPROVE, .reason = REASON_REQUIRED,
		 .reason_label = "Důvod předčasného konce", .notify = "PSG ECO", .run = mandate_step_end},
		{MANDATE_ACTIVE, "end", "Předčasně ukončit", "pověření předčasně ukončeno", MANDATE_ENDED, .capability = CAP_MANDATE_APPROVE, .reason = REASON_REQUIRED,
		 .reason_label = "Důvod předčasného konce", .alarms = true, .notify = "PSG ECO", .run = mandate_step_end},
		{MANDATE_ACTIVE, "end_with_line", "Ukončit s řádkem sítě", "pověření skončilo, protože služba opustila síť", MANDATE_ENDED, .by_system = true,
			.notify = "PSG ECO NET",
		 .run = mandate_step_left},
		{MANDATE_ACTIVE, "expire", "Uplynula doba", "doba pověření uplynula", MANDATE_ENDED, .by_system = true, .on_due = true, .notify = "PSG ECO",
			.run = mandate_step_expire},
		{MANDATE_ENDED, "archive", "Uložit do archivu", "uloženo do archivu", MANDATE_ARCHIVED, .capability = CAP_MANDATE_APPROVE, .guards = GUARDS(&final_check),
		 .reason = REASON_OPTIONAL, .reason_label = "Výsledek závěrečné kontroly"},
		{MANDATE_DRAFT " " MANDATE_APPROVED, "cancel", "Zrušit návrh", "návrh zrušen", MANDATE_CANCELLED, .capability = CAP_MANDATE_APPROVE, .reason = REASON_REQUIRED}),
};
