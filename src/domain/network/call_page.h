/* call_page.h: handlers of calls, applications, statements and points; their routes and rows; what they hand to the templates. */
#pragma once
#include "domain/network/draft_years_page.h"
#include "domain/collection/collection_page.h"
#include "domain/network/call_demo.h"
#include "domain/network/score.h"
#include "domain/rulebook/calculation_page.h"
#include "web/module.h"
#include "web/parts.h"
#include "web/screen.h"
#include "web/work.h"

Err page_calls(Req *r);
Err page_call(Req *r);
Err page_office_calls(Req *r);
Err page_call_new(Req *r);
Err post_call_new(Req *r);
Err page_office_call(Req *r);
Err post_office_call(Req *r);
Err page_call_edit(Req *r);
Err post_call_edit(Req *r);
Err post_call_prolong(Req *r);
Err page_call_asked(Req *r);
Err post_call_asked(Req *r);
Err post_call_asked_remove(Req *r);
Err page_call_template(Req *r);
Err page_application_new(Req *r);
Err post_application_new(Req *r);
Err page_application(Req *r);
Err post_application(Req *r);
Err post_application_propose(Req *r);
Err post_application_reviewer(Req *r);
Err page_statement(Req *r);
Err post_statement(Req *r);
Err page_sheets(Req *r);
Err page_sheet(Req *r);
Err post_sheet(Req *r);
Err post_sheet_points(Req *r);

#define CALL_ROUTES \
	{GET, "/vyzvy", page_calls, ANYONE, .parameters = "archiv", .title = "Výzvy"}, \
	{GET, "/vyzvy/{id}", page_call, ANYONE, .parameters = ""}, \
	{GET, "/vyzvy/{id}/vzor/{prilohy}", page_call_template, ANYONE, .parameters = "", .lane = LANE_EXPORT, .seconds = 60}, \
	{GET, "/app/vyzvy", page_office_calls, CAP_CALL_UPDATE, .parameters = "", .title = "Výzvy"}, \
	{GET, "/app/vyzvy/nova", page_call_new, CAP_CALL_CREATE, .parameters = ""}, \
	{POST, "/app/vyzvy/nova", post_call_new, CAP_CALL_CREATE, .lists = "types,kinds,districts"}, \
	{GET, "/app/vyzvy/{id}", page_office_call, CAP_CALL_READ, .parameters = ""}, \
	{POST, "/app/vyzvy/{id}", post_office_call, CAP_CALL_READ}, \
	{GET, "/app/vyzvy/{id}/upravit", page_call_edit, CAP_CALL_UPDATE, .parameters = ""}, \
	{POST, "/app/vyzvy/{id}/upravit", post_call_edit, CAP_CALL_UPDATE, .lists = "types,kinds,districts"}, \
	{POST, "/app/vyzvy/{id}/prodlouzit", post_call_prolong, CAP_CALL_UPDATE, .fields = "closes_rule"}, \
	{GET, "/app/vyzvy/{id}/prilohy", page_call_asked, CAP_CALL_UPDATE, .parameters = ""}, \
	{POST, "/app/vyzvy/{id}/prilohy", post_call_asked, CAP_CALL_UPDATE, .uploads = true, .body_limit = UPLOAD_BODY, .seconds = 120}, \
	{POST, "/app/vyzvy/{id}/prilohy/{prilohy}/odebrat", post_call_asked_remove, CAP_CALL_UPDATE, .fields = ""}, \
	{GET, "/app/vyzvy/{id}/zadost", page_application_new, CAP_APPLICATION_CREATE, .parameters = ""}, \
	{POST, "/app/vyzvy/{id}/zadost", post_application_new, CAP_APPLICATION_CREATE, .fields = "type,provider,service,name,prevzit"}, \
	{GET, "/app/zadosti", screen_list, CAP_APPLICATION_READ, .entity = &application_entity, .formats = true, .title = "Žádosti o zařazení do sítě"}, \
	{GET, "/app/zadosti/{id}", page_application, CAP_APPLICATION_READ, .parameters = ""}, \
	{POST, "/app/zadosti/{id}", post_application, CAP_APPLICATION_READ}, \
	{POST, "/app/zadosti/{id}/navrh", post_application_propose, CAP_APPLICATION_APPROVE, .fields = "proposal,refusal_reason"}, \
	{POST, "/app/zadosti/{id}/hodnotitel", post_application_reviewer, CAP_SCORE_APPROVE, .fields = "reviewer,override_why"}, \
	{GET, "/app/vyjadreni", screen_list, CAP_STATEMENT_READ, .entity = &statement_entity, .formats = true, .title = "Vyjádření obcí"}, \
	{GET, "/app/vyjadreni/{id}", page_statement, CAP_STATEMENT_READ, .parameters = ""}, \
	{POST, "/app/vyjadreni/{id}", post_statement, CAP_STATEMENT_READ}, \
	{GET, "/app/vyjadreni/{id}/upravit", screen_edit, CAP_STATEMENT_UPDATE, .entity = &statement_entity}, \
	{POST, "/app/vyjadreni/{id}/upravit", screen_save, CAP_STATEMENT_UPDATE, .entity = &statement_entity}, \
	{GET, "/app/hodnoceni", page_sheets, CAP_SCORE_UPDATE, .parameters = "", .title = "Moje hodnocení"}, \
	{GET, "/app/hodnoceni/{id}", page_sheet, CAP_SCORE_READ, .parameters = ""}, \
	{POST, "/app/hodnoceni/{id}", post_sheet, CAP_SCORE_READ}, \
	{POST, "/app/hodnoceni/{id}/body", post_sheet_points, CAP_SCORE_UPDATE, .fields = "b-*,r-*,krok", .field_limit = 20000}
#define CALL_ENTITIES &call_entity, &application_entity, &statement_entity, &sheet_entity
#define CALL_MACHINES &call_machine, &application_machine, &statement_machine, &sheet_machine
#define CALL_MENU \
	{"Výzvy", "/app/vyzvy", CAP_CALL_UPDATE, false, 42, "/app/sit"}, \
	{"Žádosti", "/app/zadosti", CAP_APPLICATION_READ, false, 43, "/app/sit", "/app/vyjadreni /app/hodnoceni"}, \
	{"Podání", "/app/vykaz", CAP_SUBMISSION_READ, false, 44}, \
	{"Vyjádření obcí", "/app/vyjadreni", CAP_STATEMENT_UPDATE, false, 45, "/app/sit"}, \
	{"Moje hodnocení", "/app/hodnoceni", CAP_SCORE_UPDATE, false, 46}
#define CALL_SETTINGS \
	{"network.call_days", "Řádná výzva je otevřená nejméně", "Od otevření do uzavření.", "14", SETTING_INT, 1, 365, .unit = "dnů", .group = "Výzvy a žádosti"}, \
	{"network.call_days_extraordinary", "Mimořádná výzva je otevřená nejméně", "Od otevření do uzavření.", "7", SETTING_INT, 1, 365, .unit = "dnů"}, \
	{"network.statement_share", "O vyjádření se žádá obvod s podílem od", "Menší podíl se k žádosti nevyjadřuje.", "20", SETTING_INT, 1, 100, .unit = "%"}, \
	{"network.statement_days", "Obvod dožádaný po lhůtě výzvy se vyjádří do", "Když žádost po opravě přibere obvod a lhůta výzvy už minula.", "10", SETTING_INT, 1, 60, .unit = "pracovních dnů"}, \
	{"network.score_days", "Žádost se ohodnotí do", "Počítá se od uzavření vyjádření obcí.", "30", SETTING_INT, 1, 365, .unit = "dnů"}, \
	{"network.deferred_months", "K odložené žádosti se kraj vrátí do", "Počítá se od rozhodnutí zastupitelstva.", "12", SETTING_INT, 1, 60, .unit = "měsíců"}, \
	{"network.score_rules", "Sada pravidel pro bodování žádostí", "Označení sady, kterou dostane nová výzva. Jinou verzi jde u výzvy vybrat, dokud není vyhlášená.", "vychozi-1", SETTING_TEXT, 1, 40}, \
	{"network.price_rules", "Sada pravidel pro vyrovnávací platby", "Označení sady, podle které se v návrhu verze sítě počítají stropy řádků. Platí verze v den účinnosti.", "vychozi-1", SETTING_TEXT, 1, 40}
#define CALL_RECORDS {"call", "Výzva", call_find_record, call_followers}, {"network_application", "Žádost o zařazení do sítě", application_find_record, NULL}
Err call_find_record(Ctx *c, Id id, Record *ret);
Err call_followers(Ctx *c, Id id, RecordFollowers *to);
Err application_find_record(Ctx *c, Id id, Record *ret);
Err calls_happening(Ctx *c, FrontLines *list);
Err calls_events(Ctx *c, Instant from, Instant to, SiteEvents *list);

/* ---- views ---- */

typedef struct CallLine { Str href, title, when, state, types, year; TagKind tone; } CallLine;
VIEW_LIST(CallLine, CallLines);
typedef struct CallsPage { CallLines now, coming, past, cancelled; Str new_href, archive_href; bool office; } CallsPage;
typedef struct AskedLine { Str label, hint, template_href, remove_action, csrf; bool required; } AskedLine;
VIEW_LIST(AskedLine, AskedLines);
typedef struct AskedPage {
	Str         title, lead, action, csrf, back;
	AskedLines  lines;
	FieldView   label, hint, required, file;
	ErrorsView *errors;
	bool        may_add;
} AskedPage;
typedef struct RankLine { Str href, name, place, points, level, needs, left, suggested, state, why; TagKind tone; bool money_ends; } RankLine;
VIEW_LIST(RankLine, RankLines);
typedef struct CallPage {
	const Call  *k;
	Str          state, when, apply_href, office_href, ask_href, answers_href, edit_href, public_href, prolong_action, prolong_csrf;
	TagKind      tone;
	DeadlineView due;
	PairViews    facts;
	NoteView     note;
	WorkPanel    panel;
	FieldView    closes_rule, reason;
	AskedLines   asked;
	Str          asked_href;
	ItemViews    applications;
	RankLines    ranking;
	PairViews    room;
	NoteView     room_note;
	size_t       waiting;                    /* applications that will get points yet */
	bool         may_prolong;
} CallPage;
typedef struct NetForm {
	Str         title, lead, action, csrf, back, button, help;
	i64         version;
	FieldView  *fields;
	size_t      count, cap;
	ErrorsView *errors;
	AskedView   asked;                       /* of an application that goes into a draft */
} NetForm;

typedef struct ScoreCell { Str who, points, reason; } ScoreCell;
VIEW_LIST(ScoreCell, ScoreCells);
typedef struct ScoreLine { Str name, how; i64 max; ScoreCells cells; } ScoreLine;
VIEW_LIST(ScoreLine, ScoreLines);
typedef struct ApplicationPage {
	const Application *a;
	Str         title, lead, form_href, call_href, call, propose_action, propose_csrf, reviewer_action, reviewer_csrf, total;
	PairViews   facts;
	ItemViews   statements, sheets;
	Strs        heads;
	ScoreLines  scores;
	CalculationLines calculations;           /* why: the trees that were kept */
	FieldView   proposal, refusal_reason, why, reviewer, override_why;
	ErrorsView *errors;
	NoteView    letter;
	WorkPanel   panel;
	bool        may_propose, may_assign, may_override, form_waits;
} ApplicationPage;
typedef struct StatementPage { Str title, lead, edit_href, application_href; PairViews facts; WorkPanel panel; } StatementPage;
typedef struct SheetRow { Str name, how; FieldView points, reason; i64 max; } SheetRow;
VIEW_LIST(SheetRow, SheetRows);
typedef struct SheetPage {
	const Sheet *s;
	Str         title, lead, application_href, action, csrf, total, saved;
	i64         version;
	SheetRows   rows;
	ReceiptSections form;                    /* what the applicant submitted */
	ErrorsView *errors;
	WorkPanel   panel;
	bool        may_write;
} SheetPage;

/* ---- pieces ---- */

TagKind   call_tone(const Call *k);
MUST_USE Err call_facts(Req *r, const Call *k, PairViews *to);
/* href: of the officer's list, {0} elsewhere. */
MUST_USE Err call_asked_lines(Req *r, const Call *k, Str href, AskedLines *to);
Str       points_words(Arena *a, i64 hundredths);
void      net_pair(Req *r, PairViews *to, const char *label, Str value);
Str       net_instant(Req *r, Instant at);
