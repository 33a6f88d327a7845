/** What the command line says of itself. */

import wrapAnsi from "wrap-ansi";
import { MOST_DRAWS } from "../engine/generated.ts";
import { USUAL_DRAWS } from "../engine/question/asked.ts";
import { COMPANY, type Command, commands } from "./commands.ts";
import { OPTIONS, type Option, type OptionName, optionOf } from "./options.ts";
import { paint, type Screen } from "./output.ts";

/** Lines are not longer than this where no screen says how wide it is. */
const WIDTH = 100;

const EXAMPLES = [
  "compare --preset shermans-2011",
  "uncertainty --preset seed-startup --set workload.weeklyUsers=1e4..1e6 --draws 10000",
  "explain --preset seed-startup --variant paas --metric totals.monthlyUsd",
  "export --preset seed-startup --variant paas --output paas.xlsx",
];

/** Everything in one look. */
export function overview(screen: Screen): string {
  return page(screen, [
    "moving-parts COMMAND [options]",
    "",
    "What it costs, in money and in people, to run a company's software in nine ways.",
    section("Commands"),
    ...pairs(Object.entries(commands).map(([name, { about }]) => [name, about])),
    section("Which company"),
    ...listed(COMPANY),
    section("Output"),
    ...listed(["format", "output", "help", "version"]),
    section("Words"),
    ...pairs([
      ["likeliest values", "the middle value of every input, as likely too high as too low (p50)"],
      [
        "draws",
        "values of all inputs at once, as likely as they are; what they say in the mean is what the page shows",
      ],
    ]),
    section("Examples"),
    ...EXAMPLES.map((words) => ({ example: `moving-parts ${words}` })),
    "",
    "moving-parts COMMAND --help tells the options of a command, with examples.",
    "moving-parts complete bash (or zsh, fish, powershell) writes what makes that shell complete all of this.",
  ]);
}

/** What one command takes. */
export function helpOf(name: string, command: Command, screen: Screen): string {
  const { about, company, options, word, formats, examples } = command;
  const format = {
    ...OPTIONS.format,
    about:
      formats.length > 1
        ? `${formats.join(", ")}; else as the ending of --output says, or ${formats[0]}`
        : `${formats[0]}`,
  };
  const own = options.map((option) => {
    const own = optionOf(option, name);
    return written(option, { ...own, about: option === "draws" ? `${own.about}${drawn(name)}` : own.about });
  });
  return page(screen, [
    `moving-parts ${name} ${word ? `[${word[0]}] ` : ""}[options]`,
    "",
    `${about.charAt(0).toUpperCase()}${about.slice(1)}.`,
    ...(options.length > 0 || word ? [section("Options"), ...pairs([...(word ? [word] : []), ...own])] : []),
    ...(company.length > 0 ? [section("Which company"), ...listed(company)] : []),
    section("Output"),
    ...pairs([written("format", format)]),
    ...listed(["output", "help"]),
    section("Examples"),
    ...examples.map((words) => ({ example: `moving-parts ${name} ${words}`.trimEnd() })),
  ]);
}

/** How many draws a command makes. */
function drawn(command: string): string {
  const question = command as keyof typeof MOST_DRAWS;
  const [usual, most] = [USUAL_DRAWS[question], MOST_DRAWS[question]];
  return usual === 0
    ? `, at most ${most}; at the likeliest values if nothing is said`
    : `, at most ${most}; ${usual} if nothing is said`;
}

function listed(names: readonly OptionName[]): Pair[] {
  return pairs(names.map((name) => written(name, OPTIONS[name])));
}

function written(name: string, { value, about, short }: Option): [string, string] {
  return [`--${name}${value === undefined ? "" : ` ${value}`}${short === undefined ? "" : `, -${short}`}`, about];
}

type Pair = { name: string; about: string };

function pairs(entries: [string, string][]): Pair[] {
  return entries.map(([name, about]) => ({ name, about }));
}

function section(title: string): { title: string } {
  return { title };
}

/** Names in one column, words in another; both wrap. An example that is too long goes on as a shell would read it. */
function page({ width, colours }: Screen, parts: (string | Pair | { title: string } | { example: string })[]): string {
  const room = Math.min(width ?? WIDTH, WIDTH);
  const lines = parts.flatMap((part) => {
    if (typeof part === "string") return wrapAnsi(part, room, { hard: true, trim: false }).split("\n");
    if ("title" in part) return ["", paint(part.title, "bold", colours)];
    if ("example" in part)
      return [`  ${wrapAnsi(part.example, room - 6, { hard: false }).replaceAll("\n", " \\\n    ")}`];
    const column = Math.min(24, Math.floor(room / 3));
    const [first = "", ...more] = wrapAnsi(part.about, Math.max(1, room - column - 2), { hard: true }).split("\n");
    const name = `  ${part.name}`;
    // A name that is too long stands on a line of its own.
    const head =
      name.length < column ? [`${name.padEnd(column)}  ${first}`] : [name, `${" ".repeat(column)}  ${first}`];
    return [...head, ...more.map((line) => `${" ".repeat(column)}  ${line}`)];
  });
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}
