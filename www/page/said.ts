/** What a scenario says, asked of the engine once for each: with every step of a thumb the page asks several times over. */

import { ranges, type Scenario, sets, toLink } from "#engine";

/** Something of a scenario that is asked once; no scenario of the page is ever changed in place. */
function once<T>(ask: (scenario: Scenario) => T): (scenario: Scenario) => T {
  const known = new WeakMap<Scenario, T>();
  return (scenario) => {
    const value = known.get(scenario) ?? ask(scenario);
    known.set(scenario, value);
    return value;
  };
}

/** The ranges of its inputs, by their paths. */
export const rangesOf = once(ranges);

/** The names that are in its sets, by their paths. */
export const setsOf = once(sets);

/** Its link. */
export const linkOf = once(toLink);
