/* consultation_public_page.c: comment periods for everybody: which there are, one of them, its text paragraph by paragraph. */
#include "base/format.h"
#include "core/deadline.h"
#include "domain/consultation/consultation.html.h"
#include "domain/consultation/consultation_page.h"
#include "domain/consultation/hearing.h"
#include "domain/library/paragraphs_page.h"

/* ---- pieces ---- */

Str instant_words(Req *r, Instant t) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_instant(&b, t);
	return buf_take(&b, r->c->arena);
}

Str day_words(Req *r, Date d) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_date(&b, d);
	return buf_take(&b, r->c->arena);
}

bool typed_day(Str typed, Date *ret) {
	const char *why;
	return read_date(typed, ret, &why) && date_is(*ret);
}

void add_pair(Req *r, PairViews *pairs, const char *label, Str value) {
	if (value.len)
		*ARENA_PUSH(r->c->arena, pairs->at, pairs->len, pairs->cap) = (PairView){.label = str_c(label), .value = value};
}

Str period_place_href(Req *r, Id consultation, Str anchor) {
	return anchor.len ? str_format(r->c->arena, "/pripominky/%lld/%s#%.*s", (long long)consultation, anchor_is_card(anchor) ? "karty" : "text", STR_ARG(anchor)) : (Str){0};
}

Err period_cards_link(Req *r, const Consultation *n, Str *href, Str *label) {
	VersionCards all;
	TRY(version_cards_of(r->c, n->subject, &all));
	if (!all.len)
		return OK;
	*href = str_format(r->c->arena, "/pripominky/%lld/karty", (long long)n->head.id);
	*label = str_format(r->c->arena, "Karty aktivit (%zu)", all.len);
	return OK;
}

TagKind period_tone(const Consultation *n) {
	const State *s = machine_state(&consultation_machine, n->state);
	return s ? work_tone(s->tone) : TAG_PLAIN;
}

/* By the clock: "se sbírají" on the first second of the first day. */
static Str state_now(Req *r, const Consultation *n) {
	if (consultation_takes(n, r->c->now))
		return S("připomínky se sbírají");
	return state_title(&consultation_machine, n->state);
}

PeriodLine period_line(Req *r, const Consultation *n, bool office) {
	return (PeriodLine){.href = str_format(r->c->arena, "%s/pripominky/%lld", office ? "/app" : "", (long long)n->head.id), .title = n->title,
	                    .when = consultation_when(r->c->arena, n), .state = state_now(r, n), .who = n->who, .about = n->about,
	                    .left = consultation_takes(n, r->c->now) ? deadline_left_text(r->c->arena, consultation_closes(n), false, r->c->now) : (Str){0},
	                    .tone = consultation_takes(n, r->c->now) ? TAG_OK : period_tone(n)};
}

static void add_line(Req *r, PeriodsPage *v, const Consultation *n) {
	bool         is_over = consultation_is(n, CONSULTATION_CANCELLED) || r->c->now.ms >= consultation_closes(n).ms;
	PeriodLines *to = is_over ? &v->past : consultation_takes(n, r->c->now) ? &v->now : &v->coming;
	*ARENA_PUSH(r->c->arena, to->at, to->len, to->cap) = period_line(r, n, v->office);
}

static ItemView hearing_item(Req *r, const Hearing *h) {
	return (ItemView){.href = str_format(r->c->arena, "/projednani/%lld", (long long)h->head.id), .text = h->title,
	                  .meta = str_format(r->c->arena, "%.*s, %.*s", STR_ARG(hearing_when(r->c->arena, h)), STR_ARG(hearing_where(r->c->arena, h)))};
}

static Err add_hearings(Req *r, PeriodsPage *v) {
	Hearings coming;
	TRY(hearing_coming(r->c, &coming));
	for (size_t i = 0; i < coming.len; i++)
		*ARENA_PUSH(r->c->arena, v->hearings.at, v->hearings.len, v->hearings.cap) = hearing_item(r, coming.at[i]);
	return OK;
}

static Err show_periods(Req *r, PeriodsPage v) {
	Consultations all;
	if (!v.office)
		TRY(add_hearings(r, &v));
	TRY(consultation_list(r->c, &all));
	for (size_t i = 0; i < all.len; i++)
		if (v.office || consultation_is_public(all.at[i]))
			add_line(r, &v, all.at[i]);
	view_consultations(page(r, v.office ? S("Připomínková řízení") : S("Připomínky a projednání")), &v);
	return OK;
}

Err page_periods(Req *r) {
	return show_periods(r, (PeriodsPage){0});
}

Err page_desk_periods(Req *r) {
	return show_periods(r, (PeriodsPage){.office = true, .new_href = may(r->c, CAP_CONSULTATION_CREATE) ? S("/app/pripominky/nove") : (Str){0}});
}

/* ---- one of them ---- */

static Err period_of(Req *r, Consultation **n) {
	Id id;
	TRY(arg_id(r, 0, &id));
	return consultation_public(r->c, id, n);
}

static NoteView note_of(Req *r, const Consultation *n) {
	if (consultation_is(n, CONSULTATION_CANCELLED))
		return (NoteView){.kind = NOTE_WARN, .title = S("Zrušeno:"), .text = S("Toto připomínkové řízení bylo zrušeno. Připomínky, které přišly, zůstávají uložené.")};
	if (consultation_takes(n, r->c->now))
		return (NoteView){.kind = NOTE_OK, .title = S("Připomínky se sbírají."), .text = S("Včas je, co odešlete do půlnoci posledního dne; rozhoduje čas serveru.")};
	if (r->c->now.ms < consultation_opens(n).ms)
		return (NoteView){.kind = NOTE_INFO, .title = S("Připravujeme:"), .text = S("Text si můžete přečíst už teď. Připomínky začneme přijímat první den v 0:00.")};
	if (consultation_is(n, CONSULTATION_PUBLISHED))
		return (NoteView){.kind = NOTE_INFO, .title = S("Vypořádáno:"), .text = S("Každá připomínka má odpověď. Přečtěte si, co se podle nich změnilo.")};
	return (NoteView){.kind = NOTE_INFO, .title = S("Sběr skončil:"), .text = consultation_takes_late(n, r->c->now)
		? S("Připomínky vypořádáváme. Opožděné ještě zapíšeme, odpověď ale dostanou, jen když o tom úřad rozhodne.") : S("Připomínky vypořádáváme. Odpovědi zveřejníme všechny najednou.")};
}

static Err add_counts(Req *r, PeriodPage *v) {
	CommentCounts k;
	TRY(comment_counts(r->c, v->n->head.id, &k));
	add_pair(r, &v->counts, "Přijato připomínek", str_format(r->c->arena, "%lld", (long long)k.all));
	if (consultation_is(v->n, CONSULTATION_PUBLISHED))
		add_pair(r, &v->counts, "Vypořádáno", str_format(r->c->arena, "%lld", (long long)k.decided));
	if (k.late)
		add_pair(r, &v->counts, "Opožděných", str_format(r->c->arena, "%lld", (long long)k.late));
	return OK;
}

static DeadlineView due_of(Req *r, const Consultation *n) {
	bool    begins = r->c->now.ms < consultation_opens(n).ms;
	Instant at = begins ? consultation_opens(n) : consultation_closes(n);
	Str     why = str_format(r->c->arena, "Připomínkuje se %.*s.\nPrvní i poslední den se počítají celé.\nRozhoduje čas serveru v pásmu Europe/Prague.", STR_ARG(consultation_when(r->c->arena, n)));
	return deadline_view(r->c->arena, at, n->title, (Str){0}, (Str){0}, why, begins, r->c->now);
}

/* In the order of the code list. The form on the web stands above them while it takes comments. */
static Err add_channels(Req *r, const Consultation *n, PeriodPage *v) {
	CodeItems all;
	TRY(codelist_items(r->c, "comment_channel", r->c->today, &all));
	for (size_t i = 0; i < all.len; i++)
		for (size_t k = 0; k < n->channels.len; k++)
			if (str_eq(n->channels.at[k], all.at[i]->code) && !(v->takes && str_eq(all.at[i]->code, S("web"))))
				strs_add(r->c->arena, &v->channels, all.at[i]->name);
	return OK;
}

static Err add_bound(Req *r, PeriodPage *v) {
	Hearings all;
	TRY(hearing_of(r->c, consultation_entity.name, v->n->head.id, &all));
	for (size_t i = 0; i < all.len; i++)
		if (hearing_is_published(all.at[i]))
			*ARENA_PUSH(r->c->arena, v->hearings.at, v->hearings.len, v->hearings.cap) = hearing_item(r, all.at[i]);
	return OK;
}

Err page_period(Req *r) {
	Consultation *n;
	Document     *d;
	DocumentVersion version;
	Paragraphs    text;
	TRY(period_of(r, &n));
	TRY(consultation_text(r->c, n, &d, &version, &text));
	Arena *a = r->c->arena;
	Str    base = str_format(a, "/pripominky/%lld", (long long)n->head.id);
	PeriodPage v = {.n = n, .when = consultation_when(a, n), .state = state_now(r, n), .tone = consultation_takes(n, r->c->now) ? TAG_OK : period_tone(n),
	                .document = str_format(a, "%.*s, verze č. %lld", STR_ARG(d->title), (long long)version.no),
	                .document_href = str_format(a, "/dokumenty/%lld/verze/%lld", (long long)d->head.id, (long long)version.no), .read_href = str_cat(a, base, S("/text")),
	                .write_href = str_cat(a, base, S("/napsat")), .print_href = str_cat(a, base, S("/formular")), .note = note_of(r, n),
	                .takes = consultation_takes(n, r->c->now), .takes_late = consultation_takes_late(n, r->c->now)};
	TRY(add_channels(r, n, &v));
	if (!consultation_is(n, CONSULTATION_CANCELLED) && r->c->now.ms < consultation_closes(n).ms)
		v.due = due_of(r, n);
	if (consultation_is(n, CONSULTATION_PUBLISHED))
		v.settlement_href = str_cat(a, base, S("/vyporadani"));
	if (access_scope(r->c, CAP_SETTLEMENT_READ).all)
		v.office_href = str_cat(a, S("/app"), base);
	TRY(add_counts(r, &v));
	TRY(add_bound(r, &v));
	TRY(period_cards_link(r, n, &v.cards_href, &v.cards));
	crumb(r, S("Připomínky a projednání"), S("/pripominky"));
	r->description = n->about;
	view_consultation(page(r, n->title), &v);
	return OK;
}

/* ---- the text ---- */

typedef struct Below { Req *r; Id consultation; } Below;

/* Enough words to know the paragraph by, the last one whole. */
static Str first_words(Arena *a, Str text) {
	Str s = utf8_first(text, 60);
	if (s.len == text.len)
		return s;
	while (s.len && s.ptr[s.len - 1] != ' ')
		s.len--;
	return str_cat(a, str_trim(s.len ? s : utf8_first(text, 60)), S("…"));
}

static Html comment_link(void *arg, const Paragraph *p) {
	const Below *b = arg;
	Arena       *a = b->r->c->arena;
	CLEANUP(buf_free) Out out = {0};
	if (p->kind != PARAGRAPH_HEADING)
		view_comment_link(&out, str_format(a, "/pripominky/%lld/napsat?odstavec=%.*s", (long long)b->consultation, STR_ARG(p->anchor)), first_words(a, p->text));
	return (Html){buf_take(&out, a)};
}

Err page_period_text(Req *r) {
	Consultation   *n;
	Document       *d;
	DocumentVersion version;
	Paragraphs      text;
	TRY(period_of(r, &n));
	TRY(consultation_text(r->c, n, &d, &version, &text));
	if (str_eq(version.state, S(VERSION_WITHDRAWN)) && !may(r->c, CAP_CONSULTATION_UPDATE))
		return fail(r->c, ERR_GONE, NULL, "Připomínkovaná verze byla odvolána: %.*s Vypořádání připomínek zůstává zveřejněné.", STR_ARG(version.withdrawn_why));
	bool       takes = consultation_takes(n, r->c->now) || consultation_takes_late(n, r->c->now);
	Below      below = {r, n->head.id};
	Str        back = str_format(r->c->arena, "/pripominky/%lld", (long long)n->head.id);
	PeriodText v = {.title = d->title, .back = back, .takes = takes, .write_href = str_cat(r->c->arena, back, S("/napsat")),
	                .lead = takes ? S("Připomínku můžete dát k celému dokumentu, nebo k jednomu odstavci.") : S("Text, který se připomínkuje.")};
	v.text = paragraphs_html(r->c->arena, &text, &(ParagraphsView){.shift = 1, .linked = true, .below = takes ? comment_link : NULL, .arg = &below});
	v.contents = paragraphs_contents(r->c->arena, &text, 3, (Str){0});
	TRY(period_cards_link(r, n, &v.cards_href, &v.cards));
	crumb(r, S("Připomínky a projednání"), S("/pripominky"));
	crumb(r, n->title, back);
	view_consultation_text(page(r, str_format(r->c->arena, "%.*s, text k připomínkám", STR_ARG(d->title))), &v);
	return OK;
}

Err page_period_form(Req *r) {
	Consultation *n;
	TRY(period_of(r, &n));
	PeriodPage v = {.n = n, .when = consultation_when(r->c->arena, n)};
	crumb(r, S("Připomínky a projednání"), S("/pripominky"));
	crumb(r, n->title, str_format(r->c->arena, "/pripominky/%lld", (long long)n->head.id));
	view_consultation_form(page(r, S("Formulář připomínky k vytištění")), &v);
	return OK;
}
