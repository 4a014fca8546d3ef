/* plan_office_page.c: the plan as those see it who write it: outline, steps, contributions, days of preparation. */
#include "core/codelist.h"
#include "domain/library/document.html.h"
#include "domain/library/document_page.h"
#include "domain/library/paragraphs_page.h"
#include "domain/plan/plan.html.h"
#include "domain/plan/plan_page.h"
#include "domain/plan/plan.sql.h"

/* ---- the page ---- */

static Str moment_words(Req *r, const PlanChapter *ch) {
	CLEANUP(buf_free) Buf out = {0};
	if (!ch->changed_at.ms)
		return S("–");
	fmt_instant(&out, ch->changed_at);
	buf_format(&out, ", %.*s", STR_ARG(ch->changed_by));
	return buf_take(&out, r->c->arena);
}

static Err add_outline(Req *r, const Plan *p, OfficePlan *v) {
	Arena       *a = r->c->arena;
	PlanChapters all;
	TRY(plan_chapters(r->c, p->head.id, &all));
	for (size_t i = 0; i < all.len; i++) {
		const PlanChapter *ch = all.at[i];
		Paragraphs         text;
		OutlineLine        l = {.title = ch->title, .part = codelist_name(r->c, "plan_part", ch->part), .no = (i64)i + 1, .changed = moment_words(r, ch)};
		TRY(plan_chapter_paragraphs(r->c, ch, &text));
		l.paragraphs = (i64)text.len;
		if (db_get_int(ctx_conn(r->c), &sql_plan_notes_open, P(V(p->head.id), V(ch->head.id)), 0, &l.notes) != OK)
			return fail_internal(r->c, "open notes of a chapter");
		l.read = str_format(a, "%.*s/kapitola/%lld", STR_ARG(v->href), (long long)ch->no);
		l.href = str_cat(a, l.read, S("/upravit"));
		if (i > 0) {
			l.up = str_cat(a, l.read, S("/nahoru"));
			l.csrf = csrf_token(r, l.up);
		}
		*ARENA_PUSH(a, v->outline.at, v->outline.len, v->outline.cap) = l;
	}
	return OK;
}

static Err add_part_options(Req *r, FieldView *f) {
	CodeItems parts;
	TRY(codelist_items(r->c, "plan_part", r->c->today, &parts));
	for (size_t i = 0; i < parts.len; i++)
		*ARENA_PUSH(r->c->arena, f->options.at, f->options.len, f->options.cap) = (OptionView){
			.value = parts.at[i]->code, .label = parts.at[i]->name, .chosen = str_eq(parts.at[i]->code, f->value)};
	return OK;
}

static Err add_days(Req *r, const Plan *p, OfficePlan *v) {
	PlanMilestones all;
	TRY(plan_milestones(r->c, p->head.id, &all));
	for (size_t i = 0; i < all.len; i++) {
		Str action = str_format(r->c->arena, "%.*s/terminy/%lld", STR_ARG(v->href), (long long)all.at[i]->head.id);
		*ARENA_PUSH(r->c->arena, v->milestones.at, v->milestones.len, v->milestones.cap) = (MilestoneLine){
			.m = all.at[i], .action = action, .csrf = csrf_token(r, action)};
	}
	return OK;
}

static Err show_office(Req *r, Plan *p) {
	Arena     *a = r->c->arena;
	OfficePlan v = {.title = p->title, .href = str_format(a, "/app/plan/%.*s", STR_ARG(p->slug)), .public_href = str_format(a, "/plan/%.*s", STR_ARG(p->slug))};
	v.lead = str_format(a, "Stav: %.*s.", STR_ARG(state_title(&plan_machine, p->state)));
	v.edit = str_cat(a, v.href, S("/upravit"));
	v.contribute = str_cat(a, v.href, S("/podnet"));
	v.may_edit = may(r->c, CAP_PLAN_UPDATE);
	v.may_write = v.may_edit && (plan_is_written(p) || str_eq(p->state, S(PLAN_PREPARING)));
	v.chapter_action = str_cat(a, v.href, S("/kapitoly"));
	v.chapter_csrf = csrf_token(r, v.chapter_action);
	v.day_action = str_cat(a, v.href, S("/terminy"));
	v.day_csrf = csrf_token(r, v.day_action);
	v.chapter_title = (FieldView){.name = S("title"), .label = S("Název kapitoly"), .error = field_problem(r, "title")};
	v.part = (FieldView){.kind = FIELD_SELECT, .name = S("part"), .label = S("Část podle vyhlášky"), .value = S("other")};
	v.day = (FieldView){.kind = FIELD_DATE, .name = S("day"), .label = S("Den"), .error = field_problem(r, "day")};
	v.day_title = (FieldView){.name = S("day_title"), .label = S("Co se stane"), .error = field_problem(r, "day_title")};
	TRY(add_part_options(r, &v.part));
	TRY(add_outline(r, p, &v));
	TRY(add_days(r, p, &v));
	TRY(note_lines(r, p, NULL, NULL, &v.contributions));
	TRY(plan_facts(r, p, &v.pairs));
	TRY(plan_version_links(r, p, &v.versions));
	TRY(work_panel(r, &plan_machine, p->head.id, str_cat(a, v.href, S("/krok")), &v.work));
	r->crumb_count--;
	view_office_plan(page(r, p->title), &v);
	return OK;
}

Err page_office_plan(Req *r) {
	Plan *p;
	TRY(plan_of_address(r, true, &p));
	return show_office(r, p);
}

Err post_plan_step(Req *r) {
	Plan *p;
	TRY(plan_of_address(r, true, &p));
	Err e = work_submit(r, &plan_machine, p->head.id);
	if (e == ERR_INVALID || e == ERR_CONFLICT)
		return show_office(r, p);
	TRY(e);
	return redirect(r, "/app/plan/%.*s", STR_ARG(p->slug));
}

/* ---- chapters and days ---- */

static Err back_to_plan(Req *r, Plan *p, Err e) {
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		notice(r, "%.*s", STR_ARG(first_problem(r->c)));
		r->is_error = true;
		return show_office(r, p);
	}
	TRY(e);
	return redirect(r, "/app/plan/%.*s", STR_ARG(p->slug));
}

Err post_plan_chapter_new(Req *r) {
	static const char *const known[] = {"title", "part", NULL};
	Plan *p;
	Id    id;
	TRY(plan_of_address(r, true, &p));
	TRY(form_only(r, known));
	return back_to_plan(r, p, plan_chapter_add(r->c, p->head.id, form(r, "part"), form(r, "title"), &id));
}

Err post_plan_day(Req *r) {
	static const char *const known[] = {"day", "day_title", NULL};
	Plan       *p;
	Date        day;
	const char *why;
	TRY(plan_of_address(r, true, &p));
	TRY(form_only(r, known));
	if (!read_date(form(r, "day"), &day, &why) || !date_is(day))
		return back_to_plan(r, p, fail(r->c, ERR_INVALID, "day", "Den: zapište datum, například 1. 11. 2026."));
	if (!form(r, "day_title").len)
		return back_to_plan(r, p, fail(r->c, ERR_INVALID, "day_title", "Co se stane: doplňte krátký název."));
	return back_to_plan(r, p, plan_milestone_add(r->c, p->head.id, day, form(r, "day_title")));
}

Err post_plan_day_done(Req *r) {
	static const char *const known[] = {NULL};
	Plan *p;
	Id    id;
	TRY(plan_of_address(r, true, &p));
	TRY(arg_id(r, 1, &id));
	TRY(form_only(r, known));
	return back_to_plan(r, p, plan_milestone_done(r->c, id, true));
}

Err post_chapter_up(Req *r) {
	static const char *const known[] = {NULL};
	Plan        *p;
	PlanChapter *ch;
	i64          no;
	TRY(plan_of_address(r, true, &p));
	TRY(form_only(r, known));
	if (!str_to_int(arg(r, 1), &no))
		no = 0;
	TRY(plan_chapter_by_no(r->c, p->head.id, no, &ch));
	return back_to_plan(r, p, plan_chapter_up(r->c, ch->head.id));
}

/* ---- a new plan, its data, contributions: one form each ---- */

static void put_field(Req *r, LibraryForm *v, FieldView f) {
	f.error = field_problem(r, str_z(r->c->arena, f.name));
	if (r->http->method == METHOD_POST)
		f.value = form(r, str_z(r->c->arena, f.name));
	*ARENA_PUSH(r->c->arena, v->fields, v->count, v->cap) = f;
}

static Err show_form(Req *r, LibraryForm v) {
	v.csrf = csrf_token(r, v.action);
	v.errors = errors_view(r, v.fields, v.count);
	r->is_error = v.errors != NULL;
	view_library_form(page(r, v.title), &v);
	return OK;
}

static Err show_new(Req *r) {
	LibraryForm v = {.title = S("Zahájit nový plán"), .lead = S("Práce na plánu zahajuje rada kraje usnesením."), .action = S("/app/plan/novy"), .back = S("/app/plan"),
		.button = S("Zahájit plán"),
		.help = S("Plán se založí s pěti povinnými částmi podle vyhlášky č. 505/2006 Sb. Koordinátoři a poskytovatelé dostanou zprávu a veřejnost uvidí, že se plán připravuje.")};
	put_field(r, &v, (FieldView){.name = S("year_from"), .label = S("První rok plánu"), .is_number = true, .width = WIDTH_5, .hint = S("Plán platí tři roky.")});
	put_field(r, &v, (FieldView){.name = S("title"), .label = S("Název"), .optional = true, .hint = S("Když ho nevyplníte, doplní se podle období.")});
	put_field(r, &v, (FieldView){.name = S("author_unit"), .label = S("Kdo plán zpracovává"), .hint = S("Například odbor sociálních věcí.")});
	put_field(r, &v, (FieldView){.name = S("resolution"), .label = S("Usnesení rady kraje"), .width = WIDTH_20, .hint = S("Číslo z evidence usnesení, například 1824/22/RK.")});
	put_field(r, &v, (FieldView){.kind = FIELD_DATE, .name = S("inputs_until"), .label = S("Podněty se přijímají do"), .optional = true});
	crumb(r, S("Plán"), S("/app/plan"));
	return show_form(r, v);
}

Err page_plan_new(Req *r) {
	return show_new(r);
}

static Err read_new(Req *r, PlanNew *n) {
	static const char *const known[] = {"year_from", "title", "author_unit", "resolution", "inputs_until", NULL};
	const char *why;
	TRY(form_only(r, known));
	*n = (PlanNew){.title = form(r, "title"), .author_unit = form(r, "author_unit"), .resolution = form(r, "resolution"), .year_from = BLANK};
	if (!str_to_int(form(r, "year_from"), &n->year_from))
		n->year_from = BLANK;
	if (form(r, "inputs_until").len && !read_date(form(r, "inputs_until"), &n->inputs_until, &why))
		return fail(r->c, ERR_INVALID, "inputs_until", "Podněty se přijímají do: %s", why);
	return OK;
}

Err post_plan_new(Req *r) {
	PlanNew n;
	Id      id;
	Plan   *p;
	Err     e = read_new(r, &n);
	if (e == OK)
		e = plan_open(r->c, &n, &id);
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show_new(r);
	}
	TRY(e);
	TRY(plan_stored(r->c, id, &p));
	notice(r, "Plán je zahájený. Doplňte termíny přípravy a začněte sbírat podněty.");
	return redirect(r, "/app/plan/%.*s", STR_ARG(p->slug));
}

static const char *const plan_fields[] = {"title", "vision", "author_unit", "inputs_until", NULL};

static Err show_edit(Req *r, const Plan *p) {
	LibraryForm v = {.title = S("Upravit údaje plánu"), .lead = p->title, .action = str_format(r->c->arena, "/app/plan/%.*s/upravit", STR_ARG(p->slug)),
		.back = str_format(r->c->arena, "/app/plan/%.*s", STR_ARG(p->slug)), .button = S("Uložit údaje"), .version = p->head.version,
		.help = S("Název, vizi a zpracovatele vidí veřejnost hned. Text kapitol až ve verzi, kterou zveřejníte k připomínkám.")};
	for (size_t i = 0; plan_fields[i]; i++) {
		FieldView f = field_view(r, entity_field(&plan_entity, str_c(plan_fields[i])), p, r->http->method == METHOD_POST);
		*ARENA_PUSH(r->c->arena, v.fields, v.count, v.cap) = f;
	}
	return show_form(r, v);
}

Err page_plan_edit(Req *r) {
	Plan *p;
	TRY(plan_of_address(r, true, &p));
	return show_edit(r, p);
}

Err post_plan_edit(Req *r) {
	Plan *p, *stored;
	TRY(plan_of_address(r, true, &p));
	TRY(plan_by_slug(r->c, arg(r, 0), &stored));
	Err e = form_read_resolved(r, &plan_entity, plan_fields, p, stored);
	if (e == OK)
		e = plan_change(r->c, p);
	if (e == ERR_CONFLICT)
		return conflict_show(r, &plan_entity, plan_fields, p, str_format(r->c->arena, "/app/plan/%.*s/upravit", STR_ARG(p->slug)),
		                     str_format(r->c->arena, "/app/plan/%.*s", STR_ARG(p->slug)));
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_edit(r, p);
	}
	TRY(e);
	notice(r, "Údaje plánu jsou uložené.");
	return redirect(r, "/app/plan/%.*s", STR_ARG(p->slug));
}

static Err show_contribution(Req *r, const Plan *p) {
	LibraryForm v = {.title = S("Podnět k plánu"), .lead = p->title, .action = str_format(r->c->arena, "/app/plan/%.*s/podnet", STR_ARG(p->slug)),
		.back = str_format(r->c->arena, "/plan/%.*s", STR_ARG(p->slug)), .button = S("Odeslat podnět"),
		.help = S("Napište, co má plán řešit: co v území chybí, co se osvědčilo, co změnit. Podnět uvidí ti, kdo plán píší, a odpoví na něj. Nepište údaje, podle kterých by šlo poznat konkrétního člověka.")};
	put_field(r, &v, (FieldView){.kind = FIELD_AREA, .name = S("text"), .label = S("Váš podnět"), .rows = 10});
	return show_form(r, v);
}

Err page_plan_contribution(Req *r) {
	Plan *p;
	TRY(plan_of_address(r, may(r->c, CAP_PLAN_DRAFT), &p));
	return show_contribution(r, p);
}

Err post_plan_contribution(Req *r) {
	static const char *const known[] = {"text", NULL};
	Plan *p;
	bool  office = may(r->c, CAP_PLAN_DRAFT);
	TRY(plan_of_address(r, office, &p));
	TRY(form_only(r, known));
	PlanNote n = {.plan = p->head.id, .kind = S(NOTE_CONTRIBUTION), .text = form(r, "text")};
	Err e = plan_note_add(r->c, &n);
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show_contribution(r, p);
	}
	TRY(e);
	notice(r, "Podnět je odeslaný. Děkujeme.");
	return redirect(r, "%s/plan/%.*s", office ? "/app" : "", STR_ARG(p->slug));
}
