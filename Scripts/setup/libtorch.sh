# libtorch: found, or installed from the torch wheel. Sourced by bootstrap and torch-python.

# The version of the libtorch in a folder, from its headers: 2.13.0.
libtorch_version() {
  local header
  for header in torch/headeronly/version.h torch/csrc/api/include/torch/version.h; do
    if [ -e "$1/include/$header" ]; then
      awk '/#define TORCH_VERSION_(MAJOR|MINOR|PATCH) /{printf "%s%s", dot, $3; dot = "."}' \
        "$1/include/$header"
      return
    fi
  done
}

# The shared libraries that a library of a libtorch folder needs and the loader does not find.
unresolved_libraries() {
  [ "$system" = Linux ] && [ -e "$1/lib/$2" ] || return 0
  ldd "$1/lib/$2" 2>/dev/null | awk '/not found/ {print $1}' | sort -u |
    paste -s -d ' ' -
}

# What keeps a folder from being used as libtorch, in words; nothing when it is fine.
libtorch_problem() {
  local folder="$1" suffix=so version unresolved
  [ "$system" != Darwin ] || suffix=dylib
  case "$folder" in
    /*) ;;
    *) echo "it is not an absolute path, and the path becomes part of the program" && return ;;
  esac
  [ -d "$folder" ] || { echo "there is no such folder" && return; }
  [ -e "$folder/include/ATen/ATen.h" ] || { echo "it has no include/ATen/ATen.h" && return; }
  for library in torch_cpu c10; do
    [ -e "$folder/lib/lib$library.$suffix" ] || {
      echo "it has no lib/lib$library.$suffix" && return
    }
  done
  version=$(libtorch_version "$folder")
  [ -n "$version" ] || { echo "its headers state no version" && return; }
  at_least "$version" "$minimum_torch" || {
    echo "it is version $version, and $minimum_torch or later is needed" && return
  }
  unresolved=$(unresolved_libraries "$folder" libtorch_cpu.so)
  [ -z "$unresolved" ] ||
    echo "its libtorch_cpu.so needs $unresolved, which the loader does not find"
}

# Whether this machine has an NVIDIA GPU that works.
has_gpu() { command -v nvidia-smi >/dev/null && nvidia-smi -L 2>/dev/null | grep -q .; }

# Whether the libtorch in a folder could use the GPU if the rest of its wheels were there.
lacks_gpu_libraries() {
  [ -n "$(unresolved_libraries "$1" libtorch_cuda.so)" ] && has_gpu
}

# Whether the link leads to a libtorch that serves, of the version asked for if one was.
link_serves() {
  [ -z "$(libtorch_problem "$torch_link")" ] || return 1
  [ -z "${TORCH_VERSION:-}" ] || [ "$(libtorch_version "$torch_link")" = "$TORCH_VERSION" ] ||
    return 1
  ! lacks_gpu_libraries "$torch_link"
}

# Whether Python will be wanted for libtorch.
libtorch_is_settled() { [ -n "${LIBTORCH:-}" ] || link_serves; }

# Makes the virtual environment in the cache folder; prints nothing.
ensure_python_home() {
  "$python_home/bin/python" -m pip --version >/dev/null 2>&1 && return
  local python
  python=$(find_python) || fail "there is no python3 that can make a virtual environment."
  announce "Python" "making $(short_path "$python_home")"
  "$python" -m venv --clear "$python_home" ||
    fail "$python -m venv could not make $python_home; its message is above."
}

# pip in that environment, quiet unless somebody watches.
pip_install() {
  local quiet=""
  [ -t 1 ] || quiet="-q"
  # shellcheck disable=SC2086 # an option or nothing
  "$python_home/bin/python" -m pip install --disable-pip-version-check $quiet "$@" ||
    fail "pip could not install: $*. Its message is above. Behind a mirror, set PIP_INDEX_URL or
  PIP_FIND_LINKS; with a libtorch of your own, set LIBTORCH to its folder."
}

wheel_folder() {
  "$python_home/bin/python" -c \
    'import sysconfig; print(sysconfig.get_paths()["platlib"] + "/torch")'
}

# Installs the wheel, and of its dependencies only those without which libtorch_cpu.so does not
# load: PyPI's wheel for Linux is the CUDA build, whose other dependencies weigh gigabytes.
install_wheel() {
  local folder requirements
  folder=$(wheel_folder)
  if has_gpu; then
    announce "libtorch" "installing torch $torch_version with all it needs for the GPU"
    pip_install "torch==$torch_version"
    return
  fi
  announce "libtorch" "installing torch $torch_version"
  pip_install --no-deps "torch==$torch_version"
  local unresolved
  unresolved=$(unresolved_libraries "$folder" libtorch_cpu.so)
  [ -n "$unresolved" ] || return 0
  # shellcheck disable=SC2086 # one word for each library
  if requirements=$("$python_home/bin/python" Scripts/setup/requirements_for.py $unresolved); then
    announce "libtorch" "adding $requirements for $unresolved"
    pip_install --no-warn-conflicts "$requirements"
  else
    announce "libtorch" "adding all that torch $torch_version asks for"
    pip_install "torch==$torch_version"
  fi
}

install_libtorch() {
  local folder
  ensure_python_home
  install_wheel
  folder=$(wheel_folder)
  if [ -n "$(libtorch_problem "$folder")" ]; then
    # A wheel that was cut off while it was unpacked counts as installed.
    announce "libtorch" "$(libtorch_problem "$folder"); installing it again"
    pip_install --no-deps --force-reinstall "torch==$torch_version"
    install_wheel
  fi
  local problem
  problem=$(libtorch_problem "$folder")
  [ -z "$problem" ] || fail "the installed torch $torch_version in $folder cannot be used: $problem."
  if [ -L "$torch_link" ] && [ "$(readlink "$torch_link")" != "$folder" ]; then
    announce "libtorch" "the link pointed elsewhere: run make clean before the next build"
  fi
  ln -sfn "$folder" "$torch_link"
}

ensure_libtorch() {
  local start problem done="found"
  start=$(now)
  if [ -n "${LIBTORCH:-}" ]; then
    problem=$(libtorch_problem "$LIBTORCH")
    [ -z "$problem" ] || fail "LIBTORCH=$LIBTORCH cannot be used: $problem.
  Expected is a folder with include/ and lib/ of libtorch $minimum_torch or later: the folder
  torch/ of an installed torch wheel, or the unpacked libtorch archive. Correct it, or unset
  LIBTORCH to have torch $torch_version installed in $(short_path "$cache")."
    report "libtorch" "$(libtorch_version "$LIBTORCH") at $(short_path "$LIBTORCH")" "$start"
    return
  fi
  if ! link_serves; then
    install_libtorch
    done="installed"
  fi
  report "libtorch" "$(libtorch_version "$torch_link") $done at $(short_path "$torch_link")" "$start"
}
