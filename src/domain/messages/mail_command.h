/* mail_command.h: a letter that only shows that letters go. */
#pragma once
#include "domain/messages/messages.h"

MUST_USE Err mail_test(Ctx *c, Id account, Str address);
int          command_mail_test(Ctx *c, int argc, char **argv);
/* What the local mail server pipes to it: core/mail_return.h. */
int          command_mail_return(Ctx *c, int argc, char **argv);
