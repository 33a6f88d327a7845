/** A baseline to compare with: what is shown is held against it, number by number. */

import { quantile } from "d3-array";
import { html, nothing, type TemplateResult } from "lit";
import { compare, fromLink, type Outcome, type Scenario, type Uncertainty, variantLabel } from "#engine";
import { agree, capital, count, ofHundred, usd } from "../engine/words.ts";
import type { Context } from "./context.ts";
import { type Differences, differing, inWords } from "./differing.ts";
import { expected } from "./expected.ts";
import { goOn, rootOf } from "./focus.ts";
import { presetOf } from "./presets.ts";
import { linkOf } from "./said.ts";
import { emptyView } from "./state.ts";

/** The baseline that was compared last, so that a redraw need not do it again. */
let last: { link: string; draws: Uncertainty; outcomes: Map<string, Outcome> } | undefined;

/** The outcomes of the pinned baseline by their variants, as expected; nothing if none is pinned, or if its link is broken. */
export function pinned({ state, answers: { before } }: Context): Map<string, Outcome> | undefined {
  const link = state.view.pin;
  if (link === undefined || !before) return undefined;
  if (last?.link !== link || last.draws !== before) {
    const { variants } = expected(compare(fromLink(link)), before);
    last = { link, draws: before, outcomes: new Map(variants.map((outcome) => [outcome.variant, outcome])) };
  }
  return last.outcomes;
}

/** By how much the answer costs more than what is pinned, and in which range: both meet the same draws. */
export function differenceOf(context: Context, best: Outcome | undefined): TemplateResult | typeof nothing {
  const { now, before } = context.answers;
  const base = best && pinned(context)?.get(best.variant);
  if (!best || !base || !before) return nothing;
  const [own, old] = [now.said, before].map(
    ({ variants }) => variants.find(({ variant }) => variant === best.variant)!,
  );
  const mean = best.totals.monthlyUsd - base.totals.monthlyUsd;
  const signed = (value: number) => `${value < 0 ? "−" : "+"}${usd(Math.abs(value))}`;
  const name = capital(variantLabel(best.variant));
  if (usd(Math.abs(mean)) === usd(0))
    return html`${name} ${agree(best.variant, "costs", "cost")} what it does as pinned.`;
  const words = html`${name} ${agree(best.variant, "costs", "cost")} <b>${usd(Math.abs(mean))} a month ${mean < 0 ? "less" : "more"}</b> than pinned`;
  if (own!.monthlyUsd.length !== old!.monthlyUsd.length || now.said.draws !== before.draws) return html`${words}.`;
  const differences = Array.from(own!.monthlyUsd, (value, draw) => value - old!.monthlyUsd[draw]!);
  const [low, high] = [0.1, 0.9].map((share) => quantile(differences, share)!) as [number, number];
  return html`${words} (<span class="whole">${signed(low)} to ${signed(high)}</span> in eight draws of ten, drawn on the same luck); then it was
    the cheapest in ${ofHundred(old!.chanceBest)} draws, now in ${ofHundred(own!.chanceBest)}.`;
}

/** By how much a number differs from the pinned one, as it is shown: `+$5k`; nothing where it does not. */
export function difference(
  context: Context,
  outcome: Outcome,
  of: (outcome: Outcome) => number,
  show: (value: number) => string,
): TemplateResult | typeof nothing {
  const base = pinned(context)?.get(outcome.variant);
  if (!base) return nothing;
  const change = of(outcome) - of(base);
  const text = show(Math.abs(change));
  if (text === show(0)) return nothing;
  return html`<b class="difference">${change < 0 ? "−" : "+"}${text}<span class="hidden"> against the pinned one</span></b>`;
}

/** Names the baseline and all in which the scenario differs from it. */
export function pinBar(context: Context): TemplateResult | typeof nothing {
  const { state, go } = context;
  const link = state.view.pin;
  if (link === undefined) return nothing;
  const unpin = (event: Event) => {
    const root = rootOf(event.currentTarget as HTMLElement);
    go({ ...state, view: { ...state.view, pin: emptyView().pin, only: false } });
    goOn(root, () => root.getElementById("pin"));
  };
  if (!pinned(context)) {
    return html`<div class="pin" role="status"><span>The pinned company in this link cannot be read; nothing is compared.</span>
      <span><button class="link-button" @click=${unpin}>Unpin</button></span></div>`;
  }
  const base = fromLink(link);
  const name = presetOf(base)?.name ?? "a company of defaults";
  const changes = inWords(differing(base, state.scenario));
  const { only } = state.view;
  const swap = () => go({ scenario: base, view: { ...state.view, pin: linkOf(state.scenario) } });
  return html`<div class="pin" role="status">
    <span><b>Pinned:</b> ${name}${ownChanges(base)}</span>
    <span class="note">${
      changes.length === 0
        ? "nothing differs yet: change an input"
        : html`now differs in ${changes.slice(0, 4).join("; ")}${changes.length > 4 ? ` and ${count(changes.length - 4, "other")}` : ""}`
    }</span>
    <span>${changes.length === 0 && !only ? nothing : html`<button class="link-button" aria-pressed=${only} @click=${() => go({ ...state, view: { ...state.view, only: !only } })}>${only ? "Show all inputs" : "Show only these inputs"}</button> `}<button class="link-button" @click=${swap}>Swap</button> <button class="link-button" @click=${unpin}>Unpin</button></span>
  </div>`;
}

function ownChanges(base: Scenario): string {
  const { preset: _, ...own } = base;
  return Object.keys(own).length === 0 ? "" : ", changed";
}

/** In what the scenario differs from what is pinned, where only that is wanted. */
export function onlyDiffering({ state }: Context): Differences | undefined {
  const { pin, only } = state.view;
  if (!only || pin === undefined) return undefined;
  try {
    return differing(fromLink(pin), state.scenario);
  } catch {
    return undefined;
  }
}
