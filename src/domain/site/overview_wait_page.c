/* overview_wait_page.c: "Co na vás čeká": what to do, why, by when, and the button. */
#include "base/format.h"
#include "domain/site/overview_page.h"
#include "web/module.h"

enum { DAY_MS = 24 * 3600 * 1000 };

/* ---- tasks ---- */

static bool is_same_place(const Task *a, const Task *b) {
	return str_eq(a->kind, b->kind) && str_eq(a->link, b->link) && a->link.len;
}

static WaitView wait_of(Req *r, const Task *t, i64 others) {
	Arena   *a = r->c->arena;
	WaitView v = {.title = t->title, .why = t->why, .href = t->link, .button = t->button};
	if (others) {
		CLEANUP(buf_free) Buf b = {0};
		fmt_count(&b, others, "další", "další", "dalších");
		v.title = str_format(a, "%.*s a %.*s", STR_ARG(t->title), STR_ARG(buf_view(&b)));
	}
	v.rank = t->due.ms ? RANK_DUE : RANK_OPEN;
	v.at = t->due;
	if (t->due.ms)
		v.due = deadline_view(a, t->due, v.title, (Str){0}, (Str){0}, t->due_why, false, r->c->now);
	return v;
}

/* The list is by deadline: the first of a group has the nearest one. */
static void add_tasks(Req *r, const Tasks *tasks, OverviewView *v) {
	for (size_t i = 0; i < tasks->len; i++) {
		i64  others = 0;
		bool is_first = true;
		for (size_t k = 0; k < tasks->len; k++) {
			bool same = k != i && is_same_place(&tasks->at[i], &tasks->at[k]);
			others += same;
			is_first = is_first && !(same && k < i);
		}
		if (is_first)
			*ARENA_PUSH(r->c->arena, v->waits.at, v->waits.len, v->waits.cap) = wait_of(r, &tasks->at[i], others);
	}
}

/* ---- what the modules count ---- */

static void add_waiting(Req *r, const Waiting *w, OverviewView *v) {
	WaitView view = {.title = w->title, .why = w->why, .href = w->link, .button = w->button, .is_calm = w->is_calm, .at = w->due};
	view.rank = w->is_late ? RANK_LATE : w->due.ms ? RANK_DUE : w->is_calm ? RANK_CALM : RANK_OPEN;
	if (w->due.ms)
		view.due = deadline_view(r->c->arena, w->due, w->title, (Str){0}, w->due_shift, w->due_why, false, r->c->now);
	else
		view.is_late = w->is_late;
	*ARENA_PUSH(r->c->arena, v->waits.at, v->waits.len, v->waits.cap) = view;
}

static void count_here(Ctx *c, WaitingList *list, i64 n, const char *link, const char *title, const char *why, bool calm) {
	waiting_add(c, list, (Waiting){.count = n, .title = str_format(c->arena, "%s: %lld", title, (long long)n), .why = str_c(why), .link = str_c(link),
	                               .button = S("Zobrazit"), .is_calm = calm});
}

/* Accounts and jobs, which belong to no subject below. */
static Err site_waiting(Ctx *c, WaitingList *list) {
	i64 failed;
	if (may(c, "admin.accounts")) {
		AccountNumbers accounts;
		TRY(overview_accounts(c, &accounts));
		count_here(c, list, accounts.blocked, "/app/sprava/uzivatele?state=blocked", "Zablokované účty", "Zjistěte proč; člověk se teď nepřihlásí.", false);
		count_here(c, list, accounts.invited, "/app/sprava/uzivatele?state=invited", "Pozvaní lidé, kteří se ještě nepřihlásili",
		           "Pozvánka platí jen krátce; po ní pošlete novou.", true);
	}
	TRY(overview_failed_jobs(c, (Instant){c->now.ms - 7 * (i64)DAY_MS}, &failed));
	count_here(c, list, failed, "/app/ulohy", "Úlohy, které se za posledních 7 dní nepovedly", "Podívejte se proč a spusťte je znovu.", false);
	return OK;
}

/* Late first, then by deadline, then what has none, then what is only good to know; equal ones stay as they came. */
static void sort_waits(WaitViews *list) {
	for (size_t i = 1; i < list->len; i++) {
		WaitView moved = list->at[i];
		size_t   k = i;
		for (; k > 0; k--) {
			const WaitView *before = &list->at[k - 1];
			if (before->rank < moved.rank || (before->rank == moved.rank && before->at.ms <= moved.at.ms))
				break;
			list->at[k] = *before;
		}
		list->at[k] = moved;
	}
}

Err overview_waits(Req *r, i64 limit, OverviewView *v) {
	Ctx              *c = r->c;
	const WebOptions *o = web_options();
	WaitingList       list = {0};
	Tasks             tasks;
	TRY(tasks_waiting(c, limit * 4, &tasks, &v->has_more));
	for (size_t i = 0; i < o->module_count; i++)
		if (o->modules[i]->waiting)
			TRY(o->modules[i]->waiting(c, &list));
	TRY(site_waiting(c, &list));
	add_tasks(r, &tasks, v);
	if ((i64)v->waits.len > limit) {
		v->waits.len = (size_t)limit;
		v->has_more = true;
	}
	for (size_t i = 0; i < list.len; i++)
		add_waiting(r, &list.at[i], v);
	sort_waits(&v->waits);
	return OK;
}

/* ---- what one is here for ---- */

void overview_roles(Req *r, OverviewView *v) {
	static const struct { const char *role, *does, *waits, *label, *href; } all[] = {
		{"ADM", "Zakládáte účty a role, upravujete číselníky a nastavení, hlídáte chod aplikace. O věcech služeb nerozhodujete.",
		 "Úkol přijde, když se nepovede úloha, účet se zablokuje nebo něco selže.", "Otevřít správu", "/app/sprava"},
		{"NET", "Vedete síť a evidenci služeb: výzvy, žádosti, verze sítě a pověření, návrhy změn, hlášení chyb a načítání registru.",
		 "Úkol přijde se žádostí, krokem verze sítě nebo pověření, s návrhem změny a hlášením chyby.", "Síť služeb", "/app/sit"},
		{"PRV", "Hlídáte údaje služeb své organizace, navrhujete změny, vyplňujete žádosti do výzev a podklady pro kraj.", "Úkol přijde, když kraj něco potřebuje doplnit nebo se blíží termín.", "Moje služby", "/app/moje-sluzby"},
		{"PSG", "Jednáte za poskytovatele: potvrzujete údaje služeb a odesíláte, co se podepisuje.", "Úkol přijde, když je třeba údaje potvrdit nebo něco podepsat a odeslat.", "Moje služby", "/app/moje-sluzby"},
		{"PAD", "Spravujete účty kolegů ve své organizaci.", "Úkol přijde, když některý účet potřebuje vaši pozornost.", "Kolegové", "/app/kolegove"},
		{"MUN", "Zapisujete potřeby lidí z vaší obce, díváte se na služby pro ně a navrhujete, co je v jejich údajích jinak.", "Úkol přijde, když kraj potřebuje vyjádření obce.", "Potřeby", "/app/potreby"},
		{"MSG", "Podepisujete a odesíláte za obec vyjádření a potřeby, které připravili kolegové.", "Úkol přijde, až bude co podepsat.", "Vyjádření obcí", "/app/vyjadreni"},
		{"COO", "Vedete plánování ve svém obvodu: sledujete služby a změny v obcích a svoláváte územní skupinu.", "Úkol přijde, když dokument nebo žádost čeká na stanovisko vašeho území.", "Potřeby", "/app/potreby"},
		{"GRP", "Čtete podklady svých skupin, připomínkujete a hlasujete.", "Úkol přijde s pozvánkou a podklady k jednání.", "Potřeby", "/app/potreby"},
		{"CHA", "Vedete skupinu: schvalujete program a stanovisko, ověřujete zápis.", "Úkol přijde s programem, stanoviskem nebo zápisem k ověření.", "Potřeby", "/app/potreby"},
		{"KKS", "Staráte se o koordinační strukturu: posíláte dokumenty skupinám a hlídáte stanoviska.", "Úkol přijde, když dokument čeká na skupiny nebo na K10.", "Kalendář", "/app/kalendar"},
		{"PLN", "Připravujete plán rozvoje, karty, připomínkování a projednání.", "Úkol přijde s podnětem, připomínkou nebo krokem plánu.", "Potřeby", "/app/potreby"},
		{"ANA", "Sbíráte a kontrolujete data od poskytovatelů a obcí a vyhodnocujete je.", "Úkol přijde s odevzdaným výkazem a s koncem sběru.", "Seznam služeb", "/app/sluzby"},
		{"MET", "Spravujete číselníky, sady pravidel a metodiku.", "Úkol přijde, když verze pravidel čeká na kontrolu nebo zveřejnění.", "Číselníky", "/app/sprava/ciselniky"},
		{"HOD", "Hodnotíte přidělené žádosti o zařazení do sítě; ve střetu zájmů žádost předáte.", "Úkol přijde s přidělenou žádostí.", "Moje hodnocení", "/app/hodnoceni"},
		{"ECO", "Vedete peníze: dotační řízení, platby, vratky a vyúčtování.", "Úkol přijde se žádostí, splátkou nebo vyúčtováním.", "Kalendář", "/app/kalendar"},
		{"PAY", "Schvalujete platby, které připravil někdo jiný.", "Úkol přijde s dávkou plateb ke schválení.", "Kalendář", "/app/kalendar"},
		{"VED", "Schvalujete zveřejnění, výjimky a návrhy pro radu kraje.", "Úkol přijde, když něco čeká na vaše schválení.", "Seznam služeb", "/app/sluzby"},
		{"ELE", "Čtete podklady pro jednání rady, zastupitelstva a výboru. Do údajů nezasahujete.", "Podklady přijdou před jednáním.", "Seznam služeb", "/app/sluzby"},
		{"REG", "Porovnáváte evidenci s registrem poskytovatelů a potvrzujete konec registrací.", "Úkol přijde, když registrace končí nebo se údaje rozcházejí.", "Seznam služeb", "/app/sluzby"},
		{"AUD", "Čtete všechno včetně historie a stopy změn a stahujete podklady. Nic neměníte.", "Úkoly nemáte; začít můžete stopou změn.", "Prohledat stopu změn", "/app/sprava/stopa"},
	};
	for (size_t i = 0; i < LEN(all); i++)
		for (size_t k = 0; k < r->c->actor->grant_count; k++)
			if (str_eq(r->c->actor->grants[k].role, str_c(all[i].role))) {
				const Role *role = access_role(str_c(all[i].role));
				*ARENA_PUSH(r->c->arena, v->roles.at, v->roles.len, v->roles.cap) =
					(RoleView){str_c(role ? role->title : ""), str_c(all[i].does), str_c(all[i].waits),
					           {.label = str_c(all[i].label), .href = overview_is_open(r, all[i].href) ? str_c(all[i].href) : (Str){0}}};
				break;
			}
}
