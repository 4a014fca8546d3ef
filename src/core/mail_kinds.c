/* mail_kinds.c: the kinds of letters and topics of all modules, and the holes of their texts. */
#include "core/mail_inside.h"
#include "core/settings.h"

enum { MAX_KINDS = 256, MAX_TOPICS = 64 };
static const MailKind *kinds[MAX_KINDS];
static const Topic    *topics[MAX_TOPICS];
static size_t          kind_count, topic_count;
static MailPeople      people;
static Arena           kept;
static Str             origin;

static const char general_holes[] = "kraj odbor adresa";

const MailKind *mail_kind(size_t i) { return i < kind_count ? kinds[i] : NULL; }
const Topic    *mail_topic(size_t i) { return i < topic_count ? topics[i] : NULL; }

const MailKind *mail_kind_find(Str key) {
	for (size_t i = 0; i < kind_count; i++)
		if (str_eq(str_c(kinds[i]->key), key))
			return kinds[i];
	return NULL;
}

const Topic *mail_topic_find(Str key) {
	for (size_t i = 0; i < topic_count; i++)
		if (str_eq(str_c(topics[i]->key), key))
			return topics[i];
	return NULL;
}

/* ---- holes ---- */

static bool word_char(char ch) {
	return (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || ch == '_';
}

/* The next hole of a text from *pos on: its name; *from and *to are the places of its braces. Other braces are just text. */
static bool next_hole(Str text, size_t *pos, size_t *from, size_t *to, Str *name) {
	for (; *pos < text.len; (*pos)++) {
		if (text.ptr[*pos] != '{')
			continue;
		size_t end = *pos + 1;
		while (end < text.len && word_char(text.ptr[end]))
			end++;
		if (end == *pos + 1 || end == text.len || text.ptr[end] != '}')
			continue;
		*from = *pos;
		*to = end + 1;
		*name = str_of(text.ptr + *from + 1, end - *from - 1);
		*pos = *to;
		return true;
	}
	return false;
}

static bool has_word(const char *words, Str word) {
	Str rest = str_c(words);
	while (rest.len)
		if (str_eq(str_cut(&rest, ' '), word))
			return true;
	return false;
}

bool mail_holes_known(const MailKind *k, Str text, Str *unknown) {
	Str    name;
	size_t pos = 0, from, to;
	while (next_hole(text, &pos, &from, &to, &name))
		if (!has_word(k->holes, name) && !has_word(general_holes, name)) {
			*unknown = name;
			return false;
		}
	return true;
}

static bool value_of(Ctx *c, Str name, const MailHole *holes, size_t count, Str *ret) {
	for (size_t i = 0; i < count; i++)
		if (str_eq(str_c(holes[i].name), name)) {
			*ret = holes[i].value;
			return true;
		}
	if (!has_word(general_holes, name))
		return false;
	*ret = str_eq(name, S("adresa")) ? mail_origin() : setting_text(c, str_eq(name, S("kraj")) ? "region.name" : "region.department");
	return true;
}

bool mail_fill(Ctx *c, Str text, const MailHole *holes, size_t count, Str *ret, Str *missing) {
	CLEANUP(buf_free) Buf out = {0};
	Str    name, value;
	size_t pos = 0, from, to, done = 0;
	bool   fine = true;
	while (fine && next_hole(text, &pos, &from, &to, &name)) {
		buf_put(&out, text.ptr + done, from - done);
		fine = value_of(c, name, holes, count, &value);
		if (fine)
			buf_str(&out, value);
		else
			*missing = name;
		done = to;
	}
	buf_str(&out, str_from(text, done));
	*ret = buf_take(&out, c->arena);
	buf_free(&out);
	return fine;
}

/* ---- start ---- */

static bool kind_fine(Arena *a, const MailKind *k, Str *why) {
	Str unknown = {0};
	if (mail_kind_find(str_c(k->key)))
		*why = str_format(a, "Two kinds of letters are called %s.", k->key);
	else if (!k->title || !k->help || !k->holes || !k->subject || !k->body)
		*why = str_format(a, "The kind of letter %s is not complete.", k->key);
	else if (k->topic && !mail_topic_find(str_c(k->topic)))
		*why = str_format(a, "The kind of letter %s has an unknown topic, %s.", k->key, k->topic);
	else if (!mail_holes_known(k, str_c(k->subject), &unknown) || !mail_holes_known(k, str_c(k->body), &unknown))
		*why = str_format(a, "The text of the kind of letter %s has a hole that it does not name: {%.*s}.", k->key, STR_ARG(unknown));
	else
		return true;
	return false;
}

bool mail_setup(Arena *a, const MailKind *const *kind_lists, const size_t *kind_counts, const Topic *const *topic_lists,
                const size_t *topic_counts, size_t list_count, Str *why) {
	kind_count = topic_count = 0;
	for (size_t i = 0; i < list_count; i++)
		for (size_t k = 0; k < topic_counts[i]; k++) {
			const Topic *t = &topic_lists[i][k];
			if (mail_topic_find(str_c(t->key))) {
				*why = str_format(a, "Two topics are called %s.", t->key);
				return false;
			}
			CHECK(topic_count < MAX_TOPICS);
			topics[topic_count++] = t;
		}
	for (size_t i = 0; i < list_count; i++)
		for (size_t k = 0; k < kind_counts[i]; k++) {
			if (!kind_fine(a, &kind_lists[i][k], why))
				return false;
			CHECK(kind_count < MAX_KINDS);
			kinds[kind_count++] = &kind_lists[i][k];
		}
	return true;
}

void mail_set_origin(Str s) {
	if (!str_eq(s, origin))
		origin = str_dup(&kept, s);
}

Str mail_origin(void) {
	return origin;
}

void mail_set_people(const MailPeople *p) {
	people = *p;
}

Err mail_account_address(Ctx *c, Id account, Str *address, Str *name) {
	*address = *name = (Str){0};
	return people.address ? people.address(c, account, address, name) : OK;
}

Err mail_holders(Ctx *c, Str role, ScopeKind scope, Id ref, Ids *ret) {
	*ret = (Ids){0};
	return people.holders ? people.holders(c, role, scope, ref, ret) : OK;
}
