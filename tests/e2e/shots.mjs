// node shots.mjs [NAME…]: pictures of the lines of pages.mjs that name one, for the user guide: docs/img/NAME.png, at most 200 kB each.
import { execFileSync } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { launch, open, root, serve, signedIn } from "./browser.mjs";
import { pages } from "./pages.mjs";

const TALLEST = 1600;
const wanted = process.argv.slice(2);
const folder = join(root, "docs/img");
mkdirSync(folder, { recursive: true });
const server = await serve();
const browser = await launch();
const stateOf = signedIn(browser, server.base);
let failed = 0;

for (const entry of pages.filter((one) => one.shot && (!wanted.length || wanted.includes(one.shot)))) {
  const context = await browser.newContext({ storageState: await stateOf(entry.role), locale: "cs-CZ", viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await open(page, server.base, entry);
  // the window is as tall as the page, so nothing sticky covers the content
  const height = Math.min(TALLEST, await page.evaluate(() => document.documentElement.scrollHeight));
  await page.setViewportSize({ width: 1280, height });
  const file = join(folder, `${entry.shot}.png`);
  await page.screenshot({ path: file });
  await context.close();
  execFileSync("pngquant", ["--quality", "50-90", "--speed", "1", "--strip", "--force", "--output", file, file]);
  const size = statSync(file).size;
  if (size > 200 * 1024) failed += 1;
  console.log(`${file.slice(root.length)} ${Math.round(size / 1024)} kB${size > 200 * 1024 ? " – more than 200 kB" : ""}`);
}

await browser.close();
await server.stop();
process.exit(failed ? 1 : 0);
