/* parts.h: what the three steps of the compiler share: tokens (lex.c), HTML states (markup.c), C (compile.c). */
#pragma once
#include "base/buf.h"

/* Where the sentence about the first mistake goes. */
typedef struct Mistake {
	Arena *arena;
	Str    file;
	Str    text;
} Mistake;

/* Notes "file:line: …" and says false, so that a caller can return it. */
bool mistake(Mistake *m, int line, const char *format, ...) PRINTF_LIKE(3, 4);

/* ---- lex.c ---- */

typedef enum TokenKind { TOKEN_TEXT, TOKEN_HOLE, TOKEN_JSON, TOKEN_DIRECTIVE } TokenKind;

typedef struct Token {
	TokenKind kind;
	int       line;
	Str       word;                          /* of a directive: "if" */
	Str       text;                          /* literal text, or the C in the braces, trimmed and on one line */
} Token;

typedef struct Tokens {
	Token *at;
	size_t len, cap;
} Tokens;

MUST_USE bool template_lex(Mistake *m, Str source, Tokens *ret);
/* The C identifier that `s` begins with; may be empty. */
Str  c_name(Str s);
/* How many times `c` stands in the C text `s` outside of brackets and quotes. */
int  c_count(Str s, char c);
bool is_blank(char c);
bool is_letter(char c);
bool is_digit(char c);

/* ---- markup.c ---- */

typedef enum Place {
	IN_TEXT, IN_RCDATA, IN_JSON, IN_SCRIPT, IN_STYLE, IN_COMMENT, IN_DECLARATION,
	TAG_START, TAG_NAME,
	TAG_GAP,                                 /* a blank, / or > must follow */
	TAG_BLANK,                               /* an attribute may begin */
	ATTR_NAME, ATTR_AFTER, VALUE_START, VALUE_PLAIN, VALUE_QUOTED,
} Place;

/* What an HTML parser would know at one point of the page. */
typedef struct Markup {
	Place place;
	char  quote;
	bool  closing;                           /* </tag */
	bool  has_src, is_json;                  /* of a script */
	bool  in_pre;
	bool  after_blank;                       /* what was written last surely ends with a blank */
	bool  after_hole;
	bool  url_begun;
	char  tag[24], attr[40], value[24];      /* lower case; only the beginning of the value */
} Markup;

/* Literal text: follow it and write it tidied to `out`. */
MUST_USE bool markup_text(Mistake *e, Markup *m, const Token *t, Buf *out);
/* A hole: *writer becomes the macro or function of html.h that prints it here. */
MUST_USE bool markup_hole(Mistake *e, Markup *m, const Token *t, const char **writer);
/* A directive stands here. */
MUST_USE bool markup_directive(Mistake *e, Markup *m, const Token *t);
/* Two ways lead to the same point: the state in which both may go on. False when there is none. */
MUST_USE bool markup_join(Markup *m, const Markup *other);
/* "in the text", "inside <a>", "in the attribute href of <a>" */
Str markup_where(Arena *a, const Markup *m);
