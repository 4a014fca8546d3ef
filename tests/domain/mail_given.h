/* mail_given.h: a store with people and kinds of letters for tests of mail*.c and notice*.c. */
#pragma once
#include "core/notice.h"
#include "tests/support/web.h"

/* An empty store of the program; the kinds and topics of the tests are known beside those of the mechanisms. The time is 22 November
 * 2026, nine in the morning. */
Ctx given_mail(void);
Ctx given_mail_app(App **ret);
Id  given_person(Ctx *c, const char *login, const char *name, const char *role);
/* One text or number of a statement. */
Str mail_text_of(Ctx *c, const char *sql);
i64 mail_number_of(Ctx *c, const char *sql);
