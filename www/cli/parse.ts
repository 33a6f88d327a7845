/** The words of a line, taken apart; where one is not known, the one that was probably meant is named. */
import { parseArgs } from "node:util";
import { type Command, commands } from "./commands.ts";
import { meant } from "./meant.ts";
import { OPTIONS, type Option, type OptionName, optionOf, UsageError } from "./options.ts";

/** The options that hold no value. */
type Switch = "whole" | "each-draw" | "help" | "version";

export function parse(args: string[]) {
  const options = Object.fromEntries(
    Object.entries<Option>(OPTIONS).map(([name, { value, multiple, short }]) => [
      name,
      { type: value === undefined ? "boolean" : "string", ...(multiple && { multiple }), ...(short && { short }) },
    ]),
  ) as { [name in Exclude<OptionName, Switch | "set">]: { type: "string" } } & {
    [name in Switch]: { type: "boolean" };
  } & { set: { type: "string"; multiple: true } };
  try {
    const { tokens, ...parsed } = parseArgs({ args: joined(args), options, allowPositionals: true, tokens: true });
    const known = new Map<string, string | undefined>();
    for (const token of tokens) {
      if (token.kind !== "option" || (OPTIONS as Record<string, Option>)[token.name]?.multiple) continue;
      const { name, value } = token;
      const before = known.get(name);
      if (known.has(name) && before !== value)
        throw new UsageError(`--${name} is there twice, with ${before} and with ${value}; write one of them`);
      known.set(name, value);
    }
    return parsed;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw refused(error as NodeJS.ErrnoException, args);
  }
}

/** What Node says of the line, in our words where they say more. */
function refused({ code, message }: NodeJS.ErrnoException, args: readonly string[]): UsageError {
  const name = args.find((word) => Object.hasOwn(commands, word));
  const command = name === undefined ? undefined : commands[name]!;
  const help = `moving-parts ${name === undefined ? "" : `${name} `}--help`;
  const known = command ? optionsOf(command) : (Object.keys(OPTIONS) as OptionName[]);
  const bare = /'--([a-z-]+) <value>' argument missing/.exec(message)?.[1];
  const empty = known.find((option) => option === bare);
  if (empty !== undefined) {
    const { value = "" } = optionOf(empty, name);
    return new UsageError(`--${empty} has nothing behind it; write --${empty} ${value}`);
  }
  const strange = code === "ERR_PARSE_ARGS_UNKNOWN_OPTION" ? /'(-[^']*)'/.exec(message)?.[1] : bare && `--${bare}`;
  if (strange === undefined) return new UsageError(`${message}\n${help} lists the options`);
  const remedy = instead(strange, known, command) ?? `${help} lists those that there are`;
  return new UsageError(`there is no option ${strange}; ${remedy}`);
}

/** Node takes a word with a minus for an option: a number or a range is joined to the option whose value it is. */
function joined(args: readonly string[]): string[] {
  const words: string[] = [];
  for (const word of args) {
    const option = OPTIONS[words.at(-1)?.slice(2) as OptionName] as Option | undefined;
    if (/^-\.?\d/.test(word) && words.at(-1)?.startsWith("--") && option?.value !== undefined) {
      words.push(`${words.pop()}=${word}`);
    } else words.push(word);
  }
  return words;
}

/** The options that a command has. */
export function optionsOf({ options, company }: Command): OptionName[] {
  return [...options, ...company, "format", "output", "help", "version"];
}

/** What to write instead of an option that is not there. */
export function instead(option: string, known: readonly string[], command?: Command): string | undefined {
  const word = option.replace(/^-+/, "");
  const formats = command?.formats ?? [];
  if (formats.includes(word)) return `did you mean --format ${word}?`;
  const near = meant(word, known);
  return near && `did you mean --${near}?`;
}

/** The command of a name. */
export function commandOf(name: string): Command {
  if (Object.hasOwn(commands, name)) return commands[name]!;
  const known = Object.keys(commands);
  const near = meant(name, known);
  throw new UsageError(
    `there is no command "${name}"; ${near === undefined ? `known: ${known.join(", ")}` : `did you mean ${near}?`}`,
  );
}
