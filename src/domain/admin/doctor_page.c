/* doctor_page.c: checks, backups, terms of keeping. */
#include "base/format.h"
#include "core/jobs.h"
#include "domain/admin/admin_page.h"
#include "domain/admin/doctor.html.h"
#include "web/screen.h"

enum { BACKUPS_SHOWN = 200 };

TagKind severity_tag(Severity s) {
	return s == SEVERITY_CRITICAL ? TAG_ERR : s == SEVERITY_WARNING ? TAG_WARN : TAG_INFO;
}

Err page_doctor(Req *r) {
	Findings   all;
	DoctorView v = {.all = &all};
	TRY(checks_run(r->c, &all));
	while (v.bad < all.len && !all.at[v.bad].fine)
		v.bad++;
	int worst = checks_exit(&all);
	v.kind = worst == 2 ? NOTE_ERR : worst == 1 ? NOTE_WARN : NOTE_OK;
	v.summary = v.bad ? str_format(r->c->arena, "Kontrol: %zu, k nápravě: %zu.", all.len, v.bad) : str_format(r->c->arena, "Všech %zu kontrol je v pořádku.", all.len);
	crumb(r, S("Správa"), S("/app/sprava"));
	view_doctor(page(r, S("Kontrola aplikace")), &v);
	return OK;
}

/* ---- backups ---- */

Str backup_state(const Backup *b) {
	return !b->verified.ms ? S("ne") : b->verdict.len ? b->verdict : S("ano, v pořádku");
}

Err page_backups(Req *r) {
	Backups             all;
	const Installation *here = installation();
	TRY(backup_list(r->c, BACKUPS_SHOWN, &all));
	BackupsView v = {.all = &all, .csrf = csrf_token(r, S("/app/sprava/zalohy")), .folder = here->backup_folder, .key = here->backup_key,
	                 .may_run = may(r->c, "admin.settings"), .has_private_key = here->backup_private_key.len > 0};
	crumb(r, S("Správa"), S("/app/sprava"));
	view_backups(page(r, S("Zálohy")), &v);
	return OK;
}

Err post_backup(Req *r) {
	Id id;
	if (!installation()->backup_folder.len || !installation()->backup_key.len)
		return fail(r->c, ERR_CONFLICT, NULL, "Server běží bez složky a klíče záloh. Nastavení popisuje návod k provozu.");
	TRY(job_add(r->c, "core.backup", S("Záloha"), (Str){0}, (Str){0}, &id));
	return redirect(r, "/app/ulohy/%lld", (long long)id);
}

/* ---- terms ---- */

Err page_retention(Req *r) {
	RetentionViews all;
	Instant        at;
	Str            done;
	CLEANUP(buf_free) Buf when = {0};
	TRY(retention_look(r->c, &all));
	TRY(fact_get(r->c, "retention.done", &done));
	if (instant_read_iso(done, &at))
		fmt_instant(&when, at);
	RetentionPage v = {.all = &all, .done = buf_view(&when), .csrf = csrf_token(r, S("/app/sprava/lhuty")), .may_run = may(r->c, "admin.settings")};
	crumb(r, S("Správa"), S("/app/sprava"));
	view_retention(page(r, S("Lhůty uchování")), &v);
	return OK;
}

Err post_retention(Req *r) {
	i64 removed;
	TRY(retention_run(r->c, &removed));
	notice(r, "Po lhůtě bylo odstraněno: %lld.", (long long)removed);
	return redirect(r, "/app/sprava/lhuty");
}
