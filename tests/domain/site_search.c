/* The search of the site over the demo region: every kind of thing that is public, typed without marks; nothing that is not. */
#include "tests/support/web.h"

static Answer searched(const char *query) {
	Browser b = {.app = test_app_demo()};
	Answer  a = web_get(&b, str_z(t_arena, str_format(t_arena, "/hledat?q=%s", query)));
	EQ_INT(a.status, 200);
	return a;
}

/* The group's heading and, below it, a link with these words to an address that begins so. */
static void finds(const char *query, const char *group, const char *title, const char *href) {
	Answer a = searched(query);
	Str    heading = str_format(t_arena, "<h3>%s <span", group);
	i64    at = str_find(a.body, heading);
	if (at < 0)
		test_fail(__FILE__, __LINE__, "%s: no group %s", query, group);
	Str rest = str_from(a.body, (size_t)at + heading.len);
	i64 end = str_find(rest, S("</section>"));
	Str lines = str_first(rest, (size_t)(end < 0 ? 0 : end));
	if (!str_has(lines, str_c(title)) || !str_has(lines, str_format(t_arena, "href=\"%s", href)))
		test_fail(__FILE__, __LINE__, "%s: in %s there is no %s", query, group, title);
}

static void finds_nothing(const char *query) {
	if (!str_has(searched(query).body, S("Nic jsme nenašli")))
		test_fail(__FILE__, __LINE__, "%s is found", query);
}

TEST("site search: services, places, documents, resolutions, news, pages and projects are found, each in its group, without marks") {
	finds("domovy+pro+seniory", "Druhy služeb", "Domovy pro seniory", "/katalog/druhy/");
	finds("frydlant", "Správní obvody", "Frýdlant", "/uzemi/frydlant");
	finds("metodika+zarazovani", "Dokumenty", "Metodika zařazování", "/dokumenty/");
	finds("616/23/zk", "Usnesení", "Usnesení 616/23/ZK", "/usneseni/616-23-ZK");
	finds("zacala+priprava+planu", "Aktuality a oznámení", "Začala příprava plánu", "/aktuality/");
	finds("pravni+zaklad", "Stránky webu", "Právní základ", "/planovani/pravni-zaklad");
	finds("0003861", "Projekty", "Rozvoj a podpora plánování", "/projekty/");
	finds("mapa+stranek", "Části webu", "Mapa stránek", "/mapa-stranek");
}

TEST("site search: plans, cards, comment periods, answered comments, hearings, deadlines and needs are found too") {
	finds("strednedoby+2024", "Plány", "2024–2026", "/plan/2024-2026");
	finds("vecerni+horskych", "Karty aktivit", "A01-01 Večerní pečovatelská", "/plan/2024-2026/karty/A01-01");
	finds("a01-01", "Karty aktivit", "A01-01", "/plan/2024-2026/karty/A01-01");
	finds("pravidlum+prehodnoceni", "Připomínková řízení", "Připomínky k pravidlům", "/pripominky/");
	finds("linku+duvery", "Vypořádané připomínky", "Připomínka P-2023-0009", "/pripominky/");
	finds("svazky+spolufinancuji", "Vypořádané připomínky", "Popisná část", "/pripominky/");
	finds("projednani+navrhu", "Veřejná projednání", "Veřejné projednání návrhu plánu", "/projednani/");
	finds("vyjadreni+orp", "Termíny", "Vyjádření ORP", "/kalendar");
	finds("seniori", "Potřeby území", "Potřeby: senioři", "/potreby?skupina=seniori");
	finds("frydlant", "Potřeby území", "Potřeby v obvodu Frýdlant", "/potreby");
	finds("vikendova+pecovatelska", "Na co síť neodpoví", "Večerní a víkendová", "/potreby/bez-odpovedi");
}

TEST("site search: comments before their answers, names of citizens, drafts of plans and of news, and proposed cards are not found") {
	finds_nothing("prazdninach+malo");
	finds_nothing("jana+ukazkova");
	finds_nothing("ctvrte+centrum+dusevniho");
	finds_nothing("setkani+poskytovatelu+na+jare");
	finds_nothing("propojit+terenni+se+zdravotni+peci+osmdesati");
}

TEST("site search: each kind says how many there are, and leads to them") {
	Answer a = searched("pecovatelska");
	EXPECT(str_has(a.body, S("Druhy výsledků")) && str_has(a.body, S(">Karty aktivit (2)</a>")));
	i64 at = str_find(a.body, S("\">Karty aktivit (2)</a>"));
	Str id = str_first(str_from(a.body, (size_t)at - 10), 10);
	id = str_from(id, (size_t)str_find_char(id, '#') + 1);
	EXPECT(str_has(a.body, str_format(t_arena, "<section class=\"flow\" id=\"%.*s\">", STR_ARG(id))));
}

