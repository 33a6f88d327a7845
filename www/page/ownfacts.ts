/** Facts that the reader has replaced by his own. */

import { html, type TemplateResult } from "lit";
import { type Fact, type MovingPartsError, type Scenario, validate } from "#engine";
import { factAt } from "../engine/byname.ts";
import { changed, own } from "../engine/paths.ts";
import type { Context } from "./context.ts";
import { inSentence } from "./refusals.ts";
import { parse, type Range, shownRange, unitShown } from "./values.ts";

/** The reader's own range of a fact that he has replaced. */
export function ownRange(scenario: Scenario, fact: Fact): Range {
  const now = own(scenario, `facts.${fact.id}`);
  return typeof now === "number" ? { p10: now, p50: now, p90: now } : { ...fact, ...(now as Partial<Range>) };
}

/** A fact that the reader has replaced. */
export function ownFact(context: Context, id: string): TemplateResult {
  const { state, go } = context;
  const fact = factAt(id);
  return html`<div class="input changed"><div class="top"><span>${fact.label}</span>
      <span class="yours">${shownRange(ownRange(state.scenario, fact), fact)}</span> <span class="unit">${unitShown(fact)}</span></div>
    <div class="about"><span>was ${shownRange(fact, fact)}</span>
      <button class="link-button" @click=${() => go({ ...state, scenario: changed(state.scenario, `facts.${id}`, undefined) })}>reset</button></div></div>`;
}

/** Replaces a fact by the reader's own value, or says why not. */
export function replaceFact(context: Context, id: string, text: string): string | undefined {
  const fact = factAt(id);
  const parsed = parse(text, { unit: fact.unit, kind: "number" });
  if ("error" in parsed) return parsed.error;
  const scenario = changed(context.state.scenario, `facts.${id}`, parsed.value);
  try {
    const [problem] = validate(scenario);
    if (problem) return inSentence(problem);
  } catch (error) {
    return (error as MovingPartsError).message;
  }
  context.go({ ...context.state, scenario });
  return undefined;
}
