#!/usr/bin/env bash
# Installs the Debian packages of those programs that this machine lacks.
# Usage: tools/ensure.sh PROGRAM[|OTHER…]=PACKAGE[,PACKAGE…] …
set -euo pipefail

missing=()
for wanted in "$@"; do
  found=
  IFS='|' read -ra programs <<<"${wanted%%=*}"
  for program in "${programs[@]}"; do
    if command -v "$program" >/dev/null; then found=yes; fi
  done
  if [[ -z $found ]]; then
    IFS=, read -ra packages <<<"${wanted#*=}"
    missing+=("${packages[@]}")
  fi
done
if ((${#missing[@]} == 0)); then exit 0; fi

if ! command -v apt-get >/dev/null; then
  echo "Please install what these Debian packages hold, then try again: ${missing[*]}" >&2
  exit 1
fi
as_root=()
if ((EUID != 0)); then as_root=(sudo); fi
echo "Installing ${missing[*]}" >&2
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -qq --yes --no-install-recommends -o Dpkg::Use-Pty=0 "${missing[@]}" >/dev/null
