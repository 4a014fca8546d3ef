/* text_plain.h: the folding table, for text.c only. */
#pragma once
#include "base/str.h"

/* Writes the ASCII form of one character, in lower case: at most as many bytes as it has in UTF-8. Returns their number, or -1
 * when only Unicode knows. */
int text_fold_one(u32 c, char *to);
