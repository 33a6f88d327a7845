/** How well published systems are predicted: what `cargo xtask backtest` found, misses included. */

import { median } from "d3-array";
import { html, nothing, svg, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { variantLabel } from "#engine";
import { count, exact } from "../engine/words.ts";
import data from "./backtest.json" with { type: "json" };
import type { Context } from "./context.ts";
import { fileButtons, type Table } from "./section.ts";
import { sideways } from "./sideways.ts";

/** The scale of a row: from a sixteenth of what was observed to sixteen times as much. */
const FARTHEST = 16;
const WIDTH = 240;
const HEIGHT = 20;

/** Room for what stands at its ends. */
const MARGIN = 5;

type Figure = (typeof data.figures)[number];

/** The kinds of figures, by their units. */
const KINDS: [name: string, unit: string][] = [
  ["bills", "USD/month"],
  ["people", "hours/month"],
  ["machines", "machines"],
  ["downtime", "hours/year"],
];

/** By which factor the middle one of some predictions is off, up or down. */
function medianFactor(figures: Figure[]): number {
  return median(figures, ({ timesObserved }) => Math.max(timesObserved, 1 / timesObserved))!;
}

/** The record, drawn once: nothing of the page's state changes it. */
export function backtestSection({ refuse }: Context): TemplateResult {
  return html`${guard([], () => record(refuse))}`;
}

/** The figures, those outside first. */
function outsideFirst(): Figure[] {
  return [...data.figures].sort((a, b) => Number(a.inside) - Number(b.inside));
}

function record(refuse: Context["refuse"]): TemplateResult {
  const { figures } = data;
  const inside = figures.filter((figure) => figure.inside);
  const systems = new Set(figures.map(({ name, year }) => `${name} ${year}`)).size;
  const factorOf = (unit: string) => `${medianFactor(figures.filter((one) => one.unit === unit)).toFixed(1)}×`;
  const factors = KINDS.map(([name, unit]) => `${name} ${factorOf(unit)}`);
  return html`<section class="section" aria-labelledby="backtest-finding">
    <header><p class="kicker">How well it predicts</p><div>
      ${fileButtons({ refuse }, "backtest", numbers, ".record table")}
    </div></header>
    <h2 id="backtest-finding">${inside.length} of ${figures.length} published figures lie where the model says; the median bill is off by
      ${data.medianBillFactor.toFixed(1)}×, downtime by ${factorOf("hours/year")}</h2>
    <p class="under">${count(systems, "system")}, each described by what was published of it, with reasoned ranges for the rest. A dot is a figure: how far
      the middle of what the model expects lies from what was observed. Inside means that what is expected in
      eight draws of ten meets what was observed, be it a figure or a range; a hollow dot lies outside. Median errors by kind: ${factors.join(", ")}. Prices are of ${data.factsDate}, unless those of the system’s year were published with it.</p>
    ${sideways("Figures inside, by variant", byVariant(), "record")}
    <details class="every-figure"><summary>All ${figures.length} figures, those outside first</summary>
    <p class="note">The bar is what the model expects in eight draws of ten, the tick its middle, the ring what was observed, with a line where that
      is a range.</p>
    ${sideways("Published figures and predictions", byFigure(), "backtest")}</details>
  </section>`;
}

function byVariant(): TemplateResult {
  return html`<table class="data">
    <thead><tr><th scope="col">run as</th><th scope="col" class="num">inside</th><th scope="col" class="num">median off by</th>
      <th scope="col">predicted, to what was observed
        <span class="ends"><span><span aria-hidden="true">←</span> lower</span> <span>higher <span aria-hidden="true">→</span></span></span></th></tr></thead>
    <tbody>${data.variants.map(ofVariant)}</tbody></table>`;
}

function byFigure(): TemplateResult {
  return html`<table class="data">
      <thead><tr><th scope="col">system</th><th scope="col">figure</th><th scope="col" class="num">observed</th>
        <th scope="col" class="num">predicted</th><th scope="col">lower <span aria-hidden="true">←</span> observed <span aria-hidden="true">→</span> higher</th><th scope="col">inside</th></tr></thead>
      <tbody>${outsideFirst().map(
        (
          figure,
        ) => html`<tr><th scope="row">${figure.name}, ${figure.year}<br><span class="note">${variantLabel(figure.variant)}</span></th>
        <td>${figure.what}<br><span class="note">${figure.unit}</span></td>
        <td class="num">${span(figure.observed)}</td>
        <td class="num">${span([figure.predicted[0]!, figure.predicted[2]!])}</td>
        <td>${strip(figure)}</td>
        <td>${figure.inside ? "yes" : html`<b>no</b>`}</td></tr>`,
      )}</tbody></table>`;
}

/** All figures as a file. */
function numbers(): Table {
  return {
    columns: [
      "system",
      "year",
      "run as",
      "figure",
      "unit",
      "observed, low",
      "observed, high",
      "predicted, p10",
      "predicted, p50",
      "predicted, p90",
      "inside",
    ].map((name) => ({ name })),
    rows: outsideFirst().map(({ name, year, variant, what, unit, observed, predicted, inside }) => [
      name,
      year,
      variantLabel(variant),
      what,
      unit,
      ...observed,
      ...predicted,
      inside ? "yes" : "no",
    ]),
  };
}

/** What is known of a variant: how many of its figures lie inside, and how far off the middles are. */
function ofVariant({ variant, figures, inside, medianErrorFactor }: (typeof data.variants)[number]): TemplateResult {
  // In shares of the width, which is another on a phone; what is drawn there keeps its size.
  const at = (times: number) => `${(place(times) / WIDTH) * 100}%`;
  return html`<tr><th scope="row">${variantLabel(variant)}</th>
    <td class="num">${figures === 0 ? "no figure" : `${inside} of ${figures}`}</td>
    <td class="num">${medianErrorFactor === null ? "" : `${medianErrorFactor.toFixed(1)}×`}</td>
    <td><svg height=${HEIGHT} aria-hidden="true">
      ${svg`<line x1="0" x2="100%" y1="10" y2="10"></line><line class="seen" x1="50%" x2="50%" y1="3" y2="17"></line>
        ${data.figures
          .filter((figure) => figure.variant === variant)
          .map(
            (figure) =>
              svg`<circle cx=${at(figure.timesObserved)} cy="10" r="4" class=${figure.inside ? "inside" : nothing}></circle>`,
          )}`}
    </svg></td></tr>`;
}

function span(ends: number[]): string {
  const [least, most] = [ends[0]!, ends[1]!];
  return least === most ? exact(least) : `${exact(least)}–${exact(most)}`;
}

/** Where so many times what was observed stands on the scale. */
function place(times: number): number {
  const share = Math.log(times) / Math.log(FARTHEST);
  return WIDTH / 2 + (WIDTH / 2 - MARGIN) * Math.min(1, Math.max(-1, share));
}

/** The prediction over what was observed; the table beside it says the same. */
function strip({ observed, predicted, inside }: Figure): TemplateResult {
  const middle = Math.sqrt(observed[0]! * observed[1]!);
  const at = (value: number) => place(value / middle);
  const [low, mid, high] = [at(predicted[0]!), at(predicted[1]!), at(predicted[2]!)];
  return html`<svg width=${WIDTH} height=${HEIGHT} viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true" class=${inside ? nothing : "missed"}>
    ${svg`<line x1="0" x2=${WIDTH} y1="10" y2="10"></line>
      <rect x=${low} y="6" width=${Math.max(2, high - low)} height="8"></rect>
      <line class="tick" x1=${mid} x2=${mid} y1="3" y2="17"></line>
      <line class="seen" x1=${at(observed[0]!)} x2=${at(observed[1]!)} y1="10" y2="10"></line>
      <circle cx=${WIDTH / 2} cy="10" r="4"></circle>`}
  </svg>`;
}
