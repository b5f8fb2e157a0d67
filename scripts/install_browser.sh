#!/usr/bin/env bash
# Gets Chromium for the browser tests: what is there already, else Debian's when we are root.
set -euo pipefail

if command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; then
  exit 0
fi
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "安装 Chromium（仅用于浏览器测试） / Installing Chromium for the browser tests…"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null
  exit 0
fi
echo "没有 Chromium，跳过浏览器测试 / No Chromium and no way to install it: the browser tests will be left out." >&2
