"use strict";
// Adds keys, a filter and sorting to a page that is complete without them. Never writes document text.
(() => {
  const marks = [...document.querySelectorAll("[data-m]")];
  let at = -1;
  const go = step => {
    if (!marks.length) return;
    const only = document.body.dataset.only;
    for (let tried = 0; tried < marks.length; tried++) {
      at = (at + step + marks.length) % marks.length;
      if (!only || marks[at].dataset.m === only) break;
    }
    document.querySelectorAll(".here").forEach(old => old.classList.remove("here"));
    const mark = marks[at];
    for (let box = mark.closest("details"); box; box = box.parentElement.closest("details"))
      if (box !== mark) box.open = true;
    mark.classList.add("here");
    mark.tabIndex = -1;
    mark.focus({preventScroll: true});
    mark.scrollIntoView({block: "center"});
  };
  const help = document.getElementById("keys");
  const folds = () => {
    const all = [...document.querySelectorAll("article details")];
    const open = !all.every(box => box.open);
    all.forEach(box => { box.open = open; });
  };
  const bar = document.getElementById("bar");
  bar.hidden = false;
  const only = bar.querySelector("select");
  only.addEventListener("change", () => {
    if (only.value) document.body.dataset.only = only.value; else delete document.body.dataset.only;
  });
  const acts = {j: () => go(1), k: () => go(-1), o: folds, "/": () => only.focus(), "?": () => help.showModal()};
  bar.querySelectorAll("button").forEach(button => button.addEventListener("click", () => acts[button.dataset.key]()));
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select,input,dialog")) return;
    if (acts[event.key]) { event.preventDefault(); acts[event.key](); }
  });
  document.querySelectorAll("th[data-sort]").forEach(head => {
    const button = document.createElement("button");
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const body = head.closest("table").tBodies[0], column = head.cellIndex;
      const down = head.getAttribute("aria-sort") !== "descending";
      const value = row => row.cells[column].textContent;
      const rows = [...body.rows].sort((a, b) => head.dataset.sort === "n"
        ? value(a).replaceAll(",", "") - value(b).replaceAll(",", "") : value(a).localeCompare(value(b), "en"));
      head.closest("tr").querySelectorAll("th").forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      body.append(...(down ? rows.reverse() : rows));
    });
  });
})();
