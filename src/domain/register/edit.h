/* edit.h: the register changed by hand: who may, what must hold (DOMAIN G4), and that a reason is given.
 *
 * Every change is dated, recorded and in the trail. A field that the national register gives and a person changes becomes an override: the
 * next import keeps it (register_override.h). */
#pragma once
#include "domain/register/register.h"

/* Parts of a service, each a dated record of its own. */
typedef struct PartKind {
	const Entity      *entity;
	const char        *path;                 /* segment of the address: "formy" */
	const char        *tab;                  /* tab on which it is shown: "kapacity" */
	const char        *new_title;            /* "Nová forma" */
	const char *const *fields;               /* of its form; NULL-terminated */
} PartKind;
const PartKind *part_kind(const Entity *e);                     /* NULL when it is no part */

/* Of the forms, NULL-terminated; also what may be changed by a suggestion's acceptance. */
extern const char *const provider_form_fields[], *const service_form_fields[];

/* A new record (head.id 0), or a change of one from a day on, until the end of the row that was read. A change wants c->reason. A service
 * outside the act without an identifier gets one. ERR_CONFLICT when somebody saved it since it was read. */
MUST_USE Err register_save(Ctx *c, const Entity *e, void *row, Date from);
/* A part is over; `last_day` is the last on which it holds. A form takes its capacities along. Wants c->reason. */
MUST_USE Err register_end(Ctx *c, const Entity *e, Id id, i64 version, Date last_day);

/* The service that a part belongs to; 0 = none. */
MUST_USE Err part_service(Ctx *c, const Entity *e, const void *row, Id *ret);
/* Whoever reads a place without its secret address must not write it back: ERR_FORBIDDEN. */
MUST_USE Err part_writable(Ctx *c, const Entity *e, const void *row);
/* Parts of a service as of a moment, those of capacities through their forms. */
MUST_USE Err parts_list(Ctx *c, const Entity *e, AsOf at, Id service, EntityList *ret);
/* What must hold beyond single fields; `before` is NULL for a new record. Every problem is said. */
MUST_USE Err register_rules(Ctx *c, const Entity *e, const void *before, const void *row);

/* "neposkytuje se", "skončila 3. 4. 2025", "bude od 1. 1. 2027"; {0} while it is provided. */
Str  service_state(Ctx *c, const Service *s);
bool service_is_provided(const Service *s, Date day);
