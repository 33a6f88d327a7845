/** The corners of the path of the load, each of which can be moved: the start, the end of each phase, each step. */

import type { Field, Scenario } from "#engine";
import { fieldAt } from "../engine/byname.ts";
import { changed } from "../engine/paths.ts";
import { count } from "../engine/words.ts";
import { fieldOf, type Item, LISTS, type List, listsOf, rangeOf } from "./lists.ts";
import { basis } from "./presets.ts";
import { rangesOf } from "./said.ts";
import { further, inWords, type Range } from "./values.ts";

export interface Corner {
  name: string;
  /** The month in which it is seen, and how many users there are in it. */
  month: number;
  users: number;
  /** What its number says. */
  said: string;
  /** The number that says how high it is. */
  field: Field;
  value: number;
  /** What that number must be for so many users, so many months later. */
  valueAt: (users: number, months: number) => number;
  /** That number so many steps of a key further on. */
  stepped: (steps: number) => number;
  /** The company with it so many months later, and that number; the same company where neither is another. */
  moved: (months: number, value: number) => Scenario;
  /** The company with what its preset says of this corner; without it, where that says nothing. */
  reset: () => Scenario;
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** What is believed of a number whose likeliest value becomes another one: its doubt moves along. */
function along(was: unknown, p50: number, field: Field): unknown {
  const range = rangeOf(was);
  if (p50 === range.p50) return was;
  if (range.p10 === range.p90) return p50;
  const times = range.p50 === 0 ? 1 : p50 / range.p50;
  const end = (value: number) => {
    const next = field.log ? value * times : value + p50 - range.p50;
    return within(field.kind === "count" ? Math.round(next) : Number(next.toPrecision(3)), field.min, field.max);
  };
  return { p10: end(range.p10), p50, p90: end(range.p90) } satisfies Range;
}

/** A number on a scale without a zero, to two digits. */
function digits(value: number, { min, max }: Field): number {
  return within(Number(value.toPrecision(2)), min, max);
}

/** A growth from one month to the next, to a tenth of a per cent. */
const TENTH = 1000;
function tenths(growth: number, { min, max }: Field): number {
  return within(Math.round(growth * TENTH) / TENTH, min, max);
}

function likely(item: Item, key: string): number {
  return rangeOf(item[key]).p50;
}

function said(value: number, field: Field): string {
  return inWords(field, rangeOf(value));
}

/** The company with one item of a list as its preset has it; without it, where that has none. */
function asBefore(scenario: Scenario, list: List, index: number): Scenario {
  const preset = listsOf(basis(scenario))[list];
  return changed(
    scenario,
    LISTS[list].path,
    listsOf(scenario)[list].toSpliced(index, 1, ...preset.slice(index, index + 1)),
  );
}

/** @param users How many there are in each month that is looked at: what can be seen cannot be moved beyond. */
export function corners(scenario: Scenario, users: Float64Array): Corner[] {
  return [start(scenario, users), ...phases(scenario, users), ...steps(scenario, users)];
}

function start(scenario: Scenario, all: Float64Array): Corner {
  const path = "workload.weeklyUsers";
  const field = fieldAt(path);
  const was = rangesOf(scenario)[path]!;
  const now = all[0]!;
  return {
    name: "Path, weekly users at the start",
    month: 1,
    users: now,
    said: "",
    field,
    value: was.p50,
    valueAt: (users) => (users === now ? was.p50 : digits((was.p50 * users) / now, field)),
    stepped: (steps) => further(was.p50, 2 * steps, field),
    moved: (_, value) => (value === was.p50 ? scenario : changed(scenario, path, along(was, value, field))),
    reset: () => changed(scenario, path, undefined),
  };
}

/**
 * The ends of the phases that begin before the last month; one that goes on after it is seen in it. Without any phase the
 * load grows by nothing to the end, which can be moved all the same.
 */
function phases(scenario: Scenario, all: Float64Array): Corner[] {
  const { path } = LISTS.phases;
  const [length, field] = [fieldOf("phases", "months"), fieldOf("phases", "monthlyGrowth")];
  const horizon = all.length;
  const listed = listsOf(scenario).phases;
  const items = listed.length > 0 ? listed : [{ months: horizon - 1, monthlyGrowth: 0 }];
  let end = 1;
  return items.flatMap((item, index) => {
    const [months, value] = [likely(item, "months"), likely(item, "monthlyGrowth")];
    const begin = end;
    end += months;
    if (begin >= horizon) return [];
    const seen = Math.min(months, horizon - begin);
    const month = begin + seen;
    const now = all[month - 1]!;
    const next = items[index + 1];
    const room = next ? months + likely(next, "months") - 1 : length.max;
    /** How long it lasts when its end is so many months later; one that is held where it goes on is as long as it was. */
    const lasting = (later: number) => {
      const over = within(Math.round(seen + later), 1, Math.min(room, horizon - begin, length.max));
      return over === seen ? months : over;
    };
    // Levels are in logarithms: a phase adds its length times its growth to them.
    const growing = (level: number, over: number) => tenths(Math.expm1(level / over), field);
    const phase = (was: Item, over: number, growth: number): Item => ({
      months: along(was.months, over, length),
      monthlyGrowth: along(was.monthlyGrowth, growth, field),
    });
    return {
      name: `Path, growth in phase ${index + 1}`,
      month,
      users: now,
      said: `${said(value, field)} % a month for ${seen === months ? count(months, "month") : `${seen} of ${count(months, "month")}`}, `,
      field,
      value,
      valueAt: (users, later) => {
        const over = lasting(later);
        // Where nobody is, no growth makes anybody.
        if (now === 0 || (users === now && over === months)) return value;
        return growing(seen * Math.log1p(value) + Math.log(users / now), Math.min(over, horizon - begin));
      },
      stepped: (steps) => tenths(value + steps / TENTH, field),
      moved: (later, growth) => {
        const over = lasting(later);
        if (over === months && growth === value) return scenario;
        const changes = new Map([[index, phase(item, over, growth)]]);
        if (next) {
          // The next corner stays where it is: the phase between takes up the difference.
          const [had, grew] = [likely(next, "months"), likely(next, "monthlyGrowth")];
          const left = had + months - over;
          const level = had * Math.log1p(grew) + months * Math.log1p(value) - over * Math.log1p(growth);
          changes.set(index + 1, phase(next, left, growing(level, left)));
        }
        return changed(
          scenario,
          path,
          items.map((item, at) => changes.get(at) ?? item),
        );
      },
      reset: () => asBefore(scenario, "phases", index),
    };
  });
}

/** The steps up to the last month. */
function steps(scenario: Scenario, all: Float64Array): Corner[] {
  const { path } = LISTS.steps;
  const [when, field] = [fieldOf("steps", "month"), fieldOf("steps", "factor")];
  const horizon = all.length;
  const items = listsOf(scenario).steps;
  return items.flatMap((item, index) => {
    const [month, value] = [likely(item, "month"), likely(item, "factor")];
    if (month > horizon) return [];
    const now = all[month - 1]!;
    // What it multiplies: after a factor of zero that is told by the month before alone.
    const whole = value > 0 ? now / value : (all[month - 2] ?? 0);
    return {
      name: `Path, factor of step ${index + 1}`,
      month,
      users: now,
      said: `× ${said(value, field)} from this month on, `,
      field,
      value,
      valueAt: (users) => (users === now || whole === 0 ? value : digits(users / whole, field)),
      stepped: (steps) => further(value, 2 * steps, field),
      moved: (later, factor) => {
        const from = within(Math.round(month + later), 1, horizon);
        if (from === month && factor === value) return scenario;
        const step = { month: along(item.month, from, when), factor: along(item.factor, factor, field) };
        return changed(
          scenario,
          path,
          items.map((other, at) => (at === index ? step : other)),
        );
      },
      reset: () => asBefore(scenario, "steps", index),
    };
  });
}
