#!/usr/bin/env bash
# Makes every page that the program writes, from both demos' data, and opens each in headless Chromium
# (pages.mjs), answers on those of reviews (review.mjs). Screenshots go to BOTTEGA_SCREENSHOTS, or build/screenshots.
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
(cd loans && bottega review --limit 25 --page review.html -q && bottega review --sample 40 --page sample.html -q &&
  printf '1\n%.0s' $(seq 30) | bottega review --sample 40 --reviewer Ada && printf '2\n%.0s' $(seq 40) | bottega review --sample 40 --reviewer Bob &&
  bottega review --result --out quality.html &&
  bottega data access --where "application_id = '$(sed -n 2p loans.csv | cut -d , -f 1)'" --out access &&
  bottega clean --plan -q && head -n 3000 loans.csv >part.csv && bottega data diff loans.csv part.csv --html diff.html -q) >"$work/review.log" 2>&1 || { cat "$work/review.log"; exit 1; }
bottega demo fruit --data-only fruit -q
(mkdir stall && cd stall && bottega run ../fruit -q --set train.epochs=1 && bottega audit -q &&
  bottega review --limit 12 --page review.html -q && bottega review --sample 12 --page sample.html -q) >"$work/fruit.log" 2>&1 || { cat "$work/fruit.log"; exit 1; }

mkdir -p "$shots"
mapfile -t pages < <(find "$work" -name '*.html' -type f | sort)
((${#pages[@]} >= 13)) || { echo "only ${#pages[@]} pages were written: ${pages[*]}"; exit 1; }
NODE_PATH="$source/.deps/browser/node_modules" CHROMIUM=$(command -v chromium) \
  node "$source/test/browser/pages.mjs" --root "$work" --screenshots "$shots" "${pages[@]}"

# Answers given on review pages arrive in the project.
cd "$work/loans"
for name in review sample; do
  NODE_PATH="$source/.deps/browser/node_modules" CHROMIUM=$(command -v chromium) \
    node "$source/test/browser/review.mjs" "$name.html" "$work/$name.json"
  bottega review --import "$work/$name.json" | grep -q "took in 3 decisions of Grace Hopper" ||
    { echo "FAILED import of $name"; exit 1; }
done
