// announcement.mjs: the call of November 2026: prepared, announced, open to the minute.
import { account, act, follow, menu, origin, reads, send, shot, step, visitor } from "../cycle/stage.mjs";

export const CALL = "Výzva ke vstupu do sítě od dubna 2027";

/** Addresses that later acts need. */
export const known = {};

const here = (page) => new URL(page.url()).pathname;

async function announced() {
	await act("the region announces a call", "2026-11-02T09:00:00+01:00");
	const page = await account("sit");
	await menu(page, "Výzvy");
	await follow(page, "Připravit výzvu", "main");
	const typed = { title: CALL, types: ["A", "C"], target_year: "2027", about: "Hledáme terénní a ambulantní služby pro lidi, o které doma nemá kdo pečovat.",
		opens_rule: "9. 11. 2026 8:00", closes_rule: "12. 11. 2026 16:00", statements_rule: "11. 12. 2026 16:00", attachments: "Doklad o registraci." };
	await send(page, "main form", typed, "Uložit");
	await reads("a window that is too short is refused with the number of days that it needs", page, "nejméně 14 dnů");
	await send(page, "main form", { closes_rule: "29. 11. 2026 16:00" }, "Uložit");
	await reads("the officer prepares a call; a last day on Sunday moves to Monday and says so", page, "připravovaná", "pondělí 30. 11. 2026", "16:00");
	known.office = here(page);
	known.call = known.office.replace("/app", "");
	await follow(page, /příloh|přikládá/i, "main");
	await send(page, "main form:has([name=vzor])", { label: "Doklad o registraci", hint: "Rozhodnutí o registraci, u záměru popis zázemí.", required: true });
	await page.goto(`${origin}${known.office}`);
	const people = await visitor("/vyzvy");
	await people.goto(`${origin}${known.call}`);
	await reads("a call that is being prepared is nobody's business yet", people, "ještě nebyla vyhlášena");
	await step(page, "Vyhlásit výzvu");
	await reads("announced, it waits for its day", page, "vyhlášená");
	await people.goto(`${origin}${known.call}`);
	await reads("everybody reads what it is for and when it opens", people, "Výzva se teprve otevře.", "9. 11. 2026", "30. 11. 2026", "Hledáme terénní a ambulantní služby");
	await shot(people, "vyzva-vyhlasena");
	const provider = await account("statutar");
	await provider.goto(`${origin}/app/upozorneni`);
	await reads("providers are told", provider, CALL);
}

async function early() {
	const page = await account("poskytovatel");
	await page.goto(`${origin}/app${known.call}/zadost`);
	await send(page, "main form", { type: "C", name: "Ranní pečovatelská služba" });
	await reads("nobody applies before the minute of opening", page, "Do výzvy teď žádat nejde", "Rozhoduje čas serveru.");
}

export async function announcement() {
	await announced();
	await early();
}
