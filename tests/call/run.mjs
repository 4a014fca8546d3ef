// run.mjs: one call from its announcement to the mandates, each step by the role that does it, in the browser. One broken step ends the story.
import * as stage from "../cycle/stage.mjs";
import { announcement } from "./announcement.mjs";
import { application } from "./application.mjs";
import { judgement } from "./judgement.mjs";
import { decision } from "./decision.mjs";
import { mandate } from "./mandate.mjs";

const began = Date.now();
try {
	await stage.open("2026-11-02T08:00:00+01:00", "call");
	await announcement();
	await application();
	await judgement();
	await decision();
	await mandate();
} catch (e) {
	await stage.broke(e);
}
const failed = await stage.close();
console.log(`# ${Math.round((Date.now() - began) / 1000)} s, pictures: build/call`);
process.exit(failed ? 1 : 0);
