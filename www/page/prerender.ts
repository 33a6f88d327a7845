/** The first paint: the page's start as it stands before the engine has loaded, computed when the page is built. */

import { render } from "@lit-labs/ssr";
import { collectResultSync } from "@lit-labs/ssr/lib/render-result.js";
import { compare, init, presets, type Spread, toLink, uncertainty, type VariantId } from "#engine";
import { type Drawn, paired } from "../engine/odds.ts";
import { DRAWS } from "../engine/questions.ts";
import { expected } from "./expected.ts";
import { opening } from "./page.ts";
import { START } from "./state.ts";

/** What is known of the start before anything is drawn: the numbers of the first paint. */
export interface First {
  link: string;
  /** Without the single draws. */
  now: Drawn;
  /** The answers to all presets. */
  gallery: Card[];
}

/** What the draws say of a preset. */
export interface Card {
  preset: string;
  /** The variant that costs least in the mean, and what it costs a month; none if nothing fits. */
  best: VariantId | null;
  monthlyUsd: Spread | undefined;
  /** Who costs least in how many of the draws, the most often first. */
  chances: { variant: VariantId; chance: number }[];
}

/** As many draws as the page makes of it, and the same: the card and the page that it opens say the same. */
function card(preset: string): Card {
  const { best, variants } = uncertainty({ preset } as Parameters<typeof uncertainty>[0], {
    draws: DRAWS,
    worth: false,
  });
  const chances = variants
    .map(({ variant, chanceBest }) => ({ variant, chance: chanceBest }))
    .filter(({ chance }) => chance > 0)
    .sort((a, b) => b.chance - a.chance);
  const monthlyUsd = variants.find(({ variant }) => variant === best)?.figures["totals.monthlyUsd"];
  return { preset, best, monthlyUsd, chances };
}

/** The markup of the start, and the numbers in it. */
export async function firstPaint(): Promise<{ markup: string; first: First }> {
  await init();
  const likeliest = compare(START.scenario);
  const now = paired(uncertainty(START.scenario, { draws: DRAWS }));
  const context = {
    state: START,
    comparison: expected(likeliest, now.said),
    likeliest,
    answers: { now, uncertainty: now.said, before: undefined, fresh: new Set(["uncertainty" as const]) },
    refused: undefined,
    theme: "light" as const,
    undo: undefined,
    sliding: false,
    now: () => START,
    go: () => {},
    refuse: () => {},
    redraw: () => {},
    pointed: {},
    refusals: new Map(),
    opened: new Set<string>(),
  };
  // The marks by which the templates would find their places again are of no use to a reader.
  const drawn = collectResultSync(render(opening(context)));
  const markup = drawn.replaceAll(/<!--.*?-->/gs, "").replaceAll(/\s+/g, " ");
  const none = new Float64Array();
  const variants = now.said.variants.map((row) => ({ ...row, cuts: none, monthlyUsd: none }));
  const gallery = presets().map(({ id }) => card(id));
  const first = { link: toLink(START.scenario), now: { ...now, said: { ...now.said, variants } }, gallery };
  return { markup, first };
}
