// approval.mjs: the plan goes to the bodies, is approved on 19 December 2023, is in force from 1 January 2024 and still today.
import { resolution } from "./preparation.mjs";
import { account, act, download, follow, menu, note, origin, pdf, pdfWords, reads, send, sheetWords, shot, sitovka, step, visitor } from "./stage.mjs";

const PLAN = "Střednědobý plán rozvoje sociálních služeb 2024–2026";

async function ofOffice(page) {
	await menu(page, "Plán");
	await follow(page, PLAN, "main");
}

async function submitted() {
	await act("the plan goes to committee, board and assembly", "2023-12-01T09:00:00+01:00");
	const head = await account("vedouci");
	await ofOffice(head);
	await reads("the head reads what nobody verifies in the program yet", head, "Krok to nezastaví, ale pamatujte na to:", "Stanoviska skupin program zatím neeviduje");
	await step(head, "Předložit výboru, radě a zastupitelstvu");
	await reads("the head submits the plan to the bodies", head, "Stav: schvalování.");
	const member = await account("zastupitel");
	await member.goto(`${origin}/app/upozorneni`);
	await reads("members of the assembly are told", member, PLAN, "předloženo orgánům kraje");
}

async function approved() {
	await act("the assembly approves", "2023-12-19T15:00:00+01:00");
	const page = await account("planovac");
	await ofOffice(page);
	await send(page, "section[aria-labelledby=prubeh] form:has(button:text-is('Zapsat schválení'))", { resolution: "616/23/ZK" });
	await reads("no plan is approved without a resolution on record", page, "Usnesení 616/23/ZK není v evidenci usnesení");
	await resolution(page, "616/23/ZK", "Zastupitelstvo Libereckého kraje", "19. 12. 2023", "Střednědobý plán rozvoje sociálních služeb Libereckého kraje 2024–2026");
	await ofOffice(page);
	await send(page, "section[aria-labelledby=prubeh] form:has(button:text-is('Zapsat schválení'))", { resolution: "616/23/ZK" });
	await reads("by resolution 616/23/ZK of 19 December 2023 the plan is approved", page, "Stav: v platnosti.", "616/23/ZK");
	await follow(page, "Karty aktivit", "main");
	await reads("its activity cards are approved with it", page, "A01-01", "A01-02", "schválená");
	await shot(page, "schvaleno");
	const people = await visitor("/plan/2024-2026");
	await reads("everybody reads it", people, "Schválen usnesením", "616/23/ZK (19. 12. 2023)", "v platnosti");
}

async function inForce(page) {
	await page.goto(`${origin}/plan`);
	await reads("it is the valid plan", page, /Platný plán Střednědobý plán rozvoje sociálních služeb 2024–2026/);
	await follow(page, PLAN, "main");
	await follow(page, "Strategická část", "main");
	await reads("its chapters have the wording after the comments", page, "Kraj podpoří pečovatelskou službu i večer a o víkendu.");
}

async function newYear() {
	await act("the plan is in force", "2024-01-02T09:00:00+01:00");
	const people = await visitor("/");
	await inForce(people);
	await people.goto(`${origin}/plan/2024-2026`);
	const docx = await download(people, "Celý plán jako DOCX");
	note("the whole plan is a document of Word", sheetWords(docx).includes("pečovatelskou službu i večer a o víkendu"));
	const printed = pdfWords(await pdf(people, "Celý plán jako PDF"));
	note("and a PDF with all five parts", ["Popisná část", "Analytická část", "Vyhodnocení předchozího plánu", "Strategická část", "Zajištění sítě"].every((part) => printed.includes(part)), printed.slice(0, 600));
	await people.goto(`${origin}/plan/2024-2026`);
	await follow(people, "Co je ve verzi č. 2 jinak než ve verzi č. 1", "main");
	await reads("what the comments changed is shown by words", people, "večer");
	await shot(people, "rozdil-verzi");
}

async function today() {
	await act("how it stands now");
	const people = await visitor("/");
	await inForce(people);
	await people.goto(`${origin}/dokumenty?ke-dni=1.+6.+2025`);
	await reads("the library has it as valid on any day of its years", people, PLAN);
	await people.goto(`${origin}/dokumenty?ke-dni=1.+12.+2023`);
	await reads("and not yet in force before them", people, "Nic takového tu není");
	await shot(people, "dokumenty-ke-dni");
	const trail = sitovka(undefined, "verify");
	note("the trail of three years is whole", trail.includes("v pořádku"), trail);
}

export async function approval() {
	await submitted();
	await approved();
	await newYear();
	await today();
}
