/** Times `compare` through the JavaScript API in Node. Prints a name and its median nanoseconds a call, a tab between. */
const engine = await import(new URL("../../dist/npm/node.js", import.meta.url).href);

const RUNS = 200;
const CALLS = 20;

function median(run) {
  const times = Array.from({ length: RUNS }, () => {
    const start = process.hrtime.bigint();
    for (let call = 0; call < CALLS; call++) run();
    return Number(process.hrtime.bigint() - start) / CALLS;
  });
  return times.sort((a, b) => a - b)[RUNS / 2];
}

for (const preset of ["shermans-2011", "hundred-microservices"]) {
  for (const [name, scenario] of [
    [preset, { preset }],
    [`${preset}, spelled out`, engine.preset(preset)],
  ]) {
    median(() => engine.compare(scenario)); // warm
    console.log(`compare ${name}\t${median(() => engine.compare(scenario))}`);
  }
}
