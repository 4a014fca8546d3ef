/* form.c: forms, their versions and fields: what a version must be before it is published, and that it stays as it was after that. */
#include "domain/collection/form.h"

#include "base/text.h"
#include "core/access.h"
#include "core/codelist.h"
#include "domain/collection/collection.sql.h"

static bool is_stable_name(Str s) {
	for (size_t i = 0; i < s.len; i++) {
		char ch = s.ptr[i];
		if (!((ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || ch == '_' || ch == '.'))
			return false;
	}
	return s.len > 0;
}

static Err check_form(Ctx *c, const void *row) {
	const Form *f = row;
	void       *before = NULL;
	if (!str_eq(f->code, text_slug(c->arena, f->code)))
		return fail(c, ERR_INVALID, "code", "Kód: použijte jen malá písmena bez diakritiky, číslice a spojovníky, například zadost-a.");
	if (f->head.id)
		TRY(store_get(c, &form_entity, TODAY, f->head.id, &before));
	if (before && !str_eq(((Form *)before)->code, f->code))              /* calls look their forms up by it, and the next version of the program seeds by it */
		return fail(c, ERR_INVALID, "code", "Kód: formulář má kód %.*s a ten se nemění. Změňte název.", STR_ARG(((Form *)before)->code));
	return OK;
}

static Err load_version(Ctx *c, Id id, FormVersion **ret) {
	void *row;
	TRY(store_get(c, &form_version_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

static Err check_version(Ctx *c, const void *row) {
	const FormVersion *v = row;
	FormVersion       *before;
	if (!v->head.id || c->stepping)
		return OK;
	TRY(load_version(c, v->head.id, &before));
	return str_eq(before->state, S(FORM_DRAFT)) ? OK
	       : fail(c, ERR_CONFLICT, NULL, "Verze je zveřejněná a už se nemění, aby zůstalo jasné, na co lidé odpovídali. Založte její kopii a upravte tu.");
}

static Err of_draft(Ctx *c, Id version) {
	FormVersion *v;
	TRY(load_version(c, version, &v));
	return str_eq(v->state, S(FORM_DRAFT)) ? OK
	       : fail(c, ERR_CONFLICT, "form_version", "Verze č. %lld formuláře je zveřejněná a její údaje se nemění. Založte kopii verze a upravte tu.", (long long)v->no);
}

/* Where the field stands, and where it stood: a field carried over to a draft would be missing in the published version. */
static Err stays_in_draft(Ctx *c, const FormField *f) {
	void *before;
	TRY(of_draft(c, f->form_version));
	if (!f->head.id)
		return OK;
	TRY(store_get(c, &form_field_entity, TODAY, f->head.id, &before));
	return of_draft(c, ((FormField *)before)->form_version);
}

/* Reads what a field says wrong by itself; how it fits the others is judged before the version is published. */
static Err check_field(Ctx *c, const void *row) {
	const FormField *f = row;
	CodeItems        items;
	TRY(stays_in_draft(c, f));
	if (!is_stable_name(f->stable))
		return fail(c, ERR_INVALID, "stable", "Trvalé jméno: použijte jen malá písmena bez diakritiky, číslice, tečku a podtržítko.");
	if (form_is(f, FORM_CHOICE) != (f->list.len > 0))
		return fail(c, ERR_INVALID, "list", "Číselník výběru: vyplňte ho u druhu „výběr“ a jinde ho nechte prázdný.");
	if (form_is(f, FORM_CHOICE) && !str_eq(f->list, S("obvody")) && !c->actor->is_program) {       /* lists of subjects above are seeded after the shipped forms */
		TRY(codelist_items(c, str_z(c->arena, f->list), c->today, &items));
		if (!items.len)
			return fail(c, ERR_INVALID, "list", "Číselník výběru: číselník „%.*s“ tu není nebo je prázdný. Napište jeho kód, například service_kind.", STR_ARG(f->list));
	}
	if (f->computed && (!form_is_number(f) || f->grid.len))
		return fail(c, ERR_INVALID, "computed", "Součtem se počítá jen číslo, které není sloupcem tabulky.");
	if (form_is(f, FORM_FILE) && (f->grid.len || f->parent.len || f->equals.len || f->prefill.len || f->least != BLANK || f->jump != BLANK || f->needs_note))
		return fail(c, ERR_INVALID, "type", "Druh údaje: soubor nemá tabulku, součet ani pravidla čísel. Určit jde jen to, zda je povinný a kolik jich nejvýše je.");
	if (form_is(f, FORM_FILE) && f->most != BLANK && (f->most < 1 || f->most > 10))
		return fail(c, ERR_INVALID, "most", "Nejvýše: souborů jde k jednomu údaji přiložit 1 až 10.");
	if (f->grid.len && (f->needs_note || f->jump != BLANK))
		return fail(c, ERR_INVALID, "grid", "Tabulka: její sloupce nemají poznámky, proto u nich nejde chtít poznámku ani vysvětlení skoku.");
	if (f->sum_is != BLANK && (!form_is_number(f) || !f->grid.len))
		return fail(c, ERR_INVALID, "sum_is", "Součet sloupce jde určit jen u čísla, které je sloupcem tabulky.");
	if (f->least != BLANK && f->most != BLANK && f->least > f->most)
		return fail(c, ERR_INVALID, "most", "Nejvýše: číslo nesmí být menší než v poli Nejméně.");
	return OK;
}

ENTITY(form_entity, Form, FORM_FIELDS, .name = "form", .table = "form", .one = "formulář", .many = "formuláře", .of_many = "formulářů", .article = "m",
       .key = "code", .title = "title", .read = CAP_COLLECTION_READ, .write = CAP_COLLECTION_CREATE, .path = "/app/formulare", .check = check_form)
ENTITY(form_version_entity, FormVersion, FORM_VERSION_FIELDS, .name = "form_version", .table = "form_version", .one = "verze formuláře", .many = "verze formulářů",
       .of_many = "verzí formulářů", .article = "f", .key = "form,no", .title = "title", .read = CAP_COLLECTION_READ, .write = CAP_COLLECTION_UPDATE,
       .path = "/app/formulare/verze", .check = check_version)
ENTITY(form_field_entity, FormField, FORM_FIELD_FIELDS, .name = "form_field", .table = "form_field", .one = "údaj formuláře", .many = "údaje formulářů",
       .of_many = "údajů formulářů", .article = "m", .key = "form_version,stable", .title = "label", .order = "position", .read = CAP_COLLECTION_READ,
       .write = CAP_COLLECTION_UPDATE, .path = "/app/formulare/pole", .check = check_field)

bool form_is(const FormField *f, const char *type) { return str_eq(f->type, str_c(type)); }

bool form_is_number(const FormField *f) {
	return form_is(f, FORM_INT) || form_is(f, FORM_MONEY) || form_is(f, FORM_FTE) || form_is(f, FORM_PERCENT);
}

/* ---- reading ---- */

typedef struct Ids { Id *at; size_t len, cap; } Ids;

static Err read_ids(Ctx *c, const Sql *sql, const DbValue *values, int count, Ids *ret) {
	Rows rows = db_query(ctx_conn(c), sql, values, count);
	*ret = (Ids){0};
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = col_int(&rows, 0);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "forms");
}

static bool has_section(const FormTree *t, Str section) {
	for (size_t i = 0; i < t->sections.len; i++)
		if (str_eq(t->sections.at[i], section))
			return true;
	return false;
}

Err form_tree(Ctx *c, Id form_version, FormTree *ret) {
	FormVersion *v;
	void        *form;
	EntityList   fields;
	*ret = (FormTree){0};
	TRY(load_version(c, form_version, &v));
	TRY(store_get(c, &form_entity, TODAY, v->form, &form));
	bool decided = c->scope_decided;
	c->scope_decided = true;                     /* what a form asks is no secret: whoever has the form reads all of it */
	Err e = entity_parts(c, &form_field_entity, TODAY, "form_version", &form_version, 1, &fields);
	c->scope_decided = decided;
	TRY(e);
	ret->form = form;
	ret->version = v;
	for (size_t i = 0; i < fields.len; i++) {
		FormField *f = fields.at[i];
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = f;
		if (!has_section(ret, f->section))
			strs_add(c->arena, &ret->sections, f->section);
	}
	return OK;
}

const FormField *form_tree_field(const FormTree *t, Str stable) {
	for (size_t i = 0; i < t->len; i++)
		if (str_eq(t->at[i]->stable, stable))
			return t->at[i];
	return NULL;
}

Err form_versions(Ctx *c, Id form, FormVersions *ret) {
	Ids ids;
	*ret = (FormVersions){0};
	TRY(read_ids(c, &sql_form_version_list, P(V(form)), &ids));
	for (size_t i = 0; i < ids.len; i++) {
		FormVersion *v;
		TRY(load_version(c, ids.at[i], &v));
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = v;
	}
	return OK;
}

Err form_published(Ctx *c, Str code, FormVersion **ret) {
	Ids ids;
	TRY(read_ids(c, &sql_form_version_published, P(V(code)), &ids));
	if (!ids.len)
		return fail(c, ERR_NOT_FOUND, NULL, "Formulář „%.*s“ nemá zveřejněnou verzi.", STR_ARG(code));
	return load_version(c, ids.at[0], ret);
}

/* ---- steps ---- */

static Err describe(Ctx *c, WorkObject *o) {
	const FormVersion *v = o->row;
	o->title = str_format(c->arena, "%.*s, verze %lld", STR_ARG(v->title), (long long)v->no);
	o->link = str_format(c->arena, "/app/formulare/verze/%lld", (long long)o->id);
	return OK;
}

static Str fault_of(Ctx *c, const FormTree *t, const FormField *f) {
	const FormField *parent = f->parent.len ? form_tree_field(t, f->parent) : NULL, *other = f->equals.len ? form_tree_field(t, f->equals) : NULL;
	if (f->parent.len && (!parent || !parent->computed || parent == f || !str_eq(parent->type, f->type)))
		return str_format(c->arena, "Údaj „%.*s“ se má přičítat do „%.*s“, ale to není počítaný údaj téhož druhu.", STR_ARG(f->label), STR_ARG(f->parent));
	if (f->equals.len && (!other || other == f || other->grid.len || !str_eq(other->type, f->type)))
		return str_format(c->arena, "Údaj „%.*s“ se má rovnat údaji „%.*s“, ale ten tu není, je jiného druhu, nebo je sloupcem tabulky.", STR_ARG(f->label), STR_ARG(f->equals));
	size_t steps = 0;
	for (const FormField *at = f; at && at->parent.len; at = form_tree_field(t, at->parent))
		if (++steps > t->len)
			return str_format(c->arena, "Součet údaje „%.*s“ vede do kruhu.", STR_ARG(f->label));
	for (size_t i = 0; f->computed && i < t->len; i++)
		if (str_eq(t->at[i]->parent, f->stable))
			return (Str){0};
	return f->computed ? str_format(c->arena, "Údaj „%.*s“ se má počítat součtem, ale nic se do něj nepřičítá.", STR_ARG(f->label)) : (Str){0};
}

static Err fields_fit(Ctx *c, const WorkObject *o, Verdict *ret) {
	FormTree t;
	TRY(form_tree(c, o->id, &t));
	if (!t.len)
		*ret = (Verdict){REFUSED, S("Verze nemá žádný údaj."), S("Přidejte údaje formuláře, nebo je načtěte ze souboru.")};
	for (size_t i = 0; i < t.len && ret->kind == HOLDS; i++) {
		Str fault = fault_of(c, &t, t.at[i]);
		if (fault.len)
			*ret = (Verdict){REFUSED, fault, S("Opravte údaj formuláře.")};
	}
	return OK;
}
static const Guard fields_sound = {"fields_sound", "Údaje formuláře k sobě pasují.", fields_fit, NULL, NULL, NULL};

static Err note_published(Ctx *c, WorkMove *m) {
	FormVersion *v = m->object->row;
	v->published_at = c->now;
	return OK;
}

const Machine form_version_machine = {
	.name = "form_version", .title = "Verze formuláře", .entity = &form_version_entity, .describe = describe,
	.help = "Rozepsaná verze se upravuje; zveřejněná se už nemění a jde podle ní vyplňovat. Změna formuláře je nová verze.",
	MACHINE_STATES(
		{FORM_DRAFT, "rozepsaná", .tone = TONE_WARN, .waits_for = "ANA MET"},
		{FORM_PUBLISHED, "zveřejněná", .tone = TONE_OK, .waits_for = "ANA MET", .needs = "publish"},
		{FORM_RETIRED, "stažená", .is_final = true}),
	MACHINE_ACTIONS(
		{START, "open", "Založit verzi", "verze založena", FORM_DRAFT, .capability = CAP_COLLECTION_CREATE},
		{FORM_DRAFT, "publish", "Zveřejnit verzi", "verze zveřejněna", FORM_PUBLISHED, .capability = CAP_COLLECTION_PUBLISH, .guards = GUARDS(&fields_sound),
		 .alarms = true, .run = note_published},
		{FORM_DRAFT " " FORM_PUBLISHED, "retire", "Stáhnout verzi", "verze stažena", FORM_RETIRED, .capability = CAP_COLLECTION_PUBLISH, .reason = REASON_REQUIRED}),
};

Err form_version_copy(Ctx *c, Id from, FormVersion **ret) {
	FormTree t;
	i64      last;
	TRY(require(c, CAP_COLLECTION_CREATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(form_tree(c, from, &t));
	if (db_get_int(c->conn, &sql_form_version_last, P(V(t.version->form)), 0, &last) != OK)
		return fail_internal(c, "versions of a form");
	FormVersion *v = entity_copy(c->arena, &form_version_entity, t.version);
	v->head = (EntityHead){0};
	v->no = last + 1;
	v->note = (Str){0};
	v->published_at = (Instant){0};
	v->state = (Str){0};
	TRY(workflow_start(c, &form_version_machine, "open", v, NULL));
	for (size_t i = 0; i < t.len; i++) {
		FormField *f = entity_copy(c->arena, &form_field_entity, t.at[i]);
		f->head = (EntityHead){0};
		f->form_version = v->head.id;
		TRY(entity_insert(c, &form_field_entity, f));
	}
	*ret = v;
	return tx_commit(&tx);
}
