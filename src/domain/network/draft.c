/* draft.c: the working copy of a version: opening, changing, comparing, sealing, applying. */
#include "domain/network/draft.h"

#include "base/format.h"
#include "base/hash.h"
#include "core/codelist.h"
#include "domain/network/draft.sql.h"
#include "domain/network/draft_application.h"
#include "domain/network/draft_inside.h"
#include "domain/network/draft_price.h"

ENTITY(network_draft_entity, NetworkDraft, NETWORK_DRAFT_FIELDS, .name = "network_draft", .table = "network_draft", .one = "návrh verze sítě",
	.many = "návrhy verzí sítě",
       .of_many = "návrhů verzí sítě", .article = "m", .order = "by_version", .read = CAP_NETWORK_READ, .write = CAP_NETWORK_READ)

ENTITY(draft_line_entity, DraftLine, DRAFT_LINE_FIELDS, .name = "draft_line", .table = "draft_line", .one = "řádek návrhu sítě", .many = "řádky návrhu sítě",
       .of_many = "řádků návrhu sítě", .article = "m", .title = "name", .order = "number", .read = CAP_NETWORK_READ, .write = CAP_NETWORK_UPDATE)

/* ---- between a line and its copy ---- */

#define COPY_FIELD(T, fname, ftype, flabel, ...) to->fname = from->fname;
static void copy_to_draft(DraftLine *to, const Line *from) {
	LINE_CONTENT_FIELDS(COPY_FIELD, 0)
}
void draft_to_line(Line *to, const DraftLine *from) {
	LINE_CONTENT_FIELDS(COPY_FIELD, 0)
}

/* Fields that the copy and the line have both. */
#define FIELD_NAME(T, fname, ftype, flabel, ...) #fname,
static const char *const content[] = {LINE_CONTENT_FIELDS(FIELD_NAME, 0)};

static Err stored_ids(Ctx *c, Rows r, DraftIds *ret) {
	*ret = (DraftIds){0};
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = col_int(&r, 0);
	return rows_end(&r) == OK ? OK : fail_internal(c, "draft of a network");
}

Err draft_ids(Ctx *c, const Sql *sql, Id of, DraftIds *ret) {
	return stored_ids(c, db_query(ctx_conn(c), sql, P(V(of))), ret);
}

/* As it stands on a day, whoever asks; NULL when it does not. */
static Err line_on(Ctx *c, Id line, Date day, Line **ret) {
	void  *row;
	size_t said = c->problems.len;
	*ret = NULL;
	Err e = store_get(c, &line_entity, (AsOf){.valid = day}, line, &row);
	if (e == ERR_NOT_FOUND) {
		c->problems.len = said;
		return OK;
	}
	TRY(e);
	*ret = row;
	return OK;
}

/* ---- opening ---- */

static Err refuse_second(Ctx *c, Id network) {
	i64 other;
	if (db_get_int(ctx_conn(c), &sql_draft_open_of, P(V(network)), 0, &other) != OK)
		return fail_internal(c, "draft of a network");
	if (!other)
		return OK;
	NetworkVersion *v;
	TRY(network_version_stored(c, other, &v));
	return fail(c, ERR_CONFLICT, "network", "Síť už má rozpracovanou verzi %.*s. Dokončete ji, nebo ji zrušte.", STR_ARG(v->number));
}

/* A version that began before the last approved one would write over what that one decided. */
static Err refuse_earlier(Ctx *c, const NetworkVersion *v) {
	NetworkVersions all;
	TRY(network_versions(c, v->network, false, &all));
	if (!all.len || !date_is(v->effective_from) || date_after(v->effective_from, all.at[0]->effective_from))
		return OK;
	CLEANUP(buf_free) Buf b = {0};
	fmt_date(&b, all.at[0]->effective_from);
	return fail(c, ERR_INVALID, "effective_from", "Účinná od: síť už má schválenou verzi %.*s, účinnou od %.*s. Zvolte pozdější den.",
	            STR_ARG(all.at[0]->number), (int)b.len, b.ptr);
}

static Err copy_line(Ctx *c, const NetworkVersion *v, const Line *l) {
	DraftLine *d = entity_new(c->arena, &draft_line_entity);
	copy_to_draft(d, l);
	d->by_version = v->head.id;
	d->origin = l->head.id;
	d->origin_version = l->head.version;
	return entity_insert(c, &draft_line_entity, d);
}

static bool is_over(const Line *l) {
	return words_have(LINE_MERGED " " LINE_LEFT " " LINE_EXPIRED, l->status);
}

Err draft_open(Ctx *c, NetworkVersion *v) {
	DraftIds ids;
	TRY(require(c, CAP_NETWORK_CREATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(refuse_second(c, v->network));
	TRY(refuse_earlier(c, v));
	TRY(workflow_start(c, &network_version_machine, "open", v, NULL));
	NetworkDraft *d = entity_new(c->arena, &network_draft_entity);
	d->by_version = v->head.id;
	TRY(entity_insert(c, &network_draft_entity, d));
	TRY(draft_ids(c, &sql_draft_lines_of_network, v->network, &ids));
	for (size_t i = 0; i < ids.len; i++) {
		Line *l;
		TRY(line_on(c, ids.at[i], v->effective_from, &l));
		if (l && !is_over(l))
			TRY(copy_line(c, v, l));
	}
	return tx_commit(&tx);
}

/* ---- reading ---- */

Err draft_of(Ctx *c, Id version, NetworkDraft **ret) {
	DraftIds ids;
	void    *row;
	TRY(draft_ids(c, &sql_draft_of_version, version, &ids));
	if (!ids.len)
		return fail(c, ERR_NOT_FOUND, NULL, "Tato verze sítě nemá pracovní návrh.");
	TRY(store_get(c, &network_draft_entity, TODAY, ids.at[0], &row));
	*ret = row;
	return OK;
}

Err draft_lines(Ctx *c, Id version, DraftLines *ret) {
	DraftIds ids;
	*ret = (DraftLines){0};
	TRY(draft_ids(c, &sql_draft_line_ids, version, &ids));
	for (size_t i = 0; i < ids.len; i++) {
		void *row;
		TRY(store_get(c, &draft_line_entity, TODAY, ids.at[i], &row));
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = row;
	}
	return OK;
}

Err draft_line_stored(Ctx *c, Id version, Id id, DraftLine **ret) {
	void *row;
	TRY(store_get(c, &draft_line_entity, TODAY, id, &row));
	*ret = row;
	return (*ret)->by_version == version ? OK : fail(c, ERR_NOT_FOUND, NULL, "Takový řádek návrh nemá.");
}

/* ---- changing ---- */

Err draft_must_be_open(Ctx *c, Id version) {
	NetworkVersion *v;
	TRY(network_version_stored(c, version, &v));
	return str_eq(v->state, S(VERSION_IS_DRAFT)) ? OK
	       : fail(c, ERR_CONFLICT, NULL, "Verze je ve stavu „%.*s“ a její návrh se už nemění.", STR_ARG(state_title(&network_version_machine, v->state)));
}

Err draft_line_save(Ctx *c, DraftLine *d) {
	TRY(require(c, CAP_NETWORK_UPDATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(draft_must_be_open(c, d->by_version));
	d->account = c->actor->account;
	TRY(d->head.id ? entity_update(c, &draft_line_entity, d) : entity_insert(c, &draft_line_entity, d));
	return tx_commit(&tx);
}

Err draft_line_reset(Ctx *c, DraftLine *d) {
	NetworkVersion *v;
	Line           *l = NULL;
	TRY(require(c, CAP_NETWORK_UPDATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(draft_must_be_open(c, d->by_version));
	TRY(network_version_stored(c, d->by_version, &v));
	TRY(draft_applications_forget(c, d->head.id));
	if (id_given(d->origin))
		TRY(line_on(c, d->origin, v->effective_from, &l));
	if (!l) {
		TRY(entity_delete(c, &draft_line_entity, d->head.id, d->head.version));
	} else {
		copy_to_draft(d, l);
		d->origin_version = l->head.version;
		d->change_reason = (Str){0};
		d->account = c->actor->account;
		TRY(entity_update(c, &draft_line_entity, d));
	}
	return tx_commit(&tx);
}

/* ---- the difference ---- */

static Str shown(Ctx *c, const Field *f, const Line *l) {
	return field_is_blank(f, l) ? S("nic") : field_people(c, f, l);
}

/* Points of an application stand in the draft before the assembly decided of it: until then they are the region's (§ 12). */
static bool is_told(Ctx *c, const char *name) {
	return strcmp(name, "points") != 0 || access_scope(c, CAP_NETWORK_READ).all;
}

static Str amount_in(Arena *a, Str ceilings, int year) {
	CLEANUP(buf_free) Buf b = {0};
	i64 amount;
	if (!draft_ceiling_in(ceilings, year, &amount))
		return S("žádný");
	fmt_money(&b, (Money){amount});
	return buf_take(&b, a);
}

/* Only the years that differ: a line has a ceiling for each year since it came. */
static void compare_ceilings(Arena *a, Str before, Str after, Strs *what) {
	const Str sides[] = {before, after};
	for (int n = 0; n < 2; n++)
		for (Str rest = sides[n]; rest.len;) {
			Str one = str_cut(&rest, ','), key = str_cut(&one, '=');
			i64 year, x = BLANK, y = BLANK;
			if (!str_to_int(key, &year) || (n && draft_ceiling_in(before, (int)year, &x)))
				continue;                            /* those of both sides were told with the first one */
			draft_ceiling_in(before, (int)year, &x);
			draft_ceiling_in(after, (int)year, &y);
			if (x != y)
				strs_add(a, what, str_format(a, "Strop na rok %lld: %.*s → %.*s", (long long)year, STR_ARG(amount_in(a, before, (int)year)), STR_ARG(amount_in(a, after, (int)year))));
		}
}

static void compare(Ctx *c, const Line *before, const Line *after, Strs *what) {
	for (size_t i = 0; i < LEN(content); i++) {
		const Field *f = entity_field(&line_entity, str_c(content[i]));
		if (strcmp(f->name, "ceilings") == 0)
			compare_ceilings(c->arena, before->ceilings, after->ceilings, what);
		else if (is_told(c, content[i]) && !field_equal(f, before, after))
			strs_add(c->arena, what, str_format(c->arena, "%s: %.*s → %.*s", f->label, STR_ARG(shown(c, f, before)), STR_ARG(shown(c, f, after))));
	}
}

static Err change_of(Ctx *c, const NetworkVersion *v, DraftLine *d, DraftChange *ret) {
	Line *before = NULL, *after = entity_new(c->arena, &line_entity);
	*ret = (DraftChange){.line = d, .how = DRAFT_NEW};
	draft_to_line(after, d);
	if (id_given(d->origin))
		TRY(line_on(c, d->origin, v->effective_from, &before));
	if (!before) {
		ret->moved = id_given(d->origin);
		return OK;
	}
	ret->before = before;
	ret->moved = before->head.version != d->origin_version;
	compare(c, before, after, &ret->what);
	ret->only_ceiling = ret->what.len > 0;
	for (size_t i = 0; i < ret->what.len; i++)
		ret->only_ceiling = ret->only_ceiling && str_starts(ret->what.at[i], S("Strop na rok "));
	ret->how = !ret->what.len ? DRAFT_SAME : is_over(after) && !is_over(before) ? DRAFT_LEAVES : DRAFT_CHANGED;
	return OK;
}

Err draft_changes(Ctx *c, const NetworkVersion *v, DraftChanges *ret) {
	DraftLines lines;
	*ret = (DraftChanges){0};
	TRY(draft_lines(c, v->head.id, &lines));
	for (size_t i = 0; i < lines.len; i++) {
		DraftChange *one = ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap);
		TRY(change_of(c, v, lines.at[i], one));
		ret->count[one->how]++;
		ret->only_ceiling += one->only_ceiling;
	}
	return OK;
}

/* ---- what is approved, as a text ---- */

Err draft_text(Ctx *c, Id version, Str *text, Str *digest) {
	DraftLines lines;
	CLEANUP(buf_free) Buf b = {0};
	CLEANUP(arena_free) Arena scratch = {0};
	TRY(draft_lines(c, version, &lines));
	for (size_t i = 0; i < LEN(content); i++)
		buf_format(&b, "%s%s", i ? "\t" : "", content[i]);
	buf_char(&b, '\n');
	for (size_t i = 0; i < lines.len; i++) {
		for (size_t k = 0; k < LEN(content); k++) {
			Str value = field_machine(&scratch, entity_field(&draft_line_entity, str_c(content[k])), lines.at[i]);
			value = str_replace(&scratch, str_replace(&scratch, value, S("\t"), S(" ")), S("\n"), S(" "));
			buf_format(&b, "%s%.*s", k ? "\t" : "", STR_ARG(value));
		}
		buf_char(&b, '\n');
		arena_reset(&scratch);
	}
	*text = buf_take(&b, c->arena);
	Sha256 sum = sha256(*text);
	*digest = hex(c->arena, sum.bytes, sizeof sum.bytes);
	return OK;
}

Err draft_annex_digest(Ctx *c, Id version, Str *ret) {
	DraftLines lines;
	LinePrices prices;
	Str        text, digest;
	CLEANUP(buf_free) Buf b = {0};
	TRY(draft_text(c, version, &text, &digest));
	TRY(draft_lines(c, version, &lines));
	TRY(line_prices_of_version(c, version, &prices));
	buf_str(&b, text);
	for (size_t i = 0; i < lines.len; i++)
		buf_format(&b, "%zu\t%.*s\n", lines.at[i]->change_reason.len, STR_ARG(lines.at[i]->change_reason));
	for (size_t i = 0; i < prices.len; i++)
		buf_format(&b, "%lld\t%zu\t%.*s\n", (long long)prices.at[i]->draft_line, prices.at[i]->why.len, STR_ARG(prices.at[i]->why));
	Sha256 sum = sha256(buf_view(&b));
	*ret = hex(c->arena, sum.bytes, sizeof sum.bytes);
	return OK;
}

Err draft_annex(Ctx *c, const NetworkVersion *v) {
	NetworkDraft *d;
	TRY(require(c, CAP_NETWORK_UPDATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(draft_must_be_open(c, v->head.id));
	TRY(draft_of(c, v->head.id, &d));
	TRY(draft_annex_digest(c, v->head.id, &d->annex_sha256));
	d->annex_at = c->now;
	TRY(entity_update(c, &network_draft_entity, d));
	return tx_commit(&tx);
}

/* ---- approval ---- */

static bool has_draft(Ctx *c, Id version, NetworkDraft **d) {
	size_t said = c->problems.len;
	bool   is = draft_of(c, version, d) == OK;
	c->problems.len = said;
	return is;
}

Err draft_seal(Ctx *c, NetworkVersion *v) {
	NetworkDraft *d;
	Str           digest;
	if (!has_draft(c, v->head.id, &d))
		return OK;                               /* taken over from before the program */
	TRY(draft_text(c, v->head.id, &d->approved_text, &digest));
	v->snapshot_sha256 = digest;
	return store_update(c, &network_draft_entity, d);
}

/* It does not count before its day: a new line, or a prepared one that begins, later than the version. */
static Date applied_from(const NetworkVersion *v, const DraftChange *x, const Line *after) {
	bool begins = x->how == DRAFT_NEW || (x->before && !line_counts(x->before) && line_counts(after));
	return begins && date_after(after->since, v->effective_from) ? after->since : v->effective_from;
}

static Err apply_one(Ctx *c, const NetworkVersion *v, const DraftChange *x) {
	if (x->how == DRAFT_SAME)
		return OK;
	Line *l = x->before ? entity_copy(c->arena, &line_entity, x->before) : entity_new(c->arena, &line_entity);
	draft_to_line(l, x->line);
	l->network = v->network;
	l->by_version = v->head.id;
	l->resolution = v->resolution;
	l->change_reason = x->line->change_reason.len ? x->line->change_reason : str_format(c->arena, "Verze sítě %.*s", STR_ARG(v->number));
	TRY(line_write(c, l, applied_from(v, x, l), (Date){0}));
	x->line->origin = l->head.id;
	return OK;
}

/* The whole difference or nothing: it is the transaction of the step that writes the approval down. */
Err draft_apply(Ctx *c, const WorkMove *m) {
	NetworkVersion *v;
	NetworkDraft   *d;
	DraftChanges    all;
	DraftPrices     prices;
	if (!has_draft(c, m->object->id, &d))
		return OK;
	TRY(network_version_stored(c, m->object->id, &v));
	TRY(draft_changes(c, v, &all));
	TRY(draft_prices(c, v, &prices));            /* before lines go where they were approved for */
	for (size_t i = 0; i < all.len; i++)
		TRY(apply_one(c, v, &all.at[i]));
	for (size_t i = 0; i < prices.len; i++)
		for (size_t k = 0; k < all.len; k++)
			if (all.at[k].line->head.id == prices.at[i].line->head.id)
				prices.at[i].line->origin = all.at[k].line->origin;
	TRY(draft_applications_settle(c, v->head.id, &all));
	TRY(draft_prices_settle(c, v, &prices));
	for (size_t i = 0; i < all.len; i++)         /* what was approved stands in the lines and, word for word, in approved_text */
		TRY(entity_delete(c, &draft_line_entity, all.at[i].line->head.id, all.at[i].line->head.version));
	return OK;
}

/* What districts proposed to it waits for nobody any more. */
static Err drop_proposals(Ctx *c, Id version) {
	DraftProposals  all;
	NetworkVersion *v;
	bool            decided = c->scope_decided;
	TRY(network_version_stored(c, version, &v));
	c->scope_decided = true;
	Err e = draft_proposals(c, version, &all);
	c->scope_decided = decided;
	TRY(e);
	for (size_t i = 0; i < all.len; i++)
		if (str_eq(all.at[i]->state, S(PROPOSAL_OPEN)))
			TRY(workflow_system(c, &draft_proposal_machine, all.at[i]->head.id, "lapse", str_format(c->arena, "Verze sítě %.*s byla zrušena.", STR_ARG(v->number))));
	return OK;
}

/* A draft that was given up leaves no copies; numbers of its lines are free again. */
Err draft_drop(Ctx *c, const WorkMove *m) {
	DraftLines lines;
	TRY(drop_proposals(c, m->object->id));
	TRY(draft_applications_drop(c, m->object->id));
	TRY(draft_prices_drop(c, m->object->id));
	TRY(draft_lines(c, m->object->id, &lines));
	for (size_t i = 0; i < lines.len; i++)
		TRY(entity_delete(c, &draft_line_entity, lines.at[i]->head.id, lines.at[i]->head.version));
	return OK;
}
