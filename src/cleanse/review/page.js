"use strict";
// Document text comes as labelled JSON text and goes into the page by textContent alone.
(() => {
  const $ = id => document.getElementById(id);
  let card = null, last = null, ahead = [], left = 0, progress = {}, kept = false, busy = false, round = 0;

  const element = (name, text, kind) => {
    const made = document.createElement(name);
    made.textContent = text;
    made.dir = "auto";
    if (kind) made.className = kind;
    return made;
  };
  const change = edit => {
    const parts = [element("bdi", edit.left, "around")];
    if (edit.kept) parts.push(element("bdi", edit.text, "kept"));
    if (edit.before) parts.push(element("del", edit.before));
    if (edit.after) parts.push(element("ins", edit.after));
    parts.push(element("bdi", edit.right, "around"));
    return parts;
  };
  const say = text => { $("message").textContent = text; };
  // Never better than it is: bounds from above go up, those from below go down.
  const percent = share => `${(Math.ceil(1e4 * share - 1e-6) / 100).toFixed(2)} %`;
  const atLeast = share => `${(Math.floor(1e4 * share) / 100).toFixed(2)} %`;
  const number = count => count.toLocaleString("en");

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
  const about = (path, more) => `${path}?${new URLSearchParams(more)}`;
  const next = more => ask(about("/next", {
    queue: kept ? "kept" : $("queue").value, rules: kept ? "" : $("filter").value.trim(), ...more}));

  // Those without a word that come behind the last one known.
  async function load(after) {
    const mine = round, told = await next({after});
    if (mine !== round) return;
    left = told.left;
    const known = new Set([card, ...ahead].map(one => one && one.id));
    ahead.push(...told.edits.filter(one => !known.has(one.id)));
  }
  function prefetch() {
    if (card && ahead.length < 3) load((ahead[ahead.length - 1] || card).id).catch(error => say(error.message));
  }
  // On to the next one without a word; what was passed over comes again at the end.
  async function advance() {
    const here = card;
    if (!ahead.length) await load(here ? here.id : "");
    if (!ahead.length && left) {
      card = null;
      await load("");
    }
    set(ahead.shift() || null);
  }
  function set(one) {
    card = one;
    if (card) last = card;
    draw();
    prefetch();
  }
  async function restart() {
    round++;
    card = null, ahead = [];
    await advance();
  }
  // A step among all, or back: what was fetched ahead stands elsewhere then.
  async function step(more, none) {
    if (!card && !last) return;
    if (!card && more.back && more.decided) return set(last);
    const told = await next({after: (card || last).id, ...more});
    if (!told.edits.length) return say(none);
    round++;
    ahead = [];
    set(told.edits[0]);
  }

  function draw() {
    $("question").textContent = kept ? "Is this text right as it is?" : "Is this change right?";
    $("changed").ariaPressed = String(!kept);
    $("kept").ariaPressed = String(kept);
    for (const id of ["queue", "filter"]) $(id).parentElement.hidden = kept;
    for (const button of document.querySelectorAll("[data-key]")) {
      const said = button.firstElementChild;
      if (said.dataset.edit === undefined) said.dataset.edit = said.textContent;
      said.textContent = kept ? said.dataset.kept : said.dataset.edit;
      button.hidden = !said.textContent;
    }
    $("card").hidden = !card;
    $("actions").hidden = false;
    $("typing").hidden = true;
    $("text").classList.remove("whole");
    standing();
    if (!card) return say("Nothing is left to decide here.");
    say("");
    $("document").textContent = card.document;
    $("id").textContent = card.id;
    $("word").textContent = card.word;
    $("effect").textContent = card.kept ? "kept" : card.effect === "shown" ? "proposed only" : card.effect;
    $("text").replaceChildren(...change(card));
    $("asked").hidden = card.kept;
    $("others").textContent = "";
    if (!card.kept) drawRule(card);
    $("card").focus({preventScroll: true});
    $("text").querySelector("del, ins, .kept")?.scrollIntoView({block: "nearest"});
  }
  function drawRule(edit) {
    $("rule").textContent = edit.rule.name;
    $("reason").textContent = [edit.rule.reason, edit.note].filter(Boolean).join("; ");
    $("others").textContent = (edit.same > 1 ? `Undecided edits of this kind: ${number(edit.same)}. ` : "") +
      (edit.alternatives.length ? `Or: ${edit.alternatives.join(" · ")}` : "");
    const words = Object.entries(edit.rule.decided).map(([word, count]) => `${number(count)} ${word}`).join(", ");
    $("record").textContent = `stage ${edit.rule.stage}, ${edit.rule.applicability}; ` +
      `${number(edit.rule.uses)} ${edit.rule.uses === 1 ? "edit" : "edits"} in this run` +
      (words ? `, decided: ${words}` : ", none decided before");
    $("evidence").replaceChildren(...edit.evidence.flatMap(([key, value]) => [element("dt", key), element("dd", value)]));
    $("evidence").parentElement.hidden = !edit.evidence.length;
  }
  function standing() {
    const now = progress[kept ? "kept" : "edits"], any = $("plan").value === "anytime";
    const wrong = kept ? `${now.missed} should be gone, ${now.wrong - now.missed} wrong` : `${now.wrong} wrong`;
    const what = kept ? "of the kept lines not right" : "of the edits wrong";
    const claim = percent(now.tolerance);
    const most = (judged, bound) => judged ? `at most ${percent(bound)} ${what}` : "nothing is known yet";
    if (any) {
      const {judged, bound, more, signed} = now.anytime;
      $("bar").max = judged + more || 1;
      $("bar").value = judged;
      $("standing").textContent = `${number(judged)} judged in order: ${most(judged, bound)}`;
      $("caution").textContent = signed ? `Enough for ${claim}: cleanse signoff ${kept ? "--of kept " : ""}--plan anytime signs it.` :
        `You may stop after any of them. If all are good, ${number(more)} more support ${claim}.`;
    } else {
      $("bar").max = now.needed || 1;
      $("bar").value = now.judged;
      $("standing").textContent = `${number(now.judged)} of ${number(now.needed)} judged, ${wrong}, ${now.skipped} skipped: ` +
        most(now.judged, now.bound);
      $("caution").textContent = now.signed ? `Enough for ${claim}: cleanse signoff${kept ? " --of kept" : ""} signs it.` :
        `The bound holds once all ${number(now.needed)} are judged, not before: to stop early, choose the anytime plan.`;
    }
    if (kept && now.judged)
      $("caution").textContent += ` ${number(now.gone)} lines went: at least ${atLeast(now.recall)} of those that should have.`;
  }

  const words = {accept: "keep", reject: "missed"};
  async function decide(word, extra = {}) {
    if (!card) return;
    const one = card, said = one.kept ? words[word] || word : word;
    const told = await ask("/decide", {id: one.id, word: said, note: $("note").value, ...extra});
    const done = new Set(told.ids);
    one.word = extra.should_be === undefined ? said : one.kept ? "wrong" : "edit";
    ahead = ahead.filter(other => !done.has(other.id));
    $("note").value = "";
    await advance();
    if (told.ids.length > 1) say(`${number(told.ids.length)} decided together; u takes all of them back.`);
  }
  async function undo() {
    const told = await ask("/decide", {id: "", word: "withdraw"});
    if (!told.ids.length) return say("Nothing of this session is left to undo.");
    round++;
    ahead = [];
    kept = told.edits[0].kept;
    set(told.edits[0]);
    say("Taken back.");
  }
  async function many(word) {
    if (!card || kept) return;
    const told = await ask(about("/kind", {id: card.id}));
    if (!told.count) return say("Every edit of this kind is decided already.");
    $("many-title").textContent = `${word} all ${number(told.count)} undecided edits of this kind?`;
    $("members").replaceChildren(...told.members.map(one => {
      const row = element("li", "");
      row.append(...change(one));
      return row;
    }));
    $("yes").textContent = `${word} all ${number(told.count)}`;
    $("yes").onclick = () => {
      $("many").close();
      say(`Saving ${number(told.count)} words …`);
      run(() => decide(word, {scope: "kind"}));
    };
    $("many").showModal();
  }
  async function context() {
    if (!card) return;
    const open = !$("text").classList.contains("whole");
    const around = open ? await ask(about("/whole", {id: card.id})) : {};
    $("text").classList.toggle("whole", open);
    $("text").replaceChildren(...change({...card, ...around}));
    $("text").querySelector("del, ins, .kept")?.scrollIntoView({block: open ? "center" : "nearest"});
  }
  async function rule(only) {
    if (!card || kept) return;
    const told = await ask(about("/rule", {id: card.id})), rows = [];
    const row = (key, value) => rows.push(element("dt", key), element("dd", value));
    if (!only) {
      for (const one of told.says) {
        rows.push(element("dt", "says"), element("dd", one.heading));
        for (const [key, value] of one.facts) row(key, value);
      }
      row("in this run", number(told.uses));
      row("judged", `${number(told.reviewed)}, ${number(told.rejected)} rejected`);
      if (told.bound !== null) row("precision", `at least ${atLeast(told.bound)}, at 95 %: ${told.advice}`);
    } else if (!told.guards.length)
      row("none", "A guard needs uses of this rule that were rejected, some that were accepted, and a word that tells them apart.");
    for (const one of told.guards) row(`${one.where} ${one.words}`,
      `would spare ${one.rejected[0]} of ${one.rejected[1]} rejected, cost ${one.accepted[0]} of ${one.accepted[1]} accepted` +
      (one.written ? `: ${one.written}` : ""));
    $("about-title").textContent = only ? `Guards to consider: ${told.rule}` : told.rule;
    const list = element("dl", "");
    list.append(...rows);
    $("facts").replaceChildren(list);
    $("about").showModal();
  }
  const turn = to => async () => { if (kept !== to) { kept = to; await restart(); } };
  const open = (id, text) => { $(id).value = text; $(id).focus(); $(id).select(); };
  const actions = {
    "a": () => decide("accept"), "x": () => decide("reject"), " ": () => decide("skip"), "u": undo,
    "n": () => open("note", $("note").value),
    "e": () => { if (card) { $("typing").hidden = false; open("should", card.should_be); } },
    "j": async () => { if (card) await advance(); },
    "k": () => step({back: 1}, "Nothing undecided stands before this."),
    "J": () => step({decided: 1}, "This is the last one."),
    "K": () => step({back: 1, decided: 1}, "This is the first one."),
    "A": () => many("accept"), "X": () => many("reject"),
    "c": context, "R": () => rule(false), "g": () => rule(true),
    "/": () => { if (!kept) open("filter", $("filter").value); },
    "t": () => turn(!kept)(),
    "?": () => $("keys").showModal(),
    "q": () => { $("summary").textContent = `${number(progress.decided)} decided in this session.`; $("end").showModal(); },
  };
  const also = {"d": "x", "w": "e"};
  // One at a time: a key pressed while the last word is still being saved could decide about an edit nobody has seen.
  async function run(action) {
    if (busy) return;
    busy = true;
    try { await action(); } catch (error) { say(`Not done: ${error.message}`); } finally { busy = false; }
  }
  const typed = () => run(() => decide("reject", {should_be: $("should").value}));
  const leave = field => {
    $("typing").hidden = true;
    field.blur();
    $("card").focus();
  };
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || document.querySelector("dialog[open]")) return;
    const field = event.target.closest("input, select, textarea");
    if (field) {
      if (field.localName === "select" || !["Enter", "Escape"].includes(event.key)) return;
      event.preventDefault();
      if (event.key === "Enter" && field.id === "should") typed();
      leave(field);
      return;
    }
    if (event.key === " " && event.target.closest("button, summary")) return;
    const key = kept && also[event.key] || event.key;
    if (!Object.hasOwn(actions, key)) return;
    event.preventDefault();
    run(actions[key]);
  });
  for (const button of document.querySelectorAll("[data-key]")) button.onclick = () => run(actions[button.dataset.key]);
  for (const button of document.querySelectorAll("[data-close]")) button.onclick = () => button.closest("dialog").close();
  $("save").onclick = typed;
  $("changed").onclick = () => run(turn(false));
  $("kept").onclick = () => run(turn(true));
  $("plan").onchange = standing;
  $("queue").onchange = $("filter").onchange = () => run(restart);
  run(advance);
})();
