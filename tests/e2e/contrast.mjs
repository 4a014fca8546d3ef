// Every colour pair that the style sheet uses, in both themes: text 4.5 : 1, shapes and borders of controls 3 : 1.
// Axe cannot judge text over SVG; this table can. A new colour gets its pairs here.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./browser.mjs";

const TEXT = `ink/bg ink/panel ink/surface ink/mute-soft ink/warn-soft ink/pri-soft ink/q2 ink-2/bg ink-2/panel
  ink-2/surface ink-2/mute-soft link/bg link/panel link/pri-soft visited/bg on-pri/pri on-pri/pri-strong
  on-deep/deep on-deep/deep-3 on-deep-2/deep on-deep-2/plate err/surface err/err-soft ok/surface ok/ok-soft
  warn/warn-soft surface/err surface/ok on-c1/c1 on-c2/c2 on-c3/c3 on-c4/c4 on-c5/c5
  on-q-low/q1 on-q-low/q2 on-q-low/q3 on-q-high/q4 on-q-high/q5`.split(/\s+/);
const SHAPE = `control/surface control/panel pri/surface focus/bg focus/panel err/surface warn-line/warn-soft
  c1/surface c2/surface c3/surface c4/surface c5/surface map-edge/surface gold/deep pri/line`.split(/\s+/);

const tokens = (text) => Object.fromEntries([...text.matchAll(/--([\w-]+):\s*#([0-9a-f]{6}|[0-9a-f]{3})\b/gi)]
  .map(([, name, hex]) => [name, hex.length === 3 ? [...hex].map((c) => c + c).join("") : hex]));

// The text between the braces that open after `from`.
function block(css, from) {
  let depth = 0;
  for (let i = css.indexOf("{", from); i < css.length; i += 1) {
    if (css[i] === "{") depth += 1;
    if (css[i] === "}" && (depth -= 1) === 0) return css.slice(from, i);
  }
  return "";
}

const luminance = (hex) => [0, 2, 4]
  .map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
  .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
  .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);

function ratio(a, b) {
  const [dim, bright] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (bright + 0.05) / (dim + 0.05);
}

export function contrast(report) {
  const sheets = readdirSync(join(root, "assets"), { recursive: true }).filter((name) => name.endsWith(".css"));
  const css = sheets.map((name) => readFileSync(join(root, "assets", name), "utf8")).join("\n");
  const at = css.indexOf("@media (prefers-color-scheme: dark)");
  const light = tokens(css.slice(0, at));
  const dark = { ...light, ...tokens(block(css, at)) };
  for (const [theme, color] of Object.entries({ light, dark })) {
    for (const [pairs, least] of [[TEXT, 4.5], [SHAPE, 3]]) {
      for (const pair of pairs) {
        const [front, back] = pair.split("/");
        const known = color[front] && color[back];
        const got = known ? ratio(color[front], color[back]) : 0;
        report(`${pair} in ${theme}`, got >= least ? "" : known ? `${got.toFixed(2)} : 1, at least ${least} is needed` : "no such colour");
      }
    }
  }
}
