# Makes .venv and installs the locked dependencies, with those of one extra: test, cuda (NVIDIA's libraries), editor.
$ErrorActionPreference = "Stop"
$root = Split-Path $PSScriptRoot
$recent = "import sys, venv; sys.exit(sys.version_info < (3, 11))"
$candidates = @(@("$root\.venv\Scripts\python.exe"), @("py", "-3.13"), @("py", "-3.12"), @("py", "-3.11"), @("python"))
if ($env:PYTHON) { $candidates = @(, @($env:PYTHON)) + $candidates }
foreach ($candidate in $candidates) {
    $program, $options = $candidate
    if (-not (Get-Command $program -ErrorAction SilentlyContinue)) { continue }
    & $program @options -c $recent 2>$null
    if ($LASTEXITCODE -ne 0) { continue }
    & $program @options "$PSScriptRoot\environment.py" @args
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
    return
}
Write-Error "Likeness needs Python 3.11 or newer, and none was found: winget install Python.Python.3.12"
