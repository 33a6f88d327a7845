/** What all elements have in common: a scope, the engine, and words for what went wrong. */

import type { MovingPartsError, Scenario } from "#engine";
import { refuse, strange } from "./attributes.ts";
import {
  Contradiction,
  described,
  type Follower,
  type Known,
  NOTHING,
  ready,
  type Scope,
  scopeOf,
  type Wish,
} from "./scope.ts";
import type { Change, Trouble } from "./types.ts";
import { reasonOf, Wrong } from "./wrong.ts";

/** When all of the page is there: an element's own words come after its tag. */
function parsed(): Promise<unknown> | undefined {
  if (document.readyState !== "loading") return undefined;
  return new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));
}

/** Said once: many elements fail for one reason. */
const said = new Set<string>();

/** Those that contradict another of their scope: they are asked again when one comes, changes or goes. */
const contradicting = new Set<MovingPartsElement>();

export abstract class MovingPartsElement extends HTMLElement {
  /** Those that say which company it is; the elements add their own. */
  static readonly observedAttributes: readonly string[] = ["preset", "scenario", "scope"];

  scope: Scope | undefined;
  private readonly follower: Follower = { wish: NOTHING, redraw: () => this.redraw() };
  private round = 0;
  /** Whether an attribute that is not known has changed or gone: nobody else tells. */
  private readonly mended = new MutationObserver(() => void this.join());
  /** Why it cannot be shown, if it cannot. */
  private reason: string | undefined;

  /** Draws what is known. Called with every change, and when an attribute changes. */
  protected abstract show(known: Known): void;
  /**
   * What the element wants to have answered.
   * @throws With all that is wrong with its attributes.
   */
  protected abstract wish(): Wish;
  /** Called once the scope is there, before anything is shown. */
  protected joined(_: Scope): void {}
  /** Shows that the engine cannot be had, or what is wrong with the element itself. The author's words stand. */
  protected abstract failed(reason: string, itself: boolean): void;

  connectedCallback(): void {
    void this.join();
  }

  disconnectedCallback(): void {
    this.round++;
    this.mended.disconnect();
    this.leave();
    contradicting.delete(this);
    this.askAgain();
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (!this.isConnected || before === now) return;
    if (MovingPartsElement.observedAttributes.includes(name)) this.leave();
    void this.join();
  }

  private async join(): Promise<void> {
    const round = ++this.round;
    try {
      await Promise.all([ready(), parsed()]);
    } catch (error) {
      if (round === this.round) this.fail(error, false);
      return;
    }
    if (round !== this.round || !this.isConnected) return;
    try {
      // What is wrong with it is to trouble no other element of its scope.
      const wrong = new Wrong();
      wrong.attempt(() => this.allKnown());
      const own = wrong.attempt(() => described(this));
      const wish = wrong.attempt(() => this.wish());
      wrong.tell();
      this.scope ??= scopeOf(this.getAttribute("scope"), own, this.follower);
      this.joined(this.scope);
      this.follower.wish = wish!;
      this.scope.follow(this.follower);
      contradicting.delete(this);
      this.askAgain();
    } catch (error) {
      this.leave();
      this.fail(error, true);
      if (error instanceof Contradiction) contradicting.add(this);
    }
    this.redraw();
  }

  /** @throws With every attribute that is not known. */
  private allKnown(): void {
    const known = (this.constructor as typeof MovingPartsElement).observedAttributes;
    const names = strange(this, known);
    this.mended.disconnect();
    if (names.length > 0) this.mended.observe(this, { attributeFilter: names });
    refuse(this, names, known);
  }

  /** What contradicts this element may do so no longer. */
  private askAgain(): void {
    for (const other of contradicting) void other.join();
  }

  private leave(): void {
    this.scope?.leave(this.follower);
    this.scope = undefined;
  }

  /** Says what went wrong: on the page, to whoever listens, and in the console. */
  private fail(error: unknown, itself: boolean): void {
    const reason = reasonOf(error);
    this.failed(reason, itself);
    this.dataset.state = "failed";
    if (reason === this.reason) return;
    this.reason = reason;
    const detail: Trouble = { reason };
    this.dispatchEvent(new CustomEvent("moving-parts-error", { bubbles: true, composed: true, detail }));
    if (!said.has(reason)) console.error(`moving-parts: ${reason}`);
    said.add(reason);
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
      this.follower.wish = this.wish();
      this.show(this.scope.known(this.follower.wish));
      this.reason = undefined;
      if (this.dataset.state !== "ready") this.dataset.state = "ready";
    } catch (error) {
      this.fail(error, true);
    } finally {
      this.drawing = false;
    }
  }

  /** Takes another company, and tells whoever listens. A value that is not allowed is refused with the reason. */
  protected take(scenario: Scenario): string | undefined {
    const { scope } = this;
    if (!scope) return undefined;
    try {
      const link = scope.set(scenario);
      const { best } = scope.known(this.wish()).comparison;
      const detail: Change = { scenario, link, best };
      this.dispatchEvent(new CustomEvent("moving-parts-change", { bubbles: true, composed: true, detail }));
      return undefined;
    } catch (error) {
      return (error as MovingPartsError).message;
    }
  }
}
