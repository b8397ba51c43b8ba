# Plotly.js for the report's charts: taken out of the plotly wheel. Sourced by bootstrap.

digest() {
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi |
    cut -d ' ' -f 1
}

plotly_is_settled() {
  [ -n "${HONE_PLOTLY:-}" ] ||
    { [ -e "$plotly_file" ] && [ "$(digest "$plotly_file")" = "$plotly_digest" ]; }
}

# Fetches the wheel and unpacks one file of it; says in words why it could not.
fetch_plotly() {
  local scratch python="$python_home/bin/python"
  scratch=$(mktemp -d)
  # shellcheck disable=SC2064 # the folder of now, not the one of then
  trap "rm -rf '$scratch'" RETURN
  "$python" -m pip download --disable-pip-version-check -q --no-deps --no-binary :none: \
    --dest "$scratch" "plotly==$plotly_version" || return
  mkdir -p "$(dirname "$plotly_file")"
  "$python" - "$scratch" "$plotly_file.part" <<'PYTHON' || return
import pathlib, sys, zipfile
wheel = next(pathlib.Path(sys.argv[1]).glob("*.whl"))
script = zipfile.ZipFile(wheel).read("plotly/package_data/plotly.min.js")
pathlib.Path(sys.argv[2]).write_bytes(script)
PYTHON
  [ "$(digest "$plotly_file.part")" = "$plotly_digest" ] || {
    echo "  the file in plotly $plotly_version is not the expected one" >&2
    return 1
  }
  mv "$plotly_file.part" "$plotly_file"
}

# Makes sure of the library. A report without it has tables for charts, so its absence is said and
# the set-up goes on.
ensure_plotly() {
  local start
  start=$(now)
  if [ -n "${HONE_PLOTLY:-}" ]; then
    [ -e "$HONE_PLOTLY" ] || fail "HONE_PLOTLY=$HONE_PLOTLY names no file. Correct it or unset it."
    report "Plotly" "$(short_path "$HONE_PLOTLY")" "$start"
  elif plotly_is_settled; then
    report "Plotly" "found at $(short_path "$plotly_file")" "$start"
  else
    ensure_python_home
    announce "Plotly" "fetching plotly $plotly_version"
    if fetch_plotly; then
      report "Plotly" "installed at $(short_path "$plotly_file")" "$start"
    else
      report "Plotly" "not available: reports will have tables, no charts" "$start"
    fi
  fi
}
