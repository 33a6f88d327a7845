/**
 * What changes between two versions of the model: facts, the answers to the presets, and those to thousands of random
 * companies. Called by `cargo xtask versions` with the folders of the two packages and the number of companies.
 */
import { pathToFileURL } from "node:url";

const { randomLcg, randomInt, randomUniform } = await import(
  new URL("../../www/node_modules/d3-random/dist/d3-random.mjs", import.meta.url)
);
const [before, after] = await Promise.all(
  process.argv.slice(2, 4).map((folder) => import(pathToFileURL(`${folder}/node.js`).href)),
);
const companies = Number(process.argv[4]);

/** A relative change that is more than rounding. */
const CHANGED = 1e-9;
/** How often a random company says something of a field. */
const SAID = 0.3;

const percent = (share) => (share === 0 ? "none" : share < 0.001 ? "under 0.1 %" : `${(share * 100).toFixed(1)} %`);
const change = (one, other) => (one === other ? 0 : Math.abs(other - one) / Math.max(Math.abs(one), Math.abs(other)));
const signed = (ratio) =>
  ratio === Number.POSITIVE_INFINITY ? "from nothing" : `${ratio >= 1 ? "+" : ""}${((ratio - 1) * 100).toFixed(2)} %`;
const number = (outcome, id) => id.split(".").reduce((at, key) => at?.[key], outcome);

/** The outcome of the same way in the other version, if it has it. */
const sameWay = ({ variants }, { variant }) => variants.find((outcome) => outcome.variant === variant);

function section(title, lines) {
  console.log(`\n${title}\n${lines.length === 0 ? "  nothing" : lines.map((line) => `  ${line}`).join("\n")}`);
}

/** Facts that came, went, or have another value. */
function facts() {
  const [old, now] = [before, after].map((engine) => new Map(engine.facts().map((fact) => [fact.id, fact])));
  const range = ({ p10, p50, p90, unit }) => `${p10 === p90 ? p50 : `${p10}, ${p50}, ${p90}`} ${unit}`;
  const lines = [];
  for (const [id, fact] of now) {
    const was = old.get(id);
    if (!was) lines.push(`${id}: new, ${range(fact)}`);
    else if (range(was) !== range(fact)) lines.push(`${id}: ${range(was)} became ${range(fact)}`);
  }
  for (const id of old.keys()) if (!now.has(id)) lines.push(`${id}: gone`);
  return lines;
}

const named = new Set(after.catalog().presets.map(({ id }) => id));
const presets = before.presets().filter(({ id }) => named.has(id));

function presetLines() {
  return presets.flatMap(({ id }) => {
    const [old, now] = [before, after].map((engine) => engine.compare({ preset: id }));
    const lines = old.variants.flatMap((outcome) => {
      const other = sameWay(now, outcome);
      if (!other) return [`${id}: ${outcome.variant} is gone`];
      const fits = outcome.feasible === other.feasible ? "" : other.feasible ? ", fits now" : ", fits no longer";
      const ratio = other.totals.tcoUsd / outcome.totals.tcoUsd;
      return change(ratio, 1) > CHANGED || fits ? [`${id}: ${outcome.variant} costs ${signed(ratio)}${fits}`] : [];
    });
    return old.best === now.best ? lines : [`${id}: ${old.best} led, ${now.best} leads`, ...lines];
  });
}

/** A company that says some of what both versions know, within the reach of the sliders. */
function company(random, fields) {
  const uniform = randomUniform.source(random)();
  const pick = (list) => list[randomInt.source(random)(0, list.length)()];
  const pairs = fields.flatMap(({ path, kind, options, low, high, log }) => {
    if (uniform() >= SAID || kind === "set") return [];
    if (kind === "flag") return [[path, uniform() < 0.5]];
    if (kind === "choice") return [[path, pick(options)]];
    const value = log && low > 0 ? low * (high / low) ** uniform() : low + (high - low) * uniform();
    return [[path, kind === "count" ? Math.round(value) : Number(value.toPrecision(6))]];
  });
  const start = uniform() < 0.5 ? `&preset=${pick(presets).id}` : "";
  return `v1${start}${pairs.map(([path, value]) => `&${path}=${encodeURIComponent(value)}`).join("")}`;
}

function randomLines() {
  const known = new Set(after.catalog().fields.map(({ path }) => path));
  const fields = before.catalog().fields.filter(({ path }) => known.has(path));
  const ids = new Set(after.catalog().metrics.map(({ id }) => id));
  const metrics = before.catalog().metrics.filter(({ id }) => ids.has(id));
  const random = randomLcg(1);
  const counts = { asked: 0, winner: 0, fits: 0, any: 0 };
  const moves = new Map(metrics.map(({ id }) => [id, []]));
  const examples = [];
  for (let tried = 0; tried < companies; tried += 1) {
    const link = company(random, fields);
    let answers;
    try {
      answers = [before, after].map((engine) => engine.compare(engine.fromLink(link)));
    } catch (error) {
      if (error.name !== "MovingPartsError") throw error;
      // Combinations that one of the versions refuses.
      continue;
    }
    counts.asked += 1;
    const [old, now] = answers;
    if (old.best !== now.best) {
      counts.winner += 1;
      if (examples.length < 5) examples.push(`${old.best} led, ${now.best} leads: ${link}`);
    }
    let [fits, any] = [false, false];
    for (const outcome of old.variants) {
      const other = sameWay(now, outcome);
      if (!other) continue;
      fits ||= outcome.feasible !== other.feasible;
      for (const { id } of metrics) {
        const [one, two] = [number(outcome, id), number(other, id)];
        if (change(one, two) <= CHANGED) continue;
        any = true;
        moves.get(id).push(one === 0 ? Number.POSITIVE_INFINITY : two / one);
      }
    }
    if (fits) counts.fits += 1;
    if (any) counts.any += 1;
  }
  const share = (count) => percent(count / counts.asked);
  const moved = [...moves]
    .filter(([, ratios]) => ratios.length > 0)
    .sort((one, other) => other[1].length - one[1].length);
  const cells = counts.asked * before.catalog().variants.length;
  return {
    summary: [
      `${counts.asked} companies asked of both`,
      `in ${share(counts.any)} some number changes`,
      `in ${share(counts.fits)} a way fits that did not, or no longer`,
      `in ${share(counts.winner)} another way costs least`,
    ],
    moved: moved.map(([id, ratios]) => {
      const sorted = ratios.sort((one, other) => one - other);
      const at = (share) => signed(sorted[Math.round(share * (sorted.length - 1))]);
      return `${id}: in ${percent(ratios.length / cells)} of the outcomes, by ${at(0.5)} in the middle, ${at(0.05)} to ${at(0.95)}`;
    }),
    examples,
  };
}

const [old, now] = [before, after].map((engine) => engine.version());
console.log(`before: ${old.model}, facts of ${old.facts.date} (${old.facts.hash})`);
console.log(`after:  ${now.model}, facts of ${now.facts.date} (${now.facts.hash})`);
section("Facts", facts());
section("Presets", presetLines());
const { summary, moved, examples } = randomLines();
section("Random companies", summary);
section("Numbers that change", moved);
if (examples.length > 0) section("Where another way costs least, for example", examples);
