/* mandate_template.c: holes of the template. */
#include "domain/network/mandate_template.h"

#include "base/data_file.h"
#include "core/history.h"
#include "core/seed_rows.h"

static const char *const known_holes[] = {
	"kraj", "cislo", "poskytovatel", "ico", "sidlo", "sluzba", "druh", "identifikator", "povinnost", "cilove_skupiny", "kapacita", "jednotka", "uzemi", "od", "do",
	"vyrovnani", "strop", "investice", "nadmerne", "vylucna_prava", "pravni_zaklad", "usneseni", "den_usneseni", "dodatek", "zmeny", "duvod",
	"radek", "cislo_dopisu", "vyhrada", "opatreni", "splnit_do",
};

static bool is_known(Str name) {
	for (size_t i = 0; i < LEN(known_holes); i++)
		if (str_eq(name, str_c(known_holes[i])))
			return true;
	return false;
}

/* The next "{word}" of `*rest`: what stands before it, and its word; false when there is none. A brace without its other is text. */
static bool next_hole(Str *rest, Str *before, Str *name) {
	i64 open = str_find_char(*rest, '{'), close = open < 0 ? -1 : str_find_char(str_from(*rest, (size_t)open), '}');
	if (close < 0)
		return false;
	*before = str_first(*rest, (size_t)open);
	*name = str_first(str_from(*rest, (size_t)open + 1), (size_t)close - 1);
	*rest = str_from(*rest, (size_t)(open + close) + 1);
	return true;
}

bool template_has_hole(Str text, Str name) {
	Str before, found;
	while (next_hole(&text, &before, &found))
		if (str_eq(found, name))
			return true;
	return false;
}

static void put_plain(Buf *b, Str value) {
	for (size_t i = 0; i < value.len; i++) {
		char ch = value.ptr[i];
		if (ch == '\n' || ch == '\r')
			ch = ' ';
		if (memchr("\\`*_[]<>#|!&~", ch, 13))
			buf_char(b, '\\');
		buf_char(b, ch);
	}
}

static void put_hole(Buf *b, Str name, const Hole *holes, size_t count) {
	for (size_t i = 0; i < count; i++) {
		if (!str_eq(name, str_c(holes[i].name)))
			continue;
		if (holes[i].is_text)
			buf_str(b, holes[i].value);
		else
			put_plain(b, holes[i].value);
	}
}

Str template_fill(Arena *a, Str text, const Hole *holes, size_t count) {
	CLEANUP(buf_free) Buf b = {0};
	Str before, name;
	while (next_hole(&text, &before, &name)) {
		buf_str(&b, before);
		put_hole(&b, name, holes, count);
	}
	buf_str(&b, text);
	return buf_take(&b, a);
}

static Err check(Ctx *c, const void *row) {
	const MandateTemplate *t = row;
	Str text = t->text, before, name;
	Err err = OK;
	while (next_hole(&text, &before, &name))
		if (!is_known(name))
			err = fail(c, ERR_INVALID, "text", "Text: program nezná slovo {%.*s}. Opravte ho podle seznamu v příručce, nebo ho smažte.", STR_ARG(utf8_first(name, 40)));
	if (!str_eq(t->kind, S(PAPER_RESERVATION)) && !t->legal_reference.len)
		err = fail(c, ERR_INVALID, "legal_reference", "Odkaz na rozhodnutí Komise: u pověření a dodatku ho vyplňte.");
	return err;
}

ENTITY(mandate_template_entity, MandateTemplate, MANDATE_TEMPLATE_FIELDS, .name = "mandate_template", .table = "mandate_template", .dated = true,
       .one = "vzor pověření", .many = "vzory pověření", .of_many = "vzorů pověření", .article = "m", .key = "kind", .title = "title", .order = "kind",
       .read = "mandate.approve", .write = "mandate.approve", .path = "/app/sprava/vzory-povereni", .check = check)

Err mandate_template_of(Ctx *c, const char *kind, Date day, MandateTemplate **ret) {
	EntityList list;
	ListFilter of_kind = {.field = entity_field(&mandate_template_entity, S("kind")), .value = str_c(kind)};
	bool       decided = c->scope_decided;
	c->scope_decided = true;                     /* what is printed for everybody is no secret */
	Err err = entity_list(c, &mandate_template_entity, &(ListQuery){.at = {.valid = day}, .filters = &of_kind, .filter_count = 1, .limit = 1}, &list);
	c->scope_decided = decided;
	TRY(err);
	if (!list.len)
		return fail(c, ERR_INVALID, NULL, "Na zvolený den není vzor této listiny. Doplňte ho ve Správě na stránce Vzory pověření.");
	*ret = list.at[0];
	return OK;
}

/* ---- standard texts of a new store ---- */

static Err seed_one(Ctx *c, const Strs *header, const Strs *cells, int number) {
	EntityList known;
	Str        file;
	(void)number;
	MandateTemplate *t = entity_new(c->arena, &mandate_template_entity);
	TRY(seed_row_read(c, &mandate_template_entity, header, cells, t, &file));
	ListFilter of_kind = {.field = entity_field(&mandate_template_entity, S("kind")), .value = t->kind};
	TRY(entity_list(c, &mandate_template_entity, &(ListQuery){.filters = &of_kind, .filter_count = 1, .limit = 1}, &known));
	if (known.len)
		return OK;
	t->text = str_trim(data_file(c->arena, str_z(c->arena, str_cat(c->arena, S("mandate/"), file))));
	CHECK(t->text.len);
	return history_create(c, &mandate_template_entity, t, date(2012, 1, 31), (Date){0});
}

Err mandate_templates_seed(Ctx *c) {
	return seed_rows(c, "mandate/templates.csv", seed_one);
}
