/** How a number comes to be: its formula, and the figures in it down to inputs and facts with their sources. */

import { html, nothing, type TemplateResult } from "lit";
import { catalog, type Derivation, explain, type Fact, type MovingPartsError, type Step, variantLabel } from "#engine";
import { defaultOf, factAt } from "../engine/byname.ts";
import { formulaText, stepsOf } from "../engine/formula.ts";
import { own } from "../engine/paths.ts";
import { count, exact, short, usd } from "../engine/words.ts";
import type { Context } from "./context.ts";
import { leaveDerivation } from "./focus.ts";
import { oddsOf } from "./odds.ts";
import { outside } from "./outcome.ts";
import { ownRange, replaceFact } from "./ownfacts.ts";
import { refusalAt } from "./refusals.ts";
import { shownRange } from "./values.ts";

/** Rows shown of a long list of operands before the rest is asked for. */
const SHOWN = 6;

export function derivationPanel(
  context: Context,
  question: { variant: string; metric: string; month?: number },
): TemplateResult {
  const { state, go } = context;
  const close = () => {
    go({ ...state, view: { ...state.view, open: undefined } });
    leaveDerivation();
  };
  return html`<section class="inputs derivation" data-kind="derivation" tabindex="-1" aria-label="How this number comes to be">
    <header><button class="link-button back" @click=${close}>← Your company</button><button class="text-button" @click=${close}>Close (Esc)</button></header>
    ${body(context, question)}
  </section>`;
}

function body(context: Context, question: { variant: string; metric: string; month?: number }): TemplateResult {
  if (question.metric.startsWith("facts.")) return factAlone(context, question.metric.slice(6));
  let derivation: Derivation;
  try {
    derivation = explain(context.state.scenario, question);
  } catch (error) {
    if ((error as MovingPartsError).name !== "MovingPartsError") throw error;
    return html`<p class="notice" role="alert">${(error as Error).message}</p>`;
  }
  const [root] = derivation.steps;
  const month = question.month === undefined ? "" : `, month ${question.month}`;
  return html`<p class="trail">${variantLabel(question.variant)}${month}</p>
    ${heading(context, question, root!)}
    ${formula(derivation, root!)}
    ${operands(context, derivation, root!, "")}
    <p class="note">${count(derivation.steps.length, "figure")} in all. Yellow: yours. The rest is computed, or a fact with its source.</p>`;
}

/**
 * The number that was opened, and what is derived. The page shows means over the draws, which cannot be worked out by hand:
 * where the one at the likeliest values is another, it stands second, with why.
 */
function heading(
  context: Context,
  { variant, metric, month }: { variant: string; metric: string; month?: number },
  root: Step,
): TemplateResult {
  const label = root.label || metric;
  const odds = oddsOf(context, variant);
  const monthly = metric === "totals.monthlyUsd" && month !== undefined ? odds?.monthly : undefined;
  const at = (key: "mean" | "p10" | "p90") => (monthly ? monthly[key][month! - 1]! : odds!.figures[metric]![key]);
  const drawn = odds && (monthly || (month === undefined && odds.figures[metric]));
  const own = html`<span class="big">${figure(root)}</span> <span class="note">${unit(root)}</span>`;
  if (!drawn || Math.abs(at("mean") - root.value) <= 0.005 * Math.abs(at("mean"))) {
    return html`<p>${own}</p><p>${label}, at the likeliest values.</p>`;
  }
  const mean = at("mean");
  const show = root.unit.startsWith("USD") ? (value: number) => usd(value, 3) : (value: number) => short(value, 3);
  const up = mean > root.value;
  const why = outside({ mean, p10: at("p10"), p90: at("p90") });
  return html`<p><span class="big">${show(mean)}</span> <span class="note">${unit(root)}</span></p>
    <p>${label}: the mean over ${exact(context.answers.now.said.draws)} draws (${show(at("p10"))}–${show(at("p90"))} in eight of ten${why === "" ? "" : `; ${why}`}). It cannot be
      worked out by hand. What follows is the same at the likeliest values, ${show(Math.abs(mean - root.value))} ${up ? "lower" : "higher"}, as
      the draws reach further ${up ? "up than down" : "down than up"}:</p>
    <p>${own}</p>`;
}

const money = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", maximumSignificantDigits: 6 });

/** Dollars in full, so that a sum can be checked by hand. */
function dollars(value: number): string {
  return money.format(value);
}

/** A value with the precision that a check by hand needs. */
function figure(step: Step): string {
  return step.unit.startsWith("USD")
    ? dollars(step.value)
    : step.unit === "share"
      ? `${exact(Number((step.value * 100).toPrecision(4)))} %`
      : exact(Number(step.value.toPrecision(5)));
}

function unit(step: Step): string {
  return step.unit.replace(/^USD\/?/, step.unit === "USD" ? "" : "per ").replace(/^share/, "");
}

function name(derivation: Derivation) {
  return (index: number) => {
    const step = derivation.steps[index]!;
    return step.month === undefined ? step.label : `${step.label} (month ${step.month})`;
  };
}

function formula(derivation: Derivation, step: Step): TemplateResult | typeof nothing {
  if (!step.formula) return nothing;
  return html`<p class="formula">${formulaText(step.formula, name(derivation))}</p>`;
}

function operands(context: Context, derivation: Derivation, step: Step, at: string): TemplateResult | typeof nothing {
  if (!step.formula) return nothing;
  const all = stepsOf(step.formula);
  const whole = context.opened.has(`${at}/all`);
  const shown = whole || all.length <= SHOWN + 1 ? all : all.slice(0, SHOWN);
  return html`<div class="tree">
    ${shown.map((index) => operand(context, derivation, derivation.steps[index]!, `${at}/${index}`))}
    ${
      shown.length === all.length
        ? nothing
        : html`<button class="link-button" @click=${() => toggle(context, `${at}/all`)}>${all.length - shown.length} more of the same kind</button>`
    }</div>`;
}

function toggle(context: Context, key: string): void {
  const { opened, redraw } = context;
  if (!opened.delete(key)) opened.add(key);
  redraw();
}

function operand(context: Context, derivation: Derivation, step: Step, at: string): TemplateResult {
  const label = step.month === undefined ? step.label : `${step.label}, month ${step.month}`;
  if (step.input !== undefined) {
    const id = step.input.startsWith("facts.") ? step.input.slice(6) : undefined;
    const mine = id === undefined || own(context.state.scenario, step.input) !== undefined;
    const value = html`<span class="value ${mine ? "mine" : ""}">${figure(step)}</span>`;
    return html`<div>${value} ${label} <span class="note">${unit(step)}</span>${id === undefined ? yours(step.input) : source(context, id)}</div>`;
  }
  const open = context.opened.has(at);
  return html`<div><span class="value">${figure(step)}</span>
    <button class="link-button" aria-expanded=${open} @click=${() => toggle(context, at)}>${label}</button> <span class="note">${unit(step)}</span>
    ${open ? html`${formula(derivation, step)}${operands(context, derivation, step, at)}` : nothing}</div>`;
}

/** An input of the scenario: where its default comes from. */
function yours(path: string): TemplateResult {
  // What stands in a list has no default.
  const field = catalog().fields.find((field) => field.path === path);
  const fact = field && defaultOf(field);
  const from = fact
    ? `The default is ${shownRange(fact, fact)} ${fact.unit}: ${fact.source}, ${fact.date}.`
    : (field?.because ?? "");
  return html`<p class="source">yours: ${path}${from ? html`. ${from}` : nothing}</p>`;
}

function source(context: Context, id: string): TemplateResult {
  const fact = factAt(id);
  const { state, refusals, opened } = context;
  const place = `facts.${id}`;
  const held = () => shownRange(ownRange(state.scenario, fact), fact);
  const wrong = refusalAt(refusals, place, held);
  const key = `own/${id}`;
  const take = (event: Event) => {
    const { value: text } = event.target as HTMLInputElement;
    const reason = replaceFact(context, id, text);
    if (reason === undefined) return;
    refusals.set(place, { text, reason, held: held() });
    context.redraw();
  };
  const range = fact.p10 === fact.p90 ? nothing : html` <span class="note">range ${shownRange(fact, fact)}</span>`;
  const edit = opened.has(key)
    ? html`<span class="own"><input type="text" aria-label="Your own value: ${fact.label}" .value=${wrong?.text ?? ""} aria-invalid=${wrong ? "true" : "false"} @change=${take}> ${fact.unit}</span>${wrong ? html`<span class="refused" role="alert">${wrong.reason}</span>` : nothing}`
    : html`<button class="link-button" @click=${() => toggle(context, key)}>use my own</button>`;
  return html`${range}<p class="source">${fact.source}. ${fact.note}</p>
    <p class="source">${age(fact)} ${fact.confidence} confidence${fact.estimate ? ", estimate" : ""} · ${edit}</p>`;
}

/** The age of a fact, against the newest of the price book: there is no clock in a link. */
function age(fact: Fact): TemplateResult {
  const months = (date: string) => {
    const [year, month] = date.split("-");
    return Number(year) * 12 + (month ? Number(month) : 6);
  };
  const old = months(catalog().factsDate) - months(fact.date.slice(0, 7));
  const words =
    old < 6
      ? fact.date
      : old < 24
        ? `${short(Math.max(1, Math.round(old)))} months old`
        : `${Math.round(old / 12)} years old`;
  return html`<span class="badge ${old < 6 ? "" : old < 24 ? "middle" : "old"}" title=${fact.date}>${words}</span>`;
}

function factAlone(context: Context, id: string): TemplateResult {
  const fact = catalog().facts.find((fact) => fact.id === id);
  if (!fact) return html`<p class="notice" role="alert">There is no fact “${id}”.</p>`;
  return html`<p><span class="big">${exact(fact.p50)}</span> <span class="note">${fact.unit}</span></p><p>${fact.label}</p>${source(context, id)}`;
}
