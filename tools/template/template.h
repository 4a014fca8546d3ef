/* template.h: the template compiler as a library. docs/templates.md says what a template may hold. */
#pragma once
#include "base/buf.h"

/* Compile the template `source`. `file` is its name in messages and in #line; without a leading "src/" it names the header.
 * True: C in *c and its header in *h. False: *error is "file:line: what is wrong and what to do". */
bool template_compile(Arena *a, Str file, Str source, Buf *c, Buf *h, Str *error);
