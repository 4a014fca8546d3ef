/* draft_price_page.h: what the templates of prices of lines get. */
#pragma once
#include "domain/network/draft_price.h"
#include "domain/network/draft_years_page.h"
#include "domain/rulebook/rulebook_page.h"
#include "web/screen.h"

typedef struct DraftPriceRow { Str href, number, name, capacity, computed, ceiling, difference, note, tag; TagKind tone; } DraftPriceRow;
VIEW_LIST(DraftPriceRow, DraftPriceRows);

typedef struct DraftPricesPage {
	Str           title, lead, back, found, nothing, take_action, take_csrf, why_action, why_csrf;
	NoteView      state;
	PairViews     facts;
	TabViews      tabs;
	DraftPriceRows rows;
	FieldView     why[2];                    /* the reason, and the lines that it is for */
	ErrorsView   *errors;
	bool          may_take, may_explain;
} DraftPricesPage;

typedef struct DraftPricePage {
	Str         title, lead, back, action, csrf, edit_href;
	NoteView    state;
	PairViews   facts;
	RuleSteps   trees;
	AskedView   asked;                       /* of the application that the line comes from */
	FieldView   why;
	ErrorsView *errors;
	bool        may_explain;
} DraftPricePage;
