// What must hold on each page. Each check is a sentence; `report(sentence, problem)` counts it, problem "" means that it holds.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { open } from "./browser.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const KB = 1024;
const kb = (bytes) => (bytes / KB).toFixed(1);
const most = (bytes, limit) => (bytes <= limit * KB ? "" : `${kb(bytes)} kB, the budget is ${limit} kB`);

// Everything that a page complains about, and what it asks for.
async function watched(context) {
  const page = await context.newPage();
  const seen = { messages: [], requests: [] };
  await axeIn(context);
  await context.addInitScript(() => {
    window.policyReports = [];
    document.addEventListener("securitypolicyviolation", (e) => window.policyReports.push(`${e.violatedDirective} ${e.blockedURI}`));
  });
  page.on("console", (message) => seen.messages.push(message.text()));
  page.on("pageerror", (error) => seen.messages.push(String(error)));
  page.on("request", (request) => {
    if (request.isNavigationRequest()) seen.requests = [];
    if (!request.url().startsWith("data:")) seen.requests.push(request.url());
  });
  return { page, seen };
}

// The half megabyte travels to the browser once for each window; a page reads it when it is called.
const axeIn = (context) => context.addInitScript({ content: `window.axeRead = () => {${axeSource}}` });

async function axe(page, report) {
  await page.evaluate(() => window.axeRead());
  // only what is wrong travels back: what is right is most of the page
  const violations = await page.evaluate(async (runOnly) => (await window.axe.run(document, { runOnly, resultTypes: ["violations"] })).violations, TAGS);
  const found = violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id} ${node.target.join(" ")}: ${node.failureSummary.split("\n")[1]?.trim() ?? ""}`));
  report("axe finds nothing", found.join("; "));
}

const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

async function focus(page, report) {
  const at = () => page.evaluate(() => {
    const e = document.activeElement;
    return { href: e.getAttribute("href"), summary: e.matches(".error-summary"), is: e.outerHTML.slice(0, 80) };
  });
  if ((await page.title()).startsWith("Chyba: ")) {
    const now = await at();
    report("the error summary has focus", now.summary ? "" : `focus is on ${now.is}`);
    return;
  }
  await page.keyboard.press("Tab");
  const now = await at();
  report("the first Tab reaches the skip link", now.href === "#obsah" ? "" : `it reaches ${now.is}`);
}

/* A field that a form holds twice is refused by the program however it is filled in: nobody could ever send the form. */
const doubled = (page) => page.evaluate(() => [...document.forms].flatMap((form) => {
  const names = [...form.elements].filter((e) => e.name && !["radio", "checkbox", "submit"].includes(e.type)).map((e) => e.name);
  return names.filter((name, i) => names.indexOf(name) !== i).map((name) => `${form.getAttribute("action")} has ${name} twice`);
}));

async function sizes(page, report) {
  await page.setViewportSize({ width: 320, height: 900 });
  const narrow = await sideways(page);
  report("no sideways scroll at 320 px", narrow > 0 ? `${narrow} px too wide` : "");
  await page.setViewportSize({ width: 1280, height: 900 });
  // sizes in the sheet are rem, so a larger root is what a reader sets
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.insertRule("html{font-size:200%}");
    document.adoptedStyleSheets = [sheet];
  });
  const large = await sideways(page);
  report("no sideways scroll with 200 % text", large > 0 ? `${large} px too wide` : "");
}

function weight(html, entry, seen, base, report) {
  report("the page keeps its budget", most(gzipSync(html).length, entry.kb ?? 30));
  const foreign = seen.requests.filter((url) => !url.startsWith(base));
  report("nothing comes from third parties", foreign.join(" "));
  // the browser asks for the icon when it has time, and keeps it: the page does not wait for it
  const asked = seen.requests.filter((url) => !/\/icon\.\w+\.svg$/.test(url));
  report("at most three requests", asked.length > 3 ? asked.join(" ") : "");
}

// The whole examination in one window, `key`; gives the HTML as it came.
export async function examine(rooms, key, base, entry, storageState, report) {
  const { context, page, seen } = await rooms.take(key, storageState, true, watched);
  let whole = false;
  try {
    seen.messages = [];
    await page.setViewportSize({ width: 1280, height: 900 });
    const answer = await open(page, base, entry);
    const html = await answer.text();
    const headers = answer.headers();
    const want = entry.status ?? 200;
    report("the answer is as expected", answer.status() === want ? "" : `${answer.status()} instead of ${want}`);
    report("the policy is sent", headers["content-security-policy"]?.startsWith("default-src 'none'") ? "" : "no policy");
    report("the title names page and site", /.+ – .+/.test(await page.title()) ? "" : await page.title());

    const reports = await page.evaluate(() => window.policyReports);
    // a browser notes each answer of 400 and more in its console; that is the state under test, not a fault
    const messages = seen.messages.filter((text) => want < 400 || !/Failed to load resource/.test(text));
    report("the console is silent", messages.join("; "));
    report("the policy has nothing to report", reports.join("; "));
    weight(html, entry, seen, base, report);
    if (!entry.role && !/<form[^>]*method="?post/i.test(html)) {
      const cookies = await context.cookies();
      report("a visitor gets no cookie", cookies.map((cookie) => cookie.name).join(" "));
    }
    report("no form has a field twice", (await doubled(page)).join("; "));
    const text = await page.locator("main").innerText();
    await focus(page, report);
    await axe(page, report);
    await sizes(page, report);
    whole = true;
    return { html, text, address: page.url() };
  } finally {
    if (!whole) await rooms.drop(key);
  }
}

// The same page in another size and theme.
export async function examineVariant(browser, base, entry, storageState, { colorScheme, width }, report) {
  const context = await browser.newContext({ storageState, locale: "cs-CZ", colorScheme, viewport: { width, height: 900 } });
  try {
    await axeIn(context);
    const page = await context.newPage();
    await open(page, base, entry);
    await axe(page, report);
    const wide = await sideways(page);
    report("no sideways scroll", wide > 0 ? `${wide} px too wide` : "");
  } finally {
    await context.close();
  }
}

// Without JavaScript the reader must find the same content; a page that follows links is opened where they led.
export async function examineBare(rooms, key, base, entry, storageState, { text, address }, report) {
  const { page } = await rooms.take(key, storageState, false, async (context) => ({ page: await context.newPage() }));
  let whole = false;
  try {
    if (entry.form) await open(page, base, entry);
    else await page.goto(address);
    const bare = await page.locator("main").innerText();
    report("the content is there without JavaScript",
      bare.length >= 0.9 * text.length && bare.length > 20 ? "" : `${bare.length} characters instead of ${text.length}`);
    whole = true;
  } finally {
    if (!whole) await rooms.drop(key);
  }
}

// Style sheet and script of a page, as they travel.
export async function examineAssets(base, html, report) {
  const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  const sum = async (expression) => {
    let total = 0;
    for (const [, href] of html.matchAll(expression)) {
      const answer = await fetch(new URL(href, base));
      total += brotli(Buffer.from(await answer.arrayBuffer()));
    }
    return total;
  };
  const css = await sum(/<link[^>]*rel="stylesheet"[^>]*href="([^"]+)"/g);
  const js = await sum(/<script[^>]*src="([^"]+)"/g);
  report("style sheets keep 8 kB", css ? most(css, 8) : "there is no style sheet");
  report("scripts keep 4 kB", js ? most(js, 4) : "there is no script");
}
