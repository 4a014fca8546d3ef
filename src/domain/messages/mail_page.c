/* mail_page.c: the state of the mail and the log of letters. */
#include "domain/messages/mail_page.h"

#include "core/mail_send.h"
#include "core/settings.h"
#include "domain/messages/mail.html.h"
#include "domain/messages/mail_command.h"
#include "domain/messages/mail_views_page.h"
#include "domain/people/people.h"

enum { SHOWN = 50, BOUNCES_SHOWN = 200 };
#define HOME "/app/sprava/posta"

static void crumbs(Req *r, bool below) {
	crumb(r, S("Správa"), S("/app/sprava"));
	if (below)
		crumb(r, S("Pošta"), S(HOME));
}

/* ---- the crossroads ---- */

static KpiView kpi(Arena *a, const char *label, i64 n, const char *note) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_int(&b, n);
	return (KpiView){.label = str_c(label), .value = buf_take(&b, a), .note = str_c(note)};
}

static NoteView state_note(const MailHealth *h) {
	if (!h->ready)
		return (NoteView){.kind = NOTE_WARN, .title = S("Pošta neodchází:"), .text = h->why};
	if (h->problem.len)
		return (NoteView){.kind = NOTE_ERR, .title = S("Pošta neodchází:"), .text = h->problem};
	return (NoteView){.kind = NOTE_OK, .title = S("Pošta odchází."), .text = h->sent_at.ms ? S("Poštovní server přebírá dopisy.") : S("Zatím neodešel žádný dopis.")};
}

static Err kind_views(Req *r, MailKindViews *ret) {
	Str  subject, body;
	bool edited;
	for (size_t i = 0; mail_kind(i); i++) {
		const MailKind *k = mail_kind(i);
		TRY(mail_text(r->c, k, &subject, &body, &edited));
		*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) =
			(MailKindView){.title = str_c(k->title), .help = str_c(k->help), .edited = edited, .switchable = k->topic || str_starts(str_c(k->key), S("core.")),
			               .href = str_format(r->c->arena, HOME "/texty/%s", k->key)};
	}
	return OK;
}

Err page_mail(Req *r) {
	Arena   *a = r->c->arena;
	MailPage v = {.csrf_test = csrf_token(r, S(HOME "/zkouska")), .csrf_ask = csrf_token(r, S(HOME "/zeptat")), .may_set = may(r->c, "admin.settings")};
	TRY(mail_health(r->c, &v.health));
	TRY(account_login(r->c, r->c->actor->account, &v.address));
	v.note = state_note(&v.health);
	*ARENA_PUSH(a, v.counts.at, v.counts.len, v.counts.cap) = kpi(a, "Čeká na odeslání", v.health.queued, "");
	*ARENA_PUSH(a, v.counts.at, v.counts.len, v.counts.cap) = kpi(a, "Nedoručeno za 7 dní", v.health.failed, "");
	*ARENA_PUSH(a, v.counts.at, v.counts.len, v.counts.cap) = kpi(a, "Nedoručitelné adresy", v.health.bounces, "");
	TRY(kind_views(r, &v.kinds));
	crumbs(r, false);
	view_mail(page(r, S("Pošta")), &v);
	return OK;
}

Err post_mail_test(Req *r) {
	TRY(mail_test(r->c, r->c->actor->account, (Str){0}));
	notice(r, "Zkušební dopis čeká na odeslání. Jak dopadl, uvidíte mezi dopisy.");
	return redirect(r, HOME "/dopisy");
}

Err post_mail_ask(Req *r) {
	TRY(mail_ask_now(r->c));
	notice(r, "Poštovní server se zkusí znovu do několika vteřin.");
	return redirect(r, HOME);
}

/* ---- the log ---- */

static LetterView letter_view(Req *r, const LetterRow *l) {
	const MailKind *k = mail_kind_find(l->kind);
	bool bad = str_eq(l->state, S("failed")) || str_eq(l->state, S("given_up"));
	return (LetterView){.l = l, .href = str_format(r->c->arena, HOME "/dopisy/%lld", (long long)l->id), .kind = k ? str_c(k->title) : l->kind,
	                    .state = str_c(letter_state_word(l->state)), .state_kind = bad ? TAG_ERR : str_eq(l->state, S("sent")) ? TAG_OK : TAG_INFO};
}

static FieldView state_field(Req *r, Str chosen) {
	static const char *const states[] = {"", "queued", "sending", "sent", "failed", "given_up", "cancelled"};
	FieldView f = {.kind = FIELD_SELECT, .name = S("stav"), .label = S("Stav")};
	for (size_t i = 0; i < LEN(states); i++)
		*ARENA_PUSH(r->c->arena, f.options.at, f.options.len, f.options.cap) =
			(OptionView){.value = str_c(states[i]), .label = i ? str_c(letter_state_word(str_c(states[i]))) : S("všechny"), .chosen = str_eq(chosen, str_c(states[i]))};
	return f;
}

Err page_letters(Req *r) {
	Ctx        *c = r->c;
	LetterRows  rows;
	LettersPage v = {0};
	LetterQuery q = {.state = query(r, "stav"), .address = query(r, "adresa"), .limit = SHOWN + 1};
	if (q.state.len && !*letter_state_word(q.state))
		return fail(c, ERR_MALFORMED, NULL, "Takový stav dopisu není. Vyberte jej ze seznamu.");
	if (utf8_count(q.address) > 254)
		return fail(c, ERR_MALFORMED, NULL, "Hledaná adresa je příliš dlouhá. Zkraťte ji.");
	TRY(query_int(r, "pred", 0, 0, INT64_MAX, &q.before));
	TRY(letters_list(c, q, &rows));
	for (size_t i = 0; i < rows.len && i < SHOWN; i++)
		*ARENA_PUSH(c->arena, v.list.at, v.list.len, v.list.cap) = letter_view(r, &rows.at[i]);
	if (rows.len > SHOWN)
		v.next = url_with(r, "pred", str_format(c->arena, "%lld", (long long)rows.at[SHOWN - 1].id));
	v.state = state_field(r, q.state);
	v.address = (FieldView){.name = S("adresa"), .label = S("Příjemce"), .hint = S("Celá adresa nebo její část"), .value = q.address, .type = "search"};
	crumbs(r, true);
	view_letters(page(r, S("Dopisy")), &v);
	return OK;
}

static Str instant_text(Arena *a, Instant t) {
	CLEANUP(buf_free) Buf b = {0};
	if (t.ms)
		fmt_instant(&b, t);
	return buf_take(&b, a);
}

static void add_pair(Req *r, LetterPage *v, const char *label, Str value) {
	if (value.len)
		*ARENA_PUSH(r->c->arena, v->pairs.at, v->pairs.len, v->pairs.cap) = (PairView){.label = str_c(label), .value = value};
}

static Err show_letter(Req *r, LetterRow *l) {
	Arena     *a = r->c->arena;
	LetterPage v = {.v = letter_view(r, l)};
	bool waits = str_eq(l->state, S("queued"));
	add_pair(r, &v, "Příjemce", l->address);
	add_pair(r, &v, "Druh dopisu", v.v.kind);
	add_pair(r, &v, "Vznikl", instant_text(a, l->created));
	add_pair(r, &v, "Pokusů o doručení", str_format(a, "%lld", (long long)l->attempts));
	add_pair(r, &v, "Další pokus", waits ? instant_text(a, l->next_attempt) : (Str){0});
	add_pair(r, &v, "Skončil", instant_text(a, l->ended));
	add_pair(r, &v, "Odpověď poštovního serveru", l->answer);
	if (letter_may_go_again(l)) {
		v.again = str_cat(a, v.v.href, S("/znovu"));
		v.csrf_again = csrf_token(r, v.again);
	}
	if (waits) {
		v.cancel = str_cat(a, v.v.href, S("/zastavit"));
		v.csrf_cancel = csrf_token(r, v.cancel);
	}
	crumbs(r, true);
	crumb(r, S("Dopisy"), S(HOME "/dopisy"));
	view_letter(page(r, str_format(a, "Dopis č. %lld", (long long)l->id)), &v);
	return OK;
}

Err page_letter(Req *r) {
	Id        id;
	LetterRow l;
	TRY(arg_id(r, 0, &id));
	TRY(letter_get(r->c, id, &l));
	return show_letter(r, &l);
}

Err post_letter_again(Req *r) {
	Id id;
	TRY(arg_id(r, 0, &id));
	TRY(letter_again(r->c, id));
	notice(r, "Dopis se pošle znovu.");
	return redirect(r, HOME "/dopisy/%lld", (long long)id);
}

Err post_letter_cancel(Req *r) {
	Id id;
	TRY(arg_id(r, 0, &id));
	TRY(letter_cancel(r->c, id));
	notice(r, "Dopis je zastavený, neodejde.");
	return redirect(r, HOME "/dopisy/%lld", (long long)id);
}

/* ---- addresses that cannot be reached ---- */

Err page_bounces(Req *r) {
	BounceRows  rows;
	BounceViews v = {0};
	Str         csrf = csrf_token(r, S(HOME "/adresy"));
	TRY(bounces_list(r->c, BOUNCES_SHOWN, &rows));
	for (size_t i = 0; i < rows.len; i++)
		*ARENA_PUSH(r->c->arena, v.at, v.len, v.cap) = (BounceView){&rows.at[i], csrf};
	crumbs(r, true);
	view_bounces(page(r, S("Nedoručitelné adresy")), v);
	return OK;
}

Err post_bounce_forget(Req *r) {
	TRY(bounce_forget(r->c, form(r, "address")));
	notice(r, "Na adresu %.*s se bude zase psát.", STR_ARG(utf8_first(form(r, "address"), 254)));
	return redirect(r, HOME "/adresy");
}
