/* rights.h: what each role may do with each business object (DOMAIN § 3). Preparing, submitting, evaluating, approving and publishing are
 * rights of their own; on which rows is said by the scope of the role.
 *
 * A right is a capability named OBJECT.VERB: "need.create", "plan.publish". A subject that brings an object puts those names into its route
 * rows and declares nothing. Objects whose rights are finer than verbs (the register) declare capabilities in their own module row. */
#pragma once
#include "core/access.h"

/* read, create, update, submit, approve (decide, evaluate), publish, propose. */
typedef enum Verb { VERB_READ, VERB_CREATE, VERB_UPDATE, VERB_SUBMIT, VERB_APPROVE, VERB_PUBLISH, VERB_PROPOSE, VERB_COUNT } Verb;

typedef struct ObjectRights {
	const char *object;                      /* "need": the entity's name */
	const char *of_many;                     /* "potřeb": Czech, genitive plural */
	const char *may;                         /* "COO:rcusa GRP:rn …": role and the first letters of its verbs, n = propose */
} ObjectRights;
const ObjectRights *rights_objects(size_t *count);

/* Every right that some role has, as capabilities; made once. */
const Capability   *rights_capabilities(size_t *count);
/* The names of a role's rights appended to its own capabilities; NULL-terminated, for the life of the program. */
const char        **rights_of_role(const char *role, const char **own);
/* Which verbs a role has on an object, as bits of Verb. */
unsigned            rights_verbs(const ObjectRights *o, const char *role);
const char         *verb_word(Verb v);       /* "read" */
const char         *verb_title(Verb v);      /* "číst" */
