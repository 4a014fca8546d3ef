#include "core/mail_return.h"

#include "base/text.h"
#include "core/mail.sql.h"
#include "core/trail.h"

enum { WORDS_MAX = 300 };

/* ---- reading ---- */

/* The next line of a header with those that go on with it; its end is LF or CRLF. */
static Str next_header(Arena *a, Str *rest) {
	Str line = str_trim(str_cut(rest, '\n'));
	while (rest->len && (rest->ptr[0] == ' ' || rest->ptr[0] == '\t')) {
		Str more = str_trim(str_cut(rest, '\n'));
		line = str_format(a, "%.*s %.*s", STR_ARG(line), STR_ARG(more));
	}
	return line;
}

/* The value of a header that begins with `name` ("status:"), small letters. */
static bool is_header(Arena *a, Str line, const char *name, Str *value) {
	Str n = str_c(name);
	if (line.len < n.len || !str_eq(str_lower_ascii(a, str_first(line, n.len)), n))
		return false;
	*value = str_trim(str_from(line, n.len));
	return true;
}

/* "12.1763802000000@sit.kraj.cz" of any of the identifiers in a value. */
static bool read_identifier(Str value, MailReport *r) {
	while (value.len) {
		(void)str_cut(&value, '<');
		Str id = str_cut(&value, '>'), number = str_cut(&id, '.'), written = str_cut(&id, '@');
		if (id.len && str_to_int(number, &r->letter) && str_to_int(written, &r->written_ms) && r->letter > 0 && r->written_ms > 0)
			return true;
	}
	return false;
}

/* "smtp; 550 5.1.1 …" without the kind, as one clean line. */
static Str server_words(Arena *a, Str value) {
	Str rest = value;
	(void)str_cut(&rest, ';');
	rest = str_trim(rest.len ? rest : value);
	return utf8_valid(rest) ? utf8_first(text_clean(a, rest), WORDS_MAX) : S("odpověď serveru nejde přečíst");
}

bool mail_report_read(Arena *a, Str message, MailReport *ret) {
	bool is_report = false, has_letter = false, is_told = false;
	Str  rest = str_first(message, message.len < MAIL_RETURN_MAX ? message.len : MAIL_RETURN_MAX), value;
	*ret = (MailReport){0};
	while (rest.len) {
		Str line = next_header(a, &rest);
		if (is_header(a, line, "content-type:", &value))
			is_report = is_report || str_starts(str_lower_ascii(a, value), S("message/delivery-status"));
		else if (!has_letter && (is_header(a, line, "message-id:", &value) || is_header(a, line, "in-reply-to:", &value) || is_header(a, line, "references:", &value)))
			has_letter = read_identifier(value, ret);
		else if (is_report && !is_told && is_header(a, line, "action:", &value)) {
			ret->failed = str_eq(str_lower_ascii(a, value), S("failed"));
			is_told = true;
		} else if (is_report && !ret->status.len && is_header(a, line, "status:", &value))
			ret->status = str_first(value, value.len < 10 ? value.len : 10);
		else if (is_report && !ret->words.len && is_header(a, line, "diagnostic-code:", &value))
			ret->words = server_words(a, value);
	}
	return is_told && has_letter && utf8_valid(ret->status);
}

/* ---- writing down ---- */

/* RFC 3463: no such mailbox or domain. A full mailbox or a letter that was refused says nothing about the address. */
static bool is_no_address(Str status) {
	static const char *const none[] = {"5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.4.4"};
	for (size_t i = 0; i < LEN(none); i++)
		if (str_eq(status, str_c(none[i])))
			return true;
	return false;
}

static Err find(Ctx *c, const MailReport *m, Str *address, Str *state) {
	Rows rows = db_query(c->conn, &sql_mail_returned_letter, P(V(m->letter), V((Instant){m->written_ms})));
	if (rows_next(&rows)) {
		*address = str_dup(c->arena, col_text(&rows, 0));
		*state = str_dup(c->arena, col_text(&rows, 1));
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "returned letter");
}

static Err take(Ctx *c, const MailReport *m, Str address) {
	Str words = str_format(c->arena, "Vráceno (%.*s): %.*s", STR_ARG(m->status), STR_ARG(m->words));
	if (db_run(c->conn, &sql_mail_returned, P(V(m->letter), V(c->now), V(words)), NULL) != OK)
		return fail_internal(c, "returned letter");
	if (is_no_address(m->status) && db_run(c->conn, &sql_mail_bounce_put, P(V(address), V(c->now), V(words)), NULL) != OK)
		return fail_internal(c, "returned letter");
	return OK;
}

Err mail_returned(Ctx *c, Str message, MailReturn *ret) {
	MailReport m;
	Str        address = {0}, state = {0};
	*ret = MAIL_RETURN_NOT_OURS;
	if (!mail_report_read(c->arena, message, &m))
		return OK;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(find(c, &m, &address, &state));
	if (address.len)
		*ret = !m.failed ? MAIL_RETURN_LATER : str_eq(state, S("sent")) ? MAIL_RETURN_TAKEN : MAIL_RETURN_KNOWN;
	if (*ret == MAIL_RETURN_TAKEN)
		TRY(take(c, &m, address));
	return tx_commit(&tx);
}
