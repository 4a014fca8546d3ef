// run.mjs: the cycle of the plan 2024–2026 by its real days, each step by the role that does it, in the browser. One broken step ends the story.
import * as stage from "./stage.mjs";
import { comments, setUp } from "./comments.mjs";
import { approval } from "./approval.mjs";
import { hearing } from "./hearing.mjs";
import { publication, settlement } from "./settlement.mjs";
import { preparation } from "./preparation.mjs";

const began = Date.now();
try {
	await stage.open("2022-10-31T08:00:00+01:00", "cycle", "library", "plan", "consultation", "comment");
	await preparation();
	await setUp();
	await comments();
	await hearing();
	await settlement();
	await publication();
	await approval();
} catch (e) {
	await stage.broke(e);
}
const failed = await stage.close();
console.log(`# ${Math.round((Date.now() - began) / 1000)} s, pictures: build/cycle`);
process.exit(failed ? 1 : 0);
