/** Numbers in a text that are dragged sideways: a step of the slider for each pixel. */

import type { Field } from "#engine";
import { fromSlider, SLIDER_STEPS, toSlider } from "./values.ts";

/** Pixels that a pointer moves before it drags: less is a click. */
const THRESHOLD = 4;

/** The number that is held, and where the pointer took hold of it: there is one at most. */
let held: { what: unknown; x: number; from: number; moving: boolean } | undefined;

/** A pointer goes down on a number, which is known by `what`. */
export function grasp(what: unknown, { button, clientX }: PointerEvent, field: Field, value: number): void {
  if (button === 0) held = { what, x: clientX, from: toSlider(value, field), moving: false };
}

/** To which value a pointer has moved a number; nothing if it does not hold it, or has not moved. */
export function dragged(what: unknown, event: PointerEvent, field: Field): number | undefined {
  if (!held || held.what !== what) return undefined;
  // The button was let go of somewhere else.
  if ((event.buttons & 1) === 0) {
    release();
    return undefined;
  }
  const moved = event.clientX - held.x;
  if (!held.moving) {
    if (Math.abs(moved) < THRESHOLD) return undefined;
    held.moving = true;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
  }
  return fromSlider(Math.min(SLIDER_STEPS, Math.max(0, held.from + Math.round(moved))), field);
}

/** The pointer lets go. */
export function release(): void {
  held = undefined;
}
