// run.mjs: a person's way in and out, step by step, against real servers on loopback. One failed step ends the part that stands on it.
import { Browser, config, daysPass, db, end, mailServer, nextLetter, serve, sitovka, telephone } from "./program.mjs";
import { client, lyingProvider, realProvider } from "./provider.mjs";
import { writeFileSync } from "node:fs";

let passed = 0;
let failed = 0;

function note(sentence, fine, why = "") {
	if (fine) passed += 1;
	else failed += 1;
	console.log(`${fine ? "ok" : "not ok"} ${passed + failed} - ${sentence}${fine || !why ? "" : `\n# ${why}`}`);
	if (!fine) throw new Error(sentence);
}

const expect = (sentence, browser, status, words) =>
	note(sentence, browser.status === status && (!words || browser.text().includes(words) || browser.location?.includes(words)),
		`${browser.url} answers ${browser.status} ${browser.location ?? ""} ${browser.text().slice(0, 1500)}`);

async function part(title, run) {
	try {
		await run();
	} catch (e) {
		console.log(`# ${title} ends here: ${e.message.slice(0, 2000)}`);
		if (failed === 0) {
			failed += 1;
			console.log(`not ok ${passed + failed} - ${title}\n# ${String(e.stack).replace(/\n/g, "\n# ")}`);
		}
	}
}

/** What a page says, without the number of the request. */
const tidy = (text) => text.replace(/Číslo.*$/, "");

const yesterday = new Date(Date.now() - 86400000).toISOString().slice(0, 10);

sitovka("init");
config("mail.host", "127.0.0.1");
config("mail.port", await mailServer());
config("mail.tls", "none");
config("mail.from", "sit@kraj.example.org");
writeFileSync(`${db}.state/oidc-secret`, client.secret, { mode: 0o600 });
const { origin, said } = await serve();

/** A new telephone is set up on the page that the person was led to; its seed. */
async function enrol(browser) {
	await browser.submit("/app/ucet/overeni/zacit", {});
	await browser.follow();
	const seed = browser.text().match(/Klíč: ((?:[A-Z2-7]{4} ?)+)/)[1].trim();
	await browser.submit("/app/ucet/overeni", { code: telephone(seed) });
	return seed;
}

const admin = new Browser(origin);
let adminSeed;

async function invite(name, login, role = "NET") {
	await admin.get("/app/sprava/uzivatele/novy");
	await admin.submit("/novy", { login, name, kind: "person", organisation: "" });
	const id = admin.location.match(/(\d+)$/)[1];
	await admin.get("/app/sprava/role/novy");
	await admin.submit("/novy", { account: id, role, scope_kind: "region", scope_ref: "", first_day: "2026-01-01", last_day: "" });
	const roleId = admin.location.match(/(\d+)$/)[1];
	await admin.get(`/app/sprava/uzivatele/${id}`);
	await admin.submit("/krok", { krok: "pozvat" });
	const letter = await nextLetter("Pozvánka");
	return { id, roleId, link: letter.match(/http\S+\/pozvanka\/\S+/)[0] };
}

async function endRole(roleId) {
	await admin.get(`/app/sprava/role/${roleId}/upravit`);
	const values = Object.fromEntries([...admin.body.matchAll(/<input[^>]*name="(account|scope_ref|first_day)"[^>]*value="([^"]*)"/g)].map(([, n, v]) => [n, v]));
	const chosen = [...admin.body.matchAll(/<select[^>]*name="(\w+)"[\s\S]*?<\/select>/g)].map(([all, n]) => [n, all.match(/value="([^"]*)" selected/)?.[1] ?? ""]);
	await admin.submit("/upravit", { ...values, ...Object.fromEntries(chosen), last_day: yesterday });
}

await part("the first administrator", async () => {
	const link = said().match(/http\S+\/zalozeni\/\S+/)[0];
	await admin.get(link);
	await admin.submit("", { name: "Správce Kraje", login: "spravce@example.org", password: "modry kocour leze dolu" });
	expect("the first administrator is made by the link of the console", admin, 303, "/prihlaseni");
	await admin.follow();
	await admin.submit("/prihlaseni", { login: "spravce@example.org", password: "modry kocour leze dolu" });
	await admin.follow();
	expect("an administrator without a second factor is led to set it up", admin, 200, "Ověřovací aplikace");
	await admin.get("/app/sprava/uzivatele");
	expect("and can do nothing else", admin, 303, "/app/ucet/overeni");
	await admin.get("/app/ucet/overeni");
	adminSeed = await enrol(admin);
	expect("the code of another program than ours sets it up", admin, 200, "Záložní kódy");
	note("ten recovery codes are shown", [...admin.body.matchAll(/<li><code>/g)].length === 10);
	await admin.get("/app/sprava");
	expect("then administration opens", admin, 200, "Správa");
});

await part("the circle by password", async () => {
	const { roleId, link } = await invite("Jana Říhová", "jana@example.org");
	note("the invitation arrives at the mail server", link.startsWith(origin));
	const jana = new Browser(origin);
	await jana.get(link);
	expect("its link opens a page for the first password", jana, 200, "Jana Říhová");
	await jana.submit("", { password: "heslo1234567" });
	expect("a password that can be guessed is refused", jana, 422, "uhodnout");
	await jana.submit("", { password: "zeleny kocour leze ven" });
	await jana.follow();
	expect("who has accepted is led to the second factor", jana, 200, "Ověřovací aplikace");
	const seed = await enrol(jana);
	expect("sets it up", jana, 200, "Záložní kódy");
	const recovery = [...jana.body.matchAll(/<li><code>([^<]*)</g)].map(([, code]) => code);
	await jana.get("/app/sluzby");
	expect("and works", jana, 200, "Služby");
	const again = new Browser(origin);
	await again.get(link);
	expect("the invitation does not open twice", again, 410, "Odkaz už neplatí");
	const used = tidy(again.text());
	await again.get(`/pozvanka/${"A".repeat(43)}`);
	note("the page says the same of one that never was", again.status === 410 && tidy(again.text()) === used);

	await jana.submit("/odhlaseni", {});
	await jana.get("/app/sluzby");
	expect("signing out ends the session", jana, 303, "/prihlaseni");
	await jana.get("/prihlaseni");
	await jana.submit("/prihlaseni", { login: "jana@example.org", password: "zeleny kocour leze ven" });
	expect("the password alone is not enough", jana, 303, "/prihlaseni/kod");
	await jana.follow();
	const waiting = new Map(jana.cookies.get(new URL(origin).host));
	await jana.get("/app/sluzby");
	expect("whoever owes the code is not signed in", jana, 303, "/prihlaseni");
	await jana.get("/prihlaseni/kod");
	await jana.submit("/prihlaseni/kod", { code: "000000" });
	expect("a wrong code is refused", jana, 422, "Kód nesouhlasí");
	const code = telephone(seed, 30);
	await jana.submit("/prihlaseni/kod", { code });
	expect("the right one signs in", jana, 303, "/app");
	const fresh = jana.cookies.get(new URL(origin).host).get("sid");
	note("with another session than the one that waited", fresh !== waiting.get("sid"));
	const thief = new Browser(origin);
	thief.cookies.set(new URL(origin).host, waiting);
	await thief.get("/prihlaseni/kod");
	expect("the waiting session is worth nothing any more", thief, 303, "/prihlaseni");

	const second = new Browser(origin);
	await second.get("/prihlaseni");
	await second.submit("/prihlaseni", { login: "jana@example.org", password: "zeleny kocour leze ven" });
	await second.follow();
	await second.submit("/prihlaseni/kod", { code });
	expect("the same code does not work twice", second, 422, "Kód nesouhlasí");
	await second.submit("/prihlaseni/kod", { code: recovery[0] });
	expect("a recovery code does, once", second, 303, "/app");

	await second.get("/zapomenute-heslo");
	await second.submit("/zapomenute-heslo", { login: "jana@example.org" });
	const same = second.text();
	await second.get("/zapomenute-heslo");
	await second.submit("/zapomenute-heslo", { login: "nikdo@example.org" });
	note("the page says the same for an address that nobody has", tidy(second.text()) === tidy(same));
	const reset = (await nextLetter("Nové heslo")).match(/http\S+\/nove-heslo\/\S+/)[0];
	await second.get(reset);
	await second.submit(new URL(reset).pathname, { password: "cerveny kocour spi doma" });
	expect("the letter leads to another password", second, 303, "/prihlaseni");
	await second.get(reset);
	expect("once", second, 410, "Odkaz už neplatí");
	await jana.get("/app/sluzby");
	expect("which ends all sessions", jana, 303, "/prihlaseni");
	await jana.follow();
	await jana.submit("/prihlaseni", { login: "jana@example.org", password: "cerveny kocour spi doma" });
	expect("and keeps the second factor", jana, 303, "/prihlaseni/kod");
	await jana.follow();
	await jana.submit("/prihlaseni/kod", { code: recovery[0] });
	expect("a used recovery code stays used", jana, 422, "Kód nesouhlasí");
	await jana.submit("/prihlaseni/kod", { code: recovery[1] });
	await jana.follow();
	await jana.get("/app/sluzby");
	expect("the next one signs in again", jana, 200, "Služby");

	await endRole(roleId);
	expect("the administrator lets the right end yesterday", admin, 303, "/app/sprava/role/");
	await jana.get("/app/sluzby");
	expect("and access is gone at once", jana, 403, "oprávnění");
	await jana.get("/app/sluzby.csv");
	note("also to files", jana.status === 403);
});

// ---- through the organisation

let now = { sub: "u-100", acr: "urn:kraj:dva-faktory", amr: ["pwd", "otp"] };
const back = `${origin}/prihlaseni/oidc/zpet`;
const provider = await realProvider(back, () => now);

const trust = (issuer) => {
	config("people.oidc_client", client.id);
	config("people.oidc_issuer", issuer);
};

/** To the provider and back to the door of the callback; the address there. */
async function toCallback(browser, start) {
	await browser.get(start);
	for (let i = 0; i < 12 && browser.location && !browser.location.startsWith(back); i++) await browser.send(browser.location);
	if (!browser.location) throw new Error(`${browser.url} answers ${browser.status}: ${browser.text().slice(0, 800)}`);
	return browser.location;
}

await part("the circle through the organisation", async () => {
	await admin.get("/prihlaseni/oidc");
	expect("without a provider that sign-in does not exist", admin, 404);
	trust(provider.issuer);
	config("people.oidc_acr", "urn:kraj:dva-faktory");
	const { roleId, link } = await invite("Petr Organizační", "petr@example.org");
	let petr = new Browser(origin);
	await petr.get("/prihlaseni");
	expect("the page of signing in offers the organisation", petr, 200, "Přihlásit se účtem organizace");
	await petr.send(await toCallback(petr, "/prihlaseni/oidc"));
	expect("an identity that nobody has opens nothing, whatever its e-mail says", petr, 422, "nikdo nemá");
	note("and gives no session", !petr.cookies.get(new URL(origin).host).has("sid"));
	await petr.get(link);
	await petr.send(await toCallback(petr, petr.body.match(/href="(\/prihlaseni\/oidc\?pozvanka=[^"]*)"/)[1]));
	expect("the invitation is accepted by the organisation's sign-in", petr, 303, "/app");
	await petr.get("/app/sluzby");
	expect("whose second factor counts", petr, 200, "Služby");
	await petr.submit("/odhlaseni", {});
	const callback = await toCallback(petr, "/prihlaseni/oidc?next=/app/sluzby");
	const jar = new Map(petr.cookies.get(new URL(origin).host));
	await petr.send(callback);
	expect("the next time the identity alone signs in and leads on", petr, 303, "/app/sluzby");

	const led = new Browser(origin);
	await led.send(await toCallback(led, "/prihlaseni/oidc?next=//evil.example/"));
	expect("but to pages of ours only", led, 303);
	note("which is the start page", led.location === "/app", led.location);

	const thief = new Browser(origin);
	await thief.get(callback);
	expect("the same address in another browser is refused", thief, 422, "nepovedlo");
	thief.cookies.set(new URL(origin).host, new Map(jar));
	await thief.get(callback);
	expect("and with the stolen cookie too: a state is taken once", thief, 422, "nepovedlo");
	const other = new Browser(origin);
	const url = new URL(await toCallback(other, "/prihlaseni/oidc"));
	url.searchParams.set("state", "A".repeat(43));
	await other.send(url.href);
	expect("a changed state is refused", other, 422, "nepovedlo");
	const third = new Browser(origin);
	const wrongIssuer = new URL(await toCallback(third, "/prihlaseni/oidc"));
	wrongIssuer.searchParams.set("iss", "http://127.0.0.1:1");
	await third.send(wrongIssuer.href);
	expect("an answer that another issuer signs is refused", third, 422, "nepovedlo");
	const refused = new Browser(origin);
	const state = new URL(await toCallback(refused, "/prihlaseni/oidc")).searchParams.get("state");
	await refused.get(`/prihlaseni/oidc/zpet?error=access_denied&state=${state}`);
	expect("a no of the organisation is told", refused, 422, "nepotvrdila");

	now = { sub: "u-100", acr: undefined, amr: ["pwd"] };
	petr = new Browser(origin);                  // at another computer: the provider asks anew
	await petr.send(await toCallback(petr, "/prihlaseni/oidc"));
	await petr.follow();
	expect("when the organisation asked for a password only, our own second factor is due", petr, 200, "Ověřovací aplikace");
	await petr.get("/app/sluzby");
	expect("and nothing else opens", petr, 303, "/app/ucet/overeni");
	await petr.get("/app/ucet/overeni");
	const seed = await enrol(petr);
	await petr.get("/app/sluzby");
	expect("until it is set up", petr, 200, "Služby");
	await petr.submit("/odhlaseni", {});
	await petr.send(await toCallback(petr, "/prihlaseni/oidc"));
	expect("then its code is asked for", petr, 303, "/prihlaseni/kod");
	await petr.follow();
	await petr.submit("/prihlaseni/kod", { code: telephone(seed, 30) });
	expect("and signs in", petr, 303, "/app");
	await petr.get("/app/sluzby");
	expect("to work", petr, 200, "Služby");
	await endRole(roleId);
	await petr.get("/app/sluzby");
	expect("an ended right closes this way too", petr, 403, "oprávnění");
	await admin.get("/app/sprava/uzivatele");
});

await part("two days later", async () => {
	const { id, link } = await invite("Pozdní Příchozí", "pozdni@example.org");
	daysPass("one_time_link", "ends_at", 2);
	const late = new Browser(origin);
	await late.get(link);
	expect("the invitation does not open any more", late, 410, "Odkaz už neplatí");
	await late.send(link, { method: "POST", body: new URLSearchParams({ password: "modry kocour leze dolu" }), headers: { origin } });
	note("nor does the form behind it", late.status >= 400 && late.status < 500 && !late.cookies.get(new URL(origin).host).has("sid"));
	await admin.get(`/app/sprava/uzivatele/${id}`);
	expect("the administrator sees that it has run out", admin, 200, "vypršela");
	await admin.submit("/krok", { krok: "pozvat" });
	const again = (await nextLetter("Pozvánka")).match(/http\S+\/pozvanka\/\S+/)[0];
	await late.get(again);
	expect("and sends another, which does", late, 200, "Pozdní Příchozí");
});

await part("who has an account", async () => {
	const asked = [];
	for (const login of ["jana@example.org", "nikdo@example.org", "pozdni@example.org"]) {
		const stranger = new Browser(origin);
		await stranger.get("/prihlaseni");
		await stranger.submit("/prihlaseni", { login, password: "uplne jine heslo" });
		asked.push(`${stranger.status} ${tidy(stranger.text())}`.replaceAll(login, "…"));
	}
	note("a wrong password is told as a name that nobody has, and as one that was only invited", new Set(asked).size === 1 && asked[0].startsWith("422"), asked.join("\n# "));
});

await part("linking an account that has a password", async () => {
	now = { sub: "u-200", acr: "urn:kraj:dva-faktory", amr: ["pwd", "otp"] };
	await admin.get("/app/ucet");
	await admin.submit("/app/ucet/propojeni", {});
	expect("after the password the page leads to the organisation", admin, 200, "Přihlásit se účtem organizace");
	await admin.send(await toCallback(admin, "/prihlaseni/oidc"));
	expect("the identity is linked", admin, 303, "/app/ucet");
	await admin.follow();
	expect("and says so", admin, 200, "přihlášení je propojené");
	const same = new Browser(origin);
	await same.send(await toCallback(same, "/prihlaseni/oidc"));
	await same.follow();
	expect("the administrator signs in by it", same, 200, "Správce Kraje");
});

// ---- a provider that lies

await part("a provider that lies", async () => {
	const liar = await lyingProvider();
	trust(liar.issuer);
	const now = () => Math.floor(Date.now() / 1000);
	const wrong = {
		"none as the kind of signature": ({ part, claims }) => ({ id_token: `${part({ alg: "none" })}.${part(claims)}.` }),
		"HMAC by the public key": async ({ hmac, keys, jose }) => ({ id_token: hmac(await jose.exportSPKI(keys.publicKey)) }),
		"HMAC by the secret of the client": ({ hmac }) => ({ id_token: hmac(client.secret) }),
		"a kind that is not allowed": async ({ sign, claims }) => ({ id_token: await sign(claims, { alg: "RS384", kid: "k" }) }),
		"a stranger's key": async ({ sign, claims, stranger }) => ({ id_token: await sign(claims, { alg: "RS256", kid: "k" }, stranger.privateKey) }),
		"a key that nobody named": async ({ sign, claims, stranger }) => ({ id_token: await sign(claims, { alg: "RS256", kid: "x" }, stranger.privateKey) }),
		"a key brought along": async ({ sign, claims, stranger, jose }) => ({ id_token: await sign(claims, { alg: "RS256", jwk: await jose.exportJWK(stranger.publicKey) }, stranger.privateKey) }),
		"an address of keys brought along": async ({ sign, claims, stranger, issuer }) => ({ id_token: await sign(claims, { alg: "RS256", kid: "k", jku: `${issuer}/jine-klice` }, stranger.privateKey) }),
		"another audience": async ({ sign, claims }) => ({ id_token: await sign({ ...claims, aud: "jiny" }) }),
		"two audiences and no party": async ({ sign, claims }) => ({ id_token: await sign({ ...claims, aud: [client.id, "jiny"] }) }),
		"another party": async ({ sign, claims }) => ({ id_token: await sign({ ...claims, azp: "jiny" }) }),
		"another issuer": async ({ sign, claims }) => ({ id_token: await sign({ ...claims, iss: provider.issuer }) }),
		"an issuer with a slash more": async ({ sign, claims, issuer }) => ({ id_token: await sign({ ...claims, iss: `${issuer}/` }) }),
		"an expired token": async ({ sign, claims }) => ({ id_token: await sign({ ...claims, iat: now() - 500, exp: now() - 120 }) }),
		"no expiry": async ({ sign, claims }) => ({ id_token: await sign({ ...claims, exp: undefined }) }),
		"a token of the future": async ({ sign, claims }) => ({ id_token: await sign({ ...claims, iat: now() + 600, exp: now() + 900 }) }),
		"another nonce": async ({ sign, claims }) => ({ id_token: await sign({ ...claims, nonce: "jina" }) }),
		"no nonce": async ({ sign, claims }) => ({ id_token: await sign({ ...claims, nonce: undefined }) }),
		"no subject": async ({ sign, claims }) => ({ id_token: await sign({ ...claims, sub: undefined }) }),
		"changed claims": async ({ sign, claims, part }) => {
			const [head, , signature] = (await sign()).split(".");
			return { id_token: `${head}.${part({ ...claims, sub: "u-100" })}.${signature}` };
		},
		"a token too long": async ({ sign, claims }) => ({ id_token: await sign({ ...claims, x: "a".repeat(70000) }) }),
		"no token": () => ({ access_token: "x" }),
		"no JSON": () => "<html>",
		"a document too long": () => ({ id_token: "x", pad: "a".repeat(300000) }),
	};

	/** Through the lie to an answer of ours. */
	async function lie(make, start = "/prihlaseni/oidc") {
		const browser = new Browser(origin);
		await browser.get(start);
		if (browser.status !== 303) return browser;
		const asked = new URL(browser.location).searchParams;
		liar.make = make;
		liar.nonce = asked.get("nonce");
		return browser.send(`${back}?code=x&state=${asked.get("state")}`);
	}

	const { link } = await invite("Oběť Lháře", "obet@example.org");
	const truth = await lie(async ({ sign }) => ({ id_token: await sign() }), `/prihlaseni/oidc?pozvanka=${link.match(/[^/]+$/)[0]}`);
	expect("what it signs rightly is taken, so that the refusals below mean something", truth, 303, "/app");
	const again = await lie(async ({ sign }) => ({ id_token: await sign() }));
	expect("the second time too", again, 303, "/app");
	for (const [what, make] of Object.entries(wrong)) {
		const browser = await lie(make);
		const fine = (browser.status === 422 || (browser.status === 503 && /too long|no JSON/.test(what))) && !browser.cookies.get(new URL(origin).host).has("sid");
		note(`refused: ${what}`, fine, `${browser.status} ${browser.location ?? ""} ${browser.text().slice(0, 600)}`);
	}
	note("no address that a token named was asked", !liar.asked.includes("/jine-klice"));
	const challenge = await lie(async ({ sign }) => ({ id_token: await sign() }));
	note("after all that an honest sign-in still works", challenge.status === 303);
	liar.close();

	const impostor = await lyingProvider();
	impostor.named = provider.issuer;
	trust(impostor.issuer);
	const led = await lie(() => ({}));
	expect("a provider that calls itself otherwise than its address is not asked at all", led, 503, "jmenuje jinak");
	impostor.close();
	config("people.oidc_issuer", "http://192.0.2.1/");
	const plain = await lie(() => ({}));
	note("plain http beyond this machine is not spoken", plain.status >= 400 && plain.status !== 404);
	config("people.oidc_issuer", "https://10.1.2.3/");
	const inner = await lie(() => ({}));
	expect("an address of an inner network is not called unless that was allowed", inner, 503, "neodpovídá");
});

await part("the trail", async () => {
	note("the trail of all that is whole", sitovka("verify").includes("v pořádku"));
});

provider.close();
await end();
console.log(`1..${passed + failed}\n${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
