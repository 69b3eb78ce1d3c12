#!/usr/bin/env bash
# Makes src/ESign.Pdf/Fonts/NotoSerifSC-Contract.ttf again. Needs npm, apt-get, dpkg and fonttools (see README.md).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target="$here/../../src/ESign.Pdf/Fonts"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent @expo-google-fonts/noto-serif-sc@0.4.3 >/dev/null
tar xzf expo-google-fonts-noto-serif-sc-*.tgz
apt-get download -qq unicode-data
dpkg -x unicode-data_*.deb unicode
/usr/bin/python3 "$here/subset.py" package/400Regular/NotoSerifSC_400Regular.ttf \
  unicode/usr/share/unicode/Unihan_OtherMappings.txt.bz2 "$target/NotoSerifSC-Contract.ttf"
cp package/LICENSE_FONT "$target/NotoSerifSC-LICENSE.txt"
