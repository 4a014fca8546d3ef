/* review_page.h: handlers of rounds and reviews, and the rows of the module about them. */
#pragma once
#include "core/task.h"
#include "domain/network/review.h"
#include "web/module.h"
#include "web/screen.h"
#include "web/work.h"

Err page_review_rounds(Req *r);
Err page_review_round_new(Req *r);
Err post_review_round_new(Req *r);
Err page_review_round(Req *r);
Err post_review_round_step(Req *r);
Err page_network_review(Req *r);
Err post_network_review_step(Req *r);
Err page_network_review_edit(Req *r);
Err post_network_review_edit(Req *r);
/* A step that this record never takes is not offered, not even with its refusal. */
void         work_without(WorkPanel *p, const char *actions);
MUST_USE Err reviews_waiting(Ctx *c, WaitingList *list);

typedef struct ReviewRoundRow { Str href, title, meta, state; TagKind tone; } ReviewRoundRow;
VIEW_LIST(ReviewRoundRow, ReviewRoundRows);
typedef struct ReviewRoundsPage { Str title, lead; ReviewRoundRows rows; EmptyView empty; bool may_open; } ReviewRoundsPage;
typedef struct ReviewRow { Str href, name, provider, capacity, figures, proposal, state; TagKind tone; } ReviewRow;
VIEW_LIST(ReviewRow, ReviewRows);
typedef struct ReviewRoundPage { Str title, lead; KpiViews kpis; ReviewRows rows; WorkPanel work; } ReviewRoundPage;
typedef struct NetworkReviewPage {
	Str       title, lead, round, round_href, edit_href;
	PairViews figures, proposal, heard;
	NoteView  suggestion;
	WorkPanel work;
} NetworkReviewPage;
typedef struct ReviewForm {
	Str         title, lead, action, csrf, back, button, hidden_name, hidden_value;
	i64         version;
	FieldView  *fields;
	size_t      count, cap;
	ErrorsView *errors;
} ReviewForm;

#define REVIEW_POSTED "filling,filling_before,average,occupancy,unit_cost,figures_note,proposal,why,new_capacity,measure,due"
#define REVIEW_ENTITIES &review_round_entity, &review_entity
#define REVIEW_MACHINES &review_round_machine, &review_machine
#define REVIEW_ROUTES \
	{GET, "/app/sit/prehodnoceni", page_review_rounds, CAP_REVIEW_CREATE, .parameters = "", .title = "Přehodnocení služeb v síti"}, \
	{GET, "/app/sit/prehodnoceni/nove", page_review_round_new, CAP_REVIEW_CREATE, .parameters = ""}, \
	{POST, "/app/sit/prehodnoceni/nove", post_review_round_new, CAP_REVIEW_CREATE, .fields = "title,year,scope,kind", .seconds = 60}, \
	{GET, "/app/sit/prehodnoceni/{id}", page_review_round, CAP_REVIEW_CREATE, .parameters = ""}, \
	{POST, "/app/sit/prehodnoceni/{id}/krok", post_review_round_step, CAP_REVIEW_CREATE, .fields = "krok"}, \
	{GET, "/app/prehodnoceni", screen_list, CAP_REVIEW_READ, .entity = &review_entity, .formats = true, .title = "Přehodnocení služeb"}, \
	{GET, "/app/prehodnoceni/{id}", page_network_review, CAP_REVIEW_READ, .parameters = ""}, \
	{POST, "/app/prehodnoceni/{id}/krok", post_network_review_step, CAP_REVIEW_READ, .fields = "krok,resolution"}, \
	{GET, "/app/prehodnoceni/{id}/upravit", page_network_review_edit, CAP_REVIEW_UPDATE, .parameters = ""}, \
	{POST, "/app/prehodnoceni/{id}/upravit", post_network_review_edit, CAP_REVIEW_UPDATE, .fields = REVIEW_POSTED}
#define REVIEW_SETTINGS \
	{"network.review_days", "Poskytovatel se k návrhu na přehodnocení vyjádří do", "Počítá se od předání k vyjádření.", "15", SETTING_INT, 1, 60, .unit = "pracovních dnů", \
	 .group = "Přehodnocení služeb"}, \
	{"network.review_filling", "Naplnění úvazků, pod kterým se navrhuje výhrada", "Podíl skutečných úvazků na kapacitě v síti.", "90", SETTING_INT, 1, 100, .unit = "%"}, \
	{"network.review_cut", "Naplnění, pod kterým se po dvou letech navrhuje krácení", "Když je pod touto hranicí dva roky po sobě.", "80", SETTING_INT, 1, 100, .unit = "%"}, \
	{"network.review_occupancy", "Obložnost lůžek, pod kterou se navrhuje výhrada", "Podíl obsazených lůžkodnů na dostupných.", "85", SETTING_INT, 1, 100, .unit = "%"}
