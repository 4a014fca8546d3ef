/* submission_page.c: one submission: what it is, its parts, the check, sending, receipts, the review by the region. */
#include "base/format.h"
#include "core/deadline.h"
#include "core/record.h"
#include "domain/collection/collection.html.h"
#include "domain/collection/collection_page.h"

Err submission_open(Req *r, Submission **ret) {
	Id id;
	TRY(arg_id(r, 0, &id));
	return submission_get(r->c, id, ret);
}

Str submission_href(Req *r, const Submission *s) { return str_format(r->c->arena, "/app/vykaz/%lld", (long long)s->head.id); }

TagKind submission_tone(const Submission *s) {
	const State *x = machine_state(&submission_machine, s->state);
	return x ? work_tone(x->tone) : TAG_PLAIN;
}

Str submission_part_href(Req *r, const Submission *s, const FormTree *t, Str section) {
	for (size_t i = 0; i < t->sections.len; i++)
		if (str_eq(t->sections.at[i], section))
			return str_format(r->c->arena, "/app/vykaz/%lld/cast/%zu", (long long)s->head.id, i + 1);
	return submission_href(r, s);
}

ItemViews submission_note_items(Req *r, const FormTree *t, const SubmissionNotes *n) {
	ItemViews list = {0};
	for (size_t i = 0; i < n->len; i++) {
		const SubmissionNote *x = n->at[i];
		const FormField      *f = form_tree_field(t, x->field);
		Submission            of = {.head.id = x->submission};
		Str where = !f ? S("K celému podání") : x->line > 0 ? str_format(r->c->arena, "%.*s, řádek %lld", STR_ARG(f->label), (long long)x->line) : f->label;
		*ARENA_PUSH(r->c->arena, list.at, list.len, list.cap) =
			(ItemView){.href = f ? submission_part_href(r, &of, t, f->section) : (Str){0}, .text = str_format(r->c->arena, "%.*s: %.*s", STR_ARG(where), STR_ARG(x->text)),
			           .meta = x->settled_at.ms ? S("vypořádáno novým podáním") : x->answer.len ? S("zodpovězeno") : S("čeká na opravu"), .tag = (Str){0}};
	}
	return list;
}

static void pair(Req *r, PairViews *to, const char *label, Str value) {
	if (value.len)
		*ARENA_PUSH(r->c->arena, to->at, to->len, to->cap) = (PairView){.label = str_c(label), .value = value};
}

static Str instant_text(Req *r, Instant at) {
	CLEANUP(buf_free) Buf b = {0};
	if (!at.ms)
		return (Str){0};
	fmt_instant(&b, at);
	return buf_take(&b, r->c->arena);
}

static void add_parts(Req *r, const Submission *s, const FormTree *t, const Faults *f, SubmissionPage *v) {
	for (size_t i = 0; i < t->sections.len; i++) {
		i64 bad = 0, soft = 0;
		for (size_t k = 0; k < f->len; k++)
			if (!f->at[k].is_file && str_eq(f->at[k].section, t->sections.at[i])) {
				bad += f->at[k].is_hard;
				soft += !f->at[k].is_hard && !f->at[k].is_explained;
			}
		Str tag = bad ? str_format(r->c->arena, "chybí nebo je špatně: %lld", (long long)bad)
		          : soft ? str_format(r->c->arena, "vysvětlit: %lld", (long long)soft) : S("v pořádku");
		*ARENA_PUSH(r->c->arena, v->parts.at, v->parts.len, v->parts.cap) =
			(ItemView){.href = submission_part_href(r, s, t, t->sections.at[i]), .text = t->sections.at[i], .tag = tag,
			           .tag_kind = bad ? TAG_ERR : soft ? TAG_WARN : TAG_OK};
	}
}

static Err add_files(Req *r, const Submission *s, const FormTree *t, SubmissionPage *v) {
	Asks asks;
	i64  count = 0, missing = 0;
	TRY(submission_asks(r->c, s, t, &asks));
	for (size_t i = 0; i < asks.len; i++) {
		count += (i64)asks.at[i].files.len;
		missing += asks.at[i].required && !asks.at[i].files.len;
	}
	*ARENA_PUSH(r->c->arena, v->parts.at, v->parts.len, v->parts.cap) = (ItemView){
		.href = str_cat(r->c->arena, submission_href(r, s), S("/prilohy")), .text = S("Přílohy"), .tag_kind = missing ? TAG_ERR : TAG_OK,
		.meta = str_format(r->c->arena, "souborů: %lld", (long long)count), .tag = missing ? str_format(r->c->arena, "chybí: %lld", (long long)missing) : S("v pořádku")};
	return OK;
}

static Err add_receipts(Req *r, const Submission *s, SubmissionPage *v) {
	Receipts all;
	TRY(submission_receipts(r->c, s->head.id, &all));
	for (size_t i = 0; i < all.len; i++)
		*ARENA_PUSH(r->c->arena, v->receipts.at, v->receipts.len, v->receipts.cap) = (ItemView){
			.href = str_format(r->c->arena, "/app/vykaz/%lld/potvrzeni/%.*s", (long long)s->head.id, STR_ARG(all.at[i].number)),
			.text = str_format(r->c->arena, "Potvrzení č. %.*s (PDF)", STR_ARG(all.at[i].number)),
			.meta = str_format(r->c->arena, "%.*s, otisk SHA-256 %.*s", STR_ARG(instant_text(r, all.at[i].at)), STR_ARG(all.at[i].sha256)),
			.tag = all.at[i].withdrawn_at.ms ? S("vzato zpět") : S("platí"), .tag_kind = all.at[i].withdrawn_at.ms ? TAG_PLAIN : TAG_OK};
	return OK;
}

/* What was submitted stays readable while it is being corrected; what is written meanwhile is not. */
static bool sees_receipts(Req *r, const Submission *s) { return submission_may_see(r->c, s) || s->submitted_at.ms != 0; }

/* Steps that have pages of their own. */
static void without(WorkPanel *p, const char *action, bool *had) {
	size_t kept = 0;
	for (size_t i = 0; i < p->actions.len; i++) {
		bool is = strcmp(p->actions.at[i].transition->action, action) == 0;
		*had = *had || is;
		if (!is)
			p->actions.at[kept++] = p->actions.at[i];
	}
	p->has_own_steps = p->has_own_steps || kept < p->actions.len;
	p->actions.len = kept;
}

static Err show_submission(Req *r, Submission *s) {
	SubmissionPage  v = {.s = s, .title = s->title, .lead = s->organisation};
	FormTree        t;
	Faults          f;
	SubmissionNotes notes;
	Record          of = {0};
	bool            had = false;
	Str             href = submission_href(r, s);
	TRY(form_tree(r->c, s->form_version, &t));
	v.form = str_format(r->c->arena, "%.*s, verze %lld", STR_ARG(t.version->title), (long long)t.version->no);
	v.may_fill = submission_may_fill(r->c, s, &v.locked);
	v.sees = submission_may_see(r->c, s);
	TRY(submission_notes(r->c, s, &notes));
	v.notes = submission_note_items(r, &t, &notes);
	v.notes_href = notes.len ? str_cat(r->c->arena, href, S("/poznamky")) : (Str){0};
	if (v.sees) {
		TRY(submission_check(r->c, s, &f));
		add_parts(r, s, &t, &f, &v);
		TRY(add_files(r, s, &t, &v));
		v.part_href = str_cat(r->c->arena, href, S("/cast/1"));
		v.paste_href = str_cat(r->c->arena, href, S("/vlozit"));
		v.check_href = str_cat(r->c->arena, href, S("/kontrola"));
	}
	if (sees_receipts(r, s))
		TRY(add_receipts(r, s, &v));
	pair(r, &v.facts, "Formulář", v.form);
	pair(r, &v.facts, "Číslo podání", s->number);
	pair(r, &v.facts, "Podáno", instant_text(r, s->submitted_at));
	pair(r, &v.facts, "Podal(a)", s->submitted_by);
	pair(r, &v.facts, "Lze podat do", s->closes_at.ms ? deadline_wording(r->c->arena, s->closes_at, false) : (Str){0});
	pair(r, &v.facts, "Opravit do", s->fix_until.ms ? deadline_wording(r->c->arena, s->fix_until, false) : (Str){0});
	TRY(work_panel(r, &submission_machine, s->head.id, href, &v.panel));
	without(&v.panel, "submit", &had);
	without(&v.panel, "reopen", &v.may_reopen);
	bool may_except = false;
	without(&v.panel, "except", &may_except);
	v.except_href = may_except ? str_cat(r->c->arena, href, S("/vyjimka")) : (Str){0};
	if (had || (submission_is(s, SUBMISSION_LOCKED) && may(r->c, CAP_SUBMISSION_SUBMIT)))
		v.send_href = str_cat(r->c->arena, href, S("/odeslat"));
	if (submission_is(s, SUBMISSION_SUBMITTED) && may(r->c, CAP_SUBMISSION_APPROVE))
		v.review_href = str_cat(r->c->arena, href, S("/posouzeni"));
	size_t said = r->c->problems.len;
	if (s->object.len && record_find(r->c, s->object, s->object_id, &of) == OK) {
		v.object_href = of.link;
		v.object_label = of.kind.len ? of.kind : S("K čemu podání patří");
	}
	r->c->problems.len = said;
	r->is_error = v.panel.problem.text.len > 0;
	crumb(r, S("Podání"), S("/app/vykaz"));
	view_submission(page(r, v.title), &v);
	return OK;
}

Err page_submission(Req *r) {
	Submission *s;
	TRY(submission_open(r, &s));
	return show_submission(r, s);
}

Err post_submission(Req *r) {
	Submission *s;
	TRY(submission_open(r, &s));
	Err e = work_submit(r, &submission_machine, s->head.id);
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		TRY(submission_open(r, &s));
		return show_submission(r, s);
	}
	TRY(e);
	return redirect(r, "/app/vykaz/%lld", (long long)s->head.id);
}

static Err not_seen(Req *r) {
	return fail(r->c, ERR_NOT_FOUND, NULL, "Údaje podání uvidíte, až bude podané.");
}

/* ---- the check ---- */

static Err all_sections(Req *r, const Submission *s, const FormTree *t, ReceiptSections *ret) {
	FormValues v;
	TRY(submission_values(r->c, s->head.id, &v));
	TRY(receipt_sections(r->c, t, &v, ret));
	return receipt_files(r->c, s, t, ret);
}

static Str fault_href(Req *r, const Submission *s, const FormTree *t, const Fault *f) {
	if (f->is_file)
		return str_format(r->c->arena, "%.*s/prilohy#soubor-%.*s", STR_ARG(submission_href(r, s)), STR_ARG(f->field));
	Str anchor = str_cat(r->c->arena, S("#"), form_input_id(r, "v", f->field, f->line));
	return str_cat(r->c->arena, submission_part_href(r, s, t, f->section), anchor);
}

Err page_submission_check(Req *r) {
	Submission *s;
	FormTree    t;
	Faults      f;
	CheckPage   v = {.title = S("Kontrola podání")};
	Str         why;
	TRY(submission_open(r, &s));
	if (!submission_may_see(r->c, s))
		return not_seen(r);
	TRY(form_tree(r->c, s->form_version, &t));
	TRY(submission_check(r->c, s, &f));
	TRY(all_sections(r, s, &t, &v.sections));
	bool fills = submission_may_fill(r->c, s, &why);
	for (size_t i = 0; i < f.len; i++)
		*ARENA_PUSH(r->c->arena, v.lines.at, v.lines.len, v.lines.cap) = (ItemView){
			.href = fills ? fault_href(r, s, &t, &f.at[i]) : (Str){0},
			.text = f.at[i].text, .tag = f.at[i].is_hard ? S("chyba") : f.at[i].is_explained ? S("vysvětleno") : S("vysvětlete"),
			.tag_kind = f.at[i].is_hard ? TAG_ERR : f.at[i].is_explained ? TAG_OK : TAG_WARN};
	v.lead = s->title;
	v.back = v.action = submission_href(r, s);
	v.csrf = csrf_token(r, v.action);
	v.version = s->head.version;
	v.may_lock = fills && !f.hard && !f.unexplained;
	v.verdict = f.hard ? str_format(r->c->arena, "Před odesláním je třeba opravit chyb: %zu.", f.hard)
	            : f.unexplained ? str_format(r->c->arena, "Před odesláním je třeba vysvětlit údajů: %zu.", f.unexplained) : S("Podání je úplné a bez chyb.");
	crumb(r, S("Podání"), S("/app/vykaz"));
	crumb(r, s->title, v.back);
	view_submission_check(page(r, v.title), &v);
	return OK;
}

/* ---- sending ---- */

static Err show_send(Req *r, Submission *s, bool as_typed) {
	SendPage v = {.title = S("Odeslat podání"), .lead = s->title, .back = submission_href(r, s), .version = s->head.version};
	FormTree t;
	TRY(form_tree(r->c, s->form_version, &t));
	TRY(all_sections(r, s, &t, &v.sections));
	v.action = str_cat(r->c->arena, v.back, S("/odeslat"));
	v.csrf = csrf_token(r, v.action);
	v.declaration = t.version->declaration;
	Instant until = submission_last_moment(s);   /* of a correction its own */
	v.due = until.ms ? deadline_until(r->c->arena, until) : (Str){0};
	v.declared = (FieldView){.kind = FIELD_CHECK, .name = S("declared"), .value = S("1"), .label = S("Potvrzuji prohlášení"), .error = field_problem(r, "declared")};
	v.errors = as_typed ? errors_view(r, &v.declared, 1) : NULL;
	r->is_error = v.errors != NULL;
	crumb(r, S("Podání"), S("/app/vykaz"));
	crumb(r, s->title, v.back);
	view_submission_send(page(r, v.title), &v);
	return OK;
}

static Err locked_only(Req *r, const Submission *s) {
	return submission_is(s, SUBMISSION_LOCKED) ? OK
	       : fail(r->c, ERR_CONFLICT, NULL, "Odeslat jde jen zkontrolované a zamčené podání. Toto je ve stavu „%.*s“.", STR_ARG(state_title(&submission_machine, s->state)));
}

Err page_submission_send(Req *r) {
	Submission *s;
	TRY(submission_open(r, &s));
	if (!submission_may_see(r->c, s))
		return not_seen(r);
	TRY(locked_only(r, s));
	return show_send(r, s, false);
}

Err post_submission_send(Req *r) {
	Submission *s;
	i64         version = 0;
	TRY(submission_open(r, &s));
	if (!submission_may_see(r->c, s))
		return not_seen(r);
	TRY(locked_only(r, s));
	(void)(str_to_int(form(r, "version"), &version));
	Err e = submission_submit(r->c, s->head.id, version, str_eq(form(r, "declared"), S("1")));
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_send(r, s, true);
	}
	TRY(e);
	TRY(submission_open(r, &s));
	notice(r, "Podání je odeslané pod číslem %.*s. Potvrzení najdete na této stránce.", STR_ARG(s->number));
	return redirect(r, "/app/vykaz/%lld", (long long)s->head.id);
}

/* ---- the receipt ---- */

Err page_submission_receipt(Req *r) {
	Submission *s;
	Receipts    all;
	TRY(submission_open(r, &s));
	if (!sees_receipts(r, s))
		return not_seen(r);
	TRY(submission_receipts(r->c, s->head.id, &all));
	for (size_t i = 0; i < all.len; i++) {
		PrintDoc d = receipt_doc(r->c, &all.at[i]);
		if (!str_eq(all.at[i].number, arg(r, 1)))
			continue;
		return all.at[i].pdf ? send_stored(r, all.at[i].pdf, d.file_name) : print_answer(r, &d, submission_href(r, s));
	}
	return fail(r->c, ERR_NOT_FOUND, NULL, "Potvrzení s tímto číslem u podání není.");
}

/* ---- the review ---- */

static Err show_review(Req *r, Submission *s, bool as_typed) {
	ReviewPage      v = {.title = S("Posouzení podání"), .lead = s->title, .back = submission_href(r, s)};
	FormTree        t;
	SubmissionNotes notes;
	Str             chosen = as_typed ? form(r, "field") : (Str){0};
	TRY(form_tree(r->c, s->form_version, &t));
	TRY(all_sections(r, s, &t, &v.sections));
	TRY(submission_notes(r->c, s, &notes));
	v.notes = submission_note_items(r, &t, &notes);
	v.notes_href = str_cat(r->c->arena, v.back, S("/poznamky"));
	v.action = str_cat(r->c->arena, v.back, S("/posouzeni"));
	v.csrf = csrf_token(r, v.action);
	v.field = (FieldView){.kind = FIELD_SELECT, .name = S("field"), .label = S("Ke kterému údaji"), .error = field_problem(r, "field")};
	*ARENA_PUSH(r->c->arena, v.field.options.at, v.field.options.len, v.field.options.cap) = (OptionView){.label = S("k celému podání"), .chosen = !chosen.len};
	for (size_t i = 0; i < t.len; i++)
		*ARENA_PUSH(r->c->arena, v.field.options.at, v.field.options.len, v.field.options.cap) = (OptionView){
			.value = t.at[i]->stable, .label = str_format(r->c->arena, "%.*s – %.*s", STR_ARG(t.at[i]->section), STR_ARG(t.at[i]->label)),
			.chosen = str_eq(chosen, t.at[i]->stable)};
	v.line = (FieldView){.name = S("line"), .label = S("Řádek tabulky"), .optional = true, .width = WIDTH_5, .input_mode = "numeric", .value = as_typed ? form(r, "line") : (Str){0},
	                     .error = field_problem(r, "line")};
	v.text = (FieldView){.kind = FIELD_AREA, .name = S("text"), .label = S("Co opravit"), .value = as_typed ? form(r, "text") : (Str){0}, .error = field_problem(r, "text")};
	FieldView fields[] = {v.field, v.line, v.text};
	v.errors = as_typed ? errors_view(r, fields, LEN(fields)) : NULL;
	r->is_error = v.errors != NULL;
	crumb(r, S("Podání"), S("/app/vykaz"));
	crumb(r, s->title, v.back);
	view_submission_review(page(r, v.title), &v);
	return OK;
}

Err page_submission_review(Req *r) {
	Submission *s;
	TRY(submission_open(r, &s));
	return submission_may_see(r->c, s) ? show_review(r, s, false) : not_seen(r);
}

Err post_submission_review(Req *r) {
	Submission *s;
	i64         line = 0;
	TRY(submission_open(r, &s));
	Str typed = form(r, "line");
	Err e = !typed.len || (str_to_int(typed, &line) && line >= 0 && line <= GRID_LINES) ? OK
	        : fail(r->c, ERR_INVALID, "line", "Řádek tabulky: napište číslo řádku, například 2.");
	e = e == OK ? submission_note_add(r->c, s->head.id, form(r, "field"), line, form(r, "text")) : e;
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_review(r, s, true);
	}
	TRY(e);
	notice(r, "Poznámka je připíchnutá k údaji. Poskytovatel ji uvidí, až podání vrátíte.");
	return redirect(r, "/app/vykaz/%lld/posouzeni", (long long)s->head.id);
}
