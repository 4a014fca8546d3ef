/* doctor_cli.c: `sitovka doctor` and `sitovka retention`. */
#include "domain/admin/doctor_cli.h"

#include <stdio.h>

#include "base/format.h"
#include "base/json.h"
#include "core/check.h"
#include "core/retention.h"

static int say(const Ctx *c) {
	for (size_t i = 0; i < c->problems.len; i++)
		fprintf(stderr, "%.*s\n", STR_ARG(c->problems.at[i].text));
	return 2;
}

static void print_json(const Findings *all) {
	CLEANUP(buf_free) Buf b = {0};
	JsonWriter w = {.out = &b};
	jw_array(&w);
	for (size_t i = 0; i < all->len; i++) {
		const Finding *f = &all->at[i];
		jw_object(&w);
		jw_key(&w, "key");
		jw_str(&w, str_c(f->check->key));
		jw_key(&w, "fine");
		jw_bool(&w, f->fine);
		jw_key(&w, "severity");
		jw_str(&w, str_c(severity_word(f->check->severity)));
		jw_key(&w, "title");
		jw_str(&w, str_c(f->check->title));
		jw_key(&w, "detail");
		jw_str(&w, f->detail);
		jw_key(&w, "remedy");
		jw_str(&w, str_c(f->check->remedy));
		jw_object_end(&w);
	}
	jw_array_end(&w);
	buf_char(&b, '\n');
	fwrite(b.ptr, 1, b.len, stdout);
}

static void print_words(const Findings *all) {
	size_t bad = 0;
	for (size_t i = 0; i < all->len; i++) {
		const Finding *f = &all->at[i];
		if (f->fine)
			continue;
		bad++;
		printf("%s: neplatí „%s“ (%s)\n", severity_word(f->check->severity), f->check->title, f->check->key);
		if (f->detail.len)
			printf("    %.*s\n", STR_ARG(f->detail));
		printf("    Náprava: %s\n", f->check->remedy);
	}
	printf("%zu kontrol, %zu v pořádku, %zu k nápravě\n", all->len, all->len - bad, bad);
}

int cli_doctor(Ctx *c, int argc, char **argv) {
	bool json = argc == 1 && str_eq(str_c(argv[0]), S("--json"));
	if (argc > 0 && !json) {
		fprintf(stderr, "doctor [--json]\n");
		return 2;
	}
	Findings all;
	if (installation_recall(c) != OK || checks_run(c, &all) != OK)
		return say(c);
	if (json)
		print_json(&all);
	else
		print_words(&all);
	return checks_exit(&all);
}

/* ---- retention ---- */

static int dry_run(Ctx *c) {
	RetentionViews all;
	if (retention_look(c, &all) != OK)
		return say(c);
	for (size_t i = 0; i < all.len; i++) {
		const RetentionView *v = &all.at[i];
		printf("%s (lhůta %lld %s): %lld\n", v->rule->title, (long long)v->term, v->rule->in_hours ? "hodin" : "dnů", (long long)v->count);
		for (size_t k = 0; k < v->samples.len; k++)
			printf("    %.*s\n", STR_ARG(v->samples.at[k].what));
	}
	return 0;
}

int cli_retention(Ctx *c, int argc, char **argv) {
	i64 removed;
	if (argc == 1 && str_eq(str_c(argv[0]), S("--dry-run")))
		return dry_run(c);
	if (argc > 0) {
		fprintf(stderr, "retention [--dry-run]\n");
		return 2;
	}
	if (retention_run(c, &removed) != OK)
		return say(c);
	printf("Po lhůtě odstraněno: %lld\n", (long long)removed);
	return 0;
}
