#!/usr/bin/env bash
# The service under load, on loopback only, beside a bare Kestrel and the bare key operation in the same run.
# Every row runs for SECONDS at 1, 16 and 64 connections, one connection pool, one thread of wrk.
#   ./eng/bench-http.sh [seconds]              writes benchmarks/results/http.md
#   ./eng/bench-http.sh --memory [minutes]     timestamps for so long (10), the process's memory every 10 s: benchmarks/results/http-memory.md
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
pids=()
finish() { for pid in "${pids[@]}"; do kill "$pid" 2> /dev/null || true; done; wait 2> /dev/null || true; rm -rf "$work"; }
trap finish EXIT
memory=0 seconds=5
if [ "${1:-}" = --memory ]; then memory=$((${2:-10} * 60)); elif [ $# -gt 0 ]; then seconds=$1; fi

dotnet build src/ESign.Server -c Release -v quiet --nologo
dotnet build benchmarks/ESign.HttpFloor -c Release -v quiet --nologo
server=src/ESign.Server/bin/Release/net10.0/ESign.Server.dll
floor=benchmarks/ESign.HttpFloor/bin/Release/net10.0/ESign.HttpFloor.dll
port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
service=http://127.0.0.1:$(port)
bare=http://127.0.0.1:$(port)
wait_for() { for _ in $(seq 100); do curl -sf -o /dev/null "$1" && return; sleep 0.1; done; echo "no answer from $1" >&2; exit 1; }

# One address would be limited long before the machine is: the limits are lifted for the run.
start() { # URL DATA [SETTING VALUE …]
  local url=$1 data=$2
  shift 2
  dotnet "$server" --urls "$url" --ESIGN_DATA "$data" --Limits:Burst 100000000 --Limits:RequestsPerSecond 100000000 \
    --Logging:LogLevel:Default Warning "$@" > "$data.announcement" 2> "$data.log" &
  pids+=($!)
}
start "$service" "$work/data"
service_pid=$!
sampled=http://127.0.0.1:$(port)
start "$sampled" "$work/sampled" --TimestampAuthority:VerifyOneIn 64
sampled_pid=$!
dotnet "$floor" --urls "$bare" > /dev/null 2>&1 &
pids+=($!)
bare_pid=$!
wait_for "$service/health/ready"
wait_for "$sampled/health/ready"

# What is asked: a timestamp with a nonce; the status of a certificate issued here, with a nonce and without.
head -c 1000 /dev/urandom > "$work/data.bin"
openssl ts -query -data "$work/data.bin" -sha256 -cert -out "$work/query.tsq" 2> /dev/null
administrator=$(grep -o 'esign_[0-9a-f]*_[A-Za-z0-9_-]*' "$work/data.announcement")
post() { curl -sf -H "Authorization: Bearer $1" -H 'Content-Type: application/json' -d "$3" "$service$2"; }
officer=$(post "$administrator" /api/v1/tokens '{"name":"bench","roles":["officer"]}' | jq -r .token)
openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=bench -keyout "$work/key.pem" -out "$work/request.pem" 2> /dev/null
post "$officer" /api/v1/certificates "$(jq -n --rawfile csr "$work/request.pem" '{profile: "enterprise-seal", csr: $csr, subject: {kind: "enterprise", name: "深圳示例科技有限公司", creditCode: "91350100M000100Y43"}}')" > "$work/issued.json"
jq -r .certificate "$work/issued.json" > "$work/certificate.pem"
jq -r '.chain[0]' "$work/issued.json" > "$work/issuing.pem"
openssl ocsp -issuer "$work/issuing.pem" -cert "$work/certificate.pem" -reqout "$work/nonce.ocsp" 2> /dev/null
openssl ocsp -issuer "$work/issuing.pem" -cert "$work/certificate.pem" -no_nonce -reqout "$work/plain.ocsp" 2> /dev/null
get=/ca/ocsp/issuing/$(base64 -w0 "$work/plain.ocsp" | jq -sRr @uri)

cat > "$work/post.lua" <<'LUA'
function init(arguments)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = arguments[2]
  local file = io.open(arguments[1], "rb")
  wrk.body = file:read("*a")
  file:close()
end
LUA

if [ "$memory" -gt 0 ]; then
  wrk -t1 -c16 -d "${memory}s" -s "$work/post.lua" "$service/tsa" -- "$work/query.tsq" application/timestamp-query > "$work/wrk" &
  load_pid=$!
  for ((i = 0; i <= memory; i += 10)); do
    printf '%4d %6d\n' "$i" "$(awk '/VmRSS/ { print $2 }' "/proc/$service_pid/status")" | tee -a "$work/memory" >&2
    sleep 10
  done
  wait "$load_pid"
  {
    echo '# Memory of the service under load'
    echo
    echo "\`POST /tsa\` at 16 connections for $((memory / 60)) minutes, $(awk '/requests in/ { print $1 }' "$work/wrk") timestamps, every one a record of the audit log · $(awk '/Requests\/sec/ { printf "%d", $2 }' "$work/wrk")/s · load of the machine at the end $(cut -d' ' -f1 /proc/loadavg)"
    echo
    echo '| minute | resident, MiB |'
    echo '|---:|---:|'
    awk '$1 % 60 == 0 { printf "| %d | %d |\n", $1 / 60, $2 / 1024 }' "$work/memory"
  } > benchmarks/results/http-memory.md
  cat benchmarks/results/http-memory.md
  exit
fi

# Processor time of the server a URL belongs to, in hundredths of a second.
ticks() {
  local pid=$service_pid
  case $1 in "$bare"*) pid=$bare_pid ;; "$sampled"*) pid=$sampled_pid ;; esac
  awk '{ print $14 + $15 }' "/proc/$pid/stat"
}

# load CONNECTIONS URL [BODY TYPE]: "requests-per-second p50 p99 microseconds-of-processor-time-per-request errors"
load() {
  local connections=$1 url=$2 script=() before
  if [ $# -gt 2 ]; then script=(-s "$work/post.lua" "$url" -- "$3" "$4"); else script=("$url"); fi
  before=$(ticks "$url")
  wrk -t1 -c"$connections" -d "${seconds}s" --latency "${script[@]}" > "$work/wrk"
  awk -v ticks="$(($(ticks "$url") - before))" '/Requests\/sec/ { rate = $2 } /requests in/ { count = $1 } /^ +50%/ { p50 = $2 } /^ +99%/ { p99 = $2 } /Non-2xx|Socket errors/ { errors = $0 } END { printf "%d %s %s %.0f %s", rate, p50, p99, ticks * 10000 / count, errors }' "$work/wrk"
}

declare -A rate p50 p99 cpu
row() { # row NAME URL [BODY TYPE]
  local name=$1 found
  shift
  # Until everything is compiled for speed: that thread gets its turn in the pauses.
  for _ in 1 2 3; do
    wrk -t1 -c64 -d 2s ${3:+-s "$work/post.lua"} "$1" ${3:+-- "$2" "$3"} > /dev/null
    sleep 0.5
  done
  for connections in 1 16 64; do
    found=$(load "$connections" "$@")
    read -r r a b c errors <<< "$found"
    rate[$name,$connections]=$r p50[$name,$connections]=$a p99[$name,$connections]=$b cpu[$name,$connections]=$c
    [ -z "$errors" ] || { echo "$name at $connections: $errors" >&2; exit 1; }
    printf '%-12s %3d connections %7d/s  p50 %8s  p99 %8s  %5s µs\n' "$name" "$connections" "$r" "$a" "$b" "$c" >&2
  done
}
read -r raw_sign raw_verify <<< "$(dotnet "$floor" --raw)"
row echo "$bare/echo" "$work/query.tsq" application/timestamp-query
row sign "$bare/sign" "$work/query.tsq" application/timestamp-query
row sign-verify "$bare/sign-verify" "$work/query.tsq" application/timestamp-query
row tsa-alone "$bare/tsa" "$work/query.tsq" application/timestamp-query
row tsa-alone-sampled "$bare/tsa-sampled" "$work/query.tsq" application/timestamp-query
row tsa "$service/tsa" "$work/query.tsq" application/timestamp-query
row tsa-sampled "$sampled/tsa" "$work/query.tsq" application/timestamp-query
row ocsp-fresh "$service/ca/ocsp/issuing" "$work/nonce.ocsp" application/ocsp-request
row ocsp-signed "$service$get"

mkdir -p benchmarks/results
share() { awk -v a="${rate[$1,$3]}" -v b="${rate[$2,$3]}" 'BEGIN { printf "%.0f %%", 100 * a / b }'; }
{
  echo '# The service under load'
  echo
  echo "$(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | xargs), $(nproc) logical cores, shared by server and load · $(uname -sr) · .NET $(dotnet --version) SDK · load at the end $(cut -d' ' -f1 /proc/loadavg) · $seconds s a figure · bare P-256, one thread: $raw_sign signatures/s, $raw_verify verifications/s"
  echo
  echo '| What | floor | connections | requests/s | of the floor | goal | p50 | p99 | processor µs | floor |'
  echo '|---|---|---:|---:|---:|---:|---:|---:|---:|---:|'
  line() { # NAME TEXT FLOOR GOAL
    for connections in 1 16 64; do
      echo "| $2 | ${3:-–} | $connections | ${rate[$1,$connections]} | $([ -n "$3" ] && share "$1" "$3" "$connections" || echo –) | $([ "$connections" != 1 ] && echo "$4") | ${p50[$1,$connections]} | ${p99[$1,$connections]} | ${cpu[$1,$connections]} | $([ -n "$3" ] && echo "${cpu[$3,$connections]}" || echo –) |"
    done
  }
  line echo 'bare Kestrel, echo' '' ''
  line sign 'bare Kestrel, one P-256 signature' '' ''
  line sign-verify 'bare Kestrel, signature and verification' '' ''
  line tsa-alone 'the authority alone: signed, verified' sign '75 %'
  line tsa-alone-sampled 'the authority alone, `VerifyOneIn` 64: signed, one in 64 verified' sign '75 %'
  line tsa '`POST /tsa`: signed, verified, durably logged' sign '75 %'
  line tsa '`POST /tsa`: the same' sign-verify ''
  line tsa-sampled '`POST /tsa`, `VerifyOneIn` 64: signed, one in 64 verified, durably logged' sign '75 %'
  line ocsp-fresh '`POST /ca/ocsp`, nonce: signed for the request' sign '70 %'
  line ocsp-signed '`GET /ca/ocsp`: signed ahead' echo '75 %'
  echo
  echo 'Floors are named by their rows: `sign` is bare Kestrel with one signature, `echo` bare Kestrel. Every token is a record of the audit log, committed with `fsync` before the answer leaves. The last columns are the server'"'"'s processor time a request, and its floor'"'"'s: neighbours on the machine change them less than the rates.'
} > benchmarks/results/http.md
cat benchmarks/results/http.md
