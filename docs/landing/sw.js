// Keeps the book for reading without a network. Written above by the build are VERSION, FILES ({address: fingerprint}),
// and PYTHON, the folder that is kept, apart, when a reader has asked for it; its name says the content.
// With a network, every page comes from the network: nothing is ever older than the site.
"use strict";

const PREFIX = `downhill ${registration.scope} `; // other sites may share the origin, and so the caches
const LIST = "kept.json";

/** Return {fingerprint: response} of what an older version kept. */
async function keptBefore() {
  const kept = new Map();
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX)) continue;
    const cache = await caches.open(name);
    const list = await (await cache.match(LIST))?.json();
    for (const [address, fingerprint] of Object.entries(list ?? {})) {
      kept.set(`${address} ${fingerprint}`, await cache.match(address));
    }
  }
  return kept;
}

/** Fill the cache of this version; what has not changed is not fetched again. */
async function keep() {
  const before = await keptBefore();
  const cache = await caches.open(PREFIX + VERSION);
  for (const [address, fingerprint] of Object.entries(FILES)) {
    const response =
      before.get(`${address} ${fingerprint}`) ?? (await fetch(new Request(address || "./", { cache: "no-cache" })));
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    await cache.put(address || "./", response);
  }
  await cache.put(LIST, Response.json(FILES));
  await skipWaiting();
}

async function dropOlder() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && ![PREFIX + VERSION, PREFIX + PYTHON].includes(name)) await caches.delete(name);
  }
  await clients.claim();
}

/** Return what is kept for a request; for a page that is not, the language's error page. */
async function keptFor(request) {
  const cache = await caches.open(PREFIX + VERSION);
  const answer = await cache.match(request, { ignoreSearch: true });
  if (answer || request.mode !== "navigate") return answer ?? Response.error();
  const url = new URL(request.url);
  const folder = `${url.origin}${url.pathname.replace(/(\/index\.html|\/)?$/, "/")}`;
  if (await cache.match(folder)) return Response.redirect(folder + url.search);
  const language = request.url.startsWith(`${registration.scope}zh/`) ? "zh" : "en";
  const missing = await cache.match(`${language}/404.html`);
  return new Response(await missing.blob(), { status: 404, headers: missing.headers });
}

/** Keep what a reader has asked for, too; a full disk keeps nobody from reading it now. */
async function keepToo(request, response, name = VERSION) {
  const cache = await caches.open(PREFIX + name);
  await cache.put(request, response).catch(() => {});
}

async function answer(request) {
  if (request.url.startsWith(`${registration.scope}assets/`)) {
    const kept = await caches.match(request); // the name says the content
    if (kept) return kept;
  }
  try {
    const response = await fetch(request);
    const python = PYTHON && request.url.startsWith(registration.scope + PYTHON);
    if (response.ok && python) await keepToo(request, response.clone(), PYTHON);
    else if (response.ok && request.url.endsWith(".gz")) await keepToo(request, response.clone());
    return response;
  } catch {
    return keptFor(request);
  }
}

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(dropOlder()));
addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(registration.scope)) event.respondWith(answer(event.request));
});
