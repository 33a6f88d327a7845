/** A way out of what stops a variant: the number that is in its way, as far as it has to be moved. */

import { html, nothing, type TemplateResult } from "lit";
import { type Obstacle, type Outcome, variantLabel } from "#engine";
import { changed } from "../engine/paths.ts";
import { agree, short, usd } from "../engine/words.ts";
import type { Context } from "./context.ts";
import { inUnit } from "./values.ts";
import { pathOf, type Way } from "./ways.ts";

function label({ path, value }: Way): string {
  if (path === "services.decomposable") return "Say that it can be";
  return path === "goals.availability"
    ? `Lower the goal to ${inUnit(Number(value), { unit: "share" })} %`
    : `Accept ${short(Number(value))} ms`;
}

/**
 * A button that takes a reason out of a variant's way, if there is a way, and what the variant then costs; without a reason,
 * what stops it in most draws.
 */
export function mend(context: Context, { variant }: Outcome, reason?: Obstacle): TemplateResult | typeof nothing {
  const { state, go, printing, answers } = context;
  const path = pathOf(reason);
  const way = answers.ways?.find((way) => way.variant === variant && way.path === path);
  if (!way || printing) return nothing;
  const act = () => go({ ...state, scenario: changed(state.scenario, way.path, way.value) });
  return html`<button class="link-button" @click=${act}>${label(way)}<span class="hidden">: ${variantLabel(variant)}</span></button>${
    way.monthlyUsd === undefined
      ? " "
      : `: ${agree(variant, "it then fits", "they then fit")} in most draws, at ${usd(way.monthlyUsd)} a month. `
  }`;
}
