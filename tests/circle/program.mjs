// program.mjs: the program, a mail server and a browser without script, for the circle.
import { spawn, execFileSync } from "node:child_process";
import http from "node:http";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = new URL("../..", import.meta.url).pathname;
export const binary = process.env.SITOVKA ?? join(root, "build/gcc-san/sitovka");
export const folder = mkdtempSync(join(tmpdir(), "sitovka-circle-"));
const children = [];

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Starts a program and waits for what it prints; ends with the circle. */
function start(command, args, wanted, options = {}) {
	const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"], ...options });
	children.push(child);
	return new Promise((done, failed) => {
		let said = "";
		child.stdout.on("data", (bytes) => {
			said += bytes;
			const match = said.match(wanted);
			if (match) done({ child, match, said: () => said });
		});
		child.on("exit", (code) => failed(new Error(`${command} ended with ${code}: ${said}`)));
		setTimeout(() => failed(new Error(`${command} did not say ${wanted}: ${said}`)), 30000).unref();
	});
}

/* However the circle ends, nothing of it stays behind. */
process.on("exit", () => children.forEach((child) => child.kill("SIGKILL")));

export async function end() {
	for (const child of children.reverse()) {
		child.removeAllListeners("exit");
		child.stdin.end();
		child.kill("SIGTERM");
		await Promise.race([new Promise((done) => child.once("exit", done)), sleep(15000)]);
	}
	if (!process.env.KEEP) rmSync(folder, { recursive: true, force: true });
}

export const db = join(folder, "sitovka.db");
export const sitovka = (...args) => execFileSync(binary, [...args, "--db", db], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
export const config = (key, value) => sitovka("config", "set", key, value);

export async function serve() {
	const { child, match, said } = await start(binary, ["serve", "--db", db, "--listen", "127.0.0.1:0", "--quiet"], /běží na (http\S+)/);
	return { child, origin: match[1], said };
}

/** Instants of a column move into the past, as if so many days had gone by. */
export function daysPass(table, column, days) {
	const past = `strftime('%Y-%m-%dT%H:%M:%fZ', ${column}, '-${days} days')`;
	const move = `import sqlite3, sys; db = sqlite3.connect(sys.argv[1], timeout=20); db.execute("UPDATE ${table} SET ${column} = ${past}"); db.commit()`;
	execFileSync("/usr/bin/python3", ["-c", move, db]);
}

// ---- letters

const letters = join(folder, "letters");

export async function mailServer() {
	execFileSync("mkdir", [letters]);
	const { match } = await start("/usr/bin/python3", [join(root, "tests/support/smtp_server.py"), letters], /(\d+)/);
	return match[1];
}

let read = 0;

/** Text of the next letter that arrives. */
export async function nextLetter(subject) {
	for (let i = 0; i < 150; i++) {
		const files = readdirSync(letters).filter((name) => name.endsWith(".eml")).sort();
		while (read < files.length) {
			const file = join(letters, files[read++]);
			const part = (what) => execFileSync("/usr/bin/python3", [join(root, "tests/support/read_letter.py"), file, what], { encoding: "utf8" });
			if (part("Subject").includes(subject)) return part("text");
		}
		await sleep(200);
	}
	throw new Error(`no letter "${subject}" came`);
}

// ---- the telephone

/** Another program than ours computes the code (oathtool of Debian). */
export const telephone = (letters, seconds = 0) =>
	execFileSync("oathtool", ["--totp", "-b", letters.replace(/ /g, ""), "--now", new Date(Date.now() + seconds * 1000).toISOString().replace("T", " ").replace(/\..*/, " UTC")], { encoding: "utf8" }).trim();

// ---- a browser

const unescape = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, "&");

/** One request; redirections are the browser's own to follow. All lines of Set-Cookie, which fetch of older Node does not tell. */
function ask(url, { method = "GET", headers = {}, body } = {}) {
	const bytes = body === undefined ? undefined : Buffer.from(String(body));
	const sent = { ...headers };
	if (body instanceof URLSearchParams) sent["content-type"] ??= "application/x-www-form-urlencoded;charset=UTF-8";
	if (bytes) sent["content-length"] = bytes.length;
	return new Promise((done, failed) => {
		const request = http.request(url, { method, headers: sent, agent: false }, (reply) => {
			const parts = [];
			reply.on("data", (part) => parts.push(part));
			reply.on("end", () => done({ status: reply.statusCode, headers: reply.headers, text: Buffer.concat(parts).toString("utf8") }));
			reply.on("error", failed);
		});
		request.on("error", failed);
		request.end(bytes);
	});
}

export class Browser {
	cookies = new Map();

	constructor(origin) {
		this.origin = origin;
	}

	async send(address, options = {}) {
		const url = new URL(address, this.url ?? this.origin);
		const jar = this.cookies.get(url.host) ?? new Map();
		this.cookies.set(url.host, jar);
		const headers = { ...options.headers };
		if (jar.size) headers.cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
		const reply = await ask(url, { ...options, headers });
		for (const line of reply.headers["set-cookie"] ?? []) {
			const [pair, ...rest] = line.split(";");
			const [name, ...value] = pair.split("=");
			const gone = rest.some((word) => /^\s*max-age=0/i.test(word) || /^\s*expires=Thu, 01 Jan 1970/i.test(word));
			if (gone) jar.delete(name);
			else jar.set(name, value.join("="));
		}
		this.url = url.href;
		this.status = reply.status;
		this.body = reply.text;
		this.location = reply.headers.location;
		return this;
	}

	get = (address) => this.send(new URL(address, this.origin).href);

	/** Goes where the last answer leads, until a page. */
	async follow(most = 12) {
		while (this.location && most-- > 0) await this.send(this.location);
		return this;
	}

	/** The form of the page that leads to `action` (or the first): its hidden fields and what is typed. */
	async submit(action, typed) {
		const forms = [...this.body.matchAll(/<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)].filter(([, to]) => !action || unescape(to).endsWith(action));
		const form = forms.find(([, , inner]) => Object.entries(typed).every(([name, value]) =>
			!new RegExp(`name="${name}" value="`).test(inner) || inner.includes(`name="${name}" value="${value}"`))) ?? forms[0];
		if (!form) throw new Error(`no form to ${action} on ${this.url} (${this.status}):\n${this.text()}`);
		const fields = new URLSearchParams();
		for (const [tag] of form[2].matchAll(/<input[^>]*type="hidden"[^>]*>/g))
			fields.set(unescape(tag.match(/name="([^"]*)"/)[1]), unescape(tag.match(/value="([^"]*)"/)?.[1] ?? ""));
		for (const [name, value] of Object.entries(typed)) fields.set(name, value);
		return this.send(unescape(form[1]), {
			method: "POST", body: fields, headers: { origin: new URL(this.url).origin, "sec-fetch-site": "same-origin" },
		});
	}

	text() {
		return unescape(this.body.replace(/<(script|style)[\s\S]*?<\/\1>/g, " ").replace(/<[^>]*>/g, " ")).replace(/[\s\u00a0]+/g, " ");
	}
}
