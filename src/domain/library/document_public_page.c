/* document_public_page.c: one document: its current version, any version by its permanent address, files. */
#include "domain/library/document.html.h"
#include "domain/library/document_page.h"

/* ---- pieces ---- */

static Str day_words(Req *r, Date d) {
	return format_text(r->c->arena, fmt_date, d);
}

static Err file_of(Req *r, const DocumentVersion *v, StoredFile *ret) {
	*ret = (StoredFile){0};
	return v->file != BLANK && v->file ? files_get(r->c, v->file, ret) : OK;
}

/* "od 1. 1. 2024" or "1. 1. 2024 – 30. 6. 2025", by what came after it. */
static Str span_of(Req *r, const Document *d, const DocumentVersions *all, const DocumentVersion *v) {
	Date last = d->valid_to;
	if (!date_is(v->valid_from) || !str_eq(v->state, S(VERSION_FROZEN)))
		return (Str){0};
	for (size_t i = 0; i < all->len; i++) {
		const DocumentVersion *next = &all->at[i];
		bool later = str_eq(next->state, S(VERSION_FROZEN)) && date_is(next->valid_from) && (date_after(next->valid_from, v->valid_from) ||
		             (date_eq(next->valid_from, v->valid_from) && next->no > v->no));
		if (later && (!date_is(last) || date_before(date_add(next->valid_from, -1), last)))
			last = date_add(next->valid_from, -1);
	}
	if (date_is(last) && date_before(last, v->valid_from))
		return S("nikdy");                           /* another one took over the same day */
	CLEANUP(buf_free) Buf b = {0};
	fmt_date_range(&b, v->valid_from, last);
	return buf_take(&b, r->c->arena);
}

Err version_lines(Req *r, const Document *d, const DocumentVersions *all, Id here, VersionLines *ret) {
	const DocumentVersion *in_force = version_of_day(d, all, r->c->today);
	*ret = (VersionLines){0};
	for (size_t i = 0; i < all->len; i++) {
		StoredFile  f;
		VersionLine l = {.v = &all->at[i], .href = version_href(r, &all->at[i]), .is_this = all->at[i].head.id == here};
		TRY(file_of(r, l.v, &f));
		l.kind = version_tag(r, l.v, in_force, &l.word);
		l.since = span_of(r, d, all, l.v);
		if (f.id && (!str_eq(l.v->state, S(VERSION_WITHDRAWN)) || may(r->c, CAP_DOCUMENT_READ))) {
			l.file = upload_words(r->c->arena, &f);
			l.file_href = str_cat(r->c->arena, l.href, S("/soubor"));
		}
		if (i + 1 < all->len)
			l.difference = str_format(r->c->arena, "/dokumenty/%lld/rozdil?od=%lld&do=%lld", (long long)d->head.id, (long long)all->at[i + 1].no, (long long)l.v->no);
		*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = l;
	}
	return OK;
}

static Err add_annexes(Req *r, const Document *d, bool office, DocumentLines *ret) {
	DocumentRows rows;
	TRY(documents_list(r->c, (DocumentQuery){.part_of = d->head.id, .everything = true, .office = office}, &rows));
	for (size_t i = 0; i < rows.len; i++)
		*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = document_line_of(r, &rows.at[i], office);
	return OK;
}

/* ---- what a reader of this version should know ---- */

static NoteView note_of(Req *r, const Document *d, const DocumentVersion *v, const DocumentVersion *in_force, const DocumentVersion *newest) {
	Arena   *a = r->c->arena;
	NoteView n = {.kind = NOTE_INFO, .title = S("Návrh:"), .text = S("Tato verze zatím neplatí. Je předložená k projednání a její text se už nezmění.")};
	Str      href = str_format(a, "/dokumenty/%lld", (long long)d->head.id);
	if (str_eq(v->state, S(VERSION_DRAFT)))
		return (NoteView){.kind = NOTE_WARN, .title = S("Koncept:"), .text = S("Rozpracovaná verze. Veřejnost ji nevidí a její text se ještě může změnit.")};
	if (str_eq(v->state, S(VERSION_WITHDRAWN)))
		return (NoteView){.kind = NOTE_WARN, .title = S("Verze byla odvolána:"), .text = v->withdrawn_why};
	if (in_force && in_force->head.id == v->head.id) {
		if (!newest || newest->head.id == v->head.id)
			return (NoteView){0};
		n = (NoteView){.kind = NOTE_INFO, .title = S("Platí tato verze."), .text = str_format(a, "Předložen je návrh další verze, č. %lld.", (long long)newest->no)};
		*ARENA_PUSH(a, n.links.at, n.links.len, n.links.cap) = (LinkView){.label = S("Zobrazit návrh"), .href = version_href(r, newest)};
		return n;
	}
	if (date_is(d->valid_to) && date_before(d->valid_to, r->c->today))
		return (NoteView){.kind = NOTE_WARN, .title = S("Archiv:"), .text = str_format(a, "Dokument platil do %.*s.", STR_ARG(day_words(r, d->valid_to)))};
	if (date_is(v->valid_from))
		n = (NoteView){.kind = NOTE_WARN, .title = S("Už neplatí:"), .text = S("Tuto verzi nahradila jiná. Její text zůstává, jak byl.")};
	if (date_is(v->valid_from) && date_after(v->valid_from, r->c->today))
		n = (NoteView){.kind = NOTE_INFO, .title = S("Ještě neplatí:"), .text = str_format(a, "Tato verze bude platit od %.*s.", STR_ARG(day_words(r, v->valid_from)))};
	if (newest && newest->no > v->no) {
		n = (NoteView){.kind = NOTE_WARN, .title = S("Existuje novější verze."), .text = str_format(a, "Čtete verzi č. %lld. Její text zůstává, jak byl, a odkazy na něj platí.", (long long)v->no)};
		*ARENA_PUSH(a, n.links.at, n.links.len, n.links.cap) = (LinkView){.label = in_force ? S("Zobrazit platnou verzi") : S("Zobrazit nejnovější verzi"), .href = href};
		*ARENA_PUSH(a, n.links.at, n.links.len, n.links.cap) = (LinkView){.label = S("Co se změnilo"),
			.href = str_format(a, "/dokumenty/%lld/rozdil?od=%lld&do=%lld", (long long)d->head.id, (long long)v->no, (long long)(in_force && in_force->no > v->no ? in_force->no : newest->no))};
	}
	return n;
}

static void add_facts(Req *r, DocumentPage *p, const DocumentVersions *all) {
	Arena *a = r->c->arena;
	add_pair_text(r, &p->pairs, "Druh", document_kind_name(r, p->d->kind));
	add_pair_text(r, &p->pairs, "Vydává", library_owner_name(r->c, p->d->owner));
	add_pair_text(r, &p->pairs, "Spisová značka", p->d->file_number);
	Document *whole;
	size_t    said = r->c->problems.len;
	if (p->d->part_of && document_get(r->c, p->d->part_of, &whole) == OK)
		*ARENA_PUSH(a, p->pairs.at, p->pairs.len, p->pairs.cap) = (PairView){.label = S("Příloha k dokumentu"), .value = whole->title,
			.href = str_format(a, "/dokumenty/%lld", (long long)whole->head.id)};
	r->c->problems.len = said;
	if (p->d->url.len)
		*ARENA_PUSH(a, p->pairs.at, p->pairs.len, p->pairs.cap) = (PairView){.label = S("Na webu vydavatele"), .value = p->d->url, .href = p->d->url};
	if (!p->v)
		return;
	add_pair_text(r, &p->pairs, "Verze", str_format(a, "č. %lld", (long long)p->v->no));
	add_pair_text(r, &p->pairs, "Platí", span_of(r, p->d, all, p->v));
	if (p->v->frozen_at.ms && p->v->frozen_at.ms != BLANK)
		add_pair_text(r, &p->pairs, "Beze změny od", day_words(r, prague_day(p->v->frozen_at)));
}

static Err add_content(Req *r, DocumentPage *p) {
	StoredFile f;
	if (str_eq(p->v->state, S(VERSION_WITHDRAWN)) && !may(r->c, CAP_DOCUMENT_READ))
		return OK;
	TRY(file_of(r, p->v, &f));
	if (f.id) {
		p->file = upload_words(r->c->arena, &f);
		p->file_name = f.name;
		p->file_href = str_cat(r->c->arena, version_href(r, p->v), S("/soubor"));
		TRY(file_text_note(r, &f, &p->file_note));
	}
	p->has_text = p->v->text.len > 0;
	if (p->has_text)
		p->print = version_href(r, p->v);
	return p->has_text ? version_html(r, p->v, &p->text, &p->contents) : OK;
}

static const DocumentVersion *newest_of(const DocumentVersions *all) {
	for (size_t i = 0; i < all->len; i++)
		if (str_eq(all->at[i].state, S(VERSION_FROZEN)))
			return &all->at[i];
	return NULL;
}

static Err show(Req *r, const Document *d, const DocumentVersions *all, const DocumentVersion *v, bool is_version_page) {
	Arena       *a = r->c->arena;
	DocumentPage p = {.d = d, .v = v, .title = d->title, .lead = d->summary};
	if (v) {
		TRY(add_content(r, &p));
		bool is_held;
		TRY(version_is_held(r->c, v->head.id, &is_held));
		p.note = is_held ? (NoteView){.kind = NOTE_WARN, .title = S("Jen pro úřad:"), .text = S("Zmrazená verze, kterou veřejnost zatím nevidí. Uvidí ji, až se zveřejní k připomínkám.")}
		                 : note_of(r, d, v, version_of_day(d, all, r->c->today), newest_of(all));
		if (!str_eq(v->state, S(VERSION_DRAFT)))
			p.permanent = url_absolute(r, version_href(r, v));
	}
	add_facts(r, &p, all);
	TRY(version_lines(r, d, all, v ? v->head.id : 0, &p.versions));
	TRY(add_annexes(r, d, false, &p.annexes));
	if (may(r->c, CAP_DOCUMENT_READ))
		p.office = str_format(a, "/app/dokumenty/%lld", (long long)d->head.id);
	crumb(r, S("Dokumenty"), S("/dokumenty"));
	if (is_version_page) {
		crumb(r, d->title, str_format(a, "/dokumenty/%lld", (long long)d->head.id));
		p.title = str_format(a, "%.*s, verze č. %lld", STR_ARG(d->title), (long long)v->no);
	}
	r->no_index = v && str_eq(v->state, S(VERSION_DRAFT));
	view_document(page(r, p.title), &p);
	return OK;
}

/* ---- pages ---- */

Err page_document(Req *r) {
	Id               id;
	Document        *d;
	DocumentVersions all;
	DocumentVersion  v;
	TRY(arg_id(r, 0, &id));
	TRY(document_get(r->c, id, &d));
	TRY(versions_of(r->c, id, &all));
	const DocumentVersion *shown = version_of_day(d, &all, r->c->today);
	shown = shown ? shown : newest_of(&all);
	shown = shown || !all.len ? shown : &all.at[0];
	if (!shown)
		return show(r, d, &all, NULL, false);
	TRY(version_get(r->c, shown->head.id, &v));
	return show(r, d, &all, &v, false);
}

static Err version_of_request(Req *r, Document **d, DocumentVersion *v) {
	Id  id;
	i64 no;
	TRY(arg_id(r, 0, &id));
	TRY(document_get(r->c, id, d));
	if (!str_to_int(arg(r, 1), &no))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Takovou verzi dokument nemá. Vyberte ji ze seznamu u dokumentu.");
	return version_by_no(r->c, id, no, v);
}

Err page_document_version(Req *r) {
	Document        *d;
	DocumentVersion  v;
	DocumentVersions all;
	TRY(version_of_request(r, &d, &v));
	TRY(versions_of(r->c, d->head.id, &all));
	return show(r, d, &all, &v, true);
}

Err page_document_file(Req *r) {
	Document       *d;
	DocumentVersion v;
	TRY(version_of_request(r, &d, &v));
	if (v.file == BLANK || !v.file || (str_eq(v.state, S(VERSION_WITHDRAWN)) && !may(r->c, CAP_DOCUMENT_READ)))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Tato verze soubor nemá, nebo byla odvolána.");
	return send_stored_file(r, v.file);
}
