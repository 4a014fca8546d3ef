// preparation.mjs: from the resolution that opens the works to the frozen draft.
import { account, act, follow, menu, note, origin, reads, refused, send, shot, step, visitor, words } from "./stage.mjs";

const PLAN = "Střednědobý plán rozvoje sociálních služeb 2024–2026";

async function bodies() {
	const page = await account("spravce");
	for (const name of ["Rada Libereckého kraje", "Zastupitelstvo Libereckého kraje"]) {
		await page.goto(`${origin}/app/sprava/organizace/novy`);
		await send(page, "main form", { kind: "body", name });
	}
	await page.goto(`${origin}/app/sprava/organizace`);
	await reads("the administrator writes the bodies of the region down", page, "Rada Libereckého kraje", "Zastupitelstvo Libereckého kraje");
}

export async function resolution(page, number, body, day, title) {
	await menu(page, "Dokumenty");
	await follow(page, "Usnesení", "main");
	await follow(page, "Nové usnesení", "main");
	await send(page, "main form", { number, body, decided_on: day, title, result: "approved", text: `${title}.` });
}

async function opening() {
	await act("the board opens the works", "2022-11-01T10:00:00+01:00");
	await bodies();
	const page = await account("planovac");
	await menu(page, "Plán");
	await follow(page, "Zahájit nový plán", "main");
	const typed = { year_from: "2024", author_unit: "odbor sociálních věcí", resolution: "1824/22/RK", inputs_until: "31. 3. 2023" };
	await send(page, "main form", typed);
	await reads("no plan opens without the board's resolution", page, "Usnesení 1824/22/RK není v evidenci usnesení");
	await resolution(page, "1824/22/RK", "Rada Libereckého kraje", "1. 11. 2022", "Zahájení prací na střednědobém plánu rozvoje sociálních služeb 2024–2026");
	await reads("the coordinator of the plan writes down resolution 1824/22/RK of 1 November 2022", page, "1824/22/RK", "1. 11. 2022");
	await menu(page, "Plán");
	await follow(page, "Zahájit nový plán", "main");
	await send(page, "main form", typed);
	await reads("the plan opens by that resolution, with five empty mandatory parts", page, PLAN, "Popisná část", "Analytická část", "Vyhodnocení předchozího plánu",
		"Strategická část", "Zajištění sítě");
	note("the drafting does not begin while contributions are still taken", (await refused(page, "Začít psát")).includes("Podněty se ještě přijímají."));
	for (const [day, day_title] of [["1. 11. 2022", "Rada kraje zahájila práce na plánu"], ["1. 11. 2023", "Návrh se zveřejní k připomínkám"], ["16. 11. 2023", "Veřejné projednání"], ["19. 12. 2023", "Plán schvaluje zastupitelstvo"]])
		await send(page, "form:has([name=day_title])", { day, day_title });
	await send(page, "li:has-text('Rada kraje zahájila') form", {});
	await shot(page, "zahajeni-urad");
}

async function announced() {
	const page = await visitor("/");
	await follow(page, "Plán", "nav");
	await reads("everybody sees that a plan is being prepared", page, "Plán v přípravě", PLAN);
	await follow(page, PLAN, "main");
	await reads("and reads how it will come about, day by day, and by which resolution", page, "1824/22/RK", "Rada kraje zahájila práce na plánu", "Veřejné projednání", "16. 11. 2023", "19. 12. 2023",
		"31. 3. 2023");
	await shot(page, "zahajeni-verejnost");
	await follow(page, "1824/22/RK", "main");
	await reads("and the resolution itself", page, "Zahájení prací na střednědobém plánu rozvoje sociálních služeb 2024–2026", "Rada Libereckého kraje");
	const coordinator = await account("koordinator.tanvald");
	await coordinator.goto(`${origin}/app/upozorneni`);
	await reads("the coordinator of a district is told", coordinator, PLAN);
}

async function contribution() {
	const page = await account("statutar");
	await page.goto(`${origin}/plan`);
	await follow(page, PLAN, "main");
	await follow(page, "Napsat podnět k plánu", "main");
	await send(page, "main form", { text: "V horských obcích chybí pečovatelská služba večer. Zájemce odmítáme každý týden." });
	await reads("a provider contributes before the last day", page, "Podnět je odeslaný.");
}

// ---- 3 April 2023: writing

const TEXTS = {
	"Popisná část": "Kraj má ![obcí](zivy-udaj:pocet-obci) obcí. Plán vznikal s obcemi, poskytovateli a lidmi, kteří služby potřebují.\n\n## Kdo plán připravil\n\nPracovní skupiny deseti obvodů a odbor sociálních věcí.",
	"Analytická část": "V kraji působí ![služeb](zivy-udaj:pocet-sluzeb) sociálních služeb.\n\nNejvíc chybí terénní služby pro seniory a odlehčovací služby pro pečující.\n\n"
		+ "![Sociální služby podle druhu](zivy-udaj:sluzby-podle-druhu)",
	"Vyhodnocení předchozího plánu": "Plán 2021–2023 měl dvě priority.\n\n| Priorita | Splněno |\n| --- | --- |\n| Služby doma | částečně |\n| Poradenství | ano |\n: Jak se plnil plán 2021–2023",
	"Strategická část": "## Priorita 1: Služby doma\n\nKraj podpoří pečovatelskou službu i o víkendu.\n\n## Priorita 2: Dostupné poradenství\n\nV každém správním obvodu bude dostupné dluhové poradenství.",
};
const SECURING = "Do Základní sítě se zařazují služby, na které jsou ve výhledu financování peníze.";

async function chapter(page, title) {
	await menu(page, "Plán");
	await follow(page, PLAN, "main");
	await follow(page, title, "main table");
}

async function write(page, title, text) {
	await chapter(page, title);
	await follow(page, "Upravit kapitolu", "main");
	await send(page, "main form", { text }, "Uložit kapitolu");
}

async function answered() {
	const page = await account("planovac");
	await menu(page, "Plán");
	await follow(page, PLAN, "main");
	await send(page, "form:has([name=reply])", { reply: "Večerní pečovatelská služba bude mezi kartami aktivit." }, /^Přijmout/);
	await reads("the coordinator answers the contribution", page, "Večerní pečovatelská služba bude mezi kartami aktivit.", "přijato");
	await step(page, "Začít psát");
	await reads("the drafting begins when the last day of contributions is over", page, "Stav: zpracování.");
	note("the draft is not frozen while mandatory parts are empty", (await refused(page, "Zmrazit návrh")).includes("Povinné části bez textu: Popisná část"));
}

async function written() {
	const page = await account("planovac");
	for (const [title, text] of Object.entries(TEXTS)) await write(page, title, text);
	await chapter(page, "Analytická část");
	await reads("live figures stand in the text while it is written", page, /V kraji působí \d+ sociálních služeb/, "Sociální služby podle druhu");

	const colleague = await account("planovac", "second desk");
	await chapter(colleague, "Zajištění sítě");
	await chapter(page, "Zajištění sítě");
	await follow(page, "Upravit kapitolu", "main");
	await follow(colleague, "Upravit kapitolu", "main");
	await send(colleague, "main form", { text: SECURING }, "Uložit kapitolu");
	await send(page, "main form", { text: "Síť se řídí metodikou." }, "Uložit kapitolu");
	await reads("the slower of two authors is shown both texts and loses nothing", page, "mezitím uložil někdo jiný", SECURING, "Síť se řídí metodikou.");
	await shot(page, "dva-autori");
	await send(page, "main form", { text: `${SECURING}\n\nSíť se řídí metodikou.` }, "Uložit kapitolu");
	await reads("and saves what has both", page, "Kapitola je uložená.", SECURING, "Síť se řídí metodikou.");
}

async function proposed() {
	const analyst = await account("analytik");
	await chapter(analyst, "Analytická část");
	const paragraph = analyst.locator("main article p", { hasText: "Nejvíc chybí" });
	await Promise.all([analyst.waitForURL(/poznamka/), paragraph.getByRole("link", { name: "Poznámka" }).click()]);
	await send(analyst, "main form", { text: "Podle sběru potřeb.", proposal: "Nejvíc chybí terénní služby pro seniory večer a odlehčovací služby pro pečující." });
	await reads("an analyst proposes another wording of a paragraph", analyst, "Poznámka je uložená.", "Podle sběru potřeb.");
	const page = await account("planovac");
	await chapter(page, "Analytická část");
	await shot(page, "navrh-zneni");
	await send(page, "form:has([name=reply])", {}, /^Přijmout/);
	await reads("the coordinator takes the wording over by one button", page, "Nejvíc chybí terénní služby pro seniory večer a odlehčovací služby pro pečující.", "přijato");
}

// ---- strategy and cards

async function strategy() {
	const page = await account("planovac");
	await menu(page, "Plán");
	await follow(page, PLAN, "main");
	await follow(page, "Strategie plánu", "main");
	const own = page.url();
	for (const [link, code, title] of [["Přidat prioritu", "1", "Služby doma"], ["Přidat cíl", "1.1", "Dostupné terénní služby"], ["Přidat opatření", "1.1.1", "Večer a víkend"]]) {
		await page.goto(own);
		await follow(page, link, "main");
		await send(page, "main form", { code, title });
	}
	await page.goto(own);
	await reads("a priority, a goal and a measure stand under one another", page, "1 Služby doma", "1.1 Dostupné terénní služby", "1.1.1 Večer a víkend");
	await shot(page, "strategie");
}

const card = (code, title) => ({
	code, title, measure: /1\.1\.1/, description: "Služba bude v obcích obvodu dostupná i po osmnácté hodině a o víkendu.", justification: "Poskytovatelé odmítají zájemce.",
	target_groups: ["seniori"], kinds: ["40"], forms: ["ter"], change_type: "increase", unit: "U", capacity_now: "3,5", capacity_target: "6", responsible: "odbor sociálních věcí",
	starts_on: "1. 1. 2024", ends_on: "31. 12. 2026",
});

async function cards() {
	const page = await account("planovac");
	await menu(page, "Plán");
	await follow(page, PLAN, "main");
	await follow(page, "Karty aktivit", "main");
	await follow(page, "Navrhnout kartu", "main");
	await send(page, "main form", card("A01-01", "Pečovatelská služba večer a o víkendu"));
	await send(page, "form[action$=penize]", { castka_provoz_2024: "1 200 000", castka_provoz_2025: "1 250 000", castka_provoz_2026: "1 300 000", castka_S1_2024: "800 000,50" });
	await reads("the coordinator writes an activity card with its money by years and sources", page, "Částky karty A01-01 jsou uložené.", "1 200 000", "800 000,50");
	const coordinator = await account("koordinator.tanvald");
	await menu(coordinator, "Plán");
	await follow(coordinator, PLAN, "main");
	await follow(coordinator, "Karty aktivit", "main");
	await follow(coordinator, "Navrhnout kartu", "main");
	await send(coordinator, "main form", card("A01-02", "Večerní pečovatelská služba na Tanvaldsku"));
	await reads("the coordinator of a district proposes one for the own territory", coordinator, "Návrh karty A01-02 je uložený.");
	await shot(page, "karta");
}

async function writing() {
	await act("the plan is written", "2023-04-03T09:00:00+02:00");
	await answered();
	await written();
	await proposed();
	await strategy();
	await cards();
}

// ---- 16 October 2023: the draft

async function ofOutlook(name) {
	const page = await account(name);
	await menu(page, "Plán");
	await follow(page, PLAN, "main");
	await follow(page, "Výhled financování", "main");
	return page;
}

async function outlook() {
	await act("the draft is frozen and goes to the steering groups", "2023-10-16T09:00:00+02:00");
	const economist = await ofOutlook("ekonom");
	await send(economist, "form[action$=prevzit]");
	await reads("the economist takes the sums of cards over into the outlook", economist, "Souhlasí s kartami", "1 200 000", "Nekryto");
	const head = await ofOutlook("vedouci");
	await send(head, "form[action$=na-vedomi]", { why: "Nekrytou částku kraj vyjedná s obcemi." });
	await reads("the head takes note of what is not covered, with a reason", head, "vzato na vědomí", "Nekrytou částku kraj vyjedná s obcemi.");
	await shot(head, "vyhled");
}

async function frozen() {
	const page = await account("planovac");
	await menu(page, "Plán");
	await follow(page, PLAN, "main");
	await step(page, "Zmrazit návrh");
	await reads("the coordinator freezes the draft as version 1", page, "Stav: projednání ve skupinách.", "Verze č. 1");
	const public_page = await visitor("/plan/2024-2026");
	await reads("which the public does not read yet", public_page, "Plán se připravuje.");
	await step(page, "Zveřejnit k připomínkám");
	await reads("the draft is put forward", page, "Stav: připomínky veřejnosti.");
	await public_page.goto(`${origin}/plan/2024-2026`);
	await reads("now everybody reads its chapters", public_page, "Čtete znění, které se projednává.", "Strategická část", "Celý plán jako PDF");
	await shot(public_page, "navrh-verejnost");
}

export async function preparation() {
	await opening();
	await announced();
	await contribution();
	await writing();
	await outlook();
	await frozen();
}
