/** What would let a variant fit that does not: the goal in its way, moved until it is no longer there. */

import { html, nothing, type TemplateResult } from "lit";
import {
  catalog,
  compare,
  type Obstacle,
  type Outcome,
  type Scenario,
  uncertainty,
  type VariantId,
  variantLabel,
} from "#engine";
import { FITS } from "../engine/odds.ts";
import { changed } from "../engine/paths.ts";
import type { Context } from "./context.ts";
import { rangesOf } from "./said.ts";

/** What takes a reason out of the way: in words, the number to change, and values to try one after the other. */
interface Way {
  label: string;
  path: string;
  values: (scenario: Scenario) => (number | boolean)[];
}

/** Multiples of what the likeliest values ask for: in the draws it may be more. */
const MULTIPLES = [1, 1.2, 1.5, 2, 3, 4, 6, 10, 20, 50, 100];

/** Draws from which it is told whether a variant fits, and the share in which it then does in most of many too: two errors above. */
const DRAWS = 256;
const SURELY_FITS = FITS + 1 / Math.sqrt(DRAWS);

/** To two digits, never below. */
function up(value: number): number {
  const digit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.ceil(value / digit - 1e-9) * digit).toPrecision(2));
}

/** How a reason is taken out of the way; nothing where that takes another variant, or another price book. */
function wayOut(reason: Obstacle): Way | undefined {
  if (reason === "notDecomposable") {
    return { label: "Say that it can be", path: "services.decomposable", values: () => [true] };
  }
  if (typeof reason === "object" && "missesGoal" in reason) {
    const { allowedHours, expectedHours } = reason.missesGoal;
    const path = "goals.availability";
    const values = (scenario: Scenario) => {
      const down = ((1 - rangesOf(scenario).get(path)!.p50) * expectedHours) / allowedHours;
      return MULTIPLES.map((multiple) => Number((1 - up(down * multiple)).toPrecision(12)));
    };
    return { label: "Lower the goal as far as it takes", path, values };
  }
  if (typeof reason === "object" && "coldStart" in reason) {
    const values = () => MULTIPLES.map((multiple) => up(reason.coldStart.coldMs * multiple));
    return { label: "Accept as long as it takes", path: "goals.latencyMs", values };
  }
  return undefined;
}

/** How many reasons are in a variant's way, and whether it fits in most draws. */
function stands(scenario: Scenario, variant: VariantId): { reasons: number; fits: boolean } {
  const reasons = compare(scenario).variants.find((outcome) => outcome.variant === variant)!.reasons.length;
  if (reasons > 0) return { reasons, fits: false };
  const [odds] = uncertainty(scenario, { draws: DRAWS, variants: [variant], worth: false }).variants;
  return { reasons, fits: odds!.fits >= SURELY_FITS };
}

/**
 * The scenario in which a reason is out of a variant's way: so far that it fits in most draws, or, where more than this
 * reason is against it, at the likeliest values.
 */
function mended(scenario: Scenario, { variant, reasons }: Outcome, { path, values }: Way): Scenario {
  const { min, max } = catalog().fields.find((field) => field.path === path)!;
  const allowed = values(scenario).filter((value) => typeof value === "boolean" || (value >= min && value <= max));
  const tries = allowed.map((value) => changed(scenario, path, value));
  return (
    tries.find((one) => stands(one, variant).fits) ??
    tries.find((one) => stands(one, variant).reasons < reasons.length) ??
    scenario
  );
}

/** A button that takes a reason out of a variant's way, if there is a way. */
export function mend(
  { state, go, printing }: Context,
  outcome: Outcome,
  reason: Obstacle,
): TemplateResult | typeof nothing {
  const way = wayOut(reason);
  if (!way || printing) return nothing;
  const act = () => go({ ...state, scenario: mended(state.scenario, outcome, way) });
  return html`<button class="link-button" @click=${act}>${way.label}<span class="hidden">: ${variantLabel(outcome.variant)}</span></button> `;
}
