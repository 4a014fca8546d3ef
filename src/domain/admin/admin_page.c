/* admin_page.c: the crossroads of administration, and jobs that run in the background. */
#include "domain/admin/admin_page.h"

#include "domain/admin/admin.html.h"
#include "domain/admin/admin_views_page.h"
#include "domain/people/people.h"
#include "web/screen.h"

Err page_admin(Req *r) {
	static const struct { const char *icon, *href, *title, *text, *capability; } all[] = {
		{"person", "/app/sprava/uzivatele", "Uživatelé", "Účty lidí", CAP_PEOPLE_READ},
		{"person", "/app/sprava/role", "Role účtů", "Kdo smí co a do kdy", CAP_PEOPLE_READ},
		{"place", "/app/sprava/organizace", "Organizace", "Za koho lidé jednají", CAP_PEOPLE_READ},
		{"file", "/app/sprava/seznamy", "Číselníky", "Druhy služeb, cílové skupiny…", "admin.code_lists"},
		{"place", "/app/sprava/uzemi", "Území", "Kraje, okresy, ORP, obce", "territory.edit"},
		{"edit", "/app/obsah", "Obsah webu", "Texty stránek, aktuality, oznámení", "library.texts"},
		{"edit", "/app/sprava/nastaveni", "Nastavení", "Název kraje, kontakty, lhůty", "admin.settings"},
		{"mail", "/app/sprava/posta", "Pošta", "Dopisy, jejich texty a doručení", "admin.mail"},
		{"search", "/app/sprava/kontrola", "Kontrola aplikace", "Co je nastavené špatně a jak to napravit", "admin.health"},
		{"file", "/app/sprava/zalohy", "Zálohy", "Kdy vznikly a zda jdou obnovit", "admin.health"},
		{"clock", "/app/sprava/lhuty", "Lhůty uchování", "Co se kdy maže a proč", "admin.health"},
		{"calendar", "/app/sprava/stopa", "Stopa změn", "Kdo, kdy, co a proč změnil", "trail.read"},
		{"search", "/app/sprava/nahlizeni", "Kdo se díval", "Nahlížení do záznamů o lidech", "trail.read"},
		{"clock", "/app/ulohy", "Úlohy", "Práce na pozadí", SIGNED_IN},
	};
	TileViews tiles = {0};
	for (size_t i = 0; i < LEN(all); i++)
		if (may(r->c, all[i].capability))
			*ARENA_PUSH(r->c->arena, tiles.at, tiles.len, tiles.cap) =
				(TileView){.icon = all[i].icon, .href = str_c(all[i].href), .title = str_c(all[i].title), .text = str_c(all[i].text)};
	view_admin(page(r, S("Správa")), tiles);
	return OK;
}

/* ---- jobs ---- */

const char *job_state_word(Str state) {
	static const struct { const char *state, *word; } known[] = {
		{"queued", "čeká ve frontě"}, {"running", "běží"}, {"done", "hotovo"}, {"failed", "nepovedlo se"}, {"cancelled", "zastaveno"},
	};
	for (size_t i = 0; i < LEN(known); i++)
		if (str_eq(str_c(known[i].state), state))
			return known[i].word;
	return "neznámý stav";
}

TagKind job_tone(Str state) {
	return str_eq(state, S("failed")) ? TAG_ERR : str_eq(state, S("done")) ? TAG_OK : str_eq(state, S("running")) ? TAG_INFO : TAG_PLAIN;
}

static bool has_ended(const Job *j) {
	return !str_eq(j->state, S("queued")) && !str_eq(j->state, S("running"));
}

Err page_jobs(Req *r) {
	JobList jobs;
	TRY(job_list(r->c, may(r->c, "admin.jobs"), 100, &jobs));
	view_jobs(page(r, S("Úlohy")), jobs);
	return OK;
}

static Err own_job(Req *r, Job *j) {
	Id id;
	TRY(arg_id(r, 0, &id));
	TRY(job_get(r->c, id, j));
	if (j->account != r->c->actor->account && !may(r->c, "admin.jobs"))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Úloha s tímto číslem neexistuje, nebo k ní nemáte přístup.");
	return OK;
}

Err page_job(Req *r) {
	Job         j;
	const char *why = "";
	TRY(own_job(r, &j));
	if (r->format != PAGE_HTML && r->format != PAGE_JSON)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Postup úlohy je stránka a JSON. Otevřete jej bez přípony.");
	if (r->format == PAGE_JSON) {
		JsonWriter w = json_page(r);
		jw_object(&w);
		jw_key(&w, "done");
		jw_int(&w, j.done);
		jw_key(&w, "total");
		jw_int(&w, j.total);
		jw_key(&w, "text");
		jw_str(&w, j.note.len ? j.note : str_c(job_state_word(j.state)));
		jw_key(&w, "ended");
		jw_bool(&w, has_ended(&j));
		jw_object_end(&w);
		return OK;
	}
	ProgressView p = {.label = S("Postup úlohy"), .text = j.note.len ? j.note : str_c(job_state_word(j.state)), .done = j.done, .total = j.total,
	                  .poll = str_format(r->c->arena, "/app/ulohy/%lld.json", (long long)j.id)};
	r->refresh_s = has_ended(&j) ? 0 : 3;
	crumb(r, S("Úlohy"), S("/app/ulohy"));
	JobPage v = {.job = &j, .progress = has_ended(&j) ? NULL : &p, .is_stopping = j.cancel_wanted && !has_ended(&j)};
	v.tone = job_tone(j.state);
	v.may_change = job_may_change(r->c, &j);
	v.may_again = v.may_change && has_ended(&j) && job_may_run_again(&j, &why);
	v.why_not = v.may_change && str_eq(j.state, S("failed")) && !v.may_again ? str_c(why) : (Str){0};
	v.csrf = csrf_token(r, str_format(r->c->arena, "/app/ulohy/%lld/%s", (long long)j.id, has_ended(&j) ? "znovu" : "zrusit"));
	view_job(page(r, j.title), &v);
	return OK;
}

Err post_job_cancel(Req *r) {
	Job j;
	TRY(own_job(r, &j));
	TRY(job_cancel(r->c, j.id));
	notice(r, "Úloha se zastavuje.");
	return redirect(r, "/app/ulohy/%lld", (long long)j.id);
}

Err post_job_again(Req *r) {
	Job j;
	Id  again;
	TRY(own_job(r, &j));
	TRY(job_run_again(r->c, j.id, &again));
	notice(r, "Úloha se spouští znovu.");
	return redirect(r, "/app/ulohy/%lld", (long long)again);
}
