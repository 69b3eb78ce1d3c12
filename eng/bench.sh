#!/usr/bin/env bash
# Benchmarks. --quick: ratios and allocations of the hot paths in under a minute, for every change. Otherwise:
#   ./eng/bench.sh                        everything: BenchmarkDotNet, whole processes, the service over HTTP; some twelve minutes
#   ./eng/bench.sh sign-large verify      BenchmarkDotNet alone, some of: sign sign-large batch verify issue timestamp locate
#   BENCH_ARGUMENTS="--iterationCount 20" ./eng/bench.sh verify     anything BenchmarkDotNet understands
# A run of everything writes benchmarks/results: ratios.md, processes.md, http.md, summary.md (the rows that fall short) and
# the chart ratios.svg; a run of some writes artifacts/benchmarks/ratios.md.
set -euo pipefail
cd "$(dirname "$0")/.."
project=benchmarks/ESign.Benchmarks
dotnet build "$project" -c Release -v quiet --nologo
run() { dotnet run --project "$project" -c Release --no-build -- "$@"; }
case ${1:-} in
  --quick)
    # Compiled thoroughly at once, framework included: what is measured must not hang on when the compiler gets to run.
    DOTNET_TieredCompilation=0 DOTNET_ReadyToRun=0 dotnet "$project/bin/Release/net10.0/ESign.Benchmarks.dll" --quick
    exit ;;
  '') results=benchmarks/results categories=() ;;
  *) results=artifacts/benchmarks categories=(--anyCategories "$@") ;;
esac
run --results "$results" --filter '*' --artifacts artifacts/benchmarks "${categories[@]}" ${BENCH_ARGUMENTS:-}
if [ $# -eq 0 ]; then
  ./eng/bench-process.sh
  ./eng/bench-http.sh 3
  run --summary "$results"
fi
