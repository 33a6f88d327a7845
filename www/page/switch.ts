/** When to switch: the plan against staying, and what the draws say of the month. */

import { scaleLinear } from "d3-scale";
import { area, stack } from "d3-shape";
import { html, nothing, svg, type TemplateResult } from "lit";
import { type Plan, type Stage, type VariantId, variantLabel } from "#engine";
import { FITS, SURELY } from "../engine/odds.ts";
import { stagesInWords } from "../engine/stages.ts";
import { capital, count, exact, hundredths, ofHundred, share, short, usd } from "../engine/words.ts";
import type { Context } from "./context.ts";
import { shortName } from "./names.ts";
import { nothingFits } from "./nofit.ts";
import { oddsOf } from "./odds.ts";
import { currently, PLANNED } from "./questions.ts";
import { CHART, figureWidth, section, stale, waiting } from "./section.ts";

const BAR = 14;
const ROW = 46;
const SHARES = 120;

interface Row {
  name: string;
  small: string;
  stages: Stage[];
  usd: number;
  /** What the plan costs more than the best one of a draw, in nine of ten of those in which it fits. */
  regretUsd?: number;
  /** Share of the draws in which each variant fits while it runs; unknown at the likeliest values, where all do. */
  fits?: number;
}

export function switchSection(context: Context): TemplateResult {
  const { failed } = context.answers;
  if (!context.answers.plan) return waiting("When to switch", "switch", failed);
  const plan = counted(context, context.answers.plan);
  const rows = rowsOf(plan, here(context));
  const ahead = plan.ahead;
  const final = context.answers.fresh.has("plan") && (!ahead || ahead.draws >= PLANNED);
  const found = unfit(context, plan) ?? finding(plan, here(context));
  return section(context, {
    id: "switch",
    kicker: "When to switch",
    finding: final
      ? found
      : `${failed === undefined ? "Still being worked out; so far" : "As far as it could be computed"}: ${found}`,
    under: html`Switching cost, double running and the rest of a lease are inside; costs are over the horizon, discounted.
      ${ahead ? furtherMoves(ahead, here(context)) : nothing}
      ${ahead ? html`Below, which variant the best plan that fits in each of ${exact(ahead.draws)} draws runs in a month.` : nothing}
      ${stale(context, "plan")}`,
    figure: () =>
      plan.plan
        ? figure(plan, rows, found)
        : html`<p class="note">In some month nothing fits, so there is no plan.</p>`,
    from: [context.answers.plan, context.answers.staying, context.answers.now],
    drawn: plan.plan ? CHART : "",
    table: () => ({
      columns: [
        { name: "plan" },
        { name: "what runs when" },
        { name: "cost over the horizon", unit: "USD", show: (value) => usd(value, 3) },
        { name: "fits in", unit: "share of draws", show: ofHundred },
        { name: "regret in nine draws of ten", unit: "USD", show: usd },
      ],
      rows: rows.map(({ name, stages, usd: cost, regretUsd, fits }) => [
        name,
        stagesInWords(stages),
        cost,
        fits,
        regretUsd,
      ]),
    }),
  });
}

const same = (a: Stage[], b: Stage[]) => JSON.stringify(a) === JSON.stringify(b);

/** What runs today, what staying with it costs over the draws of the plan, and in how many it fits. */
interface Here {
  variant: VariantId;
  usd: number | undefined;
  fits: number | undefined;
}

function here(context: Context): Here | undefined {
  const variant = currently(context.state.scenario);
  if (!variant) return undefined;
  return { variant, usd: context.answers.staying ?? undefined, fits: oddsOf(context, variant)?.fits };
}

/** The plans worth comparing, each once; where something runs today, staying with it is one of them. */
function rowsOf({ plan, steady, ahead }: Plan, here: Here | undefined): Row[] {
  if (!plan) return [];
  const rows: Row[] = [];
  const add = (row: Row) => {
    if (!rows.some(({ stages }) => same(stages, row.stages))) rows.push(row);
  };
  const months = plan.stages.at(-1)!.to;
  if (ahead) {
    const tried = (name: string, small: string, { plan, fits, regretP90Usd }: Tried) =>
      add({ name, small, stages: plan.stages, usd: plan.usd, regretUsd: regretP90Usd, fits });
    const best = recommended(ahead);
    const stays = best.plan.stages.length === 1 && best.plan.stages[0]!.variant === here?.variant;
    const straight = here ? "One move, then stay" : "Never switching";
    // What is left out of the choice may cost less: what fits in few draws, such as what runs today.
    const [name, small] =
      best.fits < FITS
        ? ["Best plan found", "none fits in most draws"]
        : best === ahead.expected
          ? ["Least expected cost", "of what fits in most draws"]
          : [straight, "the straight way"];
    tried(stays ? "Stay where you are" : name, stays ? "least expected cost" : small, best);
    if (best !== ahead.expected && ahead.expected.fits >= FITS)
      tried("Least expected cost", `with ${moves(ahead.expected, here)}`, ahead.expected);
    if (here?.usd !== undefined) {
      const stages = [{ variant: here.variant, from: 1, to: months }];
      add({ name: "Stay where you are", small: "no move at all", stages, usd: here.usd, fits: here.fits });
    }
    // Where it fits as often and is regretted as much as what comes first, as far as that is shown, it is no safer.
    const shown = ({ fits, regretP90Usd }: Tried) => ofHundred(fits) + usd(regretP90Usd);
    if (shown(ahead.robust) !== shown(best)) tried("Safest", "of what fits most often", ahead.robust);
    tried("Likeliest values", "the best plan at these", ahead.likeliest);
    tried(straight, "the best that stays", ahead.steady);
    return rows;
  }
  add({ name: "Best plan", small: "at the likeliest values", stages: plan.stages, usd: plan.usd });
  const least = steady.reduce((a, b) => ((b.usd ?? Infinity) < (a.usd ?? Infinity) ? b : a));
  if (least.usd !== null) {
    const stages = [{ variant: least.variant, from: 1, to: months }];
    add({ name: "Never switching", small: "the best that stays", stages, usd: least.usd });
  }
  return rows;
}

/**
 * The plan, each of its tries with what all draws say of how often it fits: of a variant that never is left more are known
 * than the plan's own.
 */
function counted(context: Context, plan: Plan): Plan {
  const { ahead } = plan;
  if (!ahead) return plan;
  const of = (tried: Tried): Tried => {
    const [first, second] = tried.plan.stages;
    const known = second ? undefined : oddsOf(context, first!.variant)?.fits;
    return { ...tried, fits: known ?? tried.fits };
  };
  const [expected, robust, likeliest, steady] = [ahead.expected, ahead.robust, ahead.likeliest, ahead.steady].map(of);
  return { ...plan, ahead: { ...ahead, expected: expected!, robust: robust!, likeliest: likeliest!, steady: steady! } };
}

type Ahead = NonNullable<Plan["ahead"]>;
type Tried = Ahead["expected"];

/** What further moves save is told apart from what is only believed from this share of the cost on. */
const WORTH_MOVING = 0.05;

/** A plan fits about as often as another if it does in at most so many fewer of the draws. */
const AS_OFTEN = 0.1;

/**
 * The plan that is headlined: that of least expected cost, if it fits in most draws, as what is no choice is not recommended
 * for later either. Further moves have to earn their place against the straight way, which chooses once and stays: they must
 * save more than a twentieth of what it costs and fit about as often. Where no plan fits in most draws it is the one that does
 * more often. Otherwise the straight way is headlined, and the plan of
 * least expected cost is a row and a sentence that say what it is.
 */
function recommended({ expected, steady }: Ahead): Tried {
  if (expected.fits < FITS) return steady.fits < expected.fits ? expected : steady;
  if (expected.plan.stages.length === 1 || steady.fits < FITS) return expected;
  const saves = steady.plan.usd - expected.plan.usd > WORTH_MOVING * steady.plan.usd;
  return saves && expected.fits >= steady.fits - AS_OFTEN ? expected : steady;
}

/** How often a plan moves, from what runs today on. */
function moves({ plan: { stages } }: Tried, here: Here | undefined): string {
  const begins = here !== undefined && here.variant !== stages[0]!.variant;
  return count(begins ? stages.length : stages.length - 1, "move");
}

/** What the plan of least expected cost is, where the straight way is headlined instead. */
function furtherMoves(ahead: Ahead, here: Here | undefined): string | typeof nothing {
  const { expected, steady } = ahead;
  if (recommended(ahead) === expected || expected.fits < FITS || steady.fits < FITS) return nothing;
  const saved = share(1 - expected.plan.usd / steady.plan.usd);
  return `The plan of least expected cost has ${moves(expected, here)}: it costs ${saved} less than this one, and fits in ${ofHundred(expected.fits)} draws.`;
}

/** That no plan is to be recommended, as none fits in most draws: that of a variant that is left may, where no variant alone does. */
function unfit(context: Context, { ahead }: Plan): string | undefined {
  return ahead && recommended(ahead).fits < FITS ? nothingFits(context, "No plan fits") : undefined;
}

/** The plan, as a sentence: what to begin with, what follows when, what that saves, and how often it fits. */
function finding({ plan: likeliest, ahead, steady }: Plan, here: Here | undefined): string {
  const best = ahead && recommended(ahead);
  const plan = best?.plan ?? likeliest;
  if (!plan) return "In some month nothing fits";
  const [first, ...later] = plan.stages as [Stage, ...Stage[]];
  const name = variantLabel(first.variant);
  const stays = here?.variant === first.variant;
  const begin = !here
    ? `Start on ${name}`
    : stays
      ? `Stay with ${name}`
      : `Move from ${variantLabel(here.variant)} to ${name} in month 1`;
  const then =
    later.length > 0
      ? later.map(({ variant, from }) => `, move to ${variantLabel(variant)} in month ${from}`).join("")
      : !here
        ? " and stay"
        : stays
          ? " to the end"
          : "";
  const against =
    here && !(stays && later.length === 0) ? here.usd : later.length > 0 ? stayingUsd(ahead, steady) : undefined;
  const saved = against === undefined ? 0 : against - plan.usd;
  const saves = saved > 0 ? `: it saves ${usd(saved)} against ${here ? "staying" : "never switching"}` : "";
  const fits = best && best.fits < SURELY ? `; the plan fits in ${ofHundred(best.fits)} draws` : "";
  return `${begin}${then}${saves}${fits}`;
}

function stayingUsd(ahead: Ahead | null, steady: Plan["steady"]): number | undefined {
  const all = ahead ? [ahead.steady.plan.usd] : steady.flatMap(({ usd }) => (usd === null ? [] : [usd]));
  return all.length === 0 ? undefined : Math.min(...all);
}

function figure(plan: Plan, rows: Row[], found: string): TemplateResult {
  const width = figureWidth();
  const narrow = width < 640;
  const left = narrow ? 4 : 170;
  const right = narrow ? 4 : 200;
  const months = plan.plan!.stages.at(-1)!.to;
  const x = scaleLinear([1, months + 1], [left, width - right]);
  const names = rows.map(({ stages }) => onLines(stages, x, width - right));
  // On a phone both lines of names stand beneath the bar.
  const second = names.flat().some(({ line }) => line > 0);
  const row = narrow ? ROW + (second ? 36 : 22) : ROW;
  const top = 26;
  const bottom = top + rows.length * row;
  const { ahead } = plan;
  // Above the bar and beneath it; on a phone the name of the plan stands above it.
  const lines = narrow ? [BAR + 13, BAR + 27] : [-4, BAR + 13];
  const bands = ahead && bandsOf(ahead, months);
  const others = bands ? legend(bands, left, width - 4) : [];
  const axis = bottom + (bands ? SHARES + 40 : 6);
  const height = axis + (others.length === 0 ? 0 : 18 * (others.at(-1)!.line + 1));
  const step = months <= 24 ? 6 : 12;
  const ticks = Array.from({ length: Math.floor(months / step) }, (_, index) => (index + 1) * step).filter(
    (month) => x(month) > left + 56,
  );
  return html`<figure class="switch"><svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label=${description(found, rows)}>
    <g aria-hidden="true">
      <text class="axis" x=${left} y="12">${narrow ? "month" : "month 1"}</text>
      ${ticks.map(
        (month) => svg`<line class="grid" x1=${x(month)} x2=${x(month)} y1="18" y2=${axis - 16}></line>
          <text class="axis" x=${x(month)} y="12" text-anchor="middle">${month}</text>`,
      )}
      ${rows.map(({ name, small, stages, usd: cost, regretUsd, fits }, index) => {
        const y = top + index * row + (narrow ? 26 : 12);
        return svg`
          <text class="strong" x=${narrow ? left : 0} y=${narrow ? y - 18 : y + 8}>${name}</text>
          ${narrow ? nothing : svg`<text class="axis" x="0" y=${y + 24}>${small}</text>`}
          ${stages.map(
            ({ variant, from, to }) =>
              svg`<rect class="fill" data-variant=${variant} x=${x(from)} y=${y} width=${Math.max(1, x(to + 1) - x(from) - 1)} height=${BAR}></rect>`,
          )}
          ${names[index]!.map(
            ({ variant, at, line }) =>
              svg`<text class="end halo" data-variant=${variant} x=${at} y=${y + lines[line]!}>${variantLabel(variant)}</text>`,
          )}
          <text class="strong" x=${width - 4} y=${narrow ? y - 18 : y + 8} text-anchor="end">${usd(cost, 3)}</text>
          <text class="axis halo" x=${width - 4} y=${narrow ? y - 4 : y + 24} text-anchor="end">${beside(regretUsd, fits)}</text>`;
      })}
      ${bands ? shares(bands, x, bottom + 14, months, width - right, narrow) : nothing}
      ${others.map(
        ({ variant, at, line }) => svg`<g data-variant=${variant}>
          <rect class="fill" x=${at} y=${axis + 18 * line - 9} width="9" height="9"></rect>
          <text class="end" x=${at + 14} y=${axis + 18 * line}>${variantLabel(variant)}</text></g>`,
      )}
    </g></svg>
    ${ahead ? html`<p class="note">Regret: what the plan costs more than the best one of a draw, in nine of ten of those in which it fits. ${switchesInWords(ahead)}</p>` : nothing}
  </figure>`;
}

/** A letter of a name is about so wide. */
const LETTER = 8.2;

/** A name beside or beneath what it names: where it begins, and on which line. */
interface Named {
  variant: VariantId;
  at: number;
  line: number;
}

/** The names of what runs when, each where it begins or as near as there is room: two that would meet are on two lines. */
function onLines(stages: Stage[], x: (month: number) => number, end: number): Named[] {
  const ends: number[] = [];
  return stages.flatMap(({ variant, from }) => {
    const length = variantLabel(variant).length * LETTER;
    const at = Math.min(x(from), end - length);
    const line = [0, 1].find((line) => at >= (ends[line] ?? Number.NEGATIVE_INFINITY));
    if (line === undefined) return [];
    ends[line] = at + length + LETTER;
    return [{ variant, at, line }];
  });
}

/** The names of the bands that have none at their end, those first that lie lowest, on as many lines as they take. */
function legend({ bands, named }: Bands, start: number, end: number): Named[] {
  let [at, line] = [start, 0];
  const unnamed = bands.filter(({ variant }) => !named.includes(variant));
  return unnamed.map(({ variant }) => {
    const length = variantLabel(variant).length * LETTER + 30;
    if (at > start && at + length > end) [at, line] = [start, line + 1];
    const here = { variant, at, line };
    at += length;
    return here;
  });
}

/** Beneath what a plan costs: in how many draws it fits, and its regret. */
function beside(regretUsd: number | undefined, fits: number | undefined): string {
  const often = fits === undefined ? "" : `fits in ${ofHundred(fits)}`;
  return [often, regretUsd === undefined ? "" : `regret ${usd(regretUsd)}`].filter((words) => words !== "").join(", ");
}

/** What the draws run, a band for each variant, the lowest first, and which of them have room for a name at their end. */
interface Bands {
  bands: { variant: VariantId; layer: [number, number][] }[];
  named: VariantId[];
}

function bandsOf({ running: all }: Ahead, months: number): Bands {
  const running = all.filter(({ shares }) => shares.some((share) => share > 0));
  const data = Array.from({ length: months }, (_, month) => running.map(({ shares }) => shares[month]!));
  const layers = stack<number[], number>()
    .keys(running.keys())
    .value((row, key) => row[key]!)(data);
  const bands = running.map(({ variant }, index) => ({ variant, layer: layers[index] as [number, number][] }));
  const named = running.filter(({ shares }) => shares[months - 1]! * SHARES > 13).map(({ variant }) => variant);
  return { bands, named };
}

/** Shares of the draws whose best plan runs a variant, by month. */
function shares(
  { bands, named }: Bands,
  x: (month: number) => number,
  top: number,
  months: number,
  end: number,
  narrow: boolean,
) {
  const y = scaleLinear([0, 1], [top + SHARES, top]);
  const shape = area<[number, number]>()
    .x((_, month) => x(month + 1.5))
    .y0(([from]) => y(from))
    .y1(([, to]) => y(to));
  const labelled = bands.map(({ variant, layer }) => {
    const [from, to] = layer[months - 1]!;
    return { variant, size: to - from, at: y((from + to) / 2) };
  });
  return svg`
    ${bands.map(({ variant, layer }) => svg`<path class="share" data-variant=${variant} d=${shape(layer)}></path>`)}
    ${labelled
      .filter(({ variant }) => named.includes(variant))
      .map(({ variant, at, size }) =>
        narrow
          ? svg`<text class="end halo" data-variant=${variant} x=${end - 8} y=${at + 4} text-anchor="end">${variantLabel(variant)} ${hundredths(size)}</text>`
          : svg`<text class="end" data-variant=${variant} x=${end + 8} y=${at + 4}>${shortName(variant)} ${hundredths(size)}</text>`,
      )}
    ${narrow ? nothing : svg`<text class="strong" x="0" y=${top + 14}>What the draws run</text><text class="axis" x="0" y=${top + 30}>of 100, by month</text>`}`;
}

function switchesInWords({ switches }: NonNullable<Plan["ahead"]>): string {
  const later = switches.filter(({ from, share }) => from !== null && share >= 0.02).slice(0, 3);
  const words = later.map(({ from, to, share, months }) => {
    const [p10, p50, p90] = months.map((month) => short(Math.round(month)));
    const range = p10 === p90 ? "" : ` (${p10} to ${p90})`;
    return `in ${ofHundred(share)} draws from ${variantLabel(from!)} to ${variantLabel(to)} in month ${p50}${range}`;
  });
  return words.length === 0 ? "Hardly a draw switches." : `${capital(words.join("; "))}.`;
}

function description(found: string, rows: Row[]): string {
  return `${found}. ${rows.map(({ name, stages, usd: cost }) => `${name}: ${stagesInWords(stages)}, ${usd(cost, 3)}`).join("; ")}. Table shows the same.`;
}
