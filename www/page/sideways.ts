/** A table that may be wider than its room: whether it is pushed along, and whether there is more of it, is said to the style. */

import { html, noChange, type TemplateResult } from "lit";
import { AsyncDirective, directive } from "lit/async-directive.js";
import type { ElementPart } from "lit/directive.js";

/**
 * A table in a room of its own, which scrolls where it is too wide and says so.
 * @param kind A class for the style.
 */
export function sideways(name: string, table: TemplateResult, kind = ""): TemplateResult {
  return html`<div class="scroll ${kind}" tabindex="0" role="region" aria-label=${name} ${watched()}>${table}</div>`;
}

class Watched extends AsyncDirective {
  private room: HTMLElement | undefined;
  private readonly sizes = new ResizeObserver(() => this.tell());
  private readonly scrolled = () => this.tell();

  override render(): typeof noChange {
    return noChange;
  }

  override update({ element }: ElementPart): typeof noChange {
    if (this.room === undefined) {
      this.room = element as HTMLElement;
      this.watch();
    }
    return noChange;
  }

  protected override disconnected(): void {
    this.sizes.disconnect();
    this.room?.removeEventListener("scroll", this.scrolled);
  }

  protected override reconnected(): void {
    this.watch();
  }

  private watch(): void {
    const { room } = this;
    if (!room) return;
    room.addEventListener("scroll", this.scrolled, { passive: true });
    this.sizes.observe(room);
    const table = room.querySelector("table");
    if (table) this.sizes.observe(table);
  }

  private tell(): void {
    const { clientWidth, scrollWidth, scrollLeft } = this.room!;
    this.room!.toggleAttribute("data-sideways", scrollWidth > clientWidth + 1);
    this.room!.toggleAttribute("data-more", scrollLeft + clientWidth < scrollWidth - 1);
  }
}

const watched = directive(Watched);
