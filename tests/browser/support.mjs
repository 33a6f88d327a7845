/** A browser and the page: served as `cargo xtask serve` serves it, and from disk. */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const { chromium } = createRequire(`${root}www/package.json`)("playwright-core");

/** The browser and the server of a file's tests: they are there before the first test and end after the last. */
export function staged() {
  const stage = {};
  before(async () => {
    [stage.browser, stage.server] = await Promise.all([launch(), serve()]);
  });
  after(async () => {
    await stage.browser?.close();
    stage.server?.stop();
  });
  return stage;
}

/** What a Chromium is started with. */
export const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How long a page may take for anything: a machine with more to do than it has processors for may take its time. */
export const PATIENCE_MS = 120000;

/** Starts the browser that `cargo xtask test` found; all its pages are waited for with patience. */
export async function launch() {
  if (!process.env.CHROMIUM) throw new Error("CHROMIUM must name a Chromium; run cargo xtask test");
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ARGUMENTS });
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext(options);
    context.setDefaultTimeout(PATIENCE_MS);
    return context;
  };
  return browser;
}

/** Serves what was built. Resolves to the address and a way to stop. */
export async function serve() {
  const server = spawn("cargo", ["xtask", "serve", "--built", "--port", "0"], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const address = await new Promise((resolve, reject) => {
    let output = "";
    server.stdout.on("data", (chunk) => {
      output += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(output);
      if (found) resolve(found[0]);
    });
    server.on("exit", (code) => reject(new Error(`the server ended with ${code}: ${output}`)));
  });
  return { address, stop: () => server.kill() };
}

/** The page as one file. */
export const single = new URL("../../dist/moving-parts.html", import.meta.url).href;

/** Opens the page and fails on any error in its console, or on a request to anywhere else. */
export async function open(browser, address, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const troubles = [];
  page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("request", (request) => {
    const url = request.url();
    const own =
      url.startsWith("file:") ||
      url.startsWith("data:") ||
      url.startsWith("blob:") ||
      url.startsWith(new URL(address).origin);
    if (!own) troubles.push(`a request left the page: ${url}`);
  });
  await page.goto(address);
  if (options.javaScriptEnabled !== false) await page.waitForSelector("#answer");
  return { page, troubles };
}

/** What a page is waiting for, in words for whoever waits for it in vain. */
export const STATE = `JSON.stringify({
  address: location.hash,
  settled: document.documentElement.dataset.settled,
  busy: Array.from(document.querySelectorAll("section[aria-busy] h2"), ({ id }) => id),
  notices: Array.from(document.querySelectorAll(".notice"), (notice) => notice.textContent.trim()),
  draws: document.querySelector(".draws")?.textContent,
  spoken: document.getElementById("spoken")?.textContent,
})`;

/** Waits until every answer is that of the numbers shown; where that does not come, says what the page was waiting for. */
export async function settled(page) {
  const until = () =>
    document.querySelectorAll("section[aria-busy], .stale").length === 0 &&
    document.documentElement.dataset.settled === "true";
  try {
    await page.waitForFunction(until);
  } catch (cause) {
    throw new Error(`not settled in time: ${await page.evaluate(STATE)}`, { cause });
  }
}
