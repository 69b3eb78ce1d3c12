#!/usr/bin/env bash
# Benchmarks. --quick: ratios and allocations of the hot path in under three minutes; otherwise BenchmarkDotNet:
#   ./eng/bench.sh [category …]     for example sign-p256, sign-large; all without one
set -euo pipefail
cd "$(dirname "$0")/.."
project=benchmarks/ESign.Benchmarks
dotnet build "$project" -c Release -v quiet --nologo
if [ "${1:-}" = --quick ]; then
  exec dotnet run --project "$project" -c Release --no-build -- --quick
fi
arguments=(--filter '*' --artifacts benchmarks/results/run)
[ $# -eq 0 ] || arguments+=(--anyCategories "$@")
dotnet run --project "$project" -c Release --no-build -- "${arguments[@]}"
cp benchmarks/results/run/results/*-report-github.md benchmarks/results/
