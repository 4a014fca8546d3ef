/* document_office_page.c: one document for officers, and the form of what is known about it. */
#include "domain/library/document.html.h"
#include "domain/library/document_page.h"

static Str office_href(Req *r, Id document) {
	return str_format(r->c->arena, "/app/dokumenty/%lld", (long long)document);
}

/* ---- the document ---- */

static Str step_href(Req *r, const DocumentVersion *v, const char *what) {
	return str_format(r->c->arena, "/app/dokumenty/%lld/verze/%lld/%s", (long long)v->document, (long long)v->no, what);
}

static void add_steps(Req *r, OfficeVersion *o) {
	const DocumentVersion *v = o->line.v;
	bool draft = str_eq(v->state, S(VERSION_DRAFT)), frozen = str_eq(v->state, S(VERSION_FROZEN));
	if (draft && may(r->c, CAP_DOCUMENT_UPDATE)) {
		o->edit = step_href(r, v, "upravit");
		o->drop = step_href(r, v, "smazat");
	}
	if (!may(r->c, CAP_DOCUMENT_PUBLISH))
		return;
	if (draft)
		o->freeze = step_href(r, v, "zmrazit");
	if (frozen && !date_is(v->valid_from))
		o->put = step_href(r, v, "platnost");
	if (frozen)
		o->withdraw = step_href(r, v, "odvolat");
}

static Str made_words(Req *r, const DocumentVersion *v) {
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "Založení: ");
	buf_str(&b, v->author_name);
	if (v->made_at.ms && v->made_at.ms != BLANK) {
		buf_lit(&b, ", ");
		fmt_instant(&b, v->made_at);
	}
	if (v->frozen_by.len) {
		buf_lit(&b, ". Zmrazení: ");
		buf_str(&b, v->frozen_by);
		buf_lit(&b, ", ");
		fmt_instant(&b, v->frozen_at);
	}
	buf_lit(&b, ".");
	return buf_take(&b, r->c->arena);
}

static bool has_draft(const DocumentVersions *all) {
	return all->len && str_eq(all->at[0].state, S(VERSION_DRAFT));
}

static void add_facts(Req *r, const Document *d, PairViews *pairs) {
	static const char *const names[] = {"kind", "owner", "file_number", "part_of", "url", "valid_to", "is_public"};
	for (size_t i = 0; i < LEN(names); i++) {
		PairView p = pair_view(r, entity_field(&document_entity, str_c(names[i])), d);
		if (strcmp(names[i], "owner") == 0)
			p = (PairView){.label = S("Vydává"), .value = library_owner_name(r->c, d->owner)};
		if (p.value.len)
			*ARENA_PUSH(r->c->arena, pairs->at, pairs->len, pairs->cap) = p;
	}
}

static Err office_document(Req *r, Document **d, DocumentVersions *all) {
	Id id;
	TRY(arg_id(r, 0, &id));
	TRY(document_get(r->c, id, d));
	TRY(versions_of(r->c, id, all));
	crumb(r, S("Dokumenty"), S("/app/dokumenty"));
	return OK;
}

Err page_office_document(Req *r) {
	Document        *d;
	DocumentVersions all;
	VersionLines     lines;
	DocumentRows     annexes;
	TRY(office_document(r, &d, &all));
	OfficeDocument v = {.d = d, .lead = d->summary};
	Str            href = office_href(r, d->head.id);
	TRY(version_lines(r, d, &all, 0, &lines));
	for (size_t i = 0; i < lines.len; i++) {
		OfficeVersion *o = ARENA_PUSH(r->c->arena, v.versions.at, v.versions.len, v.versions.cap);
		*o = (OfficeVersion){.line = lines.at[i], .look = lines.at[i].href, .by = made_words(r, lines.at[i].v), .why = lines.at[i].v->withdrawn_why};
		add_steps(r, o);
		if (o->line.v->file != BLANK && o->line.v->file) {
			StoredFile f;
			TRY(files_get(r->c, o->line.v->file, &f));
			TRY(file_text_note(r, &f, &o->file_note));
		}
	}
	TRY(documents_list(r->c, (DocumentQuery){.part_of = d->head.id, .everything = true, .office = true}, &annexes));
	for (size_t i = 0; i < annexes.len; i++)
		*ARENA_PUSH(r->c->arena, v.annexes.at, v.annexes.len, v.annexes.cap) = document_line_of(r, &annexes.at[i], true);
	if (may(r->c, CAP_DOCUMENT_UPDATE)) {
		v.edit = str_cat(r->c->arena, href, S("/upravit"));
		v.add = has_draft(&all) ? (Str){0} : str_cat(r->c->arena, href, S("/verze/nova"));
	}
	if (may(r->c, "history.read"))
		v.history = str_cat(r->c->arena, href, S("/historie"));
	add_facts(r, d, &v.pairs);
	if (d->is_public && all.len && !(all.len == 1 && has_draft(&all)))
		v.public_href = str_format(r->c->arena, "/dokumenty/%lld", (long long)d->head.id);
	if (!d->is_public)
		v.note = (NoteView){.kind = NOTE_INFO, .title = S("Nezveřejněno:"), .text = S("Dokument vidí jen pracovníci s právem číst dokumenty. Zveřejníte ho v údajích dokumentu.")};
	view_office_document(page(r, d->title), &v);
	return OK;
}

/* ---- the form ---- */

static const char *const form_fields[] = {"title", "kind", "owner", "file_number", "summary", "url", "part_of", "valid_to", "is_public", NULL};

static void add_choice(Req *r, FieldView *f, Id id, Str label, Str chosen) {
	Str value = id ? str_format(r->c->arena, "%lld", (long long)id) : (Str){0};
	*ARENA_PUSH(r->c->arena, f->options.at, f->options.len, f->options.cap) = (OptionView){.value = value, .label = label, .chosen = str_eq(value, chosen)};
}

static Err owner_field(Req *r, FieldView *f, Str chosen) {
	Choices owners;
	TRY(library_owners(r->c, &owners));
	f->kind = FIELD_SELECT;
	f->hint = S("Kraj, orgán, obec nebo ministerstvo. Organizace zakládá správce aplikace.");
	add_choice(r, f, 0, S("– vyberte –"), chosen);
	for (size_t i = 0; i < owners.len; i++)
		add_choice(r, f, owners.at[i].id, owners.at[i].name, chosen);
	return OK;
}

static Err part_field(Req *r, FieldView *f, Str chosen, Id self) {
	DocumentRows all;
	TRY(documents_list(r->c, (DocumentQuery){.office = true, .everything = true}, &all));
	f->kind = FIELD_SELECT;
	f->hint = S("Přílohy se ukážou na stránce dokumentu, ke kterému patří.");
	add_choice(r, f, 0, S("žádnému, stojí samostatně"), chosen);
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i].d.head.id != self && !all.at[i].d.part_of)
			add_choice(r, f, all.at[i].d.head.id, all.at[i].d.title, chosen);
	return OK;
}

/* A reference as typed or stored. */
static Str ref_value(Req *r, const char *name, Id stored, bool as_typed) {
	return as_typed ? form(r, name) : stored ? str_format(r->c->arena, "%lld", (long long)stored) : (Str){0};
}

static Err show_form(Req *r, LibraryForm v, const Document *d, bool as_typed) {
	for (const char *const *name = form_fields; *name; name++) {
		FieldView f = field_view(r, entity_field(&document_entity, str_c(*name)), d, as_typed);
		if (strcmp(*name, "owner") == 0)
			TRY(owner_field(r, &f, ref_value(r, "owner", d->owner, as_typed)));
		if (strcmp(*name, "part_of") == 0)
			TRY(part_field(r, &f, ref_value(r, "part_of", d->part_of, as_typed), d->head.id));
		if (strcmp(*name, "is_public") == 0 && !may(r->c, CAP_DOCUMENT_PUBLISH))
			continue;
		*ARENA_PUSH(r->c->arena, v.fields, v.count, v.cap) = f;
	}
	v.csrf = csrf_token(r, v.action);
	v.version = d->head.version;
	v.button = S("Uložit");
	v.help = S("Tady se zapisuje, co je o dokumentu známo. Text a soubory patří do verzí, které založíte potom.");
	v.errors = as_typed ? errors_view(r, v.fields, v.count) : NULL;
	r->is_error = v.errors != NULL;
	view_library_form(page(r, v.title), &v);
	return OK;
}

/* Who issues a document may be named by everybody who writes documents, although records of organisations are the administrator's. */
static Err read_form(Req *r, Document *d, const Document *stored) {
	bool before = r->c->scope_decided;
	r->c->scope_decided = true;
	Err e = form_read_resolved(r, &document_entity, form_fields, d, stored);
	r->c->scope_decided = before;
	if (!may(r->c, CAP_DOCUMENT_PUBLISH))
		d->is_public = stored && stored->is_public;
	return e;
}

static LibraryForm new_form(Req *r) {
	crumb(r, S("Dokumenty"), S("/app/dokumenty"));
	return (LibraryForm){.title = S("Nový dokument"), .action = S("/app/dokumenty/novy"), .back = S("/app/dokumenty")};
}

Err page_document_new(Req *r) {
	Document *d = entity_new(r->c->arena, &document_entity);
	if (r->c->actor->organisation)
		d->owner = r->c->actor->organisation;
	return show_form(r, new_form(r), d, false);
}

Err post_document_new(Req *r) {
	Document *d = entity_new(r->c->arena, &document_entity);
	Id        id;
	Err       e = read_form(r, d, NULL);
	if (e == OK)
		e = document_add(r->c, &(DocumentNew){.title = d->title, .kind = d->kind, .owner = d->owner, .file_number = d->file_number, .summary = d->summary,
		                                      .url = d->url, .part_of = d->part_of, .valid_to = d->valid_to, .is_public = d->is_public}, &id);
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show_form(r, new_form(r), d, true);
	}
	TRY(e);
	notice(r, "Dokument je založený. Teď založte jeho první verzi.");
	return redirect(r, "/app/dokumenty/%lld/verze/nova", (long long)id);
}

static LibraryForm edit_form(Req *r, const Document *d) {
	Str href = office_href(r, d->head.id);
	crumb(r, d->title, href);
	return (LibraryForm){.title = S("Upravit údaje dokumentu"), .lead = d->title, .action = str_cat(r->c->arena, href, S("/upravit")), .back = href};
}

Err page_document_edit(Req *r) {
	Document        *d;
	DocumentVersions all;
	TRY(office_document(r, &d, &all));
	return show_form(r, edit_form(r, d), d, false);
}

Err post_document_edit(Req *r) {
	Document        *stored;
	DocumentVersions all;
	TRY(office_document(r, &stored, &all));
	Document *d = entity_copy(r->c->arena, &document_entity, stored);
	Err       e = read_form(r, d, stored);
	if (e == OK)
		e = document_change(r->c, d);
	if (e == ERR_CONFLICT && d->head.version != stored->head.version) {
		Str href = office_href(r, d->head.id);
		r->c->scope_decided = true;              /* as in read_form: names of organisations */
		return conflict_show(r, &document_entity, form_fields, d, str_cat(r->c->arena, href, S("/upravit")), href);
	}
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show_form(r, edit_form(r, stored), d, true);
	}
	TRY(e);
	notice(r, "Údaje dokumentu jsou uložené.");
	return redirect(r, "/app/dokumenty/%lld", (long long)d->head.id);
}
