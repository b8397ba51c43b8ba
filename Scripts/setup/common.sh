# Shared by the set-up scripts: messages, timing and folders. Sourced, never run.

# shellcheck disable=SC2034 # the scripts that source this one use what is set here
readonly minimum_swift="6.2"
readonly minimum_torch="2.13"
readonly pinned_torch="2.13.0"
readonly torch_version="${TORCH_VERSION:-$pinned_torch}"
readonly plotly_version="7.1.0"
readonly plotly_digest="3b6e15d45dbb7fca5bd2094291e961ddc5472cd887009e6009a56dab668d721f"

readonly system="$(uname)"
readonly machine="$(uname -m)"
readonly cache="${XDG_CACHE_HOME:-$HOME/.cache}/hone"
readonly python_home="$cache/python/$torch_version"
readonly torch_link="$cache/libtorch"
readonly plotly_file="$cache/share/plotly.min.js"

# Ends the set-up with a message: what is wrong, what was expected, what to do.
fail() {
  printf '\nbootstrap: %s\n' "$*" >&2
  exit 1
}

# Says what happens next, for steps that take longer than a blink.
announce() { printf '  %-16s %s …\n' "$1" "$2"; }

# Microseconds since some moment. Bash before 5 counts whole seconds only.
now() { printf '%s' "${EPOCHREALTIME:-${SECONDS}000000}" | tr -d '.,'; }

# "0.42 s" since a moment that `now` gave.
elapsed() {
  local hundredths=$((($(now) - $1) / 10000))
  printf '%d.%02d s' $((hundredths / 100)) $((hundredths % 100))
}

# One finished step: its name, what was found or done, and since when.
report() { printf '  %-16s %-58s %9s\n' "$1" "$2" "$(elapsed "$3")"; }

# Whether version $1 is at least version $2, both as numbers with dots.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# A path as people write it.
short_path() { case "$1" in "$HOME"/*) printf '~%s' "${1#"$HOME"}" ;; *) printf '%s' "$1" ;; esac; }
