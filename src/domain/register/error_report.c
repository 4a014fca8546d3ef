#include "domain/register/error_report.h"

#include "base/format.h"
#include "base/text.h"
#include "core/access.h"
#include "core/trail.h"
#include "domain/people/rate.h"

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
	ErrorReport r = {.service = service, .said_at = c->now, .text = text_clean_lines(c->arena, text), .email = text_clean(c->arena, email), .state = S("new")};
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
	TRY(entity_insert(c, &error_report_entity, &r));
	return tx_commit(&tx);
}

Err error_report_set(Ctx *c, Id id, i64 version, bool done) {
	void *row;
	TRY(require(c, CAP_REGISTER_EDIT));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(entity_get(c, &error_report_entity, TODAY, id, &row));
	ErrorReport *r = row;
	r->head.version = version;
	r->state = done ? S("done") : S("new");
	r->done_at = done ? c->now : (Instant){0};
	r->done_by = done ? c->actor->name : S("");
	if (done)
		r->email = S("");
	TRY(entity_update(c, &error_report_entity, r));
	if (done)
		TRY(trail_erase_object(c, error_report_entity.name, id, NULL));
	return tx_commit(&tx);
}

Err error_report_list(Ctx *c, bool done, ErrorReports *ret) {
	ListFilter by_state = {.field = entity_field(&error_report_entity, S("state")), .value = done ? S("done") : S("new")};
	EntityList list;
	*ret = (ErrorReports){0};
	TRY(require(c, CAP_REGISTER_EDIT));
	TRY(entity_list(c, &error_report_entity, &(ListQuery){.filters = &by_state, .filter_count = 1, .descending = true, .limit = SHOWN + 1}, &list));
	for (size_t i = 0; i < list.len && i < SHOWN; i++)
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = list.at[i];
	ret->more = list.len > SHOWN;
	return OK;
}
