// Lets a reader choose among the published counts. It adds them up and draws them; which counts there are is decided before.
const source = document.getElementById("explorer-data");
if (source) {
  const data = JSON.parse(source.textContent);
  const at = (id) => document.getElementById(id);
  const form = at("choices");
  const keys = data.dimensions.map((dimension) => dimension.key);
  const SVG = "http://www.w3.org/2000/svg";

  const make = (tag, text, attributes = {}, space = null) => {
    const element = space ? document.createElementNS(space, tag) : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    if (text !== null) element.textContent = text;
    return element;
  };
  const sum = (counts) => counts.reduce((total, count) => total + count, 0);
  const years = () => data.years.filter((year) => year >= +form.from.value && year <= +form.to.value);
  const total = (line) => sum(years().map((year) => sum(line.v[year])));
  const chosenKey = () => keys.find((key) => form[key].value);
  const chosen = () => data.lines.find((line) => line.d === chosenKey() && line.n === form[chosenKey()].value)
    || data.lines.find((line) => line.d === "all");

  // One bar a period: what it is called, and how many.
  const bars = (line) => years().flatMap((year) =>
    line.v[year].map((count, part) => ({ year, part, count, name: `${year}年${line.s === 12 ? "" : data.periods[line.s][part]}` })));

  const tell = (line, shown) => {
    const all = sum(shown.map((bar) => bar.count));
    const ends = years().length > 1 ? `${years()[0]}—${years().at(-1)}年` : `${years()[0]}年`;
    const top = Math.max(...shown.map((bar) => bar.count));
    const names = shown.filter((bar) => bar.count === top).map((bar) => bar.name);
    const named = names.slice(0, 3).join("、") + (names.length > 3 ? `等${names.length}个时段` : "");
    const most = all === 0 ? "没有记录" : `共${all}${data.unit}；最多的是${named}，${names.length > 1 ? "各" : ""}${top}${data.unit}`;
    return `${chosenKey() ? line.n : data.where}，${ends}${most}。`;
  };

  let reading = -1;
  const draw = (line, shown) => {
    const [width, height, base] = [at("plot").clientWidth || 720, 260, 215];
    const together = shown.length > years().length; // several bars a year
    const top = Math.max(1, ...shown.map((bar) => bar.count));
    const slot = width / shown.length;
    const svg = make("svg", null, { viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" }, SVG);
    svg.append(make("line", null, { x1: 0, x2: width, y1: base, y2: base }, SVG));
    shown.forEach((bar, place) => {
      const high = (bar.count / top) * (base - 25);
      const box = make("rect", null, { x: place * slot + slot * 0.12, y: base - high, width: slot * 0.76, height: high }, SVG);
      box.classList.toggle("on", place === reading);
      svg.append(box);
      const middle = { x: (place + 0.5) * slot, "text-anchor": "middle" };
      if (slot > 22) svg.append(make("text", bar.count, { ...middle, y: base - high - 5 }, SVG));
      const room = slot * line.v[bar.year].length;
      const every = Math.ceil(50 / room); // years that fit below their bars
      if (bar.part === 0 && years().indexOf(bar.year) % every === 0) {
        const start = together ? { x: place * slot, "text-anchor": "start" } : middle;
        svg.append(make("text", `${bar.year}年`, { ...start, y: base + 20 }, SVG));
      }
      const area = make("rect", null, { x: place * slot, y: 0, width: slot, height: base, "fill-opacity": 0, class: "area" }, SVG);
      area.addEventListener("pointerenter", () => read(place));
      svg.append(area);
    });
    at("plot").replaceChildren(svg);
  };
  const read = (place) => {
    const shown = bars(chosen());
    reading = Math.min(Math.max(place, 0), shown.length - 1);
    at("plot").querySelectorAll("rect:not(.area)").forEach((box, index) => box.classList.toggle("on", index === reading));
    at("reading").textContent = `${shown[reading].name}：${shown[reading].count}${data.unit}`;
  };

  const list = (line, shown) => {
    const head = make("tr", null);
    head.append(make("th", "时段", { scope: "col" }), make("th", data.unit, { scope: "col" }));
    const rows = shown.map((bar) => {
      const row = make("tr", null);
      row.append(make("th", bar.name, { scope: "row" }), make("td", bar.count, { class: "right" }));
      return row;
    });
    at("numbers").replaceChildren(make("caption", chosenKey() ? line.n : data.where), head, ...rows);
  };

  const compare = () => data.dimensions.filter((dimension) => data.lines.some((line) => line.d === dimension.key)).map((dimension) => {
    const lines = data.lines.filter((line) => line.d === dimension.key);
    const most = Math.max(1, ...lines.map(total));
    const part = make("div", null);
    const items = make("ul", null);
    lines.forEach((line) => {
      const pressed = form[dimension.key].value === line.n;
      const button = make("button", null, { type: "button", "aria-pressed": pressed });
      const bar = make("span", null, { class: "bar" });
      bar.style.width = `${(total(line) / most) * 100}%`;
      button.append(make("span", line.n), bar, make("span", `${total(line)}${data.unit}`, { class: "count" }));
      button.addEventListener("click", () => {
        choose(dimension.key, pressed ? "" : line.n);
        const again = [...at("shares").querySelectorAll("button")].find((other) => other.firstChild.textContent === line.n);
        if (again) again.focus();
      });
      const item = make("li", null);
      item.append(button);
      items.append(item);
    });
    part.append(make("h4", dimension.label), items);
    return part;
  });

  // One column at a time: what is known of two together is not published.
  const choose = (key, value) => {
    keys.forEach((other) => { form[other].value = other === key ? value : ""; });
    show(true);
  };
  const show = (remember) => {
    if (+form.from.value > +form.to.value) form.to.value = form.from.value;
    const line = chosen();
    const shown = bars(line);
    reading = -1;
    at("told").textContent = tell(line, shown);
    at("reading").textContent = "指着柱子，或用左右方向键，可以逐个读数。";
    draw(line, shown);
    list(line, shown);
    at("shares").replaceChildren(...compare());
    if (remember) history.replaceState(null, "", `#${state()}`);
  };

  const state = () => {
    const parts = new URLSearchParams();
    [...keys, "from", "to"].forEach((name) => { if (form[name].value) parts.set(name, form[name].value); });
    return parts;
  };
  const restore = () => {
    const wanted = new URLSearchParams(location.hash.slice(1));
    if (![...wanted.keys()].some((name) => name in form.elements)) return false;
    const allow = (name, fallback) => {
      const value = wanted.get(name);
      form[name].value = [...form[name].options].some((option) => option.value === value) ? value : fallback;
    };
    const first = keys.find((name) => wanted.get(name));
    keys.forEach((name) => { if (name === first) allow(name, ""); else form[name].value = ""; });
    allow("from", data.years[0]);
    allow("to", data.years.at(-1));
    show(false);
    return true;
  };

  form.addEventListener("change", (event) => {
    if (keys.includes(event.target.name)) choose(event.target.name, event.target.value);
    else show(true);
  });
  form.addEventListener("reset", () => setTimeout(() => { form.to.value = data.years.at(-1); show(true); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  at("plot").addEventListener("keydown", (event) => {
    const to = { ArrowLeft: reading - 1, ArrowRight: reading + 1, Home: 0, End: Infinity }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    read(to);
  });
  window.addEventListener("hashchange", () => { if (restore()) at("explorer").scrollIntoView(); });
  new ResizeObserver(() => draw(chosen(), bars(chosen()))).observe(at("plot"));
  at("explorer").hidden = false;
  form.to.value = data.years.at(-1);
  if (!restore()) show(false);
}
