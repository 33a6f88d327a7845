/** What would let a variant fit that does not: the goal in its way, moved until it is no longer there. */

import { html, nothing, type TemplateResult } from "lit";
import {
  compare,
  type Obstacle,
  type Outcome,
  ranges,
  type Scenario,
  uncertainty,
  type VariantId,
  variantLabel,
} from "#engine";
import { changed } from "../engine/paths.ts";
import type { Context } from "./context.ts";
import { FITS } from "./odds.ts";

/** What can be changed, in words, and the values to try one after the other. */
interface Way {
  label: string;
  path: string;
  values: (number | boolean)[];
}

/** By how much a goal misses what the draws ask for is found in steps of these. */
const STEPS = [1, 1.2, 1.5, 2, 3, 4, 6, 10, 20, 50, 100];

/** Draws from which it is told whether a variant fits. */
const DRAWS = 256;

/** To two digits, never below. */
function up(value: number): number {
  const digit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.ceil(value / digit - 1e-9) * digit).toPrecision(2));
}

function way(reason: Obstacle, scenario: Scenario): Way | undefined {
  if (reason === "notDecomposable") {
    return { label: "Say that it can be", path: "services.decomposable", values: [true] };
  }
  if (typeof reason === "object" && "missesGoal" in reason) {
    const { allowedHours, expectedHours } = reason.missesGoal;
    const goal = ranges(scenario).get("goals.availability")!.p50;
    const down = ((1 - goal) * expectedHours) / allowedHours;
    const values = STEPS.map((step) => Number((1 - up(down * step)).toPrecision(12))).filter((share) => share > 0);
    return { label: "Lower the goal until it fits", path: "goals.availability", values };
  }
  if (typeof reason === "object" && "coldStart" in reason) {
    const values = STEPS.map((step) => up(reason.coldStart.coldMs * step));
    return { label: "Accept as long as it takes", path: "goals.latencyMs", values };
  }
  return undefined;
}

/** Whether nothing is in a variant's way any more, or only what was there beside a reason: at the likeliest values, and in most draws. */
function passes(scenario: Scenario, variant: VariantId, others: number): boolean {
  const left = compare(scenario).variants.find((outcome) => outcome.variant === variant)!.reasons.length;
  if (left > others) return false;
  if (left > 0) return true;
  const [odds] = uncertainty(scenario, { draws: DRAWS, variants: [variant], worth: false }).variants;
  return odds!.fits >= FITS;
}

/** A button that takes a reason out of a variant's way; nothing where that takes another variant, or another price book. */
export function mend(
  { state, go, printing }: Context,
  { variant, reasons }: Outcome,
  reason: Obstacle,
): TemplateResult | typeof nothing {
  const found = way(reason, state.scenario);
  if (!found || found.values.length === 0 || printing) return nothing;
  const { label, path, values } = found;
  const act = () => {
    const tries = values.map((value) => changed(state.scenario, path, value));
    const scenario =
      tries.find((scenario) => passes(scenario, variant, reasons.length - 1)) ?? tries[tries.length - 1]!;
    go({ ...state, scenario });
  };
  return html`<button class="link-button" @click=${act}>${label}<span class="hidden">: ${variantLabel(variant)}</span></button> `;
}
