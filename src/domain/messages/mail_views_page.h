/* mail_views_page.h: what the templates of the mail's care get. */
#pragma once
#include "core/mail_admin.h"
#include "web/screen.h"

typedef struct MailKindView { Str title, help, href; bool edited, switchable; } MailKindView;
VIEW_LIST(MailKindView, MailKindViews);

typedef struct MailPage {
	MailHealth    health;
	NoteView      note;
	KpiViews      counts;
	MailKindViews kinds;
	Str           csrf_test, csrf_ask, address;
	bool          may_set;
} MailPage;

typedef struct LetterView { const LetterRow *l; Str href, kind, state; TagKind state_kind; } LetterView;
VIEW_LIST(LetterView, LetterViews);

typedef struct LettersPage {
	LetterViews list;
	FieldView   state, address;
	Str         next;
} LettersPage;

typedef struct LetterPage {
	LetterView v;
	PairViews  pairs;
	Str        csrf_again, csrf_cancel, again, cancel;       /* addresses, {0} = may not */
} LetterPage;

typedef struct BounceView { const BounceRow *b; Str csrf; } BounceView;
VIEW_LIST(BounceView, BounceViews);

typedef struct HoleView { Str name, sample; } HoleView;
VIEW_LIST(HoleView, HoleViews);

typedef struct MailTextPage {
	const MailKind *kind;
	Str         action, csrf, subject_sample, body_sample;
	FieldView   subject, body;
	HoleViews   holes;
	bool        edited, is_preview;
	ErrorsView *errors;
} MailTextPage;
