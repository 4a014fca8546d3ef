/* draft_guard.c: what a draft must have before it goes to the assembly (G2), and its money against the outlook of the plan in force. */
#include "base/format.h"
#include "domain/network/draft.sql.h"
#include "domain/network/draft_application.h"
#include "domain/network/draft_inside.h"
#include "domain/network/draft_price.h"
#include "domain/plan/outlook.h"

enum { NAMED_MOST = 8 };

static bool counts(const DraftLine *d) {
	return words_have(LINE_IN_NETWORK " " LINE_WITH_RESERVATION " " LINE_EXIT_PROPOSED, d->status);
}

/* "101 (…), 102 (…) a další 3" */
static Str some(Arena *a, Strs all) {
	Strs shown = all;
	if (shown.len > NAMED_MOST)
		shown.len = NAMED_MOST;
	Str text = str_join(a, S("; "), shown);
	return all.len > NAMED_MOST ? str_format(a, "%.*s a další %zu", STR_ARG(text), all.len - NAMED_MOST) : text;
}

static _Thread_local DraftNames *listening;

void draft_names_listen(DraftNames *to) { listening = to; }

void draft_names_add(Ctx *c, const DraftLine *d, const char *place) {
	for (size_t i = 0; listening && i < listening->len; i++)
		if (listening->at[i].line == d->head.id && strcmp(listening->at[i].place, place) == 0)
			return;
	if (listening)
		*ARENA_PUSH(c->arena, listening->at, listening->len, listening->cap) =
			(DraftNamed){d->head.id, str_format(c->arena, "%.*s %.*s", STR_ARG(d->number), STR_ARG(d->name)), place};
}

/* A sentence about a line, for the refusal. */
static void fault_of(Ctx *c, Strs *faults, const DraftLine *d, Str text) {
	strs_add(c->arena, faults, text);
	draft_names_add(c, d, "radek");
}

#define ASK_OBJECT \
	const NetworkVersion *v = o->row; \
	NetworkDraft         *d; \
	size_t                said = c->problems.len; \
	if (draft_of(c, v->head.id, &d) != OK) { \
		c->problems.len = said; \
		return OK; \
	}

static Err has_copy(Ctx *c, const WorkObject *o, Verdict *ret) {
	NetworkDraft *d;
	DraftIds      lines;
	size_t        said = c->problems.len;
	Err           e = draft_of(c, o->id, &d);
	c->problems.len = said;
	TRY(e == ERR_NOT_FOUND ? OK : e);
	TRY(draft_ids(c, &sql_draft_line_ids, o->id, &lines));
	if (!lines.len && !c->actor->is_program)
		*ret = (Verdict){REFUSED, S("Verze nemá pracovní návrh s řádky."), S("Založte ji na stránce Návrhy verzí sítě.")};
	return OK;
}

/* ---- each line is whole ---- */

Err draft_judge(Ctx *c, const NetworkVersion *v, const DraftLine *d, Strs *ret) {
	Line  *l = entity_new(c->arena, &line_entity);
	size_t said = c->problems.len;
	draft_to_line(l, d);
	l->head.id = id_given(d->origin) ? d->origin : 0;
	l->network = v->network;
	l->by_version = v->head.id;
	l->change_reason = S("návrh");
	Err e = entity_check(c, &line_entity, l);
	for (size_t i = said; i < c->problems.len; i++)
		if (!c->problems.at[i].field || !words_have("by_version resolution", str_c(c->problems.at[i].field)))     /* it is a draft: both come with its approval */
			strs_add(c->arena, ret, c->problems.at[i].text);
	c->problems.len = said;
	if (counts(d) && date_is(d->until) && date_before(d->until, v->effective_from))
		strs_add(c->arena, ret, S("Zařazena do: doba skončí dřív, než verze začne. Prodlužte ji, nebo řádku dejte stav „skončila doba“."));
	i64 others;
	if (db_get_int(ctx_conn(c), &sql_draft_number_taken, P(V(l->number), V(l->head.id), V(v->effective_from)), 0, &others) != OK)
		return fail_internal(c, "draft of a network");
	if (others)                                  /* the lines would refuse it only when the assembly has decided */
		strs_add(c->arena, ret, S("Číslo řádku: v síti ho má, nebo měla jiná služba. Zvolte nové."));
	return e == OK || e == ERR_INVALID ? OK : e;
}

static Err complete(Ctx *c, const WorkObject *o, Verdict *ret) {
	DraftLines lines;
	Strs       faults = {0};
	ASK_OBJECT
	TRY(draft_lines(c, v->head.id, &lines));
	for (size_t i = 0; i < lines.len; i++) {
		Strs own = {0};
		TRY(draft_judge(c, v, lines.at[i], &own));
		if (own.len)
			fault_of(c, &faults, lines.at[i], str_format(c->arena, "%.*s (%.*s)", STR_ARG(lines.at[i]->number), STR_ARG(own.at[0])));
	}
	if (faults.len)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Řádky s chybou: %.*s.", STR_ARG(some(c->arena, faults))), S("Opravte je v pracovním návrhu.")};
	return OK;
}

/* ---- the register ---- */

static Err registered(Ctx *c, const WorkObject *o, Verdict *ret) {
	DraftLines lines;
	Strs       faults = {0};
	ASK_OBJECT
	TRY(draft_lines(c, v->head.id, &lines));
	for (size_t i = 0; i < lines.len; i++) {
		const DraftLine *x = lines.at[i];
		void            *row;
		if (!counts(x) || !id_given(x->service))
			continue;
		said = c->problems.len;
		Err e = store_get(c, &service_entity, (AsOf){.valid = v->effective_from}, x->service, &row);
		c->problems.len = said;
		TRY(e == ERR_NOT_FOUND ? OK : e);
		const Service *s = e == OK ? row : NULL;
		if (!s || date_after(s->provided_from, v->effective_from) || (date_is(s->provided_to) && date_before(s->provided_to, v->effective_from)))
			fault_of(c, &faults, x, str_format(c->arena, "%.*s %.*s", STR_ARG(x->number), STR_ARG(x->name)));
	}
	if (faults.len)
		*ret = (Verdict){REFUSED, str_format(c->arena, "V den účinnosti nemají platnou registraci: %.*s.", STR_ARG(some(c->arena, faults))),
		                 S("Převeďte je na připravované, nebo je ze sítě vyřaďte.")};
	return OK;
}

static bool has_beds(const DraftLine *d) {
	return counts(d) && id_given(d->service) && str_eq(d->unit, S("L"));
}

/* What all lines of one service have together, and their numbers; asked at the first of them, 0 at the others. */
static i64 beds_of_service(Arena *a, const DraftLines *lines, size_t first, Str *numbers) {
	Strs all = {0};
	i64  sum = 0;
	for (size_t i = 0; i < lines->len; i++) {
		const DraftLine *d = lines->at[i];
		if (!has_beds(d) || d->service != lines->at[first]->service)
			continue;
		if (i < first)
			return 0;
		sum += d->capacity.hundredths;
		strs_add(a, &all, d->number);
	}
	*numbers = str_join(a, S(", "), all);
	return sum;
}

/* Beds only: other units of the network are not those of the register. */
static Err within_registered(Ctx *c, const WorkObject *o, Verdict *ret) {
	DraftLines lines;
	Strs       faults = {0};
	ASK_OBJECT
	TRY(draft_lines(c, v->head.id, &lines));
	for (size_t i = 0; i < lines.len; i++) {
		const DraftLine *x = lines.at[i];
		ServiceWhole     s;
		CapacitySums     sums = {0};
		i64              beds = 0;
		Str              numbers;
		if (!has_beds(x))
			continue;
		i64 wanted = beds_of_service(c->arena, &lines, i, &numbers);
		if (!wanted)
			continue;
		said = c->problems.len;
		Err e = service_whole(c, (AsOf){.valid = v->effective_from}, x->service, &s);
		c->problems.len = said;
		if (e == ERR_NOT_FOUND)
			continue;
		TRY(e);
		service_capacity_sums(c->arena, &s, &sums);
		for (size_t k = 0; k < sums.len; k++)
			beds += str_eq(sums.at[k].type, S("luzka")) ? sums.at[k].count : 0;
		if (wanted > beds * 100)
			fault_of(c, &faults, x, str_format(c->arena, "%.*s (lůžek v síti %lld, registrovaných %lld)", STR_ARG(numbers), (long long)(wanted / 100), (long long)beds));
	}
	if (faults.len)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Kapacita v síti přesahuje registrovanou: %.*s.", STR_ARG(some(c->arena, faults))),
			S("Snižte ji, nebo počkejte na změnu registrace.")};
	return OK;
}

/* ---- money ---- */

bool draft_ceiling(const DraftLine *d, int year, i64 *ret) {
	return draft_ceiling_in(d->ceilings, year, ret);
}

bool draft_ceiling_in(Str ceilings, int year, i64 *ret) {
	for (Str rest = ceilings; rest.len;) {
		Str one = str_cut(&rest, ','), key = str_cut(&one, '=');
		i64 of;
		if (str_to_int(key, &of) && of == year)
			return str_to_int(one, ret);
	}
	return false;
}

Err draft_money(Ctx *c, const NetworkVersion *v, DraftMoney *ret) {
	DraftLines lines;
	*ret = (DraftMoney){.year = date_year(v->effective_from)};
	TRY(draft_lines(c, v->head.id, &lines));
	for (size_t i = 0; i < lines.len; i++) {
		i64 amount;
		if (!counts(lines.at[i]) || (date_is(lines.at[i]->since) && date_year(lines.at[i]->since) > ret->year))     /* one that begins later costs nothing this year */
			continue;
		if (draft_ceiling(lines.at[i], ret->year, &amount))
			ret->ceilings += amount;
		else
			ret->without++;
	}
	TRY(network_means(c, ret->year, &ret->means));
	ret->over = ret->means.known && ret->ceilings > ret->means.amount ? ret->ceilings - ret->means.amount : 0;
	return OK;
}

Err draft_acknowledge(Ctx *c, const NetworkVersion *v, i64 seen, Str why) {
	NetworkDraft *d;
	DraftMoney    m;
	TRY(require(c, CAP_NETWORK_APPROVE));
	if (!why.len)
		return fail(c, ERR_INVALID, "why", "Proč: napište, z čeho se částka nad peníze na síť zaplatí.");
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(draft_must_be_open(c, v->head.id));
	TRY(draft_of(c, v->head.id, &d));
	TRY(draft_money(c, v, &m));
	if (m.over != seen || !m.over)
		return fail(c, ERR_CONFLICT, NULL, "Návrh se mezitím změnil, částka nad peníze na síť je teď %.*s. Podívejte se na něj znovu.", STR_ARG(money_text(c->arena, m.over, "–")));
	d->acknowledged = (Money){seen};
	d->acknowledged_why = why;
	d->acknowledged_by = c->actor->name;
	TRY(entity_update(c, &network_draft_entity, d));
	return tx_commit(&tx);
}

static Err within_means(Ctx *c, const WorkObject *o, Verdict *ret) {
	DraftMoney m;
	ASK_OBJECT
	TRY(draft_money(c, v, &m));
	if (!m.means.known)
		*ret = (Verdict){WAIVED, str_format(c->arena, "%.*s Stropy návrhu na rok %d: %.*s.", STR_ARG(m.means.why), m.year, STR_ARG(money_text(c->arena, m.ceilings, "–"))), {0}};
	else if (m.over && d->acknowledged.halere != m.over)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Stropy řádků na rok %d jsou %.*s, peněz na síť je %.*s (%.*s); chybí %.*s.", m.year, STR_ARG(money_text(c->arena, m.ceilings, "–")),
			STR_ARG(money_text(c->arena, m.means.amount, "–")), STR_ARG(m.means.from), STR_ARG(money_text(c->arena, m.over, "–"))),
			S("Snižte stropy, nebo ať vedoucí odboru vezme částku nad peníze na síť na vědomí.")};
	return OK;
}

/* ---- reasons, proposals, the printed difference ---- */

static Err reasons_complete(Ctx *c, const WorkObject *o, Verdict *ret) {
	DraftChanges all;
	Strs         faults = {0};
	i64          open, blank;
	ASK_OBJECT
	TRY(draft_changes(c, v, &all));
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i].how != DRAFT_SAME && !all.at[i].line->change_reason.len)
			fault_of(c, &faults, all.at[i].line, all.at[i].line->number);
	if (db_get_int(ctx_conn(c), &sql_draft_proposals_open, P(V(v->head.id)), 0, &open) != OK ||
	    db_get_int(ctx_conn(c), &sql_draft_exclusions_blank, P(V(v->head.id)), 0, &blank) != OK)
		return fail_internal(c, "draft of a network");
	if (faults.len)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Změněné řádky bez důvodu: %.*s.", STR_ARG(some(c->arena, faults))), S("Doplňte u nich důvod změny.")};
	else if (open)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Nerozhodnuté návrhy obvodů: %lld.", (long long)open), S("Přijměte je, nebo odmítněte s důvodem.")};
	else if (blank)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Nezařazené služby bez odůvodnění: %lld.", (long long)blank), S("Doplňte je na stránce Nezařazené služby.")};
	return OK;
}

static Err difference_printed(Ctx *c, const WorkObject *o, Verdict *ret) {
	Str digest;
	ASK_OBJECT
	TRY(draft_annex_digest(c, v->head.id, &digest));
	if (!d->annex_sha256.len)
		*ret = (Verdict){REFUSED, S("Příloha s rozdílem proti platné síti ještě není pořízená."), S("Pořiďte ji na stránce návrhu tlačítkem Pořídit přílohu.")};
	else if (!str_eq(d->annex_sha256, digest))
		*ret = (Verdict){REFUSED, S("Návrh se od pořízení přílohy změnil."), S("Pořiďte přílohu znovu.")};
	return OK;
}

static Err not_moved(Ctx *c, const WorkObject *o, Verdict *ret) {
	DraftChanges all;
	Strs         faults = {0};
	ASK_OBJECT
	TRY(draft_changes(c, v, &all));
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i].moved)
			fault_of(c, &faults, all.at[i].line, all.at[i].line->number);
	if (faults.len)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Řádky se v platné síti změnily, když už byl návrh založený: %.*s.", STR_ARG(some(c->arena, faults))),
		                 S("U každého převezměte stav z platné sítě a změnu zapište znovu.")};
	return OK;
}

/* While the assembly had the draft: writing its copy over the line would undo what somebody decided of it in the meantime. */
static Err not_moved_on_the_way(Ctx *c, const WorkObject *o, Verdict *ret) {
	TRY(not_moved(c, o, ret));
	if (ret->kind == REFUSED)
		ret->todo = S("Vraťte verzi k dopracování; správce sítě u řádků převezme stav z platné sítě, změnu zapíše znovu a verzi předá.");
	return OK;
}

/* A change of the network that somebody wrote for a day after the version begins: the version would write over it. */
static Err nothing_later(Ctx *c, const WorkObject *o, Verdict *ret) {
	DraftChanges all;
	Strs         faults = {0};
	ASK_OBJECT
	TRY(draft_changes(c, v, &all));
	for (size_t i = 0; i < all.len; i++) {
		EntityList spans;
		if (all.at[i].how == DRAFT_SAME || !id_given(all.at[i].line->origin))
			continue;
		TRY(store_spans(c, &line_entity, all.at[i].line->origin, (Instant){0}, &spans));
		for (size_t k = 0; k < spans.len; k++) {
			CLEANUP(buf_free) Buf b = {0};
			Date from = ((EntityHead *)spans.at[k])->valid_from;
			fmt_date(&b, from);
			if (date_after(from, v->effective_from))
				fault_of(c, &faults, all.at[i].line, str_format(c->arena, "%.*s (od %.*s)", STR_ARG(all.at[i].line->number), STR_ARG(buf_view(&b))));
		}
	}
	if (faults.len)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Řádky mají v síti zapsanou změnu až po dni účinnosti a verze by ji přepsala: %.*s.", STR_ARG(some(c->arena, faults))),
		                 S("U každého převezměte stav z platné sítě, nebo pozdější změnu na stránce řádku opravte.")};
	return OK;
}

/* Whoever wrote a line last does not approve the whole; who handed it over is refused by the step itself. */
static Err other_eyes(Ctx *c, const WorkObject *o, Verdict *ret) {
	DraftLines lines;
	Strs       own = {0};
	ASK_OBJECT
	TRY(draft_lines(c, v->head.id, &lines));
	for (size_t i = 0; i < lines.len; i++)
		if (c->actor->account && lines.at[i]->account == c->actor->account)
			strs_add(c->arena, &own, lines.at[i]->number);
	if (own.len)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Řádky návrhu jste naposledy psali sami: %.*s.", STR_ARG(some(c->arena, own))), S("Ať schválení zapíše někdo jiný.")};
	return OK;
}

#define AT .machine = "network_version", .action = "route"
const Guard draft_guards[DRAFT_GUARDS] = {
	{"g2_copy", "Verze má pracovní návrh se všemi řádky.", has_copy, AT},
	{"g2_complete", "G2: každý řádek má jednotku, kapacitu nad nulou, úroveň a podíly území dohromady 100 %.", complete, AT},
	{"g2_registered", "G2: služby v síti mají v den účinnosti platnou registraci.", registered, AT},
	{"g2_registered_capacity", "G2: lůžka v síti nepřesahují registrovaná.", within_registered, AT},
	{"g2_rule_set", "G2: stropy jsou spočtené podle platné sady pravidel, nebo má odchylka důvod.", prices_stand, AT},
	{"g2_outlook", "G2: stropy řádků se vejdou do peněz na síť, nebo je rozdíl vzatý na vědomí.", within_means, AT},
	{"g2_reasons", "G2: změny, odmítnuté návrhy a nezařazené služby mají důvod.", reasons_complete, AT},
	{"g2_difference", "G2: rozdíl proti předchozí verzi je vytištěný a odpovídá návrhu.", difference_printed, AT},
	{"draft_moved", "Řádky návrhu vycházejí z platné sítě, jak je teď.", not_moved, AT},
	{"draft_moved_on_the_way", "Platná síť se od předání návrhu nezměnila v řádcích, které návrh přepíše.", not_moved_on_the_way,
	 .machine = "network_version", .action = "approve"},
	{"draft_later", "Verze nepřepisuje změny, které už jsou v síti zapsané pro pozdější dny.", nothing_later, AT},
	{"draft_later_on_the_way", "Verze nepřepisuje změny, které už jsou v síti zapsané pro pozdější dny.", nothing_later, .machine = "network_version", .action = "approve"},
	{"g2_rule_set_on_the_way", "G2: stropy odpovídají pravidlům v platnosti, nebo má odchylka důvod, i když se pravidla od předání změnila.", prices_stand,
	 .machine = "network_version", .action = "approve"},
	{"draft_other_eyes", "Verzi schvaluje někdo jiný než ten, kdo v návrhu naposledy psal některý řádek.", other_eyes, .machine = "network_version", .action = "approve"},
	{"draft_applications", "Řádky návrhu, které jsou ze žádostí, mají žádost navrženou k zařazení nebo zařazenou.", applications_stand, AT},
	{"draft_applications_decided", "O žádostech, ze kterých jsou řádky návrhu, je rozhodnuto.", applications_decided, .machine = "network_version", .action = "approve"},
};
