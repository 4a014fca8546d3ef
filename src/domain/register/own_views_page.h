/* own_views_page.h: what the templates of providers' own services get. */
#pragma once
#include "domain/register/service_views_page.h"
#include "domain/register/suggest_views_page.h"

typedef struct OwnRow {
	ServiceRow row;
	i64        open_suggestions;
} OwnRow;
VIEW_LIST(OwnRow, OwnRows);
typedef struct OwnList {
	OwnRows rows;
	i64     stale;
	bool    may_suggest, may_confirm;
} OwnList;

typedef struct OwnPage {
	const Service  *service;
	Str             lead, href, public_href, confirmed, state, csrf, confirm_action;
	bool            is_stale, may_confirm, may_suggest;
	PairViews       pairs;
	FormBlocks      forms;
	PlaceRows       places;
	ContactRows     contacts;
	SuggestionViews suggestions;
} OwnPage;
