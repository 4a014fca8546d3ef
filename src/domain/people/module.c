/* module.c: what the subject people brings. */
#include "domain/people/colleague.h"
#include "domain/people/demo.h"
#include "domain/people/inside.h"
#include "domain/people/people_page.h"
#include "domain/people/schema.h"
#include "web/module.h"

extern const Module people_module;

static const Entity *const entities[] = {&organisation_entity, &account_entity, &account_role_entity};

static const Capability capabilities[] = {
	{"overview.read", "vidět svůj pracovní přehled"},
	{"admin.open", "otevřít správu"},
	{"admin.accounts", "spravovat účty a role"},
	{"admin.jobs", "vidět úlohy všech lidí"},
	{CAP_COLLEAGUES, "spravovat účty lidí své organizace"},
	{"history.read", "vidět historii záznamů"},
	{"exchange.export", "stahovat seznamy pracovní části"},
};

static const MenuItem menu[] = {
	{"Kolegové", "/app/kolegove", CAP_COLLEAGUES, false, 80},
};

static const Route routes[] = {
	{GET, "/prihlaseni", page_sign_in, ANYONE, .parameters = "next"},
	{POST, "/prihlaseni", post_sign_in, ANYONE, .lane = LANE_HASH, .own_token = true},
	{POST, "/odhlaseni", post_sign_out, SIGNED_IN},
	{GET, "/zalozeni/{token}", page_setup, ANYONE},
	{POST, "/zalozeni/{token}", post_setup, ANYONE, .lane = LANE_HASH, .own_token = true},
	{GET, "/app/ucet", page_account, SIGNED_IN},
	{POST, "/app/ucet/odhlasit", post_end_session, SIGNED_IN},
	{POST, "/app/ucet/heslo", post_password, SIGNED_IN, .lane = LANE_HASH},
	{GET, "/app/kolegove", page_colleagues, CAP_COLLEAGUES},
	{GET, "/app/kolegove/novy", page_colleague_new, CAP_COLLEAGUES},
	{POST, "/app/kolegove/novy", post_colleague_new, CAP_COLLEAGUES},
	{GET, "/app/kolegove/{id}", page_colleague, CAP_COLLEAGUES},
	{POST, "/app/kolegove/{id}/role", post_colleague_role, CAP_COLLEAGUES},
	{POST, "/app/kolegove/{id}/ukoncit-roli", post_colleague_end_role, CAP_COLLEAGUES},
	{POST, "/app/kolegove/{id}/stav", post_colleague_state, CAP_COLLEAGUES},
};

/* A job acts as the account that queued it, with the roles that hold on the day it runs. */
static Err load_actor(Ctx *c, Id account, Actor *ret) {
	bool is_active;
	TRY(account_actor(c, account, ret, &is_active));
	return is_active ? OK : fail(c, ERR_FORBIDDEN, NULL, "Účet, který úlohu zadal, už není aktivní.");
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
	MODULE_LIST(route, routes),
	.menu = menu, .menu_count = LEN(menu),
	.capabilities = capabilities, .capability_count = LEN(capabilities),
	.start = start, .seed = people_seed, .demo = people_demo,
};
