/* call_page.c: calls for everybody, and what the home page and the calendar say of them. */
#include "domain/network/call_page.h"

#include "base/format.h"
#include "core/codelist.h"
#include "core/deadline.h"
#include "domain/network/call.html.h"
#include "domain/network/call.sql.h"

TagKind call_tone(const Call *k) {
	const State *s = machine_state(&call_machine, k->state);
	return s ? work_tone(s->tone) : TAG_PLAIN;
}

Str points_words(Arena *a, i64 hundredths) {
	CLEANUP(buf_free) Buf b = {0};
	if (hundredths == BLANK)
		return S("–");
	if (hundredths % 100 == 0)
		fmt_int(&b, hundredths / 100);
	else
		fmt_decimal(&b, hundredths, 2);
	return buf_take(&b, a);
}

void net_pair(Req *r, PairViews *to, const char *label, Str value) {
	if (value.len)
		*ARENA_PUSH(r->c->arena, to->at, to->len, to->cap) = (PairView){.label = str_c(label), .value = value};
}

Str net_instant(Req *r, Instant at) {
	CLEANUP(buf_free) Buf b = {0};
	if (!at.ms)
		return (Str){0};
	fmt_instant(&b, at);
	return buf_take(&b, r->c->arena);
}

static Str names_of(Req *r, const char *list, const Strs *codes) {
	Strs names = {0};
	for (size_t i = 0; i < codes->len; i++)
		strs_add(r->c->arena, &names, codelist_name(r->c, list, codes->at[i]));
	return str_join(r->c->arena, S(", "), names);
}

static CallLine line_of(Req *r, const Call *k, bool office) {
	return (CallLine){.href = str_format(r->c->arena, "%s/%lld", office ? "/app/vyzvy" : "/vyzvy", (long long)k->head.id), .title = k->title, .when = call_when(r->c->arena, k, r->c->now),
	                  .state = state_title(&call_machine, k->state), .tone = call_tone(k), .types = names_of(r, "application_type", &k->types),
	                  .year = str_format(r->c->arena, "%lld", (long long)k->target_year)};
}

static void sort_in(Req *r, const Call *k, bool office, bool archive, CallsPage *v) {
	bool       ended = call_is(k, CALL_CLOSED) || call_is(k, CALL_FINISHED) || r->c->now.ms >= k->closes_at.ms;
	CallLines *to = call_is(k, CALL_ARCHIVED) ? (archive ? &v->past : NULL) : call_is(k, CALL_CANCELLED) ? &v->cancelled : ended ? &v->past
	                : call_takes(k, r->c->now) ? &v->now : &v->coming;
	if (to)
		*ARENA_PUSH(r->c->arena, to->at, to->len, to->cap) = line_of(r, k, office);
}

static Err show_calls(Req *r, bool office) {
	Calls     all;
	CallsPage v = {.office = office};
	bool      archive = str_eq(query(r, "archiv"), S("ano")) || office;
	TRY(call_list(r->c, &all));
	for (size_t i = 0; i < all.len; i++)
		if (office || call_is_public(all.at[i]))
			sort_in(r, all.at[i], office, archive, &v);
	v.new_href = office && may(r->c, CAP_CALL_CREATE) ? S("/app/vyzvy/nova") : (Str){0};
	v.archive_href = archive ? (Str){0} : S("/vyzvy?archiv=ano");
	if (!office)
		crumb(r, S("Základní síť"), S("/sit"));
	view_calls(page(r, S("Výzvy")), &v);
	return OK;
}

Err page_calls(Req *r) { return show_calls(r, false); }
Err page_office_calls(Req *r) { return show_calls(r, true); }

static Str districts_of(Req *r, const CallTargets *t) {
	Strs names = {0};
	for (size_t i = 0; i < t->districts.len; i++)
		strs_add(r->c->arena, &names, t->districts.at[i]->name);
	return names.len ? str_join(r->c->arena, S(", "), names) : S("celý kraj");
}

static Str needs_of(Req *r, const CallTargets *t) {
	Strs names = {0};
	for (size_t i = 0; i < t->need_count; i++) {
		void  *row;
		size_t said = r->c->problems.len;
		if (store_get(r->c, &need_entity, TODAY, t->needs[i], &row) == OK && need_is_public(((Need *)row)->state))
			strs_add(r->c->arena, &names, ((Need *)row)->title);
		r->c->problems.len = said;
	}
	return str_join(r->c->arena, S("; "), names);
}

Err call_facts(Req *r, const Call *k, PairViews *to) {
	CallTargets t;
	TRY(call_targets(r->c, k->head.id, &t));
	net_pair(r, to, "O co jde žádat", names_of(r, "application_type", &k->types));
	net_pair(r, to, "Síť na rok", str_format(r->c->arena, "%lld", (long long)k->target_year));
	net_pair(r, to, call_opens_word(k, r->c->now), deadline_wording(r->c->arena, k->opens_at, true));
	net_pair(r, to, call_closes_word(k, r->c->now), deadline_wording(r->c->arena, k->closes_at, false));
	net_pair(r, to, "Vyjádření obcí do", deadline_wording(r->c->arena, k->statements_until, false));
	net_pair(r, to, "Dotazy do", deadline_wording(r->c->arena, call_questions_until(k), false));
	net_pair(r, to, "Druhy služeb", k->kinds.len ? names_of(r, "service_kind", &k->kinds) : S("všechny"));
	net_pair(r, to, "Území", districts_of(r, &t));
	net_pair(r, to, "Potřeby, na které odpovídá", needs_of(r, &t));
	net_pair(r, to, "O přílohách", k->attachments);
	if (k->rules > 0) {
		void  *row;
		size_t said = r->c->problems.len;
		if (store_get(r->c, &rule_version_entity, TODAY, k->rules, &row) == OK)
			net_pair(r, to, "Pravidla bodování", str_format(r->c->arena, "%.*s, verze %lld", STR_ARG(((RuleVersion *)row)->title), (long long)((RuleVersion *)row)->no));
		r->c->problems.len = said;
	}
	return OK;
}

static NoteView note_of(Req *r, const Call *k) {
	if (call_is(k, CALL_CANCELLED))
		return (NoteView){NOTE_WARN, .title = S("Výzva byla zrušena."), .text = S("Žádat do ní nejde. Sledujte, zda kraj vyhlásí jinou.")};
	if (call_takes(k, r->c->now))
		return (NoteView){NOTE_OK, .title = S("Výzva je otevřená."), .text = S("Žádosti podávají poskytovatelé po přihlášení.")};
	if (r->c->now.ms < k->opens_at.ms)
		return (NoteView){NOTE_INFO, .title = S("Výzva se teprve otevře."), .text = call_when(r->c->arena, k, r->c->now)};
	return (NoteView){NOTE_INFO, .title = S("Výzva je uzavřená."), .text = S("Výsledek se zveřejní v síti služeb po rozhodnutí zastupitelstva.")};
}

Err page_call(Req *r) {
	Id       id;
	Call    *k;
	CallPage v = {0};
	TRY(arg_id(r, 0, &id));
	TRY(call_get(r->c, id, &k));
	if (!call_is_public(k))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Taková výzva tu není, nebo ještě nebyla vyhlášena.");
	v.k = k;
	v.state = state_title(&call_machine, k->state);
	v.tone = call_tone(k);
	v.note = note_of(r, k);
	if (call_takes(k, r->c->now))
		v.due = deadline_view(r->c->arena, k->closes_at, k->title, deadline_wording(r->c->arena, k->closes_at, false), k->why, (Str){0}, false, r->c->now);
	TRY(call_facts(r, k, &v.facts));
	TRY(call_asked_lines(r, k, (Str){0}, &v.asked));
	if (call_takes(k, r->c->now) && may(r->c, CAP_APPLICATION_CREATE))
		v.apply_href = str_format(r->c->arena, "/app/vyzvy/%lld/zadost", (long long)id);
	if (may(r->c, CAP_CALL_UPDATE))
		v.office_href = str_format(r->c->arena, "/app/vyzvy/%lld", (long long)id);
	v.answers_href = str_format(r->c->arena, "/dotazy/call-%lld", (long long)id);
	if (r->c->now.ms < call_questions_until(k).ms && may(r->c, "question.create"))
		v.ask_href = str_format(r->c->arena, "/app/dotazy/novy?zaznam=call-%lld", (long long)id);
	crumb(r, S("Základní síť"), S("/sit"));
	crumb(r, S("Výzvy"), S("/vyzvy"));
	view_call(page(r, k->title), &v);
	return OK;
}

/* ---- rows ---- */

Err call_find_record(Ctx *c, Id id, Record *ret) {
	Call *k;
	TRY(call_get(c, id, &k));
	ret->title = k->title;
	ret->link = str_format(c->arena, "/vyzvy/%lld", (long long)id);
	ret->side = SCOPE_NONE;
	ret->answers_public = call_is_public(k);
	ret->questions_until = call_questions_until(k);
	return OK;
}

/* Those who apply, until they give up. */
Err call_followers(Ctx *c, Id id, RecordFollowers *to) {
	Rows rows = db_query(ctx_conn(c), &sql_application_owners, P(V(id)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, to->at, to->len, to->cap) = col_int(&rows, 0);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "applications of a call");
}

Err application_find_record(Ctx *c, Id id, Record *ret) {
	Application *a;
	TRY(application_get(c, id, &a));
	ret->title = str_format(c->arena, "Žádost %.*s: %.*s", STR_ARG(a->type), STR_ARG(a->name));
	ret->link = str_format(c->arena, "/app/zadosti/%lld", (long long)id);
	ret->side = SCOPE_PROVIDER;
	ret->side_ref = a->provider;
	return OK;
}

Err calls_happening(Ctx *c, FrontLines *list) {
	Calls all;
	TRY(call_list(c, &all));
	for (size_t i = 0; i < all.len; i++)
		if (call_is_public(all.at[i]) && call_takes(all.at[i], c->now))
			front_add(c, list, (FrontLine){.label = S("výzva"), .title = all.at[i]->title, .href = str_format(c->arena, "/vyzvy/%lld", (long long)all.at[i]->head.id),
				.when = str_cat(c->arena, S("do "), deadline_until(c->arena, all.at[i]->closes_at)), .at = all.at[i]->closes_at});
	return OK;
}

Err calls_events(Ctx *c, Instant from, Instant to, SiteEvents *list) {
	Calls all;
	TRY(call_list(c, &all));
	for (size_t i = 0; i < all.len; i++) {
		const Call *k = all.at[i];
		if (!call_is_public(k) || call_is(k, CALL_ARCHIVED) || k->closes_at.ms <= from.ms || k->opens_at.ms >= to.ms)
			continue;
		event_add(c, list, (SiteEvent){.kind = "call", .id = k->head.id, .version = k->head.version, .label = S("výzva"), .title = k->title,
			.href = str_format(c->arena, "/vyzvy/%lld", (long long)k->head.id), .begins = k->opens_at, .ends = k->closes_at,
			.begins_words = deadline_wording(c->arena, k->opens_at, true), .ends_words = deadline_wording(c->arena, k->closes_at, false), .announced = k->announced_at,
			.changed = k->announced_at, .cancelled = call_is(k, CALL_CANCELLED) ? k->announced_at : (Instant){0}, .cancel_reason = S("Výzva byla zrušena.")});
	}
	return OK;
}
