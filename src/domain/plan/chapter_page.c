/* chapter_page.c: a chapter while it is written: reading it with its notes, editing with a preview, and what to do when somebody was faster. */
#include "core/codelist.h"
#include "domain/library/document.html.h"
#include "domain/library/document_page.h"
#include "domain/library/paragraphs_page.h"
#include "domain/plan/plan.html.h"
#include "domain/plan/plan_page.h"

typedef struct Target {
	Plan        *p;
	PlanChapter *ch;
	Str          plan, here;                 /* addresses */
} Target;

static Err target_of(Req *r, Target *t) {
	i64 no;
	TRY(plan_of_address(r, true, &t->p));
	if (!str_to_int(arg(r, 1), &no))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Takovou kapitolu plán nemá. Vyberte ji z osnovy.");
	TRY(plan_chapter_by_no(r->c, t->p->head.id, no, &t->ch));
	t->plan = str_format(r->c->arena, "/app/plan/%.*s", STR_ARG(t->p->slug));
	t->here = str_format(r->c->arena, "%.*s/kapitola/%lld", STR_ARG(t->plan), (long long)no);
	return OK;
}

/* ---- live data and notes in the text ---- */

Html plan_live_html(void *arg, Str name, Str caption, bool is_block) {
	Req       *r = arg;
	Arena     *a = r->c->arena;
	Str        made, why;
	Paragraphs p;
	size_t     said = r->c->problems.len;
	if (plan_live_markdown(r->c, name, caption, is_block, &made) != OK || !made.len) {
		r->c->problems.len = said;
		return (Html){0};
	}
	if (is_block && paragraphs_read(a, made, &p, &why) == OK)
		return paragraphs_html(a, &p, &(ParagraphsView){0});
	CLEANUP(buf_free) Buf out = {0};
	html_escape(&out, made);
	return (Html){buf_take(&out, a)};
}

static Html note_link(void *arg, const Paragraph *p) {
	const Target *t = ((void **)arg)[1];
	Req          *r = ((void **)arg)[0];
	CLEANUP(buf_free) Buf out = {0};
	html_lit(&out, " <a class=\"meta\" href=\"");
	html_escape(&out, t->here);
	html_lit(&out, "/poznamka?odstavec=");
	html_escape(&out, p->anchor);
	html_lit(&out, "\">Poznámka<span class=\"vh\"> nebo návrh k části ");
	html_escape(&out, p->anchor);
	html_lit(&out, "</span></a>");
	return (Html){buf_take(&out, r->c->arena)};
}

static Html live_of(void *arg, Str name, Str caption, bool is_block) {
	return plan_live_html(((void **)arg)[0], name, caption, is_block);
}

static NoteLine line_of(Req *r, const Plan *p, const PlanChapter *ch, const PlanNote *n, const Paragraphs *text) {
	Arena   *a = r->c->arena;
	bool     open = str_eq(n->state, S(NOTE_OPEN));
	NoteLine l = {.n = n, .kind = codelist_name(r->c, "plan_note_kind", n->kind), .state = codelist_name(r->c, "plan_note_state", n->state),
	              .tone = open ? TAG_INFO : str_eq(n->state, S(NOTE_ACCEPTED)) ? TAG_OK : TAG_PLAIN};
	i64 at = text ? paragraphs_find(text, n->anchor) : -1;
	if (n->anchor.len) {
		l.place = at >= 0 ? utf8_first(text->at[at].text, 80) : S("Odstavec už v kapitole není");
		l.place_href = str_format(a, "/app/plan/%.*s/kapitola/%lld#%.*s", STR_ARG(p->slug), (long long)ch->no, STR_ARG(n->anchor));
	}
	if (n->proposal.len)
		l.difference = words_difference_html(a, at >= 0 && open ? text->at[at].source : (Str){0}, n->proposal);
	l.may_settle = open && may(r->c, CAP_PLAN_UPDATE);
	l.settle = str_format(a, "/app/plan/%.*s/poznamky/%lld", STR_ARG(p->slug), (long long)n->head.id);
	l.csrf = csrf_token(r, l.settle);
	l.reply = (FieldView){.name = S("reply"), .id = str_format(a, "odpoved-%lld", (long long)n->head.id), .label = S("Odpověď"), .optional = true};
	return l;
}

Err note_lines(Req *r, const Plan *p, const PlanChapter *ch, const Paragraphs *text, NoteLines *ret) {
	PlanNotes all;
	TRY(plan_notes(r->c, p->head.id, ch ? ch->head.id : 0, &all));
	for (size_t i = 0; i < all.len; i++)
		*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = line_of(r, p, ch, all.at[i], text);
	return OK;
}

/* ---- reading ---- */

Err page_chapter_read(Req *r) {
	Arena       *a = r->c->arena;
	Target       t;
	Paragraphs   text;
	PlanChapters all;
	TRY(target_of(r, &t));
	TRY(plan_chapter_paragraphs(r->c, t.ch, &text));
	ChapterRead v = {.title = t.ch->title, .lead = t.p->title, .back = t.plan};
	if (may(r->c, CAP_PLAN_UPDATE) && (plan_is_written(t.p) || str_eq(t.p->state, S(PLAN_PREPARING))))
		v.edit = str_cat(a, t.here, S("/upravit"));
	void *both[] = {r, &t};
	v.text = paragraphs_html(a, &text, &(ParagraphsView){.linked = true, .live = live_of, .beside = note_link, .arg = both});
	TRY(note_lines(r, t.p, t.ch, &text, &v.notes));
	TRY(plan_chapters(r->c, t.p->head.id, &all));
	for (size_t i = 0; i < all.len; i++)
		*ARENA_PUSH(a, v.chapters.at, v.chapters.len, v.chapters.cap) = (LinkView){.label = str_format(a, "%zu. %.*s", i + 1, STR_ARG(all.at[i]->title)),
			.href = str_format(a, "%.*s/kapitola/%lld", STR_ARG(t.plan), (long long)all.at[i]->no), .current = all.at[i]->head.id == t.ch->head.id};
	view_chapter_read(page(r, t.ch->title), &v);
	return OK;
}

/* ---- writing ---- */

static Err show_editor(Req *r, const Target *t, ChapterForm v, bool as_typed) {
	Arena *a = r->c->arena;
	Str    source = form(r, "text");
	CodeItems parts;
	if (!as_typed)
		TRY(plan_chapter_source(r->c, t->ch, &source));
	v.title = S("Upravit kapitolu");
	v.lead = t->ch->title;
	v.action = str_cat(a, t->here, S("/upravit"));
	v.csrf = csrf_token(r, v.action);
	v.back = t->here;
	v.version = t->ch->head.version;
	v.may_drop = t->ch->text.len == 0;
	v.fields[0] = (FieldView){.name = S("title"), .label = S("Název kapitoly"), .value = as_typed ? form(r, "title") : t->ch->title, .error = field_problem(r, "title")};
	v.fields[1] = (FieldView){.kind = FIELD_SELECT, .name = S("part"), .label = S("Část podle vyhlášky"), .error = field_problem(r, "part")};
	Str chosen = as_typed ? form(r, "part") : t->ch->part;
	TRY(codelist_items(r->c, "plan_part", r->c->today, &parts));
	for (size_t i = 0; i < parts.len; i++)
		*ARENA_PUSH(a, v.fields[1].options.at, v.fields[1].options.len, v.fields[1].options.cap) = (OptionView){
			.value = parts.at[i]->code, .label = parts.at[i]->name, .chosen = str_eq(parts.at[i]->code, chosen)};
	v.fields[2] = (FieldView){.kind = FIELD_AREA, .name = S("text"), .label = S("Text"), .optional = true, .rows = 26, .value = source, .error = field_problem(r, "text")};
	const LiveItem *item;
	for (size_t i = 0; (item = plan_live_at(i)); i++)
		plan_pair(r, &v.live, item->name, str_format(a, "%s%s", item->title, item->is_table ? " (tabulka)" : ""), (Str){0});
	v.errors = errors_view(r, v.fields, LEN(v.fields));
	r->is_error = v.errors != NULL;
	view_chapter_form(page(r, v.title), &v);
	return OK;
}

Err page_chapter_edit(Req *r) {
	Target t;
	TRY(target_of(r, &t));
	return show_editor(r, &t, (ChapterForm){0}, false);
}

static Err show_preview(Req *r, const Target *t) {
	ChapterForm v = {.has_preview = true};
	Paragraphs  p;
	Str         why;
	i64         seen;
	if (paragraphs_read(r->c->arena, text_clean_paste(r->c->arena, form(r, "text")), &p, &why) != OK) {
		fail(r->c, ERR_INVALID, "text", "%.*s", STR_ARG(why));
		set_status(r, 422);
		return show_editor(r, t, v, true);
	}
	v.preview = paragraphs_html(r->c->arena, &p, &(ParagraphsView){.live = plan_live_html, .arg = r});
	if (str_to_int(form(r, "version"), &seen))
		t->ch->head.version = seen;              /* whoever was faster meanwhile is told when it is saved */
	return show_editor(r, t, v, true);
}

/* Both texts: what is stored now, and what was typed, which the form sends again. */
static Err show_overtaken(Req *r, const Target *t) {
	Arena      *a = r->c->arena;
	ChapterForm v = {0};
	Paragraphs  theirs, mine;
	Str         why;
	CLEANUP(buf_free) Buf when = {0};
	r->c->problems.len = 0;
	TRY(plan_chapter_paragraphs(r->c, t->ch, &theirs));
	TRY(plan_chapter_source(r->c, t->ch, &v.theirs));
	if (paragraphs_read(a, text_clean_paste(a, form(r, "text")), &mine, &why) != OK)
		return fail(r->c, ERR_INVALID, NULL, "%.*s", STR_ARG(why));
	for (size_t i = 0; i < theirs.len; i++)
		theirs.at[i].anchor = theirs.at[i].also = (Str){0};
	ParagraphDiffs d = paragraphs_difference(a, &theirs, &mine);
	v.difference = paragraphs_difference_html(a, &d, false);
	fmt_instant(&when, t->ch->changed_at);
	v.warning = (NoteView){.kind = NOTE_WARN, .title = S("Kapitolu mezitím uložil někdo jiný:"), .is_result = true,
		.text = str_format(a, "%.*s, %.*s. Nic se neztratilo. Přeneste do svého textu, co z uloženého má zůstat, a uložte znovu.", STR_ARG(t->ch->changed_by),
		                   STR_ARG(buf_view(&when)))};
	set_status(r, 409);
	return show_editor(r, t, v, true);
}

static Err save_chapter(Req *r, const Target *t, i64 seen) {
	PlanChapter mine = *t->ch;
	mine.head.version = seen;
	mine.title = form(r, "title");
	mine.part = form(r, "part");
	mine.text = form(r, "text");
	return plan_chapter_save(r->c, &mine);
}

Err post_chapter_edit(Req *r) {
	static const char *const known[] = {"title", "part", "text", "akce", NULL};
	Target t;
	i64    seen;
	TRY(target_of(r, &t));
	TRY(form_only(r, known));
	if (!str_to_int(form(r, "version"), &seen))
		return fail(r->c, ERR_MALFORMED, NULL, "Formulář je neúplný. Načtěte stránku znovu.");
	if (str_eq(form(r, "akce"), S("nahled")))
		return show_preview(r, &t);
	bool drops = str_eq(form(r, "akce"), S("smazat"));
	Err  e = drops ? plan_chapter_drop(r->c, t.ch->head.id, seen) : save_chapter(r, &t, seen);
	if (e == ERR_CONFLICT && seen != t.ch->head.version && !drops)
		return show_overtaken(r, &t);
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		ChapterForm v = {0};
		if (e == ERR_CONFLICT)
			v.warning = (NoteView){.kind = NOTE_ERR, .title = S("Neuloženo:"), .text = first_problem(r->c)};
		return show_editor(r, &t, v, true);
	}
	TRY(e);
	notice(r, drops ? "Kapitola je smazaná." : "Kapitola je uložená.");
	return drops ? redirect(r, "%.*s", STR_ARG(t.plan)) : redirect(r, "%.*s", STR_ARG(t.here));
}

/* ---- notes ---- */

static Err show_note_form(Req *r, const Target *t, Str anchor) {
	Arena      *a = r->c->arena;
	Paragraphs  text;
	TRY(plan_chapter_paragraphs(r->c, t->ch, &text));
	i64 at = paragraphs_find(&text, anchor);
	if (at < 0)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Takový odstavec v kapitole není. Vyberte ho v textu kapitoly.");
	LibraryForm v = {.title = S("Poznámka nebo návrh znění"), .lead = t->ch->title, .action = str_cat(a, t->here, S("/poznamka")), .back = t->here, .button = S("Uložit poznámku"),
		.help = S("Poznámku uvidí jen ti, kdo na plánu pracují. Když napíšete nové znění, stačí ho jedním tlačítkem přijmout; odkaz na odstavec zůstane stejný.")};
	plan_pair(r, &v.pairs, "Odstavec", text.at[at].text, (Str){0});
	bool typed = r->http->method == METHOD_POST;
	FieldView fields[] = {
		{.kind = FIELD_AREA, .name = S("text"), .label = S("Poznámka"), .rows = 4, .optional = true, .value = typed ? form(r, "text") : (Str){0}, .error = field_problem(r, "text")},
		{.kind = FIELD_AREA, .name = S("proposal"), .label = S("Nové znění odstavce"), .rows = 8, .optional = true, .value = typed ? form(r, "proposal") : text.at[at].source,
		 .error = field_problem(r, "proposal"), .hint = S("Nechte beze změny, když píšete jen poznámku.")},
		{.kind = FIELD_TEXT, .name = S("odstavec"), .label = S("Odkaz na odstavec"), .value = anchor, .readonly = true, .width = WIDTH_10},
	};
	v.fields = fields;
	v.count = LEN(fields);
	v.csrf = csrf_token(r, v.action);
	v.errors = errors_view(r, v.fields, v.count);
	r->is_error = v.errors != NULL;
	crumb(r, t->ch->title, t->here);
	view_library_form(page(r, v.title), &v);
	return OK;
}

Err page_chapter_note(Req *r) {
	Target t;
	TRY(target_of(r, &t));
	return show_note_form(r, &t, query(r, "odstavec"));
}

Err post_chapter_note(Req *r) {
	static const char *const known[] = {"text", "proposal", "odstavec", NULL};
	Target     t;
	Paragraphs text;
	TRY(target_of(r, &t));
	TRY(form_only(r, known));
	TRY(plan_chapter_paragraphs(r->c, t.ch, &text));
	i64  at = paragraphs_find(&text, form(r, "odstavec"));
	bool proposes = form(r, "proposal").len && (at < 0 || !str_eq(text_clean_paste(r->c->arena, form(r, "proposal")), text.at[at].source));
	PlanNote n = {.plan = t.p->head.id, .chapter = t.ch->head.id, .kind = proposes ? S(NOTE_PROPOSAL) : S(NOTE_COMMENT), .anchor = form(r, "odstavec"), .text = form(r, "text"),
	              .proposal = proposes ? form(r, "proposal") : (Str){0}};
	Err e = plan_note_add(r->c, &n);
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show_note_form(r, &t, form(r, "odstavec"));
	}
	TRY(e);
	notice(r, "Poznámka je uložená.");
	return redirect(r, "%.*s", STR_ARG(t.here));
}

Err post_note_settle(Req *r) {
	static const char *const known[] = {"reply", "vysledek", NULL};
	Plan        *p;
	PlanChapter *ch;
	Id           id;
	void        *row;
	TRY(plan_of_address(r, true, &p));
	TRY(arg_id(r, 1, &id));
	TRY(form_only(r, known));
	TRY(store_get(r->c, &plan_note_entity, TODAY, id, &row));
	TRY(plan_note_settle(r->c, id, str_eq(form(r, "vysledek"), S("prijmout")), form(r, "reply")));
	notice(r, "Poznámka je vyřízená.");
	if (!((PlanNote *)row)->chapter)
		return redirect(r, "/app/plan/%.*s", STR_ARG(p->slug));
	TRY(plan_chapter_stored(r->c, ((PlanNote *)row)->chapter, &ch));
	return redirect(r, "/app/plan/%.*s/kapitola/%lld", STR_ARG(p->slug), (long long)ch->no);
}
