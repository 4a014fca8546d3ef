/* score.h: points of reviewers. As many people as the rule set says score each application by its criteria (score_rules.h), one more when they are further apart than it
 * allows. Points that the set computes come with the cells they come from; below the maximum, and against the set, a reason is wanted (G10).
 * Nobody scores what belongs to an organisation that they act for or fund: declared by the person, and inferred from accounts, organisations and IČO. */
#pragma once
#include "domain/network/score_rules.h"

#define CAP_SCORE_READ    "score_sheet.read"
#define CAP_SCORE_CREATE  "score_sheet.create"
#define CAP_SCORE_UPDATE  "score_sheet.update"
#define CAP_SCORE_APPROVE "score_sheet.approve"

#define SHEET_ASSIGNED "assigned"
#define SHEET_SCORING  "scoring"
#define SHEET_FINISHED "finished"
#define SHEET_EXCLUDED "excluded"

#define SHEET_FIELDS(F, T) \
	F(T, application, ref, "Žádost", .target = &application_entity, .required = true, .readonly = true) \
	F(T, reviewer, int, "Účet hodnotitele", .required = true, .readonly = true) \
	F(T, name, text, "Hodnotitel", .required = true, .readonly = true, .search = true, .sort = true, .list = 1) \
	F(T, turn, int, "Pořadí", .required = true, .readonly = true) \
	F(T, conflict, text, "Střet zájmů", .readonly = true, .max = 10) \
	F(T, conflict_why, text, "V čem je střet", .readonly = true, .max = 1000) \
	F(T, override_why, text, "Proč smí hodnotit i tak", .readonly = true, .max = 1000) \
	F(T, state, code, "Stav", .codelist = "sheet_state", .readonly = true, .by_workflow = true) \
	F(T, points, int, "Body", .readonly = true) \
	F(T, finished_at, instant, "Dokončeno", .readonly = true) \
	F(T, saved_at, instant, "Body naposledy uloženy", .readonly = true) \
	F(T, content, text, "Otisk bodů a důvodů", .readonly = true) \
	F(T, made_at, instant, "Přiděleno", .readonly = true, .required = true)
ENTITY_STRUCT(Sheet, SHEET_FIELDS)
extern const Entity  sheet_entity;
extern const Machine sheet_machine;
typedef struct Sheets { Sheet **at; size_t len, cap; } Sheets;

typedef struct ScoreItem {
	Str criterion, reason, how;
	i64 points, computed, max;               /* BLANK: not judged yet; the program does not know */
	Str name;
} ScoreItem;
typedef struct ScoreItems { ScoreItem *at; size_t len, cap; } ScoreItems;

typedef struct Reviewer { Id account; Str name; } Reviewer;
typedef struct Reviewers { Reviewer *at; size_t len, cap; } Reviewers;
MUST_USE Err reviewers_on(Ctx *c, Date on, Reviewers *ret);
/* What ties a reviewer to an application, a sentence; {0} = nothing. */
MUST_USE Err conflict_inferred(Ctx *c, const Application *a, Id reviewer, Str *ret);
/* The head of the department, who may grant exceptions. */
bool         acts_as_head(const Ctx *c);
/* Needs score_sheet.approve. With an inferred conflict: refused, unless the head of the department says why the person may score all the same. */
MUST_USE Err sheet_assign(Ctx *c, Id application, Id reviewer, Str override_why, Id *ret);
/* For the reviewer, and for those who decide. */
MUST_USE Err sheet_get(Ctx *c, Id id, Sheet **ret);
MUST_USE Err sheets_of(Ctx *c, Id application, Sheets *ret);
/* Every criterion once, with what the set computes where nothing was written yet. */
MUST_USE Err sheet_items(Ctx *c, const Sheet *s, ScoreItems *ret);
/* By its reviewer while scoring. ERR_INVALID with every problem at "b-A1", "r-A1". */
MUST_USE Err sheet_save(Ctx *c, Id id, i64 version, const ScoreItems *items);
/* The same while it is being written: reasons may still come, and what cannot be stored stays as it was; *left says how many such values there are.
 * Finishing asks for everything. Nothing changed: the version stays, no record of the trail. */
MUST_USE Err sheet_keep(Ctx *c, Id id, i64 version, const ScoreItems *items, i64 *ret_version, i64 *left);
bool         sheet_is_mine(Ctx *c, const Sheet *s);

/* ---- from sheets to the points of an application ---- */

typedef struct ScoreState {
	const ScoreRules *rules;
	Sheets            finished;
	bool              apart;                 /* more than the set allows */
} ScoreState;
MUST_USE Err score_state(Ctx *c, const Application *a, ScoreState *ret);
/* The set over an application, with what its finished sheets say in the place of what was computed. */
MUST_USE Err score_reckon(Ctx *c, const Application *a, const ScoreState *s, ScoreRun *ret);
