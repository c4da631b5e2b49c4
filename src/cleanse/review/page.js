"use strict";
// Document text comes as labelled JSON text and goes into the page by textContent alone.
(() => {
  const $ = id => document.getElementById(id);
  let edits = [], at = 0, left = 0, progress = {}, busy = false, fetching = null, round = 0;

  const element = (name, text, kind) => {
    const made = document.createElement(name);
    made.textContent = text;
    made.dir = "auto";
    if (kind) made.className = kind;
    return made;
  };
  const change = edit => {
    const parts = [element("bdi", edit.left, "around")];
    if (edit.before) parts.push(element("del", edit.before));
    if (edit.after) parts.push(element("ins", edit.after));
    parts.push(element("bdi", edit.right, "around"));
    return parts;
  };
  const say = text => { $("message").textContent = text; };

  async function ask(path, body) {
    const options = body === undefined ? {} :
      {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(body)};
    let answer;
    try {
      answer = await fetch(path, options);
    } catch {
      throw new Error("The server does not answer: is `cleanse review` still running?");
    }
    const type = answer.headers.get("Content-Type") || "";
    if (!type.startsWith("application/json")) throw new Error(await answer.text());
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.error);
    if (told.progress) progress = told.progress;
    return told;
  }

  function more() {
    if (!fetching) fetching = load(round).finally(() => { fetching = null; });
    return fetching;
  }
  async function load(mine) {
    const after = edits.length ? edits[edits.length - 1].id : "";
    const told = await ask(`/next?queue=${$("queue").value}&after=${after}`);
    if (mine !== round) return;
    left = told.left;
    const known = new Set(edits.map(edit => edit.id));
    edits.push(...told.edits.filter(edit => !known.has(edit.id)));
  }
  // To the next edit without a word; what was passed over comes again at the end.
  async function show() {
    while (at < edits.length && edits[at].word) at++;
    if (at >= edits.length) await more();
    while (at < edits.length && edits[at].word) at++;
    if (at >= edits.length && left) {
      edits = [], at = 0, round++;
      if (fetching) await fetching;
      await more();
    }
    draw();
    if (edits.length - at < 4 && edits.length) more().catch(error => say(error.message));
  }
  function draw() {
    const edit = edits[at];
    $("card").hidden = !edit;
    $("actions").hidden = false;
    $("typing").hidden = true;
    standing();
    if (!edit) return say("Nothing is left to decide in this queue.");
    say("");
    for (const [id, text] of [["document", edit.document], ["id", edit.id], ["word", edit.word],
      ["effect", edit.effect === "shown" ? "proposed only" : edit.effect],
      ["rule", edit.rule.name], ["reason", [edit.rule.reason, edit.note].filter(Boolean).join("; ")]]) $(id).textContent = text;
    $("text").replaceChildren(...change(edit));
    $("others").textContent = (edit.same > 1 ? `Undecided edits of this kind: ${edit.same}. ` : "") +
      (edit.alternatives.length ? `Or: ${edit.alternatives.join(" · ")}` : "");
    const words = Object.entries(edit.rule.decided).map(([word, count]) => `${count} ${word}`).join(", ");
    $("record").textContent = `stage ${edit.rule.stage}, ${edit.rule.applicability}; ${edit.rule.uses} edits in this run` +
      (words ? `, decided: ${words}` : ", none decided before");
    $("evidence").replaceChildren(...edit.evidence.flatMap(([key, value]) => [element("dt", key), element("dd", value)]));
    $("evidence").parentElement.hidden = !edit.evidence.length;
    $("card").focus({preventScroll: true});
    $("text").querySelector("del, ins")?.scrollIntoView({block: "nearest"});
  }
  function standing() {
    const percent = share => `${(100 * share).toFixed(2)} %`;
    $("bar").max = progress.needed || 1;
    $("bar").value = progress.judged;
    $("standing").textContent = `${progress.judged} of ${progress.needed} judged, ${progress.wrong} wrong, ` +
      `${progress.skipped} skipped: at most ${percent(progress.bound)} wrong (the claim: ${percent(progress.tolerance)})`;
  }

  async function decide(word, extra = {}) {
    const edit = edits[at];
    if (!edit) return;
    const told = await ask("/decide", {id: edit.id, word, note: $("note").value, ...extra});
    const done = new Set(told.ids);
    for (const one of edits) if (done.has(one.id)) one.word = extra.should_be === undefined ? word : "edit";
    $("note").value = "";
    await show();
    if (told.ids.length > 1) say(`${told.ids.length} decided together; u takes all of them back.`);
  }
  async function undo() {
    const told = await ask("/decide", {id: "", word: "withdraw"});
    if (!told.ids.length) return say("Nothing of this session is left to undo.");
    const back = new Set(told.ids);
    for (const one of edits) if (back.has(one.id)) one.word = "";
    const known = edits.findIndex(one => one.id === told.ids[0]);
    if (known >= 0) at = known;
    else edits.splice(at, 0, ...told.edits);
    draw();
    say("Taken back.");
  }
  async function many(word) {
    if (!edits[at]) return;
    const told = await ask(`/kind?id=${edits[at].id}`);
    if (!told.count) return say("Every edit of this kind is decided already.");
    $("many-title").textContent = `${word} all ${told.count} undecided edits of this kind?`;
    $("members").replaceChildren(...told.members.map(one => {
      const row = element("li", "");
      row.append(...change(one));
      return row;
    }));
    $("yes").textContent = `${word} all ${told.count}`;
    $("yes").onclick = () => { $("many").close(); run(() => decide(word, {scope: "kind"})); };
    $("many").showModal();
  }
  const open = (id, text) => { $(id).value = text; $(id).focus(); $(id).select(); };
  const actions = {
    "a": () => decide("accept"), "x": () => decide("reject"), " ": () => decide("skip"), "u": undo,
    "n": () => open("note", $("note").value),
    "e": () => { if (edits[at]) { $("typing").hidden = false; open("should", edits[at].should_be); } },
    "j": async () => { if (edits[at]) { at++; await show(); } },
    "k": () => { if (at) { at--; draw(); } },
    "A": () => many("accept"), "X": () => many("reject"),
    "?": () => $("keys").showModal(),
    "q": () => { $("summary").textContent = `${progress.decided} decided in this session.`; $("end").showModal(); },
  };
  // One at a time: a key pressed while the last word is still being saved could decide about an edit nobody has seen.
  async function run(action) {
    if (busy) return;
    busy = true;
    try { await action(); } catch (error) { say(`Not saved: ${error.message}`); } finally { busy = false; }
  }
  const typed = () => run(() => decide("reject", {should_be: $("should").value}));
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || document.querySelector("dialog[open]")) return;
    const field = event.target.closest("input, select");
    if (field) {
      if (event.key === "Enter" && field.id === "should") typed();
      if (["Enter", "Escape"].includes(event.key) && field.id !== "queue") { $("typing").hidden = true; $("card").focus(); }
      return;
    }
    if (event.key === " " && event.target.closest("button, summary")) return;
    if (!Object.hasOwn(actions, event.key)) return;
    event.preventDefault();
    run(actions[event.key]);
  });
  for (const button of document.querySelectorAll("[data-key]")) button.onclick = () => run(actions[button.dataset.key]);
  for (const button of document.querySelectorAll("[data-close]")) button.onclick = () => button.closest("dialog").close();
  $("save").onclick = typed;
  $("queue").onchange = () => run(async () => {
    round++;
    if (fetching) await fetching;
    edits = [], at = 0;
    await show();
  });
  run(show);
})();
