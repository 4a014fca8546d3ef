#include "core/check.h"

enum { MAX_CHECKS = 128 };
static const Check *known[MAX_CHECKS];
static size_t       known_count;

void checks_setup(const Check *const *lists, const size_t *counts, size_t list_count) {
	known_count = 0;
	for (size_t i = 0; i < list_count; i++)
		for (size_t k = 0; k < counts[i]; k++) {
			CHECK(known_count < MAX_CHECKS);
			known[known_count++] = &lists[i][k];
		}
}

const Check *check_at(size_t i) {
	return i < known_count ? known[i] : NULL;
}

const char *severity_word(Severity s) {
	return s == SEVERITY_CRITICAL ? "kritické" : s == SEVERITY_WARNING ? "varování" : "doporučení";
}

static Finding ask(Ctx *c, const Check *check) {
	Finding f = {.check = check};
	size_t  said = c->problems.len;
	Err     e = check->run(c, &f.fine, &f.detail);
	if (e != OK) {
		f.fine = false;
		f.detail = c->problems.len > said ? c->problems.at[said].text : S("Kontrolu se nepodařilo provést.");
	}
	c->problems.len = said;
	return f;
}

/* In the order of the table within each group. */
static void take(Findings *from, bool fine, Severity severity, Findings *to) {
	for (size_t i = 0; i < from->len; i++)
		if (from->at[i].fine == fine && (fine || from->at[i].check->severity == severity))
			to->at[to->len++] = from->at[i];
}

Err checks_run(Ctx *c, Findings *ret) {
	Findings asked = {0};
	for (size_t i = 0; i < known_count; i++)
		*ARENA_PUSH(c->arena, asked.at, asked.len, asked.cap) = ask(c, known[i]);
	*ret = (Findings){.at = NEW_ARRAY(c->arena, Finding, asked.len + 1), .cap = asked.len};
	take(&asked, false, SEVERITY_CRITICAL, ret);
	take(&asked, false, SEVERITY_WARNING, ret);
	take(&asked, false, SEVERITY_HINT, ret);
	take(&asked, true, SEVERITY_HINT, ret);
	return OK;
}

int checks_exit(const Findings *f) {
	int worst = 0;
	for (size_t i = 0; i < f->len; i++)
		if (!f->at[i].fine && (int)f->at[i].check->severity > worst)
			worst = (int)f->at[i].check->severity;
	return worst;
}

static Installation here;

void installation_set(const Installation *i) {
	here = *i;
}

const Installation *installation(void) {
	return &here;
}
