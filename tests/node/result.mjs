/** Answers in the shape of the golden files; needs nothing, and runs in browsers too. */

/** A hash over the bits of numbers: 64-bit FNV-1a, as the core has it. */
function bitsOf() {
  const bytes = new DataView(new ArrayBuffer(8));
  const prime = 0x100000001b3n;
  let hash = 0xcbf29ce484222325n;
  return {
    write(number) {
      bytes.setFloat64(0, number, true);
      for (let at = 0; at < 8; at++) hash = BigInt.asUintN(64, (hash ^ BigInt(bytes.getUint8(at))) * prime);
    },
    text: () => hash.toString(16).padStart(16, "0"),
  };
}

/** A hash over what the questions that draw answer, as the native test makes it. */
function drawn(engine, scenario) {
  const { write, text } = bitsOf();
  const answer = engine.uncertainty(scenario, { draws: 64, seed: 1 });
  for (const { monthlyUsd, cuts, monthly } of answer.variants) {
    monthlyUsd.forEach(write);
    cuts.forEach(write);
    for (const [month, mean] of monthly.mean.entries()) [mean, monthly.p90[month]].forEach(write);
  }
  const estimates = [answer.perfectInformationUsd, ...answer.worthKnowing.map((worth) => worth.usd)];
  for (const { value, error } of estimates) [value, error].forEach(write);
  const question = { variant: "paas", metric: "totals.tcoUsd", draws: 16, seed: 1 };
  for (const { first, total } of engine.sensitivity(scenario, question).indices) {
    [first.value, total.value].forEach(write);
  }
  const { ahead } = engine.plan(scenario, { draws: 16, seed: 1 });
  if (ahead) {
    [ahead.expected.plan.usd, ahead.robust.regretP90Usd].forEach(write);
    for (const { months } of ahead.switches) months.forEach(write);
  }
  return text();
}

/** A preset's results in the shape of its golden file. */
export function result(engine, preset) {
  return { ...shape(engine, engine.compare({ preset })), drawn: drawn(engine, { preset }) };
}

/** A comparison in the shape of a golden file: every number, and a hash over the bits of all of them. */
export function shape(engine, comparison) {
  const { metrics, series } = engine.catalog();
  const { write, text } = bitsOf();
  const at = (outcome, id) => id.split(".").reduce((value, key) => value[key], outcome);
  const variants = {};
  for (const outcome of comparison.variants) {
    const numbers = Object.fromEntries(metrics.map(({ id }) => [id, at(outcome, id)]));
    Object.values(numbers).forEach(write);
    write(outcome.upfrontUsd);
    for (const [id] of series) outcome.monthly[id].forEach(write);
    variants[outcome.variant] = {
      feasible: outcome.feasible,
      reasons: outcome.reasons,
      upfrontUsd: outcome.upfrontUsd,
      exitUsd: outcome.exitUsd,
      dominatedBy: outcome.dominatedBy,
      paysBackInMonth: outcome.paysBackInMonth,
      numbers,
      parts: outcome.complexity.stack.map(({ part, times }) => [part.id, times]),
    };
  }
  return { best: comparison.best, bits: text(), variants };
}
