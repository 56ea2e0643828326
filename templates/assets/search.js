// The search page: reads Pagefind's index, which has a part for each month, and lists what it finds.
const form = document.querySelector("form.search");
const words = form.elements.q;
const found = form.querySelector(".found");
const list = document.querySelector(".results");
const more = document.querySelector("p.more");
const root = new URL(form.dataset.root, location.href);
const folder = new URL("search/", root);
const parts = form.dataset.parts.split(" ").filter(Boolean);
const filters = ["kind", "month", "region", "topic", "label", "source"];
const PAGE = 20; // results shown at a time
const FIRST = 12; // months read before the first answer; the others follow while it stands
const WAIT = 150; // milliseconds without a key before a search begins

const engines = {};
const lost = new Set(); // months whose index is not there
let library, asked = 0, shown = 0, results = [];

async function engine(order) {
  engines[order] ??= open(order);
  return engines[order];
}

// Results of several parts are sorted by weight. With no weight at all they keep the order of the parts, newest first.
async function open(order) {
  library ??= await import(new URL("pagefind/pagefind.js", folder));
  const options = { baseUrl: "/", ...(order ? { indexWeight: 0 } : {}) };
  const search = library.createInstance({ basePath: new URL("pagefind/", folder).href, ...options });
  await search.init();
  const merge = async (months) => {
    const merged = await Promise.all(months.map((month) =>
      search.mergeIndex(new URL(`index/${month}/`, folder).href, options).then(() => true, () => { lost.add(month); })));
    return merged.every(Boolean);
  };
  const months = parts.filter((month) => !lost.has(month));
  if (!await merge(months.slice(0, FIRST))) return open(order); // a part that fails would fail every search
  let others;
  return { search, rest: () => others ??= merge(months.slice(FIRST)), whole: months.length <= FIRST };
}

function chosen() {
  const values = {};
  for (const name of filters) if (form.elements[name]?.value) values[name] = form.elements[name].value;
  return values;
}

async function ask() {
  const turn = ++asked;
  const term = words.value.trim();
  const values = chosen();
  const order = form.elements.order.value;
  remember(term, values, order);
  if (!term && !Object.keys(values).length) return show([], "");
  found.textContent = form.dataset.searching;
  try {
    const { search, rest, whole } = await engine(order);
    if (turn !== asked) return;
    // Where nothing is searched for, all match alike, so that only time gives an order.
    const options = { filters: values, ...(order || !term ? { sort: { date: "desc" } } : {}) };
    const answer = async () => (await search.search(term || null, options)).results;
    if (!whole) {
      const first = await answer();
      if (turn !== asked) return;
      show(first, form.dataset.searching);
      if (!await rest()) {
        delete engines[order];
        return turn === asked ? ask() : undefined;
      }
    }
    const all = await answer();
    if (turn !== asked) return;
    const count = form.dataset.found.replace("{number}", all.length.toLocaleString(document.documentElement.lang));
    show(all, (all.length ? count : form.dataset.none) + (lost.size ? ` ${form.dataset.partial}` : ""));
  } catch (error) {
    console.error(error);
    if (turn === asked) show([], form.dataset.failed);
  }
}

async function show(all, message) {
  const turn = asked;
  results = all;
  shown = 0;
  await extend(true);
  if (results === all && turn === asked) found.textContent = message; // else a newer search is under way, and says so
}

async function extend(anew) {
  const all = results;
  const from = anew ? 0 : shown;
  const data = await Promise.all(all.slice(from, from + PAGE).map((result) => result.data()));
  if (all !== results) return null;
  const items = data.map(item);
  const focused = list.contains(document.activeElement) ? document.activeElement.href : "";
  if (anew) list.replaceChildren(...items); else list.append(...items);
  shown = from + items.length;
  list.hidden = !shown;
  more.hidden = shown >= all.length;
  if (anew && focused) ([...list.querySelectorAll("h2 a")].find((a) => a.href === focused) ?? words).focus();
  return items[0];
}

function item(data) {
  const address = data.raw_url ?? data.url.replace(/^\//, "");
  const link = make("a", data.meta.title);
  link.href = new URL(address, root).href;
  const head = make("h2");
  head.append(link);
  const kicker = make("p", `${data.meta.label ? form.dataset.claim : form.dataset.article} · ${data.meta.day}`, "kicker");
  const excerpt = make("p", "", "excerpt");
  excerpt.innerHTML = data.excerpt; // Pagefind's: text with < and > escaped, and <mark> around what was searched for
  const entry = make("li");
  entry.append(kicker, head, excerpt);
  if (data.meta.label) entry.append(label(data.meta.label));
  return entry;
}

function label(id) {
  const line = make("p");
  const mark = make("span", "", `label label-${id}`);
  mark.innerHTML = `<svg class="mark" aria-hidden="true"><use href="#m-${id}"/></svg>`;
  const option = [...form.elements.label.options].find((o) => o.value === id);
  mark.append(option ? option.text : id);
  line.append(mark);
  return line;
}

function make(tag, text = "", kind = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  if (kind) element.className = kind;
  return element;
}

function remember(term, values, order) {
  const query = new URLSearchParams({ ...(term ? { q: term } : {}), ...values, ...(order ? { order } : {}) });
  history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
}

let timer;
form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(timer); ask(); });
form.addEventListener("change", () => { clearTimeout(timer); ask(); });
words.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
more.addEventListener("click", async () => (await extend(false))?.querySelector("a").focus());
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const at = document.activeElement;
  if (event.key === "/" && !at.matches("input, select, textarea")) {
    event.preventDefault();
    words.focus();
    return;
  }
  const links = [...list.querySelectorAll("h2 a")];
  const place = at === words ? -1 : links.indexOf(at);
  if (place < 0 && at !== words) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape" && at !== words) words.focus();
  else if (step && place + step >= 0) links[place + step]?.focus();
  else if (step && place === 0) words.focus();
  else return;
  event.preventDefault();
});

const given = new URLSearchParams(location.search);
for (const [name, value] of given) if (form.elements[name]) form.elements[name].value = value;
form.querySelector("details").open = matchMedia("(min-width: 48em)").matches || given.size > Number(given.has("q"));
document.querySelector(".unscripted").remove();
form.hidden = false;
if (given.size) ask(); else words.focus({ preventScroll: true });
