// mandate.mjs: on the effective day everybody sees the line; its mandate is prepared, approved by another, issued; its PDF is made once.
import { createHash } from "node:crypto";
import { known } from "./announcement.mjs";
import { account, act, follow, menu, note, origin, printed, reads, refused, send, shot, sitovka, step, until, visitor, words } from "../cycle/stage.mjs";

const here = (page) => new URL(page.url()).pathname;

async function prepared() {
	await act("the mandate is prepared", "2027-03-01T09:00:00+01:00");
	const page = await account("sit");
	await menu(page, "Pověření");
	await follow(page, "bez pověření", "main");
	await send(page, "main form[method=get]", { "ke-dni": "1. 4. 2027" });
	await follow(page, known.service, "main table");
	await send(page, "main form", { first_day: "1. 4. 2027", last_day: "31. 12. 2037" });
	known.mandate = here(page);
	await reads("more than ten years is refused (G3)", page, "Pověření je delší než deset let");
}

async function issued() {
	const page = await account("sit");
	await follow(page, "Upravit návrh", "aside");
	await send(page, "main form", { last_day: "31. 12. 2029" });
	note("nobody approves what they prepared", (await refused(page, "Schválit pověření")).includes("Čtyři oči") || (await words(page)).includes("Čtyři oči"));
	const head = await account("vedouci");
	await head.goto(`${origin}${known.mandate}`);
	await step(head, "Schválit pověření", { resolution: "45/27/ZK" });
	await reads("the head approves it by the resolution, and it has its number for ever", head, /POV-2027-\d+/, "schválené");
	known.number = (await words(head)).match(/POV-2027-\d+/)[0];
	await page.goto(`${origin}${known.mandate}`);
	await step(page, "Vydat pověření");
	await reads("the officer issues it before its first day", page, "vydané", known.number);
}

async function inForce() {
	await act("the version is in force", "2027-04-01T08:00:00+02:00");
	const people = await visitor("/sit");
	await until("the version to begin", async () => {
		await people.goto(`${origin}/sit?q=${encodeURIComponent(known.service)}`);
		return (await words(people)).includes(known.service);
	});
	await reads("on the effective day everybody finds the line in the network", people, known.service);
	await shot(people, "sit");
	await people.goto(`${origin}/povereni?q=${known.number}`);
	await follow(people, known.number, "main table");
	await reads("the public register has the mandate", people, known.number, "45/27/ZK", "3,50");
	const first = await paper(people), second = await paper(people);
	const digest = createHash("sha256").update(first.bytes).digest("hex");
	note("its PDF is made once: two downloads are the same bytes", first.bytes.equals(second.bytes) && first.bytes.length > 1000, `${first.bytes.length} ${second.bytes.length}`);
	note("and the register says its hash", (await words(people)).includes(digest), digest);
	const trail = sitovka(undefined, "verify");
	note("the trail of it all is whole", trail.includes("v pořádku"), trail);
}

/* A PDF that is asked for is there when the page says its hash. */
async function paper(page) {
	const at = page.url();
	const file = await printed(page, page.locator("section[aria-labelledby=listiny] a").first());
	await page.goto(at);
	return file;
}

export async function mandate() {
	await prepared();
	await issued();
	await inForce();
}
