/** How sure the answer is: a hundred draws of each variant, how often it is the cheapest, what choosing it may cost. */

import { max } from "d3-array";
import { scaleLinear } from "d3-scale";
import { html, nothing, svg, type TemplateResult } from "lit";
import { type Odds, type Uncertainty, variantLabel } from "#engine";
import { choices, FITS, oftenBest, SURELY, verdictOf } from "../engine/odds.ts";
import { agree, capital, exact, hundredths, ofHundred, short, span, usd } from "../engine/words.ts";
import type { Context } from "./context.ts";
import { nothingFits } from "./nofit.ts";
import { figureWidth, section, stale, waiting } from "./section.ts";
import { term } from "./terms.ts";

const DOT = 5.2;
const NAMES = 166;

/** From the right edge to where the column of how often a variant fits ends. */
const FITS_AT = 64;

function monthly(odds: Odds) {
  return odds.figures["totals.monthlyUsd"]!;
}

/** Months that a level payment stands for: the regret of the horizon over it is that of a month. */
function levelMonths(odds: Odds): number {
  return odds.figures["totals.tcoUsd"]!.mean / Math.max(1e-9, monthly(odds).mean);
}

/** The regret of a month; none of what is no choice: it would be that of the few draws in which it fits, and look like the best. */
function regret(odds: Odds): number | undefined {
  return odds.fits >= FITS ? odds.regretUsd / levelMonths(odds) : undefined;
}

export function sureSection(context: Context): TemplateResult {
  const { uncertainty, failed } = context.answers;
  if (!uncertainty) return waiting("How sure", "sure", failed);
  const shown = worthShowing(uncertainty.variants);
  const dollars = (value: number) => usd(value, 3);
  return section(context, {
    id: "sure",
    kicker: "How sure",
    finding: finding(context, uncertainty.variants),
    under: html`${exact(uncertainty.draws)} draws of everything that is only believed; every dot is one in a hundred of them. ${knowing(uncertainty)} ${stale(context, "uncertainty")}`,
    ...(shown.length === 0 ? { drawn: "" } : {}),
    figure: () => figure(shown),
    from: [uncertainty],
    table: () => ({
      columns: [
        { name: "variant" },
        ...["mean a month", "p10", "p50", "p90"].map((name) => ({ name, unit: "USD", show: dollars })),
        { name: "cheapest in", unit: "share of draws", show: ofHundred },
        { name: "fits in", unit: "share of draws", show: ofHundred },
        { name: "regret a month", unit: "USD", show: dollars },
      ],
      rows: uncertainty.variants.map((odds) => {
        const { mean, p10, p50, p90 } = monthly(odds);
        return [variantLabel(odds.variant), mean, p10, p50, p90, odds.chanceBest, odds.fits, regret(odds)];
      }),
    }),
  });
}

/** What knowing everything is worth: it is held against the choice without it, and where there is none, against nothing. */
function knowing({ variants, perfectInformationUsd }: Uncertainty): string {
  return choices(variants).length === 0
    ? "What knowing more is worth cannot be said, as there is no choice that fits in most of them."
    : `Knowing everything before choosing would be worth ${usd(perfectInformationUsd.value)} over the horizon.`;
}

/** The choices, and whatever else fits and is the cheapest in some draws: left out, the others' chances would not add up. */
function worthShowing(variants: Odds[]): Odds[] {
  const choice = choices(variants);
  const others = variants.filter((odds) => odds.chanceBest >= 0.005 && !choice.includes(odds));
  return [...choice, ...others];
}

/** Who is the cheapest most often, choice or not, and whether that is the answer. */
function finding(context: Context, variants: Odds[]): string {
  const verdict = verdictOf(context.answers.now);
  const [often] = oftenBest(variants);
  if (!verdict || !often) return capital(nothingFits(context) ?? "nothing fits in most draws");
  const { best, near } = verdict;
  const name = variantLabel(often.variant);
  const where =
    often.fits < SURELY ? `; ${agree(often.variant, "it fits", "they fit")} in ${hundredths(often.fits)}` : "";
  const is = agree(often.variant, "is", "are");
  const most = `${name} ${is} the cheapest most often, in ${ofHundred(often.chanceBest)} draws${where}`;
  if (near.length > 0) return `A toss-up: ${most}`;
  if (often.variant === best.variant)
    return `In ${ofHundred(often.chanceBest)} draws ${name} ${is} the cheapest${where}`;
  return `${capital(most)}; in the mean, of those that fit in most draws, ${variantLabel(best.variant)} ${agree(best.variant, "costs", "cost")} least`;
}

function figure(shown: Odds[]): TemplateResult {
  if (shown.length === 0) return html`<p class="note">No variant fits in any of the draws, so none can be drawn.</p>`;
  const width = figureWidth();
  const narrow = width < 640;
  const right = narrow ? 0 : 280;
  const left = narrow ? 8 : NAMES;
  const end = max(shown, (odds) => odds.cuts[90]!) ?? 1;
  const x = scaleLinear([0, end], [left, width - right - 12]).nice(6);
  const ticks = x.ticks(narrow ? 4 : 7);
  let top = narrow ? 8 : 22;
  // Name and odds stand over the dots: on a phone beneath each other.
  const stacked = narrow && width < 480;
  const words = stacked ? 50 : narrow ? 18 : 0;
  const rows = shown.map((odds) => {
    // A hundred equally likely values; those beyond the scale are arrows at its edge, with their values.
    const columns = new Map<number, number>();
    const edge = x.domain()[1]!;
    const values = Array.from({ length: 100 }, (_, at) => (odds.cuts[at]! + odds.cuts[at + 1]!) / 2);
    const dots = values.map((value) => {
      const column = Math.round((x(Math.min(value, edge)) - left) / DOT);
      const height = columns.get(column) ?? 0;
      columns.set(column, height + 1);
      return { column, height, off: value > edge };
    });
    const off = values.filter((value) => value > edge);
    const room = off.length > 0 ? (columns.get(dots.at(-1)!.column) ?? 0) * DOT + 20 : 24;
    const height = Math.max(room, (max(columns.values()) ?? 1) * DOT + 8) + words;
    const row = { odds, dots, off, top, base: top + height };
    top += height + 10;
    return row;
  });
  return html`<figure class="sure"><svg class="chart" viewBox="0 0 ${width} ${top + 24}" role="img" aria-label=${description(shown)}>
    <g aria-hidden="true">
      ${ticks.map(
        (tick, index) => svg`<line class="grid" x1=${x(tick)} x2=${x(tick)} y1="18" y2=${top}></line>
        <text class="axis" x=${x(tick)} y=${top + 16} text-anchor=${index === 0 ? "start" : x(tick) > width - 24 ? "end" : "middle"}>${index === ticks.length - 1 ? usd(tick) : short(tick)}</text>`,
      )}
      ${narrow ? nothing : svg`<text class="axis" x=${width - right + 8} y="12">cheapest in, of 100</text><text class="axis" x=${width - FITS_AT} y="12" text-anchor="end">fits in</text><text class="axis" x=${width - 4} y="12" text-anchor="end">regret</text>`}
      ${rows.map(({ odds, dots, off, base, top }) => {
        const [bar, lost] = [70 * odds.chanceBest, regret(odds)];
        const [best, fits] = [odds.chanceBest, odds.fits].map(hundredths) as [string, string];
        const regretted = `, regret ${lost === undefined ? "–" : usd(lost)}`;
        return svg`<g data-variant=${odds.variant}>
          <line class="base thin" x1=${left} x2=${width - right - 12} y1=${base} y2=${base}></line>
          ${dots.map(({ column, height, off }) => {
            const [cx, cy] = [left + column * DOT, base - 3 - height * DOT];
            return off
              ? svg`<path class="dot" d="M${cx - 2} ${cy - 2.6}l5 2.6l-5 2.6z"></path>`
              : svg`<circle class="dot" cx=${cx} cy=${cy} r="2.3"></circle>`;
          })}
          ${off.length === 0 ? nothing : svg`<text class="axis halo" x=${x.range()[1]!} y=${base - 6 - off.length * DOT} text-anchor="end">${beyond(off)}</text>`}
          <text class="end" x=${narrow ? left : 0} y=${narrow ? top + 10 : base - 2}>${variantLabel(odds.variant)}</text>
          ${
            narrow
              ? svg`<text x=${stacked ? left : width - 4} y=${stacked ? top + 27 : top + 10} text-anchor=${stacked ? "start" : "end"}>cheapest in ${best} of 100, fits in ${fits}${stacked ? "" : regretted}</text>
                ${stacked ? svg`<text x=${left} y=${top + 43}>${regretted.replace(", ", "")}</text>` : nothing}`
              : svg`<rect class="fill" x=${width - right + 8} y=${base - 11} width=${Math.max(1, bar)} height="9"></rect>
                <text x=${width - right + 16 + bar} y=${base - 2}>${best}</text>
                <text x=${width - FITS_AT} y=${base - 2} text-anchor="end">${fits}</text>
                <text x=${width - 4} y=${base - 2} text-anchor="end">${lost === undefined ? "–" : usd(lost)}</text>`
          }
        </g>`;
      })}
    </g></svg>
    <p class="note">${term("all-in", "All-in")} cost a month. ${term("regret", "Regret")}: a month${
      shown.every(({ fits }) => fits >= FITS) ? "" : "; – where a variant does not fit in most draws"
    }.${rows.some(({ off }) => off.length > 0) ? " Arrows: draws beyond the scale, and what they cost." : ""}</p>
  </figure>`;
}

/** What the draws beyond the scale cost. */
function beyond(values: number[]): string {
  const [low, high] = [values[0]!, values.at(-1)!];
  return values.length === 1 || usd(low) === usd(high) ? usd(high) : `$${span(low, high)}`;
}

function description(shown: Odds[]): string {
  const rows = shown.slice(0, 4).map((odds) => {
    const { p10, p90 } = monthly(odds);
    return `${variantLabel(odds.variant)} between ${usd(p10)} and ${usd(p90)} a month in eight draws of ten, cheapest in ${ofHundred(odds.chanceBest)} draws, fits in ${ofHundred(odds.fits)}`;
  });
  return `Distributions of the all-in cost a month. ${capital(rows.join("; "))}. Table shows the same numbers.`;
}
