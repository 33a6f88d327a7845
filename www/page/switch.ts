/** When to switch: the plan against staying, and what the draws say of the month. */

import { scaleLinear } from "d3-scale";
import { area, stack } from "d3-shape";
import { html, nothing, svg, type TemplateResult } from "lit";
import { type Plan, type Stage, variantLabel } from "#engine";
import { capital, exact, oneIn, share, short, usd } from "../engine/words.ts";
import type { Context } from "./context.ts";
import { shortName } from "./names.ts";
import { figureWidth, section, stale, waiting } from "./section.ts";

const BAR = 14;
const ROW = 46;
const SHARES = 120;

interface Row {
  name: string;
  small: string;
  stages: Stage[];
  usd: number;
  note: string;
}

export function switchSection(context: Context): TemplateResult {
  const { plan, failed } = context.answers;
  if (!plan) return waiting("When to switch", "switch", failed);
  const rows = rowsOf(plan);
  const ahead = plan.ahead;
  return section(context, {
    id: "switch",
    kicker: "When to switch",
    finding: finding(plan),
    under: html`Switching cost, double running and the rest of a lease are inside; costs are over the horizon, discounted.
      ${ahead ? html`Below, which variant the best plan of each of ${exact(ahead.draws)} draws runs in a month.` : nothing}
      ${stale(context, "plan")}`,
    figure: () =>
      plan.plan ? figure(plan, rows) : html`<p class="note">In some month nothing fits, so there is no plan.</p>`,
    from: [plan],
    drawn: plan.plan !== null,
    table: () => ({
      columns: ["plan", "what runs when", "cost over the horizon", "regret in nine draws of ten"],
      words: [0, 1],
      rows: rows.map(({ name, stages, usd: cost, note }) => [name, inWords(stages), usd(cost, 3), note]),
    }),
  });
}

function inWords(stages: Stage[]): string {
  return stages.map(({ variant, from }) => `${variantLabel(variant)} from month ${from}`).join(", then ");
}

const same = (a: Stage[], b: Stage[]) => JSON.stringify(a) === JSON.stringify(b);

/** The plans worth comparing, each once. */
function rowsOf({ plan, steady, ahead }: Plan): Row[] {
  if (!plan) return [];
  const rows: Row[] = [];
  const add = (row: Row) => {
    if (!rows.some(({ stages }) => same(stages, row.stages))) rows.push(row);
  };
  if (ahead) {
    const tried = (name: string, small: string, { plan, regretP90Usd }: typeof ahead.expected) =>
      add({ name, small, stages: plan.stages, usd: plan.usd, note: usd(regretP90Usd) });
    tried("Least expected cost", "over all draws", ahead.expected);
    tried("Safest", "least regret", ahead.robust);
    tried("Best if all is as likely", "at the likeliest values", ahead.likeliest);
    tried("Never switching", "the best that stays", ahead.steady);
    return rows;
  }
  add({ name: "Best plan", small: "at the likeliest values", stages: plan.stages, usd: plan.usd, note: "" });
  const months = plan.stages.at(-1)!.to;
  const least = steady.reduce((a, b) => ((b.usd ?? Infinity) < (a.usd ?? Infinity) ? b : a));
  if (least.usd !== null) {
    const stages = [{ variant: least.variant, from: 1, to: months }];
    add({ name: "Never switching", small: "the best that stays", stages, usd: least.usd, note: "" });
  }
  return rows;
}

/** The plan, as a sentence. */
function finding({ plan: likeliest, ahead, steady }: Plan): string {
  const plan = ahead?.expected.plan ?? likeliest;
  if (!plan) return "In some month nothing fits";
  const [first, second] = plan.stages as [Stage, Stage | undefined];
  if (!second) {
    // Draws whose best plan begins with something else say nothing of leaving this one.
    const next = ahead?.switches.find(({ from }) => from === first.variant);
    const tail =
      next && next.share >= 0.05 ? `, though ${oneIn(next.share)} a later move to ${variantLabel(next.to)} pays` : "";
    return `Stay with ${variantLabel(first.variant)} to the end${tail}`;
  }
  const staying = ahead ? [ahead.steady.plan.usd] : steady.flatMap(({ usd }) => (usd === null ? [] : [usd]));
  const saved = Math.min(...staying) - plan.usd;
  const saves = Number.isFinite(saved) ? `: it saves ${usd(saved)} against never switching` : "";
  return `${capital(variantLabel(first.variant))} first, ${variantLabel(second.variant)} from month ${second.from}${saves}`;
}

function figure(plan: Plan, rows: Row[]): TemplateResult {
  const width = figureWidth();
  const narrow = width < 640;
  const left = narrow ? 4 : 170;
  const right = narrow ? 4 : 164;
  const months = plan.plan!.stages.at(-1)!.to;
  const x = scaleLinear([1, months + 1], [left, width - right]);
  const row = narrow ? ROW + 22 : ROW;
  const top = 26;
  const bottom = top + rows.length * row;
  const { ahead } = plan;
  const height = bottom + (ahead ? SHARES + 40 : 6);
  const step = months <= 24 ? 6 : 12;
  const ticks = Array.from({ length: Math.floor(months / step) }, (_, index) => (index + 1) * step).filter(
    (month) => x(month) > left + 56,
  );
  return html`<figure class="switch"><svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label=${description(plan, rows)}>
    <g aria-hidden="true">
      <text class="axis" x=${left} y="12">${narrow ? "month" : "month 1"}</text>
      ${ticks.map(
        (month) => svg`<line class="grid" x1=${x(month)} x2=${x(month)} y1="18" y2=${height - 16}></line>
          <text class="axis" x=${x(month)} y="12" text-anchor="middle">${month}</text>`,
      )}
      ${rows.map(({ name, small, stages, usd: cost, note }, index) => {
        const y = top + index * row + (narrow ? 26 : 12);
        return svg`
          <text class="strong" x=${narrow ? left : 0} y=${narrow ? y - 18 : y + 8}>${name}</text>
          ${narrow ? nothing : svg`<text class="axis" x="0" y=${y + 24}>${small}</text>`}
          ${stages.map(
            ({ variant, from, to }) => svg`<g data-variant=${variant}>
              <rect class="fill" x=${x(from)} y=${y} width=${Math.max(1, x(to + 1) - x(from) - 1)} height=${BAR}></rect>
              ${x(to + 1) - x(from) > 70 ? svg`<text class="end" x=${x(from)} y=${y - 4}>${narrow ? "" : variantLabel(variant)}</text>` : nothing}
              ${narrow ? svg`<text class="end" x=${x(from)} y=${y + BAR + 13}>${variantLabel(variant)}</text>` : nothing}
            </g>`,
          )}
          <text class="strong" x=${width - 4} y=${narrow ? y - 18 : y + 8} text-anchor="end">${usd(cost, 3)}</text>
          ${note && !narrow ? svg`<text class="axis" x=${width - 4} y=${y + 24} text-anchor="end">regret ${note}</text>` : nothing}`;
      })}
      ${ahead ? shares(ahead, x, bottom + 14, months, width - right, narrow) : nothing}
    </g></svg>
    ${ahead ? html`<p class="note">Regret: what the plan costs more than the best one of a draw, in nine draws of ten. ${switchesInWords(ahead)}</p>` : nothing}
  </figure>`;
}

/** Shares of the draws whose best plan runs a variant, by month. */
function shares(
  ahead: NonNullable<Plan["ahead"]>,
  x: (month: number) => number,
  top: number,
  months: number,
  end: number,
  narrow: boolean,
) {
  const running = ahead.running.filter(({ shares }) => shares.some((share) => share > 0));
  const data = Array.from({ length: months }, (_, month) => running.map(({ shares }) => shares[month]!));
  const layers = stack<number[], number>()
    .keys(running.keys())
    .value((row, key) => row[key]!)(data);
  const y = scaleLinear([0, 1], [top + SHARES, top]);
  const shape = area<[number, number]>()
    .x((_, month) => x(month + 1.5))
    .y0(([from]) => y(from))
    .y1(([, to]) => y(to));
  const labelled = layers.map((layer, index) => {
    const last = layer[months - 1]!;
    return { variant: running[index]!.variant, size: last[1] - last[0], at: y((last[0] + last[1]) / 2) };
  });
  return svg`
    ${layers.map((layer, index) => svg`<path class="share" data-variant=${running[index]!.variant} d=${shape(layer as [number, number][])}></path>`)}
    ${labelled
      .filter(({ size }) => size * SHARES > 13)
      .map(({ variant, at, size }) =>
        narrow
          ? svg`<text class="end halo" data-variant=${variant} x=${end - 8} y=${at + 4} text-anchor="end">${variantLabel(variant)} ${share(size)}</text>`
          : svg`<text class="end" data-variant=${variant} x=${end + 8} y=${at + 4}>${shortName(variant)} ${share(size)}</text>`,
      )}
    ${narrow ? nothing : svg`<text class="strong" x="0" y=${top + 14}>What the draws run</text><text class="axis" x="0" y=${top + 30}>share by month</text>`}`;
}

function switchesInWords({ switches }: NonNullable<Plan["ahead"]>): string {
  const later = switches.filter(({ from, share }) => from !== null && share >= 0.02).slice(0, 3);
  const words = later.map(({ from, to, share: part, months }) => {
    const [p10, p50, p90] = months.map((month) => short(Math.round(month)));
    return `in ${share(part)} of the draws from ${variantLabel(from!)} to ${variantLabel(to)} in month ${p50} (${p10} to ${p90})`;
  });
  return words.length === 0 ? "Hardly a draw switches later." : `${capital(words.join("; "))}.`;
}

function description(plan: Plan, rows: Row[]): string {
  return `${finding(plan)}. ${rows.map(({ name, stages, usd: cost }) => `${name}: ${inWords(stages)}, ${usd(cost, 3)}`).join("; ")}. Table shows the same.`;
}
