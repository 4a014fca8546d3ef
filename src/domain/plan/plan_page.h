/* plan_page.h: pages of plans: the public reads what was put forward and what is valid, officers write. */
#pragma once
#include "domain/plan/inside.h"
#include "domain/plan/plan_views_page.h"
#include "web/screen.h"

/* public */
Err page_plans(Req *r);
Err page_plan(Req *r);
Err page_plan_chapter(Req *r);
Err page_plan_difference(Req *r);
/* office */
Err page_office_plans(Req *r);
Err page_plan_new(Req *r);
Err post_plan_new(Req *r);
Err page_office_plan(Req *r);
Err post_plan_step(Req *r);
Err page_plan_edit(Req *r);
Err post_plan_edit(Req *r);
Err post_plan_chapter_new(Req *r);
Err post_plan_day(Req *r);
Err post_plan_day_done(Req *r);
Err page_plan_contribution(Req *r);
Err post_plan_contribution(Req *r);
/* chapters while they are written */
Err page_chapter_edit(Req *r);
Err post_chapter_edit(Req *r);
Err page_chapter_read(Req *r);
Err post_chapter_up(Req *r);
Err page_chapter_note(Req *r);
Err post_chapter_note(Req *r);
Err post_note_settle(Req *r);

/* ---- pieces ---- */

/* The plan of the address, with its crumbs. */
MUST_USE Err plan_of_address(Req *r, bool office, Plan **ret);
/* The version that ?verze= names, else the one that people see; *asked is its number if it was named. */
MUST_USE Err plan_version_of_address(Req *r, const Plan *p, DocumentVersion *ret, i64 *asked);
/* The number of a version newer than the valid one that this person may know of; 0 = none. */
i64     plan_newer_version(Req *r, const Plan *p);
Str     plan_day(Req *r, Date d);
void    plan_pair(Req *r, PairViews *pairs, const char *label, Str value, Str href);
/* Frozen versions that this person may know of, with links to differences. */
MUST_USE Err plan_version_links(Req *r, const Plan *p, Links *ret);
MUST_USE Err plan_facts(Req *r, const Plan *p, PairViews *ret);
/* Live data in a draft, as they are now; c is `arg`. */
Html    plan_live_html(void *arg, Str name, Str caption, bool is_block);
MUST_USE Err note_lines(Req *r, const Plan *p, const PlanChapter *ch, const Paragraphs *text, NoteLines *ret);
/* The subject that takes comments hands it over at start: an address to which the anchor of a paragraph is added, or that of
 * a card of the version (0 = none); {0} = nothing is taken now. */
void    plan_set_comment_address(Err (*address)(Ctx *c, Id version, Id card, Str *ret));
MUST_USE Err plan_card_comment_address(Ctx *c, const Plan *p, Id card, Str *ret);
