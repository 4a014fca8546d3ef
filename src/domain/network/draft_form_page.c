/* draft_form_page.c: a new draft, a line of it, a proposal of a district. */
#include "base/format.h"
#include "core/codelist.h"
#include "domain/network/draft.html.h"
#include "domain/network/draft_inside.h"
#include "domain/network/draft_page.h"
#include "domain/network/mandate_page.h"
#include "domain/network/review_page.h"

static void add_field(Req *r, DraftFormPage *v, FieldView f) {
	*ARENA_PUSH(r->c->arena, v->fields, v->field_count, v->field_cap) = f;
}

static void add_fields(Req *r, DraftFormPage *v, const Entity *e, const char *const *names, const void *row, bool as_typed) {
	for (; *names; names++) {
		FieldView f = field_view(r, entity_field(e, str_c(*names)), row, as_typed);
		if (f.kind == FIELD_AREA)
			f.rows = 4;
		add_field(r, v, f);
	}
}

static Err finish(Req *r, DraftFormPage *v, bool as_typed) {
	v->csrf = csrf_token(r, v->action);
	v->errors = as_typed ? errors_view(r, v->fields, v->field_count) : NULL;
	r->is_error = v->errors != NULL;
	crumb(r, S("Návrhy verzí sítě"), S("/app/sit/navrh"));
	view_draft_form(page(r, v->title), v);
	return OK;
}

/* ---- a new draft ---- */

static const char *const new_fields[] = {"number", "title", "effective_from", NULL};
static const char *const new_posted[] = {"network", "number", "title", "effective_from", NULL};

static Err add_network(Req *r, DraftFormPage *v, Id chosen) {
	Networks  all;
	FieldView f = {.kind = FIELD_SELECT, .name = S("network"), .label = S("Síť"), .error = field_problem(r, "network")};
	TRY(networks_all(r->c, &all));
	for (size_t i = 0; i < all.len; i++)
		*ARENA_PUSH(r->c->arena, f.options.at, f.options.len, f.options.cap) =
			(OptionView){.value = str_format(r->c->arena, "%lld", (long long)all.at[i]->head.id), .label = all.at[i]->title, .chosen = all.at[i]->head.id == chosen};
	add_field(r, v, f);
	return OK;
}

static Err show_new(Req *r, const NetworkVersion *x, bool as_typed) {
	DraftFormPage v = {.title = S("Založit návrh verze"), .lead = S("Návrh vznikne jako kopie sítě, jak bude v den účinnosti vypadat podle toho, co už je rozhodnuto."),
	                   .action = S("/app/sit/navrh/novy"), .back = S("/app/sit/navrh"), .submit = S("Založit návrh")};
	TRY(add_network(r, &v, x->network));
	add_fields(r, &v, &network_version_entity, new_fields, x, as_typed);
	return finish(r, &v, as_typed);
}

Err page_network_draft_new(Req *r) {
	NetworkVersion *x = entity_new(r->c->arena, &network_version_entity);
	int             year = date_year(r->c->today) + 1;
	x->number = str_format(r->c->arena, "%d/1", year);
	x->title = str_format(r->c->arena, "Síť sociálních služeb na rok %d", year);
	x->effective_from = date(year, 1, 1);
	return show_new(r, x, false);
}

static Err read_version(Req *r, NetworkVersion *x) {
	i64      network;
	Networks all;
	bool     known = false;
	Err      err = form_read(r, &network_version_entity, new_posted, x);
	TRY(networks_all(r->c, &all));
	for (size_t i = 0; i < all.len && str_to_int(form(r, "network"), &network); i++)
		known = known || all.at[i]->head.id == network;
	if (err != OK)
		return err;
	if (!known)
		return fail(r->c, ERR_INVALID, "network", "Síť: vyberte ji z nabídky.");
	x->network = network;
	return OK;
}

Err post_network_draft_new(Req *r) {
	NetworkVersion *x = entity_new(r->c->arena, &network_version_entity);
	Err             err = read_version(r, x);
	if (err == OK)
		err = draft_open(r->c, x);
	if (err == ERR_INVALID || err == ERR_CONFLICT) {
		set_status(r, err_status(err));
		return show_new(r, x, true);
	}
	TRY(err);
	notice(r, "Návrh verze je založený jako kopie platné sítě. Upravte v něm řádky.");
	return redirect(r, "/app/sit/navrh/%lld", (long long)x->head.id);
}

/* ---- a network from before the program ---- */

static Err show_take(Req *r, const NetworkVersion *x, bool as_typed) {
	DraftFormPage v = {.title = S("Převzít dosavadní síť"), .lead = S("Verze, o které zastupitelstvo rozhodlo dřív, než kraj začal s touto aplikací. Po převzetí načtěte její řádky "
		"ze sešitu; vedoucí odboru je zkontroluje a převzetí uzavře."), .action = S("/app/sit/prevzit"), .back = S("/app/sit"), .submit = S("Převzít verzi")};
	FieldView     resolution = {.label = S("Usnesení")};
	TRY(add_network(r, &v, x->network));
	add_fields(r, &v, &network_version_entity, new_fields, x, as_typed);
	TRY(work_resolution_field(r, &resolution, as_typed));
	add_field(r, &v, resolution);
	return finish(r, &v, as_typed);
}

Err page_network_take(Req *r) {
	return show_take(r, entity_new(r->c->arena, &network_version_entity), false);
}

Err post_network_take(Req *r) {
	NetworkVersion *x = entity_new(r->c->arena, &network_version_entity);
	Err             err = read_version(r, x);
	if (err == OK)
		err = workflow_start(r->c, &network_version_machine, "take_over", x, &(WorkInput){.resolution = form(r, "resolution")});
	if (err == ERR_INVALID || err == ERR_CONFLICT) {
		x->head.id = 0;
		set_status(r, err_status(err));
		return show_take(r, x, true);
	}
	TRY(err);
	notice(r, "Verze je převzatá. Načtěte její řádky ze sešitu ode dne účinnosti.");
	return redirect(r, "/app/sit/verze/%lld", (long long)x->head.id);
}

/* ---- a line ---- */

static const char *const line_fields[] = {
	"number", "service", "provider", "name", "kind", "forms", "target_groups", "areas", "unit", "capacity", "level", "status", "regionality", "since",
		"until", "project_financed",
	"ceilings", "points", "merged_under", "note", "change_reason", NULL,
};

static Err line_of_address(Req *r, NetworkVersion **v, DraftLine **d) {
	Id id;
	TRY(draft_of_address(r, v));
	if (!arg(r, 1).len) {
		*d = entity_new(r->c->arena, &draft_line_entity);
		(*d)->by_version = (*v)->head.id;
		(*d)->since = (*v)->effective_from;
		return OK;
	}
	TRY(arg_id(r, 1, &id));
	return draft_line_stored(r->c, (*v)->head.id, id, d);
}

static Err show_line(Req *r, const NetworkVersion *v, const DraftLine *d, bool as_typed) {
	Arena        *a = r->c->arena;
	DraftFormPage f = {.title = d->head.id ? str_format(a, "Řádek %.*s %.*s", STR_ARG(d->number), STR_ARG(d->name)) : S("Přidat řádek"),
	                   .lead = S("Mění se jen pracovní návrh. Úplnost řádků se ověří při předání k projednání."), .back = draft_href(r, v),
		.version = d->head.version, .submit = S("Uložit do návrhu")};
	f.action = d->head.id ? str_format(a, "%.*s/radek/%lld", STR_ARG(f.back), (long long)d->head.id) : str_cat(a, f.back, S("/novy-radek"));
	if (d->head.id) {
		f.reset_action = str_cat(a, f.action, S("/prevzit"));
		f.reset_csrf = csrf_token(r, f.reset_action);
	}
	add_fields(r, &f, &draft_line_entity, line_fields, d, as_typed);
	TRY(asked_of_line(r, v, entity_copy(a, &draft_line_entity, d), &f.asked));
	return finish(r, &f, as_typed);
}

Err page_draft_line(Req *r) {
	NetworkVersion *v;
	DraftLine      *d;
	TRY(line_of_address(r, &v, &d));
	return show_line(r, v, d, false);
}

Err post_draft_line(Req *r) {
	NetworkVersion *v;
	DraftLine      *stored;
	TRY(line_of_address(r, &v, &stored));
	DraftLine *d = entity_copy(r->c->arena, &draft_line_entity, stored);
	Err        err = stored->head.id ? form_read_resolved(r, &draft_line_entity, line_fields, d, stored) : form_read(r, &draft_line_entity, line_fields, d);
	if (err == OK)
		err = draft_line_save(r->c, d);
	if (err == ERR_CONFLICT && stored->head.id && d->head.version != stored->head.version)
		return conflict_show(r, &draft_line_entity, line_fields, d, str_format(r->c->arena, "%.*s/radek/%lld", STR_ARG(draft_href(r, v)),
			(long long)d->head.id), draft_href(r, v));
	if (err == ERR_INVALID || err == ERR_CONFLICT) {
		d->head.id = stored->head.id;
		set_status(r, err_status(err));
		return show_line(r, v, d, true);
	}
	TRY(err);
	notice(r, "Řádek je v návrhu uložený.");
	return redirect(r, "%.*s", STR_ARG(draft_href(r, v)));
}

Err post_draft_line_reset(Req *r) {
	NetworkVersion *v;
	DraftLine      *d;
	TRY(line_of_address(r, &v, &d));
	TRY(draft_line_reset(r->c, d));
	notice(r, "Řádek je v návrhu takový, jaký je v platné síti.");
	return redirect(r, "%.*s", STR_ARG(draft_href(r, v)));
}

/* ---- proposals ---- */

static const char *const proposal_fields[] = {"title", "capacity", "text", NULL};
static const char *const proposal_posted[] = {"radek", "district", "title", "capacity", "text", NULL};

static Err district_field(Req *r, FieldView *f) {
	RowScope    s = access_scope(r->c, CAP_NETWORK_PROPOSE);
	const Unit *region = territory_region(r->c);
	Units       all;
	*f = (FieldView){.kind = FIELD_SELECT, .name = S("district"), .label = S("Obvod ORP"), .error = field_problem(r, "district")};
	TRY(territory_below(r->c, region ? region->id : 0, LEVEL_DISTRICT, TODAY, &all));
	for (size_t i = 0; i < all.len; i++)
		if (s.all || scope_has_district(&s, all.at[i]->id))
			*ARENA_PUSH(r->c->arena, f->options.at, f->options.len, f->options.cap) =
				(OptionView){.value = str_format(r->c->arena, "%lld", (long long)all.at[i]->id), .label = all.at[i]->name};
	return OK;
}

static Err proposed_line(Req *r, const NetworkVersion *v, Str typed, DraftLine **ret) {
	i64 id;
	*ret = NULL;
	if (!typed.len)
		return OK;
	if (!str_to_int(typed, &id))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Takový řádek návrh nemá. Vyberte ho na stránce návrhu.");
	return draft_line_stored(r->c, v->head.id, id, ret);
}

static Err show_proposal_form(Req *r, const NetworkVersion *v, const DraftLine *d, const DraftProposal *p, bool as_typed) {
	Arena        *a = r->c->arena;
	FieldView     district;
	DraftFormPage f = {.title = d ? S("Navrhnout změnu řádku") : S("Navrhnout novou službu"), .back = draft_href(r, v), .submit = S("Podat návrh")};
	f.lead = d ? str_format(a, "Řádek %.*s %.*s, v návrhu %.*s.", STR_ARG(d->number), STR_ARG(d->name), STR_ARG(mandate_capacity_text(r->c, d->capacity, d->unit)))
	           : S("Kraj návrh přijme, nebo odmítne s důvodem; odpověď uvidíte tady a v úkolech.");
	f.action = str_cat(a, f.back, S("/podnet"));
	TRY(district_field(r, &district));
	add_field(r, &f, district);
	add_fields(r, &f, &draft_proposal_entity, proposal_fields, p, as_typed);
	f.line = d ? str_format(a, "%lld", (long long)d->head.id) : (Str){0};
	return finish(r, &f, as_typed);
}

Err page_proposal_new(Req *r) {
	NetworkVersion *v;
	DraftLine      *d;
	TRY(draft_of_address(r, &v));
	TRY(proposed_line(r, v, query(r, "radek"), &d));
	return show_proposal_form(r, v, d, entity_new(r->c->arena, &draft_proposal_entity), false);
}

Err post_proposal_new(Req *r) {
	NetworkVersion *v;
	DraftLine      *d;
	DraftProposal  *p = entity_new(r->c->arena, &draft_proposal_entity);
	i64             district = 0;
	TRY(draft_of_address(r, &v));
	TRY(proposed_line(r, v, form(r, "radek"), &d));
	Err err = form_read(r, &draft_proposal_entity, proposal_posted, p);
	if (err == OK && !str_to_int(form(r, "district"), &district))
		err = fail(r->c, ERR_INVALID, "district", "Obvod ORP: vyberte ho z nabídky.");
	p->district = district;
	p->by_version = v->head.id;
	p->line = d ? d->head.id : BLANK;
	if (err == OK)
		err = draft_propose(r->c, p);
	if (err == ERR_INVALID || err == ERR_CONFLICT) {
		p->head.id = 0;
		set_status(r, err_status(err));
		return show_proposal_form(r, v, d, p, true);
	}
	TRY(err);
	notice(r, "Návrh je podaný. Kraj na něj odpoví dřív, než verzi předá k projednání.");
	return redirect(r, "%.*s/podnety/%lld", STR_ARG(draft_href(r, v)), (long long)p->head.id);
}

static Err proposal_of_address(Req *r, NetworkVersion **v, DraftProposal **p) {
	Id    id;
	void *row;
	TRY(draft_of_address(r, v));
	TRY(arg_id(r, 1, &id));
	TRY(entity_get(r->c, &draft_proposal_entity, TODAY, id, &row));
	*p = row;
	return (*p)->by_version == (*v)->head.id ? OK : fail(r->c, ERR_NOT_FOUND, NULL, "Takový návrh k této verzi není.");
}

static Err show_proposal(Req *r, const NetworkVersion *v, const DraftProposal *p) {
	Arena         *a = r->c->arena;
	DraftProposals all;
	DraftLines     lines;
	const DraftLine *d = NULL;
	const Unit    *u = territory_by_id(r->c, p->district);
	ProposalPage   page_view = {.title = p->title, .lead = u ? str_cat(a, S("Návrh obvodu ORP "), u->name) : S("Návrh obvodu"), .back = draft_href(r, v)};
	TRY(draft_proposals(r->c, v->head.id, &all));
	TRY(draft_lines(r->c, v->head.id, &lines));
	for (size_t i = 0; i < lines.len; i++)
		d = lines.at[i]->head.id == p->line ? lines.at[i] : d;
	Str conflict = draft_conflict(r->c, p, &all, &lines);
	if (conflict.len)
		page_view.conflict = (NoteView){.kind = NOTE_WARN, .title = S("Střet:"), .text = conflict};
	if (d) {
		mandate_pair(r, &page_view.what, "Řádek", str_format(a, "%.*s %.*s", STR_ARG(d->number), STR_ARG(d->name)));
		mandate_pair(r, &page_view.what, "Kapacita v návrhu", mandate_capacity_text(r->c, d->capacity, d->unit));
	}
	if (d && may(r->c, CAP_NETWORK_UPDATE) && str_eq(v->state, S(VERSION_IS_DRAFT)))
		page_view.line_href = str_format(a, "%.*s/radek/%lld", STR_ARG(page_view.back), (long long)d->head.id);
	mandate_pair(r, &page_view.what, "Navržená kapacita", p->capacity.hundredths == BLANK ? S("beze změny") : mandate_capacity_text(r->c, p->capacity,
		d ? d->unit : S("U")));
	mandate_pair(r, &page_view.what, "Zdůvodnění", p->text);
	mandate_pair(r, &page_view.what, "Podal", p->author);
	if (p->answer.len)
		mandate_pair(r, &page_view.what, "Odpověď kraje", p->answer);
	TRY(work_panel(r, &draft_proposal_machine, p->head.id, str_format(a, "%.*s/podnety/%lld/krok", STR_ARG(page_view.back), (long long)p->head.id), &page_view.work));
	if (!d || d->head.version == p->line_version)
		work_without(&page_view.work, "accept_over");
	r->is_error = page_view.work.problem.text.len > 0;
	crumb(r, S("Návrhy verzí sítě"), S("/app/sit/navrh"));
	crumb(r, v->title, page_view.back);
	view_proposal(page(r, p->title), &page_view);
	return OK;
}

Err page_draft_proposal(Req *r) {
	NetworkVersion *v;
	DraftProposal  *p;
	TRY(proposal_of_address(r, &v, &p));
	return show_proposal(r, v, p);
}

Err post_proposal_step(Req *r) {
	NetworkVersion *v;
	DraftProposal  *p;
	TRY(proposal_of_address(r, &v, &p));
	Err err = work_submit(r, &draft_proposal_machine, p->head.id);
	if (err == ERR_INVALID || err == ERR_CONFLICT)
		return show_proposal(r, v, p);
	TRY(err);
	return redirect(r, "%.*s/podnety/%lld", STR_ARG(draft_href(r, v)), (long long)p->head.id);
}
