/* card_rows_page.h: what strategy and activity cards bring into the module's row. */
#pragma once
#include "domain/plan/action_plan.h"
#include "domain/plan/card_page.h"
#include "domain/plan/outlook.h"
#include "web/bulk.h"
#include "web/module.h"

#define CARD_ENTITIES \
	&strategy_entity, &card_entity, &card_territory_entity, &card_implementer_entity, \
	&card_relation_entity, &card_year_entity, &card_source_entity, &card_indicator_entity, \
	&card_monitoring_entity, &strategy_indicator_entity, &plan_outlook_entity, &plan_outlook_cell_entity, &action_plan_entity

#define CARD_MACHINES  &card_machine, &action_plan_machine
#define CARD_REACTIONS {"plan", "approve", cards_approve_with_plan}

#define CARD_PUBLIC_ROUTES \
	{GET, "/plan/{obdobi}/karty", page_cards, ANYONE, .formats = true, .parameters = "opatreni,orp,skupina,druh,stav,realizator,tabule", .title = "Karty aktivit plánu"}, \
	{GET, "/plan/{obdobi}/karty/{kod}", page_card, ANYONE, .title = "Karta aktivity"}, \
	{GET, "/plan/{obdobi}/financovani", page_cards_money, ANYONE, .formats = true, .parameters = "", .title = "Financování karet aktivit"}, \
	{GET, "/plan/{obdobi}/plneni", page_cards_progress, ANYONE, .formats = true, .parameters = "", .title = "Jak se plán plní"}

#define OUTLOOK_ROUTES \
	{GET, "/plan/{obdobi}/vyhled", page_outlook, ANYONE, .formats = true, .parameters = "verze", .title = "Výhled financování plánu"}, \
	{GET, "/app/plan/{obdobi}/vyhled", page_office_outlook, CAP_PLAN_DRAFT, .title = "Výhled financování, zadávání"}, \
	{POST, "/app/plan/{obdobi}/vyhled", post_outlook, CAP_OUTLOOK_EDIT, .fields = "castka_*,note"}, \
	{POST, "/app/plan/{obdobi}/vyhled/prevzit", post_outlook_cards, CAP_OUTLOOK_EDIT, .fields = ""}, \
	{POST, "/app/plan/{obdobi}/vyhled/na-vedomi", post_outlook_accept, CAP_OUTLOOK_ACCEPT, .fields = "why,nekryto"}

#define ACTION_PLAN_ROUTES \
	{GET, "/plan/{obdobi}/akcni-plan/{rok}", page_action_plan, ANYONE, .title = "Akční plán na rok"}, \
	{GET, "/app/plan/{obdobi}/akcni-plan", page_action_plans, CAP_PLAN_DRAFT, .title = "Akční plány"}, \
	{POST, "/app/plan/{obdobi}/akcni-plan", post_action_plan_new, CAP_PLAN_UPDATE, .fields = "year"}, \
	{GET, "/app/plan/{obdobi}/akcni-plan/{rok}", page_office_action_plan, CAP_PLAN_DRAFT, .title = "Psaní akčního plánu"}, \
	{POST, "/app/plan/{obdobi}/akcni-plan/{rok}", post_action_plan, CAP_PLAN_UPDATE, .fields = "activities", .body_limit = 2 << 20}, \
	{POST, "/app/plan/{obdobi}/akcni-plan/{rok}/krok", post_action_plan_step, CAP_PLAN_READ, .fields = "krok,resolution"}

#define CARD_LISTS "target_groups,kinds,forms"

/* A card is made by the step that proposes it: its table has no form of a new row; files change what there is. */
#define CARD_OFFICE_ROUTES \
	{GET, "/app/plan/{obdobi}/karty", page_office_cards, CAP_CARD_READ, .formats = true, .parameters = "opatreni,orp,skupina,druh,stav,realizator,tabule", .title = "Karty aktivit, pracovní seznam"}, \
	{GET, "/app/karty", screen_list, CAP_CARD_READ, .entity = &card_entity, .formats = true, .lists = CARD_LISTS}, \
	{GET, "/app/karty/import", screen_import, CAP_CARD_UPDATE, .entity = &card_entity}, \
	{POST, "/app/karty/import", screen_import_upload, CAP_CARD_UPDATE, .entity = &card_entity, .uploads = true, .body_limit = 10 << 20, .seconds = 60, .fields = ""}, \
	{GET, "/app/karty/import/{id}", screen_import_preview, CAP_CARD_UPDATE, .entity = &card_entity}, \
	{GET, "/app/karty/import/{id}/chyby", screen_import_annotated, CAP_CARD_UPDATE, .entity = &card_entity, .lane = LANE_EXPORT}, \
	{POST, "/app/karty/import/{id}", screen_import_apply, CAP_CARD_UPDATE, .entity = &card_entity, .seconds = 60, .fields = "valid_from"}, \
	{GET, "/app/karty/{id}", page_office_card, CAP_CARD_READ, .entity = &card_entity}, \
	{POST, "/app/karty/{id}/krok", post_card_step, CAP_CARD_READ, .fields = "krok,resolution"}, \
	{POST, "/app/karty/{id}/penize", post_card_money, CAP_CARD_UPDATE, .fields = "castka_*,videno"}, \
	{GET, "/app/plan/{obdobi}/karty/hromadne", page_cards_bulk, CAP_CARD_UPDATE, .lists = "id", .parameters = "id"}, \
	{POST, "/app/plan/{obdobi}/karty/hromadne", post_cards_bulk, CAP_CARD_UPDATE, .lists = "radek", .field_limit = 2000, .seconds = 60, \
	 .fields = BULK_FIELDS ",measure,responsible,starts_on,ends_on,partners"}, \
	{POST, "/app/plan/{obdobi}/karty/{id}/posun", post_card_move, CAP_CARD_READ, .fields = "krok"}, \
	{GET, "/app/plan/{obdobi}/karty/nova", page_card_new, CAP_CARD_READ}, \
	{POST, "/app/plan/{obdobi}/karty/nova", post_card_new, CAP_CARD_READ, .entity = &card_entity, .lists = CARD_LISTS}, \
	{GET, "/app/plan/{obdobi}/strategie", page_strategy, CAP_CARD_READ, .title = "Strategie plánu"}, \
	{POST, "/app/plan/{obdobi}/strategie/{id}/vys", post_strategy_up, CAP_PLAN_UPDATE, .fields = ""}, \
	{POST, "/app/plan/{obdobi}/strategie/{id}/niz", post_strategy_down, CAP_PLAN_UPDATE, .fields = ""}, \
	{GET, "/app/karty/{id}/upravit", screen_edit, CAP_CARD_UPDATE, .entity = &card_entity}, \
	{POST, "/app/karty/{id}/upravit", screen_save, CAP_CARD_UPDATE, .entity = &card_entity, .lists = CARD_LISTS}, \
	{GET, "/app/karty/{id}/historie", screen_history, CAP_CARD_READ, .entity = &card_entity}, \
	ENTITY_SCREENS("/app/strategie", &strategy_entity, CAP_PLAN_READ, CAP_PLAN_UPDATE, "working_groups"), \
	ENTITY_SCREENS("/app/strategie-ukazatele", &strategy_indicator_entity, CAP_PLAN_READ, CAP_PLAN_UPDATE, NULL), \
	ENTITY_SCREENS("/app/karty-uzemi", &card_territory_entity, CAP_CARD_READ, CAP_CARD_UPDATE, NULL), \
	ENTITY_SCREENS("/app/karty-realizatori", &card_implementer_entity, CAP_CARD_READ, CAP_CARD_UPDATE, NULL), \
	ENTITY_SCREENS("/app/karty-vazby", &card_relation_entity, CAP_CARD_READ, CAP_CARD_UPDATE, NULL), \
	ENTITY_SCREENS("/app/karty-roky", &card_year_entity, CAP_CARD_READ, CAP_CARD_UPDATE, NULL), \
	ENTITY_SCREENS("/app/karty-zdroje", &card_source_entity, CAP_CARD_READ, CAP_CARD_UPDATE, NULL), \
	ENTITY_SCREENS("/app/karty-ukazatele", &card_indicator_entity, CAP_CARD_READ, CAP_CARD_UPDATE, NULL), \
	ENTITY_SCREENS("/app/karty-sledovani", &card_monitoring_entity, CAP_CARD_READ, CAP_CARD_UPDATE, NULL)
