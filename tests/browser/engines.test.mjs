/** Every view comes from its link alone and says the same in Chromium, Firefox and WebKit, over HTTP and from disk. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { firefox, until, webkit } from "./engines.mjs";
import { open, settled, single, staged } from "./support.mjs";

/** Links that between them use everything that a link can say of what is looked at. */
const VIEWS = [
  "",
  "#v1&preset=seed-startup&workload.weeklyUsers=2000..9000..25000&page.approaches=nine&page.open=paas:totals.monthlyUsd",
  "#v1&preset=media-site&page.time=cumulative&page.tables=time,map,matters,sure,switch,slope,needs&page.theme=dark",
  "#v1&preset=hundred-microservices&page.map=team.developers,team.hourlyUsd&page.parts=functions&page.pick.vms=paas" +
    "&page.open=cloud-vms:lines.compute:3&page.pin=v1%26preset%3Dhundred-microservices%26team.developers%3D90",
];

/** All that is said, in words: layout and line breaks apart. */
const WORDS = 'document.querySelector("#app").textContent.replace(/\\s+/g, "")';
const SETTLED = 'document.documentElement.dataset.settled === "true"';
/** A screen reader is told the answer when it has stood still for a moment: whether it has been told the one shown. */
const TOLD = `(function words(node) {
  return node instanceof HTMLInputElement ? node.value : node instanceof Text ? node.data : Array.from(node.childNodes, words).join("");
})(document.querySelector(".answer")).replace(/\\s+/g, " ").trim() === document.getElementById("spoken").textContent`;

const stage = staged();

/** What Chromium says of a view; asked once. */
const said = new Map();
function expected(view) {
  if (!said.has(view)) {
    said.set(
      view,
      (async () => {
        const { page, troubles } = await open(stage.browser, stage.server.address + view);
        await settled(page);
        await until((expression) => page.evaluate(expression), TOLD);
        const words = await page.evaluate(WORDS);
        assert.deepEqual(troubles, []);
        await page.context().close();
        return words;
      })(),
    );
  }
  return said.get(view);
}

for (const [name, start] of Object.entries({ firefox, webkit })) {
  describe(name, () => {
    let engine;
    before(async () => {
      engine = await start();
    });
    after(() => engine?.close());

    for (const [index, view] of VIEWS.entries()) {
      for (const from of ["HTTP", "disk"]) {
        test(`view ${index + 1} from its link, ${from}`, async (t) => {
          // Where the time went, should it ever be long.
          const took = [];
          const timed = async (what, done) => {
            const start = performance.now();
            const result = await done;
            took.push(`${what} ${((performance.now() - start) / 1000).toFixed(1)} s`);
            return result;
          };
          await timed("opened in", engine.open((from === "HTTP" ? stage.server.address : single) + view));
          await timed("told in", engine.waitFor(`${SETTLED} && ${TOLD}`));
          const words = await timed("read in", engine.evaluate(WORDS));
          assert.equal(words, await timed("the other browser in", expected(view)));
          t.diagnostic(took.join(", "));
          assert.deepEqual(engine.errors, []);
        });
      }
    }

    test("keys move a number of the sentence and close a derivation", async () => {
      await engine.open(`${stage.server.address}#v1&preset=indie-saas&page.open=paas:totals.monthlyUsd`);
      await engine.waitFor(SETTLED);
      await engine.press("Escape");
      await engine.waitFor('!document.querySelector(".derivation")');
      await engine.evaluate('document.querySelector(".answer .yours").focus()');
      await engine.press("ArrowUp");
      await engine.waitFor('location.hash.includes("team.developers=2")');
    });

    test("a fragment that is changed by hand is followed", async () => {
      await engine.open(`${stage.server.address}#v1&preset=indie-saas`);
      await engine.waitFor('document.querySelector("#preset")?.value === "indie-saas"');
      await engine.evaluate('void (location.hash = "v1&preset=media-site")');
      await engine.waitFor('document.querySelector("#preset").value === "media-site"');
    });

    test("nothing runs off the side of a narrow window", async () => {
      await engine.open(`${stage.server.address}#v1&preset=hundred-microservices`, { width: 480, height: 900 });
      await engine.waitFor(SETTLED);
      assert.ok((await engine.evaluate("document.documentElement.scrollWidth - innerWidth")) <= 0);
    });
  });
}
