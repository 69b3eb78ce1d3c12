#!/usr/bin/env bash
# Every file of some folders through esign inspect, verify, sign and locate: an answer or a documented refusal, in bounded
# time and memory.
#   ./eng/hostile.sh [--table FILE] [FOLDER...]      without folders: those that tests/ESign.Fuzz makes
# Fails when a command ends with an exit code it does not document, or needs more than 2 s of processor time or 150 MB.
set -euo pipefail
seconds=2
kibibytes=$((150 * 1000 * 1000 / 1024))
table=/dev/null
if [ "${1:-}" = --table ]; then
  table=$(realpath "$2")
  shift 2
fi
[ $# -eq 0 ] || mapfile -t folders < <(realpath "$@")
cd "$(dirname "$0")/.."
[ -n "${ESIGN:-}" ] || dotnet build src/ESign.Cli -c Release -v quiet --nologo
esign=${ESIGN:-src/ESign.Cli/bin/Release/net10.0/esign}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ $# -eq 0 ]; then
  dotnet build tests/ESign.Fuzz -c Release -v quiet --nologo
  tests/ESign.Fuzz/bin/Release/net10.0/ESign.Fuzz --hostile "$work/made"
  folders=("$work/made")
fi
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$work/key.pem" -out "$work/certificate.pem" -days 30 \
  -subj '/CN=Hostile Input' -addext keyUsage=critical,digitalSignature,nonRepudiation 2> "$work/log"
openssl rand -hex 16 > "$work/password.txt"
openssl pkcs12 -export -inkey "$work/key.pem" -in "$work/certificate.pem" -passout "file:$work/password.txt" -out "$work/signer.p12"
runs=0
bad=0

# The documented exit codes that answer: a verdict (0, 1, 2, 3), damaged (65), placement refused (67), permissions or locks (77).
run() {
  local file=$1 command=$2 code=0 elapsed processor peak
  shift 2
  timeout 60 /usr/bin/time -q -f '%e %U %S %M' -o "$work/time" "$esign" "$command" "$@" > "$work/output" 2> "$work/error" || code=$?
  read -r elapsed user system peak < <(tail -1 "$work/time") || true
  if [ $code -eq 124 ]; then elapsed=60 user=60 system=0 peak=0; fi
  processor=$(awk "BEGIN { print $user + $system }")
  verdict=ok
  case $code in 0 | 1 | 2 | 3 | 65 | 67 | 77) ;; *) verdict="exit $code" ;; esac
  awk "BEGIN { exit !($processor > $seconds) }" && verdict="$verdict, slow"
  [ "$peak" -le "$kibibytes" ] || verdict="$verdict, large"
  printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$(basename "$file")" "$command" "$code" "$elapsed" "$processor" "$peak" "$verdict" "$(head -1 "$work/error")" >> "$table"
  runs=$((runs + 1))
  if [ "$verdict" != ok ]; then
    bad=$((bad + 1))
    echo "$(basename "$file") $command: $verdict ($elapsed s, processor $processor s, $peak KiB) $(head -1 "$work/error")"
  fi
}

while IFS= read -r file; do
  run "$file" inspect "$file" --json
  run "$file" verify "$file" --trust "$work/certificate.pem" --revocation off --json
  run "$file" locate "$file" --keyword the --json
  run "$file" sign "$file" "$work/signed.pdf" --credential "$work/signer.p12" --password-file "$work/password.txt" --invisible --json
  if [ -f "$work/signed.pdf" ]; then
    run "$file (signed)" verify "$work/signed.pdf" --trust "$work/certificate.pem" --revocation off --json
    rm "$work/signed.pdf"
  fi
done < <(find "${folders[@]}" -type f -size -64M | sort)
echo "$runs runs, $bad outside the bounds"
[ "$bad" -eq 0 ]
