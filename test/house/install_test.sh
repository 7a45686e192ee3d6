#!/usr/bin/env bash
# `make install` gives a tree that runs elsewhere: it is installed below a temporary folder, moved, and
# run in a mount namespace in which .deps and the build folder are hidden (or, where that cannot be had,
# with the loader's own report of what it opened).
set -euo pipefail
source=${BOTTEGA_SOURCE:-$(cd "$(dirname "$0")/../.." && pwd)}
build=${BOTTEGA_BUILD:-$source/build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

DESTDIR=$work/stage cmake --install "$build" --prefix /opt/bottega --strip >"$work/log" || { cat "$work/log"; exit 1; }
mv "$work/stage/opt/bottega" "$work/moved"
programs=("$work/moved/bin/bottega" "$work/moved/libexec/bottega/bottega-engine")
libraries=$(ls "$work/moved/lib/bottega" | wc -l)
((libraries >= 6)) || { echo "only $libraries libraries were installed"; exit 1; }
echo "installed $libraries libraries, $(du -sh "$work/moved" | cut -f1)"

for program in "${programs[@]}"; do
  readelf -d "$program" | grep -E 'RUNPATH|RPATH' | grep -q '\$ORIGIN' || { echo "$program has no relative path"; exit 1; }
  if readelf -d "$program" | grep -E 'RUNPATH|RPATH' | grep -q "$source"; then
    echo "$program looks for libraries in the source tree"
    exit 1
  fi
  missing=$(ldd "$program" | grep 'not found' || true)
  [[ -z $missing ]] || { echo "$program: $missing"; exit 1; }
  if ldd "$program" | grep -q "$source"; then
    echo "$program uses libraries of the source tree:"
    ldd "$program" | grep "$source"
    exit 1
  fi
  if file=$(command -v nm) && "$file" "$program" 2>/dev/null | grep -q ' [Tt] '; then
    echo "$program is not stripped"
    exit 1
  fi
done

# The journey itself, first steps: a verb of each program, with .deps out of sight if that can be had.
printf 'x,y\n' >"$work/t.csv"
for i in $(seq 1 60); do printf '%d,%s\n' "$((i * 7 % 23))" "$([[ $((i % 2)) == 0 ]] && echo even || echo odd)" >>"$work/t.csv"; done
cd "$work"
cat >journey.sh <<SCRIPT
set -e
moved/bin/bottega --version
moved/bin/bottega init t.csv --target y -q
moved/bin/bottega audit -q >/dev/null
moved/bin/bottega doctor >/dev/null
moved/bin/bottega train --set train.epochs=1 -q >/dev/null
SCRIPT
if unshare -Urm true 2>/dev/null && [[ -d $source/.deps ]]; then
  unshare -Urm sh -c "mount -t tmpfs none '$source/.deps' && mount -t tmpfs none '$build' && sh journey.sh"
  echo "ran with .deps and the build folder hidden"
else
  sh journey.sh
  echo "ran (mount namespaces are not to be had here; ldd showed that .deps is not used)"
fi
