/* demo.c: made-up needs of all ten districts, in every state, with offers, an order, and answers that say no. */
#include "domain/needs/demo.h"

#include "domain/needs/optimal.h"
#include "domain/needs/snapshot.h"
#include "domain/people/demo.h"

enum { DAY_MS = 24 * 3600 * 1000, EACH = 5 };

typedef struct Sample {
	const char *title, *group, *kind, *form, *unit, *evidence, *situation, *source;
	i64 persons, served, refused, capacity;
} Sample;

static const Sample samples[] = {
	{"Večerní a víkendová pečovatelská služba", "seniori", "40", "ter", "U", "zkusenost",
	 "Lidé po návratu z nemocnice zvládnou být doma, jen když k nim někdo přijde i večer a o víkendu. Služba teď končí v půl čtvrté.",
	 "Shoda pracovní skupiny a sociálních pracovníků nemocnice.", 34, 12, 9, 250},
	{"Odlehčovací služba pro pečující rodiny", "pecujici", "44", "pob", "L", "odmitnuti",
	 "Rodiny pečují nepřetržitě a nemají si kdy odpočinout; nejbližší volné místo je mimo obvod.", "Evidence odmítnutých zájemců poskytovatelů za poslední rok.", 21, 6, 15, 400},
	{"Domov se zvláštním režimem pro lidi s demencí", "demence", "50", "pob", "L", "statistika",
	 "Čekací doba přesahuje rok a rodiny péči doma nezvládají.", "Počty žadatelů hlášené domovy k 30. 6.", 46, 18, 31, 1200},
	{"Chráněné bydlení pro mladé dospělé s mentálním postižením", "mentalni", "51", "pob", "L", "setreni",
	 "Mladí lidé odcházejí ze škol a jejich rodiče stárnou; samostatné bydlení s podporou v obvodu není.", "Rozhovory s rodinami žáků speciálních škol.", 9, 0, 4, 600},
	{"Terénní programy pro lidi bez přístřeší", "bez-pristresi", "69", "ter", "U", "podnet",
	 "Lidé přespávají mimo město, kam nikdo nedochází; přibývá stížností i zdravotních potíží.", "Podněty obyvatel a městské policie.", 12, 5, 0, 100},
	{"Sociálně aktivizační služba pro rodiny v zadluženosti", "rodiny", "65", "ter", "U", "statistika",
	 "Rodiny s dětmi přicházejí o bydlení kvůli dluhům a děti o školu i kroužky.", "Údaje orgánu sociálně-právní ochrany dětí.", 27, 11, 6, 150},
	{"Nízkoprahový klub v odlehlé části obvodu", "mladez", "62", "amb", "U", "setreni",
	 "Děti a mladí nemají kde být; klub je v sousedním městě a odpoledne k němu nic nejede.", "Dotazník na základních školách.", 40, 0, 0, 200},
	{"Podpora lidí s duševním onemocněním po propuštění", "dusevni", "70", "ter", "U", "zkusenost",
	 "Po propuštění z nemocnice nikdo nepomůže s bydlením, penězi a prací, lidé se vracejí zpět.", "Zkušenost skupiny a ambulancí.", 16, 7, 5, 150},
	{"Tlumočení pro neslyšící na úřadech", "sluchove", "56", "ter", "U", "podnet",
	 "Neslyšící si na úřad musí vodit příbuzné, i když jde o jejich soukromí.", "Podněty občanů.", 3, 1, 0, 50},
	{"Raná péče pro rodiny dětí s poruchou autistického spektra", "autismus", "54", "ter", "U", "odmitnuti",
	 "Rodiny čekají na první návštěvu i půl roku, nejdůležitější čas u dítěte mezitím uplyne.", "Čekací listina poskytovatele.", 4, 2, 4, 50},
};

typedef struct Tale {
	Ctx    *c;
	Actor   planner;
	Instant now;
	const Actor *before;
} Tale;

static void act(Tale *t, const Actor *who, int days_ago) {
	t->c->actor = who;
	t->c->now = (Instant){t->now.ms - (i64)days_ago * DAY_MS};
	t->c->today = prague_day(t->c->now);
}

static Need need_of(Ctx *c, const Sample *s, const Unit *place, size_t turn) {
	Need *n = entity_new(c->arena, &need_entity);
	int   year, month, day;
	date_parts(c->today, &year, &month, &day);
	n->title = str_c(s->title);
	n->year = year + 1;
	n->territory = place->id;
	n->target_group = str_c(s->group);
	n->situation = str_c(s->situation);
	n->persons = s->persons > 5 ? s->persons + (i64)(turn * 7 % 11) - 3 : s->persons;
	n->served_now = s->served < n->persons ? s->served : 0;
	n->refused = s->refused;
	n->kind = str_c(s->kind);
	n->form = str_c(s->form);
	n->unit = str_c(s->unit);
	n->missing_capacity = fte(s->capacity + (i64)(turn % 3) * 100);
	n->evidence = str_c(s->evidence);
	n->evidence_text = str_format(c->arena, "%s Ukázková data.", s->source);
	return *n;
}

/* People who have no account in the sample: their function stands for them. */
static void sign(Ctx *c, const Unit *district, Need *n) {
	n->owner = 0;
	n->author = S("Koordinátor komunitního plánování");
	n->organisation = str_format(c->arena, "ORP %.*s", STR_ARG(district->name));
	n->made_at = c->now;
}

static Err step(Tale *t, Id need, const char *action, int days_ago, const char *reason, const Actor *who) {
	act(t, who, days_ago);
	return workflow_do(t->c, &need_machine, need, action, &(WorkInput){.reason = reason ? str_c(reason) : (Str){0}});
}

static Err say_no(Tale *t, Id need, const char *action, size_t turn) {
	static const struct { const char *reason, *text; } words[] = {
		{"zdroje", "V rozpočtu na příští rok na novou službu peníze nejsou. Do té doby pomáhá sociální odbor města a dobrovolníci."},
		{"poskytovatel", "Výzvu nikdo nepodal, v obvodu není poskytovatel, který by službu dokázal obsadit lidmi."},
		{"jina-sluzba", "V sousedním obvodu je služba, která má volné místo a do obvodu dojíždí."},
	};
	act(t, &t->planner, 20);
	NeedAnswer a = {.reason = str_c(words[turn % LEN(words)].reason), .text = str_c(words[turn % LEN(words)].text),
	                .resolution = str_format(t->c->arena, "%zu/26/RK", 1200 + turn), .review = date_add_months(t->c->today, 6 + (int)(turn % 4) * 6)};
	return need_answer(t->c, need, action, &a);
}

/* How far it got: 0 draft, 1 proposed, 2 in the group, 3 in the steering group, 4 accepted, 5 left without an answer, 6 not accepted. */
static Err lead(Tale *t, Id need, int how_far, size_t turn) {
	static const struct { const char *action, *reason; int days; } way[] = {
		{"submit", NULL, 150}, {"agree_group", "Jednání skupiny v září, shoda všech tří stran.", 90}, {"agree_steering", "Jednání územní řídicí skupiny v říjnu.", 50},
		{"accept", "Kraj s potřebou počítá v přípravě plánu.", 30},
	};
	int steps = how_far >= 5 ? how_far == 5 ? 4 : 3 : how_far;
	for (int i = 1; i < steps; i++) {            /* it was submitted before the snapshot */
		act(t, &actor_program, way[i].days);
		if (i == 1)
			TRY(need_rank(t->c, need, false, RANK_LAST, 0));
		TRY(step(t, need, way[i].action, way[i].days, way[i].reason, i == 3 ? &t->planner : &actor_program));
	}
	return how_far == 5 ? say_no(t, need, "leave", turn) : how_far == 6 ? say_no(t, need, "reject", turn) : OK;
}

static Err offer(Tale *t, Id need, const Unit *place, size_t turn) {
	NeedOffer *o = entity_new(t->c->arena, &offer_entity);
	act(t, &actor_program, 40);
	o->need = need;
	o->kind = turn % 2 ? S(OFFER_PREMISES) : S(OFFER_CO_FUNDING);
	o->text = turn % 2 ? S("Bývalá školní družina, 60 m², bezbariérový vchod. Ukázková nabídka.") : S("Příspěvek na provoz, když službu podpoří i kraj. Ukázková nabídka.");
	if (turn % 2 == 0) {
		o->year = date_year(t->c->today) + 1;
		o->amount = czk((i64)(turn % 4) * 120000);
	}
	o->municipality = place->id;
	o->owner = 0;
	o->author = S("Starosta");
	o->organisation = str_cat(t->c->arena, S("Obec "), place->name);
	o->made_at = t->c->now;
	return entity_insert(t->c, &offer_entity, o);
}

static int how_far(size_t turn, size_t i) {
	static const int ways[EACH] = {4, 5, 3, 4, 1};
	return i == EACH - 1 ? (int)(turn % 3) : i == 1 && turn % 3 == 2 ? 6 : ways[i];
}

static Err begin_district(Tale *t, const Unit *district, size_t turn, Id *made) {
	Units towns;
	TRY(territory_below(t->c, district->id, LEVEL_MUNICIPALITY, TODAY, &towns));
	for (size_t i = 0; i < EACH; i++) {
		const Unit *place = i % 2 && towns.len ? towns.at[(turn + i) % towns.len] : district;
		act(t, &actor_program, 160);
		Need n = need_of(t->c, &samples[(turn * 3 + i) % LEN(samples)], place, turn + i);
		sign(t->c, district, &n);
		TRY(need_add(t->c, &n, how_far(turn, i) > 0));
		made[i] = n.head.id;
	}
	return OK;
}

static Err go_on_district(Tale *t, const Unit *district, size_t turn, const Id *made) {
	Units towns;
	TRY(territory_below(t->c, district->id, LEVEL_MUNICIPALITY, TODAY, &towns));
	for (size_t i = 0; i < EACH; i++) {
		TRY(lead(t, made[i], how_far(turn, i), turn + i));
		if (i % 2 == 0 && towns.len)
			TRY(offer(t, made[i], towns.at[(turn + i) % towns.len], turn + i));
	}
	return OK;
}

/* As if the program had run on the night when the half-year ended. */
static Err half_year(Tale *t) {
	Date day = half_year_end(prague_day(t->now));
	Id   made;
	act(t, &actor_program, 0);
	t->c->today = date_add(day, 1);
	t->c->now = prague_instant(t->c->today, 300);
	return snapshot_regular(t->c, &made);
}

/* ---- the optimum: a little more than there is, by the size of the district ---- */

static Err optimum(Tale *t, const Units *districts) {
	static const struct { const char *kind, *unit; i64 per_10000; } wanted[] = {
		{"37", "U", 60}, {"39", "U", 90}, {"40", "U", 420}, {"44", "L", 400}, {"49", "L", 2300}, {"50", "L", 1400}, {"51", "L", 300}, {"57", "L", 350},
		{"62", "U", 45}, {"65", "U", 80}, {"69", "U", 55}, {"70", "U", 60},
	};
	act(t, &actor_program, 0);
	for (size_t i = 0; i < LEN(wanted); i++)
		for (size_t d = 0; d < districts->len; d++) {
			AgeGroups people;
			TRY(population_of(t->c, districts->at[d]->id, TODAY, &people));
			i64  value = div_round((people.total == BLANK ? 20000 : people.total) * wanted[i].per_10000, 10000);
			bool is_beds = strcmp(wanted[i].unit, "L") == 0;
			OptimalCapacity o = {.year = date_year(t->c->today) + 1, .kind = str_c(wanted[i].kind), .unit = str_c(wanted[i].unit), .district = districts->at[d]->id,
			                     .value = fte(is_beds ? value / 100 * 100 : value / 25 * 25), .source = S("Ukázkový koncept sítě")};
			TRY(history_create(t->c, &optimal_entity, &o, date(date_year(t->c->today), 1, 1), (Date){0}));
		}
	return OK;
}

/* Two of the demo's own accounts have something under way: a town's draft, and a group's need. */
static Err of_accounts(Tale *t) {
	static const struct { const char *login; size_t sample; } own[] = {{"obec.jablonec@demo.invalid", 6}, {"clen@demo.invalid", 0}, {"koordinator.tanvald@demo.invalid", 5}};
	for (size_t i = 0; i < LEN(own); i++) {
		Actor      who;
		NeedPlaces places;
		t->c->actor = t->before;
		TRY(people_demo_actor(t->c, own[i].login, &who));
		act(t, &who, 3 - (int)i);
		TRY(need_places(t->c, &places));
		CHECK(places.units.len > 0);
		Need n = need_of(t->c, &samples[own[i].sample], places.units.at[0], i);
		n.title = str_format(t->c->arena, "%s: doplnění", samples[own[i].sample].title);
		TRY(need_add(t->c, &n, false));
		t->c->actor = t->before;
	}
	return OK;
}

/* A mayor in the district whose coordinator has an account: the whole way of a need can be walked through in the sample. */
static Err mayor(Tale *t) {
	const Unit *town = territory_by_slug(t->c, LEVEL_MUNICIPALITY, S("smrzovka"));
	if (!town)
		return OK;
	t->c->actor = t->before;
	Organisation office = {.kind = S("municipality"), .name = str_cat(t->c->arena, S("Město "), town->name), .ref = town->id};
	TRY(entity_insert(t->c, &organisation_entity, &office));
	return people_demo_account(t->c, "starosta.smrzovka@demo.invalid", "Starosta Ukázkový", "MSG", SCOPE_MUNICIPALITY, town->id, office.head.id);
}

static Err tell(Tale *t, const Units *districts) {
	Id (*made)[EACH] = arena_alloc(t->c->arena, size_mul(districts->len + 1, sizeof *made));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(t->c, &tx));
	for (size_t i = 0; i < districts->len; i++)
		TRY(begin_district(t, districts->at[i], i, made[i]));
	TRY(half_year(t));
	for (size_t i = 0; i < districts->len; i++)
		TRY(go_on_district(t, districts->at[i], i, made[i]));
	TRY(mayor(t));
	TRY(of_accounts(t));
	TRY(optimum(t, districts));
	act(t, &actor_program, 7);
	Id snapshot;
	TRY(snapshot_make(t->c, S("Podklad pro jednání řídicích skupin"), &snapshot));
	return tx_commit(&tx);
}

Err needs_demo(Ctx *c, DemoSize size) {
	(void)size;
	Tale        t = {.c = c, .now = c->now, .before = c->actor};
	Date        today = c->today;
	const Unit *region = territory_region(c);
	Units       districts = {0};
	TRY(people_demo_actor(c, "planovac@demo.invalid", &t.planner));
	TRY(territory_below(c, region ? region->id : 0, LEVEL_DISTRICT, TODAY, &districts));
	Err err = tell(&t, &districts);
	c->actor = t.before;
	c->now = t.now;
	c->today = today;
	return err;
}
