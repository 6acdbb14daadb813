# Runs Likeness: `scripts\run.ps1 demo`; with no argument, opens the editor.
# Makes the environment in .venv first where it is missing or the lock has changed.
$ErrorActionPreference = "Stop"
$root = Split-Path $PSScriptRoot
& "$PSScriptRoot\install.ps1"
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
& "$root\.venv\Scripts\python.exe" "$root\main.py" @args
exit $LASTEXITCODE
