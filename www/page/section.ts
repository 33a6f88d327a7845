/** A section of the page: what it is of, what it finds, the figure that shows it, and the same as a table. */

import { csvFormatRows } from "d3-dsv";
import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import type { Context } from "./context.ts";
import { download, drawing, pixels } from "./files.ts";
import type { Answers } from "./questions.ts";

/** The numbers of a figure. */
export interface Table {
  columns: string[];
  rows: string[][];
  /** Columns that are words; the others are figures and stand to the right. */
  words: number[];
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
  /** Whether the figure is a drawing that can be saved as one. */
  drawn?: boolean;
}

/** A section whose figure can be shown as a table, and taken along as a file. */
export function section(
  context: Context,
  { id, kicker, finding, under, figure, from, table, buttons, drawn = true }: Shown,
): TemplateResult {
  const asTable = context.state.view.tables.includes(id);
  return html`<section class="section" role=${sectionRole()} aria-labelledby="${id}-finding">
    <header><p class="kicker">${kicker}</p><div>
      ${buttons ?? nothing}
      ${tableButton(context, id)}
      <button class="text-button" @click=${() => download(`${id}.csv`, csv(table()), "text/csv")}>CSV</button>
      ${asTable || !drawn ? nothing : fileButtons(context, id)}
    </div></header>
    <h2 id="${id}-finding">${finding}</h2>
    <p class="under">${under}</p>
    ${asTable ? dataTable(table(), kicker) : guard([figureWidth(), ...from], figure)}
  </section>`;
}

/** Saves the figure of a section as a drawing or as pixels. */
export function fileButtons({ refuse }: Context, id: string): TemplateResult {
  const figure = (event: Event) =>
    (event.currentTarget as Element).closest("section")!.querySelector<SVGSVGElement>("svg.chart")!;
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
  return html`<button class="text-button" @click=${(event: Event) =>
    download(`${id}.svg`, drawing(figure(event)), "image/svg+xml")}>SVG</button>
    <button class="text-button" @click=${asPixels}>PNG</button>`;
}

/** A section whose answer is on its way. */
export function waiting(kicker: string, id: string, failed: string | undefined): TemplateResult {
  return html`<section class="section" role=${sectionRole()} aria-labelledby="${id}-finding" aria-busy=${failed === undefined}>
    <header><p class="kicker">${kicker}</p></header>
    <h2 id="${id}-finding" class="quiet">${failed === undefined ? "Computing" : "This could not be computed"}</h2>
    ${failed === undefined ? nothing : html`<p class="under">${failed}</p>`}
  </section>`;
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
  return html`<button class="text-button" aria-pressed=${on} @click=${() =>
    go({ ...state, view: { ...state.view, tables: next } })}>Table</button>`;
}

function dataTable({ columns, rows, words }: Table, name: string): TemplateResult {
  const kind = (column: number) => (words.includes(column) ? "" : "num");
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${name}, as a table"><table class="data">
    <thead><tr>${columns.map((column, at) => html`<th scope="col" class=${kind(at)}>${column}</th>`)}</tr></thead>
    <tbody>${rows.map(
      (row) =>
        html`<tr>${row.map((cell, at) =>
          at === 0 ? html`<th scope="row">${cell}</th>` : html`<td class=${kind(at)}>${cell}</td>`,
        )}</tr>`,
    )}</tbody></table></div>`;
}

export function csv({ columns, rows }: Pick<Table, "columns" | "rows">): string {
  return `${csvFormatRows([columns, ...rows])}\n`;
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
