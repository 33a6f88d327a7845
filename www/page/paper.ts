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
import { defaultOf, factAt } from "../engine/byname.ts";
import { formulaText } from "../engine/formula.ts";
import { own } from "../engine/paths.ts";
import { capital, count, exact, ranked, span, usd } from "../engine/words.ts";
import { type Context, shownByApproach } from "./context.ts";
import { changes, differs, factsOf } from "./differing.ts";
import { growthSaid } from "./growth.ts";
import { FIRST } from "./inputs.ts";
import { oddsOf } from "./odds.ts";
import { optionLabel } from "./options.ts";
import { ownRange } from "./ownfacts.ts";
import { basis, presetOf, untouched } from "./presets.ts";
import { rangesOf, setsOf } from "./said.ts";
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
  return html`<section class="section paper" aria-label="What was assumed">
    <header><p class="kicker">What was assumed</p></header>
    <h2>${changes(state.scenario) === 0 ? "All inputs are as the preset says" : "Inputs that differ from the preset are marked ■"}</h2>
    <table class="data"><thead><tr><th scope="col">Input</th><th scope="col" class="num">Value</th><th scope="col" class="num">Low–high</th><th scope="col">From</th></tr></thead>
      <tbody>${assumed(state.scenario)}</tbody></table>
    <p class="note">All other inputs stand at their defaults; the page lists them with their sources.</p>
  </section>
  ${notes(context)}
  <p class="paper-link">This page again: ${location.href}</p>`;
}

/** A row for whatever stands first, and for whatever the preset or the reader says. */
function assumed(scenario: Scenario): TemplateResult[] {
  const [company, preset] = [untouched(scenario), basis(scenario)];
  const said = ({ path }: Field) => [scenario, preset].some((one) => own(one, path) !== undefined);
  const inputs = catalog()
    .fields.filter((field) => FIRST.includes(field.path) || said(field))
    .map((field) => {
      const isOwn = differs(field, company, scenario);
      const from = isOwn ? `yours; was ${held(field, company)}` : origin(field, preset);
      return row(isOwn, field.label, value(field, scenario), from);
    });
  const load = growthSaid(company, scenario)
    .filter(({ isEmpty }) => !isEmpty)
    .map(({ label, before, after, isOther }) =>
      row(isOther, capital(label), wide(after), isOther ? `yours; was ${before}` : "the preset"),
    );
  const facts = Object.keys(factsOf(scenario)).map((id) => {
    const fact = factAt(id);
    const [now, old] = [scenario, company].map((one) => shownRange(ownRange({ facts: factsOf(one) }, fact), fact));
    const isOwn = now !== old;
    return row(isOwn, fact.label, wide(`${now} ${unitShown(fact)}`), isOwn ? `yours; was ${old}` : "the preset");
  });
  return [...inputs, ...load, ...facts];
}

function row(isOwn: boolean, label: string, cells: TemplateResult, from: string): TemplateResult {
  return html`<tr><th scope="row">${isOwn ? "■ " : ""}${label}</th>${cells}<td>${from}</td></tr>`;
}

/** What is no number and no range of one. */
function wide(words: string): TemplateResult {
  return html`<td colspan="2">${words}</td>`;
}

/** The likeliest value of an input and where it lies, or the names in a set. */
function value(field: Field, scenario: Scenario): TemplateResult {
  if (field.kind === "set") return wide(held(field, scenario));
  const range = rangesOf(scenario)[field.path]!;
  const likeliest = readable(range.p50, field);
  return html`<td class="num">${inWords(field, { p10: likeliest, p50: likeliest, p90: likeliest })} ${unitBeside(field)}</td>
    <td class="num">${range.p10 === range.p90 ? "" : shownRange(range, field)}</td>`;
}

/** What an input holds, in words. */
function held(field: Field, scenario: Scenario): string {
  if (field.kind !== "set") return inWords(field, rangesOf(scenario)[field.path]!);
  const names = setsOf(scenario)[field.path]!;
  return names.length === 0 ? "none" : names.map((name) => optionLabel(field, name)).join(", ");
}

/** The formula of the answer, and the sources of the facts on which it hangs most. */
function notes(context: Context): TemplateResult | typeof nothing {
  const { comparison, state, answers } = context;
  if (!comparison.best) return nothing;
  const derivation = explain(state.scenario, { variant: comparison.best, metric: "totals.monthlyUsd" });
  const facts = (answers.sensitivity?.tornado ?? [])
    .filter(({ path }) => path.startsWith("facts."))
    .slice(0, NOTED)
    .map(({ path }) => factAt(path.slice(6)));
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

/** Where an input's value comes from that the reader has not changed. */
function origin(field: Field, preset: Scenario): string {
  if (own(preset, field.path) !== undefined) return "the preset";
  const fact = defaultOf(field);
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
