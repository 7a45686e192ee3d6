#!/usr/bin/env bash
# Makes every page that the program writes, from both demos' data, and opens each in headless Chromium
# (pages.mjs). Screenshots go to BOTTEGA_SCREENSHOTS, or build/screenshots.
set -euo pipefail
source=${BOTTEGA_SOURCE:-$(cd "$(dirname "$0")/../.." && pwd)}
build=${BOTTEGA_BUILD:-$source/build}
shots=${BOTTEGA_SCREENSHOTS:-$build/screenshots}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PATH="$build:$PATH"

# Little training: the pages are looked at, not the models.
cd "$work"
bottega demo loans --data-only loans -q
(cd loans && bottega run loans.csv -q --set train.epochs=3 && bottega audit -q && bottega audit --history -q) >"$work/loans.log" 2>&1 || { cat "$work/loans.log"; exit 1; }
bottega demo fruit --data-only fruit -q
(mkdir stall && cd stall && bottega run ../fruit -q --set train.epochs=1 && bottega audit -q) >"$work/fruit.log" 2>&1 || { cat "$work/fruit.log"; exit 1; }

mkdir -p "$shots"
mapfile -t pages < <(find "$work" -name '*.html' -type f | sort)
((${#pages[@]} >= 4)) || { echo "only ${#pages[@]} pages were written: ${pages[*]}"; exit 1; }
NODE_PATH="$source/.deps/browser/node_modules" CHROMIUM=$(command -v chromium) \
  node "$source/test/browser/pages.mjs" --root "$work" --screenshots "$shots" "${pages[@]}"
