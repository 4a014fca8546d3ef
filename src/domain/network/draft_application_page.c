/* draft_application_page.c: /app/zadosti/{id}/do-navrhu: an application becomes a line of the draft; where each of them went. */
#include "base/format.h"
#include "core/codelist.h"
#include "domain/network/call.html.h"
#include "domain/network/call_page.h"
#include "domain/network/draft_inside.h"
#include "domain/network/draft_page.h"
#include "domain/network/mandate_page.h"

static void add(Req *r, NetForm *v, FieldView f) {
	*ARENA_PUSH(r->c->arena, v->fields, v->count, v->cap) = f;
}

static Err target_field(Req *r, const NetworkVersion *v, const Application *a, NetForm *form_view) {
	DraftLines lines;
	bool       new_line;
	i64        chosen = 0;
	(void)(str_to_int(form(r, "target"), &chosen));
	FieldView f = {.kind = FIELD_RADIOS, .name = S("target"), .label = S("Řádek návrhu"), .error = field_problem(r, "target")};
	TRY(draft_targets(r->c, v, a, &lines, &new_line));
	if (!chosen && lines.len && !str_eq(a->type, S("A")))
		chosen = lines.at[0]->head.id;
	if (new_line)
		*ARENA_PUSH(r->c->arena, f.options.at, f.options.len, f.options.cap) = (OptionView){.value = S("0"), .chosen = !chosen,
			.label = str_eq(a->type, S("C")) ? S("nový řádek připravované služby") : S("nový řádek")};
	for (size_t i = 0; i < lines.len; i++) {
		const DraftLine *d = lines.at[i];
		*ARENA_PUSH(r->c->arena, f.options.at, f.options.len, f.options.cap) = (OptionView){
			.value = str_format(r->c->arena, "%lld", (long long)d->head.id), .chosen = chosen == d->head.id,
			.label = str_format(r->c->arena, "%.*s %.*s, nyní %.*s", STR_ARG(d->number), STR_ARG(d->name), STR_ARG(mandate_capacity_text(r->c, d->capacity, d->unit)))};
	}
	if (f.options.len)
		add(r, form_view, f);
	return OK;
}

static Err level_field(Req *r, const Application *a, NetForm *v) {
	CodeItems levels;
	Str       computed = a->level, typed = form(r, "level");
	FieldView f = {.kind = FIELD_SELECT, .name = S("level"), .label = S("Úroveň v síti"), .error = field_problem(r, "level"),
	               .hint = computed.len ? str_format(r->c->arena, "Podle bodů %.*s.", STR_ARG(codelist_name(r->c, "network_level", computed)))
	                                    : S("Body na žádnou úroveň nestačí; vyberte tu, o které rozhodlo zastupitelstvo.")};
	TRY(codelist_items(r->c, "network_level", r->c->today, &levels));
	if (!computed.len)
		*ARENA_PUSH(r->c->arena, f.options.at, f.options.len, f.options.cap) = (OptionView){.label = S("– vyberte –"), .chosen = !typed.len};
	for (size_t i = 0; i < levels.len; i++)
		*ARENA_PUSH(r->c->arena, f.options.at, f.options.len, f.options.cap) = (OptionView){
			.value = levels.at[i]->code, .label = levels.at[i]->name, .chosen = str_eq(typed.len ? typed : computed, levels.at[i]->code)};
	add(r, v, f);
	add(r, v, (FieldView){.kind = FIELD_AREA, .name = S("reason"), .label = S("Proč jiná úroveň než podle bodů"), .rows = 2, .optional = true, .value = form(r, "reason"),
		.error = field_problem(r, "reason")});
	return OK;
}

/* Into the line that is offered first; another choice may give other years when the lines stand there for other times. */
static Err asked(Req *r, const NetworkVersion *v, const Application *a, AskedView *ret) {
	DraftLines lines;
	AskedYears years;
	bool       new_line;
	TRY(draft_targets(r->c, v, a, &lines, &new_line));
	TRY(draft_weigh_application(r->c, v, a, lines.len && !str_eq(a->type, S("A")) ? lines.at[0] : NULL, &years));
	return asked_view(r, a, &years, ret);
}

static Err show(Req *r, const Application *a, bool as_typed) {
	Arena          *m = r->c->arena;
	NetworkVersion *v;
	Str             href = str_format(m, "/app/zadosti/%lld", (long long)a->head.id);
	NetForm         f = {.title = S("Zařadit žádost do návrhu sítě"), .back = href, .button = S("Zapsat do návrhu"), .action = str_cat(m, href, S("/do-navrhu"))};
	TRY(draft_for_applications(r->c, &v));
	f.lead = str_format(m, "Žádost %.*s: %.*s, %.*s.", STR_ARG(a->type), STR_ARG(a->name), STR_ARG(mandate_capacity_text(r->c, a->capacity, a->unit)));
	f.help = v ? str_format(m, "Zapíše se do návrhu verze %.*s: kapacita, jednotka, území a body ze žádosti, stropy po letech, jak jsou v tabulce. Řádek pak jde v návrhu upravit.", STR_ARG(v->number))
	           : S("Žádná verze sítě se teď nepřipravuje. Založte návrh na stránce Návrhy verzí sítě (/app/sit/navrh) a vraťte se sem.");
	f.csrf = csrf_token(r, f.action);
	if (v) {
		TRY(target_field(r, v, a, &f));
		TRY(asked(r, v, a, &f.asked));
	}
	TRY(level_field(r, a, &f));
	f.errors = as_typed ? errors_view(r, f.fields, f.count) : NULL;
	r->is_error = f.errors != NULL;
	crumb(r, S("Žádosti"), S("/app/zadosti"));
	crumb(r, a->name, href);
	view_net_form(page(r, f.title), &f);
	return OK;
}

static Err application_of_address(Req *r, Application **ret) {
	Id id;
	TRY(arg_id(r, 0, &id));
	return application_get(r->c, id, ret);
}

Err page_draft_put(Req *r) {
	Application *a;
	TRY(application_of_address(r, &a));
	return show(r, a, false);
}

Err post_draft_put(Req *r) {
	Application *a;
	DraftLine   *d;
	DraftPut     put = {.level = form(r, "level"), .reason = str_trim(form(r, "reason"))};
	TRY(application_of_address(r, &a));
	(void)(str_to_int(form(r, "target"), &put.target));
	Err err = draft_put_application(r->c, a->head.id, &put, &d);
	if (err == ERR_INVALID || err == ERR_CONFLICT) {
		set_status(r, err_status(err));
		return show(r, a, true);
	}
	TRY(err);
	notice(r, "Žádost je v návrhu sítě, řádek %.*s. Zkontrolujte ho.", STR_ARG(d->number));
	return redirect(r, "/app/sit/navrh/%lld/radek/%lld", (long long)d->by_version, (long long)d->head.id);
}

/* ---- where it went ---- */

static Str line_number(Req *r, Id line) {
	void  *row;
	size_t said = r->c->problems.len;
	Err    e = store_get(r->c, &line_entity, TODAY, line, &row);
	r->c->problems.len = said;
	return e == OK ? ((const Line *)row)->number : (Str){0};
}

/* The draft itself is for the region and coordinators; others learn that the application is in it. */
Err draft_application_pair(Req *r, const Application *a, PairViews *to) {
	ApplicationLine *x;
	NetworkVersion  *v;
	PairView         p = {.label = S("V síti")};
	TRY(application_line_of(r->c, a->head.id, &x));
	bool office = access_scope(r->c, CAP_NETWORK_READ).all;
	if (!x && (!application_may_enter(a) || !may(r->c, CAP_NETWORK_UPDATE)))
		return OK;
	if (!x) {
		p.value = S("zapsat do návrhu sítě");
		p.href = str_format(r->c->arena, "/app/zadosti/%lld/do-navrhu", (long long)a->head.id);
	} else if (id_given(x->line)) {
		TRY(network_version_stored(r->c, x->by_version, &v));
		p.value = str_format(r->c->arena, "řádek %.*s, verze %.*s", STR_ARG(line_number(r, x->line)), STR_ARG(v->number));
		p.href = str_format(r->c->arena, "/app/sit/radky/%lld", (long long)x->line);
	} else if (office) {
		TRY(network_version_stored(r->c, x->by_version, &v));
		p.value = str_format(r->c->arena, "řádek návrhu verze %.*s", STR_ARG(v->number));
		p.href = str_format(r->c->arena, may(r->c, CAP_NETWORK_UPDATE) && str_eq(v->state, S(VERSION_IS_DRAFT)) ? "/app/sit/navrh/%lld/radek/%lld" : "/app/sit/navrh/%lld",
		                    (long long)x->by_version, (long long)x->draft_line);
	} else {
		return OK;                               /* what is being written is not for the applicant */
	}
	*ARENA_PUSH(r->c->arena, to->at, to->len, to->cap) = p;
	return OK;
}

Err draft_sources(Req *r, Id version, DraftLineRows *rows) {
	ApplicationLines all;
	TRY(application_lines_of_version(r->c, version, &all));
	for (size_t i = 0; i < all.len; i++)
		for (size_t k = 0; k < rows->len; k++) {
			Application *a;
			if (rows->at[k].id != all.at[i]->draft_line)
				continue;
			TRY(application_stored(r->c, all.at[i]->application, &a));
			rows->at[k].source = str_format(r->c->arena, "Žádost %.*s: %.*s", STR_ARG(a->type), STR_ARG(a->name));
			rows->at[k].source_href = access_scope(r->c, CAP_APPLICATION_READ).all ? str_format(r->c->arena, "/app/zadosti/%lld", (long long)a->head.id) : (Str){0};
		}
	return OK;
}
