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
    assert.match(await plain.page.locator("main").innerText(), /20 thousand weekly users.*\$4\.5k a month/s);
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
    await page.keyboard.press("End");
    await page.waitForFunction(() => told.length > 0);
    const { best, link, scenario } = await page.evaluate(() => told.at(-1));
    assert.equal(scenario.workload.weeklyUsers, 1e8);
    assert.equal(best, engine.uncertainty(engine.fromLink(link), { draws: 1024, worth: false }).best);
    await until(page, `/100 million/.test(${says("moving-parts")})`);
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
      /view: there is no "maps"/,
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

  test("a frame of the page takes the height of what is in it", async () => {
    const body = `<iframe src="${stage.server.address}#v1&preset=indie-saas" sandbox="allow-scripts" title="What it costs" width="900" height="300"></iframe>`;
    const url = put("/frame", post(body));
    const { page, close } = await read(url);
    // The page's own host allows frames of itself alone: here its one file stands in.
    await page.goto("about:blank");
    put("/page.html", readFileSync(new URL(single)));
    put("/framed", post(body.replace(stage.server.address, "/page.html")));
    await page.goto(`${host.address}/framed`);
    await page.waitForFunction(() => document.querySelector("iframe").clientHeight > 2000, undefined, {
      timeout: 30000,
    });
    await close();
  });

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
