/** What is dragged by a pointer: numbers in a text, a step of the slider for each pixel sideways, and handles of a line. */

import type { Field } from "#engine";
import { fromSlider, SLIDER_STEPS, toSlider } from "./values.ts";

/** Pixels that a pointer moves before it drags: less is a click. */
const THRESHOLD = 4;

/** What is held, from what, and where and when the pointer took hold of it: there is one at most. */
interface Held {
  what: unknown;
  from: unknown;
  x: number;
  y: number;
  since: number;
  moving: boolean;
  /** What is to be done when it is let go of. */
  end: () => void;
}
let held: Held | undefined;

/** What ends a drag. What is held may be drawn no more by then: all of them are heard by the window. */
const ENDS = ["pointerup", "pointercancel", "lostpointercapture"] as const;

/**
 * A pointer goes down on something, which is known by `what`; `from` is what it is when the drag begins. Returns whether
 * it is held, which the left button does alone.
 * @param ended Is called once, however the drag ends.
 */
export function hold(what: unknown, event: PointerEvent, from: unknown, ended?: () => void): boolean {
  const { button, pointerId, clientX: x, clientY: y } = event;
  if (button !== 0) return false;
  release();
  // What is held may be so small that the first move is already beside it.
  (event.currentTarget as Element).setPointerCapture(pointerId);
  const heard = new AbortController();
  const end = () => {
    heard.abort();
    ended?.();
  };
  held = { what, from, x, y, since: performance.now(), moving: false, end };
  for (const name of ENDS)
    addEventListener(name, (other) => other.pointerId === pointerId && release(), { signal: heard.signal });
  return true;
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
function release(): void {
  const was = held;
  held = undefined;
  was?.end();
}
