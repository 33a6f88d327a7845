/** Exported workbooks, recalculated by LibreOffice: formulas that another program follows to the same numbers. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { scratch } from "./scratch.mjs";
import { load } from "./support.mjs";

const engine = await load();
const { workbook } = await load("workbook.js");
const modules = new URL("../../www/node_modules/", import.meta.url);
const { openXlsx, readXlsx, saveXlsx } = await import(new URL("hucre/dist/xlsx.mjs", modules));
const { csvParseRows } = await import(new URL("d3-dsv/dist/d3-dsv.mjs", modules));

const { variants, metrics, facts, fields } = engine.catalog();
const everything = metrics.map(({ id }) => id);
const cellName = (path) => path.replaceAll(/[^A-Za-z0-9_.]/g, "_");

/** A copy of a scenario with other values at some paths. */
function changed(scenario, values) {
  const copy = structuredClone(scenario);
  for (const [path, value] of Object.entries(values)) {
    const keys = path.startsWith("facts.") ? ["facts", path.slice(6)] : path.split(".");
    const last = keys.pop();
    let at = copy;
    for (const key of keys) at = at[key] ??= {};
    at[last] = value;
  }
  return copy;
}

/** The workbook with other values in the cells of these names, as a reader would type them. */
async function typed(bytes, values) {
  const book = await openXlsx(bytes);
  for (const [path, value] of Object.entries(values)) {
    const { range } = book.namedRanges.find(({ name }) => name === cellName(path));
    const [, sheet, row] = /^(\w+)!\$B\$(\d+)$/.exec(range);
    const { rows, cells } = book.sheets.find(({ name }) => name === sheet);
    rows[row - 1][1] = value;
    cells?.delete(`${row - 1},1`);
  }
  return saveXlsx(book);
}

/** What LibreOffice says of the cells of the answer, by their names, in each of the workbooks. */
function recalculated(books) {
  const folder = scratch();
  const profile = join(folder, "profile/user");
  mkdirSync(profile, { recursive: true });
  // A file whose cells were changed while it was closed has to be calculated anew.
  writeFileSync(
    join(profile, "registrymodifications.xcu"),
    `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>`,
  );
  const files = books.map((bytes, index) => {
    const file = join(folder, `${index}.xlsx`);
    writeFileSync(file, bytes);
    return file;
  });
  // Commas, quotes, UTF-8; values as they are and not as they are shown; every sheet.
  const csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1";
  const start = `-env:UserInstallation=${pathToFileURL(join(folder, "profile"))}`;
  execFileSync(process.env.SOFFICE, [start, "--headless", "--convert-to", csv, "--outdir", folder, ...files], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  return books.map((_, index) => {
    const rows = csvParseRows(readFileSync(join(folder, `${index}-Answer.csv`), "utf8"));
    return new Map(rows.map((row) => [row[5], Number(row[1])]));
  });
}

/** How a derivation goes, without its numbers: which formulas, and what they are of. */
function shape({ steps }) {
  return JSON.stringify(steps.map(({ label, month, input, formula }) => [label, month, input, formula]));
}

/** Every input and fact of a derivation moved a little, each by a share of its own, and nothing over a border. */
function moved({ steps }) {
  const values = steps.flatMap(({ input, value }, index) => {
    const field = fields.find(({ path }) => path === input);
    const movable = input !== undefined && (field ? field.kind === "number" : input.startsWith("facts."));
    return movable && value !== 0 ? [[input, value * (1 - 1e-4 * Math.abs(Math.sin(index + 1)))]] : [];
  });
  return Object.fromEntries(values);
}

/** Holds what LibreOffice says against the engine, of every figure; `changes` gives each variant's other values. */
async function followed(scenario, changes) {
  const asked = [];
  for (const { id: variant } of variants) {
    const before = engine.explain(scenario, { variant, metric: everything });
    const values = changes(before, variant);
    const after = engine.explain(changed(scenario, values), { variant, metric: everything });
    asked.push({ variant, values, before, after, book: await typed(await workbook(scenario, { variant }), values) });
  }
  const answers = recalculated(asked.map(({ book }) => book));
  for (const [index, { variant, values, before, after }] of asked.entries()) {
    let other = 0;
    for (const [at, metric] of everything.entries()) {
      const [said, expected] = [answers[index].get(cellName(metric)), after.steps[at].value];
      const error = Math.abs(said - expected) / Math.max(Math.abs(expected), 1e-12);
      assert.ok(error <= 1e-9, `${variant} ${metric}: ${said} and not ${expected}`);
      if (before.steps[at].value !== expected) other += 1;
    }
    assert.ok(other >= 8, `${variant}: ${Object.keys(values).length} values moved only ${other} figures`);
  }
  return asked;
}

for (const preset of ["seed-startup", "hundred-microservices"]) {
  test(`LibreOffice follows every figure of all nine ways to another hourly rate (${preset})`, async () => {
    const { p50 } = engine.ranges({ preset })["team.hourlyUsd"];
    await followed({ preset }, () => ({ "team.hourlyUsd": p50 * 1.01 }));
  });

  test(`LibreOffice follows every figure when all inputs and facts move (${preset})`, async () => {
    const asked = await followed({ preset }, (before, variant) => {
      // At a border the model goes another way: values that stand at one are found by halving, and left as they are.
      const way = (entries) => {
        const scenario = changed({ preset }, Object.fromEntries(entries));
        return shape(engine.explain(scenario, { variant, metric: everything }));
      };
      const within = (entries) => {
        if (way(entries) === shape(before)) return entries;
        const half = entries.length >> 1;
        return half === 0 ? [] : [...within(entries.slice(0, half)), ...within(entries.slice(half))];
      };
      return Object.fromEntries(within(Object.entries(moved(before))));
    });
    for (const { variant, values, before, after } of asked) {
      assert.ok(Object.keys(values).length >= 100, `${variant}: only ${Object.keys(values).length} values`);
      assert.equal(shape(after), shape(before), variant);
    }
  });
}

test("inputs and facts are named cells with their sources; decisions are marked", async () => {
  const scenario = { preset: "seed-startup", team: { developers: 9 }, facts: { "aws.ec2.m7g.large": 0.09 } };
  const book = await readXlsx(await workbook(scenario, { variant: "cloud-vms" }), { readStyles: true });
  const sheet = (name) => book.sheets.find((sheet) => sheet.name === name);
  assert.deepEqual(
    book.sheets.map(({ name }) => name),
    ["Answer", "Inputs", "Facts", "Figures", "Months", "Waiting"],
  );
  const named = new Map(book.namedRanges.map(({ name, range }) => [name, range]));
  const developers = sheet("Inputs").rows.find((cells) => cells[6] === "team.developers");
  assert.deepEqual([developers[1], developers[5]], [9, "yours"]);
  const hourly = sheet("Inputs").rows.find((cells) => cells[6] === "team.hourlyUsd");
  const { defaultFact } = fields.find(({ path }) => path === "team.hourlyUsd");
  assert.ok(hourly[5].startsWith(facts.find(({ id }) => id === defaultFact).source));
  const other = {
    preset: "indie-saas",
    workload: { growth: { phases: [{ months: 12, monthlyGrowth: 0.05 }] } },
    facts: { [defaultFact]: 99 },
  };
  const [, inputs] = (await readXlsx(await workbook(other, { variant: "paas" }))).sheets;
  const from = (path) => inputs.rows.find((cells) => cells[6] === path)[5];
  assert.equal(from("team.hourlyUsd"), "yours", "by way of the fact that it follows");
  assert.equal(from("workload.growth.phases.0.monthlyGrowth"), "yours");
  for (const cells of sheet("Facts").rows.slice(3)) {
    assert.match(cells[5], /^\d{4}/, `${cells[0]} has a date`);
    assert.match(cells[6], /^(high|medium|low)/, `${cells[0]} has a confidence`);
    assert.ok(cells[8].length > 8, `${cells[0]} has a source`);
    assert.ok(named.get(cells[7])?.startsWith("Facts!"), `${cells[7]} is a name`);
  }
  for (const id of everything) assert.ok(named.get(cellName(id))?.startsWith("Answer!"), id);
  // A decision holds a number; what it decides stands in grey.
  const copies = sheet("Answer").rows.findIndex((cells) => cells[5] === "fleet.copies");
  const held = sheet("Answer").cells.get(`${copies},1`);
  assert.equal(held.formula, undefined);
  assert.equal(held.style.fill.fgColor.rgb.slice(-6), "D9D9D9");
});

test("every formula is within what Excel takes, and every name is one", async () => {
  for (const preset of ["hundred-microservices", "series-b-b2b"]) {
    for (const { id: variant } of variants) {
      const book = await openXlsx(await workbook({ preset, finance: { horizonMonths: 120 } }, { variant }));
      for (const { name, cells } of book.sheets) {
        for (const [at, { formula = "" }] of cells ?? []) {
          assert.ok(formula.length <= 8192, `${variant} ${name} ${at}: ${formula.length} characters`);
          let [depth, deepest] = [0, 0];
          for (const letter of formula) {
            if (letter === "(") deepest = Math.max(deepest, ++depth);
            if (letter === ")") depth -= 1;
          }
          assert.ok(deepest <= 64, `${variant} ${name} ${at}: ${deepest} levels`);
          for (const [, operands] of formula.matchAll(/(?:SUM|MAX|MIN)\(([^()]*)\)/g)) {
            assert.ok(operands.split(",").length <= 255, `${variant} ${name} ${at}: operands`);
          }
        }
      }
      const names = book.namedRanges.map(({ name }) => name.toLowerCase());
      assert.equal(new Set(names).size, names.length, "names are told apart without regard to case");
      for (const name of names) assert.match(name, /^[a-z_][a-z0-9_]*\.[a-z0-9_.]+$/, name);
    }
  }
});

test("the same scenario gives the same file, and some figures can be had alone", async () => {
  const scenario = { preset: "indie-saas" };
  const [one, other] = [await workbook(scenario, { variant: "paas" }), await workbook(scenario, { variant: "paas" })];
  assert.deepEqual(one, other);
  const book = await readXlsx(
    await workbook(scenario, { variant: "paas", metrics: ["labour.hoursPerMonth", "labour.hoursPerMonth"] }),
  );
  const names = book.namedRanges.filter(({ range }) => range.startsWith("Answer!")).map(({ name }) => name);
  assert.deepEqual(names, ["labour.hoursPerMonth"]);
  await assert.rejects(workbook(scenario, { variant: "pass" }), /did you mean "paas"/);
  const wrong = { variant: "paas", metrics: ["totals.tcoUsd", "totals.tcoUs"] };
  await assert.rejects(
    workbook(scenario, wrong),
    /^MovingPartsError: metrics: "totals\.tcoUs" is not known; did you mean/,
  );
  await assert.rejects(workbook({ team: { developers: -1 } }, { variant: "paas" }), /team\.developers/);
});
