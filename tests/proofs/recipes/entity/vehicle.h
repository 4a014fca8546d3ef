/* vehicle.h: vehicles that organisations bring people with; the entity of the recipe. */
#pragma once
#include "domain/people/people.h"

#define VEHICLE_FIELDS(F, T) \
	F(T, plate, text, "Značka", .required = true, .search = true, .list = 1, .max = 10) \
	F(T, owner, ref, "Organizace", .target = &organisation_entity, .required = true, .filter = true, .list = 2) \
	F(T, state, code, "Stav", .codelist = "account_state", .required = true, .filter = true, .list = 3) \
	F(T, seats, int, "Počet míst", .min = 1, .max = 60, .list = 4) \
	F(T, has_lift, bool, "Plošina pro vozík", .filter = true) \
	F(T, price, money, "Pořizovací cena") \
	F(T, bought_on, date, "Koupeno dne", .filter = true) \
	F(T, note, longtext, "Poznámka")
ENTITY_STRUCT(Vehicle, VEHICLE_FIELDS)
extern const Entity vehicle_entity;
