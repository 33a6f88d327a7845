/** Starts the engine and keeps address, state and page in step. */

import { render } from "lit";
import { compare, init, type MovingPartsError, type Problem } from "#engine";
import { answersOf } from "./answers.ts";
import { page } from "./page.ts";
import { read, START, type State, write } from "./state.ts";

const app = document.getElementById("app")!;
let state: State = START;
let problems: Problem[] = [];
/** Whether the page has taken the place of the words that stand without scripts. */
let drawn = false;

/** Takes a new state: it is shown, and its address written as a new step of history or over the last one. */
function go(next: State, step: "push" | "replace" = "push"): void {
  // Through the address and back: what the page shows is what its link says.
  const address = write(next);
  state = read(address);
  problems = [];
  if (address !== location.hash) {
    if (step === "push") history.pushState(null, "", address);
    else history.replaceState(null, "", address);
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
  const comparison = compare(state.scenario);
  const answers = answersOf({ scenario: state.scenario, map: state.view.map }, soon);
  // For whoever prints or tests the page: nothing more is to come.
  document.documentElement.dataset.settled = String(answers.fresh.has("complete"));
  if (!drawn) app.replaceChildren();
  drawn = true;
  render(page({ state, comparison, answers, problems, theme, go, redraw: draw }), app);
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
    if (event.key === "Escape" && state.view.open) go({ ...state, view: { ...state.view, open: undefined } });
  });
  follow();
  performance.mark("first-answer");
}

start().catch((error: unknown) => {
  const notice = document.createElement("p");
  notice.className = "notice";
  notice.setAttribute("role", "alert");
  notice.textContent = `The engine could not start: ${error instanceof Error ? error.message : String(error)}`;
  app.querySelector("main")?.prepend(notice);
  console.error(error);
});
