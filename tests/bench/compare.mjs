/** Times `compare` and `winners` through the JavaScript API in Node. Prints a name and its median nanoseconds a call, a tab between. */
const engine = await import(new URL("../../dist/npm/node.js", import.meta.url).href);

const RUNS = 200;

function median(calls, run) {
  const times = Array.from({ length: RUNS }, () => {
    const start = process.hrtime.bigint();
    for (let call = 0; call < calls; call++) run();
    return Number(process.hrtime.bigint() - start) / calls;
  });
  return times.sort((a, b) => a - b)[RUNS / 2];
}

for (const preset of ["shermans-2011", "hundred-microservices"]) {
  for (const [name, scenario] of [
    [preset, { preset }],
    [`${preset}, spelled out`, engine.preset(preset)],
  ]) {
    median(20, () => engine.compare(scenario)); // warm
    console.log(`compare ${name}\t${median(20, () => engine.compare(scenario))}`);
  }
  const values = Array.from({ length: 100 }, (_, step) => (step + 1) * 1e5);
  const winners = () => engine.winners({ preset }, { path: "workload.weeklyUsers", values });
  console.log(`winners at 100 values ${preset}\t${median(1, winners)}`);
}
