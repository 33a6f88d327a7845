/** What stands on paper only: what was assumed, where the figures come from, and the way back to the page. */

import { html, nothing, type TemplateResult } from "lit";
import {
  catalog,
  type Derivation,
  explain,
  type Fact,
  type Field,
  type Scenario,
  type Uncertainty,
  variantLabel,
  version,
} from "#engine";
import { formulaText } from "../engine/formula.ts";
import { own } from "../engine/paths.ts";
import { capital, count, exact, ranked, span, usd } from "../engine/words.ts";
import { type Context, shownByApproach } from "./context.ts";
import { changes } from "./differing.ts";
import { FIRST } from "./inputs.ts";
import { oddsOf } from "./odds.ts";
import { ownRange } from "./ownfacts.ts";
import { basis, presetOf, untouched } from "./presets.ts";
import { rangesOf } from "./said.ts";
import { inWords, readable, shownRange, unitBeside, unitShown } from "./values.ts";

/** Facts whose sources are noted: those on which the lead hangs most. */
const NOTED = 8;

/** Above the sentence: whose company it is, and when it was printed. */
export function paperHead({ state }: Context): TemplateResult {
  const name = presetOf(state.scenario)?.name ?? "A company of defaults";
  const made = changes(state.scenario);
  const today = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
  return html`<p class="paper-head">${name}, ${made === 0 ? "as the preset says" : `${count(made, "input")} changed`} · printed ${today}</p>`;
}

/** The variants that are not among the four, in one sentence. */
export function otherVariants(context: Context): TemplateResult | typeof nothing {
  const shown = new Set([...shownByApproach(context).values()].map(({ variant }) => variant));
  const others = context.comparison.variants.filter(({ variant }) => !shown.has(variant));
  if (others.length === 0) return nothing;
  const fitting = ranked(context.comparison).filter(({ variant }) => !shown.has(variant));
  const words = fitting.map(({ variant, totals }) => {
    const { p10, p90 } = oddsOf(context, variant)!.figures["totals.monthlyUsd"]!;
    return `${variantLabel(variant)} ${usd(totals.monthlyUsd)} (${span(p10, p90)})`;
  });
  const stopped = others.filter(({ feasible }) => !feasible).map(({ variant }) => variantLabel(variant));
  const not = stopped.length === 0 ? "" : `does not fit: ${stopped.join(", ")}`;
  return html`<p class="note">The other ${count(others.length, "variant")}, a month: ${[...words, ...(not ? [not] : [])].join("; ")}.</p>`;
}

/** Inputs, notes and the link. */
export function paperEnd(context: Context): TemplateResult {
  const { state } = context;
  const { fields } = catalog();
  const [values, before] = [rangesOf(state.scenario), rangesOf(untouched(state.scenario))];
  const assumed = fields.filter(
    ({ path, kind }) => kind !== "set" && (FIRST.includes(path) || own(state.scenario, path) !== undefined),
  );
  const row = (field: Field) => {
    const isOwn = own(state.scenario, field.path) !== undefined;
    const [now, old] = [values[field.path]!, before[field.path]!];
    const likeliest = readable(now.p50, field);
    return html`<tr><th scope="row">${isOwn ? "■ " : ""}${field.label}</th>
      <td class="num">${inWords(field, { p10: likeliest, p50: likeliest, p90: likeliest })} ${unitBeside(field)}</td>
      <td class="num">${now.p10 === now.p90 ? "" : shownRange(now, field)}</td>
      <td>${isOwn ? `yours; was ${inWords(field, old)}` : origin(field, basis(state.scenario))}</td></tr>`;
  };
  const changedFacts = Object.keys(state.scenario.facts ?? {});
  return html`<section class="section paper" aria-label="What was assumed">
    <header><p class="kicker">What was assumed</p></header>
    <h2>${changes(state.scenario) === 0 ? "All inputs are as the preset says" : "Inputs that differ from the preset are marked ■"}</h2>
    <table class="data"><thead><tr><th scope="col">Input</th><th scope="col" class="num">Value</th><th scope="col" class="num">Low–high</th><th scope="col">From</th></tr></thead>
      <tbody>${assumed.map(row)}${changedFacts.map((id) => {
        const fact = factOf(id);
        return html`<tr><th scope="row">■ ${fact.label}</th><td class="num" colspan="2">${shownRange(ownRange(state.scenario, fact), fact)} ${unitShown(fact)}</td>
          <td>yours; was ${shownRange(fact, fact)}</td></tr>`;
      })}</tbody></table>
    <p class="note">All other inputs stand at their defaults; the page lists them with their sources.</p>
  </section>
  ${notes(context)}
  <p class="paper-link">This page again: ${location.href}</p>`;
}

/** The formula of the answer, and the sources of the facts on which it hangs most. */
function notes(context: Context): TemplateResult | typeof nothing {
  const { comparison, state, answers } = context;
  if (!comparison.best) return nothing;
  const derivation = explain(state.scenario, { variant: comparison.best, metric: "totals.monthlyUsd" });
  const facts = (answers.sensitivity?.tornado ?? [])
    .filter(({ path }) => path.startsWith("facts."))
    .slice(0, NOTED)
    .map(({ path }) => factOf(path.slice(6)));
  return html`<section class="section paper" aria-label="Notes"><header><p class="kicker">Notes</p></header>
    <ol class="notes">
      <li>${capital(variantLabel(comparison.best))}, all-in a month: ${formulaOf(derivation)}.</li>
      ${facts.map((fact) => html`<li>${capital(fact.label)}: ${shownRange(fact, fact)} ${unitShown(fact)}. ${noted(fact)}</li>`)}
    </ol></section>`;
}

function formulaOf({ steps }: Derivation): string {
  const [root] = steps;
  return root?.formula ? formulaText(root.formula, (index) => steps[index]!.label) : "";
}

function noted({ source, date, confidence, estimate }: Fact): string {
  return `${source}, ${date}; ${confidence} confidence${estimate ? ", an estimate" : ""}.`;
}

function factOf(id: string): Fact {
  return catalog().facts.find((fact) => fact.id === id)!;
}

/** Where an input's value comes from that the reader has not changed. */
function origin(field: Field, preset: Scenario): string {
  if (own(preset, field.path) !== undefined) return "the preset";
  const fact = catalog().facts.find(({ id }) => id === field.defaultFact);
  return fact ? `${fact.source}, ${fact.date}` : field.because;
}

let foot: CSSStyleSheet | undefined;

/** The line at the foot of every sheet. Where a browser prints its own, it stands there instead. */
export function setFoot({ draws, seed }: Uncertainty): void {
  const { model, facts } = version();
  const words = `moving-parts · model ${model}, facts of ${facts.date} · seed ${seed}, ${exact(draws)} draws`;
  foot ??= new CSSStyleSheet();
  foot.replaceSync(
    `@page { @bottom-left { content: "${words}"; } @bottom-right { content: counter(page) " / " counter(pages); } }`,
  );
  if (!document.adoptedStyleSheets.includes(foot)) document.adoptedStyleSheets = [...document.adoptedStyleSheets, foot];
}
