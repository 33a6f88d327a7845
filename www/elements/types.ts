/** The types of `moving-parts/elements`: what the elements are to a script, and what they tell. */

import type { Scenario } from "../engine/api.ts";

/** What a reader's change tells whoever listens, as the detail of `moving-parts-change`. */
export interface Change {
  /** The company as it is now, and as the fragment of a link. */
  scenario: Scenario;
  link: string;
  /** The variant that costs least in the mean; none if nothing fits. */
  best: string | null;
}

/** What went wrong, as the detail of `moving-parts-error`. */
export interface Trouble {
  /** All that is wrong with the element, a line each. */
  reason: string;
}

/** The company that elements share. */
export interface SharedCompany {
  /** The company as its author describes it. */
  readonly base: Scenario;
  /** The company as it is now. */
  readonly scenario: Scenario;
  /** Whether it has been changed. */
  readonly moved: boolean;
  /**
   * Changes the company; every element that shares it follows. As with the value of a field of HTML, no
   * `moving-parts-change` is told of it: whoever listens may set in turn.
   * @returns Its link's fragment.
   * @throws {MovingPartsError} with every problem of the scenario.
   */
  set(scenario: Scenario): string;
}

/** Any of the elements. */
export interface MovingPartsHTMLElement extends HTMLElement {
  /** What it shares with others; nothing before the engine has started, or while an attribute is wrong. */
  readonly scope: SharedCompany | undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    "moving-parts": MovingPartsHTMLElement;
    "moving-parts-input": MovingPartsHTMLElement;
    "moving-parts-output": MovingPartsHTMLElement;
  }
  interface GlobalEventHandlersEventMap {
    "moving-parts-change": CustomEvent<Change>;
    "moving-parts-error": CustomEvent<Trouble>;
  }
}
