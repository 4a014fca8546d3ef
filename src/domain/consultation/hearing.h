/* hearing.h: public hearings: when and where, how many seats, who may be asked, how it ended. Seats are accounts of the ledger; who sits on them is
 * said by signup.h.
 *
 * A hearing stands alone or belongs to another record (object and id): a consultation of a later subject binds it. Its states are a machine; sign-up
 * ends by the server's clock, whether or not the program has moved the state yet. */
#pragma once
#include "core/files.h"
#include "core/workflow.h"
#include "domain/territory/territory.h"

#define CAP_HEARING_READ    "hearing.read"
#define CAP_HEARING_CREATE  "hearing.create"
#define CAP_HEARING_UPDATE  "hearing.update"
#define CAP_HEARING_PUBLISH "hearing.publish"
#define CAP_HEARING_APPROVE "hearing.approve"

#define HEARING_DRAFT     "draft"
#define HEARING_OPEN      "signup_open"
#define HEARING_CLOSED    "signup_closed"
#define HEARING_HELD      "held"
#define HEARING_MINUTES   "minutes_published"
#define HEARING_CANCELLED "cancelled"

#define CLOCK_HINT "Ve tvaru 9:00."
#define HEARING_FIELDS(F, T) \
	F(T, title, text, "Název projednání", .required = true, .search = true, .sort = true, .list = 1, .hint = "Například: Veřejné projednání návrhu plánu 2027–2029.") \
	F(T, object, text, "K čemu patří", .readonly = true, .max = 40, .help = "Druh záznamu, ke kterému projednání patří, například připomínkové řízení; prázdné = samostatné.") \
	F(T, object_id, int, "Číslo záznamu, k němuž patří", .readonly = true) \
	F(T, district, ref, "Území (ORP)", .target = &territory_entity, .filter = true, .hint = "Prázdné znamená celý kraj.") \
	F(T, about, longtext, "Co se bude projednávat", .max = 4000) \
	F(T, day, date, "Den", .required = true, .sort = true, .list = 2) \
	F(T, starts, text, "Začátek", .required = true, .max = 5, .hint = CLOCK_HINT, .list = 3) \
	F(T, ends, text, "Konec", .required = true, .max = 5, .hint = CLOCK_HINT) \
	F(T, begins_at, instant, "Začíná", .readonly = true) \
	F(T, ends_at, instant, "Končí", .readonly = true) \
	F(T, building, text, "Budova a adresa", .max = 200, .hint = "Například: Krajský úřad, U Jezu 642/2a, Liberec.") \
	F(T, room, text, "Patro a místnost", .max = 120, .list = 4) \
	F(T, online_url, url, "Odkaz pro účast na dálku", .max = 300) \
	F(T, accessibility, longtext, "Přístupnost", .max = 1000, .hint = "Bezbariérový vstup, indukční smyčka, tlumočení, parkování.") \
	F(T, capacity, int, "Počet míst", .required = true, .min = 0, .max = 100000, .list = 5) \
	F(T, reserved, int, "Z toho vyhrazených míst", .min = 0, .max = 100000, .hint = "Pro řečníky a hosty; obsazuje je jen úřad.") \
	F(T, policy, code, "Jak se místa obsazují", .codelist = "hearing_policy", .required = true) \
	F(T, quota, int, "Nejvíc míst na jednu organizaci", .min = 1, .max = 1000, .hint = "Jen když se místa obsazují se stropem na organizaci.") \
	F(T, signup_day, date, "Přihlásit se jde do dne", .required = true) \
	F(T, signup_time, text, "Do kolika hodin", .max = 5, .hint = "Prázdné znamená do konce dne. Jinak ve tvaru 12:00.") \
	F(T, signup_until, instant, "Přihlašování končí", .readonly = true, .help = "Co přijde dřív, je včas. Konec dne je 0:00 dne dalšího.") \
	F(T, contact, text, "Kontaktní funkce", .required = true, .max = 160, .hint = "Funkce a odbor, ne jméno: koordinátor plánu, odbor sociálních věcí.") \
	F(T, contact_email, email, "Kontaktní e-mail") \
	F(T, contact_phone, phone, "Kontaktní telefon") \
	F(T, notice_waiver, longtext, "Proč se oznamuje později", .max = 1000, .hint = "Vyplňte, jen když do projednání zbývá méně dnů, než je pravidlo. Důvod zůstane u zveřejnění.") \
	F(T, state, code, "Stav", .codelist = "hearing_state", .readonly = true, .by_workflow = true, .filter = true, .list = 6) \
	F(T, published_at, instant, "Zveřejněno", .readonly = true) \
	F(T, minutes, longtext, "Zápis", .max = 60000, .readonly = true) \
	F(T, minutes_file, int, "Soubor se zápisem", .readonly = true) \
	F(T, slides_file, int, "Soubor s prezentací", .readonly = true) \
	F(T, minutes_verified_at, instant, "Zápis ověřen", .readonly = true)
ENTITY_STRUCT(Hearing, HEARING_FIELDS)
extern const Entity  hearing_entity;
extern const Machine hearing_machine;

typedef struct Hearings { Hearing **at; size_t len, cap; } Hearings;

/* ---- making and changing: hearing.create, hearing.update over its territory ---- */

/* Instants follow from days and hours; ERR_INVALID by field. */
MUST_USE Err hearing_add(Ctx *c, Hearing *h);
/* ERR_CONFLICT when it was changed meanwhile, or when the new capacity is less than what is taken. When place or time of a published hearing changes,
 * everybody who signed up gets a letter. More seats go to the waiting list at once while sign-up is open. */
MUST_USE Err hearing_change(Ctx *c, Hearing *h);
typedef struct HearingPaper { Str name; StoredFile staged; } HearingPaper;
/* After it was held: the text and, unless NULL, files take the place of what was there. Verified minutes have to be verified again. */
MUST_USE Err hearing_write_minutes(Ctx *c, Id hearing, i64 version, Str text, const HearingPaper *minutes, const HearingPaper *slides);

/* ---- reading ---- */

/* In the office: within the person's scope, ERR_NOT_FOUND outside. */
MUST_USE Err hearing_get(Ctx *c, Id id, Hearing **ret);
/* For everybody: what was published; drafts are ERR_NOT_FOUND. */
MUST_USE Err hearing_public(Ctx *c, Id id, Hearing **ret);
/* Published ones: those that are still to come by c->now (the next first), or the others (the last first). */
MUST_USE Err hearing_coming(Ctx *c, Hearings *ret);
MUST_USE Err hearing_past(Ctx *c, i64 limit, Hearings *ret);
/* Those that belong to a record, in order of time; drafts only for people who may read them. */
MUST_USE Err hearing_of(Ctx *c, const char *object, Id object_id, Hearings *ret);
/* Bind a hearing to a record of another subject. Needs hearing.update. */
MUST_USE Err hearing_bind(Ctx *c, Id hearing, const char *object, Id object_id);
MUST_USE Err hearing_file(Ctx *c, Id hearing, bool minutes, StoredFile *ret);

/* ---- seats ---- */

#define SEATS_BOOK     "seats"
#define SEATS_CAPACITY "capacity"            /* where seats come from: below zero by as many as there are */
#define SEATS_FREE     "free"
#define SEATS_RESERVED "reserved"
#define SEATS_TAKEN    "taken"

typedef struct Seats {
	i64 capacity, free, reserved, taken;     /* capacity = free + reserved + taken */
	i64 waiting;
} Seats;
MUST_USE Err hearing_seats(Ctx *c, Id hearing, Seats *ret);
/* Does it take sign-ups at this instant of the server's clock? */
bool hearing_takes(const Hearing *h, Instant at);
bool hearing_is(const Hearing *h, const char *state);
bool hearing_is_published(const Hearing *h);
/* "16. listopadu 2023 od 9:00 do 11:00", "Krajský úřad …, 3. patro, místnost 326a" */
Str  hearing_when(Arena *a, const Hearing *h);
Str  hearing_where(Arena *a, const Hearing *h);
/* "9:00", "09.00", "24:00" as minutes since midnight; false for anything else. */
bool hearing_clock(Str typed, int *minutes);
