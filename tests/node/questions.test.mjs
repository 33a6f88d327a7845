/** The questions through the installed package: shapes, agreement with each other, refusals. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./support.mjs";

const engine = await load();
const startup = { preset: "seed-startup" };

test("a sweep gives what compare gives, along one number and over two", () => {
  const x = { path: "workload.weeklyUsers", from: 1e4, to: 1e7, steps: 4 };
  const y = { path: "team.hourlyUsd", from: 50, to: 150, steps: 3, log: false };
  const answer = engine.sweep(startup, { x, y, metric: "labour.hoursPerMonth", variants: ["paas", "cloud-vms"] });
  assert.deepEqual(Array.from(answer.y.values), [50, 100, 150]);
  assert.equal(answer.winners.length, 12);
  for (const [row, hourlyUsd] of answer.y.values.entries()) {
    for (const [column, weeklyUsers] of answer.x.values.entries()) {
      const scenario = { ...startup, workload: { weeklyUsers }, team: { hourlyUsd } };
      const { variants, best } = engine.compare(scenario, { variants: ["paas", "cloud-vms"] });
      const cell = row * 4 + column;
      for (const { variant, values, feasible } of answer.variants) {
        const outcome = variants.find((one) => one.variant === variant);
        assert.equal(values[cell], outcome.labour.hoursPerMonth);
        assert.equal(feasible[cell] === 1, outcome.feasible);
      }
      assert.equal(answer.winners[cell], best);
    }
  }
  assert.equal(engine.sweep(startup, { x }).y, null);
});

test("of some variants the odds are those among them, and a name is needed once", () => {
  const two = ["paas", "cloud-vms"];
  const question = { draws: 512, worth: false };
  const all = engine.uncertainty(startup, question);
  const some = engine.uncertainty(startup, { ...question, variants: [...two, "paas"] });
  assert.deepEqual(
    some.variants.map(({ variant }) => variant),
    ["cloud-vms", "paas"],
  );
  // The same draws: what each costs is what it costs among all.
  for (const row of some.variants) {
    const before = all.variants.find(({ variant }) => variant === row.variant);
    assert.deepEqual(row.figures, before.figures);
    assert.ok(row.chanceBest >= before.chanceBest);
  }
  const [vms, paas] = some.variants;
  // Where it fits and is the cheaper one, it is the best of the two.
  const cheaper = paas.monthlyUsd.filter((usd, draw) => usd < vms.monthlyUsd[draw]).length / 512;
  assert.ok(paas.chanceBest <= paas.fits && paas.chanceBest >= paas.fits - (1 - cheaper) - 0.02);
  const none = 1 - vms.chanceBest - paas.chanceBest;
  assert.ok(none >= 0 && none <= 1 - Math.max(vms.fits, paas.fits));
  const path = "workload.weeklyUsers";
  const among = engine.winners(startup, { path, values: [1e3, 1e6, 1e8], variants: two });
  assert.ok(among.every((winner) => winner === null || two.includes(winner)));
  assert.throws(() => engine.uncertainty(startup, { variants: ["paass"] }), /did you mean "paas"\?/);
  assert.throws(() => engine.winners(startup, { path, values: [1], variants: ["vms"] }), { code: "unknownVariant" });
});

test("the answer holds up to the border and not beyond it", () => {
  const answer = engine.sweep(startup, { x: { path: "workload.weeklyUsers" } });
  const border = answer.x.above;
  assert.ok(border.at > answer.x.now && Math.abs(border.factor - border.at / answer.x.now) < 1e-12);
  const best = (weeklyUsers) => engine.compare({ ...startup, workload: { weeklyUsers } }).best;
  assert.equal(best(border.at * (1 - 1e-6)), answer.winner);
  assert.equal(best(border.at * (1 + 1e-6)), border.winner);
});

test("break-even and goal-seek agree with compare", () => {
  const path = "facts.hours.database.self_run";
  const question = { a: "single-server", b: "paas", path, from: 1, to: 500 };
  const [crossing, ...more] = engine.breakEven(startup, question);
  assert.equal(more.length, 0);
  const total = (hours, variant) =>
    engine
      .compare({ ...startup, facts: { "hours.database.self_run": hours } })
      .variants.find((one) => one.variant === variant).totals;
  const [one, other] = ["single-server", "paas"].map((variant) => total(crossing.to, variant).tcoUsd);
  assert.ok(Math.abs(one - other) < 1e-6 * one);
  const target = total(crossing.to, "single-server").monthlyUsd;
  const goal = engine.goalSeek(startup, {
    variant: "single-server",
    metric: "totals.monthlyUsd",
    target,
    path,
    from: 1,
    to: 500,
  });
  assert.ok(Math.abs(goal.reached[0].to - crossing.to) < 1e-6 * crossing.to);
  assert.equal(goal.nearest, null);
});

test("an uncertainty that is refined ends as the one that is asked for at once", async () => {
  // A company of which so few draws show what one input is worth.
  const company = { preset: "shermans-2011" };
  const seen = [];
  let last;
  for await (const answer of engine.refineUncertainty(company, { draws: 700, seed: 5 })) {
    seen.push(answer.draws);
    last = answer;
  }
  assert.deepEqual(seen, [256, 700]);
  assert.deepEqual(last, engine.uncertainty(company, { draws: 700, seed: 5 }));
  const { variants, perfectInformationUsd, worthKnowing } = last;
  assert.equal(variants.length, 9);
  assert.ok(variants.reduce((sum, { chanceBest }) => sum + chanceBest, 0) <= 1 + 1e-12);
  assert.ok(perfectInformationUsd.value > 0 && worthKnowing.length > 0);
  const paas = variants.find(({ variant }) => variant === "paas");
  assert.equal(paas.monthlyUsd.length, 700);
  const mean = paas.monthlyUsd.reduce((sum, value) => sum + value, 0) / 700;
  assert.ok(Math.abs(mean - paas.figures["totals.monthlyUsd"].mean) < 1e-9 * mean);
  assert.equal(paas.monthly.p90.length, engine.compare(company).variants[0].monthly.totalUsd.length);
});

test("a refinement stops when it is told to, and when nobody asks for more", async () => {
  const control = new AbortController();
  const reason = new Error("enough");
  await assert.rejects(async () => {
    for await (const _ of engine.refineUncertainty(startup, { draws: 60000, signal: control.signal }))
      control.abort(reason);
  }, reason);
  for await (const { draws } of engine.refineUncertainty(startup, { draws: 60000 })) {
    assert.equal(draws, 256);
    break;
  }
});

test("sensitivity, plan, stack and slope say what they promise", () => {
  const found = engine.sensitivity(startup, { draws: 64 });
  assert.equal(found.variants.length, 2);
  const gap = (id) => engine.compare(startup).variants.find(({ variant }) => variant === id).totals.monthlyUsd;
  assert.ok(
    Math.abs(gap(found.variants[1]) - gap(found.variants[0]) - found.likeliest) < 1e-9 * gap(found.variants[0]),
  );
  assert.ok(found.tornado.length > 20 && found.indices.length === 12);

  const planned = engine.plan({ ...startup, finance: { horizonMonths: 60 } }, { draws: 16 });
  assert.equal(planned.plan.stages.at(-1).to, 60);
  assert.equal(planned.steady.length, 9);
  assert.equal(planned.ahead.running[0].shares.length, 60);
  assert.equal(engine.plan(startup, { draws: 0 }).ahead, null);

  const advice = engine.stack(startup, { needs: ["failover", "data"] });
  assert.deepEqual(
    advice.needs.map(({ need }) => need),
    ["serve", "deploy", "data", "failover"],
  );
  for (const { parts } of advice.stacks)
    assert.ok(parts.every(({ meets, pulledInBy }) => (meets === null) !== (pulledInBy === null)));

  const steps = engine.slope(startup, { start: "leased-metal" });
  assert.equal(steps[0].variant, "leased-metal");
  assert.ok(steps.at(-1).figures["complexity.parts"] > steps[0].figures["complexity.parts"]);
});

// The same numbers as the command line refuses and its help tells.
test("one draw more than there may be is refused, with how many there may be", () => {
  const x = { path: "team.hourlyUsd", from: 50, to: 90, steps: 2 };
  for (const [ask, most] of [
    [(draws) => engine.uncertainty(startup, { draws }), 65536],
    [(draws) => engine.sweep(startup, { x, draws }), 65536],
    [(draws) => engine.winners(startup, { path: x.path, values: [50], draws }), 65536],
    [(draws) => engine.sensitivity(startup, { draws }), 8192],
    [(draws) => engine.plan(startup, { draws }), 4096],
  ]) {
    assert.throws(() => ask(most + 1), {
      code: "outOfRange",
      path: "draws",
      message: new RegExp(`^draws: ${most + 1} draws cannot be made; ask for [012] to ${most}$`),
    });
  }
});

test("bad questions are refused with code, path and remedy", () => {
  const x = { path: "workload.weeklyUsers" };
  for (const [ask, path, code] of [
    [() => engine.sweep(startup, { x: { ...x, from: "1" } }), "x.from", "notANumber"],
    [() => engine.sweep(startup, { x: { from: 1 } }), "x.path", "missing"],
    [() => engine.sweep(startup, { x: { ...x, from: 5, to: 5 } }), "x.to", "emptyRange"],
    [() => engine.sweep(startup, { x, y: { ...x, steps: 0 } }), "y.steps", "outOfRange"],
    [() => engine.sweep(startup, { x: { path: "workload.weeklyUser" } }), "x.path", "unknownKey"],
    [() => engine.sweep(startup, { x, y: { path: "facts.aws.nope" } }), "y.path", "unknownKey"],
    [() => engine.sweep(startup, { x: { path: "team.onCall" } }), "x.path", "notANumber"],
    [() => engine.sweep({ team: { developer: 1 } }, { x: { path: "team.developer" } }), "team.developer", "unknownKey"],
    [() => engine.winners(startup, { path: "services", values: [1] }), "path", "unknownKey"],
    [() => engine.breakEven(startup, { a: "paas", b: "functions", path: "", from: 1, to: 2 }), "path", "unknownKey"],
    [() => engine.sweep(startup, { x, metric: "totals.cost" }), "metric", "unknownMetric"],
    [() => engine.breakEven(startup, { a: "paas", b: "paas", path: x.path, from: 1, to: 2 }), "b", "sameVariant"],
    [() => engine.breakEven(startup, { a: "paas", b: "functions", path: x.path, from: 1 }), "to", "missing"],
    [() => engine.breakEven(startup, { a: "paas", b: "pas", path: x.path, from: 1, to: 2 }), "b", "unknownVariant"],
    [() => engine.uncertainty(startup, { variants: ["paas", "pas"] }), "variants[1]", "unknownVariant"],
    [() => engine.sweep(startup, { x, variants: ["pas"] }), "variants[0]", "unknownVariant"],
    [
      () =>
        engine.goalSeek(startup, {
          variant: "paas",
          metric: "totals.tcoUsd",
          target: Number.NaN,
          path: x.path,
          from: 1,
          to: 2,
        }),
      "target",
      "notFinite",
    ],
    [() => engine.uncertainty(startup, { draws: 0 }), "draws", "outOfRange"],
    [() => engine.uncertainty(startup, { draws: 1e9 }), "draws", "outOfRange"],
    [() => engine.uncertainty(startup, { draws: 1e10 }), "draws", "outOfRange"],
    [() => engine.uncertainty(startup, { draws: 2.5 }), "draws", "notWhole"],
    [() => engine.uncertainty(startup, { seed: -1 }), "seed", "notWhole"],
    [() => engine.sensitivity(startup, { metric: "totals.tcoUsd" }), "variant", "missing"],
    [() => engine.sensitivity(startup, { between: ["paas"] }), "between", "notAPair"],
    [() => engine.sensitivity(startup, { between: ["paas", "paas"] }), "between[1]", "sameVariant"],
    [() => engine.sensitivity(startup, { between: ["paas", "cloud-vms"], variant: "paas" }), "variant", "tooMany"],
    [() => engine.sensitivity(startup, { between: ["paas", "cloud-vm"] }), "between[1]", "unknownVariant"],
    [() => engine.sweep(startup, { x: { path: "services.count" }, draws: 1e6 }), "draws", "outOfRange"],
    [() => engine.winners(startup, { path: "services.count", values: [1], draws: -1 }), "draws", "notWhole"],
    [() => engine.plan(startup, { draws: 5000 }), "draws", "outOfRange"],
    [() => engine.stack(startup, { needs: ["speed"] }), "needs", "unknownNeed"],
    [() => engine.slope(startup, { start: "k8s" }), "start", "unknownVariant"],
    [() => engine.uncertainty({ presett: "x" }), "presett", "unknownKey"],
    [() => engine.uncertainty(startup, { draw: 10 }), "draw", "unknownKey"],
    [() => engine.uncertainty(startup, { worth: "no" }), "worth", "notAFlag"],
    [() => engine.uncertainty(startup, { draws: 5n }), "draws", "notANumber"],
    [() => engine.uncertainty(startup, { variants: "paas" }), "variants", "notAList"],
    [() => engine.compare(startup, { variant: ["paas"] }), "variant", "unknownKey"],
    [() => engine.compare(startup, { seed: 1.5 }), "seed", "notWhole"],
    [() => engine.compare(startup, null), "question", "notAnObject"],
    [() => engine.sweep(startup, { x: { ...x, step: 2 } }), "x.step", "unknownKey"],
    [() => engine.sweep(startup, { x: { ...x, values: [1, 2] } }), "x.values", "unknownKey"],
    [() => engine.sweep(startup, { x, y: { ...x, scale: "log" } }), "y.scale", "unknownKey"],
    [() => engine.sweep(startup, { x: { ...x, log: "yes" } }), "x.log", "notAFlag"],
    [() => engine.sweep(startup, { x: x.path }), "x", "notAnObject"],
    [() => engine.sweep(startup), "x", "missing"],
    [() => engine.breakEven(startup), "a", "missing"],
    [() => engine.goalSeek(startup), "variant", "missing"],
    [() => engine.sensitivity(startup, null), "question", "notAnObject"],
    [() => engine.winners(startup), "path", "missing"],
    [() => engine.winners(startup, { path: x.path }), "values", "missing"],
    [() => engine.winners(startup, { path: x.path, values: 5 }), "values", "notAList"],
    [() => engine.winners(startup, { path: x.path, values: [1, "2"] }), "values[1]", "notANumber"],
    [() => engine.plan(startup, { drawz: 1 }), "drawz", "unknownKey"],
    [() => engine.stack(startup, { need: ["data"] }), "need", "unknownKey"],
    [() => engine.slope(startup, { start: null }), "start", "notAName"],
    [() => engine.explain(startup), "variant", "missing"],
    [() => engine.explain(startup, { variant: null, metric: "lines.compute" }), "variant", "notAName"],
    [() => engine.explain(startup, { variant: "paas", metric: [] }), "metric", "missing"],
    [() => engine.explain(startup, { variant: "paas", metric: "lines.compute", month: "1" }), "month", "notANumber"],
    [() => engine.partPrices(startup), "variant", "missing"],
    [() => engine.partPrices(startup, { variants: ["paas"] }), "variants", "unknownKey"],
  ]) {
    assert.throws(ask, (error) => {
      assert.equal(error.name, "MovingPartsError");
      assert.deepEqual([error.path, error.code], [path, code], error.message);
      assert.ok(error.problems[0].remedy.length > 0);
      return true;
    });
  }
});

test("all that is wrong with a question is told at once, with what was meant", () => {
  assert.throws(
    () => engine.goalSeek(startup, { variants: "paas", metric: "totals.tcoUsd", target: 1, to: 5 }),
    (error) => {
      assert.deepEqual(
        error.problems.map(({ code, path }) => [code, path]),
        [
          ["unknownKey", "variants"],
          ["missing", "variant"],
          ["missing", "path"],
          ["missing", "from"],
        ],
      );
      assert.match(
        error.message,
        /^variants: is not known; did you mean "variant"\?\nvariant: is missing; say it, such as "paas"/,
      );
      return true;
    },
  );
  // A letter between two that are swapped: as near to what was meant in a question as in a scenario.
  assert.throws(() => engine.compare(startup, { varnits: ["paas"] }), /varnits: .*did you mean "variants"\?/);
  assert.throws(() => engine.plan(startup, { horizon: 60 }), /horizon: is not known; known: draws, seed/);
});

test("what is undefined has not been said, in a question and in a scenario", () => {
  const said = { draws: 64, seed: undefined, variants: undefined, worth: undefined, other: undefined };
  assert.deepEqual(engine.uncertainty(startup, said), engine.uncertainty(startup, { draws: 64 }));
  const scenario = { ...startup, team: { developers: undefined }, workload: undefined };
  assert.equal(engine.toLink(scenario), "v1&preset=seed-startup");
  assert.deepEqual(engine.plan(scenario, { draws: 4 }), engine.plan(startup, { draws: 4 }));
  assert.deepEqual(engine.validate(scenario), []);
  assert.throws(() => engine.compare({ team: { developers: null } }), { code: "notANumber" });
});

test("no variants named are all of them, whatever the question", () => {
  const none = { variants: [] };
  const along = { path: "workload.weeklyUsers", values: [1e3, 1e6] };
  assert.deepEqual(engine.compare(startup, none), engine.compare(startup));
  assert.deepEqual(engine.winners(startup, { ...along, ...none }), engine.winners(startup, along));
  for (const ask of ["uncertainty", "sweep"]) {
    const question = { draws: 8, ...(ask === "sweep" ? { x: { path: along.path, steps: 3 } } : {}) };
    assert.deepEqual(engine[ask](startup, { ...question, ...none }), engine[ask](startup, question));
  }
});

test("too many draws are refused before the first is made", async () => {
  const late = (draws) => engine.refineUncertainty(startup, { draws }).next();
  for (const draws of [65537, 1e9]) {
    let refusal;
    assert.throws(
      () => engine.uncertainty(startup, { draws }),
      (error) => {
        refusal = error;
        return true;
      },
    );
    await assert.rejects(late(draws), { code: refusal.code, path: refusal.path, message: refusal.message });
  }
});
