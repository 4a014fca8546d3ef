/* draft_application.c: from an application to a line of the working copy. */
#include "domain/network/draft_application.h"

#include "base/format.h"
#include "core/access.h"
#include "core/codelist.h"
#include "domain/network/draft.sql.h"
#include "domain/network/draft_inside.h"
#include "domain/network/draft_years.h"
#include "domain/network/reservation.h"
#include "domain/network/score.h"
#include "domain/people/demo.h"

ENTITY(application_line_entity, ApplicationLine, APPLICATION_LINE_FIELDS, .name = "application_line", .table = "application_line", .one = "zařazení žádosti do sítě",
       .many = "zařazení žádostí do sítě", .of_many = "zařazení žádostí do sítě", .article = "n", .order = "made_at", .read = CAP_NETWORK_READ, .write = CAP_NETWORK_UPDATE)

bool application_may_enter(const Application *a) {
	return application_is(a, APPLICATION_INCLUDED) || (application_is(a, APPLICATION_PROPOSED) && str_eq(a->proposal, S("in")));
}

/* ---- reading ---- */

static Err read_all(Ctx *c, const Sql *sql, Id of, ApplicationLines *ret) {
	DraftIds ids;
	*ret = (ApplicationLines){0};
	TRY(draft_ids(c, sql, of, &ids));
	for (size_t i = 0; i < ids.len; i++) {
		void *row;
		TRY(store_get(c, &application_line_entity, TODAY, ids.at[i], &row));
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = row;
	}
	return OK;
}

Err application_line_of(Ctx *c, Id application, ApplicationLine **ret) {
	ApplicationLines all;
	TRY(read_all(c, &sql_application_line_of, application, &all));
	*ret = all.len ? all.at[0] : NULL;
	return OK;
}

Err application_lines_of_version(Ctx *c, Id version, ApplicationLines *ret) {
	return read_all(c, &sql_application_lines_of_version, version, ret);
}

Err draft_of_network(Ctx *c, Id network, NetworkVersion **ret) {
	NetworkVersions versions;
	*ret = NULL;
	TRY(network_versions(c, network, true, &versions));
	for (size_t k = 0; k < versions.len && !*ret; k++)
		*ret = str_eq(versions.at[k]->state, S(VERSION_IS_DRAFT)) ? versions.at[k] : NULL;
	return OK;
}

Err draft_line_of_origin(Ctx *c, Id version, Id line, DraftLine **ret) {
	DraftLines all;
	*ret = NULL;
	TRY(draft_lines(c, version, &all));
	for (size_t i = 0; i < all.len && !*ret; i++)
		*ret = all.at[i]->origin == line ? all.at[i] : NULL;
	return OK;
}

Err draft_for_applications(Ctx *c, NetworkVersion **ret) {
	Networks all;
	*ret = NULL;
	TRY(networks_all(c, &all));
	for (size_t i = 0; i < all.len && !*ret; i++)
		TRY(draft_of_network(c, all.at[i]->head.id, ret));
	return OK;
}

/* ---- which line it changes ---- */

static bool has_form(const DraftLine *d, Str form) {
	for (size_t i = 0; i < d->forms.len; i++)
		if (str_eq(d->forms.at[i], form))
			return true;
	return false;
}

static bool is_same_service(const DraftLine *d, const Application *a) {
	return id_given(a->service) && d->service == a->service;
}

static bool is_over(const DraftLine *d) {
	return words_have(LINE_MERGED " " LINE_LEFT " " LINE_EXPIRED, d->status);
}

/* A prepared line may stand there without its service, which is registered only now. */
static bool fits(const DraftLine *d, const Application *a) {
	if (is_over(d))
		return false;
	if (str_eq(a->type, S("C")))
		return is_same_service(d, a) || (!id_given(a->service) && !id_given(d->service) && d->provider == a->provider && str_eq(d->kind, a->kind));
	bool prepared = str_eq(d->status, S(LINE_PREPARED)) && (is_same_service(d, a) || (!id_given(d->service) && d->provider == a->provider && str_eq(d->kind, a->kind)));
	return str_eq(a->type, S("B")) && (prepared || (is_same_service(d, a) && str_eq(d->status, S(LINE_WITH_RESERVATION))));
}

Err draft_targets(Ctx *c, const NetworkVersion *v, const Application *a, DraftLines *ret, bool *new_line) {
	DraftLines all;
	*ret = (DraftLines){0};
	TRY(draft_lines(c, v->head.id, &all));
	for (size_t i = 0; i < all.len; i++)
		if (fits(all.at[i], a))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = all.at[i];
	*new_line = str_eq(a->type, S("A")) || (str_eq(a->type, S("C")) && (!ret->len || !id_given(a->service)));
	return OK;
}

/* The same service in the same form stands in the copy already. */
static Err refuse_twin(Ctx *c, const NetworkVersion *v, const Application *a) {
	DraftLines all;
	TRY(draft_lines(c, v->head.id, &all));
	for (size_t i = 0; i < all.len; i++)
		if (is_same_service(all.at[i], a) && !is_over(all.at[i]) && (!a->form.len || has_form(all.at[i], a->form)))
			return fail(c, ERR_INVALID, "target", "Služba už v návrhu je, řádek %.*s. Žádost typu A zakládá nový řádek; změnu řádku zapište v návrhu.", STR_ARG(all.at[i]->number));
	return OK;
}

static Err target_line(Ctx *c, const NetworkVersion *v, const Application *a, Id wanted, DraftLine **ret) {
	DraftLines lines;
	bool       new_line;
	*ret = NULL;
	TRY(draft_targets(c, v, a, &lines, &new_line));
	if (!wanted && new_line)
		return refuse_twin(c, v, a);
	if (!wanted && !lines.len)
		return fail(c, ERR_INVALID, "target", "V návrhu není řádek, který by žádost typu %.*s měnila: připravovaná služba poskytovatele, nebo služba s výhradou. "
		            "Zkontrolujte typ žádosti, nebo řádek v návrhu založte.", STR_ARG(a->type));
	for (size_t i = 0; i < lines.len; i++)
		if (lines.at[i]->head.id == wanted)
			*ret = lines.at[i];
	return *ret ? OK : fail(c, ERR_INVALID, "target", "Vyberte řádek návrhu, který žádost mění.");
}

/* ---- what the line gets ---- */

/* The next whole number after those that any line of the network has or had, as wide as they are written. */
Err draft_next_number(Ctx *c, Id network, Id version, Str *ret) {
	i64 most = 0, wide = 1;
	Rows rows = db_query(ctx_conn(c), &sql_draft_numbers, P(V(network), V(version)));
	while (rows_next(&rows)) {
		i64 n;
		Str text = col_text(&rows, 0);
		if (!str_to_int(text, &n) || n < most || n >= INT64_C(1000000000000))
			continue;
		most = n;
		wide = (i64)text.len;
	}
	if (rows_end(&rows) != OK)
		return fail_internal(c, "numbers of lines");
	*ret = str_format(c->arena, "%0*lld", (int)wide, (long long)(most + 1));
	return OK;
}

/* "2026=1,2027=2" with another amount of one year. */
Str draft_ceilings_with(Arena *a, Str ceilings, int year, i64 amount) {
	CLEANUP(buf_free) Buf b = {0};
	bool put = false;
	for (Str rest = ceilings; rest.len;) {
		Str one = str_cut(&rest, ','), value = one, key = str_cut(&value, '=');
		i64 of = 0;
		bool known = str_to_int(key, &of);
		if (!put && known && of >= year) {
			buf_format(&b, "%s%d=%lld", b.len ? "," : "", year, (long long)amount);
			put = true;
		}
		if (!known || of != year)
			buf_format(&b, "%s%.*s", b.len ? "," : "", STR_ARG(one));
	}
	if (!put)
		buf_format(&b, "%s%d=%lld", b.len ? "," : "", year, (long long)amount);
	return buf_take(&b, a);
}

static bool has_code(const Strs *all, Str code) {
	for (size_t i = 0; i < all->len; i++)
		if (str_eq(all->at[i], code))
			return true;
	return false;
}

static void add_code(Arena *a, Strs *all, Str code) {
	if (code.len && !has_code(all, code))
		strs_add(a, all, code);
}

static Err choose_level(Ctx *c, const Application *a, const DraftPut *p, Str *ret) {
	Str computed = a->level;
	*ret = p->level.len ? p->level : computed;
	if (!ret->len)
		return fail(c, ERR_INVALID, "level", "Úroveň: body na žádnou úroveň sítě nestačí. Vyberte úroveň, o které rozhodlo zastupitelstvo, a napište důvod.");
	if (!codelist_find(c, "network_level", *ret))
		return fail(c, ERR_INVALID, "level", "Úroveň: vyberte ji z nabídky.");
	if (!str_eq(*ret, computed) && !p->reason.len)
		return fail(c, ERR_INVALID, "reason", "Důvod: napište, proč je úroveň jiná než podle bodů.");
	return OK;
}

static Str status_of(const Application *a, const DraftLine *d) {
	if (str_eq(a->type, S("C")))
		return d->status.len ? d->status : S(LINE_PREPARED);
	return str_eq(d->status, S(LINE_WITH_RESERVATION)) ? d->status : S(LINE_IN_NETWORK);
}

static Err take(Ctx *c, const NetworkVersion *v, const Application *a, Str level, DraftLine *d, AskedYears *years) {
	bool is_new = !d->head.id, prepared = is_new || str_eq(d->status, S(LINE_PREPARED));
	d->status = status_of(a, d);
	d->level = str_eq(d->status, S(LINE_WITH_RESERVATION)) ? level_with_reservation(c, level) : level;
	d->service = id_given(a->service) ? a->service : d->service;
	d->provider = a->provider;
	d->name = prepared ? a->name : d->name;
	d->kind = a->kind;
	add_code(c->arena, &d->forms, a->form);
	add_code(c->arena, &d->target_groups, a->target_group);
	d->unit = a->unit;
	d->capacity = a->capacity;
	d->areas = a->areas.len ? a->areas : d->areas;
	if (a->points != BLANK)
		d->points = (a->points + 50) / 100;
	if (prepared)
		d->since = date_is(a->starts_on) && date_after(a->starts_on, v->effective_from) ? a->starts_on : v->effective_from;
	TRY(draft_years(c, v, a, d, years));
	for (size_t i = 0; i < years->len; i++)
		d->ceilings = draft_ceilings_with(c->arena, d->ceilings, years->at[i].year, years->at[i].ceiling);
	return OK;
}

Err draft_weigh_application(Ctx *c, const NetworkVersion *v, const Application *a, const DraftLine *target, AskedYears *ret) {
	DraftLine *d = target ? entity_copy(c->arena, &draft_line_entity, target) : entity_new(c->arena, &draft_line_entity);
	return take(c, v, a, a->level, d, ret);
}

/* Without the points: coordinators read it before the assembly decides, and the line has them in a field of their own. */
static Str reason_text(Ctx *c, const Application *a, Str why, const AskedYears *years) {
	Strs lower = {0};
	for (size_t i = 0; i < years->len; i++)
		if (asked_more(&years->at[i]))
			strs_add(c->arena, &lower, str_format(c->arena, "%d", years->at[i].year));
	if (lower.len)
		why = str_format(c->arena, "%.*s%sStrop je podle pravidel, žádost chtěla víc: rok %.*s.", STR_ARG(why), why.len ? " " : "", STR_ARG(str_join(c->arena, S(", "), lower)));
	Str decided = a->resolution.len ? str_format(c->arena, ", usnesení %.*s", STR_ARG(a->resolution)) : (Str){0};
	return utf8_first(str_format(c->arena, "Žádost %.*s%.*s.%s%.*s", STR_ARG(a->type), STR_ARG(decided), why.len ? " " : "", STR_ARG(why)), 500);
}

static Err refuse_put(Ctx *c, const Application *a) {
	ApplicationLine *there;
	NetworkVersion  *v;
	if (!application_may_enter(a))
		return fail(c, ERR_CONFLICT, NULL, "Žádost není navržená k zařazení ani zařazená. Do návrhu sítě jde zapsat až potom.");
	TRY(application_line_of(c, a->head.id, &there));
	if (!there)
		return OK;
	TRY(network_version_stored(c, there->by_version, &v));
	return fail(c, ERR_CONFLICT, NULL, "Žádost už je zapsaná ve verzi %.*s. Změňte přímo její řádek.", STR_ARG(v->number));
}

static Err refuse_taken(Ctx *c, const DraftLine *d) {
	ApplicationLines others;
	TRY(read_all(c, &sql_application_lines_of_draft_line, d->head.id, &others));
	if (!others.len)
		return OK;
	Application *other;
	TRY(application_stored(c, others.at[0]->application, &other));
	return fail(c, ERR_INVALID, "target", "Řádek %.*s už v tomto návrhu mění žádost „%.*s“. Vyberte jiný, nebo u něj nejdřív převezměte stav z platné sítě.", STR_ARG(d->number),
	            STR_ARG(other->name));
}

Err draft_put_application(Ctx *c, Id application, const DraftPut *p, DraftLine **ret) {
	Application    *a;
	NetworkVersion *v;
	DraftLine      *d;
	Str             level;
	TRY(require(c, CAP_NETWORK_UPDATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(application_stored(c, application, &a));
	TRY(refuse_put(c, a));
	TRY(draft_for_applications(c, &v));
	if (!v)
		return fail(c, ERR_CONFLICT, NULL, "Žádná verze sítě se teď nepřipravuje. Založte návrh na stránce Návrhy verzí sítě a žádost do něj zapište.");
	TRY(target_line(c, v, a, p->target, &d));
	TRY(choose_level(c, a, p, &level));
	if (d)
		TRY(refuse_taken(c, d));
	if (!d) {
		d = entity_new(c->arena, &draft_line_entity);
		d->by_version = v->head.id;
		TRY(draft_next_number(c, v->network, v->head.id, &d->number));
	}
	AskedYears years;
	TRY(take(c, v, a, level, d, &years));
	d->change_reason = reason_text(c, a, p->reason, &years);
	TRY(draft_line_save(c, d));
	ApplicationLine *x = entity_new(c->arena, &application_line_entity);
	x->application = application;
	x->by_version = v->head.id;
	x->draft_line = d->head.id;
	x->author = c->actor->name;
	x->made_at = c->now;
	TRY(entity_insert(c, &application_line_entity, x));
	*ret = d;
	return tx_commit(&tx);
}

/* ---- the end of a draft ---- */

Err draft_applications_settle(Ctx *c, Id version, const DraftChanges *all) {
	ApplicationLines put;
	TRY(application_lines_of_version(c, version, &put));
	for (size_t i = 0; i < put.len; i++)
		for (size_t k = 0; k < all->len; k++) {
			ApplicationLine *x = put.at[i];
			if (x->draft_line != all->at[k].line->head.id)
				continue;
			x->line = all->at[k].line->origin;
			x->draft_line = BLANK;
			TRY(entity_update(c, &application_line_entity, x));
		}
	return OK;
}

static Err forget(Ctx *c, const ApplicationLines *all) {
	for (size_t i = 0; i < all->len; i++)
		TRY(entity_delete(c, &application_line_entity, all->at[i]->head.id, all->at[i]->head.version));
	return OK;
}

Err draft_applications_forget(Ctx *c, Id draft_line) {
	ApplicationLines all;
	TRY(read_all(c, &sql_application_lines_of_draft_line, draft_line, &all));
	return forget(c, &all);
}

Err draft_applications_drop(Ctx *c, Id version) {
	ApplicationLines all;
	TRY(application_lines_of_version(c, version, &all));
	return forget(c, &all);
}

/* ---- guards ---- */

static Err named(Ctx *c, Id version, bool (*is_wrong)(const Application *a), Str *ret) {
	ApplicationLines all;
	Strs             names = {0};
	TRY(application_lines_of_version(c, version, &all));
	for (size_t i = 0; i < all.len; i++) {
		Application *a;
		TRY(application_stored(c, all.at[i]->application, &a));
		if (is_wrong(a))
			strs_add(c->arena, &names, str_format(c->arena, "%.*s („%.*s“)", STR_ARG(a->name), STR_ARG(state_title(&application_machine, a->state))));
	}
	*ret = str_join(c->arena, S("; "), names);
	return OK;
}

static bool fell(const Application *a) { return !application_may_enter(a); }
static bool is_open(const Application *a) { return !application_is(a, APPLICATION_INCLUDED); }

Err applications_stand(Ctx *c, const WorkObject *o, Verdict *ret) {
	Str names;
	TRY(named(c, o->id, fell, &names));
	if (names.len)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Návrh má řádky ze žádostí, které už k zařazení nejsou: %.*s.", STR_ARG(names)),
		                 S("U jejich řádků převezměte stav z platné sítě.")};
	return OK;
}

Err applications_decided(Ctx *c, const WorkObject *o, Verdict *ret) {
	Str names;
	TRY(named(c, o->id, is_open, &names));
	if (names.len)
		*ret = (Verdict){REFUSED, str_format(c->arena, "O žádostech, ze kterých jsou řádky návrhu, ještě není zapsané rozhodnutí: %.*s.", STR_ARG(names)),
		                 S("Zapište je podle usnesení na stránkách žádostí, nebo verzi vraťte k dopracování.")};
	return OK;
}

/* ---- the sample ---- */

/* What was included last year and does not stand in the network yet. */
Err draft_applications_demo(Ctx *c) {
	Actor           officer;
	NetworkVersion *v;
	EntityList      list;
	const Actor    *before = c->actor;
	ListFilter      of = {.field = entity_field(&application_entity, S("state")), .value = S(APPLICATION_INCLUDED)};
	TRY(draft_for_applications(c, &v));
	TRY(entity_list(c, &application_entity, &(ListQuery){.filters = &of, .filter_count = 1, .limit = 1}, &list));
	if (!v || !list.len)
		return OK;
	TRY(people_demo_actor(c, "sit@demo.invalid", &officer));
	c->actor = &officer;
	const Application *a = list.at[0];
	DraftLine         *d;
	bool               computed = a->level.len > 0;
	DraftPut           put = {.level = computed ? (Str){0} : S("Z2"), .reason = computed ? (Str){0} : S("Úroveň podle rozhodnutí zastupitelstva. Ukázková data.")};
	size_t             said = c->problems.len;
	Err                e = draft_put_application(c, a->head.id, &put, &d);
	c->actor = before;
	if (e != ERR_INVALID)
		return e;
	c->problems.len = said;                      /* the sample has the service in the network already */
	return OK;
}
