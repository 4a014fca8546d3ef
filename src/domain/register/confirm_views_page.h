/* confirm_views_page.h: what the template of confirming several services gets. */
#pragma once
#include "domain/register/confirm.h"
#include "web/screen.h"

typedef struct ConfirmLine { Id id; Str name, why; } ConfirmLine;      /* why: of a skipped one */
VIEW_LIST(ConfirmLine, ConfirmLines);
typedef struct ConfirmPage { Str csrf; ConfirmLines affected, skipped; } ConfirmPage;
