/** How sure the answer is, by draws. */
import * as engine from "../engine/node.ts";
import { costsLess, DOUBTED, FITS, oftenBest, paired, verdictOf } from "../engine/odds.ts";
import { agree, among, capital, count, share, usd } from "../engine/words.ts";
import type { Input, Result } from "./commands.ts";
import { draws, variants } from "./options.ts";

const label = engine.variantLabel;

/**
 * Who costs least in the mean, and who else may, told as the page tells it.
 * @param crowned What was said to cost least before: what becomes of it is said too.
 */
export function leaders(answer: engine.Uncertainty, crowned?: engine.VariantId | null): string {
  const drawn = paired(answer);
  const verdict = verdictOf(drawn);
  const [only, more] = answer.variants;
  const of = among(answer.variants.length, engine.catalog().variants.length);
  // One alone is held against nothing.
  if (only && !more) {
    const [name, cost] = spoken(only);
    const fits = `${agree(only.variant, "fits", "fit")} in ${share(only.fits)} of the draws`;
    return `${capital(name)} ${cost} ${mean(only)} a month in the mean, and ${fits}.`;
  }
  if (!verdict) return `${capital(`${of}nothing fits in most draws`)}.`;
  const { best, near, otherwise } = verdict;
  const [name, cost, is] = spoken(best);
  const first = `${capital(`${of}${near.length > 0 ? `a toss-up: ${name}` : name}`)} ${cost} least in the mean, ${mean(best)} a month`;
  const fits = agree(best.variant, "it fits, which it does", "they fit, which they do");
  const parts = otherwise
    ? [
        `${first}, if ${fits} in ${share(best.fits)} of the draws`,
        `else it is ${label(otherwise.variant)}, at ${mean(otherwise)}${seldom(otherwise)}`,
      ]
    : [`${first}, and ${is} the cheapest in ${share(best.chanceBest)} of the draws${seldom(best)}`];
  for (const one of near) parts.push(other(one, `, less in ${share(costsLess(drawn, one, best))},`));
  // Who is the cheapest more often than the one that is in the mean: costs are skewed, and some fit in few draws.
  const [most] = oftenBest(answer.variants);
  const further = [most, answer.variants.find(({ variant }) => variant === crowned)];
  for (const one of new Set(further)) if (one && ![best, otherwise, ...near].includes(one)) parts.push(other(one, ""));
  return `${parts.join("; ")}.`;
}

/** What another costs, and how often it is the cheapest. */
function other(odds: engine.Odds, less: string): string {
  const [name, costs, is] = spoken(odds);
  return `${name} ${costs} ${mean(odds)}${less} and ${is} the cheapest in ${share(odds.chanceBest)}${seldom(odds)}`;
}

/** That it may not fit, where that is in doubt: the cheapest is of those that fit. */
function seldom({ variant, fits }: engine.Odds): string {
  return fits < DOUBTED ? `, but ${agree(variant, "fits", "fit")} in only ${share(fits)}` : "";
}

/** A variant's name, and what it does and is. */
function spoken({ variant }: engine.Odds): [name: string, cost: string, are: string] {
  return [label(variant), agree(variant, "costs", "cost"), agree(variant, "is", "are")];
}

function mean({ figures }: engine.Odds): string {
  return usd(figures["totals.monthlyUsd"]!.mean);
}

export async function uncertainty({ scenario, options, switches, brief, progress }: Input): Promise<Result> {
  let answer!: engine.Uncertainty;
  const question = { ...draws(options, "uncertainty"), ...variants(options) };
  for await (const next of engine.refineUncertainty(scenario, question)) {
    progress(count(next.draws, "draw"));
    answer = next;
  }
  const { variants: rows, worthKnowing, perfectInformationUsd } = answer;
  const [knowing] = worthKnowing ?? [];
  return {
    data: {
      ...answer,
      variants: rows.map(({ monthly, monthlyUsd, ...row }) => ({
        ...row,
        ...(!brief && { monthly }),
        ...(switches.has("each-draw") && { monthlyUsd }),
      })),
    },
    shown: () => ({
      heading: [
        leaders(answer),
        // That is held against the choice without it: where nothing is one, it is worth nothing that could be said.
        ...(answer.best === null
          ? []
          : [`Knowing everything before choosing is worth ${usd(perfectInformationUsd.value)}.`]),
        ...(knowing ? [`Find out ${knowing.label} first: that is worth ${usd(knowing.usd.value)}.`] : []),
      ].join("\n"),
      columns: ["variant", "mean a month", "p10", "p50", "p90", "best in", "fits in", "regret over the horizon"],
      rows: rows.map((row) => {
        const { mean, p10, p50, p90 } = row.figures["totals.monthlyUsd"]!;
        return [
          label(row.variant),
          ...[mean, p10, p50, p90].map((value) => usd(value, 3)),
          share(row.chanceBest),
          share(row.fits),
          // Of what is no choice it would be that of the few draws in which it fits, and look like the best.
          row.fits >= FITS ? usd(row.regretUsd, 3) : "",
        ];
      }),
    }),
    plain: () => {
      const spread = ["mean", "p10", "p50", "p90"] as const;
      const told = Object.keys(rows[0]?.figures ?? {});
      return {
        columns: [
          "variant",
          "fits",
          "chanceBest",
          "regretUsd",
          ...told.flatMap((id) => spread.map((at) => `${id}.${at}`)),
        ],
        rows: rows.map(({ variant, fits, chanceBest, regretUsd, figures }) => [
          variant,
          fits,
          chanceBest,
          fits > 0 ? regretUsd : undefined,
          ...told.flatMap((id) => spread.map((at) => figures[id]![at])),
        ]),
      };
    },
  };
}
