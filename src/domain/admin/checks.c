/* checks.c: the table of checks, and what they share. */
#include "domain/admin/checks.h"
#include "domain/library/pages_rows.h"

#include "core/settings.h"

#define HINT     SEVERITY_HINT
#define WARNING  SEVERITY_WARNING
#define CRITICAL SEVERITY_CRITICAL

const Check admin_checks[] = {
	{"net.https", "Veřejná adresa začíná https", CRITICAL,
	 "Spusťte program s --origin https://… a před něj postavte nginx s certifikátem (vzor je v deploy/).", check_origin_https},
	{"net.origin", "Odkazy v dopisech vedou na adresu, kterou lidé otevřou", WARNING,
	 "Spusťte program s --origin a adresou, pod kterou ho lidé znají.", check_origin_public},
	{"net.proxy", "Program zná adresu své proxy", CRITICAL,
	 "K --behind-proxy přidejte --proxy s adresou, ze které proxy přichází. Bez ní mají všichni návštěvníci stejnou síťovou adresu.", check_proxy_named},
	{"net.listen", "Bez proxy se naslouchá jen na tomto počítači", CRITICAL, "Naslouchejte na 127.0.0.1 a před program postavte nginx.", check_listen},
	{"net.demo", "Ukázková data nejsou vidět zvenčí", CRITICAL,
	 "Ukázkové účty mají známé heslo. Pro provoz založte prázdné úložiště příkazem sitovka init.", check_demo_private},
	{"file.store", "Soubor databáze smí číst jen program", CRITICAL, "Spusťte: chmod 600 na soubor databáze a jeho -wal a -shm.", check_store_mode},
	{"file.state", "Do složky s tajemstvím a soubory smí jen program", CRITICAL, "Spusťte: chmod 700 na složku.", check_state_mode},
	{"file.secret", "Tajemství a hesla smí číst jen program", CRITICAL, "Spusťte: chmod 600 na jmenované soubory a zvažte jejich výměnu.", check_secret_mode},
	{"file.owner", "Program neběží jako root", WARNING, "Založte pro program vlastní účet a soubory mu předejte příkazem chown.", check_owner},
	{"disk.space", "Na disku databáze je volná aspoň desetina místa", WARNING, "Uvolněte místo nebo disk zvětšete.", check_disk_space},
	{"disk.reserve", "Na disku databáze je volných aspoň 64 MB", CRITICAL, "Uvolněte místo hned: pod touto hranicí se přestává ukládat.", check_disk_reserve},
	{"store.wal", "Deník databáze je menší než 256 MB", WARNING,
	 "Nějaké čtení trvá velmi dlouho a deník se nemůže zkrátit. Podívejte se na běžící úlohy; pomůže i nový start programu.", check_wal},
	{"store.schema", "Databáze má podobu, kterou program čeká", CRITICAL, "Spusťte: sitovka migrate. Předtím zálohujte.", check_schema},
	{"store.clock", "Hodiny jdou správně", CRITICAL,
	 "Nastavte na serveru čas podle sítě (systemd-timesyncd). Termíny se počítají podle těchto hodin.", check_clock},
	{"store.integrity", "Databáze byla v posledním týdnu zkontrolována", WARNING, "Spusťte: sitovka verify. Běžící server to dělá každou noc sám.", check_integrity_age},
	{"store.order", "České řazení má stejná pravidla jako uložené názvy", WARNING,
	 "Knihovna ICU se změnila. Spusťte: sitovka reorder", check_sort_keys},
	{"trail.verified", "Řetěz stopy změn byl v posledním týdnu ověřen", WARNING, "Spusťte: sitovka verify. Běžící server to dělá každou noc sám.", check_trail_age},
	{"trail.heads", "Každá změna je do dvou hodin kryta podepsanou hlavou stopy", WARNING,
	 "Běží server? Hlavu podepisuje každou hodinu do souboru trail.heads ve své složce; podívejte se do záznamu programu, proč to nejde.", check_trail_heads},

	{"backup.set", "Zálohování je nastavené", CRITICAL,
	 "Spusťte server s --backups SLOŽKA --backup-key SOUBOR; pár klíčů vytvoří sitovka backup-key.", check_backup_set},
	{"backup.age", "Poslední záloha je mladší než 26 hodin", CRITICAL, "Podívejte se, proč se nepovedla úloha Záloha, a spusťte: sitovka backup.", check_backup_age},
	{"backup.verified", "V posledním týdnu byla některá záloha obnovena na zkoušku", WARNING,
	 "Spusťte tam, kde je soukromý klíč: sitovka verify --backup SOUBOR --key KLÍČ.", check_backup_verified},
	{"backup.passed", "Poslední zkušební obnova se podařila", CRITICAL, "Spusťte novou zálohu a vyzkoušejte ji; vadnou nemažte, dokud nevíte proč.", check_backup_passed},
	{"backup.whole", "V poslední záloze nic nechybí", CRITICAL, "Obnovte chybějící soubory ze starší zálohy a spusťte novou.", check_backup_complete},
	{"backup.elsewhere", "Zálohy leží na jiném disku než databáze", HINT, "Jeden pokažený disk nesmí vzít obojí. Složku zálohujte i na jiný počítač.", check_backup_elsewhere},
	{"backup.often", "Zálohuje se aspoň jednou za den", WARNING, "Změňte nastavení „Záloha nejvýše jednou za“.", check_backup_often},

	{"people.admins", "Správce zastoupí někdo druhý", HINT, "Dejte roli správce ještě jednomu člověku.", check_admins_enough},
	{"people.many_admins", "Správců je nejvýše pět", WARNING, "Roli správce ponechte jen těm, kdo ji denně potřebují.", check_admins_few},
	{"people.no_role", "Každý aktivní účet má roli", HINT, "Účty bez role ukončete, nebo jim roli dejte.", check_no_role},
	{"people.never", "Pozvaní se do měsíce přihlásili", HINT, "Připomeňte pozvání, nebo účet ukončete.", check_never_signed_in},
	{"people.away", "Nikdo s účtem nechybí déle než půl roku", WARNING, "Účty, které nikdo nepoužívá, ukončete.", check_long_away},
	{"people.ending", "Nikomu role v příštím měsíci neskončí bez náhrady", HINT, "Roli prodlužte, nebo nechte skončit.", check_roles_end},
	{"people.demo", "V ostrém provozu nejsou ukázkové účty", CRITICAL, "Ukázkové účty mají známé heslo: hned je ukončete.", check_demo_accounts},

	{"people.second_factor", "Kdo má mít druhý faktor, má ho", WARNING, "Vyzvěte tyto lidi, ať si ověřovací aplikaci nastaví.", check_second_factor},
	{"people.second_roles", "Správce se bez druhého faktoru nepřihlásí", CRITICAL, "Vraťte do nastavení „Role s povinnou ověřovací aplikací“ kód ADM.",
	 check_second_roles},
	{"people.idle", "Po hodině nečinnosti je třeba se znovu přihlásit", WARNING, "Zkraťte v nastavení „Odhlášení po nečinnosti“.", check_idle},
	{"people.rotation", "Hesla se nemusí měnit bez důvodu", HINT, "Vynucená výměna vede ke slabším heslům. Nastavte platnost hesla na 0.", check_rotation},

	{"jobs.failed", "V posledním týdnu žádná úloha neselhala", WARNING, "Otevřete stránku Úlohy a podívejte se na důvod.", check_jobs_failed},
	{"jobs.waiting", "Žádná úloha nečeká déle než hodinu", WARNING, "Běží server? Úlohy dělá on; zaseknutou zastavte na stránce Úlohy.", check_jobs_waiting},
	{"files.there", "Obsah každého souboru na serveru je", CRITICAL, "Obnovte chybějící soubory ze zálohy.", check_files_there},
	{"files.scanner", "Kontrola nahraných souborů na viry odpovídá", CRITICAL,
	 "Spusťte clamav-daemon a zkontrolujte, že program smí do jeho soketu. Do té doby se žádný soubor nepřijme.", check_scanner},
	{"codes.successors", "Nástupci položek číselníků existují", WARNING, "Opravte u položek kód, kterým jsou nahrazeny.", check_code_successors},
	{"codes.doubled", "Žádný kód číselníku neplatí dvakrát", WARNING, "Jednu z položek ukončete, nebo jí změňte kód.", check_code_order},
	{"site.contact", "Na stránkách je spojení na úřad", WARNING, "Vyplňte v nastavení telefon nebo e-mail pro veřejnost.", check_contact},
	{"site.privacy", "Je uvedený pověřenec pro ochranu osobních údajů", HINT, "Vyplňte ho v nastavení.", check_privacy},
	{"site.accessibility", "Prohlášení o přístupnosti prošlo v posledním roce kontrolou", HINT,
	 "Otevřete Obsah webu, Prohlášení o přístupnosti, projděte text a potvrďte, že platí, nebo zveřejněte nový.", pages_check_statement},
	{"site.licence", "Otevřená data mají podmínky užití", HINT, "Určete je v nastavení.", check_licence},
	{"retention.done", "Co má po lhůtě zmizet, mizí", WARNING, "Spusťte: sitovka retention. Běžící server to dělá každý den sám.", check_retention_done},
};

/* ---- shared ---- */

Err check_number(Ctx *c, const Sql *sql, const DbValue *values, int count, i64 *ret) {
	return db_get_int(ctx_conn(c), sql, values, count, 0, ret) == OK ? OK : fail_internal(c, "check");
}

Err check_names(Ctx *c, const Sql *sql, const DbValue *values, int count, Str *ret) {
	enum { SHOWN = 5 };
	Strs names = {0};
	i64  found = 0;
	Rows rows = db_query(ctx_conn(c), sql, values, count);
	while (rows_next(&rows))
		if (found++ < SHOWN)
			strs_add(c->arena, &names, str_dup(c->arena, col_text(&rows, 0)));
	if (rows_end(&rows) != OK)
		return fail_internal(c, "check");
	*ret = str_join(c->arena, S(", "), names);
	if (found > SHOWN)
		*ret = str_format(c->arena, "%.*s a dalších %lld", STR_ARG(*ret), (long long)(found - SHOWN));
	return OK;
}

Err check_fact_age(Ctx *c, const char *key, bool *never, i64 *days) {
	Str     value;
	Instant at;
	TRY(fact_get(c, key, &value));
	*never = !instant_read_iso(value, &at);
	*days = *never ? 0 : (c->now.ms - at.ms) / (INT64_C(24) * 3600 * 1000);
	return OK;
}

bool check_is_demo(Ctx *c) {
	return setting_int(c, "site.demo") == 1;
}

bool check_is_local(Str s) {
	static const char *const starts[] = {"127.", "[::1]", "localhost", "unix:"};
	i64 scheme = str_find(s, S("://"));
	if (scheme >= 0)
		s = str_from(s, (size_t)scheme + 3);
	for (size_t i = 0; i < LEN(starts); i++)
		if (str_starts(s, str_c(starts[i])))
			return true;
	return s.len == 0;
}
