/** What variants are called where room is short. */

import { type VariantId, variantLabel } from "#engine";

const SHORT: Partial<Record<VariantId, string>> = {
  "single-server": "server",
  "leased-metal": "leased",
  "owned-metal": "owned",
  "cloud-vms": "VMs",
  "machine-images": "images",
  "managed-kubernetes": "k8s",
  "self-run-kubernetes": "own k8s",
};

export function shortName(variant: VariantId): string {
  return SHORT[variant] ?? variantLabel(variant);
}
