#!/usr/bin/env bash
# Puts debian:bookworm-slim into an engine that cannot pull it: Debian's own packages, nothing else.
# usage: base.sh CACHE-FOLDER
set -euo pipefail
tarball="$1/debian-bookworm.tar"
if [ ! -s "$tarball" ]; then
  root=$(mktemp -d -p "$1")
  trap 'rm -rf "$root" "$tarball.unfinished"' EXIT
  debootstrap --variant=minbase bookworm "$root" http://deb.debian.org/debian >"$1/debootstrap.log" 2>&1
  rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
  tar -C "$root" -cf "$tarball.unfinished" .
  mv "$tarball.unfinished" "$tarball"
fi
docker import --change 'LABEL jixiao.stand-in=true' "$tarball" debian:bookworm-slim >/dev/null
