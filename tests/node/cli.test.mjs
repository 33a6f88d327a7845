/** The command line of the installed package. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { test } from "node:test";
import { scratch } from "./scratch.mjs";
import { consumer, golden } from "./support.mjs";

const folder = `${consumer}/node_modules/.bin`;
const program = `${folder}/moving-parts`;
/** Whatever the machine says of colours, widths and languages is not asked. */
const PLAIN = { PATH: process.env.PATH, HOME: tmpdir() };

function run(args, input = "", env = {}) {
  const options = { input, encoding: "utf8", cwd: tmpdir(), env: { ...PLAIN, ...env } };
  const { status, stdout, stderr } = spawnSync(program, args, options);
  return { status, stdout, stderr };
}

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: they are what is looked for.
/** What a terminal of so many columns shows. */
function onTerminal(args, columns, env = {}) {
  const words = `stty cols ${columns}; ${program} ${args}`;
  const { stdout } = spawnSync("script", ["-qec", words, "/dev/null"], {
    encoding: "utf8",
    env: { ...PLAIN, TERM: "xterm-256color", ...env },
  });
  // What is said of progress is wiped before the answer comes.
  return stdout.replaceAll("\r\n", "\n").replace(/^[^\n]*\r\u001b\[K/, "");
}

const COLOURS = /\u001b\[\d+m/g;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: they are what is looked for.

/** Bad input: status 2, nothing on standard output, and words that name what was wrong. */
function refused(args, pattern, input) {
  const { status, stdout, stderr } = run(args, input);
  assert.equal(status, 2, `${args.join(" ")}: ${stderr}`);
  assert.equal(stdout, "", args.join(" "));
  assert.match(stderr, pattern);
  assert.doesNotMatch(stderr, /\n\s+at /, "no stack trace");
}

test("compare tells the answer and all nine variants", () => {
  const { status, stdout } = run(["compare", "--preset", "seed-startup"]);
  assert.equal(status, 0);
  assert.match(stdout, /costs? least|close/);
  for (const name of ["single server", "leased bare metal", "PaaS", "managed Kubernetes", "functions"])
    assert.ok(stdout.includes(name), name);
});

test("compare as JSON has the golden numbers", () => {
  const { preset, expected } = golden[0];
  const answer = JSON.parse(run(["compare", "--preset", preset, "--format", "json"]).stdout);
  for (const outcome of answer.variants) {
    assert.equal(outcome.totals.tcoUsd, expected.variants[outcome.variant].numbers["totals.tcoUsd"]);
    assert.ok(Array.isArray(outcome.monthly.totalUsd));
  }
});

test("csv and markdown are what they say", () => {
  const csv = run(["facts", "--format", "csv"]).stdout;
  assert.match(csv, /^id,p10,p50,p90,unit,date,confidence,source,estimate,label,note\n/);
  const markdown = run(["compare", "--format", "markdown"]).stdout;
  assert.match(markdown, /\n\| variant \| all-in a month \|/);
});

test("explain shows formulas down to facts with their sources", () => {
  const { status, stdout } = run([
    "explain",
    "--preset",
    "seed-startup",
    "--variant",
    "paas",
    "--metric",
    "totals.monthlyUsd",
  ]);
  assert.equal(status, 0);
  assert.match(stdout, /facts\.render\.web\.\w+/);
  assert.match(stdout, /workload\.weeklyUsers/);
});

test("presets, schema and validate answer", () => {
  assert.equal(JSON.parse(run(["presets", "--format", "json"]).stdout).length, golden.length);
  assert.equal(JSON.parse(run(["schema"]).stdout).title, "Scenario");
  assert.deepEqual(JSON.parse(run(["validate", "--format", "json", "--scenario", "-"], "{}").stdout), {
    valid: true,
    problems: [],
  });
  const wrong = run(["validate", "--format", "json", "--scenario", "-"], '{"tem": 1}');
  assert.equal(wrong.status, 2);
  assert.equal(JSON.parse(wrong.stdout).problems[0].code, "unknownKey");
});

test("a scenario file, a preset and --set work together", () => {
  const file = `${scratch()}/scenario.json`;
  writeFileSync(file, JSON.stringify({ team: { developers: 12 } }));
  const args = ["compare", "--preset", "indie-saas", "--scenario", file, "--set", "workload.weeklyUsers=1e6..3e6"];
  const answer = JSON.parse(run([...args, "--format", "json"]).stdout);
  assert.equal(Math.round(answer.variants[0].monthly.weeklyUsers[0]), Math.round(Math.sqrt(3) * 1e6));
});

test("wrong input is refused with status 2", () => {
  refused(["compare", "--set", "workload.weeklyUser=4"], /did you mean workload\.weeklyUsers\?/);
  refused(["compare", "--set", "workload.weeklyUsers=4M"], /"4M" is not a number; write 10000 or 5000\.\.20000\n/);
  refused(["compare", "--set", "workload.weeklyUsers=-1"], /-1 is too small; allowed: 0 to/);
  refused(["compare", "--set", "workload.weeklyUsers=NaN"], /not a finite number/);
  refused(["compare", "--set", "workload.weeklyUsers=1e308"], /too large/);
  refused(["compare", "--set", "workload.weeklyUsers=9..3"], /upside down/);
  refused(["compare", "--set", "team.developers"], /PATH=VALUE/);
  refused(["compare", "--preset", "shermans"], /did you mean|known presets/);
  refused(["compare", "--scenario", "/nowhere/at/all.json"], /cannot be read/);
  refused(["compare", "--scenario", "-"], /is empty/, "");
  refused(["compare", "--scenario", "-"], /is not JSON/, '{"team": {"devel');
  refused(["compare", "--format", "xml"], /write table, json, csv or markdown/);
  refused(["compare", "--nonsense"], /nonsense/);
  refused(["compare", "--metric", "lines.compute"], /compare has no option --metric; did you mean --metrics\?/);
  refused(["compare", "--target", "5"], /compare has no option --target; moving-parts compare --help lists/);
  refused(["presets", "--preset", "indie-saas"], /presets has no option --preset/);
  refused(
    ["compare", "--preset", "seed-startup", "--preset", "indie-saas"],
    /--preset is there twice, with seed-startup and with indie-saas; write one of them/,
  );
  refused(["goal-seek", "--wherefore"], /there is no option --wherefore; moving-parts goal-seek --help lists/);
  refused(["--wherefore"], /there is no option --wherefore; moving-parts --help lists/);
  refused(["schema", "--format", "table"], /"table" is not offered by schema; write json/);
  refused(["export", "--format", "csv"], /write xlsx/);
  refused(["export", "--lines", "-"], /export has no option --lines/);
  assert.doesNotMatch(run(["export", "--help"]).stdout, /--lines/);
  refused(["export", "--output", "paas.csv"], /--output: "csv" is not offered by export; write xlsx/);
  refused(["export", "--variant", "paas", "--metrics", "totals.nope"], /^--metrics: "totals\.nope" is not known; /);
  refused(["export", "--preset", "seed-startup", "--variant", "pass"], /did you mean "paas"/);
  refused(["compare", "--output", "/no/such/folder/file"], /--output: .* cannot be written/);
  refused(["complete", "tcsh"], /which shell/);
  refused(["compare", "twice"], /one word too many/);
  refused(["comprehend"], /no command "comprehend"; known: /);
  refused(["explain", "--variant", "paas"], /--metric/);
  refused(
    ["explain", "--variant", "paas", "--metric", "lines.compute", "--month", "x"],
    /--month: "x" is not a number/,
  );
});

test("help is a success, and no command is not", () => {
  const overview = run(["--help"]);
  assert.equal(overview.status, 0);
  const commands = overview.stdout.split("Which company")[0].matchAll(/^ {2}([a-z-]+) {2,}/gm);
  const names = Array.from(commands, ([, name]) => name);
  assert.ok(names.length >= 15);
  for (const name of names) {
    const { status, stdout } = run([name, "--help"]);
    assert.equal(status, 0);
    const [, examples] = stdout.split("Examples\n");
    // The examples are true: each is taken. Those about files of the reader's own have none here.
    for (const line of examples.replaceAll("\\\n", " ").trim().split("\n")) {
      const words = line.trim().split(/ +/).slice(1);
      assert.equal(words[0], name);
      if (words.includes("ours.json") || words.includes("--draws")) continue;
      const here = scratch();
      const { status, stderr } = spawnSync(program, words, { encoding: "utf8", cwd: here, env: PLAIN });
      assert.equal(status, 0, `${line}: ${stderr}`);
    }
  }
  assert.equal(run([]).status, 2);
  assert.match(run(["--version"]).stdout, /^moving-parts \d+\.\d+\.\d+, facts of \d{4}/);
});

test("every question has a table, JSON, CSV and Markdown", () => {
  const users = ["--x", "workload.weeklyUsers=1e4..1e7"];
  for (const [args, words] of [
    [["uncertainty", "--draws", "64"], /least in the mean, .* of the draws/],
    [["sensitivity", "--draws", "16"], /costs .* a month more than/],
    [["sweep", "--x", "workload.weeklyUsers=1e4..1e7/3", "--y", "team.hourlyUsd=50..90/2"], /is cheapest/],
    [["break-even", "--a", "single-server", "--b", "paas", ...users], /between single server and PaaS/],
    [["goal-seek", "--variant", "paas", "--metric", "totals.monthlyUsd", "--target", "9000", ...users], /is \$9k at/],
    [["plan", "--draws", "8"], /At the likeliest values/],
    [["stack"], /Needs:/],
    [["slope"], /Helm and its charts/],
  ]) {
    const asked = [...args, "--preset", "seed-startup"];
    const table = run(asked);
    assert.equal(table.status, 0, table.stderr);
    assert.equal(table.stderr, "", "nothing but errors goes where no terminal is");
    assert.match(table.stdout, words);
    assert.doesNotMatch(table.stdout, /NaN|undefined|null|Infinity/);
    JSON.parse(run([...asked, "--format", "json"]).stdout);
    assert.match(run([...asked, "--format", "markdown"]).stdout, /\n\| --- \|/);
    assert.match(run([...asked, "--format", "csv"]).stdout, /^[^\n]*,[^\n]*\n/);
  }
});

const USERS = ["--x", "workload.weeklyUsers=1e5..1e8"];
const ALONG = ["--x", "workload.weeklyUsers=1e4,1e6"];

/** CSV as rows of cells; nothing that these tests write has a quote or a line break in a cell. */
function rowsOf(csv) {
  const lines = csv.trimEnd().split("\n");
  return lines.map((line) =>
    Array.from(line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g), ([, quoted, bare]) => quoted ?? bare),
  );
}

test("CSV has numbers to their last digit, ids for names, and a column for what fits", () => {
  for (const args of [
    ["compare"],
    ["uncertainty", "--draws", "64"],
    ["sensitivity", "--draws", "16"],
    ["sweep", "--x", "workload.weeklyUsers=1e4..1e7/3", "--y", "team.hourlyUsd=50..90/2"],
    ["sweep", "--x", "workload.weeklyUsers=1e4..1e7/3", "--draws", "8"],
    ["winners", ...ALONG],
    ["break-even", "--a", "machine-images", "--b", "paas", ...USERS],
    ["goal-seek", "--variant", "paas", "--metric", "totals.monthlyUsd", "--target", "90000", ...USERS],
    ["plan", "--draws", "8"],
    ["stack"],
    ["slope"],
    ["parts", "--variant", "paas"],
    ["explain", "--variant", "paas", "--metric", "totals.monthlyUsd"],
  ]) {
    const { status, stdout, stderr } = run([...args, "--preset", "seed-startup", "--format", "csv"]);
    assert.equal(status, 0, stderr);
    const [head, ...rows] = rowsOf(stdout);
    assert.ok(rows.length > 0, args[0]);
    assert.equal(new Set(head).size, head.length, `${args[0]}: every column has its own name`);
    for (const row of rows) {
      assert.equal(row.length, head.length, `${args[0]}: ${row}`);
      for (const [at, cell] of row.entries()) {
        assert.doesNotMatch(cell, /\[object|undefined|NaN/, `${args[0]}, ${head[at]}: a plain value`);
        if (/label|formula|source|^step$/.test(head[at])) continue;
        assert.doesNotMatch(cell, /^[−$<]|[%*]|\d [hkM]\b|\d,\d/, `${args[0]}, ${head[at]}`);
      }
    }
  }
  const { variants } = JSON.parse(run(["compare", "--preset", "seed-startup", "--format", "json"]).stdout);
  const asked = ["compare", "--preset", "seed-startup", "--format", "csv", "--metrics", "totals.monthlyUsd"];
  const [head, ...rows] = rowsOf(run(asked).stdout);
  assert.deepEqual(head, ["variant", "fits", "totals.monthlyUsd"]);
  const kinds = rowsOf(run([...asked.slice(0, -1), "labour.byKind.upgrades"]).stdout).slice(1);
  assert.deepEqual(
    kinds.map(([, , hours]) => Number(hours)),
    variants.map(({ labour }) => labour.byKind.upgrades),
  );
  assert.deepEqual(
    rows.map(([variant, fits, usd]) => [variant, fits === "true", Number(usd)]),
    variants.map(({ variant, feasible, totals }) => [variant, feasible, totals.monthlyUsd]),
  );
  // What stands in a column of names is taken where names are asked for.
  const one = rows.map(([variant]) => variant).join(", ");
  assert.equal(rowsOf(run(["compare", "--variants", one, "--format", "csv"]).stdout).length, rows.length + 1);
});

test("what is said outright and cannot be had stops a variant, in words", () => {
  const stopped = (set) => {
    const { stdout } = run(["compare", "--set", set]);
    return stdout.split("\n").find((line) => line.startsWith("single server"));
  };
  assert.match(stopped("goals.redundancy=twice"), /It is one machine; every role is to run twice\./);
  assert.match(stopped("goals.secondSite=always"), /It has no second site, and one is always wanted\./);
  assert.doesNotMatch(stopped("team.onCall=always"), /\.$/);
});

test("a comparison tells what draws say beside it, and a toss-up is called one", () => {
  const said = (...args) => run(args).stdout.split("\n\n")[0];
  const words = said("compare", "--preset", "shermans-2011");
  const events = said("compare", "--preset", "spiky-events");
  assert.match(events, /^Single server costs least/, "at the likeliest values");
  assert.match(events, /likeliest values: the middle of every input.*\nFunctions cost least in the mean/);
  const first =
    /A toss-up: machine images cost least in the mean, \$\d+k a month, and are the cheapest in \d+ % of the/;
  assert.match(words, first);
  assert.match(words, /; leased bare metal costs \$\d+k, less in \d+ %, and is the cheapest in \d+ %[.;]/);
  assert.match(said("uncertainty", "--preset", "shermans-2011"), first, "the same with more draws");
  // The same draws say the same.
  const seventh = ["--preset", "shermans-2011", "--seed", "7"];
  const [, , beside] = said("compare", ...seventh).split("\n");
  assert.ok(
    said("uncertainty", "--draws", "256", ...seventh)
      .replaceAll("\n", " ")
      .startsWith(beside),
    beside,
  );
  assert.ok(!words.includes(beside), "another seed, another answer");
  assert.match(run(["compare", "--seed", "-1"]).stderr, /seed: -1/);
  // Where one is clearly the best, no other is named; where it may not fit, what else it is then.
  assert.match(said("uncertainty", "--preset", "startup-2002"), /^Single server costs least[^;]*draws\.\n/);
  const doubted =
    /^Of these 2, PaaS costs least [^;]*, if it fits, which it does in \d+ % of the draws; else it is self-run Kubernetes, at/;
  assert.match(said("uncertainty", "--variants", "paas,self-run-kubernetes"), doubted);
  // What leads at the likeliest values, and fits in few draws, is told in what draws say too.
  const phase = "workload.growth.phases.0";
  const falling = `v1&workload.weeklyUsers=3e6&${phase}.months=60&${phase}.monthlyGrowth=-0.05&team.developers=10`;
  const seldom = said("compare", "--link", `${falling}&goals.revenuePerHourUsd=500`);
  assert.match(seldom, /^Single server costs least/);
  assert.match(seldom, /; single server costs \$[\d.]+k and is the cheapest in \d+ %, but fits in only [34]\d %\.$/);
  const nothing = said("uncertainty", "--set", "goals.availability=0.9999999");
  assert.match(nothing, /^Nothing fits in most draws/);
  assert.doesNotMatch(nothing, /Knowing everything/);
  for (const args of [
    ["sweep", "--x", "workload.weeklyUsers=1e4..1e7/3"],
    ["break-even", "--a", "leased-metal", "--b", "paas", ...USERS],
    ["goal-seek", "--variant", "paas", "--metric", "totals.monthlyUsd", "--target", "90000", ...USERS],
    ["plan", "--draws", "8"],
    ["winners", ...ALONG],
  ])
    assert.match(run(args).stdout, /likeliest values: the middle of every input/i, args[0]);
  assert.doesNotMatch(run(["sweep", "--x", "team.hourlyUsd=50..90/2", "--draws", "4"]).stdout, /likeliest/);
  assert.match(run(["--help"]).stdout, /likeliest values +the middle value of every input/);
});

test("some variants only: the answer says so, blanks do no harm, and none named is all", () => {
  assert.match(run(["compare", "--variants", "paas,cloud-vms"]).stdout, /^Of these 2, /);
  const alone = run(["compare", "--variants", "paas"]).stdout;
  assert.match(alone, /^PaaS costs .* a month all-in\.$/m);
  assert.match(alone, /^PaaS costs .* a month in the mean, and fits in \d+ % of the draws\.$/m);
  assert.match(run(["uncertainty", "--draws", "16", "--variants", "paas,cloud-vms"]).stdout, /^Of these 2, /);
  assert.match(run(["compare", "--variants", "paas, leased-metal"]).stdout, /\nleased bare metal .*\n.*PaaS /);
  for (const args of [["compare"], ["uncertainty", "--draws", "16"], ["sweep", "--x", "team.hourlyUsd=50..90/2"]])
    assert.equal(run([...args, "--variants", ""]).stdout, run(args).stdout, args[0]);
});

test("draws that are too many are refused as they were typed, and help tells how many there may be", () => {
  const x = ["--x", "team.hourlyUsd=50..90/2"];
  for (const [args, most] of [
    [["uncertainty"], 65536],
    [["sweep", ...x], 65536],
    [["winners", ...ALONG], 65536],
    [["sensitivity"], 8192],
    [["plan"], 4096],
  ]) {
    refused(
      [...args, "--draws", "1e9"],
      new RegExp(`^--draws: 1e9 draws are too many; ${args[0]} makes at most ${most}`),
    );
    assert.match(run([args[0], "--help"]).stdout, new RegExp(`how many draws, at most ${most};`));
  }
});

test("what is refused is called by the option's name, with a remedy that the line takes", () => {
  refused(
    ["compare", "--set", 'workload.weeklyUsers={"p10":1,"p90":2}'],
    /is not a number; write 10000 or 5000\.\.20000\n/,
  );
  refused(["compare", "--scenario", "-"], /write 10000 or \{"p10"/, '{"workload":{"weeklyUsers":"4M"}}');
  refused(["compare", "--set", "workload.growth=3"], /set what is in it: workload\.growth\.phases\.0\.months/);
  refused(["compare", "--preset", "shermans"], /^--preset: /);
  refused(["compare", "--scenario", "-"], /^preset: /, '{"preset":"shermans"}');
  refused(["compare", "--variants", "pas"], /^--variants: /);
  refused(["sensitivity", "--metric", "labour.hoursPerMonth"], /^--metric: whose\? Write --variant paas/);
  refused(["sensitivity", "--a", "paas", "--b", "paas"], /^--b: paas is compared with itself/);
  refused(["break-even", "--a", "paas", "--b", "paas", ...USERS], /^--b: paas is compared with itself/);
  for (const [option, args] of [
    ["--a", ["break-even", "--a", "pas", "--b", "paas", ...USERS]],
    ["--b", ["break-even", "--a", "paas", "--b", "pas", ...USERS]],
    ["--a", ["sensitivity", "--a", "pas", "--b", "paas"]],
    ["--b", ["sensitivity", "--a", "paas", "--b", "pas"]],
    ["--variants", ["uncertainty", "--variants", "pas"]],
    ["--variants", ["winners", "--x", "team.developers=5,6", "--variants", "paas,pas"]],
    ["--variant", ["parts", "--variant", "pas"]],
    ["--start", ["slope", "--start", "pas"]],
  ])
    refused(args, new RegExp(`^${option}: "pas" is not known; did you mean "paas"\\?`));
  refused(["sweep", "--x", "team.hourlyUsd=1..2/0.5"], /^--x \(steps\): 0\.5 is not a whole number/);
  const path = ["--x", "team.hourlyUsd=5..5"];
  for (const question of [["break-even", "--a", "paas", "--b", "functions"], ["sweep"], ["winners"]])
    refused([...question, ...path], /^--x: from and to are both 5/);
  assert.equal(run(["compare", "--set", "workload.weeklyUsers=1e4..1e5..1e6"]).status, 0);
});

test("a path that there is not, a number with commas and a range upside down are each refused alike, wherever they stand", () => {
  const two = ["--a", "paas", "--b", "functions"];
  const goal = ["--variant", "paas", "--metric", "totals.monthlyUsd", "--target", "9000"];
  const along = (typed) => [
    ["sweep", "--x", typed],
    ["winners", "--x", typed],
    ["break-even", ...two, "--x", typed],
    ["goal-seek", ...goal, "--x", typed],
  ];
  const meant = /^--x: "workload\.weeklyUser" is not known; did you mean workload\.weeklyUsers\?\n$/;
  for (const args of along("workload.weeklyUser=1e4..1e6")) refused(args, meant);
  refused(["winners", "--x", "workload.weeklyUser=1e4,1e6"], meant);
  refused(["sweep", "--x", "team.hourlyUsd", "--y", "team.hourly"], /^--y: "team\.hourly" is not known; did you mean/);
  refused(
    ["sweep", "--x", "team.onCall=1..2"],
    /^--x: "team\.onCall" is not a number that can be moved; name a number/,
  );
  const strange = ["--set", "team.developer=3", "--set", "workload.weeklyUser=4"];
  refused(
    ["compare", ...strange],
    /^--set \(team\.developer\): is not known; did you mean team\.developers\?\n--set \(workload\.weeklyUser\): is not/,
  );
  const commas = (option, typed, plain) =>
    new RegExp(`^--${option}: "${typed}" is not a number; write ${plain}, without commas\n$`);
  for (const args of along("workload.weeklyUsers=1,000..2,000"))
    refused(args, /^--x: "1,000" is not a number; write 1000, without commas\n$/);
  refused(["winners", "--x", "workload.weeklyUsers=1,000"], commas("x", "1,000", "1000"));
  refused(["winners", "--x", "workload.weeklyUsers=500,10,000"], commas("x", "10,000", "10000"));
  refused(
    ["winners", "--x", "workload.weeklyUsers=1,500"],
    /^--x: "1,500" is one number or 2; write 1500, or with blanks if it is 2: --x "workload\.weeklyUsers=1, 500"\n$/,
  );
  refused(["uncertainty", "--draws", "1,000"], commas("draws", "1,000", "1000"));
  refused(["goal-seek", ...goal.slice(0, -1), "9,000"], commas("target", "9,000", "9000"));
  refused(["compare", "--set", "team.hourlyUsd=1,000"], commas("set \\(team.hourlyUsd\\)", "1,000", "1000"));
  for (const args of along("workload.weeklyUsers=1e6..1e4"))
    refused(args, /^--x: "1e6\.\.1e4" is upside down; write 1e4\.\.1e6\n$/);
  refused(
    ["compare", "--set", "team.hourlyUsd=9..3..4"],
    /^--set \(team\.hourlyUsd\): "9\.\.3\.\.4" is upside down; write 3\.\.4\.\.9\n/,
  );
});

test("winners are told at values that are typed, or spaced as a sweep spaces them", () => {
  const told = (...args) => JSON.parse(run([...args, "--preset", "seed-startup", "--format", "json"]).stdout);
  const typed = told("winners", "--x", "workload.weeklyUsers=1e6,1e4");
  assert.deepEqual([typed.path, typed.values], ["workload.weeklyUsers", [1e6, 1e4]]);
  assert.deepEqual(told("winners", "--x", "workload.weeklyUsers=1e4").values, [1e4]);
  assert.deepEqual(told("winners", "--x", "workload.weeklyUsers=1, 500").values, [1, 500]);
  assert.deepEqual(told("winners", "--x", "workload.weeklyUsers=1,10,100,1500").values, [1, 10, 100, 1500]);
  assert.deepEqual(told("winners", "--x", "workload.weeklyUsers=100,200,300").values, [100, 200, 300]);
  for (const x of ["workload.weeklyUsers=1e4..1e7/4", "team.developers=1..30/5", "team.hourlyUsd"])
    for (const draws of [[], ["--draws", "16"]]) {
      const spaced = told("winners", "--x", x, ...draws);
      const swept = told("sweep", "--x", x, ...draws);
      assert.deepEqual([spaced.values, spaced.winners], [swept.x.values, swept.winners], x);
      // As many values that are typed are answered alike.
      assert.deepEqual(told("winners", "--x", `${spaced.path}=${spaced.values}`, ...draws), spaced, x);
    }
});

test("a value may begin with a minus", () => {
  refused(["uncertainty", "--draws", "-5"], /^--draws: -5 is not a whole number/);
  refused(["uncertainty", "--seed", "-1"], /^--seed: -1 is not a whole number/);
  refused(["goal-seek", "--target", "-5"], /--variant is missing/);
  const asked = ["break-even", "--a", "paas", "--b", "functions"];
  refused([...asked, "--x", "team.hourlyUsd=-0.2..0.2"], /^--x: -0\.2 is not allowed for team\.hourlyUsd/);
});

test("what was probably meant is named", () => {
  refused(["compere"], /did you mean compare\?/);
  refused(["compare", "--presett", "indie-saas"], /did you mean --preset\?/);
  refused(["compare", "--json"], /did you mean --format json\?/);
  for (const value of [["paas"], []]) refused(["compare", "--variant", ...value], /did you mean --variants\?/);
  refused(["compare", "--variants"], /^--variants has nothing behind it; write --variants A,B/);
  refused(["compare", "--metrics", "labour.hours"], /did you mean labour\.hoursPerMonth\?/);
  assert.equal(run(["help"]).stdout, run(["--help"]).stdout);
  assert.equal(run(["help", "sweep"]).stdout, run(["sweep", "--help"]).stdout);
  assert.equal(run(["-v"]).stdout, run(["--version"]).stdout);
});

test("a mark at the beginning of a file is no part of it", () => {
  const marked = '\uFEFF{"preset":"indie-saas"}';
  const plain = run(["compare", "--preset", "indie-saas", "--format", "json"]).stdout;
  assert.equal(run(["compare", "--scenario", "-", "--format", "json"], marked).stdout, plain);
  const file = `${scratch()}/marked.json`;
  writeFileSync(file, marked);
  assert.equal(run(["compare", "--scenario", file, "--format", "json"]).stdout, plain);
  assert.equal(run(["compare", "--lines", "-"], `${marked}\n`).status, 0);
});

test("a sweep has as many places as a table shows, and tells a terminal how far it is", () => {
  const table = run(["sweep", "--x", "workload.weeklyUsers"]).stdout.split("\n\n")[1];
  assert.equal(table.split("\n").length, 1 + 13);
  const both = ["--x", "workload.weeklyUsers", "--y", "team.hourlyUsd", "--variants", "paas", "--format", "csv"];
  assert.equal(rowsOf(run(["sweep", ...both]).stdout).length, 1 + 13 * 7);
  const help = run(["sweep", "--help"]).stdout.replaceAll(/\s+/g, " ");
  assert.match(help, /13 values over its slider if nothing is said/);
  const shown = spawnSync("script", ["-qec", `${program} sweep --x team.hourlyUsd=50..90/4 --draws 4`, "/dev/null"], {
    encoding: "utf8",
    env: { ...PLAIN, TERM: "xterm-256color" },
  });
  assert.match(shown.stdout, /3 of 4 places/);
});

test("inputs tell what holds if nothing is said, and limits only of numbers", () => {
  const [head, ...rows] = rowsOf(run(["inputs", "--format", "csv"]).stdout);
  const of = (path) => Object.fromEntries(rows.find(([id]) => id === path).map((cell, at) => [head[at], cell]));
  assert.deepEqual(
    [of("team.hourlyUsd").default, of("team.hourlyUsd").p10, of("team.hourlyUsd").max],
    ["106", "63", "10000"],
  );
  assert.deepEqual([of("data.hosted").default, of("data.hosted").min, of("data.hosted").max], ["true", "", ""]);
  assert.deepEqual([of("finance.provider").default, of("team.onCall").options], ["aws", "asItPays,never,always"]);
  const [hourly] = JSON.parse(run(["inputs", "team.hourlyUsd", "--format", "json"]).stdout);
  assert.deepEqual(hourly.default, { p10: 63, p50: 106, p90: 168 });
  const longest = Math.max(
    ...run(["inputs"])
      .stdout.split("\n")
      .map((line) => line.length),
  );
  assert.ok(longest < 300, `a pipe gets a line of ${longest}`);
});

test("two that do not cross are told at both ends, with units", () => {
  const two = ["break-even", "--preset", "seed-startup", "--a", "paas", "--b", "self-run-kubernetes"];
  const never = run([...two, "--x", "workload.weeklyUsers=1e4..1e5"]).stdout;
  assert.match(never, /^From 10,000 to 100,000 nothing changes .*: PaaS costs less throughout\.\n/);
  assert.match(never, /\n +10,000 .*\$.*−\$.*\n +100,000 .*\$.*−\$/);
  const work = [...two, "--metric", "labour.hoursPerMonth", "--x", "workload.weeklyUsers=1e4..1e5"];
  assert.match(run(work).stdout, /labour\.hoursPerMonth of PaaS is less throughout.*\n\n.*difference \(hours\/month\)/);
  const misses = ["--set", "goals.availability=0.9999999", "--x", "workload.weeklyUsers=1e4..1e5"];
  assert.match(run([...two, ...misses]).stdout, /PaaS, self-run Kubernetes/, "neither fits");
});

test("break-even says from where one of the two no longer fits: another is the cheapest there without a crossing", () => {
  const asked = ["--preset", "seed-startup", "--a", "paas", "--b", "single-server"];
  const along = ["--x", "workload.weeklyUsers=1e4..1e6"];
  const { stdout } = run(["break-even", ...asked, ...along]);
  assert.match(stdout, /single server costs less throughout\.\nFrom [\d.]+k on single server no longer fits\.\n\n/);
  const [, from] = /From ([\d.]+)k on/.exec(stdout);
  const swept = run(["sweep", "--preset", "seed-startup", "--x", "workload.weeklyUsers=1e4..1e6/7"]).stdout;
  assert.ok(swept.includes(`at ${from}k`), "as sweep says");
  // Whatever the company itself says.
  assert.equal(run(["break-even", ...asked, ...along, "--set", "workload.weeklyUsers=5e6"]).stdout, stdout);
});

test("output goes where it is said, in the form that the name says", () => {
  const here = scratch();
  const options = { encoding: "utf8", cwd: here, env: PLAIN };
  const whole = run(["presets"]).stdout;
  assert.equal(spawnSync(program, ["presets", "--output", "-"], options).stdout, whole);
  assert.ok(!existsSync(`${here}/-`));
  spawnSync(program, ["presets", "--output", "presets.csv"], options);
  assert.match(readFileSync(`${here}/presets.csv`, "utf8"), /^id,company,origin\n/);
  spawnSync(program, ["presets", "--output", "presets.json"], options);
  assert.ok(JSON.parse(readFileSync(`${here}/presets.json`, "utf8")).length > 5);
  spawnSync(program, ["presets", "--output", "presets.txt"], options);
  assert.equal(readFileSync(`${here}/presets.txt`, "utf8"), whole);
  assert.equal(run(["presets", "--format", "md"]).stdout, run(["presets", "--format", "markdown"]).stdout);
  for (const [args, words] of [
    [
      ["presets", "--output", "a.foo"],
      /^--output: no format is known by the ending of "a\.foo"; end it in \.txt, \.json, \.csv or \.md, or name one with --format\n$/,
    ],
    [["schema", "--output", "a.foo"], /end it in \.json, or name/],
    [["schema", "--format", "md"], /^--format: "markdown" is not offered by schema; write json\n$/],
    [
      ["compare", "--lines", "-", "--output", "a.csv"],
      /^--output: with --lines "a\.csv" would have JSON on each line; end it in \.jsonl/,
    ],
  ])
    refused(args, words, "{}");
  assert.equal(run(["presets", "--format", "csv", "--output", `${here}/a.foo`]).status, 0);
  for (const [name, ...format] of [["a.jsonl"], ["b.csv", "--format", "json"]]) {
    assert.equal(run(["validate", "--lines", "-", "--output", `${here}/${name}`, ...format], "{}\n").status, 0);
    assert.equal(readFileSync(`${here}/${name}`, "utf8"), '{"valid":true,"problems":[]}\n');
  }
  const full = spawnSync("bash", ["-c", `${program} compare > /dev/full`], options);
  assert.deepEqual([full.status, full.stderr.split("\n").length], [1, 2]);
  assert.match(full.stderr, /^standard output cannot be written: ENOSPC/);
});

test("answers in lines are short unless the whole is asked for; draws come if they are asked for", () => {
  const input = '{"preset":"indie-saas"}\n';
  const [short, whole] = [[], ["--whole"]].map((more) => run(["compare", "--lines", "-", ...more], input).stdout);
  assert.ok(10 * short.length < 4 * whole.length && short.length < 40_000, `${short.length} of ${whole.length} bytes`);
  const { monthly, complexity, totals } = JSON.parse(short).variants[0];
  assert.deepEqual([monthly, complexity.stack, typeof complexity.parts], [undefined, undefined, "number"]);
  assert.deepEqual(totals, JSON.parse(whole).variants[0].totals);
  assert.ok(JSON.parse(whole).variants[0].monthly.totalUsd.length > 0);
  const drawn = (...more) => JSON.parse(run(["uncertainty", "--draws", "16", "--format", "json", ...more]).stdout);
  assert.equal(drawn().variants[0].monthlyUsd, undefined);
  assert.ok(drawn().variants[0].monthly.mean.length > 0);
  assert.equal(drawn("--each-draw").variants[0].monthlyUsd.length, 16);
  const [problem] = JSON.parse(run(["compare", "--lines", "-"], "nonsense\n").stdout).error.problems;
  assert.match(problem.remedy, /write a scenario on one line/);
});

test("a link is a company, and a company a link and a file", () => {
  const link = run(["scenario", "--preset", "seed-startup", "--set", "team.developers=12", "--format", "link"]).stdout;
  assert.equal(link, "v1&preset=seed-startup&team.developers=12\n");
  const plain = run(["compare", "--preset", "seed-startup", "--set", "team.developers=12"]).stdout;
  for (const said of [
    link.trim(),
    `#${link.trim()}`,
    `https://example.org/a.html?b#${link.trim()}&page.open=paas:lines.compute`,
  ])
    assert.equal(run(["compare", "--link", said]).stdout, plain, said);
  refused(["compare", "--link", "v1&team.developer=12"], /did you mean team\.developers/);
  for (const nobody of ["", "https://example.org/a.html#", "#page.theme=dark"])
    refused(["compare", "--link", nobody], /^--link: ".*" names no company; write one such as v1&preset=/);
  refused(["compare", "--link", "v1", "--scenario", "-"], /--scenario and --link: give one of them/, "{}");
  refused(["compare", "--link", "v1", "--lines", "-"], /--lines and --link: give one of them/, "{}");
  // A file that says everything its preset says, and is no longer tied to it.
  for (const { preset } of golden) {
    const file = run(["scenario", "--preset", preset, "--set", "team.developers=7"]).stdout;
    assert.equal(JSON.parse(file).preset, undefined);
    assert.equal(
      run(["compare", "--scenario", "-", "--format", "csv"], file).stdout,
      run(["compare", "--preset", preset, "--set", "team.developers=7", "--format", "csv"]).stdout,
      preset,
    );
  }
});

test("lists are filtered by a word, several numbers are explained at once, parts have prices, places have winners", () => {
  const found = JSON.parse(run(["facts", "Heroku", "--format", "json"]).stdout);
  assert.ok(found.length > 0 && found.length < 40, `${found.length} facts`);
  refused(["facts", "no such thing"], /nothing that is listed here has "no such thing" in it/);
  const asked = ["--variant", "paas", "--metric", "lines.compute,labour.hoursPerMonth"];
  const [, first, second] = rowsOf(run(["explain", ...asked, "--format", "csv"]).stdout);
  assert.deepEqual([first[4], second[4]], ["USD", "hours/month"]);
  const parts = JSON.parse(run(["parts", "--variant", "paas", "--format", "json"]).stdout);
  assert.ok(parts.every(({ part, usdPerMonth }) => typeof part.id === "string" && typeof usdPerMonth === "number"));
  refused(["winners", "--x", "team.hourlyUsd=,"], /^--x: "," lacks a number; write numbers with commas, as in 1e4,/);
  const [, ...winners] = rowsOf(run(["winners", ...ALONG, "--format", "csv"]).stdout);
  assert.deepEqual(
    winners.map(([users]) => users),
    ["10000", "1000000"],
  );
});

test("JSON Lines go in and come out in order, and a bad line stops no other", () => {
  const good = (users) => JSON.stringify({ workload: { weeklyUsers: users } });
  const input = `${good(1000)}\n\n{"worklod": 1}\nnot JSON\n${good(2e6)}\n`;
  const { status, stdout, stderr } = run(["compare", "--preset", "seed-startup", "--lines", "-"], input);
  assert.equal(status, 2);
  assert.equal(stderr, "");
  const answers = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.equal(answers.length, 4);
  assert.deepEqual([answers[1].error.line, answers[1].error.path], [3, "worklod"]);
  assert.equal(answers[2].error.line, 4);
  assert.ok(answers[3].variants[1].totals.tcoUsd >= answers[0].variants[1].totals.tcoUsd);
  refused(["compare", "--lines", "/no/such/file"], /--lines: .* cannot be read/);
  refused(
    ["compare", "--lines", "-", "--format", "csv"],
    /--format: "csv" is not offered with --lines; its answers are always JSON/,
  );
});

test("questions without their options are refused with an example", () => {
  refused(["sweep"], /--x is missing; write --x workload\.weeklyUsers=1e4\.\.1e7\/25/);
  refused(
    ["break-even", "--a", "paas", "--b", "functions"],
    /^--x is missing; write --x workload\.weeklyUsers=1e4\.\.1e7\n/,
  );
  for (const typed of ["team.hourlyUsd=5", "team.hourlyUsd", "team.hourlyUsd=50..90/3", "=1..2"])
    refused(["break-even", "--a", "paas", "--b", "functions", "--x", typed], /^--x: ".*; write --x workload/);
  for (const gone of ["--path", "--range", "--values"]) refused(["winners", gone, "1"], /there is no option --/);
  refused(["sweep", "--x", "team.hourlyUsd=1"], /is no axis/);
  for (const axis of ["1..2..3/4", "1..2/3/4", "1..2/3=4"])
    refused(["sweep", "--x", `team.hourlyUsd=${axis}`], /is no axis/);
  refused(["compare", "--metrics", ""], /names nothing/);
  refused(["sweep", "--x", "foo=1..2"], /^--x: "foo" is not known; see the list of inputs/);
  const invalid = run(["validate", "--lines", "-"], '{"tem":1}\n{}\n');
  assert.deepEqual([invalid.status, invalid.stdout.split("\n").length], [2, 3]);
  refused(["uncertainty", "--draws", "many"], /--draws: "many" is not a number/);
  refused(["uncertainty", "--draws", "0"], /--draws: 0 draws cannot be made/);
  refused(["stack", "--needs", "speed"], /"speed" is not known/);
});

test("a spreadsheet goes to a file or through a pipe, and not to a terminal", () => {
  const file = `${scratch()}/paas.xlsx`;
  const asked = ["export", "--preset", "seed-startup", "--variant", "paas"];
  const { status, stdout } = run([...asked, "--output", file]);
  assert.deepEqual([status, stdout], [0, ""]);
  const piped = spawnSync(program, asked, { env: PLAIN });
  assert.deepEqual(piped.stdout, readFileSync(file));
  assert.equal(piped.stdout.subarray(0, 2).toString(), "PK");
  assert.match(onTerminal(asked.join(" "), 80), /--output is missing: a terminal cannot show a file/);
});

test("tables have room on a terminal of any width, and lose nothing", () => {
  const words = (text) => text.replaceAll(COLOURS, "").replaceAll(/\s+/g, "");
  for (const command of ["compare", "slope", "stack", "plan --draws 8", "uncertainty --draws 64", "presets"]) {
    const asked = `${command}${command === "presets" ? "" : " --preset seed-startup"}`;
    const whole = run(asked.split(" "), "", { COLUMNS: "100000" }).stdout;
    for (const columns of [20, 60, 80, 132, 250]) {
      const shown = onTerminal(asked, columns);
      const lines = shown.replaceAll(COLOURS, "").split("\n");
      const longest = Math.max(...lines.map((line) => [...line].length));
      assert.ok(longest <= columns, `${asked}: a line of ${longest} on ${columns} columns`);
      if (columns === 250) assert.equal(words(shown), words(whole), asked);
      // However it is laid out, every word of every cell is there.
      for (const word of new Set(whole.split(/\s+/))) {
        assert.ok(words(shown).includes(word), `${asked} on ${columns} columns: ${word}`);
      }
    }
  }
});

test("colours are for terminals that want them", () => {
  const asked = "compare --preset seed-startup";
  assert.match(onTerminal(asked, 120), COLOURS);
  assert.doesNotMatch(onTerminal(asked, 120, { NO_COLOR: "1" }), COLOURS);
  assert.doesNotMatch(onTerminal(asked, 120, { TERM: "dumb" }), COLOURS);
  assert.doesNotMatch(run(asked.split(" ")).stdout, COLOURS);
  assert.doesNotMatch(run([...asked.split(" "), "--format", "markdown"]).stdout, COLOURS);
});

test("a shell completes commands, options, names, paths and files", () => {
  const offered = (...words) => {
    const { status, stdout } = run(["complete", "--", ...words]);
    assert.equal(status, 0);
    return stdout
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith(":"))
      .map((line) => line.split("\t")[0]);
  };
  assert.deepEqual(offered("break"), ["break-even"]);
  assert.deepEqual(offered("compare", "--pre"), ["--preset"]);
  assert.ok(!offered("compare", "--").includes("--metric"));
  assert.deepEqual(offered("compare", "--preset", "seed"), ["seed-startup"]);
  assert.deepEqual(offered("explain", "--variant", "leased"), ["leased-metal"]);
  assert.deepEqual(offered("explain", "--metric", "totals.mon"), ["totals.monthlyUsd"]);
  assert.deepEqual(offered("compare", "--set", "team.developers"), ["team.developers="]);
  assert.deepEqual(offered("export", "--format", ""), ["xlsx"]);
  const folder_ = scratch();
  writeFileSync(`${folder_}/ours.json`, "{}");
  assert.deepEqual(offered("compare", "--scenario", `${folder_}/ou`), [`${folder_}/ours.json`]);
  // A real shell, asked as if the tab key had been pressed.
  const pressed = `source "${process.env.BASH_COMPLETION}"; source <(moving-parts complete bash)
COMP_WORDS=(moving-parts compare --preset seed); COMP_CWORD=3; COMP_LINE="moving-parts compare --preset seed"
COMP_POINT=\${#COMP_LINE}; COMP_TYPE=9
$(complete -p moving-parts | sed 's/.*-F \\([^ ]*\\).*/\\1/'); printf '%s\\n' "\${COMPREPLY[@]}"`;
  const env = { ...PLAIN, PATH: `${folder}:${process.env.PATH}` };
  const { stdout, stderr } = spawnSync("bash", ["-c", pressed], { encoding: "utf8", env });
  assert.match(stdout, /^seed-startup/, stderr);
  // What is only being typed is not carried out: neither a redirection nor a command; and it needs nothing of the shell.
  const kept = `${folder_}/keep.txt`;
  writeFileSync(kept, "precious");
  const typing = `source <(moving-parts complete bash)
COMP_WORDS=(moving-parts facts '>' ${kept} '$(rm ${kept})' --form); COMP_CWORD=5; _moving_parts; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const typed = spawnSync("bash", ["-c", typing], { encoding: "utf8", env });
  assert.match(typed.stdout, /^--format/, typed.stderr);
  assert.equal(readFileSync(kept, "utf8"), "precious");
  // No PowerShell is here to be asked: what is typed is to go to the program as words, and never to be evaluated.
  const { stdout: powershell } = run(["complete", "powershell"]);
  assert.doesNotMatch(powershell, /Invoke-Expression|\biex\b|Create\(/i);
  assert.match(powershell, /& moving-parts complete '--' @words 2> \$null/);
  for (const shell of ["zsh", "fish", "powershell"]) assert.match(run(["complete", shell]).stdout, /moving-parts/);
});

test("what would answer another question than was asked is refused", () => {
  refused(["winners", "--x", "workload.weeklyUsers=1e4,,1e5"], /^--x: "1e4,,1e5" lacks a number; /);
  refused(
    ["compare", "--preset", "seed-startup", "--link", "v1&preset=indie-saas"],
    /starts from "indie-saas" already/,
  );
  assert.equal(run(["compare", "--preset", "indie-saas", "--link", "v1&preset=indie-saas"]).status, 0);
  const strange = scratch();
  for (const [name, text] of [
    ["null", "null"],
    ["list", "[1]"],
    ["wrong", '{"team":{"develpers":1}}'],
  ]) {
    writeFileSync(`${strange}/${name}.json`, text);
    refused(["scenario", "--scenario", `${strange}/${name}.json`], /develop|object|scenario/);
  }
});

test("control characters are shown and not sent to the terminal", () => {
  const red = "\u001b[31m\u009b31m\r";
  const shown = /\\u001b\[31m\\u009b31m\\(u000d|r)/;
  const file = JSON.stringify({ preset: red, [red]: 1 });
  for (const [args, input] of [
    [["compare", "--scenario", "-"], file],
    [["compare", "--scenario", "-"], red],
    [["compare", "--scenario", red], ""],
    [["compare", "--set", `${red}=1`], ""],
    [["facts", red], ""],
    [[red], ""],
    [["compare", `--${red}`], ""],
    [["sweep", "--x", red], ""],
  ])
    refused(args, shown, input);
  for (const format of ["table", "markdown", "csv"]) {
    const { stdout } = run(["validate", "--scenario", "-", "--format", format], file);
    assert.match(stdout, shown);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    assert.doesNotMatch(stdout, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  }
});

test("what is no company is refused beside a preset too", () => {
  for (const [input, words] of [
    ["null", /null/],
    ["[1]", /list|object/],
    ['{"preset": null}', /^preset: null is not the name of a preset/],
    ['{"preset": 5}', /^preset: 5 is not the name of a preset/],
  ])
    for (const preset of [[], ["--preset", "indie-saas"]]) {
      refused(["compare", "--scenario", "-", ...preset], words, input);
      const { status, stdout } = run(["compare", "--lines", "-", ...preset], `${input}\n`);
      assert.equal(status, 2);
      assert.match(JSON.parse(stdout).error.message, words);
    }
});

test("a reader that closes the pipe early is no error", () => {
  const { stdout, stderr } = spawnSync(
    "bash",
    ["-c", `set -o pipefail; ${program} facts | head -1; echo "\${PIPESTATUS[0]}"`],
    { encoding: "utf8", env: PLAIN },
  );
  assert.match(stdout, /^id .*\n0\n$/);
  assert.equal(stderr, "");
});

test("whatever is written on the line is answered or refused in words", async () => {
  const { randomInt, randomLcg } = await import(
    new URL("../../www/node_modules/d3-random/dist/d3-random.mjs", import.meta.url)
  );
  const int = randomInt.source(randomLcg(7));
  const pick = (list) => list[int(0, list.length)()];
  const commands = Array.from(run(["--help"]).stdout.matchAll(/^ {2}([a-z-]+) {2,}/gm), ([, name]) => name);
  const options = Array.from(run(["--help"]).stdout.matchAll(/--([a-z-]+)/g), ([, name]) => `--${name}`);
  const more = ["--x", "--y", "--a", "--metric", "--variant", "--target", "--draws", "--month", "--seed"];
  const values = [
    "",
    "-",
    "--",
    "-1",
    "0",
    "1e999",
    "NaN",
    "paas",
    "seed-startup",
    "workload.weeklyUsers",
    "workload.weeklyUsers=1..2/3",
    "totals.monthlyUsd",
    "=",
    "a=b=c",
    "facts.=1",
    "__proto__=1",
    "constructor",
    "/dev/null",
    "/no/where",
    "\u{1F4A5}",
    "x".repeat(5000),
    "1..2..3",
    "..",
    "json",
    "%00",
    "workload.weeklyUsers=1e3..1e4",
    "team.onCall=never",
  ];
  for (let time = 0; time < 80; time += 1) {
    const words = Array.from({ length: int(0, 6)() }, () => pick(pick([options, more, values, values])));
    const asked = [pick([...commands, ...commands, "", "toString", "complete"]), ...words];
    const { status, stderr } = run(asked);
    assert.ok(status === 0 || status === 2, `${JSON.stringify(asked)}: status ${status}, ${stderr}`);
    assert.doesNotMatch(stderr, /\n\s+at /, JSON.stringify(asked));
    if (status === 2) assert.ok(stderr.trim().length > 0, `${JSON.stringify(asked)}: refused without a word`);
  }
});
