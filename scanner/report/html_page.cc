// SPDX-License-Identifier: Apache-2.0
//
// The page is a list of which only the rows in sight exist: a box as high as
// all rows, and in it some forty elements that are moved and refilled on
// scrolling. Filters run over all findings in memory; each has one lower-case
// string to search in, made once. All text goes in as textContent, never as
// markup: what a repository holds is no part of the page. Test:
// tests/cli/html_test.py, and in Chromium tests/bench/html_page.py.
#include "report/html_page.h"

namespace keysift {

std::string_view HtmlStyle() {
  return R"css(
:root { color-scheme: light dark; --back: #fff; --text: #1d2329; --faint: #59636e;
  --line: #d8dee4; --bar: #f4f6f8; --pick: #dbeafe; --link: #0b57d0;
  --critical: #a40e26; --high: #bc4c00; --medium: #7d5a00; --low: #59636e; }
@media (prefers-color-scheme: dark) {
  :root { --back: #14181d; --text: #e2e8ee; --faint: #9aa6b2; --line: #333b45;
    --bar: #1c2229; --pick: #1f3a5f; --link: #8ab4f8;
    --critical: #ff8e97; --high: #ffa657; --medium: #e3b341; --low: #9aa6b2; } }
* { box-sizing: border-box; }
html, body { height: 100%; margin: 0; }
body { display: flex; flex-direction: column; background: var(--back); color: var(--text);
  font: 14px/1.45 system-ui, sans-serif; }
header, form { padding: 10px 16px; background: var(--bar); }
form { border-bottom: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: 8px 12px;
  align-items: end; padding-top: 0; }
h1 { font-size: 16px; margin: 0; display: inline; }
header p { margin: 2px 0 0; color: var(--faint); }
#gap-list { max-height: 30vh; overflow-y: auto; }
#incomplete { cursor: pointer; color: var(--critical); font-weight: 600; }
label { display: flex; flex-direction: column; font-size: 12px; color: var(--faint); gap: 2px; }
label:first-child { flex: 1 1 220px; }
input, select, button { font: inherit; color: var(--text); background: var(--back);
  border: 1px solid var(--line); border-radius: 5px; padding: 4px 7px; max-width: 210px; }
input { max-width: none; width: 100%; }
button { cursor: pointer; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 1px; }
main { flex: 1; display: flex; min-height: 0; }
#left { flex: 1 1 60%; display: flex; flex-direction: column; min-width: 0; }
.row { display: grid; align-items: center; gap: 10px; padding: 0 16px; height: 30px;
  grid-template-columns: 70px minmax(130px, 1.1fr) minmax(140px, 1.4fr) minmax(180px, 2fr) 92px 92px; }
.row > * { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; unicode-bidi: isolate; }
#head { padding-right: 31px; background: var(--bar); border-bottom: 1px solid var(--line); font-size: 12px; }
#head button { all: unset; cursor: pointer; color: var(--faint); }
#head button:focus-visible { outline: 2px solid var(--link); }
#list { flex: 1; overflow-y: scroll; position: relative; outline-offset: -2px; }
#space { position: relative; width: 100%; }
#space .row { position: absolute; left: 0; right: 0; top: 0; cursor: pointer;
  border-bottom: 1px solid var(--line); }
#space .row.picked { background: var(--pick); }
.critical, .high, .medium, .low { font-weight: 600; }
.critical { color: var(--critical); } .high { color: var(--high); }
.medium { color: var(--medium); } .low { color: var(--low); }
code, pre { font: 12.5px/1.5 ui-monospace, monospace; }
#detail { flex: 1 1 40%; max-width: 46%; overflow-y: auto; padding: 14px 18px;
  border-left: 1px solid var(--line); overflow-wrap: anywhere; }
#detail:empty { display: none; }
#detail h2 { font-size: 16px; margin: 0 0 6px; }
#detail h3 { font-size: 13px; margin: 14px 0 4px; }
#detail pre { background: var(--bar); padding: 8px; border-radius: 5px; white-space: pre-wrap; margin: 6px 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 3px 12px; margin: 0; }
dt { color: var(--faint); } dd { margin: 0; unicode-bidi: isolate; }
ul { margin: 0; padding-left: 18px; } a { color: var(--link); }
#none { padding: 30px; color: var(--faint); text-align: center; }
@media (max-width: 900px) { main { flex-direction: column; } #detail { max-width: none; border-left: 0;
  border-top: 1px solid var(--line); } }
)css";
}

std::string_view HtmlBody() {
  return R"html(
<header><h1>keysift findings</h1> <span id="count" role="status" aria-live="polite"></span>
<p><span id="about"></span> </p>
<details id="gaps" hidden><summary id="incomplete"></summary><ul id="gap-list"></ul></details></header>
<form id="filters" autocomplete="off">
<label>Search (press /)<input id="search" type="search" placeholder="path, rule, fingerprint, commit, author"></label>
<label>Repository<select id="repository"></select></label>
<label>Rule<select id="rule"></select></label>
<label>Severity<select id="severity"></select></label>
<label>Account<select id="account"></select></label>
<label>Brought in<select id="age"></select></label>
<label>State<select id="state"></select></label>
<label>At HEAD<select id="where"></select></label>
<button type="reset">Clear</button>
</form>
<main><div id="left"><div id="head" class="row" role="group" aria-label="Sort by"></div>
<div id="list" role="listbox" tabindex="0" aria-label="Findings"><div id="space"></div></div></div>
<section id="detail" aria-label="Details" tabindex="-1"></section></main>
<noscript>This page needs its own script, which it brings along.</noscript>
)html";
}

std::string_view HtmlScript() {
  return R"js(
"use strict";
(() => {
const data = JSON.parse(document.getElementById("data").textContent);
const text = data.texts, repositories = data.repositories;
const severities = ["low", "medium", "high", "critical"];
const confidences = ["possible", "likely", "certain"];
const byId = (id) => document.getElementById(id);
// Characters that steer a display are shown, not obeyed.
const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const clean = (s) => s.replace(steering, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
const F = { fingerprint: 0, rule: 1, description: 2, severity: 3, confidence: 4, redacted: 5, holders: 6,
  account: 7, first: 8, removed: 9, head: 10, places: 11, total: 12, state: 13, refs: 14, refsTotal: 15,
  commit: 16, author: 17, summary: 18, reasons: 19, snippet: 20, remediation: 21, url: 22, triage: 23,
  details: 24, length: 25, reachable: 26 };
const all = data.findings;
// Of the first place; its repository, which stands in front, has a column.
const path = (f) => {
  const whole = f[F.places][0][1] || f[F.places][0][3];
  const inside = f[F.holders].length === 0 ? "" : repositories[f[F.holders][0]] + "/";
  return inside !== "" && whole.startsWith(inside) ? whole.slice(inside.length) : whole;
};
const holder = (f) => f[F.holders].length === 0 ? "" : clean(repositories[f[F.holders][0]]) +
  (f[F.holders].length > 1 ? " +" + (f[F.holders].length - 1) : "");
// What is searched in, made once the page stands: a stretch at a time, or at the first search.
const hayOf = (f) => (f[F.fingerprint] + "\n" + text[f[F.rule]] + "\n" + text[f[F.description]] + "\n" +
  f[F.redacted] + "\n" + f[F.commit] + "\n" + f[F.author] + "\n" + f[F.places].map((p) => p[1]).join("\n") +
  "\n" + f[F.holders].map((r) => repositories[r]).join("\n")).toLowerCase();
const hay = [];
const makeHay = (end) => { while (hay.length < end) { hay.push(hayOf(all[hay.length])); } };
const makeMoreHay = () => {
  makeHay(Math.min(all.length, hay.length + 2000));
  if (hay.length < all.length) { setTimeout(makeMoreHay); }
};
const columns = [
  ["Severity", (f) => severities[f[F.severity]], (a, b) => b[F.severity] - a[F.severity] || b[F.confidence] - a[F.confidence]],
  ["Rule", (f) => clean(text[f[F.rule]]), (a, b) => compare(text[a[F.rule]], text[b[F.rule]])],
  ["Repository", holder, (a, b) => compare(holder(a), holder(b))],
  ["Place", (f) => clean(path(f)) + (f[F.places][0][2] ? ":" + f[F.places][0][2] : ""), (a, b) => compare(path(a), path(b))],
  ["Brought in", (f) => f[F.first].slice(0, 10), (a, b) => compare(b[F.first], a[F.first])],
  ["State", (f) => f[F.state] + (f[F.head] ? "" : " (gone)"), (a, b) => compare(a[F.state], b[F.state])]];
const compare = (a, b) => a < b ? -1 : a > b ? 1 : 0;

function make(parent, name, content, kind) {
  const element = document.createElement(name);
  if (content !== undefined) { element.textContent = content; }
  if (kind) { element.className = kind; }
  parent.append(element);
  return element;
}

function choices(id, first, values) {
  make(byId(id), "option", first).value = "";
  for (const [value, label] of values) { make(byId(id), "option", label).value = value; }
}

function counted(values) {
  const counts = new Map();
  for (const value of values) { counts.set(value, (counts.get(value) || 0) + 1); }
  return [...counts].sort((a, b) => b[1] - a[1] || compare(a[0], b[0]));
}

function fillFilters() {
  const holders = counted(all.flatMap((f) => f[F.holders]));
  choices("repository", "all", holders.map(([r, n]) => [String(r), clean(repositories[r]) + " (" + n + ")"]));
  choices("rule", "all", counted(all.map((f) => f[F.rule])).map(([r, n]) => [String(r), clean(text[r]) + " (" + n + ")"]));
  choices("severity", "all", [3, 2, 1, 0].map((s) => [String(s), severities[s]]));
  choices("account", "all", counted(all.map((f) => f[F.account]).filter((a) => a !== "")).map(([a, n]) => [a, clean(a) + " (" + n + ")"]));
  choices("age", "at any time", [["30", "in the last 30 days"], ["90", "in the last 90 days"], ["365", "in the last year"], ["-365", "over a year ago"]]);
  choices("state", "all", counted(all.map((f) => f[F.state])).map(([s, n]) => [s, s + " (" + n + ")"]));
  choices("where", "either", [["1", "still there"], ["0", "only in history"]]);
}

let shown = [], picked = -1, order = null;
const rowHeight = 30, rows = [];
const list = byId("list"), space = byId("space"), detail = byId("detail");

function filter() {
  const words = byId("search").value.toLowerCase().split(/\s+/).filter((w) => w !== "");
  const value = (id) => byId(id).value;
  const repository = value("repository"), rule = value("rule"), severity = value("severity"),
    account = value("account"), age = value("age"), state = value("state"), where = value("where");
  const bound = age === "" ? "" : new Date(Date.now() - Math.abs(Number(age)) * 864e5).toISOString();
  if (words.length > 0) { makeHay(all.length); }
  shown = [];
  for (let i = 0; i < all.length; ++i) {
    const f = all[i];
    if ((rule !== "" && f[F.rule] !== Number(rule)) || (severity !== "" && f[F.severity] !== Number(severity)) ||
        (account !== "" && f[F.account] !== account) || (state !== "" && f[F.state] !== state) ||
        (where !== "" && f[F.head] !== (where === "1")) ||
        (repository !== "" && !f[F.holders].includes(Number(repository)))) { continue; }
    if (bound !== "" && (f[F.first] === "" || (age > 0) !== (f[F.first] >= bound))) { continue; }
    let fits = true;
    for (const word of words) { if (!hay[i].includes(word)) { fits = false; break; } }
    if (fits) { shown.push(i); }
  }
  sort();
  list.scrollTop = 0;
  pick(-1);
  byId("count").textContent = shown.length.toLocaleString("en") + " of " + all.length.toLocaleString("en");
}

function sort() {
  if (order !== null) {
    const by = columns[order.column][2];
    shown.sort((a, b) => (order.down ? -1 : 1) * by(all[a], all[b]) || a - b);
  }
  space.style.height = Math.max(1, shown.length) * rowHeight + "px";
}

function draw() {
  const first = Math.max(0, Math.floor(list.scrollTop / rowHeight) - 5);
  const count = Math.min(shown.length - first, Math.ceil(list.clientHeight / rowHeight) + 10);
  while (rows.length < count) {
    const row = make(space, "div", undefined, "row");
    row.setAttribute("role", "option");
    for (let c = 0; c < columns.length; ++c) { make(row, "span"); }
    rows.push(row);
  }
  rows.forEach((row, r) => {
    const at = first + r;
    row.hidden = r >= count;
    row.style.display = row.hidden ? "none" : "";
    if (row.hidden) { return; }
    const f = all[shown[at]];
    row.style.transform = "translateY(" + at * rowHeight + "px)";
    row.id = "row" + at;
    row.dataset.at = at;
    row.classList.toggle("picked", at === picked);
    row.setAttribute("aria-selected", String(at === picked));
    row.setAttribute("aria-posinset", at + 1);
    row.setAttribute("aria-setsize", shown.length);
    columns.forEach(([, show], c) => { row.children[c].textContent = show(f); });
    row.children[0].className = severities[f[F.severity]];
    row.children[3].title = row.children[3].textContent;
  });
  list.setAttribute("aria-activedescendant", picked < 0 ? "" : "row" + picked);
}

function pair(parent, name, value) {
  if (value !== "" && value !== undefined) { make(parent, "dt", name); make(parent, "dd", value); }
}

function showDetail(f) {
  detail.replaceChildren();
  make(detail, "h2", clean(text[f[F.description]]));
  const facts = make(detail, "dl");
  pair(facts, "Severity", severities[f[F.severity]] + ", " + confidences[f[F.confidence]]);
  pair(facts, "Rule", clean(text[f[F.rule]]));
  pair(facts, "Secret", clean(f[F.redacted]) + " (" + f[F.length] + " bytes)");
  pair(facts, "Why", clean(text[f[F.reasons]]));
  for (const [name, value] of f[F.details]) { pair(facts, clean(name), clean(value)); }
  pair(facts, "Brought in", f[F.first]);
  pair(facts, "By", clean(f[F.author]));
  pair(facts, "Commit", f[F.commit] + (f[F.summary] === "" ? "" : " " + clean(f[F.summary])));
  pair(facts, "At HEAD", f[F.head] ? "yes" : "no" + (f[F.removed] === "" ? "" : ", removed " + f[F.removed]));
  pair(facts, "In history", f[F.reachable] ? "yes, on " + f[F.refsTotal] + " refs" : "reached by no ref");
  pair(facts, "State", f[F.state]);
  if (f[F.triage] !== null) {
    pair(facts, "Decided", clean(f[F.triage][0]) + ", " + f[F.triage][2]);
    pair(facts, "Reason", clean(f[F.triage][1]));
  }
  if (f[F.snippet] !== "") { make(detail, "pre", clean(f[F.snippet])); }
  if (f[F.remediation] >= 0 && text[f[F.remediation]] !== "") { make(detail, "p", clean(text[f[F.remediation]])); }
  if (f[F.url] >= 0 && text[f[F.url]].startsWith("https://")) {
    const link = make(detail, "a", clean(text[f[F.url]]));
    link.href = text[f[F.url]];
    link.rel = "noreferrer noopener";
    link.target = "_blank";
  }
  if (f[F.holders].length > 0) {
    make(detail, "h3", "Repositories (" + f[F.holders].length + ")");
    const holders = make(detail, "ul");
    f[F.holders].slice(0, 50).forEach((r) => make(holders, "li", clean(repositories[r])));
  }
  make(detail, "h3", "Places (" + f[F.total] + (f[F.total] > f[F.places].length ? ", the first " + f[F.places].length : "") + ")");
  const places = make(detail, "ul");
  for (const p of f[F.places]) {
    make(places, "li", clean(p[1] === "" ? p[3] : p[1]) + (p[2] ? ":" + p[2] : "") + (p[0] === "" ? "" : " in " + p[0].slice(0, 12)));
  }
  if (f[F.refs].length > 0) {
    make(detail, "h3", "Refs");
    make(detail, "p", f[F.refs].map(clean).join(", "));
  }
  make(detail, "h3", "Fingerprint");
  make(detail, "pre", f[F.fingerprint]);
  if (data.store) {
    make(detail, "h3", "To decide");
    make(detail, "pre", "keysift bulk triage --store FILE " + f[F.fingerprint] + " --state revoked --reason WHY");
  }
}

function pick(at) {
  picked = at < 0 || shown.length === 0 ? -1 : Math.min(at, shown.length - 1);
  if (picked < 0) { detail.replaceChildren(); } else {
    const top = picked * rowHeight;
    if (top < list.scrollTop) { list.scrollTop = top; }
    if (top + rowHeight > list.scrollTop + list.clientHeight) { list.scrollTop = top + rowHeight - list.clientHeight; }
    showDetail(all[shown[picked]]);
  }
  draw();
}

function fillHead() {
  columns.forEach(([name], c) => {
    const button = make(byId("head"), "button", name);
    button.type = "button";
    button.addEventListener("click", () => {
      order = order !== null && order.column === c && !order.down ? { column: c, down: true } : { column: c, down: false };
      [...byId("head").children].forEach((b, i) => { b.textContent = columns[i][0] + (i !== c ? "" : order.down ? " \u2193" : " \u2191"); });
      sort();
      pick(-1);
    });
  });
}

list.addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
addEventListener("resize", draw);
space.addEventListener("click", (event) => {
  const row = event.target.closest(".row");
  if (row) { pick(Number(row.dataset.at)); list.focus(); }
});
list.addEventListener("keydown", (event) => {
  const page = Math.max(1, Math.floor(list.clientHeight / rowHeight) - 1);
  const steps = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
  if (event.key in steps && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    pick(Math.max(0, Math.min(shown.length - 1, picked + steps[event.key])));
  } else if (event.key === "Enter" && picked >= 0) {
    detail.focus();
  } else if (event.key === "Escape") {
    pick(-1);
  }
});
detail.addEventListener("keydown", (event) => { if (event.key === "Escape") { list.focus(); } });
addEventListener("keydown", (event) => {
  if (event.key === "/" && !/^(INPUT|SELECT)$/.test(document.activeElement.tagName)) {
    event.preventDefault();
    byId("search").focus();
  }
});
byId("filters").addEventListener("input", filter);
byId("filters").addEventListener("submit", (event) => event.preventDefault());
byId("filters").addEventListener("reset", () => setTimeout(filter));
byId("about").textContent = clean(data.about);
byId("gaps").hidden = data.gaps === 0;
byId("incomplete").textContent = "Not complete: " + data.gaps + (data.gaps === 1 ? " thing" : " things") + " could not be scanned";
for (const [kind, what, where, why] of data.gap_list) {
  make(byId("gap-list"), "li", clean(kind + ": " + what + (where === "" ? "" : " in " + where) + (why === "" ? "" : ": " + why)));
}
fillFilters();
fillHead();
filter();
document.documentElement.dataset.ready = "yes";
requestAnimationFrame(() => setTimeout(makeMoreHay));
})();
)js";
}

}  // namespace keysift
