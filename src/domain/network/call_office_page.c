/* call_office_page.c: calls for officers: the form, the steps, applications and their order. */
#include "base/format.h"
#include "core/codelist.h"
#include "domain/network/call.html.h"
#include "domain/network/call_page.h"
#include "domain/network/score_order.h"

static const char *const form_fields[] = {"title", "types", "target_year", "about", "kinds", "extraordinary", "opens_rule", "closes_rule", "statements_rule", "questions_rule",
	"attachments", "form_a", "form_b", "form_c", "rules", NULL};
static const char *const posted[] = {"title", "types", "target_year", "about", "kinds", "extraordinary", "opens_rule", "closes_rule", "statements_rule", "questions_rule",
	"attachments", "form_a", "form_b", "form_c", "rules", "districts", "needs", NULL};

static Err form_choice(Req *r, Id chosen, FieldView *v) {
	FormVersions all;
	v->kind = FIELD_SELECT;
	v->options = (OptionViews){0};
	v->optional = true;
	TRY(form_versions(r->c, 0, &all));
	*ARENA_PUSH(r->c->arena, v->options.at, v->options.len, v->options.cap) = (OptionView){.label = S("– výzva tento typ nemá –"), .chosen = chosen <= 0};
	for (size_t i = 0; i < all.len; i++)
		if (str_eq(all.at[i]->state, S(FORM_PUBLISHED)) || all.at[i]->head.id == chosen)
			*ARENA_PUSH(r->c->arena, v->options.at, v->options.len, v->options.cap) = (OptionView){
				.value = str_format(r->c->arena, "%lld", (long long)all.at[i]->head.id), .chosen = all.at[i]->head.id == chosen,
				.label = str_format(r->c->arena, "%.*s, verze %lld", STR_ARG(all.at[i]->title), (long long)all.at[i]->no)};
	return OK;
}

/* Published versions, by name; those that do not hold yet too. */
static Err rules_choice(Req *r, Id chosen, FieldView *v) {
	RuleVersions all;
	v->kind = FIELD_SELECT;
	v->options = (OptionViews){0};
	v->optional = true;
	TRY(rule_versions(r->c, true, &all));
	*ARENA_PUSH(r->c->arena, v->options.at, v->options.len, v->options.cap) = (OptionView){.label = S("– ta, která platí v den uzavření výzvy –"), .chosen = chosen <= 0};
	for (size_t i = 0; i < all.len; i++)
		*ARENA_PUSH(r->c->arena, v->options.at, v->options.len, v->options.cap) = (OptionView){
			.value = str_format(r->c->arena, "%lld", (long long)all.at[i]->head.id), .chosen = all.at[i]->head.id == chosen,
			.label = str_format(r->c->arena, "%.*s, verze %lld", STR_ARG(all.at[i]->title), (long long)all.at[i]->no)};
	return OK;
}

static bool has_district(const CallTargets *t, Id id) {
	for (size_t i = 0; i < t->districts.len; i++)
		if (t->districts.at[i]->id == id)
			return true;
	return false;
}

static Err target_fields(Req *r, const CallTargets *t, NetForm *v) {
	Units       all = {0};
	const Unit *region = territory_region(r->c);
	FieldView   districts = {.kind = FIELD_CHECKS, .name = S("districts"), .label = S("Jen tyto obvody"), .hint = S("Nic nevybráno znamená celý kraj."), .optional = true};
	Strs        numbers = {0};
	TRY(territory_below(r->c, region ? region->id : 0, LEVEL_DISTRICT, TODAY, &all));
	for (size_t i = 0; i < all.len; i++)
		*ARENA_PUSH(r->c->arena, districts.options.at, districts.options.len, districts.options.cap) = (OptionView){
			.value = str_format(r->c->arena, "%lld", (long long)all.at[i]->id), .label = all.at[i]->name, .chosen = has_district(t, all.at[i]->id)};
	for (size_t i = 0; i < t->need_count; i++)
		strs_add(r->c->arena, &numbers, str_format(r->c->arena, "%lld", (long long)t->needs[i]));
	*ARENA_PUSH(r->c->arena, v->fields, v->count, v->cap) = districts;
	*ARENA_PUSH(r->c->arena, v->fields, v->count, v->cap) = (FieldView){.name = S("needs"), .label = S("Odpovídá na potřeby"), .optional = true, .error = field_problem(r, "needs"),
		.hint = S("Čísla potřeb oddělená čárkou."), .value = form_has(r, "needs") ? form(r, "needs") : str_join(r->c->arena, S(", "), numbers)};
	return OK;
}

static Err show_form(Req *r, NetForm v, const Call *k, const CallTargets *t, bool as_typed) {
	for (const char *const *name = form_fields; *name; name++) {
		FieldView f = field_view(r, entity_field(&call_entity, str_c(*name)), k, as_typed);
		if (strcmp(*name, "form_a") == 0 || strcmp(*name, "form_b") == 0 || strcmp(*name, "form_c") == 0)
			TRY(form_choice(r, (*name)[5] == 'a' ? k->form_a : (*name)[5] == 'b' ? k->form_b : k->form_c, &f));
		if (strcmp(*name, "rules") == 0)
			TRY(rules_choice(r, k->rules, &f));
		*ARENA_PUSH(r->c->arena, v.fields, v.count, v.cap) = f;
	}
	TRY(target_fields(r, t, &v));
	v.csrf = csrf_token(r, v.action);
	v.version = k->head.version;
	v.button = S("Uložit");
	v.help = S("Okno je na minutu: co přijde v okamžiku uzavření, je pozdě. Poslední den, který není pracovní, se posune a výzva to řekne. Po vyhlášení jde konec jen prodloužit.");
	v.errors = as_typed ? errors_view(r, v.fields, v.count) : NULL;
	r->is_error = v.errors != NULL;
	crumb(r, S("Výzvy"), S("/app/vyzvy"));
	view_net_form(page(r, v.title), &v);
	return OK;
}

static Err read_form(Req *r, Call *k, CallTargets *t) {
	Strs districts = form_all(r, "districts");
	Str  rest = form(r, "needs");
	Err  e = form_read(r, &call_entity, posted, k);
	*t = (CallTargets){0};
	for (size_t i = 0; i < districts.len; i++) {
		i64         id = 0;
		const Unit *u = str_to_int(districts.at[i], &id) ? territory_by_id(r->c, id) : NULL;
		if (u && str_eq(u->level, S(LEVEL_DISTRICT)))
			*ARENA_PUSH(r->c->arena, t->districts.at, t->districts.len, t->districts.cap) = u;
	}
	while (rest.len) {
		Str one = str_trim(str_cut(&rest, ','));
		i64 id = 0;
		if (one.len && (!str_to_int(one, &id) || id <= 0))
			return fail(r->c, ERR_INVALID, "needs", "Odpovídá na potřeby: napište čísla potřeb oddělená čárkou, například 12, 15.");
		if (one.len)
			*ARENA_PUSH(r->c->arena, t->needs, t->need_count, t->need_cap) = id;
	}
	return e;
}

static NetForm new_form(void) { return (NetForm){.title = S("Nová výzva"), .action = S("/app/vyzvy/nova"), .back = S("/app/vyzvy")}; }

/* What a call usually has: the three forms, and the days of the region's calendar. */
static Err suggest(Req *r, Call *k) {
	static const char *const codes[] = {"zadost-a", "zadost-b", "zadost-c"};
	Id *to[] = {&k->form_a, &k->form_b, &k->form_c};
	int year = date_year(r->c->today) + 1;
	for (size_t i = 0; i < LEN(codes); i++) {
		FormVersion *v;
		size_t       said = r->c->problems.len;
		if (form_published(r->c, str_c(codes[i]), &v) == OK)
			*to[i] = v->head.id;
		r->c->problems.len = said;
	}
	RuleVersion *rules;
	TRY(score_rules_usual(r->c, r->c->today, &rules));
	k->rules = rules ? rules->head.id : 0;
	k->target_year = year + 1;
	k->opens_rule = str_format(r->c->arena, "1. 2. %d 8:00", year);
	k->closes_rule = str_format(r->c->arena, "15. 3. %d 16:00", year);
	k->statements_rule = str_format(r->c->arena, "31. 3. %d 16:00", year);
	return OK;
}

Err page_call_new(Req *r) {
	Call *k = entity_new(r->c->arena, &call_entity);
	TRY(suggest(r, k));
	return show_form(r, new_form(), k, &(CallTargets){0}, false);
}

Err post_call_new(Req *r) {
	Call       *k = entity_new(r->c->arena, &call_entity);
	CallTargets t;
	Err         e = read_form(r, k, &t);
	e = e == OK ? call_add(r->c, k, &t) : e;
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show_form(r, new_form(), k, &t, true);
	}
	TRY(e);
	notice(r, "Výzva je připravená. Poskytovatelé ji uvidí, až ji vyhlásíte.");
	return redirect(r, "/app/vyzvy/%lld", (long long)k->head.id);
}

static NetForm edit_form(Req *r, const Call *k) {
	Str href = str_format(r->c->arena, "/app/vyzvy/%lld", (long long)k->head.id);
	return (NetForm){.title = S("Upravit výzvu"), .lead = k->title, .action = str_cat(r->c->arena, href, S("/upravit")), .back = href};
}

static Err open_call(Req *r, Call **ret) {
	Id id;
	TRY(arg_id(r, 0, &id));
	return call_get(r->c, id, ret);
}

Err page_call_edit(Req *r) {
	Call       *k;
	CallTargets t;
	TRY(open_call(r, &k));
	TRY(call_targets(r->c, k->head.id, &t));
	return show_form(r, edit_form(r, k), k, &t, false);
}

Err post_call_edit(Req *r) {
	Call       *stored;
	CallTargets t;
	TRY(open_call(r, &stored));
	Call *k = entity_copy(r->c->arena, &call_entity, stored);
	Err   e = read_form(r, k, &t);
	e = e == OK ? call_change(r->c, k, &t) : e;
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show_form(r, edit_form(r, stored), k, &t, true);
	}
	TRY(e);
	notice(r, "Uloženo.");
	return redirect(r, "/app/vyzvy/%lld", (long long)stored->head.id);
}

/* ---- one call ---- */

static void without(WorkPanel *p, const char *action, bool *had) {
	size_t kept = 0;
	for (size_t i = 0; i < p->actions.len; i++) {
		bool is = strcmp(p->actions.at[i].transition->action, action) == 0;
		*had = *had || is;
		if (!is)
			p->actions.at[kept++] = p->actions.at[i];
	}
	p->has_own_steps = p->has_own_steps || kept < p->actions.len;
	p->actions.len = kept;
}

static Str suggestion_words(const char *code) {
	return strcmp(code, PROPOSE_IN) == 0 ? S("zařadit") : strcmp(code, PROPOSE_OUT) == 0 ? S("nezařadit") : S("odložit");
}

static void add_room(Req *r, const ScoreRoom *room, CallPage *v) {
	if (!room->known) {
		v->room_note = (NoteView){NOTE_WARN, .title = S("Peníze roku nejsou známé."), .text = room->why};
		return;
	}
	net_pair(r, &v->room, "Peníze na síť roku", str_format(r->c->arena, "%.*s: %.*s", STR_ARG(money_text(r->c->arena, room->means, "–")), STR_ARG(room->from)));
	net_pair(r, &v->room, "Z toho je slíbeno řádkům sítě a zařazeným žádostem", money_text(r->c->arena, room->promised, "–"));
	net_pair(r, &v->room, "Zbývá na žádosti výzvy", money_text(r->c->arena, room->left, "–"));
	if (room->without)
		net_pair(r, &v->room, "Řádky bez stropu na tento rok, které se nepočítají", str_format(r->c->arena, "%zu", room->without));
}

/* F27: everybody who has points, what they ask for, and where the money ends. */
static bool is_over(const Application *a) { return application_is(a, APPLICATION_INCLUDED) || application_is(a, APPLICATION_REFUSED); }

static Err add_ranking(Req *r, CallPage *v) {
	Ranking all;
	TRY(score_ranking(r->c, v->k, &all));
	if (all.len)
		add_room(r, &all.room, v);
	v->waiting = all.waiting;
	for (size_t i = 0; i < all.len; i++) {
		const Placed *p = &all.at[i];
		*ARENA_PUSH(r->c->arena, v->ranking.at, v->ranking.len, v->ranking.cap) = (RankLine){
			.href = str_format(r->c->arena, "/app/zadosti/%lld", (long long)p->a->head.id), .name = p->a->name, .why = p->why,
			.place = str_format(r->c->arena, "%zu.", p->place), .points = points_words(r->c->arena, p->a->points),
			.level = p->a->level.len ? codelist_name(r->c, "network_level", p->a->level) : S("–"), .needs = money_text(r->c->arena, p->needs, "–"),
			.left = money_text(r->c->arena, p->left, "–"),
			.suggested = is_over(p->a) ? (Str){0} : suggestion_words(p->suggested),      /* the state says what was decided, against the rules too */
			.tone = strcmp(p->suggested, PROPOSE_IN) == 0 ? TAG_OK : strcmp(p->suggested, PROPOSE_OUT) == 0 ? TAG_ERR : TAG_WARN,
			.state = p->a->proposal.len && application_is(p->a, APPLICATION_PROPOSED) ? str_cat(r->c->arena, S("návrh: "), codelist_name(r->c, "application_proposal", p->a->proposal))
			                             : state_title(&application_machine, p->a->state),
			.money_ends = p->money_ends};
	}
	return OK;
}

static Err add_applications(Req *r, CallPage *v) {
	Applications all;
	TRY(application_list(r->c, v->k->head.id, &all));
	for (size_t i = 0; i < all.len; i++)
		*ARENA_PUSH(r->c->arena, v->applications.at, v->applications.len, v->applications.cap) = (ItemView){
			.href = str_format(r->c->arena, "/app/zadosti/%lld", (long long)all.at[i]->head.id), .text = all.at[i]->name,
			.meta = codelist_name(r->c, "application_type", all.at[i]->type), .tag = state_title(&application_machine, all.at[i]->state), .tag_kind = TAG_INFO};
	if (!may(r->c, CAP_APPLICATION_APPROVE))
		return OK;
	return add_ranking(r, v);
}

static Err show_call(Req *r, Call *k) {
	Str      href = str_format(r->c->arena, "/app/vyzvy/%lld", (long long)k->head.id);
	CallPage v = {.k = k, .state = state_title(&call_machine, k->state), .tone = call_tone(k), .when = call_when(r->c->arena, k, r->c->now)};
	TRY(call_facts(r, k, &v.facts));
	TRY(call_asked_lines(r, k, (Str){0}, &v.asked));
	v.asked_href = may(r->c, CAP_CALL_UPDATE) && call_is(k, CALL_PLANNED) ? str_cat(r->c->arena, href, S("/prilohy")) : (Str){0};
	TRY(add_applications(r, &v));
	TRY(work_panel(r, &call_machine, k->head.id, href, &v.panel));
	without(&v.panel, "prolong", &v.may_prolong);
	if (v.may_prolong) {
		v.prolong_action = str_cat(r->c->arena, href, S("/prodlouzit"));
		v.prolong_csrf = csrf_token(r, v.prolong_action);
		v.closes_rule = (FieldView){.name = S("closes_rule"), .label = S("Nový konec"), .hint = S("Například 22. 3. 2027 16:00."), .value = form(r, "closes_rule"),
		                            .error = field_problem(r, "closes_rule")};
		v.reason = (FieldView){.name = S("reason"), .label = S("Proč se výzva prodlužuje"), .value = form(r, "reason"), .error = field_problem(r, "reason")};
	}
	if (may(r->c, CAP_CALL_UPDATE))
		v.edit_href = str_cat(r->c->arena, href, S("/upravit"));
	if (call_takes(k, r->c->now) && may(r->c, CAP_APPLICATION_CREATE))
		v.apply_href = str_cat(r->c->arena, href, S("/zadost"));       /* letters about a call lead here */
	if (call_is_public(k))
		v.public_href = str_format(r->c->arena, "/vyzvy/%lld", (long long)k->head.id);
	crumb(r, S("Výzvy"), may(r->c, CAP_CALL_UPDATE) ? S("/app/vyzvy") : S("/vyzvy"));
	view_office_call(page(r, k->title), &v);
	return OK;
}

Err page_office_call(Req *r) {
	Call *k;
	TRY(open_call(r, &k));
	return show_call(r, k);
}

Err post_office_call(Req *r) {
	Call *k;
	TRY(open_call(r, &k));
	Err e = work_submit(r, &call_machine, k->head.id);
	if (e == ERR_INVALID || e == ERR_CONFLICT)
		return show_call(r, k);
	TRY(e);
	return redirect(r, "/app/vyzvy/%lld", (long long)k->head.id);
}

Err post_call_prolong(Req *r) {
	Call *k;
	i64   version = 0;
	TRY(open_call(r, &k));
	(void)(str_to_int(form(r, "version"), &version));
	Err e = call_prolong(r->c, k->head.id, version, form(r, "closes_rule"), form(r, "reason"));
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show_call(r, k);
	}
	TRY(e);
	notice(r, "Výzva je prodloužená. Poskytovatelé dostali zprávu.");
	return redirect(r, "/app/vyzvy/%lld", (long long)k->head.id);
}
