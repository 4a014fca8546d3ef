/* line.c: a line of the network: its fields, what it must hold, and how it is written. */
#include "domain/network/line.h"

#include "base/format.h"
#include "core/codelist.h"
#include "domain/needs/optimal.h"
#include "domain/network/inside.h"
#include "domain/network/line.sql.h"

/* ---- from status to status (DOMAIN § 8) ---- */

static const struct { const char *from, *to; } ways[] = {
	{"", LINE_PREPARED " " LINE_IN_NETWORK " " LINE_WITH_RESERVATION},
	{LINE_PREPARED, LINE_IN_NETWORK " " LINE_LEFT " " LINE_EXPIRED},
	{LINE_IN_NETWORK, LINE_WITH_RESERVATION " " LINE_EXIT_PROPOSED " " LINE_MERGED " " LINE_LEFT " " LINE_EXPIRED},
	{LINE_WITH_RESERVATION, LINE_IN_NETWORK " " LINE_EXIT_PROPOSED " " LINE_MERGED " " LINE_LEFT " " LINE_EXPIRED},
	{LINE_EXIT_PROPOSED, LINE_IN_NETWORK " " LINE_WITH_RESERVATION " " LINE_LEFT " " LINE_EXPIRED},
	{LINE_MERGED, LINE_IN_NETWORK " " LINE_LEFT},
	{LINE_LEFT, LINE_IN_NETWORK " " LINE_PREPARED},
	{LINE_EXPIRED, LINE_IN_NETWORK " " LINE_PREPARED},
};

bool line_may_become(Str from, Str to) {
	if (str_eq(from, to) && from.len)
		return true;
	for (size_t i = 0; i < LEN(ways); i++)
		if (str_eq(from, str_c(ways[i].from)))
			return words_have(ways[i].to, to);
	return true;                                 /* a status that the region added itself */
}

bool line_status_counts(Str status) {
	return str_eq(status, S(LINE_IN_NETWORK)) || str_eq(status, S(LINE_WITH_RESERVATION)) || str_eq(status, S(LINE_EXIT_PROPOSED));
}

bool line_counts(const Line *l) {
	return line_status_counts(l->status);
}

static bool is_over(const Line *l) {
	return str_eq(l->status, S(LINE_MERGED)) || str_eq(l->status, S(LINE_LEFT)) || str_eq(l->status, S(LINE_EXPIRED));
}

/* ---- what a line must hold ---- */

static Err check_capacity(Ctx *c, const Line *l) {
	if (l->capacity.hundredths <= 0)
		return fail(c, ERR_INVALID, "capacity", "Kapacita v síti: zapište číslo větší než nula.");
	if (str_eq(l->unit, S("L")) && l->capacity.hundredths % 100)
		return fail(c, ERR_INVALID, "capacity", "Kapacita v síti: lůžka zapište celým číslem, například 40.");
	Strs units = optimal_units(c, l->kind);
	bool known = units.len == 0;
	for (size_t i = 0; i < units.len; i++)
		known = known || str_eq(units.at[i], l->unit);
	if (!known)
		return fail(c, ERR_INVALID, "unit", "Jednotka: u služby „%.*s“ se kapacita v jednotce „%.*s“ nepočítá.", STR_ARG(codelist_name(c, "service_kind", l->kind)),
		            STR_ARG(codelist_name(c, "network_unit", l->unit)));
	return OK;
}

static Err check_areas(Ctx *c, const Line *l) {
	i64 sum = 0;
	for (Str rest = l->areas, one; rest.len;) {
		i64 share = 0;
		one = str_cut(&rest, ',');
		str_cut(&one, '=');
		CHECK(str_to_int(one, &share));
		sum += share;
	}
	CLEANUP(buf_free) Buf b = {0};
	fmt_percent(&b, (Percent){sum});
	return sum == 10000 ? OK : fail(c, ERR_INVALID, "areas", "Územní působnost: podíly dávají dohromady %.*s, mají dát 100 %%. Opravte je.", (int)b.len, b.ptr);
}

static Err check_days(Ctx *c, const Line *l) {
	if (date_is(l->until) && date_before(l->until, l->since))
		return fail(c, ERR_INVALID, "until", "Zařazena do: den je dřív, než služba do sítě vstoupila. Opravte jeden z obou dnů.");
	if (str_eq(l->status, S(LINE_EXPIRED)) && !date_is(l->until))
		return fail(c, ERR_INVALID, "until", "Zařazena do: doplňte den, kterým doba určitá skončila.");
	return OK;
}

static Err check_merged(Ctx *c, const Line *l) {
	void  *other;
	size_t said = c->problems.len;
	bool   merged = str_eq(l->status, S(LINE_MERGED));
	if (merged != (l->merged_under != 0))
		return fail(c, ERR_INVALID, "merged_under", merged ? "Sloučena pod řádek: doplňte číslo řádku, který kapacitu převzal."
		                                                   : "Sloučena pod řádek: vyplňuje se jen u řádku ve stavu „sloučená“. Smažte číslo, nebo změňte stav.");
	if (!merged)
		return OK;
	if (l->merged_under == l->head.id)
		return fail(c, ERR_INVALID, "merged_under", "Sloučena pod řádek: řádek se nedá sloučit sám pod sebe. Vyberte jiný.");
	Err err = store_get(c, &line_entity, TODAY, l->merged_under, &other);
	c->problems.len = said;
	if (err == ERR_NOT_FOUND)
		return fail(c, ERR_INVALID, "merged_under", "Sloučena pod řádek: takový řádek v síti není. Zkontrolujte číslo.");
	return err;
}

static Err check_service(Ctx *c, const Line *l) {
	void  *row;
	size_t said = c->problems.len;
	if (!l->service)
		return str_eq(l->status, S(LINE_PREPARED)) || is_over(l) ? OK
		     : fail(c, ERR_INVALID, "service", "Služba: doplňte identifikátor. Bez registrované služby může být řádek jen připravovaný.");
	Err err = store_get(c, &service_entity, (AsOf){.valid = l->since}, l->service, &row);
	if (err == ERR_NOT_FOUND)
		err = store_get(c, &service_entity, TODAY, l->service, &row);
	c->problems.len = said;
	if (err == ERR_NOT_FOUND)
		return fail(c, ERR_INVALID, "service", "Služba: taková služba v registru není. Zkontrolujte identifikátor.");
	TRY(err);
	const Service *s = row;
	if (!str_eq(s->kind, l->kind))
		return fail(c, ERR_INVALID, "kind", "Druh služby: v registru je služba vedena jako „%.*s“. Opravte druh, nebo službu.", STR_ARG(codelist_name(c, "service_kind", s->kind)));
	if (date_is(s->provided_to) && date_before(s->provided_to, l->since) && line_counts(l))
		return fail(c, ERR_INVALID, "service", "Služba: registrace skončila dřív, než služba do sítě vstoupila. Vyberte jinou službu.");
	return OK;
}

static Err check_status(Ctx *c, const Line *l) {
	void  *row;
	size_t said = c->problems.len;
	Str    from = {0};
	if (l->head.id) {
		Err err = store_get(c, &line_entity, TODAY, l->head.id, &row);
		c->problems.len = said;
		if (err != OK)
			return err == ERR_NOT_FOUND ? OK : err;  /* it does not stand in the network today: the days decide */
		from = ((Line *)row)->status;
	}
	if (line_may_become(from, l->status))
		return OK;
	return from.len ? fail(c, ERR_INVALID, "status", "Stav: ze stavu „%.*s“ se do stavu „%.*s“ přejít nedá. Vyberte jiný.", STR_ARG(codelist_name(c, "line_status", from)),
	                       STR_ARG(codelist_name(c, "line_status", l->status)))
	                : fail(c, ERR_INVALID, "status", "Stav: nový řádek nemůže začít ve stavu „%.*s“. Vyberte připravovaná, v síti, nebo v síti s výhradou.",
	                       STR_ARG(codelist_name(c, "line_status", l->status)));
}

static Err check_version(Ctx *c, const Line *l) {
	NetworkVersion *v;
	size_t          said = c->problems.len;
	Err             err = network_version_stored(c, l->by_version, &v);
	c->problems.len = said;
	if (err == ERR_NOT_FOUND || (err == OK && v->network != l->network))
		return fail(c, ERR_INVALID, "by_version", "Verze sítě: taková verze této sítě není. Vyberte verzi, která řádek určila.");
	TRY(err);
	return network_version_is_public(v) || c->actor->is_program || c->stepping ? OK
	     : fail(c, ERR_INVALID, "by_version", "Verze sítě: tato verze ještě není schválená. Řádky rozpracované verze upravujte v jejím návrhu.");
}

/* Set while line_write runs: whoever calls it has decided, by a version, a resolution or another machine. Forms and files go past it and are asked. */
static _Thread_local bool is_decided;

static bool is_worth_other(const Line *was, const Line *l) {
	return was->capacity.hundredths != l->capacity.hundredths || !str_eq(was->unit, l->unit) || !str_eq(was->areas, l->areas) || !str_eq(was->level, l->level) ||
	       !date_eq(was->since, l->since) || !date_eq(was->until, l->until);
}

static bool is_decided_otherwise(const Line *was, const Line *l) {
	if (!line_counts(was))
		return line_counts(l);
	bool fate = !str_eq(was->status, l->status) && (str_eq(was->status, S(LINE_EXIT_PROPOSED)) || words_have(LINE_MERGED " " LINE_LEFT, l->status));
	return fate || is_worth_other(was, l);
}

static bool is_on(const Line *was, Date from, Date to) {
	return !(date_is(was->head.valid_to) && date_before(was->head.valid_to, from)) && !(date_is(to) && date_after(was->head.valid_from, to));
}

/* While a version taken over is being loaded, its own resolution is the proof of lines that are its own; of nothing that an earlier one says of the same days. */
static bool is_loaded(const Line *l, const NetworkVersion *v, const EntityList *spans) {
	bool own = network_version_is_loading(v) && l->by_version == v->head.id && !date_before(l->head.valid_from, v->effective_from);
	for (size_t i = 0; own && i < spans->len; i++) {
		const Line *was = spans->at[i];
		own = !is_on(was, l->head.valid_from, l->head.valid_to) || was->by_version == v->head.id || !is_decided_otherwise(was, l);
	}
	return own;
}

static Err refuse_proof(Ctx *c, const Line *l, const char *why) {
	return fail(c, ERR_INVALID, "resolution", l->head.id ? "Usnesení: %s Kapacita, území, úroveň, doba, zařazení a vyřazení služby v síti se mění jen novým usnesením. Doplňte ho. "
	            "Chybu přepisu, vystoupení a sloučení zapište na stránce Rozhodnutí o řádcích."
	            : "Usnesení: %s Nový řádek sítě potřebuje usnesení, které o službě rozhodlo. Doplňte ho, nebo službu zapište do návrhu příští verze; naléhavé zařazení patří na stránku "
	            "Rozhodnutí o řádcích.", why);
}

/* A resolution that says it, and that nothing else was approved by: what a version approved stands in its annex, and is not added to afterwards. */
static Err check_proof(Ctx *c, const Line *l, const EntityList *spans) {
	NetworkVersion *v;
	Resolution      r;
	size_t          said = c->problems.len;
	bool            named = id_given(l->resolution);
	i64             id = named ? 0 : l->by_version;
	if (named && db_get_int(ctx_conn(c), &sql_line_version_of_resolution, P(V(l->network), V(l->resolution)), 0, &id) != OK)
		return fail_internal(c, "version of a resolution");
	Err err = id_given(id) ? network_version_stored(c, id, &v) : ERR_NOT_FOUND;
	c->problems.len = said;
	if (err == OK && is_loaded(l, v, spans))
		return OK;
	if (!named)
		return refuse_proof(c, l, "chybí.");
	if (err == OK)
		return refuse_proof(c, l, str_z(c->arena, str_format(c->arena, "schválilo verzi sítě %.*s a takto v ní řádek není.", STR_ARG(v->number))));
	for (size_t i = 0; i < spans->len; i++)
		if (((const Line *)spans->at[i])->resolution == l->resolution)
			return refuse_proof(c, l, "podle tohoto usnesení už řádek zapsaný je.");
	err = resolution_get(c, l->resolution, &r);
	c->problems.len = said;
	if (err == ERR_NOT_FOUND)
		return refuse_proof(c, l, "takové usnesení není.");
	TRY(err);
	if (!str_eq(r.result, S("approved")))
		return refuse_proof(c, l, "tímto usnesením orgán nic neschválil.");
	return date_after(r.decided_on, c->today) ? refuse_proof(c, l, "usnesení má den, který ještě nenastal.") : OK;
}

/* What stands in the network, and that it comes there at all, is written by nobody alone: by a resolution of its own, or as a correction that another person confirms
 * (decision.h), or as a part of a version taken over, which another person closes. All the days count that are written over: what an approved version says of next
 * year is not overwritten by what holds today. Every way in asks here: the form, files of lines and of a whole network. */
static Err check_decided(Ctx *c, const Line *l) {
	EntityList spans = {0};
	Date from = l->head.valid_from, to = l->head.valid_to;
	bool changes = !l->head.id;
	if (!date_is(from) || is_decided || c->actor->is_program)       /* without days it is only weighed: a copy in a draft */
		return OK;
	if (l->head.id)
		TRY(store_spans(c, &line_entity, l->head.id, (Instant){0}, &spans));
	for (size_t i = 0; i < spans.len; i++)
		changes = changes || (is_on(spans.at[i], from, to) && is_decided_otherwise(spans.at[i], l));
	return changes ? check_proof(c, l, &spans) : OK;
}

static Err check(Ctx *c, const void *row) {
	static Err (*const rules[])(Ctx *, const Line *) = {check_capacity, check_areas, check_days, check_merged, check_service, check_status, check_version, check_decided};
	Err first = OK;
	for (size_t i = 0; i < LEN(rules); i++) {
		Err err = rules[i](c, row);
		first = first == OK ? err : first;
	}
	return first;
}

ENTITY(line_entity, Line, LINE_FIELDS, .name = "network_line", .table = "network_line", .one = "řádek sítě", .many = "řádky sítě", .of_many = "řádků sítě",
       .article = "m", .dated = true, .joined = true, .key = "number", .title = "number", .order = "number", .read = CAP_NETWORK_READ, .write = CAP_NETWORK_UPDATE,
       .path = "/app/sit/radky", .scope_provider = "provider", .is_public = true, .check = check, .raises_data_version = true)

Err line_write(Ctx *c, Line *row, Date from, Date to) {
	if (!may(c, CAP_NETWORK_APPROVE))            /* who writes an approval down writes what it says */
		TRY(require(c, CAP_NETWORK_UPDATE));
	is_decided = true;
	Err err = row->head.id ? history_change(c, &line_entity, row, from, to) : history_create(c, &line_entity, row, from, to);
	is_decided = false;
	return err;
}

/* ---- time that ran out ---- */

static Err expire(Ctx *c, Id id) {
	void           *row;
	NetworkVersions all;
	TRY(store_get(c, &line_entity, TODAY, id, &row));
	Line *l = row;
	Date  out = date_add(l->until, 1), from = date_after(l->head.valid_from, out) ? l->head.valid_from : out;
	TRY(network_versions(c, l->network, false, &all));
	const NetworkVersion *v = network_version_on(&all, from);
	l->status = S(LINE_EXPIRED);
	l->by_version = v ? v->head.id : l->by_version;
	l->change_reason = S("Doba, na kterou byla služba do sítě zařazena, uplynula.");
	return history_change_judged(c, &line_entity, l, from, l->head.valid_to);       /* only its status changes: nothing of the rest is asked again */
}

Err lines_expire(Ctx *c) {
	AsOf now = as_of_full(c, TODAY);
	struct { Id *at; size_t len, cap; } ids = {0};
	Rows rows = db_query(ctx_conn(c), &sql_lines_out_of_time, P(V(now.valid), V(now.recorded)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ids.at, ids.len, ids.cap) = col_int(&rows, 0);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "lines out of time");
	for (size_t i = 0; i < ids.len; i++)
		TRY(expire(c, ids.at[i]));
	return OK;
}
