/* own_page.h: services of the provider that a person acts for. */
#pragma once
#include "web/screen.h"

Err page_own_list(Req *r);                   /* /app/moje-sluzby */
Err page_own(Req *r);                        /* /app/moje-sluzby/{id} */
