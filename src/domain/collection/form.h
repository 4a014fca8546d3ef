/* form.h: forms that a region makes itself: versions with fields, published once and never changed after that.
 *
 * A field has a stable name in all versions of its form, so that answers of different years can be compared. Fields of one grid are the columns of a
 * table with rows; a computed field is the sum of those that name it as their parent. What is filled in: submission.h. */
#pragma once
#include "core/workflow.h"

#define CAP_COLLECTION_READ    "collection.read"
#define CAP_COLLECTION_CREATE  "collection.create"
#define CAP_COLLECTION_UPDATE  "collection.update"
#define CAP_COLLECTION_PUBLISH "collection.publish"

#define FORM_DRAFT     "draft"
#define FORM_PUBLISHED "published"
#define FORM_RETIRED   "retired"

#define FORM_FIELDS(F, T) \
	F(T, code, text, "Kód", .required = true, .unique = true, .max = 40, .list = 2, .hint = "Malá písmena a spojovníky, například zadost-a. Nemění se.") \
	F(T, title, text, "Název formuláře", .required = true, .search = true, .sort = true, .list = 1, .max = 160) \
	F(T, about, longtext, "K čemu slouží", .max = 2000)
ENTITY_STRUCT(Form, FORM_FIELDS)
extern const Entity form_entity;

#define FORM_VERSION_FIELDS(F, T) \
	F(T, form, ref, "Formulář", .target = &form_entity, .required = true, .filter = true, .readonly = true, .list = 2) \
	F(T, no, int, "Verze", .required = true, .readonly = true, .list = 3) \
	F(T, title, text, "Název", .required = true, .search = true, .sort = true, .max = 200, .list = 1) \
	F(T, declaration, longtext, "Prohlášení při odeslání", .required = true, .max = 2000, .hint = "Kdo odesílá, tímto potvrzuje, že údaje jsou pravdivé a že za organizaci smí jednat.") \
	F(T, note, longtext, "Co se proti minulé verzi změnilo", .max = 2000) \
	F(T, state, code, "Stav", .codelist = "form_state", .readonly = true, .by_workflow = true, .filter = true, .list = 4) \
	F(T, published_at, instant, "Zveřejněna", .readonly = true)
ENTITY_STRUCT(FormVersion, FORM_VERSION_FIELDS)
extern const Entity  form_version_entity;
extern const Machine form_version_machine;

/* Types of the code list form_type: the program knows how each is read. */
#define FORM_TEXT    "text"
#define FORM_LONG    "odstavec"
#define FORM_INT     "cislo"
#define FORM_MONEY   "castka"
#define FORM_FTE     "uvazek"
#define FORM_PERCENT "podil"
#define FORM_DAY     "datum"
#define FORM_YES     "ano-ne"
#define FORM_CHOICE  "vyber"
#define FORM_FILE    "soubor"                /* filled by attaching (attachment.h); most = how many */

#define FORM_FIELD_FIELDS(F, T) \
	F(T, form_version, ref, "Verze formuláře", .target = &form_version_entity, .required = true, .filter = true, .list = 3) \
	F(T, stable, text, "Trvalé jméno", .required = true, .max = 40, .list = 2, .hint = "Malá písmena, číslice, tečka a podtržítko. V dalších verzích zůstává stejné.") \
	F(T, section, text, "Část formuláře", .required = true, .max = 120, .list = 4) \
	F(T, position, int, "Pořadí", .required = true, .min = 1, .max = 100000, .list = 5) \
	F(T, label, text, "Popisek", .required = true, .search = true, .max = 300, .list = 1) \
	F(T, hint, text, "Nápověda", .max = 500) \
	F(T, type, code, "Druh údaje", .codelist = "form_type", .required = true, .list = 6) \
	F(T, unit, text, "Jednotka", .max = 40) \
	F(T, required, bool, "Povinný") \
	F(T, list, text, "Číselník výběru", .max = 60, .hint = "Kód číselníku, například service_kind; „obvody“ nabídne obvody ORP.") \
	F(T, grid, text, "Tabulka", .max = 60, .hint = "Údaje téže tabulky jsou jejími sloupci.") \
	F(T, parent, text, "Součet nad ním", .max = 40, .hint = "Trvalé jméno údaje, do kterého se přičítá.") \
	F(T, computed, bool, "Počítá se součtem") \
	F(T, least, int, "Nejméně", .hint = "V základních jednotkách: haléře, setiny úvazku, setiny procenta.") \
	F(T, most, int, "Nejvýše") \
	F(T, sum_is, int, "Součet sloupce musí být") \
	F(T, equals, text, "Musí se rovnat", .max = 40, .hint = "Trvalé jméno údaje se stejnou hodnotou. U sloupce tabulky se porovná jeho součet.") \
	F(T, jump, int, "Neobvyklý rozdíl proti minulu (%)", .min = 1, .max = 1000, .hint = "Větší rozdíl je potřeba vysvětlit poznámkou.") \
	F(T, needs_note, bool, "Nenulová hodnota potřebuje poznámku") \
	F(T, prefill, text, "Předvyplnit", .max = 60)
ENTITY_STRUCT(FormField, FORM_FIELD_FIELDS)
extern const Entity form_field_entity;

/* A version with its fields in their order, ready for filling in. */
typedef struct FormTree {
	const Form        *form;
	const FormVersion *version;
	FormField        **at;
	size_t             len, cap;
	Strs               sections;             /* each once, in order */
} FormTree;
MUST_USE Err form_tree(Ctx *c, Id form_version, FormTree *ret);
const FormField *form_tree_field(const FormTree *t, Str stable);        /* NULL when there is none */
bool             form_is(const FormField *f, const char *type);
bool             form_is_number(const FormField *f);                    /* one that can be added up */

typedef struct FormVersions { FormVersion **at; size_t len, cap; } FormVersions;
/* Newest first; form 0 = of all forms. */
MUST_USE Err form_versions(Ctx *c, Id form, FormVersions *ret);
/* The newest published version of a form by its code; ERR_NOT_FOUND. */
MUST_USE Err form_published(Ctx *c, Str code, FormVersion **ret);
/* A draft with a copy of all fields; asks the right to create. */
MUST_USE Err form_version_copy(Ctx *c, Id from, FormVersion **ret);
/* The forms that the program brings (data/forms): those that the store does not know yet, published. */
MUST_USE Err forms_seed(Ctx *c);
