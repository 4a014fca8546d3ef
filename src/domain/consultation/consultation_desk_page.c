/* consultation_desk_page.c: the desk of a comment period: what came, what waits, giving comments to people, the steps of the whole. */
#include "base/format.h"
#include "base/text.h"
#include "domain/consultation/consultation_desk.html.h"
#include "domain/consultation/consultation_page.h"

enum { ROWS_OF_PAGE = 50, EXCERPT = 200 };

static Str desk_href(Req *r, Id id) {
	return str_format(r->c->arena, "/app/pripominky/%lld", (long long)id);
}

/* ---- the list ---- */

static const struct { const char *tab, *label; } tabs[] = {
	{"", "Všechny"}, {COMMENT_RECEIVED, "Přijaté"}, {COMMENT_CHECKED, "K přidělení"}, {COMMENT_ASSIGNED, "Přidělené"}, {COMMENT_PROPOSED, "K rozhodnutí"},
	{COMMENT_DECIDED, "Rozhodnuté"}, {COMMENT_LATE, "Opožděné"},
};

static CommentLine line_of(Req *r, const Comment *k) {
	CommentLine l = {.k = k, .href = str_format(r->c->arena, "/app/pripominka/%lld", (long long)k->head.id), .state = state_title(&comment_machine, k->state), .tone = comment_tone(k),
	                 .excerpt = utf8_first(k->text, EXCERPT), .who = k->organisation.len ? k->organisation : codelist_name(r->c, "comment_author", k->author_kind)};
	if (utf8_count(k->text) > EXCERPT)
		l.excerpt = str_cat(r->c->arena, l.excerpt, S(" …"));
	if (k->result.len)
		l.result = codelist_name(r->c, "settlement_result", k->result);
	if (k->kind.len)
		l.kind = codelist_name(r->c, "comment_kind", k->kind);
	return l;
}

static Str page_base(Req *r) {
	Str here = url_with(r, "strana", (Str){0});
	return str_cat(r->c->arena, here, str_find_char(here, '?') >= 0 ? S("&strana=") : S("?strana="));
}

static Err add_lines(Req *r, PeriodDesk *v) {
	Comments list;
	i64      total, at;
	TRY(query_int(r, "strana", 1, 1, 100000, &at));
	CommentFilter f = {.state = query(r, "stav"), .kind = query(r, "povaha"), .search = query(r, "q"), .limit = ROWS_OF_PAGE, .offset = (at - 1) * ROWS_OF_PAGE};
	TRY(comment_list(r->c, v->n->head.id, &f, &list, &total));
	for (size_t i = 0; i < list.len; i++)
		*ARENA_PUSH(r->c->arena, v->lines.at, v->lines.len, v->lines.cap) = line_of(r, list.at[i]);
	CLEANUP(buf_free) Buf count = {0};
	fmt_count(&count, total, "připomínka", "připomínky", "připomínek");
	v->count = buf_take(&count, r->c->arena);
	v->tab = f.state;
	v->is_filtered = f.kind.len || f.search.len;
	v->pager = (PagerView){.label = S("Stránkování připomínek"), .base = page_base(r), .page = at, .pages = (total + ROWS_OF_PAGE - 1) / ROWS_OF_PAGE};
	v->search = (FieldView){.name = S("q"), .label = S("Hledat v textu nebo čísle"), .value = f.search, .type = "search"};
	v->kind = comment_choice(r, "comment_kind", "povaha", "Povaha", f.kind, true);
	v->kind.options.at[0].label = S("všechny");
	return OK;
}

static void add_tabs(Req *r, PeriodDesk *v) {
	for (size_t i = 0; i < LEN(tabs); i++)
		*ARENA_PUSH(r->c->arena, v->tabs.at, v->tabs.len, v->tabs.cap) =
			(TabView){.label = str_c(tabs[i].label), .current = str_eq(v->tab, str_c(tabs[i].tab)),
			          .href = *tabs[i].tab ? str_format(r->c->arena, "%.*s?stav=%s", STR_ARG(v->action), tabs[i].tab) : v->action};
}

static FieldView editor_field(Req *r, Id chosen) {
	FieldView f = {.kind = FIELD_SELECT, .name = S("assigned"), .label = S("Komu"), .error = field_problem(r, "assigned")};
	Editors   all;
	*ARENA_PUSH(r->c->arena, f.options.at, f.options.len, f.options.cap) = (OptionView){.label = S("– vyberte –"), .chosen = !chosen};
	if (comment_editors(r->c, &all) != OK)
		return f;
	for (size_t i = 0; i < all.len; i++)
		*ARENA_PUSH(r->c->arena, f.options.at, f.options.len, f.options.cap) =
			(OptionView){.value = str_format(r->c->arena, "%lld", (long long)all.at[i].account), .label = all.at[i].name, .chosen = all.at[i].account == chosen};
	return f;
}

/* Steps that the page has forms of its own for. */
static void without_action(WorkPanel *p, const char *action) {
	size_t kept = 0;
	for (size_t i = 0; i < p->actions.len; i++)
		if (strcmp(p->actions.at[i].transition->action, action) != 0)
			p->actions.at[kept++] = p->actions.at[i];
	p->actions.len = kept;
}

/* Versions after the commented one in which some comment has no place yet. */
static Err add_places(Req *r, PeriodDesk *v) {
	DocumentVersion  subject;
	DocumentVersions all;
	CommentPlaces    unsure;
	i64              n = 0;
	if (!may(r->c, CAP_COMMENT_UPDATE))
		return OK;
	TRY(version_get(r->c, v->n->subject, &subject));
	TRY(versions_of(r->c, subject.document, &all));
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i].no > subject.no) {
			TRY(places_unsure(r->c, all.at[i].head.id, &unsure));
			n += (i64)unsure.len;
			v->places_href = str_cat(r->c->arena, v->action, S("/umisteni"));
		}
	if (n)
		v->unsure = str_format(r->c->arena, "%lld", (long long)n);
	return OK;
}

static Err show_period(Req *r, Id id) {
	Consultation *n;
	TRY(consultation_get(r->c, id, &n));
	PeriodDesk v = {.n = n, .when = consultation_when(r->c->arena, n), .action = desk_href(r, id), .may_assign = may(r->c, CAP_COMMENT_UPDATE)};
	v.settlement_href = str_format(r->c->arena, "/pripominky/%lld/vyporadani", (long long)id);
	if (consultation_is_public(n))
		v.public_href = str_format(r->c->arena, "/pripominky/%lld", (long long)id);
	if (may(r->c, CAP_CONSULTATION_UPDATE))
		v.edit_href = str_cat(r->c->arena, v.action, S("/upravit"));
	if (may(r->c, CAP_COMMENT_UPDATE) && consultation_is_public(n) && !consultation_is(n, CONSULTATION_PUBLISHED))
		v.record_href = str_cat(r->c->arena, v.action, S("/zapsat"));
	TRY(add_lines(r, &v));
	add_tabs(r, &v);
	v.csrf = csrf_token(r, v.action);
	v.editor = editor_field(r, 0);
	TRY(add_places(r, &v));
	TRY(work_panel(r, &consultation_machine, id, v.action, &v.panel));
	without_action(&v.panel, "prolong");
	v.may_prolong = may(r->c, CAP_CONSULTATION_PUBLISH) && (consultation_is(n, CONSULTATION_ANNOUNCED) || consultation_is(n, CONSULTATION_OPEN));
	v.last_day = (FieldView){.kind = FIELD_DATE, .name = S("last_day"), .label = S("Nový poslední den"), .value = form(r, "last_day"), .error = field_problem(r, "last_day")};
	crumb(r, S("Připomínková řízení"), S("/app/pripominky"));
	view_desk_period(page(r, n->title), &v);
	return OK;
}

Err page_desk_period(Req *r) {
	Id id;
	TRY(arg_id(r, 0, &id));
	return show_period(r, id);
}

/* ---- steps ---- */

static Err assign_chosen(Req *r, i64 *done) {
	Strs chosen = form_all(r, "pripominka");
	i64  account = 0, id;
	*done = 0;
	if (!chosen.len)
		return fail(r->c, ERR_INVALID, NULL, "Vyberte v seznamu aspoň jednu připomínku.");
	if (!str_to_int(form(r, "assigned"), &account))
		return fail(r->c, ERR_INVALID, "assigned", "Vyberte, komu se připomínky přidělí.");
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(r->c, &tx));
	for (size_t i = 0; i < chosen.len; i++) {
		if (!str_to_int(chosen.at[i], &id))
			return fail(r->c, ERR_INVALID, NULL, "Seznam vybraných připomínek je poškozený. Vyberte je znovu.");
		TRY(comment_assign(r->c, id, 0, account));
		++*done;
	}
	return tx_commit(&tx);
}

static Err read_version(Req *r, i64 *ret) {
	*ret = 0;
	Str typed = form(r, "version");
	return !typed.len || str_to_int(typed, ret) ? OK : fail(r->c, ERR_MALFORMED, NULL, "Formulář je poškozený. Načtěte stránku znovu.");
}

static Err prolong(Req *r, Id id) {
	Date last;
	i64  version;
	TRY(read_version(r, &version));
	if (!typed_day(form(r, "last_day"), &last))
		return fail(r->c, ERR_INVALID, "last_day", "Nový poslední den: zapište den ve tvaru 20. 11. 2026.");
	return consultation_prolong(r->c, id, version, last, form(r, "reason"));
}

Err post_desk_period(Req *r) {
	Id  id;
	i64 done = 0;
	TRY(arg_id(r, 0, &id));
	Str step = form(r, "krok");
	Err e = str_eq(step, S("assign")) ? assign_chosen(r, &done) : str_eq(step, S("prolong")) ? prolong(r, id) : work_submit(r, &consultation_machine, id);
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show_period(r, id);
	}
	TRY(e);
	if (str_eq(step, S("assign")))
		notice(r, "Přiděleno připomínek: %lld.", (long long)done);
	if (str_eq(step, S("prolong")))
		notice(r, "Řízení je prodloužené. Všichni, koho se týká, dostali oznámení.");
	return redirect(r, "/app/pripominky/%lld", (long long)id);
}

/* ---- comments without a certain place ---- */

static FieldView place_field(Req *r, const Paragraphs *text, const VersionCards *cards, Id comment, Str guess) {
	FieldView f = {.kind = FIELD_SELECT, .name = S("anchor"), .label = S("Místo v nové verzi"), .id = str_format(r->c->arena, "anchor-%lld", (long long)comment)};
	*ARENA_PUSH(r->c->arena, f.options.at, f.options.len, f.options.cap) = (OptionView){.label = S("v nové verzi žádný není"), .chosen = !guess.len};
	period_place_options(r, text, cards, guess, &f);
	return f;
}

/* What the author wrote about: the words that were chosen, or the whole paragraph. */
static Str words_before(const Comment *k, const Paragraphs *before) {
	i64 at = paragraphs_find(before, k->anchor);
	return k->quote.len ? k->quote : at >= 0 ? before->at[at].text : k->chapter;
}

static Err add_place(Req *r, const CommentPlace *p, const Paragraphs *before, const Paragraphs *text, const VersionCards *cards, Str action, PlacesPage *v) {
	Comment *k;
	TRY(comment_get(r->c, p->comment, &k));
	PlaceLine l = {.k = k, .href = str_format(r->c->arena, "/app/pripominka/%lld", (long long)k->head.id), .was = words_before(k, before), .action = action,
	               .csrf = csrf_token(r, action), .choice = place_field(r, text, cards, p->comment, p->guess)};
	*ARENA_PUSH(r->c->arena, v->lines.at, v->lines.len, v->lines.cap) = l;
	return OK;
}

/* The newest version of the document: places in older ones are history. */
static Err newest_of(Req *r, const Consultation *n, DocumentVersion *newest) {
	DocumentVersion subject;
	TRY(version_get(r->c, n->subject, &subject));
	return document_newest(r->c, subject.document, newest);
}

Err page_desk_places(Req *r) {
	Id              id;
	Consultation   *n;
	DocumentVersion newest;
	CommentPlaces   unsure;
	Paragraphs      before, text;
	VersionCards    cards;
	TRY(arg_id(r, 0, &id));
	TRY(consultation_get(r->c, id, &n));
	TRY(newest_of(r, n, &newest));
	TRY(version_paragraphs(r->c, n->subject, &before));
	TRY(places_unsure(r->c, newest.head.id, &unsure));
	TRY(version_paragraphs(r->c, newest.head.id, &text));
	TRY(version_cards_of(r->c, newest.head.id, &cards));
	PlacesPage v = {.title = n->title, .back = desk_href(r, id)};
	for (size_t i = 0; i < unsure.len; i++)
		TRY(add_place(r, &unsure.at[i], &before, &text, &cards, str_cat(r->c->arena, v.back, S("/umisteni")), &v));
	crumb(r, S("Připomínková řízení"), S("/app/pripominky"));
	crumb(r, n->title, v.back);
	view_desk_places(page(r, S("Umístění připomínek")), &v);
	return OK;
}

Err post_desk_places(Req *r) {
	Id              id;
	i64             comment;
	Consultation   *n;
	DocumentVersion newest;
	TRY(arg_id(r, 0, &id));
	TRY(consultation_get(r->c, id, &n));
	TRY(newest_of(r, n, &newest));
	if (!str_to_int(form(r, "comment"), &comment))
		return fail(r->c, ERR_MALFORMED, NULL, "Formulář je poškozený. Načtěte stránku znovu.");
	TRY(place_decide(r->c, comment, newest.head.id, form(r, "anchor")));
	notice(r, "Připomínka je umístěná.");
	return redirect(r, "/app/pripominky/%lld/umisteni", (long long)id);
}
