/* log.h: what the program tells its operator: one JSON object per line on stderr, or in a file that is opened again when it was moved away.
 * No text can begin a line of its own. No personal data: numbers of records, names of statements, codes of errors. */
#pragma once
#include "base/str.h"

typedef enum LogLevel { LOGS_INFO, LOGS_WARNING, LOGS_ERROR } LogLevel;

/* {"at":…,"level":"error","where":"jobs","request":12,"text":"…"}; request 0 is left out. A line is written at once and whole. */
void log_line(LogLevel level, const char *where, u64 request, const char *format, ...) PRINTF_LIKE(4, 5);
/* A finished JSON object without its end of line. */
void log_object(Str json);
/* Everything that goes to stderr goes into this file from now on, 0600. False when it cannot be opened. */
bool log_open(const char *path);
/* After the file was renamed (SIGHUP). Harmless when there is none. */
void log_reopen(void);
