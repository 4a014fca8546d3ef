/* sql.h: reading, judging and embedding of .sql files; what the files of this tool share.
 *
 * Problems are collected with file and line, all of them, and the tool then writes nothing. */
#pragma once
#include "base/buf.h"

typedef enum TokenKind { T_WORD, T_NUMBER, T_STRING, T_QUOTED, T_PARAM, T_SIGN } TokenKind;
typedef struct Token {
	TokenKind kind;
	Str       text;                          /* as written; words of SQL compare by token_is */
	int       line;
} Token;
typedef struct Tokens {
	Token *at;
	size_t len, cap;
} Tokens;

typedef struct Problems {
	Arena      *arena;
	const char *path;                        /* of the file being read */
	Buf         text;
	int         count;
} Problems;
void problem(Problems *p, int line, const char *format, ...) PRINTF_LIKE(3, 4);

/* Words and signs of `sql`, without comments; `line` is the number of its first line. */
Tokens sql_tokens(Problems *p, Str sql, int line);
/* The same text without comments, empty lines and blanks at line ends; section marks of schema files stay. */
Str    sql_clean(Arena *a, Str sql);
bool   token_is(const Token *t, const char *word);       /* `word` in small letters; also for signs */
bool   word_is_reserved(Str word);

typedef struct Text {
	Str    sql;
	int    line;
	Tokens tokens;
} Text;
typedef struct Statement {
	const char *path;
	Str         name, description;
	int         line;
	bool        all_versions;                /* marked as reading more than what was known at one instant */
	bool        two_texts;
	Text        text, postgres;
} Statement;
typedef struct Statements {
	Statement *at;
	size_t     len, cap;
} Statements;

/* Statements of one file, and the lint of each. */
void sql_read(Problems *p, const char *path, Str content, Statements *list);
void lint_statement(Problems *p, const Statement *s);

/* Lint of a migration; names of its dated tables (those with a column recorded_from) are added to `dated`. */
void lint_schema(Problems *p, const char *path, Str content, Strs *dated);
/* A dated table is read together with recorded_from and recorded_to, or the statement says why not. */
void lint_as_of(Problems *p, const Statement *s, Strs dated);
