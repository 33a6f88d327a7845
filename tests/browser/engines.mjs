/** Firefox and WebKit behind one small interface: open a page, ask it something, wait, press a key. */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { PATIENCE_MS, STATE } from "./support.mjs";

const require = createRequire(new URL("../../www/package.json", import.meta.url));

/** Polls, which is the same in every engine and safe while a page is left for another. */
export async function until(evaluate, expression) {
  const end = Date.now() + PATIENCE_MS;
  let last;
  do {
    last = await evaluate(`Boolean(${expression})`).catch((error) => error);
    if (last === true) return;
    await pause(50);
  } while (Date.now() < end);
  const state = await evaluate(STATE).catch((error) => error.message);
  throw new Error(`not in time: ${expression}${last instanceof Error ? ` (${last.message})` : ""}; ${state}`);
}

/** Firefox, by WebDriver BiDi. */
export async function firefox() {
  const puppeteer = require("puppeteer-core");
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX,
    extraPrefsFirefox: { "ui.prefersReducedMotion": 1 },
    protocolTimeout: PATIENCE_MS,
  });
  const errors = [];
  let page;
  const evaluate = (expression) => page.evaluate(expression);
  return {
    errors,
    evaluate,
    waitFor: (expression) => until(evaluate, expression),
    press: (key) => page.keyboard.press(key),
    async open(url, { width = 1280, height = 900 } = {}) {
      await page?.close();
      page = await browser.newPage();
      errors.length = 0;
      page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
      page.on("pageerror", (error) => errors.push(String(error)));
      await page.setViewport({ width, height });
      await page.goto(url, { timeout: PATIENCE_MS });
    },
    close: () => browser.close(),
  };
}

/** A port that is free now: the driver does not say which one it took. */
function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** WebKit, by its own driver on a screen that nobody sees. Under automation it writes no console messages. */
export async function webkit() {
  const { Builder, Key } = require("selenium-webdriver");
  const port = await freePort();
  const server = spawn("xvfb-run", ["-a", "-s", "-screen 0 1600x1300x24", "WebKitWebDriver", `--port=${port}`], {
    // In a process group of its own, so that what the driver starts ends with it.
    detached: true,
    stdio: "ignore",
    env: {
      ...process.env,
      GDK_BACKEND: "x11",
      GTK_A11Y: "none",
      LIBGL_ALWAYS_SOFTWARE: "1",
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
    },
  });
  const kill = () => {
    try {
      process.kill(-server.pid, "SIGTERM");
    } catch {
      // It has ended.
    }
  };
  process.once("exit", kill);
  const ready = async () => (await fetch(`http://127.0.0.1:${port}/status`).catch(() => undefined))?.ok === true;
  for (let tries = 0; !(await ready()); tries++) {
    if (tries > PATIENCE_MS / 50) throw new Error("WebKitWebDriver does not answer");
    await pause(50);
  }
  const session = await new Builder()
    .usingServer(`http://127.0.0.1:${port}`)
    .withCapabilities({
      browserName: "MiniBrowser",
      "webkitgtk:browserOptions": { binary: process.env.MINIBROWSER, args: ["--automation"] },
    })
    .build();
  const evaluate = (expression) => session.executeScript(`return ${expression}`);
  return {
    errors: [],
    evaluate,
    waitFor: (expression) => until(evaluate, expression),
    press: (key) =>
      session
        .actions()
        .sendKeys(Key[key.replace("Arrow", "ARROW_").toUpperCase()] ?? key)
        .perform(),
    async open(url, { width = 1280, height = 900 } = {}) {
      await session.get("about:blank");
      await session.manage().window().setRect({ width, height });
      await session.get(url);
    },
    async close() {
      await session.quit().catch(() => {});
      kill();
      process.off("exit", kill);
    },
  };
}
