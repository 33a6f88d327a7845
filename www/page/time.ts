/** Cost month by month: the best of each approach in colour, the rest thin. */

import { bisectCenter, max, minIndex, range } from "d3-array";
import { scaleLinear } from "d3-scale";
import { area, line } from "d3-shape";
import { html, nothing, svg, type TemplateResult } from "lit";
import { type Outcome, type VariantId, variantLabel } from "#engine";
import { agree, capital, count, ranked, short, span, usd } from "../engine/words.ts";
import { type Context, computed, shownByApproach } from "./context.ts";
import { type Ground, handles, still } from "./handles.ts";
import { heldStrip, holder, runs, STRIP } from "./held.ts";
import { shortName } from "./names.ts";
import { nothingFits } from "./nofit.ts";
import { oddsOf } from "./odds.ts";
import { pinned } from "./pin.ts";
import { currently } from "./questions.ts";
import { CHART, figureWidth, fileButtons, sectionRole, type Table, tableButton, tableByKey } from "./section.ts";
import { sideways } from "./sideways.ts";
import { likeliest } from "./terms.ts";

const HEIGHT = 300;
const LEFT = 52;

/** As far as a corner of the path is dragged down at once: below it the strip shows nothing. */
const LEAST_SHARE = 0.01;
const DASHES: Record<string, string> = {
  "owned-metal": "7 3",
  paas: "7 3",
  "managed-kubernetes": "7 3",
  "self-run-kubernetes": "2.5 2.5",
  functions: "7 3 2 3",
};

export function timeSection(context: Context): TemplateResult {
  const { state, go } = context;
  const { cumulative, tables } = state.view;
  const asTable = tables.includes("time");
  const fitting = ranked(context.comparison);
  const set = (value: boolean) => go({ ...state, view: { ...state.view, cumulative: value } });
  return html`<section class="section" role=${sectionRole()} aria-labelledby="time-finding" @keydown=${tableByKey}>
    <header><p class="kicker">Over time</p><div>
      <span class="choice"><button class="text-button" aria-pressed=${!cumulative} @click=${() => set(false)}>a month</button>
      <button class="text-button" aria-pressed=${cumulative} @click=${() => set(true)}>cumulative</button></span>
      ${tableButton(context, "time")}
      ${fitting.length === 0 ? nothing : fileButtons(context, "time", () => months(fitting, cumulative), asTable ? "" : CHART)}
    </div></header>
    <h2 id="time-finding">${finding(context, fitting)}</h2>
    <p class="under">${cumulative ? "All-in cost added up, set-up first" : "All-in cost a month, set-up apart"}; not discounted. ${fitting.length > 0 && !cumulative ? `Inner band: ${variantLabel(fitting[0]!.variant)} in half of the draws; outer band: in eight of ten. ` : ""}Beneath it the weekly users, whose path is moved by its dots${holder(fitting) ? html`, and the machines of bare metal, which are held for a term each, ${likeliest()}` : ""}.</p>
    ${fitting.length === 0 ? html`<p class="note">Only what fits in most draws is drawn.</p>` : asTable ? table(context, fitting) : chart(context, fitting)}
  </section>`;
}

/** The number that a month shows. */
function monthMetric(cumulative: boolean): string {
  return cumulative ? "totals.tcoUsd" : "totals.monthlyUsd";
}

/** The months as they are drawn. */
function values(outcome: Outcome, cumulative: boolean): number[] {
  const months = Array.from(outcome.monthly.totalUsd);
  if (!cumulative) return months;
  let sum = outcome.upfrontUsd;
  return months.map((month) => {
    sum += month;
    return sum;
  });
}

/** What happens over time, as a sentence: who is cheapest when, set-up counted. */
function finding(context: Context, fitting: Outcome[]): string {
  const [best] = fitting;
  if (!best) return capital(nothingFits(context) ?? "nothing to show");
  const sums = fitting.map((outcome) => values(outcome, true));
  const months = sums[0]!.length;
  const leaders = range(months).map((month) =>
    sums.reduce((least, sum, index) => (sum[month]! < sums[least]![month]! ? index : least), 0),
  );
  const last = leaders.findLastIndex((leader) => leader !== 0);
  const ahead = ({ variant }: Outcome) => `${variantLabel(variant)} ${agree(variant, "is", "are")} ahead`;
  const counting = `Counting ${agree(best.variant, "its", "their")} set-up, ${ahead(best)}`;
  if (last === -1) return `${counting} from the first month`;
  const earlier = fitting[leaders[last]!]!;
  if (last === months - 1) return `${capital(ahead(earlier))} at the end, before discounting`;
  return `${counting} of ${variantLabel(earlier.variant)} from month ${last + 2}`;
}

function chart(context: Context, fitting: Outcome[]): TemplateResult {
  const { cumulative } = context.state.view;
  const coloured = new Set(
    [...shownByApproach(context).values()].filter((outcome) => outcome.feasible).map((outcome) => outcome.variant),
  );
  // What runs today is there whatever it costs and whether it fits or not.
  const today = currently(context.state.scenario);
  const runs = context.comparison.variants.filter(({ variant, feasible }) => variant === today && !feasible);
  const series = [...fitting, ...runs].map((outcome) => ({ outcome, values: values(outcome, cumulative) }));
  const months = series[0]!.values.length;
  // Drawn at the width it is shown at, so that its letters keep their size on a phone.
  const width = figureWidth();
  // Room for the names at the ends of the lines; where there is hardly any they are short.
  const right = width < 340 ? 140 : width < 560 ? 168 : 232;
  const named = width < 340 ? shortName : variantLabel;
  const x = scaleLinear([1, Math.max(2, months)], [LEFT, width - right]);
  const top =
    max(
      series.filter(({ outcome }) => coloured.has(outcome.variant)),
      ({ values }) => max(values),
    ) ?? 1;
  if (today) coloured.add(today);
  // The band may be far higher than any line: then its top is left out.
  const highest = Math.min(2 * top, Math.max(top, max(band(context, fitting[0]!)?.p90 ?? []) ?? 0));
  const y = scaleLinear([0, highest * 1.05], [HEIGHT, 12]).nice(5);
  const ticks = y.ticks(5);
  const path = line<number>(
    (_, index) => x(index + 1),
    (value) => Math.max(-20, y(value)),
  );
  const users = Array.from(fitting[0]!.monthly.weeklyUsers);
  const usersY = scaleLinear([0, still(context, "users", Math.max(1, max(users) ?? 1))], [HEIGHT + 104, HEIGHT + 58]);
  const usersPath = line<number>(
    (_, index) => x(index + 1),
    (value) => usersY(value),
  );
  const { pointed } = context;
  const at = pointed.month === undefined ? undefined : Math.min(pointed.month, months);
  const move = (month: number) => {
    pointed.month = Math.min(months, Math.max(1, month));
    context.redraw();
  };
  const metal = holder(fitting);
  const height = HEIGHT + 116 + (metal ? STRIP : 0);
  const ground: Ground = {
    name: "users",
    width,
    height,
    x,
    y: (month) => usersY(users[month - 1]!),
    users: (up, month) => {
      const now = Math.max(users[month - 1]!, LEAST_SHARE * users[0]!);
      return Math.max(LEAST_SHARE * now, usersY.invert(usersY(now) - up));
    },
  };
  return html`<figure>
    <div class="handled"><svg class="chart" viewBox="0 0 ${width} ${height}" role="img" tabindex="0" aria-label=${description(fitting, cumulative)}
      @pointermove=${(event: PointerEvent) => {
        const box = (event.currentTarget as SVGElement).getBoundingClientRect();
        const month = Math.round(x.invert(((event.clientX - box.left) / box.width) * width));
        if (month !== pointed.month) move(bisectCenter(range(1, months + 1), month) + 1);
      }}
      @keydown=${(event: KeyboardEvent) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        move((pointed.month ?? 0) + step * (event.shiftKey ? 12 : 1));
      }}>
      <g aria-hidden="true">
        ${ticks.map(
          (tick, index) => svg`<line class="grid" x1=${LEFT} x2=${width - right} y1=${y(tick)} y2=${y(tick)}></line>
          <text class="axis" x=${LEFT - 8} y=${y(tick) + 4} text-anchor="end">${index === ticks.length - 1 ? usd(tick) : short(tick)}</text>`,
        )}
        <text class="axis" x=${LEFT - 8} y=${HEIGHT + 18} text-anchor="end">month</text>
        <line class="base" x1=${LEFT} x2=${width - right} y1=${HEIGHT} y2=${HEIGHT}></line>
        ${monthTicks(months, width).map((month) => svg`<text class="axis" x=${x(month)} y=${HEIGHT + 18} text-anchor="middle">${month}</text>`)}
        ${fan(context, fitting[0]!, x, y)}
        ${series
          .filter(({ outcome }) => !coloured.has(outcome.variant))
          .map(
            ({ outcome, values }) =>
              svg`<path class="line thin" data-variant=${outcome.variant} d=${path(values)}></path>`,
          )}
        ${series
          .filter(({ outcome }) => coloured.has(outcome.variant))
          .reverse()
          .map(
            ({ outcome, values }) =>
              svg`<path class="line" data-variant=${outcome.variant} stroke-dasharray=${DASHES[outcome.variant] ?? nothing} d=${path(values)}></path>`,
          )}
        ${before(context, fitting[0]!, cumulative, path, width - right, y)}
        ${crossings(series.slice(0, fitting.length), x, y, width)}
        ${months > 1 ? nothing : series.map(({ outcome, values }) => svg`<circle class="dot" data-variant=${outcome.variant} cx=${x(1)} cy=${y(values[0]!)} r="4"></circle>`)}
        ${labels(series, y, today).map(
          ({ outcome, at }) =>
            svg`<text class="end ${coloured.has(outcome.variant) ? "" : "thin"}" data-variant=${outcome.variant} x=${width - right + 8} y=${at + 4}>${outcome.feasible ? named(outcome.variant) : shortName(outcome.variant)}${outcome.variant === today ? now(outcome, width) : endRange(context, outcome, width)}</text>`,
        )}
        <path class="users" d=${usersPath(users)}></path>
        <line class="grid" x1=${LEFT} x2=${width - right} y1=${HEIGHT + 104} y2=${HEIGHT + 104}></line>
        <text class="axis" x=${LEFT - 14} y=${usersY(users[0]!) + 4} text-anchor="end">${short(users[0]!)}</text>
        <text x=${width - right + 8} y=${usersY(users[months - 1]!) + 4}>${short(users[months - 1]!)} weekly users</text>
        ${metal ? heldStrip(context, metal, { x, top: HEIGHT + 116, left: LEFT, right: width - right }) : nothing}
        ${at === undefined ? nothing : svg`<line class="cursor" x1=${x(at)} x2=${x(at)} y1="8" y2=${HEIGHT + 104}></line>`}
      </g>
    </svg>${months > 1 && users[0]! > 0 && !context.printing ? handles(context, ground) : nothing}</div>
    <div class="readout">${
      at === undefined
        ? html`<span class="note">Point at a month, or focus the chart and use the arrow keys; T shows the table.</span>`
        : html`<span>Month ${at}</span>${series
            .filter(({ outcome }) => coloured.has(outcome.variant))
            .map(
              ({ outcome, values }) =>
                html`<span data-variant=${outcome.variant}><b>${variantLabel(outcome.variant)}</b> ${computed(
                  context,
                  usd(values[at - 1]!, 3),
                  { variant: outcome.variant, metric: monthMetric(cumulative), month: at },
                  `in month ${at}, ${outcome.label}`,
                )}</span>`,
            )}${metal ? html`<span data-variant=${metal.variant}>${count(Number(metal.monthly.machines[at - 1]!.toFixed(1)), "machine")} of ${variantLabel(metal.variant)}</span>` : nothing}`
    }</div></figure>`;
}

/** Months that a variant must stay the cheapest for a crossing to be marked. */
const STAYS = 3;

/** Where the line of another variant becomes the lowest, each with its month. */
function crossings(
  series: { outcome: Outcome; values: number[] }[],
  x: (month: number) => number,
  y: (value: number) => number,
  width: number,
): TemplateResult[] {
  const narrow = width < 560;
  const months = series[0]!.values.length;
  const lowest = range(months).map((month) => minIndex(series, ({ values }) => values[month]!));
  const changes = range(1, months).filter(
    (month) =>
      lowest[month] !== lowest[month - 1] &&
      range(month, Math.min(months, month + STAYS)).every((later) => lowest[later] === lowest[month]),
  );
  return changes.slice(0, narrow ? 1 : 2).map((month, index) => {
    const { outcome, values } = series[lowest[month]!]!;
    const [at, height] = [x(month + 1), y(values[month]!)];
    const { variant } = outcome;
    const words = narrow
      ? `${shortName(variant)}, month ${month + 1}`
      : `${variantLabel(variant)}, from month ${month + 1}`;
    const late = at > x(months / 2);
    // Labels stand in the room under the lines, one beneath the other.
    const down = HEIGHT - 34 + index * 17;
    return svg`<line class="cursor" x1=${at} x2=${at} y1=${height} y2=${down - 12}></line>
      <circle class="crossing" cx=${at} cy=${height} r="4"></circle>
      <text class="end" data-variant=${outcome.variant} x=${late ? Math.max(at, LEFT + words.length * 8.4) : at} y=${down} text-anchor=${late ? "end" : "start"}>${words}</text>`;
  });
}

/** The best variant as it is pinned: black and dashed. */
function before(
  context: Context,
  { variant }: Outcome,
  cumulative: boolean,
  path: (values: number[]) => string | null,
  end: number,
  y: (value: number) => number,
): TemplateResult | typeof nothing {
  const base = pinned(context)?.get(variant);
  if (!base) return nothing;
  const months = values(base, cumulative);
  return svg`<path class="line pinned" d=${path(months)}></path>
    <text class="end pinned" x=${end - 4} y=${y(months.at(-1)!) - 6} text-anchor="end">pinned</text>`;
}

/** What a variant costs in eight draws of ten, month by month; nothing where the months are added up. */
function band(context: Context, { variant }: Outcome) {
  return context.state.view.cumulative ? undefined : oddsOf(context, variant)?.monthly;
}

/** The band as it is drawn. */
function fan(
  context: Context,
  outcome: Outcome,
  x: (month: number) => number,
  y: (value: number) => number,
): TemplateResult | typeof nothing {
  const monthly = band(context, outcome);
  if (!monthly) return nothing;
  const between = (from: Float64Array, to: Float64Array) => {
    const shape = area<number>()
      .x((_, index) => x(index + 1))
      .y0((low) => y(low))
      .y1((_, index) => Math.max(-20, y(to[index]!)));
    return svg`<path class="band" data-variant=${outcome.variant} d=${shape(Array.from(from))}></path>`;
  };
  return svg`${between(monthly.p10, monthly.p90)}${between(monthly.p25, monthly.p75)}`;
}

/** That a line is of what runs today, and whether that fits, where there is room. */
function now({ feasible }: Outcome, width: number): TemplateResult {
  return svg`<tspan class="ends" dx="5">today${feasible || width < 560 ? "" : ", does not fit"}</tspan>`;
}

/** Where a line ends in eight draws of ten, in words, where there is room. */
function endRange(context: Context, { variant }: Outcome, width: number): TemplateResult | typeof nothing {
  const monthly = context.state.view.cumulative || width < 560 ? undefined : oddsOf(context, variant)?.monthly;
  if (!monthly) return nothing;
  const last = monthly.p10.length - 1;
  return svg`<tspan class="ends" dx="5">${span(monthly.p10[last]!, monthly.p90[last]!)}</tspan>`;
}

function monthTicks(months: number, width: number): number[] {
  const step = (months <= 12 ? 3 : months <= 36 ? 6 : 12) * (width < 560 ? 2 : 1);
  return [1, ...range(step, months + 1, step)];
}

/** Labels at the ends of the lines, 16 apart; none for a line that leaves the chart, unless it is of what runs today. */
function labels(
  series: { outcome: Outcome; values: number[] }[],
  y: (value: number) => number,
  today: VariantId | undefined,
) {
  const placed = series
    .map(({ outcome, values }) => ({ outcome, at: y(values[values.length - 1]!) }))
    .filter(({ outcome, at }) => at > -8 || outcome.variant === today)
    .sort((a, b) => b.at - a.at);
  let next = Number.POSITIVE_INFINITY;
  for (const label of placed) {
    label.at = Math.min(label.at, next - 16, HEIGHT);
    next = label.at;
  }
  // Those that this has put above the chart go down again.
  let least = 8;
  for (const label of placed.reverse()) {
    label.at = Math.max(label.at, least);
    least = label.at + 16;
  }
  return placed;
}

function description(fitting: Outcome[], cumulative: boolean): string {
  const ends = fitting.slice(0, 4).map((outcome) => {
    const all = values(outcome, cumulative);
    return `${outcome.label} from ${usd(all[0]!)} to ${usd(all[all.length - 1]!)}`;
  });
  const metal = holder(fitting);
  const fleet = metal
    ? ` ${capital(variantLabel(metal.variant))} holds ${runs(metal.monthly.machines)
        .slice(0, 4)
        .map(({ from, to, machines }) => `${count(Number(machines.toFixed(1)), "machine")} in months ${from} to ${to}`)
        .join(", ")}.`
    : "";
  return `Cost by month${cumulative ? ", added up" : ""}. ${ends.join("; ")}.${fleet} Table shows the same numbers.`;
}

/** The months as they are drawn, as rows. */
function months(fitting: Outcome[], cumulative: boolean): Table {
  const series = fitting.map((outcome) => values(outcome, cumulative));
  const costs = fitting.map(({ variant }) => ({ name: variantLabel(variant), unit: "USD" }));
  return {
    columns: [{ name: "month" }, { name: "weekly users" }, ...costs],
    rows: series[0]!.map((_, month) => [
      month + 1,
      fitting[0]!.monthly.weeklyUsers[month]!,
      ...series.map((all) => all[month]!),
    ]),
  };
}

function table(context: Context, fitting: Outcome[]): TemplateResult {
  const { cumulative } = context.state.view;
  const series = fitting.map((outcome) => values(outcome, cumulative));
  const users = fitting[0]!.monthly.weeklyUsers;
  const rows = html`<table class="data">
    <thead><tr><th scope="col">Month</th><th scope="col" class="num">Weekly users</th>
      ${fitting.map((outcome) => html`<th scope="col" class="num">${variantLabel(outcome.variant)}</th>`)}</tr></thead>
    <tbody>${series[0]!.map(
      (_, month) => html`<tr><th scope="row">${month + 1}</th><td class="num">${short(users[month]!, 3)}</td>
        ${series.map((values, index) => {
          const text = usd(values[month]!, 3);
          const variant = fitting[index]!.variant;
          const question = { variant, metric: monthMetric(cumulative), month: month + 1 };
          return html`<td class="num">${computed(context, text, question, `in month ${month + 1}, ${variantLabel(variant)}`)}</td>`;
        })}</tr>`,
    )}</tbody></table>`;
  return sideways("Cost by month", rows);
}
