# Makes .venv and installs the locked dependencies, with those of one extra: test, cuda (NVIDIA's libraries).
$ErrorActionPreference = "Stop"
$root = Split-Path $PSScriptRoot

# Windows PowerShell turns words on stderr into errors where it is set to stop at them: asking must not stop.
function Test-Python([string] $program, [string[]] $options) {
    $ErrorActionPreference = "Continue"
    if (-not (Get-Command $program -ErrorAction SilentlyContinue)) { return $false }
    & $program @options -c "import sys, venv; sys.exit(sys.version_info < (3, 11))" 2>$null | Out-Null
    return $LASTEXITCODE -eq 0
}

$candidates = @(@("$root\.venv\Scripts\python.exe"), @("py", "-3.13"), @("py", "-3.12"), @("py", "-3.11"), @("python"))
if ($env:PYTHON) { $candidates = @(, @($env:PYTHON)) + $candidates }
foreach ($candidate in $candidates) {
    $program = $candidate[0]
    $options = @($candidate | Select-Object -Skip 1)
    if (Test-Python $program $options) {
        & $program @options "$PSScriptRoot\environment.py" @args
        exit $LASTEXITCODE
    }
}
Write-Error "Likeness needs Python 3.11 or newer, and none was found: winget install Python.Python.3.12"
