// Lighthouse, several times in one process: `node audits.mjs <node_modules> <flags of Chromium> < jobs.json`, where a job is
// {url, categories}. Prints Lighthouse's result of each job, a line each.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, flags] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(join(modules, path)));
const { default: lighthouse } = await load("lighthouse/core/index.js");
const { launch } = await load("chrome-launcher/dist/index.js");

async function audit({ url, categories }) {
  const chrome = await launch({ chromeFlags: flags.split(" ") });
  try {
    const { lhr } = await lighthouse(url, {
      port: chrome.port,
      onlyCategories: categories,
      disableFullPageScreenshot: true,
      logLevel: "silent",
    });
    return lhr;
  } finally {
    chrome.kill();
  }
}

for (const job of JSON.parse(readFileSync(0, "utf8"))) {
  let result;
  // now and then a trace is lost on a slow machine
  for (let tries = 0; tries < 3 && (!result || result.runtimeError); tries++) result = await audit(job);
  if (result.runtimeError) throw new Error(`${job.url}: ${result.runtimeError.message}`);
  console.log(JSON.stringify(result));
}
