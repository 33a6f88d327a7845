/**
 * Three tasks by keyboard alone, and what a screen reader is told at each step. The walks are written down in
 * tests/WALKS.md; `UPDATE_GOLDEN=1` writes them anew.
 */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { open, settled, staged } from "./support.mjs";

const FILE = new URL("../WALKS.md", import.meta.url);

const stage = staged();

/** What the accessibility tree says of the element in focus. */
async function focused(cdp) {
  const { result } = await cdp.send("Runtime.evaluate", { expression: "document.activeElement" });
  const { nodes } = await cdp.send("Accessibility.getPartialAXTree", {
    objectId: result.objectId,
    fetchRelatives: false,
  });
  const [{ role, name, value, description }] = nodes;
  // The protocol keeps the text of a slider's value to itself.
  const { result: spoken } = await cdp.send("Runtime.evaluate", { expression: "document.activeElement.ariaValueText" });
  const text = spoken.value ?? value?.value;
  const said = [`${role.value} “${name?.value ?? ""}”`];
  if (text !== undefined && text !== "") said.push(`value ${text}`);
  if (description?.value) said.push(description.value);
  return said.join(", ");
}

/** A walk: its steps are taken, and what is said at each is noted. */
async function walk(title, view, steps) {
  const { page, troubles } = await open(stage.browser, stage.server.address + view);
  await settled(page);
  const cdp = await page.context().newCDPSession(page);
  const lines = [`## ${title}`, ""];
  const status = page.locator("#spoken");
  await page.waitForFunction(() => document.querySelector("#spoken").textContent !== "");
  for (const { keys, until, type, speaks, why } of steps) {
    const before = await status.textContent();
    let times = 0;
    let heard = "";
    if (type !== undefined) await page.keyboard.type(type);
    do {
      for (const key of keys) await page.keyboard.press(key);
      times++;
      heard = await focused(cdp);
      assert.ok(times <= 60, `${title}: ${until} is not reached; at last: ${heard}`);
    } while (until && !until.test(heard));
    if (speaks) {
      await page.waitForFunction((last) => document.querySelector("#spoken").textContent !== last, before);
      // The last word comes when everything is computed.
      await settled(page);
      await page.waitForTimeout(1000);
      heard = `status “${await status.textContent()}”`;
    }
    const pressed = [
      ...(type === undefined ? [] : [`type ${type}`]),
      keys.join(", ") + (times > 1 ? ` × ${times}` : ""),
    ];
    lines.push(
      `1. ${why}: ${pressed.join(", then ")}. Heard: ${heard.replace(/[.”]*$/, (end) => (end.includes("”") ? "”." : "."))}`,
    );
  }
  assert.deepEqual(troubles, []);
  await page.context().close();
  return `${lines.join("\n")}\n`;
}

test("three tasks are done by keyboard alone, as they are written down", async () => {
  const walks = [
    await walk("What if there were twelve developers?", "#v1&preset=seed-startup", [
      { why: "Past the header", keys: ["Tab"], until: /Skip to the answer/ },
      { why: "Into the answer", keys: ["Enter"], until: /main/ },
      { why: "To the first number of the sentence", keys: ["Tab"], until: /textbox “developers”/ },
      { why: "Another number", type: "12", keys: ["Enter"], speaks: true },
      { why: "On to the second number", keys: ["Tab"], until: /textbox “weekly users”/ },
    ]),
    await walk("Where does the cost come from?", "#v1&preset=seed-startup", [
      { why: "Past the header", keys: ["Tab"], until: /Skip to the answer/ },
      { why: "Into the answer", keys: ["Enter"] },
      { why: "To the cost", keys: ["Tab"], until: /a month, .*; show how/ },
      { why: "Its derivation opens and has the focus", keys: ["Enter"], until: /How this number comes to be/ },
      { why: "To what it is made of", keys: ["Tab"], until: /button “(?!← Your company|Close)/ },
      { why: "One step further in", keys: ["Enter"] },
      { why: "Back to the sentence", keys: ["Escape"], until: /a month, .*; show how/ },
    ]),
    await walk("How far may the audience grow before the answer changes?", "#v1&preset=shermans-2011", [
      { why: "Past the header", keys: ["Tab"], until: /Skip to the inputs/ },
      { why: "To the inputs", keys: ["Enter"] },
      {
        why: "To the field of the audience, which says who costs least along it",
        keys: ["Tab"],
        until: /textbox “Weekly users”/,
      },
      { why: "To its slider", keys: ["Tab"], until: /slider “Weekly users”/ },
      { why: "Down, until the answer is another", keys: Array(6).fill("PageDown"), speaks: true },
      { why: "Back to what the preset says", keys: ["Tab"], until: /Reset Weekly users/ },
      { why: "Reset", keys: ["Enter"], speaks: true },
    ]),
  ];
  const text = [
    "# Three tasks by keyboard alone",
    "",
    "Written by `tests/browser/walks.test.mjs`, which takes every step in Chromium and notes what its accessibility tree",
    "says of the element in focus: role, name, value, description. A status is spoken by itself.",
    "",
    ...walks,
  ].join("\n");
  if (process.env.UPDATE_GOLDEN) writeFileSync(FILE, text);
  assert.equal(text, readFileSync(FILE, "utf8"), "run again with UPDATE_GOLDEN=1 and read the difference");
});
