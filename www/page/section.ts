/** A section of the page: what it is of, what it finds, the figure that shows it, and the same as a table. */

import { csvFormatRows } from "d3-dsv";
import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { amounts } from "../engine/words.ts";
import type { Context } from "./context.ts";
import { drawing, pixels } from "./drawing.ts";
import { download } from "./files.ts";
import type { Answers } from "./questions.ts";
import { sideways } from "./sideways.ts";

/** A column of a table. */
export interface Column {
  name: string;
  /** What stands over it on the page, where that is shown in another way than in a file. */
  head?: string;
  /** What its numbers are counted in, where its name does not say so; a file says it behind the name. */
  unit?: string;
  /** How its numbers are shown, to the right; without, as they are, to the left with the words. */
  show?: (value: number) => string;
}

/** The numbers of a figure, each to its last digit; where one is not known there is nothing, or a word that says why. */
export interface Table {
  columns: Column[];
  rows: (string | number | undefined)[][];
}

interface Shown {
  id: string;
  kicker: string;
  finding: TemplateResult | string;
  under: TemplateResult | string;
  /** The figure, and all that it is drawn from: it is drawn anew only when something of that has changed. */
  figure: () => TemplateResult;
  from: unknown[];
  table: () => Table;
  buttons?: TemplateResult;
  /** What of the figure is saved as a drawing, as a selector; empty where there is nothing to be seen. */
  drawn?: string;
}

/** A section whose figure can be shown as a table, and taken along as a file. */
export function section(
  context: Context,
  { id, kicker, finding, under, figure, from, table, buttons, drawn = CHART }: Shown,
): TemplateResult {
  const asTable = context.state.view.tables.includes(id);
  return frame({
    id,
    kicker,
    buttons: html`${buttons ?? nothing} ${tableButton(context, id)} ${fileButtons(context, id, table, asTable ? "" : drawn)}`,
    finding: typeof finding === "string" ? amounts(finding) : finding,
    body: html`<p class="under">${under}</p>
      ${asTable ? dataTable(table(), kicker) : guard([figureWidth(), ...from], figure)}`,
  });
}

interface Framed extends Pick<Shown, "id" | "kicker" | "finding" | "buttons"> {
  /** What stands beneath the finding. */
  body?: TemplateResult;
  /** Whether the heading says only that nothing is found yet. */
  quiet?: boolean;
  /** Whether the answer is still on its way. */
  busy?: boolean;
}

/** One frame for an answer and for its absence: whoever has gone to the heading stays there when the answer comes. */
function frame({ id, kicker, buttons, finding, body, quiet = false, busy = false }: Framed): TemplateResult {
  return html`<section class="section" role=${sectionRole()} aria-labelledby="${id}-finding" aria-busy=${busy ? "true" : nothing} @keydown=${tableByKey}>
    <header><p class="kicker">${kicker}</p><div>${buttons ?? nothing}</div></header>
    <h2 id="${id}-finding" class=${quiet ? "quiet" : nothing}>${finding}</h2>
    ${body ?? nothing}
  </section>`;
}

/** Most figures are one drawing. */
export const CHART = "svg.chart";

/** Saves the numbers of a section, and what is drawn there, if anything, as a drawing or as pixels. */
export function fileButtons(
  { refuse }: Pick<Context, "refuse">,
  id: string,
  table: () => Table,
  drawn: string,
): TemplateResult {
  const figure = (event: Event) => (event.currentTarget as Element).closest("section")!.querySelector(drawn)!;
  const asPixels = async (event: Event) => {
    let image: Blob;
    try {
      image = await pixels(figure(event));
    } catch (error) {
      const { message } = error as Error;
      const remedy = "save it as SVG, which needs no canvas";
      return refuse("The figure could not be saved", [{ code: "notDrawn", path: "", message, remedy }]);
    }
    download(`${id}.png`, image, "image/png");
  };
  return html`<button class="text-button" @click=${() => download(`${id}.csv`, csv(table()), "text/csv")}>CSV</button>
    ${
      drawn === ""
        ? nothing
        : html`<button class="text-button" @click=${(event: Event) =>
            download(`${id}.svg`, drawing(figure(event)), "image/svg+xml")}>SVG</button>
      <button class="text-button" @click=${asPixels}>PNG</button>`
    }`;
}

/** A section whose answer is on its way. */
export function waiting(kicker: string, id: string, failed: string | undefined): TemplateResult {
  return failed === undefined
    ? frame({ id, kicker, finding: "Computing", quiet: true, busy: true })
    : frame({
        id,
        kicker,
        finding: "This could not be computed",
        quiet: true,
        body: html`<p class="under">${failed}</p>`,
      });
}

/** A section that has nothing to show, and says why. */
export function empty(kicker: string, id: string, finding: string): TemplateResult {
  return frame({ id, kicker, finding });
}

/** A note that an answer is still that of the numbers before. */
export function stale({ answers }: Context, name: keyof Answers): TemplateResult | typeof nothing {
  return answers.fresh.has(name) ? nothing : html`<span class="stale">Still for the numbers before; computing.</span>`;
}

/** Shows a section's figure as a table, or the other way round. */
export function tableButton({ state, go }: Context, id: string): TemplateResult {
  const { tables } = state.view;
  const on = tables.includes(id);
  const next = on ? tables.filter((other) => other !== id) : [...tables, id];
  return html`<button class="text-button" aria-pressed=${on} aria-keyshortcuts="T" @click=${() =>
    go({ ...state, view: { ...state.view, tables: next } })}>Table</button>`;
}

/** T does what the button for the table does, wherever in its section the focus is. In a field it is a letter. */
export function tableByKey(event: KeyboardEvent): void {
  const { key, target, ctrlKey, metaKey, altKey } = event;
  const from = target as Element;
  if (key.toUpperCase() !== "T" || ctrlKey || metaKey || altKey || from.matches("input, select")) return;
  const section = event.currentTarget as Element;
  const button = section.querySelector<HTMLElement>("[aria-keyshortcuts=T]");
  if (!button) return;
  button.click();
  // The focus stays in the section, though the figure or the table that had it is gone.
  if (from.isConnected) return;
  (section.querySelector<HTMLElement | SVGElement>(".scroll, svg[tabindex]") ?? button).focus();
}

function dataTable({ columns, rows }: Table, name: string): TemplateResult {
  const kind = (at: number) => (columns[at]!.show ? "num" : "");
  const shown = (cell: Table["rows"][number][number], at: number) =>
    typeof cell === "number" ? (columns[at]!.show?.(cell) ?? String(cell)) : (cell ?? (columns[at]!.show ? "–" : ""));
  const table = html`<table class="data">
    <thead><tr>${columns.map((column, at) => html`<th scope="col" class=${kind(at)}>${column.head ?? column.name}</th>`)}</tr></thead>
    <tbody>${rows.map(
      (row) =>
        html`<tr>${row.map((cell, at) =>
          at === 0
            ? html`<th scope="row">${shown(cell, at)}</th>`
            : html`<td class=${kind(at)}>${shown(cell, at)}</td>`,
        )}</tr>`,
    )}</tbody></table>`;
  return sideways(`${name}, as a table`, table);
}

/** A table as a file: the same columns, with their units, and numbers as they are. */
function csv({ columns, rows }: Table): string {
  const head = columns.map(({ name, unit }) => (unit === undefined ? name : `${name} (${unit})`));
  const cells = rows.map((row) => row.map((cell) => (cell === undefined ? "" : String(cell))));
  return `${csvFormatRows([head, ...cells])}\n`;
}

/** The room that a calculator in somebody's post has, while it is drawn. */
let room: number | undefined;

/** Draws something for a room of so many pixels, rather than for the whole window. */
export function within<T>(pixels: number, draw: () => T): T {
  room = pixels;
  try {
    return draw();
  } finally {
    room = undefined;
  }
}

/** On the page a section is a landmark; in a post, where there may be several calculators, a group. */
export function sectionRole(): "group" | typeof nothing {
  return room === undefined ? nothing : "group";
}

/** The room that there is; nothing where nobody can say. */
export function roomWidth(): number | undefined {
  return room ?? (typeof innerWidth === "undefined" ? undefined : innerWidth);
}

/** The width at which a figure is drawn: the one at which it is shown, so that its letters keep their size on a phone. */
export function figureWidth(): number {
  return Math.max(288, Math.min(860, room ?? document.documentElement.clientWidth - besideFigure(innerWidth)));
}

/** What the page's style keeps of its width for the columns beside the answer and the margins. */
function besideFigure(width: number): number {
  if (width >= 1600) return 348 + 452 + 80;
  if (width >= 1024) return 328 + 68;
  return width >= 640 ? 48 : 32;
}
