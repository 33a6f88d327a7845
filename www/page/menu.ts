/** Menus of the bar: each is open until something in it is done, Escape is pressed, or the reader goes on elsewhere. */

import { html, type TemplateResult } from "lit";

/** A button that opens what is beneath it. */
export function menu(label: string, inside: TemplateResult): TemplateResult {
  return html`<details class="menu" @toggle=${watch}><summary class="text-button">${label}</summary><div>${inside}</div></details>`;
}

/** What ends the watch over a menu that is open. */
const watched = new WeakMap<HTMLDetailsElement, AbortController>();

/** Shuts the menu in which something stands. */
export function shut(inside: Element): void {
  const menu = inside.closest("details");
  if (!menu) return;
  menu.open = false;
  // At once: its toggle event comes later, and a second Escape until then is meant for what lies beneath.
  watched.get(menu)?.abort();
}

/** A menu lies over the answer: while one is open, whatever is done beside it shuts it. */
function watch({ currentTarget }: Event): void {
  const menu = currentTarget as HTMLDetailsElement;
  watched.get(menu)?.abort();
  if (!menu.open) return;
  const over = new AbortController();
  watched.set(menu, over);
  const listening = { capture: true, signal: over.signal };
  const elsewhere = ({ target }: Event) => {
    if (!menu.contains(target as Node)) shut(menu);
  };
  addEventListener("pointerdown", elsewhere, listening);
  addEventListener("focusin", elsewhere, listening);
  const leave = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    // One press shuts one thing: a derivation beneath it stays.
    event.stopPropagation();
    shut(menu);
    menu.querySelector("summary")?.focus();
  };
  addEventListener("keydown", leave, listening);
}
