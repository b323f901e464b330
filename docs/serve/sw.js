// Takes the place of the service worker that a published book has left at this address, and goes away with what it kept.
"use strict";

async function leave() {
  for (const name of await caches.keys()) if (name.startsWith("downhill ")) await caches.delete(name);
  await registration.unregister();
}

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(leave()));
