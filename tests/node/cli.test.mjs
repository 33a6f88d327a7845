/** The command line of the installed package. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
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
  const file = `${scratch()}/scenario.json`;
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
  refused(["compare", "--metric", "lines.compute"], /compare has no option --metric; .*compare --help lists/);
  refused(["presets", "--preset", "indie-saas"], /presets has no option --preset/);
  refused(["goal-seek", "--metrc", "totals.tcoUsd"], /there is no option --metrc; moving-parts goal-seek --help lists/);
  refused(["--fromat", "json"], /there is no option --fromat; moving-parts --help lists/);
  refused(["schema", "--format", "table"], /"table" is not offered by schema; write json/);
  refused(["export", "--format", "csv"], /write xlsx/);
  refused(["export", "--lines", "-"], /answers with a file/);
  refused(["export", "--preset", "seed-startup", "--variant", "pass"], /did you mean "paas"/);
  refused(["compare", "--output", "/no/such/folder/file"], /--output: .* cannot be written/);
  refused(["complete", "tcsh"], /which shell/);
  refused(["compare", "twice"], /one word too many/);
  refused(["compere"], /no command "compere"/);
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
  for (const axis of ["1..2..3/4", "1..2/3/4", "1..2/3=4"])
    refused(["sweep", "--x", `team.hourlyUsd=${axis}`], /is no axis/);
  refused(["compare", "--metrics", ""], /names nothing/);
  refused(["sweep", "--x", "foo=1..2"], /foo: is not known; see the list of inputs/);
  const invalid = run(["validate", "--lines", "-"], '{"tem":1}\n{}\n');
  assert.deepEqual([invalid.status, invalid.stdout.split("\n").length], [2, 3]);
  refused(["uncertainty", "--draws", "many"], /--draws: "many" is not a number/);
  refused(["uncertainty", "--draws", "0"], /draws: 0 draws cannot be made/);
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
  for (const shell of ["zsh", "fish", "powershell"]) assert.match(run(["complete", shell]).stdout, /moving-parts/);
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
  const more = ["--x", "--y", "--a", "--metric", "--variant", "--range", "--target", "--draws", "--month", "--seed"];
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
