// node run.mjs [--all] [part of an address or role …]
// Opens each line of pages.mjs once; --all also in dark and at 320 px, in the browser as people have it, and html-validate reads it. Ends with "N passed, N failed".
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch, pool, serve, signedIn, WHOLE, windows, WITHOUT_WINDOWS } from "./browser.mjs";
import { examine, examineAssets, examineBare, examineVariant } from "./checks.mjs";
import { contrast } from "./contrast.mjs";
import { nu, validate } from "./markup.mjs";
import { pages } from "./pages.mjs";
import { questions } from "./questions.mjs";

const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const all = process.argv.includes("--all");
const VARIANTS = [{ colorScheme: "dark", width: 1280 }, { colorScheme: "light", width: 320 }, { colorScheme: "dark", width: 320 }];

const titleOf = (entry) => [entry.path, entry.role, entry.state].filter(Boolean).join(", ");
const wanted = pages.filter((entry) => words.length === 0 || words.some((word) => titleOf(entry).includes(word)));

let passed = 0;
let failed = 0;
const reporter = (title) => (sentence, problem) => {
  if (problem) failed += 1; else passed += 1;
  console.log(`${problem ? "not ok" : "ok"} ${passed + failed} - ${title}: ${sentence}${problem ? `\n# ${problem}` : ""}`);
};

contrast(reporter("colours"));
const server = await serve();
const browser = await launch(all ? WHOLE : WITHOUT_WINDOWS);
const stateOf = signedIn(browser, server.base);
const folder = mkdtempSync(join(tmpdir(), "sitovka-html-"));
const files = [];
const reports = new Map();

// Pages of one person come one after another, through windows that are closed when nothing is left for them; whoever has the most pages begins.
const of = (entry) => entry.role ?? "everybody";
const people = wanted.reduce((all, entry) => all.set(of(entry), [...(all.get(of(entry)) ?? []), entry]), new Map());
const turns = [...people.entries()].sort((a, b) => b[1].length - a[1].length);

const rooms = windows(browser);
async function look(entry, i, window) {
  const report = reporter(titleOf(entry));
  try {
    const state = await stateOf(entry.role);
    const seen = await examine(rooms, window, server.base, entry, state, report);
    await examineBare(rooms, `${window} bare`, server.base, entry, state, seen, report);
    const { html } = seen;
    for (const variant of all ? VARIANTS : []) {
      const more = reporter(`${titleOf(entry)}, ${variant.colorScheme}, ${variant.width} px`);
      await examineVariant(browser, server.base, entry, state, variant, more);
    }
    if (i === 0) await examineAssets(server.base, html, report);
    if (all) await validate(titleOf(entry), html, report);
    const name = `${i}.html`;
    writeFileSync(join(folder, name), html);
    files.push(join(folder, name));
    reports.set(name, report);
  } catch (error) {
    report("the page can be examined", String(error.stack ?? error).split("\n").slice(0, 3).join("\n# "));
  }
}
await pool(turns, 2, async ([person, entries]) => {
  for (const entry of entries) await look(entry, wanted.indexOf(entry), person);
  await rooms.drop(person);
  await rooms.drop(`${person} bare`);
});
if (!words.length || words.includes("questions")) await questions(browser, server.base, stateOf, reporter);
if (files.length) nu(files, reports);

await browser.close();
rmSync(folder, { recursive: true });
const { status, text } = await server.stop();
reporter("server")("it ends cleanly", status === 0 ? "" : `status ${status}\n${text.slice(-4000)}`.replaceAll("\n", "\n# "));

console.log(`1..${passed + failed}\n${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
