/** What every part of the page is drawn from, and what all of them show alike. */

import { html, type TemplateResult } from "lit";
import type { Comparison, Outcome, Problem } from "#engine";
import { ranked } from "../engine/words.ts";
import type { Standing } from "./answers.ts";
import { enterDerivation } from "./focus.ts";
import type { Refusals } from "./refusals.ts";
import type { State } from "./state.ts";

/** What could not be done, as a sentence without its stop, and what was in the way. */
export interface Refused {
  what: string;
  problems: Problem[];
  /** A link that could not be followed, without them, if it can be followed then. */
  rest?: string | undefined;
  /** What is shown in its place, where nothing was shown before. */
  instead?: string;
}

/** What a reader points at in the figures; it is kept while the page is drawn anew, and is no part of its link. */
export interface Pointed {
  /** The month in the chart over time, counted from 1. */
  month?: number;
  /** The place on the map. */
  place?: { column: number; row: number };
  /** The part, by its id. */
  part?: string | undefined;
  /** What axes are drawn from, by their names, while a corner of the path is held: they hold still. */
  axes?: Map<string, unknown>;
}

/** What a reader does with the page, and what he has under way: the same at every draw. */
export interface Hands {
  /** The state of the moment: what is not drawn anew with every change may stand for longer than its own. */
  now: () => State;
  /** Shows a state; `slide` for one of many values that a thumb passes. A state that is not allowed is refused. */
  go: (next: State, step?: "push" | "slide") => void;
  /** Says what could not be done; what is shown stays. */
  refuse: (what: string, problems: Problem[]) => void;
  /** Draws the state of the moment again, after something beside it has changed. */
  redraw: () => void;
  /** To be changed as the pointer moves. */
  pointed: Pointed;
  /** What was typed and refused. */
  refusals: Refusals;
  /** The steps of a derivation that are open in place, by where they stand in it. */
  opened: Set<string>;
}

/** What every part of the page is drawn from. */
export interface Context extends Hands {
  state: State;
  /** Every number as it is expected: its mean over the draws. */
  comparison: Comparison;
  /** The same at the likeliest values. */
  likeliest: Comparison;
  /** What takes longer than a frame, as far as it is answered. */
  answers: Standing;
  /** What could not be done, if anything. */
  refused: Refused | undefined;
  theme: "light" | "dark";
  /** Whether a thumb is being moved. */
  sliding: boolean;
  /** Whether only what is read first is wanted. */
  brief?: boolean;
  /** Whether the page is for paper. */
  printing?: boolean;
  /** Goes back to before the last change of the company, if there was one; what was only looked at is passed over. */
  undo: (() => void) | undefined;
}

/** The outcome shown for each approach: the one that was picked, or the cheapest that fits, or the cheapest. */
export function shownByApproach({ comparison, state }: Context): Map<string, Outcome> {
  const shown = new Map<string, Outcome>();
  const byCost = [...ranked(comparison), ...comparison.variants.filter((outcome) => !outcome.feasible)];
  for (const outcome of byCost) {
    const picked = state.view.pick[outcome.approach] === outcome.variant;
    if (picked || !shown.has(outcome.approach)) shown.set(outcome.approach, outcome);
  }
  return shown;
}

/** A computed number: a button that opens its derivation. */
export function computed(
  context: Context,
  text: string,
  question: { variant: string; metric: string; month?: number },
  spoken: string,
): TemplateResult {
  const { state, go } = context;
  const now = state.view.open;
  const open = now?.variant === question.variant && now.metric === question.metric && now.month === question.month;
  return html`<button class="computed" aria-expanded=${open} aria-label="${text}, ${spoken}; show how" @click=${(
    event: Event,
  ) => {
    // On a phone both would lie over the page.
    go({ ...state, view: { ...state.view, open: open ? undefined : question, sheet: false } });
    if (!open) enterDerivation(event.currentTarget as HTMLElement);
  }}>${text}</button>`;
}
