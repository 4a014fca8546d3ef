/* Every entity of every module: what is exported and imported again is no change. Rows are made from the field tables. */
#include "app/app.h"
#include "base/format.h"
#include "base/hash.h"
#include "base/text.h"
#include "core/codelist.h"
#include "core/files.h"
#include "core/history.h"
#include "core/settings.h"
#include "tests/domain/exchange.h"

enum { ROWS = 12 };

typedef struct Made { const Entity *e; Id ids[ROWS]; size_t len; } Made;
static Made   made[256];
static size_t made_count;
static Id     a_file;                          /* stored, for rows that must have one */

static Made *made_of(const Entity *e) {
	for (size_t i = 0; i < made_count; i++)
		if (made[i].e == e)
			return &made[i];
	made[made_count] = (Made){.e = e};
	return &made[made_count++];
}

static Str a_code(Ctx *c, Rand *r, const Field *f, int i) {
	CodeItems items;
	MUST(codelist_items(c, f->codelist, c->today, &items));
	if (!items.len)
		return S("jiny");
	return items.at[f->unique && (size_t)i < items.len ? i : rand_range(r, 0, (i64)items.len - 1)]->code;
}

/* Where a code is the key there is one row for each, and a new store may have them: a dated table has no index that would refuse the second. */
static bool are_there(Ctx *c, const Entity *e, Made *m) {
	EntityList rows;
	bool       by_code = false;
	for (size_t i = 0; i < e->field_count; i++)
		by_code |= e->fields[i].type == TYPE_CODE && e->fields[i].unique;
	if (!by_code)
		return false;
	MUST(entity_list(c, e, &(ListQuery){.limit = ROWS}, &rows));
	for (size_t i = 0; i < rows.len; i++)
		m->ids[m->len++] = ((EntityHead *)rows.at[i])->id;
	return m->len > 0;
}

static Str an_ico(int i) {
	for (int last = 0; last < 10; last++) {
		Str s = str_format(t_arena, "%07d%d", 2640000 + i * 37, last);
		if (ico_valid(s))
			return s;
	}
	return S("");
}

/* A word that the store lets into a field of a closed set: its help names them as "word: meaning". */
static Str a_word(const Field *f) {
	Str rest = str_c(f->help);
	return f->readonly && str_has(rest, S(": ")) ? str_cut(&rest, ':') : (Str){0};
}

static i64 a_number(Rand *r, const Field *f, int i) {
	if (!f->required && !rand_chance(r, 70))
		return BLANK;
	return f->max ? rand_range(r, f->min, f->max) : i * 100 + rand_range(r, 0, 99);
}

static void fill(Ctx *c, Rand *r, const Field *f, int i, void *row) {
	static const char *const words[] = {"Domov U Lípy", "=vzorec", "středisko; pobočka, dům", "\"Naděje\"", "+pomoc", "žlutý  kůň"};
	void *p = field_at(f, row);
	Made *target;
	switch (f->type) {
	case TYPE_BOOL:
		*(bool *)p = rand_chance(r, 50);
		break;
	case TYPE_DATE:
		*(Date *)p = f->required || rand_chance(r, 70) ? date_add(D(2015, 1, 1), (int)rand_range(r, 0, 3000)) : (Date){0};
		break;
	case TYPE_INSTANT:
		*(Instant *)p = (Instant){INT64_C(1700000000000) + i};
		break;
	case TYPE_INT:
		if (a_file && f->required && strcmp(f->name, "file") == 0) {
			*(i64 *)p = a_file;
			break;
		}
		*(i64 *)p = a_number(r, f, i);
		break;
	case TYPE_MONEY:
	case TYPE_FTE:
	case TYPE_PERCENT:
		*(i64 *)p = a_number(r, f, i);
		break;
	case TYPE_REF:
		target = made_of(f->target);
		*(Id *)p = target->len && (f->required || rand_chance(r, 70)) ? target->ids[rand_range(r, 0, (i64)target->len - 1)] : 0;
		break;
	case TYPE_CODE:
		*(Str *)p = f->required || rand_chance(r, 70) ? a_code(c, r, f, i) : S("");
		break;
	case TYPE_CODES:
		if (rand_chance(r, 70))
			strs_add(t_arena, p, a_code(c, r, f, i));
		break;
	case TYPE_PAIRS:
		*(Str *)p = str_format(t_arena, "%d=%d,%d=%d", 2020 + i % 3, 2500, 2024 + i % 3, 7500);
		break;
	case TYPE_ICO:
		*(Str *)p = an_ico(i);
		break;
	case TYPE_EMAIL:
		*(Str *)p = str_format(t_arena, "osoba%d@example.org", i);
		break;
	case TYPE_URL:
		*(Str *)p = str_format(t_arena, "https://www.example.org/%d", i);
		break;
	case TYPE_PHONE:
		*(Str *)p = str_format(t_arena, "+420 485 226 %03d", i);
		break;
	case TYPE_POSTCODE:
		*(Str *)p = S("46001");
		break;
	default:
		*(Str *)p = a_word(f).len ? a_word(f) : str_format(t_arena, "%s %d%s", words[rand_range(r, 0, (i64)LEN(words) - 1)], i, f->type == TYPE_LONGTEXT ? "\ndruhý řádek" : "");
	}
}

/* As it stands, without the checks of the entity: what is in the store must survive an export whatever it is. */
static void make_rows(Ctx *c, Rand *r, const Entity *e) {
	Made *m = made_of(e);
	if (m->len || are_there(c, e, m))
		return;
	for (size_t k = 0; k < e->field_count; k++)                    /* a subject may list it before what it belongs to */
		if (e->fields[k].required && e->fields[k].type == TYPE_REF && e->fields[k].target != e)
			make_rows(c, r, e->fields[k].target);
	for (int i = 0; i < 30 * ROWS && m->len < ROWS; i++) {
		EntityHead *h = entity_new(t_arena, e);
		for (size_t k = 0; k < e->field_count; k++)
			fill(c, r, &e->fields[k], i, h);
		CLEANUP(tx_end) Tx tx = {0};
		MUST(tx_begin(c, &tx));
		h->version = 1;
		h->valid_from = D(2024, 1, 1);
		h->recorded_from = (Instant){1};
		if (store_put_row(c, e, h) == OK) {      /* refused: the same key twice, a file that is not there; the next may pass */
			MUST(tx_commit(&tx));
			m->ids[m->len++] = h->id;
		}
		c->problems.len = 0;
	}
	if (m->len == 0)
		test_fail(__FILE__, __LINE__, "no row of %s could be made", e->name);
}

static void there_and_back(Ctx *c, const Entity *e, FileFormat f) {
	ImportPreview p = preview_of(c, e, format_name(f), export_of(c, e, f));
	if (p.added + p.changed + p.errors == 0 && p.same > 0)
		return;
	const ImportCell none = {0}, *cell = p.len && p.at[0].cell_count ? &p.at[0].cells[0] : &none;
	test_fail(__FILE__, __LINE__, "%s as %s: %lld new, %lld changed, %lld wrong; %.*s: \"%.*s\" → \"%.*s\" %.*s", e->name, format_name(f), (long long)p.added,
	          (long long)p.changed, (long long)p.errors, STR_ARG(cell->place), STR_ARG(cell->before), STR_ARG(cell->after), STR_ARG(cell->error));
}

static void setup(void) {
	static const Entity *const *entities[64];
	static const Setting       *settings[64];
	static size_t entity_counts[64], setting_counts[64];
	for (size_t i = 0; i < module_count; i++) {
		entities[i] = modules[i]->entities;
		entity_counts[i] = modules[i]->entity_count;
		settings[i] = modules[i]->settings;
		setting_counts[i] = modules[i]->setting_count;
	}
	exchange_setup(entities, entity_counts, module_count);
	settings_setup(settings, setting_counts, module_count);
}

static void keep_a_file(Ctx *c) {
	StoredFile f;
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(c, &tx));
	MUST(files_put(c, S("soubor.txt"), S("obsah"), -1, &f));
	MUST(tx_commit(&tx));
	a_file = f.id;
}

TEST("exchange: every entity of every module comes back from each format as no change") {
	setup();
	given_files_folder();
	Ctx  c = ctx_make(t_arena, test_store(), &actor_program, (Instant){INT64_C(1735689600000)});
	Rand r = rand_seed(7);
	made_count = 0;
	keep_a_file(&c);
	for (size_t i = 0; i < module_count; i++)
		if (modules[i]->seed)
			MUST(modules[i]->seed(&c));
	for (size_t i = 0; i < module_count; i++)
		for (size_t k = 0; k < modules[i]->entity_count; k++)
			make_rows(&c, &r, modules[i]->entities[k]);
	for (size_t i = 0; i < module_count; i++)
		for (size_t k = 0; k < modules[i]->entity_count; k++)
			for (size_t f = 0; f < LEN(all_formats); f++)
				there_and_back(&c, modules[i]->entities[k], all_formats[f]);
	ctx_end(&c);
}

TEST("exchange: sample data say so in the second sheet and in the meta of JSON; CSV stays as it is") {
	setup();
	Ctx  c = ctx_make(t_arena, test_store(), &actor_program, (Instant){INT64_C(1735689600000)});
	Rand r = rand_seed(7);
	made_count = 0;
	a_file = 0;
	make_rows(&c, &r, modules[1]->entities[0]);
	EQ_TEXT(export_note(&c), "");
	EXPECT(!str_has(export_of(&c, modules[1]->entities[0], FORMAT_JSON), S("Ukázková data")));
	MUST(setting_set(&c, S("site.demo"), S("1")));
	EXPECT(str_has(export_note(&c), S("Ukázková data")));
	EXPECT(str_has(export_of(&c, modules[1]->entities[0], FORMAT_JSON), S("Ukázková data")));
	EXPECT(str_has(xlsx_part(export_of(&c, modules[1]->entities[0], FORMAT_XLSX), "xl/worksheets/sheet2.xml"), S("Ukázková data")));
	EXPECT(!str_has(export_of(&c, modules[1]->entities[0], FORMAT_CSV), S("Ukázková data")));
	ctx_end(&c);
}

/* What exchange itself calls a column is no label of a field either. */
static void differs(const Entity *e, Str label, Str other) {
	if (str_eq(text_fold(t_arena, label), text_fold(t_arena, other)))
		test_fail(__FILE__, __LINE__, "%s: two columns are called \"%.*s\"", e->name, STR_ARG(label));
}

TEST("exchange: no two columns of an entity are called alike") {
	for (size_t i = 0; i < module_count; i++)
		for (size_t k = 0; k < modules[i]->entity_count; k++) {
			const Entity *e = modules[i]->entities[k];
			for (size_t x = 0; x < e->field_count; x++) {
				Str label = str_c(e->fields[x].label);
				differs(e, label, S("ID"));
				differs(e, label, e->dated ? S("Platí od") : S(""));
				differs(e, label, e->dated ? S("Platí do") : S(""));
				for (size_t y = 0; y < x; y++)
					differs(e, label, str_c(e->fields[y].label));
			}
		}
}
