/* suggest_page.h: suggesting a change, following one's suggestions, and deciding about them. */
#pragma once
#include "domain/register/suggest.h"
#include "web/screen.h"

Err page_suggest(Req *r);                    /* /app/moje-sluzby/{id}/navrh */
Err post_suggest(Req *r);
Err page_my_suggestions(Req *r);
Err post_my_suggestions(Req *r);
Err page_suggestions(Req *r);                /* /app/sluzby/navrhy */
Err page_decide(Req *r);                     /* /app/sluzby/{id}/navrhy */
Err post_decide(Req *r);
