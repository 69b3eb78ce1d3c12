#!/usr/bin/env bash
# Everything the tests need, then every test. Ends with the line "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "$0")"

# The witnesses: programs ESign's authors did not write. Installed when missing and permitted.
declare -A package=(
  [pdfsig]=poppler-utils [qpdf]=qpdf [mutool]=mupdf-tools [openssl]=openssl [certtool]=gnutls-bin [curl]=curl
  [softhsm2-util]=softhsm2 [pkcs11-tool]=opensc [chromium]=chromium [wrk]=wrk [xxd]=xxd [zsh]=zsh [fish]=fish
)
missing=()
for program in "${!package[@]}"; do command -v "$program" >/dev/null || missing+=("${package[$program]}"); done
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
ls /usr/lib/*/engines-3/pkcs11.so >/dev/null 2>&1 || missing+=(libengine-pkcs11-openssl)
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing: ${missing[*]}"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    echo "not installed, and not permitted to install: ${missing[*]} (their suites will be skipped)"
  fi
fi

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
dotnet build ESign.sln -c Release -v quiet --nologo || { echo "build failed"; echo "0 passed, 1 failed"; exit 1; }
status=0
for project in tests/*/*.csproj; do
  grep -q 'ESign.Testing\.csproj\|ESign.Fuzz\.csproj' <<<"$project" && continue
  dotnet test "$project" -c Release --no-build --nologo -v quiet \
    --logger "trx;LogFileName=$(basename "$project").trx" --results-directory "$results" || status=1
done

read -r total executed passed failed < <(
  cat "$results"/*.trx 2>/dev/null | grep -o '<Counters [^>]*' |
    sed -E 's/.* total="([0-9]+)" executed="([0-9]+)" passed="([0-9]+)" failed="([0-9]+)".*/\1 \2 \3 \4/' |
    awk '{t+=$1; e+=$2; p+=$3; f+=$4} END {print t+0, e+0, p+0, f+0}')
[ "$status" = 0 ] || [ "$failed" -gt 0 ] || failed=1
[ "$failed" = 0 ] || status=1
cat tests/ESign.Conformance/bin/Release/net10.0/conformance.txt 2>/dev/null
echo "$passed passed, $failed failed, $((total - executed)) skipped"
exit "$status"
