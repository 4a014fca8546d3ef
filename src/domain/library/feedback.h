/* feedback.h: what people say about obstacles on the pages (Act 99/2019 § 8): nobody needs an account or to say who they are. Whoever looks after the
 * application gets a task, and the sender the answer when they left an e-mail. */
#pragma once
#include "core/mail.h"
#include "core/workflow.h"

#define CAP_LIBRARY_FEEDBACK "library.feedback"

#define FEEDBACK_FIELDS(F, T) \
	F(T, said_at, instant, "Přijato", .required = true, .readonly = true, .sort = true, .list = 1) \
	F(T, page, text, "Které stránky se to týká", .max = 300, .list = 2) \
	F(T, text, longtext, "Co se nedaří", .required = true, .max = 2000, .list = 3) \
	F(T, email, email, "E-mail pro odpověď", .secret = true) \
	F(T, state, text, "Stav", .readonly = true, .by_workflow = true, .filter = true, .list = 4, .help = "received: přijato, answered: vyřízeno, refused: odmítnuto.") \
	F(T, done_at, instant, "Vyřízeno", .readonly = true) \
	F(T, done_by, text, "Vyřídil", .readonly = true) \
	F(T, answer, longtext, "Odpověď", .readonly = true, .max = 2000)
ENTITY_STRUCT(Feedback, FEEDBACK_FIELDS)
extern const Entity   feedback_entity;
extern const Machine  feedback_machine;
Err feedback_forget_sender(Ctx *c, const WorkMove *m);
#define FEEDBACK_REACTIONS {"feedback", "answer", feedback_forget_sender}, {"feedback", "refuse", feedback_forget_sender}
extern const MailKind feedback_mails[1];
extern const Topic    feedback_topics[1];

/* ERR_INVALID by field; ERR_RATE after five in an hour from one network. */
MUST_USE Err feedback_add(Ctx *c, Str page, Str text, Str email, Str address);
typedef struct Feedbacks { Feedback **at; size_t len, cap; } Feedbacks;
/* The newest 200 that wait, or that were dealt with. */
MUST_USE Err feedback_list(Ctx *c, bool done, Feedbacks *ret);
