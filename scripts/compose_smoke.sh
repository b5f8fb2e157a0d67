#!/usr/bin/env bash
# Brings the very compose file up, puts documents into its bucket, finds them over HTTP, starts each
# service anew, finds them again, and takes everything down. Own project name, own ports, own secrets.
set -euo pipefail
cd "$(dirname "$0")/.."

began=$SECONDS
say() { printf 'compose-smoke %4ds  %s\n' "$((SECONDS - began))" "$*"; }

# One at a time: an engine of our own is stopped at the end.
exec 9>"${TMPDIR:-/tmp}/jixiao-compose-smoke.lock"
flock 9

variables=$(bash deploy/engine.sh start 9>&-) || variables=
if [ -z "$variables" ]; then
  bash deploy/engine.sh stop
  echo "!!! compose-smoke: NOT RUN, there is no Docker engine with compose and none can be had here !!!" >&2
  [ "${CI:-}" != true ] || { echo "compose-smoke: in CI a missing engine is a failure, as a missing server is" >&2; exit 1; }
  exit 0
fi
eval "$variables"

work=$(mktemp -d)
project=jixiao-smoke-$$
compose=(docker compose --progress quiet --project-name "$project" --env-file "$work/env")

leave() {
  status=$?
  if [ "$status" != 0 ]; then
    "${compose[@]}" ps --all || true
    "${compose[@]}" logs --no-color --tail 40 || true
  fi
  "${compose[@]}" down --volumes --timeout 10 >/dev/null 2>&1 || true
  [ -z "${OWN_ENGINE:-}" ] || bash deploy/engine.sh stop
  rm -rf "$work"
  say "$([ "$status" = 0 ] && echo 'GREEN' || echo "RED ($status)")"
  exit "$status"
}
trap leave EXIT
trap 'exit 130' INT TERM

free_port() { .venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
secret() { .venv/bin/python -c 'import secrets; print(secrets.token_hex(24))'; }

say "images"
bash deploy/images.sh

say "a start without secrets fails with a sentence"
if refusal=$(docker compose --env-file /dev/null config --quiet 2>&1); then
  echo "it did not fail" >&2
  exit 1
fi
grep --only-matching 'set it in .env, see .env.example' <<<"$refusal" | head -n 1

sed -n 's/^\(JIXIAO_[A-Z0-9_]*\)=$/\1/p' .env.example | while read -r name; do echo "$name=$(secret)"; done >"$work/env"
search_port=$(free_port) s3_port=$(free_port)
cat >>"$work/env" <<ENV
JIXIAO_PORT=$search_port
JIXIAO_S3_PORT=$s3_port
JIXIAO_S3_CONSOLE_PORT=$(free_port)
JIXIAO_WRITE_KEY=$(secret)
JIXIAO_INDEX_HEAP=${JIXIAO_INDEX_HEAP:-768m}
ENV
export SMOKE_S3=127.0.0.1:$s3_port SMOKE_SEARCH=http://127.0.0.1:$search_port
set -a; . "$work/env"; set +a

say "up"
"${compose[@]}" up --detach --wait --wait-timeout 420 --no-build --pull never
"${compose[@]}" ps --format '{{.Service}}: {{.Status}}'

say "samples"
.venv/bin/python -m samples "$work/samples" --truths "$work/truths" >/dev/null
late=$work/late/教育局项目支出绩效目标表.txt
mkdir "$work/late" && mv "$work/samples/${late##*/}" "$late"
uploads=$(find "$work/samples" -type f | wc -l)

say "upload of $uploads files"
.venv/bin/python -m deploy.smoke put "$work"/samples/*
before=$(.venv/bin/python -m deploy.smoke found "$uploads")
say "found: $before"

for service in $("${compose[@]}" config --services | sort); do
  "${compose[@]}" restart "$service" >/dev/null 2>&1
  "${compose[@]}" up --detach --wait --wait-timeout 240 --no-build --pull never >/dev/null 2>&1
  after=$(.venv/bin/python -m deploy.smoke found "$uploads")
  [ "$after" = "$before" ] || { echo "after the restart of $service: $after" >&2; exit 1; }
  say "$service was started anew: still found"
done

say "the command line"
"${compose[@]}" run --rm --no-TTY jixiao doctor </dev/null
"${compose[@]}" run --rm --no-TTY jixiao status --json </dev/null

say "figures"
grep -oE '[a-z-]+:9464' deploy/prometheus/prometheus.yml | while IFS=: read -r service port; do
  "${compose[@]}" exec -T "$service" curl -fsS "http://127.0.0.1:$port/metrics" </dev/null | grep -c '^jixiao_' >/dev/null ||
    { echo "$service tells no figures" >&2; exit 1; }
done

say "health"
for _ in $(seq 20); do
  health=$("${compose[@]}" exec -T search curl -fsS http://127.0.0.1:8000/health </dev/null)
  [[ $health == *'"status":"ok"'* ]] && break
  sleep 1
done
[[ $health == *'"status":"ok"'* ]] || { echo "search is not well: $health" >&2; exit 1; }

say "an upload to the search service after all restarts"
.venv/bin/python -m deploy.smoke post "$late"
say "found: $(.venv/bin/python -m deploy.smoke found "$((uploads + 1))")"
