/** What is on the screen: while a thumb moves, only that is drawn anew with every step. */

import type { TemplateResult } from "lit";

/** Elements by whether they were on the screen when they were last looked at. */
const seen = new WeakMap<Element, boolean>();

const observer =
  typeof IntersectionObserver === "undefined"
    ? undefined
    : new IntersectionObserver((entries) => {
        for (const { target, isIntersecting } of entries) seen.set(target, isIntersecting);
      });

/** What was drawn last, by its id. */
const last = new Map<string, TemplateResult>();

/**
 * Something drawn anew, or, while a thumb moves and nobody sees it, as it was.
 * @param place The element in which it is, once it has been drawn.
 */
export function asSeen(
  id: string,
  sliding: boolean,
  draw: () => TemplateResult,
  place: () => Element | null,
): TemplateResult {
  const element = sliding ? place() : undefined;
  const kept = last.get(id);
  if (element && observer && kept) {
    if (seen.get(element) === false) return kept;
    observer.observe(element);
  }
  const drawn = draw();
  last.set(id, drawn);
  return drawn;
}
