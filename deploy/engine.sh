#!/usr/bin/env bash
# Gives the compose smoke test an engine: the one that runs, or one of its own on a Debian machine.
# usage: engine.sh start | stop      `start` prints lines for `eval`; nothing is printed where none can be had.
set -euo pipefail

cache=${JIXIAO_ENGINE_CACHE:-/var/cache/jixiao}
run=/run/jixiao-engine
compose_version=2.40.3
compose=$cache/compose-$compose_version/docker-compose

say() { echo "engine: $*" >&2; }

# The plugin's module has `replace` lines, so that plain `go install` refuses it.
build_compose() {
  [ -x "$compose" ] && return
  command -v go >/dev/null || { say "no compose plugin, and no go to build it"; return 1; }
  local folder
  folder=$(mktemp -d)
  mkdir -p "$(dirname "$compose")"
  (
    cd "$folder"
    go mod init compose-plugin
    printf '//go:build tools\n\npackage x\n\nimport _ "github.com/docker/compose/v2/cmd"\n' >x.go
    go get "github.com/docker/compose/v2@v$compose_version"
    go mod tidy
    CGO_ENABLED=0 go build -mod=mod -trimpath -o "$compose.unfinished" \
      -ldflags "-s -w -X github.com/docker/compose/v2/internal.Version=v$compose_version" \
      github.com/docker/compose/v2/cmd
  ) >"$cache/compose.log" 2>&1 || { say "compose could not be built, see $cache/compose.log"; return 1; }
  mv "$compose.unfinished" "$compose"
  rm -rf "$folder"
}

install_engine() {
  command -v dockerd runc iptables >/dev/null && return
  command -v apt-get >/dev/null || return 1
  apt-get install --yes --no-install-recommends docker.io runc iptables tini debootstrap >&2
}

start_own() {
  [ "$(id -u)" = 0 ] || { say "no engine runs, and only root can start one"; return 1; }
  install_engine || { say "docker.io cannot be installed"; return 1; }
  build_compose || return 1
  mkdir -p "$cache/engine" "$run/config/cli-plugins"
  cp "$compose" "$run/config/cli-plugins/docker-compose"
  dockerd --storage-driver=overlay2 --data-root "$cache/engine/data" --exec-root "$run/exec" \
    --host "unix://$run/docker.sock" --pidfile "$run/pid" >"$cache/engine/dockerd.log" 2>&1 &
  for _ in $(seq 60); do
    DOCKER_HOST=unix://$run/docker.sock /usr/bin/docker info >/dev/null 2>&1 && break
    sleep 0.5
  done
  DOCKER_HOST=unix://$run/docker.sock /usr/bin/docker info >/dev/null || { say "dockerd did not start"; return 1; }
  # Debian's client comes first in the PATH: newer ones want buildx.
  printf 'export DOCKER_HOST=unix://%s DOCKER_CONFIG=%s DOCKER_BUILDKIT=1 OWN_ENGINE=1 PATH=/usr/bin:$PATH\n' \
    "$run/docker.sock" "$run/config"
}

start() {
  if docker info >/dev/null 2>&1 && docker compose version >/dev/null 2>&1; then
    echo 'export DOCKER_BUILDKIT=1 OWN_ENGINE='
    return
  fi
  start_own
}

stop() {
  [ -d "$run" ] || return 0
  local id
  if [ -s "$run/pid" ]; then
    id=$(cat "$run/pid")
    kill "$id" 2>/dev/null || true
    for _ in $(seq 60); do kill -0 "$id" 2>/dev/null || break; sleep 0.5; done
  fi
  grep -oE " ($cache/engine|$run)[^ ]*" /proc/mounts | sort -r | xargs -r -n1 umount -l || true
  ip link delete docker0 2>/dev/null || true
  rm -rf "$run"
}

"$1"
