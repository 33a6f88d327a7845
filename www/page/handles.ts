/** The path of the load as a line, its corners as handles that are dragged or moved by keys. */

import { html, nothing, svg, type TemplateResult } from "lit";
import type { Scenario } from "#engine";
import { short, spoken } from "../engine/words.ts";
import type { Context } from "./context.ts";
import { type Corner, corners } from "./corners.ts";
import { draggingSince, hold, moved, release } from "./drag.ts";

/** How high the line may go, in pixels. */
const HEIGHT = 48;

/** The least factor that the height stands for: a level path has room above and beneath it. */
const LEAST_SPAN = 8;

/** What is below this share of the most is drawn on the ground. */
const GROUND = 1e-6;

/** Where numbers of users stand, in logarithms: a steady growth is a straight line. */
interface Axis {
  top: number;
  perPixel: number;
}

/** Axes hold still while something is held, and for a moment after. */
let axis: Axis | undefined;

function axisOf(users: Float64Array, sliding: boolean): Axis {
  if (axis && (sliding || draggingSince() !== undefined)) return axis;
  const most = Math.max(...users);
  const [low, high] = [Math.log(Math.max(Math.min(...users), most * GROUND)), Math.log(most)];
  const margin = Math.max(0, Math.log(LEAST_SPAN) - (high - low)) / 2;
  axis = { top: high + margin, perPixel: (high - low + 2 * margin) / HEIGHT };
  return axis;
}

/** The corner that is held, as it was, and what a pixel is worth. */
interface Begun {
  corner: Corner;
  logPerPixel: number;
  monthsPerPixel: number;
}

/** The line and its handles; nothing where there is one month only, or nobody. */
export function handles(context: Context): TemplateResult | typeof nothing {
  const users = context.likeliest.variants[0]!.monthly.weeklyUsers;
  const months = users.length;
  if (months < 2 || !(users[0]! > 0)) return nothing;
  const { top, perPixel } = axisOf(users, context.sliding);
  const ground = Math.max(...users) * GROUND;
  const seen = (month: number) => Math.min(Math.round(month), months);
  const x = (month: number) => (100 * (seen(month) - 1)) / (months - 1);
  const y = (month: number) => (top - Math.log(Math.max(users[seen(month) - 1]!, ground))) / perPixel;
  const usersIn = (month: number) => Number(users[seen(month) - 1]!.toPrecision(2));
  const all = corners(context.state.scenario, months);
  const told = [...new Set(all.map(({ month }) => seen(month)))].sort((a, b) => a - b);
  return html`<div class="path">
      <svg viewBox="0 0 100 ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${svg`<path d="M${Array.from(
        users,
        (_, index) => `${x(index + 1)} ${y(index + 1)}`,
      ).join("L")}"></path>`}</svg>
      ${all.map((corner) => {
        const words = `${corner.said}${spoken(usersIn(corner.month))} in month ${seen(corner.month)}`;
        return html`<span class="handle" role="slider" tabindex="0" .style=${`left:${x(corner.month)}%;top:${y(corner.month)}px`}
          aria-label=${corner.name} aria-valuenow=${corner.value} aria-valuemin=${Math.min(corner.field.low, corner.value)}
          aria-valuemax=${Math.max(corner.field.high, corner.value)} aria-valuetext=${words} title=${words}
          @pointerdown=${(event: PointerEvent) => {
            const grip = event.currentTarget as HTMLElement;
            const { width } = grip.parentElement!.getBoundingClientRect();
            const begun: Begun = { corner, logPerPixel: perPixel, monthsPerPixel: (months - 1) / width };
            // So small that the first move may already be beside it.
            grip.setPointerCapture(event.pointerId);
            hold(grip, event, begun);
          }}
          @pointermove=${(event: PointerEvent) => {
            const by = moved(event.currentTarget, event);
            if (by) put(context, draggedTo(by.from as Begun, by));
          }}
          @pointerup=${release} @pointercancel=${release}
          @keydown=${(event: KeyboardEvent) => {
            const next = keyed(corner, event);
            if (!next) return;
            event.preventDefault();
            put(context, next);
          }}></span>`;
      })}
    </div>
    ${
      new Set(users).size === 1
        ? nothing
        : html`<div class="about"><span class="corners">${told.map((month) => `${short(usersIn(month))} in month ${month}`).join(", ")}</span></div>`
    }`;
}

function put({ now, go }: Context, scenario: Scenario): void {
  go({ ...now(), scenario }, "slide");
}

function draggedTo({ corner, logPerPixel, monthsPerPixel }: Begun, by: { x: number; y: number }): Scenario {
  const months = by.x * monthsPerPixel;
  return corner.moved(months, corner.valueAt(Math.exp(-by.y * logPerPixel), months));
}

/** What a key makes of a corner: up and down its number, to and fro its month; Home and End are the ends, Delete resets. */
function keyed(corner: Corner, { key, shiftKey }: KeyboardEvent): Scenario | undefined {
  const many = shiftKey ? 10 : 1;
  const steps = { ArrowUp: many, ArrowDown: -many, PageUp: 10, PageDown: -10 }[key];
  if (steps !== undefined) return corner.moved(0, corner.stepped(steps));
  const months = { ArrowRight: many, ArrowLeft: -many }[key];
  if (months !== undefined) return corner.moved(months, corner.valueAt(1, months));
  if (key === "Home") return corner.moved(0, corner.field.low);
  if (key === "End") return corner.moved(0, corner.field.high);
  return key === "Delete" ? corner.reset() : undefined;
}
