/* confirm.h: once a year somebody who answers for the service says that its data are right: "potvrdil … dne …". */
#pragma once
#include "domain/register/edit.h"

#define CAP_REGISTER_CONFIRM "register.confirm"

/* Needs register.edit, or register.confirm for the own provider's services (others: ERR_NOT_FOUND). Confirming twice a day changes nothing.
 * ERR_CONFLICT when the data changed since they were shown (version; 0 = not looked at), ERR_INVALID when the service is not provided. */
MUST_USE Err service_confirm(Ctx *c, Id service, i64 version);
bool service_may_confirm(Ctx *c, const Service *s);
/* The last day whose confirmations are old: setting register.confirm_months before today. */
Date confirm_limit(Ctx *c);
bool service_is_stale(Ctx *c, const Service *s);
/* Provided services without a confirmation newer than confirm_limit, as filters of a list of services. */
typedef struct StaleFilters { ListFilter at[3]; } StaleFilters;
StaleFilters confirm_stale_filters(Ctx *c);
/* "12. 3. 2026, Jana Nováková", or {0}. */
Str  confirmed_words(Ctx *c, const Service *s);
