/** What can be taken along: the link, a frame for a post, a script for Node, the numbers, and each figure as a file. */

import { html, type TemplateResult } from "lit";
import { type Scenario, toLink } from "#engine";
import type { Context } from "./context.ts";

export function exportMenu(context: Context): TemplateResult {
  const { scenario } = context.state;
  const item = (label: string, take: () => void | Promise<void>) =>
    html`<button class="text-button" @click=${(event: Event) => {
      void take();
      (event.currentTarget as Element).closest("details")?.removeAttribute("open");
    }}>${label}</button>`;
  return html`<details class="menu"><summary class="text-button">Export</summary><div>
    ${item("Link, copied", () => copy(location.href))}
    ${item("Frame for a post, copied", () => copy(frame(scenario)))}
    ${item("Script for Node, as a file", () => download("moving-parts.mjs", script(scenario), "text/javascript"))}
    ${item("Scenario, as JSON", () => download("scenario.json", `${JSON.stringify(scenario, null, 2)}\n`, "application/json"))}
    ${item("All numbers, as JSON", () => download("comparison.json", numbers(context), "application/json"))}
  </div></details>`;
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // No clipboard here: a file holds the same words.
    download("moving-parts.txt", `${text}\n`, "text/plain");
  }
}

function frame(scenario: Scenario): string {
  const address = location.href.split("#")[0]!;
  const source = `${address}#${toLink(scenario)}`.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return `<iframe src="${source}" sandbox="allow-scripts" title="What it costs to run this company's software" width="100%" height="900"></iframe>`;
}

/** A script that gives the numbers of the page. */
function script(scenario: Scenario): string {
  return `import { compare, uncertainty } from "moving-parts";

const scenario = ${JSON.stringify(scenario, null, 2)};

const { verdict, variants } = compare(scenario);
console.log(verdict);
console.table(variants.map(({ label, feasible, totals }) => ({ label, feasible, monthlyUsd: Math.round(totals.monthlyUsd) })));

const { variants: odds } = uncertainty(scenario, { draws: 4096, seed: 1 });
console.table(odds.map(({ variant, chanceBest, figures }) => ({ variant, chanceBest, ...figures["totals.monthlyUsd"] })));
`;
}

/** The comparison at the likeliest values, and what the draws say. */
function numbers({ likeliest, answers, state }: Context): string {
  const lists = (_: string, value: unknown) => (value instanceof Float64Array ? Array.from(value) : value);
  return `${JSON.stringify({ scenario: state.scenario, ...likeliest, uncertainty: answers.now }, lists, 2)}\n`;
}

/** Saves a file. */
export function download(name: string, content: string | Blob, type: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** What of an element's style a drawing needs that stands alone. */
const STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linejoin",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "paint-order",
  "shape-rendering",
];

/** The figure of a section as a drawing of its own: every style is written out, the page's colour lies behind. */
export function drawing(figure: SVGSVGElement): string {
  const copy = figure.cloneNode(true) as SVGSVGElement;
  const [, , width = "0", height = "0"] = figure.getAttribute("viewBox")?.split(" ") ?? [];
  const originals = figure.querySelectorAll("*");
  for (const [index, element] of copy.querySelectorAll("*").entries()) {
    const style = getComputedStyle(originals[index]!);
    for (const name of STYLES) {
      const value = style.getPropertyValue(name);
      if (value !== "") element.setAttribute(name, value);
    }
    element.removeAttribute("class");
  }
  copy.removeAttribute("class");
  copy.removeAttribute("tabindex");
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  const paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  paper.setAttribute("width", width);
  paper.setAttribute("height", height);
  paper.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
  copy.prepend(paper);
  return new XMLSerializer().serializeToString(copy);
}

/** The same as pixels, two for each of the page's. */
export async function pixels(figure: SVGSVGElement): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing(figure))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width * 2, image.height * 2];
  const pen = canvas.getContext("2d")!;
  pen.scale(2, 2);
  pen.drawImage(image, 0, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the figure could not be drawn"))), "image/png");
  });
}
