/** Starts the engine and keeps address, state and page in step. */

import { render } from "lit";
import { compare, init, type MovingPartsError, type Problem } from "#engine";
import first from "#first";
import { Inquiry, revived } from "./answers.ts";
import type { Context, Pointed, Refused } from "./context.ts";
import { expected } from "./expected.ts";
import { leaveDerivation } from "./focus.ts";
import { FIRST } from "./inputs.ts";
import { page } from "./page.ts";
import { setFoot } from "./paper.ts";
import { speakSoon } from "./sentence.ts";
import { mended, read, START, type State, write } from "./state.ts";
import { tracked } from "./tracks.ts";

declare global {
  /** The wasm of the served page, compiled since its head was read. */
  var compiling: Promise<WebAssembly.Module> | undefined;
}

const app = document.getElementById("app")!;
const inquiry = new Inquiry(soon, [[first.link, revived(first.now)]]);
let state: State = START;
/** What could not be done, and what was in the way. */
let refused: Refused | undefined;
const pointed: Pointed = {};
/** Whether the page has taken the place of the words that stand without scripts. */
let drawn = false;

/** A slide that goes on within this time is one step of history, however many values it passes. */
const SLIDE_MS = 700;
let slid = Number.NEGATIVE_INFINITY;

/** The address follows when it has rested for so long: writing one takes longer than all the rest of a step may. */
const ADDRESS_MS = 150;
let writing: ReturnType<typeof setTimeout> | undefined;

/** The address of the state shown. */
let shown = location.hash;

/** How many steps of history this page has made: so many can be undone. */
function depth(): number {
  return (history.state as { depth?: number } | null)?.depth ?? 0;
}

/** Takes a new state: it is shown, and its address written as a new step of history, or over the last one of a slide. */
function go(next: State, step: "push" | "slide" = "push"): void {
  // Through the address and back: what the page shows is what its link says.
  const address = write(next);
  state = read(address);
  state.view.sheet = next.view.sheet;
  refused = undefined;
  if (address !== shown) {
    const now = performance.now();
    const goesOn = step === "slide" && now - slid < SLIDE_MS;
    slid = step === "slide" ? now : Number.NEGATIVE_INFINITY;
    if (step === "slide") slide();
    if (!goesOn) settleAddress();
    shown = address;
    if (goesOn) {
      clearTimeout(writing);
      writing = setTimeout(settleAddress, ADDRESS_MS);
    } else {
      history.pushState({ depth: depth() + 1 }, "", address);
    }
  }
  draw();
}

/** The page's style knows of a slide until it has rested for a while. */
const REST_MS = 400;
let resting: ReturnType<typeof setTimeout> | undefined;

function slide(): void {
  const { dataset } = document.documentElement;
  dataset.sliding = "";
  clearTimeout(resting);
  resting = setTimeout(() => {
    resting = undefined;
    delete dataset.sliding;
    draw();
  }, REST_MS);
}

/** Writes the address of a slide over the last one. */
function settleAddress(): void {
  clearTimeout(writing);
  if (writing === undefined) return;
  writing = undefined;
  history.replaceState({ depth: depth() }, "", shown);
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
    const { problems = [] } = error as MovingPartsError;
    if (problems.length === 0) throw error;
    refused = { what: "The link could not be followed", problems, rest: mended(location.hash, problems) };
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
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = printing ? "light" : (state.view.theme ?? (dark ? "dark" : "light"));
  document.documentElement.dataset.theme = theme;
  const likeliest = compare(state.scenario);
  const { map, pin } = state.view;
  const answers = inquiry.of({ scenario: state.scenario, map, tracks: tracked(FIRST) }, pin);
  const comparison = expected(likeliest, answers.now);
  // For whoever prints or tests the page: nothing more is to come.
  document.documentElement.dataset.settled = String(answers.fresh.has("complete"));
  const undo = depth() > 0 ? () => history.back() : undefined;
  const sliding = resting !== undefined;
  if (printing) setFoot(answers.now);
  const shared = { state, comparison, likeliest, answers, refused, theme, undo, pointed, sliding, printing };
  const context: Context = { ...shared, refuse, go, redraw: draw };
  speakSoon();
  if (drawn) {
    render(page(context), app);
    return;
  }
  // What is read first is drawn first.
  drawn = true;
  app.replaceChildren();
  delete document.documentElement.dataset.linked;
  render(page({ ...context, brief: true }), app);
  // Not in the frame that shows it, but after.
  requestAnimationFrame(() => setTimeout(soon));
}

/** On paper the page is light, and has what cannot be asked of it any more. */
let printing = false;

function print(now: boolean): void {
  printing = now;
  draw();
}

let frame = 0;

/** Draws with the next frame, however many answers come before it. */
function soon(): void {
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(draw);
}

/** In a frame of somebody's post: whoever has the frame may give it the height of the page. */
function tellHeight(): void {
  if (parent === window) return;
  const tell = () => parent.postMessage({ movingParts: { height: app.scrollHeight } }, "*");
  new ResizeObserver(tell).observe(app);
}

async function start(): Promise<void> {
  await init(undefined, globalThis.compiling);
  tellHeight();
  addEventListener("hashchange", follow);
  addEventListener("popstate", follow);
  addEventListener("resize", draw);
  addEventListener("beforeprint", () => print(true));
  addEventListener("afterprint", () => print(false));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !state.view.open) return;
    go({ ...state, view: { ...state.view, open: undefined } });
    leaveDerivation();
  });
  follow();
  performance.mark("first-answer");
}

start().catch((error: unknown) => {
  const notice = document.createElement("p");
  notice.className = "notice";
  notice.setAttribute("role", "alert");
  const reason = error instanceof Error ? error.message : String(error);
  notice.textContent = `The engine could not start: ${reason}. What stands below was computed when this page was built.`;
  delete document.documentElement.dataset.linked;
  app.querySelector("main")?.prepend(notice);
  console.error(error);
});
