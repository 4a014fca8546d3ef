#include "web/ui_samples.h"

#include "web/forms.html.h"
#include "web/frame.html.h"
#include "web/parts.html.h"
#include "web/tables.html.h"
#include "web/ui_page.html.h"
#include "web/work.html.h"

/* Names, services and numbers are invented. One function per component; ids differ, for all of them stand on one page. */

/* ---- words and signs ---- */

static void show_tag(Out *out) { view_ui_tags(out); }

static void show_note(Out *out) {
	view_note(out, &(NoteView){.kind = NOTE_OK, .title = S("Uloženo."), .text = S("Údaje služby platí od 1. 1. 2027.")});
	view_note(out, &(NoteView){.kind = NOTE_WARN, .title = S("Upozornění:"),
		.text = S("plánované úhrady rostou rychleji než v jiných domovech pro seniory. Výkaz lze odeslat, připojte vysvětlení.")});
	view_note(out, &(NoteView){.kind = NOTE_ERR, .title = S("Nepodařilo se odeslat:"), .text = S("sběr skončil 30. 11. 2026 ve 14:00.")});
	view_note(out, &(NoteView){.label = S("Správa sítě"), .text = S("Pracujete s veřejným zobrazením. Rozpracovaná je verze 2027/1."),
		.links = LIST_OF(LinkView, LINK("Upravit pracovní verzi", "/app/sit/2027-1"), LINK("Žádosti (4)", "/app/sit/zadosti"))});
}

static void show_empty(Out *out) {
	view_empty(out, &(EmptyView){.title = S("Žádná služba neodpovídá"),
		.text = S("Filtru „terénní“ spolu s územím Tanvald nic neodpovídá. Zrušte jeden z nich."),
		.buttons = LIST_OF(BtnView, {.text = S("Zrušit filtr území"), .href = S("/katalog?forma=t"), .kind = BTN_SECONDARY})});
}

static void show_demo(Out *out) { view_demo_strip(out); }
static void show_icons(Out *out) { view_ui_icons(out); }

/* ---- buttons ---- */

static void show_btn(Out *out) {
	view_ui_buttons(out, (BtnViews)LIST_OF(BtnView, {.text = S("Uložit a pokračovat"), .name = S("akce"), .value = S("dal")},
		{.text = S("Uložit koncept"), .kind = BTN_SECONDARY, .unchecked = true}, {.text = S("Hledat"), .icon = "search"},
		{.text = S("Přihlásit se"), .href = S("/prihlaseni"), .kind = BTN_SECONDARY, .small = true}, {.text = S("Odhlásit se"), .kind = BTN_LINK}));
}

static void show_actions(Out *out) {
	view_actions(out, &(ActionsView){
		.buttons = LIST_OF(BtnView, {.text = S("Uložit a pokračovat")}, {.text = S("Uložit koncept"), .kind = BTN_SECONDARY}),
		.back = LINK("Zpět na kapacity", "/app/vykaz/318/kapacity")});
}

/* ---- forms ---- */

static void show_field(Out *out) {
	view_field(out, &(FieldView){.name = S("nazev"), .label = S("Název služby"), .value = S("Domov Stříbrný jilm")});
	view_field(out, &(FieldView){.name = S("luzka"), .label = S("Počet lůžek v Základní síti"), .value = S("92"), .readonly = true, .is_number = true,
		.hint = S("Podle platného pověření. Změnu řeší žádost o změnu kapacity."), .width = WIDTH_5});
	view_field(out, &(FieldView){.name = S("uvazky"), .label = S("Přepočtené úvazky v přímé péči"), .value = S("42,5x"), .is_number = true,
		.hint = S("Průměr za rok, například 42,50. Loni 41,75."), .error = S("Zapište číslo s nejvýše dvěma desetinnými místy"),
		.input_mode = "decimal", .width = WIDTH_5});
	view_field(out, &(FieldView){.kind = FIELD_DATE, .name = S("od"), .label = S("Platí od"), .value = S("1. 1. 2027"), .error = S("Zvolte den po 31. 12. 2026")});
	view_field(out, &(FieldView){.kind = FIELD_AREA, .name = S("duvod"), .label = S("Vysvětlení"), .value = S("Od ledna přibude\nšest lůžek."), .rows = 3, .optional = true});
	view_field(out, &(FieldView){.kind = FIELD_SELECT, .name = S("pro"), .label = S("Pro koho"), .width = WIDTH_20,
		.options = LIST_OF(OptionView, {.label = S("Všechny cílové skupiny")}, {.value = S("seniori"), .label = S("Senioři"), .chosen = true, .counted = true, .count = 78})});
	view_field(out, &(FieldView){.kind = FIELD_FILE, .name = S("priloha"), .label = S("Příloha"), .optional = true,
		.hint = S("PDF, XLSX nebo ODS, nejvýše 10 MB"), .accept = S(".pdf,.xlsx,.ods")});
}

static void show_check(Out *out) {
	view_field(out, &(FieldView){.kind = FIELD_RADIOS, .name = S("nepretrzite"), .label = S("Poskytuje se služba nepřetržitě?"),
		.error = S("Zvolte jednu z možností"),
		.options = LIST_OF(OptionView, {.value = S("1"), .label = S("Ano, 24 hodin denně")}, {.value = S("0"), .label = S("Ne"), .hint = S("Provozní dobu doplníte v dalším kroku.")})});
	view_field(out, &(FieldView){.kind = FIELD_CHECKS, .name = S("druh"), .label = S("Druh služby"), .fold_after = 2, .fold_label = S("Další 2 druhy"),
		.options = LIST_OF(OptionView,
			{.value = S("40"), .label = S("Pečovatelská služba"), .chosen = true, .counted = true, .count = 41},
			{.value = S("39"), .label = S("Osobní asistence"), .counted = true, .count = 17},
			{.value = S("44"), .label = S("Odlehčovací služby"), .counted = true, .count = 12},
			{.value = S("41"), .label = S("Tísňová péče"), .counted = true})});
	view_field(out, &(FieldView){.kind = FIELD_CHECK, .name = S("prohlaseni"), .label = S("Prohlašuji, že údaje jsou úplné a pravdivé"),
		.hint = S("Prohlášení činí osoba oprávněná jednat za poskytovatele."), .error = S("Bez prohlášení nelze výkaz odeslat")});
}

static void show_error_summary(Out *out) {
	view_error_summary(out, &(ErrorsView){
		.errors = LIST_OF(LinkView, LINK("Přepočtené úvazky: zapište číslo s nejvýše dvěma desetinnými místy", "#uvazky"),
			LINK("Rozpočty obcí, plán 2027: zapište částku číslicemi, například 650 000", "#r1c1")),
		.more = S("a dalších 12 chyb v tabulce zdrojů")});
}

static void show_filter(Out *out) {
	view_filter_open(out, &(FilterView){.label = S("Filtr služeb"), .action = S("/katalog"), .summary = S("Hledání a filtry (použit 1)"),
		.keep = LIST_OF(HiddenView, {.name = S("radit"), .value = S("-nazev")})});
	view_field(out, &(FieldView){.name = S("q"), .type = "search", .label = S("Hledat"), .hint = S("Název, poskytovatel, obec nebo IČO. Na háčkách nezáleží.")});
	view_field(out, &(FieldView){.kind = FIELD_CHECKS, .name = S("forma"), .label = S("Podoba služby"),
		.options = LIST_OF(OptionView, {.value = S("t"), .label = S("Terénní"), .chosen = true, .counted = true, .count = 78},
			{.value = S("a"), .label = S("Ambulantní"), .counted = true, .count = 36})});
	view_filter_close(out, S("Zobrazit služby"), S("/katalog"));
}

static VersionViews sample_versions(VersionView to[static 3]) {
	to[0] = (VersionView){.href = S("/sit?ke-dni=2026-07-01"), .label = S("1. 7. 2026"), .note = S("2026/3")};
	to[1] = (VersionView){.href = S("/sit?ke-dni=2026-09-01"), .label = S("1. 9. 2026"), .note = S("2026/4, platná"), .current = true};
	to[2] = (VersionView){.href = S("/sit?ke-dni=2027-01-01"), .label = S("1. 1. 2027"), .note = S("2027/1, návrh"), .draft = true};
	return (VersionViews){to, 3, 0};
}

static void show_as_of(Out *out) {
	VersionView versions[3];
	view_as_of_form(out, &(AsOfView){.label = S("Stav sítě ke dni"), .action = S("/sit"), .valid = S("18. 11. 2026"),
		.known = S("loni"), .known_error = S("Zapište den jako 1. 9. 2026"), .keep = LIST_OF(HiddenView, {.name = S("druh"), .value = S("domovy")}),
		.versions_label = S("Verze sítě"), .versions = sample_versions(versions)});
}

static void show_conflict(Out *out) {
	view_conflict(out, &(ConflictView){.name = S("telefon"), .label = S("Telefon"), .mine = S("+420 000 000 101"), .theirs = S("+420 000 000 100"),
		.theirs_by = S("Petr Příkladný, dnes 10:42")});
	view_conflict(out, &(ConflictView){.name = S("web"), .label = S("Web"), .theirs = S("https://www.example.org/domov"), .theirs_by = S("Petr Příkladný, dnes 10:42")});
}

static void show_sign_in(Out *out) { view_ui_gate(out); }

void view_ui_sign_in_form(Out *out) {
	view_sign_in(out, &(SignInView){.action = S("/prihlaseni"), .email = S("jana@example.org"), .forgotten = LINK("Zapomenuté heslo", "/heslo"),
		.keep = LIST_OF(HiddenView, {.name = S("csrf"), .value = S("ukazka")}, {.name = S("zpet"), .value = S("/app/sber")})});
}

/* ---- navigation ---- */

static void show_crumbs(Out *out) {
	view_crumbs(out, (Links)LIST_OF(LinkView, LINK("Přehled", "/app"), LINK("Sběr dat", "/app/sber"), LINK("Domov Stříbrný jilm", "")));
}

static void show_onpage(Out *out) {
	view_onpage(out, S("na-teto-strance"), (Links)LIST_OF(LinkView, LINK("Kapacity podle území", "#ui-table"), LINK("Historie", "#ui-history")));
}

static void show_tabs(Out *out) {
	view_tabs(out, S("Část záznamu"), (TabViews)LIST_OF(TabView, {.label = S("Údaje"), .href = S("/app/sluzby/7"), .current = true},
		{.label = S("Místa"), .href = S("/app/sluzby/7/mista"), .counted = true, .count = 3}, {.label = S("Historie"), .href = S("/app/sluzby/7/historie")}));
}

static void show_steps(Out *out) {
	view_steps(out, S("Postup vyplnění"), (StepViews)LIST_OF(StepView, {.label = S("Služba a kontakty"), .href = S("/app/vykaz/318/sluzba"), .done = true},
		{.label = S("Kapacity"), .href = S("/app/vykaz/318/kapacity"), .done = true}, {.label = S("Personál a zdroje"), .current = true},
		{.label = S("Náklady")}, {.label = S("Kontrola a odeslání")}));
}

static void show_versions(Out *out) {
	VersionView versions[3];
	view_versions(out, S("Verze plánu"), sample_versions(versions));
}

static void show_chips(Out *out) {
	view_chips(out, (Links)LIST_OF(LinkView, LINK("Senioři", "/katalog?forma=t"), LINK("Terénní", "/katalog?pro=seniori")));
}

static void show_pager(Out *out) {
	view_pager(out, &(PagerView){.label = S("Stránkování, začátek"), .base = S("/katalog?pro=seniori&strana="), .page = 1, .pages = 8});
	view_pager(out, &(PagerView){.label = S("Stránkování, uprostřed"), .base = S("/katalog?strana="), .page = 20, .pages = 40});
	view_key_pager(out, &(KeyPagerView){.label = S("Stránkování deníku"), .first = S("/app/sprava/audit"),
		.previous = S("/app/sprava/audit?pred=900"), .text = S("Záznamy 26–50"), .next = S("/app/sprava/audit?za=851")});
}

static void show_downloads(Out *out) {
	view_downloads(out, (Links)LIST_OF(LinkView, LINK("CSV", "/katalog.csv"), LINK("XLSX", "/katalog.xlsx"), LINK("JSON", "/katalog.json")));
}

/* ---- blocks ---- */

static void show_kpis(Out *out) {
	view_kpis(out, (KpiViews)LIST_OF(KpiView, {.label = S("Služby v Základní síti"), .value = S("238"), .note = S("o 2 více než k 1. 1. 2026")},
		{.label = S("Odevzdané rozpočty 2027"), .value = S("72"), .unit = S("%"), .done = 171, .total = 238, .note = S("171 z 238, do 30. 11. 2026")},
		{.label = S("Potřeba zdrojů 2027"), .value = S("1,89"), .unit = S("mld. Kč"), .note = S("o 5,0 % více než 2026")}));
}

static void show_tiles(Out *out) {
	view_tiles(out, (TileViews)LIST_OF(TileView,
		{.icon = "home-care", .href = S("/zivotni-situace/pece-doma"), .title = S("Péče o blízkého doma"), .text = S("Pečovatelka, asistent, odlehčení pro toho, kdo pečuje")},
		{.icon = "bed", .href = S("/zivotni-situace/pobytova-sluzba"), .title = S("Hledám pobytovou službu"), .text = S("Domovy, chráněné bydlení, volná místa a pořadníky")},
		{.icon = "crisis", .href = S("/zivotni-situace/dluhy-a-bydleni"), .title = S("Dluhy, bydlení, krize"), .text = S("Poradny, azylové domy, krizová pomoc, terén")}));
}

static void show_list(Out *out) {
	view_list(out, (ItemViews)LIST_OF(ItemView,
		{.href = S("/app/pripominky/plan-2027"), .text = S("Vypořádat 12 připomínek k návrhu plánu 2027–2029"), .tag_kind = TAG_ERR, .tag = S("po termínu 2 dny")},
		{.href = S("/dokumenty/7"), .text = S("Karty rozvojových aktivit, příloha č. 1"), .meta = S("PDF, 1,1 MB · 9. 11. 2026")},
		{.text = S("Rozeslání 19 upomínek"), .meta = S("dokončeno dnes")}));
}

static void show_pairs(Out *out) {
	view_pairs(out, (PairViews)LIST_OF(PairView, {.label = S("Poskytovatel"), .value = S("Jilm, p. o."), .href = S("/katalog/poskytovatel/00000000")},
		{.label = S("Kapacita"), .value = S("92 lůžek")}, {.label = S("Cílové skupiny a věk, pro které je služba určena"), .value = S("senioři, 65 let a více")}, {.label = S("Web")}));
}

static void show_timeline(Out *out) {
	view_timeline(out, (MomentViews)LIST_OF(MomentView,
		{.datetime = S("2026-10-05"), .when = S("5. 10. 2026"), .text = S("První verze návrhu"), .done = true},
		{.datetime = S("2026-11-09"), .when = S("9.–22. 11. 2026"), .text = S("Připomínky k návrhu plánu"), .href = S("/pripominky/plan-2027"), .current = true},
		{.datetime = S("2026-12-15"), .when = S("15. 12. 2026"), .text = S("Zastupitelstvo rozhodne o plánu a síti")}));
}

static void show_dateblock(Out *out) { view_dateblock(out, 24, S("listopadu")); }

static void show_progress(Out *out) {
	view_progress(out, &(ProgressView){.label = S("Import kapacity-2027.xlsx"), .text = S("Zpracováno 171 z 238 řádků, 2 upozornění"), .done = 171, .total = 238,
		.details = LINK("Podrobnosti", "/app/ulohy/88"), .cancel = LINK("Zrušit", "/app/ulohy/88/zrusit")});
	view_progress(out, &(ProgressView){.label = S("Příprava souboru"), .text = S("Úloha čeká ve frontě")});
}

static void show_deadline(Out *out) {
	DeadlineView v = {.at = prague_instant(date(2024, 7, 2), 0), .about = S("Výkaz za 1. období"), .wording = S("pondělí 1. 7. 2024, konec dne"), .left = S("zbývají 3 dny"),
		.shift = S("30. 6. 2024 je neděle → 1. 7. 2024"), .why = {(Str[]){S("Pravidlo: 30. 6. 24:00."), S("Posun: 30. 6. 2024 je neděle → 1. 7. 2024."),
		S("Závazný termín: pondělí 1. 7. 2024, konec dne.")}, 3, 0}};
	view_deadline(out, &v);
	view_deadline(out, &(DeadlineView){.at = v.at, .wording = v.wording, .left = S("po termínu 2 dny"), .left_kind = TAG_ERR});
}

static void show_rail(Out *out) {
	view_rail(out, &(RailView){.label = S("O tomto výkazu"), .state = S("Rozpracováno"), .state_kind = TAG_INFO, .saved = S("Koncept uložen 10:42"),
		.due = {.at = prague_instant(date(2026, 11, 30), 14 * 3600), .wording = S("pondělí 30. 11. 2026, 14:00"), .left = S("zbývá 12 dnů")},
		.parts = LIST_OF(ItemView, {.href = S("#ui-field"), .text = S("Personál"), .tag = S("1 chyba"), .tag_kind = TAG_ERR}, {.href = S("#ui-grid"), .text = S("Zdroje podle plátců")}),
		.help = LIST_OF(LinkView, LINK("Pokyny k vyplnění", "/napoveda/rozpocty"), LINK("+420 000 000 100", "tel:+420000000100"))});
}

static void show_contact(Out *out) {
	view_contact(out, &(ContactView){.person = S("Jana Ukázková"), .role = S("vedoucí služby"), .address = S("Lipová 12, 460 01 Liberec"),
		.map = LINK("Ukázat na mapě (mapy.com)", "https://mapy.com/"), .phone = LINK("+420 000 000 100", "tel:+420000000100"),
		.email = LINK("jilm@example.org", "mailto:jilm@example.org"), .web = LINK("www.example.org", "https://www.example.org/")});
}

static void show_hours(Out *out) {
	view_hours(out, S("Otevírací doba"), (HoursViews)LIST_OF(HoursView, {.day = S("pondělí"), .hours = S("8:00–17:00")},
		{.day = S("úterý"), .hours = S("8:00–12:00, 13:00–15:00"), .is_today = true}, {.day = S("sobota")}));
}

static void show_history(Out *out) {
	view_history(out, (HistoryViews)LIST_OF(HistoryView,
		{.at = prague_instant(date(2026, 11, 18), 10 * 3600), .who = S("Petr Příkladný"), .what = S("Změna údajů"), .why = S("oznámení poskytovatele z 16. 11. 2026"),
		 .changes = LIST_OF(ChangeView, {.label = S("Kapacita"), .before = S("86 lůžek"), .after = S("92 lůžek")}, {.label = S("Web"), .after = S("https://www.example.org/")})},
		{.at = prague_instant(date(2025, 1, 1), 9 * 3600), .what = S("Převzato z registru")}));
}

static void show_problem(Out *out) {
	view_problem(out, &(ProblemView){.title = S("Stránku jsme nenašli"), .text = S("Na této adrese nic není. Mohla se změnit, nebo je v ní překlep."),
		.todo = {(Str[]){S("Zkontrolujte adresu."), S("Vyhledejte službu v katalogu.")}, 2, 0},
		.ways = LIST_OF(LinkView, LINK("Katalog služeb", "/katalog"), LINK("Úvodní stránka", "/")), .reference = S("4f2a-19c0")});
}

/* ---- tables and figures ---- */

static void show_table(Out *out) {
	TableView t = {.id = S("sluzby-popis"), .caption = S("Služby 1–3 ze 78, seřazeno podle názvu"), .kind = "stack",
		.columns = LIST_OF(ColumnView, {.check_all = S("id")}, {.label = S("Služba"), .href = S("/katalog?radit=-nazev"), .sorted = SORTED_UP},
			{.label = S("Území"), .href = S("/katalog?radit=uzemi")}, {.label = S("Úvazky"), .href = S("/katalog?radit=uvazky"), .is_number = true}, {.label = S("Stav")})};
	view_table_open(out, &t);
	view_ui_table_rows(out);
	view_table_close(out, &t);
}

static void show_grid(Out *out) {
	TableView t = {.id = S("zdroje-popis"), .caption = S("Částky v Kč za celý rok. Mezi řádky se pohybujte šipkami."), .kind = "grid", .is_grid = true, .scrolls = true,
		.columns = LIST_OF(ColumnView, {.label = S("Zdroj")}, {.label = S("Skutečnost 2025"), .is_number = true},
			{.label = S("Plán 2027"), .id = S("s-plan"), .is_number = true}, {.label = S("Změna"), .is_number = true})};
	view_table_open(out, &t);
	view_ui_grid_rows(out);
	view_table_close(out, &t);
}

static void show_matrix(Out *out) {
	TableView t = {.id = S("matice-popis"), .caption = S("Stanoviska k verzi 2"), .caption_hidden = true, .kind = "matrix pin", .scrolls = true,
		.columns = LIST_OF(ColumnView, {.label = S("Území")}, {.label = S("A Úvod")}, {.label = S("B Analytická část")}, {.label = S("C Karty")})};
	view_table_open(out, &t);
	view_ui_matrix_rows(out);
	view_table_close(out, &t);
}

static void show_preview(Out *out) {
	view_preview(out, &(PreviewView){
		.table = {.id = S("nahled-popis"), .caption = S("Náhled souboru kapacity-2027.xlsx. Zatím se nic neuložilo."), .scrolls = true,
			.columns = LIST_OF(ColumnView, {.label = S("Služba")}, {.label = S("Území")}, {.label = S("Lůžka"), .is_number = true})},
		.rows = LIST_OF(PreviewRow,
			{.state = ROW_NEW, .place = S("List1, řádek 2"), .cells = LIST_OF(CellView, {.now = S("Domov Tichá zahrada")}, {.now = S("Frýdlant")}, {.now = S("30"), .is_number = true})},
			{.state = ROW_CHANGED, .place = S("List1, řádek 3"), .cells = LIST_OF(CellView, {.now = S("Domov Stříbrný jilm")}, {.now = S("Liberec")}, {.before = S("86"), .now = S("92"), .is_number = true})},
			{.state = ROW_WRONG, .place = S("List1, řádek 4"),
				.cells = LIST_OF(CellView, {.now = S("Chráněné bydlení Patro výš")},
					{.now = S("Librec"), .error = S("Takové území není; nejbližší je Liberec")},
					{.now = S("1O"), .error = S("Zapište číslo číslicemi, například 10"), .is_number = true})},
			{.state = ROW_ENDED, .place = S("v souboru chybí"), .cells = LIST_OF(CellView, {.now = S("Noclehárna Teplý kout")}, {.now = S("Jablonec nad Nisou")}, {.before = S("8"), .now = S("0"), .is_number = true})},
			{.state = ROW_SAME, .place = S("List1, řádek 5"), .cells = LIST_OF(CellView, {.now = S("Azylový dům Otevřená vrata")}, {.now = S("Česká Lípa")}, {.now = S("26"), .is_number = true})})});
}

static const char chart[] =
	"<svg class=\"chart\" viewBox=\"-16 0 376 96\" role=\"img\" aria-labelledby=\"ui-chart-t ui-chart-d\">"
	"<title id=\"ui-chart-t\">Výhled financování, 2026 a 2027</title><desc id=\"ui-chart-d\">V milionech Kč roste z 978 na 1 034.</desc>"
	"<line class=\"rule\" x1=\"38\" x2=\"38\" y1=\"6\" y2=\"84\"/><line class=\"rule\" x1=\"284\" x2=\"284\" y1=\"6\" y2=\"84\"/>"
	"<text class=\"strong\" x=\"30\" y=\"30\" text-anchor=\"end\">2026</text><rect class=\"c1\" x=\"38\" y=\"13\" width=\"118\" height=\"24\"/>"
	"<text class=\"on1\" x=\"97\" y=\"30\" text-anchor=\"middle\">978</text><rect class=\"c2\" x=\"158\" y=\"13\" width=\"34\" height=\"24\"/>"
	"<text class=\"strong\" x=\"30\" y=\"68\" text-anchor=\"end\">2027</text><rect class=\"c1\" x=\"38\" y=\"51\" width=\"125\" height=\"24\"/>"
	"<text class=\"on1\" x=\"100\" y=\"68\" text-anchor=\"middle\">1 034</text><rect class=\"c2\" x=\"165\" y=\"51\" width=\"36\" height=\"24\"/></svg>";
static const char map[] =
	"<svg class=\"map\" viewBox=\"0 0 360 160\" role=\"group\" aria-labelledby=\"ui-map-t\"><title id=\"ui-map-t\">Služby podle území</title>"
	"<a href=\"/katalog?orp=liberec\" aria-label=\"Liberec: 23 služeb\"><path class=\"q5\" d=\"M20 20h150v120H20z\"/></a>"
	"<a href=\"/katalog?orp=semily\" aria-label=\"Semily: 6 služeb\"><path class=\"q2\" d=\"M174 20h150v120H174z\"/></a>"
	"<g class=\"labels\" aria-hidden=\"true\"><text class=\"high\" x=\"95\" y=\"84\">Liberec</text><text x=\"249\" y=\"84\">Semily</text></g></svg>";

static void show_figure(Out *out) {
	view_figure(out, &(FigureView){.title = S("Výhled financování podle zdrojů"), .unit = S("mil. Kč, návrh plánu 2027–2029"), .caption = S("Výhled financování, mil. Kč"),
		.drawing = {{chart, sizeof chart - 1}},
		.legend = LIST_OF(LegendView, {.mark = "c1", .label = S("Stát (§ 101a)")}, {.mark = "c2", .label = S("Rozpočet kraje")}, {.mark = "chart-key plan", .label = S("plán"), .is_line = true}),
		.heads = {(Str[]){S("Zdroj"), S("2026"), S("2027")}, 3, 0},
		.rows = LIST_OF(FigureRow, {.label = S("Stát (§ 101a)"), .cells = {(Str[]){S("978"), S("1 034")}, 2, 0}}, {.label = S("Rozpočet kraje"), .cells = {(Str[]){S("127"), S("136")}, 2, 0}}),
		.sums = {(Str[]){S("1 105"), S("1 170")}, 2, 0},
		.downloads = LIST_OF(LinkView, LINK("CSV", "/plan/financovani.csv"))});
	view_figure(out, &(FigureView){.title = S("Služby podle území"), .unit = S("Kliknutím na území výběr zúžíte."), .caption = S("Počet služeb podle území"),
		.drawing = {{map, sizeof map - 1}}, .is_map = true, .bar_max = 23,
		.legend = LIST_OF(LegendView, {.mark = "q2 edge", .label = S("4–9")}, {.mark = "q5 edge", .label = S("20 a více")}),
		.heads = {(Str[]){S("Území"), S("Služeb")}, 2, 0},
		.rows = LIST_OF(FigureRow, {.label = S("Liberec"), .href = S("/katalog?orp=liberec"), .cells = {(Str[]){S("23")}, 1, 0}, .bar = 23},
			{.label = S("Semily"), .href = S("/katalog?orp=semily"), .cells = {(Str[]){S("6")}, 1, 0}, .bar = 6})});
}

/* ---- what moves by steps ---- */

static void show_work(Out *out) {
	static const Transition publish = {.action = "publish", .title = "Zveřejnit k připomínkám"}, back = {.action = "return", .title = "Vrátit k přepracování"},
	                        archive = {.action = "archive", .title = "Archivovat"};
	view_work_panel(out, &(WorkPanel){
		.state = S("projednání v orgánech"), .tone = TAG_INFO, .waits_for = S("vedoucí odboru"), .since = {INT64_C(1795252440000)},
		.due = {.at = prague_instant(date(2026, 11, 21), 0), .about = S("Plán rozvoje"), .wording = S("pátek 20. 11. 2026, konec dne"), .left = S("po termínu 2 dny"), .left_kind = TAG_ERR,
			.why = {(Str[]){S("Událost: verze uzavřena"), S("Pravidlo: 30 dnů po kroku")}, 2, 0}}, .post_to = S("/app/prubeh/plan/7"), .csrf = S("ukazka"),
		.version = 3,
		.actions = LIST_OF(WorkActionView, {.transition = &publish, .is_main = true},
			{.transition = &back, .asks = true, .is_open = true, .reason = {.kind = FIELD_AREA, .name = S("reason"), .id = S("duvod-return"), .label = S("Důvod"), .rows = 3,
				.error = S("Důvod: napište aspoň větu.")}},
			{.transition = &archive, .refusals = LIST_OF(Refusal, {S("Čtyři oči: připravuje jeden člověk, schvaluje jiný."), S("Krok „Uzavřít verzi“ jste udělali vy."),
				S("Požádejte kolegyni nebo kolegu.")})}),
		.steps = LIST_OF(WorkStepView, {.at = {INT64_C(1795252440000)}, .what = S("verze uzavřena"), .who = S("Jana Ukázková, krajský úřad"),
			.waived = S("Stanovisko K10 je zaznamenané. Orgány zatím program nevede.")},
			{.at = {INT64_C(1792573200000)}, .what = S("příprava zahájena"), .who = S("Jana Ukázková, krajský úřad"), .resolution = S("1824/22/RK")}),
		.keys = LIST_OF(WorkKey, {1, S("Zahájit přípravu"), S("koordinátor plánu")})});
}

/* ---- all of them ---- */

const UiSample ui_samples[] = {
	{"btn", show_btn}, {"field", show_field}, {"check", show_check}, {"error-summary", show_error_summary}, {"actions", show_actions},
	{"filter", show_filter}, {"as-of", show_as_of}, {"conflict", show_conflict}, {"sign-in", show_sign_in},
	{"tag", show_tag}, {"note", show_note}, {"empty", show_empty}, {"progress", show_progress}, {"demo", show_demo}, {"problem", show_problem},
	{"crumbs", show_crumbs}, {"onpage", show_onpage}, {"tabs", show_tabs}, {"steps", show_steps}, {"versions", show_versions},
	{"chips", show_chips}, {"pager", show_pager}, {"downloads", show_downloads},
	{"kpis", show_kpis}, {"tiles", show_tiles}, {"list", show_list}, {"pairs", show_pairs}, {"timeline", show_timeline}, {"dateblock", show_dateblock},
	{"deadline", show_deadline}, {"rail", show_rail}, {"contact", show_contact}, {"hours", show_hours}, {"history", show_history},
	{"work", show_work},
	{"table", show_table}, {"grid", show_grid}, {"matrix", show_matrix}, {"preview", show_preview}, {"figure", show_figure}, {"icons", show_icons},
};
const size_t ui_sample_count = LEN(ui_samples);

void view_ui_sample(Out *out, const UiSample *s) {
	s->show(out);
}

void ui_sample_frame(Out *out, bool signed_in, void (*content)(Out *out)) {
	FrameView f = {.title = S("Součásti"), .description = S("Všechny součásti stránek ve svých stavech."), .region = S("Ukázkový kraj"), .demo = true,
		.css = S("/s/app.css"), .js = S("/s/app.js"), .icon = S("/s/icon.svg"), .home_href = S("/"), .sign_in_href = S("/prihlaseni"),
		.announcements = LIST_OF(Announcement, {.title = S("Plánovaná odstávka."), .text = S("V sobotu 5. 12. 2026 od 20:00 do 22:00 nebude možné odesílat výkazy.")}),
		.notice = &(NoteView){.kind = NOTE_OK, .title = S("Uloženo."), .text = S("Změna platí od 1. 1. 2027."), .is_result = true},
		.crumbs = LIST_OF(LinkView, LINK("Úvod", "/"), LINK("Součásti", "")),
		.nav = LIST_OF(LinkView, {.label = S("Katalog služeb"), .href = S("/katalog"), .current = true}, LINK("Životní situace", "/zivotni-situace"),
			LINK("Území", "/uzemi"), LINK("Otevřená data", "/data")),
		.util = LIST_OF(LinkView, LINK("Nápověda", "/napoveda")),
		.alternates = LIST_OF(AlternateView, {.type = "application/json", .title = S("Tato stránka jako JSON"), .href = S("/_ui.json")}),
		.foot = LIST_OF(FootColumn,
			{.title = S("Kontakt"), .links = LIST_OF(LinkView, {.label = S("Krajský úřad, odbor sociálních věcí")}, LINK("socialni@example.org", "mailto:socialni@example.org"))},
			{.title = S("O webu"), .links = LIST_OF(LinkView, LINK("Prohlášení o přístupnosti", "/pristupnost"), LINK("Informace o cookies", "/cookies"))}),
		.foot_links = LIST_OF(LinkView, LINK("Nápověda", "/napoveda"), LINK("Prohlášení o přístupnosti", "/pristupnost")),
		.changed = date(2026, 11, 18), .responsible = S("odbor sociálních věcí"), .report_href = S("/kontakt?chyba=1"),
		.signed_in = signed_in, .who = S("Jana Ukázková"), .role = S("poskytovatel, Jilm, p. o."), .account_href = S("/app/ucet"),
		.sign_out_action = S("/odhlaseni"), .csrf = S("ukazka")};
	view_frame_head(out, &f);
	content(out);
	view_frame_foot(out, &f);
}
