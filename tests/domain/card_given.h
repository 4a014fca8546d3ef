/* card_given.h: what a card of a plan stands under, and a card whose every obligatory field is typed, for tests that are about something else. */
#pragma once
#include "domain/plan/card.h"

/* A priority, a goal and a measure "1.1.1", each „Doma co nejdéle“; the measure. */
Id            given_measure(Ctx *c, Id plan);
/* Not stored yet: „Pečovatelská služba večer“ of the years 2027–2029, from 3,50 to 5,00 FTE. */
ActivityCard *card_typed(Id plan, Id measure, const char *code);
/* Stored. */
Id            given_card(Ctx *c, ActivityCard *k);
