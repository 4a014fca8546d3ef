/* thread_page.h: threads and questions. */
#pragma once
#include "web/screen.h"

Err page_threads(Req *r);                    /* /app/zpravy */
Err page_thread_new(Req *r);
Err post_thread_new(Req *r);
Err page_thread(Req *r);                     /* /app/zpravy/{id} */
Err post_thread_write(Req *r);
Err post_thread_seen(Req *r);
Err post_thread_close(Req *r);
Err post_thread_reopen(Req *r);
Err page_thread_file(Req *r);                /* /app/zpravy/{id}/prilohy/{file} */

Err page_answers(Req *r);                    /* /dotazy/call-12 */
Err page_calls_feed(Req *r);                 /* /vyzvy.atom */
Err page_questions(Req *r);                  /* /app/dotazy */
Err page_question_new(Req *r);
Err post_question_new(Req *r);
Err page_question(Req *r);
Err post_question_answer(Req *r);
Err post_question_withdraw(Req *r);
