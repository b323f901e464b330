// Leads to the reader's language: the first of the browser's languages that the book has, English otherwise.
"use strict";

const language = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => ["zh", "en"].includes(tag)) ?? "en";
location.replace(document.querySelector(`a[hreflang="${language}"]`).href);
