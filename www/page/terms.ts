/** Words that not everybody knows, each one click away from what it means here. */

import { html, type TemplateResult } from "lit";
import { type VariantId, variantLabel } from "#engine";
import { rootOf } from "./focus.ts";

const TERMS = {
  "all-in":
    "Everything, in money: machines and services, people's hours, expected downtime and lost data, what is paid for and not used, set-up spread over the months.",
  "toss-up":
    "What costs least in the mean does so in fewer than two draws of three, and what is named beside it costs no more than half as much again: what is not known matters more than the difference.",
  "likeliest values":
    "Worked out once, with every input at its likeliest value, so that it can be checked by hand. Figures without this mark are means over the draws, which mostly reach further up than down: those are mostly higher.",
  "for the goal":
    "Hours down that count for the availability goal. It asks what machines, providers and places are down by themselves. What changes, upgrades, restores and lack of capacity add is downtime too, but no other machine would save it.",
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
  discounted: "Money that is paid later counts for less, by the discount rate of the inputs.",
};

/** What the variants are. */
const VARIANTS: Record<VariantId, string> = {
  "single-server": "Code put on one rented machine, its database beside it: a backup, no second machine to take over.",
  "leased-metal":
    "Whole machines, leased by the month or for a term, with a second of every role; no layer of virtual machines. The team looks after them.",
  "owned-metal":
    "The same on machines that are bought and stand in a data centre (colocation): written off over their life.",
  "cloud-vms": "Virtual machines of a provider, by the hour, set up with tools such as Ansible or Capistrano.",
  paas: "A platform that takes the code and runs it, such as Heroku or Render: no machines to look after, a higher price for each.",
  "machine-images":
    "Virtual machines started from images that Packer bakes and Terraform rolls out; they are replaced, never repaired.",
  "managed-kubernetes":
    "Containers that a cluster places on machines by itself; the provider runs the cluster's own servers, the team everything in it.",
  "self-run-kubernetes": "The same, the cluster's own servers included.",
  functions:
    "Code that a provider runs by the request (Lambda): nothing is paid while nobody asks, and the software is cut to fit.",
};

/**
 * A term with its meaning behind it.
 * @param shown The words that stand for it, if not the term itself.
 */
export function term(name: keyof typeof TERMS, shown: TemplateResult | string = name): TemplateResult {
  return behind(name, TERMS[name], shown);
}

/** The name of a variant with what it is behind it. */
export function variantTerm(variant: VariantId): TemplateResult {
  const name = variantLabel(variant);
  return behind(name, VARIANTS[variant], name);
}

function behind(name: string, meaning: string, shown: TemplateResult | string): TemplateResult {
  const open = (event: Event) => {
    const button = event.currentTarget as HTMLButtonElement;
    const box = rootOf(button).getElementById("term") as HTMLElement;
    box.replaceChildren(...explained(name, meaning));
    const { left, bottom } = button.getBoundingClientRect();
    box.style.left = `${Math.max(8, Math.min(left, document.documentElement.clientWidth - 336))}px`;
    box.style.top = `${bottom + 6}px`;
    box.togglePopover(true);
  };
  return html`<button class="term" aria-haspopup="dialog" title=${meaning} @click=${open}>${shown}</button>`;
}

/** Marks a figure that is no mean over the draws. */
export function likeliest(): TemplateResult {
  return html`<span class="likeliest">${term("likeliest values", "likeliest")}</span>`;
}

function explained(name: string, meaning: string): Node[] {
  const heading = document.createElement("b");
  heading.textContent = name;
  const words = document.createElement("p");
  words.textContent = meaning;
  return [heading, words];
}

/** The box in which a meaning is shown; once a page. */
export function termBox(): TemplateResult {
  return html`<div id="term" popover role="dialog" aria-label="What it means"></div>`;
}
