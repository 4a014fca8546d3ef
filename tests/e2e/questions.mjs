// Three questions that officers ask of the network, each answered within three clicks from their start page: counted, and by links alone.
const ways = [
  { question: "what changed in the network since the last assembly", clicks: ["Co se změnilo"], reads: ["Rozdíl dvou stavů sítě", "Přišlo", "Změněno"] },
  { question: "the same from the menu", clicks: ["Síť", "Co se změnilo od posledního zastupitelstva"], reads: ["Rozdíl dvou stavů sítě"] },
  { question: "which mandates expire this quarter", clicks: [/čtvrtletí/], reads: ["Pověření", "POV-", "poslední den"] },
  { question: "why this application got its points", clicks: ["Pořadí a body", { first: "main section:has(> h2:text-is('Pořadí podle bodů'))" }], reads: ["Proč tolik bodů", "Body podle kritérií"] },
];

const words = async (page) => (await page.locator("main").innerText()).replace(/[\s\u00a0]+/g, " ");

async function ask(page, base, way) {
  await page.goto(`${base}/app`);
  for (const name of way.clicks) {
    const before = page.url();
    const named = name.first ? page.locator(`${name.first} a`) : page.getByRole("link", { name, exact: typeof name === "string" && name.length < 5 });
    const link = named.filter({ visible: true }).first();
    await Promise.all([page.waitForNavigation({ waitUntil: "load" }), link.click({ timeout: 5000 })]);
    if (page.url() === before) return `„${name.first ?? name}“ leads nowhere`;
  }
  const text = await words(page);
  const missing = way.reads.filter((wanted) => !text.includes(wanted));
  return missing.length ? `missing ${missing.join(", ")} on ${page.url()}: ${text.slice(0, 600)}` : "";
}

export async function questions(browser, base, stateOf, reporter) {
  for (const role of ["sit", "vedouci"]) {
    const report = reporter(`start page of ${role}`);
    const context = await browser.newContext({ storageState: await stateOf(role), locale: "cs-CZ" });
    const page = await context.newPage();
    for (const way of ways) {
      const problem = way.clicks.length > 3 ? "more than three clicks" : await ask(page, base, way).catch((error) => String(error).split("\n")[0]);
      report(`${way.question}: ${way.clicks.length} clicks`, problem);
    }
    await context.close();
  }
}
