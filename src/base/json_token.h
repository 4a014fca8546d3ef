/* json_token.h: the reader of JSON inside: its window of bytes and the tokens in it. Only json.c and json_token.c need it. */
#pragma once
#include "base/json.h"
#include "base/json_keys.h"

enum { JSON_DEPTH = 32 };

typedef enum JsonState {
	AT_START,                                /* before the one value of the document */
	AT_OPEN,                                 /* just after { or [ */
	AT_KEY,                                  /* after a key: the colon and a value come */
	AT_VALUE,                                /* after a value: a comma or an end comes */
	AT_END, AT_ERROR,
} JsonState;

typedef struct JsonLevel {
	char   end;                              /* } or ] */
	u32    keys;
	size_t known;                            /* keys of outer objects */
} JsonLevel;

struct JsonReader {
	Arena     *arena;
	JsonSource source;
	void      *source_arg;
	const char *at;                          /* the window: bytes [0, end) are there, pos is the next one */
	char      *own;                          /* the same when it is ours; NULL for a text that is whole */
	size_t     size, pos, end, keep;         /* what lies from keep on survives a refill */
	u64        before, line;                 /* bytes before the window; lines before pos + 1 */
	bool       is_last;                      /* the source has no more */
	JsonState  state;
	int        depth;
	JsonLevel  levels[JSON_DEPTH + 1];
	JsonKeys   keys;
	size_t     max_token;
	Str        text, why;
	char      *plain;                        /* the last text without its escapes */
	size_t     plain_size;
};

/* False; the first reason stays. */
bool json_fail(JsonReader *r, const char *sentence);
/* More bytes behind the window, when pos is at its end. False at the end of the source and after an error. */
bool json_refill(JsonReader *r);

/* The next byte without taking it, -1 at the end. */
static inline int json_peek(JsonReader *r) {
	return r->pos < r->end || json_refill(r) ? (u8)r->at[r->pos] : -1;
}

/* The next byte that is not white space. */
static inline int json_peek_visible(JsonReader *r) {
	for (;;) {
		for (; r->pos < r->end; r->pos++) {
			u8 c = (u8)r->at[r->pos];
			if (c > ' ')
				return c;
			if (c == '\n')
				r->line++;
			else if (c != ' ' && c != '\t' && c != '\r')
				return c;
		}
		r->keep = r->pos;
		if (!json_refill(r))
			return -1;
	}
}

/* A string whose quote is next: its text, without escapes when `keep`. */
bool json_read_string(JsonReader *r, bool keep, Str *ret);
/* A number whose first character is next, as it is written. */
bool json_read_number(JsonReader *r, Str *ret);
bool json_read_word(JsonReader *r, const char *word);
