/* draft_show_page.c: the list of drafts, one draft with its money and steps, the annex for the assembly. */
#include "base/format.h"
#include "base/text.h"
#include "core/codelist.h"
#include "core/roomy.h"
#include "domain/network/draft.html.h"
#include "domain/network/draft_inside.h"
#include "domain/network/draft_page.h"
#include "domain/network/draft_price.h"
#include "domain/network/mandate_page.h"
#include "web/print.h"


/* Drafts are for the region, and for coordinators who propose to them; providers and towns read the approved network. */
bool draft_is_officer(Req *r) {
	return access_scope(r->c, CAP_NETWORK_READ).all;
}

bool draft_may_look(Req *r) {
	return draft_is_officer(r) || may(r->c, CAP_NETWORK_PROPOSE);
}

Str draft_href(Req *r, const NetworkVersion *v) {
	return str_format(r->c->arena, "/app/sit/navrh/%lld", (long long)v->head.id);
}

Err draft_of_address(Req *r, NetworkVersion **v) {
	NetworkDraft *d;
	Id            id;
	ctx_roomy(r->c);                             /* every guard weighs the whole network: several hundred lines need more than a usual page */
	TRY(arg_id(r, 0, &id));
	if (!draft_may_look(r))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Návrh verze sítě vidí kraj a koordinátoři obvodů. Schválená síť je na stránce Základní síť.");
	TRY(network_version_stored(r->c, id, v));
	return draft_of(r->c, id, &d);
}

static Str day_text(Arena *a, Date d) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_date(&b, d);
	return buf_take(&b, a);
}

static void add_kpi(Req *r, KpiViews *list, const char *label, size_t n) {
	*ARENA_PUSH(r->c->arena, list->at, list->len, list->cap) = (KpiView){.label = str_c(label), .value = str_format(r->c->arena, "%zu", n)};
}

static void add_link(Req *r, Links *list, const char *label, Str href) {
	*ARENA_PUSH(r->c->arena, list->at, list->len, list->cap) = (LinkView){.label = str_c(label), .href = href};
}

/* ---- lines ---- */

static const struct { const char *word; TagKind tone; } hows[] = {{"", TAG_PLAIN}, {"nový", TAG_OK}, {"změna", TAG_INFO}, {"odchází", TAG_ERR}};

static Str provider_name(Ctx *c, Id provider, Date day) {
	void  *row;
	size_t said = c->problems.len;
	bool   found = id_given(provider) && (store_get(c, &provider_entity, (AsOf){.valid = day}, provider, &row) == OK || store_get(c, &provider_entity,
		TODAY, provider, &row) == OK);
	c->problems.len = said;
	return found ? ((Provider *)row)->name : (Str){0};
}

static DraftLineRow row_of(Req *r, const NetworkVersion *v, const DraftChange *x, bool edits, bool proposes) {
	Arena           *a = r->c->arena;
	const DraftLine *d = x->line;
	DraftLineRow row = {.id = d->head.id, .number = d->number, .name = d->name, .provider = provider_name(r->c, d->provider, v->effective_from),
		.capacity = mandate_capacity_text(r->c, d->capacity, d->unit),
	                    .level = codelist_name(r->c, "network_level", d->level), .how = str_c(hows[x->how].word), .tone = hows[x->how].tone,
	                    .what = str_join(a, S("; "), x->what), .why = d->change_reason};
	i64 amount;
	row.ceiling = draft_ceiling(d, date_year(v->effective_from), &amount) ? money_text(a, amount, "–") : S("není");
	if (edits)
		row.href = str_format(a, "%.*s/radek/%lld", STR_ARG(draft_href(r, v)), (long long)d->head.id);
	if (proposes)
		row.propose = str_format(a, "%.*s/podnet?radek=%lld", STR_ARG(draft_href(r, v)), (long long)d->head.id);
	if (x->moved)
		row.warning = S("Řádek se v platné síti mezitím změnil; převezměte jeho stav a změnu zapište znovu.");
	return row;
}

typedef struct Sum { Str kind, unit; i64 before, after, lines_before, lines_after; } Sum;
typedef struct Sums { Sum *at; size_t len, cap; } Sums;

static Sum *sum_of(Arena *a, Sums *all, Str kind, Str unit) {
	for (size_t i = 0; i < all->len; i++)
		if (str_eq(all->at[i].kind, kind) && str_eq(all->at[i].unit, unit))
			return &all->at[i];
	Sum *s = ARENA_PUSH(a, all->at, all->len, all->cap);
	*s = (Sum){.kind = kind, .unit = unit};
	return s;
}

static void add_sums(Req *r, const DraftChanges *all, DraftPage *page) {
	Sums   sums = {0};
	Arena *a = r->c->arena;
	for (size_t i = 0; i < all->len; i++) {
		Line *after = entity_new(a, &line_entity);
		draft_to_line(after, all->at[i].line);
		if (all->at[i].before && line_counts(all->at[i].before)) {
			Sum *s = sum_of(a, &sums, all->at[i].before->kind, all->at[i].before->unit);
			s->before += all->at[i].before->capacity.hundredths;
			s->lines_before++;
		}
		if (line_counts(after)) {
			Sum *s = sum_of(a, &sums, after->kind, after->unit);
			s->after += after->capacity.hundredths;
			s->lines_after++;
		}
	}
	for (size_t i = 0; i < sums.len; i++) {
		const Sum *s = &sums.at[i];
		*ARENA_PUSH(a, page->sums.at, page->sums.len, page->sums.cap) = (DraftSum){.kind = codelist_name(r->c, "service_kind", s->kind), .lines_before = s->lines_before,
			.lines_after = s->lines_after, .before = mandate_capacity_text(r->c, fte(s->before), s->unit), .after = mandate_capacity_text(r->c, fte(s->after), s->unit),
			.change = mandate_capacity_text(r->c, fte(s->after - s->before), s->unit)};
	}
}

static bool is_wanted(const DraftChange *x, DraftShown which) {
	bool changed = x->how != DRAFT_SAME || x->moved;
	return which == DRAFT_SHOW_ALL || (changed && (x->only_ceiling && !x->moved) == (which == DRAFT_SHOW_CEILINGS));
}

Err draft_fill_lines(Req *r, const NetworkVersion *v, DraftShown which, DraftPage *page) {
	DraftChanges all;
	bool open = str_eq(v->state, S(VERSION_IS_DRAFT));
	bool edits = open && may(r->c, CAP_NETWORK_UPDATE), proposes = open && may(r->c, CAP_NETWORK_PROPOSE) && !edits;
	TRY(draft_changes(r->c, v, &all));
	for (size_t i = 0; i < all.len; i++)
		if (is_wanted(&all.at[i], which))
			*ARENA_PUSH(r->c->arena, page->lines.at, page->lines.len, page->lines.cap) = row_of(r, v, &all.at[i], edits, proposes);
	TRY(draft_sources(r, v->head.id, &page->lines));
	add_kpi(r, &page->kpis, "Řádků v návrhu", all.len);
	add_kpi(r, &page->kpis, "Nových", all.count[DRAFT_NEW]);
	add_kpi(r, &page->kpis, "Změněných", all.count[DRAFT_CHANGED] - all.only_ceiling);
	add_kpi(r, &page->kpis, "Jen jiný strop", all.only_ceiling);
	add_kpi(r, &page->kpis, "Odchází", all.count[DRAFT_LEAVES]);
	add_sums(r, &all, page);
	return OK;
}

/* ---- one draft ---- */

static Err add_proposals(Req *r, const NetworkVersion *v, DraftPage *page) {
	DraftProposals all;
	DraftLines     lines;
	Arena         *a = r->c->arena;
	TRY(draft_proposals(r->c, v->head.id, &all));
	TRY(draft_lines(r->c, v->head.id, &lines));
	for (size_t i = 0; i < all.len; i++) {
		const DraftProposal *p = all.at[i];
		const DraftLine     *d = NULL;
		for (size_t k = 0; k < lines.len; k++)
			d = lines.at[k]->head.id == p->line ? lines.at[k] : d;
		const Unit  *u = territory_by_id(r->c, p->district);
		const State *s = machine_state(&draft_proposal_machine, p->state);
		*ARENA_PUSH(a, page->proposals.at, page->proposals.len, page->proposals.cap) = (ProposalRow){
			.href = str_format(a, "%.*s/podnety/%lld", STR_ARG(page->href), (long long)p->head.id), .title = p->title, .place = u ? str_cat(a, S("ORP "), u->name) : (Str){0},
			.line = d ? str_format(a, "řádek %.*s %.*s", STR_ARG(d->number), STR_ARG(d->name)) : id_given(p->line) ? (Str){0} : S("nová služba"),
			.capacity = mandate_capacity_text(r->c, p->capacity, d ? d->unit : S("U")), .state = str_c(s->title), .tone = work_tone(s->tone),
				.conflict = draft_conflict(r->c, p, &all, &lines)};
	}
	return OK;
}

static Err add_money(Req *r, const NetworkVersion *v, DraftPage *page) {
	DraftMoney    m;
	NetworkDraft *d;
	Arena        *a = r->c->arena;
	TRY(draft_money(r->c, v, &m));
	TRY(draft_of(r->c, v->head.id, &d));
	page->sees_money = true;
	mandate_pair(r, &page->money, "Stropy řádků", str_format(a, "%.*s na rok %d", STR_ARG(money_text(a, m.ceilings, "–")), m.year));
	if (page->prices_href.len) {
		DraftPrices prices;
		TRY(draft_prices(r->c, v, &prices));
		mandate_pair(r, &page->money, "Podle pravidel", prices.rules ? money_text(a, prices.computed, "–") : prices.lacks);
		if (prices.departing)
			mandate_pair(r, &page->money, "Odchylky od pravidel", str_format(a, "%zu, z toho bez důvodu %zu", prices.departing, prices.waiting));
	}
	if (m.without)
		mandate_pair(r, &page->money, "Řádků bez stropu", str_format(a, "%zu", m.without));
	mandate_pair(r, &page->money, "Peníze na síť", m.means.known ? str_format(a, "%.*s: %.*s", STR_ARG(money_text(a, m.means.amount, "–")), STR_ARG(m.means.from))
	                                                               : str_cat(a, m.means.why, S(" Krytí se neověřuje.")));
	if (m.means.known)
		mandate_pair(r, &page->money, m.over ? "Nad peníze na síť" : "Rezerva", money_text(a, m.over ? m.over : m.means.amount - m.ceilings, "–"));
	if (m.over && d->acknowledged.halere == m.over)
		mandate_pair(r, &page->money, "Vzato na vědomí", str_format(a, "%.*s. %.*s", STR_ARG(d->acknowledged_by), STR_ARG(d->acknowledged_why)));
	page->may_ack = page->is_draft && m.over && d->acknowledged.halere != m.over && may(r->c, CAP_NETWORK_APPROVE);
	page->seen = m.over;
	page->over = money_text(a, m.over, "–");
	page->ack = (FieldView){.kind = FIELD_AREA, .name = S("why"), .label = S("Z čeho se částka nad peníze na síť zaplatí"), .rows = 2, .value = form(r, "why"),
		.error = field_problem(r, "why")};
	if (d->annex_at.ms) {
		CLEANUP(buf_free) Buf b = {0};
		fmt_instant(&b, d->annex_at);
		page->annex_note = str_format(a, "Příloha pořízena %.*s.", STR_ARG(buf_view(&b)));
	}
	return OK;
}

/* The panel with its steps; lines that a step refuses to take are linked to where they are mended. */
static Err add_steps(Req *r, const NetworkVersion *v, DraftPage *p) {
	DraftNames names = {0};
	draft_names_listen(&names);
	Err err = work_panel(r, &network_version_machine, v->head.id, str_cat(r->c->arena, p->href, may(r->c, CAP_NETWORK_UPDATE) ? S("/krok") : S("/rozhodnuti")), &p->work);
	draft_names_listen(NULL);
	TRY(err);
	for (size_t i = 0; p->may_edit && i < names.len; i++)
		*ARENA_PUSH(r->c->arena, p->hindering.at, p->hindering.len, p->hindering.cap) = (LinkView){
			.label = strcmp(names.at[i].place, "platby") == 0 ? str_cat(r->c->arena, names.at[i].label, S(" (strop)")) : names.at[i].label,
			.href = str_format(r->c->arena, "%.*s/%s/%lld", STR_ARG(p->href), names.at[i].place, (long long)names.at[i].line)};
	return OK;
}

static Err show(Req *r, NetworkVersion *v) {
	Arena    *a = r->c->arena;
	Str       which = query(r, "radky");
	bool      all = str_eq(which, S("vse")), ceilings = str_eq(which, S("stropy")), has_copy = words_have(VERSION_IS_DRAFT " " VERSION_IN_ROUTE, v->state);
	DraftPage page_view = {.title = v->title, .href = draft_href(r, v), .is_draft = str_eq(v->state, S(VERSION_IS_DRAFT))};
	DraftPage *p = &page_view;
	if (which.len && !all && !ceilings)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Takový výběr není. Vyberte z nabídky na stránce.");
	p->lead = str_format(a, has_copy ? "Návrh verze %.*s, účinná od %.*s. Platná síť se nezmění, dokud o návrhu nerozhodne zastupitelstvo."
	                                 : "Verze %.*s, účinná od %.*s. O návrhu už je rozhodnuto; tady zůstává, jak vznikl.", STR_ARG(v->number), STR_ARG(day_text(a, v->effective_from)));
	if (has_copy) {
		TRY(draft_fill_lines(r, v, all ? DRAFT_SHOW_ALL : ceilings ? DRAFT_SHOW_CEILINGS : DRAFT_SHOW_CHANGES, p));
		p->found = str_format(a, all ? "Všechny řádky: %zu" : ceilings ? "Řádky, kterým se mění jen strop: %zu" : "Změny proti platné síti: %zu", p->lines.len);
		*ARENA_PUSH(a, p->tabs.at, p->tabs.len, p->tabs.cap) = (TabView){.label = S("Jen změny"), .href = url_with(r, "radky", (Str){0}), .current = !all && !ceilings};
		*ARENA_PUSH(a, p->tabs.at, p->tabs.len, p->tabs.cap) = (TabView){.label = S("Jen jiný strop"), .href = url_with(r, "radky", S("stropy")), .current = ceilings};
		*ARENA_PUSH(a, p->tabs.at, p->tabs.len, p->tabs.cap) = (TabView){.label = S("Všechny řádky"), .href = url_with(r, "radky", S("vse")), .current = all};
		add_link(r, &p->rail, "Příloha pro zastupitelstvo", str_cat(a, p->href, S("/priloha")));
	}
	TRY(add_proposals(r, v, p));
	p->may_edit = p->is_draft && may(r->c, CAP_NETWORK_UPDATE);
	p->may_propose = p->is_draft && may(r->c, CAP_NETWORK_PROPOSE) && !p->may_edit;
	if (draft_is_officer(r)) {
		p->prices_href = str_cat(a, p->href, S("/platby"));
		add_link(r, &p->rail, "Vyrovnávací platby podle pravidel", p->prices_href);
		if (has_copy)
			TRY(add_money(r, v, p));
		TRY(add_steps(r, v, p));
	}
	if (p->may_edit) {
		p->annex_action = str_cat(a, p->href, S("/poridit-prilohu"));
		p->annex_csrf = csrf_token(r, p->annex_action);
	}
	p->ack_action = str_cat(a, p->href, S("/kryti"));
	p->ack_csrf = csrf_token(r, p->ack_action);
	p->errors = p->may_ack ? errors_view(r, &p->ack, 1) : NULL;
	r->is_error = p->errors || p->work.problem.text.len;
	add_link(r, &p->rail, "Všechny návrhy", S("/app/sit/navrh"));
	crumb(r, S("Návrhy verzí sítě"), S("/app/sit/navrh"));
	view_draft_office(page(r, p->title), p);
	return OK;
}

Err page_network_draft(Req *r) {
	NetworkVersion *v;
	TRY(draft_of_address(r, &v));
	return show(r, v);
}

static Err answer(Req *r, NetworkVersion *v, Err err, const char *done) {
	if (err == ERR_INVALID || err == ERR_CONFLICT) {
		set_status(r, err_status(err));
		return show(r, v);
	}
	TRY(err);
	if (done)
		notice(r, "%s", done);
	return redirect(r, "%.*s", STR_ARG(draft_href(r, v)));
}

Err post_network_draft_step(Req *r) {
	NetworkVersion *v;
	TRY(draft_of_address(r, &v));
	return answer(r, v, work_submit(r, &network_version_machine, v->head.id), NULL);
}

Err post_draft_annex(Req *r) {
	NetworkVersion *v;
	TRY(draft_of_address(r, &v));
	Err err = draft_annex(r->c, v);
	if (err != OK)
		return answer(r, v, err, NULL);
	notice(r, "Příloha je pořízená z návrhu, jak je teď.");
	return redirect(r, "%.*s/priloha", STR_ARG(draft_href(r, v)));
}

Err post_draft_acknowledge(Req *r) {
	NetworkVersion *v;
	i64             seen;
	TRY(draft_of_address(r, &v));
	if (!str_to_int(form(r, "videno"), &seen))
		return fail(r->c, ERR_MALFORMED, NULL, "Formulář je neúplný. Načtěte stránku znovu.");
	return answer(r, v, draft_acknowledge(r->c, v, seen, form(r, "why")), "Částka nad peníze na síť je vzatá na vědomí.");
}

/* ---- the list ---- */

Err page_network_drafts(Req *r) {
	Networks  networks;
	Arena    *a = r->c->arena;
	DraftList v = {.title = S("Návrhy verzí sítě"), .lead = S("Příští verze sítě, dokud se píše a projednává."), .may_open = may(r->c, CAP_NETWORK_CREATE),
	               .empty = {.title = S("Žádná verze se teď nepřipravuje"), .text = S("Návrh zakládá správce sítě; vznikne jako kopie platné sítě.")}};
	if (!draft_may_look(r))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Návrhy verzí sítě vidí kraj a koordinátoři obvodů. Schválená síť je na stránce Základní síť.");
	TRY(networks_all(r->c, &networks));
	for (size_t n = 0; n < networks.len; n++) {
		NetworkVersions all;
		TRY(network_versions(r->c, networks.at[n]->head.id, true, &all));
		for (size_t i = 0; i < all.len; i++) {
			const NetworkVersion *x = all.at[i];
			const State          *s = machine_state(&network_version_machine, x->state);
			NetworkDraft         *d;
			size_t                said = r->c->problems.len;
			Err                   e = words_have(VERSION_IS_DRAFT " " VERSION_IN_ROUTE " " VERSION_APPROVED, x->state) ? draft_of(r->c, x->head.id, &d) : ERR_NOT_FOUND;
			r->c->problems.len = said;
			if (e != OK)
				continue;
			*ARENA_PUSH(a, v.rows.at, v.rows.len, v.rows.cap) = (DraftListRow){.href = draft_href(r, x), .title = str_format(a, "%.*s %.*s",
				STR_ARG(x->number), STR_ARG(x->title)),
				.state = str_c(s->title), .tone = work_tone(s->tone), .when = str_format(a, "Účinná od %.*s.", STR_ARG(day_text(a, x->effective_from))),
					.about = networks.at[n]->title};
		}
	}
	view_draft_list(page(r, v.title), &v);
	return OK;
}

/* ---- the annex ---- */

/* What the rules give for each line, and why a ceiling is another one. */
static Err add_prices(Req *r, const NetworkVersion *v, DraftPage *p) {
	DraftPrices all;
	size_t      departing = 0;
	TRY(draft_prices(r->c, v, &all));
	if (!all.rules)
		return OK;
	for (size_t i = 0; i < all.len; i++)
		for (size_t k = 0; k < p->lines.len; k++) {
			const DraftPrice *x = &all.at[i];
			DraftLineRow     *row = &p->lines.at[k];
			if (row->id != x->line->head.id)
				continue;
			row->computed = x->computed == BLANK ? (Str){0} : money_text(r->c->arena, x->computed, "–");
			if (!x->departs)
				continue;
			departing++;
			row->departs = x->why.len ? x->why : S("Důvod zatím chybí.");
		}
	p->rules = str_format(r->c->arena, "%.*s, verze %lld, rok %d", STR_ARG(all.rules->title), (long long)all.rules->no, all.year);
	p->departing = departing ? str_format(r->c->arena, "%zu", departing) : (Str){0};
	return OK;
}

static Err annex_of(Req *r, NetworkVersion **v, DraftPage *p) {
	Arena *a = r->c->arena;
	TRY(draft_of_address(r, v));
	if (!words_have(VERSION_IS_DRAFT " " VERSION_IN_ROUTE, (*v)->state))
		return fail(r->c, ERR_NOT_FOUND, NULL, "O návrhu už je rozhodnuto. Rozdíl proti předchozí verzi je na stránce sítě.");
	TRY(draft_fill_lines(r, *v, DRAFT_SHOW_ALL, p));
	if (draft_is_officer(r))
		TRY(add_prices(r, *v, p));
	p->title = str_format(a, "%.*s: změny a úplný seznam", STR_ARG((*v)->title));
	p->lead = str_format(a, "Příloha k návrhu verze sítě %.*s, účinné od %.*s.", STR_ARG((*v)->number), STR_ARG(day_text(a, (*v)->effective_from)));
	return OK;
}

static Err send_annex(Req *r, const NetworkVersion *v, const DraftPage *p) {
	static const TableColumn columns[] = {
		{"cislo", "Číslo řádku", CELL_TEXT, 0, 12}, {"sluzba", "Služba", CELL_TEXT, 0, 40}, {"poskytovatel", "Poskytovatel", CELL_TEXT, 0, 36}, {"kapacita",
			"Kapacita", CELL_TEXT, 0, 16},
		{"strop", "Strop v prvním roce", CELL_TEXT, 0, 18}, {"podle-pravidel", "Podle pravidel", CELL_TEXT, 0, 18}, {"duvod-stropu", "Proč je strop jiný", CELL_TEXT, 0, 40},
		{"uroven", "Úroveň", CELL_TEXT, 0, 10}, {"zmena", "Změna", CELL_TEXT, 0, 12}, {"co", "Co se mění", CELL_TEXT, 0, 60}, {"duvod", "Důvod", CELL_TEXT, 0, 40},
	};
	FileFormat format = r->format == PAGE_CSV ? FORMAT_CSV : r->format == PAGE_XLSX ? FORMAT_XLSX : FORMAT_JSON;
	Buf       *out = NEW_ZERO(r->c->arena, Buf);
	Str        name = str_format(r->c->arena, "priloha-%.*s.%s", STR_ARG(text_slug(r->c->arena, v->number)), format_suffix(format));
	TRY(download_start(r, format_type(format), format == FORMAT_JSON ? (Str){0} : name, out));
	TableWriter *t = table_open(r->c->arena, out, format, S("Návrh sítě"), columns, LEN(columns), export_note(r->c));
	for (size_t i = 0; i < p->lines.len; i++) {
		const DraftLineRow *l = &p->lines.at[i];
		const Str cells[] = {l->number, l->name, l->provider, l->capacity, l->ceiling, l->computed, l->departs, l->level, l->how.len ? l->how : S("beze změny"), l->what, l->why};
		for (size_t k = 0; k < LEN(cells); k++)
			table_text(t, cells[k]);
		table_row_end(t);
	}
	TRY(table_close(t));
	return download_end(r, out);
}

Err page_draft_annex(Req *r) {
	NetworkVersion *v;
	DraftPage       p = {0};
	TRY(annex_of(r, &v, &p));
	if (r->format != PAGE_HTML)
		return send_annex(r, v, &p);
	p.href = draft_href(r, v);
	add_link(r, &p.downloads, "PDF", str_cat(r->c->arena, p.href, S("/priloha-pdf")));
	static const char *const suffixes[] = {"xlsx", "csv", "json"}, *const names[] = {"XLSX", "CSV", "JSON"};
	for (size_t i = 0; i < LEN(suffixes); i++)
		add_link(r, &p.downloads, names[i], url_with_format(r, suffixes[i]));
	crumb(r, S("Návrhy verzí sítě"), S("/app/sit/navrh"));
	crumb(r, v->title, p.href);
	view_draft_annex(page(r, p.title), &p);
	return OK;
}

Err page_draft_annex_pdf(Req *r) {
	NetworkVersion *v;
	DraftPage       p = {0};
	CLEANUP(buf_free) Buf body = {0};
	TRY(annex_of(r, &v, &p));
	view_draft_annex_print(&body, &p);
	PrintDoc d = {.title = p.title, .body = buf_take(&body, r->c->arena), .is_landscape = true, .is_large = true,
	              .file_name = str_format(r->c->arena, "priloha-%.*s.pdf", STR_ARG(text_slug(r->c->arena, v->number)))};
	return print_answer(r, &d, str_cat(r->c->arena, draft_href(r, v), S("/priloha")));
}
