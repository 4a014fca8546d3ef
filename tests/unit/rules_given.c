#include "tests/unit/rules_given.h"

#include <stdio.h>

#include "base/data_file.h"
#include "core/rules_inside.h"
#include "tests/test.h"

Str given_file(const char *path) {
	FILE *f = fopen(path, "rb");
	if (!f)
		test_fail(__FILE__, __LINE__, "%s cannot be opened", path);
	CLEANUP(buf_free) Buf b = {0};
	char part[4096];
	for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
		buf_put(&b, part, n);
	fclose(f);
	return buf_take(&b, t_arena);
}

static const char *const fault_names[] = {"NONE",
#define NAME(name) #name,
	RULE_FAULTS(NAME)
};
static bool seen[RULE_FAULT_COUNT];

const char *given_fault_name(int id) { return fault_names[id]; }
bool        given_fault_seen(int id) { return seen[id]; }

static Buf sentences;

void given_fault_see(int id, Str sentence) {
	seen[id] = true;
	if (given_sentence_seen(sentence))
		return;
	buf_str(&sentences, sentence);
	buf_char(&sentences, '\n');
}

bool given_sentence_seen(Str piece) { return str_has(buf_view(&sentences), piece); }


RuleSet *given_set(Arena *a) {
	RuleFaults faults = {0};
	RuleSet *set = rule_set_read(a, data_file(a, "rules/vychozi-1.txt"), &faults);
	if (!set)
		test_fail(__FILE__, __LINE__, "the shipped set: %.*s", STR_ARG(faults.at[0].text));
	return set;
}

bool given_cell(void *arg, Arena *a, const RuleName *input, RuleCell *ret) {
	Str rest = ((GivenCase *)arg)->text, why;
	while (rest.len) {
		Str value = str_cut(&rest, ';'), name = str_cut(&value, '=');
		if (!str_eq(rule_key(a, name), input->key))
			continue;
		ret->source = str_format(a, "buňka %.*s", STR_ARG(str_trim(name)));
		return rule_value_read(a, input->type, value, &ret->value, &why);
	}
	return false;
}

Str given_result(const RuleSet *set, const char *text, const char *rule) {
	GivenCase c = {str_c(text)};
	const RuleNode *n = rule_eval(rule_run(t_arena, set, D(2026, 3, 1), given_cell, &c), str_c(rule));
	return str_replace(t_arena, rule_value_show(t_arena, n->value), S("\u00a0"), S(" "));
}

/* ---- sets with one fault each ---- */

static Str until_next(Str *rest) {
	i64 end = str_find(*rest, S("\n=== "));
	Str one = end < 0 ? *rest : str_first(*rest, (size_t)end + 1);
	*rest = end < 0 ? (Str){0} : str_from(*rest, (size_t)end + 1);
	return one;
}

/* A line repeated so many times: "@@ 600 [vstup v$]" */
static Str grown(Str text) {
	CLEANUP(buf_free) Buf b = {0};
	while (text.len) {
		Str line = str_cut(&text, '\n');
		i64 times;
		if (!str_starts(line, S("@@ "))) {
			buf_str(&b, line);
			buf_char(&b, '\n');
			continue;
		}
		line = str_from(line, 3);
		EXPECT(str_to_int(str_cut(&line, ' '), &times));
		for (i64 i = 1; i <= times; i++) {
			Str before = str_format(t_arena, "%lld", (long long)(i - 1)), one = str_replace(t_arena, line, S("$-"), before);
			buf_str(&b, str_replace(t_arena, str_replace(t_arena, one, S("$"), str_format(t_arena, "%lld", (long long)i)), S("~"), S("\n")));
			buf_char(&b, '\n');
		}
	}
	return buf_take(&b, t_arena);
}

int given_faulty_sets(int *wrong) {
	Str rest = given_file("tests/data/rules_faulty.txt");
	int count = 0;
	until_next(&rest);                                    /* what the file is for */
	while (rest.len) {
		Str text = until_next(&rest), title = str_from(str_cut(&text, '\n'), 4), want = title, name = str_trim(str_cut(&want, ':'));
		want = str_trim(want);
		RuleFaults faults = {0};
		RuleSet *set = rule_set_read(t_arena, grown(text), &faults);
		Str first = faults.len ? str_format(t_arena, "%d:%d+%d %.*s", faults.at[0].line, faults.at[0].column, faults.at[0].length, STR_ARG(faults.at[0].text)) : (Str){0};
		const char *got = faults.len ? fault_names[faults.at[0].id] : "nothing";
		Str place = want, fragment = want;
		place = str_cut(&fragment, ' ');
		bool warned = faults.len && faults.at[0].is_warning;
		if (faults.len != 1 || !str_eq(name, str_c(got)) || !str_starts(first, str_cat(t_arena, place, S(" "))) || !str_has(first, fragment) || !set != !warned) {
			printf("# %.*s\n#   gives %s %.*s (%zu)\n", STR_ARG(title), got, STR_ARG(first), faults.len);
			(*wrong)++;
		}
		for (size_t i = 0; i < faults.len; i++)
			given_fault_see(faults.at[i].id, faults.at[i].text);
		count++;
	}
	return count;
}
