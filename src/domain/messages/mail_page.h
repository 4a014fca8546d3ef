/* mail_page.h: care of the mail: state, log of letters, texts. */
#pragma once
#include "web/screen.h"

Err page_mail(Req *r);                       /* /app/sprava/posta */
Err post_mail_test(Req *r);
Err post_mail_ask(Req *r);
Err page_letters(Req *r);                    /* /app/sprava/posta/dopisy */
Err page_letter(Req *r);
Err post_letter_again(Req *r);
Err post_letter_cancel(Req *r);
Err page_bounces(Req *r);                    /* /app/sprava/posta/adresy */
Err post_bounce_forget(Req *r);
Err page_mail_text(Req *r);                  /* /app/sprava/posta/texty/{kind} */
Err post_mail_text(Req *r);
