"use strict";
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const root = document.documentElement;
  const words = JSON.parse(root.dataset.words);

  // Light or dark: the reader's choice outlives the page where the browser lets it be kept.
  const keep = (value) => { try { localStorage.setItem("onrecord-theme", value); } catch { /* a page opened from a file */ } };
  const kept = () => { try { return localStorage.getItem("onrecord-theme"); } catch { return null; } };
  const toggle = document.querySelector("[data-theme-toggle]");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const name = () => { toggle.textContent = dark() ? words.light : words.dark; };
  if (["light", "dark"].includes(kept())) root.dataset.theme = kept();
  toggle.hidden = false;
  toggle.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; keep(root.dataset.theme); name(); });
  system.addEventListener("change", name);
  name();

  // What a link leads to may be folded away, hidden by a filter, or behind a panel.
  const unfold = (element) => {
    for (let e = element; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
  };
  const arrive = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (const panel of all("[popover]:popover-open")) if (!panel.contains(target)) panel.hidePopover();
    const line = target.closest("[data-f]");
    if (line && line.hidden) line.closest("[data-story]").querySelector("[data-tools]").reset();
    unfold(target);
    setTimeout(() => target.scrollIntoView());
  };
  addEventListener("hashchange", arrive);

  // Filters. Their state lives in the address, so that a link leads to what its sender saw.
  const fold = (text) => text.toLowerCase().replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/\s+/g, " ");
  const stories = all("[data-story]");
  stories.forEach((story, number) => {
    const form = story.querySelector("[data-tools]");
    if (!form) return;
    const suffix = number ? `-${number + 1}` : "";
    const fields = Array.from(form.elements).filter((field) => field.name);
    const items = all("[data-f]", story);
    const again = all("[data-of]", story).filter((element) => !element.closest("[data-f], [popover]"));
    const days = all(".timeline > ol > li", story);
    const texts = new Map();
    const textOf = (item) => { if (!texts.has(item)) texts.set(item, fold(item.textContent)); return texts.get(item); };
    const opened = new Set();
    const value = (field) => (field.type === "checkbox" ? (field.checked ? field.value : "") : field.value.trim());
    const holds = (item, names, wanted) => ` ${item.dataset[names]} `.includes(` ${wanted} `);
    const tests = {
      q: (item, wanted) => textOf(item).includes(fold(wanted)),
      speaker: (item, wanted) => holds(item, "speaker", wanted),
      report: (item, wanted) => (wanted[0] === "-" ? !holds(item, "report", wanted.slice(1)) : holds(item, "report", wanted)),
      kind: (item, wanted) => holds(item, "kind", wanted),
      unnamed: (item) => "unnamed" in item.dataset,
      conflict: (item) => "conflict" in item.dataset,
    };
    const apply = () => {
      const asked = fields.map((field) => [field.name, value(field)]).filter(([, wanted]) => wanted);
      let shown = 0, lines = 0;
      const hidden = new Set();
      for (const item of items) {
        item.hidden = !asked.every(([field, wanted]) => tests[field](item, wanted));
        if (item.hidden) hidden.add(item.id);
        if (!("u" in item.dataset)) continue;
        lines += 1;
        shown += item.hidden ? 0 : 1;
        const folded = item.closest("details");
        if (asked.length && !item.hidden && folded && !folded.open) { folded.open = true; opened.add(folded); }
      }
      if (!asked.length) { for (const folded of opened) folded.open = false; opened.clear(); }
      for (const element of again) element.hidden = hidden.has(element.dataset.of);
      for (const day of days) day.hidden = asked.length > 0 && !all(".line", day).some((e) => !e.hidden && e.dataset.of);
      form.querySelector("output").textContent = words.shown.replace("{shown}", shown).replace("{all}", lines);
      const query = new URLSearchParams(location.search);
      for (const field of fields) query.delete(field.name + suffix);
      for (const [field, wanted] of asked) query.set(field + suffix, wanted);
      const address = `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`;
      try { history.replaceState(null, "", address); } catch { /* a page without an address of its own */ }
    };
    const given = new URLSearchParams(location.search);
    for (const field of fields) {
      const wanted = given.get(field.name + suffix);
      if (!wanted) continue;
      if (field.type === "checkbox") field.checked = true;
      else if (field.tagName !== "SELECT" || Array.from(field.options).some((o) => o.value === wanted)) field.value = wanted;
    }
    form.hidden = false;
    let waiting = 0;
    form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); });
    form.addEventListener("reset", () => setTimeout(apply));
    form.addEventListener("submit", (event) => event.preventDefault());
    apply();
  });

  // Pointing at a statement anywhere marks it everywhere.
  const places = new Map();
  for (const element of all("[data-s]")) {
    for (const number of element.dataset.s.split(" ")) {
      if (!places.has(number)) places.set(number, []);
      places.get(number).push(element);
    }
  }
  let lit = [];
  const light = (element) => {
    for (const other of lit) other.classList.remove("on");
    const numbers = element ? element.dataset.s.split(" ") : [];
    lit = numbers.length ? places.get(numbers[numbers.length - 1]) : [];
    for (const other of lit) other.classList.add("on");
  };

  // Copy a line with its source: outlet, day, words, and a link to them at the outlet where it has an address.
  const cited = (line) => {
    const place = line.querySelector(".place");
    const target = place && document.getElementById(place.getAttribute("href").slice(1));
    const body = target && target.closest(".body");
    const quote = line.querySelector("blockquote");
    if (!body || !quote) return null;
    const pieces = [""];
    for (const node of quote.childNodes) {
      if (node.className === "elided") pieces.push("");
      else pieces[pieces.length - 1] += node.textContent;
    }
    const text = pieces.map((piece) => piece.trim()).filter(Boolean).join(" […] ");
    const source = [body.dataset.outlet || body.querySelector("h3, h4").textContent, body.dataset.day].filter(Boolean).join(", ");
    let address = location.href.split("#")[0].split("?")[0] + place.getAttribute("href");
    if (body.dataset.url) {
      const of = (part) => encodeURIComponent(part.join(" ")).replace(/-/g, "%2D");
      const spoken = pieces.find((piece) => piece.trim()).trim().split(/\s+/);
      const range = spoken.length > 8 ? `${of(spoken.slice(0, 4))},${of(spoken.slice(-4))}` : of(spoken);
      address = `${body.dataset.url.split("#")[0]}#:~:text=${range}`;
    }
    return `${text}\n— ${source}\n${address}\n`;
  };
  const copy = document.createElement("button");
  copy.type = "button";
  copy.className = "copy";
  copy.textContent = words.copy_line;
  copy.title = words.copy_title;
  const say = (message) => { copy.textContent = message; setTimeout(() => { copy.textContent = words.copy_line; }, 1500); };
  const copyLine = (line) => {
    const text = line && cited(line);
    if (!text) return;
    const done = () => say(words.copied);
    const field = () => {
      // Without leave to use the clipboard, as on a page opened from a file: through a field of text.
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      const copied = document.execCommand("copy");
      area.remove();
      say(copied ? words.copied : words.not_copied);
    };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, field); else field();
  };
  copy.addEventListener("click", () => copyLine(copy.closest(".line")));
  const offer = (target) => {
    const meta = target.closest && target.closest(".line") && target.closest(".line").querySelector(".meta");
    if (meta && copy.parentElement !== meta) meta.append(copy);
  };
  for (const event of ["mouseover", "focusin"]) {
    document.addEventListener(event, (e) => { light(e.target.closest && e.target.closest("[data-s]")); offer(e.target); });
  }

  // Keys: j and k go through the lines, t to the report and back, c copies, / searches. They can be turned off.
  const keys = () => all("[data-keys]").every((box) => box.checked);
  let before = null;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.type === "search") event.target.blur();
    if (!keys() || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    const current = document.activeElement && document.activeElement.closest("[data-u]");
    if (event.key === "j" || event.key === "k") {
      const lines = all("[data-u]").filter((line) => line.getClientRects().length);
      const at = lines.indexOf(current);
      const next = lines[at < 0 ? 0 : at + (event.key === "j" ? 1 : -1)];
      if (next) { next.focus({ preventScroll: true }); next.scrollIntoView({ block: "center" }); offer(next.querySelector(".line") || next); }
    } else if (event.key === "t") {
      const link = current && current.querySelector(".place");
      if (link) { before = current; link.click(); current.blur(); } else if (before) { before.focus({ preventScroll: true }); before.scrollIntoView({ block: "center" }); before = null; }
    } else if (event.key === "c") {
      const at = copy.closest(".line");
      copyLine(current && !(at && current.contains(at)) ? current.querySelector(".line") : at);
    } else if (event.key === "/") {
      const field = all("[name=q]").find((f) => f.getClientRects().length);
      if (field) { event.preventDefault(); field.focus(); }
    }
  });

  // On paper everything is open.
  const shut = [];
  addEventListener("beforeprint", () => { for (const folded of all("details:not([open])")) { folded.open = true; shut.push(folded); } });
  addEventListener("afterprint", () => { for (const folded of shut.splice(0)) folded.open = false; });

  if (location.hash) arrive();
})();
