/* why_views_page.h: what the page "why can I / can't I" shows. */
#pragma once
#include "web/parts.h"

typedef struct WhyHeld {
	Str  scope;                              /* "Domov Jilm, p. o." */
	Date first_day, last_day;
	bool holds_today;
} WhyHeld;

typedef struct WhyRole {
	Str      title;
	WhyHeld *held;                           /* none: the person never had it */
	size_t   held_count, held_cap;
} WhyRole;

typedef struct WhyView {
	Str       address, error;                /* as typed */
	FieldView capability, account;           /* account: only for who cares for accounts */
	bool      asked, may, is_open;           /* is_open: everybody (signed in) may */
	Str       person, capability_title, verdict, rows;
	WhyRole  *roles;                         /* that give the right */
	size_t    role_count, role_cap;
} WhyView;
