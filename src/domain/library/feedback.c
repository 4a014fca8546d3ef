#include "domain/library/feedback.h"

#include "base/format.h"
#include "base/text.h"
#include "core/access.h"
#include "core/trail.h"
#include "domain/people/rate.h"

enum { LEAST_TEXT = 5, SHOWN = 200 };

ENTITY(feedback_entity, Feedback, FEEDBACK_FIELDS, .name = "feedback", .table = "feedback", .one = "zpětná vazba", .many = "zpětná vazba", .of_many = "zpětné vazby",
       .article = "f", .title = "text", .order = "said_at", .read = CAP_LIBRARY_FEEDBACK, .write = CAP_LIBRARY_FEEDBACK, .path = "/app/obsah/podnety")

static const Rate by_network = {"feedback.network", 5, 60 * 60};

const Topic feedback_topics[1] = {
	{"library.feedback", "Překážky na webu", "Co lidé napsali formulářem u prohlášení o přístupnosti.", MAIL_IMMEDIATE},
};

const MailKind feedback_mails[1] = {
	{"library.feedback_answer", "Odpověď na zpětnou vazbu o přístupnosti", "Dostane ten, kdo nahlásil překážku a nechal e-mail.", NULL, "zprava odpoved",
	 "Odpověď na vaši zprávu o přístupnosti stránek",
	 "Dobrý den,\n\nnapsali jste nám:\n\n{zprava}\n\nOdpověď:\n\n{odpoved}\n\nVáš e-mail jsme ze zprávy smazali. Nejste-li s odpovědí spokojeni, můžete se obrátit na Digitální a "
	 "informační agenturu, www.dia.gov.cz.\n\n{odbor}, {kraj}"},
};

/* ---- what is said ---- */

static Err check(Ctx *c, const Feedback *f) {
	Err e = OK;
	if (utf8_count(f->text) < LEAST_TEXT)
		e = fail(c, ERR_INVALID, "text", "Napište, co se nedaří, například „na stránce Území nejde přečíst mapa odečítačem“.");
	else if (!text_acceptable(f->text) || utf8_count(f->text) > 2000)
		e = fail(c, ERR_INVALID, "text", "Zkraťte text na nejvýše 2 000 znaků.");
	if (!text_acceptable(f->page) || utf8_count(f->page) > 300)
		e = fail(c, ERR_INVALID, "page", "Zkraťte adresu stránky na nejvýše 300 znaků, nebo pole nechte prázdné.");
	if (f->email.len && !email_plausible(f->email))
		e = fail(c, ERR_INVALID, "email", "Zapište e-mail ve tvaru jmeno@example.org, nebo pole nechte prázdné.");
	return e;
}

Err feedback_add(Ctx *c, Str page, Str text, Str email, Str address) {
	bool     fine;
	i64      wait;
	Feedback f = {.said_at = c->now, .page = text_clean(c->arena, page), .text = text_clean_lines(c->arena, text), .email = text_clean(c->arena, email)};
	TRY(check(c, &f));
	TRY(rate_take(c, &by_network, rate_network(c->arena, address), &fine, &wait));
	if (!fine)
		return fail(c, ERR_RATE, NULL, "Z vaší sítě přišlo za hodinu už pět zpráv. Zkuste to znovu za %lld min, nebo zavolejte; spojení je na stránce Kontakt.",
		            (long long)(wait + 59) / 60);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(workflow_start(c, &feedback_machine, "report", &f, NULL));
	return tx_commit(&tx);
}

static Err add_in_state(Ctx *c, const char *state, Feedbacks *ret) {
	ListFilter by_state = {.field = entity_field(&feedback_entity, S("state")), .value = str_c(state)};
	EntityList list;
	TRY(entity_list(c, &feedback_entity, &(ListQuery){.filters = &by_state, .filter_count = 1, .descending = true, .limit = SHOWN}, &list));
	for (size_t i = 0; i < list.len; i++)
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = list.at[i];
	return OK;
}

Err feedback_list(Ctx *c, bool done, Feedbacks *ret) {
	*ret = (Feedbacks){0};
	if (!done)
		return add_in_state(c, "received", ret);
	TRY(add_in_state(c, "answered", ret));
	return add_in_state(c, "refused", ret);
}

/* ---- its steps ---- */

static Err describe(Ctx *c, WorkObject *o) {
	const Feedback *f = o->row;
	o->title = f->page.len ? str_format(c->arena, "Překážka na stránce %.*s", STR_ARG(f->page)) : S("Překážka na webu");
	o->link = str_format(c->arena, "/app/obsah/podnety/%lld", (long long)f->head.id);
	o->text = f->text;
	return OK;
}

static Err finish(Ctx *c, WorkMove *m) {
	Feedback *f = m->object->row;
	MailHole  holes[] = {{"zprava", f->text}, {"odpoved", m->input->reason}};
	if (f->email.len)
		TRY(mail_add(c, "library.feedback_answer", 0, f->email, holes, LEN(holes)));
	f->done_at = c->now;
	f->done_by = c->actor->name;
	f->answer = m->input->reason;
	f->email = S("");
	return OK;
}

/* After the step has left its own record: the address goes from all records of the message. */
Err feedback_forget_sender(Ctx *c, const WorkMove *m) {
	return trail_erase_object(c, feedback_entity.name, m->object->id, NULL);
}

const Machine feedback_machine = {
	.name = "feedback", .title = "Zpětná vazba o přístupnosti", .entity = &feedback_entity, .topic = "library.feedback", .describe = describe,
	.help = "Kdokoli může nahlásit překážku v ovládání stránek. Správce aplikace odpoví; e-mail odesílatele se tím smaže.",
	MACHINE_STATES(
		{"received", "přijato", .tone = TONE_WARN, .waits_for = "ADM", .task = "Odpovězte na zprávu o překážce", .button = "Otevřít zprávu",
		 .why = "Zákon o přístupnosti dává lidem právo na odpověď; dokud překážka trvá, brání i ostatním.", .term = {.setting = "library.feedback_days"}},
		{"answered", "vyřízeno", .tone = TONE_OK, .is_final = true},
		{"refused", "odmítnuto", .is_final = true}),
	MACHINE_ACTIONS(
		{START, "report", "Nahlásit překážku", "překážka nahlášena", "received", .capability = ANYONE, .notify = "ADM"},
		{"received", "answer", "Vyřídit", "vyřízeno", "answered", .capability = CAP_LIBRARY_FEEDBACK, .reason = REASON_REQUIRED, .reason_label = "Odpověď", .run = finish},
		{"received", "refuse", "Odmítnout", "odmítnuto", "refused", .capability = CAP_LIBRARY_FEEDBACK, .reason = REASON_REQUIRED,
		 .reason_label = "Proč se nic nezmění", .run = finish}),
};
