/* version_page.c: drafts are written here, and each step that cannot be undone is asked about on a page of its own. */
#include "domain/library/document.html.h"
#include "domain/library/document_page.h"
#include "domain/library/paragraphs_page.h"

typedef struct Target {
	Document       *d;
	DocumentVersion v;
	Str             office;                  /* address of the document */
} Target;

static Err target_of(Req *r, bool with_version, Target *t) {
	Id  id;
	i64 no;
	TRY(arg_id(r, 0, &id));
	TRY(document_get(r->c, id, &t->d));
	t->office = str_format(r->c->arena, "/app/dokumenty/%lld", (long long)id);
	crumb(r, S("Dokumenty"), S("/app/dokumenty"));
	crumb(r, t->d->title, t->office);
	if (!with_version)
		return OK;
	if (!str_to_int(arg(r, 1), &no))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Takovou verzi dokument nemá. Vyberte ji ze seznamu u dokumentu.");
	return version_by_no(r->c, id, no, &t->v);
}

/* ---- the draft ---- */

static const char *const draft_fields[] = {"text", "note", "valid_from", "file", "drops_file", NULL};

static Str day_value(Req *r, Date d) {
	return date_is(d) ? format_text(r->c->arena, fmt_date, d) : (Str){0};
}

static void add_field(Req *r, LibraryForm *v, FieldView f) {
	f.error = field_problem(r, str_z(r->c->arena, f.name));
	*ARENA_PUSH(r->c->arena, v->fields, v->count, v->cap) = f;
}

static Err add_file_fields(Req *r, LibraryForm *v, const DocumentVersion *of) {
	StoredFile f;
	bool       has = of->file != BLANK && of->file;
	add_field(r, v, upload_field(r, "file", has ? "Jiný soubor" : "Soubor", true));
	if (!has)
		return OK;
	TRY(files_get(r->c, of->file, &f));
	add_pair_text(r, &v->pairs, "Soubor verze", str_format(r->c->arena, "%.*s (%.*s)", STR_ARG(f.name), STR_ARG(upload_words(r->c->arena, &f))));
	add_field(r, v, (FieldView){.kind = FIELD_CHECK, .name = S("drops_file"), .label = S("Soubor z verze odebrat"), .value = S("1"), .chosen = form_has(r, "drops_file")});
	return OK;
}

static Err show_draft(Req *r, LibraryForm v, const DocumentVersion *of, bool as_typed) {
	TRY(add_file_fields(r, &v, of));
	add_field(r, &v, (FieldView){.kind = FIELD_AREA, .name = S("text"), .label = S("Text"), .optional = true, .rows = 18, .value = as_typed ? form(r, "text") : of->text,
		.hint = S("Píše se v Markdownu: nadpisy ##, odrážky -, tabulky |. Místo textu stačí soubor.")});
	add_field(r, &v, (FieldView){.kind = FIELD_AREA, .name = S("note"), .label = S("Co je v této verzi nového"), .optional = true, .rows = 3,
		.value = as_typed ? form(r, "note") : of->note});
	add_field(r, &v, (FieldView){.kind = FIELD_DATE, .name = S("valid_from"), .label = S("V platnosti od"), .optional = true,
		.hint = S("Nechte prázdné u návrhu. Den doplníte, až o dokumentu rozhodne příslušný orgán."), .value = as_typed ? form(r, "valid_from") : day_value(r, of->valid_from)});
	v.uploads = true;
	v.csrf = csrf_token(r, v.action);
	v.version = of->head.version;
	v.button = S("Uložit koncept");
	v.help = S("Koncept se dá upravovat, dokud ho nezmrazíte. Zmrazená verze se už nezmění a lidé na ni mohou odkazovat.");
	v.errors = as_typed ? errors_view(r, v.fields, v.count) : NULL;
	r->is_error = v.errors != NULL;
	view_library_form(page(r, v.title), &v);
	return OK;
}

static Err read_draft(Req *r, VersionNew *n) {
	const char *why;
	StoredFile *file;
	TRY(form_only(r, draft_fields));
	*n = (VersionNew){.text = form(r, "text"), .note = form(r, "note"), .drops_file = form_has(r, "drops_file")};
	if (form(r, "valid_from").len && !read_date(form(r, "valid_from"), &n->valid_from, &why))
		return fail(r->c, ERR_INVALID, "valid_from", "V platnosti od: %s", why);
	TRY(upload_of_form(r, "file", &file));
	n->staged = file;
	n->file_name = file ? file->name : (Str){0};
	return OK;
}

static LibraryForm new_form(Req *r, const Target *t) {
	return (LibraryForm){.title = S("Nová verze"), .lead = t->d->title, .action = str_cat(r->c->arena, t->office, S("/verze/nova")), .back = t->office};
}

/* A new version begins with the text of the last one. */
Err page_version_new(Req *r) {
	Target           t;
	DocumentVersions all;
	DocumentVersion  blank = {.file = BLANK}, last;
	TRY(target_of(r, false, &t));
	TRY(versions_of(r->c, t.d->head.id, &all));
	if (all.len) {
		TRY(version_get(r->c, all.at[0].head.id, &last));
		blank.text = last.text;
	}
	return show_draft(r, new_form(r, &t), &blank, false);
}

Err post_version_new(Req *r) {
	Target          t;
	VersionNew      n;
	Id              id;
	DocumentVersion blank = {.file = BLANK};
	TRY(target_of(r, false, &t));
	Err e = read_draft(r, &n);
	if (e == OK)
		e = version_add(r->c, t.d->head.id, &n, &id);
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show_draft(r, new_form(r, &t), &blank, true);
	}
	TRY(e);
	notice(r, "Koncept verze je uložený.");
	return redirect(r, "/app/dokumenty/%lld", (long long)t.d->head.id);
}

static LibraryForm edit_form(Req *r, const Target *t) {
	return (LibraryForm){.title = str_format(r->c->arena, "Upravit verzi č. %lld", (long long)t->v.no), .lead = t->d->title,
	                     .action = str_format(r->c->arena, "%.*s/verze/%lld/upravit", STR_ARG(t->office), (long long)t->v.no), .back = t->office};
}

static Err refuse_not_draft(Req *r, const Target *t) {
	if (str_eq(t->v.state, S(VERSION_DRAFT)))
		return OK;
	return fail(r->c, ERR_CONFLICT, NULL, "Verze č. %lld je zmrazená a její obsah se už nemění. Založte novou verzi dokumentu.", (long long)t->v.no);
}

Err page_version_edit(Req *r) {
	Target t;
	TRY(target_of(r, true, &t));
	TRY(refuse_not_draft(r, &t));
	return show_draft(r, edit_form(r, &t), &t.v, false);
}

/* What was typed stays; what the other person stored stands above it to be compared. */
static Err show_overtaken(Req *r, const Target *t) {
	LibraryForm v = edit_form(r, t);
	Paragraphs stored, mine;
	Str        why;
	v.warning = S("Koncept mezitím uložil někdo jiný. Níže je váš text; porovnejte jej s uloženým, doplňte, co v něm chybí, a uložte znovu.");
	if (paragraphs_read(r->c->arena, t->v.text, &stored, &why) == OK && paragraphs_read(r->c->arena, form(r, "text"), &mine, &why) == OK) {
		paragraphs_keep_anchors(r->c->arena, NULL, &stored);
		paragraphs_keep_anchors(r->c->arena, &stored, &mine);
		ParagraphDiffs d = paragraphs_difference(r->c->arena, &stored, &mine);
		v.difference = paragraphs_difference_html(r->c->arena, &d, false);
		v.has_difference = true;
	}
	set_status(r, 409);
	r->c->problems.len = 0;
	r->is_error = true;
	return show_draft(r, v, &t->v, true);
}

Err post_version_edit(Req *r) {
	Target     t;
	VersionNew n;
	i64        seen = 0;
	TRY(target_of(r, true, &t));
	TRY(refuse_not_draft(r, &t));
	Err e = read_draft(r, &n);
	if (!str_to_int(form(r, "version"), &seen))
		return fail(r->c, ERR_MALFORMED, NULL, "Formulář je neúplný. Načtěte stránku znovu.");
	if (e == OK)
		e = version_change(r->c, t.v.head.id, seen, &n);
	if (e == ERR_CONFLICT && seen != t.v.head.version)
		return show_overtaken(r, &t);
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show_draft(r, edit_form(r, &t), &t.v, true);
	}
	TRY(e);
	notice(r, "Koncept verze je uložený.");
	return redirect(r, "/app/dokumenty/%lld", (long long)t.d->head.id);
}

/* ---- steps that are asked about first ---- */

typedef enum StepKind { STEP_FREEZE, STEP_PUT, STEP_WITHDRAW, STEP_DROP } StepKind;
static const struct { const char *word, *capability, *title, *button, *help, *done; } steps[] = {
	[STEP_FREEZE] = {"zmrazit", CAP_DOCUMENT_PUBLISH, "Zmrazit verzi", "Zmrazit verzi", "Zmrazení se nedá vrátit. Text ani soubor verze už nikdo nezmění; chyba se opraví novou verzí. Je-li dokument zveřejněný, verzi hned uvidí veřejnost.",
	                 "Verze je zmrazená."},
	[STEP_PUT] = {"platnost", CAP_DOCUMENT_PUBLISH, "Uvést verzi v platnost", "Uvést v platnost", "První den platnosti se zapisuje jednou a potom už se nemění. Předchozí verze platí do dne před ním.",
	              "Verze má první den platnosti."},
	[STEP_WITHDRAW] = {"odvolat", CAP_DOCUMENT_PUBLISH, "Odvolat verzi", "Odvolat verzi", "Odvolaná verze neplatí v žádný den a veřejnost její text neuvidí. Na její adrese zůstane důvod, který napíšete.",
	                   "Verze je odvolaná."},
	[STEP_DROP] = {"smazat", CAP_DOCUMENT_UPDATE, "Smazat koncept verze", "Smazat koncept", "Koncept se smaže i se souborem. Kdo ho založil a smazal, zůstane v historii.", "Koncept je smazaný."},
};

static Err step_of(Req *r, StepKind *ret) {
	for (size_t i = 0; i < LEN(steps); i++)
		if (str_eq(arg(r, 2), str_c(steps[i].word))) {
			*ret = (StepKind)i;
			return require(r->c, steps[i].capability);
		}
	return fail(r->c, ERR_NOT_FOUND, NULL, "Taková stránka tu není. Otevřete dokument ze seznamu.");
}

static Str length_words(Req *r, Str text) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_count(&b, (i64)utf8_count(text), "znak", "znaky", "znaků");
	return buf_take(&b, r->c->arena);
}

static Err show_step(Req *r, const Target *t, StepKind k) {
	LibraryForm v = {.title = str_c(steps[k].title), .lead = str_format(r->c->arena, "%.*s, verze č. %lld", STR_ARG(t->d->title), (long long)t->v.no),
	                 .action = str_format(r->c->arena, "%.*s/verze/%lld/%s", STR_ARG(t->office), (long long)t->v.no, steps[k].word), .back = t->office,
	                 .button = str_c(steps[k].button), .help = str_c(steps[k].help)};
	add_pair_text(r, &v.pairs, "Zveřejněný dokument", t->d->is_public ? S("ano") : S("ne"));
	add_pair_text(r, &v.pairs, "V platnosti od", k == STEP_PUT ? (Str){0} : date_is(t->v.valid_from) ? day_value(r, t->v.valid_from) : S("nezadáno, půjde o návrh"));
	add_pair_text(r, &v.pairs, "Text", t->v.text.len ? length_words(r, t->v.text) : S("žádný"));
	add_pair_text(r, &v.pairs, "Soubor", t->v.file != BLANK && t->v.file ? S("ano") : S("žádný"));
	if (k == STEP_PUT)
		add_field(r, &v, (FieldView){.kind = FIELD_DATE, .name = S("valid_from"), .label = S("V platnosti od"), .value = form(r, "valid_from")});
	if (k == STEP_WITHDRAW)
		add_field(r, &v, (FieldView){.kind = FIELD_AREA, .name = S("reason"), .label = S("Proč se verze odvolává"), .rows = 3, .value = form(r, "reason"), .hint = S("Důvod uvidí i veřejnost.")});
	v.csrf = csrf_token(r, v.action);
	v.is_question = true;
	v.errors = errors_view(r, v.fields, v.count);
	r->is_error = v.errors != NULL;
	view_library_form(page(r, v.title), &v);
	return OK;
}

Err page_version_step(Req *r) {
	Target   t;
	StepKind k;
	TRY(step_of(r, &k));
	TRY(target_of(r, true, &t));
	return show_step(r, &t, k);
}

static Err put_in_force(Req *r, Id version) {
	Date        from = {0};
	const char *why;
	if (form(r, "valid_from").len && !read_date(form(r, "valid_from"), &from, &why))
		return fail(r->c, ERR_INVALID, "valid_from", "V platnosti od: %s", why);
	return version_put_in_force(r->c, version, from);
}

static Err take_step(Req *r, StepKind k, Id version) {
	static const char *const known[] = {"valid_from", "reason", NULL};
	TRY(form_only(r, known));
	switch (k) {
	case STEP_FREEZE:
		return version_freeze(r->c, version);
	case STEP_PUT:
		return put_in_force(r, version);
	case STEP_WITHDRAW:
		return version_withdraw(r->c, version, form(r, "reason"));
	case STEP_DROP:
		break;
	}
	return version_drop(r->c, version);
}

Err post_version_step(Req *r) {
	Target   t;
	StepKind k;
	TRY(step_of(r, &k));
	TRY(target_of(r, true, &t));
	Err e = take_step(r, k, t.v.head.id);
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show_step(r, &t, k);
	}
	TRY(e);
	notice(r, "%s", steps[k].done);
	return redirect(r, "/app/dokumenty/%lld", (long long)t.d->head.id);
}
