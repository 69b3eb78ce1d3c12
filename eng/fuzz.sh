#!/usr/bin/env bash
# Fuzzes the PDF engine: eng/fuzz.sh [seconds] [seed]. Defects are kept in artifacts/fuzz.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/ESign.Fuzz -c Release -v quiet --nologo
exec nice -n 19 tests/ESign.Fuzz/bin/Release/net10.0/ESign.Fuzz --seconds "${1:-60}" --seed "${2:-1}" --keep artifacts/fuzz
