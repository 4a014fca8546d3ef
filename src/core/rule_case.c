/* rule_case.c: the kinds of cases that the modules of the program brought. */
#include "core/rule_case.h"

#include "base/text.h"

enum { MAX_KINDS = 32 };
static const RuleCaseKind *kinds[MAX_KINDS];
static size_t              kind_count;

void rule_cases_setup(const RuleCaseKind *const *lists, const size_t *counts, size_t list_count) {
	kind_count = 0;
	for (size_t i = 0; i < list_count; i++)
		for (size_t k = 0; k < counts[i]; k++) {
			CHECK(kind_count < MAX_KINDS && lists[i][k].find && !rule_case_kind(str_c(lists[i][k].code)));
			CHECK(!lists[i][k].list == !lists[i][k].cells);
			kinds[kind_count++] = &lists[i][k];
		}
}

const RuleCaseKind *rule_case_kind_at(size_t i) {
	return i < kind_count ? kinds[i] : NULL;
}

const RuleCaseKind *rule_case_kind(Str code) {
	for (size_t i = 0; i < kind_count; i++)
		if (str_eq(str_c(kinds[i]->code), code))
			return kinds[i];
	return NULL;
}

Err rule_case_find(Ctx *c, Str kind, Id id, RuleCase *ret) {
	const RuleCaseKind *k = rule_case_kind(kind);
	*ret = (RuleCase){0};
	return k ? k->find(c, id, ret) : fail(c, ERR_NOT_FOUND, NULL, "Takový záznam neexistuje, nebo k němu nemáte přístup.");
}

bool rule_case_has(Arena *a, const RuleCase *one, Str words) {
	Str where = text_fold(a, one->label), rest = text_fold(a, words);
	while (rest.len) {
		Str word = str_cut(&rest, ' ');
		if (word.len && !str_has(where, word))
			return false;
	}
	return true;
}
