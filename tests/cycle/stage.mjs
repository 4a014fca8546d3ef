// stage.mjs: the program under a chosen clock, its letters, and people at browsers, for the replay of a plan's cycle.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch, root } from "../e2e/browser.mjs";

const program = process.env.SITOVKA ?? join(root, "build/sitovka");
const folder = mkdtempSync(join(tmpdir(), "sitovka-cycle-"));
let pictures;
const db = join(folder, "sitovka.db");
const letters = join(folder, "letters");
const password = "ukazkova-sit-2026";
const support = (name) => join(root, "tests/support", name);

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Waits until `ask` gives something; at most half a minute. */
export async function until(what, ask) {
	for (let i = 0; i < 300; i++) {
		const found = await ask();
		if (found) return found;
		await sleep(100);
	}
	throw new Error(`never came: ${what}`);
}

// ---- what is counted

let passed = 0;
let failed = 0;

/** One true sentence. A story goes on only where what it stands on holds. */
export function note(sentence, fine, why = "") {
	if (fine) passed += 1;
	else failed += 1;
	console.log(`${fine ? "ok" : "not ok"} ${passed + failed} - ${sentence}`);
	if (!fine) throw new Error(`${sentence}${why ? `\n${why}` : ""}`);
}

// ---- the clock: the program's own, by libfaketime; browsers and the mail server keep today's

const faketime = readdirSync("/usr/lib").map((name) => join("/usr/lib", name, "faketime/libfaketimeMT.so.1")).find(existsSync);
if (!faketime) throw new Error("libfaketime is missing: apt-get install faketime");

/* Only the clock of the day is moved: what waits for so many seconds waits for them, and not at all without the "fix" switched off (libfaketime 0.9.10 takes
 * the monotonic clock for the other one then). A slower clock has to be all clocks. */
function environment(instant, speed) {
	if (!instant) return process.env;
	const day = new Date(instant).toISOString().slice(0, 19).replace("T", " ");
	const moved = { ...process.env, TZ: "UTC", LD_PRELOAD: faketime, NO_FAKE_STAT: "1" };
	if (speed) return { ...moved, FAKETIME: `@${day} x${speed}` };
	return { ...moved, FAKETIME: `@${day}`, FAKETIME_DONT_FAKE_MONOTONIC: "1", FAKETIME_FORCE_MONOTONIC_FIX: "0" };
}

export const sitovka = (instant, ...args) =>
	execFileSync(program, [...args, "--db", db], { encoding: "utf8", env: environment(instant), stdio: ["ignore", "pipe", "pipe"] });

const children = [];

/** Starts a program and waits for what it prints. */
function start(command, args, wanted, env) {
	const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"], env });
	children.push(child);
	return new Promise((done, broken) => {
		let said = "";
		child.stdout.on("data", (bytes) => {
			said += bytes;
			const match = said.match(wanted);
			if (match) done({ child, match });
		});
		child.on("exit", (code) => broken(new Error(`${command} ended with ${code}: ${said}`)));
		setTimeout(() => broken(new Error(`${command} did not say ${wanted}: ${said}`)), 30000).unref();
	});
}

async function stop(child) {
	child.removeAllListeners("exit");
	const ended = new Promise((done) => child.once("exit", (code, signal) => done(code ?? signal)));
	child.stdin.end();
	child.kill("SIGTERM");
	return Promise.race([ended, sleep(15000).then(() => "still running")]);
}

/* However the story ends, nothing of it stays behind. */
process.on("exit", () => children.forEach((child) => child.kill("SIGKILL")));

const freePort = () => new Promise((done) => {
	const server = net.createServer().listen(0, "127.0.0.1", () => {
		const { port } = server.address();
		server.close(() => done(port));
	});
});

let port, browser, server;
export let origin;

/** The demo region as it was on a day, without samples of what the story makes itself; pictures go to build/`name`. */
export async function open(instant, name, ...without) {
	pictures = join(root, "build", name);
	rmSync(pictures, { recursive: true, force: true });
	mkdirSync(pictures, { recursive: true });
	mkdirSync(letters);
	const mail = await start("/usr/bin/python3", [support("smtp_server.py"), letters], /(\d+)/);
	sitovka(instant, "demo", "--size", "S", ...(without.length ? ["--without", without.join(",")] : []));
	const settings = { "mail.host": "127.0.0.1", "mail.port": mail.match[1], "mail.tls": "none", "mail.from": "planovani@kraj.example.org" };
	for (const [key, value] of Object.entries(settings)) sitovka(instant, "config", "set", key, value);
	port = await freePort();
	origin = `http://127.0.0.1:${port}`;
	browser = await launch();
}

/** The next act: the program ends and starts again at another instant; people sign in anew. Without an instant: today. */
export async function act(title, instant, speed) {
	await leave();
	console.log(`# ${instant ? instant.slice(0, 16).replace("T", " ") : "today"}: ${title}`);
	server = await start(program, ["serve", "--db", db, "--listen", `127.0.0.1:${port}`, "--quiet"], /běží na http/, environment(instant, speed));
}

const desks = new Map();

async function leave() {
	for (const page of desks.values()) await page.context().close();
	desks.clear();
	if (!server) return;
	const status = await stop(server.child);
	server = undefined;
	if (status !== 0) throw new Error(`the program ended with ${status}`);
}

export async function close() {
	await leave().catch((e) => console.log(`# ${e.message}`));
	for (const child of children) if (child.exitCode === null && child.signalCode === null) await stop(child);
	await browser?.close();
	if (process.env.KEEP) console.log(`# kept: ${folder}`);
	else rmSync(folder, { recursive: true, force: true });
	console.log(`1..${passed + failed}\n${passed} passed, ${failed} failed`);
	return failed;
}

/** One test more failed, when the act broke where nothing was asked; what everybody saw then. */
export async function broke(e) {
	if (!failed) {
		failed = 1;
		console.log(`not ok ${passed + failed} - the story goes on`);
	}
	console.log(`# ${String(e.stack).replace(/\n/g, "\n# ")}`);
	for (const [name, page] of desks) {
		await shot(page, `broken-${name}`).catch(() => {});
		console.log(`# ${name} is on ${page.url()}: ${(await words(page).catch(() => "")).slice(0, 6000)}`);
	}
}

// ---- how long it takes a person: the keystroke-level model (Card, Moran, Newell 1980) and reading of forms and letters at 238 words a minute

const pace = { decide: 1.35, point: 1.1, press: 0.2, hand: 0.4, key: 0.28, word: 60 / 238 };
const effort = {};
const wordsIn = (text) => text.split(/\s+/).filter((word) => word).length;
const add = (what, n = 1) => { effort[what] = (effort[what] ?? 0) + n; };

/** What `work` costs whoever does it for the first time: clicks, fields, keys, words read, pages, and seconds by the model. */
export async function effortOf(work) {
	for (const what of ["clicks", "fields", "keys", "words", "pages"]) effort[what] = 0;
	await work();
	const move = pace.decide + pace.point + pace.press;
	return { ...effort, seconds: Math.round(effort.clicks * move + effort.fields * (move + 2 * pace.hand) + effort.keys * pace.key + effort.words * pace.word) };
}

// ---- letters

const read = new Map();

function letter(name) {
	if (!read.has(name)) {
		const part = (what) => execFileSync("/usr/bin/python3", [support("read_letter.py"), join(letters, name), what], { encoding: "utf8" });
		read.set(name, { name, to: part("To"), subject: part("Subject"), text: part("text").replace(/\u00a0/g, " ") });
	}
	return read.get(name);
}

/** The letter to somebody about something, when it has come; each only once. */
export async function letterTo(address, subject) {
	const found = await until(`letter "${subject}" to ${address}`, () =>
		readdirSync(letters).filter((name) => name.endsWith(".eml")).sort().map(letter).find((l) => !l.taken && l.to.includes(address) && l.subject.includes(subject)));
	found.taken = true;
	return found.text;
}

/** Where a letter leads: the page behind its link, as whoever reads the letter opens it. Gives the path. */
export async function openLink(page, text, path) {
	const link = text.match(new RegExp(`http\\S+${path}\\S+`))?.[0];
	if (!link) throw new Error(`the letter has no link to ${path}: ${text}`);
	add("words", wordsIn(text));
	add("clicks", 3);                            // to the mail, the letter, its link
	add("pages");
	await page.goto(link);
	return new URL(link).pathname;
}

// ---- people

async function desk(name) {
	const context = await browser.newContext({ locale: "cs", acceptDownloads: true });
	const page = await context.newPage();
	page.setDefaultTimeout(30000);   // a machine that is busy beside
	desks.set(name, page);
	return page;
}

/** An account of the demo, signed in since the act began. */
export async function account(name, at = name) {
	if (desks.has(at)) return desks.get(at);
	const page = await desk(at);
	await page.goto(`${origin}/prihlaseni`);
	await send(page, "form:has([name=password])", { login: `${name}@demo.invalid`, password });
	if (new URL(page.url()).pathname === "/prihlaseni") throw new Error(`${name} does not get in: ${await words(page)}`);
	return page;
}

/** Somebody without an account. */
export async function visitor(path = "/", name = "visitor") {
	const page = desks.get(name) ?? await desk(name);
	await page.goto(new URL(path, origin).href);
	return page;
}

let drawn = 0;
export const shot = (page, name) =>
	page.screenshot({ path: join(pictures, `${String(++drawn).padStart(2, "0")}-${name}.png`), fullPage: true });

/** What the reader sees, blanks made one. */
export const words = async (page) => (await page.locator("body").innerText()).replace(/[\s\u00a0]+/g, " ");

export async function reads(sentence, page, ...wanted) {
	const text = await words(page);
	const missing = wanted.filter((w) => (w instanceof RegExp ? !w.test(text) : !text.includes(w)));
	note(sentence, missing.length === 0, `missing: ${missing.join(" | ")}\non ${page.url()}: ${text.slice(0, 2500)}`);
}

/** Does something that leads to another page; refusals are pages that people read, other failures end the story. Whoever is asked to come again goes
 * back and does so. */
async function led(page, work, again = 5) {
	const [answer] = await Promise.all([page.waitForNavigation({ waitUntil: "load" }), work()]);
	const status = answer?.status() ?? 200;
	add("clicks");
	add("pages");
	if (status === 503 && again) {
		await sleep(1000);
		await page.goBack();
		return led(page, work, again - 1);
	}
	if (status >= 400 && ![409, 422].includes(status)) throw new Error(`${page.url()} answers ${status}: ${(await words(page)).slice(0, 1000)}`);
}

/** Follows a link by its words. */
export const follow = (page, name, within = "body") => led(page, () => page.locator(within).getByRole("link", { name }).first().click());

/** Where a long menu keeps what belongs together. */
const sections = { "Návrh sítě": "Síť", "Výzvy": "Síť", "Pověření": "Síť", "Žádosti": "Síť", "Import registru": "Služby", "Dotazy": "Zprávy" };

/** From the menu: the way that a person goes, over the section where the menu is long. */
export async function menu(page, name) {
	await page.goto(`${origin}/app`);
	if (sections[name] && !(await page.locator("nav").getByRole("link", { name }).count())) await follow(page, sections[name], "nav");
	await follow(page, name, "nav");
}

/** From what waits for the person on the overview. */
export async function task(page, what) {
	await page.goto(`${origin}/app`);
	const place = page.locator("main li, main article, main tr", { hasText: what }).last();
	await led(page, () => place.getByRole("link").last().click());
}

async function choose(field, value) {
	if (!(value instanceof RegExp)) return field.selectOption(value);
	const options = await field.locator("option").allInnerTexts();
	const index = options.findIndex((text) => value.test(text));
	if (index < 0) throw new Error(`no option ${value} among ${options.join(" | ")}`);
	return field.selectOption({ index });
}

/** Types into fields of a form by their names: text, the words of an option, true, a list of codes. */
async function type(form, values) {
	for (const [name, value] of Object.entries(values)) {
		const field = form.locator(`[name="${name}"]:not([type=hidden])`);
		const kind = await field.first().evaluate((e) => (e.tagName === "SELECT" ? "select" : e.type));
		if (kind === "select") await choose(field.first(), value);
		else if (kind === "radio") await form.locator(`[name="${name}"][value="${value}"]`).check();
		else if (kind === "checkbox" && Array.isArray(value))
			for (const code of value) {
				const box = form.locator(`[name="${name}"][value="${code}"]`);
				if (!(await box.isVisible())) await box.locator("xpath=ancestor::details[1]/summary").click();
				await box.check();
			}
		else if (kind === "file") await field.first().setInputFiles(join(root, value));
		else if (kind === "checkbox") await field.first().setChecked(value);
		else await field.first().fill(value);
		add("fields");
		if (typeof value === "string" && kind !== "select" && kind !== "radio") add("keys", value.length);
	}
}

/** Fills a form in and sends it by the button of these words, or its first one. */
export async function send(page, selector, values = {}, button) {
	const form = page.locator(selector).first();
	const by = button ? form.getByRole("button", { name: button, exact: typeof button === "string" }).first() : form.locator("[type=submit]").first();
	await led(page, async () => {
		await unfold(form);
		add("words", wordsIn(await form.innerText()));
		await type(form, values);
		await by.click();
	});
}

/* Forms behind a summary open first, as a person would. */
async function unfold(form) {
	const fold = form.locator("xpath=ancestor::details[not(@open)][1]");
	if (await fold.count()) await fold.locator("xpath=./summary").click();
}

/** A step of "Průběh". */
export const step = (page, title, values = {}) =>
	send(page, `section[aria-labelledby=prubeh] form:has(button:text-is("${title}"))`, values, title);

/** What "Průběh" says about a step that does not go yet. */
export async function refused(page, title) {
	const place = page.locator(`section[aria-labelledby=prubeh] div.flow:has(> p > button[disabled]:text-is("${title}"))`);
	return (await place.count()) ? (await place.first().innerText()).replace(/[\s\u00a0]+/g, " ") : "";
}

/** A link that gives a file: its bytes. */
export async function download(page, name) {
	const [file] = await Promise.all([page.waitForEvent("download", { timeout: 60000 }), page.getByRole("link", { name }).first().click()]);
	const to = join(folder, file.suggestedFilename());
	await file.saveAs(to);
	return { name: file.suggestedFilename(), path: to, bytes: readFileSync(to) };
}

/** A PDF: one asks for it, waits on a page that refreshes itself, and saves it. */
export async function pdf(page, name) {
	await follow(page, name, "main");
	await send(page, "main form", {}, "Připravit PDF");
	await page.getByRole("link", { name: /Stáhnout PDF/ }).waitFor({ timeout: 120000 });
	return download(page, /Stáhnout PDF/);
}

/** A PDF that the program prepares by itself in time: its link gives it when it is there, and a page where one asks for it when it is not. */
export async function printed(page, link) {
	const address = new URL(await link.getAttribute("href"), origin).href;
	if ((await page.request.get(address)).headers()["content-type"] === "application/pdf") return download(page, await link.innerText());
	await page.goto(address);
	const ready = page.getByRole("link", { name: /Stáhnout PDF/ });
	if (await page.getByRole("button", { name: "Připravit PDF" }).count()) await send(page, "main form", {}, "Připravit PDF");
	await ready.waitFor({ timeout: 120000 });
	return download(page, /Stáhnout PDF/);
}

// ---- what files say to other programs

const plain = (text) => text.replace(/[\s\u00a0]+/g, " ");

/** Text of a PDF by poppler. */
export const pdfWords = (file) => plain(execFileSync("pdftotext", ["-layout", file.path, "-"], { encoding: "utf8" }));

/** Text of an XLSX or DOCX by Python's own reader of archives. */
export const sheetWords = (file) => plain(execFileSync("/usr/bin/python3", ["-c", `import re, sys, zipfile
for name in (z := zipfile.ZipFile(sys.argv[1])).namelist():
    if re.search(r"(sharedStrings|sheet\\d+|document)\\.xml$", name):
        print(re.sub("<[^>]+>", " ", z.read(name).decode("utf8")))`, file.path], { encoding: "utf8", env: { ...process.env, PYTHONIOENCODING: "utf-8" } }));
