// hearing.mjs: 16 November 2023: the door, what was said, the minutes.
import { HEARING, PERIOD, known } from "./comments.mjs";
import { account, act, follow, menu, note, origin, reads, refused, send, shot, step, task, visitor } from "./stage.mjs";

async function door() {
	await act("the door of the hearing", "2023-11-16T08:40:00+01:00");
	const closed = await visitor(known.hearing);
	await reads("sign-up has ended by the clock", closed, "Přihlašování skončilo.");
	const page = await account("planovac");
	await menu(page, "Projednání");
	await follow(page, "Prezence", "main table");
	await send(page, "form.door", { kod: "XXXXXX" });
	await reads("a code that nobody has lets nobody in", page, "Nezapsáno");
	await send(page, "form.door", { kod: known.seats.Adam.code.toLowerCase() });
	await reads("a person is noted by the code, however it is typed", page, "1 přítomných z 5 s místem.", "přišel");
	await send(page, "form.door", { kod: known.seats["Běla"].code });
	await reads("who gave the seat up is not let in by the old code", page, "Nezapsáno", "1 přítomných z 5");
	for (const name of ["Cyril", "Dana", "Filip"]) await send(page, "form.door", { kod: known.seats[name].code });
	await reads("whoever moved up from the waiting list comes by the code of that letter", page, "4 přítomných z 5 s místem.", "Filip Ukázkový");
	await shot(page, "prezence");
	await page.goto(`${origin}${known.hall}`);
	note("the hearing is not written down as held before nine", (await refused(page, "Projednání proběhlo")).includes("Projednání začíná až"));
}

async function said() {
	await act("what was said at the hearing", "2023-11-16T11:10:00+01:00");
	const page = await account("planovac");
	await menu(page, "Projednání");
	await follow(page, HEARING, "main table");
	await step(page, "Projednání proběhlo");
	await follow(page, "Zapsat ústní připomínku", "main");
	await send(page, "main form", { channel: "oral", day: "16. 11. 2023", clock: "10:20", anchor: /Kraj podpoří/, author_kind: "citizen",
		text: "Na horách nemá kdo péči zajistit, potřebujeme pečovatelku aspoň do osmi večer." });
	await reads("what somebody said at the hearing is recorded into the period and is not late", page, "P-2023-0010", "přijatá", PERIOD);
	await page.goto(`${origin}${known.hall}`);
	await follow(page, "Zápis a prezentace", "main");
	await send(page, "main form", { minutes: "Projednání zahájil koordinátor plánu.\n\nV diskusi zaznělo, že v horských obcích chybí večerní péče." });
	note("minutes are not published before somebody verified them", (await refused(page, "Zveřejnit zápis")).includes("Zápis nikdo neověřil."));
	const head = await account("vedouci");
	await task(head, "Dokončete zápis z projednání");
	await step(head, "Ověřit zápis");
	await page.reload();
	await step(page, "Zveřejnit zápis");
	const people = await visitor(known.hearing);
	await reads("the head verifies the minutes, the coordinator publishes them, everybody reads them", people, "Zápis", "v horských obcích chybí večerní péče");
	await shot(people, "zapis");
}

export async function hearing() {
	await door();
	await said();
}
