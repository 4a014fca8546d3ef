/* rules_fault.c: complaints with their place, and the name that was probably meant. */
#include <stdarg.h>
#include <stdio.h>

#include "base/text.h"
#include "core/rules_inside.h"

#define FAULTS_MAX 200                                     /* nobody reads more */

static void place(const Reading *r, Str at, RuleFault *f) {
	if (!at.ptr)                                          /* nothing stands there: the name of its block is near enough */
		at = r->block && r->block->at.ptr ? r->block->at : str_of(r->source.ptr, 0);
	f->line = 1;
	const char *line = r->source.ptr;
	for (const char *p = r->source.ptr; p < at.ptr; p++)
		if (*p == '\n') {
			f->line++;
			line = p + 1;
		}
	f->column = 1 + (int)utf8_count(str_of(line, (size_t)(at.ptr - line)));
	i64 end = str_find_char(at, '\n');                    /* what is marked stays on its line */
	f->length = (int)utf8_count(end < 0 ? at : str_first(at, (size_t)end));
}

static void PRINTF_LIKE(5, 0) add(Reading *r, Str at, int id, bool is_warning, const char *format, va_list args) {
	if (r->faults->len >= FAULTS_MAX) {
		r->faults->has_error |= !is_warning;
		return;
	}
	CLEANUP(buf_free) Buf b = {0};
	va_list again;
	va_copy(again, args);
	int size = vsnprintf(NULL, 0, format, again);
	va_end(again);
	CHECK(size >= 0);
	buf_more(&b, (size_t)size + 1);
	b.len = (size_t)vsnprintf(b.ptr, (size_t)size + 1, format, args);
	RuleFault f = {.id = id, .is_warning = is_warning, .block = r->block ? r->block->n.name : (Str){0}};
	place(r, at, &f);
	f.text = text_clean(r->a, buf_view(&b));              /* a formula may go over several lines */
	*ARENA_PUSH(r->a, r->faults->at, r->faults->len, r->faults->cap) = f;
	r->faults->has_error |= !is_warning;
	if (r->block)
		r->block->has_fault = true;
}

bool rule_fault(Reading *r, Str at, int id, const char *format, ...) {
	va_list args;
	va_start(args, format);
	add(r, at, id, false, format, args);
	va_end(args);
	return false;
}

bool rule_warn(Reading *r, Str at, int id, const char *format, ...) {
	va_list args;
	va_start(args, format);
	add(r, at, id, true, format, args);
	va_end(args);
	return false;
}

RuleItem *rule_item(const RuleSet *set, Str key) {
	for (size_t i = 0; i < set->len; i++)
		if (str_eq(set->items[i]->n.key, key))
			return set->items[i];
	return NULL;
}

/* ---- the nearest name ---- */

#define NEAR_MAX 60

/* How many letters must be changed, added, left out, or swapped with their neighbour. */
static int distance(Str x, Str y) {
	int before[NEAR_MAX + 1], last[NEAR_MAX + 1], next[NEAR_MAX + 1];
	if (x.len > NEAR_MAX || y.len > NEAR_MAX)
		return NEAR_MAX;
	for (int j = 0; j <= (int)y.len; j++)
		last[j] = before[j] = j;
	for (size_t i = 1; i <= x.len; i++) {
		next[0] = (int)i;
		for (size_t j = 1; j <= y.len; j++) {
			int change = last[j - 1] + (x.ptr[i - 1] != y.ptr[j - 1]), best = last[j] < next[j - 1] ? last[j] + 1 : next[j - 1] + 1;
			best = change < best ? change : best;
			if (i > 1 && j > 1 && x.ptr[i - 1] == y.ptr[j - 2] && x.ptr[i - 2] == y.ptr[j - 1] && before[j - 2] + 1 < best)
				best = before[j - 2] + 1;
			next[j] = best;
		}
		memcpy(before, last, sizeof before);
		memcpy(last, next, sizeof last);
	}
	return last[y.len];
}

Str rule_near(const Reading *r, Str key, bool functions) {
	int best = (int)key.len / 4 + 1, count = functions ? FN_NONE : (int)r->set->len;
	Str found = {0};
	if (r->faults->len >= FAULTS_MAX)
		return found;                                     /* nobody will read it */
	for (int i = 0; i < count; i++) {
		Str name = functions ? str_c(rule_functions[i].name) : r->set->items[i]->n.name;
		Str other = functions ? str_c(rule_functions[i].key) : r->set->items[i]->n.key;
		int longer = (int)other.len - (int)key.len, d = longer > best || -longer > best ? NEAR_MAX : distance(key, other);
		bool inside = !functions && key.len >= 4 && str_has(other, key);
		if (inside && best > 0)
			d = 1;
		if (d <= best && (d < best || str_empty(found))) {
			best = d;
			found = name;
		}
	}
	return str_empty(found) ? found : str_format(r->a, " Mysleli jste „%.*s“?", STR_ARG(found));
}
