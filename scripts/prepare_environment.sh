#!/bin/sh
# Prepares the virtual environment: prepare_environment.sh VENV REQUIREMENTS_FILE
#
# A second call does nothing as long as the requirements and the interpreter stay the same: their
# hash lies in VENV/.installed. PYTHON names the interpreter to use; without it the first of
# python3.11, python3.12, python3.13 and python3 that is new enough is taken.
set -eu

venv=$1
requirements=$2

fail() {
    printf '\nerror: %s\n' "$1" >&2
    exit 1
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        is_new_enough "$PYTHON" || fail "PYTHON=$PYTHON is not a Python of version 3.11 or later."
        printf '%s\n' "$PYTHON"
        return
    fi
    for candidate in python3.11 python3.12 python3.13 python3; do
        if is_new_enough "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    fail "Python 3.11 or later is needed and was not found.
On Debian: apt-get install python3 python3-venv. Elsewhere: name it with make PYTHON=/path/to/python."
}

# Debian ships Python without ensurepip, which makes the pip of a new virtual environment.
ensure_venv_module() {
    "$1" -c 'import ensurepip, venv' 2>/dev/null && return
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
        echo "This Python cannot make virtual environments yet: installing python$version-venv."
        apt-get update -qq || true
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            "python$version-venv" || true
        "$1" -c 'import ensurepip, venv' 2>/dev/null && return
    fi
    fail "$1 cannot make virtual environments (its module ensurepip is missing).
On Debian: apt-get install python3-venv"
}

hash_of_requirements() {
    "$venv/bin/python" - "$requirements" <<'END'
import hashlib, pathlib, sys
print(hashlib.sha256(sys.version.encode() + pathlib.Path(sys.argv[1]).read_bytes()).hexdigest())
END
}

if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    ensure_venv_module "$python"
    echo "Creating $venv with $("$python" --version)."
    rm -rf "$venv"
    "$python" -m venv "$venv"
fi

wanted=$(hash_of_requirements)
stamp="$venv/.installed"
if [ "$(sed -n "s|^$requirements ||p" "$stamp" 2>/dev/null)" = "$wanted" ]; then
    exit 0
fi

echo "Installing $requirements into $venv. The first time, this takes some minutes."
"$venv/bin/python" -m pip install --no-input --disable-pip-version-check --quiet --no-compile \
    -r "$requirements"
# What pip does on one core, on all; the libraries' own tests, a fifth of all, are never loaded.
# Some libraries bring files that this Python cannot read.
"$venv/bin/python" -m compileall -qq -j 0 -x 'site-packages/.*/tests/' "$venv/lib" || true
touch "$stamp"
{ grep -v "^$requirements " "$stamp" || true; echo "$requirements $wanted"; } >"$stamp.new"
mv "$stamp.new" "$stamp"
