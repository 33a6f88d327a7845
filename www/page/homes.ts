/** Where software can live: in the sets of parts that meet a company's needs, and which needs keep it from living elsewhere. */

import type { AdvisedStack, HomePartId, NeedId, Scenario, StackAdvice, VariantId } from "../engine/public.ts";
import { stack } from "../engine/questions.ts";
import { byYields, type UnderWay } from "../engine/steps.ts";

/** A home of software. */
export interface Home {
  name: string;
  /** Those that run software there. */
  variants: readonly VariantId[];
}

/** By the part by which a set lives there: it does in the first of them whose part it has. */
const HOMES = {
  "managed-control-plane": { name: "managed Kubernetes", variants: ["managed-kubernetes"] },
  "control-plane": { name: "self-run Kubernetes", variants: ["self-run-kubernetes"] },
  "application-platform": { name: "a platform", variants: ["paas"] },
  "function-service": { name: "functions", variants: ["functions"] },
  "cloud-machines": { name: "cloud VMs", variants: ["cloud-vms", "machine-images"] },
  "bare-metal": { name: "bare metal", variants: ["leased-metal", "owned-metal"] },
  "rented-server": { name: "one rented server", variants: ["single-server"] },
} as const satisfies Record<HomePartId, Home>;

/** The need that every home meets, each in its way. */
export const SERVE: NeedId = "serve";

/** What meets a company's needs, and what does not. */
export interface Housed {
  advice: StackAdvice;
  /** The homes that have no set, and the needs that each of them does not meet by itself: all, where it is none at all. */
  fallen: { home: Home; misses: string[] }[];
}

export function homeOf({ parts }: AdvisedStack): Home | undefined {
  return Object.entries<Home>(HOMES).find(([home]) => parts.some(({ part }) => part.id === home))?.[1];
}

function* search(scenario: Scenario): Generator<void, Housed> {
  const advice = stack(scenario);
  const homesOf = ({ stacks }: StackAdvice) => new Set(stacks.map(homeOf));
  const lived = homesOf(advice);
  const fallen = Object.values<Home>(HOMES)
    .filter((home) => !lived.has(home))
    .map((home) => ({ home, misses: [] as string[] }));
  for (const { need } of fallen.length > 0 ? advice.needs : []) {
    yield;
    const met = homesOf(stack(scenario, { needs: [...new Set([SERVE, need])] }));
    for (const { home, misses } of fallen) if (!met.has(home)) misses.push(need);
  }
  return { advice, fallen };
}

/** The homes of a company's software, under way, a need a step. */
export function housing(scenario: Scenario): UnderWay<Housed> {
  return byYields(search(scenario));
}
