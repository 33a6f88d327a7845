/** What shells complete: commands, their options, and the names that these take. */
import { readdirSync } from "node:fs";
import { RootCommand } from "@bomb.sh/tab";
import { commands } from "./commands.ts";
import { OPTIONS, type Option, type OptionName, UsageError } from "./options.ts";

const SHELLS = ["bash", "zsh", "fish", "powershell"];

/**
 * The words go to the program as they are: a shell that evaluated them would carry out a redirection or a command that is
 * only being typed. `=` and `:` part no words where bash-completion is there to say so.
 */
const BASH = `# bash completion for moving-parts
_moving_parts() {
    local cur=\${COMP_WORDS[COMP_CWORD]} words=("\${COMP_WORDS[@]}") cword=$COMP_CWORD value meaning
    if declare -F _get_comp_words_by_ref > /dev/null; then
        _get_comp_words_by_ref -n "=:" cur words cword
    fi
    COMPREPLY=()
    while IFS=$'\\t' read -r value meaning; do
        if [[ $value != :* && $value == "$cur"* ]]; then
            COMPREPLY+=("$value")
        fi
    done < <(moving-parts complete -- "\${words[@]:1:cword}" 2> /dev/null)
    if [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *[=/] ]]; then
        compopt -o nospace 2> /dev/null
    fi
}
complete -F _moving_parts moving-parts
`;

/**
 * PowerShell takes the line apart by itself; the words go to the program as they are typed, and what is inserted is quoted where
 * PowerShell would read something else in it. Before 7.3 it hands on an empty word only as two quotes.
 */
const POWERSHELL = `# PowerShell completion for moving-parts
Register-ArgumentCompleter -Native -CommandName 'moving-parts' -ScriptBlock {
    param($typed, $ast, $cursor)
    $words = @($ast.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.StartOffset -lt $cursor } | ForEach-Object {
        if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text }
    })
    $begun = if ($typed -ne '' -and $words.Count -gt 0) { $words[-1] } else { '' }
    if ($typed -eq '') {
        $legacy = $null -eq $PSNativeCommandArgumentPassing -or "$PSNativeCommandArgumentPassing" -eq 'Legacy'
        $words += if ($legacy) { '""' } else { '' }
    }
    & moving-parts complete '--' @words 2> $null | ForEach-Object {
        $value, $meaning = "$_" -split "\`t", 2
        if ($value -eq '' -or $value.StartsWith(':') -or -not $value.StartsWith($begun)) { return }
        $quoted = if ($value -match '^[A-Za-z0-9_./:=-]+$') { $value } else { "'" + ($value -replace "'", "''") + "'" }
        if (-not $meaning) { $meaning = $value }
        [System.Management.Automation.CompletionResult]::new($quoted, $value, 'ParameterValue', $meaning)
    }
}
`;

/** `complete SHELL` writes the shell's script; that calls `complete -- WORDS`, which offers what may come next. */
export function complete(args: readonly string[]): void {
  const [shell, ...words] = args;
  const root = new RootCommand();
  for (const [name, { about, company, options, formats }] of Object.entries(commands)) {
    const command = root.command(name, about);
    const all: OptionName[] = [...options, ...company, "format", "output", "help"];
    for (const option of all) {
      const { value, about, offers }: Option = OPTIONS[option];
      const known = option === "format" ? () => formats.map((format): [string, string] => [format, ""]) : offers;
      if (value === undefined) command.option(option, about);
      else
        command.option(option, about, (offer) => {
          const some = known === "files" ? files(words.at(-1) ?? "") : (known?.() ?? []);
          for (const [value, meaning] of some) offer(value, meaning);
        });
    }
  }
  if (args.includes("--")) root.parse(args.slice(args.indexOf("--") + 1));
  else if (shell === "bash") process.stdout.write(BASH);
  else if (shell === "powershell") process.stdout.write(POWERSHELL);
  else if (shell !== undefined && SHELLS.includes(shell)) root.setup("moving-parts", "moving-parts", shell);
  else throw new UsageError(`complete: which shell? Write ${SHELLS.map((name) => `complete ${name}`).join(", ")}`);
}

/** What a folder has under names that begin like this. */
function files(begun: string): [string, string][] {
  const folder = begun.slice(0, begun.lastIndexOf("/") + 1);
  try {
    return readdirSync(folder === "" ? "." : folder, { withFileTypes: true }).map((entry) => [
      `${folder}${entry.name}${entry.isDirectory() ? "/" : ""}`,
      "",
    ]);
  } catch {
    return [];
  }
}
