/* decision_page.h: handlers of decisions about single lines, and the rows of the module about them. */
#pragma once
#include "domain/network/decision.h"
#include "domain/network/review_page.h"
#include "web/screen.h"
#include "web/work.h"

Err page_decision_new(Req *r);
Err post_decision_new(Req *r);
Err page_decision(Req *r);
Err post_decision_step(Req *r);

typedef struct DecisionPage { Str title, lead; PairViews what; WorkPanel work; } DecisionPage;

#define DECISION_POSTED "kind,radek,from_day,end_reason,successor,service,unit,capacity,areas,level,since,until,why,resolution"
#define DECISION_ROUTES \
	{GET, "/app/sit/rozhodnuti", screen_list, CAP_NETWORK_READ, .entity = &line_decision_entity, .formats = true, .title = "Rozhodnutí o řádcích sítě"}, \
	{GET, "/app/sit/rozhodnuti/nove", page_decision_new, CAP_NETWORK_UPDATE, .parameters = "druh,radek"}, \
	{POST, "/app/sit/rozhodnuti/nove", post_decision_new, CAP_NETWORK_UPDATE, .fields = DECISION_POSTED}, \
	{GET, "/app/sit/rozhodnuti/{id}", page_decision, CAP_NETWORK_READ, .parameters = ""}, \
	{POST, "/app/sit/rozhodnuti/{id}/krok", post_decision_step, CAP_NETWORK_READ, .fields = "krok,resolution"}
