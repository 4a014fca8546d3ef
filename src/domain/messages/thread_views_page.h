/* thread_views_page.h: what the templates of threads and questions get. */
#pragma once
#include "domain/messages/question.h"
#include "domain/messages/thread.h"
#include "web/screen.h"

typedef struct ThreadsPage {
	Threads   list;
	TabViews  tabs;
	FieldView search;
	HiddenViews keep;
	Str       record, record_href, new_href, previous, next;
	bool      may_write;
} ThreadsPage;

typedef struct ThreadForm {
	Str         action, csrf, record, back;
	FieldView   side, subject, text, files[MESSAGE_FILES_MAX];
	HiddenViews keep;
	bool        asks_side;                   /* an officer has to find the organisation first */
	FieldView   search;
	Links       found;
	Str         to, searched, search_record;
	ErrorsView *errors;
} ThreadForm;

typedef struct MessageView { const Message *m; Str files_href; bool is_mine; } MessageView;
VIEW_LIST(MessageView, MessageViews);

typedef struct ThreadPage {
	const Thread *t;
	MessageViews messages;
	Str          record_href, action, csrf, seen_csrf, close_csrf, close_action;
	FieldView    text, reason, files[MESSAGE_FILES_MAX];
	ErrorsView  *errors;
	bool         is_closed;
} ThreadPage;

typedef struct QuestionsPage {
	Questions list;
	TabViews  tabs;
	Str       record, new_href, next;
	bool      may_ask;
} QuestionsPage;

typedef struct AnswersPage {
	Questions list;
	Str       title, record, record_href, ask_href, until;
	bool      takes;
} AnswersPage;

typedef struct QuestionForm {
	Str         action, csrf, record;
	FieldView   text;
	HiddenViews keep;
	ErrorsView *errors;
} QuestionForm;

typedef struct QuestionPage {
	const Question *q;
	Str         title, record_href, answer_action, answer_csrf, withdraw_action, withdraw_csrf;
	FieldView   answer, reason;
	ErrorsView *errors;
} QuestionPage;
