/** What the elements of a post share: one company, and what is known of it. */

import { fromLink, type Scenario, toLink, type VariantId } from "#engine";
import { begin } from "#start";
import { changed } from "../engine/paths.ts";
import { withNextFrame } from "../page/frame.ts";
import { Knowledge, type Known } from "../page/known.ts";
import type { Answers, Asked } from "../page/questions.ts";
import { emptyView } from "../page/state.ts";
import type { SharedCompany } from "./types.ts";

/** What an element wants to have answered beside the costs and their odds. */
export interface Wish {
  answers: (keyof Answers)[];
  tracks: Asked["tracks"];
  map: { x: string; y: string };
  variants: VariantId[];
}

export type { Known };

export const NOTHING: Wish = { answers: [], tracks: [], map: emptyView().map, variants: [] };

let starting: Promise<void> | undefined;

/** The engine, started once for all elements; after a failure whoever asks next starts it anew. */
export function ready(): Promise<void> {
  starting ??= begin().catch((error: unknown) => {
    starting = undefined;
    throw error;
  });
  return starting;
}

/** Who is told of every change of a scope, and of every answer that has come. */
export interface Follower {
  /** What it wants to have answered. */
  wish: Wish;
  redraw: () => void;
}

/** Elements that share one company; whatever one changes, all show. */
export class Scope implements SharedCompany {
  /** The company as its author describes it. */
  base: Scenario = {};
  scenario: Scenario = this.base;
  /** Whether an element says which company it is. */
  private declared = false;
  /** The elements that say so. */
  private readonly declarers = new Set<Follower>();
  /** The numbers that the author's own words say, by path. */
  private readonly words = new Map<string, unknown>();
  private readonly followers = new Set<Follower>();
  /** By the variants that there are to choose from. */
  private readonly asked = new Map<string, Knowledge>();

  /** Whether nobody has described this company yet. */
  get isOpen(): boolean {
    return !this.declared;
  }

  /** Whether an element may describe this company: nobody has yet, or as it is. */
  fits(own: Scenario): boolean {
    return !this.declared || this.link === toLink(own);
  }

  /** Which company it is, as an element says, or the last one that did. */
  private own: Scenario | undefined;

  /** Its link, as its elements describe it. */
  get link(): string {
    return toLink(this.own ?? {});
  }

  /** Says which company it is, before the author's words; the first to say so is believed. */
  declare(own: Scenario, declarer?: Follower): void {
    if (declarer) this.declarers.add(declarer);
    if (this.declared) return;
    this.declared = true;
    if (this.own && this.link === toLink(own)) return;
    // What a reader has changed was another company.
    if (this.own) this.scenario = this.base;
    this.own = own;
    this.rebase();
  }

  /**
   * One number as the author's words say it.
   * @throws {MovingPartsError} if the company cannot have it.
   */
  say(path: string, value: unknown): void {
    toLink(changed(this.base, path, value));
    this.words.set(path, value);
    this.rebase();
  }

  private rebase(): void {
    const untouched = this.scenario === this.base;
    this.base = this.own ?? {};
    for (const [path, value] of this.words) this.base = changed(this.base, path, value);
    if (untouched) this.scenario = this.base;
    this.tell();
  }

  follow(follower: Follower): void {
    this.followers.add(follower);
  }

  /** With the last one that leaves it ends. */
  leave(follower: Follower): void {
    this.followers.delete(follower);
    // Which company it is may be said anew when nobody says it any more.
    if (this.declarers.delete(follower) && this.declarers.size === 0) this.declared = false;
    if (this.followers.size > 0) return;
    this.untell?.();
    this.untell = undefined;
    for (const knowledge of this.asked.values()) knowledge.end();
    this.asked.clear();
  }

  /** Whether anybody follows it. */
  get isFollowed(): boolean {
    return this.followers.size > 0;
  }

  /** Takes what a reader has changed, and gives back its link. */
  set(next: Scenario): string {
    const link = toLink(next);
    this.scenario = next;
    this.tell();
    return link;
  }

  /** Whether a reader has changed anything. */
  get moved(): boolean {
    return this.scenario !== this.base && toLink(this.scenario) !== toLink(this.base);
  }

  known({ variants }: Pick<Wish, "variants">): Known {
    const key = variants.join(" ");
    const knowledge = this.asked.get(key) ?? new Knowledge(() => this.tell());
    this.asked.set(key, knowledge);
    const alike = [...this.followers].map(({ wish }) => wish).filter(({ variants }) => variants.join(" ") === key);
    const wanted = [...new Set(alike.flatMap((wish) => wish.answers))].sort();
    const tracks = [...new Map(alike.flatMap((wish) => wish.tracks).map((track) => [track.path, track])).values()];
    const map = alike.find((wish) => wish.answers.includes("map"))?.map ?? NOTHING.map;
    // All elements of a scope ask for the same with every change.
    return knowledge.of({ scenario: this.scenario, map, tracks, variants, wanted });
  }

  private untell: (() => void) | undefined;

  /** With the next frame, however many changes come before it. */
  private tell(): void {
    this.untell ??= withNextFrame(() => {
      this.untell = undefined;
      for (const { redraw } of [...this.followers]) redraw();
    });
  }
}

const scopes = new Map<string, Scope>();

/** What an element says of its scope's company, where another has said otherwise. */
export class Contradiction extends Error {}

/**
 * The scope of an element: the one that it names; without a name the page's own, unless the element describes another
 * company than that, which then has a scope to itself.
 * @throws {Contradiction} if the scope that it names is another company than it describes.
 */
export function scopeOf(name: string | null, own: Scenario | undefined, follower: Follower): Scope {
  const named = known(name ?? "");
  // Whichever element is there first in the script, the company is that of the first one that is read.
  if (named.isOpen) {
    const first = firstDescribed(name);
    if (first) named.declare(first);
  }
  if (own && name && !named.fits(own)) {
    const [said, other] = [named.link, toLink(own)].map(brief);
    throw new Contradiction(
      `scope: "${name}" is the company ${said} already, and not ${other}; say the same of both, leave it out here, or name another scope`,
    );
  }
  const scope = !own || named.fits(own) ? named : known(`#${toLink(own)}`);
  if (own) scope.declare(own, follower);
  return scope;
}

/** A link for a sentence. */
function brief(link: string): string {
  return link.length > 80 ? `${link.slice(0, 80)}…` : link;
}

/** The company that the first element of a scope describes, if one does and is right. */
function firstDescribed(name: string | null): Scenario | undefined {
  const within = name ? `[scope="${CSS.escape(name)}"]` : ":not([scope])";
  const describing = ["moving-parts", "moving-parts-input", "moving-parts-output"].flatMap((tag) =>
    ["preset", "scenario"].map((attribute) => `${tag}[${attribute}]${within}`),
  );
  try {
    const first = document.querySelector(describing.join());
    return first ? described(first) : undefined;
  } catch {
    // What is wrong with it is said by the element itself.
    return undefined;
  }
}

/** The scope of a name. Those that nobody follows any more have ended: what was said in them is forgotten. */
function known(name: string): Scope {
  for (const [other, scope] of scopes) if (!scope.isFollowed) scopes.delete(other);
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
  if (!text && !preset) return undefined;
  const own = { ...(preset ? { preset } : {}), ...(text ? read(text) : {}) } as Scenario;
  // As the engine reads it: every range with its middle.
  return fromLink(toLink(own));
}

/** A company in an attribute: as JSON, or as a link. */
function read(text: string): Scenario {
  if (!text.trim().startsWith("{")) return fromLink(text.trim());
  try {
    return JSON.parse(text) as Scenario;
  } catch (error) {
    throw new Error(`scenario: ${(error as Error).message}; write JSON or a link`);
  }
}
