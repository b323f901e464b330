// The language of the address that was not found comes first, else the reader's; the other one stays below.
"use strict";

const asked = location.pathname.split("/").find((part) => ["zh", "en"].includes(part));
const reader = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => ["zh", "en"].includes(tag));
const first = document.querySelector(`section[lang="${asked ?? reader ?? "en"}"]`);
document.documentElement.lang = first.lang;
first.parentElement.prepend(first);
