# Sourced by the launcher: class_data lets the JVM start from an archive of class data, which takes half the time off a start.
#
# The first forecast, demo or inspect writes the archive as it ends, into a new file of its own; a later call gives it its
# name once it is whole. So calls at the same time never share a half-written one. The name tells the Java and the jars that it
# was made of, others are never tried; the JVM checks both again and goes on without where something does not fit. Where no
# folder can be written, or CAROUSEL_CLASS_DATA is off, nothing is made and all works as before.

# The folder of archives: beside the installation, or the user's own when that cannot be written. Empty when there is none.
class_data_folder() {
  local folder
  for folder in "$home/class-data" "${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/carousel"; do
    if [ -w "$folder" ] || mkdir -p "$folder" 2>/dev/null; then
      [ -w "$folder" ] && echo "$folder" && return
    fi
  done
}

# Whether the file is whole: the JVM writes its first bytes last.
class_data_whole() {
  [ -f "$1" ] && [ "$(head -c 4 "$1" 2>/dev/null | LC_ALL=C tr -d '\0' | wc -c)" -gt 0 ]
}

# Adds to options. $1 is the command's first word.
class_data() {
  local folder java_key key archive made
  case ${CAROUSEL_CLASS_DATA:-on} in off) return ;; esac
  # Only HotSpot has these archives, and it needs its own one to build upon.
  case $release in *OpenJ9*) return ;; esac
  [ -f "$java_home/lib/server/classes.jsa" ] || return
  folder=$(class_data_folder)
  [ -n "$folder" ] || return
  java_key=$(echo "$java_home $home" | cksum)
  key=$({ echo "$release"; LC_ALL=C ls -ln "$home/lib" "$java_home/lib/server/classes.jsa"; } | cksum)
  archive=$folder/${java_key%% *}-${key%% *}.jsa
  if [ ! -f "$archive" ]; then
    for made in "$archive".new.*; do
      if class_data_whole "$made"; then
        rm -f "$folder/${java_key%% *}"-*.jsa # of earlier jars
        mv -f "$made" "$archive" 2>/dev/null
        rm -f "$archive".new.* # half-written ones, and what calls at the same time made
        break
      fi
    done
  fi
  # What the JVM logs of archives is nobody's business; CAROUSEL_JAVA_OPTS, which come later, can ask for it.
  if [ -f "$archive" ]; then
    options+=(-Xlog:disable "-XX:SharedArchiveFile=$archive")
  elif [ -z "${CAROUSEL_CLASSPATH:-}${CAROUSEL_JAVA_OPTS:-}${JAVA_TOOL_OPTIONS:-}${JDK_JAVA_OPTIONS:-}" ]; then
    case $1 in
      forecast | demo | inspect)
        options+=(-Xlog:disable -XX:+DisplayVMOutputToStderr "-XX:ArchiveClassesAtExit=$archive.new.$$")
        ;;
    esac
  fi
}
