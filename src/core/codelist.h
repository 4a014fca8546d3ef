/* codelist.h: dated lists that a region edits: service kinds, forms, target groups … Never an enum in C.
 *
 * An item has an internal code (what other tables store), a Czech name, optional external ids of registers, an order, a validity, and may
 * have been replaced by another code. Items are a dated entity; names are kept in memory under the data version. */
#pragma once
#include "core/entity.h"

#define CODE_ITEM_FIELDS(F, T) \
	F(T, list, text, "Číselník", .required = true, .filter = true, .list = 2, .max = 60) \
	F(T, code, text, "Kód", .required = true, .list = 3, .max = 60, .help = "Vnitřní kód, který ukládají ostatní tabulky. Nemění se.") \
	F(T, name, text, "Název", .required = true, .search = true, .sort = true, .list = 1) \
	F(T, short_name, text, "Zkrácený název", .max = 80) \
	F(T, external_id, text, "Vnější identifikátor", .max = 120, .help = "Například DruhSocialniSluzby/13 v otevřených datech registru.") \
	F(T, rest_id, int, "Číslo ve vyhledávači registru") \
	F(T, law, text, "Ustanovení zákona", .max = 60, .list = 4) \
	F(T, parent, text, "Nadřazený kód", .max = 60) \
	F(T, attributes, text, "Další vlastnosti", .max = 500, .help = "Dvojice klíč=hodnota oddělené středníkem.") \
	F(T, description, longtext, "Popis pro veřejnost") \
	F(T, position, int, "Pořadí", .sort = true) \
	F(T, replaced_by, text, "Nahrazen kódem", .max = 60)
ENTITY_STRUCT(CodeItem, CODE_ITEM_FIELDS)
extern const Entity code_item_entity;

/* All items of a list valid on a day, in their order. Cached: cheap enough for every page. Lives until the request ends. */
typedef struct CodeItems { const CodeItem **at; size_t len, cap; } CodeItems;
MUST_USE Err codelist_items(Ctx *c, const char *list, Date on, CodeItems *ret);
/* Item by code, valid ones first, then the newest one that was; NULL when the list never knew it. */
const CodeItem *codelist_find(Ctx *c, const char *list, Str code);
const CodeItem *codelist_by_external(Ctx *c, const char *list, Str external_id);
Str  codelist_name(Ctx *c, const char *list, Str code);         /* the code itself when unknown */
/* attribute "forms" of "forms=ter,amb;unit=U": "ter,amb". */
Str  code_attribute(const CodeItem *item, Str key);
/* Add the items of a file of the program ("code_lists/people.csv") that the store does not have. */
MUST_USE Err codelist_seed(Ctx *c, const char *name);
