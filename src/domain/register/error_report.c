#include "domain/register/error_report.h"

#include <stdlib.h>

#include "base/format.h"
#include "base/text.h"
#include "core/access.h"
#include "core/trail.h"
#include "domain/people/rate.h"
#include "domain/register/machines.h"

enum { LEAST_TEXT = 5, SHOWN = 200 };

ENTITY(error_report_entity, ErrorReport, ERROR_REPORT_FIELDS, .name = "error_report", .table = "error_report", .one = "hlášení chyby",
       .many = "hlášení chyb", .of_many = "hlášení chyb", .article = "n", .title = "text", .order = "said_at", .read = CAP_REGISTER_EDIT,
       .write = CAP_REGISTER_EDIT, .path = "/app/hlaseni")

static const Rate by_network = {"error_report.network", 5, 60 * 60};

static Err check_text(Ctx *c, const ErrorReport *r) {
	if (utf8_count(r->text) < LEAST_TEXT)
		return fail(c, ERR_INVALID, "text", "Napište, co je v údajích špatně, například „telefon nefunguje, nové číslo je …“.");
	if (!text_acceptable(r->text) || utf8_count(r->text) > 2000)
		return fail(c, ERR_INVALID, "text", "Zkraťte text na nejvýše 2 000 znaků.");
	return OK;
}

Err error_report_add(Ctx *c, Id service, Str text, Str email, Str address) {
	bool fine;
	i64  wait;
	ErrorReport r = {.service = service, .said_at = c->now, .text = text_clean_lines(c->arena, text), .email = text_clean(c->arena, email)};
	Err e = check_text(c, &r);
	if (r.email.len && !email_plausible(r.email))
		e = fail(c, ERR_INVALID, "email", "Zapište e-mail ve tvaru jmeno@example.org, nebo pole nechte prázdné.");
	TRY(e);
	TRY(rate_take(c, &by_network, rate_network(c->arena, address), &fine, &wait));
	if (!fine)
		return fail(c, ERR_RATE, NULL, "Z vaší sítě přišlo za hodinu už pět hlášení. Zkuste to znovu za %lld min, nebo zavolejte na krajský úřad.",
		            (long long)(wait + 59) / 60);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(workflow_start(c, &error_report_machine, "report", &r, NULL));
	return tx_commit(&tx);
}

Err error_report_do(Ctx *c, Id id, const char *action, const WorkInput *in) {
	return workflow_do(c, &error_report_machine, id, action, in);
}

static Err add_in_state(Ctx *c, const char *state, ErrorReports *ret) {
	ListFilter by_state = {.field = entity_field(&error_report_entity, S("state")), .value = str_c(state)};
	EntityList list;
	TRY(entity_list(c, &error_report_entity, &(ListQuery){.filters = &by_state, .filter_count = 1, .descending = true, .limit = SHOWN + 1}, &list));
	for (size_t i = 0; i < list.len && ret->len < SHOWN; i++)
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = list.at[i];
	ret->more = ret->more || ret->len == SHOWN;
	return OK;
}

static int newer(const void *x, const void *y) {
	const ErrorReport *a = *(const ErrorReport *const *)x, *b = *(const ErrorReport *const *)y;
	return a->head.id < b->head.id ? 1 : a->head.id > b->head.id ? -1 : 0;
}

Err error_report_list(Ctx *c, bool done, ErrorReports *ret) {
	static const char *const waiting[] = {"received", "solving", NULL}, *const over[] = {"answered", "refused", "closed", NULL};
	*ret = (ErrorReports){0};
	TRY(require(c, CAP_REGISTER_EDIT));
	for (const char *const *state = done ? over : waiting; *state; state++)
		TRY(add_in_state(c, *state, ret));
	if (ret->len > 1)
		qsort(ret->at, ret->len, sizeof(ErrorReport *), newer);
	return OK;
}
