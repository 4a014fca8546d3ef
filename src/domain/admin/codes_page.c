/* codes_page.c: code lists as they are looked after: one page per list, adding, ending with a successor. */
#include "base/format.h"
#include "domain/admin/admin_page.h"
#include "domain/admin/codes.h"
#include "domain/admin/codes.html.h"
#include "web/screen.h"

#define HOME "/app/sprava/seznamy"

Err page_code_lists(Req *r) {
	CodeLists all;
	TRY(codelist_lists(r->c, r->c->today, &all));
	crumb(r, S("Správa"), S("/app/sprava"));
	view_code_lists(page(r, S("Číselníky")), &all);
	return OK;
}

/* ---- one list ---- */

static Str period_of(Ctx *c, const EntityHead *h) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_date_range(&b, h->valid_from, h->valid_to);
	return buf_take(&b, c->arena);
}

static Str uses_words(Ctx *c, const CodeUses *uses) {
	Strs parts = {0};
	for (size_t i = 0; i < uses->len; i++)
		strs_add(c->arena, &parts, str_format(c->arena, "%s %lld", uses->at[i].entity->many, (long long)uses->at[i].count));
	return str_join(c->arena, S(", "), parts);
}

static Err row_of(Req *r, const CodeItem *item, CodeRow *row) {
	CodeUses uses;
	Ctx     *c = r->c;
	char    *list = str_z(c->arena, item->list);
	TRY(codelist_uses(c, item->list, item->code, &uses));
	*row = (CodeRow){.item = item, .period = period_of(c, &item->head), .count = uses.total, .uses = uses_words(c, &uses)};
	row->holds = !date_after(item->head.valid_from, c->today) && (!date_is(item->head.valid_to) || !date_before(item->head.valid_to, c->today));
	if (item->replaced_by.len)
		row->replaced_by = codelist_name(c, list, codelist_successor(c, list, item->code));
	return OK;
}

static Err known_list(Req *r, CodeList *ret) {
	CodeLists all;
	TRY(codelist_lists(r->c, r->c->today, &all));
	for (size_t i = 0; i < all.len; i++)
		if (str_eq(all.at[i].list, arg(r, 0))) {
			*ret = all.at[i];
			return OK;
		}
	return fail(r->c, ERR_NOT_FOUND, NULL, "Takový číselník tu není.");
}

static void new_fields(Req *r, CodesPage *v) {
	v->fields[0] = (FieldView){.name = S("name"), .label = S("Název"), .value = form(r, "name"), .error = field_problem(r, "name")};
	v->fields[1] = (FieldView){.name = S("code"), .label = S("Kód"), .hint = S("Písmena bez diakritiky, číslice, tečka, pomlčka, podtržítko. Později se nemění."),
	                           .value = form(r, "code"), .error = field_problem(r, "code"), .width = WIDTH_20};
	v->fields[2] = (FieldView){.name = S("position"), .label = S("Pořadí"), .value = form(r, "position"), .error = field_problem(r, "position"), .optional = true,
	                           .is_number = true, .input_mode = "numeric", .width = WIDTH_5};
	v->fields[3] = (FieldView){.kind = FIELD_DATE, .name = S("valid_from"), .label = S("Platí od"), .value = form(r, "valid_from"),
	                           .error = field_problem(r, "valid_from"), .optional = true};
}

static void add_downloads(Req *r, const CodeList *l, Links *ret) {
	static const char *const formats[][2] = {{"CSV", "csv"}, {"XLSX", "xlsx"}, {"JSON", "json"}};
	for (size_t i = 0; i < LEN(formats); i++)
		*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = (LinkView){.label = str_c(formats[i][0]),
			.href = str_format(r->c->arena, "/app/sprava/ciselniky.%s?list=%.*s", formats[i][1], STR_ARG(l->list))};
}

static Err show_list(Req *r) {
	CodeList  l = {0};
	CodeItems items;
	AsOf      at;
	TRY(known_list(r, &l));
	TRY(query_as_of(r, &at));
	CodesPage v = {.list = l.list, .name = l.name, .description = l.description, .all = str_eq(query(r, "vse"), S("1"))};
	v.csrf_new = csrf_token(r, str_cat(r->c->arena, S(HOME "/"), l.list));
	v.as_of = as_of_view(r, S("Položky platné ke dni"));
	v.all_href = url_with(r, "vse", v.all ? (Str){0} : S("1"));
	TRY(codelist_spans(r->c, l.list, date_is(at.valid) ? at.valid : r->c->today, v.all, &items));
	for (size_t i = 0; i < items.len; i++)
		TRY(row_of(r, items.at[i], ARENA_PUSH(r->c->arena, v.rows.at, v.rows.len, v.rows.cap)));
	add_downloads(r, &l, &v.downloads);
	new_fields(r, &v);
	v.errors = errors_view(r, v.fields, LEN(v.fields));
	r->is_error = v.errors != NULL;
	crumb(r, S("Správa"), S("/app/sprava"));
	crumb(r, S("Číselníky"), S(HOME));
	view_code_list(page(r, l.name), &v);
	return OK;
}

Err page_code_list(Req *r) {
	return show_list(r);
}

static Err add_item(Req *r, Str list) {
	const char *why;
	i64         position = BLANK;
	Date        from;
	if (!read_int(form(r, "position"), &position, &why))
		return fail(r->c, ERR_INVALID, "position", "%s", why);
	TRY(form_valid_from(r, r->c->today, &from));
	return code_add(r->c, list, form(r, "code"), form(r, "name"), position, from);
}

Err post_code_new(Req *r) {
	CodeList l = {0};
	TRY(known_list(r, &l));
	Err e = add_item(r, l.list);
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, e == ERR_INVALID ? 422 : 409);
		return show_list(r);
	}
	TRY(e);
	notice(r, "Položka je přidaná.");
	return redirect(r, HOME "/%.*s", STR_ARG(l.list));
}

/* ---- the end of an item ---- */

static Err item_of(Req *r, CodeItem **ret) {
	Id id;
	TRY(arg_id(r, 1, &id));
	TRY(entity_get(r->c, &code_item_entity, TODAY, id, (void **)ret));
	return str_eq((*ret)->list, arg(r, 0)) ? OK : fail(r->c, ERR_NOT_FOUND, NULL, "Taková položka v tomto číselníku není.");
}

static Err fill_successors(Req *r, const CodeItem *item, FieldView *f) {
	CodeItems items;
	Arena    *a = r->c->arena;
	TRY(codelist_items(r->c, str_z(a, item->list), r->c->today, &items));
	*ARENA_PUSH(a, f->options.at, f->options.len, f->options.cap) = (OptionView){.label = S("nic ji nenahrazuje")};
	for (size_t i = 0; i < items.len; i++)
		if (!str_eq(items.at[i]->code, item->code))
			*ARENA_PUSH(a, f->options.at, f->options.len, f->options.cap) =
				(OptionView){.value = items.at[i]->code, .label = items.at[i]->name, .chosen = str_eq(items.at[i]->code, f->value)};
	return OK;
}

static Err show_end(Req *r) {
	CodeItem *item;
	CodeUses  uses;
	TRY(item_of(r, &item));
	TRY(codelist_uses(r->c, item->list, item->code, &uses));
	CodeEndPage v = {.item = item, .used = uses.total > 0, .uses = uses_words(r->c, &uses)};
	v.back = str_cat(r->c->arena, S(HOME "/"), item->list);
	v.action = str_format(r->c->arena, "%.*s/%lld/ukoncit", STR_ARG(v.back), (long long)item->head.id);
	v.csrf = csrf_token(r, v.action);
	v.last_day = (FieldView){.kind = FIELD_DATE, .name = S("last_day"), .label = S("Poslední den platnosti"), .value = form(r, "last_day"), .error = field_problem(r, "last_day")};
	v.successor = (FieldView){.kind = FIELD_SELECT, .name = S("successor"), .label = S("Čím se nahrazuje"), .value = form(r, "successor"),
	                          .hint = S("U starých záznamů bude vidět, která položka platí místo ní."), .error = field_problem(r, "successor")};
	TRY(fill_successors(r, item, &v.successor));
	v.anyway = (FieldView){.kind = FIELD_CHECK, .name = S("anyway"), .label = S("Ukončit bez náhrady, i když se používá"), .chosen = form_has(r, "anyway"),
	                       .error = field_problem(r, "anyway")};
	v.reason = (FieldView){.name = S("reason"), .label = S("Důvod"), .hint = S("Zapíše se do historie."), .value = form(r, "reason"), .optional = true};
	FieldView all[] = {v.last_day, v.successor, v.anyway, v.reason};
	v.errors = errors_view(r, all, LEN(all));
	r->is_error = v.errors != NULL;
	crumb(r, S("Číselníky"), S(HOME));
	crumb(r, codelist_name(r->c, "code_list", item->list), v.back);
	view_code_end(page(r, S("Ukončit položku")), &v);
	return OK;
}

Err page_code_end(Req *r) {
	return show_end(r);
}

static Err end_item(Req *r, const CodeItem *item) {
	CodeEnd     e = {.item = item->head.id, .successor = form(r, "successor"), .anyway = form_has(r, "anyway")};
	const char *why;
	if (!str_to_int(form(r, "version"), &e.version))
		return fail(r->c, ERR_MALFORMED, NULL, "Formulář je neúplný. Otevřete ho znovu.");
	if (!read_date(form(r, "last_day"), &e.last_day, &why))
		return fail(r->c, ERR_INVALID, "last_day", "%s", why);
	r->c->reason = form(r, "reason");
	return code_end(r->c, e);
}

Err post_code_end(Req *r) {
	CodeItem *item;
	TRY(item_of(r, &item));
	Err e = end_item(r, item);
	if (e == ERR_INVALID || (e == ERR_CONFLICT && field_problem(r, "anyway").len)) {
		set_status(r, 422);
		return show_end(r);
	}
	TRY(e);
	notice(r, "Platnost položky je ukončená.");
	return redirect(r, HOME "/%.*s", STR_ARG(item->list));
}
