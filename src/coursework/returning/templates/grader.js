// Clicks on a mark scheme become points and lines of comment in the answer's own fields; formgrader saves them.
// What was clicked is read back from the comment, so that a page that is opened again, or by somebody else, shows it.
(function (panel) {
  const answer = panel.dataset.answer;
  const buttons = [...panel.querySelectorAll(".scheme-line")];
  const field = () => document.getElementById(answer + "-comment");
  const line = /^([✓◐✗]) ([\d.]+)(?: of [\d.]+)? · (.*)$/;

  function said() {
    const marks = new Map(), rest = [];
    for (const text of field().value.split("\n")) {
      const found = text.match(line);
      const known = found && buttons.some((b) => b.dataset.text === found[3]);
      if (known) marks.set(found[3], Number(found[2]));
      else rest.push(text);
    }
    return { marks, rest };
  }

  function show() {
    if (!field()) return;
    const { marks } = said();
    for (const b of buttons) {
      const points = Number(b.dataset.points), got = marks.get(b.dataset.text);
      b.classList.remove("all", "half", "none");
      if (got !== undefined) b.classList.add(got >= points ? "all" : got > 0 ? "half" : "none");
      b.querySelector(".scheme-earned").textContent = got === undefined ? "·" : String(got);
    }
  }

  function write(marks, rest) {
    const lines = buttons.filter((b) => marks.has(b.dataset.text)).map((b) => {
      const points = Number(b.dataset.points), got = marks.get(b.dataset.text);
      const sign = got >= points ? "✓" : got > 0 ? "◐" : "✗";
      return `${sign} ${got}${got >= points ? "" : " of " + points} · ${b.dataset.text}`;
    });
    while (rest.length && !rest[0].trim()) rest.shift();
    field().value = [...lines, ...rest].join("\n");
    $(field()).trigger("change");
    if (window.autosize) autosize.update(field());
  }

  for (const b of buttons) {
    b.addEventListener("click", function () {
      const { marks, rest } = said();
      const points = Number(b.dataset.points), got = marks.get(b.dataset.text);
      if (got === undefined) marks.set(b.dataset.text, points);
      else if (got >= points && points > 0.5) marks.set(b.dataset.text, Math.round(points) / 2);
      else if (got > 0) marks.set(b.dataset.text, 0);
      else marks.delete(b.dataset.text);
      write(marks, rest);
      const score = document.getElementById(answer);
      score.value = marks.size ? [...marks.values()].reduce((a, x) => a + x, 0) : "";
      $(score).trigger("change");
      show();
    });
  }
  for (const b of panel.querySelectorAll(".scheme-mistake")) {
    b.addEventListener("click", function () {
      const { marks, rest } = said();
      if (!rest.includes(b.dataset.text)) rest.push(b.dataset.text);
      write(marks, rest);
    });
  }
  $(document).ajaxComplete(show);
  $(show);
})(document.currentScript.previousElementSibling);
