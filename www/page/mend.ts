/** A way out of what stops a variant: the number that is in its way, as far as it has to be moved. */

import { html, nothing, type TemplateResult } from "lit";
import { type Obstacle, type Outcome, variantLabel } from "#engine";
import { changed } from "../engine/paths.ts";
import { agree, ofHundred, short, usd } from "../engine/words.ts";
import type { Context } from "./context.ts";
import { goOn, rootOf } from "./focus.ts";
import { inUnit } from "./values.ts";
import { pathOf, type Way } from "./ways.ts";

function label({ path, value }: Way): string {
  if (path === "services.decomposable") return "Say that it can be cut";
  return path === "goals.availability"
    ? `Lower the goal to ${inUnit(Number(value), { unit: "share" })}\u00a0%`
    : `Accept ${short(Number(value))}\u00a0ms`;
}

/**
 * A button that takes a reason out of a variant's way, if there is a way, and what the variant then costs; without a reason,
 * what stops it in most draws.
 */
export function mend(context: Context, { variant }: Outcome, reason?: Obstacle): TemplateResult | typeof nothing {
  const { printing, answers } = context;
  const path = pathOf(reason);
  const way = answers.ways?.find((way) => way.variant === variant && way.path === path);
  if (!way || printing) return nothing;
  const { fits, monthlyUsd } = way;
  const then = agree(variant, "it then fits", "they then fit");
  const whose = html`<span class="hidden">: ${variantLabel(variant)}</span>`;
  // The draws are few: what is told of them has no more than two digits.
  const often =
    monthlyUsd !== undefined
      ? `${then} ${atCost(monthlyUsd)}`
      : fits === undefined
        ? `what else is said here then still stops ${agree(variant, "it", "them")}`
        : `${then} in only about ${ofHundred(fits)} draws`;
  return html`<span class="joined">${button(context, way, whose)}</span>: ${often}. `;
}

/** The cheapest way to something that fits in most draws, as a sentence; nothing if none is known. */
export function cheapestWay(context: Context): TemplateResult | typeof nothing {
  const cost = ({ monthlyUsd }: Way) => monthlyUsd ?? Number.POSITIVE_INFINITY;
  const way = context.answers.ways?.toSorted((a, b) => cost(a) - cost(b))[0];
  if (way?.monthlyUsd === undefined) return nothing;
  const fit = `${agree(way.variant, "then fits", "then fit")} ${atCost(way.monthlyUsd)}.`;
  return html`${context.printing ? label(way) : button(context, way)}: ${variantLabel(way.variant)} ${fit}`;
}

function button({ state, go }: Context, way: Way, whose: TemplateResult | typeof nothing = nothing): TemplateResult {
  const act = (event: Event) => {
    const root = rootOf(event.currentTarget as HTMLElement);
    go({ ...state, scenario: changed(state.scenario, way.path, way.value) });
    goOn(root, () => root.querySelector<HTMLElement>("#answer"));
  };
  return html`<button class="link-button" @click=${act}>${label(way)}${whose}</button>`;
}

function atCost(monthlyUsd: number): string {
  return `in most draws, at ${usd(monthlyUsd)} a month`;
}
