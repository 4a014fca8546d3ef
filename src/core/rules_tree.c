/* rules_tree.c: the tree of a computation as JSON and back, and walking through it. */
#include "base/json.h"
#include "core/rules_inside.h"

#define NODES_MAX (2 * RULE_STEPS_MAX)
#define DEPTH_MAX 5000                                     /* more than any set that is read can make */

static const char *const kind_names[] = {"literal", "cell", "parameter", "row", "operation", "call", "rule", "list"};
static const char *const state_names[] = {"blank", "known", "not_applicable", "failed"};

RuleTree rule_tree(const RuleRun *run, const RuleNode *root) {
	return (RuleTree){.set = run->set->code, .digest = run->set->digest, .day = run->day, .root = (RuleNode *)root, .nodes = root->id};
}

/* ---- writing ---- */

typedef struct Writer {
	JsonWriter w;
	Arena      scratch;
	u32       *number;                                    /* by id: 0 = not written yet */
	u32        last;
} Writer;

static void member(Writer *s, const char *key, Str value) {
	if (!str_empty(value))
		jw_member(&s->w, key, value);
}

static Str value_text(Arena *a, RuleValue v, char iso[DATE_ISO_LEN]) {
	if (v.state == RULE_FAILED || v.type == RULE_TEXT)
		return v.text;
	if (v.state != RULE_KNOWN)
		return (Str){0};
	if (v.type == RULE_DATE)
		return date_iso(v.date, iso);
	if (v.type == RULE_YES_NO)
		return v.yes ? S("ano") : S("ne");
	return rule_type_is_number(v.type) ? exact_plain(a, v.number) : (Str){0};
}

static void write_node(Writer *s, const RuleNode *n) {
	char iso[DATE_ISO_LEN];
	if (s->number[n->id])
		return;
	for (size_t i = 0; i < n->count; i++)
		write_node(s, n->children[i]);
	s->number[n->id] = ++s->last;
	jw_object(&s->w);
	jw_member(&s->w, "kind", str_c(kind_names[n->kind]));
	jw_member(&s->w, "text", n->text);
	member(s, "op", n->op);
	member(s, "name", n->name);
	member(s, "title", n->title);
	jw_member(&s->w, "type", rule_type_name(n->value.type));
	jw_member(&s->w, "state", str_c(state_names[n->value.state]));
	member(s, "value", value_text(&s->scratch, n->value, iso));
	if (n->value.fault)
		jw_member_int(&s->w, "fault", n->value.fault);
	member(s, "source", n->source);
	member(s, "link", n->link);
	member(s, "legal", n->legal);
	if (n->count) {
		jw_key(&s->w, "of");
		jw_array(&s->w);
		for (size_t i = 0; i < n->count; i++)
			jw_int(&s->w, s->number[n->children[i]->id]);
		jw_array_end(&s->w);
	}
	jw_object_end(&s->w);
}

static void free_scratch(Writer *s) {
	arena_free(&s->scratch);
}

void rule_tree_write(Buf *b, const RuleTree *t) {
	char iso[DATE_ISO_LEN];
	CLEANUP(free_scratch) Writer s = {.w = {.out = b}};
	s.number = NEW_ARRAY(&s.scratch, u32, t->root->id + 1);
	jw_object(&s.w);
	jw_member(&s.w, "set", t->set);
	jw_member(&s.w, "digest", t->digest);
	jw_member(&s.w, "day", date_iso(t->day, iso));
	jw_key(&s.w, "nodes");
	jw_array(&s.w);
	write_node(&s, t->root);
	jw_array_end(&s.w);
	jw_object_end(&s.w);
}

/* ---- reading ---- */

typedef struct Reader {
	Arena      *a;
	JsonReader *json;
	RuleNode  **nodes;
	size_t      len, cap;
	u16        *depth;                                    /* by number */
	size_t      depth_cap;
} Reader;

static bool read_text(Reader *s, Str *ret) {
	if (json_next(s->json) != JSON_STRING)
		return false;
	*ret = str_dup(s->a, json_text(s->json));
	return true;
}

static bool read_choice(Reader *s, const char *const *names, size_t count, int *ret) {
	Str text;
	if (!read_text(s, &text))
		return false;
	for (size_t i = 0; i < count; i++)
		if (str_eq(text, str_c(names[i]))) {
			*ret = (int)i;
			return true;
		}
	return false;
}

static bool read_children(Reader *s, RuleNode *n, u16 *depth) {
	size_t cap = 0;
	i64 number;
	if (json_next(s->json) != JSON_ARRAY)
		return false;
	for (JsonEvent e; (e = json_next(s->json)) != JSON_ARRAY_END;) {
		if (e != JSON_NUMBER || !json_int(s->json, &number) || number < 1 || number > (i64)s->len || n->count == NODES_MAX)
			return false;
		*ARENA_PUSH(s->a, n->children, n->count, cap) = s->nodes[number - 1];
		if (s->depth[number - 1] >= *depth)
			*depth = (u16)(s->depth[number - 1] + 1);
	}
	return *depth < DEPTH_MAX;
}

static bool read_type(Reader *s, RuleType *ret) {
	Str name;
	*ret = RULE_ANY;
	return read_text(s, &name) && (str_eq(name, rule_type_name(RULE_ANY)) || rule_type_read(s->a, name, ret));
}

static bool finish_value(Reader *s, RuleNode *n, Str value) {
	RuleValue *v = &n->value;
	v->text = value;
	if (v->state != RULE_KNOWN)
		return v->state == RULE_FAILED ? !str_empty(value) : str_empty(value);
	if (v->type == RULE_DATE)
		return date_read_iso(value, &v->date);
	if (v->type == RULE_YES_NO) {
		v->yes = str_eq(value, S("ano"));
		return v->yes || str_eq(value, S("ne"));
	}
	if (rule_type_is_number(v->type) && n->kind != RULE_NODE_LIST)
		return exact_read_plain(s->a, value, &v->number);
	return v->type == RULE_TEXT || n->kind == RULE_NODE_LIST;
}

static bool read_node(Reader *s) {
	RuleNode *n = NEW_ZERO(s->a, RuleNode);
	Str value = {0};
	u16 depth = 1;
	int choice = 0;
	i64 fault = 0;
	for (JsonEvent e; (e = json_next(s->json)) != JSON_OBJECT_END;) {
		if (e != JSON_KEY)
			return false;
		Str key = json_text(s->json);
		bool fine = true;
		if (str_eq(key, S("kind"))) {
			fine = read_choice(s, kind_names, LEN(kind_names), &choice);
			n->kind = (RuleNodeKind)choice;
		} else if (str_eq(key, S("state"))) {
			fine = read_choice(s, state_names, LEN(state_names), &choice);
			n->value.state = (RuleState)choice;
		} else if (str_eq(key, S("type"))) {
			fine = read_type(s, &n->value.type);
		} else if (str_eq(key, S("of"))) {
			fine = n->count == 0 && read_children(s, n, &depth);
		} else if (str_eq(key, S("fault"))) {
			fine = json_next(s->json) == JSON_NUMBER && json_int(s->json, &fault) && fault > 0 && fault < RULE_FAULT_COUNT;
		} else {
			Str *to = str_eq(key, S("text")) ? &n->text : str_eq(key, S("op")) ? &n->op : str_eq(key, S("name")) ? &n->name : str_eq(key, S("title")) ? &n->title :
				str_eq(key, S("value")) ? &value : str_eq(key, S("source")) ? &n->source : str_eq(key, S("link")) ? &n->link : str_eq(key, S("legal")) ? &n->legal : NULL;
			fine = to && read_text(s, to);
		}
		if (!fine)
			return false;
	}
	if (!finish_value(s, n, value))
		return false;
	n->value.fault = (int)fault;
	*ARENA_PUSH(s->a, s->nodes, s->len, s->cap) = n;
	n->id = (u32)s->len;
	size_t known = s->len - 1;
	*ARENA_PUSH(s->a, s->depth, known, s->depth_cap) = depth;
	return true;
}

static bool read_nodes(Reader *s) {
	if (json_next(s->json) != JSON_ARRAY)
		return false;
	for (JsonEvent e; (e = json_next(s->json)) != JSON_ARRAY_END;)
		if (e != JSON_OBJECT || s->len == NODES_MAX || !read_node(s))
			return false;
	return s->len > 0;
}

static bool read_tree(Reader *s, RuleTree *t) {
	if (json_next(s->json) != JSON_OBJECT)
		return false;
	for (JsonEvent e; (e = json_next(s->json)) != JSON_OBJECT_END;) {
		Str day;
		if (e != JSON_KEY)
			return false;
		Str key = json_text(s->json);
		bool fine = str_eq(key, S("set")) ? read_text(s, &t->set) : str_eq(key, S("digest")) ? read_text(s, &t->digest) :
			str_eq(key, S("day")) ? read_text(s, &day) && (str_empty(day) || date_read_iso(day, &t->day)) :
			str_eq(key, S("nodes")) && s->len == 0 && read_nodes(s);
		if (!fine)
			return false;
	}
	return s->len > 0 && json_next(s->json) == JSON_END;
}

bool rule_tree_read(Arena *a, Str json, RuleTree *ret, Str *why) {
	Reader s = {.a = a, .json = json_open_str(a, json)};
	*ret = (RuleTree){0};
	if (!read_tree(&s, ret)) {
		*why = S("Uložený výpočet je poškozený a nejde zobrazit. Nechte ho spočítat znovu.");
		return false;
	}
	ret->root = s.nodes[s.len - 1];
	ret->nodes = s.len;
	return true;
}

/* ---- walking ---- */

typedef struct Walk {
	void (*each)(void *arg, const RuleNode *n, int depth, bool again);
	void  *arg;
	u8    *seen;
} Walk;

static void walk(const Walk *w, const RuleNode *n, int depth) {
	bool again = w->seen[n->id] && n->count > 0;          /* a leaf may be said twice */
	w->seen[n->id] = 1;
	w->each(w->arg, n, depth, again);
	for (size_t i = 0; i < n->count && !again; i++)
		walk(w, n->children[i], depth + 1);
}

void rule_tree_walk(const RuleNode *root, void (*each)(void *arg, const RuleNode *n, int depth, bool again), void *arg) {
	CLEANUP(arena_free) Arena scratch = {0};
	Walk w = {.each = each, .arg = arg, .seen = NEW_ARRAY(&scratch, u8, root->id + 1)};
	walk(&w, root, 0);
}
