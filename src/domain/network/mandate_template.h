/* mandate_template.h: the text of a mandate and of its amendment, as the region words it: Markdown with holes in braces, dated, edited in the application. Beside
 * the text stand the usual words of the parts that a person fills in.
 *
 * A hole that the program does not know is refused; which holes must be there is said by the code list mandate_content. */
#pragma once
#include "core/entity.h"

#define PAPER_MANDATE   "povereni"
#define PAPER_AMENDMENT "dodatek"
#define PAPER_RESERVATION "vyhrada"                           /* the letter of a reservation: it has nothing of the parts below */

#define MANDATE_TEMPLATE_FIELDS(F, T) \
	F(T, kind, code, "Druh listiny", .codelist = "mandate_paper_kind", .required = true, .unique = true, .list = 1) \
	F(T, title, text, "Nadpis listiny", .required = true, .list = 2, .max = 200) \
	F(T, text, longtext, "Text", .required = true, .max = 40000, .hint = "Nadpisy ##, odrážky -. Slova ve složených závorkách program doplní, například {poskytovatel}; jejich seznam je v příručce.") \
	F(T, obligation, longtext, "Obvyklý závazek veřejné služby", .max = 10000, .hint = "Předvyplní se do nového pověření.") \
	F(T, compensation, longtext, "Obvyklý mechanismus vyrovnávací platby", .max = 10000) \
	F(T, overcompensation, longtext, "Obvyklá opatření proti nadměrnému vyrovnání", .max = 10000) \
	F(T, exclusive_rights, longtext, "Obvyklá výlučná nebo zvláštní práva", .max = 2000) \
	F(T, legal_reference, longtext, "Odkaz na rozhodnutí Komise", .max = 2000, .hint = "Pověření a dodatek ho mít musí, dopis o výhradě ne.")
ENTITY_STRUCT(MandateTemplate, MANDATE_TEMPLATE_FIELDS)
extern const Entity mandate_template_entity;

typedef struct Hole { const char *name; Str value; bool is_text; } Hole;     /* is_text: Markdown of several lines, taken as it stands */

/* As it holds on a day, whoever asks. */
MUST_USE Err mandate_template_of(Ctx *c, const char *kind, Date day, MandateTemplate **ret);
bool template_has_hole(Str text, Str name);
/* Every hole gets its value; values of one line cannot become markup. */
Str  template_fill(Arena *a, Str text, const Hole *holes, size_t count);
MUST_USE Err mandate_templates_seed(Ctx *c);
