// judgement.mjs: municipalities state, reviewers score: two, a third where they are far apart, nobody in a conflict of interest.
import { known } from "./announcement.mjs";
import { SERVICE } from "./application.mjs";
import { account, act, follow, note, origin, reads, refused, send, shot, step, task, until, words } from "../cycle/stage.mjs";

const here = (page) => new URL(page.url()).pathname;

const statement = (verdict, money) => ({ verdict, persons: "24", reason: "Večerní pomoc v obcích chybí, mladí dojíždějí za prací.", accord: "ano", co_funding: money,
	body: "Rada města", decided_on: "30. 11. 2026", number: "412/2026" });

async function towns() {
	await act("municipalities state", "2026-12-02T09:00:00+01:00");
	const coordinator = await account("koordinator.tanvald");
	await task(coordinator, "Vyjádřete se k žádosti o zařazení do sítě");
	if (here(coordinator) === "/app/vyjadreni") await follow(coordinator, new RegExp(known.service), "main");
	await reads("the coordinator of the district that is concerned was asked by the program", coordinator, known.service, "Tanvald", "11. 12. 2026");
	await follow(coordinator, "Žádost, ke které se vyjadřujete", "main");
	await reads("and reads what it is about", coordinator, "Požadovaná vyrovnávací platba", "1 700 000", "Tanvald 45");
	await coordinator.goBack();
	note("an empty statement is not signed, and what is missing is said", (await refused(coordinator, "Podepsat")).includes("Ve vyjádření chybí: zda je služba potřebná,"));
	await follow(coordinator, "Vyplnit vyjádření", "main");
	await send(coordinator, "main form", { ...statement("potrebna", ""), reason: "Večerní pomoc chybí." });
	note("co-funding is said outright, 0 too", (await refused(coordinator, "Podepsat")).includes("spolufinancování (když žádné není, 0)"));
	await follow(coordinator, "Vyplnit vyjádření", "main");
	await send(coordinator, "main form", { co_funding: "120 000" });
	await step(coordinator, "Podepsat");
	await step(coordinator, "Doručit kraji");
	await reads("signed and delivered it counts", coordinator, "doručené", "120 000");
	const mayor = await account("starosta.turnov");
	await mayor.goto(`${origin}/app/vyjadreni?state=requested`);
	await follow(mayor, known.service, "main table");
	await follow(mayor, "Vyplnit vyjádření", "main");
	await send(mayor, "main form", statement("potrebna", "0"));
	await step(mayor, "Podepsat");
	await step(mayor, "Doručit kraji");
	await reads("the mayor of another district signs with nothing to pay", mayor, "doručené");
	const clerk = await account("obec.jablonec");
	await clerk.goto(`${origin}/app/vyjadreni?state=requested`);
	await follow(clerk, known.service, "main table");
	note("a clerk prepares a statement, somebody else signs it", (await clerk.getByRole("button", { name: "Podepsat" }).count()) === 0);
	const officer = await account("sit");
	await officer.goto(`${origin}${known.application}`);
	note("statements are not closed while one may still come", (await refused(officer, "Uzavřít vyjádření obcí")).includes("Chybí vyjádření obvodů: 1."));
}

async function missed() {
	await act("the days of statements are over", "2026-12-14T09:00:00+01:00");
	const page = await account("sit");
	await page.goto(`${origin}${known.application}`);
	await until("what did not come to be written down", async () => (await page.reload()) && (await words(page)).includes("nepřišlo"));
	await step(page, "Uzavřít vyjádření obcí");
	await reads("what did not come is recorded as none", page, "nepřišlo", "čeká na hodnocení");
	await page.goto(`${origin}${known.other}`);
	await step(page, "Uzavřít vyjádření obcí");
}

async function becomesReviewer(name) {
	const page = await account("spravce");
	await page.goto(`${origin}/app/sprava/uzivatele?q=${encodeURIComponent(name)}`);
	await follow(page, name, "main tbody");
	await follow(page, "Přidělit roli", "main");
	await send(page, "main form", { role: /hodnotitel/i, first_day: "1. 12. 2026" });
}

async function assign(page, application, reviewer, sentence, ...wanted) {
	await page.goto(`${origin}${application}`);
	await send(page, "form[action$='/hodnotitel']", { reviewer });
	if (sentence) await reads(sentence, page, ...wanted);
}

const READY = { first: /Hodnotitelka Ukázková/, second: /Hodnotitel Druhý/, third: /Metodik/ };

/* `part` of each criterion's most, in whole points. */
async function score(name, application, part, first) {
	const page = await account(name);
	await page.goto(`${origin}/app/hodnoceni`);
	await follow(page, new RegExp(application === known.application ? known.service : SERVICE), "main li:has-text('přidělené')");
	await step(page, "Prohlašuji, že nejsem ve střetu zájmů");
	if (first) await first(page);
	const rows = await page.locator("main table.grid tbody tr").evaluateAll((all) => all.map((row) => ({ most: Number(row.querySelector("td.num").textContent),
		name: row.querySelector("input[name^='b-']").name })));
	const values = {};
	for (const row of rows) {
		values[row.name] = String(Math.floor(row.most * part));
		values[row.name.replace("b-", "r-")] = part ? "Doloženo v žádosti a při jednání s obcemi." : "Nic z toho žádost nedokládá.";
	}
	await send(page, "main form", values, "Uložit a dokončit hodnocení");
	return page;
}

async function conflict() {
	await becomesReviewer("Statutární Ukázkový");
	await becomesReviewer("Metodik Ukázkový");
	const page = await account("sit");
	await assign(page, known.application, /Statutární/, "nobody scores for the organisation that applies (G10)", "Hodnotitel jedná za poskytovatele, který žádá.",
		"výjimku s důvodem může udělit jen vedoucí odboru");
	await assign(page, known.application, READY.first, "the first reviewer is assigned and told", "Hodnotitel dostal úkol");
	await assign(page, known.application, READY.second);
	note("points are not closed before two have finished", (await refused(page, "Uzavřít hodnocení")).includes("Dokončených hodnocení je 0, potřeba jsou 2."));
	await assign(page, known.other, READY.first);
	await assign(page, known.other, READY.second);
}

async function scored() {
	await act("reviewers score", "2026-12-16T09:00:00+01:00");
	await score("hodnotitel", known.application, 1, async (page) => {
		await reads("after the declaration a reviewer reads what was applied for, and what the program found by itself", page, "Co žadatel podal", "Evidence potřeb: v území služby není odsouhlasená potřeba");
		await send(page, "main form", { "b-A1": "5" }, "Uložit body");
		await reads("another number than the rules give needs a reason (G10)", page, "pravidla dávají 0 bodů a vy 5; napište proč");
		await shot(page, "hodnoceni");
		await send(page, "main form", { "b-A1": "5", "r-A1": "Potřebu projednala jen pracovní skupina." }, "Uložit body");
	});
	await score("hodnotitel2", known.application, 0.3);
	const page = await account("sit");
	await page.goto(`${origin}${known.application}`);
	note("two who are far apart are not averaged away", (await refused(page, "Uzavřít hodnocení")).includes("Hodnotitelé se rozcházejí o víc, než dovolují pravidla. Přidělte třetího hodnotitele."));
	await assign(page, known.application, READY.third);
	await score("metodik", known.application, 1);
	await page.goto(`${origin}${known.application}`);
	await step(page, "Uzavřít hodnocení");
	await reads("the third one decides: the points are the mean of all", page, "ohodnocená", "Proč tolik bodů");
	await shot(page, "proc-tolik-bodu");
	await score("hodnotitel", known.other, 0);
	await score("hodnotitel2", known.other, 0);
	await page.goto(`${origin}${known.other}`);
	await step(page, "Uzavřít hodnocení");
	await page.goto(`${origin}${known.office}`);
	await reads("the page of the call has the order by points", page, "Pořadí podle bodů", known.service, SERVICE);
	await shot(page, "poradi");
	const provider = await account("statutar");
	await provider.goto(`${origin}${known.application}`);
	note("the applicant reads no points before the decision", !(await words(provider)).includes("Proč tolik bodů"));
}

export async function judgement() {
	await towns();
	await missed();
	await conflict();
	await scored();
}
