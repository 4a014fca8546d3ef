/* needs_page.h: handlers of needs. */
#pragma once
#include "web/web.h"

Err page_needs(Req *r);
Err page_need_new(Req *r);
Err post_need_new(Req *r);
Err page_need(Req *r);
Err post_need_step(Req *r);
Err page_need_edit(Req *r);
Err post_need_edit(Req *r);
Err page_need_history(Req *r);
Err page_need_answer(Req *r);
Err post_need_answer(Req *r);
Err page_offer_new(Req *r);
Err post_offer_new(Req *r);
Err post_offer_withdraw(Req *r);
Err post_link_add(Req *r);
Err post_link_remove(Req *r);
Err page_rank(Req *r);
Err post_rank(Req *r);
Err page_public_needs(Req *r);
Err page_public_kinds(Req *r);
Err page_unanswered(Req *r);
Err page_optimal(Req *r);
Err post_optimal(Req *r);
Err page_snapshots(Req *r);
Err post_snapshot(Req *r);
Err page_snapshot(Req *r);
Err page_snapshots_compare(Req *r);
