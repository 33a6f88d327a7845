/**
 * What one operation of a formula takes, on the same work: every figure of all nine ways, from the derivation that explains
 * them. Prints nanoseconds an operation for the engine, for plain JavaScript made of the formulas, for mathjs, and for LibreOffice on the
 * exported workbooks. `SOFFICE` names LibreOffice; its part needs a Python with UNO, and is left out without one.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { scratch } from "../node/scratch.mjs";

const dist = new URL("../../dist/npm/", import.meta.url);
const engine = await import(new URL("node.js", dist).href);
const { workbook } = await import(new URL("workbook.js", dist).href);
const { create, all } = await import(new URL("../../www/node_modules/mathjs/lib/esm/index.js", import.meta.url));

const scenario = { preset: "shermans-2011" };
const { variants, metrics } = engine.catalog();
const asked = metrics.map(({ id }) => id);
const derivations = variants.map(({ id }) => engine.explain(scenario, { variant: id, metric: asked }).steps);

const SIGNS = { add: "+", subtract: "-", multiply: "*", divide: "/", sum: "+" };
const NAMES = { max: "max", min: "min", ceil: "ceil", roundedDown: "floor", squareRoot: "sqrt", power: "pow" };

/** An expression as text over `v[step]`; what is no operation of arithmetic keeps its value. */
function written(formula, at, value, prefix) {
  if ("step" in formula) return at(formula.step);
  if ("constant" in formula) return `(${formula.constant})`;
  const [operation, operands] = formula.apply;
  const texts = operands.map((operand) => written(operand, at, value, prefix));
  if (operation === "same") return texts[0];
  if (SIGNS[operation]) return `(${texts.join(SIGNS[operation])})`;
  if (NAMES[operation]) return `${prefix}${NAMES[operation]}(${texts.join(",")})`;
  return `(${value})`;
}

/** The operations of an expression. */
function operations(formula) {
  if (!("apply" in formula)) return 0;
  const [operation, operands] = formula.apply;
  const own = operation === "same" ? 0 : operation === "sum" ? operands.length - 1 : 1;
  return operands.reduce((count, operand) => count + operations(operand), own);
}

/** The steps with formulas, each after those that it needs. */
function ordered(steps) {
  const order = [];
  const seen = new Set();
  const needs = (formula) =>
    "step" in formula ? [formula.step] : "apply" in formula ? formula.apply[1].flatMap(needs) : [];
  for (const start of steps.keys()) {
    const stack = [start];
    while (stack.length > 0) {
      const step = stack.at(-1);
      const missing =
        steps[step].formula && !seen.has(step) ? needs(steps[step].formula).filter((at) => !seen.has(at)) : [];
      if (missing.length > 0) stack.push(...missing);
      else {
        stack.pop();
        if (!seen.has(step) && steps[step].formula) order.push(step);
        seen.add(step);
      }
    }
  }
  return order;
}

function median(runs, run) {
  const times = Array.from({ length: runs }, () => {
    const start = process.hrtime.bigint();
    run();
    return Number(process.hrtime.bigint() - start);
  });
  return times.sort((a, b) => a - b)[runs >> 1];
}

const count = derivations.flat().reduce((sum, { formula }) => sum + (formula ? operations(formula) : 0), 0);
const report = (name, nanoseconds) => console.log(`${name}\t${nanoseconds / count}`);

for (let warm = 0; warm < 300; warm += 1) engine.compare(scenario);
report(
  "the engine, all nine ways",
  median(300, () => engine.compare(scenario)),
);

const inJs = derivations.map((steps) => {
  const order = ordered(steps);
  const lines = order.map(
    (at) => `v[${at}]=${written(steps[at].formula, (step) => `v[${step}]`, steps[at].value, "Math.")};`,
  );
  const values = Float64Array.from(steps, ({ value }) => value);
  return { run: new Function("v", lines.join("\n")), values };
});
const plain = () => {
  for (const { run, values } of inJs) run(values);
};
for (let warm = 0; warm < 300; warm += 1) plain();
report("plain JavaScript of the same formulas", median(300, plain));
// What is timed is the same work: it comes to the engine's own figures.
for (const [way, { values }] of inJs.entries()) {
  const off = derivations[way].find(({ value }, at) => !(Math.abs(values[at] - value) <= 1e-9 * Math.abs(value)));
  if (off) throw new Error(`${off.label} of ${variants[way].id} is not ${off.value} in plain JavaScript`);
}

const math = create(all);
const compiled = derivations.map((steps) => {
  const name = (step) => `s${step}`;
  const scope = new Map(steps.map(({ value }, at) => [name(at), value]));
  const lines = ordered(steps).map((at) => [
    name(at),
    math.compile(written(steps[at].formula, name, steps[at].value, "")),
  ]);
  return { scope, lines };
});
report(
  "mathjs, compiled",
  median(5, () => {
    for (const { scope, lines } of compiled) for (const [name, line] of lines) scope.set(name, line.evaluate(scope));
  }),
);

const python = "/usr/bin/python3";
if (process.env.SOFFICE && spawnSync(python, ["-c", "import uno"]).status === 0) {
  const folder = scratch();
  const files = [];
  for (const { id: variant } of variants) {
    files.push(`${folder}/${variant}.xlsx`);
    writeFileSync(files.at(-1), await workbook(scenario, { variant }));
  }
  const script = fileURLToPath(new URL("libreoffice.py", import.meta.url));
  const seconds = execFileSync(python, [script, process.env.SOFFICE, ...files], { encoding: "utf8" });
  report("LibreOffice, recalculating all nine workbooks", Number(seconds) * 1e9);
} else {
  console.error("LibreOffice is left out: it needs SOFFICE and a Python with UNO (Debian: python3-uno)");
}
