#!/bin/sh
# How many transfers one core takes into final blocks, in CPU time of the one thread that does it: bench/dev-chain.sh
set -eu
cd "$(dirname "$0")/.."
./mvnx -q -pl dev-chain -am test-compile
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
libraries=$(./mvnx -q -pl dev-chain -am dependency:build-classpath -Dmdep.outputFile=/dev/stdout -Dmdep.includeScope=compile 2>/dev/null | tail -1)
exec "$java" -XX:-DontCompileHugeMethods -XX:+UseCompactObjectHeaders \
  -cp "protocol/target/classes:chain-gateway/target/classes:dev-chain/target/classes:dev-chain/target/test-classes:$libraries" stella.devchain.bench.ChainBench
