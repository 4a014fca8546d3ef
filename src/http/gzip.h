/* gzip.h: compressing an answer straight into its buffer; inside the http floor. */
#pragma once
#include "base/buf.h"

/* Appends the gzip of `bytes` to `to`. False, and nothing appended, when it would not get smaller. */
bool http_gzip_into(Buf *to, Str bytes, int level);
