/** What is dragged by a pointer: numbers in a text, a step of the slider for each pixel sideways, and handles of a line. */

import type { Field } from "#engine";
import { fromSlider, SLIDER_STEPS, toSlider } from "./values.ts";

/** Pixels that a pointer moves before it drags: less is a click. */
const THRESHOLD = 4;

/** What is held, from what, and where and when the pointer took hold of it: there is one at most. */
let held: { what: unknown; from: unknown; x: number; y: number; since: number; moving: boolean } | undefined;

/** A pointer goes down on something, which is known by `what`; `from` is what it is when the drag begins. */
export function hold(what: unknown, { button, clientX: x, clientY: y }: PointerEvent, from: unknown): void {
  if (button === 0) held = { what, from, x, y, since: performance.now(), moving: false };
}

/**
 * By how many pixels a pointer has moved something, and from what; nothing if it does not hold it, or has not moved.
 * @param sideways Whether moving it up or down is no drag.
 */
export function moved(
  what: unknown,
  event: PointerEvent,
  sideways = false,
): { from: unknown; x: number; y: number } | undefined {
  if (!held || held.what !== what) return undefined;
  // The button was let go of somewhere else.
  if ((event.buttons & 1) === 0) {
    release();
    return undefined;
  }
  const [x, y] = [event.clientX - held.x, event.clientY - held.y];
  if (!held.moving) {
    if (Math.hypot(x, sideways ? 0 : y) < THRESHOLD) return undefined;
    held.moving = true;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
  }
  return { from: held.from, x, y };
}

/** When the pointer took hold of what it drags, if it drags anything. */
export function draggingSince(): number | undefined {
  return held?.moving ? held.since : undefined;
}

/** A pointer goes down on a number, which is known by `what`. */
export function grasp(what: unknown, event: PointerEvent, field: Field, value: number): void {
  hold(what, event, toSlider(value, field));
}

/** To which value a pointer has moved a number; nothing if it does not hold it, or has not moved. */
export function dragged(what: unknown, event: PointerEvent, field: Field): number | undefined {
  const by = moved(what, event, true);
  if (!by) return undefined;
  return fromSlider(Math.min(SLIDER_STEPS, Math.max(0, (by.from as number) + Math.round(by.x))), field);
}

/** The pointer lets go. */
export function release(): void {
  held = undefined;
}
