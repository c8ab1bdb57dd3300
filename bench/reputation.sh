#!/bin/sh
# Time and memory of the reputation function in a large network, on one core: bench/reputation.sh [SUBJECTS [INSPECTORS [EPOCHS]]]
# Default: 10000 subjects, 1000 inspectors, 30 epochs. HEAP=1g is the limit of the heap.
set -eu
cd "$(dirname "$0")/.."
./mvnx -q -pl reputation -am test-compile
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
libraries=$(./mvnx -q -pl reputation -am dependency:build-classpath -Dmdep.outputFile=/dev/stdout -Dmdep.includeScope=compile 2>/dev/null | tail -1)
one_core=$(command -v taskset >/dev/null && echo "taskset -c 0" || true)
exec $one_core "$java" "-Xmx${HEAP:-1g}" -XX:+UseSerialGC -cp "protocol/target/classes:reputation/target/classes:reputation/target/test-classes:$libraries" \
  stella.reputation.bench.EpochBench "$@"
