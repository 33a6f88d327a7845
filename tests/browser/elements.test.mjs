/** The elements in posts: what they show, share and tell, in hosts of every kind and in three browsers. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { load } from "../node/support.mjs";
import { firefox, webkit } from "./engines.mjs";
import { single, staged } from "./support.mjs";

const engine = await load();
await engine.init();
const stage = staged();
const script = readFileSync(new URL("../../dist/npm/moving-parts.js", import.meta.url));
const slim = readFileSync(new URL("../../dist/npm/moving-parts.slim.js", import.meta.url));
const wasm = readFileSync(new URL("../../dist/npm/moving_parts.wasm", import.meta.url));

/** A host of posts: each with its own headers. */
let host;
const posts = new Map();
before(async () => {
  const server = createServer(({ url }, response) => {
    const post = posts.get(url);
    if (!post) return response.writeHead(404).end("not here");
    const answer = () => response.writeHead(200, { "content-type": post.type, ...post.headers }).end(post.body);
    return post.late ? setTimeout(answer, post.late) : answer();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  host = { server, address: `http://127.0.0.1:${server.address().port}` };
  put("/moving-parts.js", script, "text/javascript");
  put("/moving-parts.slim.js", slim, "text/javascript");
  put("/moving_parts.wasm", wasm, "application/wasm");
});
after(() => host.server.close());

function put(path, body, type = "text/html", more = {}) {
  posts.set(path, { body, type, ...more });
  return host.address + path;
}

const post = (body, head = '<script src="/moving-parts.js" defer></script>') =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A post</title>${head}</head><body><main>${body}</main></body></html>`;
const CALCULATOR = '<moving-parts preset="indie-saas" inputs="none">The author’s own words.</moving-parts>';
const PROSE = `<p>With <moving-parts-input preset="seed-startup" path="workload.weeklyUsers">8 thousand</moving-parts-input> users
  <moving-parts-output metric="best">single server</moving-parts-output> costs least, and PaaS
  <moving-parts-output variant="paas">seven thousand</moving-parts-output>.</p>`;

/** An expression: what an element says in its shadow tree. */
const says = (selector, index = 0) =>
  `(document.querySelectorAll(${JSON.stringify(selector)})[${index}]?.shadowRoot?.textContent ?? "").replace(/\\s+/g, " ")`;
const READY = `/costs? least|toss-up/.test(${says("moving-parts")})`;

/** Waits for what an expression says; a strict policy forbids a page to look for it by itself. */
async function until(page, expression) {
  for (const end = Date.now() + 30_000; ; ) {
    if (await page.evaluate(`Boolean(${expression})`).catch(() => false)) return;
    if (Date.now() > end) throw new Error(`not in time: ${expression}`);
    await page.waitForTimeout(50);
  }
}

/** Opens a post, and notes every error in its console. */
async function read(url, options = {}) {
  const context = await stage.browser.newContext(options);
  const page = await context.newPage();
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("console", (message) => {
    // The browser asks for an icon by itself.
    if (message.type() === "error" && !message.location().url.includes("favicon")) troubles.push(message.text());
  });
  await page.goto(url);
  return { page, troubles, close: () => context.close() };
}

describe("a post", () => {
  test("the sample post says what the engine says, and stands without scripts", async () => {
    const plain = await read(`${stage.server.address}examples/post.html`, { javaScriptEnabled: false });
    assert.match(await plain.page.locator("main").innerText(), /20 thousand weekly users.*\$6\.1k a month/s);
    await plain.close();
    const { page, close } = await read(`${stage.server.address}examples/post.html`);
    await until(page, READY);
    const pairs = await page.evaluate(async () => {
      const all = [...document.querySelectorAll("moving-parts-output")];
      // The same without the author's words, in the same scope: it says what the engine says.
      const live = all.map((output) => {
        const twin = output.cloneNode(false);
        output.after(twin);
        return twin;
      });
      const said = () =>
        all.map((output, index) => [output.textContent, live[index].shadowRoot?.querySelector(".word")?.textContent]);
      // The numbers come from few draws first; how long all of them take hangs on the machine.
      for (let wait = 0; wait < 120 && said().some(([written, computed]) => written !== computed); wait += 1) {
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
      return said();
    });
    assert.ok(pairs.length > 8);
    for (const [written, computed] of pairs) assert.equal(computed, written);
    await close();
  });

  test("light words are light in whatever notation the host has them: what stands among them is dark", async () => {
    const themes = async (colour, before = "") => {
      const head = `<style>body { color: ${colour} }</style><script>${before}</script><script src="/moving-parts.js" defer></script>`;
      const { page, troubles, close } = await read(put("/words", post(CALCULATOR + PROSE, head)));
      await until(page, `${READY} && ${says("moving-parts-output")}`);
      const found = await page.evaluate(() =>
        ["moving-parts", "moving-parts-output"].map(
          (name) => document.querySelector(name).shadowRoot.querySelector("[data-theme]").dataset.theme,
        ),
      );
      assert.deepEqual(troubles, []);
      await close();
      return found;
    };
    for (const colour of [
      "rgb(240 240 240)",
      "oklch(0.95 0 0)",
      "oklch(0.95 0 0 / 0.8)",
      "lab(95 0 0)",
      "color(display-p3 0.95 0.95 0.95)",
      "color-mix(in srgb, white 90%, black)",
    ])
      assert.deepEqual(await themes(colour), ["dark", "dark"], colour);
    for (const colour of ["oklch(0.25 0.1 260)", "lab(20 0 0)", "color(display-p3 0.1 0.1 0.1)"])
      assert.deepEqual(await themes(colour), ["light", "light"], colour);
    // A host that refuses the canvas, or gives other pixels, still has its answer.
    const refused = "HTMLCanvasElement.prototype.getContext = () => null";
    assert.deepEqual(await themes("oklch(0.25 0 0)", refused), ["light", "light"]);
    const noise =
      "CanvasRenderingContext2D.prototype.getImageData = () => ({ data: new Uint8ClampedArray(8).fill(255) })";
    assert.deepEqual(await themes("oklch(0.25 0 0)", noise), ["light", "light"]);
  });

  test("what is pointed at in one calculator is not in another of the same company", async () => {
    const calculator = '<moving-parts preset="indie-saas" inputs="none" view="time"></moving-parts>';
    const { page, troubles, close } = await read(put("/pointed", post(calculator + calculator)));
    await until(page, `${READY} && ${READY.replace("[0]", "[1]")}`);
    await page.locator("svg.chart").first().focus();
    await page.keyboard.press("Shift+ArrowRight");
    await page.locator("moving-parts").first().getByText("Month 12").waitFor();
    // Both are drawn anew.
    await page.locator("moving-parts").last().getByRole("button", { name: "cumulative" }).click();
    await page.locator("moving-parts").last().getByText("All-in cost added up").waitFor();
    const readout = await page.locator("moving-parts .readout").allInnerTexts();
    assert.match(readout[0], /^Month 12/);
    assert.match(readout[1], /^Point at a month/);
    assert.deepEqual(troubles, []);
    await close();
  });

  test("a range may be given by its ends, in whatever list it stands", async () => {
    const phases = [{ months: 24, monthlyGrowth: { p10: 0.01, p90: 0.05 } }];
    const steps = [{ month: 6, factor: { p10: 2, p90: 8 } }];
    const scenario = JSON.stringify({ workload: { growth: { phases, steps } } });
    const { page, troubles, close } = await read(
      put("/ranges", post(`<moving-parts view="time" inputs="none" scenario='${scenario}'></moving-parts>`)),
    );
    await until(page, READY);
    await page.locator("svg.chart").first().waitFor();
    assert.deepEqual(troubles, []);
    await close();
  });

  test("what one number changes, all of its scope follow, and others do not", async () => {
    const url = put(
      "/scopes",
      post(`${PROSE}<moving-parts preset="seed-startup" inputs="none"></moving-parts>
        <moving-parts id="other" scope="other" preset="indie-saas" inputs="none"></moving-parts>`),
    );
    const { page, troubles, close } = await read(url);
    await until(page, READY);
    await page.evaluate(() => {
      globalThis.told = [];
      addEventListener("moving-parts-change", ({ detail }) => told.push(detail));
    });
    const words = (selector) =>
      page
        .locator(selector)
        .last()
        .evaluate((node) => node.shadowRoot.textContent);
    const inputs = () =>
      page.evaluate(() =>
        [...document.querySelector("#other").shadowRoot.querySelectorAll(".answer input")].map(({ value }) => value),
      );
    const other = await inputs();
    assert.match(await words("moving-parts-output"), /seven thousand/);
    const slider = page.getByRole("slider");
    await slider.focus();
    const now = async () => Number(await slider.getAttribute("aria-valuenow"));
    // Where a self-run cluster clearly costs least.
    while ((await now()) <= 8e6) await page.keyboard.press("PageUp");
    const users = await now();
    await page.waitForFunction((users) => told.at(-1)?.scenario.workload.weeklyUsers === users, users);
    const { best, link } = await page.evaluate(() => told.at(-1));
    assert.equal(best, engine.uncertainty(engine.fromLink(link), { draws: 1024, worth: false }).best);
    assert.notEqual(best, engine.uncertainty({ preset: "seed-startup" }, { worth: false }).best);
    const [inWords] = (await slider.getAttribute("aria-valuetext")).split(";");
    assert.match(inWords, /million$/);
    await until(page, `${says("moving-parts")}.includes(${JSON.stringify(inWords)})`);
    assert.match(await words("moving-parts-output"), /^\$[\d.]+ ?[kM]/);
    assert.deepEqual(await inputs(), other);
    await page.getByRole("button", { name: "back to the author’s numbers" }).click();
    await until(page, `/seven thousand/.test(${says("moving-parts-output", 1)})`);
    assert.equal(await slider.getAttribute("aria-valuenow"), "8000");
    assert.deepEqual(troubles, []);
    await close();
  });

  test("a number in a sentence is a slider by its name, its value and what it leads to", async () => {
    const { page, close } = await read(put("/access", post(PROSE)));
    const slider = page.getByRole("slider", { name: "Weekly users" });
    await slider.focus();
    // What few draws say comes first, and is not always what all say.
    const leads = "8 thousand; single server costs least";
    await until(
      page,
      `document.querySelector("moving-parts-input").shadowRoot.querySelector("[role=slider]")?.ariaValueText === ${JSON.stringify(leads)}`,
    );
    const cdp = await page.context().newCDPSession(page);
    const { nodes } = await cdp.send("Accessibility.getFullAXTree");
    const node = nodes.find(({ role, ignored }) => role?.value === "slider" && !ignored);
    assert.equal(node.name.value, "Weekly users");
    assert.equal(await slider.getAttribute("aria-valuetext"), leads);
    const said = (name) => node.properties.find((property) => property.name === name).value.value;
    assert.deepEqual([said("valuemin"), said("valuemax"), node.value.value], [100, 1e8, 8000]);
    const button = nodes.find(({ role, name }) => role?.value === "button" && /PaaS/.test(name?.value ?? ""));
    assert.match(button.name.value, /seven thousand, .*PaaS; show how/);
    // By keyboard: typed, refused with the reason, taken, given back.
    await page.keyboard.press("Enter");
    await page.keyboard.type("lots");
    await page.keyboard.press("Enter");
    assert.match(await page.getByRole("alert").innerText(), /“lots” is not a number/);
    await page.getByRole("textbox").fill("2M");
    await page.keyboard.press("Enter");
    await until(page, `/2 million/.test(${says("moving-parts-input")})`);
    await page.keyboard.press("Escape");
    await until(page, `/8 thousand/.test(${says("moving-parts-input")})`);
    // A figure opens how it comes to be.
    await page.getByRole("button", { name: /PaaS; show how/ }).press("Enter");
    assert.match(
      await page.locator("moving-parts-output [role=group]").innerText(),
      /all-in cost a month, PaaS.*÷.*At the likeliest values/s,
    );
    await close();
  });

  test("a calculator says what it refuses, and gives its figures its own ground", async () => {
    const steps = Array.from({ length: 24 }, (_, at) => ({ month: at + 1, factor: 1 }));
    const scenario = JSON.stringify({ preset: "indie-saas", workload: { growth: { steps } } });
    const body = `<moving-parts scenario='${scenario}' inputs="team.developers" view="map" theme="dark"></moving-parts>`;
    const { page, troubles, close } = await read(put("/refused", post(body)));
    await until(page, READY);
    const sentence = page.getByLabel("developers", { exact: true });
    await sentence.fill("lots");
    await sentence.press("Enter");
    assert.match(await page.getByRole("alert").innerText(), /“lots” is not a number/);
    assert.equal(await sentence.getAttribute("aria-invalid"), "true");
    const slider = page.getByRole("slider", { name: "Developers" });
    await slider.focus();
    await page.keyboard.press("End");
    assert.equal(await page.getByRole("alert").count(), 0);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "SVG" }).click(),
    ]);
    const ground = await page.evaluate(
      () =>
        getComputedStyle(document.querySelector("moving-parts").shadowRoot.querySelector(".moving-parts"))
          .backgroundColor,
    );
    assert.notEqual(ground, await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
    assert.ok(readFileSync(await download.path(), "utf8").includes(`fill="${ground}"`), ground);
    assert.deepEqual(troubles, []);
    await close();
  });

  test("what the author's words say is no change of the reader's, and a reset leads back to it", async () => {
    const words = '<moving-parts-input preset="shermans-2011" path="team.developers">3 developers</moving-parts-input>';
    const calculator = '<moving-parts preset="shermans-2011" inputs="team.developers"></moving-parts>';
    const { page, troubles, close } = await read(put("/own", post(`<p>${words}</p>${calculator}`)));
    await until(page, READY);
    const field = page.locator("moving-parts #team-developers");
    await page.waitForFunction(
      () => document.querySelector("moving-parts").shadowRoot.querySelector("#team-developers").value === "3",
    );
    assert.equal(await page.locator("moving-parts .input.changed").count(), 0);
    await field.fill("9");
    await field.press("Enter");
    await page.locator("moving-parts .input.changed", { hasText: "was 3" }).waitFor();
    await page.getByRole("button", { name: "Reset Developers" }).click();
    await page.locator("moving-parts .input.changed").waitFor({ state: "detached" });
    assert.equal(await field.inputValue(), "3");
    assert.deepEqual(troubles, []);
    await close();
  });

  test("a pointer drags it, and the page does not", async () => {
    const { page, close } = await read(put("/drag", post(PROSE)));
    const box = await page.getByRole("slider").boundingBox();
    await page.mouse.move(box.x + 10, box.y + 8);
    await page.mouse.down();
    await page.mouse.move(box.x + 90, box.y + 8, { steps: 8 });
    await page.mouse.up();
    assert.ok(Number(await page.getByRole("slider").getAttribute("aria-valuenow")) > 20000);
    await close();
  });

  test("a calculator has the path of its company, dragged and moved by keys, and its sections as files", async () => {
    const body = '<moving-parts preset="shermans-2011" inputs="none" view="time slope" theme="dark"></moving-parts>';
    const { page, troubles, close } = await read(put("/path", post(body)));
    await until(page, READY);
    const end = page.getByRole("slider", { name: "Path, growth in phase 2" });
    await end.scrollIntoViewIfNeeded();
    const box = await end.boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x - 40 + box.width / 2, box.y + 5 + box.height / 2, { steps: 5 });
    await page.mouse.up();
    const [, growth, months] = /^(-[\d.]+) % a month for (\d+) months/.exec(await end.getAttribute("aria-valuetext"));
    assert.ok(Number(growth) < -6.7 && Number(months) < 20, `${growth} for ${months}`);
    await end.press("ArrowRight");
    assert.ok((await end.getAttribute("aria-valuetext")).includes(`for ${Number(months) + 1} months`));
    await end.press("Delete");
    assert.match(await end.getAttribute("aria-valuetext"), /^-6\.7 % a month for 20 months, 1 million in month 49$/);
    await page.locator("svg.chart").press("t");
    assert.ok(await page.getByRole("region", { name: "Cost by month" }).evaluate((table) => table.matches(":focus")));
    await page.getByRole("button", { name: "Slope", exact: true }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "SVG" }).click(),
    ]);
    const drawing = readFileSync(await download.path(), "utf8");
    const [start] = engine.slope({ preset: "shermans-2011" });
    assert.ok(drawing.includes(`>${start.figures["complexity.parts"]}<`) && drawing.includes(`>${start.label}<`));
    assert.deepEqual(troubles, []);
    await close();
  });

  test("axe finds nothing on the examples", async () => {
    const axe = readFileSync(
      createRequire(new URL("../../www/package.json", import.meta.url)).resolve("axe-core/axe.min.js"),
      "utf8",
    );
    for (const [name, scheme] of [
      ["post", "light"],
      ["post", "dark"],
      ["elements", "light"],
    ]) {
      const { page, close } = await read(`${stage.server.address}examples/${name}.html`, {
        colorScheme: scheme,
        bypassCSP: true,
      });
      await until(
        page,
        `[...document.querySelectorAll("moving-parts")].every((node) => node.dataset.state === "ready")`,
      );
      await page.waitForTimeout(3000);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      const found = violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .map(({ target, html }) => `${target.join(" ")} ${html.slice(0, 90)}`)
            .slice(0, 4)
            .join("; ")}`,
      );
      assert.deepEqual(found, [], `${name}, ${scheme}`);
      await close();
    }
  });
});

describe("an element", () => {
  /** What the elements of a page have told of what went wrong. */
  const LISTENING = `<script>
    globalThis.troubles = [];
    addEventListener("moving-parts-error", ({ detail }) => troubles.push(detail.reason));
  </script><script src="/moving-parts.js" defer></script>`;
  const state = (selector) => `document.querySelector(${JSON.stringify(selector)}).dataset.state`;
  const output = (attributes, words = "the author’s") =>
    `<moving-parts-output ${attributes}>${words}</moving-parts-output>`;

  test("of some variants says what holds of them", async () => {
    const { page, troubles, close } = await read(
      put("/some", post('<moving-parts preset="startup-2002" variants="cloud-vms paas" inputs="none"></moving-parts>')),
    );
    await until(page, READY);
    assert.match(
      await page.evaluate(says("moving-parts")),
      /weekly users, .*of these 2, PaaS costs least.*Of these 2, PaaS costs least/,
    );
    assert.deepEqual(troubles, []);
    await close();
    const one = await read(
      put("/one", post('<moving-parts preset="startup-2002" variants="paas" inputs="none"></moving-parts>')),
    );
    await until(one.page, `/all-in/.test(${says("moving-parts")})`);
    const said = await one.page.evaluate(says("moving-parts"));
    assert.match(said, /weekly users, .*PaaS costs \$/);
    assert.doesNotMatch(said, /only PaaS|of these/i);
    await one.close();
  });

  test("shows any number of an outcome, however deep it lies", async () => {
    const metrics = ["labour.byKind.upgrades", "lines.compute", "fleet.machines", "totals.tcoUsd"];
    const outputs = metrics.map((metric) => output(`preset="startup-2002" variant="paas" metric="${metric}"`, ""));
    const { page, close } = await read(put("/deep", post(outputs.join(" "))));
    for (const at of metrics.keys()) await until(page, `/\\d/.test(${says("moving-parts-output", at)})`);
    for (const at of metrics.keys())
      assert.doesNotMatch(await page.evaluate(says("moving-parts-output", at)), /NaN|undefined/, metrics[at]);
    await close();
  });

  test("that is misspelt says so, and the others of its scope are as without it", async () => {
    const wrong = output('id="wrong" metric="totals.montlyUsd"');
    const { page, close } = await read(
      put("/misspelt", post(wrong + PROSE + CALCULATOR.replace("indie-saas", "seed-startup"), LISTENING)),
    );
    await until(page, READY);
    await until(page, `${state("#wrong")} === "failed"`);
    const reason = 'metric: "totals.montlyUsd" is not known; did you mean "totals.monthlyUsd"?';
    assert.deepEqual(await page.evaluate("troubles"), [reason]);
    assert.ok((await page.locator("#wrong").evaluate((node) => node.shadowRoot.textContent)).includes(reason));
    await page.getByRole("slider").focus();
    await page.keyboard.press("End");
    await until(page, `/\\$/.test(${says("moving-parts-output", 2)})`);
    await until(page, `/100 million/.test(${says("moving-parts")})`);
    // Put right, it follows as if nothing had been.
    await page.evaluate(() => document.querySelector("#wrong").setAttribute("metric", "totals.monthlyUsd"));
    await until(page, `/^\\$/.test(${says("#wrong")})`);
    assert.equal(await page.evaluate(state("#wrong")), "ready");
    await close();
  });

  test("of another company than its scope says so where it stands, and follows once both are the same", async () => {
    const of = (id, attributes) => output(`id="${id}" scope="a" metric="best" ${attributes}`, "");
    const body = `${of("first", 'preset="startup-2002"')} ${of("silent", "")} ${of("later", 'preset="hundred-microservices"')}
      <moving-parts id="calculator" scope="a" scenario='{"team": {"developers": 4}}' inputs="none">words</moving-parts>`;
    const { page, close } = await read(put("/contradiction", post(body, LISTENING)));
    const reason = (other) =>
      `scope: "a" is the company v1&preset=startup-2002 already, and not ${other}; say the same of both, leave it out here, or name another scope`;
    const wrong = { "#later": "v1&preset=hundred-microservices", "#calculator": "v1&team.developers=4" };
    for (const [id, other] of Object.entries(wrong)) {
      await until(page, `${state(id)} === "failed"`);
      assert.ok((await page.evaluate(says(id))).includes(reason(other)), id);
    }
    assert.deepEqual((await page.evaluate("troubles")).toSorted(), Object.values(wrong).map(reason).toSorted());
    const best = (preset) => engine.variantLabel(engine.uncertainty({ preset }, { worth: false }).best);
    for (const id of ["#first", "#silent"]) await until(page, `${says(id)} === "${best("startup-2002")}"`);
    // The first becomes what the later one is: then they no longer contradict each other, and the third contradicts both.
    await page.evaluate(() => document.querySelector("#first").setAttribute("preset", "hundred-microservices"));
    for (const id of ["#first", "#silent", "#later"])
      await until(page, `${says(id)} === "${best("hundred-microservices")}"`);
    assert.equal(await page.evaluate(state("#calculator")), "failed");
    // And once nobody says otherwise, the third is believed.
    await page.evaluate(() => {
      for (const id of ["#first", "#later"]) document.querySelector(id).removeAttribute("preset");
    });
    await until(page, `${state("#calculator")} === "ready"`);
    assert.equal(await page.evaluate('document.querySelector("#silent").scope.base.team.developers'), 4);
    await close();
  });

  test("with an attribute that there is not says so, and takes all that HTML and frameworks write", async () => {
    const strange = {
      "#presett": [CALCULATOR, "preset", 'presett: is no attribute of <moving-parts>; did you mean "preset"?'],
      "#metrik": [
        output('metric="best"'),
        "metric",
        'metrik: is no attribute of <moving-parts-output>; did you mean "metric"?',
      ],
      "#lable": [
        '<moving-parts-input path="team.developers" label="developers">8</moving-parts-input>',
        "label",
        'lable: is no attribute of <moving-parts-input>; did you mean "label"?',
      ],
    };
    const html =
      'class="a" style="" slot="b" part="c" title="d" lang="en" dir="ltr" hidden tabindex="0" role="note" nonce="e" itemprop="f" exportparts="g" data-h="i" aria-label="j" onclick="k" v-if="l" _ngcontent-m="" x:n="o"';
    const body = Object.entries(strange).map(([id, [element, right]]) =>
      element.replace(" ", ` id="${id.slice(1)}" `).replace(` ${right}=`, ` ${id.slice(1)}=`),
    );
    const { page, close } = await read(
      put("/strange", post(`${body}${output(`id="html" scope="h" ${html}`)}`, LISTENING)),
    );
    for (const [id, [, , reason]] of Object.entries(strange)) {
      await until(page, `${state(id)} === "failed"`);
      assert.equal((await page.evaluate(says(id))).includes(reason), true, await page.evaluate(says(id)));
    }
    await until(page, `${state("#html")} === "ready"`);
    assert.equal(await page.evaluate("troubles.length"), 3);
    // Put right in whatever way.
    await page.evaluate(() => document.querySelector("#presett").removeAttribute("presett"));
    await page.evaluate(() => document.querySelector("#metrik").removeAttribute("metrik"));
    for (const id of ["#presett", "#metrik"]) await until(page, `${state(id)} === "ready"`);
    await close();
  });

  test("follows what a script sets, of which no change is told", async () => {
    const { page, close } = await read(put("/set", post(PROSE)));
    await until(page, `${state("moving-parts-input")} === "ready"`);
    const link = await page.evaluate(() => {
      globalThis.told = 0;
      addEventListener("moving-parts-change", () => told++);
      const { scope } = document.querySelector("moving-parts-output");
      return scope.set({ ...scope.scenario, workload: { weeklyUsers: 5e6 } });
    });
    assert.equal(link, "v1&preset=seed-startup&workload.weeklyUsers=5000000");
    await until(page, `/5 million/.test(${says("moving-parts-input")})`);
    assert.equal(await page.evaluate("told"), 0);
    await page.getByRole("button", { name: "back to the author’s numbers" }).click();
    await until(page, "told === 1");
    await close();
  });

  test("that cannot be shown for a while comes back", async () => {
    const horizon = '<moving-parts-input preset="seed-startup" path="finance.horizonMonths">36</moving-parts-input>';
    const body = `<p>${horizon} ${output('variant="paas" month="30" metric="lines.compute"', "a number of month 30")}</p>`;
    const { page, close } = await read(put("/horizon", post(body, LISTENING)));
    await until(page, `${state("moving-parts-output")} === "ready"`);
    await page.getByRole("slider").focus();
    await page.keyboard.press("Home");
    await until(page, `${state("moving-parts-output")} === "failed"`);
    assert.ok(await page.getByText("a number of month 30").isVisible());
    assert.match(await page.evaluate(says("moving-parts-output")), /month: 30 is not a month of the horizon/);
    await page.keyboard.press("End");
    await until(page, `/^\\$[\\d.]+/.test(${says("moving-parts-output")})`);
    assert.equal(await page.evaluate("troubles.length"), 1);
    await page.keyboard.press("Escape");
    await until(page, `/a number of month 30/.test(${says("moving-parts-output")})`);
    await close();
  });

  test("of a post that has gone leaves nothing to those of the next", async () => {
    const { page, troubles, close } = await read(put("/gone", post(`<div>${PROSE}</div>`)));
    await until(page, `${state("moving-parts-input")} === "ready"`);
    await page.getByRole("slider").focus();
    await page.keyboard.press("End");
    await until(page, `/back to/.test(${says("moving-parts-output", 1)})`);
    const best = (preset) => engine.variantLabel(engine.uncertainty({ preset }, { worth: false }).best);
    await page.evaluate(() => {
      document.querySelector("div").innerHTML =
        '<moving-parts-output preset="hundred-microservices" metric="complexity.parts" variant="paas"></moving-parts-output>';
    });
    const parts = (preset) =>
      engine.compare({ preset }).variants.find(({ variant }) => variant === "paas").complexity.parts;
    await until(page, `${says("moving-parts-output")} === "${parts("hundred-microservices")}"`);
    // The only one of a scope may become another company.
    await page.evaluate(() => {
      document.querySelector("div").innerHTML =
        '<moving-parts-output scope="s" preset="hundred-microservices" metric="best"></moving-parts-output>';
    });
    await until(page, `${says("moving-parts-output")} === "${best("hundred-microservices")}"`);
    await page.evaluate(() => document.querySelector("moving-parts-output").setAttribute("preset", "startup-2002"));
    await until(page, `${says("moving-parts-output")} === "${best("startup-2002")}"`);
    assert.notEqual(best("hundred-microservices"), best("startup-2002"));
    assert.deepEqual(troubles, []);
    await close();
  });

  test("keeps what a reader has moved when only its look changes", async () => {
    const calculator = '<moving-parts preset="seed-startup" inputs="workload.weeklyUsers"></moving-parts>';
    const { page, close } = await read(put("/look", post(calculator)));
    await until(page, READY);
    await page.getByRole("textbox", { name: "weekly users" }).first().fill("2M");
    await page.keyboard.press("Enter");
    const users = () => page.getByRole("textbox", { name: "weekly users" }).first().inputValue();
    await page.evaluate(() => document.querySelector("moving-parts").setAttribute("theme", "dark"));
    await until(page, 'document.querySelector("moving-parts").shadowRoot.querySelector("[data-theme=dark]")');
    assert.equal(await users(), "2 million");
    await close();
  });

  test("that could not have its engine has it when it is asked for again", async () => {
    const { page, close } = await read(
      put("/again", post(CALCULATOR, '<script src="/moving-parts.slim.js" data-wasm="/later.wasm" defer></script>')),
    );
    await until(page, `${state("moving-parts")} === "failed"`);
    put("/later.wasm", wasm, "application/wasm");
    await page.evaluate(() => document.querySelector("main").append(document.querySelector("moving-parts")));
    await until(page, READY);
    await close();
  });

  test("says what was refused after Tab, and does not call back who has left", async () => {
    const { page, close } = await read(put("/tab", post(`${PROSE}<button id="next">next</button>`)));
    await until(page, `${state("moving-parts-input")} === "ready"`);
    for (const typed of ["lots", "2M"]) {
      await page.getByRole("slider").focus();
      await page.keyboard.press("Enter");
      await page.keyboard.type(typed);
      await page.keyboard.press("Tab");
      await page.getByRole("slider").waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.localName), "moving-parts-output");
      const alert = page.getByRole("alert");
      if (typed === "lots") assert.match(await alert.innerText(), /“lots” is not a number/);
      else assert.equal(await alert.count(), 0);
    }
    assert.equal(await page.getByRole("slider").getAttribute("aria-valuenow"), "2000000");
    await close();
  });

  test("tells all that is wrong with it, in words and to whoever listens", async () => {
    const elements = {
      variant: [output('variant="pass"'), /variant: "pass" is not known; did you mean "paas"\?/],
      horizon: [output('month="99"'), /month: 99 is not a month of the horizon; write a whole number from 1 to \d+/],
      monthless: [
        output('metric="labour.setupHours" month="24"'),
        /"labour.setupHours" has no value for a single month/,
      ],
      best: [output('metric="best" month="24"'), /leave the month out/],
      format: [output('format="rang"'), /format: "rang" is not known; did you mean "range"\?/],
      path: [
        '<moving-parts-input path="workload.weeklyUser">8</moving-parts-input>',
        /path: "workload.weeklyUser" is not known; did you mean "workload.weeklyUsers"\?/,
      ],
      value: [
        '<moving-parts-input path="team.developers" value="-5">8</moving-parts-input>',
        /team\.developers: -5 is too small; allowed: 0 to 100000/,
      ],
      theme: ['<moving-parts theme="drak">words</moving-parts>', /theme: "drak" is not known; did you mean "dark"\?/],
      several: [
        output('metric="totals.montlyUsd" variant="pass" month="x" format="rang" preset="indie-sas"'),
        /indie-saas.*totals\.monthlyUsd.*paas.*month: "x".*range/s,
      ],
      calculator: [
        '<moving-parts view="maps slop" inputs="team.developer" variants="pass" theme="drak">words</moving-parts>',
        /"pass".*"maps".*"slop".*team\.developers.*"drak"/s,
      ],
    };
    for (const [name, [element, reason]] of Object.entries(elements)) {
      const { page, close } = await read(put(`/wrong-${name}`, post(element.replace(" ", ' id="it" '), LISTENING)));
      await until(page, `${state("#it")} === "failed"`);
      assert.equal(await page.evaluate("troubles.length"), 1, name);
      assert.match(await page.evaluate("troubles[0]"), reason);
      assert.match(await page.evaluate('document.querySelector("#it").shadowRoot.textContent'), reason);
      assert.ok(await page.locator("#it").isVisible());
      await close();
    }
  });

  test("says how available something is with as many nines as it takes", async () => {
    const scope = 'preset="seed-startup" variant="paas" metric="availability.expected"';
    const url = put(
      "/nines",
      post(output(`${scope} id="mean"`, "") + output(`${scope} id="range" format="range"`, "")),
    );
    const { page, close } = await read(url);
    await until(page, `${state("#range")} === "ready"`);
    assert.match(await page.evaluate(says("#mean")), /^99\.\d+ %$/);
    assert.doesNotMatch(await page.evaluate(says("#range")), /100 %/);
    await close();
  });

  test("takes the address of a page for its company", async () => {
    const address = "https://example.org/moving-parts.html#v1&amp;preset=media-site&amp;page.time=cumulative";
    const { page, troubles, close } = await read(
      put("/address", post(`<moving-parts scenario="${address}" inputs="none"></moving-parts>`)),
    );
    await until(page, READY);
    assert.deepEqual(await page.evaluate('document.querySelector("moving-parts").scope.scenario'), {
      preset: "media-site",
    });
    assert.deepEqual(troubles, []);
    await close();
  });
});

describe("a host", () => {
  const STRICT = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
  const cases = {
    "of a strict policy": () => ["/strict", post(CALCULATOR), { headers: { "content-security-policy": STRICT } }],
    "of a strict policy, slim": () => [
      "/strict-slim",
      post(CALCULATOR, '<script src="/moving-parts.slim.js" defer></script>'),
      { headers: { "content-security-policy": STRICT } },
    ],
    "with the script before everything": () => [
      "/before",
      post(CALCULATOR, '<script src="/moving-parts.js"></script>'),
    ],
    "with the script at the end": () => ["/after", post(`${CALCULATOR}<script src="/moving-parts.js"></script>`, "")],
    "with the script twice": () => ["/twice", post(`${CALCULATOR}<script src="/moving-parts.js"></script>`)],
    "that imports it": () => ["/import", post(CALCULATOR, '<script type="module">import "/moving-parts.js";</script>')],
    "with a slow network": () => {
      put("/slow.js", script, "text/javascript", { late: 1500 });
      return ["/slow", post(CALCULATOR, '<script src="/slow.js" async></script>')];
    },
    "of two versions": () => {
      put("/older.js", script.toString().replaceAll(`"${engine.version().model}"`, '"0.0.9"'), "text/javascript");
      return [
        "/versions",
        post(`${CALCULATOR}<script src="/moving-parts.js"></script>`, '<script src="/older.js"></script>'),
      ];
    },
    "in a frame of its own text": () => [
      "/srcdoc",
      `<!doctype html><title>A frame</title><iframe srcdoc="${post(CALCULATOR, `<script src='${host.address}/moving-parts.js'></script>`).replaceAll('"', "&quot;")}"></iframe>`,
      {},
      'document.querySelector("iframe").contentDocument',
    ],
    "in a shadow root": () => [
      "/shadow",
      post(`<div id="host"></div><script>
        const root = document.getElementById("host").attachShadow({ mode: "open" });
        root.innerHTML = ${JSON.stringify(CALCULATOR)};
      </script>`),
      {},
      'document.getElementById("host").shadowRoot',
    ],
  };

  const inside = (root, expression) => expression.replaceAll("document.querySelectorAll", `${root}.querySelectorAll`);

  for (const [name, make] of Object.entries(cases)) {
    test(`${name} has its calculator`, async () => {
      const [path, body, more, root = "document"] = make();
      const { page, troubles, close } = await read(put(path, body, "text/html", more));
      await until(page, inside(root, READY));
      assert.match(await page.evaluate(inside(root, says("moving-parts"))), /single server/);
      assert.deepEqual(troubles, []);
      await close();
    });
  }

  test("that sandboxes its frames has its calculator", async () => {
    const inner = post(CALCULATOR, `<script src="${host.address}/moving-parts.js"></script>`);
    const url = put(
      "/sandbox",
      `<!doctype html><title>A frame</title><iframe sandbox="allow-scripts" srcdoc="${inner.replaceAll('"', "&quot;")}"></iframe>`,
    );
    const { page, close } = await read(url);
    const frame = await (await page.waitForSelector("iframe")).contentFrame();
    await until(frame, READY);
    await close();
  });

  for (const [name, make, reason] of [
    [
      "a missing wasm",
      () => post(CALCULATOR, '<script src="/moving-parts.slim.js" data-wasm="/gone.wasm"></script>'),
      /gone\.wasm could not be fetched: the server answered 404/,
    ],
    [
      "a page in the place of the wasm",
      () => {
        put("/page.wasm", "<!doctype html><title>Sign in</title>");
        return post(CALCULATOR, '<script src="/moving-parts.slim.js" data-wasm="/page.wasm"></script>');
      },
      /page\.wasm is not WebAssembly \(it came as text\/html\)/,
    ],
    [
      "another origin without leave",
      () => {
        const elsewhere = host.address.replace("127.0.0.1", "localhost");
        return post(
          CALCULATOR,
          `<script src="/moving-parts.slim.js" data-wasm="${elsewhere}/moving_parts.wasm"></script>`,
        );
      },
      /could not be fetched: the network failed, or a policy .* or another origin \(CORS\)/,
    ],
    [
      "a company that there is not",
      () => post('<moving-parts preset="indie-sas">The author’s own words.</moving-parts>'),
      /did you mean "indie-saas"\?/,
    ],
    [
      "a view that there is not",
      () => post('<moving-parts view="compare maps">The author’s own words.</moving-parts>'),
      /view: "maps" is not known; did you mean "map"\?/,
    ],
  ]) {
    test(`${name} is said, and the author's words stand`, async () => {
      const url = put(`/fails-${name.replaceAll(" ", "-")}`, make());
      const { page, close } = await read(url);
      await until(page, `document.querySelector("moving-parts").dataset.state === "failed"`);
      assert.match(await page.evaluate(says("moving-parts")), reason);
      assert.ok(await page.getByText("The author’s own words.").isVisible());
      await close();
    });
  }

  test("a policy without wasm-unsafe-eval is said to be in the way", async () => {
    const headers = { "content-security-policy": "default-src 'none'; script-src 'self'; connect-src 'self'" };
    const { page, close } = await read(put("/no-wasm", post(CALCULATOR), "text/html", { headers }));
    await until(page, `document.querySelector("moving-parts").dataset.state === "failed"`);
    assert.match(await page.evaluate(says("moving-parts")), /'wasm-unsafe-eval'/);
    await close();
  });

  test("a frame that is not marked keeps its height", async () => {
    put("/page.html", readFileSync(new URL(single)));
    const frame = (rest) =>
      `<iframe src="/page.html#v1&preset=indie-saas" title="What it costs" height="300" ${rest}></iframe>`;
    const { page, close } = await read(put("/frames", post(frame("data-moving-parts") + frame('id="other"'))));
    await page.waitForFunction(() => document.querySelector("iframe").clientHeight > 2000);
    const unmarked = await (await page.$("#other")).contentFrame();
    await unmarked.waitForSelector("#answer");
    await page.waitForTimeout(500);
    assert.equal(await page.evaluate(() => document.querySelector("#other").clientHeight), 300);
    await close();
  });

  for (const [name, address] of [
    ["served", () => stage.server.address],
    ["one file, under another name", () => put("/costs.html", readFileSync(new URL(single)))],
  ]) {
    test(`a frame as the page writes it (${name}) has the page in it, and takes its height`, async () => {
      const writing = await read(`${address()}#v1&preset=indie-saas&team.developers=7`);
      await writing.page.evaluate(() => {
        navigator.clipboard.writeText = async (text) => {
          globalThis.copied = text;
        };
      });
      await writing.page.locator(".menu summary", { hasText: "Export" }).click();
      await writing.page.getByRole("button", { name: "Frame for a post" }).click();
      const frame = await writing.page.evaluate(() => globalThis.copied);
      await writing.close();
      assert.match(frame, /^<iframe data-moving-parts src="[^"]+" sandbox="allow-scripts" /);
      const { page, troubles, close } = await read(put("/framed", post(frame)));
      const inside = page.frameLocator("iframe");
      await inside.locator("main .approaches, main .beneath").first().waitFor();
      assert.equal(await inside.locator("#team-developers").inputValue(), "7");
      await page.waitForFunction(() => document.querySelector("iframe").clientHeight > 2000);
      assert.deepEqual(troubles, []);
      await close();
    });
  }

  test("from disk the calculator is there", async () => {
    const { page, close } = await read(new URL("../../dist/page/examples/post.html", import.meta.url).href);
    await until(page, READY);
    await close();
  });
});

for (const [name, start] of Object.entries({ firefox, webkit })) {
  describe(name, () => {
    let browser;
    before(async () => {
      browser = await start();
    });
    after(() => browser?.close());

    for (const [kind, make] of Object.entries({
      plain: () => put(`/plain-${name}`, post(PROSE + CALCULATOR)),
      strict: () =>
        put(
          `/strict-${name}`,
          post(PROSE + CALCULATOR, '<script src="/moving-parts.slim.js" defer></script>'),
          "text/html",
          {
            headers: {
              "content-security-policy": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",
            },
          },
        ),
      disk: () => new URL("../../dist/page/examples/post.html", import.meta.url).href,
    })) {
      test(`${kind}: numbers follow and the calculator is there`, async () => {
        await browser.open(make());
        await browser.waitFor(READY);
        await browser.waitFor('document.querySelector("moving-parts-input").shadowRoot.querySelector("[role=slider]")');
        await browser.evaluate(
          'document.querySelector("moving-parts-input").shadowRoot.querySelector("[role=slider]").focus()',
        );
        await browser.press("End");
        const outputs = '[...document.querySelectorAll("moving-parts-output")]';
        await browser.waitFor(`/back to/.test(${outputs}.map((node) => node.shadowRoot.textContent).join())`);
        assert.match(
          await browser.evaluate(`${outputs}.map((node) => node.shadowRoot.textContent).join()`),
          /\$[\d.]+ ?[kM]/,
        );
        // The browser asks for an icon by itself.
        assert.deepEqual(
          browser.errors.filter((error) => !error.includes("favicon")),
          [],
        );
      });
    }
  });
}
