#!/usr/bin/env bash
# A document beyond 2 GiB signs and verifies in flat memory: a sparse file, signed from file to file, verified.
#   ./eng/large-file.sh [bytes of its stream; 2.5 GiB by default]
set -euo pipefail
cd "$(dirname "$0")/.."
size=${1:-2684354560}
limit=100 # MiB beyond what the runtime needs to say hello
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build benchmarks/ESign.Benchmarks -c Release -v quiet --nologo
dotnet build src/ESign.Cli -c Release -v quiet --nologo
esign=(dotnet src/ESign.Cli/bin/Release/net10.0/esign.dll)
dotnet run --project benchmarks/ESign.Benchmarks -c Release --no-build -- --sparse "$work/sparse.pdf" "$size"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$work/key.pem" -out "$work/certificate.pem" -days 30 \
  -subj '/CN=Large File' -addext keyUsage=critical,digitalSignature,nonRepudiation 2> /dev/null
openssl rand -hex 16 > "$work/password.txt"
openssl pkcs12 -export -inkey "$work/key.pem" -in "$work/certificate.pem" -passout "file:$work/password.txt" -out "$work/signer.p12"

measured() {
  echo "$1: $(/usr/bin/time -f '%e s wall, %U s user, %S s system, peak %M KiB' -o "$work/time" "${@:2}" > "$work/output" 2>&1 && cat "$work/time" || { cat "$work/output" >&2; exit 1; })"
  peak=$(sed 's/.*peak \([0-9]*\).*/\1/' "$work/time")
}
echo "file: $(stat -c %s "$work/sparse.pdf") bytes"
measured 'runtime alone (--version)' "${esign[@]}" --version
runtime=$peak
measured sign "${esign[@]}" sign "$work/sparse.pdf" "$work/signed.pdf" --credential "$work/signer.p12" --password-file "$work/password.txt" --invisible
signing=$peak
rm "$work/sparse.pdf"
measured 'verify (integrity)' "${esign[@]}" verify "$work/signed.pdf" --trust "$work/certificate.pem" --revocation off
verifying=$peak
for each in "$signing" "$verifying"; do
  [ $(((each - runtime) / 1024)) -lt $limit ] || { echo "peak memory is more than $limit MiB above the runtime's" >&2; exit 1; }
done
echo "beyond the runtime: sign $(((signing - runtime) / 1024)) MiB, verify $(((verifying - runtime) / 1024)) MiB"
