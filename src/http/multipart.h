/* multipart.h: multipart/form-data read piece by piece, so that an upload of any size takes flat memory. Fields and small
 * files stay in the arena; a file that grows beyond that goes to an unlinked temporary file. Strict: what a browser would
 * not send is refused. */
#pragma once
#include "http/http.h"

typedef struct Multipart {
	Arena  *arena;
	Str     folder;                          /* for large files; empty = everything stays in memory */
	size_t  limit;                           /* of fields and files */
	bool    files;                           /* may there be any? */

	Str     delimiter;                       /* CR LF -- boundary */
	int     state;
	char   *work;                            /* bytes not yet understood */
	size_t  len, cap;

	Str     name;                            /* of the part that is being read */
	bool    is_file;
	Upload  file;
	char   *part;                            /* its content in memory */
	size_t  part_len, part_cap;

	u64     in_memory;                       /* bytes kept so far */
	size_t  parts;
	Params  fields;
	Uploads uploads;
	const char *why;                         /* a Czech sentence, when add or end gave an error */
} Multipart;

/* `m` has arena, folder, limit and files set. False when the type is not multipart/form-data with a boundary. */
bool multipart_start(Multipart *m, Str content_type);
/* ERR_MALFORMED; ERR_TOO_LARGE for a long field; ERR_STORAGE when the temporary file cannot be written. */
MUST_USE Err multipart_add(Multipart *m, Str bytes);
/* The body is complete: was the form? */
MUST_USE Err multipart_end(Multipart *m);
