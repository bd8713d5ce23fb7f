"use strict";
// What the page does beyond showing: copy a token, tell the time, move the clock, list a person's reviews.

const tokenOf = async (person) => {
  const answer = await fetch(`/_local/token?as=${encodeURIComponent(person)}`);
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.text()).trim();
};

for (const place of document.querySelectorAll("[data-origin]")) place.textContent = location.origin;

for (const button of document.querySelectorAll("[data-copy]")) {
  const label = button.textContent;
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(await tokenOf(button.dataset.copy));
      button.textContent = "copied";
    } catch (error) {
      button.textContent = error.message;
    }
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

const now = document.getElementById("now");
if (now) {
  const told = Number(now.dataset.ms);
  const since = performance.now();
  const present = () => told + (performance.now() - since);
  const parts = new Intl.DateTimeFormat("sv-SE", {
    timeZone: "America/New_York", dateStyle: "short", timeStyle: "medium",
  });
  setInterval(() => { now.textContent = `${parts.format(present())} ET`; }, 1000);

  const forward = document.getElementById("forward");
  forward.hidden = false;
  for (const button of forward.querySelectorAll("[data-forward]")) {
    button.addEventListener("click", async () => {
      const to = new Date(present() + Number(button.dataset.forward) * 1000).toISOString();
      const answer = await fetch("/_local/clock", {
        method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ to }),
      });
      if (answer.ok) location.reload();
      else forward.querySelector("[role=status]").textContent = await answer.text();
    });
  }
}

// The first list in an answer, whatever it is called, as a table of its plain fields.
const asTable = (answer) => {
  const list = Array.isArray(answer) ? answer : Object.values(answer).find(Array.isArray) ?? [];
  if (list.length === 0) return Object.assign(document.createElement("p"), { textContent: "No reviews yet.", className: "quiet" });
  const plain = (value) => value !== null && typeof value !== "object";
  const columns = [...new Set(list.flatMap((one) => Object.keys(one).filter((key) => plain(one[key]))))];
  const table = document.createElement("table");
  const row = (parent, kind, texts) => {
    const line = parent.insertRow();
    for (const text of texts) line.append(Object.assign(document.createElement(kind), { textContent: text }));
  };
  row(table.createTHead(), "th", columns);
  const body = table.createTBody();
  for (const one of list) row(body, "td", columns.map((key) => (plain(one[key]) ? one[key] : "")));
  const wide = Object.assign(document.createElement("div"), { className: "wide", tabIndex: 0 });
  wide.append(table);
  return wide;
};

document.getElementById("show-reviews")?.addEventListener("click", async () => {
  const found = document.getElementById("reviews-found");
  try {
    const token = await tokenOf(document.getElementById("viewer").value);
    const answer = await fetch("/v1/reviews", { headers: { authorization: `Bearer ${token}` } });
    const text = await answer.text();
    if (answer.ok) found.replaceChildren(asTable(JSON.parse(text)));
    else found.replaceChildren(Object.assign(document.createElement("pre"), { textContent: `${answer.status}\n${text}` }));
  } catch (error) {
    found.textContent = error.message;
  }
});
