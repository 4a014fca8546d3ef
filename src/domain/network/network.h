/* network.h: networks of social services and their versions. A network is the list of services that the region guarantees; a version says by which decision
 * and from which day it looks as it does. What stands in it are lines (line.h), dated facts of their own: a version that is approved writes them, and the
 * network can be read as of any day and as known at any instant, also between versions. */
#pragma once
#include "core/workflow.h"
#include "domain/library/resolution.h"
#include "domain/register/register.h"

#define CAP_NETWORK_READ    "network.read"
#define CAP_NETWORK_CREATE  "network.create"
#define CAP_NETWORK_UPDATE  "network.update"
#define CAP_NETWORK_APPROVE "network.approve"

#define TIER_BASIC "basic"

#define NETWORK_FIELDS(F, T) \
	F(T, tier, code, "Druh sítě", .codelist = "network_tier", .required = true, .unique = true, .list = 2) \
	F(T, title, text, "Název", .required = true, .sort = true, .list = 1, .max = 120) \
	F(T, note, longtext, "Co síť je", .max = 2000, .hint = "Věta nebo dvě pro veřejnou stránku sítě.")
ENTITY_STRUCT(Network, NETWORK_FIELDS)
extern const Entity network_entity;

#define VERSION_IS_DRAFT   "draft"
#define VERSION_IN_ROUTE   "in_route"
#define VERSION_APPROVED   "approved"
#define VERSION_EFFECTIVE  "effective"
#define VERSION_SUPERSEDED "superseded"
#define VERSION_CANCELLED  "cancelled"

#define NETWORK_VERSION_FIELDS(F, T) \
	F(T, network, ref, "Síť", .target = &network_entity, .required = true, .filter = true) \
	F(T, number, text, "Číslo verze", .required = true, .search = false, .list = 1, .max = 20, .hint = "Rok a pořadí, například 2027/1.") \
	F(T, title, text, "Název", .required = true, .sort = true, .list = 2, .max = 200) \
	F(T, effective_from, date, "Účinná od", .required = true, .filter = true, .list = 3) \
	F(T, state, code, "Stav", .codelist = "network_version_state", .readonly = true, .by_workflow = true, .filter = true, .list = 4) \
	F(T, base, ref, "Vychází z verze", .target = &network_version_entity) \
	F(T, resolution, ref, "Usnesení", .target = &resolution_entity, .readonly = true, .list = 5) \
	F(T, approved_on, date, "Schválena dne", .readonly = true, .list = 6) \
	F(T, note, longtext, "Poznámka", .max = 4000) \
	F(T, snapshot_sha256, text, "Otisk schváleného znění", .readonly = true, .max = 64) \
	F(T, closed_on, date, "Převzetí uzavřeno dne", .readonly = true, .help = "Jen u verze převzaté z doby před aplikací: prázdné, dokud se její řádky načítají.")
ENTITY_STRUCT(NetworkVersion, NETWORK_VERSION_FIELDS)
extern const Entity network_version_entity;
extern const Machine network_version_machine;
/* Reaction: the head of the department is to look at what is loaded. */
MUST_USE Err network_taken_over(Ctx *c, const WorkMove *m);

/* Every network, the basic one first. */
typedef struct Networks { Network **at; size_t len, cap; } Networks;
MUST_USE Err networks_all(Ctx *c, Networks *ret);
/* By the code of its tier; {0} = the basic one. ERR_NOT_FOUND. */
MUST_USE Err network_of_tier(Ctx *c, Str tier, Network **ret);

typedef struct NetworkVersions { NetworkVersion **at; size_t len, cap; } NetworkVersions;
/* Versions of a network, the newest day first; those that the public may know (approved ones), or all. Asks nobody's rights. */
MUST_USE Err network_versions(Ctx *c, Id network, bool all, NetworkVersions *ret);
MUST_USE Err network_version_stored(Ctx *c, Id id, NetworkVersion **ret);
/* The version that holds on a day: the last approved one that is effective by then; NULL when there is none. `versions` as network_versions gives them. */
const NetworkVersion *network_version_on(const NetworkVersions *versions, Date day);
bool network_version_is_public(const NetworkVersion *v);
/* Taken over from before the program, and its lines are still being loaded: its own resolution is the proof of each of them. */
bool network_version_is_loading(const NetworkVersion *v);
/* Did the program itself approve a version of it? Then its history grows by drafts alone. `versions`: all of them. */
bool network_has_approved(const NetworkVersions *versions);

/* What was not included, and why. */
#define EXCLUSION_FIELDS(F, T) \
	F(T, by_version, ref, "Verze sítě", .target = &network_version_entity, .required = true, .filter = true, .list = 4) \
	F(T, service, ref, "Služba", .target = &service_entity, .hint = "Identifikátor služby; u záměru nechte prázdné.") \
	F(T, provider, ref, "Poskytovatel", .target = &provider_entity, .filter = true, .list = 2) \
	F(T, name, text, "Název služby", .required = true, .search = true, .sort = true, .list = 1, .max = 300) \
	F(T, kind, code, "Druh služby", .codelist = "service_kind", .required = true, .filter = true, .list = 3) \
	F(T, reason, code, "Důvod", .codelist = "exclusion_reason", .required = true, .filter = true, .list = 5) \
	F(T, text, longtext, "Odůvodnění", .required = true, .max = 2000) \
	F(T, decided_on, date, "Rozhodnuto dne", .required = true, .filter = true) \
	F(T, resolution, ref, "Usnesení", .target = &resolution_entity) \
	F(T, application, int, "Žádost", .readonly = true, .help = "Číslo žádosti, o které zastupitelstvo rozhodlo; prázdné u řádku, který zapsal kraj.")
ENTITY_STRUCT(Exclusion, EXCLUSION_FIELDS)
extern const Entity network_exclusion_entity;
/* May the public know? Its version is approved, or the assembly decided of its application. v: its version. */
bool exclusion_is_public(const Exclusion *x, const NetworkVersion *v);
