/* consultation_edit_page.c: forms of officers: a comment period, a comment that came otherwise than by the web. */
#include "base/format.h"
#include "domain/consultation/consultation_desk.html.h"
#include "domain/consultation/consultation_page.h"
#include "domain/consultation/hearing.h"

static const char *const fields[] = {"title", "subject", "first_day", "last_day", "who", "about", "channels", "how", "accept_late", "accept_oral", "min_length", NULL};

static void add_option(Req *r, FieldView *f, Str value, Str label, bool chosen) {
	*ARENA_PUSH(r->c->arena, f->options.at, f->options.len, f->options.cap) = (OptionView){.value = value, .label = label, .chosen = chosen};
}

/* Frozen versions of public documents: what people may comment on. */
static Err subject_field(Req *r, const Consultation *n, FieldView *ret) {
	FieldView  f = {.kind = FIELD_SELECT, .name = S("subject"), .label = S("Připomínkovaná verze dokumentu"), .error = field_problem(r, "subject"),
	                .hint = S("Jen zmrazené verze zveřejněných dokumentů: jejich text se pod připomínkami nezmění.")};
	EntityList all;
	Str        chosen = form(r, "subject");
	ListFilter is_public = {.field = entity_field(&document_entity, S("is_public")), .value = S("1")};
	TRY(entity_list(r->c, &document_entity, &(ListQuery){.filters = &is_public, .filter_count = 1, .limit = 1000}, &all));
	add_option(r, &f, (Str){0}, S("– vyberte –"), !n->subject && !chosen.len);
	for (size_t i = 0; i < all.len; i++) {
		const Document  *d = all.at[i];
		DocumentVersions versions;
		TRY(versions_of(r->c, d->head.id, &versions));
		for (size_t k = 0; k < versions.len; k++) {
			Str value = str_format(r->c->arena, "%lld", (long long)versions.at[k].head.id);
			if (str_eq(versions.at[k].state, S(VERSION_FROZEN)))
				add_option(r, &f, value, str_format(r->c->arena, "%.*s, verze č. %lld", STR_ARG(d->title), (long long)versions.at[k].no),
				           chosen.len ? str_eq(chosen, value) : versions.at[k].head.id == n->subject);
		}
	}
	*ret = f;
	return OK;
}

static Err show_form(Req *r, DeskForm v, const Consultation *n, bool as_typed) {
	for (const char *const *name = fields; *name; name++) {
		FieldView f = field_view(r, entity_field(&consultation_entity, str_c(*name)), n, as_typed);
		if (strcmp(*name, "subject") == 0)
			TRY(subject_field(r, n, &f));
		*ARENA_PUSH(r->c->arena, v.fields, v.count, v.cap) = f;
	}
	v.csrf = csrf_token(r, v.action);
	v.version = n->head.version;
	v.button = S("Uložit");
	v.help = S("Připomínkuje se celé dny v pražském čase: první den od 0:00, poslední do půlnoci, kterou končí. Po vyhlášení už jde konec jen prodloužit.");
	v.errors = as_typed ? errors_view(r, v.fields, v.count) : NULL;
	r->is_error = v.errors != NULL;
	crumb(r, S("Připomínková řízení"), S("/app/pripominky"));
	view_desk_form(page(r, v.title), &v);
	return OK;
}

static const char *const plain_fields[] = {"title", "first_day", "last_day", "who", "about", "channels", "how", "accept_late", "accept_oral", "min_length", "subject", NULL};

/* The subject is chosen here, although nobody changes it elsewhere. */
static Err read_form(Req *r, Consultation *n, const Consultation *stored) {
	i64 subject = 0;
	Err e = form_read_resolved(r, &consultation_entity, plain_fields, n, stored);
	if (form_has(r, "subject") && str_to_int(form(r, "subject"), &subject))
		n->subject = subject;
	return e;
}

static DeskForm new_form(void) {
	return (DeskForm){.title = S("Nové připomínkové řízení"), .action = S("/app/pripominky/nove"), .back = S("/app/pripominky")};
}

Err page_desk_new(Req *r) {
	Consultation *n = entity_new(r->c->arena, &consultation_entity);
	i64           version = 0;
	n->min_length = 10;
	n->who = S("kdokoli");
	n->accept_late = n->accept_oral = true;
	n->first_day = date_add(r->c->today, 7);
	n->last_day = date_add(n->first_day, 13);
	strs_add(r->c->arena, &n->channels, S("web"));
	if (str_to_int(query(r, "verze"), &version))
		n->subject = version;
	return show_form(r, new_form(), n, false);
}

Err post_desk_new(Req *r) {
	Consultation *n = entity_new(r->c->arena, &consultation_entity);
	Err           e = read_form(r, n, NULL);
	if (e == OK && !n->subject)
		e = fail(r->c, ERR_INVALID, "subject", "Vyberte verzi dokumentu, která se bude připomínkovat.");
	if (e == OK)
		e = consultation_add(r->c, n);
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show_form(r, new_form(), n, true);
	}
	TRY(e);
	notice(r, "Řízení je připravené. Veřejnost ho uvidí, až ho vyhlásíte.");
	return redirect(r, "/app/pripominky/%lld", (long long)n->head.id);
}

static DeskForm edit_form(Req *r, const Consultation *n) {
	Str href = str_format(r->c->arena, "/app/pripominky/%lld", (long long)n->head.id);
	return (DeskForm){.title = S("Upravit připomínkové řízení"), .lead = n->title, .action = str_cat(r->c->arena, href, S("/upravit")), .back = href};
}

Err page_desk_edit(Req *r) {
	Id            id;
	Consultation *n;
	TRY(arg_id(r, 0, &id));
	TRY(consultation_get(r->c, id, &n));
	return show_form(r, edit_form(r, n), n, false);
}

Err post_desk_edit(Req *r) {
	Id            id;
	Consultation *stored;
	TRY(arg_id(r, 0, &id));
	TRY(consultation_get(r->c, id, &stored));
	Consultation *n = entity_copy(r->c->arena, &consultation_entity, stored);
	Err           e = read_form(r, n, stored);
	if (e == OK)
		e = consultation_change(r->c, n);
	if (e == ERR_CONFLICT && n->head.version != stored->head.version)
		return conflict_show(r, &consultation_entity, plain_fields, n, edit_form(r, stored).action, edit_form(r, stored).back);
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show_form(r, edit_form(r, n), n, true);
	}
	TRY(e);
	notice(r, "Uloženo.");
	return redirect(r, "/app/pripominky/%lld", (long long)id);
}

/* ---- a comment on paper, in a data box, by word of mouth ---- */

static Err anchor_field(Req *r, const Consultation *n, FieldView *ret) {
	Document       *d;
	DocumentVersion v;
	Paragraphs      text;
	VersionCards    cards;
	FieldView       f = {.kind = FIELD_SELECT, .name = S("anchor"), .label = S("K čemu patří"), .error = field_problem(r, "anchor")};
	TRY(consultation_text(r->c, n, &d, &v, &text));
	add_option(r, &f, (Str){0}, S("k celému dokumentu"), !form(r, "anchor").len);
	TRY(version_cards_of(r->c, n->subject, &cards));
	period_place_options(r, &text, &cards, form(r, "anchor"), &f);
	*ret = f;
	return OK;
}

static void put(Req *r, DeskForm *v, FieldView f) {
	*ARENA_PUSH(r->c->arena, v->fields, v->count, v->cap) = f;
}

static Err show_record(Req *r, const Consultation *n, bool as_typed) {
	Str         href = str_format(r->c->arena, "/app/pripominky/%lld", (long long)n->head.id);
	DeskForm    v = {.title = S("Zapsat připomínku"), .lead = n->title, .action = str_cat(r->c->arena, href, S("/zapsat")), .back = href, .button = S("Zapsat"),
	                 .help = S("Zapište ji slovy autora. Rozhoduje den a hodina doručení úřadu, ne kdy ji zapisujete.")};
	CommentForm f = {0};
	FieldView   anchor;
	comment_fields(r, &f, true);
	TRY(anchor_field(r, n, &anchor));
	f.email.hint = S("Když ho autor uvedl: dostane doručenku a soukromou adresu.");
	f.name.autocomplete = f.email.autocomplete = f.organisation.autocomplete = NULL;     /* of the author, not of who writes it in */
	f.name.label = S("Jméno autora");
	f.name.hint = S("Bez souhlasu autora se nezveřejní; občan je v tabulce jen „občan“.");
	f.organisation.hint = S("Vyplňte, když nepíše občan. Tento název se zveřejní.");
	f.consent.label = S("Autor souhlasí se zveřejněním jména u připomínky");
	put(r, &v, comment_choice(r, "comment_channel", "channel", "Jak přišla", form(r, "channel"), true));
	put(r, &v, (FieldView){.kind = FIELD_DATE, .name = S("day"), .label = S("Doručeno dne"), .value = as_typed ? form(r, "day") : day_words(r, r->c->today),
	                       .error = field_problem(r, "delivered_at")});
	put(r, &v, (FieldView){.name = S("clock"), .label = S("V kolik hodin"), .hint = S("Například 14:30; prázdné znamená v poledne."), .optional = true, .value = form(r, "clock"), .width = WIDTH_5,
	                       .error = field_problem(r, "clock")});
	put(r, &v, anchor);
	FieldView paper = upload_field(r, "file", "Podání, jak přišlo", true);
	paper.hint = str_cat(r->c->arena, S("Sken nebo soubor; uvidí ho jen ti, kdo připomínky zapisují. "), paper.hint);
	if (as_typed && form_file(r, "file"))
		paper.hint = str_cat(r->c->arena, S("Soubor vyberte prosím znovu. "), paper.hint);
	put(r, &v, paper);
	FieldView typed[] = {f.text, f.proposal, f.justification, f.author_kind, f.organisation, f.name, f.email, f.consent};
	for (size_t i = 0; i < LEN(typed); i++)
		put(r, &v, typed[i]);
	v.csrf = csrf_token(r, v.action);
	v.uploads = true;
	v.errors = as_typed ? errors_view(r, v.fields, v.count) : NULL;
	r->is_error = v.errors != NULL;
	crumb(r, S("Připomínková řízení"), S("/app/pripominky"));
	crumb(r, n->title, href);
	view_desk_form(page(r, v.title), &v);
	return OK;
}

static Err period_of(Req *r, Consultation **n) {
	Id id;
	TRY(arg_id(r, 0, &id));
	return consultation_get(r->c, id, n);
}

Err page_desk_record(Req *r) {
	Consultation *n;
	TRY(period_of(r, &n));
	return show_record(r, n, false);
}

static Err read_delivered(Req *r, Instant *ret) {
	Date day;
	int  minute = 12 * 60;
	Str  clock = form(r, "clock");
	if (!typed_day(form(r, "day"), &day))
		return fail(r->c, ERR_INVALID, "delivered_at", "Doručeno dne: zapište den ve tvaru 14. 11. 2026.");
	if (clock.len && !hearing_clock(clock, &minute))
		return fail(r->c, ERR_INVALID, "clock", "V kolik hodin: zapište čas ve tvaru 14:30.");
	*ret = prague_instant(day, minute * 60);
	return OK;
}

Err post_desk_record(Req *r) {
	Consultation *n;
	Comment      *k;
	TRY(period_of(r, &n));
	CommentNew typed = comment_typed_in(r);
	typed.channel = form(r, "channel");
	StoredFile *paper = NULL;
	Err delivered = read_delivered(r, &typed.delivered_at), e = upload_of_form(r, "file", &paper);
	e = delivered == OK ? e : delivered;
	typed.file = paper;
	typed.file_name = paper ? paper->name : (Str){0};
	e = e == OK ? comment_record(r->c, n->head.id, &typed, &k) : e;
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show_record(r, n, true);
	}
	TRY(e);
	notice(r, "Připomínka je zapsaná pod číslem %.*s.", STR_ARG(k->number));
	return redirect(r, "/app/pripominka/%lld", (long long)k->head.id);
}
