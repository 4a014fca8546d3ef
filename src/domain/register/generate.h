/* generate.h: files that look like the national register of social services (rpss.json), for the demo region, tests and benchmarks.
 *
 * The document is {"polozky": […]} with the keys of the real export, written record by record into a Buf: with a flush, memory does not
 * grow with the file. Same options, same bytes, on every machine. Territory is real (municipalities, their parts and postcodes);
 * providers, services, addresses and persons are invented and look so: IČO in 99…/009…, identifiers 9……, telephones 000…,
 * addresses of the web in example.org.
 *
 * Not known from the real file, chosen here (the importer should read them leniently):
 *   casoveRozsahy        [{"den": {"id": "DenVTydnu/po"}, "casOd": "07:00", "casDo": "15:30"}, …], two rows when there is a break,
 *                        casDo before casOd when the night is meant; null with nepretrzitePoskytovani
 *   vekoveSkupiny        [{"vekovaSkupina": {"id": "VekovaSkupinaOsoby/6"}}, …], as ciloveSkupiny
 *   faxy                 [{"fax": …, "poznamka": …}];  kontaktniAdresy  [{"adresa": {…}, "poznamka": …}]
 *   rozsirenePusobnostiVKraji  [{"kraj": {"id": "Kraj/78"}}]
 *   persons              statutarniOrgany[].clen and zarizeni[].vedouci: {"jmeno", "prijmeni", "titulPred", "titulZa"}
 *   doplnkoveUdaje       items {"datumOd", "datumDo", "popis", "priloha": {"nazev", "velikost", "url"}}; only priloha.url is known
 *   ids of code lists    see generate_lists.h: which are known and which are only plausible
 *
 * Traps. Each stands once in every N of what is counted, at a place that the seed chooses; RegisterGenerated.traps has the numbers.
 *
 *   | RegisterTrap             | one in | of                                       | what the file says                                      |
 *   |--------------------------|--------|------------------------------------------|---------------------------------------------------------|
 *   | TRAP_ICO_ZEROS           |      8 | providers                                | IČO starts with zeros                                   |
 *   | TRAP_ICO_CHECK_DIGIT     |    100 | providers                                | check digit is wrong                                    |
 *   | TRAP_PROVIDER_SPACES     |     25 | providers                                | name ends with a space and has two inside               |
 *   | TRAP_ICO_SHORT           |      3 | services of a provider with zeros in IČO | zeros are left out, other records of it keep them       |
 *   | TRAP_IDENTIFIER_NUMBER   |     10 | services                                 | identifikator is a number, else a string                |
 *   | TRAP_IDENTIFIER_SHARED   |    100 | services                                 | identifikator, kind and provider of the record before   |
 *   | TRAP_NO_FACILITY         |     60 | services                                 | zarizeni is null or []                                  |
 *   | TRAP_SERVICE_ENDED       |     25 | services                                 | datumPoskytovaniDo before as_of                         |
 *   | TRAP_DATE_TIME           |     20 | services                                 | dates of the record carry T00:00:00                     |
 *   | TRAP_CAPACITY_TWICE      |     50 | services                                 | first facility and first capacity are listed twice      |
 *   | TRAP_FACILITY_SPACES     |     30 | facilities                               | name ends with a space and has two inside               |
 *   | TRAP_FACILITY_ENDED      |     12 | facilities                               | poskytujeDo before as_of                                |
 *   | TRAP_NO_ADDRESS_POINT    |     28 | facilities (the real share is 3.6 %)     | kodAdresnihoMista is null                               |
 *   | TRAP_PART_ELSEWHERE      |     50 | facilities where parts are known         | castObce and postcode of another municipality           |
 *   | TRAP_SECRET              |      2 | facilities of §§ 57 and 60a              | utajenaAdresa true or 1; every other one has no adresa  |
 *
 * Shares are exact to one or two (a facility listed twice shows its traps twice), but TRAP_ICO_SHORT, TRAP_PART_ELSEWHERE and TRAP_SECRET
 * fall by chance on what they are counted of.
 * Where TRAP_NO_FACILITY and TRAP_CAPACITY_TWICE meet, there is no facility and only the capacity is listed twice.
 * Empty lists are null in half of the records and [] in the other half. Several services of a provider share its address. */
#pragma once
#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"

/* ---- territory ---- */

typedef struct RegisterMunicipality {
	u32 code, county, region;                /* RÚIAN */
	u32 population;
	Str name;
	u32 first_part, part_count;              /* in RegisterTerritory.parts; no parts outside the demo region */
} RegisterMunicipality;

typedef struct RegisterPart {
	u32 code, municipality;
	Str postcode;
} RegisterPart;

typedef struct RegisterTerritory {
	RegisterMunicipality *municipalities;    /* by region, county, code */
	size_t                count;
	RegisterPart         *parts;             /* by municipality, code */
	size_t                part_count;
} RegisterTerritory;

/* The texts of obce_cr.csv and casti_obci_psc_lbk.csv. ERR_INVALID with a Czech sentence in *why. */
MUST_USE Err register_territory_read(Arena *a, Str municipalities_csv, Str parts_csv, RegisterTerritory *ret, Str *why);

/* ---- generating ---- */

typedef enum RegisterSize {
	REGISTER_S,                              /* one region: 230 services, 115 providers, 420 facilities, about 3 MB */
	REGISTER_L,                              /* the country: 7,000 services, 2,300 providers, 20,000 facilities, about 99 MB */
	REGISTER_XL,                             /* 200,000 services, 60,000 providers, 260,000 facilities, about 390 MB: lean, no doplnkoveUdaje */
} RegisterSize;

typedef enum RegisterBreak {
	BREAK_SYNTAX,                            /* the closing bracket is missing: not JSON from here on */
	BREAK_UTF8,                              /* bytes that are no text in the provider's name */
	BREAK_DUPLICATE_KEY,
	BREAK_NO_ID,                             /* JSON, but without portalId, id and identifikator */
	BREAK_KIND,                              /* druhSocialniSluzby is a text instead of an object */
	BREAK_DATE,                              /* datumPoskytovaniOd is 30 February */
} RegisterBreak;

typedef struct RegisterGenerateOptions {
	u64           seed;
	RegisterSize  size;
	Date          as_of;                     /* "today" of the file, 2010 or later; required */
	i64           services;                  /* another number of services, the rest in proportion; 0 = as the size says */
	u32           region;                    /* of size S, RÚIAN; 0 = 78 */
	i64           edits;                     /* fields changed against the same file without edits */
	int           drop_percent;              /* leave out the last so many % of services */
	i64           truncate_at;               /* end after so many bytes; 0 = whole */
	i64           broken_record;             /* 1 = the first; 0 = none */
	RegisterBreak broken_how;
} RegisterGenerateOptions;

typedef enum RegisterTrap {
	TRAP_ICO_ZEROS, TRAP_ICO_CHECK_DIGIT, TRAP_PROVIDER_SPACES, TRAP_ICO_SHORT, TRAP_IDENTIFIER_NUMBER, TRAP_IDENTIFIER_SHARED,
	TRAP_NO_FACILITY, TRAP_SERVICE_ENDED, TRAP_DATE_TIME, TRAP_CAPACITY_TWICE, TRAP_FACILITY_SPACES, TRAP_FACILITY_ENDED,
	TRAP_NO_ADDRESS_POINT, TRAP_PART_ELSEWHERE, TRAP_SECRET, REGISTER_TRAPS,
} RegisterTrap;
extern const int register_trap_one_in[REGISTER_TRAPS];

/* One changed field. `field` is one of: provider.name service.emails service.phones service.target_note service.target_groups
 * facility.name facility.address.house_no registered_capacity.count registered_capacity.description.
 * Edits never fall on records with a trap that makes them ambiguous (ended, shared identifier, capacity twice, secret address,
 * wrong check digit), and never on two facts of the same facility or two names of the same provider. */
typedef struct RegisterEdit {
	Str identifier;                          /* of the service; for provider.* the IČO, eight digits */
	Str field, old, new;                     /* without the spaces that a trap put in; "" = null; ids of a list joined by a blank */
} RegisterEdit;

typedef struct RegisterGenerated {
	i64           services, providers, facilities;    /* in the file */
	i64           bytes;
	i64           traps[REGISTER_TRAPS];
	RegisterEdit *edits;                     /* exactly as many as were asked for */
	size_t        edit_count;
} RegisterGenerated;

/* More edits than there are fields to change (about five per service), or a territory without the wanted region: a CHECK. */
RegisterGenerated register_generate(Arena *a, RegisterGenerateOptions o, RegisterTerritory territory, Buf *out);

/* Every invented person of the file has a surname that starts with these letters, which no other text of the file contains; the
 * letters stay when diacritics are folded. No store may ever hold one. */
#define REGISTER_PERSON_MARKER "Qvor"
extern const char *const register_person_surnames[];  /* ends with NULL */
