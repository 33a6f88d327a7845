/** Times the questions through the JavaScript API in Node. Prints a name and its median nanoseconds a call, a tab between. */
const engine = await import(new URL("../../dist/npm/node.js", import.meta.url).href);

function median(runs, calls, run) {
  const times = Array.from({ length: runs }, () => {
    const start = process.hrtime.bigint();
    for (let call = 0; call < calls; call++) run();
    return Number(process.hrtime.bigint() - start) / calls;
  });
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)];
}

for (const preset of ["shermans-2011", "hundred-microservices"]) {
  for (const [name, scenario] of [
    [preset, { preset }],
    [`${preset}, spelled out`, engine.preset(preset)],
  ]) {
    median(200, 20, () => engine.compare(scenario)); // warm
    console.log(`compare ${name}\t${median(200, 20, () => engine.compare(scenario))}`);
  }
  const values = Array.from({ length: 100 }, (_, step) => (step + 1) * 1e5);
  const path = "workload.weeklyUsers";
  const winners = () => engine.winners({ preset }, { path, values });
  console.log(`winners at 100 values ${preset}\t${median(200, 1, winners)}`);
  for (const draws of [256, 10000]) {
    const name = `uncertainty, ${draws} draws ${preset}`;
    console.log(`${name}\t${median(draws > 1000 ? 3 : 21, 1, () => engine.uncertainty({ preset }, { draws }))}`);
  }
  const grid = {
    x: { path, from: 1e4, to: 1e8, steps: 200 },
    y: { path: "team.hourlyUsd", from: 10, to: 300, steps: 200 },
  };
  console.log(`sweep 200 x 200 ${preset}\t${median(1, 1, () => engine.sweep({ preset }, grid))}`);
  console.log(`plan, no draws ${preset}\t${median(21, 1, () => engine.plan({ preset }, { draws: 0 }))}`);
  console.log(`plan, 256 draws ${preset}\t${median(3, 1, () => engine.plan({ preset }, { draws: 256 }))}`);
}
