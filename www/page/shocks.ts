/** What if: changes that many ask about, each one a toggle over the scenario. */

import { html, type TemplateResult } from "lit";
import type { Scenario } from "#engine";
import { fieldAt } from "../engine/byname.ts";
import { changed, own } from "../engine/paths.ts";
import type { Context } from "./context.ts";
import { type Item, LISTS, listsOf } from "./lists.ts";
import { untouched } from "./presets.ts";
import { rangesOf } from "./said.ts";

interface Shock {
  label: string;
  /** Whether the number may take that value. */
  may: (scenario: Scenario) => boolean;
  on: (scenario: Scenario) => boolean;
  toggle: (scenario: Scenario, on: boolean) => Scenario;
}

/** The month of a sudden change. */
const MONTH = 13;

/** The load changes at once, in a month. */
function step(label: string, factor: number): Shock {
  const is = (item: Item) => item.month === MONTH && item.factor === factor;
  return {
    label,
    may: () => true,
    on: (scenario) => listsOf(scenario).steps.some(is),
    toggle: (scenario, on) => {
      const rest = listsOf(scenario).steps.filter((item) => !is(item));
      const next = on ? [...rest, { month: MONTH, factor }] : rest;
      return changed(scenario, LISTS.steps.path, next);
    },
  };
}

/** One number takes another value. */
function value(label: string, path: string, of: (base: number, months: number) => number): Shock {
  const target = (scenario: Scenario) => {
    const before = rangesOf(untouched(scenario))[path]!.p50;
    const months = rangesOf(scenario)["finance.horizonMonths"]!.p50;
    return Number(of(before, months).toPrecision(12));
  };
  const field = () => fieldAt(path);
  return {
    label,
    may: (scenario) => target(scenario) <= field().max,
    on: (scenario) => own(scenario, path) === target(scenario),
    toggle: (scenario, on) => changed(scenario, path, on ? target(scenario) : undefined),
  };
}

/** A CDN stands before the servers, and answers so much of what is asked if that is more than a cache does now. */
function behindCdn(label: string, hits: number): Shock {
  const [cdn, share] = ["finance.cdn", "workload.cacheHitShare"];
  const enough = (scenario: Scenario) => rangesOf(scenario)[share]!.p50 >= hits;
  return {
    label,
    may: () => true,
    on: (scenario) => own(scenario, cdn) === "cloudfront" && enough(scenario),
    toggle: (scenario, on) => {
      const next = changed(scenario, cdn, on ? "cloudfront" : undefined);
      if (on) return enough(scenario) ? next : changed(next, share, hits);
      return own(scenario, share) === hits ? changed(next, share, undefined) : next;
    },
  };
}

/** To a hundredth of a per cent. */
function round(share: number): number {
  return Number(share.toFixed(4));
}

const SHOCKS: Shock[] = [
  step("traffic falls to a quarter", 0.25),
  step("traffic grows tenfold", 10),
  // A rise of so much a year, as the company has it: the first month has the prices of today.
  value("prices rise 40 % by the end", "finance.priceRisePerYear", (_, months) =>
    round(1.4 ** (12 / (months - 1)) - 1),
  ),
  value("a lease of 36 months", "finance.leaseMonths", () => 36),
  value("an hour costs twice as much", "team.hourlyUsd", (hourly) => 2 * hourly),
  value("half the developers leave each year", "team.turnoverPerYear", () => 0.5),
  value("a goal of 99.99 %", "goals.availability", () => 0.9999),
  behindCdn("a CDN answers 80 % or more", 0.8),
];

export function shocks(context: Context): TemplateResult {
  const { state, go } = context;
  const offered = SHOCKS.filter(({ may }) => may(state.scenario));
  return html`<div class="shocks" role="group" aria-label="What if"><span class="note">What if</span>
    ${offered.map(({ label, on, toggle }) => {
      const pressed = on(state.scenario);
      return html`<button class="chip" aria-pressed=${pressed} @click=${() =>
        go({ ...state, scenario: toggle(state.scenario, !pressed) })}>${label}</button>`;
    })}</div>`;
}
