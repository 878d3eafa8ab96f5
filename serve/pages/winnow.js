// Pages work without this. It adds: arrow keys along a history, stepping through changes, copying, zooming in time.
"use strict";
(() => {
  const one = (selector) => document.querySelector(selector);
  const all = (selector, root) => [...(root || document).querySelectorAll(selector)];

  const isTyping = (event) =>
    event.ctrlKey || event.metaKey || event.altKey || /^(input|textarea|select)$/i.test(event.target.tagName);

  // Changes of a difference, one after the other.
  const stepper = one(".stepper");
  const changes = all(".diff .change");
  let at = -1;
  const step = (by) => {
    if (!changes.length) return;
    if (at >= 0) changes[at].classList.remove("at");
    at = (at + by + changes.length) % changes.length;
    changes[at].classList.add("at");
    changes[at].scrollIntoView({ block: "center" });
    stepper.querySelector("span").textContent = `${at + 1} of ${changes.length}`;
  };
  if (stepper && changes.length > 1) {
    stepper.hidden = false;
    stepper.querySelector("span").textContent = `${changes.length} places`;
    for (const button of all("button", stepper)) {
      button.addEventListener("click", () => step(at < 0 ? (button.dataset.step > 0 ? 1 : 0) : Number(button.dataset.step)));
    }
  }

  addEventListener("keydown", (event) => {
    if (isTyping(event)) return;
    const along = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    const link = along && one(`link[rel="${along}"]`);
    if (link) location.href = link.href;
    if (stepper && event.key === "j") step(1);
    if (stepper && event.key === "k") step(at < 0 ? 0 : -1);
    if (event.key === "/") {
      const field = one('input[type="search"]');
      event.preventDefault();
      if (field) field.focus();
      else location.href = "/search";
    }
  });

  for (const button of all("button[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = "Copied";
    });
  }

  // The time line: every mark knows its moments; zooming gives them other places.
  const drawing = one(".timeline");
  if (!drawing) return;
  const begin = Number(drawing.dataset.begin);
  const end = Number(drawing.dataset.end);
  const marks = all("[data-a]", drawing);
  let view = [begin, end];
  const place = (moment) => (100 * (moment - view[0])) / (view[1] - view[0]);
  // Months when there is room for them, and in words which time is seen.
  const range = one("#range");
  const names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const label = () => {
    for (const month of all(".month", drawing)) month.remove();
    const days = (view[1] - view[0]) / 86400;
    const date = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 10);
    range.textContent = view[0] === begin && view[1] === end ? "" : `${date(view[0])} to ${date(view[1])}`;
    if (days > 4000) return;
    const known = new Set(all("text[data-a]", drawing).map((year) => year.textContent));
    const room = (drawing.getBoundingClientRect().width / days) * 30;
    const step = [1, 2, 3, 6].find((months) => room * months > 34) || 12;
    const first = new Date(view[0] * 1000);
    for (let month = first.getUTCFullYear() * 12 + first.getUTCMonth(); ; ++month) {
      const moment = Date.UTC(Math.floor(month / 12), month % 12, 1) / 1000;
      if (moment > view[1]) break;
      const name = month % 12 ? names[month % 12] : String(month / 12);
      if (moment < view[0] || (month % 12) % step || known.has(name)) continue;
      const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
      text.setAttribute("class", "month");
      text.setAttribute("x", `${place(moment)}%`);
      text.setAttribute("y", "14");
      text.textContent = name;
      drawing.append(text);
    }
  };
  const draw = () => {
    for (const mark of marks) {
      const a = place(Number(mark.dataset.a));
      const b = place(Number(mark.dataset.b || mark.dataset.a));
      if (mark.tagName === "rect") {
        mark.setAttribute("x", `${a}%`);
        mark.setAttribute("width", `${Math.max(b - a, 0.3)}%`);
      } else if (mark.tagName === "line") {
        mark.setAttribute("x1", `${a}%`);
        mark.setAttribute("x2", `${b}%`);
      } else {
        mark.setAttribute("x", `${a}%`);
      }
    }
    label();
  };
  const show = (from, to) => {
    const span = Math.min(Math.max(to - from, 86400 * 20), end - begin);
    const start = Math.min(Math.max((from + to - span) / 2, begin), end - span);
    view = [start, start + span];
    draw();
  };
  const zoom = (by, middle) => show(middle - (middle - view[0]) * by, middle + (view[1] - middle) * by);
  const tools = one(".tools");
  tools.hidden = false;
  for (const button of all("button", tools)) {
    button.addEventListener("click", () => {
      const middle = (view[0] + view[1]) / 2;
      const part = (view[1] - view[0]) / 2;
      if (button.dataset.zoom === "all") show(begin, end);
      else if (button.dataset.zoom === "earlier") show(view[0] - part, view[1] - part);
      else if (button.dataset.zoom === "later") show(view[0] + part, view[1] + part);
      else zoom(button.dataset.zoom === "in" ? 0.5 : 2, middle);
    });
  }
  const moment = (event) => {
    const box = drawing.getBoundingClientRect();
    return view[0] + ((event.clientX - box.left) / box.width) * (view[1] - view[0]);
  };
  drawing.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.25 : 0.8, moment(event));
  }, { passive: false });

  // Brushing over a time shows just that time.
  let brush = null;
  let from = 0;
  let dragged = false;
  drawing.addEventListener("dragstart", (event) => event.preventDefault());
  drawing.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    from = event.clientX;
    dragged = false;
    brush = moment(event);
  });
  const shade = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  shade.setAttribute("class", "brush");
  shade.setAttribute("y", "20");
  shade.setAttribute("height", "150");
  addEventListener("pointermove", (event) => {
    if (brush === null || Math.abs(event.clientX - from) < 6) return;
    dragged = true;
    const [a, b] = [brush, moment(event)].sort((x, y) => x - y).map(place);
    shade.setAttribute("x", `${a}%`);
    shade.setAttribute("width", `${b - a}%`);
    drawing.append(shade);
  });
  addEventListener("pointerup", (event) => {
    if (brush === null) return;
    if (dragged) show(...[brush, moment(event)].sort((x, y) => x - y));
    shade.remove();
    brush = null;
  });
  drawing.addEventListener("click", (event) => {
    if (dragged) event.preventDefault();
    dragged = false;
  }, true);
})();
