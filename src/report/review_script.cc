#include "report/review_script.h"

namespace bottega {

std::string_view ReviewScript() {
  return R"js(
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const key = `bottega review ${REVIEW.review} ${REVIEW.data}`;
  const rows = REVIEW.rows;
  let answers = {}, at = 0, stored = true;
  const ownKey = (name) => name.length === 1 && !"ktosuxbn".includes(name);
  const offered = !REVIEW.number && (REVIEW.classes.length <= 9 || REVIEW.classes.every(ownKey));
  const keeps = !REVIEW.blind && !REVIEW.first && !REVIEW.disputed;

  function load() {
    try {
      const kept = JSON.parse(localStorage.getItem(key) || "{}");
      answers = kept.answers || {};
      $("reviewer").value = kept.reviewer || "";
    } catch (error) {
      stored = false;
    }
  }
  function save() {
    try {
      localStorage.setItem(key, JSON.stringify({ reviewer: $("reviewer").value, answers }));
    } catch (error) {
      stored = false;
    }
    $("storage").hidden = stored;
  }

  const make = (tag, text, parent) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (parent) parent.append(element);
    return element;
  };
  const answerOf = (row) => answers[row.row + " " + row.content];
  const isOpen = (row) => !answerOf(row);
  const inWords = (answer) => ({ keep: "keep", unsure: "unsure", set_aside: "set aside" })[answer.verdict] || answer.after;

  function show() {
    const row = rows[at], card = $("card");
    card.replaceChildren();
    $("wrong").textContent = "";
    if (!row) {
      make("p", "There is no row to decide about.", card);
      return;
    }
    make("h3", `Row ${row.row}`, card);
    if (row.picture) {
      const picture = make("img", undefined, card);
      picture.src = row.picture;
      picture.alt = `the picture of row ${row.row}`;
    }
    const list = make("dl", undefined, card);
    for (const [name, text] of row.cells) {
      make("dt", name, list);
      make("dd", text, list);
    }
    if (!REVIEW.blind && (row.label !== null || row.why)) {
      const doubt = make("div", undefined, card);
      doubt.className = "doubt";
      if (REVIEW.target && !REVIEW.first) {
        const label = make("p", "Label: ", doubt);
        make("strong", row.label === null ? "none" : row.label, label);
        if (row.label_p) label.append(` (${row.label_p})`);
        if (row.suggested !== undefined) {
          label.append("; the audit suggests ");
          make("strong", row.suggested, label);
          if (row.suggested_p) label.append(` (${row.suggested_p})`);
        }
      }
      for (const why of row.why || []) make("p", why, doubt).className = "note";
    }
    const known = answerOf(row);
    $("note").value = known && known.note ? known.note : "";
    showAnswers(row, known);
    const done = rows.filter((one) => !isOpen(one)).length;
    $("bar").max = Math.max(rows.length, 1);
    $("bar").value = done;
    $("count").textContent = `${at + 1} of ${rows.length}, ${done} answered`;
    $("back").disabled = at === 0;
    $("skip").disabled = at + 1 >= rows.length;
    $("open").disabled = done === rows.length;
    const name = $("reviewer").value.trim().toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
    $("file").textContent = `decisions-${REVIEW.review}${name ? "-" + name : ""}.json`;
  }

  function choices(row) {
    const list = [];
    if (keeps) list.push({ key: "k", text: row.label === null || !REVIEW.target ? "keep" : `keep ${row.label}`, verdict: "keep" });
    if (!REVIEW.blind && row.suggested !== undefined) {
      list.push({ key: "t", text: `take ${row.suggested}`, verdict: "label", after: row.suggested });
    }
    if (offered) {
      REVIEW.classes.forEach((name, i) => {
        if (keeps && (name === row.label || name === row.suggested)) return;
        const digit = REVIEW.classes.includes(String(i + 1)) ? "" : String(i + 1);
        list.push({ key: ownKey(name) ? name : digit, text: name, verdict: "label", after: name });
      });
    }
    list.push({ key: "u", text: "unsure", verdict: "unsure" });
    list.push({ key: "x", text: "does not belong", verdict: "set_aside" });
    return list;
  }

  function showAnswers(row, known) {
    const group = $("answers");
    group.replaceChildren();
    for (const choice of choices(row)) {
      const button = make("button", undefined, group);
      button.type = "button";
      if (choice.key && choice.key !== choice.text) make("kbd", choice.key, button);
      button.append(choice.text);
      const same = known && known.verdict === choice.verdict && (choice.after === undefined || known.after === choice.after);
      button.setAttribute("aria-pressed", same ? "true" : "false");
      button.addEventListener("click", () => decide(choice.verdict, choice.after));
    }
    $("other").hidden = !REVIEW.target || offered;
    $("otherlabel").textContent = REVIEW.number ? "The number" : "Another class";
    $("otherinput").value = known && known.verdict === "label" ? known.after : "";
  }

  function decide(verdict, after) {
    const row = rows[at];
    if (!row) return;
    const answer = { row: row.row, verdict, content: row.content,
      time: new Date().toISOString().replace(/\.\d+Z$/, "Z") };
    if (after !== undefined) answer.after = after;
    const note = $("note").value.trim();
    if (note) answer.note = note;
    if (row.finding) answer.why = row.finding;
    answers[row.row + " " + row.content] = answer;
    save();
    if (at + 1 < rows.length) at += 1;
    show();
    $("card").focus({ preventScroll: true });
  }

  function typed(event) {
    event.preventDefault();
    const text = $("otherinput").value.trim();
    const wrong = REVIEW.number ? text === "" || !isFinite(Number(text)) : !REVIEW.classes.includes(text);
    $("wrong").textContent = wrong ? `"${text}" is no ${REVIEW.number ? "number" : "class"} here` : "";
    if (!wrong) decide("label", text);
  }

  function move(by) {
    at = Math.min(Math.max(at + by, 0), rows.length - 1);
    show();
  }
  function firstOpen() {
    const open = rows.findIndex(isOpen);
    if (open >= 0) at = open;
    show();
  }

  function download() {
    const reviewer = $("reviewer").value.trim();
    if (!reviewer) {
      $("wrong").textContent = "Your name is needed: decisions are signed.";
      $("reviewer").focus();
      return;
    }
    const decisions = rows.map(answerOf).filter(Boolean);
    if (!decisions.length) {
      $("wrong").textContent = "No row is answered yet.";
      return;
    }
    const file = { format: REVIEW.format, review: REVIEW.review, source: REVIEW.source, data: REVIEW.data, reviewer, decisions };
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(file, null, 1) + "\n"], { type: "application/json" }));
    link.download = $("file").textContent;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) {
      if (event.key === "Escape") $("card").focus();
      return;
    }
    const row = rows[at];
    const choice = row && choices(row).find((one) => one.key === event.key);
    const keys = { b: () => move(-1), ArrowLeft: () => move(-1), s: () => move(1), ArrowRight: () => move(1),
      n: () => $("note").focus(), o: () => $("other").hidden || $("otherinput").focus() };
    if (choice) decide(choice.verdict, choice.after);
    else if (keys[event.key]) keys[event.key]();
    else return;
    event.preventDefault();
  });
  $("other").addEventListener("submit", typed);
  $("back").addEventListener("click", () => move(-1));
  $("skip").addEventListener("click", () => move(1));
  $("open").addEventListener("click", firstOpen);
  $("download").addEventListener("click", download);
  $("reviewer").addEventListener("input", () => { save(); show(); });
  for (const name of REVIEW.classes) make("option", undefined, $("classes")).value = name;

  load();
  save();
  $("app").hidden = false;
  firstOpen();
})();
)js";
}

}  // namespace bottega
