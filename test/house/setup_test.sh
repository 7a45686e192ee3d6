#!/usr/bin/env bash
# tools/setup does nothing a second time and says what is wrong when it cannot go on.
set -euo pipefail
cd "${BOTTEGA_SOURCE:-$(dirname "$0")/../..}"
out=$(tools/setup build)
[[ $out == "setup: ready: build" ]] || { echo "a second run did something: $out"; exit 1; }

if out=$(tools/setup nonsense 2>&1); then echo "an unknown group is accepted"; exit 1; fi
[[ $out == *"no group 'nonsense'"* ]] || { echo "$out"; exit 1; }

if out=$(BOTTEGA_TORCH=/nowhere tools/setup build 2>&1); then echo "a folder without libtorch is accepted"; exit 1; fi
[[ $out == *"/nowhere"*"libtorch_cpu.so"* ]] || { echo "$out"; exit 1; }

# Neither root nor sudo, and a package missing: the message holds the command for whoever may run it.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
mkdir -p "$work/bin" "$work/tree/.deps"
cp -r tools "$work/tree/"
for name in bash env sed id mkdir flock dirname grep cat wc tail; do ln -s "$(command -v $name)" "$work/bin/$name"; done
printf '#!/bin/bash\nexit 1\n' >"$work/bin/dpkg-query"
chmod +x "$work/bin/dpkg-query"
command=(env PATH="$work/bin" bash "$work/tree/tools/setup" build)
if [[ $(id -u) == 0 ]]; then
  chown -R 65534 "$work/tree"
  command=(setpriv --reuid=65534 --regid=65534 --clear-groups "${command[@]}")
fi
if out=$("${command[@]}" 2>&1); then echo "set-up claims to be done without its packages"; exit 1; fi
[[ $out == *"neither root nor"*"apt-get install"* ]] || { echo "$out"; exit 1; }
echo "set-up is idempotent and its errors name the way out"
