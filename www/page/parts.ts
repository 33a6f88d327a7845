/** The moving parts of a variant: list and graph in one figure. */

import { sum } from "d3-array";
import { html, nothing, svg, type TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";
import { catalog, type Outcome, type Part, type PartPrice, partPrices, variantLabel } from "#engine";
import { factAt } from "../engine/byname.ts";
import { count, exact, few, named, usd } from "../engine/words.ts";
import { type Context, computed } from "./context.ts";
import { nearest } from "./nofit.ts";
import { ownRange } from "./ownfacts.ts";
import { fileButtons, sectionRole, type Table } from "./section.ts";
import { sideways } from "./sideways.ts";
import { likeliest } from "./terms.ts";

const LAYERS: Part["layer"][] = ["delivery", "front", "application", "data", "machines", "beside"];
const WHO: Record<Part["responsibility"], string> = { selfRun: "this team", managed: "shared", used: "provider" };
const ROW = 28;
const HEAD = 56;

export function partsSection(context: Context): TemplateResult {
  const { state, go, comparison } = context;
  const near = nearest(context);
  const wanted = state.view.parts ?? comparison.best ?? near?.variant;
  const outcome = comparison.variants.find((outcome) => outcome.variant === wanted) ?? comparison.variants[0]!;
  const { complexity } = outcome;
  const open = (text: string, metric: string, what: string) =>
    computed(context, text, { variant: outcome.variant, metric }, `${what}, ${variantLabel(outcome.variant)}`);
  return html`<section class="section" role=${sectionRole()} data-variant=${outcome.variant} aria-labelledby="parts-finding">
    <header><p class="kicker">The parts</p><div>
      <label class="note">of <select class="text-button" @change=${(event: Event) =>
        go({ ...state, view: { ...state.view, parts: (event.target as HTMLSelectElement).value } })}>
        ${catalog().variants.map((variant) => html`<option value=${variant.id} ?selected=${variant.id === outcome.variant}>${variant.label}</option>`)}
      </select></label>
      ${fileButtons(context, "parts", () => numbers(context, outcome), ".parts")}
    </div></header>
    <h2 id="parts-finding">${open(String(complexity.parts), "complexity.parts", "moving parts")} moving ${named(String(complexity.parts), "part")},
      ${open(String(complexity.interfaces), "complexity.interfaces", "interfaces")} ${named(String(complexity.interfaces), "place")} where they touch;
      ${open(String(complexity.selfRun), "complexity.selfRun", "parts run by this team")} ${named(String(complexity.selfRun), "is", "are")} this team’s alone</h2>
    <p class="under">${
      near && state.view.parts === undefined
        ? `Nothing fits in most draws; these are the parts of what ${near.fits > 0 ? "comes nearest" : "would cost least"}, ${variantLabel(outcome.variant)}. `
        : nothing
    }Filled: run by this team. Tinted: shared. Hollow: the provider’s. What a part costs a month is what would go with it, ${likeliest()}.
      The longest chain has
      ${open(String(complexity.longestChain), "complexity.longestChain", "longest chain")} ${named(String(complexity.longestChain), "part")};
      ${open(String(complexity.skills), "complexity.skills", "skills")} ${named(String(complexity.skills), "skill")}, so
      ${open(String(outcome.labour.minimumTeam), "labour.minimumTeam", "people at least")} ${named(String(outcome.labour.minimumTeam), "person", "people")} if each is to be held by two.</p>
    ${figure(context, outcome)}
  </section>`;
}

/** The parts, layer by layer. */
function layered({ complexity }: Outcome): Outcome["complexity"]["stack"] {
  return [...complexity.stack].sort((a, b) => LAYERS.indexOf(a.part.layer) - LAYERS.indexOf(b.part.layer));
}

function pricesOf({ state }: Context, { variant }: Outcome): PartPrice[] {
  return partPrices(state.scenario, { variant });
}

function figure(context: Context, outcome: Outcome): TemplateResult {
  const rows = layered(outcome);
  const index = new Map(rows.map(({ part }, place) => [part.id, place]));
  const arcs = outcome.complexity.interfaceList.map(({ from, to }) => ({
    from,
    to,
    a: index.get(from.id)!,
    b: index.get(to.id)!,
  }));
  // The arcs of the part that is pointed at are drawn bold.
  const { pointed } = context;
  const near = new Set(
    arcs
      .filter(({ from, to }) => from.id === pointed.part || to.id === pointed.part)
      .flatMap(({ from, to }) => [from.id, to.id]),
  );
  const focus = (id: string | undefined) => {
    pointed.part = id;
    context.redraw();
  };
  const height = HEAD + rows.length * ROW;
  const prices = new Map(pricesOf(context, outcome).map((price) => [price.part.id, price]));
  const table = html`<table>
      <thead><tr><th scope="col">part</th><th scope="col" class="wide layer">layer</th><th scope="col">who answers</th>
        <th scope="col" class="wide">keeps data</th><th scope="col" class="num wide">upgrades a year</th><th scope="col" class="num wide">hours each</th><th scope="col" class="num">hours a month</th><th scope="col" class="num">cost a month</th></tr></thead>
      <tbody>${rows.map(({ part, times }, place) => {
        const first = place === 0 || rows[place - 1]!.part.layer !== part.layer;
        const neighbours = arcs.filter(({ from, to }) => from.id === part.id || to.id === part.id).length;
        return html`<tr class="${first ? "first" : ""} ${near.has(part.id) ? "near" : ""}" @pointerenter=${() => focus(part.id)} @pointerleave=${() => focus(undefined)}>
          <th scope="row" title=${part.name}><span class="square" data-kind=${part.responsibility}></span>${part.name}${times > 1 ? ` ×\u00a0${times}` : ""}<span class="hidden">, touches ${count(neighbours, "other")}</span></th>
          <td class="wide layer">${first ? part.layer : html`<span class="hidden">${part.layer}</span>`}</td><td>${WHO[part.responsibility]}</td>
          <td class="wide">${part.stateful ? "yes" : nothing}</td>
          <td class="num wide">${fact(context, outcome, part, 0)}</td><td class="num wide">${fact(context, outcome, part, 1)}</td>
          <td class="num">${signed(prices.get(part.id)?.hoursPerMonth ?? 0, few)}</td><td class="num">${signed(prices.get(part.id)?.usdPerMonth ?? 0, usd)}</td></tr>`;
      })}</tbody>
      <tfoot>${remainder(context, outcome, [...prices.values()])}</tfoot>
    </table>`;
  return html`<div class="parts">
    <svg viewBox="0 0 150 ${height}" preserveAspectRatio="none" aria-hidden="true" ${ref((element) => sized(element, height))}>
      ${arcs.map(({ from, to, a, b }) => {
        const y1 = HEAD + a * ROW + ROW / 2;
        const y2 = HEAD + b * ROW + ROW / 2;
        const reach = Math.min(146, 14 + Math.abs(a - b) * 9);
        const on = from.id === pointed.part || to.id === pointed.part;
        return svg`<path class=${on ? "on" : ""} d="M150 ${y1}C${150 - reach} ${y1} ${150 - reach} ${y2} 150 ${y2}"></path>`;
      })}
    </svg>
    ${sideways("The parts, as a table", table)}</div>`;
}

/** What goes with no part alone: shared skills, the load itself, downtime. With it the parts add up to the bill. */
const REMAINDER = "what goes with no part alone";

function restOf(
  { likeliest: all }: Context,
  { variant }: Outcome,
  prices: PartPrice[],
): { hours: number; usd: number } {
  const { totals, labour } = all.variants.find((one) => one.variant === variant)!;
  return {
    hours: labour.hoursPerMonth - sum(prices, ({ hoursPerMonth }) => hoursPerMonth),
    usd: totals.monthlyUsd - sum(prices, ({ usdPerMonth }) => usdPerMonth),
  };
}

function remainder(context: Context, outcome: Outcome, prices: PartPrice[]): TemplateResult {
  const rest = restOf(context, outcome, prices);
  return html`<tr><th scope="row">${REMAINDER}</th><td class="wide layer"></td><td></td><td class="wide"></td><td class="num wide"></td><td class="num wide"></td>
    <td class="num">${signed(rest.hours, few)}</td><td class="num">${signed(rest.usd, usd)}</td></tr>`;
}

/** The list as a file, its last row as what is left of the bill. */
function numbers(context: Context, outcome: Outcome): Table {
  const prices = pricesOf(context, outcome);
  const rest = restOf(context, outcome, prices);
  const priced = new Map(prices.map((price) => [price.part.id, price]));
  return {
    columns: [
      { name: "part" },
      { name: "times" },
      { name: "layer" },
      { name: "who answers" },
      { name: "keeps data" },
      { name: "upgrades a year" },
      { name: "hours each" },
      { name: "hours a month" },
      { name: "cost a month", unit: "USD" },
    ],
    rows: [
      ...layered(outcome).map(({ part, times }) => [
        part.name,
        times,
        part.layer,
        WHO[part.responsibility],
        part.stateful ? "yes" : "no",
        factOf(context, part, 0)?.value,
        factOf(context, part, 1)?.value,
        priced.get(part.id)?.hoursPerMonth ?? 0,
        priced.get(part.id)?.usdPerMonth ?? 0,
      ]),
      [REMAINDER, ...Array(6).fill(undefined), rest.hours, rest.usd],
    ],
  };
}

/** A price as it is shown: nothing for nothing, and a minus for what a part saves. */
function signed(value: number, show: (value: number) => string): string {
  const size = Math.abs(value);
  if (size < 0.005) return "";
  return `${value < 0 ? "−" : ""}${show(size)}`;
}

/** The arcs lie beside the rows: both have the same height, whatever the text does. */
function sized(element: Element | undefined, height: number): void {
  (element as SVGElement | undefined)?.style.setProperty("height", `${height}px`);
}

/** A fact of a part, the reader's own value of it if there is one. */
function factOf(
  { state }: Context,
  part: Part,
  place: 0 | 1,
): { id: string; label: string; value: number } | undefined {
  const id = part.facts?.[place];
  if (id === undefined) return undefined;
  const fact = factAt(id);
  return { id, label: fact.label, value: ownRange(state.scenario, fact).p50 };
}

/** It opens as a derivation of its own, which shows the source. */
function fact(context: Context, { variant }: Outcome, part: Part, place: 0 | 1): TemplateResult | typeof nothing {
  const known = factOf(context, part, place);
  if (!known) return nothing;
  return computed(context, exact(known.value), { variant, metric: `facts.${known.id}` }, known.label);
}
