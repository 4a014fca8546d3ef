// settlement.mjs: every comment gets its answer, the final wording is frozen, all answers go out at once.
import { known, PERIOD } from "./comments.mjs";
import { account, act, download, follow, letterTo, menu, note, origin, pdf, pdfWords, reads, refused, send, sheetWords, shot, step, task, visitor, words } from "./stage.mjs";

const PLAN = "Střednědobý plán rozvoje sociálních služeb 2024–2026";

/** The desk of the period: from a comment, or from the menu. */
async function desk(page) {
	if (page.url().includes("/app/pripominka/")) return follow(page, "Všechny připomínky řízení");
	await menu(page, "Připomínky");
	return follow(page, PERIOD, "main");
}

async function comment(page, number) {
	await desk(page);
	await follow(page, number, "main table");
}

const take = (page, name, values, button) => send(page, `form:has(input[name=krok][value=${name}])`, values, button);

async function sorted() {
	const page = await account("planovac");
	await desk(page);
	await comment(page, "P-2023-0003");
	await take(page, "split", { parts: "V úvodu chybí seznam zkratek.\n---\nŽádáme o kapitolu o dobrovolnících." });
	await reads("a comment of two things is not split when words get lost", page, /slov/);
	await take(page, "split", { parts: "V úvodu chybí seznam zkratek.\n---\nDále žádáme o kapitolu o dobrovolnících." });
	await reads("split with every word it has two parts", page, "rozdělená", "P-2023-0003/1", "P-2023-0003/2");
	await shot(page, "rozdeleni");
	await comment(page, "P-2023-0002");
	await take(page, "merge", { into: "P-2023-0001", reason: "Říká totéž." });
	await reads("a comment that says the same is joined with the other", page, "sloučená");
	await comment(page, "P-2023-0009");
	await take(page, "admit", { reason: "Přišla o několik hodin po půlnoci a týká se celého plánu." });
	await reads("a late one is settled only when the coordinator says why", page, "přijatá");
}

const KINDS = { "P-2023-0001": "content", "P-2023-0003/1": "formal", "P-2023-0003/2": "content", "P-2023-0004": "content", "P-2023-0005": "content", "P-2023-0006": "question",
	"P-2023-0008": "formal", "P-2023-0009": "formal", "P-2023-0010": "content" };

async function assigned() {
	const page = await account("planovac");
	for (const [number, kind] of Object.entries(KINDS)) {
		await comment(page, number);
		await take(page, "check", { kind });
	}
	await page.goto(`${origin}${known.desk}?stav=checked`);
	for (const box of await page.locator("input[name=pripominka]").all()) await box.check();
	await send(page, "#hromadne", { assigned: "Ekonomka Ukázková" });
	await page.goto(`${origin}${known.desk}?stav=assigned`);
	await reads("comments, and each part of one, are classified and given to an officer, many at once", page, "9 připomínek", "Ekonomka Ukázková");
}

const ANSWERS = {
	"P-2023-0001": ["accepted", "Karta A01-01 a priorita 1 nově počítají i s večery."], "P-2023-0003/1": ["accepted", "Seznam zkratek jsme doplnili."],
	"P-2023-0003/2": ["rejected", "Dobrovolnictví není sociální službou podle zákona."], "P-2023-0004": ["explained", "Počty úvazků jsou v kartách aktivit."],
	"P-2023-0005": ["partly", "Odlehčovací služby jsou v analýze, lůžka až v aktualizaci."], "P-2023-0006": ["explained", "Děkujeme, připomínka přišla včas."],
	"P-2023-0008": ["accepted", "Tištěný plán má větší písmo."], "P-2023-0009": ["out_of_scope", "Rejstřík patří k tisku, ne k obsahu plánu."],
	"P-2023-0010": ["accepted", "Karta A01-02 rozšiřuje péči na Tanvaldsku do večera."],
};

async function answered() {
	const editor = await account("ekonom");
	await task(editor, "Navrhněte vypořádání");
	for (const [number, [result, reasoning]] of Object.entries(ANSWERS)) {
		await comment(editor, number);
		await take(editor, "propose", { result, reasoning });
	}
	note("who proposed an answer does not decide on it", (await editor.locator("form:has(input[value=decide])").count()) === 0);
	const head = await account("vedouci");
	await comment(head, "P-2023-0001");
	await take(head, "decide", { body: "", meeting: "", decided_on: "24. 11. 2023" });
	await reads("a comment on the content needs the body, its meeting and vote", head, "O obsahové připomínce rozhoduje orgán. Napište který");
	for (const [number, kind] of Object.entries(KINDS).filter(([n]) => n !== "P-2023-0010")) {
		await comment(head, number);
		await take(head, "decide", kind === "content" ? { body: "Koordinační skupina", meeting: "5. jednání, pro 9, proti 0, zdržel se 1", decided_on: "24. 11. 2023" } : {});
	}
	const page = await account("planovac");
	await desk(page);
	note("the settlement is not submitted while one comment lacks its answer", (await refused(page, "Předložit vypořádání")).includes("Bez rozhodnutí zbývá připomínek: 1."));
	await shot(page, "chybi-jedna");
	const people = await visitor(`${known.period}/vyporadani`);
	note("nor does anybody outside read an answer before", !(await words(people)).includes("nově počítají i s večery"), await words(people));
	await comment(head, "P-2023-0010");
	await take(head, "decide", { body: "Koordinační skupina", meeting: "5. jednání, pro 9, proti 0, zdržel se 1", decided_on: "24. 11. 2023" });
}

async function finalWording() {
	const page = await account("planovac");
	await menu(page, "Plán");
	await follow(page, PLAN, "main");
	await step(page, "Ukončit připomínky", { reason: "Příjem skončil 14. 11. 2023 o půlnoci." });
	await reads("the coordinator ends the comments of the plan when the period is over", page, "Stav: vypořádání připomínek.");
	note("the final wording is not frozen before the settlement is submitted", (await refused(page, "Zmrazit konečné znění")).includes("ještě nemají všechny odpověď"));
	for (const [title, change] of [
		["Strategická část", (text) => text.replace("i o víkendu.", "i večer a o víkendu.")
			.replace("V každém správním obvodu bude dostupné dluhové poradenství.", "Poradenství pro zadlužené domácnosti nabídne každý správní obvod.\n\nDluhové poradenství bude dostupné také na dálku.")],
		["Popisná část", (text) => `${text}\n\nSeznam zkratek je na konci plánu.`],
	]) {
		await menu(page, "Plán");
		await follow(page, PLAN, "main");
		await follow(page, title, "main table");
		await follow(page, "Upravit kapitolu", "main");
		await send(page, "main form", { text: change(await page.locator("[name=text]").inputValue()) }, "Uložit kapitolu");
	}
	await desk(page);
	await reads("before it is published an officer looks at what may be personal", page, "Předložit vypořádání", "Znění pro veřejnost obsahuje", "P-2023-0004");
	await comment(page, "P-2023-0004");
	await take(page, "redact", { redacted_text: "Dluhové poradenství v každém obvodu je správně, chybí ale kapacita. Volejte […].", redacted_why: "Telefonní číslo." });
	await desk(page);
	await step(page, "Předložit vypořádání");
	await reads("with all answers the coordinator submits the settlement", page, "vypořádání čeká na schválení");
	note("and does not publish it alone", (await page.locator("button:text-is('Zveřejnit vypořádání'):not([disabled])").count()) === 0);
	await menu(page, "Plán");
	await follow(page, PLAN, "main");
	await step(page, "Zmrazit konečné znění");
	await reads("the final wording is frozen as version 2", page, "Stav: konečné znění.", "Verze č. 2");
}

async function anchored() {
	const page = await account("planovac");
	await desk(page);
	await follow(page, "Umístění v nové verzi", "main");
	await reads("an officer is shown the paragraph as it was", page, "Dosavadní odstavec: V každém správním obvodu bude dostupné dluhové poradenství.");
	await shot(page, "umisteni");
	const text = await words(page);
	note("only the comment whose paragraph was rewritten waits for a person; the others found their place by themselves", text.includes("P-2023-0004") && !text.includes("P-2023-0001"), text);
	await send(page, "main section form", { anchor: /Dluhové poradenství bude/ }, "Umístit");
	await reads("a person places it", page, "Připomínka je umístěná.", "Nic nečeká");
}

async function published() {
	const head = await account("vedouci");
	await task(head, "Schvalte zveřejnění vypořádání");
	await reads("the head comes to the settlement from what waits", head, PERIOD, "vypořádání čeká na schválení");
	await step(head, "Zveřejnit vypořádání");
	const people = await visitor("/pripominky");
	await follow(people, PERIOD, "main");
	await follow(people, "Vypořádání připomínek", "main");
	await reads("all answers go out at once, with what was said and what was done", people, "Řekli jste – udělali jsme", "nově počítají i s večery", "Seznam zkratek jsme doplnili.",
		"Dobrovolnictví není sociální službou", "Rejstřík patří k tisku");
	const text = await words(people);
	note("citizens stand there as citizens, without names and telephones", text.includes("občan") && !text.includes("Jana Ukázková") && !text.includes("603 123 456") && text.includes("Zveřejněno jinak, než přišlo: Telefonní číslo."));
	await shot(people, "vyporadani");
	const xlsx = await download(people, "Tabulka (XLSX)"), docx = await download(people, "Dokument (DOCX)");
	const sheet = sheetWords(xlsx), document = sheetWords(docx);
	note("the table is a workbook and a document of Word too, with the same answers", [sheet, document].every((t) => t.includes("nově počítají i s večery") && t.includes("Telefonní číslo")
		&& !t.includes("603 123 456")), `${sheet.slice(0, 500)}\n${document.slice(0, 500)}`);
	const printed = pdfWords(await pdf(people, "PDF"));
	note("and a PDF", printed.includes("Připomínkující") && printed.includes("nově počítají i s večery"), printed.slice(0, 800));
	const letter = await letterTo("jana@example.org", "Odpověď na vaši připomínku");
	note("the author is told by a letter that the answer is out", letter.includes("P-2023-0001"), letter);
	const jana = await visitor(known.links.jana, "jana");
	await reads("the author reads the answer at the private address, and where the paragraph went", jana, "nově počítají i s večery", "Ve verzi č. 2", "odstavec se změnil");
	await shot(jana, "odpoved-autorce");
	const petr = await visitor(known.links.petr, "petr");
	await reads("who wrote the same reads the same answer", petr, "nově počítají i s večery");
	const late = await visitor(known.links.opozdilec, "opozdilec");
	await reads("the late one stays, without an answer", late, "opožděná, bez vypořádání");
}

export async function settlement() {
	await act("comments are settled", "2023-11-24T13:00:00+01:00");
	await sorted();
	await assigned();
	await answered();
	await finalWording();
	await anchored();
}

export async function publication() {
	await act("the answers go out", "2023-11-30T09:00:00+01:00");
	await published();
}
