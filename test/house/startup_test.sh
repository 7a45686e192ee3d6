#!/usr/bin/env bash
# `bottega --help` starts without libtorch, in well under what loading that costs (290 ms). A benchmark
# says how many milliseconds it takes; this only catches a program that became another kind of thing.
set -euo pipefail
build=${BOTTEGA_BUILD:-build}
best=1000000
for _ in 1 2 3 4 5 6 7; do
  begun=$(date +%s%N)
  "$build/bottega" --help >/dev/null
  took=$((($(date +%s%N) - begun) / 1000))
  ((took < best)) && best=$took
done
echo "bottega --help: $((best / 1000)).$((best % 1000 / 100)) ms"
((best < 150000))
