/** How well published systems are predicted: what `cargo xtask backtest` found, misses included. */

import { html, nothing, svg, type TemplateResult } from "lit";
import { variantLabel } from "#engine";
import { count, exact } from "../engine/words.ts";
import data from "./backtest.json" with { type: "json" };

/** The scale of a row: from a sixteenth of what was observed to sixteen times as much. */
const FARTHEST = 16;
const WIDTH = 240;
const HEIGHT = 20;

type Figure = (typeof data.figures)[number];

export function backtestSection(): TemplateResult {
  const inside = data.figures.filter((figure) => figure.inside).length;
  const systems = new Set(data.figures.map((figure) => `${figure.name} ${figure.year}`)).size;
  return html`<section class="section" aria-labelledby="backtest-finding">
    <header><p class="kicker">How well it predicts</p></header>
    <h2 id="backtest-finding">${inside} of ${data.figures.length} published figures lie where the model says; the median bill is off by a
      factor of ${exact(data.medianBillFactor)}</h2>
    <p class="under">${count(systems, "system")}, each described by what was published of it, with reasoned ranges for the rest. The bar is what the model
      expects in eight draws of ten, the tick its middle, the ring what was observed, with a line where that is a range. Prices are of ${data.factsDate}, unless those of the system’s year were published with it.</p>
    <div class="scroll backtest" tabindex="0" role="region" aria-label="Published figures and predictions"><table class="data">
      <thead><tr><th scope="col">system</th><th scope="col">figure</th><th scope="col" class="num">observed</th>
        <th scope="col" class="num">predicted</th><th scope="col">lower <span aria-hidden="true">←</span> observed <span aria-hidden="true">→</span> higher</th><th scope="col">inside</th></tr></thead>
      <tbody>${data.figures.map(
        (
          figure,
        ) => html`<tr><th scope="row">${figure.name}, ${figure.year}<br><span class="note">${variantLabel(figure.variant)}</span></th>
        <td>${figure.what}<br><span class="note">${figure.unit}</span></td>
        <td class="num">${span(figure.observed)}</td>
        <td class="num">${span([figure.predicted[0]!, figure.predicted[2]!])}</td>
        <td>${strip(figure)}</td>
        <td>${figure.inside ? "yes" : html`<b>no</b>`}</td></tr>`,
      )}</tbody></table></div>
  </section>`;
}

function span(ends: number[]): string {
  const [least, most] = [ends[0]!, ends[1]!];
  return least === most ? exact(least) : `${exact(least)}–${exact(most)}`;
}

/** The prediction over the middle of what was observed, on a scale of ratios; the table beside it says the same. */
function strip({ observed, predicted, inside }: Figure): TemplateResult {
  const middle = Math.sqrt(observed[0]! * observed[1]!);
  const place = (value: number) => {
    const share = Math.log(value / middle) / Math.log(FARTHEST);
    return (WIDTH / 2) * (1 + Math.min(1, Math.max(-1, share)));
  };
  const [low, mid, high] = [place(predicted[0]!), place(predicted[1]!), place(predicted[2]!)];
  return html`<svg width=${WIDTH} height=${HEIGHT} viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true" class=${inside ? nothing : "missed"}>
    ${svg`<line x1="0" x2=${WIDTH} y1="10" y2="10"></line>
      <rect x=${low} y="6" width=${Math.max(2, high - low)} height="8"></rect>
      <line class="tick" x1=${mid} x2=${mid} y1="3" y2="17"></line>
      <line class="seen" x1=${place(observed[0]!)} x2=${place(observed[1]!)} y1="10" y2="10"></line>
      <circle cx=${WIDTH / 2} cy="10" r="4"></circle>`}
  </svg>`;
}
