/* Anchors over edits: hand-made cases, and five hundred edits whose outcome is known. */
#include <stdio.h>
#include <stdlib.h>

#include "domain/library/paragraphs.h"
#include "tests/support/edits.h"
#include "tests/test.h"

static Paragraphs read_it(Str markdown) {
	Paragraphs p;
	Str        why;
	MUST(paragraphs_read(t_arena, markdown, &p, &why));
	return p;
}

typedef struct Tally { int right, unsure, wrong, anchors_kept, anchors_lost, anchors_wrong; } Tally;

static Str quoted(const Edit *e) {
	for (size_t i = 0; e->quote && i < e->before.len; i++)
		for (size_t s = 0; s < e->before.at[i].len; s++)
			if (e->before.at[i].at[s].id == e->quote)
				return e->before.at[i].at[s].text;
	return (Str){0};
}

static void count_anchors(const Edit *e, const Paragraphs *from, const Paragraphs *to, Tally *t) {
	for (size_t i = 0; i < from->len; i++) {
		i64 now = paragraphs_find(to, from->at[i].anchor), truth = nodes_find(&e->after, e->before.at[i].id);
		bool wrong = now >= 0 && now != truth && !str_eq(to->at[now].text, from->at[i].text);
		t->anchors_kept += now >= 0 && !wrong;
		t->anchors_lost += now < 0 && truth >= 0;
		t->anchors_wrong += wrong;
		if (wrong && getenv("EDITS"))
			printf("# anchor: %.*s\n#     now: %.*s\n", STR_ARG(from->at[i].text), STR_ARG(to->at[now].text));
	}
}

static void follow_one(u64 seed, Tally *t) {
	Edit       e = edit_make(t_arena, seed);
	Paragraphs from = read_it(nodes_write(t_arena, &e.before)), to = read_it(nodes_write(t_arena, &e.after));
	EQ_INT(from.len, e.before.len);
	EQ_INT(to.len, e.after.len);
	paragraphs_keep_anchors(t_arena, NULL, &from);
	paragraphs_keep_anchors(t_arena, &from, &to);
	count_anchors(&e, &from, &to, t);

	i64 at = nodes_find(&e.before, e.target), truth = edit_truth(&e);
	AnchorFollowed f = paragraphs_follow(t_arena, &from, &to, from.at[at].anchor, quoted(&e));
	i64  got = f.how == ANCHOR_GONE ? -1 : paragraphs_find(&to, f.anchor);
	bool right = got == truth || (got >= 0 && truth >= 0 && str_eq(to.at[got].source, to.at[truth].source));
	t->unsure += f.how == ANCHOR_UNSURE;
	t->right += f.how != ANCHOR_UNSURE && right;
	t->wrong += f.how != ANCHOR_UNSURE && !right;
	if (getenv("EDITS") && (f.how == ANCHOR_UNSURE || !right))
		printf("# %s %d: %s%s\n#   was:    %.*s\n#   is:     %.*s\n#   got %d: %.*s\n", f.how == ANCHOR_UNSURE ? "unsure" : "WRONG", (int)seed, e.what,
		       e.quote ? ", quoted" : "", STR_ARG(from.at[at].text), STR_ARG((truth >= 0 ? to.at[truth].text : S("gone"))), (int)f.how,
		       STR_ARG((got >= 0 ? to.at[got].text : S("-"))));
}

TEST("anchors: of five hundred edits nine of ten are followed without a person, none to a wrong place") {
	Tally t = {0};
	for (u64 seed = 1; seed <= 500; seed++) {
		follow_one(seed, &t);
		if (seed % 10 == 0)
			arena_free(t_arena);
	}
	printf("# 500 edits: %d right, %d for a person, %d wrong; anchors: %d kept, %d lost, %d wrong\n", t.right, t.unsure, t.wrong, t.anchors_kept,
	       t.anchors_lost, t.anchors_wrong);
	EQ_INT(t.right + t.unsure + t.wrong, 500);
	EQ_INT(t.wrong, 0);
	EQ_INT(t.anchors_wrong, 0);
	EXPECT(t.right >= 450);
}

/* ---- made by hand ---- */

static const char plan_text[] =
	"## Pečovatelská služba\n\nPečovatelská služba pomáhá lidem doma. Kraj chce, aby byla dostupná i o víkendech.\n\n"
	"V Tanvaldu chybí tři úvazky v přímé péči.\n\nV Semilech chybí tři úvazky v přímé péči.\n\n"
	"- zvýšit počet úvazků v terénu\n- zavést večerní provoz do 22 hodin\n- vzdělávat pracovníky v péči o lidi s demencí\n\n"
	"| ORP | Úvazků | Lůžek |\n|---|---:|---:|\n| Tanvald | 12 | 30 |\n| Semily | 9 | 40 |\n: Kapacity v síti\n\n"
	"Ano.\n\n[^1]: Údaje z registru poskytovatelů.\n";

/* What becomes of the paragraph that begins with `was`, when the text becomes `after`; `is` = how that begins which it becomes. */
static AnchorHow follow_to(const char *before, const char *after, const char *was, const char *quote, const char *is) {
	Paragraphs from = read_it(str_c(before)), to = read_it(str_c(after));
	Str anchor = {0};
	paragraphs_keep_anchors(t_arena, NULL, &from);
	paragraphs_keep_anchors(t_arena, &from, &to);
	for (size_t i = 0; i < from.len; i++)
		if (!anchor.len && str_starts(from.at[i].text, str_c(was)))
			anchor = from.at[i].anchor;
	EXPECT(anchor.len);
	AnchorFollowed f = paragraphs_follow(t_arena, &from, &to, anchor, str_c(quote));
	if (f.how == ANCHOR_UNSURE || f.how == ANCHOR_GONE)
		return f.how;
	EXPECT(str_starts(to.at[paragraphs_find(&to, f.anchor)].text, str_c(is)));
	return f.how;
}

static const char *edited(const char *what, const char *with) {
	Str before = str_c(plan_text);
	EXPECT(str_has(before, str_c(what)));
	return str_z(t_arena, str_replace(t_arena, before, str_c(what), str_c(with)));
}

TEST("anchors: typing errors, cases, numbers and rows of tables change a paragraph, and it remains the same one") {
	EQ_INT(follow_to(plan_text, plan_text, "Pečovatelská služba pomáhá", "", "Pečovatelská služba pomáhá"), ANCHOR_SAME);
	EQ_INT(follow_to(plan_text, edited("pomáhá lidem doma", "pomáhá lidem v domácnosti"), "Pečovatelská služba pomáhá", "", "Pečovatelská"), ANCHOR_CHANGED);
	EQ_INT(follow_to(plan_text, edited("večerní provoz do 22 hodin", "večerní provoz do 21 hodin"), "zavést", "", "zavést"), ANCHOR_CHANGED);
	EQ_INT(follow_to(plan_text, edited("| Semily | 9 | 40 |", "| Semily | 11 | 40 |\n| Turnov | 4 | 0 |"), "Kapacity", "", "Kapacity"), ANCHOR_CHANGED);
	EQ_INT(follow_to(plan_text, edited("registru poskytovatelů", "registru poskytovatelů služeb"), "Údaje", "", "Údaje"), ANCHOR_CHANGED);
	EQ_INT(follow_to(plan_text, edited("## Pečovatelská služba", "## Pečovatelská služba a osobní asistence"), "Pečovatelská služba", "", "Pečov"), ANCHOR_CHANGED);
}

TEST("anchors: of two like paragraphs the one that was deleted does not become the other") {
	EQ_INT(follow_to(plan_text, edited("V Tanvaldu chybí tři úvazky v přímé péči.\n\n", ""), "V Tanvaldu", "", ""), ANCHOR_GONE);
	EQ_INT(follow_to(plan_text, edited("V Tanvaldu chybí tři úvazky v přímé péči.\n\n", ""), "V Semilech", "", "V Semilech"), ANCHOR_SAME);
	EQ_INT(follow_to(plan_text, edited("V Tanvaldu chybí tři úvazky v přímé péči.", "Ve Frýdlantu chybí tři úvazky v přímé péči."), "V Tanvaldu", "", ""),
	       ANCHOR_UNSURE);
}

TEST("anchors: a moved paragraph is followed, a split one by what was quoted, else by its beginning, joined ones lead into one") {
	EQ_INT(follow_to(plan_text, "- zavést večerní provoz do 22 hodin\n\n## Pečovatelská služba\n\n- zvýšit počet úvazků v terénu\n", "zavést", "", "zavést"),
	       ANCHOR_MOVED);
	const char *split = edited("doma. Kraj chce", "doma.\n\nKraj chce");
	EQ_INT(follow_to(plan_text, split, "Pečovatelská služba pomáhá", "", "Pečovatelská služba pomáhá"), ANCHOR_CHANGED);
	EQ_INT(follow_to(plan_text, split, "Pečovatelská služba pomáhá", "aby byla dostupná i o víkendech", "Kraj chce"), ANCHOR_CHANGED);
	const char *joined = edited("péči.\n\nV Semilech", "péči. V Semilech");
	EQ_INT(follow_to(plan_text, joined, "V Semilech", "", "V Tanvaldu"), ANCHOR_CHANGED);
	EQ_INT(follow_to(plan_text, joined, "V Tanvaldu", "", "V Tanvaldu"), ANCHOR_CHANGED);
}

TEST("anchors: what was rewritten in its place is for a person, what was deleted is gone, what never was is for a person") {
	EQ_INT(follow_to(plan_text, edited("Ano.", "Ne."), "Ano.", "", ""), ANCHOR_UNSURE);
	EQ_INT(follow_to(plan_text, edited("- vzdělávat pracovníky v péči o lidi s demencí\n", ""), "vzdělávat", "", ""), ANCHOR_GONE);
	Paragraphs p = read_it(S("A"));
	paragraphs_keep_anchors(t_arena, NULL, &p);
	EQ_INT(paragraphs_follow(t_arena, &p, &p, S("zz99"), S("")).how, ANCHOR_UNSURE);
}

TEST("anchors: a joined paragraph answers for both, a deleted one's anchor is never given again") {
	Paragraphs one = read_it(S("První věta tohoto textu.\n\nDruhá věta tohoto plánu.\n\nTřetí odstavec o rozpočtu.")), two, three;
	paragraphs_keep_anchors(t_arena, NULL, &one);
	two = read_it(S("První věta tohoto textu. Druhá věta tohoto plánu.\n\n"));
	paragraphs_keep_anchors(t_arena, &one, &two);
	EQ_INT(two.len, 1);
	EQ_STR(two.at[0].anchor, one.at[0].anchor);
	EQ_STR(two.at[0].also, one.at[1].anchor);
	EQ_INT(two.taken.len, 1);
	three = read_it(S("První věta tohoto textu. Druhá věta tohoto plánu.\n\nTřetí odstavec o rozpočtu."));
	paragraphs_keep_anchors(t_arena, &two, &three);
	EXPECT(!str_eq(three.at[1].anchor, one.at[2].anchor));
	EQ_STR(three.at[0].also, one.at[1].anchor);
}

/* ---- differences ---- */

static Str shown(WordRuns r) {
	Str s = {0};
	for (size_t i = 0; i < r.len; i++)
		s = str_format(t_arena, "%.*s%s%.*s%s", STR_ARG(s), r.at[i].how == DIFF_ADDED ? "{+" : r.at[i].how == DIFF_REMOVED ? "{-" : "", STR_ARG(r.at[i].text),
		               r.at[i].how == DIFF_SAME ? "" : "}");
	return s;
}

TEST("difference: words that changed stand beside each other, blanks between two changes with them") {
	EQ_TEXT(shown(words_difference(t_arena, S("Kraj zajistí 12 lůžek."), S("Kraj zajistí 15 lůžek."))), "Kraj zajistí {-12}{+15} lůžek.");
	EQ_TEXT(shown(words_difference(t_arena, S("jeden starý text tu"), S("jeden nový obsah tu"))), "jeden {-starý text}{+nový obsah} tu");
	EQ_TEXT(shown(words_difference(t_arena, S("a"), S(""))), "{-a}");
	EQ_TEXT(shown(words_difference(t_arena, S("stejné"), S("stejné"))), "stejné");
}

TEST("difference: tables differ by cells; rows and columns that came or went are whole") {
	TableDiff d = table_difference(t_arena, S("| ORP | Úvazků |\n|---|---:|\n| Tanvald | 12 |\n| Semily | 9 |\n: 2025"),
	                               S("| ORP | Lůžek | Úvazků |\n|---|---|---:|\n| Semily | 3 | 10 |\n| Turnov | 4 | 5 |\n| Frýdlant | 1 | 1 |\n: 2026"));
	EQ_INT(d.columns, 3);
	EQ_TEXT(d.caption[0], "2025");
	EQ_TEXT(d.caption[1], "2026");
	EQ_INT(d.rows, 5);
	EQ_INT(d.at[1 * 3 + 0].how, DIFF_REMOVED);
	EQ_TEXT(d.at[1 * 3 + 0].before, "Tanvald");
	EQ_INT(d.at[2 * 3 + 0].how, DIFF_SAME);
	EQ_INT(d.at[2 * 3 + 1].how, DIFF_ADDED);
	EQ_INT(d.at[2 * 3 + 2].how, DIFF_CHANGED);
	EQ_TEXT(d.at[2 * 3 + 2].before, "9");
	EQ_TEXT(d.at[2 * 3 + 2].after, "10");
	EQ_INT(d.at[3 * 3 + 0].how, DIFF_ADDED);
}

TEST("difference: two versions tell what stayed, changed, moved, came and went, each where a reader looks for it") {
	Paragraphs x = read_it(S("# Plán\n\nPrvní odstavec o cílech kraje.\n\nDruhý o službách a obcích.\n\nTřetí o penězích v rozpočtu.\n\nKonec."));
	paragraphs_keep_anchors(t_arena, NULL, &x);
	Paragraphs y = read_it(S("# Plán\n\nTřetí o penězích v rozpočtu.\n\nPrvní odstavec o nových cílech kraje.\n\nZcela nová myšlenka.\n\nKonec."));
	paragraphs_keep_anchors(t_arena, &x, &y);
	ParagraphDiffs d = paragraphs_difference(t_arena, &x, &y);
	static const DiffHow expected[] = {DIFF_SAME, DIFF_REMOVED, DIFF_SAME, DIFF_CHANGED, DIFF_ADDED, DIFF_SAME};
	EQ_INT(d.len, LEN(expected));
	for (size_t i = 0; i < d.len; i++)
		EQ_INT(d.at[i].how, expected[i]);
	EQ_INT(d.count[DIFF_SAME], 3);
	EXPECT(d.at[3].is_moved && !d.at[2].is_moved);
	EQ_TEXT(d.at[1].before->text, "Druhý o službách a obcích.");
}

TEST("difference: a paragraph that only stands elsewhere is told as moved") {
	Paragraphs x = read_it(S("Jedna.\n\nDvě.\n\nTři.\n\nČtyři.")), y = read_it(S("Dvě.\n\nTři.\n\nČtyři.\n\nJedna."));
	ParagraphDiffs d = paragraphs_difference(t_arena, &x, &y);
	EQ_INT(d.count[DIFF_MOVED], 1);
	EQ_INT(d.at[3].how, DIFF_MOVED);
}
