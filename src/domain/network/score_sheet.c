/* score_sheet.c: what a reviewer does with a sheet: points and reasons, saved by hand or by itself, and its steps. */
#include "base/hash.h"
#include "base/text.h"
#include "core/access.h"
#include "domain/network/call.sql.h"
#include "domain/network/score.h"

/* ---- writing ---- */

/* What ties them may come after they began; and points want a set that gives them. */
static Err refuse_points(Ctx *c, const Sheet *s) {
	Application *a;
	ScoreRules  *rules;
	Call        *k;
	Str          why;
	TRY(application_stored(c, s->application, &a));
	TRY(call_stored(c, a->call, &k));
	TRY(score_rules(c, k, &rules));
	TRY(conflict_inferred(c, a, s->reviewer, &why));
	return why.len && !s->override_why.len ? fail(c, ERR_CONFLICT, NULL, "%.*s Body se už neukládají. Oznamte střet zájmů; správce sítě přidělí žádost někomu jinému.", STR_ARG(why)) : OK;
}

enum { REASON_MAX = 4000 };

static const char *field_of(Ctx *c, const char *kind, Str criterion) { return str_z(c->arena, str_format(c->arena, "%s-%.*s", kind, STR_ARG(criterion))); }

static bool is_storable(Str reason) { return utf8_count(reason) <= REASON_MAX && text_acceptable(reason); }
static bool is_in_range(const ScoreItem *known, i64 points) { return points == BLANK || (points >= 0 && points <= known->max); }

static bool lacks_reason(Ctx *c, const ScoreItem *known, const ScoreItem *x) {
	bool wanted = x->points != BLANK && (known->computed != BLANK ? x->points != known->computed : x->points < known->max);
	return wanted && !text_clean(c->arena, x->reason).len;
}

static Err check_item(Ctx *c, const ScoreItem *known, const ScoreItem *x) {
	if (!is_storable(x->reason))
		return fail(c, ERR_INVALID, field_of(c, "r", x->criterion), "%.*s: důvod může mít nejvýše %d znaků, a jen takových, které jde uložit.",
		            STR_ARG(known->name), REASON_MAX);
	if (!is_in_range(known, x->points))
		return fail(c, ERR_INVALID, field_of(c, "b", x->criterion), "%.*s: body jsou od 0 do %lld.", STR_ARG(known->name), (long long)known->max);
	if (!lacks_reason(c, known, x))
		return OK;
	if (known->computed != BLANK)
		return fail(c, ERR_INVALID, field_of(c, "r", x->criterion), "%.*s: pravidla dávají %lld bodů a vy %lld; napište proč.", STR_ARG(known->name),
		            (long long)known->computed, (long long)x->points);
	return fail(c, ERR_INVALID, field_of(c, "r", x->criterion), "%.*s: dáváte %lld bodů z %lld; napište důvod.", STR_ARG(known->name), (long long)x->points,
	            (long long)known->max);
}

static Err put_item(Ctx *c, Id sheet, const ScoreItem *known, const ScoreItem *x) {
	Str reason = text_clean_lines(c->arena, x->reason);
	Err e = db_run(c->conn, &sql_sheet_item_drop, P(V(sheet), V(x->criterion)), NULL);
	e = e == OK ? db_run(c->conn, &sql_sheet_item_put, P(V(sheet), V(x->criterion), V(x->points), V(known->computed), V(known->how), V(reason)), NULL) : e;
	return e == OK ? OK : fail_internal(c, "points of a sheet");
}

/* Of all criteria as they stand, whichever of them came with the last saving. */
static Err sum_of(Ctx *c, const Sheet *s, i64 *ret) {
	ScoreItems all;
	*ret = 0;
	TRY(sheet_items(c, s, &all));
	for (size_t i = 0; i < all.len; i++)
		*ret += all.at[i].points == BLANK ? 0 : all.at[i].points;
	return OK;
}

static Err digest_of(Ctx *c, const Sheet *s, Str *ret) {
	CLEANUP(buf_free) Buf b = {0};
	ScoreItems all;
	TRY(sheet_items(c, s, &all));
	for (size_t i = 0; i < all.len; i++)
		buf_format(&b, "%.*s\t%lld\t%zu\t%.*s\n", STR_ARG(all.at[i].criterion), (long long)all.at[i].points, all.at[i].reason.len, STR_ARG(all.at[i].reason));
	Sha256 d = sha256(buf_view(&b));
	*ret = hex(c->arena, d.bytes, sizeof d.bytes);
	return OK;
}

/* The row says that something changed also when only a reason did: a second window must learn of it. */
static Err note_saved(Ctx *c, Sheet *s) {
	Str before = s->content;
	TRY(digest_of(c, s, &s->content));
	if (str_eq(before, s->content))
		return OK;
	TRY(sum_of(c, s, &s->points));
	s->saved_at = c->now;
	return entity_update(c, &sheet_entity, s);
}

static Err open_to_write(Ctx *c, Id id, i64 version, Sheet **ret, ScoreItems *known) {
	TRY(require(c, CAP_SCORE_UPDATE));
	TRY(sheet_get(c, id, ret));
	if (!sheet_is_mine(c, *ret) || !str_eq((*ret)->state, S(SHEET_SCORING)))
		return fail(c, ERR_CONFLICT, NULL, "Body zapisuje jen hodnotitel, a jen dokud hodnocení nedokončí. Hodnocení je ve stavu „%.*s“.",
		            STR_ARG(state_title(&sheet_machine, (*ret)->state)));
	if (version && version != (*ret)->head.version)
		return fail(c, ERR_CONFLICT, NULL, "Hodnocení bylo mezitím uložené v jiném okně. Zkontrolujte rozdíly a uložte znovu.");
	TRY(refuse_points(c, *ret));
	return sheet_items(c, *ret, known);
}

static const ScoreItem *typed_of(const ScoreItems *items, Str criterion) {
	for (size_t i = 0; i < items->len; i++)
		if (str_eq(items->at[i].criterion, criterion))
			return &items->at[i];
	return NULL;
}

Err sheet_save(Ctx *c, Id id, i64 version, const ScoreItems *items) {
	Sheet     *s;
	ScoreItems known;
	Err        worst = OK;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(open_to_write(c, id, version, &s, &known));
	for (size_t i = 0; i < known.len; i++) {
		const ScoreItem *x = typed_of(items, known.at[i].criterion);
		Err              e = x ? check_item(c, &known.at[i], x) : OK;
		worst = worst == OK ? e : worst;
		if (x && e == OK)
			TRY(put_item(c, id, &known.at[i], x));
	}
	TRY(worst);
	TRY(note_saved(c, s));
	return tx_commit(&tx);
}

/* Points that are none and texts that cannot be stored leave what stood there. */
static Err keep_item(Ctx *c, Id sheet, const ScoreItem *known, const ScoreItem *typed, i64 *left) {
	ScoreItem x = *typed;
	if (!is_in_range(known, x.points))
		x.points = known->points, ++*left;
	if (!is_storable(x.reason))
		x.reason = known->reason, ++*left;
	bool same = x.points == known->points && str_eq(text_clean_lines(c->arena, x.reason), known->reason);
	return same ? OK : put_item(c, sheet, known, &x);
}

Err sheet_keep(Ctx *c, Id id, i64 version, const ScoreItems *items, i64 *ret_version, i64 *left) {
	Sheet     *s;
	ScoreItems known;
	CLEANUP(tx_end) Tx tx = {0};
	*left = 0;
	TRY(tx_begin(c, &tx));
	TRY(open_to_write(c, id, version, &s, &known));
	for (size_t i = 0; i < known.len; i++) {
		const ScoreItem *x = typed_of(items, known.at[i].criterion);
		if (x)
			TRY(keep_item(c, id, &known.at[i], x, left));
	}
	TRY(note_saved(c, s));
	*ret_version = s->head.version;
	return tx_commit(&tx);
}

/* ---- steps ---- */

static Err describe(Ctx *c, WorkObject *o) {
	const Sheet *s = o->row;
	Application *a;
	TRY(application_stored(c, s->application, &a));
	o->title = str_format(c->arena, "Hodnocení žádosti %.*s: %.*s", STR_ARG(a->type), STR_ARG(a->name));
	o->link = str_format(c->arena, "/app/hodnoceni/%lld", (long long)o->id);
	o->owner = s->reviewer;
	return OK;
}

static Err no_conflict(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Sheet *s = o->row;
	Application *a;
	Str          why;
	TRY(application_stored(c, s->application, &a));
	TRY(conflict_inferred(c, a, s->reviewer, &why));
	if (why.len && !s->override_why.len)
		*ret = (Verdict){REFUSED, why, S("Oznamte střet zájmů; správce sítě přidělí žádost někomu jinému.")};
	return OK;
}
static const Guard conflict_guard = {"no_conflict", "Hodnotitel není ve střetu zájmů.", no_conflict, NULL, NULL, NULL};

/* What was saved by itself may still lack its reason. */
static Err is_complete(Ctx *c, const WorkObject *o, Verdict *ret) {
	ScoreItems items;
	i64        missing = 0;
	Strs       unexplained = {0};
	TRY(sheet_items(c, o->row, &items));
	if (!items.len)
		*ret = (Verdict){REFUSED, S("Podle sady pravidel výzvy se bodovat nedá, kritéria tu nejsou."), S("Napište správci sítě.")};
	for (size_t i = 0; i < items.len; i++) {
		missing += items.at[i].points == BLANK;
		if (lacks_reason(c, &items.at[i], &items.at[i]))
			strs_add(c->arena, &unexplained, items.at[i].name);
	}
	if (missing)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Bez bodů je kritérií: %lld.", (long long)missing), S("Doplňte body a uložte je.")};
	else if (unexplained.len)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Důvod chybí u kritérií: %.*s.", STR_ARG(str_join(c->arena, S("; "), unexplained))),
		                 S("Dopište, proč dáváte jiný počet bodů, a uložte ho.")};
	return OK;
}
static const Guard complete_guard = {"sheet_complete", "Všechna kritéria mají body, a kde je třeba, i důvod.", is_complete, NULL, NULL, NULL};

static Err declare_none(Ctx *c, WorkMove *m) {
	(void)c;
	((Sheet *)m->object->row)->conflict = S("none");
	return OK;
}

static Err declare_conflict(Ctx *c, WorkMove *m) {
	(void)c;
	Sheet *s = m->object->row;
	s->conflict = S("yes");
	s->conflict_why = m->input ? m->input->reason : (Str){0};
	return OK;
}

/* What the program had found and nobody touched is written down too: it must not change under a finished sheet. */
static Err note_finished(Ctx *c, WorkMove *m) {
	Sheet     *s = m->object->row;
	ScoreItems all;
	TRY(sheet_items(c, s, &all));
	for (size_t i = 0; i < all.len; i++)
		TRY(put_item(c, s->head.id, &all.at[i], &all.at[i]));
	s->finished_at = c->now;
	TRY(digest_of(c, s, &s->content));
	return sum_of(c, s, &s->points);
}

const Machine sheet_machine = {
	.name = "score_sheet", .title = "Hodnocení žádosti", .entity = &sheet_entity, .topic = "network", .describe = describe,
	.help = "Hodnotitel nejdřív prohlásí, že není ve střetu zájmů, potom u každého kritéria zapíše body a důvod. Dokončené hodnocení se nemění.",
	MACHINE_STATES(
		{SHEET_ASSIGNED, "přidělené", .tone = TONE_WARN, .waits_for = "owner", .task = "Prohlaste se o střetu zájmů a ohodnoťte žádost", .button = "Hodnotit",
		 .why = "Žádost hodnotí dva lidé nezávisle na sobě.", .term = {.setting = "network.score_days"}},
		{SHEET_SCORING, "hodnotí se", .tone = TONE_INFO, .waits_for = "owner", .task = "Dokončete hodnocení žádosti", .button = "Hodnotit",
		 .why = "Bez obou hodnocení nejde žádost navrhnout.", .term = {.setting = "network.score_days"}, .needs = "begin"},
		{SHEET_FINISHED, "hotové", .tone = TONE_OK, .is_final = true, .needs = "begin finish"},
		{SHEET_EXCLUDED, "vyloučené pro střet zájmů", .tone = TONE_ERR, .is_final = true}),
	MACHINE_ACTIONS(
		{START, "assign", "Přidělit", "žádost přidělena", SHEET_ASSIGNED, .capability = CAP_SCORE_APPROVE},
		{SHEET_ASSIGNED, "begin", "Prohlašuji, že nejsem ve střetu zájmů", "prohlášeno, že střet zájmů není", SHEET_SCORING, .capability = CAP_SCORE_UPDATE,
		 .only = &only_owner, .guards = GUARDS(&conflict_guard), .run = declare_none},
		{SHEET_ASSIGNED " " SHEET_SCORING, "conflict", "Oznámit střet zájmů", "oznámen střet zájmů", SHEET_EXCLUDED, .capability = CAP_SCORE_UPDATE, .only = &only_owner,
		 .reason = REASON_REQUIRED, .reason_label = "V čem střet zájmů je", .alarms = true, .notify = "NET", .run = declare_conflict},
		{SHEET_SCORING, "finish", "Dokončit hodnocení", "hodnocení dokončeno", SHEET_FINISHED, .capability = CAP_SCORE_UPDATE, .only = &only_owner,
		 .guards = GUARDS(&complete_guard, &conflict_guard), .alarms = true, .notify = "NET", .run = note_finished}),
};
