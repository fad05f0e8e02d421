# shellcheck shell=bash disable=SC2154
# Part of ./bitloom in a checkout: builds what is to run, once for each state of the sources.
#
# Each finished build has a folder of its own below target/run that nobody changes any more. Whoever was
# started from it keeps it: it holds a shared lock on the folder as long as it lives.
# Reads root, module, cluster, java_home, own_home; sets jars, the folder of the build.

sources() { # OPTION...: what find says of the sources
  (cd "$root" && find pom.xml bitloom-*/pom.xml bitloom-*/src/main "$@" 2>/dev/null)
}

# Sets stamp, a checksum of the sources, and jars, the folder of their build. The checksum is read from
# target/.built if nothing changed since. The time of a change counts, which nobody can set, not that
# of a file; a clock that was put back is no proof.
find_stamp() {
  local built=$root/target/.built known=''
  [ ! -r "$built" ] || read -r known <"$built"
  stamp=$known
  if [ -z "$known" ] || [ "$built" -nt "/proc/$$" ] ||
    [ -n "$(sources -cnewer target/.built -print -quit)" ]; then
    { : >"$built.begin.$$"; } 2>/dev/null
    stamp=$(sources -type f -exec cksum {} + | LC_ALL=C sort | cksum | tr ' ' -)
    note_stamp 2>/dev/null
  fi
  jars=$root/target/run/$stamp
}

# Keeps the checksum with the time at which the sources were read.
note_stamp() {
  printf '%s\n' "$stamp" >"$built.$$" && touch -r "$built.begin.$$" "$built.$$" &&
    mv -f "$built.$$" "$built"
  rm -f "$built.begin.$$"
}

# Says whether every module that this launch needs is built, and keeps the build from being deleted.
holds_build() {
  local name
  { exec 8<"$jars/.lock"; } 2>/dev/null || return
  [ "$flock" = no ] || flock -s 8
  for name in "${wanted[@]}"; do
    [ -d "$jars/$name" ] || return
  done
}

# Runs Maven, which tells errors only; on a terminal its steps are shown as well: ARGUMENT...
maven() {
  local words=(mvn -B -Dquick -DskipTests)
  if [ -t 2 ] && [ "${TERM:-dumb}" != dumb ]; then
    (set -o pipefail && "${words[@]}" "$@" 2>&1 | show_steps)
  else
    "${words[@]}" -q "$@" 2>&1
  fi
}

# Passes on what Maven prints, and shows in one line of the terminal where it is.
show_steps() {
  local line step='' text columns=80
  columns=$(stty size <&2 2>/dev/null) && columns=${columns#* } || columns=80
  while IFS= read -r line; do
    printf '%s\n' "$line"
    case $line in
      '[INFO] Building '*' ['*/*']')
        step=${line##*[} line=${line#'[INFO] Building '}
        step="step ${step%/*} of ${step#*/}" step="${step%]}: ${line%% *}"
        text=$step
        ;;
      'Downloading from '*) text="$step, downloading ${line##*/}" ;;
      *) continue ;;
    esac
    printf '\r\033[K%.*s' "$((columns - 1))" "bitloom: ${text#, }" >&2
  done
  printf '\r\033[K' >&2
}

build() {
  local log=$root/target/build.log name list='' repository=()
  command -v mvn >/dev/null ||
    fail "Maven is needed to build, found no mvn on the PATH; install Maven 3.8 or newer"
  [ -x "$java_home/bin/javac" ] ||
    fail "a JDK is needed to build, found only a JRE in $java_home; install a JDK 17+ or set JAVA_HOME"
  if [ "$cluster" = yes ]; then
    say "building with Spark, 125 MB that Maven downloads the first time"
  else
    say "building (sources changed), about a minute the first time"
  fi
  for name in "${wanted[@]}"; do
    list=$list${list:+,}bitloom-$name
    rm -rf "$root/bitloom-$name/target/lib"
  done
  rm -f "$root"/bitloom-*/target/*.jar
  if [ "$own_home" = no ] && [ ! -d "$HOME/.m2/repository" ]; then
    repository=("-Dmaven.repo.local=$root/target/repository")
  fi
  if ! (cd "$root" && export JAVA_HOME=$java_home &&
    export JDK_JAVA_OPTIONS="${JDK_JAVA_OPTIONS:-} \"-Duser.home=$HOME\"" &&
    maven ${repository[@]+"${repository[@]}"} package -pl "$list" -am) \
    </dev/null >"$log" 8<&- 9>&-; then
    grep -v -e '^\[INFO\]' -e '^Download' "$log" >&2
    fail "the build failed; its messages stand above and in $log"
  fi
  for name in "${wanted[@]}"; do
    [ -d "$jars/$name" ] || publish "$name" ||
      fail "the build must be kept in $jars, which failed as said above; free some disk space"
  done
}

# Gives what Maven built a folder that Maven does not touch again: MODULE
publish() {
  local made=$root/bitloom-$1/target staged=$root/target/run/.new
  rm -rf "$staged" && mkdir -p "$staged/lib" "$jars" &&
    cp "$made/bitloom-$1"-*.jar "$staged" &&
    { ln "$made"/lib/*.jar "$staged/lib" 2>/dev/null || cp -f "$made"/lib/*.jar "$staged/lib"; } &&
    : >>"$jars/.lock" && mv "$staged" "$jars/$1"
}

# Deletes builds of earlier sources that nobody runs; without flock nobody knows that.
delete_old_builds() {
  local old
  [ "$flock" = yes ] || return
  for old in "$root"/target/run/*; do
    if [ "$old" != "$jars" ] && [ -e "$old/.lock" ]; then
      (flock -n 7 && rm -rf "$old") 7<"$old/.lock"
    fi
  done
}

flock=no
! command -v flock >/dev/null || flock=yes
wanted=("$module")
[ "$cluster" = no ] || wanted+=(spark)
find_stamp
if ! holds_build; then
  exec 8<&-
  mkdir -p "$root/target/run" 2>/dev/null && [ -w "$root/target/run" ] ||
    fail "the folder $root/target must be writable to build; copy the project to a folder of yours"
  exec 9>"$root/target/.lock"
  if [ "$flock" = yes ] && ! flock -n 9; then # one launch builds, the others wait for it
    say "waiting for another bitloom that builds in $root"
    flock 9
  fi
  find_stamp
  holds_build || build
  holds_build || fail "the build left no jars in $jars; run again"
  delete_old_builds
  exec 9>&-
fi
