#!/usr/bin/env bash
# Benchmarks. --quick: ratios and allocations of the hot paths in under a minute, for every change; otherwise BenchmarkDotNet:
#   ./eng/bench.sh                        every category
#   ./eng/bench.sh sign-large verify      some of: sign sign-large batch verify issue timestamp locate
#   BENCH_ARGUMENTS="--inProcess --iterationCount 5" ./eng/bench.sh     anything BenchmarkDotNet understands
# A run of every category writes benchmarks/results/ratios.md and the chart ratios.svg; whole processes: bench-process.sh.
set -euo pipefail
cd "$(dirname "$0")/.."
project=benchmarks/ESign.Benchmarks
dotnet build "$project" -c Release -v quiet --nologo
if [ "${1:-}" = --quick ]; then
  exec dotnet run --project "$project" -c Release --no-build -- --quick
fi
arguments=(--filter '*' --artifacts artifacts/benchmarks ${BENCH_ARGUMENTS:-})
results=benchmarks/results
if [ $# -gt 0 ]; then
  arguments+=(--anyCategories "$@")
  results=artifacts/benchmarks
fi
dotnet run --project "$project" -c Release --no-build -- --results "$results" "${arguments[@]}"
echo "written: $results/ratios.md, $results/ratios.svg"
