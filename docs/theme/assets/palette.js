// Light or dark, before anything is drawn: the reader's choice, or what the system says. The button is in shell.js.
"use strict";

const palette = {
  dark: matchMedia("(prefers-color-scheme: dark)"),
  get choice() {
    try {
      return localStorage.getItem("downhill.palette") ?? "auto";
    } catch {
      return "auto"; // storage is forbidden
    }
  },
  set choice(value) {
    try {
      localStorage.setItem("downhill.palette", value);
    } catch {} // then it lasts as long as the page
    this.show(value);
  },
  show(choice = this.choice) {
    const dark = choice === "dark" || (choice === "auto" && this.dark.matches);
    const { dataset } = document.documentElement;
    dataset.palette = choice;
    dataset.mdColorScheme = dark ? "slate" : "default";
  },
};

document.documentElement.classList.add("js");
if (location.protocol !== "file:") document.documentElement.classList.add("live"); // from disk no module is loaded
palette.show();
palette.dark.addEventListener("change", () => palette.show(document.documentElement.dataset.palette));
