/* app.js: comfort on top of pages that work without it.
 *
 * Every part looks for its own data- attribute and does nothing when it is missing. Text goes in by textContent only, so the
 * page can forbid all script-made HTML (Trusted Types 'none'). */
"use strict";

(() => {
	const find = (selector, root = document) => [...root.querySelectorAll(selector)];
	const live = document.querySelector("[data-live]");
	const say = (text) => { if (live) live.textContent = text; };
	const clock = () => new Date().toLocaleTimeString("cs-CZ", { hour: "numeric", minute: "2-digit" });

	/* A page that came back with errors starts at the list of them, one after an action at its result. */
	document.querySelector("[data-error-summary], [data-result]")?.focus();

	/* Entry grid: arrows and Enter move within a column, a block pasted from a spreadsheet fills cells. */
	for (const table of find("table[data-grid]")) {
		const rows = () => [...table.tBodies].flatMap((body) => [...body.rows]);
		const input = (row, column) => row?.cells[column]?.querySelector("input.input");
		const place = (target) => {
			const cell = target.matches("input.input") && target.closest("td");
			return cell ? { y: rows().indexOf(cell.parentElement), x: cell.cellIndex } : null;
		};

		table.addEventListener("keydown", (e) => {
			const at = place(e.target);
			if (!at || e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
			const step = e.key === "ArrowDown" || (e.key === "Enter" && !e.shiftKey) ? 1
				: e.key === "ArrowUp" || e.key === "Enter" ? -1 : 0;
			if (!step) return;
			e.preventDefault();                    /* Enter in the last row must not send the form */
			const all = rows();
			let y = at.y + step;
			while (all[y] && !input(all[y], at.x)) y += step;
			const to = input(all[y], at.x);
			to?.focus();
			to?.select();
		});

		table.addEventListener("paste", (e) => {
			const text = e.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
			const at = place(e.target);
			if (!at || !/[\t\n]/.test(text)) return;
			e.preventDefault();
			const all = rows().slice(at.y).filter((row) => input(row, at.x));
			let filled = 0;
			let left = 0;
			text.split("\n").forEach((line, i) => line.split("\t").forEach((value, j) => {
				const to = input(all[i], at.x + j);
				if (!to || to.readOnly || to.disabled) { left += 1; return; }
				to.value = value.trim();
				to.dispatchEvent(new Event("input", { bubbles: true }));
				filled += 1;
			}));
			say(`Vyplněno buněk: ${filled}.` + (left ? ` Nevešlo se: ${left}.` : ""));
		});
	}

	/* Draft: saved 1,5 s after the last change, with the version of the row that the user has seen. One save at a time: a second
	 * one under way would carry the old version and quarrel with the first. */
	for (const form of find("form[data-autosave]")) {
		const version = form.elements.namedItem("version");
		let timer;
		let changes = 0;
		let saved = 0;
		let busy = false;
		let over = false;
		const status = form.querySelector("[data-status]");   /* beside the buttons, for those who see it; read out by itself too */
		const tell = (text) => { if (status) status.textContent = text; else say(text); };

		/* Buttons beside the form that take steps of the same record ask for the version that is stored now. */
		const stored = (next) => {
			for (const other of find('form input[name="version"]'))
				if (other.form === form || form.dataset.autosave.startsWith(`${other.form.getAttribute("action")}/`)) other.value = next;
		};

		const later = (ms) => { clearTimeout(timer); if (!over) timer = setTimeout(save, ms); };
		const fields = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));

		async function save() {
			if (busy) return;
			busy = true;
			const upTo = changes;
			tell("Ukládám koncept…");
			try {
				const reply = await fetch(form.dataset.autosave, { method: "POST", body: fields(), headers: { "X-Autosave": "1" } });
				if (reply.status === 409) {
					over = true;
					tell("Koncept se mezitím změnil jinde. Uložte jej tlačítkem a porovnejte změny.");
				} else if (reply.status === 401) {
					tell("Přihlášení vypršelo. Přihlaste se v jiném okně, koncept pak uložíme.");
					later(10000);
				} else if (reply.ok) {
					const left = Number(reply.headers.get("X-Left-Out") ?? 0);
					if (version) stored(reply.headers.get("X-Row-Version") ?? version.value);
					saved = upTo;
					tell(`Koncept uložen ${clock()}` + (left ? `. Hodnot, které uložit nejdou: ${left}. Proč, řekne tlačítko.` : ""));
					if (changes > saved) later(1500);
				} else {
					throw new Error(reply.status);
				}
			} catch {
				tell("Koncept se nepodařilo uložit, zkusíme to znovu.");
				later(10000);
			}
			busy = false;
		}

		form.addEventListener("input", (e) => {
			changes += 1;
			if (e.target.type !== "file") later(1500);
		});
		form.addEventListener("submit", () => { saved = changes; over = true; clearTimeout(timer); });
		addEventListener("beforeunload", (e) => { if (changes > saved) e.preventDefault(); });
	}

	/* Long job: ask for its state, slower each time, until it ends; then load the page again, which shows the result. */
	for (const box of find("[data-poll]")) {
		const bar = box.querySelector("progress");
		const text = box.querySelector("[data-poll-text]");
		let wait = 2000;

		const ask = async () => {
			const job = await fetch(box.dataset.poll, { headers: { Accept: "application/json" } })
				.then((reply) => (reply.ok ? reply.json() : null)).catch(() => null);
			if (job?.ended) { location.reload(); return; }
			if (job && bar && job.total > 0) { bar.max = job.total; bar.value = job.done; }
			if (job && text) text.textContent = job.text;
			wait = Math.min(wait * 1.3, 15000);
			setTimeout(ask, wait);
		};
		setTimeout(ask, wait);
	}

	/* Text with holes: what it looks like with sample values, as it is typed. */
	for (const form of find("form[data-preview]")) {
		const samples = new Map(find("[data-hole]").map((cell) => [cell.dataset.hole, cell.textContent]));
		form.addEventListener("input", (e) => {
			const shown = form.querySelector(`[data-preview-of="${e.target.name}"]`);
			if (shown) shown.textContent = e.target.value.replace(/\{[a-z0-9_]+\}/g, (hole) => samples.get(hole) ?? hole);
		});
	}

	/* Rules: what the text would give for the chosen record, asked for while it is being written; one question at a time. Answers are data, not HTML. */
	for (const form of find("form[data-reckon]")) {
		const status = form.querySelector("[data-reckon-status]");
		const result = form.querySelector("[data-live-trial]");
		const faults = document.querySelector("[data-live-faults]");
		const { source, find: words, record } = form.elements;
		let timer, busy, again;

		const el = (name, ...parts) => { const e = document.createElement(name); e.append(...parts.filter(Boolean)); return e; };
		const link = (href, text) => Object.assign(el("a", text), { href });
		const tag = (kind, text) => Object.assign(el("span", text), { className: `tag ${kind}` });
		const line = (s) => [s.what && el("strong", s.what), " ", el("code", s.name), " = ", s.failed && tag("err", "nelze spočítat"), " ",
			s.failed ? s.value : el("strong", s.value)];
		const where = (s) => [s.source && el("small", s.link ? link(s.link, s.source) : s.source), s.legal && el("small", `podle: ${s.legal}`),
			s.again && el("small", "rozepsáno výše")];

		const step = (s, path, open) => {
			const key = `${path}/${s.name}`;
			if (!s.steps.length) return el("li", ...line(s), " ", ...where(s));
			const box = el("details", el("summary", el("span", ...line(s))), ...where(s), el("ul", ...s.steps.map((x) => step(x, key, open))));
			box.dataset.step = key;
			box.open = s.open || open.has(key);
			return el("li", box);
		};

		const show = (reply) => {
			const open = new Set(find("details[open]", result).map((box) => box.dataset.step));
			const list = el("ul", ...reply.outcomes.flatMap((o) => [step(o.tree, "", open),
				o.before && el("li", tag("warn", "jinak"), " ", el("small", `${o.title} podle platné verze: ${o.before}`))]));
			list.className = "calc";
			result.replaceChildren(el("p", reply.link ? link(reply.link, reply.label) : reply.label), el("p", reply.problem), list);
			faults.replaceChildren(el("ol", ...reply.faults.map((f) => el("li",
				el("p", tag(f.warning ? "warn" : "err", f.warning ? "upozornění" : "chyba"), " ", el("strong", `Řádek ${f.row}, znak ${f.column}`), f.block && `, ${f.block}`),
				el("pre", el("code", f.before, el("mark", f.mark), f.after)), el("p", f.text)))));
			record.replaceChildren(...reply.found.map((o) => new Option(o.label, o.value, false, o.value === reply.record)));
			status.textContent = `${clock()}: ${reply.faults.length ? `kontrola našla chyb: ${reply.faults.length}.` : "kontrola nic nenašla."} ${reply.summary}`;
		};

		async function ask() {
			if (busy) { again = true; return; }
			busy = true;
			const body = new URLSearchParams(new FormData(form));
			body.set("action", "live");
			await fetch(form.getAttribute("action"), { method: "POST", body }).then((reply) => (reply.ok ? reply.json() : Promise.reject())).then(show)
				.catch(() => { status.textContent = "Přepočítat se nepodařilo. Zkuste tlačítko Spočítat bez uložení."; });
			busy = false;
			if (again) { again = false; ask(); }
		}

		for (const part of [source, words, record]) {
			part.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 700); });
		}
	}

	/* One tick for all rows of a table. The tick is hidden until there is a script to serve it. */
	for (const all of find("input[data-check-all]")) {
		const table = all.closest("table");
		const boxes = () => find("tbody input[type=checkbox]", table).filter((box) => box.name === all.dataset.checkAll);
		const show = () => {
			const list = boxes();
			const ticked = list.filter((box) => box.checked).length;
			all.checked = ticked > 0 && ticked === list.length;
			all.indeterminate = ticked > 0 && !all.checked;
		};
		all.hidden = false;
		all.addEventListener("change", () => boxes().forEach((box) => { box.checked = all.checked; }));
		table.addEventListener("change", show);
		show();
	}
})();
