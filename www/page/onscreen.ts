/** Which sections are on the screen: while a thumb moves, only those are drawn anew with every step. */

import type { TemplateResult } from "lit";

/** Sections by whether they were on the screen when they were last looked at. */
const seen = new WeakMap<Element, boolean>();

const observer =
  typeof IntersectionObserver === "undefined"
    ? undefined
    : new IntersectionObserver((entries) => {
        for (const { target, isIntersecting } of entries) seen.set(target, isIntersecting);
      });

/** What was drawn of each section last. */
const last = new Map<string, TemplateResult>();

/** A section drawn anew, or, while a thumb moves and nobody sees it, as it was. */
export function asSeen(id: string, sliding: boolean, draw: () => TemplateResult): TemplateResult {
  const section = sliding ? document.getElementById(`${id}-finding`)?.closest("section") : undefined;
  const kept = last.get(id);
  if (section && observer && kept) {
    if (seen.get(section) === false) return kept;
    observer.observe(section);
  }
  const drawn = draw();
  last.set(id, drawn);
  return drawn;
}
