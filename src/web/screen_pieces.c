/* screen_pieces.c: from a field table to the views that screens print; pages written by hand use them too. */
#include "web/screen.h"

bool may_see_field(const Req *r, const Entity *e, const Field *f) {
	const char *needed = f->read ? f->read : f->secret ? e->write : NULL;
	return !needed || may(r->c, needed);
}

Str row_href(Req *r, const Entity *e, Id id) {
	return str_format(r->c->arena, "%s/%lld", e->path, (long long)id);
}

PairView pair_view(Req *r, const Field *f, const void *row) {
	PairView p = {.label = str_c(f->label), .value = field_people(r->c, f, row)};
	if (field_is_blank(f, row))
		return p;
	const Str *text = field_in(f, row);
	if (f->type == TYPE_URL)
		p.href = *text;
	if (f->type == TYPE_EMAIL)
		p.href = str_cat(r->c->arena, S("mailto:"), *text);
	if (f->type == TYPE_PHONE)
		p.href = phone_link(r->c->arena, *text).href;
	if (f->type == TYPE_REF && f->target->path && may(r->c, f->target->read)) {
		Str href = row_href(r, f->target, *(const Id *)field_in(f, row));
		p.href = web_may_open(r, href) ? href : (Str){0};
	}
	return p;
}

/* ---- forms ---- */

static void add_options(Req *r, const Field *f, Strs chosen, FieldView *v) {
	CodeItems items;
	if (codelist_items(r->c, f->codelist, r->c->today, &items) != OK)
		return;
	Arena *a = r->c->arena;
	if (f->type == TYPE_CODE)
		*ARENA_PUSH(a, v->options.at, v->options.len, v->options.cap) = (OptionView){.label = S("– vyberte –")};
	for (size_t i = 0; i < items.len; i++) {
		OptionView o = {.value = items.at[i]->code, .label = items.at[i]->name};
		for (size_t k = 0; k < chosen.len; k++)
			o.chosen = o.chosen || str_eq(chosen.at[k], o.value);
		*ARENA_PUSH(a, v->options.at, v->options.len, v->options.cap) = o;
	}
}

/* By its name where the name finds it again, else by its number. */
static Str named_record(Req *r, const Field *f, Id id) {
	void      *target;
	EntityList found;
	size_t     said = r->c->problems.len;
	Str        label = {0};
	if (entity_get(r->c, f->target, TODAY, id, &target) == OK) {
		label = ref_label(r->c, f->target, target);
		if (ref_matches(r->c, f->target, label, &found) != OK || found.len != 1 || ((EntityHead *)found.at[0])->id != id)
			label = (Str){0};
	}
	r->c->problems.len = said;
	return label.len ? label : str_format(r->c->arena, "%lld", (long long)id);
}

static Str typed_or_stored(Req *r, const Field *f, const void *row, bool as_typed) {
	if (as_typed)
		return form(r, f->name);
	if (f->type == TYPE_DATE || f->type == TYPE_INT || f->type == TYPE_MONEY || f->type == TYPE_FTE || f->type == TYPE_PERCENT || f->type == TYPE_PAIRS)
		return field_people(r->c, f, row);
	if (f->type == TYPE_REF && !field_is_blank(f, row) && f->target->key && !strchr(f->target->key, ',')) {
		void *target;
		size_t said = r->c->problems.len;
		if (entity_get(r->c, f->target, TODAY, *(const Id *)field_in(f, row), &target) == OK)
			return field_machine(r->c->arena, entity_field(f->target, str_c(f->target->key)), target);
		r->c->problems.len = said;
	}
	return f->type == TYPE_REF && !field_is_blank(f, row) ? named_record(r, f, *(const Id *)field_in(f, row)) : field_machine(r->c->arena, f, row);
}

/* As many records as one reads through in a list; of more one is named by its key or number. */
enum { CHOICES_MAX = 60 };

static void add_choice(Req *r, FieldView *v, Str value, Str label, bool chosen) {
	*ARENA_PUSH(r->c->arena, v->options.at, v->options.len, v->options.cap) = (OptionView){.value = value, .label = label, .chosen = chosen};
}

/* False when there are too many of them, none, or the person may not see them; when they are people, who are not listed beside every form; or when
 * something else than a number was typed. */
static bool add_choices(Req *r, const Field *f, const void *row, Str chosen, FieldView *v) {
	ListQuery  q = {.limit = CHOICES_MAX + 1};
	EntityList all;
	i64        id = 0;
	size_t     said = r->c->problems.len;
	bool       found = false;
	if (f->target->is_personal || (!f->target->is_public && !may(r->c, f->target->read)) || (chosen.len && !str_to_int(chosen, &id)))
		return false;
	if (entity_list(r->c, f->target, &q, &all) != OK || all.len == 0 || all.len > CHOICES_MAX) {
		r->c->problems.len = said;
		return false;
	}
	add_choice(r, v, (Str){0}, f->required ? S("– vyberte –") : S("– nic –"), false);
	for (size_t i = 0; i < all.len; i++) {
		Id its = ((EntityHead *)all.at[i])->id;
		found = found || its == id;
		add_choice(r, v, str_format(r->c->arena, "%lld", (long long)its), ref_label(r->c, f->target, all.at[i]), its == id);
	}
	if (id && !found)                            /* ended since, or outside of what the person sees: it stays as it is */
		add_choice(r, v, chosen, *(const Id *)field_in(f, row) == id ? field_people(r->c, f, row) : chosen, true);
	return true;
}

/* A name that several bear was typed: the second step asks which of them is meant, by what tells them apart. */
static bool choose_among(Req *r, const Field *f, Str typed, FieldView *v) {
	EntityList found;
	size_t     said = r->c->problems.len;
	i64        number;
	if (str_to_int(typed, &number) || ref_matches(r->c, f->target, typed, &found) != OK || found.len < 2 || found.len > CHOICES_MAX) {
		r->c->problems.len = said;
		return false;
	}
	add_choice(r, v, (Str){0}, S("– upřesněte –"), true);
	for (size_t i = 0; i < found.len; i++)
		add_choice(r, v, str_format(r->c->arena, "%lld", (long long)((EntityHead *)found.at[i])->id), ref_label(r->c, f->target, found.at[i]), false);
	return true;
}

static bool choose_record(Req *r, const Field *f, const void *row, bool as_typed, FieldView *v) {
	Id  id = *(const Id *)field_in(f, row);
	Str chosen = as_typed ? form(r, f->name) : id && id != BLANK ? str_format(r->c->arena, "%lld", (long long)id) : (Str){0};
	if (!add_choices(r, f, row, chosen, v) && !(as_typed && choose_among(r, f, chosen, v)))
		return false;
	v->kind = FIELD_SELECT;
	if (!f->hint)
		v->hint = f->help ? str_c(f->help) : (Str){0};
	return true;
}

static const char *input_type(const Field *f) {
	switch (f->type) {
	case TYPE_EMAIL:
		return "email";
	case TYPE_URL:
		return "url";
	case TYPE_PHONE:
		return "tel";
	default:
		return "text";
	}
}

static Str hint_of(Req *r, const Field *f) {
	if (f->hint)
		return str_c(f->hint);
	if (f->type == TYPE_REF) {
		const char *key = f->target->key && !strchr(f->target->key, ',') ? entity_field(f->target, str_c(f->target->key))->label : NULL;
		bool        by_name = f->target->title && !f->target->is_personal && (f->target->is_public || may(r->c, f->target->read));
		return str_format(r->c->arena, "%s%s%s.%s", by_name ? "Název, nebo číslo záznamu" : "Číslo záznamu", key ? " nebo " : "", key ? key : "",
		                  by_name ? " Nese-li název víc záznamů, nabídneme je." : "");
	}
	return f->help ? str_c(f->help) : (Str){0};
}

FieldView field_view(Req *r, const Field *f, const void *row, bool as_typed) {
	FieldView v = {.name = str_c(f->name), .label = str_c(f->label), .error = field_problem(r, f->name), .optional = !f->required, .hint = hint_of(r, f),
	               .needed = str_c(f->needed ? f->needed : "")};
	Strs      chosen = {0};
	switch (f->type) {
	case TYPE_LONGTEXT:
		v.kind = FIELD_AREA;
		v.value = typed_or_stored(r, f, row, as_typed);
		return v;
	case TYPE_DATE:
		v.kind = FIELD_DATE;
		v.value = typed_or_stored(r, f, row, as_typed);
		return v;
	case TYPE_BOOL:
		v.kind = FIELD_CHECK;
		v.value = S("1");
		v.chosen = as_typed ? form_has(r, f->name) : *(const bool *)field_in(f, row);
		v.optional = false;
		return v;
	case TYPE_CODE:
		v.kind = FIELD_SELECT;
		strs_add(r->c->arena, &chosen, typed_or_stored(r, f, row, as_typed));
		add_options(r, f, chosen, &v);
		return v;
	case TYPE_CODES:
		v.kind = FIELD_CHECKS;
		v.fold_after = 8;
		chosen = as_typed ? form_all(r, f->name) : *(const Strs *)field_in(f, row);
		add_options(r, f, chosen, &v);
		if (v.options.len <= 12)
			v.fold_after = 0;
		else
			v.fold_label = str_format(r->c->arena, "Další možnosti (%zu)", v.options.len - v.fold_after);
		return v;
	case TYPE_REF:
		if (choose_record(r, f, row, as_typed, &v))
			return v;
		/* fall through */
	default:
		v.kind = FIELD_TEXT;
		v.type = input_type(f);
		v.value = typed_or_stored(r, f, row, as_typed);
		v.is_number = f->type == TYPE_INT || f->type == TYPE_MONEY || f->type == TYPE_FTE || f->type == TYPE_PERCENT;
		return v;
	}
}

ErrorsView *errors_view(Req *r, const FieldView *fields, size_t count) {
	if (r->c->problems.len == 0)
		return NULL;
	Arena      *a = r->c->arena;
	ErrorsView *v = NEW_ZERO(a, ErrorsView);
	for (size_t i = 0; i < r->c->problems.len; i++) {
		const Problem *p = &r->c->problems.at[i];
		bool on_page = false;
		for (size_t k = 0; k < count && p->field; k++)
			on_page = on_page || str_eq(fields[k].name, str_c(p->field));
		if (!on_page)
			*ARENA_PUSH(a, v->errors.at, v->errors.len, v->errors.cap) = (LinkView){.label = p->text};
	}
	for (size_t i = 0; i < count; i++)
		if (fields[i].error.len)
			*ARENA_PUSH(a, v->errors.at, v->errors.len, v->errors.cap) = (LinkView){
				.label = fields[i].error, .href = str_cat(a, S("#"), fields[i].id.len ? fields[i].id : fields[i].name)};
	return v;
}

/* ---- history ---- */

static Str what_happened(Arena *a, const TrailRecord *t) {
	static const struct { const char *action, *words; } known[] = {
		{"create", "založeno"}, {"change", "změněno"}, {"end", "ukončeno"}, {"delete", "smazáno"}, {"import", "načteno ze souboru"},
		{"confirm", "údaje potvrzeny"}, {"merge", "sloučeno"}, {"suggest", "navržena změna"}, {"accept", "návrh přijat"}, {"reject", "návrh odmítnut"},
	};
	if (t->text.len)
		return t->text;
	for (size_t i = 0; i < LEN(known); i++)
		if (str_eq(str_c(known[i].action), t->action))
			return str_c(known[i].words);
	return str_dup(a, t->action);
}

/* A stored machine form in people's words. */
static Str for_people(Req *r, const Entity *e, const Field *f, Str machine) {
	if (!f || !machine.len)
		return machine;
	void  *row = entity_new(r->c->arena, e);
	size_t said = r->c->problems.len;
	Err    err = OK;
	if (f->type == TYPE_REF)
		err = str_to_int(machine, field_at(f, row)) ? OK : ERR_INVALID;
	else if (f->type == TYPE_CODE)
		*(Str *)field_at(f, row) = machine;
	else
		err = field_read(r->c, f, machine, row);
	r->c->problems.len = said;
	return err == OK ? field_people(r->c, f, row) : machine;
}

/* The days of a dated change are no fields of the entity. */
static Str label_of(const Field *f, const char *name) {
	if (f)
		return str_c(f->label);
	return strcmp(name, "valid_from") == 0 ? S("Platí od") : strcmp(name, "valid_to") == 0 ? S("Platí do") : str_c(name);
}

static Str day_for_people(Req *r, const char *name, Str iso) {
	Date d;
	CLEANUP(buf_free) Buf b = {0};
	if (strncmp(name, "valid_", 6) != 0 || !date_read_iso(iso, &d))
		return iso;
	fmt_date(&b, d);
	Str s = buf_take(&b, r->c->arena);
	buf_free(&b);
	return s;
}

HistoryViews history_views(Req *r, const Entity *e, const TrailRecords *records) {
	HistoryViews list = {0};
	Arena       *a = r->c->arena;
	for (size_t i = 0; i < records->len; i++) {
		const TrailRecord *t = &records->at[i];
		HistoryView        h = {.at = t->at, .who = t->actor, .what = what_happened(a, t), .why = t->reason};
		for (size_t k = 0; k < t->change_count; k++) {
			const TrailChange *change = &t->changes[k];
			const Field       *f = entity_field(e, str_c(change->field));
			if ((f && !may_see_field(r, e, f)) || (!change->before.len && !change->after.len))
				continue;
			*ARENA_PUSH(a, h.changes.at, h.changes.len, h.changes.cap) = (ChangeView){
				.label = label_of(f, change->field), .before = f ? for_people(r, e, f, change->before) : day_for_people(r, change->field, change->before),
				.after = f ? for_people(r, e, f, change->after) : day_for_people(r, change->field, change->after)};
		}
		*ARENA_PUSH(a, list.at, list.len, list.cap) = h;
	}
	return list;
}

AsOfView as_of_view(Req *r, Str label) {
	AsOfView v = {.label = label, .action = r->http->path, .valid = query(r, "ke-dni"), .known = query(r, "znalost")};
	for (size_t i = 0; i < r->http->query.len; i++) {
		const Param *p = &r->http->query.at[i];
		if (!str_eq(p->name, S("ke-dni")) && !str_eq(p->name, S("znalost")) && !str_eq(p->name, S("strana")) && p->value.len)
			*ARENA_PUSH(r->c->arena, v.keep.at, v.keep.len, v.keep.cap) = (HiddenView){p->name, p->value};
	}
	return v;
}
