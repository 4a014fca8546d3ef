/* plan_routes_page.h: addresses of plans, for the module row. */
#pragma once
#include "domain/plan/plan_page.h"

#define PLAN_ROUTES \
	{GET, "/plan", page_plans, ANYONE, .title = "Plány rozvoje sociálních služeb"}, \
	{GET, "/plan/{obdobi}", page_plan, ANYONE, .title = "Plán"}, \
	{GET, "/plan/{obdobi}/kapitola/{n}", page_plan_chapter, ANYONE, .parameters = "verze", .title = "Kapitola plánu"}, \
	{GET, "/plan/{obdobi}/rozdil", page_plan_difference, ANYONE, .parameters = "od,do", .title = "Rozdíl dvou verzí plánu"}, \
	{GET, "/app/plan", page_office_plans, CAP_PLAN_READ, .title = "Plány, pracovní seznam"}, \
	{GET, "/app/plan/novy", page_plan_new, CAP_PLAN_CREATE}, \
	{POST, "/app/plan/novy", post_plan_new, CAP_PLAN_CREATE}, \
	{GET, "/app/plan/{obdobi}", page_office_plan, CAP_PLAN_DRAFT, .title = "Psaní plánu"}, \
	{POST, "/app/plan/{obdobi}/krok", post_plan_step, CAP_PLAN_READ}, \
	{GET, "/app/plan/{obdobi}/upravit", page_plan_edit, CAP_PLAN_UPDATE}, \
	{POST, "/app/plan/{obdobi}/upravit", post_plan_edit, CAP_PLAN_UPDATE}, \
	{POST, "/app/plan/{obdobi}/kapitoly", post_plan_chapter_new, CAP_PLAN_UPDATE}, \
	{POST, "/app/plan/{obdobi}/terminy", post_plan_day, CAP_PLAN_UPDATE}, \
	{POST, "/app/plan/{obdobi}/terminy/{id}", post_plan_day_done, CAP_PLAN_UPDATE}, \
	{GET, "/app/plan/{obdobi}/podnet", page_plan_contribution, CAP_PLAN_READ, .title = "Podnět k plánu"}, \
	{POST, "/app/plan/{obdobi}/podnet", post_plan_contribution, CAP_PLAN_READ}, \
	{POST, "/app/plan/{obdobi}/poznamky/{id}", post_note_settle, CAP_PLAN_UPDATE}, \
	{GET, "/app/plan/{obdobi}/kapitola/{n}", page_chapter_read, CAP_PLAN_DRAFT, .title = "Kapitola plánu s poznámkami"}, \
	{GET, "/app/plan/{obdobi}/kapitola/{n}/upravit", page_chapter_edit, CAP_PLAN_UPDATE, .title = "Psaní kapitoly plánu"}, \
	{POST, "/app/plan/{obdobi}/kapitola/{n}/upravit", post_chapter_edit, CAP_PLAN_UPDATE, .body_limit = 2 << 20}, \
	{POST, "/app/plan/{obdobi}/kapitola/{n}/nahoru", post_chapter_up, CAP_PLAN_UPDATE}, \
	{GET, "/app/plan/{obdobi}/kapitola/{n}/poznamka", page_chapter_note, CAP_PLAN_DRAFT, .parameters = "odstavec"}, \
	{POST, "/app/plan/{obdobi}/kapitola/{n}/poznamka", post_chapter_note, CAP_PLAN_DRAFT}
