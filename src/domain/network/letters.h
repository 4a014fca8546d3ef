/* letters.h: letters that the network sends: rows of the module. */
#pragma once
#include "core/mail.h"

#define NETWORK_MAILS 3
extern const MailKind network_mails[NETWORK_MAILS];
