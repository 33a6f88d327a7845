/** The four approaches one beneath the other, where there is no room for them to stand side by side. */

import { scaleLinear } from "d3-scale";
import { html, nothing, svg, type TemplateResult } from "lit";
import { type Outcome, variantLabel } from "#engine";
import { duration, hours, usd } from "../engine/words.ts";
import { type Context, computed } from "./context.ts";
import { believed, costs, fitting as fits, hatch, NAMES, others, spreadOf, stops, unfit } from "./outcome.ts";
import { difference, pinned } from "./pin.ts";
import { currently } from "./questions.ts";
import { figureWidth } from "./section.ts";
import { term, variantTerm } from "./terms.ts";

const BAR = 26;

export function beneath(context: Context, outcomes: Outcome[], winner: string | undefined): TemplateResult {
  const fitting = outcomes.filter(({ feasible }) => feasible);
  const most = Math.max(1, ...fitting.map(({ totals }) => totals.monthlyUsd));
  const tips = fitting.map((outcome) => spreadOf(context, outcome, "totals.monthlyUsd")?.p90 ?? 0);
  const width = typeof document === "undefined" ? 320 : figureWidth();
  // Whiskers may be far longer than any bar: then their ends are left out.
  const x = scaleLinear([0, Math.min(1.8 * most, Math.max(most, ...tips))], [1, width - 6]);
  return html`<ul class="beneath" aria-label="Four approaches">${outcomes.map((outcome) => {
    const { variant, feasible } = outcome;
    const doubt = fits(context, outcome);
    const figure = (text: string, metric: string, what: string) =>
      computed(context, text, { variant, metric }, `${what}, ${variantLabel(variant)}`);
    return html`<li data-variant=${variant} class=${variant === winner ? "best" : ""}>
      <span class="family">${NAMES[outcome.approach]}${variant === winner ? html` · <b>costs least</b>` : nothing}${currently(context.state.scenario) === variant ? html` · <b>runs today</b>` : nothing}${
        doubt && feasible ? ` · ${doubt}` : nothing
      }</span>
      <span class="variant"><span class="swatch"></span>${variantTerm(variant)}</span>
      <span class="total">${
        feasible
          ? html`<b>${figure(usd(outcome.totals.monthlyUsd), "totals.monthlyUsd", "a month")}</b> ${difference(context, outcome, (it) => it.totals.monthlyUsd, usd)} ${believed(context, outcome, "totals.monthlyUsd", usd)}`
          : unfit(context, outcome)
      }</span>
      ${feasible ? bar(context, outcome, x, width) : nothing}
      ${
        feasible
          ? html`<span class="kinds">${costs(outcome).map(({ kind, usd: value, metric }) => html`<span class="whole">${kind === "waste" ? term(kind) : kind} ${figure(usd(value), metric, `a month for ${kind}`)}</span> `)}</span>`
          : nothing
      }
      <span class="facts"><span class="whole">${figure(hours(outcome.labour.hoursPerMonth), "labour.hoursPerMonth", "a month")} of people</span>
        <span class="whole">${figure(hours(outcome.availability.downtimeHoursPerYear), "availability.downtimeHoursPerYear", "down a year")} down</span>
        <span class="whole">${figure(String(outcome.complexity.parts), "complexity.parts", "moving parts")} ${term("moving parts", "parts")}</span>
        <span class="whole">${figure(duration(outcome.agility.leadTimeHours), "agility.leadTimeHours", "lead time")} ${term("lead time", "lead")}</span></span>
      <span class="also">${others(context, outcome)}</span>
      ${outcome.reasons.length > 0 || outcome.dominatedBy || !feasible ? html`<span class="stop">${stops(context, outcome)}</span>` : nothing}
    </li>`;
  })}</ul>
  <p class="note">Hours of people a month, hours down a year, ${term("lead time")} of a small change. Bars: people solid, infrastructure tinted, downtime striped, waste hollow.
    All nine has every number.</p>`;
}

/** The costs of a month, end to end, and beneath them where their sum lies in eight draws of ten. */
function bar(context: Context, outcome: Outcome, x: (value: number) => number, width: number): TemplateResult {
  const spread = spreadOf(context, outcome, "totals.monthlyUsd");
  const base = pinned(context)?.get(outcome.variant);
  let from = 0;
  return html`<svg viewBox="0 0 ${width} ${BAR + 14}" aria-hidden="true">${hatch(`lying-${outcome.variant}`)}
    ${costs(outcome).map(({ kind, usd: value }) => {
      const [start, end] = [x(from), x(from + value)];
      from += value;
      const fill = kind === "downtime" ? `url(#lying-${outcome.variant})` : nothing;
      return svg`<rect class="seg ${kind}" fill=${fill} x=${start} y="1" width=${Math.max(0, end - start - 1)} height=${BAR - 2}></rect>`;
    })}
    ${
      spread && spread.p10 !== spread.p90
        ? svg`<path class="whisker" d="M${x(spread.p10)} ${BAR + 7}H${x(spread.p90)}M${x(spread.p10)} ${BAR + 3}v8M${x(spread.p90)} ${BAR + 3}v8"></path>
          <circle class="whisker" cx=${x(spread.mean)} cy=${BAR + 7} r="3"></circle>`
        : nothing
    }
    ${base ? svg`<line class="pinned-tick" x1=${x(base.totals.monthlyUsd)} x2=${x(base.totals.monthlyUsd)} y1="0" y2=${BAR + 2}></line>` : nothing}
  </svg>`;
}
