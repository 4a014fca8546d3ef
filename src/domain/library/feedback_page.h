/* feedback_page.h: the form of feedback and where it is answered, for the row of the subject. */
#pragma once
#include "domain/library/feedback.h"
#include "domain/library/pages_page.h"
#include "web/work.h"

typedef struct FeedbackForm {
	Str         action, csrf;
	bool        is_sent;
	FieldView   text, page, email;
	ErrorsView *errors;
} FeedbackForm;

typedef struct FeedbackRow {
	const Feedback *f;
	Str             href, state, mail_href;
	TagKind         tone;
} FeedbackRow;
VIEW_LIST(FeedbackRow, FeedbackRows);
typedef struct FeedbackListView { TabViews content, tabs; FeedbackRows rows; } FeedbackListView;

Err page_feedback(Req *r);
Err post_feedback(Req *r);
Err page_feedback_list(Req *r);
Err page_feedback_one(Req *r);
Err post_feedback_one(Req *r);

#define FEEDBACK_HOME CONTENT_HOME "/podnety"
#define FEEDBACK_CAPABILITIES {CAP_LIBRARY_FEEDBACK, "odpovídat na zprávy o překážkách na webu"}
#define FEEDBACK_SETTINGS \
	{"library.feedback_days", "Na zprávu o přístupnosti se odpoví do", "Počítá se od přijetí zprávy.", "30", SETTING_INT, 1, 365, .unit = "dnů", .group = "Veřejné stránky"}
#define FEEDBACK_ROUTES \
	{GET, "/pristupnost/zprava", page_feedback, ANYONE, .parameters = "odeslano,stranka", .title = "Zpětná vazba o přístupnosti"}, \
	{POST, "/pristupnost/zprava", post_feedback, ANYONE, .own_token = true, .field_limit = 10}, \
	{GET, FEEDBACK_HOME, page_feedback_list, CAP_LIBRARY_FEEDBACK, .parameters = "stav"}, \
	{GET, FEEDBACK_HOME "/{id}", page_feedback_one, CAP_LIBRARY_FEEDBACK, .parameters = ""}, \
	{POST, FEEDBACK_HOME "/{id}", post_feedback_one, CAP_LIBRARY_FEEDBACK}
