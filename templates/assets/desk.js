"use strict";
// Conveniences alone: every page works without it. Words come from the page, nothing is parsed but
// our own pages, nothing is kept in the browser.
const find = (what, where = document) => where.querySelector(what);
const all = (what, where = document) => [...where.querySelectorAll(what)];
const words = find("#pesan")?.dataset ?? {};
const fill = (text, facts) => (text ?? "").replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");
const clock = () => new Date().toTimeString().slice(0, 8).replaceAll(":", ".");
const tell = (line, text) => { if (line && line.textContent !== text) line.textContent = text; };

// Keys: single letters, never inside fields, never with a modifier, off with the account's setting.
const rows = () => all(".q li");
const current = () => rows().find(row => row.contains(document.activeElement));
function step(by) {
  const list = rows(), at = list.indexOf(current());
  const next = list[Math.min(Math.max(at + by, 0), list.length - 1)];
  find("a.t", next ?? document)?.focus();
}
const keys = {
  j: () => step(1),
  k: () => step(-1),
  c: () => find("[data-claim]", current() ?? document)?.click(),
  x: () => find("input[type=checkbox]", current() ?? document.createElement("p"))?.click(),
  "/": () => find("#cari")?.focus(),
  "?": () => find("#pintasan")?.showModal(),
};
for (const each of all("[data-needs-script], [data-without-script]")) each.hidden = "withoutScript" in each.dataset;
document.addEventListener("keydown", event => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return event.target.form?.requestSubmit();
  if (!("keys" in document.body.dataset) || event.metaKey || event.ctrlKey || event.altKey) return;
  const inField = event.target.matches("input:not([type=checkbox]), select, textarea, [contenteditable]");
  if (inField || find("dialog[open]") || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});

// Tabs show one part and hide the others. What is typed in a hidden one stays in its form; a link
// into it, a mistake in it and a search in the page open it.
const bring = tab => { tab.parentElement.scrollLeft = tab.offsetLeft - 40; };
all(".tabs [aria-current]").forEach(bring);
const tabs = all("[data-tabs] a");
const part = tab => find(tab.hash);
function show(tab) {
  for (const each of tabs) {
    each.ariaSelected = String(each === tab);
    each.tabIndex = each === tab ? 0 : -1;
    part(each).hidden = each === tab ? false : "until-found";
  }
  bring(tab);
}
const reveal = place => {
  const tab = place && tabs.find(each => part(each).contains(place));
  if (tab) show(tab);
};
function keepTabs(list) {
  list.role = "tablist";
  for (const tab of tabs) {
    const panel = part(tab);
    tab.role = "tab";
    tab.setAttribute("aria-controls", panel.id);
    panel.role = "tabpanel";
    panel.setAttribute("aria-labelledby", tab.id);
    panel.addEventListener("beforematch", () => show(tab));
  }
  list.addEventListener("keydown", event => {
    const at = tabs.indexOf(event.target), last = tabs.length - 1;
    const to = { ArrowRight: at < last ? at + 1 : 0, ArrowLeft: at ? at - 1 : last, Home: 0, End: last, " ": at }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    show(tabs[to]);
    tabs[to].focus();
  });
  document.addEventListener("click", event => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    reveal(document.getElementById(decodeURIComponent(link.hash.slice(1))));
    if (tabs.includes(link)) event.preventDefault();
  });
  addEventListener("hashchange", () => reveal(find(":target")));
  show(tabs[0]);
  reveal(find(":target") ?? find("[role=tabpanel] [autofocus]"));
}
all("[data-tabs]").forEach(keepTabs);

// Drafts: 1 s after the last key, at most 1.5 s after the first that is not stored.
const REST = 1000, LONGEST = 1500, AGAIN = 2000;
function keepDraft(form) {
  const line = find("[data-saved]", form);
  let seq = Number(form.elements.seq.value), first = 0, timer = 0, busy = false, ended = false;
  const later = wait => { clearTimeout(timer); timer = setTimeout(send, wait); };
  const typed = () => {
    if (ended) return;
    first ||= Date.now();
    later(Math.max(0, Math.min(REST, first + LONGEST - Date.now())));
  };
  const read = () => {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
    fields.set("seq", String(seq + 1));
    fields.set("skrip", "1");
    return fields;
  };
  async function send(keepalive = false) {
    if (busy || !first || ended) return;
    busy = true;
    const begun = first;
    first = 0;
    let status = -1;
    try {
      const body = read();
      status = (await fetch(form.dataset.draft, { method: "POST", body, redirect: "manual", keepalive })).status;
    } catch { /* no line: told below */ }
    busy = false;
    if (status === 204) {
      form.elements.seq.value = String(seq += 1);
      tell(line, fill(words.saved, { t: clock() }));
      if (first) typed();
    } else if (status === 409) {
      ended = true;
      tell(line, words.other);
    } else {
      first ||= begun;
      tell(line, status === 0 ? words.session : words.offline);
      later(AGAIN);
    }
  }
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("submit", () => { ended = true; clearTimeout(timer); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) send(true); });
}
all("form[data-draft]").forEach(keepDraft);

// What a form would do, asked of the server while it is typed: parts of the answer take the place
// of the same parts here.
function keepPreview(form) {
  const letter = find("[data-letter]", form);
  let timer = 0, asked = 0;
  async function look() {
    const mine = asked += 1;
    try {
      const body = new URLSearchParams(new FormData(form));
      body.set("bagian", letter?.open ? "surat" : "tanggal");
      const answer = await fetch(form.dataset.preview, { method: "POST", body, redirect: "manual" });
      if (!answer.ok || mine !== asked) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const id of form.dataset.parts.split(" ")) {
        const fresh = page.getElementById(id), old = document.getElementById(id);
        if (fresh && old && !old.closest("details:not([open])")) old.replaceWith(document.importNode(fresh, true));
      }
    } catch { /* the draft tells when there is no line */ }
  }
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, 600); });
  letter?.addEventListener("toggle", look);
  if (letter && matchMedia("(min-width: 901px)").matches) letter.open = true;
}
all("form[data-preview]").forEach(keepPreview);

// The pulse: every 20 s while the page is seen. It announces and never reloads.
const live = find("#hidup"), since = {}; // each news has one time: it is announced once
async function beat() {
  if (document.hidden || !find(".me")) return;
  try {
    const number = live?.dataset.kiriman ?? "";
    const answer = await fetch(`/pulse?kiriman=${encodeURIComponent(number)}`, { redirect: "manual" });
    if (answer.status === 0) return tell(live, words.session);
    if (!answer.ok) return;
    const { counts, kiriman } = await answer.json();
    for (const place of all("[data-count]")) tell(place, String(counts[place.dataset.count] ?? ""));
    if (!kiriman || !live) return;
    const { revisi, versi, melihat, diminta } = kiriman, asked = find("[data-asked]");
    const t = since[`${revisi} ${versi}`] ??= clock();
    if (asked && !diminta) tell(asked, words.done);
    else if (revisi > Number(live.dataset.revisi)) tell(live, fill(words.revision, { n: revisi, t }));
    else if (versi > Number(live.dataset.versi)) tell(live, fill(words.version, { t }));
    tell(find("#melihat"), melihat.length ? fill(words.looking, { who: melihat.join(", ") }) : "");
  } catch { /* the next beat tries again */ }
}
setInterval(beat, 20000);
if (live) beat();
