/* machines_demo.c: a few suggestions and reports in the middle of their way, so that start pages have something to say. */
#include "core/access.h"
#include "domain/people/demo.h"
#include "domain/register/edit_demo.h"
#include "domain/register/machines.h"

enum { DAY_MS = 24 * 3600 * 1000 };

/* As this person, `days` ago; the caller puts both back. */
static Err act_as(Ctx *c, const char *login, int days, Instant now, Actor *actor) {
	c->actor = &actor_program;
	TRY(people_demo_actor(c, login, actor));
	c->actor = actor;
	c->now = (Instant){now.ms - (i64)days * DAY_MS};
	c->today = prague_day(c->now);
	return OK;
}

static Err suggest(Ctx *c, const char *login, int days, Instant now, Id service, Str request, Str note) {
	Actor actor;
	i64   made;
	TRY(act_as(c, login, days, now, &actor));
	return suggestion_add(c, service, NULL, 0, request, note, &made);
}

static Err report(Ctx *c, int days, Instant now, Id service, Str text, Str email) {
	c->actor = &actor_public;
	c->now = (Instant){now.ms - (i64)days * DAY_MS};
	c->today = prague_day(c->now);
	return error_report_add(c, service, text, email, str_format(c->arena, "192.0.2.%d", days));
}

static Err fill(Ctx *c, const Service *own, const Service *other, Instant now) {
	Actor        officer;
	ErrorReports reports;
	TRY(suggest(c, "poskytovatel@demo.invalid", 32, now, own->head.id, S("Přibyla pobočka v Turnově, doplňte ji prosím mezi místa."), S("Otevřeli jsme ji začátkem měsíce.")));
	TRY(suggest(c, "poskytovatel@demo.invalid", 3, now, own->head.id, S("Změnila se provozní doba: ve středu máme otevřeno do 18 hodin."), (Str){0}));
	TRY(suggest(c, "obec.jablonec@demo.invalid", 28, now, other->head.id, S("Služba dojíždí i do naší obce, v evidenci to není."), S("Víme to od klientů.")));
	TRY(report(c, 11, now, other->head.id, S("Telefon nikdo nebere, na webu mají jiné číslo."), S("sousedka@example.org")));
	TRY(report(c, 1, now, own->head.id, S("Adresa je stará, přestěhovali se o dva domy dál."), (Str){0}));
	TRY(act_as(c, "sit@demo.invalid", 5, now, &officer));
	TRY(error_report_list(c, false, &reports));
	return error_report_do(c, reports.at[reports.len - 1]->head.id, "take", NULL);
}

/* A service of the provider whose people have accounts, and one of somebody else. */
Err machines_demo(Ctx *c, const EntityList *services) {
	const Service *own = NULL, *other = NULL;
	const Actor   *who = c->actor;
	Instant        now = c->now;
	Actor          clerk;
	TRY(act_as(c, "poskytovatel@demo.invalid", 0, now, &clerk));
	RowScope scope = access_scope(c, CAP_REGISTER_SUGGEST);
	for (size_t i = 0; i < services->len; i++) {
		const Service *s = services->at[i];
		bool           is_own = scope_has_provider(&scope, s->provider);
		if (date_is(s->provided_to) || s->outside_act || !s->is_public)
			continue;
		own = is_own && !own ? s : own;
		other = !is_own && !other ? s : other;
	}
	Err err = own && other ? fill(c, own, other, now) : OK;
	c->actor = who;
	c->now = now;
	c->today = prague_day(now);
	return err;
}
