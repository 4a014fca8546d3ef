// application.mjs: providers apply: what is known is there, what is wrong is said at its place, what is submitted has a receipt; the region returns and checks.
import { CALL, known } from "./announcement.mjs";
import { account, act, follow, note, origin, pdfWords, printed, reads, refused, send, shot, step, task, until, visitor, words } from "../cycle/stage.mjs";

export const SERVICE = "Denní stacionář Na Kopci";

const here = (page) => new URL(page.url()).pathname;

const text = "Lidé po návratu z nemocnice nemají, kdo by jim pomohl; čeká jich dvacet.";
const districts = (...shares) => Object.fromEntries(shares.flatMap(([name, share], i) => [[`v-obvod-${i + 1}`, name], [`v-podil-${i + 1}`, share]]));

/** What a form is filled with, part by part in the order of the form; amounts that are not named are 0. */
const filled = (shares) => ({
	"Služba": { "v-druh": /pečovatelská/i, "v-forma": /terénní/i, "v-skupina": /senio/i, "v-zmena": text },
	"Kapacita": { "v-jednotka": /úvaz/i, "v-kapacita_nyni": "0", "v-kapacita_nova": "3,50", "v-od": "1. 4. 2027", "v-provoz": "Po–Ne 7–21" },
	"Potřebnost": { "v-potreba": text },
	"Území": districts(...shares),
	"Personál": { "v-pozice-1": "pečovatelka", "v-uvazek-1": "3,50", "v-prima-1": "ano", "v-kvalifikace-1": "ano",
		"v-pozice-2": "účetní", "v-uvazek-2": "0,50", "v-prima-2": "ne", "v-kvalifikace-2": "ano" },
	"Náklady": { "v-n1.1": "1 850 000", "v-n1.3": "120 000", "v-n2.2": "35 000", "v-n2.6.1": "140 000", "v-n2.6.3": "210 000", "v-n2.7": "45 000" },
	"Zdroje": { "v-s1": "1 500 000", "v-s2": "200 000", "v-s4": "300 000", "v-s5": "400 000", "v-spolufinancovani": "300 000", "v-spf_kdo-1": "Město Tanvald", "v-spf_castka-1": "300 000", "v-vp": "1 700 000" },
	"Prostory a kvalita": { "v-prostory": "Vlastní zázemí v přízemí.", "v-inspekce": "nebyla" },
});

const money = ["Náklady", "Zdroje"];

/* Amounts that are not known are not nothing: one writes 0. */
async function zeros(page) {
	for (const field of await page.locator("main form input[type=text][name^='v-']").all())
		if (!/-\d+$/.test(await field.getAttribute("name")) && !(await field.inputValue())) await field.fill("0");
}

async function fill(page, title, values) {
	const there = {};
	for (const [name, value] of Object.entries(values)) {
		const field = page.locator(`[name="${name}"]`).first();
		if ((await field.count()) && !(title === "Služba" && (await field.inputValue()))) there[name] = value;
	}
	if (money.includes(title)) await zeros(page);
	await send(page, "main form[data-autosave]", there, "Uložit a pokračovat");
}

async function begin(page, values) {
	await page.goto(`${origin}${known.call}`);
	await follow(page, "Podat žádost", "main");
	await send(page, "main form", values);
	return here(page);
}

const FILE = "tests/data/library/plan.pdf";

/** Fills all parts; what is in `wrong` stands instead of the right values. Ends at the page Kontrola. */
async function fillAll(page, form, shares, wrong = {}) {
	await page.goto(`${origin}${form}`);
	await follow(page, "Vyplňovat", "main");
	for (const [title, values] of Object.entries(filled(shares))) await fill(page, title, { ...values, ...(wrong[title] ?? {}) });
	if (!wrong.files) await send(page, "main form:has([name=soubor])", { soubor: FILE });
	await follow(page, "Pokračovat na kontrolu", "main");
}

const SHARES = [[/Tanvald/, "45"], [/Turnov/, "30"], [/Jablonec/, "25"]];

async function opened() {
	await act("the call is open", "2026-11-09T08:00:05+01:00");
	const people = await visitor(known.call);
	await until("the call to open by the clock", async () => (await people.reload()) && (await words(people)).includes("Výzva je otevřená."));
	await reads("it opens by the clock, to the minute", people, "Výzva je otevřená.", "Žádosti podávají poskytovatelé po přihlášení.");
	const page = await account("poskytovatel");
	await page.goto(`${origin}${known.call}`);
	await follow(page, "Podat žádost", "main");
	await send(page, "main form", { type: "A", name: "" });
	await reads("type A is for a registered service only, and it says what goes without one", page, "Bez registrované služby jde podat jen projektový záměr C");
}

async function prefilled() {
	const page = await account("poskytovatel");
	known.form = await begin(page, { type: "A", service: /Osobní asistence/ });
	await reads("the application begins with what the register knows", page, "rozpracované", "chybí nebo je špatně");
	await follow(page, "Vyplňovat", "main");
	known.identifier = await page.locator("[name='v-identifikator']").inputValue();
	known.service = await page.locator("[name='v-nazev']").inputValue();
	note("number and name of the service are there already", /^\d{7}$/.test(known.identifier) && known.service.length > 3, `${known.identifier} ${known.service}`);
	await reads("and where they are from", page, "Předvyplněno z registru služeb");
	await page.locator("[name='v-nazev']").fill(`${known.service}, večerní`);
	await page.locator("[data-status]").filter({ hasText: /uložen/i }).waitFor();
	await until("the part to be saved by itself", async () => (await page.reload()) && (await page.locator("[name='v-nazev']").inputValue()).endsWith(", večerní"));
	await reads("what is typed is saved by itself", page, "Koncept uložen");
	await shot(page, "zadost-formular");
}

async function faults() {
	const page = await account("poskytovatel");
	await fillAll(page, known.form, SHARES, { "Území": districts([/Tanvald/, "45"], [/Turnov/, "30"], [/Jablonec/, "15"]), "Zdroje": { "v-s5": "300 000" }, files: "none" });
	await reads("the check says both sides of what does not fit, and what is not attached", page, "Před odesláním je třeba opravit chyb: 3.", "Doklad o registraci", "součet sloupce je 90", "má být 100",
		"Zdroje celkem", "2 300 000", "2 400 000", "rozdíl je");
	note("what has faults cannot be locked", (await page.getByRole("button", { name: "Zamknout k odeslání" }).count()) === 0);
	await shot(page, "kontrola-chyby");
	await follow(page, /součet sloupce/, "main");
	note("a fault leads to its place", (await page.locator(new URL(page.url()).hash.replaceAll(".", "\\.")).count()) === 1, page.url());
	await send(page, "main form[data-autosave]", { "v-podil-3": "25" }, "Uložit koncept");
	await page.goto(`${origin}${known.form}/kontrola`);
	await follow(page, /Zdroje celkem/, "main");
	await send(page, "main form[data-autosave]", { "v-s5": "400 000" }, "Uložit koncept");
	await page.goto(`${origin}${known.form}/prilohy`);
	await send(page, "main form:has([name=soubor])", {});
	await reads("an empty choice of a file says so", page, "Vyberte soubor, který chcete přiložit.");
	await send(page, "main form:has([name=soubor])", { soubor: "tests/data/hodiny.pdf" });
	await reads("so does a file that is not what its name says", page, "Obsah souboru „hodiny.pdf“ neodpovídá jeho příponě.");
	await send(page, "main form:has([name=soubor])", { soubor: FILE });
	await reads("a file is attached by its name", page, "plan.pdf", "povinná, přiložená");
	await page.goto(`${origin}${known.form}/kontrola`);
	await reads("mended, the form is whole", page, "Podání je úplné a bez chyb.");
	await send(page, "main form", {}, "Zamknout k odeslání");
	await reads("locked, it is changed by nobody and says why", page, "zamčené k odeslání");
	note("the clerk cannot send what the organisation answers for", (await page.getByRole("link", { name: "Odeslat podání" }).count()) === 0);
}

async function sent() {
	const page = await account("statutar");
	await task(page, "Odešlete podání");
	await follow(page, "Odeslat podání", "main");
	await send(page, "main form", {}, "Odeslat podání");
	await reads("nothing is sent without the declaration", page, "Potvrďte prohlášení. Bez něj podání nejde odeslat.");
	await send(page, "main form", { declared: true }, "Odeslat podání");
	await reads("submitted, it has a number, the time and a hash", page, /Podání je odeslané pod číslem/, "Potvrzení č.", /otisk SHA-256 [0-9a-f]{64}/);
	known.receipt = (await words(page)).match(/Potvrzení č\. (\S+)/)[1];
	await shot(page, "potvrzeni");
	await follow(page, "Žádost o zařazení do sítě", "main");
	known.application = here(page);
	await reads("the application waits for the region", page, "podaná, čeká na formální kontrolu");
}

async function withdrawn() {
	const page = await account("statutar");
	await page.goto(`${origin}${known.form}`);
	await step(page, "Vzít zpět", { reason: "Upřesňujeme provozní dobu." });
	await reads("until the deadline it can be taken back, and the receipt says so", page, "rozpracované", "vzato zpět");
	const clerk = await account("poskytovatel");
	await clerk.goto(`${origin}${known.form}`);
	await follow(clerk, "Vyplňovat", "main");
	await send(clerk, "main form[data-autosave]", { "v-nazev": known.service }, "Uložit koncept");
	await clerk.goto(`${origin}${known.form}/kontrola`);
	await send(clerk, "main form", {}, "Zamknout k odeslání");
	await page.goto(`${origin}${known.form}/odeslat`);
	await send(page, "main form", { declared: true }, "Odeslat podání");
	const numbers = [...(await words(page)).matchAll(/Potvrzení č\. (\S+)/g)].map((m) => m[1]);
	note("submitted again it has another receipt; the first one stays readable", numbers.length === 2 && new Set(numbers).size === 2, numbers.join(" "));
	const paper = pdfWords(await printed(page, page.locator("main").getByRole("link", { name: `Potvrzení č. ${numbers.find((n) => n !== known.receipt)}` })));
	note("the receipt as PDF says number, service and amounts", paper.includes(known.service.slice(0, 12)) && /1.?700.?000/.test(paper), paper.slice(0, 800));
}

/** Somebody else applies too, and somebody does not make it in time. */
async function others() {
	const page = await account("soused");
	known.otherForm = await begin(page, { type: "C", name: SERVICE });
	await fillAll(page, known.otherForm, [[/Liberec/, "100"]]);
	await send(page, "main form", {}, "Zamknout k odeslání");
	await follow(page, "Odeslat podání", "main");
	await send(page, "main form", { declared: true }, "Odeslat podání");
	await follow(page, "Žádost o zařazení do sítě", "main");
	known.other = here(page);
	await reads("a neighbour applies with an intention that has no registration yet", page, SERVICE, "podaná, čeká na formální kontrolu");
	await page.goto(`${origin}${known.application}`);
	await reads("and sees nothing of the others", page, /není|nenašli|neexistuje/);
	const clerk = await account("poskytovatel");
	known.lateForm = await begin(clerk, { type: "C", name: "Ranní pečovatelská služba" });
	await fillAll(clerk, known.lateForm, [[/Tanvald/, "100"]]);
	await send(clerk, "main form", {}, "Zamknout k odeslání");
	await reads("a third one is locked and stays on the desk", clerk, "zamčené k odeslání");
}

async function returned() {
	await act("the region makes the formal check", "2026-11-12T09:00:00+01:00");
	const page = await account("sit");
	await page.goto(`${origin}${known.application}`);
	await follow(page, "Podání", "main");
	await follow(page, "Posoudit", "main");
	await send(page, "main form", { field: /Provozní doba/, text: "" }, "Přidat poznámku");
	await reads("a note without words is refused", page, "Co opravit");
	await send(page, "main form", { field: /Provozní doba/, text: "Uveďte, zda je služba i o svátcích." }, "Přidat poznámku");
	await follow(page, "Zpět na podání", "main");
	await step(page, "Vrátit k opravě", { reason: "Doplňte provozní dobu podle poznámky." });
	await reads("the officer pins a note to a field and returns the form", page, "vrácené k opravě");
	const clerk = await account("poskytovatel");
	await clerk.goto(`${origin}${known.form}`);
	await reads("the provider reads what to mend, and until when", clerk, "Provozní doba: Uveďte, zda je služba i o svátcích.", "Opravit do");
	await send(clerk, `main form:has(button:text-is("Opravit"))`, {}, "Opravit");
	await follow(clerk, /Provozní doba: Uveďte/, "main");
	await send(clerk, "main form[data-autosave]", { "v-provoz": "Po–Ne 7–21, i o svátcích" }, "Uložit koncept");
	await clerk.goto(`${origin}${known.form}/kontrola`);
	await send(clerk, "main form", {}, "Zamknout k odeslání");
	await reads("a note without an answer keeps the form from being locked", clerk, "Bez odpovědi je poznámek kraje: 1");
	await clerk.goto(`${origin}${known.form}`);
	await follow(clerk, "Poznámky, odpovědi a co se změnilo", "main");
	await send(clerk, "main form", { answer: "Doplněno, jezdíme i o svátcích." }, /Uložit odpověď/);
	await reads("each note is answered, and what changed is listed", clerk, "zodpovězeno", "Po–Ne 7–21, i o svátcích");
	await clerk.goto(`${origin}${known.form}/kontrola`);
	await send(clerk, "main form", {}, "Zamknout k odeslání");
	const statutory = await account("statutar");
	await statutory.goto(`${origin}${known.form}/odeslat`);
	await send(statutory, "main form", { declared: true }, "Odeslat podání");
	await page.goto(`${origin}${known.form}`);
	await follow(page, "Poznámky, odpovědi a co se změnilo", "main");
	await reads("the officer reads the answer and the change, nothing else", page, "Doplněno, jezdíme i o svátcích.", "Po–Ne 7–21, i o svátcích");
	await page.goto(`${origin}${known.application}`);
	await step(page, "Formálně v pořádku");
	await reads("mended and sent again, it passes the formal check", page, "formálně v pořádku");
	await page.goto(`${origin}${known.other}`);
	await step(page, "Formálně v pořádku");
	await page.goto(`${origin}${known.office}`);
	await reads("the page of the call has both", page, known.service, SERVICE);
}

async function closed() {
	await act("the call has closed", "2026-11-30T16:00:01+01:00");
	const page = await account("statutar");
	await page.goto(`${origin}${known.lateForm}/odeslat`);
	await send(page, "main form", { declared: true }, "Odeslat podání");
	await reads("a second late is late: refused with the deadline, and the draft is kept (G6)", page, "Podávat šlo do", "30. 11. 2026", "Rozpracované podání zůstává uložené.");
	await page.goto(`${origin}${known.lateForm}`);
	await reads("nothing of it is lost", page, "zamčené k odeslání", "Ranní pečovatelská služba");
	await page.goto(`${origin}${known.form}`);
	note("and what was accepted is taken back by nobody", (await refused(page, "Vzít zpět")) !== undefined && !(await page.getByRole("button", { name: "Vzít zpět" }).count()));
	const people = await visitor(known.call);
	await until("the call to close by the clock", async () => (await people.reload()) && (await words(people)).includes("Výzva je uzavřená."));
	await reads("everybody reads that it is closed", people, CALL, "Výzva je uzavřená.");
}

export async function application() {
	await opened();
	await prefilled();
	await faults();
	await sent();
	await withdrawn();
	await others();
	await returned();
	await closed();
}
