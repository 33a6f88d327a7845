/** Words that not everybody knows, each one click away from what it means here. */

import { html, type TemplateResult } from "lit";

const TERMS: Record<string, string> = {
  "all-in":
    "Everything, in money: machines and services, people's hours, expected downtime and lost data, what is paid for and not used, set-up spread over the months.",
  "toss-up": "No variant is the cheapest in two draws of three: what is not known matters more than the difference.",
  "eight draws in ten":
    "Thousands of times every number that is only believed is drawn from its range, and all variants are computed from the same draw. The range holds in eight of ten; one draw in ten lies below, one above. Figures are means over the draws.",
  "moving parts":
    "Technologies in a role, each with its own version or configuration, that the team answers for: a database, a load balancer, a deployment tool.",
  interfaces: "Two parts of which one is configured to use the other.",
  "forced upgrades": "Upgrades that come whether one wants them or not, because the old version is no longer kept.",
  "lead time": "Working hours from the start of a small change until its users have it.",
  waste: "What is bought and not used: idle machines under a lease, the part of a machine that nothing runs on.",
  regret: "What a variant costs more than always knowing the best one beforehand, in the mean over the draws.",
  "share of the doubt":
    "The part of the lead's variance that goes away if this input is known, with all that it does together with others: the total Sobol index.",
  "worth knowing":
    "What the choice would cost less over the horizon, as expected, if this input were known before it is made: the expected value of partial perfect information.",
  "bare metal": "Whole machines, leased by the month or bought and put in a data centre; no layer of virtual machines.",
  PaaS: "A platform that takes the code and runs it, such as Heroku: no machines to look after, a higher price for each.",
  Kubernetes: "A cluster that places containers on machines by itself: managed by a provider, or run by the team.",
  "machine images": "Virtual machines started from images that Packer bakes and Terraform rolls out.",
  discounted: "Money that is paid later counts for less, by the discount rate of the inputs.",
};

/**
 * A term with its meaning behind it.
 * @param shown The words that stand for it, if not the term itself.
 */
export function term(name: string, shown: TemplateResult | string = name): TemplateResult {
  const id = `term-${name.replaceAll(" ", "-")}`;
  // Every use has the same words behind it: the nearest one is shown.
  const open = (event: Event) => {
    const button = event.currentTarget as HTMLButtonElement;
    const box = document.getElementById("term") as HTMLElement;
    box.replaceChildren(...explained(name));
    const { left, bottom } = button.getBoundingClientRect();
    box.style.left = `${Math.max(8, Math.min(left, document.documentElement.clientWidth - 336))}px`;
    box.style.top = `${bottom + 6}px`;
    box.togglePopover(true);
    box.dataset.of = id;
  };
  return html`<button class="term" aria-haspopup="dialog" title=${TERMS[name] ?? ""} @click=${open}>${shown}</button>`;
}

function explained(name: string): Node[] {
  const heading = document.createElement("b");
  heading.textContent = name;
  const words = document.createElement("p");
  words.textContent = TERMS[name] ?? "";
  return [heading, words];
}

/** The box in which a meaning is shown; once a page. */
export function termBox(): TemplateResult {
  return html`<div id="term" popover role="dialog" aria-label="What it means"></div>`;
}
