/** The corners of the path of the load as handles on a line, dragged or moved by keys. */

import { html, nothing, svg, type TemplateResult } from "lit";
import type { Scenario } from "#engine";
import { short, spoken } from "../engine/words.ts";
import type { Context } from "./context.ts";
import { type Corner, corners } from "./corners.ts";
import { hold, moved } from "./drag.ts";

/** What the keys do, for whoever hears the page, and for whoever points at a handle. */
const KEYS = "up and down: how much; left and right: when; Delete: as it was";

/** The drawing on which the handles lie, in its own units. */
export interface Ground {
  /** A name of its own: a page has several of them. */
  name: string;
  width: number;
  height: number;
  x: (month: number) => number;
  /** Where the line is in a month. */
  y: (month: number) => number;
  /** How many users there are so far above the line, in a month. */
  users: (up: number, month: number) => number;
}

/** The corner that is held, as it was, and the way from pixels to months and to users. */
interface Begun {
  corner: Corner;
  months: (right: number) => number;
  users: (up: number) => number;
}

/** Handles for an element that has the drawing in it and nothing else beside. */
export function handles(context: Context, { name, width, height, x, y, users }: Ground): TemplateResult {
  const all = context.likeliest.variants[0]!.monthly.weeklyUsers;
  const { pointed } = context;
  const letGo = () => {
    delete pointed.axes;
    context.redraw();
  };
  const keys = `${name}-keys`;
  const grips = corners(context.state.scenario, all).map((corner) => {
    const { month } = corner;
    const said = `${corner.said}${spoken(Number(corner.users.toPrecision(2)))} in month ${month}`;
    return html`<span class="handle" role="slider" tabindex="0" .style=${`left:${(100 * x(month)) / width}%;top:${(100 * y(month)) / height}%`}
      aria-label=${corner.name} aria-valuenow=${corner.value} aria-valuemin=${Math.min(corner.field.low, corner.value)}
      aria-valuemax=${Math.max(corner.field.high, corner.value)} aria-valuetext=${said} aria-describedby=${keys} title=${KEYS}
      @pointerdown=${(event: PointerEvent) => {
        const grip = event.currentTarget as HTMLElement;
        const box = grip.parentElement!.getBoundingClientRect();
        const perMonth = (x(all.length) - x(1)) / (all.length - 1);
        const begun: Begun = {
          corner,
          months: (right) => ((right / box.width) * width) / perMonth,
          users: (up) => (up === 0 ? corner.users : users((up / box.height) * height, month)),
        };
        if (!hold(grip, event, begun, letGo)) return;
        pointed.axes = new Map();
        context.redraw();
      }}
      @pointermove=${(event: PointerEvent) => {
        const by = moved(event.currentTarget, event);
        if (by) put(context, draggedTo(by.from as Begun, by));
      }}
      @keydown=${(event: KeyboardEvent) => {
        const next = keyed(corner, event);
        if (!next) return;
        event.preventDefault();
        put(context, next);
      }}></span>`;
  });
  return html`<span id=${keys} hidden>${KEYS}</span>${grips}`;
}

/** Something that an axis is drawn from: it holds still while a corner is held. */
export function still<T>({ pointed: { axes } }: Context, axis: string, now: T): T {
  if (axes && !axes.has(axis)) axes.set(axis, now);
  return axes ? (axes.get(axis) as T) : now;
}

function put({ now, go }: Context, scenario: Scenario): void {
  go({ ...now(), scenario }, "slide");
}

function draggedTo({ corner, months, users }: Begun, by: { x: number; y: number }): Scenario {
  const later = months(by.x);
  return corner.moved(later, corner.valueAt(users(-by.y), later));
}

/** What a key makes of a corner: up and down its number, to and fro its month; Home and End are the ends, Delete resets. */
function keyed(corner: Corner, { key, shiftKey }: KeyboardEvent): Scenario | undefined {
  const many = shiftKey ? 10 : 1;
  const steps = { ArrowUp: many, ArrowDown: -many, PageUp: 10, PageDown: -10 }[key];
  if (steps !== undefined) return corner.moved(0, corner.stepped(steps));
  const months = { ArrowRight: many, ArrowLeft: -many }[key];
  if (months !== undefined) return corner.moved(months, corner.valueAt(corner.users, months));
  if (key === "Home") return corner.moved(0, corner.field.low);
  if (key === "End") return corner.moved(0, corner.field.high);
  return key === "Delete" ? corner.reset() : undefined;
}

/** How high the line among the inputs may go, in pixels. */
const HEIGHT = 48;

/** The least factor that this stands for: a level path has room above and beneath it. */
const LEAST_SPAN = 8;

/** What is below this share of the most is drawn on the ground. */
const LEAST = 1e-6;

/** Where numbers of users stand, in logarithms: a steady growth is a straight line. */
function logarithmic(users: Float64Array): { top: number; perPixel: number } {
  const most = Math.max(...users);
  const [low, high] = [Math.log(Math.max(Math.min(...users), most * LEAST)), Math.log(most)];
  const margin = Math.max(0, Math.log(LEAST_SPAN) - (high - low)) / 2;
  return { top: high + margin, perPixel: (high - low + 2 * margin) / HEIGHT };
}

/** The path among the inputs; nothing where there is one month only, or nobody. */
export function pathLine(context: Context): TemplateResult | typeof nothing {
  const users = context.likeliest.variants[0]!.monthly.weeklyUsers;
  if (users.length < 2 || !(users[0]! > 0)) return nothing;
  const { top, perPixel } = still(context, "path", logarithmic(users));
  const least = Math.max(...users) * LEAST;
  const x = (month: number) => (100 * (month - 1)) / (users.length - 1);
  const drawn = (month: number) => Math.max(users[month - 1]!, least);
  const y = (month: number) => (top - Math.log(drawn(month))) / perPixel;
  const above = (up: number, month: number) => drawn(month) * Math.exp(up * perPixel);
  const line = Array.from(users, (_, index) => `${x(index + 1)} ${y(index + 1)}`).join("L");
  return html`<div class="path">
      <svg viewBox="0 0 100 ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${svg`<path d="M${line}"></path>`}</svg>
      ${handles(context, { name: "path", width: 100, height: HEIGHT, x, y, users: above })}
    </div>
    ${new Set(users).size === 1 ? nothing : html`<div class="about"><span class="corners">${told(context, users)}</span></div>`}`;
}

/** How many there are at each corner. */
function told({ state }: Context, users: Float64Array): string {
  const months = corners(state.scenario, users).map(({ month }) => month);
  return [...new Set(months)]
    .sort((a, b) => a - b)
    .map((month) => `${short(users[month - 1]!)} in month ${month}`)
    .join(", ");
}
