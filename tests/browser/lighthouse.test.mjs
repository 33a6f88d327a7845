/** Lighthouse on the page as it is served. Its timing depends on the machine: the score is told, and not asserted. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { ARGUMENTS, serve } from "./support.mjs";

const require = createRequire(new URL("../../www/package.json", import.meta.url));
const from = (name) => import(pathToFileURL(require.resolve(name)).href);

test("Lighthouse finds nothing to do for access, good practice and search", async (t) => {
  const [{ default: lighthouse, desktopConfig }, { launch }] = await Promise.all([
    from("lighthouse"),
    import(pathToFileURL(createRequire(require.resolve("lighthouse")).resolve("chrome-launcher")).href),
  ]);
  const server = await serve();
  const chrome = await launch({ chromePath: process.env.CHROMIUM, chromeFlags: ["--headless", ...ARGUMENTS] });
  try {
    for (const [device, config] of [
      ["a desktop", desktopConfig],
      ["a phone", undefined],
    ]) {
      const result = await lighthouse(server.address, { port: chrome.port, logLevel: "error" }, config);
      const { audits, categories } = result.lhr;
      t.diagnostic(`performance on ${device}: ${Math.round(categories.performance.score * 100)} of 100`);
      for (const id of ["accessibility", "best-practices", "seo"]) {
        const failed = categories[id].auditRefs
          .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1)
          .map(({ id }) => `${id}: ${JSON.stringify(audits[id].details?.items?.slice(0, 3) ?? audits[id].title)}`);
        assert.deepEqual(failed, [], `${id} on ${device}`);
        assert.equal(categories[id].score, 1, `${id} on ${device}`);
      }
    }
  } finally {
    await chrome.kill();
    server.stop();
  }
});
