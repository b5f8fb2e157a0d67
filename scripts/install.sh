#!/usr/bin/env bash
# Installs jixiao and its pinned tools into .venv, and nothing anywhere else.
set -euo pipefail
python=$1

if ! "$python" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "需要 Python 3.11 或更高版本 / Python 3.11 or later is needed: make setup PYTHON=/path/to/python3.11" >&2
  exit 1
fi
if ! "$python" -m venv .venv; then
  echo "无法建立虚拟环境 / venv is missing: on Debian, install python3-venv." >&2
  exit 1
fi
echo "安装依赖到 .venv（首次约一两分钟） / Installing into .venv (a minute or two the first time)…"
pip=(.venv/bin/python -m pip --quiet --disable-pip-version-check)
"${pip[@]}" install 'pip==26.3'
# What setuptools warns of, folders named like the package, is just what an editable installation is for.
PYTHONWARNINGS='ignore:Editable installation' "${pip[@]}" install --constraint constraints.txt --editable '.[ocr,production]' --group dev
# The typeface of the samples comes in a plotting package; its plotting dependencies are not wanted.
"${pip[@]}" install --no-deps --constraint constraints.txt zhplot
