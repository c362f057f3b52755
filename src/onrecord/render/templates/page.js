"use strict";
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  // Light or dark: the reader's choice outlives the page where the browser lets it be kept.
  const root = document.documentElement;
  const keep = (value) => { try { localStorage.setItem("onrecord-theme", value); } catch { /* a page opened from a file */ } };
  const kept = () => { try { return localStorage.getItem("onrecord-theme"); } catch { return null; } };
  const toggle = document.querySelector("[data-theme-toggle]");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const name = () => { toggle.textContent = dark() ? "Light" : "Dark"; };
  if (["light", "dark"].includes(kept())) root.dataset.theme = kept();
  toggle.hidden = false;
  toggle.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; keep(root.dataset.theme); name(); });
  system.addEventListener("change", name);
  name();

  // Filters: by who speaks, by which report has it or has it not.
  for (const story of all("[data-story]")) {
    const form = story.querySelector("[data-tools]");
    if (!form) continue;
    const lines = all("[data-u]", story);
    const speaker = form.querySelector("[data-by=speaker]");
    const report = form.querySelector("[data-by=report]");
    const apply = () => {
      let shown = 0;
      const without = report.value.startsWith("-");
      const wanted = ` ${report.value.replace("-", "")} `;
      for (const line of lines) {
        const has = ` ${line.dataset.reports}`.includes(wanted);
        const hide = (speaker.value && line.dataset.speaker !== speaker.value) || (report.value && has === without);
        line.hidden = Boolean(hide);
        shown += hide ? 0 : 1;
      }
      form.querySelector("output").textContent = `${shown} of ${lines.length} lines`;
    };
    form.hidden = false;
    form.addEventListener("change", apply);
    form.addEventListener("reset", () => setTimeout(apply));
    form.addEventListener("submit", (event) => event.preventDefault());
    apply();
    // A link to a line that a filter hides shows it again.
    addEventListener("hashchange", () => {
      const target = document.getElementById(location.hash.slice(1));
      const line = target && target.closest("[data-u]");
      if (line && line.hidden && story.contains(line)) { form.reset(); setTimeout(() => target.scrollIntoView()); }
    });
  }

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
  for (const event of ["mouseover", "focusin"]) {
    document.addEventListener(event, (e) => light(e.target.closest && e.target.closest("[data-s]")));
  }

  // Keys: j and k go through the lines, t to the report and back, / to the filter.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    const current = document.activeElement && document.activeElement.closest("[data-u]");
    if (event.key === "j" || event.key === "k") {
      const lines = all("[data-u]").filter((line) => !line.hidden);
      const at = lines.indexOf(current);
      const next = lines[at < 0 ? 0 : at + (event.key === "j" ? 1 : -1)];
      if (next) { next.focus({ preventScroll: true }); next.scrollIntoView({ block: "center" }); }
    } else if (event.key === "t") {
      const link = current && current.querySelector(".place");
      if (link) { link.click(); current.blur(); } else if (location.hash) { history.back(); }
    } else if (event.key === "/") {
      const field = all("[data-by=speaker]").find((f) => f.offsetParent !== null);
      if (field) { event.preventDefault(); field.focus(); }
    }
  });
})();
