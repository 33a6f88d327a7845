/** Starts the engine and keeps address, state and page in step. */

import { render } from "lit";
import { init, type Problem, toLink } from "#engine";
import first from "#first";
import { revived } from "./answers.ts";
import type { Context, Hands, Refused } from "./context.ts";
import { draggingSince } from "./drag.ts";
import { leaveDerivation } from "./focus.ts";
import { withNextFrame } from "./frame.ts";
import { FIRST } from "./inputs.ts";
import { Knowledge } from "./known.ts";
import { page } from "./page.ts";
import { setFoot } from "./paper.ts";
import { presetOf } from "./presets.ts";
import { problemsOf } from "./refusals.ts";
import { speakSoon } from "./sentence.ts";
import { Slide } from "./slide.ts";
import { mended, read, START, type State, write } from "./state.ts";
import { tracked } from "./tracks.ts";

declare global {
  /** The wasm of the served page, compiled since its head was read. */
  var compiling: Promise<WebAssembly.Module> | undefined;
}

const app = document.getElementById("app")!;
const dark = matchMedia("(prefers-color-scheme: dark)");
const knowledge = new Knowledge(soon, [[first.link, revived(first.now)]]);
let state: State = START;
/** What could not be done, and what was in the way. */
let refused: Refused | undefined;
const hands: Hands = {
  now: () => state,
  go,
  refuse,
  redraw: draw,
  pointed: {},
  refusals: new Map(),
  opened: new Set(),
};
/** Whether the page has taken the place of the words that stand without scripts. */
let drawn = false;

/** The page's style knows of a slide. */
const thumb = new Slide(() => {
  delete document.documentElement.dataset.sliding;
  draw();
});

/** A drag, or a slide that goes on within this time, is one step of history, however many values it passes. */
const SLIDE_MS = 700;
let slid = Number.NEGATIVE_INFINITY;

/** The address follows when it has rested for so long: writing one takes longer than all the rest of a step may. */
const ADDRESS_MS = 150;
let writing: ReturnType<typeof setTimeout> | undefined;

/** The address of the state shown. */
let shown = location.hash;

/**
 * How many steps of history ago another scenario was shown, which is what can be undone; 0 if none was. Steps in which
 * somebody only looked at something are passed over.
 */
function changedAgo(): number {
  return (history.state as { changedAgo?: number } | null)?.changedAgo ?? 0;
}

/** Takes a new state: it is shown, and its address written as a new step of history, or over the last one of a slide. */
function go(next: State, step: "push" | "slide" = "push"): void {
  let address: string;
  let looked: boolean;
  try {
    // Through the address and back: what the page shows is what its link says.
    address = write(next);
    looked = toLink(next.scenario) === toLink(state.scenario);
    state = read(address);
  } catch (error) {
    refuse("This change could not be made", problemsOf(error));
    return;
  }
  state.view.sheet = next.view.sheet;
  refused = undefined;
  if (address !== shown) {
    const now = performance.now();
    const goesOn = step === "slide" && slid >= (draggingSince() ?? now - SLIDE_MS);
    slid = step === "slide" ? now : Number.NEGATIVE_INFINITY;
    if (step === "slide") {
      document.documentElement.dataset.sliding = "";
      thumb.step();
    }
    if (!goesOn) settleAddress();
    shown = address;
    if (goesOn) {
      clearTimeout(writing);
      writing = setTimeout(settleAddress, ADDRESS_MS);
    } else {
      const ago = changedAgo();
      history.pushState({ changedAgo: !looked ? 1 : ago > 0 ? ago + 1 : 0 }, "", address);
    }
  }
  draw();
}

/** Writes the address of a slide over the last one. */
function settleAddress(): void {
  clearTimeout(writing);
  if (writing === undefined) return;
  writing = undefined;
  history.replaceState({ changedAgo: changedAgo() }, "", shown);
}

/** Reads the address; a bad one leaves the last good state and says what is wrong. */
function follow(): void {
  clearTimeout(writing);
  writing = undefined;
  shown = location.hash;
  try {
    state = read(location.hash);
    refused = undefined;
  } catch (error) {
    const problems = problemsOf(error);
    refused = {
      what: "The link could not be followed",
      problems,
      rest: mended(location.hash, problems),
      ...(drawn ? {} : { instead: presetOf(state.scenario)!.name }),
    };
  }
  draw();
}

/** Says what is wrong with something that was brought in; what is shown stays. */
function refuse(what: string, problems: Problem[]): void {
  refused = { what, problems };
  draw();
  document.querySelector(".notice")?.scrollIntoView({ block: "nearest" });
}

function draw(): void {
  const theme = printing ? "light" : (state.view.theme ?? (dark.matches ? "dark" : "light"));
  document.documentElement.dataset.theme = theme;
  const { map, pin } = state.view;
  const known = knowledge.of({ scenario: state.scenario, map, tracks: tracked(FIRST) }, pin);
  const { comparison, likeliest, standing: answers } = known;
  // For whoever prints or tests the page: nothing more is to come.
  document.documentElement.dataset.settled = String(answers.fresh.has("complete"));
  const ago = changedAgo();
  const undo = ago > 0 ? () => history.go(-ago) : undefined;
  if (printing) setFoot(answers.now.said);
  const shared = { state, comparison, likeliest, answers, refused, theme, undo, printing };
  const context: Context = { ...hands, ...shared, sliding: thumb.goesOn };
  speakSoon();
  if (drawn) {
    render(page(context), app);
    return;
  }
  // What is read first is drawn first.
  const brief = page({ ...context, brief: true });
  drawn = true;
  app.replaceChildren();
  delete document.documentElement.dataset.linked;
  render(brief, app);
  // Not in the frame that shows it, but after.
  withNextFrame(() => setTimeout(soon));
}

/** On paper the page is light, and has what cannot be asked of it any more. */
let printing = false;

function print(now: boolean): void {
  printing = now;
  draw();
}

let waiting = false;

/** Draws with the next frame, however many answers come before it. */
function soon(): void {
  if (waiting) return;
  waiting = true;
  withNextFrame(() => {
    waiting = false;
    draw();
  });
}

/** In a frame of somebody's post: whoever has the frame may give it the height of the page. */
function tellHeight(): void {
  if (parent === window) return;
  const tell = () => parent.postMessage({ movingParts: { height: app.scrollHeight } }, "*");
  new ResizeObserver(tell).observe(app);
}

/** The width for which the page was drawn: on a phone its height changes whenever it is scrolled. */
let width = innerWidth;

function resized(): void {
  if (innerWidth === width) return;
  width = innerWidth;
  soon();
}

function begin(): void {
  tellHeight();
  // Of a changed fragment too, by whoever it was changed.
  addEventListener("popstate", follow);
  addEventListener("resize", resized);
  addEventListener("beforeprint", () => print(true));
  addEventListener("afterprint", () => print(false));
  dark.addEventListener("change", draw);
  addEventListener("keydown", (event) => {
    const { open, sheet } = state.view;
    if (event.key !== "Escape" || !(open || sheet)) return;
    go({ ...state, view: { ...state.view, open: undefined, sheet: false } });
    if (open) leaveDerivation();
    else document.querySelector<HTMLElement>(".change")?.focus();
  });
  follow();
  performance.mark("first-answer");
}

/** Says above all else what has failed. What was computed when the page was built stands until it is drawn. */
function failed(what: string, error: unknown): void {
  const notice = document.createElement("p");
  notice.className = "notice";
  notice.setAttribute("role", "alert");
  const reason = error instanceof Error ? error.message : String(error);
  notice.textContent = `${what}: ${reason}.${drawn ? "" : " What stands below was computed when this page was built."}`;
  delete document.documentElement.dataset.linked;
  app.prepend(notice);
  console.error(error);
}

async function start(): Promise<void> {
  try {
    await init(undefined, globalThis.compiling);
  } catch (error) {
    return failed("The engine could not start", error);
  }
  try {
    begin();
  } catch (error) {
    failed("The page could not be drawn", error);
  }
}

void start();
