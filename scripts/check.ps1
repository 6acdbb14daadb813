# Form, lint, types and floors of the whole tree; with --fix, puts right what can be put right by itself.
$ErrorActionPreference = "Stop"
Set-Location (Split-Path $PSScriptRoot)
& "$PSScriptRoot\install.ps1" test
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
function Step([string] $program, [string[]] $options) {
    & ".venv\Scripts\$program" @options
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}
if ($args -contains "--fix") {
    Step "ruff" @("format", ".")
    Step "ruff" @("check", "--fix", ".")
}
Step "ruff" @("format", "--check", ".")
Step "ruff" @("check", ".")
Step "python" @("-m", "mypy")
Step "lint-imports" @("--no-cache")
