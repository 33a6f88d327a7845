/** Starts the engine and keeps address, state and page in step. */

import { render } from "lit";
import { compare, init, type MovingPartsError, type Problem } from "#engine";
import { answersOf } from "./answers.ts";
import { leaveDerivation } from "./derivation.ts";
import { expected } from "./expected.ts";
import { FIRST } from "./inputs.ts";
import { page } from "./page.ts";
import { speakSoon } from "./sentence.ts";
import { read, START, type State, write } from "./state.ts";
import { tracked } from "./tracks.ts";

const app = document.getElementById("app")!;
let state: State = START;
let problems: Problem[] = [];
/** Whether the page has taken the place of the words that stand without scripts. */
let drawn = false;

/** A slide that goes on within this time is one step of history, however many values it passes. */
const SLIDE_MS = 700;
let slid = Number.NEGATIVE_INFINITY;

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
  problems = [];
  if (address !== location.hash) {
    const now = performance.now();
    const goesOn = step === "slide" && now - slid < SLIDE_MS;
    slid = step === "slide" ? now : Number.NEGATIVE_INFINITY;
    if (goesOn) history.replaceState({ depth: depth() }, "", address);
    else history.pushState({ depth: depth() + 1 }, "", address);
  }
  draw();
}

/** Reads the address; a bad one leaves the last good state and says what is wrong. */
function follow(): void {
  try {
    state = read(location.hash);
    problems = [];
  } catch (error) {
    problems = (error as MovingPartsError).problems ?? [];
    if (problems.length === 0) throw error;
  }
  draw();
}

function draw(): void {
  const theme = state.view.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  document.documentElement.dataset.theme = theme;
  const likeliest = compare(state.scenario);
  const { map, pin } = state.view;
  const answers = answersOf({ scenario: state.scenario, map, tracks: tracked(FIRST) }, pin, soon);
  const comparison = expected(likeliest, answers.now);
  // For whoever prints or tests the page: nothing more is to come.
  document.documentElement.dataset.settled = String(answers.fresh.has("complete"));
  const undo = depth() > 0 ? () => history.back() : undefined;
  const context = { state, comparison, likeliest, answers, problems, theme, go, undo, redraw: draw };
  speakSoon();
  if (drawn) {
    render(page(context), app);
    return;
  }
  // What is read first is drawn first; the rest comes with the next frame.
  drawn = true;
  app.replaceChildren();
  delete document.documentElement.dataset.linked;
  render(page({ ...context, brief: true }), app);
  soon();
}

let frame = 0;

/** Draws with the next frame, however many answers come before it. */
function soon(): void {
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(draw);
}

async function start(): Promise<void> {
  await init();
  addEventListener("hashchange", follow);
  addEventListener("popstate", follow);
  addEventListener("resize", draw);
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
