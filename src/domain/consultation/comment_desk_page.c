/* comment_desk_page.c: one comment for officers, with a form for each thing that may be done with it now. */
#include "base/format.h"
#include "base/text.h"
#include "core/journal.h"
#include "domain/consultation/consultation_desk.html.h"
#include "domain/consultation/consultation_page.h"

/* ---- what is known ---- */

static void add_paper(Req *r, CommentDesk *v) {
	StoredFile f;
	size_t     said = r->c->problems.len;
	if (v->k->attachment != BLANK && v->k->attachment && comment_paper(r->c, v->k->head.id, &f) == OK)
		*ARENA_PUSH(r->c->arena, v->author.at, v->author.len, v->author.cap) = (PairView){.label = S("Podání, jak přišlo"), .value = upload_words(r->c->arena, &f),
			.href = str_format(r->c->arena, "/app/pripominka/%lld/podani", (long long)v->k->head.id)};
	r->c->problems.len = said;
}

static void add_author(Req *r, CommentDesk *v) {
	const Comment *k = v->k;
	add_pair(r, &v->author, "Doručeno", instant_words(r, k->delivered_at));
	add_pair(r, &v->author, "Jak přišla", codelist_name(r->c, "comment_channel", k->channel));
	add_pair(r, &v->author, "Připomínkuje", codelist_name(r->c, "comment_author", k->author_kind));
	add_pair(r, &v->author, "Organizace nebo obec", k->organisation);
	if (may(r->c, CAP_COMMENT_UPDATE)) {         /* who settles needs the words, not the person */
		add_pair(r, &v->author, "Jméno", k->author_name);
		add_pair(r, &v->author, "E-mail", k->email);
		add_paper(r, v);
	}
	add_pair(r, &v->author, "Jméno ke zveřejnění", k->consent ? S("se souhlasem") : S("ne"));
	if (k->kind.len)
		add_pair(r, &v->author, "Povaha", codelist_name(r->c, "comment_kind", k->kind));
	add_pair(r, &v->author, "Vypořádává", k->assigned_name);
	add_pair(r, &v->author, "Otisk", k->receipt);
}

/* A card has a name and a page; of a paragraph the mark tells all that there is. */
static void add_changed(Req *r, CommentDesk *v) {
	Str    href = {0};
	size_t said = r->c->problems.len;
	if (version_card_href(r->c, v->k->changed_anchor, &href) != OK)
		r->c->problems.len = said;
	if (v->k->changed_anchor.len)
		*ARENA_PUSH(r->c->arena, v->facts.at, v->facts.len, v->facts.cap) = (PairView){.label = S("Změněné místo"), .value = v->k->changed_anchor, .href = href};
}

static void add_answer(Req *r, CommentDesk *v) {
	const Comment *k = v->k;
	if (!k->result.len)
		return;
	add_pair(r, &v->facts, "Vypořádání", codelist_name(r->c, "settlement_result", k->result));
	add_pair(r, &v->facts, "Rozhodl", k->body);
	add_pair(r, &v->facts, "Jednání", k->meeting);
	if (date_is(k->decided_on))
		add_pair(r, &v->facts, "Dne", day_words(r, k->decided_on));
	add_changed(r, v);
}

static void add_items(Req *r, const Comments *list, ItemViews *to) {
	for (size_t i = 0; i < list->len; i++)
		*ARENA_PUSH(r->c->arena, to->at, to->len, to->cap) =
			(ItemView){.href = str_format(r->c->arena, "/app/pripominka/%lld", (long long)list->at[i]->head.id), .text = list->at[i]->number, .meta = utf8_first(list->at[i]->text, 160),
			           .tag = state_title(&comment_machine, list->at[i]->state), .tag_kind = comment_tone(list->at[i])};
}

/* The whole that it is a part of, or the one whose answer it gets. */
static Err add_belongs(Req *r, Id other, const char *label, CommentDesk *v) {
	Comment *k;
	if (!other || other == BLANK)
		return OK;
	TRY(comment_get(r->c, other, &k));
	*ARENA_PUSH(r->c->arena, v->author.at, v->author.len, v->author.cap) =
		(PairView){.label = str_c(label), .value = k->number, .href = str_format(r->c->arena, "/app/pripominka/%lld", (long long)other)};
	return OK;
}

static Err add_card(Req *r, const Consultation *n, CommentDesk *v) {
	VersionCards cards;
	TRY(version_cards_of(r->c, n->subject, &cards));
	const VersionCard *card = version_card_find(&cards, v->k->anchor);
	v->paragraph = card ? str_format(r->c->arena, "%.*s\n\n%.*s", STR_ARG(card->name), STR_ARG(card->text)) : (Str){0};
	return version_card_href(r->c, v->k->anchor, &v->card_href);
}

static Err add_paragraph(Req *r, const Consultation *n, CommentDesk *v) {
	Document       *d;
	DocumentVersion version;
	Paragraphs      text;
	if (!v->k->anchor.len)
		return OK;
	v->place_href = period_place_href(r, n->head.id, v->k->anchor);
	if (anchor_is_card(v->k->anchor))
		return add_card(r, n, v);
	TRY(consultation_text(r->c, n, &d, &version, &text));
	i64 at = paragraphs_find(&text, v->k->anchor);
	v->paragraph = at < 0 ? (Str){0} : text.at[at].text;
	return OK;
}

/* ---- what may be done ---- */

static CommentStep *add_step(Req *r, CommentDesk *v, const char *step, const char *title, const char *button, const char *help) {
	CommentStep *s = ARENA_PUSH(r->c->arena, v->steps.at, v->steps.len, v->steps.cap);
	bool         came_back = str_eq(form(r, "krok"), str_c(step));
	*s = (CommentStep){.id = str_c(step), .step = str_c(step), .title = str_c(title), .button = str_c(button), .help = str_c(help),
	                   .is_main = came_back || v->steps.len == 1};
	return s;
}

static void put(Req *r, CommentStep *s, FieldView f) {
	f.id = str_format(r->c->arena, "%.*s-%.*s", STR_ARG(s->step), STR_ARG(f.name));
	if (str_eq(form(r, "krok"), s->step))
		f.error = field_problem(r, str_z(r->c->arena, f.name));
	if (str_eq(form(r, "krok"), s->step) && f.kind != FIELD_SELECT && f.kind != FIELD_RADIOS && form_has(r, str_z(r->c->arena, f.name)))
		f.value = form(r, str_z(r->c->arena, f.name));
	*ARENA_PUSH(r->c->arena, s->fields, s->count, s->cap) = f;
}

static FieldView editors(Req *r, const Comment *k) {
	FieldView f = {.kind = FIELD_SELECT, .name = S("assigned"), .label = S("Komu")};
	Editors   all;
	*ARENA_PUSH(r->c->arena, f.options.at, f.options.len, f.options.cap) = (OptionView){.label = S("– vyberte –")};
	if (comment_editors(r->c, &all) == OK)
		for (size_t i = 0; i < all.len; i++)
			*ARENA_PUSH(r->c->arena, f.options.at, f.options.len, f.options.cap) =
				(OptionView){.value = str_format(r->c->arena, "%lld", (long long)all.at[i].account), .label = all.at[i].name, .chosen = all.at[i].account == k->assigned};
	return f;
}

static FieldView reason(const char *label) {
	return (FieldView){.kind = FIELD_AREA, .name = S("reason"), .label = str_c(label), .rows = 2};
}

static void step_propose(Req *r, CommentDesk *v) {
	CommentStep *s = add_step(r, v, "propose", "Navrhnout vypořádání", "Navrhnout", "");
	put(r, s, comment_choice(r, "settlement_result", "result", "Vypořádání", v->k->result, true));
	put(r, s, (FieldView){.kind = FIELD_AREA, .name = S("reasoning"), .label = S("Odůvodnění"), .rows = 5, .value = v->k->reasoning, .hint = S("Přečte ho autor i veřejnost: co a kde se mění, nebo proč nic.")});
	put(r, s, (FieldView){.name = S("changed_anchor"), .label = S("Značka změněného místa"), .optional = true, .value = v->k->changed_anchor, .width = WIDTH_10,
	                      .hint = S("Poslední část odkazu na odstavec nebo kartu, například o3k7 nebo karta-12.")});
}

static void step_decide(Req *r, CommentDesk *v) {
	bool         content = str_eq(v->k->kind, S("content"));
	CommentStep *s = add_step(r, v, "decide", "Rozhodnout", "Rozhodnout", content ? "O obsahové připomínce rozhoduje orgán." : "Formální připomínku potvrzuje jiná osoba, než která odpověď navrhla.");
	put(r, s, (FieldView){.name = S("body"), .label = S("Orgán"), .optional = !content, .value = v->k->body});
	put(r, s, (FieldView){.name = S("meeting"), .label = S("Jednání a hlasování"), .optional = !content, .value = v->k->meeting});
	put(r, s, (FieldView){.kind = FIELD_DATE, .name = S("decided_on"), .label = S("Rozhodnuto dne"), .optional = !content});
}

static void step_split(Req *r, CommentDesk *v) {
	CommentStep *s = add_step(r, v, "split", "Rozdělit na části", "Rozdělit", "Mezi části vložte řádek se třemi pomlčkami (---). Slova se nesmějí ztratit, přibýt ani přeházet.");
	put(r, s, (FieldView){.kind = FIELD_AREA, .name = S("parts"), .label = S("Části"), .rows = 8, .value = v->k->text});
}

static void step_redact(Req *r, CommentDesk *v) {
	CommentStep *s = add_step(r, v, "redact", "Zakrýt, co se nemá zveřejnit", "Uložit znění pro veřejnost", "Původní znění zůstane v evidenci. Že a proč se zveřejnilo jinak, veřejnost uvidí.");
	put(r, s, (FieldView){.kind = FIELD_AREA, .name = S("redacted_text"), .label = S("Znění pro veřejnost"), .rows = 6, .value = v->k->redacted_text.len ? v->k->redacted_text : v->k->text});
	put(r, s, (FieldView){.name = S("redacted_why"), .label = S("Proč"), .value = v->k->redacted_why});
}

static void offer(Req *r, CommentDesk *v, const char *action) {
	CommentStep *s;
	if (strcmp(action, "check") == 0) {
		s = add_step(r, v, "check", "Zkontrolovat", "Zkontrolováno", "O obsahové rozhoduje orgán, formální vypořádá úřad.");
		put(r, s, comment_choice(r, "comment_kind", "kind", "Povaha připomínky", v->k->kind, true));
	} else if (strcmp(action, "assign") == 0) {
		s = add_step(r, v, "assign", "Přidělit", "Přidělit", "");
		put(r, s, editors(r, v->k));
	} else if (strcmp(action, "propose") == 0) {
		step_propose(r, v);
	} else if (strcmp(action, "decide") == 0) {
		step_decide(r, v);
	} else if (strcmp(action, "return") == 0) {
		s = add_step(r, v, "return", "Vrátit k přepracování", "Vrátit", "");
		put(r, s, reason("Co se má přepracovat"));
	} else if (strcmp(action, "admit") == 0) {
		s = add_step(r, v, "admit", "Vypořádat i opožděnou", "Vypořádat", "");
		put(r, s, reason("Proč se opožděná připomínka vypořádá"));
	} else if (strcmp(action, "split") == 0) {
		step_split(r, v);
	} else if (strcmp(action, "merge") == 0) {
		s = add_step(r, v, "merge", "Sloučit s jinou", "Sloučit", "Sloučená připomínka dostane odpověď té druhé. Obě zůstanou v tabulce.");
		put(r, s, (FieldView){.name = S("into"), .label = S("Číslo připomínky, která totéž říká"), .width = WIDTH_20, .hint = S("Například P-2026-0012.")});
		put(r, s, reason("Poznámka"));
		s->fields[s->count - 1].optional = true;
	} else if (strcmp(action, "unmerge") == 0) {
		s = add_step(r, v, "unmerge", "Zrušit sloučení", "Zrušit sloučení", "Připomínka se vrátí mezi přijaté a dostane vlastní odpověď.");
		put(r, s, reason("Čím se připomínka liší"));
	}
}

static Err add_steps(Req *r, CommentDesk *v) {
	static const char *const order[] = {"check", "assign", "propose", "decide", "admit", "return", "split", "merge", "unmerge"};
	for (size_t i = 0; i < LEN(order); i++)
		for (size_t k = 0; k < v->panel.actions.len; k++)
			if (strcmp(v->panel.actions.at[k].transition->action, order[i]) == 0)
				offer(r, v, order[i]);
	if (may(r->c, CAP_COMMENT_UPDATE) && !str_eq(v->k->state, S(COMMENT_PUBLISHED)))
		step_redact(r, v);
	v->panel.has_own_steps = v->panel.actions.len > 0;
	v->panel.actions.len = 0;                    /* the forms above do all of them */
	return OK;
}

/* Of the step that came back: fields of the others may have the same names. */
static ErrorsView *errors_of(Req *r, const CommentDesk *v) {
	for (size_t i = 0; i < v->steps.len; i++)
		if (str_eq(form(r, "krok"), v->steps.at[i].step))
			return errors_view(r, v->steps.at[i].fields, v->steps.at[i].count);
	return errors_view(r, NULL, 0);
}

/* ---- the page ---- */

static Err show(Req *r, Id id) {
	Comment      *k;
	Consultation *n;
	Comments      parts, joined;
	TRY(comment_get(r->c, id, &k));
	TRY(consultation_get(r->c, k->consultation, &n));
	CommentDesk v = {.k = k, .period = n->title, .period_href = str_format(r->c->arena, "/app/pripominky/%lld", (long long)n->head.id), .state = state_title(&comment_machine, k->state),
	                 .tone = comment_tone(k), .action = str_format(r->c->arena, "/app/pripominka/%lld", (long long)id)};
	v.csrf = csrf_token(r, v.action);
	if (may(r->c, "history.read"))
		v.history_href = str_cat(r->c->arena, v.action, S("/historie"));
	if (may(r->c, CAP_COMMENT_UPDATE) && (k->author_name.len || k->email.len))
		journal_viewed(r->c, comment_entity.name, id, k->account == BLANK ? 0 : k->account);
	TRY(add_paragraph(r, n, &v));
	TRY(comment_related(r->c, id, &parts, &joined));
	TRY(add_belongs(r, k->split_from, "Část připomínky", &v));
	TRY(add_belongs(r, k->merged_into, "Odpoví se s připomínkou", &v));
	add_items(r, &parts, &v.parts);
	add_items(r, &joined, &v.joined);
	TRY(work_panel(r, &comment_machine, id, v.action, &v.panel));
	v.problem = v.panel.problem;
	TRY(add_steps(r, &v));
	add_author(r, &v);
	add_answer(r, &v);
	v.errors = errors_of(r, &v);
	r->is_error = v.errors != NULL;
	crumb(r, S("Připomínková řízení"), S("/app/pripominky"));
	crumb(r, n->title, v.period_href);
	view_desk_comment(page(r, str_cat(r->c->arena, S("Připomínka "), k->number)), &v);
	return OK;
}

Err page_desk_comment(Req *r) {
	Id id;
	TRY(arg_id(r, 0, &id));
	return show(r, id);
}

/* What was never confirmed has no history for anybody, as it has no page. */
Err page_desk_comment_history(Req *r) {
	Id       id;
	Comment *k;
	TRY(arg_id(r, 0, &id));
	TRY(comment_get(r->c, id, &k));
	return screen_history(r);
}

Err page_desk_comment_paper(Req *r) {
	Id         id;
	StoredFile f;
	TRY(arg_id(r, 0, &id));
	TRY(comment_paper(r->c, id, &f));
	journal_viewed(r->c, comment_entity.name, id, 0);
	return send_stored_file(r, f.id);
}

/* ---- steps ---- */

static Err split(Req *r, Id id, i64 version) {
	Strs     parts = {0};
	Comments made;
	Str      rest = str_replace(r->c->arena, form(r, "parts"), S("\r"), S("")), part = {0};
	while (rest.len) {
		Str line = str_cut(&rest, '\n');
		if (str_eq(str_trim(line), S("---"))) {
			strs_add(r->c->arena, &parts, part);
			part = (Str){0};
		} else {
			part = part.len ? str_format(r->c->arena, "%.*s\n%.*s", STR_ARG(part), STR_ARG(line)) : line;
		}
	}
	strs_add(r->c->arena, &parts, part);
	return comment_split(r->c, id, version, parts.at, parts.len, &made);
}

static Err merge(Req *r, Id id, i64 version) {
	Comment *into;
	TRY(comment_by_number(r->c, form(r, "into"), &into));
	return comment_merge(r->c, id, version, into->head.id, form(r, "reason"));
}

static Err decide(Req *r, Id id, i64 version) {
	CommentDecision d = {.body = form(r, "body"), .meeting = form(r, "meeting")};
	Str             typed = form(r, "decided_on");
	if (typed.len && !typed_day(typed, &d.decided_on))
		return fail(r->c, ERR_INVALID, "decided_on", "Rozhodnuto dne: zapište den ve tvaru 14. 11. 2026.");
	return comment_decide(r->c, id, version, &d);
}

static Err assign(Req *r, Id id, i64 version) {
	i64 account;
	if (!str_to_int(form(r, "assigned"), &account))
		return fail(r->c, ERR_INVALID, "assigned", "Vyberte, kdo připomínku vypořádá.");
	return comment_assign(r->c, id, version, account);
}

static Err take_step(Req *r, Str step, Id id, i64 version) {
	if (str_eq(step, S("check")))
		return comment_check(r->c, id, version, form(r, "kind"));
	if (str_eq(step, S("assign")))
		return assign(r, id, version);
	if (str_eq(step, S("propose")))
		return comment_propose(r->c, id, version, &(CommentAnswer){form(r, "result"), form(r, "reasoning"), form(r, "changed_anchor")});
	if (str_eq(step, S("decide")))
		return decide(r, id, version);
	if (str_eq(step, S("return")))
		return comment_return(r->c, id, version, form(r, "reason"));
	if (str_eq(step, S("admit")))
		return comment_admit(r->c, id, version, form(r, "reason"));
	if (str_eq(step, S("split")))
		return split(r, id, version);
	if (str_eq(step, S("merge")))
		return merge(r, id, version);
	if (str_eq(step, S("unmerge")))
		return comment_unmerge(r->c, id, version, form(r, "reason"));
	if (str_eq(step, S("redact")))
		return comment_redact(r->c, id, version, form(r, "redacted_text"), form(r, "redacted_why"));
	return fail(r->c, ERR_MALFORMED, NULL, "Takový krok připomínka nemá. Načtěte stránku znovu.");
}

Err post_desk_comment(Req *r) {
	Id  id;
	i64 version = 0;
	TRY(arg_id(r, 0, &id));
	if (!str_to_int(form(r, "version"), &version))
		return fail(r->c, ERR_MALFORMED, NULL, "Formulář je poškozený. Načtěte stránku znovu.");
	Err e = take_step(r, form(r, "krok"), id, version);
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show(r, id);
	}
	TRY(e);
	notice(r, "Hotovo.");
	return redirect(r, "/app/pripominka/%lld", (long long)id);
}
