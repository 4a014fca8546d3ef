/* register_demo.c: a generated register goes through the same import as a real one; then descriptions for the public, services outside the
 * Act, corrections against the register, and people of one provider. */
#include "domain/register/register_demo.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/data_file.h"
#include "core/history.h"
#include "domain/people/demo.h"
#include "domain/people/people.h"
#include "domain/register/edit_demo.h"
#include "domain/register/generate.h"
#include "domain/register/register_import.h"

enum { DEMO_SEED = 2026, DESCRIBED = 60, SPOOL_FLUSH = 1 << 18 };
static const i64 spool_most = INT64_C(1) << 30;

/* ---- the file ---- */

static bool spool_flush(Buf *b, void *arg) {
	size_t done = 0;
	while (done < b->len) {
		ssize_t n = write(*(int *)arg, b->ptr + done, b->len - done);
		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	return true;
}

/* An unlinked file: gone when it is closed, whatever happens. */
static int open_spool(void) {
	const char *folder = getenv("TMPDIR");
	int         fd = open(folder ? folder : "/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd >= 0)
		return fd;
	char name[] = "/tmp/sitovka-demo-XXXXXX";
	fd = mkstemp(name);
	if (fd >= 0)
		unlink(name);
	return fd;
}

static Err generate_into(Ctx *c, int fd, DemoSize size) {
	static const RegisterSize sizes[] = {[DEMO_S] = REGISTER_S, [DEMO_L] = REGISTER_L, [DEMO_XL] = REGISTER_XL};
	CLEANUP(arena_free) Arena a = {.on_full = c->arena->on_full};
	RegisterTerritory territory;
	Str               why = {0};
	if (register_territory_read(&a, data_file(&a, "territory/obce_cr.csv"), data_file(&a, "territory/casti_obci_psc_lbk.csv"), &territory, &why) != OK)
		return fail(c, ERR_INTERNAL, NULL, "%.*s", STR_ARG(why));
	Buf out = {.flush = spool_flush, .flush_arg = &fd, .flush_at = SPOOL_FLUSH};
	register_generate(&a, (RegisterGenerateOptions){.seed = DEMO_SEED, .size = sizes[size], .as_of = c->today}, territory, &out);
	bool fine = buf_finish(&out);
	buf_free(&out);
	return fine ? OK : fail(c, ERR_STORAGE, NULL, "V dočasné složce není místo na ukázkový registr.");
}

static Err import_all(Ctx *c, int fd) {
	RegisterInput  in = {.fd = fd, .name = S("ukazka-rpss.json"), .most_bytes = spool_most};
	RegisterImport r;
	TRY(register_preview(c, &in, &r));
	return register_apply(c, &in, r.id, true, &r);
}

/* ---- what the register does not have ---- */

static const char *description_of(Str kind) {
	static const struct { const char *kind, *text; } texts[] = {
		{"37", "Poradíme vám s dluhy, bydlením, rodinnými vztahy i s tím, na jakou podporu máte nárok. Poradna je bezplatná a můžete zůstat v anonymitě. Stačí zavolat nebo přijít v otevírací době."},
		{"39", "Asistentka či asistent za vámi dochází domů nebo vás doprovodí ven, do školy i do práce. Rozsah pomoci si domluvíme podle toho, co potřebujete."},
		{"40", "Pečovatelky docházejí k lidem domů: pomohou s hygienou, jídlem, úklidem a nákupem. Službu si domluvíte na dny a hodiny, které vám vyhovují."},
		{"44", "Pečujete doma o blízkého a potřebujete si odpočinout nebo si něco zařídit? Na tu dobu péči převezmeme."},
		{"46", "Ve všední dny nabízíme péči, společnost a činnosti, které udržují soběstačnost. Večer se vracíte domů."},
		{"49", "Domov pro seniory, kteří už nezvládnou žít doma ani s pomocí rodiny a terénních služeb. Péče je nepřetržitá."},
		{"50", "Bydlení a nepřetržitá péče pro lidi s demencí nebo s duševním onemocněním v prostředí, které je bezpečné a klidné."},
		{"51", "Byty, ve kterých lidé s postižením žijí co nejvíc podle svého. Podpora přichází tam, kde je jí třeba."},
		{"57", "Přechodné bydlení pro lidi, kteří přišli o střechu nad hlavou. Pomůžeme vám hledat bydlení i práci."},
		{"62", "Klub pro děti a mládež: můžete přijít kdykoli v otevírací době, nic se neplatí a nikdo se neptá na jméno."},
		{"65", "Pracujeme s rodinami s dětmi, které se ocitly v těžké situaci. Docházíme za vámi domů a hledáme řešení společně."},
		{"69", "Pracovníci přicházejí za lidmi tam, kde jsou: na ulici, v ubytovnách, v sociálně vyloučených místech."},
		{"70", "Naučíme vás nebo vašeho blízkého zvládat co nejvíc věcí samostatně: domácnost, dopravu, úřady i hledání práce."},
	};
	for (size_t i = 0; i < LEN(texts); i++)
		if (str_eq(kind, str_c(texts[i].kind)))
			return texts[i].text;
	return NULL;
}

static Err describe(Ctx *c, const EntityList *services) {
	int done = 0;
	for (size_t i = 0; i < services->len && done < DESCRIBED; i++) {
		Service    *s = services->at[i];
		const char *text = description_of(s->kind);
		if (!text)
			continue;
		s->description = str_c(text);
		TRY(history_change_judged(c, &service_entity, s, s->head.valid_from, s->head.valid_to));
		done++;
	}
	return OK;
}

/* Help that is no social service by the law, with a place and a telephone. */
static Err add_outside_act(Ctx *c, const EntityList *services) {
	static const struct { const char *name, *text, *kind; } offers[] = {
		{"Dobrovolnické centrum", "Dobrovolníci navštěvují osamělé lidi doma i v domovech, čtou, povídají si, chodí na procházky.", "66"},
		{"Půjčovna zdravotních pomůcek", "Půjčujeme polohovací postele, chodítka a vozíky za malý poplatek, s dovozem a vysvětlením.", "40"},
		{"Svépomocná skupina pečujících", "Jednou měsíčně se scházejí lidé, kteří doma pečují o blízkého. Přijít může každý, přihlášení není třeba.", "37"},
		{"Potravinová pomoc", "Vydáváme základní potraviny a hygienické potřeby lidem, které pošle sociální pracovník obce.", "37"},
	};
	for (size_t i = 0; i < LEN(offers) && i < services->len; i++) {
		const Service *by = services->at[i * services->len / LEN(offers)];
		Date           from = date(2022, 3, 1);
		Service       *s = entity_new(c->arena, &service_entity);
		*s = (Service){.provider = by->provider, .identifier = str_format(c->arena, "MIMO-%zu", i + 1), .portal_id = BLANK, .kind = str_c(offers[i].kind),
		               .name = str_c(offers[i].name), .description = str_c(offers[i].text), .provided_from = from, .outside_act = true, .is_public = true,
		               .end_reason = S(""), .target_note = S(""), .confirmed_by = S("")};
		TRY(history_create(c, &service_entity, s, from, (Date){0}));
		TRY(register_note_override(c, &service_entity, NULL, s));
		Contact *phone = entity_new(c->arena, &contact_entity);
		*phone = (Contact){.service = s->head.id, .kind = S("phone"), .value = str_format(c->arena, "000 555 0%zu0", i + 1), .note = S("po–pá 8–15")};
		TRY(history_create(c, &contact_entity, phone, from, (Date){0}));
	}
	return OK;
}

/* Two names that people put right: the next import keeps them. */
static Err correct_names(Ctx *c, const EntityList *services) {
	Str reason = c->reason;
	c->reason = S("Název podle sdělení poskytovatele.");
	for (size_t i = 0, done = 0; i < services->len && done < 2; i++) {
		Service *s = services->at[i], *after = entity_copy(c->arena, &service_entity, s);
		if (date_is(s->provided_to) || !str_eq(s->kind, S("40")))
			continue;
		after->name = utf8_first(str_cat(c->arena, s->name, done ? S(" a okolí") : S(" – domácí péče")), 200);
		TRY(history_change(c, &service_entity, after, c->today, (Date){0}));
		TRY(register_note_override(c, &service_entity, s, after));
		done++;
	}
	c->reason = reason;
	return OK;
}

/* Coordinator, statutory person and clerk of the provider with the most services in view. */
static Err add_people(Ctx *c, const EntityList *services) {
	Id  best = 0;
	int most = 0;
	for (size_t i = 0; i < services->len; i++) {
		Id  provider = ((Service *)services->at[i])->provider;
		int n = 0;
		for (size_t k = 0; k < services->len; k++)
			n += ((Service *)services->at[k])->provider == provider && !date_is(((Service *)services->at[k])->provided_to);
		if (n > most) {
			most = n;
			best = provider;
		}
	}
	if (!best)
		return OK;
	void *row;
	TRY(entity_get(c, &provider_entity, TODAY, best, &row));
	Organisation o = {.kind = S("provider"), .name = ((Provider *)row)->name, .ref = best};
	TRY(entity_insert(c, &organisation_entity, &o));
	TRY(people_demo_account(c, "poskytovatel@demo.invalid", "Poskytovatelka Ukázková", "PRV", SCOPE_PROVIDER, best, o.head.id));
	TRY(people_demo_account(c, "statutar@demo.invalid", "Statutární Ukázkový", "PSG", SCOPE_PROVIDER, best, o.head.id));
	return people_demo_account(c, "spravce.poskytovatele@demo.invalid", "Správcová Ukázková", "PAD", SCOPE_PROVIDER, best, o.head.id);
}

static Err complete(Ctx *c) {
	EntityList services;
	TRY(entity_list(c, &service_entity, &(ListQuery){.order = entity_field(&service_entity, S("identifier")), .limit = 400}, &services));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(correct_names(c, &services));
	TRY(entity_list(c, &service_entity, &(ListQuery){.order = entity_field(&service_entity, S("identifier")), .limit = 400}, &services));
	TRY(describe(c, &services));
	TRY(add_outside_act(c, &services));
	TRY(add_people(c, &services));
	TRY(edit_demo(c, &services));
	TRY(machines_demo(c, &services));
	return tx_commit(&tx);
}

Err register_demo(Ctx *c, DemoSize size) {
	int fd = open_spool();
	if (fd < 0)
		return fail(c, ERR_STORAGE, NULL, "V dočasné složce nelze založit soubor s ukázkovým registrem.");
	Err e = generate_into(c, fd, size);
	if (e == OK)
		e = import_all(c, fd);
	close(fd);
	return e == OK ? complete(c) : e;
}
