#include "http/body.h"

#include "http/decode.h"

enum {
	LIMIT = 64 * 1024,
	FIELDS = 1000,
	IN_MEMORY = 4 * 1024 * 1024,             /* what is not multipart is held whole, so it stays far below the arena's limit */
};

static Err fail(Body *b, Err e, const char *why) {
	b->why = why;
	return e;
}

static Err too_large(Body *b) {
	return fail(b, ERR_TOO_LARGE, "Odesílaná data jsou větší, než zde lze přijmout. Zmenšete je nebo je rozdělte.");
}

/* "text/plain; charset=utf-8" is a text/plain */
static bool is_type(Str content_type, Str type) {
	return http_same(str_trim(str_cut(&content_type, ';')), type);
}

Err body_start(Body *b, Arena *a, const Verdict *v, const HttpPlan *plan, Str content_type, Str folder) {
	*b = (Body){
		.arena = a,
		.limit = plan->body_limit ? plan->body_limit : LIMIT,
		.field_limit = plan->field_limit ? plan->field_limit : FIELDS,
	};
	if (is_type(content_type, S("multipart/form-data"))) {
		b->kind = BODY_PARTS;
		b->parts = (Multipart){.arena = a, .folder = folder, .limit = b->field_limit, .files = plan->uploads};
		if (!multipart_start(&b->parts, content_type))
			return fail(b, ERR_MALFORMED, "Odeslaný formulář je poškozený. Odešlete jej prosím znovu.");
	} else {
		b->kind = is_type(content_type, S("application/x-www-form-urlencoded")) ? BODY_FORM : BODY_BYTES;
		if (b->limit > IN_MEMORY)
			b->limit = IN_MEMORY;
	}
	return v->length > b->limit ? too_large(b) : OK;
}

Err body_add(Body *b, Str bytes) {
	if (bytes.len > b->limit - b->got)
		return too_large(b);
	if (b->kind == BODY_PARTS) {
		b->got += bytes.len;
		Err e = multipart_add(&b->parts, bytes);
		return e == OK ? OK : fail(b, e, b->parts.why);
	}
	if (b->got + bytes.len > b->cap) {
		size_t cap = b->cap ? b->cap : 4096;
		while (cap < b->got + bytes.len)
			cap = size_mul(cap, 2);
		char *bigger = arena_alloc(b->arena, cap);
		if (b->got)
			memcpy(bigger, b->at, b->got);
		b->at = bigger;
		b->cap = cap;
	}
	if (bytes.len)
		memcpy(b->at + b->got, bytes.ptr, bytes.len);
	b->got += bytes.len;
	return OK;
}

Err body_end(Body *b, HttpRequest *r) {
	Str whole = str_of(b->at, b->got);
	switch (b->kind) {
	case BODY_PARTS: {
		Err e = multipart_end(&b->parts);
		if (e != OK)
			return fail(b, e, b->parts.why);
		r->form = b->parts.fields;
		r->uploads = b->parts.uploads;
		return OK;
	}
	case BODY_FORM: {
		const char *why;
		return http_read_query(b->arena, whole, b->field_limit, &r->form, &why) ? OK : fail(b, ERR_MALFORMED, why);
	}
	default:
		r->body = whole;
		return OK;
	}
}
