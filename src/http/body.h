/* body.h: the body of a POST, taken in pieces and turned into form fields, uploads or plain bytes. */
#pragma once
#include "http/guard.h"
#include "http/multipart.h"

typedef struct Body {
	Arena      *arena;
	enum { BODY_BYTES, BODY_FORM, BODY_PARTS } kind;
	u64         limit, got;
	size_t      field_limit;
	char       *at;                          /* of bytes and forms */
	size_t      cap;
	Multipart   parts;
	const char *why;                         /* a Czech sentence, after an error */
} Body;

/* What is to come: ERR_TOO_LARGE when it says so itself, ERR_MALFORMED for a multipart type without a boundary. */
MUST_USE Err body_start(Body *b, Arena *a, const Verdict *v, const HttpPlan *plan, Str content_type, Str folder);
MUST_USE Err body_add(Body *b, Str bytes);
/* Fills r->form, r->uploads or r->body. */
MUST_USE Err body_end(Body *b, HttpRequest *r);
