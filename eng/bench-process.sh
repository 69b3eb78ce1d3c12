#!/usr/bin/env bash
# Whole processes beside their floors: cold start, and a file of 500 MB signed from file to file and verified.
# Wall clock and peak memory by /usr/bin/time (Debian: time); the best of several runs, since neighbours only ever add.
# The command is published ahead of time compiled (ReadyToRun), framework-dependent; its key file is openssl's default PKCS#12
# (AES-256-CBC, PBKDF2 with 2,048 rounds), so that a password's cost does not pass for that of starting.
#   ./eng/bench-process.sh [runs]        writes benchmarks/results/processes.md
set -euo pipefail
export LC_NUMERIC=C
cd "$(dirname "$0")/.."
runs=${1:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build benchmarks/ESign.Benchmarks -c Release -v quiet --nologo
dotnet run --project benchmarks/ESign.Benchmarks -c Release --no-build -- --inputs "$work"
dotnet publish src/ESign.Cli -c Release -r linux-x64 --self-contained false -p:PackAsTool=false -p:PublishReadyToRun=true -o "$work/esign" -v quiet --nologo
openssl pkcs12 -in "$work/signer.p12" -passin "file:$work/password.txt" -nodes -out "$work/all.pem" 2>/dev/null
openssl pkcs12 -export -in "$work/all.pem" -passout "file:$work/password.txt" -out "$work/signer.p12"
mkdir "$work/hello"
cat > "$work/hello/hello.csproj" <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>
PROJECT
echo 'System.Console.WriteLine("hello");' > "$work/hello/Program.cs"
dotnet build "$work/hello" -c Release -v quiet --nologo

# measure NAME COMMAND …: the run with the shortest wall clock as "seconds kilobytes"
declare -A seconds memory
measure() {
  local name=$1 best
  shift
  best=$(for ((i = 0; i < runs; i++)); do
    rm -f "$work"/out*.pdf
    [ -z "${length:-}" ] || truncate -s "$length" "$work/huge.pdf"
    began=$EPOCHREALTIME # /usr/bin/time knows hundredths only
    /usr/bin/time -f '%U %S %M' -o "$work/time" "$@" > /dev/null 2> "$work/stderr" || { cat "$work/stderr" >&2; exit 1; }
    ended=$EPOCHREALTIME
    echo "$(awk -v a="$began" -v b="$ended" 'BEGIN { printf "%.3f", b - a }') $(tail -1 "$work/time")"
  done | sort -n | head -1)
  read -r wall user system peak <<< "$best"
  seconds[$name]=$wall
  memory[$name]=$peak
  printf '%-12s %6s s wall  %6s s user  %6s s system  %8s KiB\n' "$name" "$wall" "$user" "$system" "$peak" >&2
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
larger() { awk -v a="$1" -v b="$2" 'BEGIN { print (a > b) ? a : b }'; }
sum() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", a + b }'; }

sign=("$work/esign/esign" sign --credential "$work/signer.p12" --password-file "$work/password.txt" --seal text --at 1,380,700)
"${sign[@]}" "$work/huge.pdf" "$work/signed.pdf" > /dev/null
measure hello dotnet "$work/hello/bin/Release/net10.0/hello.dll"
measure cold "${sign[@]}" "$work/small.pdf" "$work/out.pdf"
measure copy cp --reflink=never "$work/huge.pdf" "$work/out-copy.pdf"
measure hash openssl dgst -sha256 "$work/huge.pdf"
measure sign-huge "${sign[@]}" "$work/huge.pdf" "$work/out.pdf"
length=$(stat -c %s "$work/huge.pdf")
sync
measure in-place "${sign[@]}" "$work/huge.pdf" --in-place
measure verify-huge "$work/esign/esign" verify "$work/signed.pdf" --trust "$work/root.cer" --revocation off
floor=$(larger "${seconds[copy]}" "${seconds[hash]}")
started=$(sum "${seconds[hash]}" "${seconds[hello]}")
mkdir -p benchmarks/results
{
  echo '# Whole processes'
  echo
  echo "$(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | xargs), $(nproc) logical cores · $(uname -sr) · .NET $(dotnet --version) SDK · load at the end $(cut -d' ' -f1 /proc/loadavg) · best of $runs runs"
  echo
  echo '| Work | s | floor, s | ratio | goal | peak MiB | goal |'
  echo '|---|---:|---:|---:|---:|---:|---:|'
  row() { echo "| $1 | $2 | $3 | $(ratio "$2" "$3") | $4 | $(($5 / 1024)) | $6 |"; }
  row 'cold `esign sign`, small (floor: `dotnet` hello world)' "${seconds[cold]}" "${seconds[hello]}" 4.44 "${memory[cold]}" ''
  row 'sign 500 MB, file to file (floor: the longer of `cp` and `openssl dgst`)' "${seconds[sign-huge]}" "$floor" 1.30 "${memory[sign-huge]}" 48
  row 'sign 500 MB in place (floor: `openssl dgst` + hello world)' "${seconds[in-place]}" "$started" 1.15 "${memory[in-place]}" ''
  row 'verify 500 MB (floor: `openssl dgst` + hello world)' "${seconds[verify-huge]}" "$started" 1.20 "${memory[verify-huge]}" 45
  echo
  echo "Floors: hello world ${seconds[hello]} s and $((memory[hello] / 1024)) MiB, \`cp\` ${seconds[copy]} s, \`openssl dgst -sha256\` ${seconds[hash]} s."
} | tee benchmarks/results/processes.md
