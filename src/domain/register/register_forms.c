/* register_forms.c: forms of a service in the register: hours of each day, capacities. */
#include "domain/register/register_reading.h"

enum { MOST_FORMS = 60, MOST_CAPACITIES = 200, MOST_HOURS = 300 };

static const struct { const char *code, *name; } days[] = {
	{"po", "po"}, {"ut", "út"}, {"st", "st"}, {"ct", "čt"}, {"pa", "pá"}, {"so", "so"}, {"ne", "ne"},
};

static void add_hours(Arena *a, Str lines[LEN(days)], Str day_id, Str from, Str to) {
	str_cut(&day_id, '/');
	for (size_t i = 0; i < LEN(days); i++) {
		if (!str_eq(day_id, str_c(days[i].code)) || !from.len)
			continue;
		Str open = from.ptr[0] == '0' && from.len == 5 ? str_from(from, 1) : from;
		Str span = to.len ? str_format(a, "%.*s–%.*s", STR_ARG(open), STR_ARG(to.ptr[0] == '0' && to.len == 5 ? str_from(to, 1) : to)) : open;
		lines[i] = lines[i].len ? str_format(a, "%.*s, %.*s", STR_ARG(lines[i]), STR_ARG(span))
		                        : str_format(a, "%s %.*s", days[i].name, STR_ARG(span));
	}
}

/* One line per day: "po 8:00–12:00, 13:00–17:00". */
static Str read_hours(RegisterReader *r) {
	Str lines[LEN(days)] = {0}, key;
	int count = 0;
	if (!reading_list(r, "casoveRozsahy"))
		return (Str){0};
	while (reading_item(r, "casoveRozsahy")) {
		Str day_id = {0}, from = {0}, to = {0};
		while (reading_key(r, &key)) {
			if (IS(key, "den"))
				day_id = reading_reference(r, "den");
			else if (IS(key, "casOd"))
				from = canon_text(r->one, r->record, reading_text(r, "casOd"), NULL, false);
			else if (IS(key, "casDo"))
				to = canon_text(r->one, r->record, reading_text(r, "casDo"), NULL, false);
			else
				reading_skip(r);
		}
		if (++count > MOST_HOURS)
			reading_broken(r, "casoveRozsahy", "seznam je příliš dlouhý.");
		else
			add_hours(r->one, lines, day_id, str_first(from, 5), str_first(to, 5));
	}
	Strs all = {0};
	for (size_t i = 0; i < LEN(days); i++)
		if (lines[i].len)
			strs_add(r->one, &all, lines[i]);
	return str_join(r->one, S("\n"), all);
}

static void add_capacity(RegisterReader *r, RegisterForm *form, const Capacity *c) {
	for (size_t i = 0; i < form->count; i++)
		if (str_eq(form->capacities[i].type, c->type)) {
			canon_fault(r->one, r->record, "capacity_twice", false, S("Stejný druh kapacity je u jedné formy uveden dvakrát. Počítá se první."));
			return;
		}
	*ARENA_PUSH(r->one, form->capacities, form->count, form->cap) = *c;
}

static void read_capacities(RegisterReader *r, RegisterForm *form) {
	Str key;
	if (!reading_list(r, "kapacity"))
		return;
	while (reading_item(r, "kapacity")) {
		Capacity c = {.count = BLANK};
		Str      type = {0};
		while (reading_key(r, &key)) {
			if (IS(key, "pocet"))
				c.count = reading_int(r, "pocet");
			else if (IS(key, "popis"))
				c.description = canon_text(r->one, r->record, reading_text(r, "popis"), NULL, false);
			else if (IS(key, "typ"))
				type = reading_reference(r, "typ");
			else
				reading_skip(r);
		}
		c.type = canon_code(r->one, r->record, &r->maps->capacity_types, type, "Druh kapacity");
		c.effective_from = canon_effective(c.description);
		if (form->count >= MOST_CAPACITIES)
			reading_broken(r, "kapacity", "seznam je příliš dlouhý.");
		else if (c.type.len)
			add_capacity(r, form, &c);
	}
}

static void read_form(RegisterReader *r) {
	RegisterForm form = {0};
	Str          key, id = {0};
	while (reading_key(r, &key)) {
		if (IS(key, "forma"))
			id = reading_reference(r, "forma");
		else if (IS(key, "nepretrzitePoskytovani"))
			form.row.nonstop = reading_truth(r, "nepretrzitePoskytovani");
		else if (IS(key, "casoveRozsahy"))
			form.row.hours = read_hours(r);
		else if (IS(key, "kapacity"))
			read_capacities(r, &form);
		else
			reading_skip(r);
	}
	form.row.form = canon_code(r->one, r->record, &r->maps->forms, id, "Forma služby");
	if (!form.row.form.len)
		return;
	for (size_t i = 0; i < r->record->form_count; i++)
		if (str_eq(r->record->forms[i].row.form, form.row.form)) {
			canon_fault(r->one, r->record, "form_twice", false, S("Stejná forma je v záznamu uvedena dvakrát. Platí první."));
			return;
		}
	if (r->record->form_count >= MOST_FORMS)
		reading_broken(r, "formy", "seznam je příliš dlouhý.");
	else
		*ARENA_PUSH(r->one, r->record->forms, r->record->form_count, r->record->form_cap) = form;
}

void reading_forms(RegisterReader *r) {
	if (reading_list(r, "formy"))
		while (reading_item(r, "formy"))
			read_form(r);
}
