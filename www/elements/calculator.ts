/** `<moving-parts>`: the calculator in a post. */

import { html, nothing, render, type TemplateResult } from "lit";
import { catalog, type Problem, type VariantId, validate, version } from "#engine";
import { allKnown } from "../engine/nearest.ts";
import { approachesSection } from "../page/approaches.ts";
import type { Context, Hands, Refused } from "../page/context.ts";
import { derivationPanel } from "../page/derivation.ts";
import { input } from "../page/field.ts";
import { leaveDerivation } from "../page/focus.ts";
import { mapSection } from "../page/map.ts";
import { mattersSection } from "../page/matters.ts";
import { needsSection } from "../page/needs.ts";
import { notice } from "../page/notice.ts";
import { partsSection } from "../page/parts.ts";
import type { Answers } from "../page/questions.ts";
import { within } from "../page/section.ts";
import { sentence, speakSoon } from "../page/sentence.ts";
import { Slide } from "../page/slide.ts";
import { slopeSection } from "../page/slope.ts";
import { emptyView, type State, type View, write } from "../page/state.ts";
import { sureSection } from "../page/sure.ts";
import { switchSection } from "../page/switch.ts";
import { termBox } from "../page/terms.ts";
import { timeSection } from "../page/time.ts";
import { laid } from "../page/tracks.ts";
import { MovingPartsElement } from "./element.ts";
import type { Known, Wish } from "./scope.ts";
import { look, onDark } from "./style.ts";
import { Wrong } from "./wrong.ts";

interface Panel {
  name: string;
  draw: (context: Context) => TemplateResult;
  /** What it needs beside the costs and their odds. */
  answers: (keyof Answers)[];
}

/** What a calculator can show, by the words of its `view`. */
const PANELS: Record<string, Panel> = {
  compare: { name: "Compare", draw: approachesSection, answers: ["ways"] },
  time: { name: "Over time", draw: timeSection, answers: [] },
  map: { name: "Map", draw: mapSection, answers: ["map"] },
  matters: { name: "What matters", draw: mattersSection, answers: ["sensitivity"] },
  sure: { name: "How sure", draw: sureSection, answers: [] },
  switch: { name: "When to switch", draw: switchSection, answers: ["plan"] },
  parts: { name: "Parts", draw: partsSection, answers: [] },
  slope: { name: "Slope", draw: slopeSection, answers: ["slope"] },
  needs: { name: "Needs", draw: needsSection, answers: ["homes"] },
};

const INPUTS = ["workload.weeklyUsers", "services.count", "finance.leaseMonths"];

/** Room beneath which nothing is drawn. */
const LEAST = 288;

export class Calculator extends MovingPartsElement {
  static override readonly observedAttributes = [
    ...MovingPartsElement.observedAttributes,
    "view",
    "variants",
    "inputs",
    "theme",
    "page",
  ];

  private readonly root = this.attachShadow({ mode: "open" });
  private view: View = emptyView();
  private tab: string | undefined;
  private refused: Refused | undefined;
  private readonly thumb = new Slide(() => this.redraw());
  private readonly hands: Hands = {
    now: () => ({ scenario: this.scope!.scenario, view: this.view }),
    go: (next, step) => this.go(next, step),
    refuse: (what, problems) => this.refuse(what, problems),
    redraw: () => this.redraw(),
    pointed: {},
    refusals: new Map(),
    opened: new Set(),
  };
  private readonly sizes = new ResizeObserver(() => this.redraw());

  constructor() {
    super();
    look(this.root);
    // The author's own words stand until there is an answer.
    render(html`<slot></slot>`, this.root);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  private names(attribute: string, known: readonly string[], otherwise: readonly string[]): string[] {
    const named =
      this.getAttribute(attribute)
        ?.split(/[\s,]+/)
        .filter((name) => name !== "") ?? [];
    allKnown("unknownName", attribute, named, known);
    return named.length > 0 ? named : [...otherwise];
  }

  private get panels(): string[] {
    return this.names("view", Object.keys(PANELS), ["compare"]);
  }

  private get fields() {
    const sliders = catalog().fields.filter(({ path, kind }) => kind !== "set" && !path.includes("[]"));
    const paths =
      this.getAttribute("inputs") === "none"
        ? []
        : this.names(
            "inputs",
            sliders.map(({ path }) => path),
            INPUTS,
          );
    return paths.map((path) => sliders.find((field) => field.path === path)!);
  }

  /** How it is to look; nothing if that goes by the words around it. */
  private get theme(): "light" | "dark" | undefined {
    return this.names("theme", ["light", "dark"], [])[0] as "light" | "dark" | undefined;
  }

  protected override wish(): Wish {
    const wrong = new Wrong();
    const known = catalog().variants.map(({ id }) => id);
    const variants = wrong.attempt(() => this.names("variants", known, []) as VariantId[]) ?? [];
    const panels = wrong.attempt(() => this.panels) ?? [];
    const fields = wrong.attempt(() => this.fields) ?? [];
    wrong.attempt(() => this.theme);
    wrong.tell();
    // The sentence stands over every panel.
    const answers = [...new Set<keyof Answers>(["borders", ...panels.flatMap((name) => PANELS[name]!.answers)])];
    return { answers, tracks: fields.flatMap(laid), map: this.view.map, variants };
  }

  protected override failed(reason: string): void {
    const lines = reason.split("\n").map((line) => html`<br>${line}`);
    render(
      html`<slot></slot><div class="moving-parts"><p class="notice" role="status">This calculator cannot be shown:${lines}</p></div>`,
      this.root,
    );
  }

  protected override show(known: Known): void {
    const width = Math.max(LEAST, this.clientWidth);
    within(width, () => render(this.template(known), this.root));
    speakSoon(this.root);
  }

  private template({ likeliest, comparison, standing }: Known): TemplateResult {
    const theme = this.theme ?? (onDark(this) ? "dark" : "light");
    const state = this.hands.now();
    const context: Context = {
      ...this.hands,
      state,
      comparison,
      likeliest,
      answers: standing,
      refused: this.refused,
      theme,
      sliding: this.thumb.goesOn,
      undo: undefined,
    };
    const panels = this.panels;
    const shown = panels.includes(this.tab ?? "") ? this.tab! : panels[0]!;
    return html`<div class="moving-parts" data-theme=${context.theme} @keydown=${(event: KeyboardEvent) => {
      if (event.key === "Escape" && this.view.open) this.close();
    }}>
      <div class="embed" part="frame">
        ${notice(this.refused)}
        <div part="sentence">${sentence(context)}</div>
        ${this.fields.length === 0 ? nothing : html`<div class="inputs few" part="inputs">${this.fields.map((field) => input(context, field, this.scope!.base))}</div>`}
        ${
          panels.length < 2
            ? nothing
            : html`<div class="tabs" part="tabs" role="group" aria-label="What is shown">${panels.map(
                (name) =>
                  html`<button class="text-button" aria-pressed=${name === shown} @click=${() => {
                    this.tab = name;
                    this.redraw();
                  }}>${PANELS[name]!.name}</button>`,
              )}</div>`
        }
        ${this.view.open ? derivationPanel(context, this.view.open) : nothing}
        <div part="panel">${PANELS[shown]!.draw(context)}</div>
        <p class="foot note" part="foot">${this.wayToAll(state)}<span>moving-parts ${version().model} · facts of ${version().facts.date}</span></p>
      </div>${termBox()}</div>`;
  }

  /** The page with all inputs, where the author says where it is. */
  private wayToAll(state: State): TemplateResult | typeof nothing {
    const page = this.getAttribute("page");
    if (!page) return nothing;
    const address = new URL(write({ scenario: state.scenario, view: emptyView() }), new URL(page, document.baseURI));
    if (!/^(https?|file):$/.test(address.protocol)) return nothing;
    return html`<a href=${address.href}>All inputs and sources</a>`;
  }

  private close(): void {
    this.view = { ...this.view, open: undefined };
    this.redraw();
    leaveDerivation();
  }

  private go(next: State, step?: "push" | "slide"): void {
    const other = next.scenario !== this.scope!.scenario;
    const problems = other ? validate(next.scenario) : [];
    if (problems.length > 0) {
      this.refuse("This change could not be made", problems);
      return;
    }
    this.refused = undefined;
    this.view = next.view;
    if (step === "slide") this.thumb.step();
    const failed = other ? this.take(next.scenario) : undefined;
    if (failed !== undefined) {
      this.refuse("This change could not be made", [
        { code: "failed", path: "", message: failed, remedy: "try another value" },
      ]);
      return;
    }
    // At once: what has been asked for is focused next.
    this.redraw();
  }

  private refuse(what: string, problems: Problem[]): void {
    this.refused = { what, problems };
    this.redraw();
  }
}
