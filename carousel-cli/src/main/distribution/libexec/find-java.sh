# Sourced by the launchers: find_java sets java and java_home to the first Java that is recent enough,
# in JAVA_HOME or on the PATH, and ends the launcher with one line and exit code 2 when there is none.

java_needed=17

# Prints the feature version (17) of the Java in the folder $1, from its release file, which is much faster than asking.
java_version() {
  local version=
  if [ -r "$1/release" ]; then
    version=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9._]*\).*/\1/p' "$1/release" | head -n 1)
  fi
  if [ -z "$version" ]; then
    version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9._]*\).*/\1/p' | head -n 1)
  fi
  version=${version#1.}
  version=${version%%[!0-9]*}
  echo "${version:-0}"
}

# Prints the home folder of the java on the PATH.
java_on_path() {
  local program folder
  program=$(command -v java) || return 1
  while [ -L "$program" ]; do
    folder=$(cd -P "$(dirname "$program")" && pwd)
    program=$(readlink "$program")
    case $program in /*) ;; *) program=$folder/$program ;; esac
  done
  (cd -P "$(dirname "$program")/.." && pwd)
}

find_java() {
  local candidate version seen=
  for candidate in "${JAVA_HOME:-}" "$(java_on_path)"; do
    [ -n "$candidate" ] || continue
    if [ ! -x "$candidate/bin/java" ]; then
      seen="$seen; $candidate has no bin/java"
      continue
    fi
    version=$(java_version "$candidate")
    if [ "$version" -ge "$java_needed" ]; then
      java_home=$candidate
      java=$candidate/bin/java
      return
    fi
    seen="$seen; $candidate is Java $version"
  done
  echo "carousel: Java must be $java_needed or later, got ${seen:+${seen#; }}${seen:-none};" \
    "set JAVA_HOME to a JDK $java_needed or later, or put its java on the PATH" >&2
  exit 2
}
