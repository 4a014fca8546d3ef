#include "domain/register/generate.h"

#include "base/data_file.h"
#include "base/json.h"
#include "tests/test.h"

static void free_buf(void *b) {
	buf_free(b);
}

static Str generate(RegisterGenerateOptions o, RegisterGenerated *g) {
	RegisterTerritory t;
	Str why = {0};
	MUST(register_territory_read(t_arena, data_file(t_arena, "territory/obce_cr.csv"),
		data_file(t_arena, "territory/casti_obci_psc_lbk.csv"), &t, &why));
	Buf *out = NEW(t_arena, Buf, .len = 0);
	arena_defer(t_arena, free_buf, out);
	o.as_of = D(2026, 11, 22);
	RegisterGenerated made = register_generate(t_arena, o, t, out);
	if (g)
		*g = made;
	return buf_view(out);
}

static Strs lines(Str file) {
	Strs list = {0};
	while (file.len)
		strs_add(t_arena, &list, str_cut(&file, '\n'));
	return list;
}

static JsonEvent last_event(Str file) {
	JsonReader *r = json_open_str(t_arena, file);
	for (;;) {
		JsonEvent event = json_next(r);
		if (event == JSON_END || event == JSON_ERROR)
			return event;
	}
}

/* ---- taking an edit back, with text replacement alone ---- */

static Str replace_at(Str line, i64 at, Str what, Str with) {
	EXPECT(at >= 0);
	Str parts[] = {str_first(line, (size_t)at), with, str_from(line, (size_t)at + what.len)};
	return str_join(t_arena, S(""), (Strs){parts, 3, 3});
}

static i64 find_last(Str line, Str what) {
	i64 last = -1;
	for (i64 at = 0, step; (step = str_find(str_from(line, (size_t)at), what)) >= 0; at += step + 1)
		last = at + step;
	return last;
}

static Str spaced(Str name) {
	i64 blank = str_find_char(name, ' ');
	return str_format(t_arena, "%.*s %.*s ", (int)blank, name.ptr, STR_ARG(str_from(name, (size_t)blank)));
}

static Str groups_json(Str ids) {
	Strs parts = {0};
	while (ids.len) {
		Str id = str_cut(&ids, ' ');
		strs_add(t_arena, &parts, str_format(t_arena, "{\"cilovaSkupina\":{\"id\":\"%.*s\"}}", STR_ARG(id)));
	}
	Str list = str_join(t_arena, S(","), parts);
	return str_format(t_arena, "\"ciloveSkupiny\":[%.*s]", STR_ARG(list));
}

static Str take_back(Str line, const RegisterEdit *e) {
	Str new = e->new, old = e->old;
	if (str_ends(e->field, S(".name"))) {
		if (str_has(line, spaced(new)))
			new = spaced(new), old = spaced(old);
		new = str_format(t_arena, "\"nazev\":\"%.*s\"", STR_ARG(new));
		old = str_format(t_arena, "\"nazev\":\"%.*s\"", STR_ARG(old));
	} else if (str_eq(e->field, S("registered_capacity.count"))) {
		new = str_format(t_arena, "\"pocet\":%.*s,", STR_ARG(new));
		old = str_format(t_arena, "\"pocet\":%.*s,", STR_ARG(old));
	} else if (str_eq(e->field, S("facility.address.house_no"))) {
		new = str_format(t_arena, "\"cisloDomovni\":%.*s,", STR_ARG(new));
		old = str_format(t_arena, "\"cisloDomovni\":%.*s,", STR_ARG(old));
		return replace_at(line, find_last(line, new), new, old);
	} else if (str_eq(e->field, S("service.target_groups"))) {
		new = groups_json(new);
		old = groups_json(old);
	} else if (str_eq(e->field, S("service.target_note"))) {
		new = str_format(t_arena, "\"%.*s\"", STR_ARG(new));
		old = old.len ? str_format(t_arena, "\"%.*s\"", STR_ARG(old)) : S("null");
	}
	if (str_find(line, new) < 0)
		test_fail(__FILE__, __LINE__, "%.*s: the record does not hold %.*s", STR_ARG(e->field), STR_ARG(new));
	return replace_at(line, str_find(line, new), new, old);
}

static bool concerns(const RegisterEdit *e, Str line) {
	if (str_eq(e->field, S("provider.name"))) {
		i64 ico = 0;
		EXPECT(str_to_int(e->identifier, &ico));          /* some records leave the zeros out */
		return str_has(line, str_format(t_arena, "{\"ico\":\"%08d\"", (int)ico))
			|| str_has(line, str_format(t_arena, "{\"ico\":\"%d\"", (int)ico));
	}
	Str head = str_first(line, 100);
	return str_has(head, str_format(t_arena, "\"identifikator\":\"%.*s\"", STR_ARG(e->identifier)))
		|| str_has(head, str_format(t_arena, "\"identifikator\":%.*s,", STR_ARG(e->identifier)));
}

static void expect_only_these_edits(RegisterGenerateOptions o, i64 edits) {
	RegisterGenerated g;
	Strs before = lines(generate(o, NULL));
	o.edits = edits;
	Strs after = lines(generate(o, &g));
	EQ_INT(g.edit_count, edits);
	EQ_INT(after.len, before.len);
	bool *used = NEW_ARRAY(t_arena, bool, edits);
	for (size_t n = 0; n < after.len; n++) {
		Str line = after.at[n];
		for (size_t i = g.edit_count; i-- > 0;)           /* the last one first */
			if (concerns(&g.edits[i], after.at[n])) {
				EXPECT(!str_eq(g.edits[i].old, g.edits[i].new));
				line = take_back(line, &g.edits[i]);
				used[i] = true;
			}
		EQ_STR(line, before.at[n]);
	}
	for (i64 i = 0; i < edits; i++)
		EXPECT(used[i]);
}

TEST("register edits: 50 edits change 50 fields, and taking them back gives the file without edits") {
	expect_only_these_edits((RegisterGenerateOptions){.seed = 5}, 50);
}

TEST("register edits: more edits than services fall on several fields of a record") {
	expect_only_these_edits((RegisterGenerateOptions){.seed = 6, .services = 100}, 300);
}

TEST("register edits: all nine fields occur, none twice in one record, and each edit is in the kept part") {
	RegisterGenerated g;
	Str file = generate((RegisterGenerateOptions){.seed = 5, .edits = 60, .drop_percent = 30}, &g);
	EQ_INT(g.edit_count, 60);
	Strs fields = {0};
	for (size_t i = 0; i < g.edit_count; i++) {
		bool known = false;
		for (size_t k = 0; k < fields.len; k++)
			known |= str_eq(fields.at[k], g.edits[i].field);
		if (!known)
			strs_add(t_arena, &fields, g.edits[i].field);
		for (size_t k = 0; k < i; k++)
			EXPECT(!str_eq(g.edits[k].identifier, g.edits[i].identifier) || !str_eq(g.edits[k].field, g.edits[i].field));
		EXPECT(str_has(file, str_from(g.edits[i].identifier, str_starts(g.edits[i].identifier, S("00")) ? 2 : 0)));
	}
	EQ_INT(fields.len, 9);
}

/* ---- damaged files ---- */

TEST("register generator: dropping the last 10 % leaves the others as they were") {
	RegisterGenerated g;
	Strs whole = lines(generate((RegisterGenerateOptions){.seed = 5}, NULL));
	Str cut_file = generate((RegisterGenerateOptions){.seed = 5, .drop_percent = 10}, &g);
	Strs cut = lines(cut_file);
	EQ_INT(g.services, 207);
	EQ_INT(last_event(cut_file), JSON_END);
	for (size_t i = 0; i + 1 < cut.len; i++)
		EQ_STR(cut.at[i], whole.at[i]);
	EQ_STR(cut.at[206], str_cat(t_arena, str_first(whole.at[206], whole.at[206].len - 1), S("]}")));
}

TEST("register generator: a file is cut at the very byte") {
	Str whole = generate((RegisterGenerateOptions){.seed = 5}, NULL);
	const i64 cuts[] = {1, 12, 100000, (i64)whole.len - 1};
	for (size_t i = 0; i < LEN(cuts); i++) {
		RegisterGenerated g;
		Str cut = generate((RegisterGenerateOptions){.seed = 5, .truncate_at = cuts[i]}, &g);
		EQ_INT(cut.len, cuts[i]);
		EQ_INT(g.bytes, cuts[i]);
		EQ_STR(cut, str_first(whole, cut.len));
	}
	EQ_INT(last_event(str_first(whole, 100000)), JSON_ERROR);
}

TEST("register generator: one broken record differs alone, and the reader minds where JSON itself is broken") {
	static const struct { RegisterBreak how; JsonEvent end; } cases[] = {
		{BREAK_SYNTAX, JSON_ERROR}, {BREAK_UTF8, JSON_ERROR}, {BREAK_DUPLICATE_KEY, JSON_ERROR},
		{BREAK_NO_ID, JSON_END}, {BREAK_KIND, JSON_END}, {BREAK_DATE, JSON_END},
	};
	Strs whole = lines(generate((RegisterGenerateOptions){.seed = 5}, NULL));
	for (size_t i = 0; i < LEN(cases); i++) {
		Str file = generate((RegisterGenerateOptions){.seed = 5, .broken_record = 41, .broken_how = cases[i].how}, NULL);
		EQ_INT(last_event(file), cases[i].end);
		Strs got = lines(file);
		EQ_INT(got.len, whole.len);
		for (size_t n = 0; n < got.len; n++)
			EXPECT(str_eq(got.at[n], whole.at[n]) == (n != 40));
	}
}
