/** The machines of bare metal over time: held for a term each, whether they are needed or not. */

import { nothing, svg, type TemplateResult } from "lit";
import { type Outcome, type Scenario, variantLabel } from "#engine";
import { fieldAt } from "../engine/byname.ts";
import { count, short } from "../engine/words.ts";
import type { Context } from "./context.ts";
import { rangesOf } from "./said.ts";

/** How high the strip is, its caption included. */
export const STRIP = 40;
const BAR = 18;

/** Months in a row with as many machines. */
export interface Run {
  from: number;
  /** The last month, included. */
  to: number;
  machines: number;
}

/** A fleet as runs; months count from 1. */
export function runs(machines: Iterable<number>): Run[] {
  const all: Run[] = [];
  let month = 0;
  for (const held of machines) {
    month++;
    const last = all.at(-1);
    if (last && Math.abs(last.machines - held) < 0.05) last.to = month;
    else all.push({ from: month, to: month, machines: held });
  }
  return all;
}

/** The variant whose machines are shown: of those on bare metal that fit, the first. */
export function holder(fitting: Outcome[]): Outcome | undefined {
  return fitting.find(({ approach }) => approach === "metal");
}

/** The months in which the lease of the first machines is over: one that runs already ends when the company says. */
function leaseEnds(scenario: Scenario, months: number): number[] {
  const said = rangesOf(scenario);
  const [term, left] = ["finance.leaseMonths", "current.leaseMonthsLeft"].map((path) => Math.round(said[path]!.p50));
  const current = fieldAt("current.variant");
  const stays = current.options![said[current.path]!.p50] === "leased-metal";
  const first = stays && left! > 0 ? left! : term!;
  return Array.from({ length: months }, (_, lease) => first + lease * term! + 1).filter((month) => month <= months);
}

/** The fullest words that have room between two marks, and the first place that has it: no mark runs through a letter. */
function placed(marks: number[], sayings: string[]): { words: string; x: number } | undefined {
  for (const words of sayings) {
    const x = marks.find((mark, index) => marks[index + 1]! - mark > 6.4 * (words.length + 2));
    if (x !== undefined) return { words, x };
  }
  return undefined;
}

/** The runs of its machines, and where a lease that began with the first month is renewed. */
export function heldStrip(
  { state }: Context,
  outcome: Outcome,
  { x, top, left, right }: { x: (month: number) => number; top: number; left: number; right: number },
): TemplateResult {
  const months = outcome.monthly.machines.length;
  const end = (month: number) => (month >= months ? right : x(month + 1));
  const begin = (month: number) => (month === 1 ? left : x(month));
  const renewals = outcome.variant === "leased-metal" ? leaseEnds(state.scenario, months) : [];
  return svg`<g data-variant=${outcome.variant}>
    ${runs(outcome.monthly.machines).map(({ from, to, machines }) => {
      const [start, stop] = [begin(from), end(to)];
      const marks = renewals.filter((month) => month > from && month <= to).map(x);
      const label = placed([start, ...marks, stop], [count(Number(machines.toFixed(1)), "machine"), short(machines)]);
      return svg`<rect class="held" x=${start} y=${top} width=${Math.max(1, stop - start)} height=${BAR}></rect>
        ${label === undefined ? nothing : svg`<text class="axis inside" x=${label.x + 6} y=${top + 13}>${label.words}</text>`}`;
    })}
    ${renewals.map((month) => svg`<line class="renewal" x1=${x(month)} x2=${x(month)} y1=${top - 4} y2=${top + BAR + 4}></line>`)}
    <text x=${right + 8} y=${top + 13}>${variantLabel(outcome.variant)}</text>
    ${renewals.length === 0 ? nothing : svg`<text class="axis" x=${x(renewals[0]!)} y=${top + BAR + 15} text-anchor="middle">lease ends</text>`}
  </g>`;
}
