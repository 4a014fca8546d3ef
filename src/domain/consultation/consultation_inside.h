/* consultation_inside.h: what the files of consultations and comments share. */
#pragma once
#include "domain/consultation/comment.h"
#include "domain/consultation/consultation.sql.h"

/* consultation.c: whoever asks */
MUST_USE Err consultation_load(Ctx *c, Id id, Consultation **ret);
MUST_USE Err consultation_prolong_run(Ctx *c, WorkMove *m);
MUST_USE Err consultation_announce_run(Ctx *c, WorkMove *m);
MUST_USE Err consultation_publish_run(Ctx *c, WorkMove *m);

/* comment.c */
MUST_USE Err comment_load(Ctx *c, Id id, Comment **ret);
MUST_USE Err comment_load_rows(Ctx *c, Rows rows, Comments *ret);     /* rows of ids */
/* What the public reads of a comment whose answer is published is found by the search of the site. */
MUST_USE Err comment_index(Ctx *c, const Comment *k);
bool         comment_is(const Comment *k, const char *state);
/* comment_arrive.c: steps */
MUST_USE Err comment_receive_run(Ctx *c, WorkMove *m);
/* comment_work.c: steps */
MUST_USE Err comment_check_run(Ctx *c, WorkMove *m);
MUST_USE Err comment_split_run(Ctx *c, WorkMove *m);
MUST_USE Err comment_merge_run(Ctx *c, WorkMove *m);
MUST_USE Err comment_unmerge_run(Ctx *c, WorkMove *m);
MUST_USE Err comment_assign_run(Ctx *c, WorkMove *m);
MUST_USE Err comment_propose_run(Ctx *c, WorkMove *m);
MUST_USE Err comment_decide_run(Ctx *c, WorkMove *m);
MUST_USE Err comment_admit_run(Ctx *c, WorkMove *m);
/* comment_place.c: a comment that came after later versions were frozen stands in them too. In a transaction. */
MUST_USE Err place_follow_on(Ctx *c, const Comment *k);
/* comment_mail.c */
MUST_USE Err comment_tell_confirm(Ctx *c, const Consultation *n, const Comment *k, Str token, Instant until);
/* The answers of a period are out: one letter to each address, one notice to each account, whatever became of their comments. */
MUST_USE Err comment_tell_answered(Ctx *c, const Consultation *n);
MUST_USE Err comment_tell_received(Ctx *c, const Consultation *n, const Comment *k, Str token);
/* comment_editor.c: an account that may answer comments; ERR_INVALID at "assigned" */
MUST_USE Err comment_editor(Ctx *c, Id account, Account **ret);
/* comment_person.c: the words for the public hold an e-mail, a telephone, a birth number, or the name of a citizen without consent */
bool         comment_tells_person(Arena *a, const Comment *k);
