# The Swift toolchain: checked, because it cannot be installed from here. Sourced by bootstrap.

check_swift() {
  local start version advice
  start=$(now)
  advice="Install Swift $minimum_swift or later from https://www.swift.org/install, put its usr/bin
  folder on PATH, then run this again."
  command -v swift >/dev/null || fail "there is no swift on PATH. $advice"
  version=$(swift --version 2>/dev/null || true)
  version=$(sed -nE 's/.*Swift version ([0-9]+(\.[0-9]+)+).*/\1/p' <<<"$version")
  [ -n "$version" ] || fail "$(command -v swift) does not run: swift --version gave no version.
  $advice"
  at_least "$version" "$minimum_swift" ||
    fail "$(command -v swift) is version $version. $advice"
  report "Swift" "$version" "$start"
}
