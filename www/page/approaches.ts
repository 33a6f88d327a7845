/** The four approaches side by side: the best variant of each, the others one click away. */

import { range, tickStep } from "d3-array";
import { type ScaleLinear, scaleLinear } from "d3-scale";
import { html, nothing, svg, type TemplateResult } from "lit";
import { catalog, type Outcome, variantLabel } from "#engine";
import { DOUBTED, tossedUp, verdictOf } from "../engine/odds.ts";
import {
  agree,
  among,
  calendar,
  capital,
  count,
  duration,
  few,
  hours,
  listed,
  named,
  obstacle,
  ofHundred,
  ranked,
  short,
  usd,
} from "../engine/words.ts";
import { type Context, computed, shownByApproach } from "./context.ts";
import { beneath } from "./narrow.ts";
import { nine, numbers } from "./nine.ts";
import { nothingFits } from "./nofit.ts";
import { believed, costs, fitting as fits, hatch, NAMES, others, spreadOf, stops, unfit } from "./outcome.ts";
import { difference, pinned } from "./pin.ts";
import { currently } from "./questions.ts";
import { rangesOf } from "./said.ts";
import { fileButtons, roomWidth, sectionRole, tableByKey } from "./section.ts";
import { likeliest, term, variantTerm } from "./terms.ts";

const BAR_HEIGHT = 176;

/** From this width on the four stand side by side. */
const SIDE_BY_SIDE = 760;

export function approachesSection(context: Context): TemplateResult {
  const { state, go, comparison } = context;
  return html`<section class="section" role=${sectionRole()} aria-labelledby="approaches-finding" @keydown=${tableByKey}>
    <header><p class="kicker">${state.view.nine ? "All nine variants" : "Four approaches"}</p><div>
      <button class="text-button" aria-pressed=${state.view.nine} aria-keyshortcuts="T" @click=${() =>
        go({ ...state, view: { ...state.view, nine: !state.view.nine } })}>All nine</button>
      ${fileButtons(context, "approaches", () => numbers(context), state.view.nine ? "" : ":is(.approaches, .beneath)")}
    </div></header>
    <h2 id="approaches-finding">${finding(context)}</h2>
    <p class="under">${state.view.nine ? "" : "The best variant of each; the others are one click away. "}Every number opens its formula and sources; beside it, where it lies in eight draws of ten.</p>
    ${state.view.nine ? nine(context, clear(context)) : bestOfEach(context)}
    ${comparison.best === null ? html`<p class="note">As described, nothing fits this company in most draws; ${state.view.nine ? "beneath its name stands what stops a variant" : "the last row says what stops each"}.</p>` : nothing}
  </section>`;
}

/** The cheapest, if it is clear which one that is. */
function clear(context: Context): string | undefined {
  const verdict = verdictOf(context.answers.now);
  return verdict && verdict.near.length === 0 ? verdict.best.variant : undefined;
}

/** What the comparison shows, as a sentence. */
function finding(context: Context): string {
  return capital(among(context.comparison.variants.length, catalog().variants.length) + found(context));
}

function found(context: Context): string {
  const fitting = ranked(context.comparison);
  const [best, second] = fitting;
  const verdict = verdictOf(context.answers.now);
  if (!best || !verdict) return nothingFits(context) ?? "nothing fits";
  const name = variantLabel(best.variant);
  const tossed = tossedUp(verdict);
  if (tossed.length > 0)
    return `${listed(tossed.map(({ variant }) => variantLabel(variant))).join("")} are too near to call`;
  const { unless } = verdict;
  if (unless)
    return `${name} ${agree(best.variant, "costs", "cost")} least unless ${variantLabel(unless.variant)} ${agree(unless.variant, "fits", "fit")}, in ${ofHundred(unless.fits)} draws`;
  const only = context.comparison.variants.length === 1 ? "" : "only ";
  if (!second) return `${only}${name} ${agree(best.variant, "fits", "fit")}`;
  const { fits } = verdict.best;
  if (fits < DOUBTED)
    return `${name} ${agree(best.variant, "costs least if it fits, and it does", "cost least if they fit, and they do")} in ${ofHundred(fits)} draws`;
  const others = fitting.slice(1);
  const work = best.labour.hoursPerMonth;
  const [cost, take] = [agree(best.variant, "costs", "cost"), agree(best.variant, "takes", "take")];
  if (others.every((outcome) => outcome.labour.hoursPerMonth < work))
    return `${name} ${take} the most hours and still ${cost} least`;
  if (others.every((outcome) => outcome.labour.hoursPerMonth >= work))
    return `${name} ${cost} least and ${take} the fewest hours`;
  const below = Math.round((1 - best.totals.tcoUsd / second.totals.tcoUsd) * 100);
  return `${name} ${cost} least, ${below} % below ${variantLabel(second.variant)}`;
}

/** The four, side by side or one beneath the other; where nobody can say how wide the page is, its style picks one. */
function bestOfEach(context: Context): TemplateResult {
  const shown = shownByApproach(context);
  const outcomes = [...new Set(catalog().variants.map(({ approach }) => approach))].flatMap(
    (id) => shown.get(id) ?? [],
  );
  const winner = clear(context);
  const [wide, narrow] = [() => four(context, outcomes, winner), () => beneath(context, outcomes, winner)];
  const width = roomWidth();
  if (width === undefined) return html`${wide()}${narrow()}`;
  return width < SIDE_BY_SIDE && !context.printing ? narrow() : wide();
}

function four(context: Context, outcomes: Outcome[], winner: string | undefined): TemplateResult {
  const fitting = outcomes.filter((outcome) => outcome.feasible);
  // Whiskers, and what does not fit, may be far longer than any bar: then their tops are left out.
  const most = Math.max(1, ...(fitting.length > 0 ? fitting : outcomes).map((outcome) => outcome.totals.monthlyUsd));
  const tips = outcomes.map((outcome) =>
    outcome.feasible ? (spreadOf(context, outcome, "totals.monthlyUsd")?.p90 ?? 0) : outcome.totals.monthlyUsd,
  );
  const scale = scaleLinear([0, Math.min(1.8 * most, Math.max(most, ...tips))], [0, BAR_HEIGHT]);
  const step = tickStep(0, scale.domain()[1]!, 4);
  const lowest = (value: (outcome: Outcome) => number) => Math.min(...fitting.map(value));
  const figure = (outcome: Outcome, value: (outcome: Outcome) => number) =>
    !outcome.feasible ? "figure quiet" : value(outcome) === lowest(value) ? "figure least" : "figure";
  const row = (
    label: TemplateResult | string,
    small: string,
    cell: (outcome: Outcome) => TemplateResult | typeof nothing,
    kind = "row",
    axis: TemplateResult | typeof nothing = nothing,
  ) =>
    html`<div class=${kind} role="row"><div class="cell label ${axis === nothing ? "" : "scaled"}" role="rowheader">${label}<small>${small}</small>${axis}</div>
      ${outcomes.map((outcome) => html`<div class="cell" role="cell" data-variant=${outcome.variant} data-name=${variantLabel(outcome.variant)}>${cell(outcome)}</div>`)}</div>`;
  // Left out where the four have to stand on one sheet of paper.
  const detail: typeof row = (label, small, cell) => row(label, small, cell, "row detail");
  return html`<div class="approaches" data-count=${outcomes.length} role="table" aria-label="Four approaches">
    <div role="row"><div class="cell label" role="columnheader"><span class="hidden">What is compared</span></div>
      ${outcomes.map((outcome) => head(context, outcome, outcome.variant === winner))}</div>
    ${row("All-in, a month", `level over ${count(outcomes[0]!.monthly.totalUsd.length, "month")}`, (outcome) =>
      outcome.feasible
        ? html`<span class="big">${computed(context, usd(outcome.totals.monthlyUsd), { variant: outcome.variant, metric: "totals.monthlyUsd" }, `a month, ${variantLabel(outcome.variant)}`)}</span> ${difference(context, outcome, (it) => it.totals.monthlyUsd, usd)} ${believed(context, outcome, "totals.monthlyUsd", usd)} <span class="note">${fits(context, outcome)}</span>`
        : html`<span class="big quiet" aria-hidden="true">— </span>${unfit(context, outcome)}`,
    )}
    ${
      // Only what fits gives the scale.
      fitting.length === 0
        ? nothing
        : row("Where it goes", "a month", (outcome) => bar(context, outcome, scale, step), "row", money(scale, step))
    }
    ${row(
      "People",
      "hours a month",
      (outcome) =>
        html`<span class=${figure(outcome, (it) => it.labour.hoursPerMonth)}>${computed(context, hours(outcome.labour.hoursPerMonth), { variant: outcome.variant, metric: "labour.hoursPerMonth" }, `a month, ${variantLabel(outcome.variant)}`)}</span> ${difference(context, outcome, (it) => it.labour.hoursPerMonth, hours)} ${believed(context, outcome, "labour.hoursPerMonth", hours)}
        ${dotted(context, outcome, outcomes, "labour.hoursPerMonth")}
        <span class="note">${computed(context, few(outcome.labour.fullTimeEquivalents), { variant: outcome.variant, metric: "labour.fullTimeEquivalents" }, `engineers, ${variantLabel(outcome.variant)}`)} ${named(few(outcome.labour.fullTimeEquivalents), "engineer")}</span>`,
    )}
    ${row(
      "Downtime",
      "hours a year",
      (
        outcome,
      ) => html`<span class=${figure(outcome, (it) => it.availability.downtimeHoursPerYear)}>${computed(context, hours(outcome.availability.downtimeHoursPerYear), { variant: outcome.variant, metric: "availability.downtimeHoursPerYear" }, `down a year, ${variantLabel(outcome.variant)}`)}</span> ${difference(context, outcome, (it) => it.availability.downtimeHoursPerYear, hours)} ${believed(context, outcome, "availability.downtimeHoursPerYear", hours)}
        ${dotted(context, outcome, outcomes, "availability.downtimeHoursPerYear")}
        <span class="note">${computed(context, hours(outcome.availability.downtimeP90HoursPerYear), { variant: outcome.variant, metric: "availability.downtimeP90HoursPerYear" }, `down in a bad year, ${variantLabel(outcome.variant)}`)} ${believed(context, outcome, "availability.downtimeP90HoursPerYear", hours)} in a bad year of ten</span>
        <span class="note">${computed(context, few(outcome.availability.componentHoursPerYear), { variant: outcome.variant, metric: "availability.componentHoursPerYear" }, `hours down a year that count for the goal, ${variantLabel(outcome.variant)}`)} ${term("for the goal")} ${likeliest()}</span>
        <span class="note">${standing(outcome)}</span>`,
    )}
    ${detail(
      "Machines",
      "to look after",
      (outcome) =>
        html`<span class=${figure(outcome, (it) => it.fleet.machines)}>${computed(context, short(outcome.fleet.machines), { variant: outcome.variant, metric: "fleet.machines" }, `machines, ${variantLabel(outcome.variant)}`)}</span> ${difference(context, outcome, (it) => it.fleet.machines, short)} ${believed(context, outcome, "fleet.machines", short)}`,
    )}
    ${row(
      term("moving parts", "Moving parts"),
      "filled: run by you",
      (outcome) =>
        html`<span class=${figure(outcome, (it) => it.complexity.parts)}>${computed(context, String(outcome.complexity.parts), { variant: outcome.variant, metric: "complexity.parts" }, `moving parts, ${variantLabel(outcome.variant)}`)}</span> ${difference(context, outcome, (it) => it.complexity.parts, String)}
        <span class="note">${computed(context, String(outcome.complexity.interfaces), { variant: outcome.variant, metric: "complexity.interfaces" }, `interfaces, ${variantLabel(outcome.variant)}`)} ${term("interfaces", named(String(outcome.complexity.interfaces), "interface"))}</span>
        ${squares(outcome)}`,
    )}
    ${detail(
      term("forced upgrades", "Forced upgrades"),
      "a year",
      (outcome) =>
        html`<span class=${figure(outcome, (it) => it.complexity.forcedUpgradesPerYear)}>${computed(context, short(outcome.complexity.forcedUpgradesPerYear), { variant: outcome.variant, metric: "complexity.forcedUpgradesPerYear" }, `forced upgrades a year, ${variantLabel(outcome.variant)}`)}</span>
        <span class="note">${computed(context, hours(outcome.complexity.upgradeHoursPerYear), { variant: outcome.variant, metric: "complexity.upgradeHoursPerYear" }, `of upgrades a year, ${variantLabel(outcome.variant)}`)} of work</span>`,
    )}
    ${row(
      term("lead time", "Lead time"),
      "a small change, from start to users",
      (
        outcome,
      ) => html`<span class=${figure(outcome, (it) => it.agility.leadTimeHours)}>${computed(context, duration(outcome.agility.leadTimeHours), { variant: outcome.variant, metric: "agility.leadTimeHours" }, `lead time, ${variantLabel(outcome.variant)}`)}</span>
        <span class="note">${computed(context, duration(outcome.agility.deployHours), { variant: outcome.variant, metric: "agility.deployHours" }, `of deploying, ${variantLabel(outcome.variant)}`)} to deploy</span>`,
    )}
    ${detail(
      "Before the first month",
      "set-up and learning, one engineer",
      (outcome) =>
        html`<span class=${figure(outcome, (it) => it.labour.setupHours)}>${computed(context, calendar(outcome.labour.setupHours), { variant: outcome.variant, metric: "labour.setupHours" }, `of set-up, ${variantLabel(outcome.variant)}`)}</span>
        <span class="note">${computed(context, usd(outcome.totals.setupUsd), { variant: outcome.variant, metric: "totals.setupUsd" }, `set-up, ${variantLabel(outcome.variant)}`)} to set up</span>
        ${learning(context, outcome)}
        ${moving(context, outcome)}`,
    )}
    ${row("What stops it", "", (outcome) => html`<span class="stop">${stops(context, outcome)}</span>`)}
  </div>`;
}

/** A number's range as a line and its mean as a dot, on one scale from zero for all that stand beside it. */
function dotted(context: Context, outcome: Outcome, all: Outcome[], id: string): TemplateResult | typeof nothing {
  const own = spreadOf(context, outcome, id);
  const most = Math.max(...all.map((other) => spreadOf(context, other, id)?.p90 ?? 0));
  if (!own || most <= 0) return nothing;
  const x = scaleLinear([0, most], [4, 146]);
  return html`<svg class="dotted-range" viewBox="0 0 150 10" aria-hidden="true">
    <line class="grid" x1="4" x2="146" y1="5" y2="5"></line>
    <line class="reach" x1=${x(own.p10)} x2=${x(Math.max(own.p90, own.p10))} y1="5" y2="5"></line>
    <circle class="dot" cx=${x(own.mean)} cy="5" r="3.4"></circle></svg>`;
}

/** What learning the skills costs that nobody holds yet, where there are any. */
function learning(context: Context, { variant, labour }: Outcome): TemplateResult | typeof nothing {
  if (labour.learningHours === 0) return nothing;
  const hourly = rangesOf(context.state.scenario)["team.hourlyUsd"]!.p50;
  const question = { variant, metric: "labour.learningHours" };
  const time = computed(context, calendar(labour.learningHours), question, `of learning, ${variantLabel(variant)}`);
  return html`<span class="note">${time} to learn, ${usd(labour.learningHours * hourly)} ${likeliest()}</span>`;
}

/** What moving in costs and when it has paid for itself, where something runs today. */
function moving(context: Context, outcome: Outcome): TemplateResult | typeof nothing {
  const { migrationUsd } = outcome.totals;
  if (migrationUsd === 0) return nothing;
  const { variant, paysBackInMonth } = outcome;
  const cost = computed(context, usd(migrationUsd), { variant, metric: "totals.migrationUsd" }, "to move in");
  return html`<span class="note">${cost} to move in</span>
    <span class="note">${paysBackInMonth === null ? "never pays back here" : `pays back by month ${paysBackInMonth}`}</span>`;
}

/** How often the roles run, the databases where their seller runs them otherwise, and whether all of it stands at two sites. */
function copiesOf({ fleet }: Outcome): string {
  const roles = fleet.copies > 1 ? "every role twice" : "every role once";
  const alike = fleet.databaseCopies === 0 || fleet.databaseCopies > 1 === fleet.copies > 1;
  const copies = alike ? roles : `${roles}, databases ${fleet.databaseCopies > 1 ? "twice" : "once"}`;
  return fleet.sites > 1 ? `${copies}, and a second site` : copies;
}

/** How the roles run and who answers, in a few words. */
function standing(outcome: Outcome): string {
  const copies = copiesOf(outcome);
  const { onCallWanted, onCallStaffed } = outcome.labour;
  if (onCallWanted === 0) return copies;
  return onCallStaffed > 0 ? `${copies}, somebody on call` : `${copies}; too few people to be on call`;
}

function head(context: Context, outcome: Outcome, best: boolean): TemplateResult {
  return html`<div class="cell head ${best ? "best" : ""}" role="columnheader" data-variant=${outcome.variant}>
    ${best ? html`<i class="least"></i>` : nothing}<span class="family">${NAMES[outcome.approach]}${best ? html` · <b>costs least</b>` : nothing}${currently(context.state.scenario) === outcome.variant ? html` · <b>runs today</b>` : nothing}</span>
    <span class="variant"><span class="swatch"></span>${variantTerm(outcome.variant)}</span>
    <span class="also">${others(context, outcome)}</span></div>`;
}

/** The lines on which the stacks of costs stand. */
function lines(scale: ScaleLinear<number, number>, step: number): number[] {
  return range(0, scale.domain()[1]! * 1.001, step);
}

/** What the lines stand for; the unit once, at the last of them. */
function money(scale: ScaleLinear<number, number>, step: number): TemplateResult {
  const ticks = lines(scale, step);
  return html`<svg class="money" viewBox="0 0 44 ${BAR_HEIGHT}" preserveAspectRatio="xMaxYMax meet" aria-hidden="true">${ticks.map(
    (at, index) =>
      svg`<text class="axis" x="44" y=${BAR_HEIGHT - scale(at) + 4} text-anchor="end">${index === ticks.length - 1 ? usd(at) : short(at)}</text>`,
  )}</svg>`;
}

/** The stack of costs, with its parts named beside it, on lines so many dollars apart. */
function bar(context: Context, outcome: Outcome, scale: ScaleLinear<number, number>, step: number): TemplateResult {
  if (!outcome.feasible) return unfitting(outcome, scale, step, fits(context, outcome));
  const kinds = costs(outcome);
  let top = BAR_HEIGHT;
  const spread = spreadOf(context, outcome, "totals.monthlyUsd");
  const y = (value: number) => Math.max(-4, BAR_HEIGHT - scale(value));
  const base = pinned(context)?.get(outcome.variant);
  return html`<div class="bars">
    <svg viewBox="-14 0 60 ${BAR_HEIGHT}" preserveAspectRatio="xMinYMax meet" aria-hidden="true">
      ${hatch(`hatch-${outcome.variant}`)}
      ${grid(scale, step)}
      ${kinds.map(({ kind, usd: value }) => {
        const height = scale(value);
        top -= height;
        const fill = kind === "downtime" ? `url(#hatch-${outcome.variant})` : nothing;
        return svg`<rect class="seg ${kind}" fill=${fill} x="1" y=${top} width="44" height=${Math.max(0, height - 1)}></rect>`;
      })}
      ${
        spread && spread.p10 !== spread.p90
          ? svg`<path class="whisker" d="M-7 ${y(spread.p10)}V${y(spread.p90)}M-11 ${y(spread.p10)}h8M-11 ${y(spread.p90)}h8"></path>
            <circle class="whisker" cx="-7" cy=${y(spread.mean)} r="3"></circle>`
          : nothing
      }
      ${base ? svg`<line class="pinned-tick" x1="-3" x2="49" y1=${y(base.totals.monthlyUsd)} y2=${y(base.totals.monthlyUsd)}></line>` : nothing}
    </svg>
    <dl>${[...kinds]
      .reverse()
      .map(
        ({ kind, usd: value, metric }) =>
          html`<div><dt>${kind === "waste" ? term(kind) : kind}</dt><dd>${computed(context, usd(value), { variant: outcome.variant, metric }, `a month for ${kind}, ${variantLabel(outcome.variant)}`)}</dd></div>`,
      )}</dl></div>`;
}

function grid(scale: ScaleLinear<number, number>, step: number) {
  return lines(scale, step).map((at) => {
    const y = BAR_HEIGHT - scale(at);
    return svg`<line class="grid" x1="-14" x2="46" y1=${y} y2=${y}></line>`;
  });
}

/** What does not fit: an empty outline as high as it would cost, open above where that is off the chart; and why. */
function unfitting(outcome: Outcome, scale: ScaleLinear<number, number>, step: number, rarely: string): TemplateResult {
  const { monthlyUsd } = outcome.totals;
  const [most] = scale.domain().slice(1) as [number];
  const top = BAR_HEIGHT - scale(Math.min(monthlyUsd, most));
  const [reason] = outcome.reasons;
  return html`<div class="bars">
    <svg viewBox="-14 0 60 ${BAR_HEIGHT}" preserveAspectRatio="xMinYMax meet" aria-hidden="true">
      ${grid(scale, step)}
      <path class="unfit" d="M1 ${BAR_HEIGHT}V${top}${monthlyUsd > most ? "M45 " : "H45M45 "}${top}V${BAR_HEIGHT}"></path></svg>
    <span class="stop">${reason ? obstacle(reason) : rarely || "does not fit"}</span></div>`;
}

/** One square a part: filled if the team runs it, tinted if it is shared, hollow if it is only used. */
function squares(outcome: Outcome): TemplateResult {
  const kinds = ["selfRun", "managed", "used"] as const;
  const all = kinds.flatMap((kind) =>
    outcome.complexity.stack
      .filter(({ part }) => part.responsibility === kind)
      .flatMap(({ times }) => Array(times).fill(kind) as string[]),
  );
  return html`<span class="squares" aria-hidden="true">${all.map((kind) => html`<i data-kind=${kind}></i>`)}</span>`;
}
