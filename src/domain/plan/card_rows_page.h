/* card_rows_page.h: what strategy and activity cards bring into the module's row. */
#pragma once
#include "domain/plan/card_inside.h"
#include "web/module.h"

#define CARD_ENTITIES \
	&strategy_entity, &card_entity, &card_territory_entity, &card_relation_entity, &card_year_entity, &card_source_entity, &card_indicator_entity, \
	&card_monitoring_entity

#define CARD_MACHINES  &card_machine
#define CARD_REACTIONS {"plan", "approve", cards_approve_with_plan}
