/* register_read.c: whatever bytes pretend to be the national register: no crash, no endless loop, and what is read can be stored. */
#include <stdlib.h>

#include "base/hash.h"
#include "base/text.h"
#include "core/store_sql.h"
#include "domain/register/register_record.h"

static const RegisterMaps *maps(void) {
	static Arena        kept;
	static RegisterMaps m;
	if (m.kinds.len)
		return &m;
	crypto_start();
	*ARENA_PUSH(&kept, m.kinds.at, m.kinds.len, m.kinds.cap) = (RegisterCodeName){S("DruhSocialniSluzby/4"), S("40"), S("pečovatelská služba")};
	*ARENA_PUSH(&kept, m.forms.at, m.forms.len, m.forms.cap) = (RegisterCodeName){S("FormaSocialniSluzby/ter"), S("ter"), S("terénní")};
	*ARENA_PUSH(&kept, m.capacity_types.at, m.capacity_types.len, m.capacity_types.cap) =
		(RegisterCodeName){S("TypKapacitySocialniSluzby/klient"), S("klient"), S("počet klientů")};
	*ARENA_PUSH(&kept, m.target_groups.at, m.target_groups.len, m.target_groups.cap) = (RegisterCodeName){S("CilovaSkupinaOsoby/24"), S("seniori"), S("senioři")};
	*ARENA_PUSH(&kept, m.towns, m.town_count, m.town_cap) = (RegisterTown){563889, 7, S("Liberec")};
	register_maps_parts(&kept, &m);
	return &m;
}

static void storable(const Entity *e, const void *row) {
	for (size_t i = 0; i < e->field_count; i++) {
		const Field *f = &e->fields[i];
		if (!field_is_text(f))
			continue;
		Str    s = *(const Str *)field_in(f, row);
		size_t most = f->max ? (size_t)f->max : f->type == TYPE_LONGTEXT ? 10000 : 200;
		if (!text_acceptable(s) || utf8_count(s) > most)
			abort();
	}
}

static void check(const RegisterRecord *r) {
	storable(&provider_entity, &r->provider);
	storable(&service_entity, &r->service);
	for (size_t i = 0; i < r->facility_count; i++)
		storable(&facility_entity, &r->facilities[i]);
	for (size_t i = 0; i < r->contact_count; i++)
		storable(&contact_entity, &r->contacts[i]);
	for (size_t i = 0; i < r->form_count; i++) {
		storable(&form_row_entity, &r->forms[i].row);
		for (size_t k = 0; k < r->forms[i].count; k++)
			storable(&capacity_entity, &r->forms[i].capacities[k]);
	}
	for (size_t i = 0; i < r->fault_count; i++)
		if (!utf8_valid(r->faults[i].text))
			abort();
}

typedef struct Bytes { const char *at; size_t left; } Bytes;

static i64 source(void *arg, char *to, size_t size) {
	Bytes *b = arg;
	size_t n = b->left < size ? b->left : size;
	memcpy(to, b->at, n);
	b->at += n;
	b->left -= n;
	return (i64)n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
	Arena           a = {0}, one = {0};
	Bytes           bytes = {(const char *)data, size};
	RegisterReader *reader = register_read_open(&a, maps(), source, &bytes);
	RegisterRecord  r, again;
	while (register_read_next(reader, &one, &r)) {
		check(&r);
		RegisterDigest x = register_digest(&r), y;
		if (r.offset + r.size > size)
			abort();
		RegisterReader *alone = register_read_open_record(&one, maps(), str_of((const char *)data + r.offset, r.size), r.number, r.line);
		if (!register_read_next(alone, &one, &again))
			abort();
		y = register_digest(&again);
		if (memcmp(x.bytes, y.bytes, sizeof x.bytes) != 0)
			abort();
		register_merge(&one, maps(), &again, &r);
		check(&again);
		arena_reset(&one);
	}
	(void)register_read_place(reader);
	arena_free(&one);
	arena_free(&a);
	return 0;
}
