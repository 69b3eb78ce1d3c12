#!/usr/bin/env bash
# Builds ESign.Pki and ESign.Pdf twice, from two clones in two folders: the same commit must give the same bytes, and the
# symbols must say where the sources are (SourceLink) and carry them. The address is made up: only its form is looked at.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
commit=$(git rev-parse HEAD 2>/dev/null) || { echo "not a git checkout: nothing is compared"; exit 0; }
for folder in one another/deeper; do
  git clone -q . "$work/$folder"
  git -C "$work/$folder" checkout -q "$commit"
  git -C "$work/$folder" remote set-url origin https://github.com/esign/esign.git
  (cd "$work/$folder" && dotnet build src/ESign.Pdf -c Release -v quiet --nologo -clp:ErrorsOnly -p:ContinuousIntegrationBuild=true -p:RunAnalyzers=false)
done

status=0
for assembly in ESign.Pki ESign.Pdf; do
  for file in "$assembly.dll" "$assembly.pdb"; do
    path=src/ESign.Pdf/bin/Release/net10.0/$file
    if cmp -s "$work/one/$path" "$work/another/deeper/$path"; then
      echo "$file: $(sha256sum "$work/one/$path" | cut -c1-16)…, the same in both folders"
    else
      echo "$file differs between the folders"
      status=1
    fi
  done
  if ! grep -aq "https://raw.githubusercontent.com/esign/esign/$commit/\*" "$work/one/src/ESign.Pdf/bin/Release/net10.0/$assembly.pdb"; then
    echo "$assembly.pdb does not say where its sources are"
    status=1
  fi
done
exit "$status"
