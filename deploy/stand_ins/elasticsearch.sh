#!/bin/bash
# What the official image of Elasticsearch does at its start: settings and password from the environment.
set -eu
home=/usr/share/elasticsearch
java=(java -Xms4m -Xmx64m -XX:+UseSerialGC -Dcli.script=./bin/elasticsearch -Des.path.home=$home
  -Des.path.conf=$home/config -Des.distribution.type=docker -Des.java.type=JAVA_HOME
  -cp "$home/lib/*:$home/lib/cli-launcher/*")
launcher=org.elasticsearch.launcher.CliToolLauncher

{
  printf 'cluster.name: docker-cluster\nnetwork.host: 0.0.0.0\naction.auto_create_index: false\n'
  env | grep -E '^(discovery|xpack|cluster|node|action)\.' | sed 's/=/: /'
} >config/elasticsearch.yml

rm -f config/elasticsearch.keystore
"${java[@]}" -Dcli.name=keystore -Dcli.libs=lib/tools/keystore-cli $launcher create
if [ -n "${ELASTIC_PASSWORD:-}" ]; then
  printf '%s' "$ELASTIC_PASSWORD" |
    "${java[@]}" -Dcli.name=keystore -Dcli.libs=lib/tools/keystore-cli $launcher add --stdin bootstrap.password
fi
exec "${java[@]}" -Dcli.name=server -Dcli.libs=lib/tools/server-cli $launcher
