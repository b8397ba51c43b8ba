# System packages: what the build needs from the operating system. Sourced by bootstrap.

# Whether a C header lies where the compiler looks. SYSTEM_ROOT stands before every folder, so that
# a test can show an empty system.
has_header() {
  local folder
  for folder in /usr/include "/usr/include/$machine-linux-gnu" /usr/local/include \
    /opt/homebrew/include; do
    [ -e "${SYSTEM_ROOT:-}$folder/$1" ] && return
  done
  return 1
}

# Whether a library lies where the linker looks.
has_library() {
  local folder suffix
  for folder in /usr/lib "/usr/lib/$machine-linux-gnu" /usr/lib64 /usr/local/lib \
    /opt/homebrew/lib; do
    for suffix in so dylib a; do
      [ -e "${SYSTEM_ROOT:-}$folder/lib$1.$suffix" ] && return
    done
  done
  return 1
}

has_cpp_library() {
  [ "$system" != Linux ] || compgen -G "${SYSTEM_ROOT:-}/usr/include/c++/*/vector" >/dev/null
}

has_certificates() {
  [ "$system" != Linux ] || [ -e "${SYSTEM_ROOT:-}/etc/ssl/certs/ca-certificates.crt" ] ||
    [ -d "${SYSTEM_ROOT:-}/etc/pki/tls/certs" ]
}

# A Python that can make virtual environments: Debian's own cannot without python3-venv.
find_python() {
  local candidate
  for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1; then
      printf '%s' "$candidate"
      return
    fi
  done
  return 1
}

# The Debian packages that are missing, one a line. Python is wanted only where something will be
# fetched with it.
missing_packages() {
  command -v git >/dev/null || echo git
  command -v make >/dev/null || echo make
  has_certificates || echo ca-certificates
  has_cpp_library || echo g++
  { has_header jpeglib.h && has_library jpeg; } || echo libjpeg-dev
  { has_header spng.h && has_library spng; } || echo libspng-dev
  { has_header sqlite3.h && has_library sqlite3; } || echo libsqlite3-dev
  { has_header webp/demux.h && has_library webpdemux; } || echo libwebp-dev
  { has_header zlib.h && has_library z; } || echo zlib1g-dev
  if [ "$1" = with-python ] && ! find_python >/dev/null; then
    echo python3
    echo python3-venv
  fi
}

# Installs Debian packages, as root or through sudo.
install_packages() {
  local become=""
  command -v apt-get >/dev/null || fail "these packages are missing (Debian's names): $*.
  They can be installed for you on Debian and Ubuntu only. Install them with this system's own
  package manager, then run this again."
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "these packages are missing: $*.
  Installing them needs root, and there is no sudo. As root, run
    apt-get update && apt-get install -y $*
  then run this again."
    become="sudo"
    [ -t 0 ] || become="sudo -n"
  fi
  announce "system packages" "installing $*"
  local log="$cache/apt.log"
  mkdir -p "$cache"
  # shellcheck disable=SC2086 # nothing, or sudo and its option
  if ! { $become apt-get update -q &&
    $become env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -q --no-install-recommends "$@"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    fail "apt-get could not install: $*. Its last lines are above, all of them in $log."
  fi
}

# Makes sure of the system packages. The argument says whether Python is wanted: with-python or not.
ensure_system_packages() {
  local start missing
  start=$(now)
  missing=$(missing_packages "$1" | paste -s -d ' ' -)
  if [ -z "$missing" ]; then
    report "system packages" "present" "$start"
    return
  fi
  # shellcheck disable=SC2086 # one word for each package
  install_packages $missing
  missing=$(missing_packages "$1" | paste -s -d ' ' -)
  [ -z "$missing" ] || fail "installed, but still not found: $missing."
  report "system packages" "installed" "$start"
}
