/** The packed and installed package: its entries, its answers, its errors. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { result, shape } from "./result.mjs";
import { consumer, golden, load, packageFolder, require } from "./support.mjs";

const engine = await load();
await engine.init();

for (const { preset, expected } of golden) {
  test(`${preset} is the golden result, bit for bit`, () => {
    assert.deepEqual(result(engine, preset), expected);
  });
}

test("import, require and the inline entry are the same engine", async () => {
  const script = `import * as m from "moving-parts"; import * as i from "moving-parts/inline";
    await m.init(); await i.init();
    console.log(JSON.stringify([m.compare({ preset: "indie-saas" }).best, i.compare({ preset: "indie-saas" }).best]));`;
  writeFileSync(`${consumer}/esm.mjs`, script);
  const [first, second] = JSON.parse(execFileSync("node", ["esm.mjs"], { cwd: consumer, encoding: "utf8" }));
  assert.equal(first, second);
  assert.equal(require("moving-parts").compare({ preset: "indie-saas" }).best, first);
});

test("a server may import the elements, which do nothing there", () => {
  writeFileSync(`${consumer}/elements.mjs`, 'import "moving-parts/elements"; import "moving-parts/elements/slim";');
  execFileSync("node", ["elements.mjs"], { cwd: consumer });
});

test("the entry for spreadsheets needs no other in Node", () => {
  const script = `import { workbook } from "moving-parts/workbook";
    console.log((await workbook({ preset: "indie-saas" }, { variant: "paas" })).length);`;
  writeFileSync(`${consumer}/workbook.mjs`, script);
  assert.ok(Number(execFileSync("node", ["workbook.mjs"], { cwd: consumer, encoding: "utf8" })) > 10000);
  assert.equal(typeof require("moving-parts/workbook").workbook, "function");
});

test("the number in the README's sample for a post is what the engine says", () => {
  const readme = readFileSync(`${packageFolder}/README.md`, "utf8");
  // What an input says is what its company has, as one number and not as the range of the preset.
  const input = /<moving-parts-input preset="([^"]+)" scope="us" path="([^"]+)">(\d+) thousand</.exec(readme);
  const [, preset, path, thousands] = input;
  const [, variant, written] = /<moving-parts-output scope="us" variant="([^"]+)"[^>]*>\$([\d.]+)k</.exec(readme);
  const scenario = engine.fromLink(`v1&preset=${preset}&${path}=${thousands}000`);
  const { figures } = engine.uncertainty(scenario).variants.find((odds) => odds.variant === variant);
  assert.equal(Number((figures["totals.monthlyUsd"].mean / 1000).toPrecision(2)), Number(written));
});

test("what the README links to is in the package, and its sizes are those that are kept", () => {
  const readme = readFileSync(`${packageFolder}/README.md`, "utf8");
  const links = Array.from(readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g), ([, file]) => file);
  assert.ok(links.length > 3);
  for (const file of links) assert.ok(existsSync(`${packageFolder}/${file}`), file);
  const sizes =
    /(\d+) kB and (\d+) kB where .* Brotli, against (\d+) kB .*, and (\d+) kB and (\d+) kB against (\d+) kB/;
  const [, ...told] = sizes.exec(readme);
  const snap = readFileSync(new URL("../size.snap", import.meta.url), "utf8");
  const kept = ["elements, slim", "moving_parts.wasm", "elements with everything"].map((name) =>
    new RegExp(`^${name} +(\\d+) +(\\d+)$`, "m").exec(snap),
  );
  for (const [at, bytes] of [...kept.map((row) => row[2]), ...kept.map((row) => row[1])].entries())
    assert.ok(Math.abs(bytes / 1000 / told[at] - 1) < 0.05, `${told[at]} kB are ${bytes} bytes`);
});

test("the package says what it is and needs nothing", () => {
  const manifest = JSON.parse(readFileSync(`${packageFolder}/package.json`, "utf8"));
  assert.equal(manifest.dependencies, undefined);
  for (const file of [
    "README.md",
    "LICENSE-MIT",
    "LICENSE-APACHE",
    "types/engine/node.d.ts",
    "moving_parts.wasm",
    "schema.json",
  ]) {
    assert.ok(existsSync(`${packageFolder}/${file}`), file);
  }
  assert.equal(engine.version().model, manifest.version);
  assert.match(engine.version().facts.hash, /^[0-9a-f]{16}$/);
});

test("the types hold under strict TypeScript, and the README's sample with them", () => {
  writeFileSync(
    `${consumer}/types.mts`,
    `import { compare, explain, fromLink, partPrices, preset, schema, toLink, validate, type MovingPartsError, type Outcome, type Scenario } from "moving-parts";
import "moving-parts/elements";
import type { Change } from "moving-parts/elements/slim";
import { workbook } from "moving-parts/workbook";
addEventListener("moving-parts-change", ({ detail }) => detail.link satisfies string);
document.querySelector("moving-parts-output")?.addEventListener("moving-parts-error", ({ detail }) => detail.reason satisfies string);
const company: Scenario | undefined = document.querySelector("moving-parts")?.scope?.scenario;
export type { Change };
const scenario: Scenario = { preset: "seed-startup", workload: { weeklyUsers: { p10: 3e6, p90: 5e6 } }, finance: { provider: "hetzner" } };
const best: Outcome | undefined = compare(scenario).variants.find((outcome) => outcome.feasible);
const cost: number | undefined = best?.totals.monthlyUsd;
const months: Float64Array | undefined = best?.monthly.totalUsd;
const label: string | undefined = explain(scenario, { variant: "paas", metric: "lines.compute", month: 3 }).steps[0]?.label;
const { best: name } = compare(scenario, { variants: ["paas", String(label)] });
const drawn: number | undefined = name === null ? undefined : partPrices(scenario, { variant: name }).length;
// @ts-expect-error nothing may fit
explain(scenario, { variant: name, metric: "lines.compute" });
const both: number = explain(scenario, { variant: "paas", metric: ["lines.compute", "labour.hoursPerMonth"] }).steps.length;
const file: Promise<Uint8Array> = workbook(scenario, { variant: "paas", metrics: ["totals.monthlyUsd"] });
const back: Scenario = fromLink(toLink(preset("indie-saas")));
// @ts-expect-error there is no such provider
const wrong: Scenario = { finance: { provider: "ibm" } };
try { validate(wrong); } catch (error) { (error as MovingPartsError).path satisfies string; }
export { back, both, company, cost, drawn, file, label, months, schema };
`,
  );
  const [, sample] = /```js\n(import .*?)```/s.exec(readFileSync(`${packageFolder}/README.md`, "utf8"));
  const typed = sample.replace("const scenario =", "const scenario: Scenario =");
  writeFileSync(`${consumer}/readme.mts`, `import type { Scenario } from "moving-parts";\n${typed}`);
  checked("nodenext", "types.mts", "readme.mts");
});

/** Whether TypeScript takes files of a consumer of the package. */
function checked(module, ...files) {
  const tsc = new URL("../../www/node_modules/.bin/tsc", import.meta.url).pathname;
  const options = ["--noEmit", "--strict", "--noUncheckedIndexedAccess", "--module", module, "--target", "es2022"];
  execFileSync(tsc, [...options, "--lib", "es2023,dom", ...files], { cwd: consumer, stdio: "inherit" });
}

test("the types are there for import and for require, also under node16", () => {
  const says = (name) => `
const scenario: Scenario = { preset: "seed-startup" };
export const ${name}: number = compare(scenario).variants.length + inline.facts().length;
export const ${name}File: Promise<Uint8Array> = workbook(scenario, { variant: "paas" });
// @ts-expect-error there is no such preset
export const ${name}Wrong: Scenario = { preset: 5 };
`;
  const imports = `import { compare, type Scenario } from "moving-parts";
import * as inline from "moving-parts/inline";
import { workbook } from "moving-parts/workbook";
import "moving-parts/elements";
`;
  const requires = `import engine = require("moving-parts");
const { compare } = engine;
type Scenario = engine.Scenario;
import inline = require("moving-parts/inline");
import { workbook } from "moving-parts/workbook";
import type { Change } from "moving-parts/elements/slim";
export type { Change };
`;
  writeFileSync(`${consumer}/imports.mts`, `${imports}${says("imported")}`);
  writeFileSync(`${consumer}/imports.cts`, `${imports}${says("both")}`);
  writeFileSync(`${consumer}/requires.cts`, `${requires}${says("required")}`);
  for (const module of ["node16", "nodenext"]) checked(module, "imports.mts", "imports.cts", "requires.cts");
});

test("the types tell which figures there are, and which options exclude each other", () => {
  writeFileSync(
    `${consumer}/questions.mts`,
    `import { sensitivity, slope, uncertainty, type DrawnMetricId, type SlopeMetricId } from "moving-parts";
const scenario = { preset: "seed-startup" };
for (const { figures } of uncertainty(scenario).variants) figures["totals.monthlyUsd"].mean satisfies number;
for (const { figures } of slope(scenario)) figures["complexity.parts"] satisfies number;
// @ts-expect-error it is not told of each step
export const none: SlopeMetricId = "totals.tcoUsd";
export const some: DrawnMetricId = "totals.tcoUsd";
sensitivity(scenario);
sensitivity(scenario, { draws: 16, variant: "paas", metric: "labour.hoursPerMonth" });
sensitivity(scenario, { between: ["paas", "cloud-vms"] });
// @ts-expect-error whose
sensitivity(scenario, { metric: "labour.hoursPerMonth" });
// @ts-expect-error one, or two
sensitivity(scenario, { variant: "paas", between: ["paas", "cloud-vms"] });
`,
  );
  checked("nodenext", "questions.mts");
  const told = (module) =>
    Array.from(/export type \w+ =\s+([^;]+);/.exec(module)[1].matchAll(/"([^"]+)"/g), ([, id]) => id).toSorted();
  const generated = readFileSync(`${packageFolder}/types/engine/generated.d.ts`, "utf8");
  const typed = (name) => told(generated.slice(generated.indexOf(`export type ${name} =`)));
  const scenario = { preset: "seed-startup" };
  const drawn = Object.keys(engine.uncertainty(scenario, { draws: 4, worth: false }).variants[0].figures);
  assert.deepEqual(drawn.toSorted(), typed("DrawnMetricId"));
  assert.deepEqual(Object.keys(engine.slope(scenario)[0].figures).toSorted(), typed("SlopeMetricId"));
});

test("series are typed arrays, and lists in JSON", () => {
  const scenario = { preset: "indie-saas" };
  const answers = [
    engine.compare(scenario).variants[0].monthly,
    engine.sweep(scenario, { x: { path: "team.hourlyUsd", steps: 3 }, draws: 4 }),
    engine.uncertainty(scenario, { draws: 16 }),
    engine.plan(scenario, { draws: 4 }),
  ];
  let found = 0;
  const same = (value, told, path) => {
    if (typeof value !== "object" || value === null) return;
    if (ArrayBuffer.isView(value)) {
      assert.ok(value instanceof Float64Array || value instanceof Uint8Array);
      assert.deepEqual(told, Array.from(value), path);
      assert.deepEqual(JSON.parse(JSON.stringify(value.subarray(1))), told.slice(1), path);
      found += 1;
    } else for (const key of Object.keys(value)) same(value[key], told[key], `${path}.${key}`);
  };
  for (const [index, answer] of answers.entries()) {
    same(answer, JSON.parse(JSON.stringify(answer)), String(index));
    // Another thread may have it.
    structuredClone(answer);
  }
  assert.ok(found > 30, `${found} series`);
});

test("several numbers are derived at once, first of all and in their order", () => {
  const scenario = { preset: "seed-startup" };
  const all = engine.catalog().metrics.map(({ id }) => id);
  const asked = [...all, "totals.monthlyUsd", "totals.monthlyUsd"];
  for (const { id: variant } of engine.catalog().variants) {
    const { steps } = engine.explain(scenario, { variant, metric: asked });
    for (const [index, metric] of asked.entries()) {
      const [alone] = engine.explain(scenario, { variant, metric }).steps;
      assert.equal(steps[index].value, alone.value, metric);
      if (alone.input === undefined)
        assert.deepEqual([steps[index].label, steps[index].unit], [alone.label, alone.unit]);
    }
  }
  const months = { variant: "paas", metric: ["lines.compute", "totals.monthlyUsd"], month: 3 };
  const [line, all_] = engine.explain(scenario, months).steps;
  const { monthly } = engine.compare(scenario).variants.find(({ variant }) => variant === "paas");
  // The series is added up by kinds, the derivation by lines.
  assert.ok(Math.abs(all_.value - monthly.totalUsd[2]) <= 1e-12 * all_.value);
  assert.ok(line.value < all_.value);
  assert.throws(
    () => engine.explain(scenario, { variant: "paas", metric: ["lines.compute", "lines.computer"] }),
    /did you mean/,
  );
});

test("every number has a derivation whose facts all have a source and a date", () => {
  const facts = new Map(engine.facts().map((fact) => [`facts.${fact.id}`, fact]));
  const scenario = { preset: "shermans-2011" };
  for (const outcome of engine.compare(scenario).variants) {
    for (const { id } of engine.catalog().metrics) {
      const { steps } = engine.explain(scenario, { variant: outcome.variant, metric: id });
      const value = id.split(".").reduce((at, key) => at[key], outcome);
      assert.equal(steps[0].value, value, `${outcome.variant} ${id}`);
      for (const step of steps) {
        assert.ok(step.input !== undefined || step.formula !== undefined);
        if (!step.input?.startsWith("facts.")) continue;
        const fact = facts.get(step.input);
        assert.ok(fact?.source && /^\d{4}/.test(fact.date), step.input);
      }
    }
  }
});

test("an expression, worked out again, gives its figure", () => {
  const known = {
    add: (a, b) => a + b,
    subtract: (a, b) => a - b,
    multiply: (a, b) => a * b,
    divide: (a, b) => a / b,
    max: (a, b) => Math.max(a, b),
    min: (a, b) => Math.min(a, b),
    ceil: Math.ceil,
    sum: (...all) => all.reduce((a, b) => a + b),
    power: (a, b) => a ** b,
  };
  for (const { variant } of engine.catalog().variants.map(({ id }) => ({ variant: id }))) {
    const { steps } = engine.explain({ preset: "series-b-b2b" }, { variant, metric: "totals.tcoUsd" });
    let worked = 0;
    const value = (formula) => {
      if ("step" in formula) return steps[formula.step].value;
      if ("constant" in formula) return formula.constant;
      const [operation, operands] = formula.apply;
      const numbers = operands.map(value);
      return numbers.includes(undefined) || !known[operation] ? undefined : known[operation](...numbers);
    };
    for (const step of steps) {
      const again = step.formula && value(step.formula);
      // A figure of a function of the model (Erlang C, a choice) is marked by that function's name.
      if (again === undefined) continue;
      assert.ok(Math.abs(again - step.value) <= 1e-12 * Math.abs(step.value), `${variant} ${step.label}`);
      worked += 1;
    }
    assert.ok(worked > 100, `${variant}: ${worked} figures worked out`);
  }
});

test("errors are real errors with code, path and remedy", () => {
  const wrong = (scenario) => {
    try {
      engine.compare(scenario);
    } catch (error) {
      assert.ok(error instanceof Error);
      assert.equal(error.name, "MovingPartsError");
      return error;
    }
    return assert.fail("this scenario is wrong");
  };
  const text = wrong({ workload: { weeklyUsers: "4M" } });
  assert.equal(text.code, "notANumber");
  assert.equal(text.path, "workload.weeklyUsers");
  assert.equal(text.message, 'workload.weeklyUsers: "4M" is not a number; write 10000 or {"p10": 5000, "p90": 20000}');
  assert.equal(wrong({ workload: { weeklyUsers: Number.NaN } }).code, "notFinite");
  assert.equal(wrong({ workload: { weeklyUsers: null } }).code, "notANumber");
  assert.equal(wrong({ team: { developers: -1 }, tem: 1 }).problems.length, 2);
  const circular = {};
  circular.workload = circular;
  for (const value of [circular, () => 1, Symbol("x"), 5n, new Map([[1, 2]]), "text", undefined, null, 5]) wrong(value);
  assert.throws(() => engine.compare({}, { variants: ["heroku"] }), { code: "unknownVariant" });
  assert.throws(() => engine.explain({}, { variant: "paas", metric: "lines.compute", month: 1.5 }), {
    code: "outOfRange",
  });
  // Nothing that went wrong has left a trace.
  assert.deepEqual(result(engine, golden[0].preset), golden[0].expected);
});

test("a prototype cannot be reached through a scenario or a link", () => {
  assert.throws(() => engine.compare(JSON.parse('{"__proto__": {"polluted": 1}}')), { code: "unknownKey" });
  assert.throws(() => engine.fromLink("v1&__proto__.polluted=1"), { name: "MovingPartsError" });
  assert.throws(() => engine.fromLink("v1&facts.__proto__=1"), { name: "MovingPartsError" });
  assert.equal({}.polluted, undefined);
});

test("links and scenarios carry everything there and back", () => {
  for (const { id } of engine.presets()) {
    const whole = engine.preset(id);
    assert.equal(engine.toLink({ preset: id }), `v1&preset=${id}`);
    assert.deepEqual(engine.validate(whole), []);
    assert.deepEqual(engine.fromLink(engine.toLink(whole)), whole);
    const bits = (scenario) => shape(engine, engine.compare(scenario)).bits;
    assert.equal(bits(whole), bits({ preset: id }));
  }
  const changed = { preset: "shermans-2011", team: { developers: 9 }, facts: { "aws.ec2.m7g.large": 0.07 } };
  assert.equal(engine.toLink(changed), "v1&preset=shermans-2011&team.developers=9&facts.aws.ec2.m7g.large=0.07");
  assert.deepEqual(engine.fromLink(engine.toLink(changed)), changed);
  // A whole address is a link too.
  const address = `https://example.org/moving-parts.html#${engine.toLink(changed)}`;
  for (const link of [address, `${address}&page.theme=dark`, `#${engine.toLink(changed)}`])
    assert.deepEqual(engine.fromLink(link), changed);
});

test("numbers are read and shown as the core does without JavaScript", () => {
  const cases = JSON.parse(readFileSync(new URL("../digits.json", import.meta.url), "utf8"));
  for (const [written, shown] of cases) {
    const refused = ({ message }) => message.startsWith(`current.variant: ${shown} is not offered; `);
    assert.throws(() => engine.fromLink(`v1&current.variant=${written}`), refused, written);
  }
});

test("winners along a field", () => {
  const winners = engine.winners({ preset: "shermans-2011" }, { path: "workload.weeklyUsers", values: [1e5, 4e6] });
  const alone = [1e5, 4e6].map((users) =>
    engine.compare({ preset: "shermans-2011", workload: { weeklyUsers: users } }),
  );
  assert.deepEqual(
    winners,
    alone.map(({ best }) => best),
  );
  assert.throws(() => engine.winners({}, { path: "team.hourlyUsd", values: [Number.NaN] }), { code: "outOfRange" });
  assert.throws(() => engine.winners({}, { path: "team.hourly", values: [1] }), { code: "unknownKey" });
});

test("the price of a part is what goes with it", () => {
  const scenario = { preset: "seed-startup" };
  const prices = engine.partPrices(scenario, { variant: "managed-kubernetes" });
  const whole = engine.compare(scenario).variants.find(({ variant }) => variant === "managed-kubernetes");
  assert.deepEqual(
    prices.map(({ part }) => part.id),
    whole.complexity.stack.map(({ part }) => part.id),
  );
  const registry = prices.find(({ part }) => part.id === "image-registry");
  const without = engine
    .compare({ ...scenario, stack: { without: ["image-registry"] } })
    .variants.find(({ variant }) => variant === "managed-kubernetes");
  assert.equal(registry.usdPerMonth, whole.totals.monthlyUsd - without.totals.monthlyUsd);
  assert.ok(registry.usdPerMonth > 0 && registry.hoursPerMonth > 0);
  assert.throws(() => engine.partPrices(scenario, { variant: "kubernets" }), { code: "unknownVariant" });
});

test("what is the same for all who ask can be changed by none of them", () => {
  const { fields, facts, variants } = engine.catalog();
  const before = JSON.stringify(engine.catalog());
  const changes = [
    () => fields.pop(),
    () => Object.assign(engine.facts()[0], { id: "another" }),
    () => Object.assign(variants[0], { label: "" }),
    () => engine.presets().push(engine.presets()[0]),
    () => delete facts[0].source,
  ];
  for (const change of changes) assert.throws(change, TypeError);
  assert.equal(JSON.stringify(engine.catalog()), before);
});

test("what a scenario says of its fields is plain data, whole in JSON", () => {
  const scenario = { team: { developers: { p10: 3, p50: 4, p90: 6 } }, stack: { with: ["helm"] } };
  const said = JSON.parse(JSON.stringify([engine.ranges(scenario), engine.sets(scenario)]));
  assert.deepEqual(said, [engine.ranges(scenario), engine.sets(scenario)]);
  const [ranges, sets] = said;
  const { fields } = engine.catalog();
  assert.deepEqual(
    Object.keys(ranges),
    fields.map(({ path }) => path),
  );
  assert.deepEqual(ranges["team.developers"], { p10: 3, p50: 4, p90: 6 });
  assert.deepEqual(
    Object.keys(sets),
    fields.filter(({ kind }) => kind === "set").map(({ path }) => path),
  );
  assert.deepEqual(sets["stack.with"], ["helm"]);
});

test("sets are lists of names, and say what they do not know", () => {
  assert.deepEqual(engine.sets({ preset: "startup-2002" })["stack.without"].sort(), [
    "continuous-integration",
    "version-control",
  ]);
  const link = engine.toLink({ stack: { with: ["rancher", "helm"] } });
  assert.deepEqual(engine.fromLink(link).stack.with.sort(), ["helm", "rancher"]);
  assert.throws(() => engine.compare({ stack: { with: ["ranchr"] } }), {
    code: "notAChoice",
    message: /did you mean "rancher"/,
  });
  assert.throws(() => engine.compare({ team: { skills: "everything at all" } }), { code: "notAChoice" });
  assert.throws(() => engine.compare({ team: { skills: 3 } }), { code: "notAList" });
});

test("some variants only", () => {
  const { variants, best } = engine.compare({ preset: "seed-startup" }, { variants: ["cloud-vms", "leased-metal"] });
  assert.deepEqual(
    variants.map(({ variant }) => variant),
    ["leased-metal", "cloud-vms"],
  );
  assert.equal(best, "cloud-vms");
});

/** Whether one fits, is worse in nothing of what is traded, and better in something. */
function dominates(one, other) {
  const traded = ({ totals, monthlyLevels, labour, availability, complexity, agility }) => [
    totals.tcoUsd,
    monthlyLevels.infrastructureUsd,
    labour.hoursPerMonth,
    availability.downtimeHoursPerYear,
    complexity.parts,
    agility.leadTimeHours,
  ];
  const pairs = traded(one).map((number, at) => [number, traded(other)[at]]);
  return one.feasible && pairs.every(([a, b]) => a <= b) && pairs.some(([a, b]) => a < b);
}

test("of some variants nothing is said that does not hold of them", () => {
  const { variants: all } = engine.catalog();
  const named = (outcomes) => outcomes.map(({ variant }) => variant);
  for (const { id: preset } of engine.presets()) {
    const whole = engine.compare({ preset });
    for (let set = 1; set < 2 ** all.length; set += 23) {
      const asked = all.map(({ id }) => id).filter((_, at) => (set >> at) & 1);
      const { best, verdict, variants } = engine.compare({ preset }, { variants: asked });
      assert.deepEqual(named(variants), asked);
      for (const outcome of variants) {
        const by = variants.find((other) => dominates(other, outcome));
        assert.equal(outcome.dominatedBy, by?.variant ?? null);
        const before = whole.variants.find(({ variant }) => variant === outcome.variant);
        assert.equal(outcome.paysBackInMonth, before.paysBackInMonth);
      }
      const [cheapest] = variants
        .filter(({ feasible }) => feasible)
        .sort((one, other) => one.totals.tcoUsd - other.totals.tcoUsd);
      assert.equal(best, cheapest?.variant ?? null);
      const some = asked.length > 1 && asked.length < all.length;
      assert.equal(verdict.startsWith(`Of these ${asked.length}, `), some, verdict);
    }
  }
  const only = (variant) => engine.compare({ preset: "seed-startup" }, { variants: [variant] }).verdict;
  assert.match(only("paas"), /^PaaS costs \$[\d.]+k a month all-in\.$/);
  assert.match(only("functions"), /^Functions (cost|do not fit)/);
});
