#include "domain/register/generate_parts.h"

enum { FIRST_YEAR = 2007, VILLAGE = 1000, POINT_OF_PROVIDER = 95000000, POINT_OF_PLACE = 90000000, IDENTIFIERS = 9000000, PORTAL_IDS = 500000 };

#define HOURS(day, from, to) "{\"den\":{\"id\":\"DenVTydnu/" day "\"},\"casOd\":\"" from "\",\"casDo\":\"" to "\"}"
#define WORKDAYS(from, to) HOURS("po", from, to) "," HOURS("ut", from, to) "," HOURS("st", from, to) "," HOURS("ct", from, to) "," HOURS("pa", from, to)
#define ALL_DAYS(from, to) WORKDAYS(from, to) "," HOURS("so", from, to) "," HOURS("ne", from, to)

static const char *const hours_by_day[] = {
	"[" WORKDAYS("07:00", "15:30") "]",
	"[" ALL_DAYS("07:00", "19:00") "]",
	"[" WORKDAYS("08:00", "16:00") "]",
	"[" HOURS("po", "08:00", "12:00") "," HOURS("po", "13:00", "17:00") "," HOURS("st", "08:00", "12:00") "," HOURS("st", "13:00", "17:00") "," HOURS("pa", "08:00", "11:30") "]",
	"[" WORKDAYS("13:00", "18:00") "]",
	"[" ALL_DAYS("06:30", "21:00") "]",
};
static const char hours_by_night[] = "[" ALL_DAYS("18:00", "08:00") "]";

static u64 below(Rand *r, u64 n) {
	return (rand_next(r) >> 32) * n >> 32;
}

static bool chance(Rand *r, u64 percent) {
	return below(r, 100) < percent;
}

/* Small numbers are more common than large ones. */
static i64 amount(Rand *r, u64 least, u64 most) {
	u64 x = below(r, 1000);
	return (i64)(least + (most - least) * x * x / 1000000);
}

bool gen_shares_identifier(const GenPlan *p, i64 index) {
	return index > 0 && gen_hits(p, TRAP_IDENTIFIER_SHARED, index);
}

u32 gen_identifier(const GenPlan *p, i64 index) {
	while (gen_shares_identifier(p, index))
		index--;
	return (u32)(IDENTIFIERS + index * 4 + (i64)(gen_mix(p->o.seed, (u64)index) % 4));
}

static GenDay random_day(Rand *r, int first_year, int last_year) {
	u64 x = rand_next(r);
	int day = x % 3 ? 1 : (int)((x >> 8) % 28) + 1;
	return gen_day(first_year + (int)((x >> 16) % (u64)(last_year - first_year + 1)), (int)((x >> 32) % 12) + 1, day);
}

static u32 some_of(Rand *r, u32 bits, u64 percent) {
	u32 chosen = 0;
	for (u32 bit = 1; bit && bit <= bits; bit <<= 1)
		if (bits & bit && chance(r, percent))
			chosen |= bit;
	return chosen ? chosen : bits & -bits;
}

/* ---- forms and capacities ---- */

static const char *choose_hours(Rand *r, const RegisterKind *kind) {
	if (kind->unit == CAPACITY_BEDS)                 /* beds without residence: a night shelter */
		return hours_by_night;
	return hours_by_day[below(r, LEN(hours_by_day))];
}

static void make_form(const GenPlan *p, Rand *r, GenService *s, u8 form) {
	GenFormRow *row = &s->form[s->forms++];
	bool residential = form == FORM_RESIDENTIAL;
	const RegisterKind *kind = s->kind;
	u8 unit = residential ? CAPACITY_BEDS : kind->unit;
	row->form = form;
	row->nonstop = residential || (unit == CAPACITY_CALLS && chance(r, 70));
	row->hours = row->nonstop || (p->lean && chance(r, 90)) ? NULL : choose_hours(r, kind);
	row->capacities = 1;
	row->capacity[0] = (GenCapacity){
		.type = unit,
		.count = residential ? amount(r, kind->least_beds, kind->most_beds) : amount(r, kind->least, kind->most),
		.from = chance(r, 60) ? s->from : random_day(r, s->from.year + 1, p->year - 1),
	};
	if (unit == CAPACITY_INTERVENTIONS && chance(r, 30)) {
		row->capacities = 2;
		row->capacity[1] = (GenCapacity){.type = CAPACITY_CLIENTS, .count = amount(r, 2, 30), .from = s->from};
	}
}

static void make_forms(const GenPlan *p, Rand *r, GenService *s) {
	u32 forms = s->kind->forms;
	if (forms & (forms - 1))                         /* more than one: residence is the dear one */
		forms = some_of(r, forms & ~(1u << FORM_RESIDENTIAL), 65) | (chance(r, 35) ? forms & 1u << FORM_RESIDENTIAL : 0);
	if (chance(r, 6))
		forms |= s->kind->rare_forms;
	for (u8 form = 0; form < REGISTER_FORMS; form++)
		if (forms & 1u << form)
			make_form(p, r, s, form);
	s->twice = gen_hits(p, TRAP_CAPACITY_TWICE, s->index);
	if (s->twice) {
		s->form[0].capacities = 2;
		s->form[0].capacity[1] = s->form[0].capacity[0];
	}
}

/* ---- facilities ---- */

static u32 municipality_nearby(const GenPlan *p, Rand *r, u32 home) {
	const RegisterMunicipality *m = p->territory.municipalities;
	size_t first = home, end = home + 1;
	while (first > p->first && m[first - 1].county == m[home].county)
		first--;
	while (end < p->end && m[end].county == m[home].county)
		end++;
	return gen_municipality(p, r, first, end);
}

static void choose_part(const GenPlan *p, Rand *r, i64 number, GenPlace *place) {
	const RegisterTerritory *t = &p->territory;
	if (place->where->part_count == 0)
		return;
	place->part = &t->parts[place->where->first_part + below(r, place->where->part_count)];
	if (place->where->part_count == t->part_count || !gen_hits(p, TRAP_PART_ELSEWHERE, number))
		return;
	place->part_elsewhere = true;
	while (place->part->municipality == place->where->code)
		place->part = &t->parts[below(r, t->part_count)];
}

static void choose_address(const GenPlan *p, Rand *r, const GenService *s, i64 number, bool at_provider, GenPlace *place) {
	u32 owner = p->owner[s->index];
	Rand of_provider = rand_seed(gen_mix(p->o.seed ^ 0xADD, owner));
	Rand *from = at_provider ? &of_provider : r;
	place->where = &p->territory.municipalities[at_provider ? s->provider->home : municipality_nearby(p, r, s->provider->home)];
	place->street = place->where->population >= VILLAGE ? gen_street(from) : (Str){0};
	place->house_no = 1 + (u32)below(from, place->where->population >= VILLAGE ? 2900 : 290);
	place->evidence_no = !place->street.len && place->house_no % 9 == 0;      /* číslo evidenční */
	place->orientation = place->street.len && below(from, 100) < 40 ? (u8)(1 + below(from, 99)) : 0;
	place->address_point = at_provider ? POINT_OF_PROVIDER + owner : POINT_OF_PLACE + (u32)number;
	if (gen_hits(p, TRAP_NO_ADDRESS_POINT, number))
		place->address_point = 0;
	choose_part(p, from, number, place);
}

static void make_place(const GenPlan *p, Rand *r, GenService *s, int k) {
	i64 number = (i64)p->first_place[s->index] + k;
	GenPlace *place = &s->place[k];
	if (k == 1 && s->twice) {
		*place = s->place[0];
		return;
	}
	*place = (GenPlace){.from = s->from};
	choose_address(p, r, s, number, k == 0 && chance(r, 60), place);
	if (!s->to.year && chance(r, 30))
		place->from = random_day(r, s->from.year, p->year - 2);
	if (gen_hits(p, TRAP_FACILITY_ENDED, number))
		place->to = random_day(r, place->from.year + 1, p->year - 1);
	place->spaces = gen_hits(p, TRAP_FACILITY_SPACES, number);
	u8 kind = p->kind[s->index];
	place->secret = (kind == KIND_SHELTER || kind == KIND_INTERVENTION_CENTRE) && gen_hits(p, TRAP_SECRET, number);
	place->secret_as_number = place->secret && chance(r, 25);
	place->no_address = place->secret && place->address_point && !place->part_elsewhere && chance(r, 50);
}

/* ---- the whole ---- */

static Str usual_target_note(Rand *r) {
	static const char *const notes[] = {"od 18 let", "Služba je určena lidem od 27 let, po dohodě i mladším.", "od 1 roku do 7 let", "osoby starší 60 let"};
	return chance(r, 25) ? str_c(notes[below(r, LEN(notes))]) : (Str){0};
}

void gen_service(const GenPlan *p, i64 index, GenService *s) {
	s->index = index;
	s->kind = &register_kinds[p->kind[index]];
	s->provider = &p->provider[p->owner[index]];
	s->portal_id = PORTAL_IDS + (u32)index;
	s->identifier = gen_identifier(p, index);
	s->identifier_shared = gen_shares_identifier(p, index);
	s->identifier_number = gen_hits(p, TRAP_IDENTIFIER_NUMBER, index);
	s->ico_short = s->provider->zeros && gen_hits(p, TRAP_ICO_SHORT, index);
	s->date_time = gen_hits(p, TRAP_DATE_TIME, index);
	s->broken = index + 1 == p->o.broken_record;
	s->email = s->target_note = (Str){0};
	s->forms = 0;
	s->to = (GenDay){0};

	s->rand = rand_seed(gen_mix(p->o.seed, (u64)index + 0x5E41));
	Rand *r = &s->rand;
	s->lists_null = chance(r, 50);
	s->from = chance(r, 35) ? gen_day(FIRST_YEAR, 1, 1) : random_day(r, FIRST_YEAR, p->year - 2);
	if (gen_hits(p, TRAP_SERVICE_ENDED, index))
		s->to = random_day(r, s->from.year + 1, p->year - 1);
	s->phone = (u32)below(r, 1000000);
	s->groups = some_of(r, s->kind->groups, p->lean ? 30 : 50);
	s->ages = some_of(r, s->kind->ages, p->lean ? 40 : 75);
	s->target_note = usual_target_note(r);
	make_forms(p, r, s);
	s->places = p->places[index];
	for (int k = 0; k < s->places; k++)
		make_place(p, r, s, k);
}
