/* register_override.c: what people put right against the register survives, until the register says the same. */
#include "tests/domain/register_given.h"

#include "core/history.h"

#define HEAD "{\"polozky\":[{\"portalId\":1,\"id\":\"1\",\"identifikator\":\"9000001\",\"datumPoskytovaniOd\":\"2015-01-01\"," \
	"\"druhSocialniSluzby\":{\"id\":\"DruhSocialniSluzby/4\"},\"poskytovatel\":{\"ico\":\"25596641\",\"nazev\":\""
#define MIDDLE "\"},\"ciloveSkupiny\":[{\"cilovaSkupina\":{\"id\":\"CilovaSkupinaOsoby/24\"}}],\"formy\":[{\"forma\":{\"id\":\"FormaSocialniSluzby/ter\"},\"kapacity\":[{\"pocet\":"
#define TAIL ",\"popis\":\"Kapacita\",\"typ\":{\"id\":\"TypKapacitySocialniSluzby/klient\"}}]}],"
#define TWO_PLACES "\"zarizeni\":[{\"nazev\":\"Místo A\",\"adresa\":{\"obec\":{\"id\":\"Obec/563889\"},\"cisloDomovni\":1}}," \
	"{\"nazev\":\"Místo B\",\"adresa\":{\"obec\":{\"id\":\"Obec/563889\"},\"cisloDomovni\":2}}],\"emaily\":[{\"email\":\"a@example.org\"}]}]}"

static Str file_of(const char *provider, const char *count) {
	return str_format(t_arena, HEAD "%s" MIDDLE "%s" TAIL TWO_PLACES, provider, count);
}

static void *only(Ctx *c, const Entity *e) {
	EntityList list;
	MUST(entity_list(c, e, &(ListQuery){.limit = -1}, &list));
	EXPECT(list.len > 0);
	return list.at[0];
}

static void correct(Ctx *c, const Entity *e, const void *before, void *after) {
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(c, &tx));
	MUST(history_change(c, e, after, c->today, (Date){0}));
	MUST(register_note_override(c, e, before, after));
	MUST(tx_commit(&tx));
}

TEST("register override: a corrected name stays while the register changes it, and the correction ends when both agree") {
	Db *db;
	Ctx c = given_register_store(&db);
	must_import(&c, file_of("Charita", "10"));
	Provider *p = only(&c, &provider_entity), *after = entity_copy(t_arena, &provider_entity, p);
	after->name = S("Oblastní charita Liberec");
	correct(&c, &provider_entity, p, after);
	EQ_INT(must_preview(&c, file_of("Charita", "10")).changed, 0);
	RegisterImport r = must_import(&c, file_of("Charita Lbc", "12"));
	EQ_INT(r.fields, 1);                         /* the capacity */
	EQ_INT(r.kept, 1);
	EQ_TEXT(((Provider *)only(&c, &provider_entity))->name, "Oblastní charita Liberec");
	RegisterOverrides list;
	MUST(register_overrides_of(&c, &provider_entity, p->head.id, &list));
	EQ_INT(list.len, 1);
	EQ_TEXT(list.at[0].value, "Oblastní charita Liberec");
	EQ_TEXT(list.at[0].register_value, "Charita Lbc");
	EQ_INT(must_preview(&c, file_of("Charita Lbc", "12")).changed, 0);
	must_import(&c, file_of("Oblastní charita Liberec", "12"));
	MUST(register_overrides_of(&c, &provider_entity, p->head.id, &list));
	EQ_INT(list.len, 0);
	must_import(&c, file_of("Charita zase jinak", "12"));
	EQ_TEXT(((Provider *)only(&c, &provider_entity))->name, "Charita zase jinak");
}

TEST("register override: a correction that people take back is over") {
	Db *db;
	Ctx c = given_register_store(&db);
	must_import(&c, file_of("Charita", "10"));
	Service *s = only(&c, &service_entity), *after = entity_copy(t_arena, &service_entity, s);
	after->target_note = S("od 60 let");
	after->description = S("Jen u nás: registr popis nemá.");
	correct(&c, &service_entity, s, after);
	RegisterOverrides list;
	MUST(register_overrides_of(&c, &service_entity, s->head.id, &list));
	EQ_INT(list.len, 1);                         /* the description is nobody else's */
	EQ_TEXT(str_c(list.at[0].field->name), "target_note");
	Service *again = only(&c, &service_entity), *back = entity_copy(t_arena, &service_entity, again);
	back->target_note = S("");
	correct(&c, &service_entity, again, back);
	MUST(register_overrides_of(&c, &service_entity, s->head.id, &list));
	EQ_INT(list.len, 0);
}

TEST("register override: things that people added are not ended, those that they removed do not come back") {
	Db *db;
	Ctx c = given_register_store(&db);
	must_import(&c, file_of("Charita", "10"));
	Service   *s = only(&c, &service_entity);
	Contact   *mine = entity_new(t_arena, &contact_entity);
	EntityList places;
	mine->service = s->head.id;
	mine->kind = S("phone");
	mine->value = S("485 000 111");
	MUST(entity_list(&c, &facility_entity, &(ListQuery){.limit = -1}, &places));
	EQ_INT(places.len, 2);
	Facility *gone = places.at[1], *kept = places.at[0];
	{
		CLEANUP(tx_end) Tx tx = {0};
		MUST(tx_begin(&c, &tx));
		MUST(history_create(&c, &contact_entity, mine, c.today, (Date){0}));
		MUST(register_note_override(&c, &contact_entity, NULL, mine));
		MUST(history_end(&c, &facility_entity, gone->head.id, gone->head.version, c.today, (Date){0}));
		MUST(register_note_override(&c, &facility_entity, gone, NULL));
		MUST(tx_commit(&tx));
	}
	RegisterImport r = must_import(&c, file_of("Charita", "14"));          /* the record changed: all of it is compared */
	EQ_INT(r.fields, 1);
	MUST(entity_list(&c, &facility_entity, &(ListQuery){.limit = -1}, &places));
	EQ_INT(places.len, 1);
	EQ_INT(((Facility *)places.at[0])->head.id, kept->head.id);
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM contact WHERE recorded_to IS NULL AND valid_to IS NULL"), 2);
}

TEST("register override: a renamed facility is still recognised by what the register calls it") {
	Db *db;
	Ctx c = given_register_store(&db);
	must_import(&c, file_of("Charita", "10"));
	EntityList places;
	MUST(entity_list(&c, &facility_entity, &(ListQuery){.limit = -1}, &places));
	Facility *f = places.at[0], *after = entity_copy(t_arena, &facility_entity, f);
	after->name = S("Středisko u nádraží");
	after->house_no = S("77");
	correct(&c, &facility_entity, f, after);
	RegisterImport r = must_import(&c, file_of("Charita", "11"));
	EQ_INT(r.fields, 1);
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM facility WHERE recorded_to IS NULL AND valid_to IS NULL"), 2);
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM facility WHERE recorded_to IS NULL AND valid_to IS NULL AND house_no = '77'"), 1);
}
