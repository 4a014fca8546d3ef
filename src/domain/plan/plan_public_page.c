/* plan_public_page.c: what everybody reads of plans. */
#include "base/format.h"
#include "domain/library/paragraphs_page.h"
#include "domain/plan/card_page.h"
#include "domain/plan/plan.html.h"
#include "domain/plan/plan_page.h"

/* ---- pieces ---- */

Str plan_day(Req *r, Date d) {
	CLEANUP(buf_free) Buf out = {0};
	if (date_is(d))
		fmt_date(&out, d);
	return buf_take(&out, r->c->arena);
}

void plan_pair(Req *r, PairViews *pairs, const char *label, Str value, Str href) {
	if (value.len)
		*ARENA_PUSH(r->c->arena, pairs->at, pairs->len, pairs->cap) = (PairView){.label = str_c(label), .value = value, .href = href};
}

Err plan_of_address(Req *r, bool office, Plan **ret) {
	Arena *a = r->c->arena;
	TRY(plan_by_slug(r->c, arg(r, 0), ret));
	crumb(r, office ? S("Plán") : S("Plány"), office ? S("/app/plan") : S("/plan"));
	crumb(r, str_format(a, "%lld–%lld", (long long)(*ret)->year_from, (long long)(*ret)->year_to),
	      str_format(a, "%s/plan/%.*s", office && may(r->c, CAP_PLAN_DRAFT) ? "/app" : "", STR_ARG((*ret)->slug)));
	return OK;
}

/* One step back for the crumbs of the plan's own page: the page itself is added by the frame. */
static void last_crumb_away(Req *r) {
	r->crumb_count--;
}

static TagKind tone_of(const Plan *p) {
	const State *s = machine_state(&plan_machine, p->state);
	return s ? work_tone(s->tone) : TAG_PLAIN;
}

static PlanLine line_of(Req *r, const Plan *p, bool office) {
	return (PlanLine){.href = str_format(r->c->arena, "%s/plan/%.*s", office ? "/app" : "", STR_ARG(p->slug)), .title = p->title, .kind = tone_of(p),
	                  .state = state_title(&plan_machine, p->state), .text = str_format(r->c->arena, "Zpracovává: %.*s", STR_ARG(p->author_unit))};
}

static void add_resolution(Req *r, PairViews *pairs, const char *label, Id id) {
	Resolution d;
	size_t     said = r->c->problems.len;
	if (id && resolution_get(r->c, id, &d) == OK)
		plan_pair(r, pairs, label, str_format(r->c->arena, "%.*s (%.*s)", STR_ARG(d.number), STR_ARG(plan_day(r, d.decided_on))),
		          resolution_href(r->c->arena, d.number));
	r->c->problems.len = said;
}

Err plan_facts(Req *r, const Plan *p, PairViews *ret) {
	Arena *a = r->c->arena;
	plan_pair(r, ret, "Období", str_format(a, "%lld–%lld", (long long)p->year_from, (long long)p->year_to), (Str){0});
	plan_pair(r, ret, "Stav", state_title(&plan_machine, p->state), (Str){0});
	plan_pair(r, ret, "Zpracovává", p->author_unit, (Str){0});
	add_resolution(r, ret, "Zahájen usnesením", p->opening_resolution);
	add_resolution(r, ret, "Schválen usnesením", p->approval_resolution);
	plan_pair(r, ret, "Podněty do", plan_day(r, p->inputs_until), (Str){0});
	return OK;
}

Err plan_version_links(Req *r, const Plan *p, Links *ret) {
	Arena *a = r->c->arena;
	DocumentVersions all;
	Document *d;
	size_t said = r->c->problems.len;
	if (!p->document || document_get(r->c, p->document, &d) != OK) {
		r->c->problems.len = said;
		return OK;
	}
	TRY(versions_of(r->c, p->document, &all));
	for (size_t i = 0; i < all.len; i++) {
		const DocumentVersion *v = &all.at[i];
		bool valid = v->head.id == p->valid_version;
		*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = (LinkView){
			.label = str_format(a, "Verze č. %lld%s a soubory", (long long)v->no, valid ? ", platná," : ""),
			.href = str_format(a, "/dokumenty/%lld/verze/%lld", (long long)p->document, (long long)v->no)};
		if (i + 1 < all.len)
			*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = (LinkView){
				.label = str_format(a, "Co je ve verzi č. %lld jinak než ve verzi č. %lld", (long long)v->no, (long long)all.at[i + 1].no),
				.href = str_format(a, "/plan/%.*s/rozdil?od=%lld&do=%lld", STR_ARG(p->slug), (long long)all.at[i + 1].no, (long long)v->no)};
	}
	return OK;
}

/* ---- list ---- */

static void add_to_group(Req *r, PlansPage *v, size_t group, PlanLine line) {
	PlanLines *l = &v->groups.at[group].lines;
	*ARENA_PUSH(r->c->arena, l->at, l->len, l->cap) = line;
}

static size_t group_of(const Plan *p) {
	if (str_eq(p->state, S(PLAN_ARCHIVED)) || str_eq(p->state, S(PLAN_EVALUATED)))
		return 2;
	return p->valid_version ? 0 : 1;
}

/* What was approved before the program: documents of the library, behind the plans that were archived in it. */
static Err add_old(Req *r, PlansPage *v) {
	OldPlans old;
	Arena   *a = r->c->arena;
	TRY(plans_before_program(r->c, &old));
	for (size_t i = 0; i < old.len; i++) {
		const OldPlan *p = &old.at[i];
		CLEANUP(buf_free) Buf days = {0};
		if (date_is(p->from) && date_is(p->to))
			fmt_date_range(&days, p->from, p->to);
		Str text = buf_view(&days).len ? str_format(a, "Platil %.*s. Dokument z doby před programem.", STR_ARG(buf_view(&days)))
		           : date_is(p->from)  ? str_format(a, "Platil od %.*s. Dokument z doby před programem.", STR_ARG(plan_day(r, p->from)))
		                               : S("Dokument z doby před programem.");
		add_to_group(r, v, 2, (PlanLine){.title = p->title, .state = S("v archivu"), .kind = TAG_PLAIN, .text = text,
			.href = str_format(a, "/dokumenty/%lld", (long long)p->document)});
	}
	return OK;
}

static Err show_list(Req *r, bool office) {
	Plans     all;
	PlansPage v = {.lead = office ? S("Plány, které se píší, platí a platily.")
	                              : S("Střednědobý plán říká, jak kraj na tři roky zajistí dostupnost sociálních služeb. Vzniká s obcemi, poskytovateli a lidmi, kteří služby potřebují.")};
	static const char *const titles[] = {"Platný plán", "Plán v přípravě", "Archiv"};
	for (size_t i = 0; i < LEN(titles); i++)
		*ARENA_PUSH(r->c->arena, v.groups.at, v.groups.len, v.groups.cap) = (PlanGroup){.title = str_c(titles[i])};
	TRY(plans_all(r->c, &all));
	for (size_t i = 0; i < all.len; i++) {
		bool      leads_in = office && may(r->c, CAP_PLAN_DRAFT);
		PlanLine  line = line_of(r, all.at[i], leads_in);
		PlanLines actions = {0};
		TRY(action_plan_lines(r, all.at[i], leads_in, &actions));
		for (size_t k = 0; k < actions.len; k++)
			*ARENA_PUSH(r->c->arena, line.actions.at, line.actions.len, line.actions.cap) = (LinkView){.href = actions.at[k].href,
				.label = str_format(r->c->arena, "%.*s (%.*s)", STR_ARG(actions.at[k].title), STR_ARG(actions.at[k].state))};
		add_to_group(r, &v, group_of(all.at[i]), line);
	}
	TRY(add_old(r, &v));
	if (office && may(r->c, CAP_PLAN_CREATE))
		v.new_href = S("/app/plan/novy");
	view_plans(page(r, S("Plány rozvoje sociálních služeb")), &v);
	return OK;
}

Err page_plans(Req *r) {
	return show_list(r, false);
}

Err page_office_plans(Req *r) {
	return show_list(r, true);
}

/* ---- one plan ---- */

static Err add_moments(Req *r, const Plan *p, MomentViews *ret) {
	Arena *a = r->c->arena;
	PlanMilestones all;
	TRY(plan_milestones(r->c, p->head.id, &all));
	bool current = false;
	for (size_t i = 0; i < all.len; i++) {
		char   iso[DATE_ISO_LEN];
		bool   done = all.at[i]->is_done || date_before(all.at[i]->day, r->c->today);
		*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = (MomentView){.datetime = str_dup(a, date_iso(all.at[i]->day, iso)), .when = plan_day(r, all.at[i]->day),
			.text = all.at[i]->title, .done = done, .current = !done && !current};
		current = current || !done;
	}
	return OK;
}

static NoteView note_of(Req *r, const Plan *p, bool has_text, i64 newer) {
	Arena *a = r->c->arena;
	if (!has_text)
		return (NoteView){.kind = NOTE_INFO, .title = S("Plán se připravuje."), .text = S("Jeho text uvidíte, až ho kraj zveřejní k připomínkám.")};
	if (!p->valid_version)
		return (NoteView){.kind = NOTE_WARN, .title = S("Návrh:"), .text = S("Plán ještě neplatí. Čtete znění, které se projednává.")};
	if (newer)
		return (NoteView){.kind = NOTE_INFO, .title = S("Platí tento plán."), .text = str_format(a, "Projednává se jeho aktualizace, verze č. %lld.", (long long)newer)};
	return (NoteView){0};
}

i64 plan_newer_version(Req *r, const Plan *p) {
	DocumentVersion v;
	size_t said = r->c->problems.len;
	i64    no = p->valid_version && p->newest_version != p->valid_version && version_get(r->c, p->newest_version, &v) == OK ? v.no : 0;
	r->c->problems.len = said;
	return no;
}

static void add_chapters(Req *r, const Plan *p, const PlanParts *parts, i64 version, i64 current, Links *ret) {
	for (size_t i = 0; i < parts->len; i++)
		*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = (LinkView){
			.label = str_format(r->c->arena, "%zu. %.*s", i + 1, STR_ARG(parts->at[i].title)), .current = (i64)i + 1 == current,
			.href = str_format(r->c->arena, version ? "/plan/%.*s/kapitola/%zu?verze=%lld" : "/plan/%.*s/kapitola/%zu", STR_ARG(p->slug), i + 1, (long long)version)};
}

/* The ways to the cards, each with a sentence about what is there. */
static TileViews card_tiles(Req *r, const Plan *p) {
	static const char *const about[][2] = {
		{"/karty", "Co se udělá, kde, pro koho a do kdy."}, {"/financovani", "Náklady a zdroje karet podle let a co ještě chybí."},
		{"/vyhled", "Kolik peněz bude síť v jednotlivých letech potřebovat."}, {"/plneni", "Jak daleko jsou priority, cíle, opatření a karty."},
	};
	Links     ways = card_ways(r, p, false, "");
	TileViews ret = {0};
	for (size_t i = 0; i < ways.len; i++) {
		TileView t = {.title = ways.at[i].label, .href = ways.at[i].href};
		for (size_t k = 0; k < LEN(about); k++)
			if (str_ends(t.href, str_c(about[k][0])))
				t.text = str_c(about[k][1]);
		*ARENA_PUSH(r->c->arena, ret.at, ret.len, ret.cap) = t;
	}
	return ret;
}

Err page_plan(Req *r) {
	Plan           *p;
	DocumentVersion shown;
	PlanParts       parts = {0};
	PlanPage        v = {0};
	TRY(plan_of_address(r, false, &p));
	last_crumb_away(r);
	size_t said = r->c->problems.len;
	Err    e = plan_shown_version(r->c, p, &shown);
	if (e == ERR_NOT_FOUND)
		r->c->problems.len = said;
	else
		TRY(e);
	if (e == OK)
		TRY(plan_parts(r->c, shown.head.id, &parts));
	v.title = p->title;
	v.lead = str_format(r->c->arena, "Plán na roky %lld–%lld: %.*s.", (long long)p->year_from, (long long)p->year_to, STR_ARG(state_title(&plan_machine, p->state)));
	v.vision = p->vision;
	v.note = note_of(r, p, e == OK, plan_newer_version(r, p));
	add_chapters(r, p, &parts, 0, 0, &v.chapters);
	if (e == OK) {
		Str at = str_format(r->c->arena, "/dokumenty/%lld/verze/%lld", (long long)p->document, (long long)shown.no);
		*ARENA_PUSH(r->c->arena, v.files.at, v.files.len, v.files.cap) = (LinkView){.label = S("Celý plán jako PDF"), .href = str_cat(r->c->arena, at, S("/pdf"))};
		*ARENA_PUSH(r->c->arena, v.files.at, v.files.len, v.files.cap) = (LinkView){.label = S("Celý plán jako DOCX"), .href = str_cat(r->c->arena, at, S("/docx"))};
	}
	TRY(add_moments(r, p, &v.moments));
	TRY(plan_facts(r, p, &v.pairs));
	TRY(plan_version_links(r, p, &v.versions));
	v.cards = card_tiles(r, p);
	TRY(action_plan_lines(r, p, false, &v.actions));
	if (plan_takes_contributions(r->c, p))
		v.contribute = str_format(r->c->arena, "/app/plan/%.*s/podnet", STR_ARG(p->slug));
	if (may(r->c, CAP_PLAN_DRAFT))
		v.office = str_format(r->c->arena, "/app/plan/%.*s", STR_ARG(p->slug));
	view_plan(page(r, p->title), &v);
	return OK;
}

/* ---- a chapter ---- */

static Err (*comment_address)(Ctx *c, Id version, Id card, Str *ret);

void plan_set_comment_address(Err (*address)(Ctx *c, Id version, Id card, Str *ret)) {
	comment_address = address;
}

Err plan_card_comment_address(Ctx *c, const Plan *p, Id card, Str *ret) {
	*ret = (Str){0};
	return comment_address && p->newest_version ? comment_address(c, p->newest_version, card, ret) : OK;
}

typedef struct Commented { Arena *a; Str address; } Commented;

static Html comment_link(void *arg, const Paragraph *p) {
	const Commented *of = arg;
	CLEANUP(buf_free) Buf out = {0};
	html_lit(&out, " <a class=\"meta\" href=\"");
	html_escape(&out, of->address);
	html_escape(&out, p->anchor);
	html_lit(&out, "\">Připomínka<span class=\"vh\"> k části ");
	html_escape(&out, p->anchor);
	html_lit(&out, "</span></a>");
	return (Html){buf_take(&out, of->a)};
}

static int lowest_level(const Paragraphs *p) {
	int level = 6;
	for (size_t i = 0; i < p->len; i++)
		if (p->at[i].kind == PARAGRAPH_HEADING && p->at[i].level < level)
			level = p->at[i].level;
	return level;
}

Err plan_version_of_address(Req *r, const Plan *p, DocumentVersion *ret, i64 *asked) {
	TRY(query_int(r, "verze", 0, 0, 100000, asked));
	if (!*asked)
		return plan_shown_version(r->c, p, ret);
	if (!p->document)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Takovou verzi plán nemá.");
	return version_by_no(r->c, p->document, *asked, ret);
}

Err page_plan_chapter(Req *r) {
	Arena          *a = r->c->arena;
	Plan           *p;
	DocumentVersion shown;
	PlanParts       parts;
	i64             no, asked;
	TRY(plan_of_address(r, false, &p));
	TRY(plan_version_of_address(r, p, &shown, &asked));
	TRY(plan_parts(r->c, shown.head.id, &parts));
	if (!str_to_int(arg(r, 1), &no) || no < 1 || (size_t)no > parts.len)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Takovou kapitolu plán nemá. Vyberte ji z obsahu plánu.");
	const PlanPart *part = &parts.at[no - 1];
	Str permanent = str_format(a, "/plan/%.*s/kapitola/%lld?verze=%lld", STR_ARG(p->slug), (long long)no, (long long)shown.no);
	ChapterPage v = {.title = part->title, .lead = p->title, .permanent = permanent};
	v.note = shown.head.id == p->valid_version ? (NoteView){0}
	         : p->valid_version ? (NoteView){.kind = NOTE_WARN, .title = S("Jiná verze:"), .text = str_format(a, "Čtete verzi č. %lld, která teď neplatí.", (long long)shown.no)}
	                            : (NoteView){.kind = NOTE_WARN, .title = S("Návrh:"), .text = S("Plán ještě neplatí. Čtete znění, které se projednává.")};
	Commented of = {.a = a};
	if (comment_address)
		TRY(comment_address(r->c, shown.head.id, 0, &of.address));
	v.text = paragraphs_html(a, &part->text, &(ParagraphsView){.linked = true, .base = asked ? permanent : (Str){0},
		.beside = of.address.len ? comment_link : NULL, .arg = &of});
	if (of.address.len)
		v.note = (NoteView){.kind = NOTE_INFO, .title = S("Připomínky se právě přijímají."), .text = S("Napište je odkazem Připomínka u kteréhokoli odstavce.")};
	v.contents = paragraphs_contents(a, &part->text, lowest_level(&part->text) + 1, (Str){0});
	add_chapters(r, p, &parts, asked, no, &v.chapters);
	if (no > 1)
		v.before = v.chapters.at[no - 2];
	if ((size_t)no < parts.len)
		v.after = v.chapters.at[no];
	view_plan_chapter(page(r, part->title), &v);
	return OK;
}

/* ---- difference ---- */

Err page_plan_difference(Req *r) {
	Arena          *a = r->c->arena;
	Plan           *p;
	i64             from, to;
	DocumentVersion x, y;
	Paragraphs      before, after;
	TRY(plan_of_address(r, false, &p));
	TRY(query_int(r, "od", 1, 1, 100000, &from));
	TRY(query_int(r, "do", 2, 1, 100000, &to));
	if (!p->document)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Plán zatím nemá verze, které by šlo porovnat.");
	TRY(version_by_no(r->c, p->document, from, &x));
	TRY(version_by_no(r->c, p->document, to, &y));
	TRY(version_paragraphs(r->c, x.head.id, &before));
	TRY(version_paragraphs(r->c, y.head.id, &after));
	ParagraphDiffs d = paragraphs_difference(a, &before, &after);
	PlanDiffPage v = {.lead = p->title, .back = str_format(a, "/plan/%.*s", STR_ARG(p->slug))};
	v.title = str_format(a, "Rozdíl verzí č. %lld a č. %lld", (long long)from, (long long)to);
	v.summary = str_format(a, "Změněno %zu, přidáno %zu, odstraněno %zu, přesunuto %zu odstavců; beze změny zůstalo %zu.", d.count[DIFF_CHANGED], d.count[DIFF_ADDED],
	                       d.count[DIFF_REMOVED], d.count[DIFF_MOVED], d.count[DIFF_SAME]);
	v.text = paragraphs_difference_html(a, &d, false);
	view_plan_difference(page(r, v.title), &v);
	return OK;
}
