/** Defines the elements, once a page however often the script is loaded. */

import { version } from "#version";
import { Calculator } from "./calculator.ts";
import { followFrames } from "./frame.ts";
import { ProseInput, ProseOutput } from "./prose.ts";

const defined = customElements.get("moving-parts") as { version?: string } | undefined;
if (defined) {
  if (defined.version !== version) {
    console.info(`moving-parts ${version} is not used: this page has ${defined.version ?? "another version"} already`);
  }
} else {
  Object.assign(Calculator, { version });
  customElements.define("moving-parts", Calculator);
  customElements.define("moving-parts-input", ProseInput);
  customElements.define("moving-parts-output", ProseOutput);
  followFrames();
}
