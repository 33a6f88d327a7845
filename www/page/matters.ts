/** What the answer hangs on: how far each input moves the lead of the best variant, and what it is worth to find it out. */

import { extent, sum } from "d3-array";
import { type ScaleLinear, scaleLinear } from "d3-scale";
import { html, nothing, svg, type TemplateResult } from "lit";
import { catalog, type Sensitivity, type Uncertainty, type VariantId, variantLabel } from "#engine";
import { agree, capital, named as plural, share, short, usd } from "../engine/words.ts";
import type { Context } from "./context.ts";
import { itemName } from "./itemname.ts";
import { shortName } from "./names.ts";
import { empty, figureWidth, section, stale, waiting } from "./section.ts";
import { term } from "./terms.ts";

/** Bars that are drawn; the table has all of them. */
const BARS = 10;
const ROW = 26;

/** Lines of a name are so far apart. */
const LINE = 15;

/** Room for the values at the ends of a bar. */
const ENDS = 58;

/** An input; of one that moves neither of the two, no ends are known. */
type Swing = Omit<Sensitivity["tornado"][number], "p10" | "p90"> & { p10?: number; p90?: number };

/**
 * The inputs, those first that are most worth knowing, then those with the widest swing. What is worth knowing because it
 * moves other variants than the two is among them, with a lead that stays.
 */
function byWorth({ tornado, likeliest }: Sensitivity, known: NonNullable<Uncertainty["worthKnowing"]>): Swing[] {
  const swings = new Map<string, Swing>(tornado.map((swing) => [swing.path, swing]));
  const first = known.map(
    ({ path, label, unit }): Swing => swings.get(path) ?? { path, label, unit, atP10: likeliest, atP90: likeliest },
  );
  const named = new Set(known.map(({ path }) => path));
  return [...first, ...tornado.filter(({ path }) => !named.has(path))];
}

/** Units that have room behind a number. */
const UNITS: Record<string, string> = { hours: "h", minutes: "min", seconds: "s" };
const SPELLED = new Set(["vCPU", "GiB"]);
const COUNTED: Record<string, string> = { days: "day", weeks: "week", months: "month", years: "year" };

/** Units of which a thousand are one of the next. */
const LADDERS = [
  ["kB", "MB", "GB", "TB"],
  ["ms", "s"],
];

/** A value of an input in its unit, as far as there is room for it. */
function said(value: number, { unit }: Swing): string {
  if (unit.startsWith("USD")) return usd(value);
  if (unit.startsWith("EUR")) return `€${short(value)}`;
  if (unit.startsWith("share")) return `${short(value * 100)} %`;
  const [what] = unit.split("/") as [string];
  const ladder = LADDERS.find((units) => units.includes(what));
  if (ladder) return climbed(value, ladder, ladder.indexOf(what));
  if (COUNTED[what]) return `${short(value)} ${plural(short(value), COUNTED[what])}`;
  const words = UNITS[what] ?? (SPELLED.has(what) ? what : "");
  return words ? `${short(value)} ${words}` : short(value);
}

/** A value in the first unit of a ladder, from its own on, in which it stays below a thousand. */
function climbed(value: number, units: string[], at: number): string {
  const rounded = Number(value.toPrecision(2));
  return rounded >= 1000 && at < units.length - 1
    ? climbed(value / 1000, units, at + 1)
    : `${short(value)} ${units[at]}`;
}

export function mattersSection(context: Context): TemplateResult {
  const { failed } = context.answers;
  if (context.answers.sensitivity === null) {
    const why = "Fewer than two variants fit in most draws, so there is no lead that could hang on anything";
    return empty("What matters", "matters", why);
  }
  if (!context.answers.sensitivity) return waiting("What matters", "matters", failed);
  const told = <Input extends { path: string; label: string }>(input: Input): Input => ({
    ...input,
    label: itemName(context.state.scenario, input),
  });
  const sensitivity = { ...context.answers.sensitivity, tornado: context.answers.sensitivity.tornado.map(told) };
  const worthKnowing = context.answers.uncertainty?.worthKnowing?.map(told);
  const worth = new Map((worthKnowing ?? []).map(({ path, usd }) => [path, usd.value]));
  const doubt = new Map(sensitivity.indices.map(({ path, total }) => [path, Math.min(1, Math.max(0, total.value))]));
  const rows = byWorth(sensitivity, worthKnowing ?? []);
  const [first, second] = sensitivity.variants.map(variantLabel) as [string, string];
  return section(context, {
    id: "matters",
    kicker: "What matters",
    finding: finding(sensitivity, worthKnowing ?? []),
    under: html`At the likeliest values ${first} ${leads(sensitivity)} ${second} by ${usd(Math.abs(sensitivity.likeliest))} a month. Each bar shows that
      lead as one input moves from its low to its high value, all else likely${worth.size > 0 ? "; what is most worth knowing stands first" : ""}. ${
        worthKnowing
          ? nothing
          : `What each is worth knowing ${failed === undefined ? "is being worked out" : "could not be computed"}.`
      } ${stale(context, "sensitivity")}`,
    figure: () => figure(sensitivity, rows, doubt, worthKnowing ? worth : undefined),
    from: [context.answers.sensitivity, context.answers.uncertainty],
    table: () => ({
      columns: [
        { name: "input" },
        { name: "low", show: (value) => short(value, 3) },
        { name: "high", show: (value) => short(value, 3) },
        { name: "lead at low", unit: "USD a month", show: (value) => usd(value, 3) },
        { name: "lead at high", unit: "USD a month", show: (value) => usd(value, 3) },
        { name: "share of the doubt", show: share },
        { name: "worth finding out", unit: "USD", show: usd },
        { name: "unit" },
      ],
      rows: rows.map(({ path, label, unit, p10, p90, atP10, atP90 }) => [
        label,
        p10,
        p90,
        atP10,
        atP90,
        doubt.get(path),
        worth.get(path),
        unit,
      ]),
    }),
  });
}

function leads({ variants, likeliest }: Sensitivity): string {
  const verb = likeliest < 0 ? "trail" : "lead";
  return agree(variants[0]!, `${verb}s`, verb);
}

/** What to find out first, or what could make the one of the two that is dearer the cheaper one, as a sentence. */
function finding(sensitivity: Sensitivity, [knowing]: NonNullable<Uncertainty["worthKnowing"]>): string {
  if (knowing && knowing.usd.value > 2 * knowing.usd.error) {
    return `Find out this first: ${knowing.label}. Knowing it is worth up to ${usd(knowing.usd.value)}`;
  }
  const turning = sensitivity.tornado.filter(
    ({ atP10, atP90 }) => Math.min(atP10, atP90) < 0 !== Math.max(atP10, atP90) < 0,
  );
  const [one, other] = sensitivity.variants.map(variantLabel) as [string, string];
  const turned = sensitivity.likeliest < 0 ? `${one} cheaper than ${other}` : `${other} cheaper than ${one}`;
  if (turning.length === 0) return `No single input makes ${turned}, within what is believed of it`;
  // Not the widest bar: the one that ends farthest on the other side.
  const beyond = ({ atP10, atP90 }: Swing) =>
    sensitivity.likeliest < 0 ? Math.max(atP10, atP90) : -Math.min(atP10, atP90);
  const [farthest] = turning.toSorted((one, other) => beyond(other) - beyond(one));
  return turning.length === 1
    ? `Only one input makes ${turned} by itself: ${farthest!.label}`
    : `${turning.length} inputs make ${turned}, each by itself; ${farthest!.label} most`;
}

/** Whether an input is the company's own to know; the rest are facts of the world. */
function own(path: string): boolean {
  return !path.startsWith("facts.");
}

function figure(
  sensitivity: Sensitivity,
  rows: Swing[],
  doubt: Map<string, number>,
  worth: Map<string, number> | undefined,
): TemplateResult {
  const width = figureWidth();
  const narrow = width < 700;
  const left = narrow ? 12 : 262;
  const right = narrow ? 12 : 214;
  const shown = rows.slice(0, BARS);
  // Names too long for a line take more.
  const long = narrow ? Math.floor((width - left - 20) / 7.6) : 34;
  const named = shown.map((swing) => folded(swing.label, long));
  // On a phone the figures stand beneath the name.
  const beneath = (swing: Swing) => (narrow ? figuresOf(swing, doubt, worth) : "");
  const lengths = named.map(({ length }, at) => length + (beneath(shown[at]!) ? 1 : 0));
  const heights = lengths.map((length) => (narrow ? ROW + 6 + LINE * length : Math.max(ROW, LINE * length + 6)));
  const [low, high] = extent([0, sensitivity.likeliest, ...shown.flatMap(({ atP10, atP90 }) => [atP10, atP90])]);
  const x = scaleLinear([low!, high!], [left + ENDS, width - right - ENDS]).nice(5);
  const height = sum(heights) + 34;
  const [first, second] = sensitivity.variants;
  const zero = x(0);
  const bar = ({ atP10, atP90 }: Swing, y: number) => {
    const [a, b] = [Math.min(atP10, atP90), Math.max(atP10, atP90)];
    const piece = (from: number, to: number, variant: string) =>
      to > from
        ? svg`<rect class="fill" data-variant=${variant} x=${x(from)} width=${Math.max(0.5, x(to) - x(from))} y=${y} height="15"></rect>`
        : nothing;
    return [piece(a, Math.min(b, 0), second!), piece(Math.max(a, 0), b, first!)];
  };
  const [full, brief] = ["leaves these two as they are; another choice hangs on it", "another choice hangs on it"];
  const elsewhere = full.length * LETTER < width - left - right ? full : brief;
  const value = (number: number | undefined, swing: Swing) => (number === undefined ? "" : said(number, swing));
  return html`<figure class="matters"><svg class="chart" viewBox="0 0 ${width} ${height + 22}" role="img" aria-label=${description(sensitivity)}>
    <g aria-hidden="true">
      ${side(second!, (name) => [`◂ ${name} cheaper`, `◂ ${name}`], zero - 8, left, "end")}
      ${side(first!, (name) => [`${name} cheaper by ▸`, `${name} ▸`], zero + 8, width - right, "start")}
      ${narrow ? nothing : svg`<text class="axis" x=${width - right + 14} y="12">of the doubt</text><text class="axis" x=${width - 4} y="12" text-anchor="end">worth knowing</text>`}
      ${roomyTicks(x, narrow ? 4 : 6).map(
        (tick) => svg`<line class="grid" x1=${x(tick)} x2=${x(tick)} y1="20" y2=${height}></line>
          <text class="axis" x=${x(tick)} y=${height + 16} text-anchor="middle">${usd(tick)}</text>`,
      )}
      <line class="zero" x1=${zero} x2=${zero} y1="18" y2=${height}></line>
      <line class="cursor" x1=${x(sensitivity.likeliest)} x2=${x(sensitivity.likeliest)} y1="20" y2=${height}></line>
      ${shown.map((swing, index) => {
        const lines = named[index]!;
        const length = lengths[index]!;
        const y = 24 + sum(heights.slice(0, index)) + (narrow ? 6 + LINE * length : (heights[index]! - ROW) / 2);
        const first = narrow ? y - 5 - LINE * (length - 1) : y + 12 - (LINE / 2) * (lines.length - 1);
        const flipped = swing.atP10 > swing.atP90;
        const [atLow, atHigh] = flipped ? [swing.p90, swing.p10] : [swing.p10, swing.p90];
        const [from, to] = [Math.min(swing.atP10, swing.atP90), Math.max(swing.atP10, swing.atP90)];
        const explained = doubt.get(swing.path);
        const saved = worth?.get(swing.path);
        return svg`
          ${own(swing.path) ? svg`<rect class="yours-mark" x=${narrow ? left : 2} y=${first - 9} width="9" height="9"></rect>` : nothing}
          <text class="halo"><title>${swing.label}${swing.unit ? `, ${swing.unit}` : ""}</title>${lines.map(
            (line, at) => svg`<tspan x=${narrow ? left + 16 : 18} y=${first + at * LINE}>${line}</tspan>`,
          )}</text>
          ${beneath(swing) ? svg`<text class="axis halo" x=${left + 16} y=${y - 5}>${beneath(swing)}</text>` : nothing}
          ${bar(swing, y)}
          ${
            swing.p10 === undefined
              ? svg`<text class="axis halo" x=${(left + width - right) / 2} y=${y + 12} text-anchor="middle">${elsewhere}</text>`
              : svg`<text class="axis halo" x=${x(from) - 4} y=${y + 12} text-anchor="end">${value(atLow, swing)}</text>
          <text class="axis halo" x=${x(to) + 4} y=${y + 12}>${value(atHigh, swing)}</text>`
          }
          ${
            narrow
              ? nothing
              : svg`${
                  explained === undefined
                    ? svg`<text class="axis" x=${width - right + 14} y=${y + 12}>–</text>`
                    : svg`<rect class="neutral" x=${width - right + 14} y=${y + 3} width=${Math.max(1, 60 * explained)} height="9"></rect>
                <text class="axis" x=${width - right + 20 + 60 * explained} y=${y + 12}>${share(explained)}</text>`
                }
                <text x=${width - 4} y=${y + 12} text-anchor="end">${worth === undefined ? "" : saved === undefined ? "–" : usd(saved)}</text>`
          }`;
      })}
    </g></svg>
    <p class="note"><span class="yours-square"></span> yours to find out; the rest are facts of the world. <span class="joined">${term("share of the doubt", "Share of the doubt")}</span>:
      of the lead’s variance. <span class="joined">${term("worth knowing", "Worth knowing")}</span>: over the horizon.</p></figure>`;
}

/** Share of the doubt and worth of an input in a line, as far as they are known. */
function figuresOf({ path }: Swing, doubt: Map<string, number>, worth: Map<string, number> | undefined): string {
  const [explained, saved] = [doubt.get(path), worth?.get(path)];
  return [
    explained === undefined ? "" : `${share(explained)} of the doubt`,
    saved === undefined ? "" : `worth ${usd(saved)}`,
  ]
    .filter((words) => words !== "")
    .join(", ");
}

/** A letter of an axis is about so wide. */
const LETTER = 7;

/** As many round values of a scale, up to so many, as their labels have room beside each other. */
function roomyTicks(x: ScaleLinear<number, number>, most: number): number[] {
  for (let count = most; count > 1; count--) {
    const ticks = x.ticks(count);
    const widest = Math.max(...ticks.map((tick) => usd(tick).length)) * LETTER + LETTER;
    if (ticks.length < 2 || x(ticks[1]!) - x(ticks[0]!) >= widest) return ticks;
  }
  return [0];
}

/** Whose side of zero it is, in as many words as there is room for. */
function side(
  variant: VariantId,
  said: (name: string) => string[],
  at: number,
  end: number,
  anchor: "start" | "end",
): TemplateResult | typeof nothing {
  const words = [...said(variantLabel(variant)), ...said(shortName(variant)).slice(1)].find(
    ({ length }) => length * 8 <= Math.abs(end - at),
  );
  if (words === undefined) return nothing;
  return svg`<text class="end halo" data-variant=${variant} x=${at} y="12" text-anchor=${anchor}>${words}</text>`;
}

/** A name on as many lines as it takes. */
function folded(text: string, length: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > length) {
    const space = rest.lastIndexOf(" ", length);
    const at = space > 0 ? space : length;
    lines.push(rest.slice(0, at));
    rest = rest.slice(at).trimStart();
  }
  return [...lines, rest];
}

function description(sensitivity: Sensitivity): string {
  const rows = sensitivity.tornado
    .slice(0, 4)
    .map(({ label, atP10, atP90 }) => `${label}: from ${usd(atP10)} to ${usd(atP90)}`);
  const metric = catalog().metrics.find(({ id }) => id === sensitivity.metric)?.label ?? sensitivity.metric;
  return `Lead in ${metric} of ${sensitivity.variants.map(variantLabel).join(" over ")} as inputs move. ${capital(rows.join("; "))}. Table shows all.`;
}
