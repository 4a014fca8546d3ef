#include "tests/domain/catalogue_given.h"

#include "core/codelist.h"
#include "core/data_version.h"

static const char *const names[] = {
	"Pečovatelská služba", "Domov", "Chata", "Centrum", "Charita", "Hospic", "Cesta", "Šance", "Žlutý dům", "Čistá řeka", "Úsvit", "Azylový dům",
	"Stacionář", "Poradna", "Oblastní charita", "Ústav", "Krizová pomoc", "Ďáblík", "Ťapka", "Ráj", "Ostrůvek", "Maják", "Háčko", "Chůva",
};
static const char *const more_names[] = {"u Řeky", "Jilm", "Slunečnice", "pro seniory", "Naděje", "v Podhůří", "Chaloupka", "číslo 7", "Žába", "sv. Anny", "", "Liberec"};
static const char *const texts[] = {
	"Pomáháme lidem, kteří potřebují podporu v domácnosti.", "Bydlení pro matky s dětmi v nouzi.", "Dluhové poradenství a pomoc s oddlužením.",
	"Ošetřovatelka dochází i o víkendu.", "", "Nácvik dovedností pro samostatný život.", "Krizová lůžka, odlehčení pečujícím rodinám.",
};

static const char *one_of(Rand *r, const char *const *list, size_t n) {
	return list[rand_range(r, 0, (i64)n - 1)];
}
#define ONE_OF(r, list) one_of(r, list, LEN(list))

static Str kind_words(Ctx *c, Str code) {
	CodeItems words;
	Str       all = codelist_name(c, "service_kind", code);
	MUST(codelist_items(c, "synonym", c->today, &words));
	for (size_t i = 0; i < words.len; i++)
		for (Str of = code_attribute(words.at[i], S("kinds")); of.len;)
			if (str_eq(str_cut(&of, '+'), code))
				all = str_format(t_arena, "%.*s, %.*s", STR_ARG(all), STR_ARG(words.at[i]->name));
	return all;
}

static void choose_codes(Ctx *c, Rand *r, const char *list, int most, Strs *to) {
	CodeItems items;
	MUST(codelist_items(c, list, c->today, &items));
	i64 n = rand_range(r, 0, most);
	for (i64 i = 0; i < n; i++) {
		Str  code = items.at[rand_range(r, 0, (i64)items.len - 1)]->code;
		bool known = false;
		for (size_t k = 0; k < to->len; k++)
			known |= str_eq(to->at[k], code);
		if (!known)
			strs_add(t_arena, to, code);
	}
}

static Id find_provider(Ctx *c, Str name, Str ico) {
	static const Sql by_name = {"test_provider_by_name", "SELECT id FROM provider WHERE name = $1 AND ico = $2", NULL};
	Id id;
	MUST(db_get_int(c->conn, &by_name, P(V(name), V(ico)), 0, &id));
	return id;
}

static EntityHead head(Ctx *c) {
	return (EntityHead){.version = 1, .valid_from = D(2020, 1, 1), .recorded_from = (Instant){c->now.ms - 1000}};
}

static Id put_provider(Ctx *c, Str name, Str ico) {
	Id id = find_provider(c, name, ico);
	if (id)
		return id;
	Provider *p = entity_new(t_arena, &provider_entity);
	p->head = head(c);
	p->name = name;
	p->ico = ico;
	MUST(store_put_row(c, &provider_entity, p));
	return p->head.id;
}

static void put_forms(Ctx *c, const TrueService *s) {
	for (size_t i = 0; i < s->forms.len; i++) {
		FormRow  *f = entity_new(t_arena, &form_row_entity);
		Capacity *k = entity_new(t_arena, &capacity_entity);
		f->head = k->head = head(c);
		f->service = s->id;
		f->form = s->forms.at[i];
		MUST(store_put_row(c, &form_row_entity, f));
		k->form_row = f->head.id;
		k->type = str_eq(f->form, S("pob")) ? S("luzka") : S("klient");
		k->count = 10;
		MUST(store_put_row(c, &capacity_entity, k));
	}
}

static void put_places(Ctx *c, const TrueService *s) {
	for (int i = 0; i < s->places; i++) {
		Facility *f = entity_new(t_arena, &facility_entity);
		f->head = head(c);
		f->service = s->id;
		f->name = str_format(t_arena, "Místo %.*s", STR_ARG(s->town[i]->name));
		f->municipality = s->town[i]->id;
		f->street = S("Tajná");
		f->house_no = S("1");
		f->postcode = S("46001");
		f->secret_address = s->secret[i];
		f->is_contact = i == 0;
		if (s->closed[i])
			f->provided_to = date_add(c->today, -1);
		MUST(store_put_row(c, &facility_entity, f));
	}
}

void put_true_service(Ctx *c, TrueService *s) {
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(c, &tx));
	Service *row = entity_new(t_arena, &service_entity);
	row->head = head(c);
	row->provider = put_provider(c, s->provider, s->ico);
	row->identifier = s->identifier;
	row->kind = s->kind;
	row->name = s->name;
	row->description = s->description;
	row->target_note = s->note;
	row->provided_from = D(2020, 1, 1);
	row->provided_to = s->ended ? date_add(c->today, -1) : (Date){0};
	row->target_groups = s->groups;
	row->age_groups = s->ages;
	row->outside_act = s->outside_act;
	row->is_public = !s->hidden;
	row->merged_into = s->merged ? 1 : 0;
	MUST(store_put_row(c, &service_entity, row));
	s->id = row->head.id;
	put_forms(c, s);
	put_places(c, s);
	MUST(data_version_raise(c));
	MUST(tx_commit(&tx));
}

static TrueService choose(Ctx *c, TrueCatalogue *t, int n, const CodeItems *kinds) {
	Rand       *r = &t->rand;
	i64         provider = rand_range(r, 0, 400);
	TrueService s = {
		.name = str_trim(str_format(t_arena, "%s %s", ONE_OF(r, names), ONE_OF(r, more_names))),
		.identifier = str_format(t_arena, "%07d", 1000000 + n * 37 % 8999999), .description = str_c(ONE_OF(r, texts)),
		.note = rand_chance(r, 10) ? S("Jen pro občany s trvalým pobytem") : S(""),
		.kind = kinds->at[rand_range(r, 0, (i64)kinds->len - 1)]->code,
		.hidden = rand_chance(r, 3), .ended = rand_chance(r, 4), .merged = rand_chance(r, 2), .outside_act = rand_chance(r, 5),
	};
	s.provider = str_format(t_arena, "%s %lld, z. ú.", more_names[provider % (i64)LEN(more_names)], (long long)provider / 2);
	s.provider = str_trim(s.provider);
	s.ico = str_format(t_arena, "%08lld", (long long)(27000000 + provider * 11));
	s.kind_words = kind_words(c, s.kind);
	choose_codes(c, r, "target_group", 4, &s.groups);
	choose_codes(c, r, "age_group", 2, &s.ages);
	choose_codes(c, r, "service_form", 3, &s.forms);
	s.places = (int)rand_range(r, 0, TRUE_PLACES);
	for (int i = 0; i < s.places; i++) {
		s.town[i] = t->towns.at[rand_range(r, 0, (i64)t->towns.len - 1)];
		s.secret[i] = rand_chance(r, 10);
		s.closed[i] = rand_chance(r, 15);
	}
	return s;
}

static void forget(void *db) {
	catalogue_forget(db);
}

Ctx given_catalogue(int count, TrueCatalogue *ret) {
	Ctx       c = given_territory();
	CodeItems kinds;
	arena_defer(t_arena, forget, c.db);
	MUST(codelist_seed(&c, "code_lists/register.csv"));
	*ret = (TrueCatalogue){.at = NEW_ARRAY(t_arena, TrueService, count + 1), .rand = rand_seed(11)};
	MUST(territory_below(&c, 0, LEVEL_MUNICIPALITY, TODAY, &ret->towns));
	MUST(codelist_items(&c, "service_kind", c.today, &kinds));
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(&c, &tx));
	for (int i = 0; i < count; i++) {
		ret->at[ret->len] = choose(&c, ret, i, &kinds);
		put_true_service(&c, &ret->at[ret->len++]);
	}
	MUST(tx_commit(&tx));
	return c;
}

bool is_shown(const TrueService *s) {
	bool open = s->places == 0;
	for (int i = 0; i < s->places; i++)
		open |= !s->closed[i];
	return open && !s->hidden && !s->ended && !s->merged;
}

Str true_text(Arena *a, const TrueService *s) {
	Strs all = {0};
	const Str parts[] = {s->name, s->provider, s->ico, s->identifier, s->kind_words, s->description, s->note};
	for (size_t i = 0; i < LEN(parts); i++)
		strs_add(a, &all, parts[i]);
	for (int i = 0; i < s->places; i++)
		if (!s->secret[i] && !s->closed[i])
			strs_add(a, &all, s->town[i]->name);
	return str_join(a, S("\n"), all);
}

const TrueService *true_service(const TrueCatalogue *t, Id id) {
	for (size_t i = 0; i < t->len; i++)
		if (t->at[i].id == id)
			return &t->at[i];
	return NULL;
}
