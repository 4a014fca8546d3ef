// Is the HTML right? html-validate and the Nu checker over everything that the browser was given.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { HtmlValidate } from "html-validate";

const rules = {
  root: true,
  extends: ["html-validate:recommended", "html-validate:a11y"],
  rules: {
    "no-inline-style": "error",
    "form-dup-name": ["error", { shared: ["radio", "checkbox", "submit", "button"] }],
    "no-trailing-whitespace": "off",          // templates are tidied for size, not for reading
    "long-title": "off",                      // the name of a service may be long
  },
};

export async function validate(name, html, report) {
  const result = await new HtmlValidate(rules).validateString(html, name);
  const found = result.results.flatMap((one) => one.messages).filter((message) => message.severity === 2);
  report("html-validate finds nothing", found.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`).join("; "));
}

// All files in one run: most of its time is the start, so the machine of Java does not stop to optimise. `reports` gives the report function of each file name.
export function nu(files, reports) {
  const jar = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");
  const run = spawnSync("java", ["-Xss2m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar, "--format", "json", "--errors-only", "--exit-zero-always", ...files],
    { encoding: "utf8", maxBuffer: 1 << 26 });
  if (run.error || run.status !== 0) throw run.error ?? new Error(run.stderr);
  const messages = JSON.parse(run.stderr || '{"messages":[]}').messages;
  for (const file of files) {
    const mine = messages.filter((message) => message.url?.endsWith(`/${basename(file)}`));
    reports.get(basename(file))("the Nu checker finds nothing", mine.map((m) => `${m.lastLine}:${m.lastColumn} ${m.message}`).join("; "));
  }
}
