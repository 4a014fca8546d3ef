/* thread.c: threads are opened, answered, closed and opened again. */
#include "domain/messages/thread.h"

#include "base/text.h"
#include "core/trail.h"
#include "domain/messages/thread.sql.h"
#include "domain/messages/thread_inside.h"

/* ---- files ---- */

/* What may be attached: an ending, and what the bytes must then be. */
static const struct { const char *ending, *type; } taken[] = {
	{".pdf", "application/pdf"}, {".png", "image/png"}, {".jpg", "image/jpeg"}, {".jpeg", "image/jpeg"}, {".csv", "text/plain"},
	{".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
	{".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
};

static const char *type_of_name(Arena *a, Str name) {
	Str lower = str_lower_ascii(a, name);
	for (size_t i = 0; i < LEN(taken); i++)
		if (str_ends(lower, str_c(taken[i].ending)))
			return taken[i].type;
	return NULL;
}

Err attachment_stage(Ctx *c, const char *field, Str name, Str bytes, int fd, u64 size, Attachments *to) {
	const char *type = type_of_name(c->arena, name);
	if (!type)
		return fail(c, ERR_INVALID, field, "Soubor „%.*s“ přiložit nejde. Přijímáme PDF, XLSX, DOCX, CSV, PNG a JPG.", STR_ARG(utf8_first(name, 80)));
	if (size == 0)
		return fail(c, ERR_INVALID, field, "Soubor „%.*s“ je prázdný. Vyberte jiný.", STR_ARG(utf8_first(name, 80)));
	if (size > MESSAGE_FILE_BYTES)
		return fail(c, ERR_INVALID, field, "Soubor „%.*s“ má víc než 10 MB. Zmenšete jej, nebo rozdělte.", STR_ARG(utf8_first(name, 80)));
	CHECK(to->len < MESSAGE_FILES_MAX);
	Attachment *a = &to->at[to->len];
	a->name = utf8_first(name, 150);
	TRY(files_stage(c, bytes, fd, &a->staged));
	if (!str_eq(a->staged.type, str_c(type)))
		return fail(c, ERR_INVALID, field, "Obsah souboru „%.*s“ neodpovídá jeho příponě. Uložte jej znovu ve správném formátu.", STR_ARG(utf8_first(name, 80)));
	to->len++;
	return OK;
}

/* ---- writing ---- */

static Err check_text(Ctx *c, const char *field, const char *label, Str text, size_t most) {
	if (str_empty(str_trim(text)))
		return fail(c, ERR_INVALID, field, "%s: doplňte.", label);
	if (utf8_count(text) > most || !text_acceptable(text))
		return fail(c, ERR_INVALID, field, "%s: nejvýše %zu znaků. Zkraťte text.", label, most);
	return OK;
}

static Err add_files(Ctx *c, Id message, const Attachments *files) {
	for (size_t i = 0; files && i < files->len; i++) {
		StoredFile stored;
		Id         id;
		TRY(files_put_staged(c, files->at[i].name, &files->at[i].staged, &stored));
		if (db_new_id(c->conn, &id) != OK || db_run(c->conn, &sql_message_file_add, P(V(id), V(message), V(stored.id)), NULL) != OK)
			return fail_internal(c, "message file");
	}
	return OK;
}

static Err see(Ctx *c, Id thread, Id message) {
	if (db_run(c->conn, &sql_message_seen_put, P(V(thread), V(c->actor->account), V(message)), NULL) != OK)
		return fail_internal(c, "message seen");
	return OK;
}

static Err add_message(Ctx *c, Id thread, const char *kind, const char *state, Str text, const Attachments *files) {
	Id  id;
	Str organisation = c->actor->organisation_name;
	if (db_new_id(c->conn, &id) != OK ||
	    db_run(c->conn, &sql_message_add, P(V(id), V(thread), V(str_c(kind)), V(c->actor->account), V(c->actor->name), V(organisation), V(sides_of_region(c)),
	           V(text_clean_lines(c->arena, text)), V(c->now)), NULL) != OK ||
	    db_run(c->conn, &sql_thread_touch, P(V(thread), V(id), V(c->now), V(c->actor->name), V(str_c(state))), NULL) != OK)
		return fail_internal(c, "message");
	TRY(add_files(c, id, files));
	return see(c, thread, id);
}

static Err note(Ctx *c, const char *action, Id thread, Str text) {
	return trail_add(c, (TrailEntry){.action = action, .object = "message_thread", .object_id = thread, .text = text});
}

static Err insert_thread(Ctx *c, const NewThread *t, Id *ret) {
	const Record *r = t->record;
	Str subject = text_clean(c->arena, t->subject), words = text_fold(c->arena, str_format(c->arena, "%.*s %.*s", STR_ARG(subject), STR_ARG(t->side.name)));
	if (db_new_id(c->conn, ret) != OK ||
	    db_run(c->conn, &sql_thread_add, P(V(*ret), V(str_c(side_word(t->side.kind))), V(t->side.ref), V(t->side.name), V(r ? str_c(r->object) : S("")),
	           V(r ? r->id : 0), V(r ? str_format(c->arena, "%.*s: %.*s", STR_ARG(r->kind), STR_ARG(r->title)) : S("")), V(subject), V(words), V(c->now)), NULL) != OK)
		return fail_internal(c, "thread");
	return OK;
}

Err thread_open(Ctx *c, const NewThread *t, Id *ret) {
	TRY(require(c, CAP_MESSAGE_CREATE));
	if (!may_act_for(c, CAP_MESSAGE_CREATE, &t->side))
		return fail(c, ERR_NOT_FOUND, NULL, "Za tuto organizaci psát nemůžete.");
	size_t said = c->problems.len;
	Err    e1 = check_text(c, "subject", "Předmět", t->subject, THREAD_SUBJECT_MAX), e2 = check_text(c, "text", "Zpráva", t->text, MESSAGE_TEXT_MAX);
	if (e1 != OK || e2 != OK || c->problems.len > said)
		return ERR_INVALID;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(insert_thread(c, t, ret));
	TRY(add_message(c, *ret, "text", "open", t->text, t->files));
	TRY(note(c, "create", *ret, str_format(c->arena, "Zpráva, %.*s: %.*s", STR_ARG(t->side.name), STR_ARG(t->subject))));
	TRY(thread_tell(c, *ret, &t->side, t->subject, "Nová zpráva"));
	return tx_commit(&tx);
}

Err thread_write(Ctx *c, Id thread, Str text, const Attachments *files) {
	Thread t;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(thread_get(c, thread, &t));
	if (!t.may_write)
		return fail(c, ERR_FORBIDDEN, NULL, "Tuto zprávu smíte číst, ale odpovídat v ní může jen kraj a organizace, které patří.");
	if (str_eq(t.state, S("closed")))
		return fail(c, ERR_CONFLICT, NULL, "Zpráva je uzavřená. Chcete-li psát dál, nejdřív ji znovu otevřete.");
	TRY(check_text(c, "text", "Odpověď", text, MESSAGE_TEXT_MAX));
	TRY(add_message(c, thread, "text", "open", text, files));
	TRY(note(c, "answer", thread, S("Odpověď ve zprávě")));
	TRY(thread_tell(c, thread, &t.side, t.subject, "Odpověď"));
	return tx_commit(&tx);
}

/* ---- closing ---- */

static Err turn(Ctx *c, Id thread, const char *kind, const char *state, Str reason, const char *already, const char *what) {
	Thread t;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(thread_get(c, thread, &t));
	if (!t.may_close)
		return fail(c, ERR_FORBIDDEN, NULL, "Uzavírat a otevírat tuto zprávu může jen kraj a organizace, které patří.");
	if (str_eq(t.state, str_c(state)))
		return fail(c, ERR_CONFLICT, NULL, "%s", already);
	TRY(check_text(c, "reason", "Důvod", reason, 500));
	c->reason = reason;
	TRY(add_message(c, thread, kind, state, reason, NULL));
	TRY(note(c, kind, thread, str_c(what)));
	TRY(thread_tell(c, thread, &t.side, t.subject, what));
	return tx_commit(&tx);
}

Err thread_close(Ctx *c, Id thread, Str reason) {
	return turn(c, thread, "closed", "closed", reason, "Zpráva už je uzavřená.", "Zpráva uzavřena");
}

Err thread_reopen(Ctx *c, Id thread, Str reason) {
	return turn(c, thread, "reopened", "open", reason, "Zpráva je otevřená.", "Zpráva znovu otevřena");
}

Err thread_seen(Ctx *c, Id thread) {
	Thread t;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(thread_get(c, thread, &t));
	TRY(see(c, thread, t.last_message));
	TRY(notice_read_object(c, "message_thread", thread));
	return tx_commit(&tx);
}
