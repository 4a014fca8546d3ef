/* plan.h: the mid-term plan of social services: three years, written in chapters by several people, frozen into versions of the library.
 *
 * A plan is opened by a resolution of the board. While it is written, chapters are rows that change; when it is frozen, all chapters become one version
 * of the plan's document, with live figures settled as they were on that day, and that version never changes again. Which version is valid, and
 * by which resolution, the plan knows. Paragraphs have anchors that are unique within the plan and stay with them. */
#pragma once
#include "core/workflow.h"
#include "domain/library/document.h"
#include "domain/library/paragraphs.h"
#include "domain/library/resolution.h"

#define CAP_PLAN_READ    "plan.read"
#define CAP_PLAN_CREATE  "plan.create"
#define CAP_PLAN_UPDATE  "plan.update"
#define CAP_PLAN_APPROVE "plan.approve"
#define CAP_PLAN_PUBLISH "plan.publish"
#define CAP_PLAN_DRAFT   "plan.draft"        /* officers: see chapters while they are written, and write notes */

#define PLAN_PREPARING       "preparing"
#define PLAN_DRAFTING        "drafting"
#define PLAN_REVIEWED        "reviewed"
#define PLAN_IN_CONSULTATION "in_consultation"
#define PLAN_SETTLING        "settling"
#define PLAN_FINAL           "final"
#define PLAN_IN_APPROVAL     "in_approval"
#define PLAN_IN_FORCE        "in_force"
#define PLAN_EVALUATED       "evaluated"
#define PLAN_ARCHIVED        "archived"

#define PLAN_FIELDS(F, T) \
	F(T, title, text, "Název", .required = true, .search = true, .sort = true, .list = 1, .max = 200) \
	F(T, slug, text, "Období v adrese", .readonly = true, .unique = true, .max = 20) \
	F(T, year_from, int, "První rok", .required = true, .min = 2000, .max = 2100, .list = 2) \
	F(T, year_to, int, "Poslední rok", .readonly = true, .min = 2000, .max = 2110, .list = 3) \
	F(T, state, code, "Stav", .codelist = "plan_state", .readonly = true, .by_workflow = true, .list = 4) \
	F(T, vision, longtext, "Vize", .max = 10000) \
	F(T, author_unit, text, "Kdo plán zpracovává", .required = true, .max = 200) \
	F(T, inputs_until, date, "Podněty se přijímají do", .hint = "Včetně tohoto dne.") \
	F(T, opening_resolution, ref, "Zahájen usnesením", .target = &resolution_entity, .readonly = true) \
	F(T, approval_resolution, ref, "Schválen usnesením", .target = &resolution_entity, .readonly = true) \
	F(T, document, ref, "Dokument v knihovně", .target = &document_entity, .readonly = true) \
	F(T, newest_version, ref, "Poslední zmrazená verze", .target = &document_version_entity, .readonly = true) \
	F(T, valid_version, ref, "Verze v platnosti", .target = &document_version_entity, .readonly = true)
ENTITY_STRUCT(Plan, PLAN_FIELDS)
extern const Entity  plan_entity;
extern const Machine plan_machine;

/* `text` is Markdown with anchors; `taken` anchors that nobody may get again. */
#define PLAN_CHAPTER_FIELDS(F, T) \
	F(T, plan, ref, "Plán", .target = &plan_entity, .required = true, .readonly = true) \
	F(T, part, code, "Část podle vyhlášky", .codelist = "plan_part", .required = true) \
	F(T, no, int, "Pořadí", .readonly = true, .min = 1, .max = 999) \
	F(T, title, text, "Název kapitoly", .required = true, .max = 200) \
	F(T, text, longtext, "Text", .max = 1000000) \
	F(T, taken, longtext, "Zaniklé odkazy", .readonly = true, .max = 200000) \
	F(T, changed_at, instant, "Změněno", .readonly = true) \
	F(T, changed_by, text, "Změnil", .readonly = true, .max = 200)
ENTITY_STRUCT(PlanChapter, PLAN_CHAPTER_FIELDS)
extern const Entity plan_chapter_entity;

#define NOTE_COMMENT      "note"
#define NOTE_PROPOSAL     "proposal"         /* of another wording of a paragraph */
#define NOTE_CONTRIBUTION "contribution"     /* of a municipality, provider or group: to the whole plan */
#define NOTE_OPEN     "open"
#define NOTE_ACCEPTED "accepted"
#define NOTE_DECLINED "declined"

#define PLAN_NOTE_FIELDS(F, T) \
	F(T, plan, ref, "Plán", .target = &plan_entity, .required = true, .readonly = true) \
	F(T, chapter, ref, "Kapitola", .target = &plan_chapter_entity, .readonly = true) \
	F(T, kind, code, "Druh", .codelist = "plan_note_kind", .required = true, .readonly = true) \
	F(T, anchor, text, "Odstavec", .readonly = true, .max = 12) \
	F(T, quote, text, "Citované místo", .readonly = true, .max = 1000) \
	F(T, text, longtext, "Text", .max = 5000) \
	F(T, proposal, longtext, "Navržené znění", .max = 20000) \
	F(T, state, code, "Stav", .codelist = "plan_note_state", .readonly = true) \
	F(T, reply, longtext, "Odpověď", .readonly = true, .max = 5000) \
	F(T, account, int, "Účet autora", .readonly = true, .secret = true) \
	F(T, author, text, "Autor", .readonly = true, .max = 200) \
	F(T, made_at, instant, "Napsáno", .readonly = true) \
	F(T, settled_by, text, "Vyřídil", .readonly = true, .max = 200) \
	F(T, settled_at, instant, "Vyřízeno", .readonly = true)
ENTITY_STRUCT(PlanNote, PLAN_NOTE_FIELDS)
extern const Entity plan_note_entity;

#define PLAN_MILESTONE_FIELDS(F, T) \
	F(T, plan, ref, "Plán", .target = &plan_entity, .required = true, .readonly = true) \
	F(T, day, date, "Den", .required = true) \
	F(T, title, text, "Co se stane", .required = true, .max = 200) \
	F(T, is_done, bool, "Už se stalo")
ENTITY_STRUCT(PlanMilestone, PLAN_MILESTONE_FIELDS)
extern const Entity plan_milestone_entity;

typedef struct Plans { Plan **at; size_t len, cap; } Plans;
typedef struct PlanChapters { PlanChapter **at; size_t len, cap; } PlanChapters;
typedef struct PlanNotes { PlanNote **at; size_t len, cap; } PlanNotes;
typedef struct PlanMilestones { PlanMilestone **at; size_t len, cap; } PlanMilestones;

/* ---- plans ---- */

typedef struct PlanNew {
	Str  title, author_unit, resolution;     /* number of the board's resolution that opens the works */
	i64  year_from;
	Date inputs_until;
} PlanNew;
/* With the five mandatory parts as empty chapters. ERR_INVALID: the period overlaps another plan's, the resolution is not recorded. */
MUST_USE Err plan_open(Ctx *c, const PlanNew *n, Id *ret);
/* "2027-2029"; everybody may know of plans. */
MUST_USE Err plan_by_slug(Ctx *c, Str slug, Plan **ret);
/* Newest period first. */
MUST_USE Err plans_all(Ctx *c, Plans *ret);
/* Valid on a day by its years and state; NULL when none is. */
MUST_USE Err plan_of_day(Ctx *c, Date day, Plan **ret);
/* A plan from before the program: a document of the library with its first and last day. */
typedef struct OldPlan { Id document; Str title; Date from, to; } OldPlan;
typedef struct OldPlans { OldPlan *at; size_t len, cap; } OldPlans;
/* The newest first; those that the person may know of. */
MUST_USE Err plans_before_program(Ctx *c, OldPlans *ret);
/* Title, vision, author, last day of contributions. Needs plan.update. */
MUST_USE Err plan_change(Ctx *c, Plan *p);
/* Chapters may be written now: while drafting, and while comments are settled. */
bool plan_is_written(const Plan *p);

/* ---- chapters ---- */

/* In their order. Needs plan.draft; the public reads versions. */
MUST_USE Err plan_chapters(Ctx *c, Id plan, PlanChapters *ret);
MUST_USE Err plan_chapter_by_no(Ctx *c, Id plan, i64 no, PlanChapter **ret);
MUST_USE Err plan_chapter_add(Ctx *c, Id plan, Str part, Str title, Id *ret);
/* `ch->text` is what the author wrote: pasted HTML is cleaned, paragraphs keep their anchors. ERR_CONFLICT when somebody was faster. */
MUST_USE Err plan_chapter_save(Ctx *c, PlanChapter *ch);
/* Empty ones only. */
MUST_USE Err plan_chapter_drop(Ctx *c, Id chapter, i64 version);
/* One place up. */
MUST_USE Err plan_chapter_up(Ctx *c, Id chapter);
/* Text for the author: without anchors. */
MUST_USE Err plan_chapter_source(Ctx *c, const PlanChapter *ch, Str *ret);
MUST_USE Err plan_chapter_paragraphs(Ctx *c, const PlanChapter *ch, Paragraphs *ret);

/* ---- notes ---- */

/* Until the last day for contributions, from whoever may read plans by an account: municipalities, providers, groups, officers. */
bool plan_takes_contributions(Ctx *c, const Plan *p);
/* A note to a paragraph of a chapter, or a proposal of its wording; needs plan.draft. A contribution has neither chapter nor anchor and needs plan.read
 * until the plan's last day for it. */
MUST_USE Err plan_note_add(Ctx *c, PlanNote *n);
/* chapter 0 = contributions. Open ones first. */
MUST_USE Err plan_notes(Ctx *c, Id plan, Id chapter, PlanNotes *ret);
/* Accepting a proposal puts its wording into the chapter. Needs plan.update. */
MUST_USE Err plan_note_settle(Ctx *c, Id note, bool accept, Str reply);

/* ---- days of preparation ---- */

MUST_USE Err plan_milestones(Ctx *c, Id plan, PlanMilestones *ret);
MUST_USE Err plan_milestone_add(Ctx *c, Id plan, Date day, Str title);
MUST_USE Err plan_milestone_done(Ctx *c, Id milestone, bool done);

/* ---- versions ---- */

/* All chapters and annexes as one text: each a first-level heading; live data as they are now when `settled`, else as placeholders. */
MUST_USE Err plan_compose(Ctx *c, const Plan *p, bool settled, Str *ret);
/* Which version people see today: the valid one, else the one that was put forward; ERR_NOT_FOUND when there is none yet. */
MUST_USE Err plan_shown_version(Ctx *c, const Plan *p, DocumentVersion *ret);

typedef struct PlanPart { Str anchor, title; Paragraphs text; } PlanPart;
typedef struct PlanParts { PlanPart *at; size_t len, cap; } PlanParts;
/* A version cut at its highest headings: chapters. */
MUST_USE Err plan_parts(Ctx *c, Id version, PlanParts *ret);

/* ---- live data ---- */

typedef struct LiveItem {
	const char *name, *title;                /* "sluzby-podle-druhu", "Služby podle druhu" */
	bool        is_table;
	/* A number as text, or a table; *source names where it comes from and as of when. */
	Err       (*value)(Ctx *c, Str *number, Table *table, Str *source);
} LiveItem;
/* Subjects above bring theirs at start. */
void plan_live_add(const LiveItem *items, size_t count);
const LiveItem *plan_live_at(size_t i);      /* NULL past the end */
const LiveItem *plan_live_find(Str name);
/* As Markdown: a number, or a table whose caption says where it comes from and as of when; {0} when nobody knows the name. */
MUST_USE Err plan_live_markdown(Ctx *c, Str name, Str caption, bool is_block, Str *ret);
