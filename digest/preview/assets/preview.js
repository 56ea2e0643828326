// The preview's browser side: listens for news of this page and puts what changed into it, without losing the place.
(() => {
  "use strict"
  const host = document.querySelector("digest-preview")
  if (!host) return
  const kept = (name, value) => {
    try {
      return value === undefined ? sessionStorage.getItem(name) : sessionStorage.setItem(name, value)
    } catch { return null } // a browser may forbid storage
  }
  let source, retry, said = "", busy = null, again = false

  // Putting new content into old: nodes that are alike stay, with the focus and the scroll position that hang on them.
  const like = (a, b) => a.nodeName === b.nodeName && (a.id || "") === (b.id || "")
  const exact = (a, b) => a.isEqualNode(b) || (b.id && like(a, b))

  function morph(old, next) {
    if (old.nodeType !== 1) {
      if (old.data !== next.data) old.data = next.data
    } else if (old === host) {
      host.dataset.page = next.dataset.page
      host.dataset.seen = next.dataset.seen
      wear(next.querySelector("template"))
    } else {
      for (const { name } of [...old.attributes])
        if (!next.hasAttribute(name) && !(name === "open" && old.nodeName === "DETAILS")) old.removeAttribute(name)
      for (const { name, value } of next.attributes)
        if (old.getAttribute(name) !== value && !(name === "open" && old.nodeName === "DETAILS")) old.setAttribute(name, value)
      children(old, next)
    }
  }

  function children(parent, next) {
    const was = [...parent.childNodes], now = [...next.childNodes]
    let first = 0, a = was.length, b = now.length
    while (first < a && first < b && was[first].isEqualNode(now[first])) first++
    while (a > first && b > first && was[a - 1].isEqualNode(now[b - 1])) { a--; b-- }
    let at = first
    for (let i = first; i < b; i++) {
      let found = at
      while (found < a && !exact(was[found], now[i])) found++
      if (found < a) {
        while (at < found) was[at++].remove()
        morph(was[at++], now[i])
      } else if (at < a && like(was[at], now[i]) && !now.slice(i + 1, b).some(n => exact(was[at], n))) {
        morph(was[at++], now[i])
      } else {
        parent.insertBefore(document.importNode(now[i], true), was[at] || null)
      }
    }
    while (at < a) was[at++].remove()
  }

  // Stylesheets change without a moment in which the page has none.
  function swap(old, href) {
    return new Promise(done => {
      const link = old.cloneNode()
      link.href = href
      link.onload = link.onerror = () => { old.remove(); done() }
      setTimeout(done, 2000)
      old.after(link)
    })
  }

  async function head(next) {
    const sheets = root => [...root.querySelectorAll('link[rel~="stylesheet"]')]
    const old = sheets(document.head), now = sheets(next.head)
    const href = link => link.getAttribute("href")
    const stays = new Set(now.map(href)), stood = new Set(old.map(href))
    const going = old.filter(l => !stays.has(href(l))), coming = now.filter(l => !stood.has(href(l)))
    await Promise.all(coming.map((link, i) => {
      if (going[i]) return swap(going[i], href(link))
      document.head.append(document.importNode(link))
    }))
    going.slice(coming.length).forEach(link => link.remove())
    const rest = root => [...root.children].filter(e => !e.matches('link[rel~="stylesheet"], script'))
    const other = rest(next.head), mine = rest(document.head)
    mine.filter(e => !other.some(o => o.isEqualNode(e))).forEach(e => e.remove())
    other.filter(o => !mine.some(e => e.isEqualNode(o))).forEach(o => document.head.append(document.importNode(o, true)))
  }

  async function update() {
    const answer = await fetch(location.href, { cache: "no-store" })
    const next = new DOMParser().parseFromString(await answer.text(), "text/html")
    const dressed = next.querySelector("digest-preview")
    if (!dressed) return location.reload()
    const moved = dressed.dataset.page !== host.dataset.page
    if (answer.redirected) history.replaceState(null, "", answer.url + location.hash)
    await head(next)
    const active = document.activeElement
    for (const name of ["lang", "dir"]) document.documentElement.setAttribute(name, next.documentElement.getAttribute(name) || "")
    morph(document.body, next.body)
    if (active && active.id && !active.isConnected) document.getElementById(active.id)?.focus({ preventScroll: true })
    if (moved) connect()
  }

  // One update at a time; news that come meanwhile make one more.
  function refresh() {
    if (busy) { again = true; return }
    busy = update().catch(() => { }).finally(() => {
      busy = null
      if (again) { again = false; refresh() }
    })
  }

  // Panel and overlay live in a shadow root, where the digest's own styles do not reach.
  function wear(template) {
    let shadow = host.shadowRoot
    if (!shadow) {
      shadow = host.attachShadow({ mode: "open" })
      shadow.addEventListener("click", event => { if (event.target.closest(".close")) hide() })
      shadow.addEventListener("toggle", event => {
        if (event.target.matches(".panel")) kept("digest-panel", event.target.open ? "open" : "")
      }, true)
    }
    const fresh = !shadow.childNodes.length
    const content = document.createElement("div")
    content.append(template.content.cloneNode(true))
    children(shadow, content)
    if (fresh && kept("digest-panel")) shadow.querySelector(".panel").open = true
    const overlay = shadow.querySelector(".overlay")
    if (overlay) overlay.hidden = kept("digest-hidden") === overlay.dataset.key
    else kept("digest-hidden", "")
    say(said)
  }

  function hide() {
    const overlay = host.shadowRoot.querySelector(".overlay:not([hidden])")
    if (!overlay) return
    const inside = overlay.contains(host.shadowRoot.activeElement)
    kept("digest-hidden", overlay.dataset.key)
    overlay.hidden = true
    if (inside) host.shadowRoot.querySelector(".panel > summary").focus()
  }

  function say(words) {
    said = words
    const place = host.shadowRoot.querySelector(".link")
    if (place.textContent !== words) place.textContent = words
  }

  function reading({ done, total }) {
    const bar = document.getElementById("digest-reading")
    if (bar) { bar.max = total; bar.value = done }
    say(total ? `Reading: ${done.toLocaleString("en")} of ${total.toLocaleString("en")} files` : "")
  }

  function files(names) {
    const hit = url => names.some(name => decodeURIComponent(new URL(url, location.href).pathname).endsWith("/" + name))
    const stamped = url => { const u = new URL(url, location.href); u.searchParams.set("preview", Date.now()); return u.href }
    for (const link of document.querySelectorAll('link[rel~="stylesheet"][href]')) if (hit(link.href)) swap(link, stamped(link.href))
    for (const image of document.querySelectorAll("img[src]")) if (hit(image.src)) image.src = stamped(image.src)
  }

  function connect() {
    disconnect()
    const { page, seen } = host.dataset
    source = new EventSource(`/.preview/events?page=${encodeURIComponent(page)}&seen=${encodeURIComponent(seen)}`)
    source.onopen = () => { if (said.startsWith("The preview")) say("") }
    source.addEventListener("look", refresh)
    source.addEventListener("files", event => files(JSON.parse(event.data).names))
    source.addEventListener("reading", event => reading(JSON.parse(event.data)))
    source.onerror = () => {
      say("The preview does not answer; trying again")
      disconnect()
      retry = setTimeout(connect, 600)
    }
  }

  function disconnect() {
    clearTimeout(retry)
    if (source) source.close()
  }

  wear(host.querySelector("template"))
  connect()
  addEventListener("keydown", event => { if (event.key === "Escape") hide() })
  // Browsers open few connections to one server: tabs that nobody sees give theirs up.
  addEventListener("visibilitychange", () => document.hidden ? disconnect() : connect())
  addEventListener("pagehide", disconnect)
  addEventListener("pageshow", event => { if (event.persisted) connect() })
})()
