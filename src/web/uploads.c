/* uploads.c: files that came are shown to the virus scanner, if there is one, before any handler sees them (SECURITY: uploads). The one place
 * for all forms: whoever is not told that a file is clean refuses the whole form, and nothing of it is stored. */
#include "base/log.h"
#include "core/check.h"
#include "core/scan.h"
#include "core/trail.h"
#include "web/inside.h"

enum { NAME_SHOWN = 120 };

bool uploads_wait(const Route *route) {
	return route->uploads && installation()->scanner.len > 0;
}

static Str name_of(const Upload *u) {
	return u->file_name.len ? utf8_first(u->file_name, NAME_SHOWN) : S("bez názvu");
}

/* Who is signed in leaves a record of the trail; what any visitor can cause belongs into the journal. */
static Err tell_found(Req *r, const Upload *u, const ScanAnswer *said) {
	Ctx *c = r->c;
	Str  text = str_format(c->arena, "Soubor „%.*s“ nebyl přijat: kontrola na viry v něm našla %.*s.", STR_ARG(name_of(u)), STR_ARG(said->name));
	if (!r->session) {
		journal_add(c, "virus", text);
		return OK;
	}
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(trail_add(c, (TrailEntry){.action = "virus", .object = "upload", .text = text}));
	return tx_commit(&tx);
}

static Err refuse_found(Req *r, const Upload *u, const ScanAnswer *said) {
	size_t told = r->c->problems.len;
	if (tell_found(r, u, said) != OK)
		log_line(LOGS_ERROR, "scanner", r->http->number, "a found virus could not be written into the trail");
	r->c->problems.len = told;
	return fail(r->c, ERR_INVALID, NULL, "Soubor „%.*s“ jsme nepřijali a nic z formuláře jsme neuložili: kontrola na viry v něm našla %.*s. Prověřte svůj počítač antivirem "
	            "a nahrajte jinou kopii; myslíte-li, že je soubor v pořádku, obraťte se na správce aplikace.", STR_ARG(name_of(u)), STR_ARG(said->name));
}

static Err refuse(Req *r, const Upload *u, const ScanAnswer *said) {
	if (said->end == SCAN_FOUND)
		return refuse_found(r, u, said);
	if (said->end == SCAN_TOO_LARGE)
		return fail(r->c, ERR_TOO_LARGE, NULL, "Soubor „%.*s“ je větší, než kolik přečte kontrola na viry, a proto jsme ho nepřijali. Zmenšete ho, nebo se obraťte "
		            "na správce aplikace.", STR_ARG(name_of(u)));
	log_line(LOGS_ERROR, "scanner", r->http->number, "%.*s", STR_ARG(said->why));
	return fail(r->c, ERR_BUSY, NULL, "Soubor „%.*s“ teď nelze zkontrolovat na viry, a proto jsme nic neuložili. Zkuste to později; krokem zpět v prohlížeči se vrátíte "
	            "k tomu, co jste vyplnili.", STR_ARG(name_of(u)));
}

Err uploads_scan(Req *r) {
	Str scanner = installation()->scanner;
	i64 until = scan_until(SCAN_SECONDS);
	if (!scanner.len)
		return OK;
	for (size_t i = 0; i < r->http->uploads.len; i++) {
		const Upload *u = &r->http->uploads.at[i];
		if (!u->size)                                /* no file was chosen */
			continue;
		ScanAnswer said = scan_ask(r->c->arena, scanner, u->bytes, u->fd, u->size, until);
		if (said.end != SCAN_CLEAN)
			return refuse(r, u, &said);
	}
	return OK;
}
