/* Differences: words of a paragraph, cells of a table, paragraphs of two versions. */
#include "base/buf.h"
#include "domain/library/text_inside.h"

/* ---- words ---- */

enum { DIFF_LIMIT = 6 * 1000 * 1000 };

/* Words, runs of blanks, single marks: together they are the text. */
static size_t tokens(Arena *a, Str s, Str **ret, u64 **keys) {
	Str *at = NULL;
	size_t len = 0, cap = 0;
	for (size_t i = 0; i < s.len;) {
		size_t from = i;
		bool blank = s.ptr[i] == ' ' || s.ptr[i] == '\n';
		if (blank) {
			while (i < s.len && (s.ptr[i] == ' ' || s.ptr[i] == '\n'))
				i++;
		} else {
			while (i < s.len && ((u8)s.ptr[i] >= 0x80 || (s.ptr[i] >= '0' && s.ptr[i] <= '9') || ((s.ptr[i] | 32) >= 'a' && (s.ptr[i] | 32) <= 'z')))
				i++;
			if (i == from)
				i++;
		}
		*ARENA_PUSH(a, at, len, cap) = str_of(s.ptr + from, i - from);
	}
	*keys = NEW_ARRAY(a, u64, len + 1);
	for (size_t i = 0; i < len; i++)
		(*keys)[i] = str_hash(at[i]);
	*ret = at;
	return len;
}

static void add_run(Arena *a, WordRuns *r, DiffHow how, Str s) {
	if (!s.len)
		return;
	WordRun *last = r->len ? &r->at[r->len - 1] : NULL;
	if (last && last->how == how && last->text.ptr + last->text.len == s.ptr)
		last->text.len += s.len;
	else
		*ARENA_PUSH(a, r->at, r->len, r->cap) = (WordRun){how, s};
}

/* A blank alone between two changes belongs to them: "starý text" → "nový obsah" reads better whole. */
static bool is_lone_blank(const Pairs *p, size_t k, const Str *x) {
	if (str_trim(x[p->at[k][0]]).len)
		return false;
	bool before = k > 0 && (p->at[k - 1][0] + 1 != p->at[k][0] && p->at[k - 1][1] + 1 != p->at[k][1]);
	bool after = k + 1 < p->len && (p->at[k][0] + 1 != p->at[k + 1][0] && p->at[k][1] + 1 != p->at[k + 1][1]);
	return before && after;
}

WordRuns words_difference(Arena *a, Str before, Str after) {
	WordRuns r = {0};
	Str *x, *y;
	u64 *xk, *yk;
	size_t xn = tokens(a, before, &x, &xk), yn = tokens(a, after, &y, &yk);
	Pairs  p = common_subsequence(a, xk, xn, yk, yn, DIFF_LIMIT);
	size_t i = 0, j = 0;
	for (size_t k = 0; k <= p.len; k++) {
		if (k < p.len && is_lone_blank(&p, k, x))
			continue;
		size_t to_i = k < p.len ? p.at[k][0] : xn, to_j = k < p.len ? p.at[k][1] : yn;
		for (size_t s = i; s < to_i; s++)
			add_run(a, &r, DIFF_REMOVED, x[s]);
		for (size_t s = j; s < to_j; s++)
			add_run(a, &r, DIFF_ADDED, y[s]);
		if (k < p.len)
			add_run(a, &r, DIFF_SAME, y[to_j]);
		i = to_i + 1;
		j = to_j + 1;
	}
	return r;
}

/* ---- tables ---- */

/* For each of both sides one row of pairs in the order of the later one: {before, after}, -1 = only in the other. */
typedef struct Line { i64 before, after; } Line;

static size_t lines_of(Arena *a, const u64 *x, size_t xn, const u64 *y, size_t yn, Line **ret) {
	Pairs  p = common_subsequence(a, x, xn, y, yn, DIFF_LIMIT);
	size_t n = 0, i = 0, j = 0;
	*ret = NEW_ARRAY(a, Line, xn + yn + 1);
	for (size_t k = 0; k <= p.len; k++) {
		size_t to_i = k < p.len ? p.at[k][0] : xn, to_j = k < p.len ? p.at[k][1] : yn;
		if (to_i - i == to_j - j) {              /* as many on both sides: they were edited in place */
			while (i < to_i)
				(*ret)[n++] = (Line){(i64)i++, (i64)j++};
		}
		while (i < to_i)
			(*ret)[n++] = (Line){(i64)i++, -1};
		while (j < to_j)
			(*ret)[n++] = (Line){-1, (i64)j++};
		if (k < p.len)
			(*ret)[n++] = (Line){(i64)i++, (i64)j++};
	}
	return n;
}

static u64 *row_keys(Arena *a, const Table *t) {
	u64 *keys = NEW_ARRAY(a, u64, t->rows + 1);
	for (size_t i = 0; i < t->rows; i++)
		keys[i] = i == 0 ? 1 : t->columns ? str_hash(t->at[i * t->columns]) : 0;      /* the head is the head */
	return keys;
}

static u64 *column_keys(Arena *a, const Table *t) {
	u64 *keys = NEW_ARRAY(a, u64, t->columns + 1);
	for (size_t j = 0; j < t->columns && t->rows; j++)
		keys[j] = str_hash(t->at[j]);
	return keys;
}

TableDiff table_difference(Arena *a, Str before, Str after) {
	Table x = table_read(a, before), y = table_read(a, after);
	Line *rows, *columns;
	TableDiff d = {.caption = NEW_ARRAY(a, Str, 2)};
	d.caption[0] = x.caption;
	d.caption[1] = y.caption;
	d.rows = lines_of(a, row_keys(a, &x), x.rows, row_keys(a, &y), y.rows, &rows);
	d.columns = lines_of(a, column_keys(a, &x), x.columns, column_keys(a, &y), y.columns, &columns);
	d.at = NEW_ARRAY(a, CellDiff, d.rows * d.columns + 1);
	for (size_t i = 0; i < d.rows; i++)
		for (size_t j = 0; j < d.columns; j++) {
			CellDiff *cell = &d.at[i * d.columns + j];
			bool was = rows[i].before >= 0 && columns[j].before >= 0, is = rows[i].after >= 0 && columns[j].after >= 0;
			if (was)
				cell->before = x.at[(size_t)rows[i].before * x.columns + (size_t)columns[j].before];
			if (is)
				cell->after = y.at[(size_t)rows[i].after * y.columns + (size_t)columns[j].after];
			cell->how = !was && !is ? DIFF_SAME : !was ? DIFF_ADDED : !is ? DIFF_REMOVED : str_eq(cell->before, cell->after) ? DIFF_SAME : DIFF_CHANGED;
		}
	return d;
}

/* ---- whole versions ---- */

static void add_diff(Arena *a, ParagraphDiffs *d, ParagraphDiff one) {
	d->count[one.how]++;
	*ARENA_PUSH(a, d->at, d->len, d->cap) = one;
}

ParagraphDiffs paragraphs_difference(Arena *a, const Paragraphs *before, const Paragraphs *after) {
	ParagraphDiffs d = {0};
	Matches m = paragraphs_match(a, before, after, true);
	size_t next = 0;                         /* of before: removed ones up to the paragraph that stays in its place */
	for (size_t j = 0; j <= after->len; j++) {
		i64  was = j < after->len ? m.back[j] : (i64)before->len;
		bool in_place = j == after->len || (was >= 0 && !m.from[was].moved);
		for (; in_place && next < (size_t)was; next++)
			if (m.from[next].to < 0 || m.back[m.from[next].to] != (i64)next)
				add_diff(a, &d, (ParagraphDiff){.how = DIFF_REMOVED, .before = &before->at[next]});
		if (j == after->len)
			break;
		if (was < 0) {
			add_diff(a, &d, (ParagraphDiff){.how = DIFF_ADDED, .after = &after->at[j]});
			continue;
		}
		const Paragraph *x = &before->at[was], *y = &after->at[j];
		bool same = x->kind == y->kind && str_eq(x->source, y->source), moved = m.from[was].moved;
		add_diff(a, &d, (ParagraphDiff){same ? (moved ? DIFF_MOVED : DIFF_SAME) : DIFF_CHANGED, moved, x, y});
	}
	return d;
}
