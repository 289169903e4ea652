// What a shell runs at a press of Tab: each script asks `backprove complete -- WORDS…`, which
// answers a suggestion and its meaning on each line; where it answers nothing, the shell completes
// files. No word that was typed is evaluated.

export const COMPLETION_SCRIPTS: Readonly<Record<string, string>> = {
  bash: `_backprove() {
  local IFS=$'\\n'
  COMPREPLY=($(backprove complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f 1))
}
complete -o default -F _backprove backprove`,
  zsh: `#compdef backprove
_backprove() {
  local -a found
  found=("\${(@f)$(backprove complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "$found[1]" ]]; then
    compadd -l -d found -- "\${(@)found%%[[:cntrl:]]*}"
  else
    _files
  fi
}
if (( ! $+functions[compdef] )); then autoload -Uz compinit; compinit; fi
compdef _backprove backprove`,
  fish: `function __backprove_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l found (backprove complete -- $words[2..-1] 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    __fish_complete_path $words[-1]
  end
end
complete -c backprove -f -a '(__backprove_complete)'`,
  powershell: `Register-ArgumentCompleter -Native -CommandName backprove -ScriptBlock {
  param($begun, $typed)
  $words = @($typed.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" })
  if ($begun -eq '') { $words += '""' }
  backprove complete -- @words 2>$null | ForEach-Object {
    $word, $meaning = $_ -split "\`t", 2
    if (-not $meaning) { $meaning = $word }
    [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $meaning)
  }
}`,
}
