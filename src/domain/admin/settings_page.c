/* settings_page.c: settings of all subjects: the overview by groups, the form of a group, back to the standard, who changed what.
 *
 * Settings that weaken protection stand in a form of their own: its route asks for the password again. */
#include "base/text.h"
#include "core/settings.h"
#include "domain/admin/admin_page.h"
#include "domain/admin/settings.html.h"
#include "web/screen.h"

enum { TRAIL_LOOK = 1000, HISTORY_LOOK = 200 };
#define HOME "/app/sprava/nastaveni"

static bool is_shown(const Setting *s) {
	return !s->by_program;
}

static SettingsGroup *group_of(Arena *a, SettingsGroups *all, const Setting *s) {
	Str title = str_c(setting_group(s));
	for (size_t i = 0; i < all->len; i++)
		if (str_eq(all->at[i].title, title))
			return &all->at[i];
	SettingsGroup *g = ARENA_PUSH(a, all->at, all->len, all->cap);
	*g = (SettingsGroup){.title = title, .slug = text_slug(a, title)};
	return g;
}

static SettingRow row_of(Req *r, const Setting *s, const SettingChanges *changes) {
	Ctx       *c = r->c;
	SettingRow row = {.key = str_c(s->key), .title = str_c(s->title), .help = str_c(s->help), .value = setting_people(c, s, setting_text(c, s->key)),
	                  .standard = setting_people(c, s, str_c(s->standard)), .changed = setting_is_changed(c, s), .dangerous = s->dangerous};
	for (size_t i = 0; i < changes->len && !row.who.len; i++)
		if (str_eq(changes->at[i].key, row.key)) {
			row.who = changes->at[i].who.len ? changes->at[i].who : S("údaj byl vymazán");
			row.at = changes->at[i].at;
		}
	return row;
}

static Err all_groups(Req *r, SettingsGroups *ret) {
	SettingChanges changes;
	*ret = (SettingsGroups){0};
	TRY(setting_changes(r->c, (Str){0}, TRAIL_LOOK, &changes));
	for (size_t i = 0; setting_at(i); i++)
		if (is_shown(setting_at(i))) {
			SettingsGroup *g = group_of(r->c->arena, ret, setting_at(i));
			*ARENA_PUSH(r->c->arena, g->rows.at, g->rows.len, g->rows.cap) = row_of(r, setting_at(i), &changes);
		}
	return OK;
}

Err page_settings(Req *r) {
	SettingsGroups groups;
	TRY(all_groups(r, &groups));
	crumb(r, S("Správa"), S("/app/sprava"));
	view_settings_groups(page(r, S("Nastavení")), groups);
	return OK;
}

/* ---- the form of a group ---- */

static void add_option(Arena *a, FieldView *v, Str value, Str label) {
	*ARENA_PUSH(a, v->options.at, v->options.len, v->options.cap) = (OptionView){.value = value, .label = label, .chosen = str_eq(value, v->value)};
}

static void shape_field(Arena *a, const Setting *s, FieldView *v) {
	Str value, label;
	if (s->type == SETTING_INT || s->type == SETTING_HOUR) {
		v->is_number = s->type == SETTING_INT;
		v->input_mode = s->type == SETTING_INT ? "numeric" : NULL;
		v->width = WIDTH_10;
	}
	if (s->type == SETTING_EMAIL)
		v->type = "email";
	if (s->type == SETTING_TEXT && s->lines)
		v->kind = FIELD_AREA;
	if (s->type == SETTING_BOOL || s->type == SETTING_CHOICE)
		v->kind = FIELD_SELECT;
	if (s->type == SETTING_BOOL) {
		add_option(a, v, S("1"), S("ano"));
		add_option(a, v, S("0"), S("ne"));
	}
	for (size_t i = 0; s->type == SETTING_CHOICE && setting_choice(s, i, &value, &label); i++)
		add_option(a, v, value, label);
}

static FieldView field_of(Req *r, const Setting *s, bool as_typed) {
	Arena    *a = r->c->arena;
	FieldView v = {.name = str_c(s->key), .id = text_slug(a, str_c(s->key)), .hint = str_c(s->help), .error = field_problem(r, s->key),
	               .value = as_typed && form_has(r, s->key) ? form(r, s->key) : setting_text(r->c, s->key)};
	v.label = s->unit ? str_format(a, "%s (%s)", s->title, s->unit) : str_c(s->title);
	v.optional = (s->type == SETTING_TEXT || s->type == SETTING_EMAIL) && s->min == 0;
	shape_field(a, s, &v);
	return v;
}

static void fill_form(Req *r, const SettingsGroup *g, bool dangerous, bool as_typed, SettingsForm *f) {
	size_t cap = 0;
	f->title = g->title;
	f->slug = g->slug;
	f->action = dangerous ? S(HOME "/bezpecnost") : S(HOME);
	f->csrf = csrf_token(r, f->action);
	for (size_t i = 0; i < g->rows.len; i++)
		if (g->rows.at[i].dangerous == dangerous)
			*ARENA_PUSH(r->c->arena, f->fields, f->count, cap) = field_of(r, setting_find(g->rows.at[i].key), as_typed);
	if (dangerous) {
		f->heading = S("Nastavení, která mění ochranu aplikace");
		f->lead = S("Uložení je třeba potvrdit heslem.");
	}
	if (f->count && as_typed)
		f->errors = errors_view(r, f->fields, f->count);
}

static Err show_group(Req *r, Str slug, bool as_typed) {
	SettingsGroups groups;
	TRY(all_groups(r, &groups));
	for (size_t i = 0; i < groups.len; i++) {
		const SettingsGroup *g = &groups.at[i];
		if (!str_eq(g->slug, slug))
			continue;
		SettingsGroupView v = {.title = g->title, .reset_csrf = csrf_token(r, S(HOME "/vychozi")),
		                       .reset_dangerous_csrf = csrf_token(r, S(HOME "/bezpecnost/vychozi"))};
		bool from_dangerous = str_eq(r->http->path, S(HOME "/bezpecnost"));
		fill_form(r, g, false, as_typed && !from_dangerous, &v.plain);
		fill_form(r, g, true, as_typed && from_dangerous, &v.dangerous);
		for (size_t k = 0; k < g->rows.len; k++)
			if (g->rows.at[k].changed)
				*ARENA_PUSH(r->c->arena, v.changed.at, v.changed.len, v.changed.cap) = g->rows.at[k];
		r->is_error = v.plain.errors || v.dangerous.errors;
		crumb(r, S("Správa"), S("/app/sprava"));
		crumb(r, S("Nastavení"), S(HOME));
		view_settings_group(page(r, g->title), &v);
		return OK;
	}
	return fail(r->c, ERR_NOT_FOUND, NULL, "Taková skupina nastavení tu není.");
}

Err page_settings_group(Req *r) {
	return show_group(r, arg(r, 0), false);
}

/* ---- saving ---- */

static Err settable(Req *r, Str key, bool dangerous) {
	const Setting *s = setting_find(key);
	if (s && !is_shown(s))
		return fail(r->c, ERR_INVALID, NULL, "Nastavení „%s“ mění jen program sám.", s->title);
	if (s && s->dangerous != dangerous)
		return fail(r->c, ERR_INVALID, NULL, "Nastavení „%s“ se tímto formulářem nemění. Otevřete znovu jeho skupinu.", s->title);
	return OK;
}

static Err save(Req *r, bool dangerous) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(r->c, &tx));
	Err first = OK;
	for (size_t i = 0; i < r->http->form.len; i++) {
		const Param *p = &r->http->form.at[i];
		if (str_eq(p->name, S("csrf")) || str_eq(p->name, S("skupina")))
			continue;
		Err e = settable(r, p->name, dangerous);
		if (e == OK)
			e = setting_set(r->c, p->name, p->value);
		first = first == OK ? e : first;
	}
	TRY(first);
	return tx_commit(&tx);
}

static Err save_and_answer(Req *r, bool dangerous) {
	Err e = save(r, dangerous);
	if (e == ERR_INVALID && form_has(r, "skupina")) {
		set_status(r, 422);
		return show_group(r, form(r, "skupina"), true);
	}
	TRY(e);
	notice(r, "Nastavení je uložené.");
	return redirect(r, HOME);
}

Err post_settings(Req *r) {
	return save_and_answer(r, false);
}

Err post_settings_dangerous(Req *r) {
	return save_and_answer(r, true);
}

static Err reset(Req *r, bool dangerous) {
	Str key = form(r, "klic");
	TRY(settable(r, key, dangerous));
	TRY(setting_reset(r->c, key));
	notice(r, "Platí znovu výchozí hodnota.");
	return redirect(r, HOME);
}

Err post_setting_reset(Req *r) {
	return reset(r, false);
}

Err post_setting_reset_dangerous(Req *r) {
	return reset(r, true);
}

/* ---- history ---- */

Err page_settings_history(Req *r) {
	SettingChanges changes;
	HistoryViews   list = {0};
	TRY(setting_changes(r->c, (Str){0}, HISTORY_LOOK, &changes));
	for (size_t i = 0; i < changes.len; i++) {
		const SettingChange *x = &changes.at[i];
		const Setting       *s = setting_find(x->key);
		HistoryView          v = {.at = x->at, .who = x->who.len ? x->who : S("údaj byl vymazán"), .what = S("změna nastavení"), .why = x->reason};
		size_t               cap = 0;
		*ARENA_PUSH(r->c->arena, v.changes.at, v.changes.len, cap) = (ChangeView){.label = s ? str_c(s->title) : x->key,
			.before = s ? setting_people(r->c, s, x->before) : x->before, .after = s ? setting_people(r->c, s, x->after) : x->after};
		*ARENA_PUSH(r->c->arena, list.at, list.len, list.cap) = v;
	}
	crumb(r, S("Správa"), S("/app/sprava"));
	crumb(r, S("Nastavení"), S(HOME));
	view_settings_history(page(r, S("Změny nastavení")), list);
	return OK;
}
