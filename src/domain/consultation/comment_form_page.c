/* comment_form_page.c: a comment is written by anybody; its author follows it by a private address. */
#include "base/text.h"
#include "domain/consultation/consultation.html.h"
#include "domain/consultation/consultation_page.h"

/* ---- fields, the same on the web and in the office ---- */

FieldView comment_choice(Req *r, const char *codelist, const char *name, const char *label, Str chosen, bool with_blank) {
	FieldView f = {.kind = with_blank ? FIELD_SELECT : FIELD_RADIOS, .name = str_c(name), .label = str_c(label), .error = field_problem(r, name)};
	CodeItems items;
	if (with_blank)
		*ARENA_PUSH(r->c->arena, f.options.at, f.options.len, f.options.cap) = (OptionView){.label = S("– vyberte –"), .chosen = !chosen.len};
	if (codelist_items(r->c, codelist, r->c->today, &items) != OK)
		return f;
	for (size_t i = 0; i < items.len; i++)
		*ARENA_PUSH(r->c->arena, f.options.at, f.options.len, f.options.cap) =
			(OptionView){.value = items.at[i]->code, .label = items.at[i]->name, .chosen = str_eq(items.at[i]->code, chosen)};
	return f;
}

static FieldView area(Req *r, const char *name, const char *label, const char *hint, int rows, bool optional) {
	return (FieldView){.kind = FIELD_AREA, .name = str_c(name), .label = str_c(label), .hint = str_c(hint), .rows = rows, .optional = optional, .value = form(r, name),
	                   .error = field_problem(r, name)};
}

void comment_fields(Req *r, CommentForm *f, bool is_known) {
	Str kind = form(r, "author_kind");
	f->text = area(r, "text", "Připomínka", "Co je v textu špatně nebo co v něm chybí.", 6, false);
	f->proposal = area(r, "proposal", "Navrhovaná změna", "Jak by mělo místo znít.", 4, true);
	f->justification = area(r, "justification", "Proč", "", 3, true);
	f->author_kind = comment_choice(r, "comment_author", "author_kind", "Připomínku podává", kind.len ? kind : S("citizen"), false);
	f->organisation = (FieldView){.name = S("organisation"), .label = S("Název organizace, obce nebo orgánu"), .optional = true, .value = form(r, "organisation"),
	                              .hint = S("Vyplňte, když nepíšete jako občan. Tento název se zveřejní."), .error = field_problem(r, "organisation"), .autocomplete = "organization"};
	f->name = (FieldView){.name = S("author_name"), .label = S("Vaše jméno"), .optional = true, .value = form(r, "author_name"), .error = field_problem(r, "author_name"),
	                      .hint = S("Bez vašeho souhlasu se nezveřejní; občan je v tabulce jen „občan“."), .autocomplete = "name"};
	f->email = (FieldView){.name = S("email"), .label = S("E-mail"), .optional = is_known, .type = "email", .autocomplete = "email", .value = form(r, "email"),
	                       .error = field_problem(r, "email"), .hint = S("Pošleme na něj odkaz k potvrzení a doručenku. Nezveřejní se.")};
	f->consent = (FieldView){.kind = FIELD_CHECK, .name = S("consent"), .value = S("1"), .label = S("Souhlasím se zveřejněním jména u připomínky"), .chosen = form_has(r, "consent")};
}

CommentNew comment_typed_in(Req *r) {
	return (CommentNew){.anchor = form(r, "anchor"), .text = form(r, "text"), .proposal = form(r, "proposal"), .justification = form(r, "justification"),
	                    .author_kind = form(r, "author_kind"), .organisation = form(r, "organisation"), .author_name = form(r, "author_name"), .email = form(r, "email"),
	                    .consent = form_has(r, "consent")};
}

bool is_filled_by_machine(Req *r) {
	return form(r, "adresa-webu").len > 0;
}

static ErrorsView *errors_of(Req *r, CommentForm *f) {
	FieldView all[] = {f->text, f->author_kind, f->organisation, f->name, f->email};
	return errors_view(r, all, LEN(all));
}

/* ---- writing one ---- */

static Err find_card(Req *r, const Consultation *n, CommentForm *f) {
	VersionCards all;
	TRY(version_cards_of(r->c, n->subject, &all));
	const VersionCard *card = version_card_find(&all, f->anchor);
	if (!card)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Taková karta v připomínkovaném návrhu není. Vyberte ji ze seznamu karet.");
	f->card = card->name;
	f->place_href = period_place_href(r, n->head.id, f->anchor);
	return OK;
}

static Err find_quote(Req *r, const Consultation *n, CommentForm *f) {
	Document       *d;
	DocumentVersion v;
	Paragraphs      text;
	if (!f->anchor.len)
		return OK;
	if (anchor_is_card(f->anchor))
		return find_card(r, n, f);
	TRY(consultation_text(r->c, n, &d, &v, &text));
	i64 at = paragraphs_find(&text, f->anchor);
	if (at < 0)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Takový odstavec v textu není. Vraťte se k textu a vyberte ho znovu.");
	f->quote = text.at[at].text;
	f->anchor = text.at[at].anchor;
	f->place_href = period_place_href(r, n->head.id, f->anchor);
	return OK;
}

static NoteView late_note(Req *r, const Consultation *n) {
	if (consultation_takes(n, r->c->now))
		return (NoteView){0};
	if (!consultation_takes_late(n, r->c->now))
		return (NoteView){.kind = NOTE_WARN, .title = S("Nepřijato:"), .text = S("Co jste napsali, zůstalo ve formuláři. Zkopírujte si to a pošlete úřadu jinak; kam, je na stránce řízení.")};
	return (NoteView){.kind = NOTE_WARN, .title = S("Po lhůtě:"), .text = S("Řízení už skončilo. Připomínku zapíšeme jako opožděnou; odpověď dostane, jen když o tom úřad rozhodne.")};
}

static Err show_form(Req *r, const Consultation *n, Str anchor) {
	Arena      *a = r->c->arena;
	Str         back = str_format(a, "/pripominky/%lld", (long long)n->head.id);
	CommentForm f = {.title = S("Napsat připomínku"), .lead = n->title, .back = back, .action = str_cat(a, back, S("/napsat")), .anchor = anchor,
	                 .is_known = is_signed_in(r) && may(r->c, CAP_COMMENT_CREATE), .is_sent = str_eq(query(r, "odeslano"), S("1")), .note = late_note(r, n)};
	TRY(find_quote(r, n, &f));
	comment_fields(r, &f, f.is_known);
	f.csrf = csrf_token(r, f.action);
	f.errors = errors_of(r, &f);
	f.back = f.anchor.len ? f.place_href : back;
	r->is_error = f.errors != NULL;
	r->no_index = true;
	crumb(r, S("Připomínky a projednání"), S("/pripominky"));
	crumb(r, n->title, back);
	view_comment_form(page(r, f.is_sent ? S("Potvrďte připomínku v e-mailu") : f.title), &f);
	return OK;
}

static Err not_taking(Req *r, const Consultation *n) {
	if (consultation_takes(n, r->c->now) || consultation_takes_late(n, r->c->now))
		return OK;
	return fail(r->c, ERR_CONFLICT, NULL, "Připomínky se teď v tomto řízení nepřijímají. Od kdy do kdy se přijímají, je na jeho stránce.");
}

Err page_comment_new(Req *r) {
	Id            id;
	Consultation *n;
	TRY(arg_id(r, 0, &id));
	TRY(consultation_public(r->c, id, &n));
	TRY(not_taking(r, n));
	return show_form(r, n, query(r, "odstavec"));
}

Err post_comment_new(Req *r) {
	Id            id;
	Consultation *n;
	Comment      *k = NULL;
	Str           link = {0};
	TRY(arg_id(r, 0, &id));
	TRY(consultation_public(r->c, id, &n));
	CommentNew typed = comment_typed_in(r);
	Err e = is_filled_by_machine(r) ? OK : comment_submit(r->c, id, &typed, r->http->client, &k, &link);
	if (e == ERR_INVALID || e == ERR_CONFLICT || e == ERR_RATE) {
		set_status(r, err_status(e));
		return show_form(r, n, typed.anchor);
	}
	TRY(e);
	return link.len ? redirect(r, "/pripominka/%.*s", STR_ARG(link)) : redirect(r, "/pripominky/%lld/napsat?odeslano=1", (long long)id);
}

/* ---- the private page ---- */

TagKind comment_tone(const Comment *k) {
	const State *s = machine_state(&comment_machine, k->state);
	return s ? work_tone(s->tone) : TAG_PLAIN;
}

static Str card_words(const CommentPlace *p) {
	switch (p->how) {
	case PLACE_SAME:
		return S("karta zůstala, jak byla");
	case PLACE_CHANGED:
		return S("karta se změnila");
	case PLACE_PERSON:
		return S("úřad ji umístil ke kartě");
	default:
		return S("kam patří v nové verzi, úřad teprve určí");
	}
}

static Str place_words(Req *r, const CommentPlace *p) {
	if (anchor_is_card(p->anchor))
		return card_words(p);
	switch (p->how) {
	case PLACE_SAME:
		return S("odstavec zůstal, jak byl");
	case PLACE_MOVED:
		return S("odstavec se přesunul beze změny");
	case PLACE_CHANGED:
		return S("odstavec se změnil");
	case PLACE_GONE:
		return S("odstavec v nové verzi není");
	case PLACE_PERSON:
		return p->anchor.len ? S("úřad ji umístil k odstavci") : S("v nové verzi k žádnému odstavci nepatří");
	default:
		return str_dup(r->c->arena, S("kam patří v nové verzi, úřad teprve určí"));
	}
}

static Err add_places(Req *r, OwnComment *v) {
	CommentPlaces places;
	TRY(places_of(r->c, v->k->head.id, &places));
	for (size_t i = 0; i < places.len; i++) {
		const CommentPlace *p = &places.at[i];
		DocumentVersion     version;
		size_t              said = r->c->problems.len;
		if (version_get(r->c, p->version, &version) != OK) {
			r->c->problems.len = said;           /* not for the public yet */
			continue;
		}
		PairView pair = {.label = str_format(r->c->arena, "Ve verzi č. %lld", (long long)version.no), .value = place_words(r, p)};
		if (anchor_is_card(p->anchor))
			TRY(version_card_href(r->c, p->anchor, &pair.href));
		else if (p->anchor.len)
			pair.href = str_format(r->c->arena, "/dokumenty/%lld/verze/%lld#%.*s", (long long)version.document, (long long)version.no, STR_ARG(p->anchor));
		*ARENA_PUSH(r->c->arena, v->places.at, v->places.len, v->places.cap) = pair;
	}
	return OK;
}

Err page_own_comment(Req *r) {
	Comment      *k;
	Consultation *n;
	TRY(comment_by_link(r->c, arg(r, 0), &k));
	TRY(consultation_public(r->c, k->consultation, &n));
	OwnComment v = {.k = k, .period = n->title, .period_href = str_format(r->c->arena, "/pripominky/%lld", (long long)n->head.id),
	                .place_href = period_place_href(r, n->head.id, k->anchor), .action = str_cat(r->c->arena, S("/pripominka/"), arg(r, 0)),
	                .state = state_title(&comment_machine, k->state), .tone = comment_tone(k), .delivered = instant_words(r, k->delivered_at),
	                .waits = str_eq(k->state, S(COMMENT_UNCONFIRMED))};
	TRY(settlement_of(r->c, k, &v.answers));
	TRY(add_places(r, &v));
	if (!v.waits && str_eq(query(r, "potvrzeno"), S("1")))
		v.note = (NoteView){.kind = NOTE_OK, .title = S("Připomínka je přijatá."), .is_result = true,
		                    .text = str_format(r->c->arena, "Má číslo %.*s. Tuto adresu si uložte, najdete na ní odpověď.", STR_ARG(k->number))};
	v.csrf = csrf_token(r, v.action);
	r->no_index = true;
	http_set_header(r->http, r->res, "Referrer-Policy", S("no-referrer"));
	crumb(r, S("Připomínky a projednání"), S("/pripominky"));
	crumb(r, n->title, v.period_href);
	view_own_comment(page(r, k->number.len ? str_cat(r->c->arena, S("Vaše připomínka "), k->number) : S("Potvrďte svou připomínku")), &v);
	return OK;
}

Err post_own_comment(Req *r) {
	Comment *k;
	TRY(comment_confirm(r->c, arg(r, 0), &k));
	return redirect(r, "/pripominka/%.*s?potvrzeno=1", STR_ARG(arg(r, 0)));
}
