/* account_states_page.h: the handler of the recipe. */
#pragma once
#include "web/web.h"

Err page_account_states(Req *r);
