/* Anchors that stay with their paragraphs, and following them into another version. */
#include "base/hash.h"
#include "domain/library/text_inside.h"

/* ---- giving anchors ---- */

/* Letters and digits that cannot be taken for each other. */
static const char letters[] = "abcdefghkmnpqrstuvwxyz", digits[] = "23456789";

static Str shaped(Arena *a, u64 n) {
	char *to = arena_alloc(a, 4);
	for (int i = 0; i < 4; i += 2) {
		to[i] = letters[n % (sizeof letters - 1)];
		n /= sizeof letters - 1;
		to[i + 1] = digits[n % (sizeof digits - 1)];
		n /= sizeof digits - 1;
	}
	return str_of(to, 4);
}

/* A set of anchors by hashing. */
typedef struct Set {
	Str   *at;
	size_t room;
} Set;

static Str *set_place(Set *s, Str anchor) {
	size_t i = (size_t)(str_hash(anchor) % s->room);
	while (s->at[i].len && !str_eq(s->at[i], anchor))
		i = (i + 1) % s->room;
	return &s->at[i];
}

static bool set_add(Set *s, Str anchor) {
	Str *place = set_place(s, anchor);
	if (place->len || !anchor.len)
		return false;
	*place = anchor;
	return true;
}

static void set_add_all(Set *s, Str anchors) {
	while (anchors.len)
		set_add(s, str_cut(&anchors, ' '));
}

static Set set_of(Arena *a, const Paragraphs *before, const Paragraphs *now) {
	size_t most = now->taken.len + 2 * now->len + 16;
	for (size_t i = 0; i < now->len; i++)
		most += now->at[i].also.len / 2;
	if (before)
		most += before->taken.len + before->len;
	for (size_t i = 0; before && i < before->len; i++)
		most += before->at[i].also.len / 2;
	return (Set){NEW_ARRAY(a, Str, most * 2), most * 2};
}

static void add_also(Arena *a, Paragraph *p, Str anchors) {
	while (anchors.len) {
		Str one = str_cut(&anchors, ' ');
		if (!one.len || str_eq(one, p->anchor) || str_has(str_format(a, " %.*s ", STR_ARG(p->also)), str_format(a, " %.*s ", STR_ARG(one))))
			continue;
		p->also = p->also.len ? str_format(a, "%.*s %.*s", STR_ARG(p->also), STR_ARG(one)) : one;
	}
}

static void give_new(Arena *a, Set *used, Paragraph *p) {
	u64 seed = str_hash(p->source);
	do
		p->anchor = shaped(a, seed = seed * 6364136223846793005u + 1442695040888963407u);
	while (!set_add(used, p->anchor));
}

static void keep(Arena *a, const Paragraphs *before, Paragraphs *now, Set *used) {
	Matches m = paragraphs_match(a, before, now, true);
	Set here = set_of(a, before, now);       /* anchors of `now` */
	for (size_t j = 0; j < now->len; j++) {
		set_add(&here, now->at[j].anchor);
		set_add_all(&here, now->at[j].also);
	}
	for (size_t j = 0; j < now->len; j++) {
		const Paragraph *was = m.back[j] >= 0 ? &before->at[m.back[j]] : NULL;
		if (!was || now->at[j].anchor.len || !set_add(&here, was->anchor))
			continue;
		now->at[j].anchor = was->anchor;
		for (Str rest = was->also, one; rest.len;)
			if (set_add(&here, one = str_cut(&rest, ' ')))
				add_also(a, &now->at[j], one);
	}
	for (size_t i = 0; i < before->len; i++)
		if (m.from[i].how == MATCH_INTO && now->at[m.from[i].to].anchor.len && set_add(&here, before->at[i].anchor)) {
			add_also(a, &now->at[m.from[i].to], before->at[i].anchor);
			add_also(a, &now->at[m.from[i].to], before->at[i].also);
		}
	for (size_t i = 0; i < before->len; i++) {
		set_add(used, before->at[i].anchor);
		set_add_all(used, before->at[i].also);
	}
}

void paragraphs_keep_anchors(Arena *a, const Paragraphs *before, Paragraphs *now) {
	Set used = set_of(a, before, now);
	for (size_t i = 0; before && i < before->taken.len; i++)
		if (set_add(&used, before->taken.at[i]))
			strs_add(a, &now->taken, before->taken.at[i]);
	if (before)
		keep(a, before, now, &used);
	for (size_t i = 0; i < now->taken.len; i++)
		set_add(&used, now->taken.at[i]);
	for (size_t j = 0; j < now->len; j++) {
		set_add(&used, now->at[j].anchor);
		set_add_all(&used, now->at[j].also);
	}
	/* those that were left behind are never given again */
	for (size_t i = 0; before && i < before->len; i++)
		if (before->at[i].anchor.len && paragraphs_find(now, before->at[i].anchor) < 0)
			strs_add(a, &now->taken, before->at[i].anchor);
	for (size_t j = 0; j < now->len; j++)
		if (!now->at[j].anchor.len)
			give_new(a, &used, &now->at[j]);
}

/* ---- following ---- */

struct Following {
	Arena            *a;
	const Paragraphs *from, *to;
	Matches           m;
	Words            *from_words, *to_words;
};

Following *following_start(Arena *a, const Paragraphs *from, const Paragraphs *to) {
	Following *f = NEW(a, Following, .a = a, .from = from, .to = to, .m = paragraphs_match(a, from, to, false));
	f->from_words = NEW_ARRAY(a, Words, from->len + 1);
	f->to_words = NEW_ARRAY(a, Words, to->len + 1);
	for (size_t i = 0; i < from->len; i++)
		f->from_words[i] = words_of(a, from->at[i].text);
	for (size_t j = 0; j < to->len; j++)
		f->to_words[j] = words_of(a, to->at[j].text);
	return f;
}

static AnchorFollowed answer(const Following *f, i64 j, AnchorHow how) {
	return (AnchorFollowed){j >= 0 ? f->to->at[j].anchor : (Str){0}, how};
}

/* What becomes of the paragraph as a whole; *at is its place in `to`. */
static AnchorFollowed follow_whole(const Following *f, size_t i, i64 *at) {
	const Match *m = &f->m.from[i];
	i64 kept = paragraphs_find(f->to, f->from->at[i].anchor);
	*at = m->to;
	switch (m->how) {
	case MATCH_SAME:
	case MATCH_CHANGED:
	case MATCH_INTO:
		if (kept >= 0 && kept != m->to)          /* the anchor stayed with another one: somebody has decided otherwise */
			return answer(f, *at = kept, ANCHOR_UNSURE);
		return answer(f, m->to, m->how != MATCH_SAME ? ANCHOR_CHANGED : m->moved ? ANCHOR_MOVED : ANCHOR_SAME);
	case MATCH_NONE:
		if (kept < 0)
			return answer(f, -1, ANCHOR_GONE);
		return answer(f, *at = kept, ANCHOR_UNSURE);
	case MATCH_LIKELY:
	case MATCH_UNSURE:
		break;
	}
	*at = kept >= 0 ? kept : m->to;
	return answer(f, *at, ANCHOR_UNSURE);
}

/* The only paragraph that has these words now and had not before: -1 none, -2 more of them. */
static i64 find_words(const Following *f, Words q) {
	i64 found = -1;
	for (size_t j = 0; j < f->to->len; j++) {
		i64 was = f->m.back[j];
		if (!words_inside(q, f->to_words[j]))
			continue;
		if (was >= 0 && words_inside(q, f->from_words[was]) && f->m.from[was].how != MATCH_LIKELY)
			continue;
		if (found >= 0)
			return -2;
		found = (i64)j;
	}
	return found;
}

/* The same words stood in more places: which of them is meant is known only by the paragraph. */
static bool is_elsewhere(const Following *f, Words q, i64 not_this) {
	for (size_t i = 0; i < f->from->len; i++)
		if ((i64)i != not_this && words_inside(q, f->from_words[i]))
			return true;
	return false;
}

static size_t share(const Following *f, Words q, Words in) {
	CLEANUP(arena_free) Arena scratch = {.on_full = f->a->on_full};
	return q.len ? common_subsequence(&scratch, q.at, q.len, in.at, in.len, 1000 * 1000).len * 100 / q.len : 0;
}

/* Words of the quote went elsewhere, edited. */
static bool has_likely_home(const Following *f, Words q, i64 not_this) {
	for (size_t j = 0; j < f->to->len; j++) {
		i64 was = f->m.back[j];
		if ((i64)j == not_this || (was >= 0 && f->m.from[was].how == MATCH_SAME))
			continue;
		if (share(f, q, f->to_words[j]) >= 60 && (was < 0 || share(f, q, f->from_words[was]) < 60))
			return true;
	}
	return false;
}

AnchorFollowed following_find(Following *f, Str anchor, Str quote) {
	i64 i = paragraphs_find(f->from, anchor), at;
	if (i < 0)
		return answer(f, -1, ANCHOR_UNSURE);
	AnchorFollowed whole = follow_whole(f, (size_t)i, &at);
	Words q = words_of(f->a, quote);
	if (!q.len || whole.how == ANCHOR_SAME || whole.how == ANCHOR_MOVED || !words_inside(q, f->from_words[i]))
		return whole;
	bool certain = whole.how == ANCHOR_CHANGED;
	if (certain && words_inside(q, f->to_words[at]))
		return whole;
	i64 home = q.len >= 4 && !is_elsewhere(f, q, i) ? find_words(f, q) : -1;
	if (home >= 0)
		return answer(f, home, ANCHOR_CHANGED);
	if (home == -2)
		return answer(f, at, ANCHOR_UNSURE);
	if (!certain)
		return whole;
	if (share(f, q, f->to_words[at]) < 50 && has_likely_home(f, q, at))
		return answer(f, at, ANCHOR_UNSURE);
	return whole;
}

AnchorFollowed paragraphs_follow(Arena *a, const Paragraphs *from, const Paragraphs *to, Str anchor, Str quote) {
	return following_find(following_start(a, from, to), anchor, quote);
}
