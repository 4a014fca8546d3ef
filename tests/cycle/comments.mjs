// comments.mjs: the comment period of 1–14 November 2023: set up, written to by everybody, closed by the clock.
import { account, act, effortOf, follow, letterTo, menu, note, openLink, origin, reads, refused, send, shot, step, until, visitor, words } from "./stage.mjs";

export const PERIOD = "Připomínky k návrhu plánu 2024–2026";
export const HEARING = "Veřejné projednání návrhu plánu 2024–2026";

/** Addresses that the later acts need: of the period and the hearing, of each author's private page, of each sign-up. */
export const known = { links: {}, seats: {} };

const here = (page) => new URL(page.url()).pathname;

// ---- 16 October 2023, still the day of the draft

async function announced() {
	const page = await account("planovac");
	await menu(page, "Připomínky");
	await follow(page, "Nové řízení", "main");
	await send(page, "main form", {
		title: PERIOD, subject: /verze č. 1/, first_day: "1. 11. 2023", last_day: "14. 11. 2023", channels: ["email", "data_box", "paper", "oral"],
		how: "Podatelna krajského úřadu, U Jezu 642/2a, Liberec.", accept_late: true, accept_oral: true,
	});
	known.desk = here(page);
	known.period = known.desk.replace("/app", "");
	const people = await visitor("/pripominky");
	await reads("the public does not know of a period that is being prepared", people, "Zatím se nic nepřipomínkuje");
	await step(page, "Vyhlásit");
	await reads("the coordinator announces comments from 1 to 14 November 2023", page, "vyhlášené");
	await people.reload();
	await follow(people, PERIOD, "main");
	await reads("everybody reads when and how, a fortnight ahead", people, "Připomínky začneme přijímat první den v 0:00.", "14. 11. 2023", "U Jezu 642/2a");
	await people.goto(`${origin}${known.period}/napsat`);
	await reads("before the first day no comment is taken", people, "Připomínky se teď v tomto řízení nepřijímají.");
	const provider = await account("statutar");
	await provider.goto(`${origin}/app/upozorneni`);
	await reads("providers are told", provider, PERIOD);
}

async function hearing() {
	const page = await account("planovac");
	await menu(page, "Projednání");
	await follow(page, "Nové projednání", "main");
	const typed = { title: HEARING, day: "16. 11. 2023", starts: "9:00", ends: "11:00", building: "Krajský úřad Libereckého kraje", room: "3. patro, místnost 326a", signup_day: "15. 11. 2023",
		contact_email: "planovani@example.org" };
	await send(page, "main form", { ...typed, capacity: "0" });
	known.hall = here(page);
	known.hearing = known.hall.replace("/app", "");
	note("a hearing without seats is not published", (await refused(page, "Zveřejnit a otevřít přihlašování")).includes("Počet míst je nula."));
	await follow(page, "Upravit", "main");
	await send(page, "main form", { capacity: "5" });
	await step(page, "Zveřejnit a otevřít přihlašování");
	await send(page, "form[action$=patri-k]", { consultation: PERIOD });
	await reads("the coordinator publishes the hearing of 16 November 2023 at nine with five seats, bound to the period", page, "přihlašování otevřené", "Projednání patří k připomínkovému řízení.");
	const people = await visitor(known.hearing);
	await reads("everybody reads day, hours, room and how many seats are left", people, "16. 11. 2023", "9:00", "3. patro, místnost 326a", "volných 5 míst z 5", PERIOD);
	await shot(people, "projednani");
}

// ---- 1 November 2023: people write

async function write(name, values, paragraph, from = "/pripominky") {
	const page = await visitor(from, name);
	await follow(page, PERIOD, "main");
	if (paragraph) {
		await follow(page, "Číst a připomínkovat text", "main");
		await follow(page, `Připomínkovat odstavec: ${paragraph}`, "main");
	} else await follow(page, "Připomínka k celému dokumentu", "main");
	await send(page, "main form", values);
	return page;
}

/* The model knows no hesitation: it says whether the way is short, not how a real person fares. */
const told = (e) => `${e.seconds} s: ${e.pages} pages, ${e.clicks} clicks, ${e.fields} fields, ${e.keys} keys, ${e.words} words to read`;
function short(what, e) {
	note(`${what} in less than two minutes by the keystroke-level model`, e.seconds < 120, told(e));
	console.log(`# ${told(e)}`);
}

/** Opens the letter, confirms; leaves the person at the private page. */
export async function confirm(page, name, address) {
	const link = await openLink(page, await letterTo(address, "Potvrďte připomínku"), "/pripominka/");
	known.links[name] = link;
	await send(page, "main form", {}, "Potvrdit připomínku");
	return page;
}

async function citizen() {
	const page = await visitor("/plan/2024-2026", "jana");
	await follow(page, "Strategická část", "main");
	const paragraph = page.locator("main article :is(p, div)", { hasText: "Kraj podpoří pečovatelskou službu" }).last();
	await Promise.all([page.waitForURL(/napsat/), paragraph.getByRole("link", { name: "Připomínka" }).click()]);
	await reads("a citizen comes from a paragraph of the plan straight to the form, which quotes it", page, "K odstavci", "Kraj podpoří pečovatelskou službu i o víkendu.");
	await shot(page, "pripominka-formular");
	await send(page, "main form", { text: "krátce" });
	await reads("mistakes are said at the fields and nothing typed is lost", page, "Připomínka musí mít aspoň 10 znaků.", "Zapište e-mail ve tvaru");
	await send(page, "main form", { text: "Víkend nestačí, maminka potřebuje pomoc hlavně večer.", proposal: "i večer a o víkendu", author_name: "Jana Ukázková", email: "jana@example.org" });
	await reads("the comment waits for its author's confirmation", page, "Potvrďte připomínku v e-mailu", "48 hodin");
	await confirm(page, "jana", "jana@example.org");
	await reads("confirmed by the link of a letter it has a number, the time and a hash on a private page", page, "P-2023-0001", /Doručeno 1\. 11\. 2023,? 9:/, "přijatá");
	const receipt = await letterTo("jana@example.org", "Přijali jsme připomínku P-2023-0001");
	await page.locator("summary:has-text('Otisk')").click();
	const hash = receipt.match(/SHA-256: ([0-9a-f]{64})/)?.[1];
	note("the receipt by letter says the same number, time and hash", Boolean(hash) && (await words(page)).includes(hash) && receipt.includes("1. 11. 2023"), receipt);
	await shot(page, "dorucenka");
}

async function others() {
	const second = await write("petr", { text: "Pečovatelky by měly chodit i večer.", email: "petr@example.org" }, "Kraj podpoří pečovatelskou službu");
	await confirm(second, "petr", "petr@example.org");
	const whole = await write("charita", { text: "V úvodu chybí seznam zkratek. Dále žádáme o kapitolu o dobrovolnících.", author_kind: "organisation", organisation: "Charita Ukázka",
		email: "charita@example.org" });
	await confirm(whole, "charita", "charita@example.org");
	await reads("an organisation comments on the whole document", whole, "P-2023-0003", "přijatá");
	short("a citizen who comes to the home page for the first time comments on a paragraph", await effortOf(async () => {
		const debt = await write("poradna", { text: "Dluhové poradenství v každém obvodu je správně, chybí ale kapacita. Volejte 603 123 456.", email: "poradna@example.org" },
			"V každém správním obvodu bude", "/");
		await confirm(debt, "poradna", "poradna@example.org");
	}));
	const town = await account("obec.jablonec");
	await town.goto(`${origin}${known.period}`);
	await follow(town, "Číst a připomínkovat text", "main");
	await follow(town, "Připomínkovat odstavec: Nejvíc chybí", "main");
	await send(town, "main form", { text: "Chybí také odlehčovací lůžka pro krátké pobyty.", author_kind: "municipality", organisation: "Jablonec nad Nisou" });
	await reads("a municipality that is signed in needs no letter", town, "P-2023-0005", "přijatá");
}

// ---- sign-ups for the hearing

const GUESTS = ["Adam", "Běla", "Cyril", "Dana", "Emil", "Filip"];
const address = (name) => `${name.normalize("NFD").replace(/[^A-Za-z]/g, "").toLowerCase()}@example.org`;

async function signUp(name, from = "/projednani") {
	const page = await visitor(from, name);
	await follow(page, HEARING, "main");
	await send(page, "#prihlaska", { name: `${name} Ukázkový`, email: address(name), consent: true });
	await openLink(page, await letterTo(address(name), "Potvrďte přihlášku"), "/projednani/potvrzeni/");
	await send(page, "main form", {}, "Potvrdit přihlášku");
	known.seats[name] = { link: here(page), code: (await page.locator(".code.big").count()) ? (await page.locator(".code.big").innerText()).trim() : "" };
	return page;
}

async function seats() {
	for (const name of GUESTS.slice(0, 5)) await signUp(name);
	note("five citizens sign up, confirm by a letter and have the five seats", Object.values(known.seats).every((s) => s.code.length > 3), JSON.stringify(known.seats));
	short("and signs up for the hearing", await effortOf(() => signUp("Filip", "/")));
	const page = await visitor(known.seats.Filip.link, "Filip");
	await reads("the sixth waits, first in order", page, "Čekáte na místo, jste 1. v pořadí.");
	await letterTo(address("Filip"), "čekáte v pořadí");
	await shot(page, "ceka-na-misto");

	const gone = await visitor(known.seats["Běla"].link, "Běla");
	await follow(gone, "Odhlásit se", "main");
	await send(gone, "main form.card", {}, "Ano, odhlásit se");
	await reads("one gives the seat up by the own link", gone, "Jste odhlášeni.");
	const letter = await letterTo(address("Filip"), "Uvolnilo se pro vás místo");
	await page.reload();
	known.seats.Filip.code = (await page.locator(".code.big").innerText()).trim();
	note("whoever waited has it at once, and a letter with the code", letter.includes(known.seats.Filip.code), letter);
	const office = await account("planovac");
	await menu(office, "Projednání");
	await follow(office, "Přihlášky", "main table");
	await reads("the office sees five with a seat and one who cancelled", office, "Filip Ukázkový", "má místo", "zrušena");
	await shot(office, "prihlasky");
}

// ---- the last second

/* Five seconds of people are one of the program's: time enough for a hand to be on the button in the very last second. */
async function midnight() {
	await act("the last second of the last day", "2023-11-14T23:59:57+01:00", 0.2);
	const at = async (what) => until(what, async () => new Date((await fetch(`${origin}/pripominky`, { method: "HEAD" })).headers.get("date")).toISOString().slice(11, 19) === what);
	const forms = {};
	for (const name of ["vcas", "opozdilec"]) {
		forms[name] = await visitor(`${known.period}/napsat`, name);
		await forms[name].locator("[name=text]").fill(name === "vcas" ? "Posílám to na poslední chvíli, ale včas." : "Tohle už posílám po půlnoci.");
		await forms[name].locator("[name=email]").fill(`${name}@example.org`);
	}
	await at("22:59:59");
	await send(forms.vcas, "main form");
	await at("23:00:00");
	await send(forms.opozdilec, "main form");
	for (const name of ["vcas", "opozdilec"]) await confirm(forms[name], name, `${name}@example.org`);
	await reads("what is sent at 23:59:59 of the last day counts, although it is confirmed after midnight", forms.vcas, /Doručeno 14\. 11\. 2023,? 23:59/, "přijatá");
	note("and is not marked late", !(await words(forms.vcas)).includes("opožděně"));
	await reads("what is sent within the next second is late, and its author is told", forms.opozdilec, /Doručeno 15\. 11\. 2023,? 0:00/, "(opožděně)", "opožděná");
	await shot(forms.opozdilec, "po-pulnoci");
	const letter = await letterTo("opozdilec@example.org", "Přijali jsme připomínku");
	note("the receipt of the late one says that it is late", letter.includes("opožděně, po konci řízení"), letter);
}

// ---- 15 November 2023: what came on paper

async function record(page, values) {
	await page.goto(`${origin}/app`);
	await follow(page, "Připomínky", "nav");
	await follow(page, PERIOD, "main");
	await follow(page, "Zapsat připomínku", "main");
	await send(page, "main form", { channel: "paper", author_kind: "citizen", ...values });
}

async function paper() {
	await act("the office writes down what came on paper", "2023-11-15T10:00:00+01:00");
	const page = await account("planovac");
	await record(page, { day: "13. 11. 2023", clock: "14:30", text: "Prosím o větší písmo v tištěném plánu.", anchor: /celému dokumentu/ });
	await reads("a letter delivered on the 13th is written down on the 15th and counts", page, "P-2023-0008", "přijatá");
	await record(page, { day: "15. 11. 2023", clock: "8:15", text: "Plán by měl mít rejstřík pojmů.", anchor: /celému dokumentu/ });
	await reads("one delivered on the 15th is late", page, "P-2023-0009", "opožděná");
	await record(page, { day: "16. 11. 2023", clock: "8:15", text: "Tohle ještě nepřišlo.", anchor: /celému dokumentu/ });
	await reads("none is written down before it came", page, "nemůže to být v budoucnu");
	await page.goto(`${origin}${known.desk}`);
	await reads("the clock has closed the period by itself", page, "připomínky se vypořádávají", "sběr připomínek skončil");
	await shot(page, "stul-pripominek");
	const people = await visitor(known.period);
	await reads("the public reads that comments are being settled", people, "Sběr skončil", "Připomínky vypořádáváme.");
}

export async function setUp() {
	await announced();
	await hearing();
}

export async function comments() {
	await act("the first day of comments", "2023-11-01T09:00:00+01:00");
	await citizen();
	await others();
	await seats();
	await midnight();
	await paper();
}
