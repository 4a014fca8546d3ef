#include "base/json_token.h"

enum { WINDOW = 64 * 1024, MAX_TOKEN = 1024 * 1024 };

static JsonReader *open_reader(Arena *a) {
	JsonReader *r = NEW(a, JsonReader, .arena = a, .line = 1, .max_token = MAX_TOKEN);
	json_keys_start(&r->keys, a);
	return r;
}

JsonReader *json_open(Arena *a, JsonSource source, void *arg) {
	JsonReader *r = open_reader(a);
	r->source = source;
	r->source_arg = arg;
	r->size = WINDOW;
	r->at = r->own = arena_alloc(a, r->size);
	return r;
}

JsonReader *json_open_str(Arena *a, Str text) {
	JsonReader *r = open_reader(a);
	r->at = text.ptr;
	r->end = text.len;
	r->is_last = true;
	return r;
}

void json_set_max_token(JsonReader *r, size_t bytes) {
	r->max_token = bytes;
}

/* ---- events ---- */

static JsonEvent open_level(JsonReader *r, char end) {
	if (r->depth == JSON_DEPTH)
		return json_fail(r, "objekty a pole jsou do sebe vnořeny víc než 32krát."), JSON_ERROR;
	r->pos++;
	r->levels[++r->depth] = (JsonLevel){.end = end, .known = r->keys.len};
	r->state = AT_OPEN;
	return end == '}' ? JSON_OBJECT : JSON_ARRAY;
}

static JsonEvent close_level(JsonReader *r) {
	r->pos++;
	char end = r->levels[r->depth].end;
	json_keys_drop(&r->keys, r->levels[r->depth].known);
	r->depth--;
	r->state = AT_VALUE;
	return end == '}' ? JSON_OBJECT_END : JSON_ARRAY_END;
}

static JsonEvent read_value(JsonReader *r, int c, bool keep) {
	JsonEvent event;
	bool ok;
	switch (c) {
	case '{': return open_level(r, '}');
	case '[': return open_level(r, ']');
	case '"': event = JSON_STRING, ok = json_read_string(r, keep, &r->text); break;
	case 't': event = JSON_TRUE, ok = json_read_word(r, "true"); break;
	case 'f': event = JSON_FALSE, ok = json_read_word(r, "false"); break;
	case 'n': event = JSON_NULL, ok = json_read_word(r, "null"); break;
	case '-': case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7': case '8': case '9':
		event = JSON_NUMBER, ok = json_read_number(r, &r->text);
		break;
	default:
		return json_fail(r, "tady má stát hodnota: text v uvozovkách, číslo, objekt, pole, true, false nebo null."), JSON_ERROR;
	}
	if (!ok)
		return JSON_ERROR;
	r->state = AT_VALUE;
	return event;
}

static JsonEvent read_key(JsonReader *r, int c) {
	JsonLevel *level = &r->levels[r->depth];
	Str key;
	if (c != '"')
		return json_fail(r, "tady má stát název vlastnosti v uvozovkách."), JSON_ERROR;
	if (!json_read_string(r, true, &key))
		return JSON_ERROR;
	if (++level->keys > JSON_KEYS_OBJECT)
		return json_fail(r, "objekt má víc než 4 096 vlastností."), JSON_ERROR;
	switch (json_keys_add(&r->keys, key, r->depth)) {
	case KEY_DOUBLE: return json_fail(r, "objekt má dvě vlastnosti téhož názvu. Jednu z nich odstraňte."), JSON_ERROR;
	case KEY_TOO_MANY: return json_fail(r, "názvy vlastností jsou dohromady příliš dlouhé."), JSON_ERROR;
	case KEY_NEW: break;
	}
	r->text = key;
	r->state = AT_KEY;
	return JSON_KEY;
}

static JsonEvent next_item(JsonReader *r, int c, bool keep) {
	return r->levels[r->depth].end == '}' ? read_key(r, c) : read_value(r, c, keep);
}

static JsonEvent after_value(JsonReader *r, int c, bool keep) {
	if (r->depth == 0) {
		if (c >= 0)
			return json_fail(r, "za koncem dokumentu ještě něco stojí. Odstraňte to."), JSON_ERROR;
		r->state = AT_END;
		return JSON_END;
	}
	if (c == r->levels[r->depth].end)
		return close_level(r);
	if (c == ',') {
		r->pos++;
		return next_item(r, json_peek_visible(r), keep);
	}
	if (c < 0)
		return json_fail(r, "soubor končí dřív, než má. Nahrajte ho celý."), JSON_ERROR;
	return json_fail(r, r->levels[r->depth].end == '}' ? "chybí čárka, nebo konec objektu }." : "chybí čárka, nebo konec pole ]."), JSON_ERROR;
}

static JsonEvent step(JsonReader *r, bool keep) {
	if (r->state == AT_START && json_peek(r) == 0xEF && json_read_word(r, "\xEF\xBB\xBF"))   /* the mark that Windows puts in front */
		r->keep = r->pos;
	int c = r->state == AT_ERROR ? -1 : json_peek_visible(r);
	switch (r->state) {
	case AT_ERROR: return JSON_ERROR;
	case AT_END: return JSON_END;
	case AT_START: return read_value(r, c, keep);
	case AT_OPEN: return c == r->levels[r->depth].end ? close_level(r) : next_item(r, c, keep);
	case AT_VALUE: return after_value(r, c, keep);
	case AT_KEY: break;
	}
	if (c != ':')
		return json_fail(r, "za názvem vlastnosti chybí dvojtečka."), JSON_ERROR;
	r->pos++;
	return read_value(r, json_peek_visible(r), keep);
}

JsonEvent json_next(JsonReader *r) {
	r->text = (Str){0};
	return step(r, true);
}

bool json_skip(JsonReader *r) {
	int depth = r->depth;
	r->text = (Str){0};
	if (r->state == AT_ERROR || r->state == AT_END)
		return false;
	bool in_array = depth > 0 && r->levels[depth].end == ']';
	CHECK(in_array || r->state == AT_KEY || r->state == AT_START);
	if (in_array && json_peek_visible(r) == ']')
		return false;
	do
		if (step(r, false) == JSON_ERROR)
			return false;
	while (r->depth > depth);
	r->text = (Str){0};
	return true;
}

Str json_text(const JsonReader *r) {
	return r->text;
}

bool json_int(const JsonReader *r, i64 *ret) {
	i64 n;
	if (!str_to_int(r->text, &n) || n == BLANK)
		return false;
	*ret = n;
	return true;
}

int json_depth(const JsonReader *r) {
	return r->depth;
}

Str json_why(const JsonReader *r) {
	return r->why;
}

u64 json_offset(const JsonReader *r) {
	return r->before + r->pos;
}

u64 json_line(const JsonReader *r) {
	return r->line;
}
