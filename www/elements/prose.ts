/** `<moving-parts-input>` and `<moving-parts-output>`: a number to move and numbers that follow, in an author's sentence. */

import { html, nothing, render, type TemplateResult } from "lit";
import { catalog, explain, type Field, type MetricId, type Outcome, ranges, type Step, variantLabel } from "#engine";
import { formulaText } from "../engine/formula.ts";
import { metricOf } from "../engine/metric.ts";
import { allKnown } from "../engine/nearest.ts";
import { changed } from "../engine/paths.ts";
import { exact, hours, share, short, span, spoken, usd } from "../engine/words.ts";
import { dragged, grasp } from "../page/drag.ts";
import { oddsOf } from "../page/odds.ts";
import { emptyView, write } from "../page/state.ts";
import { consequence, drawn, labels, laid } from "../page/tracks.ts";
import { further, parse, SLIDER_STEPS, shown, toSlider, unitBeside } from "../page/values.ts";
import { MovingPartsElement } from "./element.ts";
import { type Known, NOTHING, type Scope, type Wish } from "./scope.ts";
import { look, onDark } from "./style.ts";
import { Wrong } from "./wrong.ts";

/** The blocks in which an author's numbers belong together. */
const BLOCKS = "p, li, dd, blockquote, figcaption, td, section, article, div";
const PROSE = "moving-parts-input, moving-parts-output";

/** What the two have in common: the author's words, which stand until somebody moves something. */
abstract class Prose extends MovingPartsElement {
  protected readonly root = this.attachShadow({ mode: "open" });
  /** Whether the box beneath the word is open. */
  protected open = false;
  /** Whether its title says why the author's words stand. */
  private excused = false;

  /** What the author has written. */
  protected get words(): string {
    return (this.textContent ?? "").replace(/\s+/g, " ").trim();
  }

  constructor() {
    super();
    look(this.root);
    render(html`<slot></slot>`, this.root);
  }

  protected draw(template: TemplateResult): void {
    this.excuse(undefined);
    this.place(html`${template}${this.wayBack()}`);
  }

  private place(template: TemplateResult): void {
    const theme = onDark(this) ? "dark" : "light";
    render(html`<span class="moving-parts prose" data-theme=${theme}>${template}</span>`, this.root);
  }

  /** Where the engine cannot be had, every number of a post would say so: the author's words stand, and the title says why. */
  protected override failed(reason: string, itself: boolean): void {
    const inWords = itself || this.words === "";
    this.excuse(inWords ? undefined : reason);
    const note = html`<span class="refused" part="problem" role="status">${reason}</span>`;
    this.place(html`<slot></slot>${inWords ? note : nothing}`);
  }

  /** Says in the title why the author's words stand, or no longer; a title of the author's own is left as it is. */
  private excuse(reason: string | undefined): void {
    if (this.excused) this.removeAttribute("title");
    this.excused = reason !== undefined && this.title === "";
    if (this.excused) this.title = `The author’s own words: ${reason}`;
  }

  /** Behind the last number of a paragraph: once anything has been moved, the way back. */
  private wayBack(): TemplateResult | typeof nothing {
    const { scope } = this;
    if (!scope?.moved) return nothing;
    const all = this.closest(BLOCKS)?.querySelectorAll<Prose>(PROSE) ?? [];
    if (Array.from(all).at(-1) !== this || !Array.from(all).some((node) => node instanceof ProseInput)) return nothing;
    return html` <button class="link-button back-to" part="back" @click=${() => this.take(scope.base)}>back to the author’s numbers</button>`;
  }
}

/** A number of the company, to be moved by a reader. */
export class ProseInput extends Prose {
  static override readonly observedAttributes = [...MovingPartsElement.observedAttributes, "path", "value", "label"];

  private editing = false;
  private refused: string | undefined;
  /** The number against which it was refused: another has nothing wrong with it. */
  private at: number | undefined;

  private get field(): Field {
    const path = this.getAttribute("path");
    if (path === null) throw new Error("path: is missing; write one such as workload.weeklyUsers");
    const numbers = catalog().fields.filter((field) => laid(field).length > 0);
    allKnown(
      "unknownPath",
      "path",
      [path],
      numbers.map((field) => field.path),
      "write one such as workload.weeklyUsers",
    );
    return numbers.find((field) => field.path === path)!;
  }

  protected override wish(): Wish {
    return { ...NOTHING, tracks: laid(this.field) };
  }

  protected override joined(scope: Scope): void {
    const { field } = this;
    const text = this.getAttribute("value") ?? this.words;
    if (text === "") return;
    // "6 developers" says 6.
    const parsed = [text, text.replace(/(?<=\d[\d.,]*)\s+(?!million|billion|thousand)\p{L}.*$/u, "")].map((words) =>
      parse(words, field),
    );
    const said = parsed.find((one) => "value" in one);
    if (said && "value" in said) scope.say(field.path, said.value);
    else if (this.hasAttribute("value")) throw new Error(`value: ${(parsed[0] as { error: string }).error}`);
  }

  private get now(): number {
    return ranges(this.scope!.scenario)[this.field.path]!.p50;
  }

  private put(value: number): void {
    this.refused = this.take(changed(this.scope!.scenario, this.field.path, value));
    this.at = this.now;
    this.redraw();
  }

  /** As it is read: the author's words until they are no longer true. */
  private get text(): string {
    const { field, now } = this;
    const base = ranges(this.scope!.base)[field.path]!.p50;
    if (this.words !== "" && now === base) return this.words;
    return now >= 1e6 ? spoken(Number(now.toPrecision(2))) : shown(Number(now.toPrecision(3)), field);
  }

  protected override show({ standing }: Known): void {
    const { field, now } = this;
    if (this.at !== now) this.refused = undefined;
    const text = this.text;
    const unit = unitBeside(field);
    const label = this.getAttribute("label") ?? field.label;
    const said = `${text}${consequence(standing, field, now)}`;
    const word = this.editing
      ? html`<input class="yours" part="field" type="text" aria-label=${label} aria-invalid=${this.refused !== undefined}
          size=${Math.max(4, text.length)} .value=${text} @change=${this.typed} @blur=${this.left} @keydown=${(
            event: KeyboardEvent,
          ) => {
            if (event.key === "Escape" || (event.key === "Enter" && this.typed(event))) this.back();
          }}>`
      : html`<span class="yours word" part="input" role="slider" tabindex="0" aria-label=${label} aria-valuenow=${now}
          aria-valuemin=${field.low} aria-valuemax=${field.high} aria-valuetext=${said}
          @keydown=${this.pressed} @pointerdown=${this.grasp} @pointermove=${this.move}
          @focus=${() => this.toggle(true)} @blur=${() => this.toggle(false)}>${text}<span class="arrows" aria-hidden="true">↔</span></span>`;
    this.draw(
      html`${word}${
        this.refused === undefined ? nothing : html`<span class="refused" role="alert">${this.refused}</span>`
      }${
        this.open
          ? html`<span class="box" part="box" aria-hidden="true"><span class="note"><b>${label}</b>${unit ? ` ${unit}` : ""}${this.words === "" ? "" : `; the author wrote ${this.words}`}</span>
            <span class="slider">${labels(standing, field)}${drawn(standing, field)}<i class="here" .style=${`left:${(100 * toSlider(now, field)) / SLIDER_STEPS}%`}></i></span></span>`
          : nothing
      }`,
    );
  }

  private toggle(open: boolean): void {
    this.open = open;
    this.redraw();
  }

  private readonly grasp = (event: PointerEvent): void => grasp(this, event, this.field, this.now);

  private readonly move = (event: PointerEvent): void => {
    const next = dragged(this, event, this.field);
    if (next === undefined) return;
    event.preventDefault();
    if (next !== this.now) this.put(next);
  };

  private readonly pressed = (event: KeyboardEvent): void => {
    const { field, now, scope } = this;
    const steps = {
      ArrowUp: 4,
      ArrowRight: 4,
      ArrowDown: -4,
      ArrowLeft: -4,
      PageUp: 40,
      PageDown: -40,
      Home: -SLIDER_STEPS,
      End: SLIDER_STEPS,
    }[event.key];
    if (steps !== undefined) {
      event.preventDefault();
      this.put(further(now, steps * (event.shiftKey ? 10 : 1), field));
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.editing = true;
      this.redraw();
      const input = this.root.querySelector("input");
      input?.focus();
      input?.select();
    } else if (event.key === "Escape" && scope?.moved) {
      this.put(ranges(scope.base)[field.path]!.p50);
    }
  };

  /** Takes what was typed; whether it is allowed. */
  private readonly typed = ({ target }: Event): boolean => {
    const { field } = this;
    const parsed = parse((target as HTMLInputElement).value, field);
    this.refused =
      "error" in parsed ? parsed.error : this.take(changed(this.scope!.scenario, field.path, parsed.value));
    this.at = this.now;
    this.redraw();
    return this.refused === undefined;
  };

  /** Whoever goes elsewhere is not called back; what was refused stays said. */
  private readonly left = (): void => {
    this.editing = false;
    this.redraw();
  };

  /** From the field back to the word in whose place it stands. */
  private back(): void {
    this.editing = false;
    this.refused = undefined;
    this.redraw();
    this.root.querySelector<HTMLElement>("[role=slider]")?.focus();
  }
}

/** A figure as it is said. */
interface Figure {
  text: string;
  /** Of what it is. */
  what: string;
  /** In which range it lies; empty where it is certain, or not drawn. */
  range: string;
  outcome: Outcome | undefined;
  /** Its mean over the draws, where it is drawn. */
  mean: string | undefined;
}

/** A figure that follows. */
export class ProseOutput extends Prose {
  static override readonly observedAttributes = [
    ...MovingPartsElement.observedAttributes,
    ...["metric", "variant", "month", "format", "page"],
  ];

  private last: string | undefined;

  private get metric(): string {
    const metric = this.getAttribute("metric") ?? "totals.monthlyUsd";
    const known = ["best", ...catalog().metrics.map(({ id }) => id)];
    allKnown("unknownMetric", "metric", [metric], known, "write one such as totals.monthlyUsd, or best");
    return metric;
  }

  /** The variant that is spoken of; without a name, the one that costs least. */
  private get variant(): string | null {
    const variant = this.getAttribute("variant");
    const known = catalog().variants.map(({ id }) => id);
    if (variant !== null) allKnown("unknownVariant", "variant", [variant], known);
    return variant;
  }

  private get month(): number | undefined {
    const month = this.getAttribute("month");
    if (month === null) return undefined;
    if (!/^[1-9]\d*$/.test(month)) {
      throw new Error(`month: "${month}" is not a month; write a whole number from 1 on`);
    }
    if (this.getAttribute("metric") !== "best") return Number(month);
    throw new Error("month: what costs least is said of all months together; leave the month out");
  }

  /** Whether the range is said, and not the mean. */
  private get asRange(): boolean {
    const format = this.getAttribute("format");
    if (format !== null) allKnown("unknownName", "format", [format], ["range"]);
    return format !== null;
  }

  protected override wish(): Wish {
    const wrong = new Wrong();
    for (const said of ["metric", "variant", "month", "asRange"] as const) wrong.attempt(() => this[said]);
    wrong.tell();
    return NOTHING;
  }

  protected override show(known: Known): void {
    const figure = this.figure(known);
    const text = this.words !== "" && !this.scope!.moved ? this.words : figure.text;
    const isNew = this.last !== undefined && this.last !== text;
    this.last = text;
    const open = (now: boolean) => {
      this.open = now;
      this.redraw();
    };
    // A span, as a button may be parted from the full stop behind it.
    this.draw(html`<span class="computed word ${isNew ? "new" : ""}" part="output" role="button" tabindex="0" aria-expanded=${this.open}
      aria-label="${text}, ${figure.what}; show how" @click=${() => open(!this.open)} @keydown=${(
        event: KeyboardEvent,
      ) => {
        if (event.key === "Escape") open(false);
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        open(!this.open);
      }} @animationend=${(event: AnimationEvent) => (event.currentTarget as Element).classList.remove("new")}>${text}</span>${
        this.open
          ? html`<span class="box" part="box" role="group" aria-label=${figure.what}>${this.derivation(known, figure)}</span>`
          : nothing
      }`);
  }

  /** What is said, and of what. */
  private figure(known: Known): Figure {
    const { metric, month } = this;
    const name = (metric === "best" ? null : this.variant) ?? known.comparison.best;
    const outcome = known.comparison.variants.find(({ variant }) => variant === name);
    if (metric === "best" || !outcome) {
      const text = outcome ? variantLabel(outcome.variant) : "nothing";
      return { text, what: "costs least", range: "", outcome, mean: undefined };
    }
    const { label, unit } = catalog().metrics.find(({ id }) => id === metric)!;
    const say = unit.startsWith("USD")
      ? (value: number) => usd(value)
      : unit === "hours" || unit.startsWith("hours/")
        ? hours
        : unit === "share"
          ? share
          : (value: number) => short(value);
    const odds = oddsOf({ answers: known.standing }, outcome.variant);
    const monthly = month !== undefined && metric === "totals.monthlyUsd" ? odds?.monthly : undefined;
    const spread = monthly
      ? { mean: monthly.mean[month! - 1], p10: monthly.p10[month! - 1], p90: monthly.p90[month! - 1] }
      : month === undefined
        ? odds?.figures[metric]
        : undefined;
    const mean = spread?.mean ?? this.likeliest(outcome, metric, month);
    const { p10 = mean, p90 = mean } = spread ?? {};
    const range = p10 === p90 ? "" : unit.startsWith("USD") ? `$${span(p10, p90)}` : `${say(p10)}–${say(p90)}`;
    const what = `${label}, ${variantLabel(outcome.variant)}${month === undefined ? "" : `, month ${month}`}`;
    const text = this.asRange && range !== "" ? range : say(mean);
    return { text, what, range, outcome, mean: spread && say(mean) };
  }

  /** A number that is not drawn, at the likeliest values; of one month it has to be worked out. */
  private likeliest(outcome: Outcome, metric: string, month: number | undefined): number {
    if (month !== undefined) return this.steps(outcome, metric, month)[0]!.value;
    return metricOf(outcome, metric);
  }

  private steps({ variant }: Outcome, metric: string, month: number | undefined): Step[] {
    const question = { variant, metric: metric as MetricId, ...(month === undefined ? {} : { month }) };
    return explain(this.scope!.scenario, question).steps;
  }

  private derivation({ standing }: Known, { text, what, range, outcome, mean }: Figure): TemplateResult {
    const { metric, month, scope } = this;
    const first = html`<b>${text}</b> ${range && range !== text ? html`<span class="note">${range}, eight draws in ten</span>` : nothing}<br><span class="note">${what}</span>`;
    if (metric === "best" || !outcome) return first;
    const steps = this.steps(outcome, metric, month);
    const [root] = steps;
    const formula = root?.formula
      ? formulaText(root.formula, (index) => `${steps[index]!.label} (${short(steps[index]!.value, 3)})`)
      : "";
    const cut = formula.length > 280 ? `${formula.slice(0, 280).trimEnd()} …` : formula;
    const page = this.getAttribute("page");
    const open = { variant: outcome.variant, metric, ...(month === undefined ? {} : { month }) };
    const address = page
      ? new URL(write({ scenario: scope!.scenario, view: { ...emptyView(), open } }), new URL(page, document.baseURI))
      : undefined;
    return html`${first}<span class="formula">${cut}</span><span class="note">At the likeliest values: ${exact(Number((root?.value ?? 0).toPrecision(4)))}${mean === undefined ? "" : `; the mean of ${exact(standing.now.said.draws)} draws is ${mean}`}.</span>${
      address && /^(https?|file):$/.test(address.protocol) ? html`<a href=${address.href}>Full derivation</a>` : nothing
    }`;
  }
}
