// Shortcuts by keyboard, and parts of pages that follow what is under way. Every page works without this file.
"use strict";

const BETWEEN_KEYS = 1500, BETWEEN_LOOKS = 2000; // milliseconds
const TYPED_INTO = "input, select, textarea, [contenteditable]";

// ---- Shortcuts: only where the page's body says that they are wanted (WCAG 2.1.4) ----

let waitsForLetter = false;
let waiting = 0;

function wait(isWaiting) {
  waitsForLetter = isWaiting;
  clearTimeout(waiting);
  if (isWaiting) waiting = setTimeout(wait, BETWEEN_KEYS, false);
}

function follow(selector) {
  const link = document.querySelector(selector);
  if (link) link.click();
  return Boolean(link);
}

function search() {
  const field = document.querySelector("main input[type=search]");
  if (field) field.focus();
  return Boolean(field);
}

const ALONE = {
  "?": () => follow("a[data-keys]"),
  "/": search,
  "[": () => follow("main a[rel=prev]"),
  "]": () => follow("main a[rel=next]"),
};

function pressed(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.key === "Shift" || event.target.closest(TYPED_INTO)) return;
  const isLetter = waitsForLetter && /^[a-z]$/.test(event.key);
  wait(!waitsForLetter && event.key === "g");
  const isDone = isLetter ? follow(`nav a[data-letter=${event.key}]`) : ALONE[event.key]?.();
  if (isDone) event.preventDefault();
}

if ("shortcuts" in document.body.dataset) document.addEventListener("keydown", pressed);

// ---- Live parts: `data-live` is where a part is asked for again, until an answer is without it ----

function renew(part, fresh) {
  const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
  const said = part.querySelector("[role=status]"), says = fresh.querySelector("[role=status]");
  if (said.textContent !== says.textContent) said.textContent = says.textContent;
  const renewed = fresh.querySelectorAll("[data-renewed]");
  part.querySelectorAll("[data-renewed]").forEach((old, place) => old.replaceWith(renewed[place]));
  if (focused) document.getElementById(focused)?.focus();
  if (fresh.dataset.title) document.title = fresh.dataset.title;
  if (!("live" in fresh.dataset)) delete part.dataset.live;
}

// What stands elsewhere on the page and changes with the part: a heading, a table.
function renewBeside(page) {
  for (const fresh of page.querySelectorAll("[data-beside]")) {
    const old = document.getElementById(fresh.id);
    if (old && old.innerHTML !== fresh.innerHTML) old.replaceChildren(...fresh.childNodes);
  }
}

async function look(part) {
  if (!document.hidden) {
    try {
      const answer = await fetch(part.dataset.live);
      if (answer.redirected) location.reload(); // the visit has ended
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(part.id);
      if (answer.ok && fresh) {
        renew(part, fresh);
        renewBeside(page);
      }
    } catch { /* The console does not answer just now: the next look may find it. */ }
  }
  if ("live" in part.dataset) setTimeout(look, BETWEEN_LOOKS, part);
}

for (const part of document.querySelectorAll("[data-live]")) setTimeout(look, BETWEEN_LOOKS, part);
