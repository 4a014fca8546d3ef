/* consultation_page.h: handlers of comment periods and their routes. */
#pragma once
#include "domain/consultation/consultation_views_page.h"
#include "domain/consultation/version_card.h"
#include "domain/library/document_page.h"
#include "web/print.h"
#include "web/screen.h"

Err page_periods(Req *r);
Err page_period(Req *r);
Err page_period_text(Req *r);
Err page_period_cards(Req *r);
Err page_period_form(Req *r);
Err page_comment_new(Req *r);
Err post_comment_new(Req *r);
Err page_own_comment(Req *r);
Err post_own_comment(Req *r);
Err page_settlement(Req *r);
Err page_settlement_pdf(Req *r);
Err page_settlement_docx(Req *r);

Err page_desk_periods(Req *r);
Err page_desk_period(Req *r);
Err post_desk_period(Req *r);
Err page_desk_new(Req *r);
Err post_desk_new(Req *r);
Err page_desk_edit(Req *r);
Err post_desk_edit(Req *r);
Err page_desk_record(Req *r);
Err post_desk_record(Req *r);
Err page_desk_comment(Req *r);
Err page_desk_comment_history(Req *r);
Err post_desk_comment(Req *r);
Err page_desk_comment_paper(Req *r);
Err page_desk_places(Req *r);
Err post_desk_places(Req *r);

#define COMMENT_TYPED "anchor,text,proposal,justification,author_kind,organisation,author_name,email,consent,adresa-webu"
#define CONSULTATION_ROUTES \
	{GET, "/pripominky", page_periods, ANYONE, .parameters = "", .title = "Připomínky a projednání"}, \
	{GET, "/pripominky/{id}", page_period, ANYONE, .parameters = ""}, \
	{GET, "/pripominky/{id}/text", page_period_text, ANYONE, .parameters = ""}, \
	{GET, "/pripominky/{id}/karty", page_period_cards, ANYONE, .parameters = ""}, \
	{GET, "/pripominky/{id}/formular", page_period_form, ANYONE, .parameters = ""}, \
	{GET, "/pripominky/{id}/napsat", page_comment_new, ANYONE, .parameters = "odstavec,odeslano"}, \
	{POST, "/pripominky/{id}/napsat", post_comment_new, ANYONE, .own_token = true, .body_limit = 1 << 20, .field_limit = 256 << 10, .fields = COMMENT_TYPED}, \
	{GET, "/pripominky/{id}/vyporadani", page_settlement, ANYONE, .formats = true, .parameters = "q,vysledek,kapitola,strana"}, \
	{GET, "/pripominky/{id}/vyporadani/pdf", page_settlement_pdf, ANYONE, .lane = LANE_EXPORT, .seconds = 60}, \
	{POST, "/pripominky/{id}/vyporadani/pdf", page_settlement_pdf, ANYONE, .lane = LANE_EXPORT, .seconds = 60, .own_token = true, .fields = ""}, \
	{GET, "/pripominky/{id}/vyporadani/docx", page_settlement_docx, ANYONE, .lane = LANE_EXPORT, .seconds = 60}, \
	{GET, "/pripominka/{token}", page_own_comment, ANYONE, .parameters = "potvrzeno"}, \
	{POST, "/pripominka/{token}", post_own_comment, ANYONE, .own_token = true, .fields = ""}, \
	{GET, "/app/pripominky", page_desk_periods, CAP_CONSULTATION_READ, .parameters = "", .title = "Připomínková řízení"}, \
	{GET, "/app/pripominky/nove", page_desk_new, CAP_CONSULTATION_CREATE, .parameters = "verze"}, \
	{POST, "/app/pripominky/nove", post_desk_new, CAP_CONSULTATION_CREATE, .lists = "channels"}, \
	{GET, "/app/pripominky/{id}", page_desk_period, CAP_SETTLEMENT_READ, .parameters = "q,stav,povaha,strana"}, \
	{POST, "/app/pripominky/{id}", post_desk_period, CAP_CONSULTATION_READ, .lists = "pripominka", .fields = "last_day,krok,assigned,pripominka,resolution"}, \
	{GET, "/app/pripominky/{id}/upravit", page_desk_edit, CAP_CONSULTATION_UPDATE}, \
	{POST, "/app/pripominky/{id}/upravit", post_desk_edit, CAP_CONSULTATION_UPDATE, .lists = "channels"}, \
	{GET, "/app/pripominky/{id}/zapsat", page_desk_record, CAP_COMMENT_UPDATE, .parameters = ""}, \
	{POST, "/app/pripominky/{id}/zapsat", post_desk_record, CAP_COMMENT_UPDATE, .uploads = true, .body_limit = UPLOAD_BODY, .field_limit = 256 << 10, .seconds = 120, \
	 .fields = COMMENT_TYPED ",channel,day,clock"}, \
	{GET, "/app/pripominka/{id}/podani", page_desk_comment_paper, CAP_COMMENT_UPDATE, .parameters = "", .lane = LANE_EXPORT}, \
	{GET, "/app/pripominky/{id}/umisteni", page_desk_places, CAP_COMMENT_UPDATE, .parameters = ""}, \
	{POST, "/app/pripominky/{id}/umisteni", post_desk_places, CAP_COMMENT_UPDATE, .fields = "comment,document_version,anchor"}, \
	{GET, "/app/pripominka/{id}", page_desk_comment, CAP_SETTLEMENT_READ, .parameters = ""}, \
	{POST, "/app/pripominka/{id}", post_desk_comment, CAP_SETTLEMENT_READ, .field_limit = 256 << 10, \
	 .fields = "krok,kind,assigned,parts,into,result,reasoning,changed_anchor,body,meeting,decided_on,redacted_text,redacted_why"}, \
	{GET, "/app/pripominka/{id}/historie", page_desk_comment_history, CAP_SETTLEMENT_READ, .entity = &comment_entity}

/* ---- pieces ---- */

TagKind   period_tone(const Consultation *n);
TagKind   comment_tone(const Comment *k);
PeriodLine period_line(Req *r, const Consultation *n, bool office);
FieldView comment_choice(Req *r, const char *codelist, const char *name, const char *label, Str chosen, bool with_blank);
/* The place in the commented version: "/pripominky/3/text#o3k7", "/pripominky/3/karty#karta-12"; blank for the whole document. */
Str       period_place_href(Req *r, Id consultation, Str anchor);
/* Paragraphs and cards of a version, to choose one. */
void      period_place_options(Req *r, const Paragraphs *text, const VersionCards *cards, Str chosen, FieldView *f);
/* "Karty aktivit (12)" and the way to them; nothing when the version has none. */
MUST_USE Err period_cards_link(Req *r, const Consultation *n, Str *href, Str *label);
Str       instant_words(Req *r, Instant t);
Str       day_words(Req *r, Date d);
/* False when it is blank or no day. */
bool      typed_day(Str typed, Date *ret);
void      add_pair(Req *r, PairViews *pairs, const char *label, Str value);
/* What a form of a comment sent; the same on the web and in the office. */
CommentNew comment_typed_in(Req *r);
/* Fields of the form with what was typed and what is wrong. */
void      comment_fields(Req *r, CommentForm *f, bool is_known);
/* People do not see that field: what fills it in gets its thanks and nothing else. */
bool      is_filled_by_machine(Req *r);
