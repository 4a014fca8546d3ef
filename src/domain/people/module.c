/* module.c: what the subject people brings. */
#include "domain/people/colleague.h"
#include "domain/people/demo.h"
#include "domain/people/inside.h"
#include "domain/people/people_page.h"
#include "domain/people/privacy.h"
#include "domain/people/schema.h"
#include "domain/people/view_as.h"
#include "web/module.h"

extern const Module people_module;

static const Entity *const entities[] = {&organisation_entity, &account_entity, &account_role_entity};

static const Capability capabilities[] = {
	{"overview.read", "vidět svůj pracovní přehled"},
	{"admin.open", "otevřít správu"},
	{"admin.accounts", "spravovat účty a role"},
	{CAP_PEOPLE_READ, "vidět účty, role a organizace"},
	{"admin.jobs", "vidět úlohy všech lidí"},
	{"admin.jobs_stop", "zastavit a znovu spustit úlohy všech lidí"},
	{CAP_COLLEAGUES, "spravovat účty lidí své organizace"},
	{"history.read", "vidět historii záznamů"},
	{CAP_VIEW_AS, "prohlížet aplikaci jako jiný člověk"},
	{"exchange.export", "stahovat seznamy pracovní části"},
};

static const MenuItem menu[] = {
	{"Kolegové", "/app/kolegove", CAP_COLLEAGUES, false, 80},
};

#define ACCOUNTS "/app/sprava/uzivatele"

static const Route routes[] = {
	{GET, "/prihlaseni", page_sign_in, ANYONE, .parameters = "next"},
	{POST, "/prihlaseni", post_sign_in, ANYONE, .lane = LANE_HASH, .own_token = true, .fields = "login,password"},
	{GET, "/prihlaseni/kod", page_code, ANYONE, .parameters = "next"},
	{POST, "/prihlaseni/kod", post_code, ANYONE, .fields = "code"},
	{GET, "/prihlaseni/oidc", page_oidc_start, ANYONE, .lane = LANE_OUT, .seconds = 20, .parameters = "next,pozvanka"},
	{GET, "/prihlaseni/oidc/zpet", page_oidc_back, ANYONE, .lane = LANE_OUT, .seconds = 30},
	{POST, "/app/ucet/propojeni", post_link, SIGNED_IN, .dangerous = true, .fields = ""},
	{POST, "/app/ucet/propojeni/zrusit", post_unlink, SIGNED_IN, .dangerous = true, .fields = ""},
	{GET, "/zapomenute-heslo", page_forgotten, ANYONE},
	{POST, "/zapomenute-heslo", post_forgotten, ANYONE, .own_token = true, .fields = "login"},
	{GET, "/nove-heslo/{token}", page_reset, ANYONE},
	{POST, "/nove-heslo/{token}", post_reset, ANYONE, .lane = LANE_HASH, .own_token = true, .fields = "password"},
	{GET, "/pozvanka/{token}", page_invitation, ANYONE},
	{POST, "/pozvanka/{token}", post_invitation, ANYONE, .lane = LANE_HASH, .own_token = true, .fields = "password"},
	{GET, "/novy-email/{token}", page_new_email, ANYONE},
	{POST, "/novy-email/{token}", post_new_email, ANYONE, .own_token = true, .fields = ""},
	{POST, "/odhlaseni", post_sign_out, SIGNED_IN, .at_gate = true, .fields = ""},
	{GET, "/zalozeni/{token}", page_setup, ANYONE},
	{POST, "/zalozeni/{token}", post_setup, ANYONE, .lane = LANE_HASH, .own_token = true, .fields = "login,name,password"},
	{GET, "/app/ucet", page_account, SIGNED_IN},
	{POST, "/app/ucet/odhlasit", post_end_session, SIGNED_IN, .fields = "session"},
	{GET, "/app/ucet/heslo", page_password, SIGNED_IN, .at_gate = true},
	{POST, "/app/ucet/heslo", post_password, SIGNED_IN, .lane = LANE_HASH, .at_gate = true, .fields = "old,password"},
	{GET, "/app/ucet/overeni", page_second, SIGNED_IN, .at_gate = true},
	{POST, "/app/ucet/overeni", post_second_confirm, SIGNED_IN, .at_gate = true, .fields = "code"},
	{POST, "/app/ucet/overeni/zacit", post_second_offer, SIGNED_IN, .at_gate = true, .dangerous = true, .fields = ""},
	{POST, "/app/ucet/overeni/zrusit", post_second_remove, SIGNED_IN, .dangerous = true, .fields = ""},
	{GET, "/app/ucet/email", page_email, SIGNED_IN},
	{POST, "/app/ucet/email", post_email, SIGNED_IN, .dangerous = true, .fields = "login"},
	{POST, "/app/ucet/zalozni-kody", post_recovery, SIGNED_IN, .dangerous = true, .fields = ""},
	{GET, "/app/nahled", page_view_as, CAP_VIEW_AS, .parameters = "q"},
	{POST, "/app/nahled", post_view_as, CAP_VIEW_AS, .dangerous = true, .fields = "account"},
	{POST, VIEW_AS_END, post_view_as_end, SIGNED_IN, .fields = ""},
	{GET, "/app/kolegove", page_colleagues, CAP_COLLEAGUES},
	{GET, "/app/kolegove/novy", page_colleague_new, CAP_COLLEAGUES},
	{POST, "/app/kolegove/novy", post_colleague_new, CAP_COLLEAGUES, .dangerous = true},
	{GET, "/app/kolegove/{id}", page_colleague, CAP_COLLEAGUES},
	{POST, "/app/kolegove/{id}/role", post_colleague_role, CAP_COLLEAGUES, .dangerous = true},
	{POST, "/app/kolegove/{id}/ukoncit-roli", post_colleague_end_role, CAP_COLLEAGUES, .dangerous = true},
	{POST, "/app/kolegove/{id}/stav", post_colleague_state, CAP_COLLEAGUES, .dangerous = true},
	{GET, "/app/ucet/klice", page_keys, SIGNED_IN},
	{POST, "/app/ucet/klice", post_key, SIGNED_IN, .lists = "capability", .dangerous = true},
	{POST, "/app/ucet/klice/zrusit", post_key_end, SIGNED_IN},
	{GET, ACCOUNTS, screen_list, CAP_PEOPLE_READ, .entity = &account_entity, .formats = true},
	{GET, ACCOUNTS "/novy", screen_new, "admin.accounts", .entity = &account_entity},
	{POST, ACCOUNTS "/novy", screen_save, "admin.accounts", .entity = &account_entity, .dangerous = true},
	{GET, ACCOUNTS "/import", screen_import, "admin.accounts", .entity = &account_entity},
	{POST, ACCOUNTS "/import", screen_import_upload, "admin.accounts", .entity = &account_entity, .uploads = true, .body_limit = 10 << 20, .seconds = 60, .fields = ""},
	{GET, ACCOUNTS "/import/{id}", screen_import_preview, "admin.accounts", .entity = &account_entity},
	{GET, ACCOUNTS "/import/{id}/chyby", screen_import_annotated, "admin.accounts", .entity = &account_entity, .lane = LANE_EXPORT},
	{POST, ACCOUNTS "/import/{id}", screen_import_apply, "admin.accounts", .entity = &account_entity, .seconds = 60, .dangerous = true, .fields = "valid_from"},
	{GET, ACCOUNTS "/{id}", page_account_admin, CAP_PEOPLE_READ, .entity = &account_entity},
	{GET, ACCOUNTS "/{id}/upravit", screen_edit, "admin.accounts", .entity = &account_entity},
	{POST, ACCOUNTS "/{id}/upravit", screen_save, "admin.accounts", .entity = &account_entity, .dangerous = true},
	{GET, ACCOUNTS "/{id}/historie", screen_history, CAP_PEOPLE_READ, .entity = &account_entity},
	{POST, ACCOUNTS "/{id}/krok", post_account_step, "admin.accounts", .dangerous = true, .fields = "krok"},
	ENTITY_SCREENS_DANGEROUS("/app/sprava/role", &account_role_entity, CAP_PEOPLE_READ, "admin.accounts", NULL),
	ENTITY_SCREENS("/app/sprava/organizace", &organisation_entity, CAP_PEOPLE_READ, "admin.accounts", NULL),
};

static const Setting settings[] = {
	{"people.idle_minutes", "Odhlášení po nečinnosti", "Po této době bez jediné akce se člověk přihlašuje znovu.", "30", SETTING_INT, 5, 240, .unit = "minut",
	 .group = "Přihlašování", .dangerous = true},
	{"people.session_hours", "Nejdelší přihlášení", "Pak se člověk přihlašuje znovu, i když pracoval celou dobu.", "12", SETTING_INT, 1, 24, .unit = "hodin", .dangerous = true},
	{"people.second_factor_roles", "Role s povinnou ověřovací aplikací", "Kódy rolí oddělené čárkou. Kdo ji nemá, po přihlášení si ji nastaví, jinak nemůže nic.",
	 "ADM,NET,PLN,KKS,ANA,MET,HOD,ECO,PAY,VED,PRV,PSG,PAD,MUN,MSG,COO", SETTING_TEXT, 0, 200, .dangerous = true},
	{"people.oidc_issuer", "Poskytovatel přihlášení organizace", "Adresa (issuer) poskytovatele OpenID Connect přesně tak, jak se sám jmenuje; prázdné = nepoužívá se.", "",
	 SETTING_TEXT, 0, 200, .group = "Přihlášení přes organizaci", .dangerous = true},
	{"people.oidc_client", "Jméno klienta", "Pod kterým aplikaci zná poskytovatel. Heslo klienta se nezadává sem, ale do souboru oidc-secret.", "", SETTING_TEXT, 0, 200, .dangerous = true},
	{"people.oidc_label", "Text tlačítka", "Na stránce přihlášení a pozvánky.", "Přihlásit se účtem organizace", SETTING_TEXT, 1, 80},
	{"people.oidc_acr", "Hodnoty acr, které znamenají druhý faktor", "Oddělené mezerou; o první z nich aplikace poskytovatele požádá. Bez nich si člověk s povinnou ověřovací aplikací zadá i její kód.",
	 "", SETTING_TEXT, 0, 300, .dangerous = true},
	{"people.oidc_amr", "Hodnoty amr, které znamenají druhý faktor", "Oddělené mezerou, například: otp hwk mfa.", "", SETTING_TEXT, 0, 300, .dangerous = true},
	{"people.oidc_hosts", "Další servery poskytovatele", "Má-li poskytovatel stránky na jiných adresách než své jméno; oddělené čárkou.", "", SETTING_TEXT, 0, 300, .dangerous = true},
	{"people.oidc_private", "Poskytovatel je ve vnitřní síti", "Jinak aplikace adresy vnitřních sítí nevolá.", "0", SETTING_BOOL, 0, 1, .dangerous = true},
	{"people.key_days", "Nejdelší platnost klíče API", "Klíč, kterým čte data jiný program, musí mít konec.", "365", SETTING_INT, 1, 365, .unit = "dnů", .dangerous = true},
	{"people.key_rate", "Požadavky jednoho klíče API za minutu", "Kdo pošle víc, dostane odpověď, že má zpomalit.", "600", SETTING_INT, 1, 100000},
	{"people.password_days", "Platnost hesla", "Po této době si člověk volí nové; 0 = heslo se měnit nemusí.", "0", SETTING_INT, 0, 3650, .unit = "dnů", .dangerous = true},
	{"people.password_words", "Slova, ze kterých se hesla neskládají", "Místní názvy a slova, která tu napadnou každého; oddělená čárkou.",
	 "heslo,sitovka,socialni sluzby,socialka,krajsky urad,liberec,jablonec,ceska lipa,turnov,semily,frydlant,tanvald,novy bor,jilemnice,zelezny brod,jested,"
	 "slovan,krkonose,jizerky,nisa,kraj", SETTING_TEXT, 0, 1000, .dangerous = true},
};

static const JobKind jobs[] = {
	{RESET_JOB, "Zapomenuté heslo", reset_job, .retry = true},
};

/* A job acts as the account that queued it, with the roles that hold on the day it runs. */
static Err load_actor(Ctx *c, Id account, Actor *ret) {
	AccountFacts facts;
	TRY(account_actor(c, account, ret, &facts));
	return facts.is_active ? OK : fail(c, ERR_FORBIDDEN, NULL, "Účet, který úlohu zadal, už není aktivní.");
}

static Err start(Ctx *c) {
	(void)c;
	jobs_set_actor_loader(load_actor);
	mail_set_people(&(MailPeople){.address = account_for_mail, .holders = accounts_of_role});
	return OK;
}

const Module people_module = {
	.name = "people", .migrations = people_migrations, .migration_count = &people_migrations_count,
	.entities = entities, .entity_count = LEN(entities),
	MODULE_LIST(route, routes), MODULE_LIST(setting, settings), MODULE_LIST(job, jobs),
	.mails = people_mails, .mail_count = PEOPLE_MAILS,
	.menu = menu, .menu_count = LEN(menu),
	.capabilities = capabilities, .capability_count = LEN(capabilities),
	MODULE_ROWS(retention, people_retention), MODULE_ROWS(person_data, people_person_data),
	.start = start, .seed = people_seed, .demo = people_demo,
};
