/** The command line of the installed package. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { test } from "node:test";
import { consumer, golden } from "./support.mjs";

function run(args, input) {
  const program = `${consumer}/node_modules/.bin/moving-parts`;
  const { status, stdout, stderr } = spawnSync(program, args, { input: input ?? "", encoding: "utf8", cwd: tmpdir() });
  return { status, stdout, stderr };
}

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
  assert.match(csv, /^id,p10,p50,p90,unit,date,confidence,source\n/);
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
  const file = `${mkdtempSync(`${tmpdir()}/moving-parts-`)}/scenario.json`;
  writeFileSync(file, JSON.stringify({ team: { developers: 12 } }));
  const args = ["compare", "--preset", "indie-saas", "--scenario", file, "--set", "workload.weeklyUsers=1e6..3e6"];
  const answer = JSON.parse(run([...args, "--format", "json"]).stdout);
  assert.equal(Math.round(answer.variants[0].monthly.weeklyUsers[0]), Math.round(Math.sqrt(3) * 1e6));
});

test("wrong input is refused with status 2", () => {
  refused(["compare", "--set", "workload.weeklyUser=4"], /did you mean workload\.weeklyUsers\?/);
  refused(["compare", "--set", "workload.weeklyUsers=4M"], /"4M" is not a number; write 4000000/);
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
  refused(["compare", "twice"], /one word too many/);
  refused(["compere"], /no command "compere"/);
  refused(["explain", "--variant", "paas"], /--metric/);
  refused(
    ["explain", "--variant", "paas", "--metric", "lines.compute", "--month", "x"],
    /--month: "x" is not a number/,
  );
});

test("help is a success, and no command is not", () => {
  assert.equal(run(["--help"]).status, 0);
  assert.equal(run([]).status, 2);
  assert.match(run(["--version"]).stdout, /^moving-parts \d+\.\d+\.\d+, facts of \d{4}/);
});

test("every question has a table, JSON, CSV and Markdown", () => {
  const users = ["--path", "workload.weeklyUsers", "--range", "1e4..1e7"];
  for (const [args, words] of [
    [["uncertainty", "--draws", "64"], /best in \d+ % of the draws/],
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
  refused(["break-even", "--a", "paas", "--b", "functions"], /--path is missing/);
  refused(
    ["break-even", "--a", "paas", "--b", "functions", "--path", "team.hourlyUsd", "--range", "5"],
    /"5" is not a range/,
  );
  refused(["sweep", "--x", "team.hourlyUsd=1"], /is no axis/);
  refused(["uncertainty", "--draws", "many"], /--draws: "many" is not a number/);
  refused(["uncertainty", "--draws", "0"], /draws: 0 draws cannot be made/);
  refused(["stack", "--needs", "speed"], /"speed" is not known/);
});
