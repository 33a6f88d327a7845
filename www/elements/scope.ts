/** What the elements of a post share: one company, and what is known of it. */

import { type Comparison, compare, fromLink, type Scenario, toLink, type Uncertainty, type VariantId } from "#engine";
import { begin } from "#start";
import { changed } from "../engine/paths.ts";
import { Inquiry, type Standing } from "../page/answers.ts";
import { expected } from "../page/expected.ts";
import type { Answers, Asked } from "../page/questions.ts";
import { emptyView } from "../page/state.ts";

/** What an element wants to have answered beside the costs and their odds. */
export interface Wish {
  answers: (keyof Answers)[];
  tracks: Asked["tracks"];
  map: { x: string; y: string };
  variants: VariantId[];
}

export const NOTHING: Wish = { answers: [], tracks: [], map: emptyView().map, variants: [] };

/** What is known of the company at the moment. */
export interface Known {
  likeliest: Comparison;
  /** Every number as it is expected: its mean over the draws. */
  comparison: Comparison;
  standing: Standing;
}

let starting: Promise<void> | undefined;
let started = false;

/** The engine, started once for all elements. */
export function ready(): Promise<void> {
  starting ??= begin().then(() => {
    started = true;
  });
  return starting;
}

export function isReady(): boolean {
  return started;
}

/** Elements that share one company; whatever one changes, all show. */
export class Scope {
  /** The company as its author describes it. */
  base: Scenario = {};
  scenario: Scenario = this.base;
  /** Whether an element has said which company it is. */
  private declared = false;
  /** The numbers that the author's own words say, by path. */
  private readonly words = new Map<string, unknown>();
  private readonly wishes = new Map<() => void, () => Wish>();
  private readonly inquiries = new Map<
    string,
    { inquiry: Inquiry; last?: { scenario: Scenario; now: Uncertainty; known: Known } }
  >();

  /** Whether nobody has described this company yet. */
  get isOpen(): boolean {
    return !this.declared;
  }

  /** Whether an element may describe this company: nobody has yet, or as it is. */
  fits(own: Scenario): boolean {
    return !this.declared || toLink(this.own) === toLink(own);
  }

  private own: Scenario = {};

  /** Says which company it is, before the author's words; the first to say so is believed. */
  declare(own: Scenario): void {
    if (this.declared) return;
    this.declared = true;
    this.own = own;
    this.rebase();
  }

  /** One number as the author's words say it. */
  say(path: string, value: unknown): void {
    this.words.set(path, value);
    this.rebase();
  }

  private rebase(): void {
    const untouched = this.scenario === this.base;
    this.base = this.own;
    for (const [path, value] of this.words) this.base = changed(this.base, path, value);
    if (untouched) this.scenario = this.base;
    this.tell();
  }

  /** Tells of every change, and of every answer that has come. Gives back how to stop. */
  follow(listener: () => void, wish: () => Wish): () => void {
    this.wishes.set(listener, wish);
    return () => {
      this.wishes.delete(listener);
      if (this.wishes.size > 0) return;
      for (const { inquiry } of this.inquiries.values()) inquiry.end();
      this.inquiries.clear();
    };
  }

  /** Takes what a reader has changed. */
  set(next: Scenario): void {
    this.scenario = next;
    this.tell();
  }

  /** Whether a reader has changed anything. */
  get moved(): boolean {
    return this.scenario !== this.base && toLink(this.scenario) !== toLink(this.base);
  }

  known({ variants }: Pick<Wish, "variants">): Known {
    const key = variants.join(" ");
    const held = this.inquiries.get(key) ?? { inquiry: new Inquiry(() => this.tell()) };
    this.inquiries.set(key, held);
    const alike = [...this.wishes.values()].map((wish) => wish()).filter((wish) => wish.variants.join(" ") === key);
    const wanted = [...new Set(alike.flatMap((wish) => wish.answers))].sort();
    const tracks = [...new Map(alike.flatMap((wish) => wish.tracks).map((track) => [track.path, track])).values()];
    const map = alike.find((wish) => wish.answers.includes("map"))?.map ?? NOTHING.map;
    const { scenario } = this;
    const standing = held.inquiry.of({ scenario, map, tracks, variants, wanted });
    const { last } = held;
    // All elements of a scope ask for the same with every change.
    const same = last?.scenario === scenario;
    if (same && last.known.standing === standing && last.now === standing.now) return last.known;
    const likeliest = same ? last.known.likeliest : compare(scenario, variants.length > 0 ? { variants } : {});
    const known = { likeliest, comparison: expected(likeliest, standing.now), standing };
    held.last = { scenario, now: standing.now, known };
    return known;
  }

  private telling = 0;

  /** With the next frame, however many changes come before it. */
  private tell(): void {
    cancelAnimationFrame(this.telling);
    this.telling = requestAnimationFrame(() => {
      for (const listener of [...this.wishes.keys()]) listener();
    });
  }
}

const scopes = new Map<string, Scope>();

/**
 * The scope of an element: the one that it names; without a name the page's own, unless the element describes another
 * company than that, which then has a scope to itself.
 */
export function scopeOf(name: string | null, own: Scenario | undefined): Scope {
  const page = known(name ?? "");
  // Whichever element is there first in the script, the page's company is that of the first one that is read.
  if (!name && page.isOpen) {
    const first = firstDescribed();
    if (first) page.declare(first);
  }
  const scope = name || !own || page.fits(own) ? page : known(`#${toLink(own)}`);
  if (own) scope.declare(own);
  return scope;
}

const DESCRIBING = ["moving-parts", "moving-parts-input", "moving-parts-output"]
  .flatMap((tag) => ["preset", "scenario"].map((attribute) => `${tag}[${attribute}]:not([scope])`))
  .join();

/** The company that the first element of the page describes, if one does and is right. */
function firstDescribed(): Scenario | undefined {
  try {
    const first = document.querySelector(DESCRIBING);
    const own = first ? described(first) : undefined;
    // What is wrong with it is said by the element itself.
    if (own) toLink(own);
    return own;
  } catch {
    return undefined;
  }
}

function known(name: string): Scope {
  const scope = scopes.get(name) ?? new Scope();
  scopes.set(name, scope);
  return scope;
}

/**
 * The company that an element's attributes describe; nothing if they describe none.
 * @throws {MovingPartsError} with every problem of it.
 */
export function described(element: Element): Scenario | undefined {
  const [preset, text] = [element.getAttribute("preset"), element.getAttribute("scenario")];
  if (!text) return preset ? ({ preset } as Scenario) : undefined;
  if (!text.trim().startsWith("{")) return fromLink(text.replace(/^#/, ""));
  const scenario = JSON.parse(text) as Scenario;
  return preset ? { ...scenario, preset: preset as Scenario["preset"] & string } : scenario;
}
