// decision.mjs: the proposal, the resolution, the letter, and the line in the next version of the network.
import { resolution } from "../cycle/preparation.mjs";
import { known } from "./announcement.mjs";
import { SERVICE } from "./application.mjs";
import { account, act, follow, menu, note, origin, reads, refused, send, shot, step, task, visitor, words } from "../cycle/stage.mjs";

const here = (page) => new URL(page.url()).pathname;
const BODY = /Zastupitelstvo/;

async function proposed() {
	await act("the region proposes", "2027-01-11T09:00:00+01:00");
	const page = await account("sit");
	await page.goto(`${origin}${known.other}`);
	await send(page, "form[action$='/navrh']", { proposal: "in", reason: "Zkouška." });
	await reads("where nobody found a need, nobody proposes entry", page, "nebo chybí potřeba");
	await send(page, "form[action$='/navrh']", { proposal: "out", reason: "Potřeba nebyla doložená." });
	await reads("it is proposed not to be taken in", page, "s návrhem");
	await page.goto(`${origin}${known.application}`);
	await send(page, "form[action$='/navrh']", { proposal: "in", reason: "Podle pořadí bodů a potřeb území." });
	await reads("the first in the order is proposed for the network", page, "s návrhem", "Podle pořadí bodů");
}

async function decided() {
	await act("the assembly decides", "2027-02-23T15:00:00+01:00");
	const page = await account("sit");
	await resolution(page, "45/27/ZK", BODY, "23. 2. 2027", "Zařazení služeb do Základní sítě od 1. 4. 2027");
	await page.goto(`${origin}${known.application}`);
	await step(page, "Zapsat zařazení", { resolution: "45/27/ZK", reason: "Služba vstupuje do sítě od 1. dubna 2027." });
	await reads("by resolution the application is included", page, "zařazená", "45/27/ZK");
	await page.goto(`${origin}${known.other}`);
	await step(page, "Zapsat nezařazení", { resolution: "45/27/ZK", reason: "Potřeba služby v území nebyla doložená." });
	await reads("the other one is refused with its reason", page, "nezařazená", "Potřeba služby v území nebyla doložená.");
	const provider = await account("soused");
	await provider.goto(`${origin}${known.other}`);
	await reads("the refused one reads why, and its points", provider, "Sdělení poskytovateli", "Potřeba služby v území nebyla doložená.", "Proč tolik bodů");
	await shot(provider, "nezarazena");
	const people = await visitor("/potreby/bez-odpovedi");
	await reads("what stays without an answer is on the public list of unanswered needs", people, SERVICE);
	await page.goto(`${origin}${known.office}`);
	await step(page, "Ukončit výzvu");
	await reads("with everything decided the call ends", page, "vyřízená");
}

/* Of a service that is in the network for a time; the page is the draft before and after. */
async function timeRunsOut(page) {
	await follow(page, "Všechny řádky", "main");
	const number = (await page.locator("main table tbody a").first().innerText()).match(/^\d{4}/)[0];
	await follow(page, new RegExp(`^${number}`), "main table");
	await send(page, "main form", { until: "31. 3. 2027", change_reason: "Služba byla zařazená na dobu určitou." });
	const missing = await refused(page, "Předat k projednání");
	note("a line whose time is over before the version begins is said by its number", missing.includes(`${number} (Zařazena do: doba skončí dřív, než verze začne.`), missing);
	await follow(page, "Všechny řádky", "main");
	await follow(page, new RegExp(`^${number}`), "main table");
	await send(page, "main form", { status: /skončila doba/, change_reason: "Doba, na kterou byla služba zařazená, skončila." });
}

/* The sample has lines for a time too; the page links each of those that hinder. */
async function othersRunOut(page) {
	const next = async () => (await refused(page, "Předat k projednání")).match(/(\d{4}) \(Zařazena do: doba skončí/)?.[1];
	for (let number = await next(); number; number = await next()) {
		await follow(page, new RegExp(`^${number}`), "main");
		await send(page, "main form", { status: /skončila doba/, change_reason: "Doba, na kterou byla služba zařazená, skončila." });
	}
}

async function drafted() {
	const head = await account("vedouci");
	await menu(head, "Návrh sítě");
	await follow(head, /^2027\/1/, "main");
	await step(head, "Zrušit verzi", { reason: "Změny od ledna převezme verze od dubna." });
	await reads("a draft that came to nothing is cancelled with its reason", head, "zrušená");
	const page = await account("sit");
	await menu(page, "Návrh sítě");
	await follow(page, "Založit návrh verze", "main");
	await send(page, "main form", { number: "2027/2", title: "Základní síť od dubna 2027", effective_from: "1. 4. 2027" });
	known.draft = here(page);
	note("a copy of the network without a change has no annex yet", (await refused(page, "Předat k projednání")).includes("Příloha s rozdílem proti platné síti ještě není pořízená."));
	await page.goto(`${origin}${known.application}`);
	await follow(page, "zapsat do návrhu sítě", "main");
	await reads("an included application becomes a line of the draft in one step", page, "2027/2");
	await send(page, "main form", { level: /^P\/Z2v|Z2v/ }, "Zapsat do návrhu");
	await reads("another level than that of the points needs a reason (G10)", page, /důvod|proč/i);
	await send(page, "main form", { level: /^Z1/, reason: "Rozhodlo zastupitelstvo." }, "Zapsat do návrhu");
	known.line = here(page);
	await send(page, "main form", { areas: "Tanvald 45 %; Turnov 30 %; Jablonec nad Nisou 15 %", change_reason: "" });
	await reads("the line stands in the draft as new", page, known.service, "Nových 1");
	await send(page, "aside form", {}, "Pořídit přílohu");
	await page.goto(`${origin}${known.draft}`);
	const missing = await refused(page, "Předat k projednání");
	note("shares that are not the whole do not go to the assembly (F17)", missing.includes("Řádky s chybou") && missing.includes("100 %"), missing);
	note("neither does a change without a reason", missing.includes("Změněné řádky bez důvodu"), missing);
	await page.goto(`${origin}${known.line}`);
	await send(page, "main form", { areas: "Tanvald 45 %; Turnov 30 %; Jablonec nad Nisou 25 %", change_reason: "Vstup do sítě, usnesení 45/27/ZK." });
	await timeRunsOut(page);
	await othersRunOut(page);
	note("ceilings that the rules do not give go on only with a reason", (await refused(page, "Předat k projednání")).includes("které neodpovídají pravidlům a nejsou zdůvodněné"));
	await follow(page, "Vyrovnávací platby podle pravidel", "aside");
	await send(page, "form:has([name=why])", { why: "Stropy roku 2027 už schválilo zastupitelstvo usnesením 45/27/ZK." });
	await reads("and one reason may speak for all of them", page, "Zdůvodněné odchylky:");
	await page.goto(`${origin}${known.draft}`);
	note("nor an annex that is not of this draft any more", (await refused(page, "Předat k projednání")).includes("Návrh se od pořízení přílohy změnil."));
	await send(page, "aside form", {}, "Pořídit přílohu");
	await reads("the annex for the assembly is one click", page, known.service);
	await page.goto(`${origin}${known.draft}`);
	await step(page, "Předat k projednání");
	await shot(page, "navrh-site");
}

async function approved() {
	const page = await account("vedouci");
	await task(page, "Zapište, jak o verzi sítě rozhodlo zastupitelstvo");
	await page.goto(`${origin}${known.draft}`);
	await step(page, "Zapsat schválení", { resolution: "45/27/ZK" });
	await reads("somebody else writes the approval down", page, "schválená");
	const people = await visitor("/sit?ke-dni=2027-03-31");
	note("before its day the network is as it was", !(await words(people)).includes("9001"));
}

export async function decision() {
	await proposed();
	await decided();
	await drafted();
	await approved();
}
