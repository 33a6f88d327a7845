/** What can be brought in: a scenario from a file, or another's link. What is wrong with it is said, and nothing is lost. */

import { html, type TemplateResult } from "lit";
import { type Scenario, toLink } from "#engine";
import type { Context } from "./context.ts";
import { menu, shut } from "./menu.ts";
import { problemsOf } from "./refusals.ts";
import { emptyView, read } from "./state.ts";

/** Bytes of a file that is read at most: a scenario has a few thousand. */
const LARGEST = 1_000_000;

export function openMenu(context: Context): TemplateResult {
  return menu(
    "Open",
    html`<label class="text-button file">Scenario, from a JSON file
      <input type="file" accept=".json,application/json" @change=${(event: Event) => {
        const input = event.currentTarget as HTMLInputElement;
        const [file] = input.files ?? [];
        if (file) void fromFile(context, file);
        input.value = "";
        shut(input);
      }}></label>
    <form class="text-button" @submit=${(event: Event) => {
      event.preventDefault();
      const form = event.currentTarget as HTMLFormElement;
      fromText(context, (form.elements.namedItem("link") as HTMLInputElement).value);
      form.reset();
      shut(form);
    }}><label>Link <input name="link" type="text" autocomplete="off" spellcheck="false" placeholder="…#v1&amp;preset=…"></label>
      <button class="link-button">Open</button></form>`,
  );
}

async function fromFile(context: Context, file: File): Promise<void> {
  const refuse = (code: string, message: string, remedy: string) =>
    context.refuse(`The file ${file.name} could not be followed`, [{ code, path: "", message, remedy }]);
  if (file.size > LARGEST) {
    refuse("tooLarge", `it has ${file.size} bytes`, `open a scenario of at most ${LARGEST}`);
    return;
  }
  let scenario: Scenario;
  try {
    scenario = JSON.parse(await file.text()) as Scenario;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    refuse("notJson", `it is not JSON: ${reason}`, "open a file such as Export writes under Scenario, as JSON");
    return;
  }
  try {
    // Through its link: what is wrong with it is found on the way.
    toLink(scenario);
    context.go({ scenario, view: { ...emptyView(), theme: context.state.view.theme } });
  } catch (error) {
    context.refuse(`The file ${file.name} could not be followed`, problemsOf(error));
  }
}

function fromText(context: Context, text: string): void {
  const link = text.slice(Math.max(0, text.indexOf("#"))).trim();
  if (link === "") {
    const remedy = "write one such as #v1&preset=seed-startup";
    context.refuse("The link could not be followed", [{ code: "missing", path: "", message: "it is empty", remedy }]);
    return;
  }
  try {
    const next = read(link);
    context.go(next);
  } catch (error) {
    context.refuse("The link could not be followed", problemsOf(error));
  }
}
