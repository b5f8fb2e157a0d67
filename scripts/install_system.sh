#!/usr/bin/env bash
# Gets what no registry of Python packages has: Chromium for the browser tests, Tesseract as second OCR engine.
set -euo pipefail

missing=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
  missing+=(chromium fonts-noto-cjk)
{ command -v tesseract >/dev/null && tesseract --list-langs 2>/dev/null | grep -qx chi_sim; } ||
  missing+=(tesseract-ocr tesseract-ocr-eng tesseract-ocr-chi-sim)
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "安装 ${missing[*]} / Installing ${missing[*]}…"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  exit 0
fi
echo "!!! 缺少 ${missing[*]}，相关测试将跳过 / Missing and no way to install: ${missing[*]}; tests that need it will be left out." >&2
