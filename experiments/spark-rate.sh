#!/usr/bin/env bash
# Measures runs per hour on a Spark cluster of this machine: a master and WORKERS workers of one
# core each, as JVMs on loopback, from the jars that ./bitloom sweep --master uses.
#
#   experiments/spark-rate.sh WORKERS [OPTION OF SWEEP...]
#
# Writes runs/spark-rate-WORKERS/, the logs of the cluster beside it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

workers=$1
shift
out=runs/spark-rate-$workers
mkdir -p runs
rm -rf "$out" "$out-cluster"
[ -d bitloom-spark/target/lib ] || mvn -q -B -Dquick -DskipTests package -pl bitloom-cli,bitloom-spark -am

export SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1
mkdir -p "$out-cluster"
home=$PWD/$out-cluster/spark
mkdir -p "$home"
ln -s "$PWD/bitloom-spark/target/lib" "$home/jars"
opens=()
for package in lang lang.invoke nio util util.concurrent; do
  opens+=("--add-opens=java.base/java.$package=ALL-UNNAMED")
done
opens+=(--add-opens=java.base/sun.nio.ch=ALL-UNNAMED --add-opens=java.base/jdk.internal.ref=ALL-UNNAMED)

started=()
trap 'kill "${started[@]}" 2> /dev/null || true' EXIT
begin() { # NAME CLASS ARGUMENTS...
  local name=$1
  shift
  SPARK_HOME=$home java "${opens[@]}" -Xmx256m -cp "$home/jars/*" "$@" > "$out-cluster/$name.log" 2>&1 &
  started+=($!)
}
wait_for() { # NAME TEXT
  local tries
  for ((tries = 0; tries < 600; tries++)); do
    grep -q "$2" "$out-cluster/$1.log" && return
    sleep 0.1
  done
  echo "spark-rate: $1 did not start, see $out-cluster/$1.log" >&2
  exit 1
}

begin master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port 0 --webui-port 0
wait_for master 'Starting Spark master at'
master=$(sed -n 's/.*Starting Spark master at \(spark:[^ ]*\).*/\1/p' "$out-cluster/master.log")
for ((i = 1; i <= workers; i++)); do
  begin "worker$i" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --cores 1 --memory 1g \
    --webui-port 0 --work-dir "$PWD/$out-cluster/work$i" "$master"
done
for ((i = 1; i <= workers; i++)); do
  wait_for "worker$i" 'Successfully registered'
done

begin=$SECONDS
./bitloom sweep "$@" --keep none --master "$master" --out "$out"
awk -v all=$((SECONDS - begin)) -v workers="$workers" -F '"seconds":' '
  { split($2, rest, /[,}]/); busy += rest[1]; runs++ }
  END {
    printf "%d runs, %d workers, %d s in all, %.1f s a run: %.0f runs per hour, %.0f without the start\n",
      runs, workers, all, busy / runs, runs * 3600 / all, workers * 3600 * runs / busy
  }' "$out/times.jsonl"
