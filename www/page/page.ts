/** The whole page, as a function of its state. */

import { html, nothing, type TemplateResult } from "lit";
import { catalog, presets, version } from "#engine";
import { exact } from "../engine/words.ts";
import { approachesSection } from "./approaches.ts";
import { backtestSection } from "./backtest.ts";
import type { Context } from "./context.ts";
import { derivationPanel } from "./derivation.ts";
import { exportMenu } from "./export.ts";
import { goOn } from "./focus.ts";
import { gallerySection } from "./gallery.ts";
import { inputsPanel } from "./inputs.ts";
import { mapSection } from "./map.ts";
import { mattersSection } from "./matters.ts";
import { needsSection } from "./needs.ts";
import { notice } from "./notice.ts";
import { asSeen } from "./onscreen.ts";
import { openMenu } from "./open.ts";
import { otherVariants, paperEnd, paperHead } from "./paper.ts";
import { partsSection } from "./parts.ts";
import { pinBar } from "./pin.ts";
import { presetOf } from "./presets.ts";
import { linkOf } from "./said.ts";
import { inShort, sentence } from "./sentence.ts";
import { shocks } from "./shocks.ts";
import { slopeSection } from "./slope.ts";
import { emptyView, type State } from "./state.ts";
import { sureSection } from "./sure.ts";
import { switchSection } from "./switch.ts";
import { term, termBox } from "./terms.ts";
import { timeSection } from "./time.ts";

export function page(context: Context): TemplateResult {
  const { state, refused, theme, go } = context;
  const based = state.scenario.preset ?? "";
  return html`
    <a class="skip" href="#answer" @click=${skip("answer")}>Skip to the answer</a>
    <a class="skip" href="#inputs" @click=${skip("inputs")}>Skip to the inputs</a>
    <header class="bar">
      <h1 class="wordmark">moving-parts</h1>
      <label><span class="hidden">Company</span>
        <select id="preset" .value=${based} @change=${(event: Event) => {
          const id = (event.target as HTMLSelectElement).value;
          go({
            scenario: id === "" ? {} : ({ preset: id } as State["scenario"]),
            view: { ...emptyView(), theme: state.view.theme },
          });
        }}>
          <option value="" ?selected=${based === ""}>A company of defaults</option>
          ${presets().map((preset) => html`<option value=${preset.id} ?selected=${preset.id === based}>${preset.name}</option>`)}
        </select>
      </label>
      <nav aria-label="Page">
        ${openMenu(context)}
        <button class="text-button" ?disabled=${context.undo === undefined} @click=${() => {
          // Once nothing is left to be undone, the button rests.
          addEventListener("popstate", () => setTimeout(() => goOn(document, () => document.getElementById("pin"))), {
            once: true,
          });
          context.undo?.();
        }}>Undo</button>
        <button class="text-button" id="pin" aria-pressed=${state.view.pin !== undefined} @click=${() =>
          go({
            ...state,
            view: { ...state.view, pin: state.view.pin === undefined ? linkOf(state.scenario) : undefined },
          })}>${state.view.pin === undefined ? "Pin" : "Pinned"}</button>
        <button class="text-button copy-link" @click=${copyLink}>Copy link</button>
        ${exportMenu(context)}
        <button class="text-button" @click=${() =>
          go({
            ...state,
            view: { ...state.view, theme: theme === "dark" ? "light" : "dark" },
          })}>${theme === "dark" ? "Light" : "Dark"}</button>
      </nav>
      ${context.printing ? paperHead(context) : nothing}
    </header>
    <div class="columns" ?data-derivation=${state.view.open !== undefined} ?data-sheet=${state.view.sheet}>
      ${inputsPanel(context)}
      ${state.view.open ? derivationPanel(context, state.view.open) : nothing}
      <main class="main" id="answer" tabindex="-1" aria-label="Answer and evidence">
        ${pinBar(context)}
        ${notice(refused)}
        ${answer(context)}
        ${context.brief ? nothing : evidence(context)}
        ${context.printing ? paperEnd(context) : nothing}
      </main>
    </div>
    ${bottomBar(context)}
    ${termBox()}`;
}

/** What is read first: the sentence, what could be asked of it, and the four approaches. */
function answer(context: Context): TemplateResult {
  const preset = presetOf(context.state.scenario);
  return html`${sentence(context)}
    ${shocks(context)}
    ${preset ? html`<p class="note">${preset.origin}</p>` : nothing}
    ${sectionNames(context)}
    ${approachesSection(context)}
    ${context.printing ? otherVariants(context) : nothing}`;
}

/** The start of the page without its inputs, for the first paint. */
export function opening(context: Context): TemplateResult {
  return html`<div class="columns"><section class="inputs" data-kind="inputs"><header><h2>Your company</h2></header></section>
    <main class="main">${answer(context)}</main></div>${bottomBar(context)}`;
}

function evidence(context: Context): TemplateResult {
  const { model, facts } = version();
  const draw = {
    time: timeSection,
    map: mapSection,
    matters: mattersSection,
    sure: sureSection,
    switch: switchSection,
    parts: partsSection,
    slope: slopeSection,
    needs: needsSection,
  };
  const place = (id: string) => () => document.getElementById(`${id}-finding`)?.closest<HTMLElement>("section") ?? null;
  return html`${Object.entries(draw).map(([id, section]) => asSeen(id, context.sliding, () => section(context), place(id)))}
        ${backtestSection(context)}
        ${gallerySection(context)}
        <footer class="note">
          Model ${model}; ${catalog().facts.length} facts, the newest of ${facts.date}. Costs are in dollars, ${term("discounted")}
          to today and spread evenly over the months; downtime and lost data are what is to be expected of them, in money. Figures
          are means over ${exact(context.answers.now.said.draws)} draws (seed ${context.answers.now.said.seed}); derivations, parts and the slope are worked out at the
          likeliest values.
        </footer>`;
}

/** On a narrow screen: the answer, and the way to the inputs. */
function bottomBar(context: Context): TemplateResult {
  const { state, go } = context;
  const { sheet } = state.view;
  return html`<div class="bottom">
    <span>${inShort(context)}</span>
    <button class="change" aria-expanded=${sheet} aria-controls="inputs" @click=${() => {
      go({ ...state, view: { ...state.view, sheet: !sheet, open: undefined } });
      if (!sheet) document.getElementById("inputs")?.focus();
    }}>${sheet ? "Done" : "Change inputs"}</button>
  </div>`;
}

const SECTIONS: [id: string, name: string][] = [
  ["approaches", "Approaches"],
  ["time", "Over time"],
  ["map", "Map"],
  ["matters", "Matters"],
  ["sure", "How sure"],
  ["switch", "Switch"],
  ["parts", "Parts"],
  ["slope", "Slope"],
  ["needs", "Needs"],
  ["backtest", "Record"],
  ["gallery", "Companies"],
];

/** The answer in a line and the names of the sections; it stays on top while the page is read. */
function sectionNames(context: Context): TemplateResult {
  const go = (id: string) => (event: Event) => {
    event.preventDefault();
    const heading = document.getElementById(`${id}-finding`);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    heading?.closest("section")?.scrollIntoView({ behavior: still ? "instant" : "smooth" });
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
  };
  return html`<nav class="sections" aria-label="Sections">
    <span class="short">${inShort(context)}</span>
    <span class="names">${SECTIONS.map(([id, name]) => html`<a href="#${id}" @click=${go(id)}>${name}</a>`)}</span>
  </nav>`;
}

/** Skip links move the focus; the address holds the state and stays as it is. */
function skip(id: string) {
  return (event: Event) => {
    event.preventDefault();
    document.getElementById(id)?.focus();
  };
}

async function copyLink(event: Event): Promise<void> {
  const button = event.target as HTMLButtonElement;
  try {
    await navigator.clipboard.writeText(location.href);
    button.textContent = "Link copied";
  } catch {
    button.textContent = "Copy it from the address bar";
  }
  setTimeout(() => {
    button.textContent = "Copy link";
  }, 2000);
}
