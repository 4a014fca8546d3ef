/* draft_page.h: handlers of drafts and the rows of the module about them. */
#pragma once
#include "domain/network/draft_application.h"
#include "domain/network/draft_price.h"
#include "domain/network/draft_views_page.h"
#include "web/web.h"

Err page_network_drafts(Req *r);
Err page_network_take(Req *r);
Err post_network_take(Req *r);
Err page_network_draft_new(Req *r);
Err post_network_draft_new(Req *r);
Err page_network_draft(Req *r);
Err post_network_draft_step(Req *r);
Err post_draft_annex(Req *r);
Err post_draft_acknowledge(Req *r);
Err page_draft_annex(Req *r);
Err page_draft_annex_pdf(Req *r);
Err page_draft_line(Req *r);
Err post_draft_line(Req *r);
Err post_draft_line_reset(Req *r);
Err page_proposal_new(Req *r);
Err post_proposal_new(Req *r);
Err page_draft_proposal(Req *r);
Err post_proposal_step(Req *r);
Err page_draft_put(Req *r);
Err post_draft_put(Req *r);

/* The version of the address; ERR_NOT_FOUND when it has no working copy, or for a role that may not see drafts. */
MUST_USE Err draft_of_address(Req *r, NetworkVersion **v);
bool         draft_is_officer(Req *r);
bool         draft_may_look(Req *r);
typedef enum DraftShown { DRAFT_SHOW_CHANGES, DRAFT_SHOW_CEILINGS, DRAFT_SHOW_ALL } DraftShown;
MUST_USE Err draft_fill_lines(Req *r, const NetworkVersion *v, DraftShown which, DraftPage *page);
Str          draft_href(Req *r, const NetworkVersion *v);
/* On the page of an application: where it is in the network, or the way there. */
MUST_USE Err draft_application_pair(Req *r, const Application *a, PairViews *to);
/* Beside lines of a draft: the application that each comes from. */
MUST_USE Err draft_sources(Req *r, Id version, DraftLineRows *rows);

/* draft_price_page.c: what lines may cost by the rules. */
Err page_draft_prices(Req *r);
Err post_draft_prices_take(Req *r);
Err post_draft_prices_explain(Req *r);
Err page_draft_price(Req *r);
Err post_draft_price(Req *r);

#define DRAFT_ENTITIES &network_draft_entity, &draft_line_entity, &draft_proposal_entity, &application_line_entity, &line_price_entity
#define DRAFT_REACTIONS {"network_version", "approve", draft_apply}, {"network_version", "cancel", draft_drop}, {"network_version", "take_over", network_taken_over}
#define DRAFT_LINE_POSTED \
	"number,service,provider,name,kind,forms,target_groups,areas,unit,capacity,level,status,regionality,since,until,project_financed,ceilings,points,merged_under,note,change_reason"
#define DRAFT_ROUTES \
	{GET, "/app/sit/navrh", page_network_drafts, CAP_NETWORK_READ, .parameters = "", .title = "Návrhy verzí sítě"}, \
	{GET, "/app/sit/prevzit", page_network_take, CAP_NETWORK_CREATE, .parameters = ""}, \
	{POST, "/app/sit/prevzit", post_network_take, CAP_NETWORK_CREATE, .fields = "network,number,title,effective_from,resolution"}, \
	{GET, "/app/sit/navrh/novy", page_network_draft_new, CAP_NETWORK_CREATE, .parameters = ""}, \
	{POST, "/app/sit/navrh/novy", post_network_draft_new, CAP_NETWORK_CREATE, .fields = "network,number,title,effective_from"}, \
	{GET, "/app/sit/navrh/{id}", page_network_draft, CAP_NETWORK_READ, .parameters = "radky"}, \
	{POST, "/app/sit/navrh/{id}/krok", post_network_draft_step, CAP_NETWORK_UPDATE, .fields = "krok,resolution"}, \
	{POST, "/app/sit/navrh/{id}/rozhodnuti", post_network_draft_step, CAP_NETWORK_APPROVE, .fields = "krok,resolution"}, \
	{POST, "/app/sit/navrh/{id}/poridit-prilohu", post_draft_annex, CAP_NETWORK_UPDATE, .fields = ""}, \
	{POST, "/app/sit/navrh/{id}/kryti", post_draft_acknowledge, CAP_NETWORK_APPROVE, .fields = "videno,why"}, \
	{GET, "/app/sit/navrh/{id}/platby", page_draft_prices, CAP_NETWORK_READ, .parameters = "radky"}, \
	{POST, "/app/sit/navrh/{id}/platby/prevzit", post_draft_prices_take, CAP_NETWORK_UPDATE, .fields = ""}, \
	{POST, "/app/sit/navrh/{id}/platby/zduvodnit", post_draft_prices_explain, CAP_NETWORK_UPDATE, .lists = "radek", .fields = "why,radek"}, \
	{GET, "/app/sit/navrh/{id}/platby/{x}", page_draft_price, CAP_NETWORK_READ, .parameters = ""}, \
	{POST, "/app/sit/navrh/{id}/platby/{x}", post_draft_price, CAP_NETWORK_UPDATE, .fields = "why"}, \
	{GET, "/app/sit/navrh/{id}/priloha", page_draft_annex, CAP_NETWORK_READ, .formats = true, .parameters = ""}, \
	{GET, "/app/sit/navrh/{id}/priloha-pdf", page_draft_annex_pdf, CAP_NETWORK_READ, .lane = LANE_EXPORT, .seconds = 60}, \
	{POST, "/app/sit/navrh/{id}/priloha-pdf", page_draft_annex_pdf, CAP_NETWORK_READ, .lane = LANE_EXPORT, .seconds = 60}, \
	{GET, "/app/sit/navrh/{id}/novy-radek", page_draft_line, CAP_NETWORK_UPDATE, .parameters = ""}, \
	{POST, "/app/sit/navrh/{id}/novy-radek", post_draft_line, CAP_NETWORK_UPDATE, .lists = "forms,target_groups", .fields = DRAFT_LINE_POSTED}, \
	{GET, "/app/sit/navrh/{id}/radek/{x}", page_draft_line, CAP_NETWORK_UPDATE, .parameters = ""}, \
	{POST, "/app/sit/navrh/{id}/radek/{x}", post_draft_line, CAP_NETWORK_UPDATE, .lists = "forms,target_groups", .fields = DRAFT_LINE_POSTED}, \
	{POST, "/app/sit/navrh/{id}/radek/{x}/prevzit", post_draft_line_reset, CAP_NETWORK_UPDATE, .fields = ""}, \
	{GET, "/app/sit/navrh/{id}/podnet", page_proposal_new, CAP_NETWORK_PROPOSE, .parameters = "radek"}, \
	{POST, "/app/sit/navrh/{id}/podnet", post_proposal_new, CAP_NETWORK_PROPOSE, .fields = "radek,district,title,capacity,text"}, \
	{GET, "/app/sit/navrh/{id}/podnety/{x}", page_draft_proposal, CAP_NETWORK_READ, .parameters = ""}, \
	{POST, "/app/sit/navrh/{id}/podnety/{x}/krok", post_proposal_step, CAP_NETWORK_READ, .fields = "krok"}, \
	{GET, "/app/zadosti/{id}/do-navrhu", page_draft_put, CAP_NETWORK_UPDATE, .parameters = ""}, \
	{POST, "/app/zadosti/{id}/do-navrhu", post_draft_put, CAP_NETWORK_UPDATE, .fields = "target,level"}
/* Of the three that have something to do with a draft; others read the network that holds. */
#define DRAFT_MENU \
	{"Návrh sítě", "/app/sit/navrh", CAP_NETWORK_PROPOSE, false, 42, "/app/sit"}, \
	{"Návrh sítě", "/app/sit/navrh", CAP_NETWORK_CREATE, false, 42, "/app/sit"}, \
	{"Návrh sítě", "/app/sit/navrh", CAP_NETWORK_APPROVE, false, 42, "/app/sit"}
