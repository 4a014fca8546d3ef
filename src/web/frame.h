/* frame.h: parameters of the page skeleton (UX § 4). One skeleton, two skins: white header = public, dark = signed in.
 *
 *     view_frame_head(out, &f); … the page, which begins with its h1 …; view_frame_foot(out, &f);
 *
 * Between the two stands <main><div class="wrap">; on the home page only <main>, its wide blocks bring their own wrap. */
#pragma once
#include "web/front.h"
#include "web/parts.h"

typedef struct FootColumn {
	Str   title;
	Links links;                             /* an item without href is plain text */
} FootColumn;
VIEW_LIST(FootColumn, FootColumns);

typedef struct AlternateView {
	const char *type;                        /* "application/json", "text/csv" */
	Str         title, href;                 /* "Tento seznam jako CSV" */
} AlternateView;
VIEW_LIST(AlternateView, AlternateViews);

typedef struct FrameView {
	/* the page */
	Str             title, description, canonical;
	AlternateViews      alternates;
	Links           crumbs;                  /* from home to this page, shown when there are two or more */
	const NoteView *notice;                  /* result of the last action */
	Date            changed;
	Str             responsible, report_href;
	int             refresh_s;               /* reload without script; 0 = never */
	bool            is_error;                /* came back with errors: the title begins with "Chyba: " */
	bool            is_home, is_hidden;      /* hidden: not for search engines */

	/* the installation */
	Str             region;                  /* "Liberecký kraj" */
	Announcements   announcements;
	bool            demo;                    /* invented data: says so on every page */
	Str             css, js, icon, theme_css;      /* addresses of assets; theme: the region's own colours */
	Str             home_href, sign_in_href;
	Links           nav, util;               /* util: help; for the signed-in also the way to the public site */
	Links           subnav;                  /* the second row of a long menu: what belongs to `section` */
	Str             section;
	FootColumns     foot;                    /* public */
	Links           foot_links;              /* signed in */

	/* the person */
	bool            signed_in;
	Str             who, role;               /* "Jana Ukázková", "poskytovatel, Jilm, p. o." */
	Str             account_href, sign_out_action, csrf;
	Str             view_as, view_as_action, view_as_csrf;      /* who is looked at; banner with the way back */
} FrameView;

/* The page that asks for the password before a dangerous step. */
typedef struct ProveView {
	Str         action, error;
	HiddenViews keep;                        /* what the form held */
	bool        has_password, has_codes;
} ProveView;
