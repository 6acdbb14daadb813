# Everything a change must pass: scripts\check.ps1, then the tests. `--long` adds the kill loops, full clips and soaks;
# any other argument goes to pytest.
$ErrorActionPreference = "Stop"
Set-Location (Split-Path $PSScriptRoot)
& "$PSScriptRoot\check.ps1"
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
$options = @($args | Where-Object { $_ -ne "--long" })
if ($args -contains "--long") { $options = @("-m", "long or not long") + $options }
& ".venv\Scripts\python.exe" -m pytest -n 2 --dist loadfile @options
exit $LASTEXITCODE
