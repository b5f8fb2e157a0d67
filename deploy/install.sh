#!/bin/sh
# Installs Python packages into an image; behind a proxy its certificate is a build secret.
set -eu
[ ! -s /run/ca.pem ] || export PIP_CERT=/run/ca.pem
exec pip install --quiet --no-cache-dir "$@"
