// In the pages that `make serve` shows, and no others: says how the book stands, and loads the page again when it was built.
"use strict";

const { built: served, language } = document.currentScript.dataset; // the build that the page is from, before the first none
let events;

/** Listen while the page is in sight: a browser keeps few connections to a server. */
function listen() {
  if (document.visibilityState !== "visible") return void (events = events?.close());
  events ??= new EventSource(`/.serve/events?${language}`);
  events.onmessage = ({ data }) => {
    const { built, kind, note } = JSON.parse(data);
    if (built && built !== served) return location.reload();
    const bar = document.getElementById("serve-note");
    bar.className = kind;
    bar.innerHTML = note;
  };
}

document.addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => (events = events?.close()));
addEventListener("pageshow", listen);

// what a published book has left at this address would stand before this one
navigator.serviceWorker?.getRegistrations().then((found) => found.forEach((worker) => worker.unregister()));
globalThis.caches?.keys().then((names) => names.forEach((name) => name.startsWith("downhill ") && caches.delete(name)));
