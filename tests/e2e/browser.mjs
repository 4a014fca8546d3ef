// The program under test with a fresh demo store, and the system's Chromium.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

export const root = new URL("../../", import.meta.url).pathname;
const program = process.env.SITOVKA ?? join(root, "build/gcc-san/sitovka");

const accounts = Object.fromEntries(readFileSync(join(root, "tests/accounts.conf"), "utf8").split("\n")
  .filter((line) => /^\w+=/.test(line)).map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// { base, stop }: the demo region served on a free port. stop() gives the exit status and what the program printed.
export async function serve() {
  const folder = mkdtempSync(join(tmpdir(), "sitovka-e2e-"));
  const db = join(folder, "sitovka.db");
  const log = join(folder, "serve.log");
  execFileSync(program, ["demo", "--db", db, "--size", "S"], { stdio: ["ignore", "ignore", "inherit"] });

  const out = openSync(log, "w");
  const server = spawn(program, ["serve", "--db", db, "--listen", "127.0.0.1:0"], { stdio: ["ignore", out, out] });
  closeSync(out);
  const ended = new Promise((done) => server.on("exit", (code, signal) => done(code ?? signal)));
  const printed = () => readFileSync(log, "utf8");
  process.on("exit", () => server.kill("SIGKILL"));

  let base;
  for (let i = 0; i < 1200 && !base && server.exitCode === null; i += 1) {
    await pause(50);
    base = printed().match(/http:\/\/127\.0\.0\.1:\d+(?=\D)/)?.[0];
  }
  if (!base) throw new Error(`the server does not listen:\n${printed()}`);

  const stop = async () => {
    server.kill("SIGTERM");
    const status = await Promise.race([ended, pause(20000).then(() => "still running")]);
    const text = printed();
    rmSync(folder, { recursive: true });
    return { status, text };
  };
  return { base, stop };
}

// The browser as people have it; the one without windows is made from the same sources, and takes a third less work for the same page.
export const WHOLE = "chromium";
export const WITHOUT_WINDOWS = "chromium-headless-shell";

export function launch(which = WHOLE) {
  const executablePath = process.env.CHROMIUM ?? spawnSync("sh", ["-c", `command -v ${which}`], { encoding: "utf8" }).stdout.trim();
  if (!executablePath) throw new Error(`there is no ${which} here: tools/packages.sh test check installs it`);
  return chromium.launch({
    executablePath,
    headless: true,
    env: { ...process.env, LANGUAGE: "cs" },
    // without a limit each page gets a process of its own, which takes longer to begin than most pages to show; two are as many as look at pages
    args: ["--renderer-process-limit=2", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--font-render-hinting=none"],
  });
}

// Cookies of a signed-in account, made once for each role.
export function signedIn(browser, base) {
  const states = new Map();
  const signIn = async (role) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${base}/prihlaseni`);
    const form = page.locator("form:has([name=password])");
    await form.locator("[name=login]").fill(role.includes("@") ? role : `${role}@${accounts.domain}`);
    await form.locator("[name=password]").fill(accounts.password);
    await form.locator("[type=submit]").first().click();
    await page.waitForURL((url) => url.pathname !== "/prihlaseni", { timeout: 15000 });
    const state = await context.storageState();
    await context.close();
    return state;
  };
  return (role) => {
    if (!role) return undefined;
    if (!states.has(role)) states.set(role, signIn(role));
    return states.get(role);
  };
}

// Where a link of a page leads. A page on the way is only read, in a blank window without our policy: to show it takes longer than all else.
// Words of a link are known to the tool, not to a page.
let blank;
async function led(page, base, address, link) {
  if (/has-text|text=/.test(link)) {
    await page.goto(address);
    return new URL(await page.locator(link).first().getAttribute("href", { timeout: 5000 }), base).href;
  }
  blank ??= page.context().browser().newPage();
  const html = await (await page.context().request.get(address)).text();
  const href = await (await blank).evaluate(([text, selector]) =>
    new DOMParser().parseFromString(text, "text/html").querySelector(selector)?.getAttribute("href"), [html, link]);
  if (!href) throw new Error(`${address} has no link ${link}`);
  return new URL(href, base).href;
}

// Open one line of pages.mjs; gives the answer of the last navigation.
export async function open(page, base, entry) {
  let address = base + entry.path;
  for (const link of [entry.link ?? []].flat()) address = await led(page, base, address, link);
  const answer = await page.goto(address);
  if (entry.form) {
    const form = page.locator(entry.form).first();
    for (const [name, value] of Object.entries(entry.fields ?? {})) await form.locator(`[name="${name}"]`).fill(value);
    const [sent] = await Promise.all([
      page.waitForResponse((response) => response.request().isNavigationRequest()),
      form.locator("[type=submit]").first().click(),
    ]);
    await page.waitForLoadState();
    return sent;
  }
  return answer;
}

// Run `work` over `items`, `width` at a time.
export async function pool(items, width, work) {
  const queue = [...items];
  await Promise.all(Array.from({ length: width }, async () => {
    while (queue.length) await work(queue.shift());
  }));
}

// Windows that stay open from page to page: a new one costs more than most pages. `drop` closes one in which something went wrong.
export function windows(browser) {
  const open = new Map();
  const make = async (storageState, javaScriptEnabled, prepare) => {
    const context = await browser.newContext({ storageState, javaScriptEnabled, locale: "cs-CZ", viewport: { width: 1280, height: 900 } });
    return { context, ...(await prepare(context)) };
  };
  return {
    take: async (key, storageState, javaScriptEnabled, prepare) => {
      if (!open.has(key)) open.set(key, make(storageState, javaScriptEnabled, prepare));
      return open.get(key);
    },
    drop: async (key) => {
      const kept = open.get(key);
      open.delete(key);
      await (await kept?.catch(() => undefined))?.context.close();
    },
  };
}
