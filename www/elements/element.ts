/** What all elements have in common: a scope, the engine, and words for what went wrong. */

import { type MovingPartsError, type Scenario, toLink } from "#engine";
import { described, type Known, NOTHING, ready, type Scope, scopeOf, type Wish } from "./scope.ts";

/** What a change tells whoever listens, as the detail of `moving-parts-change`. */
export interface Change {
  /** The company as it is now, and as the fragment of a link. */
  scenario: Scenario;
  link: string;
  /** The variant that costs least in the mean; none if nothing fits. */
  best: string | null;
}

/** When all of the page is there: an element's own words come after its tag. */
function parsed(): Promise<unknown> | undefined {
  if (document.readyState !== "loading") return undefined;
  return new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));
}

/** Said once: many elements fail for one reason. */
const said = new Set<string>();

export abstract class MovingPartsElement extends HTMLElement {
  static readonly observedAttributes: readonly string[] = ["preset", "scenario", "scope"];

  protected scope: Scope | undefined;
  private stop: (() => void) | undefined;
  private round = 0;

  /** Draws what is known. Called with every change, and when an attribute changes. */
  protected abstract show(known: Known): void;
  /** What the element wants to have answered. */
  protected wish(): Wish {
    return NOTHING;
  }
  /** Called once the scope is there, before anything is shown. */
  protected joined(_: Scope): void {}
  /** Shows that the engine cannot be had, or that an attribute cannot be followed. The author's words stand. */
  protected failed(_: string): void {}

  connectedCallback(): void {
    void this.join();
  }

  disconnectedCallback(): void {
    this.round++;
    this.stop?.();
    this.stop = undefined;
  }

  attributeChangedCallback(_: string, before: string | null, now: string | null): void {
    if (this.stop && before !== now) void this.join();
  }

  private async join(): Promise<void> {
    const round = ++this.round;
    try {
      await Promise.all([ready(), parsed()]);
      if (round !== this.round || !this.isConnected) return;
      this.stop?.();
      const scope = scopeOf(this.getAttribute("scope"), described(this));
      this.scope = scope;
      this.joined(scope);
      this.stop = scope.follow(
        () => this.redraw(),
        () => this.wish(),
      );
      this.dataset.state = "ready";
      this.redraw();
    } catch (error) {
      if (round !== this.round) return;
      const reason = error instanceof Error ? error.message : String(error);
      this.dataset.state = "failed";
      this.failed(reason);
      this.dispatchEvent(new CustomEvent("moving-parts-error", { bubbles: true, composed: true, detail: { reason } }));
      if (!said.has(reason)) console.error(`moving-parts: ${reason}`);
      said.add(reason);
    }
  }

  private drawing = false;

  protected redraw(): void {
    if (!this.scope || !this.isConnected) return;
    // What is taken away while it has the focus loses it in the middle of being drawn: that waits for its end.
    if (this.drawing) {
      queueMicrotask(() => this.redraw());
      return;
    }
    this.drawing = true;
    try {
      this.show(this.scope.known(this.wish()));
    } finally {
      this.drawing = false;
    }
  }

  /** Takes another company, and tells whoever listens. A value that is not allowed is refused with the reason. */
  protected take(scenario: Scenario): string | undefined {
    const { scope } = this;
    if (!scope) return undefined;
    try {
      const link = toLink(scenario);
      scope.set(scenario);
      const { best } = scope.known(this.wish()).comparison;
      const detail: Change = { scenario, link, best };
      this.dispatchEvent(new CustomEvent("moving-parts-change", { bubbles: true, composed: true, detail }));
      return undefined;
    } catch (error) {
      return (error as MovingPartsError).message;
    }
  }
}
