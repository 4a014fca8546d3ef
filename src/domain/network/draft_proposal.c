/* draft_proposal.c: what districts propose to a draft, and what the region answers. */
#include "base/format.h"
#include "domain/network/draft_inside.h"

ENTITY(draft_proposal_entity, DraftProposal, DRAFT_PROPOSAL_FIELDS, .name = "draft_proposal", .table = "draft_proposal", .one = "návrh obvodu k síti",
	.many = "návrhy obvodů k síti",
       .of_many = "návrhů obvodů k síti", .article = "m", .title = "title", .order = "made_at", .read = CAP_NETWORK_READ, .write = CAP_NETWORK_UPDATE,
	.scope_district = "district")

static Err line_of(Ctx *c, const DraftProposal *p, DraftLine **ret) {
	size_t said = c->problems.len;
	*ret = NULL;
	if (!id_given(p->line))
		return OK;
	Err e = draft_line_stored(c, p->by_version, p->line, ret);
	if (e != ERR_NOT_FOUND)
		return e;
	c->problems.len = said;
	*ret = NULL;
	return OK;
}

static Err describe(Ctx *c, WorkObject *o) {
	const DraftProposal *p = o->row;
	const Unit          *u = territory_by_id(c, p->district);
	o->title = u ? str_format(c->arena, "%.*s, ORP %.*s", STR_ARG(p->title), STR_ARG(u->name)) : p->title;
	o->link = str_format(c->arena, "/app/sit/navrh/%lld/podnety/%lld", (long long)p->by_version, (long long)p->head.id);
	o->text = p->text;
	o->owner = p->owner;
	o->district = p->district;
	return OK;
}

static Err is_draft(Ctx *c, const WorkObject *o, Verdict *ret) {
	const DraftProposal *p = o->row;
	NetworkVersion      *v;
	TRY(network_version_stored(c, p->by_version, &v));
	if (!str_eq(v->state, S(VERSION_IS_DRAFT)))
		*ret = (Verdict){REFUSED, S("Návrh verze už je předaný k projednání."), S("Ať ho vedoucí odboru vrátí k dopracování.")};
	return OK;
}
static const Guard draft = {"version_is_draft", "Verze sítě je ještě rozpracovaná.", is_draft};

/* The line is not what the proposal was made for: both are shown, and accepting it all the same is a step of its own (G7). */
static Err changed(Ctx *c, const DraftProposal *p, DraftLine **d, bool *ret) {
	TRY(line_of(c, p, d));
	*ret = *d && id_given(p->line) && p->line_version != (*d)->head.version;
	return OK;
}

static Str capacity_words(Ctx *c, Fte f) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_fte(&b, f);
	return buf_take(&b, c->arena);
}

static Err line_same(Ctx *c, const WorkObject *o, Verdict *ret) {
	const DraftProposal *p = o->row;
	DraftLine           *d;
	bool                 is_other;
	TRY(changed(c, p, &d, &is_other));
	if (is_other)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Řádek %.*s se od podání návrhu změnil: v návrhu verze má teď kapacitu %.*s (%.*s), obvod navrhuje %.*s.", STR_ARG(d->number),
			STR_ARG(capacity_words(c, d->capacity)), STR_ARG(d->change_reason.len ? d->change_reason : S("bez důvodu")),
			STR_ARG(p->capacity.hundredths == BLANK ? S("beze změny") : capacity_words(c, p->capacity))),
		                 S("Porovnejte oba stavy a zvolte Přijmout i přes změnu řádku, nebo návrh odmítněte.")};
	return OK;
}
static const Guard same_line = {"line_same", "G7: řádek je takový, jaký byl při podání návrhu.", line_same, NULL, NULL, NULL};

static Err line_other(Ctx *c, const WorkObject *o, Verdict *ret) {
	DraftLine *d;
	bool       is_other;
	TRY(changed(c, o->row, &d, &is_other));
	if (!is_other)
		*ret = (Verdict){REFUSED, S("Řádek se od podání návrhu nezměnil."), S("Zvolte Přijmout.")};
	return OK;
}
static const Guard other_line = {"line_other", "Řádek se od podání návrhu změnil.", line_other, NULL, NULL, NULL};

static Err run_accept(Ctx *c, WorkMove *m) {
	DraftProposal *p = m->object->row;
	DraftLine     *d;
	TRY(line_of(c, p, &d));
	p->answer = m->input->reason;
	if (!d || p->capacity.hundredths == BLANK)
		return OK;                               /* what it asks for is written into the copy by hand */
	d->capacity = p->capacity;
	d->change_reason = utf8_first(str_format(c->arena, "Návrh obvodu: %.*s", STR_ARG(p->title)), 500);
	TRY(draft_line_save(c, d));
	p->line_version = d->head.version;
	return OK;
}

static Err run_refuse(Ctx *c, WorkMove *m) {
	(void)c;
	((DraftProposal *)m->object->row)->answer = m->input->reason;
	return OK;
}

const Machine draft_proposal_machine = {
	.name = "draft_proposal", .title = "Návrh obvodu k síti", .entity = &draft_proposal_entity, .topic = "network", .describe = describe,
	.help = "Koordinátor obvodu navrhne k rozpracované verzi sítě změnu řádku nebo novou službu. Kraj návrh přijme, nebo odmítne s důvodem; přijatá kapacita se přenese do návrhu verze.",
	MACHINE_STATES(
		{PROPOSAL_OPEN, "čeká na kraj", .tone = TONE_INFO, .waits_for = "NET", .task = "Rozhodněte o návrhu obvodu", .button = "Otevřít návrh",
		 .why = "Bez odpovědi nejde verzi sítě předat k projednání."},
		{PROPOSAL_ACCEPTED, "přijatý", .tone = TONE_OK, .is_final = true},
		{PROPOSAL_REFUSED, "odmítnutý", .tone = TONE_WARN, .is_final = true},
		{PROPOSAL_WITHDRAWN, "stažený", .is_final = true}),
	MACHINE_ACTIONS(
		{START, "propose", "Podat návrh", "návrh podán", PROPOSAL_OPEN, .capability = CAP_NETWORK_PROPOSE, .notify = "NET"},
		{PROPOSAL_OPEN, "accept", "Přijmout", "návrh přijat", PROPOSAL_ACCEPTED, .capability = CAP_NETWORK_UPDATE, .not_by = "propose", .guards = GUARDS(&draft, &same_line),
		 .reason_label = "Jak se návrh promítl", .notify = "owner COO", .run = run_accept},
		{PROPOSAL_OPEN, "accept_over", "Přijmout i přes změnu řádku", "návrh přijat i přes změnu řádku", PROPOSAL_ACCEPTED, .capability = CAP_NETWORK_UPDATE, .not_by = "propose",
		 .guards = GUARDS(&draft, &other_line), .reason = REASON_REQUIRED, .reason_label = "Proč má platit návrh obvodu", .notify = "owner COO", .run = run_accept},
		{PROPOSAL_OPEN, "refuse", "Odmítnout", "návrh odmítnut", PROPOSAL_REFUSED, .capability = CAP_NETWORK_UPDATE, .guards = GUARDS(&draft), .reason = REASON_REQUIRED,
		 .reason_label = "Proč kraj návrh odmítl", .notify = "owner COO", .run = run_refuse},
		{PROPOSAL_OPEN, "lapse", "Odpadl s verzí", "návrh odpadl, verze sítě byla zrušena", PROPOSAL_REFUSED, .by_system = true, .notify = "owner COO", .run = run_refuse},
		{PROPOSAL_OPEN, "withdraw", "Stáhnout návrh", "návrh stažen", PROPOSAL_WITHDRAWN, .capability = CAP_NETWORK_PROPOSE, .only = &only_owner, .reason = REASON_REQUIRED}),
};

Err draft_propose(Ctx *c, DraftProposal *p) {
	DraftLine *d;
	TRY(require(c, CAP_NETWORK_PROPOSE));
	RowScope s = access_scope(c, CAP_NETWORK_PROPOSE);
	if (!s.all && !scope_has_district(&s, p->district))
		return fail(c, ERR_INVALID, "district", "Obvod ORP: navrhovat můžete jen za svůj obvod.");
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(draft_must_be_open(c, p->by_version));
	if (id_given(p->line))
		TRY(draft_line_stored(c, p->by_version, p->line, &d));
	p->line_version = id_given(p->line) ? d->head.version : BLANK;
	if (!id_given(p->line) && p->capacity.hundredths == BLANK)
		return fail(c, ERR_INVALID, "capacity", "Navržená kapacita: u nové služby ji vyplňte.");
	p->owner = c->actor->account;
	p->author = c->actor->name;
	p->made_at = c->now;
	TRY(workflow_start(c, &draft_proposal_machine, "propose", p, NULL));
	return tx_commit(&tx);
}

Err draft_proposals(Ctx *c, Id version, DraftProposals *ret) {
	EntityList list;
	ListFilter of = {.field = entity_field(&draft_proposal_entity, S("by_version")), .value = str_format(c->arena, "%lld", (long long)version)};
	*ret = (DraftProposals){0};
	TRY(entity_list(c, &draft_proposal_entity, &(ListQuery){.filters = &of, .filter_count = 1, .limit = -1}, &list));
	for (size_t i = 0; i < list.len; i++)
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = list.at[i];
	return OK;
}

Str draft_conflict(Ctx *c, const DraftProposal *p, const DraftProposals *all, const DraftLines *lines) {
	i64 others = 0;
	if (!id_given(p->line) || !str_eq(p->state, S(PROPOSAL_OPEN)))
		return (Str){0};
	for (size_t i = 0; i < all->len; i++)
		others += all->at[i]->head.id != p->head.id && all->at[i]->line == p->line && str_eq(all->at[i]->state, S(PROPOSAL_OPEN));
	bool here = false, same = false;
	for (size_t i = 0; i < lines->len; i++)
		if (lines->at[i]->head.id == p->line) {
			here = true;
			same = lines->at[i]->head.version == p->line_version;
		}
	if (!here)
		return S("Řádek už v návrhu není.");
	if (others)
		return str_format(c->arena, "K témuž řádku jsou další návrhy: %lld.%s", (long long)others, same ? "" : " Řádek se od podání změnil.");
	return same ? (Str){0} : S("Řádek se od podání návrhu změnil.");
}
