/* calendar_office_page.c: the calendar of signed-in people, and what officers do with windows. */
#include "core/codelist.h"
#include "core/settings.h"
#include "domain/calendar/calendar.html.h"
#include "domain/calendar/calendar_page.h"
#include "domain/calendar/inside.h"

/* ---- the year and one window ---- */

Err page_windows(Req *r) {
	CalendarView v;
	bool sees_all = may(r->c, CAP_CALENDAR_READ);
	TRY(calendar_view(r, S("/app/kalendar"), !sees_all, &v));
	v.title = sees_all ? str_format(r->c->arena, "Kalendář %d", v.year) : str_format(r->c->arena, "Moje termíny %d", v.year);
	v.lead = sees_all ? S("Všechna okna a termíny kraje, i neveřejné.") : S("Okna a termíny, které se týkají vás a těch, za které jednáte.");
	if (may(r->c, CAP_CALENDAR_EDIT))
		v.make_year = str_format(r->c->arena, "/app/kalendar/rok?rok=%d", v.year);
	view_calendar(page(r, v.title), &v);
	return OK;
}

static void add_pair(Req *r, PairViews *pairs, const char *label, Str value) {
	if (value.len)
		*ARENA_PUSH(r->c->arena, pairs->at, pairs->len, pairs->cap) = (PairView){.label = str_c(label), .value = value};
}

static Str instant_words(Req *r, Instant t) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_instant(&b, t);
	return buf_take(&b, r->c->arena);
}

/* Holidays may have changed since: the stored deadline holds until somebody saves the window again. */
static Err note_of(Req *r, const Window *w, bool may_edit, NoteView *ret) {
	Window again = *w;
	if (w->cancelled_at.ms) {
		Str when = instant_words(r, w->cancelled_at);
		*ret = (NoteView){.kind = NOTE_WARN, .title = S("Zrušeno:"), .text = str_format(r->c->arena, "%.*s. %.*s", STR_ARG(when), STR_ARG(w->cancel_reason))};
		return OK;
	}
	if (!may_edit || r->c->now.ms >= w->closes_at.ms)
		return OK;
	TRY(window_compute(r->c, &again));
	if (again.closes_at.ms != w->closes_at.ms || again.opens_at.ms != w->opens_at.ms)
		*ret = (NoteView){.kind = NOTE_WARN, .title = S("Pracovní dny se změnily:"), .text = str_format(r->c->arena,
			"podle dnešních pravidel by konec vyšel na %.*s. Platí, co je uvedeno níže, dokud okno neuložíte znovu.", STR_ARG(again.closes_wording))};
	return OK;
}

static Err add_exceptions(Req *r, WindowPage *v) {
	WindowExceptions list = {0};
	if (may(r->c, CAP_CALENDAR_READ))
		TRY(window_exceptions(r->c, v->w->head.id, &list));
	for (size_t i = 0; i < list.len; i++) {
		WindowException *x = list.at[i];
		ARENA_PUSH(r->c->arena, v->exceptions, v->exception_count, v->exception_cap)->x = x;
		v->exceptions[i].deadline = deadline_view(r->c->arena, x->closes_at, x->respondent, x->wording, (Str){0}, x->why, false, r->c->now);
	}
	return OK;
}

static Err open_window(Req *r, Window **ret) {
	Id id;
	TRY(arg_id(r, 0, &id));
	TRY(window_get(r->c, id, ret));
	crumb(r, S("Kalendář"), str_format(r->c->arena, "/app/kalendar?rok=%d", (int)(*ret)->year));
	return OK;
}

Err page_window(Req *r) {
	Window    *w;
	WindowPage v = {0};
	Deadline   own;
	bool       differs;
	TRY(open_window(r, &w));
	v.w = w;
	v.href = row_href(r, &window_entity, w->head.id);
	v.audience = str_format(r->c->arena, "Pro koho: %.*s", STR_ARG(audience_words(r, &w->audience)));
	v.state = window_state_words(r, w, &v.state_kind);
	v.opens = window_opens_view(r, w);
	v.closes = window_closes_view(r, w);
	v.may_edit = may(r->c, CAP_CALENDAR_EDIT) && !w->cancelled_at.ms;
	v.may_decide = may(r->c, CAP_CALENDAR_DECIDE) && !w->cancelled_at.ms;
	v.sees_history = may(r->c, "history.read");
	TRY(note_of(r, w, v.may_edit, &v.note));
	TRY(window_own_deadline(r->c, w, &own, &differs));
	if (differs)
		v.own = deadline_view(r->c->arena, own.at, S("výjimka"), own.wording, (Str){0}, own.why, false, r->c->now);
	add_pair(r, &v.pairs, "Právní podklad", w->law);
	add_pair(r, &v.pairs, "Poznámka", w->note);
	add_pair(r, &v.pairs, "Připomínky", w->reminders.len ? w->reminders : setting_text(r->c, "deadline.reminders"));
	add_pair(r, &v.pairs, "Veřejnost", w->is_public ? S("vidí okno v kalendáři") : S("okno nevidí"));
	if (w->link.len)
		*ARENA_PUSH(r->c->arena, v.pairs.at, v.pairs.len, v.pairs.cap) = (PairView){.label = S("Kde to vyřídit"), .value = w->link, .href = w->link};
	TRY(add_exceptions(r, &v));
	view_window(page(r, w->title), &v);
	return OK;
}

/* ---- new and changed ---- */

static const char *const form_fields[] = {"title", "year", "kind", "audience", "opens_rule", "closes_rule", "stays", "reminders", "is_public", "law", "link", "note", NULL};
/* What was typed for a new one says from which template it comes. */
static const char *const new_fields[] = {"title", "year", "kind", "audience", "opens_rule", "closes_rule", "stays", "reminders", "is_public", "law", "link", "note", "template", NULL};

static void add_field(Req *r, WindowForm *v, FieldView f) {
	*ARENA_PUSH(r->c->arena, v->fields, v->count, v->cap) = f;
}

static void no_demand(FieldView *f) {
	size_t n = 0;
	for (size_t i = 0; i < f->options.len; i++)
		if (!str_eq(f->options.at[i].value, S(WINDOW_KIND_DEMAND)))
			f->options.at[n++] = f->options.at[i];
	f->options.len = n;
}

static Err show_form(Req *r, WindowForm v, const Window *w, bool as_typed) {
	for (const char *const *name = form_fields; *name; name++) {
		FieldView f = field_view(r, entity_field(&window_entity, str_c(*name)), w, as_typed);
		if (strcmp(*name, "kind") == 0)
			no_demand(&f);
		if (strcmp(*name, "year") == 0) {                /* a year is no amount: no gap between its thousands */
			f.value = as_typed ? f.value : str_format(r->c->arena, "%lld", (long long)w->year);
			f.width = WIDTH_5;
		}
		add_field(r, &v, f);
	}
	if (w->head.id)
		add_field(r, &v, (FieldView){.name = S("reason"), .label = S("Důvod změny"), .hint = S("Uvidí jej každý, koho se termín týká."), .value = form(r, "reason"),
		                             .error = field_problem(r, "reason")});
	v.csrf = csrf_token(r, v.action);
	v.version = w->head.version;
	v.button = S("Uložit");
	v.help = S("Termíny se spočítají ze zapsaných pravidel: se svátky, posunem na pracovní den a vysvětlením. Jiný termín znamená i nové připomínky.");
	v.errors = as_typed ? errors_view(r, v.fields, v.count) : NULL;
	r->is_error = v.errors != NULL;
	view_window_form(page(r, v.title), &v);
	return OK;
}

static WindowForm new_form(Req *r) {
	crumb(r, S("Kalendář"), S("/app/kalendar"));
	return (WindowForm){.title = S("Nové okno na vyžádání"), .lead = S("Mimořádná výzva, dofinancování nebo jiný termín, který se neopakuje každý rok."),
	                    .action = S("/app/kalendar/novy"), .back = S("/app/kalendar")};
}

/* A template on demand fills the form in: ?vzor=extraordinary. */
static Err prefill(Req *r, Window *w) {
	void *row;
	w->year = date_year(r->c->today);
	w->kind = S(WINDOW_KIND_WINDOW);
	w->is_public = true;
	Str code = query(r, "vzor");
	if (!code.len)
		return OK;
	TRY(entity_find(r->c, &window_template_entity, TODAY, "code", code, &row));
	const WindowTemplate *t = row;
	w->title = t->title;
	w->audience = t->audience;
	w->opens_rule = t->opens_rule;
	w->closes_rule = t->closes_rule;
	w->stays = t->stays;
	w->reminders = t->reminders;
	w->is_public = t->is_public;
	w->law = t->law;
	w->link = t->link;
	w->note = t->note;
	return OK;
}

Err page_window_new(Req *r) {
	Window *w = entity_new(r->c->arena, &window_entity);
	TRY(prefill(r, w));
	return show_form(r, new_form(r), w, false);
}

static Err answer_form(Req *r, Err e, WindowForm v, const Window *w) {
	if (e != ERR_INVALID && e != ERR_CONFLICT)
		return e;
	set_status(r, err_status(e));
	return show_form(r, v, w, true);
}

Err post_window_new(Req *r) {
	Window *w = entity_new(r->c->arena, &window_entity);
	Err e = form_read(r, &window_entity, new_fields, w);
	w->template = (Str){0};
	if (e == OK)
		e = window_add(r->c, w);
	if (e != OK)
		return answer_form(r, e, new_form(r), w);
	notice(r, "Okno je v kalendáři. Končí %.*s.", STR_ARG(w->closes_wording));
	return redirect(r, "/app/kalendar/%lld", (long long)w->head.id);
}

static WindowForm edit_form(Req *r, const Window *w) {
	Str href = row_href(r, &window_entity, w->head.id);
	crumb(r, w->title, href);
	return (WindowForm){.title = S("Upravit okno kalendáře"), .lead = w->title, .action = str_cat(r->c->arena, href, S("/upravit")), .back = href};
}

Err page_window_edit(Req *r) {
	Window *w;
	TRY(open_window(r, &w));
	return show_form(r, edit_form(r, w), w, false);
}

Err post_window_edit(Req *r) {
	Window *stored;
	TRY(open_window(r, &stored));
	Window    *w = entity_copy(r->c->arena, &window_entity, stored);
	WindowForm v = edit_form(r, stored);
	Err e = form_read_resolved(r, &window_entity, form_fields, w, stored);
	if (e == OK)
		e = window_change(r->c, w);
	if (e == ERR_CONFLICT && w->head.version != stored->head.version)
		return conflict_show(r, &window_entity, form_fields, w, v.action, v.back);
	if (e != OK)
		return answer_form(r, e, v, w);
	notice(r, "Okno je uložené. Končí %.*s.", STR_ARG(w->closes_wording));
	return redirect(r, "%.*s", STR_ARG(v.back));
}

/* ---- a year from templates ---- */

static YearRow year_row(Req *r, const YearItem *item) {
	YearRow row = {.title = item->template->title};
	const Window *w = item->stored ? item->stored : item->window;
	if (w) {
		row.opens = w->opens_wording;
		row.closes = w->closes_wording;
		row.shift = w->closes_shift;
		Str why = w->closes_why;
		while (why.len)
			strs_add(r->c->arena, &row.why, str_cut(&why, '\n'));
	}
	row.state = item->stored ? S("už je založeno") : item->window ? S("založí se") : item->problem;
	row.kind = item->stored ? TAG_PLAIN : item->window ? TAG_OK : TAG_ERR;
	return row;
}

static Err show_year(Req *r, int year, bool failed) {
	YearPlan plan;
	YearForm v = {.year = year, .title = str_format(r->c->arena, "Založit rok %d ze vzorů", year), .csrf = csrf_token(r, S("/app/kalendar/rok"))};
	if (failed)
		v.errors = errors_view(r, NULL, 0);
	TRY(window_plan_year(r->c, year, &plan));
	v.to_make = plan.to_make;
	for (size_t i = 0; i < plan.len; i++)
		if (plan.at[i].window || plan.at[i].stored || plan.at[i].problem.len)
			*ARENA_PUSH(r->c->arena, v.rows.at, v.rows.len, v.rows.cap) = year_row(r, &plan.at[i]);
		else
			*ARENA_PUSH(r->c->arena, v.on_demand.at, v.on_demand.len, v.on_demand.cap) = (LinkView){.label = plan.at[i].template->title,
				.href = str_format(r->c->arena, "/app/kalendar/novy?vzor=%.*s", STR_ARG(plan.at[i].template->code))};
	r->is_error = v.errors != NULL;
	crumb(r, S("Kalendář"), S("/app/kalendar"));
	view_year_form(page(r, v.title), &v);
	return OK;
}

Err page_year_new(Req *r) {
	int year;
	TRY(calendar_year(r, &year));
	return show_year(r, year, false);
}

Err post_year_new(Req *r) {
	i64 year, made;
	if (!str_to_int(form(r, "rok"), &year) || year < 2000 || year > 2200)
		return fail(r->c, ERR_MALFORMED, NULL, "Formulář je neúplný. Načtěte stránku znovu.");
	Err e = window_make_year(r->c, (int)year, &made);
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_year(r, (int)year, true);
	}
	TRY(e);
	notice(r, "Rok %d je založený, přibylo %lld oken a termínů.", (int)year, (long long)made);
	return redirect(r, "/app/kalendar?rok=%d", (int)year);
}

/* ---- decisions ---- */

static Err show_decision(Req *r, WindowForm v, const Window *w, const char *action, bool as_typed) {
	Str href = row_href(r, &window_entity, w->head.id);
	v.lead = w->title;
	v.back = href;
	v.action = str_format(r->c->arena, "%.*s/%s", STR_ARG(href), action);
	v.csrf = csrf_token(r, v.action);
	v.errors = as_typed ? errors_view(r, v.fields, v.count) : NULL;
	r->is_error = v.errors != NULL;
	crumb(r, w->title, href);
	view_window_form(page(r, v.title), &v);
	return OK;
}

static FieldView typed_field(Req *r, FieldView f) {
	const char *name = str_z(r->c->arena, f.name);
	f.value = form(r, name);
	f.error = field_problem(r, name);
	return f;
}

static Err show_cancel(Req *r, const Window *w, bool as_typed) {
	WindowForm v = {.title = S("Zrušit okno kalendáře"), .button = S("Zrušit okno"), .version = w->head.version,
	                .help = S("Okno zmizí z toho, co se chystá, a v kalendáři i v odběrech zůstane označené jako zrušené i s důvodem. Připomínky se už neposílají. Zrušení nejde vzít zpět.")};
	add_field(r, &v, typed_field(r, (FieldView){.kind = FIELD_AREA, .name = S("reason"), .label = S("Důvod zrušení"), .rows = 3, .hint = S("Uvidí jej každý, koho se termín týká.")}));
	return show_decision(r, v, w, "zrusit", as_typed);
}

Err page_window_cancel(Req *r) {
	Window *w;
	TRY(open_window(r, &w));
	return show_cancel(r, w, false);
}

Err post_window_cancel(Req *r) {
	Window *w;
	i64     version;
	TRY(open_window(r, &w));
	if (!str_to_int(form(r, "version"), &version))
		return fail(r->c, ERR_MALFORMED, NULL, "Formulář je neúplný. Načtěte stránku znovu.");
	Err e = window_cancel(r->c, w->head.id, version, form(r, "reason"));
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_cancel(r, w, true);
	}
	TRY(e);
	notice(r, "Okno je zrušené.");
	return redirect(r, "/app/kalendar/%lld", (long long)w->head.id);
}

static Err show_except(Req *r, const Window *w, bool as_typed) {
	static const struct { const char *code, *label; } scopes[] = {{"provider", "poskytovatel"}, {"municipality", "obec"}, {"district", "správní obvod ORP"}};
	WindowForm v = {.title = S("Povolit výjimku z termínu"), .button = S("Povolit výjimku"), .help = S("Nový termín platí jen pro tohoto respondenta. Společný termín a termíny ostatních se nemění. "
	                "Respondent uvidí termín, důvod i to, kdo jej povolil.")};
	FieldView scope = typed_field(r, (FieldView){.kind = FIELD_SELECT, .name = S("scope"), .label = S("Druh respondenta")});
	for (size_t i = 0; i < LEN(scopes); i++)
		*ARENA_PUSH(r->c->arena, scope.options.at, scope.options.len, scope.options.cap) =
			(OptionView){.value = str_c(scopes[i].code), .label = str_c(scopes[i].label), .chosen = str_eq(scope.value, str_c(scopes[i].code))};
	add_field(r, &v, scope);
	add_field(r, &v, typed_field(r, (FieldView){.name = S("respondent"), .label = S("Respondent"), .hint = S("IČO poskytovatele, nebo název či kód RÚIAN obce nebo obvodu ORP."), .width = WIDTH_20}));
	add_field(r, &v, typed_field(r, (FieldView){.name = S("until"), .label = S("Nový termín"), .hint = S("Den s rokem, popřípadě hodina: „15. 7. 2026 12:00“. Bez hodiny platí konec dne."), .width = WIDTH_20}));
	add_field(r, &v, typed_field(r, (FieldView){.kind = FIELD_AREA, .name = S("reason"), .label = S("Důvod"), .rows = 3, .hint = S("Uvidí jej respondent. Neuvádějte údaje o zdraví.")}));
	return show_decision(r, v, w, "vyjimka", as_typed);
}

Err page_window_except(Req *r) {
	Window *w;
	TRY(open_window(r, &w));
	return show_except(r, w, false);
}

Err post_window_except(Req *r) {
	Window    *w;
	Respondent who;
	TRY(open_window(r, &w));
	Err e = window_respondent(r->c, form(r, "scope"), form(r, "respondent"), &who);
	if (e == OK)
		e = window_except(r->c, w->head.id, who, form(r, "until"), form(r, "reason"));
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_except(r, w, true);
	}
	TRY(e);
	notice(r, "Výjimka je povolená: %.*s.", STR_ARG(who.name));
	return redirect(r, "/app/kalendar/%lld", (long long)w->head.id);
}
