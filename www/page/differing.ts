/** In what two companies differ: the inputs, how the load changes, and facts that a reader has replaced. */

import { catalog, type Fact, type Field, type Scenario } from "#engine";
import { growthDiffering } from "./growth.ts";
import { optionLabel } from "./options.ts";
import { ownRange } from "./ownfacts.ts";
import { basis, untouched } from "./presets.ts";
import { rangesOf, setsOf } from "./said.ts";
import { type Range, shownRange, inWords as valueInWords } from "./values.ts";

export interface Differences {
  /** The inputs, each with what differs about it in words. */
  inputs: { field: Field; words: string }[];
  /** How the load changes, in words. */
  growth: string[];
  /** The facts, by their ids, each with both values in words. */
  facts: { id: string; words: string }[];
}

/** All that differs between two companies: whatever moves a figure is in it. */
export function differing(before: Scenario, after: Scenario): Differences {
  return {
    inputs: catalog().fields.flatMap((field) => {
      const words = wordsOf(field, before, after);
      return words === undefined ? [] : [{ field, words: `${field.label.toLowerCase()}${words}` }];
    }),
    growth: growthDiffering(before, after),
    facts: factsDiffering(before, after),
  };
}

/** Whether an input differs between two companies: whoever says again what was there before changes nothing. */
export function differs(field: Field, before: Scenario, after: Scenario): boolean {
  return wordsOf(field, before, after) !== undefined;
}

/** How many values a scenario changes of what its preset says. */
export function changes(scenario: Scenario): number {
  const { inputs, growth, facts } = differing(untouched(scenario), scenario);
  return inputs.length + growth.length + facts.length;
}

/** All of it as a list. */
export function inWords({ inputs, growth, facts }: Differences): string[] {
  return [...inputs.map(({ words }) => words), ...growth, ...facts.map(({ words }) => words)];
}

function wordsOf(field: Field, before: Scenario, after: Scenario): string | undefined {
  return field.kind === "set" ? namesDiffering(field, before, after) : valueDiffering(field, before, after);
}

function valueDiffering(field: Field, before: Scenario, after: Scenario): string | undefined {
  const [old, now] = [before, after].map((scenario) => rangesOf(scenario)[field.path]!) as [Range, Range];
  return same(old, now) ? undefined : ` ${valueInWords(field, old)} → ${valueInWords(field, now)}`;
}

/** Of a set, which may be long, what has come and what has gone. */
function namesDiffering(field: Field, before: Scenario, after: Scenario): string | undefined {
  const [old, now] = [before, after].map((scenario) => setsOf(scenario)[field.path]!) as [string[], string[]];
  const changes = [
    ...missing(now, old).map((name) => `${optionLabel(field, name)} added`),
    ...missing(old, now).map((name) => `${optionLabel(field, name)} removed`),
  ];
  return changes.length === 0 ? undefined : `: ${changes.join(", ")}`;
}

/** Names of one set that are not in another. */
function missing(from: string[], among: string[]): string[] {
  return from.filter((name) => !among.includes(name));
}

/** The facts that a company has otherwise than the catalog, by its preset or of its own. */
export function factsOf(scenario: Scenario): NonNullable<Scenario["facts"]> {
  return { ...basis(scenario).facts, ...scenario.facts };
}

function factsDiffering(before: Scenario, after: Scenario): Differences["facts"] {
  const [old, now] = [before, after].map(factsOf);
  const ids = new Set([...Object.keys(old!), ...Object.keys(now!)]);
  return catalog().facts.flatMap((fact: Fact) => {
    if (!ids.has(fact.id)) return [];
    const [one, other] = [old, now].map((facts) => ownRange({ facts } as Scenario, fact)) as [Range, Range];
    if (same(one, other)) return [];
    return [{ id: fact.id, words: `${fact.label} ${shownRange(one, fact)} → ${shownRange(other, fact)}` }];
  });
}

function same(one: Range, other: Range): boolean {
  return one.p10 === other.p10 && one.p50 === other.p50 && one.p90 === other.p90;
}
