/* generate_lists.h: code lists of the national register as far as they are known, with what a generator needs to make sense of them.
 *
 * `known` says that the external id was seen in real data. The others are plausible guesses (kinds: the pattern of the known
 * ones; target groups: alphabetical order around the known ones) and serve generated files only: a real import reads the
 * ministry's list. */
#pragma once
#include "base/base.h"

typedef struct RegisterCode {
	const char *external_id;                 /* DruhSocialniSluzby/4 */
	const char *name;
	bool        known;
} RegisterCode;

enum { REGISTER_KINDS = 34, REGISTER_FORMS = 3, REGISTER_CAPACITY_TYPES = 5, REGISTER_TARGET_GROUPS = 29, REGISTER_AGE_GROUPS = 9 };
enum { KIND_SHELTER = 18, KIND_INTERVENTION_CENTRE = 32 };       /* in register_kinds: whose addresses may be secret */

typedef enum RegisterFormIndex { FORM_AMBULATORY, FORM_RESIDENTIAL, FORM_FIELD } RegisterFormIndex;
typedef enum RegisterCapacityIndex { CAPACITY_CLIENTS, CAPACITY_CONTACTS, CAPACITY_INTERVENTIONS, CAPACITY_BEDS, CAPACITY_CALLS } RegisterCapacityIndex;

typedef struct RegisterKind {
	RegisterCode code;
	const char  *paragraph;
	const char  *label;                      /* first words of a facility's name */
	u8           forms, rare_forms;          /* bits 1 << RegisterFormIndex; rare ones come on top of a usual one */
	u16          weight;                     /* relative count in the country, an estimate */
	u32          groups, ages;               /* bits of register_target_groups and register_age_groups */
	u8           unit;                       /* RegisterCapacityIndex of ambulatory and field forms; beds of residential ones */
	u16          least, most;                /* of that capacity */
	u16          least_beds, most_beds;
} RegisterKind;

extern const RegisterKind register_kinds[REGISTER_KINDS];
extern const RegisterCode register_forms[REGISTER_FORMS];
extern const RegisterCode register_capacity_types[REGISTER_CAPACITY_TYPES];
extern const RegisterCode register_target_groups[REGISTER_TARGET_GROUPS];
extern const RegisterCode register_age_groups[REGISTER_AGE_GROUPS];
