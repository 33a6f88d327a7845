/** The companies to start from: who costs least in each, how often, and what it costs. Worked out when the page is built. */

import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { presets, variantLabel } from "#engine";
import first from "#first";
import { capital, count, ofHundred, span, usd } from "../engine/words.ts";
import type { Context } from "./context.ts";
import { changes } from "./differing.ts";
import { emptyView, type State, type View, write } from "./state.ts";

/** The companies, drawn anew where another one is open, or as many of its inputs are changed, or in another theme. */
export function gallerySection({ state: { scenario, view } }: Context): TemplateResult {
  const [open, made] = [scenario.preset, changes(scenario)];
  return html`${guard([open, made, view.theme], () => gallery(open, made, view.theme))}`;
}

function gallery(open: string | undefined, made: number, theme: View["theme"]): TemplateResult {
  const summaries = new Map(presets().map((preset) => [preset.id as string, preset]));
  const others = new Set(first.gallery.map(({ best }) => best));
  const address = (scenario: object) =>
    write({ scenario: scenario as State["scenario"], view: { ...emptyView(), theme } });
  return html`<section class="section" aria-labelledby="gallery-finding">
    <header><p class="kicker">Where to start from</p></header>
    <h2 id="gallery-finding">${capital(count(first.gallery.length, "company", "companies"))}, ${count(others.size, "different answer")}${others.size > 1 ? ": no way is the best everywhere" : ""}</h2>
    <p class="under">The bar says who fits and costs least, in how many draws; the figures are the cost a month of the one named beside them, which does so in the mean, and its range.
      Or <a href=${address({})}>start from nothing</a>, or bring a scenario of your own with Open, at the top.</p>
    <ul class="gallery">${first.gallery.map(({ preset, best, chances, monthlyUsd }) => {
      const { name, company } = summaries.get(preset)!;
      const here = open === preset;
      const [often] = chances;
      return html`<li data-here=${here}><a href=${address({ preset })} aria-current=${here ? "true" : nothing}>
        <span class="company"><b>${name}</b> ${here ? html`<span class="note">open now${made > 0 ? `, ${made} changed` : ""}</span>` : nothing}
          <span class="note">${company}</span></span>
        <span class="odds"><span class="strip" aria-hidden="true">${chances.map(
          ({ variant, chance }) => html`<i data-variant=${variant} .style=${`flex-grow:${chance}`}></i>`,
        )}</span>${often ? html`<span class="least" data-variant=${often.variant}>${variantLabel(often.variant)} <span class="whole">${ofHundred(often.chance)}</span></span>` : "nothing fits"}</span>
        <span class="cost" data-variant=${best}>${monthlyUsd && best ? html`<span class="least">${variantLabel(best)}</span> <b>${usd(monthlyUsd.mean)}</b> <span class="note">${span(monthlyUsd.p10, monthlyUsd.p90)}</span>` : nothing}</span></a></li>`;
    })}</ul>
  </section>`;
}
