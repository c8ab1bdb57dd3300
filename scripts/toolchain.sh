# Finds or fetches what a build needs. Sourced by ./stella and ./mvnx; prints nothing on success but the answer.
# shellcheck shell=bash

STELLA_JAVA_MIN=25
STELLA_MAVEN_VERSION=3.9.16
STELLA_CACHE=${STELLA_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/stella}

# The major version of the JDK at $1, or 0 where there is none with a compiler.
stella_java_major() {
  [ -x "$1/bin/javac" ] || { echo 0; return; }
  "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p' | grep . || echo 0
}

# Prints the home of a JDK >= 25: STELLA_JAVA_HOME, JAVA_HOME, the javac of PATH, then the usual places, newest first.
stella_java_home() {
  local home major best="" best_major=0 seen=""
  if [ -n "${STELLA_JAVA_HOME:-}" ]; then
    major=$(stella_java_major "$STELLA_JAVA_HOME")
    if [ "$major" -ge "$STELLA_JAVA_MIN" ]; then echo "$STELLA_JAVA_HOME"; return; fi
    {
      echo "error: STELLA_JAVA_HOME=$STELLA_JAVA_HOME is $(stella_java_word "$major"); Stella needs JDK $STELLA_JAVA_MIN or newer"
      echo "try:   unset STELLA_JAVA_HOME, or point it to a JDK $STELLA_JAVA_MIN"
    } >&2
    return 2
  fi
  local candidates=("${JAVA_HOME:-}")
  if command -v javac >/dev/null 2>&1; then candidates+=("$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")"); fi
  local place
  for place in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    candidates+=("$place")
  done
  for home in "${candidates[@]}"; do
    [ -n "$home" ] && [ -d "$home" ] || continue
    major=$(stella_java_major "$home")
    [ "$major" -gt 0 ] && seen="$seen $major"
    if [ "$major" -ge "$STELLA_JAVA_MIN" ]; then
      # JAVA_HOME and PATH are the user's choice: the first that fits wins; among the usual places the newest does.
      if [ "$home" = "${JAVA_HOME:-}" ]; then echo "$home"; return; fi
      if [ "$major" -gt "$best_major" ]; then best=$home best_major=$major; fi
    fi
  done
  if [ -n "$best" ]; then echo "$best"; return; fi
  {
    echo "error: no JDK $STELLA_JAVA_MIN or newer found (found:${seen:- none})"
    echo "try:   install one (Debian/Ubuntu: temurin-25-jdk or openjdk-25-jdk; macOS: brew install openjdk@25), or set STELLA_JAVA_HOME to its folder"
  } >&2
  return 2
}

stella_java_word() { if [ "$1" -gt 0 ]; then echo "JDK $1"; else echo "no JDK"; fi; }

# Prints the path of a Maven >= 3.9: the one of PATH, or 3.9.16, which an older one fetches by its coordinates.
stella_maven() {
  local version home="$STELLA_CACHE/apache-maven-$STELLA_MAVEN_VERSION"
  if [ -x "$home/bin/mvn" ]; then echo "$home/bin/mvn"; return; fi
  if ! command -v mvn >/dev/null 2>&1; then
    {
      echo "error: Maven is not installed, and Stella is built with it"
      echo "try:   apt-get install maven   (macOS: brew install maven); any version from 3.6 on will do"
    } >&2
    return 2
  fi
  version=$(mvn -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
  case "$version" in
    3.9 | 4.*) command -v mvn; return ;;
  esac
  mkdir -p "$STELLA_CACHE"
  local work
  work=$(mktemp -d "$STELLA_CACHE/maven.XXXXXX")
  if ! (cd "$work" && mvn -q -B dependency:copy -Dmdep.useBaseVersion=true \
    -Dartifact="org.apache.maven:apache-maven:$STELLA_MAVEN_VERSION:tar.gz:bin" -DoutputDirectory="$work") >"$work/log" 2>&1; then
    { cat "$work/log"; echo "error: Maven $version could not fetch org.apache.maven:apache-maven:$STELLA_MAVEN_VERSION"; 
      echo "try:   install Maven 3.9 or newer, or check the network and run again"; } >&2
    rm -rf "$work"
    return 1
  fi
  tar -xzf "$work/apache-maven-$STELLA_MAVEN_VERSION-bin.tar.gz" -C "$work"
  mv "$work/apache-maven-$STELLA_MAVEN_VERSION" "$home" 2>/dev/null || true   # another run may have been faster
  rm -rf "$work"
  echo "$home/bin/mvn"
}
